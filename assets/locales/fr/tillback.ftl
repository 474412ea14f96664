## The words of the window, French (the reader is addressed as "vous"). Before : ; ! ? and inside « » stands U+00A0.
##
## Glossary, to be kept to in every file of this folder:
##   refund = remboursement, rembourser  sale = vente           receipt = ticket           till = caisse
##   wallet = portefeuille             gateway = passerelle      manager = responsable      cashier = caissier
##   scanner = lecteur                 record (ledger) = registre  copy (backup) = copie    amount = montant
##   reason = motif                    being checked = en vérification  declined = refusé   unknown = pas encore connu
##   release, give up = abandonner (never "libérer": it reads as paying out)      dashboard = tableau de bord  settings = réglages
##   money goes back = est rendu (never "repart")  send again = envoyer à nouveau (never "renvoyer": it reads as sending back)
##   bill in the wallet = reçu         support = assistance      training = formation       PIN = code   shift = service

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = caissier
role-manager = responsable
step-scan = Scanner
step-sale = Vente
step-approve = Approuver
step-done = Terminé
steps-label = Étape { $number } sur 4 : { $name }
training-band = FORMATION · aucun argent réel
training-band-pins = FORMATION · aucun argent réel · codes : responsable { $manager }, caissier { $cashier }
training-band-pin = FORMATION · aucun argent réel · le code du responsable est { $pin }
time-today = Aujourd’hui { $clock }
time-yesterday = Hier { $clock }
key-enter = Entrée
key-escape = Échap
key-page-up = Pg préc
key-page-down = Pg suiv
button-cancel = Annuler
button-back = Retour
support-code = Pour l’assistance : { $code }

### The strip at the bottom

strip-gateway = Passerelle
strip-scanner = Lecteur
strip-serial = Lecteur série
strip-hid = Lecteur USB
strip-camera = Caméra
light-good = { $device }
light-waiting = { $device } : en attente
light-bad = { $device } : en panne
light-off = { $device } : à l’arrêt
light-state-good = fonctionne
light-state-waiting = en attente
light-state-bad = en panne
light-state-off = à l’arrêt
strip-unresolved =
    { $count ->
        [one] { $count } remboursement en vérification
       *[other] { $count } remboursements en vérification
    }
strip-waiting =
    { $count ->
        [one] { $count } remboursement attend un responsable
       *[other] { $count } remboursements attendent un responsable
    }
strip-contradicted =
    { $count ->
        [one] La passerelle contredit { $count } remboursement
       *[other] La passerelle contredit { $count } remboursements
    }
strip-record-checking = Registre en cours de contrôle
strip-record-damaged = Registre endommagé : pas de remboursement
strip-copy-room = Registre non copié : plus de place
strip-copy-folder = Registre non copié : dossier absent
strip-copy-other = Registre non copié
strip-sales-folder = Dossier des ventes illisible : lancez doctor
strip-sales-held = Un fichier reste dans le dossier des ventes : lancez doctor
strip-sales-failed =
    { $count ->
        [one] { $count } fichier de ventes refusé : voir le dossier failed
       *[other] { $count } fichiers de ventes refusés : voir le dossier failed
    }
strip-sales-port = Un autre programme occupe le port des ventes { $port }

### Locked

locked-who = Qui est à la caisse ?
locked-nobody = Personne ne peut encore se connecter.
    .money = Aucun remboursement possible.
    .do = Ajoutez le premier responsable : tillback operators add
locked-pin = Votre code
locked-choose = Choisissez d’abord votre nom
locked-unlock = Déverrouiller
locked-checking = Vérification…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] Code : aucun chiffre
        [one] Code : { $count } chiffre
       *[other] Code : { $count } chiffres
    }
pad-clear = Effacer
pad-back = Suppr
pad-back-label = Supprimer le dernier chiffre
pad-point = ,
pad-point-label = Virgule

### Ready

ready-refund = Remboursement
ready-or-scan = ou scannez simplement le ticket
ready-lock = Verrouiller
ready-settings = Réglages…
ready-refunds = Remboursements
ready-refunds-waiting =
    { $count ->
        [one] Remboursements : { $count } à voir
       *[other] Remboursements : { $count } à voir
    }

### Scan

scan-title = Scannez le ticket, ou le reçu dans le portefeuille du client
scan-how = Dans Alipay ou WeChat Pay : ouvrez le reçu, puis ses détails. Pas le code de paiement.
scan-type = Sans code-barres, tapez le numéro
scan-field = Numéro de transaction
scan-pad = 123
scan-pad-label = Pavé numérique
scan-find = Trouver la vente
scan-finding = Recherche de la vente…
scan-finding-number = { $number }
scan-again = Scannez à nouveau, ou tapez le numéro
camera-picture = Image de la caméra
camera-found = Image de la caméra : un code a été trouvé
camera-starting = La caméra démarre…
camera-off = Pas de caméra
    .do = Utilisez le lecteur, ou tapez le numéro.
camera-bad = La caméra ne répond pas
    .do = Utilisez le lecteur, ou tapez le numéro. Vérifiez le câble de la caméra.
camera-no-camera = Aucune caméra n’est branchée
    .do = Branchez-la, utilisez le lecteur, ou tapez le numéro.
camera-other = La caméra choisie n’est pas branchée
    .do = Branchez-la, ou un responsable en choisit une autre dans Réglages.
camera-busy = Impossible d’ouvrir la caméra
    .do = Fermez les programmes qui l’utilisent. En attendant, utilisez le lecteur ou tapez le numéro.
camera-lost = La caméra a été débranchée
    .do = Rebranchez-la. En attendant, utilisez le lecteur ou tapez le numéro.
camera-no-folder = Le dossier d’images est illisible
    .do = Utilisez le lecteur, ou tapez le numéro.
hint-closer = Rapprochez-le.
    .do = Les barres devraient remplir la moitié de l’image.
hint-still = Ne bougez plus.
    .do = L’image est floue.
hint-light = Plus de lumière, s’il vous plaît.
    .do = L’image est trop sombre.
hint-tilt = Inclinez-le un peu.
    .do = Une lumière éblouit la caméra.

### Settings

settings-title = Réglages
settings-back = Retour
settings-scanner = Lecteur
settings-camera = Caméra
settings-door = Réglages
settings-door-why = Le code d’un responsable les ouvre.
settings-open = Ouvrir
settings-nobody = Il n’y a pas encore de responsable.
    .do = Ajoutez-en un : tillback operators add
kept = Enregistré.
    .do = Valable dès maintenant.
kept-read-only = Valable jusqu’à la fermeture de la caisse, pas plus.
    .do = Le fichier de réglages est protégé. « tillback doctor » dit lequel.
kept-disk-full = Valable jusqu’à la fermeture de la caisse, pas plus.
    .do = Le disque de la caisse est plein.
kept-unreadable = Valable jusqu’à la fermeture de la caisse, pas plus.
    .do = Le fichier de réglages n’est plus lisible. « tillback doctor » dit pourquoi.
