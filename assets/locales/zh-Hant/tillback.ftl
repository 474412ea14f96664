## The words of the window, Traditional Chinese (of Taiwan).
##
## Glossary, to be kept to in every file of this folder:
##   refund = 退款        sale = 交易         receipt = 收據       till = 收銀機      wallet = 電子錢包 (錢包 as a label)
##   gateway = 閘道       manager = 主管      cashier = 收銀員     scanner = 掃描器   record (ledger) = 帳本
##   copy (backup) = 備份  amount = 金額       reason = 原因        being checked = 正在查證   declined = 退款被拒
##   unknown = 結果未知       release, give up = 放棄       dashboard = 後台   settings = 設定
##   bill in the wallet = 帳單   support = 技術支援   training = 訓練   shift = 班別
##   slip = 憑單          by hand = 人工認定   ask the gateway = 向閘道查詢   send = 送出   not accepted (a scan, a PIN) = 未成功
##   look for a thing = 尋找   restore = 還原   No space beside a full-width mark; a space between Chinese and letters, digits or what is put in.

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = 收銀員
role-manager = 主管
step-scan = 掃描
step-sale = 交易
step-approve = 批准
step-done = 完成
steps-label = 第 { $number } 步，共 4 步：{ $name }
training-band = 訓練模式 · 不會動用真實款項
training-band-pins = 訓練模式 · 不會動用真實款項 · PIN 碼：主管 { $manager }，收銀員 { $cashier }
training-band-pin = 訓練模式 · 不會動用真實款項 · 主管 PIN 碼：{ $pin }
time-today = 今天 { $clock }
time-yesterday = 昨天 { $clock }
key-enter = Enter
key-escape = Esc
key-page-up = PgUp
key-page-down = PgDn
button-cancel = 取消
button-back = 返回
support-code = 供技術支援使用：{ $code }

### The strip at the bottom

strip-gateway = 閘道
strip-scanner = 掃描器
strip-serial = 序列埠掃描器
strip-hid = USB 掃描器
strip-camera = 攝影機
light-good = { $device }
light-waiting = { $device }：等待中
light-bad = { $device }：故障
light-off = { $device }：已關閉
light-state-good = 正常
light-state-waiting = 等待中
light-state-bad = 故障
light-state-off = 已關閉
strip-unresolved = { $count } 筆退款正在查證
strip-waiting = { $count } 筆退款等待主管處理
strip-contradicted = { $count } 筆退款與閘道不符
strip-record-checking = 正在檢查帳本
strip-record-damaged = 帳本已損壞：不能退款
strip-copy-room = 帳本未備份：空間不足
strip-copy-folder = 帳本未備份：找不到資料夾
strip-copy-other = 帳本未備份
strip-sales-folder = 無法讀取銷售資料夾：請執行 doctor
strip-sales-held = 有檔案留在銷售資料夾裡：請執行 doctor
strip-sales-failed = { $count } 個銷售檔案被拒：請看 failed 資料夾
strip-sales-port = 銷售連接埠 { $port } 被其他程式佔用

### Locked

locked-who = 誰在收銀？
locked-nobody = 還沒有人可以登入。
    .money = 不能辦理退款。
    .do = 請新增第一位主管：tillback operators add
locked-pin = 您的 PIN 碼
locked-choose = 請先選擇姓名
locked-unlock = 解鎖
locked-checking = 正在核對…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] PIN 碼：尚未輸入
       *[other] PIN 碼：已輸入 { $count } 位
    }
pad-clear = 清除
pad-back = 刪除
pad-back-label = 刪除最後一位
pad-point = .
pad-point-label = 小數點

### Ready

ready-refund = 退款
ready-or-scan = 或直接掃描收據
ready-lock = 鎖定
ready-settings = 設定…
ready-refunds = 退款紀錄
ready-refunds-waiting = 退款紀錄：{ $count } 筆待處理

### Scan

scan-title = 請掃描收據，或顧客電子錢包裡的帳單
scan-how = 在支付寶或微信支付中：開啟帳單，再開啟詳情。不要掃付款碼。
scan-type = 掃不到？請輸入條碼下方的號碼
scan-field = 交易編號
scan-pad = 123
scan-pad-label = 數字鍵盤
scan-find = 查詢交易
scan-finding = 正在查詢交易…
scan-finding-number = { $number }
scan-again = 請重新掃描，或輸入號碼
camera-picture = 攝影機畫面
camera-found = 攝影機畫面：已找到條碼
camera-starting = 攝影機正在啟動…
camera-off = 沒有攝影機
    .do = 請用掃描器，或輸入號碼。
camera-bad = 攝影機沒有回應
    .do = 請用掃描器，或輸入號碼。請檢查攝影機的線。
camera-no-camera = 沒有接攝影機
    .do = 請接上攝影機，或用掃描器，或輸入號碼。
camera-other = 所選攝影機沒有接上
    .do = 請接上它，或由主管在設定中另選一個。
camera-busy = 無法開啟攝影機
    .do = 請關閉正在使用它的其他程式。在此之前請用掃描器，或輸入號碼。
camera-lost = 攝影機連線已中斷
    .do = 請重新接上。在此之前請用掃描器，或輸入號碼。
camera-no-folder = 無法讀取圖片資料夾
    .do = 請用掃描器，或輸入號碼。
hint-closer = 請靠近一點。
    .do = 條碼應佔畫面的一半左右。
hint-still = 請拿穩。
    .do = 畫面模糊。
hint-light = 請照亮一點。
    .do = 畫面太暗。
hint-tilt = 請稍微傾斜。
    .do = 有燈光照進攝影機。

### Settings

settings-title = 設定
settings-back = 返回
settings-scanner = 掃描器
settings-camera = 攝影機
settings-door = 設定
settings-door-why = 需要主管的 PIN 碼。
settings-open = 開啟
settings-nobody = 還沒有主管。
    .do = 請新增一位：tillback operators add
kept = 已儲存。
    .do = 從現在起生效。
