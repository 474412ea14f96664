## The words of everything about people, Traditional Chinese: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = 請輸入 PIN 碼，或先選姓名
locked-waits = 有一筆交易在等 { $name }。
locked-waits-do = 登入後即可繼續。

### Badges

badge-unknown = 本機沒有這張員工證。
    .money = 沒有退款。
    .do = 可能已換新證。請用 PIN 碼，或申請新證。
badge-in-hand = { $name } 的員工證
    .do = 請按按鈕。按之前什麼都不會發生。
badge-not-theirs = { $name } 的員工證：不能用於此處
    .do = 須由另一人確認。
scan-badge = 這是員工證，不是收據。
    .money = 沒有退款。
    .do = 請掃描收據上的條碼。員工證用於批准和登入。
scan-badge-part = 這可能是主管員工證的一部分。
    .money = 沒有退款，也沒有向別處查詢。
    .do = 如果是員工證：要求時請重新掃描。如果是收據：請輸入號碼。
scan-short-number = 本機沒有這個號碼的交易。
    .money = 沒有退款，也沒有向別處查詢。
    .do = 請輸入條碼下方的全部數字。不要在這裡輸入 PIN 碼。

### The first manager

first-title = 歡迎使用。誰是第一位主管？
first-about = 本機還沒有任何人員。第一位主管負責批准退款並新增其他人。
    .do = 請輸入姓名，再輸入兩次只有您知道的 PIN 碼。
first-other-name = 其他姓名…
first-done = 開始

### A new PIN

new-pin-first = 新 PIN 碼：4 至 12 位
new-pin-manager = 新 PIN 碼：6 至 12 位
new-pin-again = 請再輸入一次
new-pin-next = 下一步
new-pin-differ = 兩次輸入不一致。請重新輸入新 PIN 碼。
new-pin-rules = 主管的 PIN 碼至少 6 位，收銀員的至少 4 位。不能用日期、年份或 1234 之類的數字。
own-pin-open = 變更我的 PIN 碼…
own-pin-title = 變更您的 PIN 碼
own-pin-old = 現在的 PIN 碼
own-pin-change = 變更我的 PIN 碼
own-pin-done = 您的 PIN 碼已更新。

### The People page

settings-people = 人員
people-choose = 請選擇一位，或新增人員。
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · 員工證
people-add = 新增人員…
people-add-done = 新增
people-done = 已完成，並已記入帳本。
person-name = 姓名
person-name-next = 下一步：PIN 碼
people-rename = 變更姓名
people-keep = 保持不變
people-set-pin = 設定新 PIN 碼…
people-set-pin-done = 設定 PIN 碼
people-pin-of = { $name } 的新 PIN 碼
people-make-manager = 設為主管…
people-make-manager-done = 設為主管
people-manager-of = { $name } 將成為主管
people-make-cashier = 設為收銀員…
people-make-cashier-done = 設為收銀員
people-cashier-of = 將 { $name } 設為收銀員？
people-cashier-about = 不能再批准，員工證同時作廢。PIN 碼不變。
people-remove = 移除…
people-remove-done = 移除
people-remove-of = 移除 { $name }？
people-remove-about = 不能再登入，員工證同時作廢。退款紀錄裡仍保留姓名。
badge-make = 製作員工證
badge-replace = 製作新員工證
badge-made = 員工證可以列印了。
badge-made-do = 請按原尺寸列印 { $file }，然後刪除檔案：拿到它的人都能批准。舊證已作廢。
badge-file-remove = 已列印：刪除檔案
badge-file-gone = 檔案已刪除。
badge-revoke = 作廢員工證…
badge-revoke-done = 作廢
badge-revoke-of = 作廢 { $name } 的員工證？
badge-revoke-about = 立即不能再用於批准。可以重新製作。
badge-file-not-written = 無法寫入員工證檔案。
    .money = 沒有製作員工證，款項沒有變動。
    .do = 請騰出磁碟空間，或詢問負責這台電腦的人。
people-too-short = 此 PIN 碼至少需要 { $digits } 位。
    .money = 沒有任何變更。
    .do = 請輸入更長的 PIN 碼。
people-pin-not-free = 此 PIN 碼不能使用。
    .money = 沒有任何變更。
    .do = 請另選一個。不能用日期、年份或 1234 之類的數字。
people-name-taken = 已有人使用此姓名。
    .money = 沒有任何變更。
    .do = 請換一個姓名。
people-last-manager = 這是最後一位主管。
    .money = 沒有任何變更。
    .do = 請先將另一人設為主管。
people-not-a-manager = 只有主管能這樣做。
    .money = 沒有任何變更。
    .do = 請找主管。
people-needs-pin = 主管需要更長的 PIN 碼。
    .money = 沒有任何變更。
    .do = 請設定至少 6 位的 PIN 碼。
people-not-the-first = 本機已有人員。
    .money = 沒有任何變更。
    .do = 請關閉此視窗並重新開啟，然後登入。