kept-failed = Valable jusqu’à la fermeture de la caisse, pas plus.
    .do = Le fichier de réglages n’a pas pu être écrit.

### Settings: scanner

scanner-qr = Code d’essai, QR
scanner-code128 = Code d’essai, Code 128
scanner-how = Scannez un de ces deux codes. La caisse dit comment le lecteur est réglé et ce qu’il faut changer.
scanner-waiting = En attente d’un scan…
scanner-good = Rien à changer.
scanner-change = À changer, s’il vous plaît.
scanner-from-keyboard = Lu par un lecteur qui écrit comme un clavier.
scanner-from-serial = Lu par le lecteur série.
scanner-from-hid = Lu par le lecteur USB.
scanner-typed = C’est arrivé comme une frappe au clavier.
scanner-kind-keyboard = Lecteur clavier
scanner-kind-serial = Lecteur série
scanner-kind-hid = Lecteur USB
scanner-has-typed = A déjà lu.
scanner-not-typed-yet = Rien lu pour l’instant.
scanner-working = Connecté.
scanner-starting = Recherche en cours…
scanner-off = Désactivé dans le fichier de réglages.
scanner-not-there = Non branché. Branchez-le ; la caisse le trouve toute seule.
scanner-not-allowed-serial = Cet utilisateur n’y a pas droit : ajoutez-le au groupe « dialout ».
scanner-not-allowed-hid = Cet utilisateur n’y a pas droit : la règle udev manque.
scanner-in-use = Un autre programme l’utilise. Fermez ce programme.
scanner-lost = Débranché. Rebranchez-le ; la caisse le trouve toute seule.
scanner-not-understood = Inutilisable dans ce mode. « tillback doctor » en dit plus.
finding-torn = Une partie seulement du code est arrivée.
    .do = Scannez-le à nouveau.
finding-other = C’est un autre code.
    .do = Scannez un des deux codes ci-dessus.
finding-no-digits = Les lettres sont fausses et il n’y a pas de chiffres.
    .do = Réglez son clavier sur « US » ou « English » avec les codes de sa notice.
finding-slow = Le lecteur est trop lent.
    .do = Supprimez son délai entre caractères avec les codes de sa notice.
finding-typed-off = Les lecteurs clavier sont désactivés.
    .do = Pour l’utiliser, écrivez wedge = true dans le fichier de réglages.
finding-tills-layout = Il est réglé sur le clavier de cet ordinateur.
    .do = Cela marche. « US keyboard » est plus sûr.
finding-layout = Il est réglé sur un clavier { $what }.
    .do = Réglez-le sur « US keyboard » avec les codes de sa notice.
finding-case = Majuscules et minuscules sont inversées.
    .do = Désactivez Verr. Maj. ici et dans le lecteur.
finding-no-end = Il n’envoie rien après un code.
    .do = Cela marche, un instant plus tard. Entrée (CR) est plus rapide.
finding-tab-end = Il envoie Tab après un code.
    .do = Cela marche.
finding-aim = Il dit quelle sorte de code il a lu ({ $what }).
    .do = C’est bien : on distingue les produits des tickets.
finding-no-aim = Il ne dit pas quelle sorte de code il a lu.
    .do = Cela marche. Avec « AIM identifier » activé, on distingue mieux les produits des tickets.
finding-separator = Il omet le séparateur dans un code.
    .do = Faites-lui envoyer GS (FNC1, ASCII 29) avec les codes de sa notice.
finding-separator-replaced = Il envoie « { $what } » à la place du séparateur.
    .do = Faites-lui envoyer GS (FNC1, ASCII 29) avec les codes de sa notice.
finding-prefix = Il envoie « { $what } » avant chaque code.
    .do = Désactivez-le, ou écrivez-le comme prefix dans le fichier de réglages.
finding-keep = L’écrire dans le fichier de réglages
finding-prefix-known = Il envoie « { $what } » avant chaque code.
    .do = Cela marche : le fichier de réglages le connaît.
finding-suffix = Il envoie « { $what } » après chaque code.
    .do = Désactivez-le, ou écrivez-le comme suffix dans le fichier de réglages.
finding-suffix-known = Il envoie « { $what } » après chaque code.
    .do = Cela marche : le fichier de réglages le connaît.
layout-uk = britannique
layout-german = allemand
layout-french = français
layout-spanish = espagnol

### Settings: camera

camera-which = Quelle caméra ?
camera-first = La première trouvée
camera-folder = Images d’un dossier
camera-none = Pas de caméra
camera-not-there = { $name } (non branchée)
camera-none-found = Aucune caméra n’est branchée.
    .do = Branchez-en une et cherchez à nouveau.
camera-is-folder = Les images viennent d’un dossier.
    .do = Aucune caméra n’est cherchée.
camera-look-again = Chercher à nouveau
camera-looking = Recherche…
camera-open = { $name }, { $format }
camera-read = Un code a été lu : { $text }

### Settings: rules

settings-rules = Règles
settings-gateway = Passerelle
settings-training = Formation
rules-line = { $name } : { $value }
rules-approval = Qui confirme
rules-cashiers = Caissiers
rules-managers = Responsables
rules-sales = Ventes
rules-hours = Horaires
rules-reasons = Motifs
rules-approval-about = Qui peut approuver un remboursement qui n’enfreint aucune autre règle.
rules-people-about = Pour les remboursements qu’ils demandent. Au-delà d’une limite, un responsable autre que le demandeur peut le permettre, avec une note.
rules-sales-about = Au-delà, un responsable autre que le demandeur doit le permettre. Le même montant à nouveau demande deux responsables.
rules-hours-about = Un remboursement hors de ces horaires est signalé au responsable.
rules-reasons-about = Ce que choisissent les caissiers. Appuyez sur un motif pour l’enlever.
rules-reason-new = Un nouveau motif
rules-reason-add = Ajouter
rules-reason-remove = Enlever : { $reason }
rules-kept = Enregistré. Valable dès maintenant, et inscrit au registre.
rules-next-start = C’est inscrit et valable au prochain démarrage : le registre n’a pas pu le prendre.
rules-not-kept = Non enregistré. Rien n’a changé.
    .do = Le fichier de réglages n’a pas pu être écrit. « tillback doctor » dit pourquoi.
