## How the window itself looks and speaks: languages, themes, dates.

### Language and theme

display-button = Langue et affichage
display-title = Langue et affichage
display-language = Langue
display-theme = Couleurs
display-as-system = Comme cet ordinateur
display-light = Clair
display-dark = Sombre
display-high-contrast = Contraste élevé
display-close = Terminé
settings-display = Affichage

### Dates

date-weekday =
    { $number ->
        [1] lundi
        [2] mardi
        [3] mercredi
        [4] jeudi
        [5] vendredi
        [6] samedi
       *[other] dimanche
    }
date-month =
    { $number ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[other] décembre
    }
date-month-short =
    { $number ->
        [1] janv.
        [2] févr.
        [3] mars
        [4] avr.
        [5] mai
        [6] juin
        [7] juil.
        [8] août
        [9] sept.
        [10] oct.
        [11] nov.
       *[other] déc.
    }
date-day = { $weekday } { $day } { $month }
date-moment = { $day } { $month } { $year } { $clock }