kept-read-only = 只在收銀機關閉前有效。
    .do = 設定檔不可寫。「tillback doctor」會指出是哪個檔案。
kept-disk-full = 只在收銀機關閉前有效。
    .do = 收銀機的磁碟已滿。
kept-unreadable = 只在收銀機關閉前有效。
    .do = 設定檔已無法讀取。「tillback doctor」會說明原因。
kept-failed = 只在收銀機關閉前有效。
    .do = 未能寫入設定檔。

### Settings: scanner

scanner-qr = 測試碼，QR
scanner-code128 = 測試碼，Code 128
scanner-how = 請掃描其中一個碼。收銀機會說明掃描器的設定，以及要改什麼。
scanner-waiting = 等待掃描…
scanner-good = 無需變更。
scanner-change = 請變更以下內容。
scanner-from-keyboard = 由鍵盤式掃描器掃描。
scanner-from-serial = 由序列埠掃描器掃描。
scanner-from-hid = 由 USB 掃描器掃描。
scanner-typed = 它像鍵盤打字一樣輸入。
scanner-kind-keyboard = 鍵盤式掃描器
scanner-kind-serial = 序列埠掃描器
scanner-kind-hid = USB 掃描器
scanner-has-typed = 已掃描過。
scanner-not-typed-yet = 還沒有掃描。
scanner-working = 已連線。
scanner-starting = 正在尋找…
scanner-off = 已在設定檔中關閉。
scanner-not-there = 未連線。請接上，收銀機會自動找到它。
scanner-not-allowed-serial = 目前的使用者無權使用：請將其加入「dialout」組。
scanner-not-allowed-hid = 目前的使用者無權使用：缺少 udev 規則。
scanner-in-use = 另一個程式正在使用它。請關閉該程式。
scanner-lost = 連線已中斷。請重新接上，收銀機會自動找到它。
scanner-not-understood = 此模式下無法使用。「tillback doctor」有詳細說明。
finding-torn = 只收到條碼的一部分。
    .do = 請重新掃描。
finding-other = 這是另一個碼。
    .do = 請掃描上面兩個碼之一。
finding-no-digits = 字母不對，也沒有數字。
    .do = 請用說明書中的設定碼把鍵盤設為「US」或「English」。
finding-slow = 掃描器太慢。
    .do = 請用說明書中的設定碼取消字元間延遲。
finding-typed-off = 鍵盤式掃描器已關閉。
    .do = 要使用它，請在設定檔中寫入 wedge = true。
finding-tills-layout = 它使用的是本機的鍵盤設定。
    .do = 可以使用。「US keyboard」更可靠。
finding-layout = 它被設為{ $what }鍵盤。
    .do = 請用說明書中的設定碼設為「US keyboard」。
finding-case = 大小寫顛倒了。
    .do = 請在這裡和掃描器上關閉大寫鎖定。
finding-no-end = 它在碼後不傳送任何字元。
    .do = 可以使用，但慢一點。用 Enter（CR）更快。
finding-tab-end = 它在碼後傳送 Tab。
    .do = 可以使用。
finding-aim = 它會說明讀到的碼的種類（{ $what }）。
    .do = 很好：這樣能區分商品和收據。
finding-no-aim = 它不說明讀到的碼的種類。
    .do = 可以使用。開啟「AIM identifier」能更可靠地區分商品和收據。
finding-separator = 它漏掉了碼中的分隔符。
    .do = 請用說明書中的設定碼讓它傳送 GS（FNC1，ASCII 29）。
finding-separator-replaced = 它用「{ $what }」代替碼中的分隔符。
    .do = 請用說明書中的設定碼讓它傳送 GS（FNC1，ASCII 29）。
finding-prefix = 它在每個碼前傳送「{ $what }」。
    .do = 請關閉它，或在設定檔中寫為 prefix。
finding-keep = 寫入設定檔
finding-prefix-known = 它在每個碼前傳送「{ $what }」。
    .do = 可以使用：設定檔中已有。
finding-suffix = 它在每個碼後傳送「{ $what }」。
    .do = 請關閉它，或在設定檔中寫為 suffix。
finding-suffix-known = 它在每個碼後傳送「{ $what }」。
    .do = 可以使用：設定檔中已有。
layout-uk = 英國
layout-german = 德國
layout-french = 法國
layout-spanish = 西班牙

### Settings: camera

camera-which = 用哪個攝影機？
camera-first = 找到的第一個
camera-folder = 資料夾中的圖片
camera-none = 沒有攝影機
camera-not-there = 未連接：{ $name }
camera-none-found = 沒有接攝影機。
    .do = 請接上一個再尋找。
camera-is-folder = 圖片來自資料夾。
    .do = 不尋找攝影機。
camera-look-again = 重新尋找
camera-looking = 正在尋找…
camera-open = { $name }，{ $format }
camera-read = 已讀到條碼：{ $text }

### Settings: rules

settings-rules = 規則
settings-gateway = 閘道
settings-training = 訓練
rules-line = { $name }：{ $value }
rules-approval = 確認人
rules-cashiers = 收銀員
rules-managers = 主管
rules-sales = 交易
rules-hours = 營業時間
rules-reasons = 原因
rules-approval-about = 誰可以批准不違反其他規則的退款。
rules-people-about = 適用於他們申請的退款。超過限額時，可由申請人以外的主管允許，須填寫說明。
rules-sales-about = 超出這些規定時，須由申請人以外的主管允許。再次退同一金額須兩位主管。
rules-hours-about = 非營業時間的退款會提示主管。
rules-reasons-about = 供收銀員選擇。按一項即可移除。
rules-reason-new = 新的原因
rules-reason-add = 新增
rules-reason-remove = 移除：{ $reason }
rules-kept = 已儲存。從現在起生效，並已記入帳本。
rules-next-start = 已寫入，下次啟動時生效：帳本現在無法記錄。
rules-not-kept = 未儲存。沒有任何變更。
    .do = 未能寫入設定檔。「tillback doctor」會說明原因。