rules-refused = Cela ne peut pas servir. Rien n’a changé.
rules-allowed-number = De { $least } à { $most }.
rules-allowed-amount = Un montant au-dessus de zéro, payable dans la monnaie du magasin.
rules-allowed-hours = Deux heures différentes, par exemple 09:00-21:00.
rules-allowed-reasons = D’un à vingt motifs, de 120 lettres au plus.
rules-now = Actuel : { $value }
rules-keep = Enregistrer
rules-nothing-typed = Tapez la valeur
rule-name-cashier-alone = Un caissier seul, jusqu’à
rule-name-own-approval = Responsables, pour leurs demandes
rule-name-approval-seconds = Un accord est valable
rule-name-per-refund = Par remboursement
rule-name-per-shift = Par service
rule-name-per-day = Par jour
rule-name-sale-age = Vente la plus ancienne
rule-name-refunds-per-sale = Remboursements par vente
rule-name-same-amount = Même montant à nouveau : deux responsables, sous
rule-name-hours = Tous les jours
rule-name-monday = Lundi
rule-name-tuesday = Mardi
rule-name-wednesday = Mercredi
rule-name-thursday = Jeudi
rule-name-friday = Vendredi
rule-name-saturday = Samedi
rule-name-sunday = Dimanche
rule-never = jamais
rule-yes = oui
rule-no = non
rule-no-limit = sans limite
rule-hours-none = non défini
rule-hours-usual = comme tous les jours
rule-hours-closed = fermé
rule-hours-closed-all-day = Fermé toute la journée
rule-set-never = Jamais
rule-set-usual = Comme d’habitude
rule-set-no-hours = Sans horaires
rule-set-as-every-day = Comme tous les jours
rule-set-no-limit = Sans limite
rule-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
rule-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
rule-days =
    { $count ->
        [one] { $count } jour
       *[other] { $count } jours
    }
rule-times =
    { $count ->
        [one] { $count } remboursement
       *[other] { $count } remboursements
    }

### Settings: gateway

gateway-which = Quelle passerelle ?
gateway-production = Production : argent réel
gateway-sandbox = Bac à sable : pour essayer
gateway-sandbox-old = L’ancien bac à sable
gateway-merchant = Numéro de marchand
gateway-store = Numéro de magasin
gateway-other = Actuellement : { $address }, sur cet ordinateur.
gateway-fixed = En formation, c’est celle de cet ordinateur.
gateway-keep = Enregistrer ce compte
gateway-kept = Enregistré. Valable au prochain démarrage de la caisse.
gateway-token = Jeton d’API
gateway-token-field = Un nouveau jeton
gateway-token-keep = Enregistrer ce jeton
gateway-test = Tester maintenant
gateway-testing = On interroge la passerelle…
token-in-keyring = Le jeton est dans le trousseau du système.
    .do = Un nouveau est pris aussitôt.
token-by-passphrase = Le jeton est dans un fichier, scellé par une phrase secrète.
    .do = Quelqu’un la tape à chaque démarrage.
token-to-machine = Le jeton est dans un fichier, scellé à cet ordinateur.
    .do = Une copie ne sert à rien ailleurs, mais tout programme de cet utilisateur peut l’ouvrir ici. Une phrase secrète est plus sûre : tillback token set --passphrase
token-in-variable = Le jeton est donné par qui démarre la caisse.
    .do = Il passe avant tout autre.
token-sample = Le jeton est l’exemple publié.
    .do = Il ne vaut rien ailleurs qu’ici.
token-missing = Il n’y a pas encore de jeton.
    .do = Tapez-le ici, ou utilisez « tillback token set ».
token-none = Ce n’est pas un jeton.
    .do = C’est une ligne de lettres, de chiffres et de signes.
token-not-allowed = Seul un responsable peut donner un jeton, et aucun n’est gardé en formation.
    .do = Rien n’a changé.
token-not-kept = Le jeton ne peut être ni gardé ni lu.
    .do = « tillback doctor » en dit plus.
gateway-accepted = La passerelle accepte ce compte et ce jeton.
    .do = Rien n’a été remboursé : la question portait sur une vente qui n’existe pas.
gateway-refused = La passerelle ne l’accepte pas.
    .do = Le jeton, le numéro de marchand ou celui du magasin est faux : elle ne dit pas lequel. Comparez les trois avec votre compte Pockyt.
gateway-name-not-found = Le nom de la passerelle est inconnu ici.
    .do = Il n’y a pas de réseau, ou aucun qui mène dehors. Vérifiez câble, Wi-Fi et routeur.
gateway-unreachable = La passerelle était injoignable.
    .do = Quelque chose est entre les deux : un pare-feu, un proxy, ou la passerelle est en panne.
gateway-not-trusted = La connexion à la passerelle n’est pas sûre.
    .do = Vérifiez la date et l’heure de cet ordinateur. Si elles sont justes, quelqu’un est peut-être entre les deux : appelez l’assistance.
gateway-no-answer = La passerelle ne répond pas.
    .do = Attendez un instant et testez à nouveau.
gateway-unclear = La passerelle n’a pas donné de réponse claire.
    .do = Testez à nouveau. Si cela se reproduit, appelez l’assistance.
gateway-no-token = Il n’y a pas de jeton pour tester.
    .do = Tapez-en un ci-dessus.
gateway-wrong-account = Ce compte est inutilisable.
    .do = Ses numéros n’ont que des lettres et des chiffres.

### Settings: training

training-is-off = Cette caisse rembourse de l’argent réel.
training-is-on = Cette caisse est pour la formation.
training-about = En formation, rien n’atteint un vrai portefeuille : autres ventes, autres personnes, autre registre, et une passerelle sur cet ordinateur.
    .do = Tout dit que c’est une formation. Personne ne reste connecté en y entrant ou en sortant.
training-unresolved = Un remboursement est encore en vérification.
    .do = La caisse se renseigne tant qu’elle est ouverte. Attendez la réponse.
training-begin = Commencer la formation
training-end = Terminer la formation

### Sale

sale-paid-with = Payé avec
sale-wallet-unknown = Portefeuille non nommé
sale-time-unknown = Heure inconnue
sale-invoice = Facture
sale-paid = Payé
sale-refunded = Déjà remboursé
sale-refunded-when = { $when }, par { $who }
sale-reserved = En vérification
sale-elsewhere = Remboursé ailleurs
sale-left = Reste à rembourser
sale-item-label = { $quantity } × { $name }
sale-from-gateway = Vient de la passerelle ; cette caisse n’en a pas de copie.
sale-typed = Le numéro a été tapé, pas scanné.
sale-refund = Remboursement
sale-all = Tout le reste
sale-other-amount = Autre montant
sale-ticked = Ce qui est coché
sale-no-amount = –
sale-reason = Motif
sale-reason-other = Autre…
sale-reason-field = Écrivez le motif
sale-reason-use = Utiliser ce motif
sale-amount-title = Combien ?
sale-amount-left = Il reste { $left }
sale-amount-use = Utiliser { $amount }
sale-amount-use-empty = Utiliser ce montant
sale-ask = Demander au responsable…
sale-confirm = Confirmer vous-même…
sale-ask-reason = Choisissez d’abord un motif
sale-ask-amount = Choisissez d’abord un montant
sale-ask-checking = On interroge la passerelle…
sale-check-asking = On interroge la passerelle sur cette vente…
sale-check-confirmed = La passerelle confirme cette vente.
sale-check-again = Redemander

### Approval

