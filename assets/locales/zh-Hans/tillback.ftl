## The words of the window, Simplified Chinese.
##
## Glossary, to be kept to in every file of this folder:
##   refund = 退款        sale = 交易         receipt = 小票       till = 收银机      wallet = 电子钱包 (钱包 as a label)
##   gateway = 网关       manager = 经理      cashier = 收银员     scanner = 扫码枪   record (ledger) = 账本
##   copy (backup) = 备份  amount = 金额       reason = 原因        being checked = 正在核实   declined = 退款被拒
##   unknown = 结果未知       release, give up = 放弃       dashboard = 后台   settings = 设置
##   bill in the wallet = 账单   support = 技术支持   training = 培训   shift = 班次
##   slip = 凭条          by hand = 人工认定   ask the gateway = 向网关查询   send = 发送   not accepted (a scan, a PIN) = 未成功
##   No space beside a full-width or a curly mark; a space between Chinese and letters, digits or what is put in.

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = 收银员
role-manager = 经理
step-scan = 扫描
step-sale = 交易
step-approve = 批准
step-done = 完成
steps-label = 第 { $number } 步，共 4 步：{ $name }
training-band = 培训模式 · 不动用真实资金
training-band-pins = 培训模式 · 不动用真实资金 · PIN 码：经理 { $manager }，收银员 { $cashier }
training-band-pin = 培训模式 · 不动用真实资金 · 经理 PIN 码：{ $pin }
time-today = 今天 { $clock }
time-yesterday = 昨天 { $clock }
key-enter = 回车
key-escape = Esc
key-page-up = PgUp
key-page-down = PgDn
button-cancel = 取消
button-back = 返回
support-code = 供技术支持使用：{ $code }

### The strip at the bottom

strip-gateway = 网关
strip-scanner = 扫码枪
strip-serial = 串口扫码枪
strip-hid = USB 扫码枪
strip-camera = 摄像头
light-good = { $device }
light-waiting = { $device }：等待中
light-bad = { $device }：故障
light-off = { $device }：已关闭
light-state-good = 正常
light-state-waiting = 等待中
light-state-bad = 故障
light-state-off = 已关闭
strip-unresolved = { $count } 笔退款正在核实
strip-waiting = { $count } 笔退款等待经理处理
strip-contradicted = { $count } 笔退款与网关不符
strip-record-checking = 正在检查账本
strip-record-damaged = 账本已损坏：不能退款
strip-copy-room = 账本未备份：空间不足
strip-copy-folder = 账本未备份：找不到文件夹
strip-copy-other = 账本未备份
strip-sales-folder = 无法读取销售文件夹：请运行 doctor
strip-sales-held = 有文件留在销售文件夹里：请运行 doctor
strip-sales-failed = { $count } 个销售文件被拒：请看 failed 文件夹
strip-sales-port = 销售端口 { $port } 被其他程序占用

### Locked

locked-who = 谁在收银？
locked-nobody = 还没有人可以登录。
    .money = 不能办理退款。
    .do = 请添加第一位经理：tillback operators add
locked-pin = 您的 PIN 码
locked-choose = 请先选择姓名
locked-unlock = 解锁
locked-checking = 正在核对…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] PIN 码：尚未输入
       *[other] PIN 码：已输入 { $count } 位
    }
pad-clear = 清空
pad-back = 删除
pad-back-label = 删除最后一位
pad-point = .
pad-point-label = 小数点

### Ready

ready-refund = 退款
ready-or-scan = 或直接扫描小票
ready-lock = 锁定
ready-settings = 设置…
ready-refunds = 退款记录
ready-refunds-waiting = 退款记录：{ $count } 笔待处理

### Scan

scan-title = 请扫描小票，或顾客电子钱包里的账单
scan-how = 在支付宝或微信支付中：打开账单，再打开详情。不要扫付款码。
scan-type = 扫不了？请输入条码下方的号码
scan-field = 交易号
scan-pad = 123
scan-pad-label = 数字键盘
scan-find = 查找交易
scan-finding = 正在查找交易…
scan-finding-number = { $number }
scan-again = 请重新扫描，或输入号码
camera-picture = 摄像头画面
camera-found = 摄像头画面：已找到条码
camera-starting = 摄像头正在启动…
camera-off = 没有摄像头
    .do = 请用扫码枪，或输入号码。
camera-bad = 摄像头没有响应
    .do = 请用扫码枪，或输入号码。请检查摄像头的线。
camera-no-camera = 没有接摄像头
    .do = 请接上摄像头，或用扫码枪，或输入号码。
camera-other = 所选摄像头没有接上
    .do = 请接上它，或由经理在设置中另选一个。
camera-busy = 无法打开摄像头
    .do = 请关闭正在使用它的其他程序。在此之前请用扫码枪，或输入号码。
camera-lost = 摄像头已断开
    .do = 请重新接上。在此之前请用扫码枪，或输入号码。
camera-no-folder = 无法读取图片文件夹
    .do = 请用扫码枪，或输入号码。
hint-closer = 请靠近一点。
    .do = 条码应占画面的一半左右。
hint-still = 请拿稳。
    .do = 画面模糊。
hint-light = 请照亮一点。
    .do = 画面太暗。
hint-tilt = 请稍微倾斜。
    .do = 有灯光照进摄像头。

### Settings

settings-title = 设置
settings-back = 返回
settings-scanner = 扫码枪
settings-camera = 摄像头
settings-door = 设置
settings-door-why = 需要经理的 PIN 码。
settings-open = 打开
settings-nobody = 还没有经理。
    .do = 请添加一位：tillback operators add
kept = 已保存。
    .do = 从现在起生效。