rules-refused = 不能用這個值。沒有任何變更。
rules-allowed-number = { $least } 到 { $most }。
rules-allowed-amount = 大於零、可用本店貨幣支付的金額。
rules-allowed-hours = 一天中兩個不同的時間，如 09:00-21:00。
rules-allowed-reasons = 一到二十個原因，每個最多 120 個字。
rules-now = 目前：{ $value }
rules-keep = 儲存
rules-nothing-typed = 請輸入數值
rule-name-cashier-alone = 收銀員可自行確認的上限
rule-name-own-approval = 主管可確認自己的申請
rule-name-approval-seconds = 批准有效期
rule-name-per-refund = 單筆
rule-name-per-shift = 單一班別
rule-name-per-day = 單日
rule-name-sale-age = 交易後多久內可退
rule-name-refunds-per-sale = 每筆交易的退款次數
rule-name-same-amount = 以下時間內再退同一金額須兩位主管
rule-name-hours = 每天
rule-name-monday = 星期一
rule-name-tuesday = 星期二
rule-name-wednesday = 星期三
rule-name-thursday = 星期四
rule-name-friday = 星期五
rule-name-saturday = 星期六
rule-name-sunday = 星期日
rule-never = 不啟用
rule-yes = 是
rule-no = 否
rule-no-limit = 不限
rule-hours-none = 未設定
rule-hours-usual = 同每天
rule-hours-closed = 休息
rule-hours-closed-all-day = 全天休息
rule-set-never = 不啟用
rule-set-usual = 預設
rule-set-no-hours = 不設時間
rule-set-as-every-day = 同每天
rule-set-no-limit = 不限
rule-seconds = { $count } 秒
rule-minutes = { $count } 分鐘
rule-days = { $count } 天
rule-times = { $count } 筆退款

### Settings: gateway

gateway-which = 哪個閘道？
gateway-production = 正式環境：真錢
gateway-sandbox = 沙箱：用於試用
gateway-sandbox-old = 舊沙箱
gateway-merchant = 商店代號
gateway-store = 分店代號
gateway-other = 目前：{ $address }，在本機上。
gateway-fixed = 訓練模式下使用本機的閘道。
gateway-keep = 儲存此帳戶
gateway-kept = 已儲存。下次啟動收銀機時生效。
gateway-token = API 權杖
gateway-token-field = 新權杖
gateway-token-keep = 儲存此權杖
gateway-test = 立即測試
gateway-testing = 正在向閘道查詢…
token-in-keyring = 權杖儲存在系統鑰匙圈中。
    .do = 新權杖立即生效。
token-by-passphrase = 權杖儲存在檔案中，用通關密碼加密。
    .do = 每次啟動時須有人輸入通關密碼。
token-to-machine = 權杖儲存在檔案中，綁定本機。
    .do = 複製到別處無用，但此使用者的任何程式都能在這裡開啟它。通關密碼更安全：tillback token set --passphrase
token-in-variable = 權杖由啟動收銀機的人提供。
    .do = 它優先於其他權杖。
token-sample = 這是公開的範例權杖。
    .do = 在別處毫無用處。
token-missing = 還沒有權杖。
    .do = 請在這裡輸入，或用「tillback token set」。
token-none = 這不是權杖。
    .do = 權杖是一行字母、數字和符號。
token-not-allowed = 只有主管可以提供權杖，訓練模式下不儲存。
    .do = 沒有任何變更。
token-not-kept = 權杖無法儲存或讀取。
    .do = 「tillback doctor」有詳細說明。
gateway-accepted = 閘道接受此帳戶和權杖。
    .do = 沒有退款：只查詢了一筆不存在的交易。
gateway-refused = 閘道不接受此帳戶和權杖。
    .do = 權杖、商店代號或分店代號有誤，但沒有說明是哪個。請與您的 Pockyt 帳戶逐一核對。
gateway-name-not-found = 這裡找不到閘道的網域名稱。
    .do = 沒有網路，或無法連到外部網路。請檢查網路線、Wi-Fi 和路由器。
gateway-unreachable = 無法連線到閘道。
    .do = 中間有阻隔：防火牆、代理伺服器，或閘道停機。
gateway-not-trusted = 與閘道的連線不安全。
    .do = 請檢查本機的日期和時間。如果正確，可能有人從中攔截：請聯絡技術支援。
gateway-no-answer = 閘道沒有回應。
    .do = 請稍後再測試。
gateway-unclear = 閘道沒有明確答覆。
    .do = 請再次測試。如果再次出現，請聯絡技術支援。
gateway-no-token = 沒有可用於測試的權杖。
    .do = 請在上面輸入。
gateway-wrong-account = 此帳戶無法使用。
    .do = 帳戶號碼只含字母和數字。

### Settings: training

training-is-off = 本機退的是真錢。
training-is-on = 本機用於訓練。
training-about = 訓練時不會動到真的電子錢包：交易、人員、帳本都是另外的，閘道也在本機上。
    .do = 所有畫面和單據都會標明是訓練。進入或結束時，所有人都會登出。
training-unresolved = 有一筆退款仍在查證。
    .do = 收銀機開啟期間會持續查詢。請等到有結果。
training-begin = 開始訓練
training-end = 結束訓練

### Sale

sale-paid-with = 付款方式
sale-wallet-unknown = 未註明電子錢包
sale-time-unknown = 時間不詳
sale-invoice = 單據號碼
sale-paid = 已付
sale-refunded = 此前已退
sale-refunded-when = { $when }，{ $who }
sale-reserved = 查證中
sale-elsewhere = 在別處已退
sale-left = 可退金額
sale-item-label = { $quantity } × { $name }
sale-from-gateway = 來自閘道；本機沒有這筆交易的記錄。
sale-typed = 號碼是手動輸入的，不是掃描的。
sale-refund = 退款
sale-all = 剩餘全退
sale-other-amount = 其他金額
sale-ticked = 勾選的商品
sale-no-amount = –
sale-reason = 原因
sale-reason-other = 其他…
sale-reason-field = 填寫原因
sale-reason-use = 使用此原因
sale-amount-title = 退多少？
sale-amount-left = 可退 { $left }
sale-amount-use = 選定 { $amount }
sale-amount-use-empty = 選定此金額
sale-ask = 請主管確認…
sale-confirm = 自行確認…
sale-ask-reason = 請先選擇原因
sale-ask-amount = 請先選擇金額
sale-ask-checking = 正在向閘道查詢…
sale-check-asking = 正在向閘道查詢這筆交易…
sale-check-confirmed = 閘道已確認這筆交易。
sale-check-again = 再查一次