approval-title = Responsable : confirmez ce remboursement
approval-title-alone = Confirmez ce remboursement
approval-to = Vers
approval-to-wallet = { $wallet } du client
approval-to-unknown = le portefeuille du paiement
approval-sale = Vente
approval-asked-by = Demandé par
approval-asked-why = { $who }, « { $reason } »
approval-left-after = Reste ensuite
approval-manager = Responsable
approval-who = Qui confirme
approval-choose = Choisissez qui confirme
approval-pay = Rembourser { $amount }
approval-checking = Vérification…
approval-look-twice = À regarder de près
approval-over = Note d’un responsable requise
approval-over-two = Deux responsables requis
approval-note = Pourquoi est-ce permis ?
approval-note-hint = En quelques mots
approval-note-goods = J’ai vu la marchandise
approval-note-customer = Client fidèle
approval-note-mistake = Erreur de notre part
approval-second-manager = Un deuxième responsable, s’il vous plaît
approval-note-short = Note
approval-note-use = Utiliser cette note
approval-first = Premier accord
approval-agree = D’accord
approval-nobody = Aucun responsable ne peut confirmer.
    .money = Rien n’a été envoyé.
    .do = Il faut ajouter un autre responsable que le demandeur : Réglages, Personnel.

### Sending

sending-title = Envoi du remboursement
sending-recording = Inscription au registre
sending-wait = Patientez. Ne recommencez pas.
sending-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } secondes
    }
sending-long = C’est plus long que d’habitude. La caisse attend toujours la réponse.

### What is happening

steps-title = Ce qui se passe
step-recorded = inscrit
step-sent = envoyé
step-refunded = remboursé
step-declined = refusé par la passerelle
step-pending = accepté, pas terminé
step-unknown = pas de réponse claire
step-not-sent = non envoyé
step-not-executed = non remboursé, selon plusieurs réponses
step-prepared = inscrit à nouveau
step-abandoned = abandonné
step-asked-found = Question { $ordinal } : trouvé
step-asked-not-found = Question { $ordinal } : pas encore là
step-asked-failed = Question { $ordinal } : pas de réponse
step-ordinal = { $count }
step-next =
    { $count ->
        [one] Prochaine question dans { $count } s
       *[other] Prochaine question dans { $count } s
    }
step-asking = Question en cours…

### Result

result-refunded = Remboursé
result-said = { $what } : { $amount }.
result-declined = Refusé
result-not-found = Introuvable
result-unknown = Pas encore connu
result-pending = Pas encore terminé
result-not-sent = Non envoyé
result-not-executed = Non remboursé
result-again = Ne remboursez pas une deuxième fois.
result-next = Remboursement suivant
result-finish = Terminer
result-by-itself = Échap · tout seul dans { $seconds } s
result-leave = Laisser en cours
result-number = N° de remboursement
result-reference = Notre référence
result-sale = Vente
result-approved = Approuvé par
result-no-number = La passerelle n’en a pas donné
result-tell-unknown = Dites au client : « Nous vérifions. Vous le verrez dans votre portefeuille, ou nous vous appellerons. »
result-tell-declined = Dites au client : « Cela n’a pas marché. Votre argent n’a pas bougé. »
result-your-wallet = le portefeuille
result-send-again = Demander un nouvel envoi…
result-leave-it = Laisser

### Refunds

refunds-title = Remboursements
refunds-search = Chercher : numéro, montant, date, nom
refunds-all = Tous
refunds-attention = À voir
refunds-refunded = Remboursés
refunds-not-refunded = Non remboursés
refunds-by-hand = À la main
refunds-reading = Lecture…
refunds-none = Aucun remboursement ici.
refunds-none-found = Aucun remboursement avec tous ces mots.
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = Plus récents
refunds-older = Plus anciens
refunds-looked-at = Recherche dans les { $count } plus récents.
refunds-unread = Le registre de la caisse n’est pas lisible pour l’instant.
    .money = Rien n’a été envoyé, rien n’a été changé.
    .do = Réessayez. Si cela se reproduit, appelez l’assistance.

### One refund

refund-sent = En route
refund-abandoned = Abandonné
refund-contradicted = Désaccord passerelle
refund-by-a-person = Décidé par une personne
refund-decided = { $who }, { $when } : « { $reason } ».
refund-decided-on = { $who }, { $when } : « { $reason } », numéro { $evidence }.
refund-decided-confirmed = La passerelle l’a confirmé depuis.
refund-reference = Référence
refund-approved = Approuvé
refund-number = N° passerelle
refund-history = Ce qui s’est passé
refund-check = Interroger la passerelle
refund-send-again = Envoyer à nouveau…
refund-release = Abandonner…
refund-decide = Décider à la main…
refund-checking = On interroge la passerelle…
refund-check-found = Demandé à { $clock } : la passerelle a ce remboursement.
refund-check-not-found = Demandé à { $clock } : la passerelle ne l’a pas.
refund-check-nothing = { $why } Cela ne dit rien du remboursement.
refund-done-release = Il est abandonné. Son montant est de nouveau libre.
refund-done-decide = C’est inscrit, avec votre nom.
standing-sent = Le remboursement est en route.
    .money = On ne sait pas si l’argent a été rendu.
    .do = Attendez la réponse ; cette page change toute seule.
standing-refunded = La passerelle l’a remboursé à { $wallet }.
    .money = Le client a l’argent depuis { $clock }.
    .do = Il n’y a rien à faire.
standing-said-refunded = Un responsable a décidé que le client a l’argent.
    .money = La passerelle ne l’a pas dit.
    .do = La caisse redemande parfois, et signale tout désaccord.
standing-said-not-executed = Un responsable a décidé que cela n’a pas eu lieu.
    .money = Son montant est toujours retenu.
    .do = Envoyez-le à nouveau, ou abandonnez-le.
standing-not-executed = La passerelle, interrogée plusieurs fois, n’a pas ce remboursement.
    .money = L’argent n’a pas été rendu.
    .do = Un responsable peut l’envoyer à nouveau, ou l’abandonner.
standing-abandoned = Un responsable l’a abandonné.
    .money = L’argent n’a pas bougé.
    .do = Il n’y a rien à faire.
standing-not-sent = La passerelle était injoignable, donc rien n’a été envoyé.
    .money = L’argent n’a pas bougé.
    .do = Un responsable peut l’envoyer à nouveau, ou l’abandonner.
standing-not-sent-setup = La caisse ne pouvait pas l’envoyer en sécurité, donc rien n’a été envoyé.
    .money = L’argent n’a pas bougé.
    .do = Réglez d’abord cela (« tillback doctor ») ; ensuite un responsable peut l’envoyer à nouveau, ou l’abandonner.
standing-reported = La passerelle signale ce remboursement. Cette caisse le tient pour : { $held }.
    .money = L’argent a probablement été rendu. Rien n’est envoyé à nouveau.
    .do = Regardez le tableau de bord de la passerelle, puis décidez à la main.
standing-not-reported = Un responsable a décidé que le client a l’argent, et la passerelle n’en sait rien.
    .money = L’argent n’a probablement pas été rendu.
    .do = Regardez le tableau de bord de la passerelle, puis décidez à la main.

### What happened to it

history-line = { $when } : { $what }
history-by = { $when } : { $what } ({ $who })
history-again = envoyé à nouveau : « { $reason } »
history-again-bare = envoyé à nouveau
history-said-refunded = « le client a l’argent » : { $reason }{ $evidence }
history-said-not-executed = « cela n’a pas eu lieu » : { $reason }{ $evidence }
history-released = abandonné : « { $reason } »
history-evidence = , numéro { $evidence }
history-not-found =
    { $count ->
        [one] demandé : la passerelle ne l’a pas
       *[other] demandé { $count } fois : la passerelle ne l’a pas
    }