kept-read-only = 只在收银机关闭前有效。
    .do = 设置文件不可写。“tillback doctor”会指出是哪个文件。
kept-disk-full = 只在收银机关闭前有效。
    .do = 收银机的磁盘已满。
kept-unreadable = 只在收银机关闭前有效。
    .do = 设置文件已无法读取。“tillback doctor”会说明原因。
kept-failed = 只在收银机关闭前有效。
    .do = 未能写入设置文件。

### Settings: scanner

scanner-qr = 测试码，QR
scanner-code128 = 测试码，Code 128
scanner-how = 请扫描其中一个码。收银机会说明扫码枪的设置，以及要改什么。
scanner-waiting = 等待扫描…
scanner-good = 无需更改。
scanner-change = 请更改以下内容。
scanner-from-keyboard = 由键盘式扫码枪扫描。
scanner-from-serial = 由串口扫码枪扫描。
scanner-from-hid = 由 USB 扫码枪扫描。
scanner-typed = 它像键盘打字一样输入。
scanner-kind-keyboard = 键盘式扫码枪
scanner-kind-serial = 串口扫码枪
scanner-kind-hid = USB 扫码枪
scanner-has-typed = 已扫描过。
scanner-not-typed-yet = 还没有扫描。
scanner-working = 已连接。
scanner-starting = 正在查找…
scanner-off = 已在设置文件中关闭。
scanner-not-there = 未连接。请接上，收银机会自动找到它。
scanner-not-allowed-serial = 当前用户无权使用：请将其加入“dialout”组。
scanner-not-allowed-hid = 当前用户无权使用：缺少 udev 规则。
scanner-in-use = 另一个程序正在使用它。请关闭该程序。
scanner-lost = 已断开。请重新接上，收银机会自动找到它。
scanner-not-understood = 此模式下无法使用。“tillback doctor”有详细说明。
finding-torn = 只收到条码的一部分。
    .do = 请重新扫描。
finding-other = 这是另一个码。
    .do = 请扫描上面两个码之一。
finding-no-digits = 字母不对，也没有数字。
    .do = 请用说明书中的设置码把键盘设为“US”或“English”。
finding-slow = 扫码枪太慢。
    .do = 请用说明书中的设置码取消字符间延迟。
finding-typed-off = 键盘式扫码枪已关闭。
    .do = 要使用它，请在设置文件中写入 wedge = true。
finding-tills-layout = 它使用的是本机的键盘设置。
    .do = 可以使用。“US keyboard”更可靠。
finding-layout = 它被设为{ $what }键盘。
    .do = 请用说明书中的设置码设为“US keyboard”。
finding-case = 大小写颠倒了。
    .do = 请在这里和扫码枪上关闭大写锁定。
finding-no-end = 它在码后不发送任何字符。
    .do = 可以使用，但慢一点。用回车（CR）更快。
finding-tab-end = 它在码后发送 Tab。
    .do = 可以使用。
finding-aim = 它会说明读到的码的种类（{ $what }）。
    .do = 很好：这样能区分商品和小票。
finding-no-aim = 它不说明读到的码的种类。
    .do = 可以使用。打开“AIM identifier”能更可靠地区分商品和小票。
finding-separator = 它漏掉了码中的分隔符。
    .do = 请用说明书中的设置码让它发送 GS（FNC1，ASCII 29）。
finding-separator-replaced = 它用“{ $what }”代替码中的分隔符。
    .do = 请用说明书中的设置码让它发送 GS（FNC1，ASCII 29）。
finding-prefix = 它在每个码前发送“{ $what }”。
    .do = 请关闭它，或在设置文件中写为 prefix。
finding-keep = 写入设置文件
finding-prefix-known = 它在每个码前发送“{ $what }”。
    .do = 可以使用：设置文件中已有。
finding-suffix = 它在每个码后发送“{ $what }”。
    .do = 请关闭它，或在设置文件中写为 suffix。
finding-suffix-known = 它在每个码后发送“{ $what }”。
    .do = 可以使用：设置文件中已有。
layout-uk = 英国
layout-german = 德国
layout-french = 法国
layout-spanish = 西班牙

### Settings: camera

camera-which = 用哪个摄像头？
camera-first = 找到的第一个
camera-folder = 文件夹中的图片
camera-none = 没有摄像头
camera-not-there = 未连接：{ $name }
camera-none-found = 没有接摄像头。
    .do = 请接上一个再查找。
camera-is-folder = 图片来自文件夹。
    .do = 不查找摄像头。
camera-look-again = 重新查找
camera-looking = 正在查找…
camera-open = { $name }，{ $format }
camera-read = 已读到条码：{ $text }

### Settings: rules

settings-rules = 规则
settings-gateway = 网关
settings-training = 培训
rules-line = { $name }：{ $value }
rules-approval = 确认人
rules-cashiers = 收银员
rules-managers = 经理
rules-sales = 交易
rules-hours = 营业时间
rules-reasons = 原因
rules-approval-about = 谁可以批准不违反其他规则的退款。
rules-people-about = 适用于他们申请的退款。超过限额时，可由申请人以外的经理允许，须填写说明。
rules-sales-about = 超出这些规定时，须由申请人以外的经理允许。再次退同一金额须两位经理。
rules-hours-about = 非营业时间的退款会提示经理。
rules-reasons-about = 供收银员选择。按一项即可移除。
rules-reason-new = 新的原因
rules-reason-add = 添加
rules-reason-remove = 移除：{ $reason }
rules-kept = 已保存。从现在起生效，并已记入账本。
rules-next-start = 已写入，下次启动时生效：账本现在无法记录。
rules-not-kept = 未保存。没有任何更改。
    .do = 未能写入设置文件。“tillback doctor”会说明原因。
