## How the window itself looks and speaks: languages, themes, dates.

### Language and theme

display-button = Language and display
display-title = Language and display
display-language = Language
display-theme = Colors
display-as-system = As this computer
display-light = Light
display-dark = Dark
display-high-contrast = High contrast
display-close = Done
settings-display = Display

### Dates

date-weekday =
    { $number ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[other] Sunday
    }
date-month =
    { $number ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }
date-month-short =
    { $number ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[other] Dec
    }
date-day = { $weekday } { $day } { $month }
date-moment = { $day } { $month } { $year } { $clock }