history-confirmed = la passerelle confirme la décision
history-reported = la passerelle dit autre chose que la caisse
history-not-reported = la passerelle n’en sait rien
history-stands = vu, reste tel quel : { $reason }{ $evidence }
history-stands-bare = vu, reste tel quel

### What a manager orders

order-send-again = Envoyer à nouveau ce remboursement
order-release = Abandonner ce remboursement
order-decide = Décider à la main
order-does-send-again = Le même remboursement, sous le même numéro.
    .do = La passerelle est d’abord interrogée ; rien n’est envoyé si elle l’a déjà.
order-does-release = Il est abandonné pour de bon.
    .do = Son montant peut être remboursé à nouveau depuis le ticket.
order-does-decide = C’est gardé pour toujours, avec votre nom.
    .do = Si la passerelle dit autre chose plus tard, la caisse montre les deux.
order-what = Qu’est-il devenu ?
order-say-refunded = Le client a l’argent
order-say-not-executed = Cela n’a pas eu lieu
order-why = Pourquoi ?
order-why-waits = Le client attend
order-why-fixed = La connexion remarche
order-why-otherwise = Remboursé autrement
order-why-gone = Le client n’en veut pas
order-why-dashboard = Vu dans le tableau de bord
order-why-bill = Vu dans le portefeuille du client
order-evidence = Le numéro que vous y avez vu
order-evidence-field = N° de remboursement ou de dossier
order-because = Motif : « { $reason } »
order-on = Numéro : { $evidence }
order-go = Passer au code du responsable
order-go-verdict = Dites d’abord ce qu’il est devenu
order-go-reason = Écrivez ou choisissez un motif
order-go-evidence = Motif et numéro requis
order-send = Envoyer { $amount } à nouveau
order-free = Abandonner { $amount }
order-record = Inscrire au registre
order-moved = Le remboursement n’est plus dans le même état.
    .money = Rien n’a été envoyé, rien n’a été changé.
    .do = Revenez en arrière et regardez à nouveau.
order-reported = La passerelle signale ce remboursement.
    .money = Rien n’a été envoyé. L’argent a probablement été rendu.
    .do = Revenez en arrière et regardez à nouveau.
order-too-early = La demande peut encore arriver.
    .money = Rien n’a été changé.
    .do =
    { $minutes ->
        [0] Vous pouvez le dire maintenant.
        [one] Personne ne peut le dire avant { $minutes } minute.
       *[other] Personne ne peut le dire avant { $minutes } minutes.
    }
order-not-asked-down = La passerelle ne répond pas.
    .money = Rien n’a été envoyé.
    .do = Il faut d’abord l’interroger. Réessayez quand elle répondra.
order-not-asked-denied = La passerelle n’accepte pas ce terminal.
    .money = Rien n’a été envoyé.
    .do = Le numéro du terminal ou son secret est faux.
order-not-asked-unclear = La passerelle n’a pas donné de réponse claire.
    .money = Rien n’a été envoyé.
    .do = Elle doit dire qu’elle ne l’a pas. Réessayez.

### Outcomes

outcome-refunded = { $wallet } l’a accepté à { $clock }.
    .money = Le client reçoit un message dans son portefeuille.
    .do = Rendez le ticket.
outcome-pending = La passerelle l’a accepté et n’a pas terminé.
    .money = L’argent est en route, ou le sera bientôt.
    .do = La caisse continue de se renseigner ; cette page change toute seule.
outcome-not-executed = La passerelle, interrogée plusieurs fois, n’a pas ce remboursement.
    .money = L’argent n’a pas été rendu. Plus rien n’est retenu.
    .do = Demandez au responsable un nouvel envoi, ou laissez-le : il attend sous Remboursements.
declined-no-such-sale = La passerelle ne connaît pas cette vente.
    .money = Rien n’a été remboursé.
    .do = Vérifiez le numéro du ticket. S’il est juste, appelez l’assistance.
declined-sale-status = La passerelle dit que cette vente ne peut pas être remboursée maintenant : elle n’est pas payée, ou elle est déjà remboursée.
    .money = Rien n’a été remboursé cette fois.
    .do = Scannez à nouveau pour voir où en est la vente.
declined-access-denied = La passerelle n’accepte pas ce terminal.
    .money = Rien n’a été remboursé.
    .do = Appelez un responsable : le numéro du terminal ou son secret est faux. Les autres remboursements seront refusés aussi.
declined-bad-request = La passerelle n’a pas accepté la demande.
    .money = Rien n’a été remboursé.
    .do = Appelez l’assistance et donnez le code ci-dessous.
declined-wallet = Le portefeuille du client l’a refusé.
    .money = Rien n’a été remboursé.
    .do = Demandez au client de regarder son portefeuille, ou remboursez autrement.
unknown-timed-out = La passerelle n’a pas répondu à temps.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne ; cette page change toute seule.
unknown-connection-lost = La connexion s’est coupée avant la réponse.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne ; cette page change toute seule.
unknown-unreadable = La réponse de la passerelle est illisible.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne ; cette page change toute seule.
unknown-gateway-error = La passerelle a eu une panne.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne ; cette page change toute seule.
unknown-mismatch = La passerelle a répondu sur un autre remboursement.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne. Si cette page n’a pas changé dans dix minutes, appelez l’assistance.
unknown-unheard-of = La passerelle a donné une réponse inconnue de cette caisse.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne. Si cette page n’a pas changé dans dix minutes, appelez l’assistance.
unknown-interrupted = La caisse s’est arrêtée pendant l’envoi du remboursement.
    .money = On ne sait pas si l’argent a été rendu.
    .do = La caisse se renseigne ; cette page change toute seule.
not-sent-name-not-found = Passerelle introuvable : la caisse n’a pas de réseau, ou l’adresse est fausse.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Vérifiez le câble réseau ou le Wi-Fi. Le responsable peut l’envoyer à nouveau, maintenant ou plus tard sous Remboursements.
not-sent-unreachable = La passerelle était injoignable.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Attendez un instant. Le responsable peut l’envoyer à nouveau, maintenant ou plus tard sous Remboursements.
not-sent-not-trusted = La connexion à la passerelle n’est pas sûre, donc la caisse ne l’a pas utilisée.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Vérifiez la date et l’heure de la caisse. Si elles sont justes, appelez l’assistance.
not-sent-configuration = Cette caisse n’est pas réglée pour envoyer des remboursements.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Appelez un responsable. Sur l’ordinateur de la caisse, « tillback doctor » dit ce qui manque.

### Problem

problem-title = Le remboursement n’a pas été fait

### When something is wrong with a code

scan-product-barcode = C’est un code-barres de produit.
    .money = Rien n’a été remboursé.
    .do = Scannez le long code-barres au bas du ticket, ou le reçu dans le portefeuille du client.