rules-refused = 不能用这个值。没有任何更改。
rules-allowed-number = { $least } 到 { $most }。
rules-allowed-amount = 大于零、可用本店货币支付的金额。
rules-allowed-hours = 一天中两个不同的时间，如 09:00-21:00。
rules-allowed-reasons = 一到二十个原因，每个最多 120 个字。
rules-now = 当前：{ $value }
rules-keep = 保存
rules-nothing-typed = 请输入数值
rule-name-cashier-alone = 收银员可自行确认的上限
rule-name-own-approval = 经理可确认自己的申请
rule-name-approval-seconds = 批准有效期
rule-name-per-refund = 单笔
rule-name-per-shift = 单班
rule-name-per-day = 单日
rule-name-sale-age = 交易后多久内可退
rule-name-refunds-per-sale = 每笔交易的退款次数
rule-name-same-amount = 以下时间内再退同一金额须两位经理
rule-name-hours = 每天
rule-name-monday = 星期一
rule-name-tuesday = 星期二
rule-name-wednesday = 星期三
rule-name-thursday = 星期四
rule-name-friday = 星期五
rule-name-saturday = 星期六
rule-name-sunday = 星期日
rule-never = 不启用
rule-yes = 是
rule-no = 否
rule-no-limit = 不限
rule-hours-none = 未设置
rule-hours-usual = 同每天
rule-hours-closed = 休息
rule-hours-closed-all-day = 全天休息
rule-set-never = 不启用
rule-set-usual = 默认
rule-set-no-hours = 不设时间
rule-set-as-every-day = 同每天
rule-set-no-limit = 不限
rule-seconds = { $count } 秒
rule-minutes = { $count } 分钟
rule-days = { $count } 天
rule-times = { $count } 笔退款

### Settings: gateway

gateway-which = 哪个网关？
gateway-production = 正式环境：真钱
gateway-sandbox = 沙盒：用于试用
gateway-sandbox-old = 旧沙盒
gateway-merchant = 商户号
gateway-store = 门店号
gateway-other = 当前：{ $address }，在本机上。
gateway-fixed = 培训模式下使用本机的网关。
gateway-keep = 保存此账户
gateway-kept = 已保存。下次启动收银机时生效。
gateway-token = API 令牌
gateway-token-field = 新令牌
gateway-token-keep = 保存此令牌
gateway-test = 立即测试
gateway-testing = 正在向网关查询…
token-in-keyring = 令牌保存在系统钥匙串中。
    .do = 新令牌立即生效。
token-by-passphrase = 令牌保存在文件中，用口令加密。
    .do = 每次启动时须有人输入口令。
token-to-machine = 令牌保存在文件中，与本机绑定。
    .do = 复制到别处无用，但此用户的任何程序都能在这里打开它。口令更安全：tillback token set --passphrase
token-in-variable = 令牌由启动收银机的人提供。
    .do = 它优先于其他令牌。
token-sample = 这是公开的示例令牌。
    .do = 在别处毫无用处。
token-missing = 还没有令牌。
    .do = 请在这里输入，或用“tillback token set”。
token-none = 这不是令牌。
    .do = 令牌是一行字母、数字和符号。
token-not-allowed = 只有经理可以提供令牌，培训模式下不保存。
    .do = 没有任何更改。
token-not-kept = 令牌无法保存或读取。
    .do = “tillback doctor”有详细说明。
gateway-accepted = 网关接受此账户和令牌。
    .do = 没有退款：只查询了一笔不存在的交易。
gateway-refused = 网关不接受此账户和令牌。
    .do = 令牌、商户号或门店号有误，但没有说明是哪个。请与您的 Pockyt 账户逐一核对。
gateway-name-not-found = 这里找不到网关的域名。
    .do = 没有网络，或无法连到外网。请检查网线、Wi-Fi 和路由器。
gateway-unreachable = 连接不上网关。
    .do = 中间有阻隔：防火墙、代理服务器，或网关停机。
gateway-not-trusted = 与网关的连接不安全。
    .do = 请检查本机的日期和时间。如果正确，可能有人从中拦截：请联系技术支持。
gateway-no-answer = 网关没有响应。
    .do = 请稍后再测试。
gateway-unclear = 网关没有明确答复。
    .do = 请再次测试。如果再次出现，请联系技术支持。
gateway-no-token = 没有可用于测试的令牌。
    .do = 请在上面输入。
gateway-wrong-account = 此账户无法使用。
    .do = 账户号码只含字母和数字。

### Settings: training

training-is-off = 本机退的是真钱。
training-is-on = 本机用于培训。
training-about = 培训时不会动到真的电子钱包：交易、人员、账本都是另外的，网关也在本机上。
    .do = 所有画面和单据都会标明是培训。进入或退出时，所有人都会退出登录。
training-unresolved = 有一笔退款仍在核实。
    .do = 收银机打开期间会持续查询。请等到有结果。
training-begin = 开始培训
training-end = 结束培训

### Sale

sale-paid-with = 付款方式
sale-wallet-unknown = 未注明电子钱包
sale-time-unknown = 时间不详
sale-invoice = 单据号
sale-paid = 已付
sale-refunded = 此前已退
sale-refunded-when = { $when }，{ $who }
sale-reserved = 核实中
sale-elsewhere = 在别处已退
sale-left = 可退金额
sale-item-label = { $quantity } × { $name }
sale-from-gateway = 来自网关；本机没有这笔交易的记录。
sale-typed = 号码是手动输入的，不是扫描的。
sale-refund = 退款
sale-all = 剩余全退
sale-other-amount = 其他金额
sale-ticked = 勾选的商品
sale-no-amount = –
sale-reason = 原因
sale-reason-other = 其他…
sale-reason-field = 填写原因
sale-reason-use = 使用此原因
sale-amount-title = 退多少？
sale-amount-left = 可退 { $left }
sale-amount-use = 选定 { $amount }
sale-amount-use-empty = 选定此金额
sale-ask = 请经理确认…
sale-confirm = 自行确认…
sale-ask-reason = 请先选择原因
sale-ask-amount = 请先选择金额
sale-ask-checking = 正在向网关查询…
sale-check-asking = 正在向网关查询这笔交易…
sale-check-confirmed = 网关已确认这笔交易。
sale-check-again = 再查一次