### Approval

approval-title = 主管：請確認這筆退款
approval-title-alone = 請確認這筆退款
approval-to = 退至
approval-to-wallet = 顧客的 { $wallet }
approval-to-unknown = 顧客付款用的電子錢包
approval-sale = 交易
approval-asked-by = 申請人
approval-asked-why = { $who }，「{ $reason }」
approval-left-after = 退款後剩餘
approval-manager = 主管
approval-who = 確認人
approval-choose = 請選擇確認人
approval-pay = 退款 { $amount }
approval-checking = 正在核對…
approval-look-twice = 請再看一遍
approval-over = 需要主管說明
approval-over-two = 需要兩位主管
approval-note = 為什麼允許？
approval-note-hint = 請簡短填寫
approval-note-goods = 我已看過商品
approval-note-customer = 老顧客
approval-note-mistake = 我們的失誤
approval-second-manager = 還要請第二位主管確認
approval-note-short = 說明
approval-note-use = 使用此說明
approval-first = 第一位同意人
approval-agree = 同意
approval-nobody = 沒有主管可以確認。
    .money = 沒有送出任何請求。
    .do = 需要新增申請人以外的另一位主管：設定，人員。

### Sending

sending-title = 正在送出退款請求
sending-recording = 正在記錄
sending-wait = 請稍候。不要重新開始。
sending-seconds = { $count } 秒
sending-long = 比平時慢。收銀機仍在等待答覆。

### What is happening

steps-title = 進度
step-recorded = 已記錄
step-sent = 已送出
step-refunded = 已退款
step-declined = 閘道拒絕退款
step-pending = 已受理，未完成
step-unknown = 沒有明確答覆
step-not-sent = 未送出
step-not-executed = 多次查詢：沒有退款
step-prepared = 重新記錄
step-abandoned = 已放棄
step-asked-found = 第 { $ordinal } 次查詢：已找到
step-asked-not-found = 第 { $ordinal } 次查詢：還沒有
step-asked-failed = 第 { $ordinal } 次查詢：無答覆
step-ordinal = { $count }
step-next = { $count } 秒後再查
step-asking = 正在查詢…

### Result

result-refunded = 已退款
result-said = { $what }：{ $amount }。
result-declined = 退款被拒
result-not-found = 找不到
result-unknown = 結果未知
result-pending = 尚未完成
result-not-sent = 未送出
result-not-executed = 未退款
result-again = 不要再次退款。
result-next = 下一筆退款
result-finish = 結束
result-by-itself = Esc · { $seconds } 秒後自動
result-leave = 先離開，繼續查詢
result-number = 退款編號
result-reference = 本店參考編號
result-sale = 交易
result-approved = 批准人
result-no-number = 閘道未提供
result-tell-unknown = 請告訴顧客：「我們正在查證。退款會顯示在您的電子錢包裡，不然我們會打電話給您。」
result-tell-declined = 請告訴顧客：「退款沒有成功，您的錢沒有變動。」
result-your-wallet = 電子錢包
result-send-again = 請主管重新送出…
result-leave-it = 先放著

### Refunds

refunds-title = 退款紀錄
refunds-search = 搜尋：號碼、金額、日期、姓名
refunds-all = 全部
refunds-attention = 待處理
refunds-refunded = 已退款
refunds-not-refunded = 未退款
refunds-by-hand = 人工認定
refunds-reading = 正在讀取…
refunds-none = 這裡沒有退款。
refunds-none-found = 沒有符合全部條件的退款。
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = 較新
refunds-older = 較早
refunds-looked-at = 已搜尋最近 { $count } 筆。
refunds-unread = 現在無法讀取收銀機的帳本。
    .money = 沒有送出，也沒有變更任何內容。
    .do = 請重試。如果再次出現，請聯絡技術支援。

### One refund

refund-sent = 處理中
refund-abandoned = 已放棄
refund-contradicted = 與閘道不符
refund-by-a-person = 人工認定
refund-decided = { $who }，{ $when }：「{ $reason }」。
refund-decided-on = { $who }，{ $when }：「{ $reason }」，號碼 { $evidence }。
refund-decided-confirmed = 閘道後來已確認。
refund-reference = 參考編號
refund-approved = 批准人
refund-number = 閘道退款編號
refund-history = 處理經過
refund-check = 立即向閘道查詢
refund-send-again = 重新送出…
refund-release = 放棄…
refund-decide = 人工認定…
refund-checking = 正在向閘道查詢…
refund-check-found = { $clock } 查詢：閘道有這筆退款。
refund-check-not-found = { $clock } 查詢：閘道沒有這筆退款。
refund-check-nothing = { $why }這不能說明退款的結果。
refund-done-release = 已放棄。該金額可以重新退款。
refund-done-decide = 已記錄，並附上您的姓名。
standing-sent = 退款正在處理中。
    .money = 錢可能已退，也可能沒退。
    .do = 請等待答覆，本頁會自動更新。
standing-refunded = 閘道已退款至 { $wallet }。
    .money = 顧客已收到錢（{ $clock }）。
    .do = 無需處理。
standing-said-refunded = 主管認定顧客已收到錢。
    .money = 閘道沒有確認。
    .do = 收銀機會不時查詢，如果不一致會提示。
standing-said-not-executed = 主管認定退款沒有發生。
    .money = 這筆金額仍佔著可退額度。
    .do = 請重新送出，或放棄這筆退款。