scan-payment-code = Cela ressemble au code de paiement du client.
    .money = Rien n’a été débité, rien n’a été remboursé.
    .do = Demandez-lui d’ouvrir le reçu dans son portefeuille, puis ses détails.
scan-foreign-url = Ce code mène à { $host }.
    .money = Rien n’a été remboursé.
    .do = Scannez le code-barres du ticket, ou tapez le numéro dessous.
scan-empty = Ce code ne contenait rien.
    .money = Rien n’a été remboursé.
    .do = Scannez à nouveau, ou tapez le numéro sous le code-barres.
scan-torn = Scannez à nouveau, s’il vous plaît.
    .do = Une partie seulement du code est arrivée.
scan-too-long = Ce code est trop long pour un ticket ({ $length } caractères).
    .money = Rien n’a été remboursé.
    .do = Scannez le code-barres du ticket, ou tapez le numéro dessous.
scan-not-a-number = Ce n’est pas le code d’un ticket.
    .money = Rien n’a été remboursé.
    .do = Scannez le code-barres du ticket, ou tapez le numéro dessous.
scan-wrong-length =
    { $digits ->
        [one] Cela fait { $digits } chiffre. Le numéro en a 18.
       *[other] Cela fait { $digits } chiffres. Le numéro en a 18.
    }
    .money = Rien n’a été remboursé.
    .do = Comparez avec le ticket et tapez-le à nouveau.

### When a sale cannot be found or checked

lookup-not-found = Aucune vente ne porte ce numéro.
    .money = Rien n’a été remboursé.
    .do = Vérifiez que le ticket vient de ce magasin, puis scannez à nouveau.
lookup-ambiguous = Plusieurs ventes portent ce numéro.
    .money = Rien n’a été remboursé.
    .do = Utilisez le long numéro sous le code-barres, ou le reçu dans le portefeuille du client.
lookup-gateway-down = La passerelle ne répond pas.
    .money = Rien n’a été remboursé.
    .do = Vérifiez le réseau, attendez un instant et réessayez.
lookup-gateway-unclear = La passerelle n’a pas donné de réponse claire sur cette vente.
    .money = Rien n’a été remboursé.
    .do = Réessayez. Si cela se reproduit, appelez l’assistance.
lookup-access-denied = La passerelle n’accepte pas ce terminal.
    .money = Rien n’a été remboursé.
    .do = Appelez un responsable : le numéro du terminal ou son secret est faux.
lookup-amounts-differ = La passerelle et cette caisse ne sont pas d’accord sur le montant payé.
    .money = Rien n’a été remboursé.
    .do = Appelez un responsable. Cette vente doit d’abord être examinée.

### When the till itself fails

house-ledger-full = Le disque de la caisse est plein.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Appelez un responsable : il faut faire de la place avant le prochain remboursement.
house-ledger-read-only = La caisse ne peut pas écrire dans son registre.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Appelez un responsable : « tillback doctor » dit quel fichier.
house-ledger-busy = Un autre programme occupe le registre de la caisse.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Fermez les autres fenêtres de Tillback, puis réessayez.
house-ledger-broken = Le registre de la caisse est illisible.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Ne faites plus de remboursement. Fermez la caisse et relancez-la : elle dira que faire.
house-ledger-unchecked = La caisse contrôle encore son registre.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Attendez une minute, puis recommencez le remboursement. Si cela persiste, appelez un responsable.
house-worker-stopped = Une partie de la caisse a lâché et a été relancée.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Réessayez. Si cela se reproduit, relancez la caisse et appelez l’assistance.
house-started-over = La caisse a lâché et a redémarré.
    .money = Aucun remboursement n’est perdu : celui qui est peut-être parti est en vérification.
    .do = Connectez-vous et voyez ce qu’il est devenu avant de recommencer le même remboursement.

### When a refund is not allowed

refusal-not-paid-yet = Cette vente n’est pas encore payée.
    .money = Il n’y a rien à rendre.
    .do = Attendez que le paiement passe, puis scannez à nouveau.
refusal-payment-failed = Ce paiement a échoué.
    .money = Le client n’a rien payé ici.
    .do = Il n’y a rien à rembourser.
refusal-payment-closed = Ce paiement a été fermé ou annulé.
    .money = Le client a déjà l’argent, ou ne l’a jamais payé.
    .do = Il n’y a rien à rembourser.
refusal-nothing-left = Cette vente est entièrement remboursée.
    .money = Tout a déjà été rendu : { $paid }.
    .do = Il ne reste rien à rembourser.
refusal-nothing-left-reserved = Il ne reste rien de cette vente.
    .money = { $reserved } en vérification : peut-être déjà rendus.
    .do = Ne remboursez pas à nouveau. Attendez la fin de la vérification.
refusal-over-left = { $asked } dépasse ce qui reste.
    .money = { $left } peuvent être remboursés.
    .do = Choisissez un montant plus petit.
refusal-zero-amount = Un montant nul ne peut pas être remboursé.
    .money = Rien n’a été remboursé.
    .do = Choisissez un montant.
refusal-wrong-currency = La vente a été payée dans une autre devise.
    .money = { $paid } ont été payés.
    .do = Remboursez dans cette devise.
refusal-too-old =
    { $days ->
        [one] Cette vente date de { $days } jour.
       *[other] Cette vente date de { $days } jours.
    }
    .money = Les portefeuilles acceptent les remboursements pendant { $max } jours.
    .do = Remboursez le client autrement.
refusal-too-many =
    { $count ->
        [one] Cette vente a déjà été remboursée une fois.
       *[other] Cette vente a déjà été remboursée { $count } fois.
    }
    .money = Pas plus de { $max } remboursements par vente.
    .do = Remboursez le client autrement.
refusal-too-soon = Cette vente vient d’être remboursée.
    .money = Assurez-vous que ce n’est pas deux fois le même remboursement.
    .do =
    { $seconds ->
        [one] Vous pourrez continuer dans { $seconds } seconde.
       *[other] Vous pourrez continuer dans { $seconds } secondes.
    }
rule-refund-limit = Les caissiers rendent jusqu’à { $limit } à la fois.
    .money = Rien n’a été envoyé.
    .do = Un responsable autre que le demandeur peut permettre plus, avec une note.
rule-refund-limit-manager = Les responsables rendent jusqu’à { $limit } à la fois.
    .money = Rien n’a été envoyé.
    .do = Un autre responsable peut permettre plus, avec une note.
rule-shift-limit = Cela dépasse la limite d’un service, { $limit }.
    .money = Rien n’a été envoyé.
    .do = Un responsable autre que le demandeur peut permettre plus, avec une note.
rule-day-limit = Cela dépasse la limite d’un jour, { $limit }.
    .money = Rien n’a été envoyé.
    .do = Un responsable autre que le demandeur peut permettre plus, avec une note.
rule-sale-age =
    { $days ->
        [one] Cette vente date de { $days } jour ; le magasin reprend pendant { $max ->
            [one] 1 jour
           *[other] { $max } jours
        }.
       *[other] Cette vente date de { $days } jours ; le magasin reprend pendant { $max ->
            [one] 1 jour
           *[other] { $max } jours
        }.
    }
    .money = Rien n’a été envoyé.
    .do = Un responsable autre que le demandeur peut le permettre, avec une note.