### Approval

approval-title = 经理：请确认这笔退款
approval-title-alone = 请确认这笔退款
approval-to = 退至
approval-to-wallet = 顾客的 { $wallet }
approval-to-unknown = 顾客付款用的电子钱包
approval-sale = 交易
approval-asked-by = 申请人
approval-asked-why = { $who }，“{ $reason }”
approval-left-after = 退款后剩余
approval-manager = 经理
approval-who = 确认人
approval-choose = 请选择确认人
approval-pay = 退款 { $amount }
approval-checking = 正在核对…
approval-look-twice = 请再看一遍
approval-over = 需要经理说明
approval-over-two = 需要两位经理
approval-note = 为什么允许？
approval-note-hint = 请简短填写
approval-note-goods = 我已看过商品
approval-note-customer = 老顾客
approval-note-mistake = 我们的失误
approval-second-manager = 还要请第二位经理确认
approval-note-short = 说明
approval-note-use = 使用此说明
approval-first = 第一位同意人
approval-agree = 同意
approval-nobody = 没有经理可以确认。
    .money = 没有发送任何请求。
    .do = 需要添加申请人以外的另一位经理：设置，人员。

### Sending

sending-title = 正在发送退款请求
sending-recording = 正在记录
sending-wait = 请稍候。不要重新开始。
sending-seconds = { $count } 秒
sending-long = 比平时慢。收银机仍在等待答复。

### What is happening

steps-title = 进度
step-recorded = 已记录
step-sent = 已发送
step-refunded = 已退款
step-declined = 网关拒绝退款
step-pending = 已受理，未完成
step-unknown = 没有明确答复
step-not-sent = 未发送
step-not-executed = 多次查询：没有退款
step-prepared = 重新记录
step-abandoned = 已放弃
step-asked-found = 第 { $ordinal } 次查询：已找到
step-asked-not-found = 第 { $ordinal } 次查询：还没有
step-asked-failed = 第 { $ordinal } 次查询：无答复
step-ordinal = { $count }
step-next = { $count } 秒后再查
step-asking = 正在查询…

### Result

result-refunded = 已退款
result-said = { $what }：{ $amount }。
result-declined = 退款被拒
result-not-found = 没有找到
result-unknown = 结果未知
result-pending = 尚未完成
result-not-sent = 未发送
result-not-executed = 未退款
result-again = 不要再次退款。
result-next = 下一笔退款
result-finish = 结束
result-by-itself = Esc · { $seconds } 秒后自动
result-leave = 先离开，继续查询
result-number = 退款号
result-reference = 本店参考号
result-sale = 交易
result-approved = 批准人
result-no-number = 网关未提供
result-tell-unknown = 请告诉顾客：“我们正在核实。退款会显示在您的电子钱包里，不然我们会给您打电话。”
result-tell-declined = 请告诉顾客：“退款没有成功，您的钱没有变动。”
result-your-wallet = 电子钱包
result-send-again = 请经理重新发送…
result-leave-it = 先放着

### Refunds

refunds-title = 退款记录
refunds-search = 搜索：号码、金额、日期、姓名
refunds-all = 全部
refunds-attention = 待处理
refunds-refunded = 已退款
refunds-not-refunded = 未退款
refunds-by-hand = 人工认定
refunds-reading = 正在读取…
refunds-none = 这里没有退款。
refunds-none-found = 没有符合全部条件的退款。
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = 较新
refunds-older = 较早
refunds-looked-at = 已搜索最近 { $count } 笔。
refunds-unread = 现在无法读取收银机的账本。
    .money = 没有发送，也没有更改任何内容。
    .do = 请重试。如果再次出现，请联系技术支持。

### One refund

refund-sent = 处理中
refund-abandoned = 已放弃
refund-contradicted = 与网关不符
refund-by-a-person = 人工认定
refund-decided = { $who }，{ $when }：“{ $reason }”。
refund-decided-on = { $who }，{ $when }：“{ $reason }”，号码 { $evidence }。
refund-decided-confirmed = 网关后来已确认。
refund-reference = 参考号
refund-approved = 批准人
refund-number = 网关退款号
refund-history = 处理经过
refund-check = 立即向网关查询
refund-send-again = 重新发送…
refund-release = 放弃…
refund-decide = 人工认定…
refund-checking = 正在向网关查询…
refund-check-found = { $clock } 查询：网关有这笔退款。
refund-check-not-found = { $clock } 查询：网关没有这笔退款。
refund-check-nothing = { $why }这不能说明退款的结果。
refund-done-release = 已放弃。该金额可以重新退款。
refund-done-decide = 已记录，并附上您的姓名。
standing-sent = 退款正在处理中。
    .money = 钱可能已退，也可能没退。
    .do = 请等待答复，本页会自动更新。
standing-refunded = 网关已退款至 { $wallet }。
    .money = 顾客已收到钱（{ $clock }）。
    .do = 无需处理。
standing-said-refunded = 经理认定顾客已收到钱。
    .money = 网关没有确认。
    .do = 收银机会不时查询，如果不一致会提示。