standing-not-executed = 已向閘道查詢多次，沒有這筆退款。
    .money = 錢沒有退回。
    .do = 主管可以重新送出，或放棄這筆退款。
standing-abandoned = 主管已放棄這筆退款。
    .money = 款項沒有變動。
    .do = 無需處理。
standing-not-sent = 無法連線到閘道，所以沒有送出。
    .money = 款項沒有變動。
    .do = 主管可以重新送出，或放棄這筆退款。
standing-not-sent-setup = 無法安全送出，所以沒有送出。
    .money = 款項沒有變動。
    .do = 請先排除故障（「tillback doctor」），然後主管可以重新送出，或放棄這筆退款。
standing-reported = 閘道顯示有這筆退款。本機記錄為：{ $held }。
    .money = 錢很可能已退。不會再次送出。
    .do = 請查看閘道後台，然後人工認定。
standing-not-reported = 主管認定顧客已收到錢，但閘道沒有這筆退款。
    .money = 錢很可能沒有退。
    .do = 請查看閘道後台，然後人工認定。

### What happened to it

history-line = { $when }：{ $what }
history-by = { $when }：{ $what }（{ $who }）
history-again = 重新送出：「{ $reason }」
history-again-bare = 重新送出
history-said-refunded = 「顧客已收到錢」：{ $reason }{ $evidence }
history-said-not-executed = 「退款沒有發生」：{ $reason }{ $evidence }
history-released = 已放棄：「{ $reason }」
history-evidence = ，號碼 { $evidence }
history-not-found = 查詢 { $count } 次：閘道沒有這筆退款
history-confirmed = 閘道確認了該決定
history-reported = 閘道顯示的結果與收銀機不同
history-not-reported = 閘道沒有這筆退款
history-stands = 已查看，保持不變：{ $reason }{ $evidence }
history-stands-bare = 已查看，保持不變

### What a manager orders

order-send-again = 重新送出這筆退款
order-release = 放棄這筆退款
order-decide = 人工認定
order-does-send-again = 同一筆退款，同一個號碼。
    .do = 會先向閘道查詢；如果閘道已有，就不送出。
order-does-release = 這筆退款將徹底放棄。
    .do = 該金額可憑收據重新退款。
order-does-decide = 這會永久儲存，並附上您的姓名。
    .do = 如果閘道以後顯示不同的結果，收銀機會兩個都顯示。
order-what = 結果如何？
order-say-refunded = 顧客已收到錢
order-say-not-executed = 退款沒有發生
order-why = 為什麼？
order-why-waits = 顧客在等
order-why-fixed = 網路已恢復
order-why-otherwise = 已用其他方式退款
order-why-gone = 顧客不退了
order-why-dashboard = 在後台看到
order-why-bill = 在顧客電子錢包裡看到
order-evidence = 您看到的號碼
order-evidence-field = 退款編號或案件編號
order-because = 原因：「{ $reason }」
order-on = 號碼 { $evidence }
order-go = 下一步：主管 PIN 碼
order-go-verdict = 請先說明結果
order-go-reason = 請填寫或選擇原因
order-go-evidence = 需要原因和號碼
order-send = 重新送出 { $amount }
order-free = 放棄退款 { $amount }
order-record = 記入帳本
order-moved = 退款的狀態已變。
    .money = 沒有送出，也沒有變更任何內容。
    .do = 請返回再看一遍。
order-reported = 閘道顯示有這筆退款。
    .money = 沒有送出。錢很可能已退。
    .do = 請返回再看一遍。
order-too-early = 退款請求仍可能到達閘道。
    .money = 沒有變更任何內容。
    .do =
    { $minutes ->
        [0] 現在可以認定了。
       *[other] 還要等 { $minutes } 分鐘才能認定。
    }
order-not-asked-down = 閘道沒有回應。
    .money = 沒有送出任何請求。
    .do = 必須先向閘道查詢。等它恢復後再試。
order-not-asked-denied = 閘道不接受本終端。
    .money = 沒有送出任何請求。
    .do = 終端號或金鑰有誤。
order-not-asked-unclear = 閘道沒有明確答覆。
    .money = 沒有送出任何請求。
    .do = 必須由它確認沒有這筆退款。請重試。

### Outcomes

outcome-refunded = { $wallet } 已於 { $clock } 接受退款。
    .money = 顧客會在電子錢包裡收到通知。
    .do = 請把收據還給顧客。
outcome-pending = 閘道已受理，尚未完成。
    .money = 錢正在退回，或很快會退。
    .do = 收銀機會繼續查詢，本頁會自動更新。
outcome-not-executed = 已向閘道查詢多次，沒有這筆退款。
    .money = 錢沒有退回，也不再佔用可退額度。
    .do = 請主管重新送出，或先放著：它會留在退款紀錄裡。
declined-no-such-sale = 閘道沒有這筆交易。
    .money = 沒有退款。
    .do = 請核對收據上的號碼。如果正確，請聯絡技術支援。
declined-sale-status = 閘道表示這筆交易現在不能退款：未付款，或已退款。
    .money = 這次沒有退款。
    .do = 請重新掃描，查看交易狀態。
declined-access-denied = 閘道不接受本終端。
    .money = 沒有退款。
    .do = 請叫主管：終端號或金鑰有誤。其他退款也會被拒絕。
declined-bad-request = 閘道沒有接受請求。
    .money = 沒有退款。
    .do = 請聯絡技術支援，並提供下面的代碼。
declined-wallet = 顧客的電子錢包拒絕了這筆退款。
    .money = 沒有退款。
    .do = 請顧客查看電子錢包，或用其他方式退款。
unknown-timed-out = 閘道沒有及時答覆。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢，本頁會自動更新。
unknown-connection-lost = 答覆到達前連線中斷。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢，本頁會自動更新。
unknown-unreadable = 無法讀取閘道的答覆。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢，本頁會自動更新。
unknown-gateway-error = 閘道自身出現故障。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢，本頁會自動更新。
unknown-mismatch = 閘道答覆的是另一筆退款。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢。如果十分鐘後本頁沒有變化，請聯絡技術支援。
unknown-unheard-of = 閘道給出了本機不認識的答覆。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢。如果十分鐘後本頁沒有變化，請聯絡技術支援。
unknown-interrupted = 退款送出途中收銀機停止了。
    .money = 錢可能已退，也可能沒退。
    .do = 收銀機正在查詢，本頁會自動更新。
