## Paper, drawer and sounds, French. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = FORMATION : AUCUN ARGENT N’A BOUGÉ
paper-copy = COPIE { $number }
paper-printed = Imprimé { $when }
paper-open = Remboursement ouvert
paper-refunded = L’argent est reparti vers { $wallet }.
paper-declined = Cela n’a pas marché. Aucun argent n’a bougé.
paper-pending = Le remboursement est accepté et pas terminé. L’argent arrive sur { $wallet }.
paper-unknown = Ce remboursement est en vérification. L’argent arrive sur { $wallet }, ou le magasin vous appelle. Il ne doit pas être remboursé à nouveau.
paper-not-refunded = Rien n’a été remboursé.
paper-sale = Vente
paper-wallet = Portefeuille
paper-invoice = Facture
paper-reason = Motif
paper-signature = Signature
paper-for-customer = Pour le client
paper-for-store = Pour le magasin
paper-test = Essai d’imprimante
paper-test-how = Les lettres, le chinois et le coréen, les deux bouts de la ligne et les codes doivent être entiers et foncés.
paper-test-left = Gauche
paper-test-right = Droite
paper-report-day = Rapport du jour
paper-report-shift = Rapport de service
paper-report-going-on = En cours : peut changer
paper-report-closed-by = Clos par
paper-report-more = Et { $count } de plus.
paper-report-line = { $name } ({ $count })

### Printing, on the screen

print = Imprimer
print-again = Réimprimer
print-waiting = Impression…
printed = Imprimé.
printed-copy = Imprimé : copie { $number }.
printed-file = Écrit : { $file }
printer-not-there = L’imprimante ne répond pas.
    .do = Est-elle allumée et branchée ? Puis appuyez sur « Imprimer ».
printer-not-allowed = L’imprimante est là, et cet utilisateur n’y a pas droit.
    .do = Appelez qui a installé la caisse : « Printers » dans OPERATIONS dit comment.
printer-in-use = Un autre programme utilise l’imprimante.
    .do = Fermez-le, ou appelez qui a installé la caisse.
printer-paper-out = L’imprimante n’a plus de papier.
    .do = Mettez un nouveau rouleau. Puis appuyez sur « Imprimer ».
printer-cover-open = Le capot de l’imprimante est ouvert.
    .do = Fermez-le. Puis appuyez sur « Imprimer ».
printer-off-line = L’imprimante est hors ligne.
    .do = Appuyez sur son bouton, ou éteignez-la et rallumez-la. Puis appuyez sur « Imprimer ».
printer-trouble = L’imprimante signale une panne : un bourrage, le couteau, ou elle est trop chaude.
    .do = Ouvrez-la et regardez. Puis appuyez sur « Imprimer ».
printer-timed-out = L’imprimante est trop lente.
    .do = Éteignez-la et rallumez-la. Puis appuyez sur « Imprimer ».
printer-lost = L’imprimante a été perdue pendant l’impression.
    .do = Voyez si tout est sorti. Sinon, appuyez sur « Imprimer » : il y sera dit que c’est une copie.
printer-folder = Le dossier des reçus est protégé en écriture.
    .do = Branchez son disque, ou appelez qui a installé la caisse.
printer-disk-full = Il n’y a pas de place pour le reçu : le disque est plein.
    .do = Appelez qui s’occupe de la caisse.
printer-record = Le registre ne peut pas compter ce reçu, donc il n’a pas été imprimé.
    .do = Réessayez. Si cela persiste, appelez l’assistance.
printer-busy = Trop de choses attendent l’imprimante.
    .do = Attendez que ce soit imprimé.
printer-stopped = Une partie de la caisse s’est arrêtée et a redémarré.
    .do = Appuyez à nouveau sur « Imprimer ».
print-refund-safe = Le remboursement est inscrit de toute façon. Il peut être imprimé plus tard, sous Remboursements.
strip-printer = Imprimante
settings-printer = Imprimante
printer-none = Aucune imprimante n’est réglée.
    .do = Les remboursements marchent sans elle. Pour imprimer des reçus, mettez [printer] dans le fichier de réglages et relancez la caisse : « Printers » dans OPERATIONS dit comment.
printer-name = Imprime sur { $name }
printer-good = L’imprimante est prête.
printer-looking = Recherche de l’imprimante…
printer-test = Imprimer une page d’essai
printer-look = Chercher à nouveau
drawer-open = Ouvrir le tiroir
drawer-told = L’ordre d’ouvrir le tiroir est donné.

### Sounds

settings-sound = Son
sound-none = Cet ordinateur ne joue aucun son : aucun lecteur audio n’est installé.
    .do = Tout ce qui sonne est aussi à l’écran.
sound-muted = Le son est coupé
sound-volume = Volume { $volume }
sound-quieter = Moins fort
sound-louder = Plus fort
sound-mute = Coupé
sound-each = Ce que dit chaque son. Appuyez pour l’entendre.
sound-read = Un code a été lu
sound-refused = Pas accepté
sound-done = L’argent est reparti
sound-attention = Quelqu’un doit regarder
sound-last = Dernier : { $sound }