standing-said-not-executed = 经理认定退款没有发生。
    .money = 这笔金额仍占着可退额度。
    .do = 请重新发送，或放弃这笔退款。
standing-not-executed = 已向网关查询多次，没有这笔退款。
    .money = 钱没有退回。
    .do = 经理可以重新发送，或放弃这笔退款。
standing-abandoned = 经理已放弃这笔退款。
    .money = 没有资金变动。
    .do = 无需处理。
standing-not-sent = 连接不上网关，所以没有发送。
    .money = 没有资金变动。
    .do = 经理可以重新发送，或放弃这笔退款。
standing-not-sent-setup = 无法安全发送，所以没有发送。
    .money = 没有资金变动。
    .do = 请先排除故障（“tillback doctor”），然后经理可以重新发送，或放弃这笔退款。
standing-reported = 网关显示有这笔退款。本机记录为：{ $held }。
    .money = 钱很可能已退。不会再次发送。
    .do = 请查看网关后台，然后人工认定。
standing-not-reported = 经理认定顾客已收到钱，但网关没有这笔退款。
    .money = 钱很可能没有退。
    .do = 请查看网关后台，然后人工认定。

### What happened to it

history-line = { $when }：{ $what }
history-by = { $when }：{ $what }（{ $who }）
history-again = 重新发送：“{ $reason }”
history-again-bare = 重新发送
history-said-refunded = “顾客已收到钱”：{ $reason }{ $evidence }
history-said-not-executed = “退款没有发生”：{ $reason }{ $evidence }
history-released = 已放弃：“{ $reason }”
history-evidence = ，号码 { $evidence }
history-not-found = 查询 { $count } 次：网关没有这笔退款
history-confirmed = 网关确认了该决定
history-reported = 网关显示的结果与收银机不同
history-not-reported = 网关没有这笔退款
history-stands = 已查看，保持不变：{ $reason }{ $evidence }
history-stands-bare = 已查看，保持不变

### What a manager orders

order-send-again = 重新发送这笔退款
order-release = 放弃这笔退款
order-decide = 人工认定
order-does-send-again = 同一笔退款，同一个号码。
    .do = 会先向网关查询；如果网关已有，就不发送。
order-does-release = 这笔退款将彻底放弃。
    .do = 该金额可凭小票重新退款。
order-does-decide = 这会永久保存，并附上您的姓名。
    .do = 如果网关以后显示不同的结果，收银机会两个都显示。
order-what = 结果如何？
order-say-refunded = 顾客已收到钱
order-say-not-executed = 退款没有发生
order-why = 为什么？
order-why-waits = 顾客在等
order-why-fixed = 网络已恢复
order-why-otherwise = 已用其他方式退款
order-why-gone = 顾客不退了
order-why-dashboard = 在后台看到
order-why-bill = 在顾客电子钱包里看到
order-evidence = 您看到的号码
order-evidence-field = 退款号或工单号
order-because = 原因：“{ $reason }”
order-on = 号码 { $evidence }
order-go = 下一步：经理 PIN 码
order-go-verdict = 请先说明结果
order-go-reason = 请填写或选择原因
order-go-evidence = 需要原因和号码
order-send = 重新发送 { $amount }
order-free = 放弃退款 { $amount }
order-record = 记入账本
order-moved = 退款的状态已变。
    .money = 没有发送，也没有更改任何内容。
    .do = 请返回再看一遍。
order-reported = 网关显示有这笔退款。
    .money = 没有发送。钱很可能已退。
    .do = 请返回再看一遍。
order-too-early = 退款请求仍可能到达网关。
    .money = 没有更改任何内容。
    .do =
    { $minutes ->
        [0] 现在可以认定了。
       *[other] 还要等 { $minutes } 分钟才能认定。
    }
order-not-asked-down = 网关没有响应。
    .money = 没有发送任何请求。
    .do = 必须先向网关查询。等它恢复后再试。
order-not-asked-denied = 网关不接受本终端。
    .money = 没有发送任何请求。
    .do = 终端号或密钥有误。
order-not-asked-unclear = 网关没有明确答复。
    .money = 没有发送任何请求。
    .do = 必须由它确认没有这笔退款。请重试。

### Outcomes

outcome-refunded = { $wallet } 已于 { $clock } 接受退款。
    .money = 顾客会在电子钱包里收到通知。
    .do = 请把小票还给顾客。
outcome-pending = 网关已受理，尚未完成。
    .money = 钱正在退回，或很快会退。
    .do = 收银机会继续查询，本页会自动更新。
outcome-not-executed = 已向网关查询多次，没有这笔退款。
    .money = 钱没有退回，也不再占用可退额度。
    .do = 请经理重新发送，或先放着：它会留在退款记录里。
declined-no-such-sale = 网关没有这笔交易。
    .money = 没有退款。
    .do = 请核对小票上的号码。如果正确，请联系技术支持。
declined-sale-status = 网关表示这笔交易现在不能退款：未付款，或已退款。
    .money = 这次没有退款。
    .do = 请重新扫描，查看交易状态。
declined-access-denied = 网关不接受本终端。
    .money = 没有退款。
    .do = 请叫经理：终端号或密钥有误。其他退款也会被拒绝。
declined-bad-request = 网关没有接受请求。
    .money = 没有退款。
    .do = 请联系技术支持，并提供下面的代码。
declined-wallet = 顾客的电子钱包拒绝了这笔退款。
    .money = 没有退款。
    .do = 请顾客查看电子钱包，或用其他方式退款。