not-sent-name-not-found = 找不到閘道：沒有網路，或地址有誤。
    .money = 沒有送出，款項沒有變動。
    .do = 請檢查網路線或 Wi-Fi。主管可以現在重新送出，或以後在退款紀錄裡送出。
not-sent-unreachable = 無法連線到閘道。
    .money = 沒有送出，款項沒有變動。
    .do = 請稍等。主管可以現在重新送出，或以後在退款紀錄裡送出。
not-sent-not-trusted = 與閘道的連線不安全，所以沒有使用。
    .money = 沒有送出，款項沒有變動。
    .do = 請檢查收銀機的日期和時間。如果正確，請聯絡技術支援。
not-sent-configuration = 本機尚未設定退款功能。
    .money = 沒有送出，款項沒有變動。
    .do = 請叫主管。在收銀機的電腦上，「tillback doctor」會指出缺少什麼。

### Problem

problem-title = 沒有退款

### When something is wrong with a code

scan-product-barcode = 這是商品條碼。
    .money = 沒有退款。
    .do = 請掃描收據末尾的長條碼，或顧客電子錢包裡的帳單。
scan-payment-code = 這像是顧客的付款碼。
    .money = 沒有扣款，也沒有退款。
    .do = 請顧客在電子錢包裡開啟帳單，再開啟詳情。
scan-foreign-url = 這個碼指向 { $host }。
    .money = 沒有退款。
    .do = 請掃描收據上的條碼，或輸入條碼下方的號碼。
scan-empty = 這個碼是空的。
    .money = 沒有退款。
    .do = 請重新掃描，或輸入條碼下方的號碼。
scan-torn = 請重新掃描。
    .do = 只收到條碼的一部分。
scan-too-long = 這個碼太長，不是收據上的（{ $length } 個字元）。
    .money = 沒有退款。
    .do = 請掃描收據上的條碼，或輸入條碼下方的號碼。
scan-not-a-number = 這不是收據上的碼。
    .money = 沒有退款。
    .do = 請掃描收據上的條碼，或輸入條碼下方的號碼。
scan-wrong-length = 這是 { $digits } 位。交易編號有 18 位。
    .money = 沒有退款。
    .do = 請對照收據重新輸入。

### When a sale cannot be found or checked

lookup-not-found = 沒有這個號碼的交易。
    .money = 沒有退款。
    .do = 請確認收據是本店的，再重新掃描。
lookup-ambiguous = 有多筆交易使用這個號碼。
    .money = 沒有退款。
    .do = 請用條碼下方的長號碼，或顧客電子錢包裡的帳單。
lookup-gateway-down = 閘道沒有回應。
    .money = 沒有退款。
    .do = 請檢查網路，稍後重試。
lookup-gateway-unclear = 閘道對這筆交易沒有明確答覆。
    .money = 沒有退款。
    .do = 請重試。如果再次出現，請聯絡技術支援。
lookup-access-denied = 閘道不接受本終端。
    .money = 沒有退款。
    .do = 請叫主管：終端號或金鑰有誤。
lookup-amounts-differ = 閘道和本機的付款金額不一致。
    .money = 沒有退款。
    .do = 請叫主管。必須先查核這筆交易。

### When the till itself fails

house-ledger-full = 收銀機的磁碟已滿。
    .money = 沒有送出，款項沒有變動。
    .do = 請叫主管：下次退款前必須騰出空間。
house-ledger-read-only = 收銀機無法寫入帳本。
    .money = 沒有送出，款項沒有變動。
    .do = 請叫主管：「tillback doctor」會指出是哪個檔案。
house-ledger-busy = 另一個程式佔用了帳本。
    .money = 沒有送出，款項沒有變動。
    .do = 請關閉其他 Tillback 視窗再試。
house-ledger-broken = 無法讀取帳本。
    .money = 沒有送出，款項沒有變動。
    .do = 請停止退款。關閉並重新啟動收銀機，它會說明怎麼辦。
house-ledger-unchecked = 收銀機仍在檢查帳本。
    .money = 沒有送出，款項沒有變動。
    .do = 請等一分鐘再重新退款。如果仍然如此，請叫主管。
house-worker-stopped = 收銀程式有一部分出錯，已自動重新啟動。
    .money = 沒有送出，款項沒有變動。
    .do = 請重試。如果再次出現，請重新啟動收銀機並聯絡技術支援。
house-started-over = 收銀機出錯後已重新啟動。
    .money = 沒有遺失退款：可能已送出的正在查證。
    .do = 請先登入看結果，再決定要不要重新退這一筆。

### When a refund is not allowed

refusal-not-paid-yet = 這筆交易還沒有付款。
    .money = 沒有可退的錢。
    .do = 請等付款完成後再掃描。
refusal-payment-failed = 這筆付款失敗了。
    .money = 顧客在這裡沒有付款。
    .do = 無需退款。
refusal-payment-closed = 這筆付款已關閉或取消。
    .money = 顧客已拿回錢，或從未付款。
    .do = 無需退款。
refusal-nothing-left = 這筆交易已全額退款。
    .money = 全部 { $paid } 已退回。
    .do = 沒有可退金額。
refusal-nothing-left-reserved = 這筆交易已沒有可退金額。
    .money = 其中 { $reserved } 正在查證：可能已退回。
    .do = 不要再次退款。請等待查證完成。
refusal-over-left = { $asked } 超過可退金額。
    .money = 最多可退 { $left }。
    .do = 請選擇較小的金額。
refusal-zero-amount = 金額為零，不能退款。
    .money = 沒有退款。
    .do = 請選擇金額。
