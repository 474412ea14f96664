# The Report screen.

ready-report = Rapport
ready-shift = Service
report-title = Rapport
report-day = Jour
report-shift = Service
report-earlier = Précédent
report-later = Suivant
report-making = Calcul…
report-of-shift = Service { $number } · { $who }
report-shift-open = depuis { $from }
report-shift-closed = { $from } à { $to }
report-no-shift = Aucun service n’a encore été ouvert ici.
report-unread = Le rapport ne peut pas être fait pour l’instant.
    .money = Rien n’a été envoyé, rien n’a été changé.
    .do = Réessayez. Si cela persiste, appelez l’assistance.
report-given-back = Rendu
report-count =
    { $count ->
        [one] { $count } remboursement
       *[other] { $count } remboursements
    }
report-asked = Demandé
report-by-hand = Sur la parole d’une personne
report-unresolved =
    { $count ->
        [one] { $count } remboursement n’est pas terminé.
       *[other] { $count } remboursements ne sont pas terminés.
    }
    .do = Non comptés ci-dessous. Voyez-les sous Remboursements (F3).
report-besides =
    { $count ->
        [0] Rien d’autre n’est ouvert à cette caisse.
        [one] { $count } remboursement plus ancien ou autre est ouvert à cette caisse.
       *[other] { $count } remboursements plus anciens ou autres sont ouverts à cette caisse.
    }
report-all-finished = Tous ses remboursements sont terminés.
report-record = Registre : { $count } lignes, empreinte
report-hours = Par heure
report-wallets = Portefeuilles
report-reasons = Motifs
report-people = Équipe
report-states = États
report-nothing = Rien à montrer.
report-no-wallet = Inconnu
report-hours-said = Remboursements par heure : { $what }.
report-hour-said = dès { $hour } h : { $count }
report-wallets-said = Rendu par portefeuille : { $what }.
report-only = En { $code } seulement ; les autres devises sont dans le fichier.
report-export-csv = Enregistrer CSV
report-export-json = Enregistrer JSON
report-export-pdf = Enregistrer PDF
report-print-lost = L’imprimante a été perdue pendant l’impression.
    .do = Voyez si tout est sorti. Sinon, appuyez encore sur « Imprimer ».
report-exported = Enregistré sous { $name }
    .do = Dans le dossier « exports », à côté du registre de la caisse.
report-not-exported = Le fichier n’a pas été écrit.
    .do = Le disque est-il plein, ou personne ne peut-il y écrire ?
report-shift-begin = Ouvrir mon service
report-shift-end = Fermer le service…
report-shift-end-now = Le fermer maintenant
report-shift-sure = Fermer le service { $number } de { $who } ?
    .do = Son rapport est gardé avec l’empreinte du registre. Ce qui n’est pas terminé reste suivi.
report-shift-refused = Le service n’a pas pu être changé.
    .do = Réessayez.
report-training = FORMATION : rien de ceci n’est de l’argent
report-state-prepared = Inscrit, non envoyé
report-state-sent = En route
report-state-refunded = Remboursé
report-state-declined = Refusé
report-state-pending = En attente à la passerelle
report-state-unknown = Pas encore connu
report-state-not-sent = Non envoyé
report-state-not-executed = Non remboursé
report-state-abandoned = Abandonné