rule-refunds-of-sale =
    { $count ->
        [one] Cette vente a été remboursée une fois ; le magasin en permet { $max }.
       *[other] Cette vente a été remboursée { $count } fois ; le magasin en permet { $max }.
    }
    .money = Rien n’a été envoyé.
    .do = Un responsable autre que le demandeur peut en permettre un de plus, avec une note.
rule-same-amount =
    { $minutes ->
        [0] Le même montant a été rendu sur cette vente à l’instant.
        [one] Le même montant a été rendu sur cette vente il y a { $minutes } minute.
       *[other] Le même montant a été rendu sur cette vente il y a { $minutes } minutes.
    }
    .money = Assurez-vous que ce n’est pas deux fois le même remboursement. Rien n’a été envoyé.
    .do = Deux responsables doivent le permettre, ou attendez que { $within } minutes passent.
warning-refunded-before =
    { $count ->
        [one] Cette vente a été remboursée une fois auparavant.
       *[other] Cette vente a été remboursée { $count } fois auparavant.
    }
warning-typed = Le numéro a été tapé, pas scanné : le ticket est-il là ?
warning-near-limit = On approche de la limite de { $limit }.
warning-asks-often = Remboursement n° { $theirs } de cette personne aujourd’hui ; les autres en ont { $average } en moyenne.
warning-outside-hours = Le magasin est fermé à cette heure.
warning-fresh-sale =
    { $minutes ->
        [0] La vente a été payée il y a moins d’une minute.
        [one] La vente a été payée il y a { $minutes } minute.
       *[other] La vente a été payée il y a { $minutes } minutes.
    }
refusal-not-your-approval = Cette personne ne peut pas confirmer ce remboursement.
    .money = Rien n’a été envoyé.
    .do = Un autre responsable doit le faire.
refusal-approval-expired = L’accord du responsable a expiré.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Redemandez.
refusal-approval-void = La vente a changé depuis l’accord du responsable.
    .money = Rien n’a été envoyé. L’argent n’a pas bougé.
    .do = Regardez la vente à nouveau, puis redemandez.
refusal-books = Les montants de cette vente ne collent pas.
    .money = Rien n’a été remboursé.
    .do = Appelez l’assistance. Cette vente doit d’abord être examinée.

### When an amount is not one

amount-empty = Aucun montant n’est choisi.
    .money = Rien n’a été remboursé.
    .do = Tapez un montant, ou cochez ce qui revient.
amount-not-an-amount = Ce n’est pas un montant.
    .money = Rien n’a été remboursé.
    .do = Tapez-le ainsi : 27,40
amount-no-decimals = { $currency } n’a pas de décimales.
    .money = Rien n’a été remboursé.
    .do = Tapez un nombre entier.
amount-too-many-decimals = { $currency } a { $allowed } décimales.
    .money = Rien n’a été remboursé.
    .do = Tapez-le ainsi : 27,40
amount-too-large = Ce montant est trop grand.
    .money = Rien n’a été remboursé.
    .do = Tapez-le à nouveau.

### When a PIN is not accepted

sign-in-wrong-pin = Ce code n’est pas le bon.
    .money = Rien n’a été remboursé.
    .do = Réessayez.
sign-in-wrong-pin-wait = Ce code n’est pas le bon.
    .money = Rien n’a été remboursé.
    .do =
    { $seconds ->
        [one] Réessayez dans { $seconds } seconde.
       *[other] Réessayez dans { $seconds } secondes.
    }
sign-in-locked-out = Trop de codes faux.
    .money = Rien n’a été remboursé.
    .do =
    { $seconds ->
        [one] Réessayez dans { $seconds } seconde.
       *[other] Réessayez dans { $seconds } secondes.
    }
approval-wrong-pin = Ce code n’est pas le bon.
    .money = Rien n’a été envoyé.
    .do = Réessayez.
approval-wrong-pin-wait = Ce code n’est pas le bon.
    .money = Rien n’a été envoyé.
    .do =
    { $seconds ->
        [one] Réessayez dans { $seconds } seconde.
       *[other] Réessayez dans { $seconds } secondes.
    }
approval-locked-out = Trop de codes faux.
    .money = Rien n’a été envoyé.
    .do =
    { $seconds ->
        [one] Réessayez dans { $seconds } seconde.
       *[other] Réessayez dans { $seconds } secondes.
    }

### The till cannot start

passphrase-title = La phrase secrète, s’il vous plaît
passphrase-why = La clé de cette caisse pour la passerelle de paiement est scellée. Tapez la phrase qui la scelle : une fois, à chaque démarrage de la caisse.
passphrase-wrong = Cela n’a pas ouvert. Rien n’est perdu : réessayez, lentement. Majuscules et minuscules comptent.
passphrase-field = Phrase secrète
passphrase-open = Ouvrir la caisse
passphrase-quit = Fermer
fault-title = Cette caisse ne peut pas démarrer
fault-money = Rien n’a été envoyé. Aucun remboursement n’a été fait ni changé.
fault-do = Montrez cette page à qui s’occupe de la caisse. « tillback doctor » vérifie tout et dit que faire.
fault-close = Fermer

### The ledger cannot be opened

ledger-in-use = Une autre fenêtre de la caisse est ouverte.
    .money = Rien n’a été envoyé d’ici. L’autre fenêtre continue.
    .do = Travaillez là-bas. Ou fermez-la, puis réessayez ici.
ledger-locked = Un autre programme occupe le registre de la caisse.
    .money = Rien n’a été envoyé. Aucun remboursement n’a changé.
    .do = Attendez la fin d’une importation ou d’une copie, ou fermez ce qui tient le registre ouvert. Puis réessayez.
ledger-disk-full = Le disque de la caisse est plein.
    .money = Rien n’a été envoyé. Tous les remboursements faits sont conservés.
    .do = Faites de la place : videz la corbeille, retirez ce qui n’est pas de la caisse. Ne retirez rien de son dossier. Puis réessayez.
ledger-read-only = Le registre de la caisse est protégé en écriture.
    .money = Rien n’a été envoyé. Tous les remboursements faits sont conservés.
    .do = Le disque ou le dossier est protégé. Retirez la protection, puis réessayez.
ledger-no-permission = Cet utilisateur n’a pas droit au registre de la caisse.
    .money = Rien n’a été envoyé. Tous les remboursements faits sont conservés.
    .do = Connectez-vous avec l’utilisateur de la caisse, ou laissez celui-ci écrire dans le dossier. Puis réessayez.
ledger-folder-missing = Le dossier du registre de la caisse n’est pas là.
    .money = Rien n’a été envoyé. Le contenu du dossier n’est pas touché.
    .do = Branchez le disque, ou connectez le partage, où la caisse garde son registre. Puis réessayez.