refusal-wrong-currency = 這筆交易用的是另一種貨幣。
    .money = 已付 { $paid }。
    .do = 請用該貨幣退款。
refusal-too-old = 這筆交易已過 { $days } 天。
    .money = 電子錢包只接受 { $max } 天內的退款。
    .do = 請用其他方式退款給顧客。
refusal-too-many = 這筆交易已退款 { $count } 次。
    .money = 每筆交易最多退款 { $max } 次。
    .do = 請用其他方式退款給顧客。
refusal-too-soon = 這筆交易剛剛退過款。
    .money = 請確認不是重複退款。
    .do = { $seconds } 秒後可以繼續。
rule-refund-limit = 收銀員每次最多退 { $limit }。
    .money = 沒有送出任何請求。
    .do = 申請人以外的主管可以放寬，須填寫說明。
rule-refund-limit-manager = 主管每次最多退 { $limit }。
    .money = 沒有送出任何請求。
    .do = 另一位主管可以放寬，須填寫說明。
rule-shift-limit = 超過單班限額 { $limit }。
    .money = 沒有送出任何請求。
    .do = 申請人以外的主管可以放寬，須填寫說明。
rule-day-limit = 超過單日限額 { $limit }。
    .money = 沒有送出任何請求。
    .do = 申請人以外的主管可以放寬，須填寫說明。
rule-sale-age = 這筆交易已過 { $days } 天；本店退貨期限為 { $max } 天。
    .money = 沒有送出任何請求。
    .do = 申請人以外的主管可以允許，須填寫說明。
rule-refunds-of-sale = 這筆交易已退款 { $count } 次；本店允許 { $max } 次。
    .money = 沒有送出任何請求。
    .do = 申請人以外的主管可以再允許一次，須填寫說明。
rule-same-amount =
    { $minutes ->
        [0] 同一金額剛剛在這筆交易中退過。
       *[other] 同一金額 { $minutes } 分鐘前在這筆交易中退過。
    }
    .money = 請確認不是重複退款。沒有送出任何請求。
    .do = 須兩位主管允許，或等 { $within } 分鐘過後。
warning-refunded-before = 這筆交易此前已退款 { $count } 次。
warning-typed = 號碼是手動輸入的：有收據嗎？
warning-near-limit = 接近限額 { $limit }。
warning-asks-often = 此人今天的第 { $theirs } 筆退款；其他人平均 { $average } 筆。
warning-outside-hours = 現在是非營業時間。
warning-fresh-sale =
    { $minutes ->
        [0] 這筆交易付款不到一分鐘。
       *[other] 這筆交易 { $minutes } 分鐘前付款。
    }
refusal-not-your-approval = 此人不能確認這筆退款。
    .money = 沒有送出任何請求。
    .do = 須由另一位主管確認。
refusal-approval-expired = 主管的批准已過期。
    .money = 沒有送出，款項沒有變動。
    .do = 請重新申請。
refusal-approval-void = 主管批准後交易有變化。
    .money = 沒有送出，款項沒有變動。
    .do = 請再看一遍這筆交易，然後重新申請。
refusal-books = 這筆交易的金額對不上。
    .money = 沒有退款。
    .do = 請聯絡技術支援。必須先查核這筆交易。

### When an amount is not one

amount-empty = 沒有選擇金額。
    .money = 沒有退款。
    .do = 請輸入金額，或勾選退回的商品。
amount-not-an-amount = 這不是金額。
    .money = 沒有退款。
    .do = 請這樣輸入：27.40
amount-no-decimals = { $currency } 沒有小數。
    .money = 沒有退款。
    .do = 請輸入整數。
amount-too-many-decimals = { $currency } 有 { $allowed } 位小數。
    .money = 沒有退款。
    .do = 請這樣輸入：27.40
amount-too-large = 金額太大。
    .money = 沒有退款。
    .do = 請重新輸入。

### When a PIN is not accepted

sign-in-wrong-pin = PIN 碼不正確。
    .money = 沒有退款。
    .do = 請重試。
sign-in-wrong-pin-wait = PIN 碼不正確。
    .money = 沒有退款。
    .do = 請在 { $seconds } 秒後重試。
sign-in-locked-out = PIN 碼錯誤次數過多。
    .money = 沒有退款。
    .do = 請在 { $seconds } 秒後重試。
approval-wrong-pin = PIN 碼不正確。
    .money = 沒有送出任何請求。
    .do = 請重試。
approval-wrong-pin-wait = PIN 碼不正確。
    .money = 沒有送出任何請求。
    .do = 請在 { $seconds } 秒後重試。
approval-locked-out = PIN 碼錯誤次數過多。
    .money = 沒有送出任何請求。
    .do = 請在 { $seconds } 秒後重試。

### The till cannot start

passphrase-title = 請輸入通關密碼
passphrase-why = 本機連線支付閘道的金鑰已加密。請輸入加密時的通關密碼：每次啟動收銀機輸入一次。
passphrase-wrong = 通關密碼不對。沒有任何損失：請慢慢再試。注意區分大小寫。
passphrase-field = 通關密碼
passphrase-open = 開啟收銀機
passphrase-quit = 關閉
fault-title = 收銀機無法啟動
fault-money = 沒有送出請求。沒有辦理或變更任何退款。
fault-do = 請把本頁給負責收銀機的人看。「tillback doctor」會檢查一切並說明怎麼辦。
fault-close = 關閉

### The ledger cannot be opened

ledger-in-use = 另一個收銀機視窗已開啟。
    .money = 這裡沒有送出任何請求。另一個視窗照常運作。
    .do = 請在那個視窗操作。或先關閉它，再在這裡重試。
ledger-locked = 另一個程式佔用了帳本。
    .money = 沒有送出請求，沒有變更任何退款。
    .do = 請等匯入或備份完成，或關閉佔用帳本的程式，再重試。
ledger-disk-full = 收銀機的磁碟已滿。
    .money = 沒有送出請求。已辦理的退款都已儲存。
    .do = 請清出空間：清空資源回收筒，移走與收銀機無關的檔案。不要動收銀機的資料夾。然後重試。
