## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = À propos
about-title = Tillback { $version }
about-record = Registre
about-schema = schéma { $number }
about-decoder = Lit les codes
about-settings = Fichier de réglages
about-data = Données et journaux
about-licenses = Licences
about-no-licenses = LIBRARIES.txt dans le paquet du programme
about-check = Vérifier cette caisse
about-pack = Fichier d’assistance
about-checking = Vérification en cours. Cela peut durer une minute.
about-result-good = bon
about-result-note = remarque
about-result-bad = erreur
about-good = Tout est en ordre.
    .do = La vérification parle anglais, comme l’assistance la connaît.
about-faults =
    { $count ->
        [one] Une chose est à corriger avant que cette caisse puisse rembourser.
       *[other] { $count } choses sont à corriger avant que cette caisse puisse rembourser.
    }
    .do = La vérification parle anglais, comme l’assistance la connaît.
about-packed = Enregistré : { $file }
    .do = Aucun secret n’y figure. On peut le regarder avant de l’envoyer.
about-made-up = Ici tout est inventé : il n’y a rien à vérifier.
    .do = La caisse du magasin se vérifie ici.
about-not-written = Le fichier d’assistance ne peut pas être écrit.
    .do = Faites de la place sur le disque, puis réessayez.
about-failed = La vérification n’a pas pu se faire.
    .do = En ligne de commande : tillback doctor
about-more = Lire la suite