unknown-timed-out = 网关没有及时答复。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询，本页会自动更新。
unknown-connection-lost = 答复到达前连接中断。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询，本页会自动更新。
unknown-unreadable = 无法读取网关的答复。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询，本页会自动更新。
unknown-gateway-error = 网关自身出现故障。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询，本页会自动更新。
unknown-mismatch = 网关答复的是另一笔退款。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询。如果十分钟后本页没有变化，请联系技术支持。
unknown-unheard-of = 网关给出了本机不认识的答复。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询。如果十分钟后本页没有变化，请联系技术支持。
unknown-interrupted = 退款发送途中收银机停止了。
    .money = 钱可能已退，也可能没退。
    .do = 收银机正在查询，本页会自动更新。
not-sent-name-not-found = 找不到网关：没有网络，或地址有误。
    .money = 没有发送，没有资金变动。
    .do = 请检查网线或 Wi-Fi。经理可以现在重新发送，或以后在退款记录里发送。
not-sent-unreachable = 连接不上网关。
    .money = 没有发送，没有资金变动。
    .do = 请稍等。经理可以现在重新发送，或以后在退款记录里发送。
not-sent-not-trusted = 与网关的连接不安全，所以没有使用。
    .money = 没有发送，没有资金变动。
    .do = 请检查收银机的日期和时间。如果正确，请联系技术支持。
not-sent-configuration = 本机尚未设置退款功能。
    .money = 没有发送，没有资金变动。
    .do = 请叫经理。在收银机的电脑上，“tillback doctor”会指出缺少什么。

### Problem

problem-title = 没有退款

### When something is wrong with a code

scan-product-barcode = 这是商品条码。
    .money = 没有退款。
    .do = 请扫描小票末尾的长条码，或顾客电子钱包里的账单。
scan-payment-code = 这像是顾客的付款码。
    .money = 没有扣款，也没有退款。
    .do = 请顾客在电子钱包里打开账单，再打开详情。
scan-foreign-url = 这个码指向 { $host }。
    .money = 没有退款。
    .do = 请扫描小票上的条码，或输入条码下方的号码。
scan-empty = 这个码是空的。
    .money = 没有退款。
    .do = 请重新扫描，或输入条码下方的号码。
scan-torn = 请重新扫描。
    .do = 只收到条码的一部分。
scan-too-long = 这个码太长，不是小票上的（{ $length } 个字符）。
    .money = 没有退款。
    .do = 请扫描小票上的条码，或输入条码下方的号码。
scan-not-a-number = 这不是小票上的码。
    .money = 没有退款。
    .do = 请扫描小票上的条码，或输入条码下方的号码。
scan-wrong-length = 这是 { $digits } 位。交易号有 18 位。
    .money = 没有退款。
    .do = 请对照小票重新输入。

### When a sale cannot be found or checked

lookup-not-found = 没有这个号码的交易。
    .money = 没有退款。
    .do = 请确认小票是本店的，再重新扫描。
lookup-ambiguous = 有多笔交易使用这个号码。
    .money = 没有退款。
    .do = 请用条码下方的长号码，或顾客电子钱包里的账单。
lookup-gateway-down = 网关没有响应。
    .money = 没有退款。
    .do = 请检查网络，稍后重试。
lookup-gateway-unclear = 网关对这笔交易没有明确答复。
    .money = 没有退款。
    .do = 请重试。如果再次出现，请联系技术支持。
lookup-access-denied = 网关不接受本终端。
    .money = 没有退款。
    .do = 请叫经理：终端号或密钥有误。
lookup-amounts-differ = 网关和本机的付款金额不一致。
    .money = 没有退款。
    .do = 请叫经理。必须先核查这笔交易。

### When the till itself fails

house-ledger-full = 收银机的磁盘已满。
    .money = 没有发送，没有资金变动。
    .do = 请叫经理：下次退款前必须腾出空间。
house-ledger-read-only = 收银机无法写入账本。
    .money = 没有发送，没有资金变动。
    .do = 请叫经理：“tillback doctor”会指出是哪个文件。
house-ledger-busy = 另一个程序占用了账本。
    .money = 没有发送，没有资金变动。
    .do = 请关闭其他 Tillback 窗口再试。
house-ledger-broken = 无法读取账本。
    .money = 没有发送，没有资金变动。
    .do = 请停止退款。关闭并重新启动收银机，它会说明怎么办。
house-ledger-unchecked = 收银机仍在检查账本。
    .money = 没有发送，没有资金变动。
    .do = 请等一分钟再重新退款。如果仍然如此，请叫经理。
house-worker-stopped = 收银程序有一部分出错，已自动重启。
    .money = 没有发送，没有资金变动。
    .do = 请重试。如果再次出现，请重启收银机并联系技术支持。
house-started-over = 收银机出错后已重新启动。
    .money = 没有丢失退款：可能已发送的正在核实。
    .do = 请先登录看结果，再决定要不要重新退这一笔。

### When a refund is not allowed

refusal-not-paid-yet = 这笔交易还没有付款。
    .money = 没有可退的钱。
    .do = 请等付款完成后再扫描。
refusal-payment-failed = 这笔付款失败了。
    .money = 顾客在这里没有付款。
    .do = 无需退款。
refusal-payment-closed = 这笔付款已关闭或撤销。
    .money = 顾客已拿回钱，或从未付款。
    .do = 无需退款。
refusal-nothing-left = 这笔交易已全额退款。
    .money = 全部 { $paid } 已退回。
    .do = 没有可退金额。
refusal-nothing-left-reserved = 这笔交易已没有可退金额。
    .money = 其中 { $reserved } 正在核实：可能已退回。
    .do = 不要再次退款。请等待核实完成。
refusal-over-left = { $asked } 超过可退金额。
    .money = 最多可退 { $left }。
    .do = 请选择较小的金额。
refusal-zero-amount = 金额为零，不能退款。
    .money = 没有退款。
    .do = 请选择金额。