ledger-gone = Le registre de la caisse a disparu.
    .money = Rien n’a été envoyé. Les remboursements déjà faits sont en sûreté à la passerelle.
    .do = Si quelqu’un l’a déplacé, remettez-le et réessayez. Sinon, restaurez une copie.
ledger-not-one = Autre chose se trouve à la place du registre de la caisse.
    .money = Rien n’a été envoyé. Les remboursements déjà faits sont en sûreté à la passerelle.
    .do = Si quelqu’un a déplacé le registre, remettez-le et réessayez. Sinon, restaurez une copie.
ledger-damaged = Le registre de la caisse est endommagé.
    .money = Plus rien n’est envoyé. Les remboursements déjà faits sont en sûreté à la passerelle.
    .do = Restaurez une copie. Ce qui est encore lisible est repris.
ledger-behind = La fin du registre de la caisse manque.
    .money = Rien n’a été envoyé. Les remboursements déjà faits sont en sûreté à la passerelle.
    .do =
    { $count ->
        [0] Un autre registre a été mis à sa place. Remettez le bon et réessayez, ou restaurez une copie.
        [one] { $count } ligne manque : un fichier voisin a été retiré, ou une copie plus ancienne mise à sa place. Corrigez et réessayez, ou restaurez une copie.
       *[other] { $count } lignes manquent : un fichier voisin a été retiré, ou une copie plus ancienne mise à sa place. Corrigez et réessayez, ou restaurez une copie.
    }
ledger-newer = Un Tillback plus récent a utilisé ce registre.
    .money = Rien n’a été envoyé. Tous les remboursements faits sont conservés.
    .do = Réinstallez le Tillback plus récent. Celui-ci ne doit pas toucher au registre.
ledger-migration = Le registre de la caisse n’a pas pu être mis à jour.
    .money = Rien n’a été envoyé. Le registre est resté tel quel.
    .do = Réessayez. Si cela persiste, enregistrez les fichiers pour l’assistance et continuez avec le Tillback d’avant.
ledger-for-training = Ce registre est pour la formation.
    .money = Rien n’a été envoyé. Il ne contient aucun vrai remboursement.
    .do = Quelqu’un l’a mis à la place du vrai. Remettez le bon, puis réessayez.
ledger-for-real = Ce registre est de vrais remboursements, et cette caisse est en formation.
    .money = Rien n’a été envoyé. Tous les remboursements faits sont conservés.
    .do = Remettez le registre de formation, ou terminez la formation dans les réglages. Puis réessayez.
ledger-other = Impossible d’ouvrir le registre de la caisse.
    .money = Rien n’a été envoyé. Aucun remboursement n’a changé.
    .do = Réessayez. Si cela persiste, enregistrez les fichiers pour l’assistance et appelez-la.
recovery-record-at = Le registre : { $path }
recovery-holder-till = Caisse { $till }
recovery-holder-host = ordinateur { $host }
recovery-holder-process = processus { $pid }
recovery-holder-since = ouverte : { $since }
recovery-holder-unknown = Elle n’a pas dit qui elle est.
recovery-copies = Restaurer une copie…
recovery-again = Réessayer
recovery-support = Fichiers pour l’assistance
recovery-folder = Montrer le dossier
recovery-close = Fermer Tillback
recovery-back = Retour
recovery-looking = Recherche de copies…
recovery-trying = Ouverture du registre…
recovery-restoring = Restauration…
recovery-saving = Enregistrement…
recovery-still = C’est toujours pareil.
recovery-saved = Enregistré pour l’assistance.
    .do = { $path } contient le registre, les réglages et les journaux. Le secret de la passerelle n’y est pas.
recovery-not-saved = Impossible d’enregistrer.
recovery-folder-shown = Le dossier s’ouvre dans une autre fenêtre.
recovery-folder-not-shown = Aucun programme ici ne montre de dossiers.
    .do = Il est ici : { $path }
recovery-copy-found = Il y a une bonne copie : { $when }.
recovery-no-copies = Aucune bonne copie n’a été trouvée.
    .do = Branchez le disque des copies et réessayez. Ou enregistrez les fichiers pour l’assistance et appelez-la.
recovery-unknowns-none = Elle a tous les remboursements du registre de la caisse.
recovery-unknowns =
    { $count ->
        [one] { $count } remboursement est plus récent. Il est repris comme inconnu, et la caisse interroge la passerelle.
       *[other] { $count } remboursements sont plus récents. Ils sont repris comme inconnus, et la caisse interroge la passerelle sur chacun.
    }
recovery-unknowns-unreadable = Des remboursements faits après peuvent manquer : le registre actuel est illisible. Comparez avec le tableau de bord de la passerelle.
recovery-unknowns-at-least =
    { $count ->
        [one] Au moins { $count } remboursement est plus récent et repris comme inconnu. Il y en a peut-être d’autres : comparez avec le tableau de bord de la passerelle.
       *[other] Au moins { $count } remboursements sont plus récents et repris comme inconnus. Il y en a peut-être d’autres : comparez avec le tableau de bord de la passerelle.
    }
recovery-copy =
    { $count ->
        [one] { $when } · { $count } remboursement
       *[other] { $when } · { $count } remboursements
    }
recovery-copy-as-of = Cette copie s’arrête { $when }.
recovery-which = Quelle copie ?
recovery-which-how = La plus récente en sait le plus. Chacune vient d’être relue et est bonne.
recovery-use = Utiliser cette copie…
recovery-aside = Rien n’est effacé.
    .do = Ce qui est en place est mis de côté, entier. Les remboursements qui attendent un nouvel envoi sont abandonnés si personne ne sait ce qu’ils sont devenus.
recovery-word = Un responsable dit pourquoi
recovery-why = Pourquoi restaurer une copie ?
recovery-reason-disk = Le disque a lâché
recovery-reason-damage = Le registre était endommagé
recovery-reason-wrong-file = Un mauvais fichier était à sa place
recovery-who = Responsable, et son code de ce jour-là
recovery-put-back = Restaurer la copie
recovery-not-restored = La copie n’a pas été restaurée.
    .do = Tout est resté tel quel.
recovery-done = Le registre est de retour
recovery-brought-over =
    { $count ->
        [one] { $count } remboursement a été repris de l’ancien registre. Il est en vérification jusqu’à la réponse de la passerelle.
       *[other] { $count } remboursements ont été repris de l’ancien registre. Ils sont en vérification jusqu’à la réponse de la passerelle.
    }
recovery-given-up =
    { $count ->
        [one] { $count } remboursement qui attendait un nouvel envoi a été abandonné. Recommencez-le depuis le ticket.
       *[other] { $count } remboursements qui attendaient un nouvel envoi ont été abandonnés. Recommencez-les depuis les tickets.
    }
recovery-left-behind = Ceux-ci n’ont pas pu être repris : { $references }. Cherchez-les dans le tableau de bord de la passerelle.
recovery-compare = L’ancien registre n’a pas pu être lu jusqu’au bout. Comparez les remboursements du jour avec le tableau de bord de la passerelle avant le premier nouveau.
recovery-aside-at = L’ancien registre est dans { $path }.
recovery-start = Démarrer la caisse
