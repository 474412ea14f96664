## How the window itself looks and speaks: languages, themes, dates.

### Language and theme

display-button = 언어와 화면
display-title = 언어와 화면
display-language = 언어
display-theme = 색상
display-as-system = 시스템과 같게
display-light = 밝게
display-dark = 어둡게
display-high-contrast = 고대비
display-close = 완료
settings-display = 화면

### Dates

date-weekday =
    { $number ->
        [1] 월요일
        [2] 화요일
        [3] 수요일
        [4] 목요일
        [5] 금요일
        [6] 토요일
       *[other] 일요일
    }
date-month =
    { $number ->
        [1] 1월
        [2] 2월
        [3] 3월
        [4] 4월
        [5] 5월
        [6] 6월
        [7] 7월
        [8] 8월
        [9] 9월
        [10] 10월
        [11] 11월
       *[other] 12월
    }
date-month-short =
    { $number ->
        [1] 1월
        [2] 2월
        [3] 3월
        [4] 4월
        [5] 5월
        [6] 6월
        [7] 7월
        [8] 8월
        [9] 9월
        [10] 10월
        [11] 11월
       *[other] 12월
    }
date-day = { $month } { $day }일 { $weekday }
date-moment = { $year }년 { $month } { $day }일 { $clock }