refusal-wrong-currency = 这笔交易用的是另一种货币。
    .money = 已付 { $paid }。
    .do = 请用该货币退款。
refusal-too-old = 这笔交易已过 { $days } 天。
    .money = 电子钱包只接受 { $max } 天内的退款。
    .do = 请用其他方式退款给顾客。
refusal-too-many = 这笔交易已退款 { $count } 次。
    .money = 每笔交易最多退款 { $max } 次。
    .do = 请用其他方式退款给顾客。
refusal-too-soon = 这笔交易刚刚退过款。
    .money = 请确认不是重复退款。
    .do = { $seconds } 秒后可以继续。
rule-refund-limit = 收银员每次最多退 { $limit }。
    .money = 没有发送任何请求。
    .do = 申请人以外的经理可以放宽，须填写说明。
rule-refund-limit-manager = 经理每次最多退 { $limit }。
    .money = 没有发送任何请求。
    .do = 另一位经理可以放宽，须填写说明。
rule-shift-limit = 超过单班限额 { $limit }。
    .money = 没有发送任何请求。
    .do = 申请人以外的经理可以放宽，须填写说明。
rule-day-limit = 超过单日限额 { $limit }。
    .money = 没有发送任何请求。
    .do = 申请人以外的经理可以放宽，须填写说明。
rule-sale-age = 这笔交易已过 { $days } 天；本店退货期为 { $max } 天。
    .money = 没有发送任何请求。
    .do = 申请人以外的经理可以允许，须填写说明。
rule-refunds-of-sale = 这笔交易已退款 { $count } 次；本店允许 { $max } 次。
    .money = 没有发送任何请求。
    .do = 申请人以外的经理可以再允许一次，须填写说明。
rule-same-amount =
    { $minutes ->
        [0] 同一金额刚刚在这笔交易中退过。
       *[other] 同一金额 { $minutes } 分钟前在这笔交易中退过。
    }
    .money = 请确认不是重复退款。没有发送任何请求。
    .do = 须两位经理允许，或等 { $within } 分钟过后。
warning-refunded-before = 这笔交易此前已退款 { $count } 次。
warning-typed = 号码是手动输入的：有小票吗？
warning-near-limit = 接近限额 { $limit }。
warning-asks-often = 此人今天的第 { $theirs } 笔退款；其他人平均 { $average } 笔。
warning-outside-hours = 现在是非营业时间。
warning-fresh-sale =
    { $minutes ->
        [0] 这笔交易付款不到一分钟。
       *[other] 这笔交易 { $minutes } 分钟前付款。
    }
refusal-not-your-approval = 此人不能确认这笔退款。
    .money = 没有发送任何请求。
    .do = 须由另一位经理确认。
refusal-approval-expired = 经理的批准已过期。
    .money = 没有发送，没有资金变动。
    .do = 请重新申请。
refusal-approval-void = 经理批准后交易有变化。
    .money = 没有发送，没有资金变动。
    .do = 请再看一遍这笔交易，然后重新申请。
refusal-books = 这笔交易的金额对不上。
    .money = 没有退款。
    .do = 请联系技术支持。必须先核查这笔交易。

### When an amount is not one

amount-empty = 没有选择金额。
    .money = 没有退款。
    .do = 请输入金额，或勾选退回的商品。
amount-not-an-amount = 这不是金额。
    .money = 没有退款。
    .do = 请这样输入：27.40
amount-no-decimals = { $currency } 没有小数。
    .money = 没有退款。
    .do = 请输入整数。
amount-too-many-decimals = { $currency } 有 { $allowed } 位小数。
    .money = 没有退款。
    .do = 请这样输入：27.40
amount-too-large = 金额太大。
    .money = 没有退款。
    .do = 请重新输入。

### When a PIN is not accepted

sign-in-wrong-pin = PIN 码不正确。
    .money = 没有退款。
    .do = 请重试。
sign-in-wrong-pin-wait = PIN 码不正确。
    .money = 没有退款。
    .do = 请在 { $seconds } 秒后重试。
sign-in-locked-out = PIN 码错误次数过多。
    .money = 没有退款。
    .do = 请在 { $seconds } 秒后重试。
approval-wrong-pin = PIN 码不正确。
    .money = 没有发送任何请求。
    .do = 请重试。
approval-wrong-pin-wait = PIN 码不正确。
    .money = 没有发送任何请求。
    .do = 请在 { $seconds } 秒后重试。
approval-locked-out = PIN 码错误次数过多。
    .money = 没有发送任何请求。
    .do = 请在 { $seconds } 秒后重试。

### The till cannot start

passphrase-title = 请输入口令
passphrase-why = 本机访问支付网关的密钥已加密。请输入加密时的口令：每次启动收银机输入一次。
passphrase-wrong = 口令不对。没有任何损失：请慢慢再试。注意区分大小写。
passphrase-field = 口令
passphrase-open = 打开收银机
passphrase-quit = 关闭
fault-title = 收银机无法启动
fault-money = 没有发送请求。没有办理或更改任何退款。
fault-do = 请把本页给负责收银机的人看。“tillback doctor”会检查一切并说明怎么办。
fault-close = 关闭

### The ledger cannot be opened

ledger-in-use = 另一个收银机窗口已打开。
    .money = 这里没有发送任何请求。另一个窗口照常工作。
    .do = 请在那个窗口操作。或先关闭它，再在这里重试。
ledger-locked = 另一个程序占用了账本。
    .money = 没有发送请求，没有更改任何退款。
    .do = 请等导入或备份完成，或关闭占用账本的程序，再重试。
ledger-disk-full = 收银机的磁盘已满。
    .money = 没有发送请求。已办理的退款都已保存。
    .do = 请腾出空间：清空回收站，移走与收银机无关的文件。不要动收银机的文件夹。然后重试。
