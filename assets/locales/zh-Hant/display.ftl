## How the window itself looks and speaks: languages, themes, dates.

### Language and theme

display-button = 語言和顯示
display-title = 語言和顯示
display-language = 語言
display-theme = 顏色
display-as-system = 跟隨系統
display-light = 淺色
display-dark = 深色
display-high-contrast = 高對比
display-close = 完成
settings-display = 顯示

### Dates

date-weekday =
    { $number ->
        [1] 星期一
        [2] 星期二
        [3] 星期三
        [4] 星期四
        [5] 星期五
        [6] 星期六
       *[other] 星期日
    }
date-month =
    { $number ->
        [1] 1月
        [2] 2月
        [3] 3月
        [4] 4月
        [5] 5月
        [6] 6月
        [7] 7月
        [8] 8月
        [9] 9月
        [10] 10月
        [11] 11月
       *[other] 12月
    }
date-month-short =
    { $number ->
        [1] 1月
        [2] 2月
        [3] 3月
        [4] 4月
        [5] 5月
        [6] 6月
        [7] 7月
        [8] 8月
        [9] 9月
        [10] 10月
        [11] 11月
       *[other] 12月
    }
date-day = { $month }{ $day }日 { $weekday }
date-moment = { $year }年{ $month }{ $day }日 { $clock }
