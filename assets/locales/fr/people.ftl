## The words of everything about people, French: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = Votre code, ou d’abord votre nom
locked-waits = Une vente attend { $name }.
locked-waits-do = Elle reprend à sa connexion.

### Badges

badge-unknown = Ce badge est inconnu ici.
    .money = Rien n’a été remboursé.
    .do = Il a peut-être été remplacé. Utilisez votre code, ou demandez un nouveau badge.
badge-in-hand = Badge de { $name }
    .do = Appuyez maintenant sur le bouton. Avant, rien ne se passe.
badge-not-theirs = Badge de { $name } : pas pour ceci
    .do = Une autre personne doit confirmer.
scan-badge = C’est un badge, pas un ticket.
    .money = Rien n’a été remboursé.
    .do = Scannez le code-barres du ticket. Un badge sert à approuver et à se connecter.
scan-badge-part = C’est peut-être un morceau d’un badge.
    .money = Rien n’a été remboursé et personne d’autre n’a été interrogé.
    .do = Si c’était un badge : scannez-le à nouveau là où il est demandé. Si c’était un ticket : tapez son numéro.
scan-short-number = Cette caisse ne connaît aucune vente de ce numéro.
    .money = Rien n’a été remboursé, et personne d’autre n’a été interrogé.
    .do = Tapez tous les chiffres sous le code-barres. Votre code personnel n’a rien à faire ici.

### The first manager

first-title = Bienvenue. Qui est le premier responsable ?
first-about = Cette caisse n’a encore personne. Le premier responsable approuve les remboursements et ajoute les autres.
    .do = Tapez votre nom, puis deux fois un code que vous seul connaissez.
first-other-name = Un autre nom…
first-done = Commencer

### A new PIN

new-pin-first = Un nouveau code : 4 à 12 chiffres
new-pin-manager = Un nouveau code : 6 à 12 chiffres
new-pin-again = Le même code encore une fois
new-pin-next = Suivant
new-pin-differ = Les deux étaient différents. Tapez à nouveau un nouveau code.
new-pin-rules = Le code d’un responsable a au moins 6 chiffres, celui d’un caissier au moins 4. Ni date, ni année, ni 1234.
own-pin-open = Changer mon code…
own-pin-title = Changez votre code
own-pin-old = Votre code actuel
own-pin-change = Changer mon code
own-pin-done = Vous avez un nouveau code.

### The People page

settings-people = Personnel
people-choose = Choisissez quelqu’un, ou ajoutez une personne.
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · badge
people-add = Ajouter une personne…
people-add-done = Ajouter
people-done = C’est fait, et noté dans le registre.
person-name = Nom
person-name-next = Suivant : le code
people-rename = Changer le nom
people-keep = Laisser ainsi
people-set-pin = Donner un nouveau code…
people-set-pin-done = Donner ce code
people-pin-of = Un nouveau code pour { $name }
people-make-manager = Nommer responsable…
people-make-manager-done = Nommer responsable
people-manager-of = { $name } devient responsable
people-make-cashier = Nommer caissier…
people-make-cashier-done = Nommer caissier
people-cashier-of = { $name } devient caissier ?
people-cashier-about = Cette personne n’approuve plus rien et son badge est désactivé. Son code reste.
people-remove = Retirer…
people-remove-done = Retirer
people-remove-of = Retirer { $name } ?
people-remove-about = Cette personne ne peut plus se connecter et son badge est désactivé. Ses remboursements gardent son nom.
badge-make = Faire un badge
badge-replace = Faire un nouveau badge
badge-made = Le badge est prêt à être imprimé.
badge-made-do = Imprimez { $file } à sa taille, puis supprimez le fichier : qui l’a peut approuver. L’ancien badge ne compte plus.
badge-file-remove = Je l’ai imprimé : supprimer le fichier
badge-file-gone = Le fichier est supprimé.
badge-revoke = Désactiver le badge…
badge-revoke-done = Désactiver
badge-revoke-of = Désactiver le badge de { $name } ?
badge-revoke-about = Il n’approuve plus rien, tout de suite. On peut en faire un nouveau.
badge-file-not-written = Le fichier du badge n’a pas pu être écrit.
    .money = Aucun badge n’a été fait et l’argent n’a pas bougé.
    .do = Faites de la place sur le disque, ou demandez à qui s’occupe de cet ordinateur.
people-too-short = Ce code doit avoir au moins { $digits } chiffres.
    .money = Rien n’a été changé.
    .do = Tapez-en un plus long.
people-pin-not-free = Ce code est inutilisable.
    .money = Rien n’a été changé.
    .do = Choisissez-en un autre. Ni date, ni année, ni 1234.
people-name-taken = Quelqu’un porte déjà ce nom.
    .money = Rien n’a été changé.
    .do = Prenez un autre nom.
people-last-manager = C’est le dernier responsable.
    .money = Rien n’a été changé.
    .do = Nommez d’abord un autre responsable.
people-not-a-manager = Il faut un responsable pour cela.
    .money = Rien n’a été changé.
    .do = Demandez à un responsable.
people-needs-pin = Un responsable a besoin d’un code plus long.
    .money = Rien n’a été changé.
    .do = Donnez-en un d’au moins 6 chiffres.
people-not-the-first = Quelqu’un travaille déjà à cette caisse.
    .money = Rien n’a été changé.
    .do = Fermez cette fenêtre, rouvrez-la, puis connectez-vous.