ledger-read-only = 账本不可写入。
    .money = 没有发送请求。已办理的退款都已保存。
    .do = 磁盘或文件夹有写保护。请解除写保护再试。
ledger-no-permission = 当前用户无权使用账本。
    .money = 没有发送请求。已办理的退款都已保存。
    .do = 请用收银机的用户登录，或允许当前用户写入该文件夹，再重试。
ledger-folder-missing = 找不到账本所在的文件夹。
    .money = 没有发送请求。文件夹的内容未被改动。
    .do = 请接上存放账本的磁盘或网络共享，再重试。
ledger-gone = 账本不见了。
    .money = 没有发送请求。以前的退款都在网关那里，不会丢失。
    .do = 如果有人移走了它，请放回再试。否则请恢复备份。
ledger-not-one = 账本的位置上放的是别的文件。
    .money = 没有发送请求。以前的退款都在网关那里，不会丢失。
    .do = 如果有人移走了账本，请放回再试。否则请恢复备份。
ledger-damaged = 账本已损坏。
    .money = 不再发送任何请求。以前的退款都在网关那里，不会丢失。
    .do = 请恢复备份。还能读取的内容会一并转入。
ledger-behind = 账本的末尾少了一段。
    .money = 没有发送请求。以前的退款都在网关那里，不会丢失。
    .do =
    { $count ->
        [0] 位置上放的是另一个账本。请放回正确的再试，或恢复备份。
       *[other] 缺少 { $count } 条：旁边的文件被移走，或换成了旧备份。请纠正后重试，或恢复备份。
    }
ledger-newer = 这个账本已被更新版本的 Tillback 使用过。
    .money = 没有发送请求。已办理的退款都已保存。
    .do = 请重新安装新版 Tillback。此版本不得改动账本。
ledger-migration = 账本未能升级。
    .money = 没有发送请求。账本保持原样。
    .do = 请重试。如果仍然如此，请保存技术支持文件，并继续使用以前的 Tillback。
ledger-for-training = 这是培训用的账本。
    .money = 没有发送请求。里面没有真实退款。
    .do = 有人用它替换了真正的账本。请放回正确的再试。
ledger-for-real = 这是真实退款的账本，而收银机处于培训模式。
    .money = 没有发送请求。已办理的退款都已保存。
    .do = 请放回培训账本，或在设置中结束培训模式，再重试。
ledger-other = 无法打开账本。
    .money = 没有发送请求，没有更改任何退款。
    .do = 请重试。如果仍然如此，请保存技术支持文件并联系技术支持。
recovery-record-at = 账本在 { $path }
recovery-holder-till = 收银机 { $till }
recovery-holder-host = 电脑 { $host }
recovery-holder-process = 进程 { $pid }
recovery-holder-since = 打开时间：{ $since }
recovery-holder-unknown = 它没有说明自己是谁。
recovery-copies = 恢复备份…
recovery-again = 重试
recovery-support = 保存技术支持文件
recovery-folder = 显示文件夹
recovery-close = 关闭 Tillback
recovery-back = 返回
recovery-looking = 正在查找备份…
recovery-trying = 正在打开账本…
recovery-restoring = 正在恢复…
recovery-saving = 正在保存…
recovery-still = 情况没有变化。
recovery-saved = 技术支持文件已保存。
    .do = { $path } 中有账本、设置和日志，不含网关密钥。
recovery-not-saved = 无法保存。
recovery-folder-shown = 文件夹在另一个窗口打开。
recovery-folder-not-shown = 这里没有可以显示文件夹的程序。
    .do = 位置在 { $path }
recovery-copy-found = 有一份完好的备份：{ $when }。
recovery-no-copies = 没有找到完好的备份。
    .do = 请接上存放备份的磁盘再试。或保存技术支持文件并联系技术支持。
recovery-unknowns-none = 它包含账本中的全部退款。
recovery-unknowns = 有 { $count } 笔退款比备份新，会以“结果未知”转入，收银机会逐笔向网关查询。
recovery-unknowns-unreadable = 备份之后的退款可能缺失：现有账本无法读取。请与网关后台核对。
recovery-unknowns-at-least = 至少有 { $count } 笔退款比备份新，会以“结果未知”转入。可能还有更多：请与网关后台核对。
recovery-copy = { $when } · { $count } 笔退款
recovery-copy-as-of = 此备份截至 { $when }。
recovery-which = 哪一份备份？
recovery-which-how = 最新的最完整。每一份都刚刚检查过，完好无损。
recovery-use = 使用此备份…
recovery-aside = 不会删除任何内容。
    .do = 现有内容会完整地放到一边。等待重新发送的退款，如果没人知道结果，将被放弃。
recovery-word = 由经理说明原因
recovery-why = 为什么恢复备份？
recovery-reason-disk = 磁盘损坏
recovery-reason-damage = 账本损坏
recovery-reason-wrong-file = 放错了文件
recovery-who = 经理，及其在备份当时的 PIN 码
recovery-put-back = 恢复备份
recovery-not-restored = 没有恢复备份。
    .do = 一切保持原样。
recovery-done = 账本已恢复
recovery-brought-over = 从旧账本转入了 { $count } 笔退款。在网关答复前显示为核实中。
recovery-given-up = 已放弃 { $count } 笔等待重新发送的退款。请凭小票重新办理。
recovery-left-behind = 未能转入的退款有 { $references }。请在网关后台查找。
recovery-compare = 旧账本未能读到末尾。办理新退款前，请先与网关后台核对今天的退款。
recovery-aside-at = 旧账本在 { $path }。
recovery-start = 启动收银机
