## How the window itself looks and speaks: languages, themes, dates.

### Language and theme

display-button = Idioma y pantalla
display-title = Idioma y pantalla
display-language = Idioma
display-theme = Colores
display-as-system = Como este equipo
display-light = Claro
display-dark = Oscuro
display-high-contrast = Alto contraste
display-close = Listo
settings-display = Pantalla

### Dates

date-weekday =
    { $number ->
        [1] lunes
        [2] martes
        [3] miércoles
        [4] jueves
        [5] viernes
        [6] sábado
       *[other] domingo
    }
date-month =
    { $number ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[other] diciembre
    }
date-month-short =
    { $number ->
        [1] ene
        [2] feb
        [3] mar
        [4] abr
        [5] may
        [6] jun
        [7] jul
        [8] ago
        [9] sept
        [10] oct
        [11] nov
       *[other] dic
    }
date-day = { $weekday } { $day } de { $month }
date-moment = { $day } { $month } { $year } { $clock }
