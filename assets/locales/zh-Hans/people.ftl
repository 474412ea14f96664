## The words of everything about people, Simplified Chinese: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = 请输入 PIN 码，或先选姓名
locked-waits = 有一笔交易在等 { $name }。
locked-waits-do = 登录后即可继续。

### Badges

badge-unknown = 本机没有这张员工卡。
    .money = 没有退款。
    .do = 可能已换新卡。请用 PIN 码，或申请新卡。
badge-in-hand = { $name } 的员工卡
    .do = 请按按钮。按之前什么都不会发生。
badge-not-theirs = { $name } 的员工卡：不能用于此处
    .do = 须由另一人确认。
scan-badge = 这是员工卡，不是小票。
    .money = 没有退款。
    .do = 请扫描小票上的条码。员工卡用于批准和登录。
scan-badge-part = 这可能是经理员工卡的一部分。
    .money = 没有退款，也没有向别处查询。
    .do = 如果是员工卡：要求时请重新扫描。如果是小票：请输入号码。
scan-short-number = 本机没有这个号码的交易。
    .money = 没有退款，也没有向别处查询。
    .do = 请输入条码下方的全部数字。不要在这里输入 PIN 码。

### The first manager

first-title = 欢迎使用。谁是第一位经理？
first-about = 本机还没有任何人员。第一位经理负责批准退款并添加其他人。
    .do = 请输入姓名，再输入两次只有您知道的 PIN 码。
first-other-name = 其他姓名…
first-done = 开始

### A new PIN

new-pin-first = 新 PIN 码：4 至 12 位
new-pin-manager = 新 PIN 码：6 至 12 位
new-pin-again = 请再输入一次
new-pin-next = 下一步
new-pin-differ = 两次输入不一致。请重新输入新 PIN 码。
new-pin-rules = 经理的 PIN 码至少 6 位，收银员的至少 4 位。不能用日期、年份或 1234 之类的数字。
own-pin-open = 修改我的 PIN 码…
own-pin-title = 修改您的 PIN 码
own-pin-old = 现在的 PIN 码
own-pin-change = 修改我的 PIN 码
own-pin-done = 您的 PIN 码已更新。

### The People page

settings-people = 人员
people-choose = 请选择一位，或添加人员。
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · 员工卡
people-add = 添加人员…
people-add-done = 添加
people-done = 已完成，并已记入账本。
person-name = 姓名
person-name-next = 下一步：PIN 码
people-rename = 修改姓名
people-keep = 保持不变
people-set-pin = 设置新 PIN 码…
people-set-pin-done = 设置 PIN 码
people-pin-of = { $name } 的新 PIN 码
people-make-manager = 设为经理…
people-make-manager-done = 设为经理
people-manager-of = { $name } 将成为经理
people-make-cashier = 设为收银员…
people-make-cashier-done = 设为收银员
people-cashier-of = 将 { $name } 设为收银员？
people-cashier-about = 不能再批准，员工卡同时作废。PIN 码不变。
people-remove = 移除…
people-remove-done = 移除
people-remove-of = 移除 { $name }？
people-remove-about = 不能再登录，员工卡同时作废。退款记录里仍保留姓名。
badge-make = 制作员工卡
badge-replace = 制作新员工卡
badge-made = 员工卡可以打印了。
badge-made-do = 请按原尺寸打印 { $file }，然后删除文件：拿到它的人都能批准。旧卡已作废。
badge-file-remove = 已打印：删除文件
badge-file-gone = 文件已删除。
badge-revoke = 作废员工卡…
badge-revoke-done = 作废
badge-revoke-of = 作废 { $name } 的员工卡？
badge-revoke-about = 立即不能再用于批准。可以重新制作。
badge-file-not-written = 无法写入员工卡文件。
    .money = 没有制作员工卡，没有资金变动。
    .do = 请腾出磁盘空间，或询问负责这台电脑的人。
people-too-short = 此 PIN 码至少需要 { $digits } 位。
    .money = 没有任何更改。
    .do = 请输入更长的 PIN 码。
people-pin-not-free = 此 PIN 码不能使用。
    .money = 没有任何更改。
    .do = 请另选一个。不能用日期、年份或 1234 之类的数字。
people-name-taken = 已有人使用此姓名。
    .money = 没有任何更改。
    .do = 请换一个姓名。
people-last-manager = 这是最后一位经理。
    .money = 没有任何更改。
    .do = 请先将另一人设为经理。
people-not-a-manager = 只有经理能这样做。
    .money = 没有任何更改。
    .do = 请找经理。
people-needs-pin = 经理需要更长的 PIN 码。
    .money = 没有任何更改。
    .do = 请设置至少 6 位的 PIN 码。
people-not-the-first = 本机已有人员。
    .money = 没有任何更改。
    .do = 请关闭此窗口并重新打开，然后登录。
