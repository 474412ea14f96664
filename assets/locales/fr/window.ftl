## Les mots de la fenêtre autour des écrans, français : touches, signes.

sheet-title = Touches
sheet-here = Sur cet écran
sheet-everywhere = Partout
sheet-close = Fermer
sheet-note = Tant que ceci est ouvert, rien n’est pressé à l’écran.
sheet-digits = Taper le numéro
sheet-arrows = Choisir, haut et bas
sheet-choices = Tourner la page
sheet-tab = Le bouton suivant ; avec Maj, le précédent
sheet-space = Presser ce qui a l’anneau
sheet-enter = Presser le bouton principal ou ce qui a l’anneau
sheet-f1-key = F1
sheet-f1 = Cette liste de touches
sheet-open = L’ouvrir
sheet-nothing = Aucune touche ne sert ici pour l’instant.
key-tab = Tab
key-space = Espace
key-arrows = Flèches
key-digits = 0 à 9
key-delete = Suppr
sign-read = Lu
sign-refused = Refusé
sign-done = Fait
sign-attention = Regardez
sound-twin = Chaque son est montré en bas par un mot, muet ou non.