ledger-read-only = 帳本不可寫入。
    .money = 沒有送出請求。已辦理的退款都已儲存。
    .do = 磁碟或資料夾有防寫。請解除防寫再試。
ledger-no-permission = 目前的使用者無權使用帳本。
    .money = 沒有送出請求。已辦理的退款都已儲存。
    .do = 請用收銀機的使用者登入，或允許目前的使用者寫入該資料夾，再重試。
ledger-folder-missing = 找不到帳本所在的資料夾。
    .money = 沒有送出請求。資料夾的內容未被改動。
    .do = 請接上存放帳本的磁碟或網路共享，再重試。
ledger-gone = 帳本不見了。
    .money = 沒有送出請求。以前的退款都在閘道那裡，不會遺失。
    .do = 如果有人移走了它，請放回再試。否則請還原備份。
ledger-not-one = 帳本的位置上放的是別的檔案。
    .money = 沒有送出請求。以前的退款都在閘道那裡，不會遺失。
    .do = 如果有人移走了帳本，請放回再試。否則請還原備份。
ledger-damaged = 帳本已損壞。
    .money = 不再送出任何請求。以前的退款都在閘道那裡，不會遺失。
    .do = 請還原備份。還能讀取的內容會一併轉入。
ledger-behind = 帳本的末尾少了一段。
    .money = 沒有送出請求。以前的退款都在閘道那裡，不會遺失。
    .do =
    { $count ->
        [0] 位置上放的是另一個帳本。請放回正確的再試，或還原備份。
       *[other] 缺少 { $count } 條：旁邊的檔案被移走，或換成了舊備份。請更正後重試，或還原備份。
    }
ledger-newer = 這個帳本已被更新版本的 Tillback 使用過。
    .money = 沒有送出請求。已辦理的退款都已儲存。
    .do = 請重新安裝新版 Tillback。此版本不得改動帳本。
ledger-migration = 帳本未能升級。
    .money = 沒有送出請求。帳本保持原樣。
    .do = 請重試。如果仍然如此，請儲存技術支援檔案，並繼續使用以前的 Tillback。
ledger-for-training = 這是訓練用的帳本。
    .money = 沒有送出請求。裡面沒有真實退款。
    .do = 有人用它替換了真正的帳本。請放回正確的再試。
ledger-for-real = 這是真實退款的帳本，而收銀機處於訓練模式。
    .money = 沒有送出請求。已辦理的退款都已儲存。
    .do = 請放回訓練帳本，或在設定中結束訓練模式，再重試。
ledger-other = 無法開啟帳本。
    .money = 沒有送出請求，沒有變更任何退款。
    .do = 請重試。如果仍然如此，請儲存技術支援檔案並聯絡技術支援。
recovery-record-at = 帳本在 { $path }
recovery-holder-till = 收銀機 { $till }
recovery-holder-host = 電腦 { $host }
recovery-holder-process = 處理程序 { $pid }
recovery-holder-since = 開啟時間：{ $since }
recovery-holder-unknown = 它沒有說明自己是誰。
recovery-copies = 還原備份…
recovery-again = 重試
recovery-support = 儲存技術支援檔案
recovery-folder = 顯示資料夾
recovery-close = 關閉 Tillback
recovery-back = 返回
recovery-looking = 正在尋找備份…
recovery-trying = 正在開啟帳本…
recovery-restoring = 正在還原…
recovery-saving = 正在儲存…
recovery-still = 情況沒有變化。
recovery-saved = 技術支援檔案已儲存。
    .do = { $path } 中有帳本、設定和日誌，不含閘道金鑰。
recovery-not-saved = 無法儲存。
recovery-folder-shown = 資料夾在另一個視窗開啟。
recovery-folder-not-shown = 這裡沒有可以顯示資料夾的程式。
    .do = 位置在 { $path }
recovery-copy-found = 有一份完好的備份：{ $when }。
recovery-no-copies = 沒有找到完好的備份。
    .do = 請接上存放備份的磁碟再試。或儲存技術支援檔案並聯絡技術支援。
recovery-unknowns-none = 它包含帳本中的全部退款。
recovery-unknowns = 有 { $count } 筆退款比備份新，會以「結果未知」轉入，收銀機會逐筆向閘道查詢。
recovery-unknowns-unreadable = 備份之後的退款可能缺少：現有帳本無法讀取。請與閘道後台核對。
recovery-unknowns-at-least = 至少有 { $count } 筆退款比備份新，會以「結果未知」轉入。可能還有更多：請與閘道後台核對。
recovery-copy = { $when } · { $count } 筆退款
recovery-copy-as-of = 此備份截至 { $when }。
recovery-which = 哪一份備份？
recovery-which-how = 最新的最完整。每一份都剛剛檢查過，完好無損。
recovery-use = 使用此備份…
recovery-aside = 不會刪除任何內容。
    .do = 現有內容會完整地放到一邊。等待重新送出的退款，如果沒人知道結果，將被放棄。
recovery-word = 由主管說明原因
recovery-why = 為什麼還原備份？
recovery-reason-disk = 磁碟損壞
recovery-reason-damage = 帳本損壞
recovery-reason-wrong-file = 放錯了檔案
recovery-who = 主管，及其在備份當時的 PIN 碼
recovery-put-back = 還原備份
recovery-not-restored = 沒有還原備份。
    .do = 一切保持原樣。
recovery-done = 帳本已還原
recovery-brought-over = 從舊帳本轉入了 { $count } 筆退款。在閘道答覆前顯示為查證中。
recovery-given-up = 已放棄 { $count } 筆等待重新送出的退款。請憑收據重新辦理。
recovery-left-behind = 未能轉入的退款有 { $references }。請在閘道後台查詢。
recovery-compare = 舊帳本未能讀到末尾。辦理新退款前，請先與閘道後台核對今天的退款。
recovery-aside-at = 舊帳本在 { $path }。
recovery-start = 啟動收銀機
