# The Report screen.

ready-report = 报表
ready-shift = 班次
report-title = 报表
report-day = 日
report-shift = 班次
report-earlier = 上一份
report-later = 下一份
report-making = 正在汇总…
report-of-shift = 班次 { $number } · { $who }
report-shift-open = 自 { $from }
report-shift-closed = { $from } 至 { $to }
report-no-shift = 这里还没有开过班次。
report-unread = 现在无法生成报表。
    .money = 没有发送，也没有更改任何内容。
    .do = 请重试。如果仍然如此，请联系技术支持。
report-given-back = 已退
report-count = { $count } 笔退款
report-asked = 已申请
report-by-hand = 人工认定
report-unresolved = 有 { $count } 笔退款未完成。
    .do = 未计入下表。请在退款记录（F3）中查看。
report-besides =
    { $count ->
        [0] 本机没有其他未完成的退款。
       *[other] 本机另有 { $count } 笔更早或其他的退款未完成。
    }
report-all-finished = 其中的退款都已完成。
report-record = 账本：{ $count } 行，末端校验码
report-hours = 按小时
report-wallets = 钱包
report-reasons = 原因
report-people = 人员
report-states = 状态
report-nothing = 没有内容。
report-no-wallet = 未知
report-hours-said = 按小时的退款：{ $what }。
report-hour-said = { $hour } 点起 { $count } 笔
report-wallets-said = 按电子钱包的退款：{ $what }。
report-only = 仅 { $code }；其他货币见文件。
report-export-csv = 保存 CSV
report-export-json = 保存 JSON
report-export-pdf = 保存 PDF
report-print-lost = 打印时与打印机断开。
    .do = 请看是否全部打出。如果没有，请再按“打印”。
report-exported = 已保存为 { $name }
    .do = 在账本旁的“exports”文件夹中。
report-not-exported = 文件未写入。
    .do = 磁盘已满，或没有写入权限？
report-shift-begin = 开始我的班次
report-shift-end = 结束班次…
report-shift-end-now = 立即结束
report-shift-sure = 结束 { $who } 的班次 { $number }？
    .do = 报表会与账本末端校验码一起保存。未完成的会继续跟进。
report-shift-refused = 无法更改班次。
    .do = 请重试。
report-training = 培训：这些都不是真钱
report-state-prepared = 已记录，未发送
report-state-sent = 处理中
report-state-refunded = 已退款
report-state-declined = 退款被拒
report-state-pending = 网关处理中
report-state-unknown = 结果未知
report-state-not-sent = 未发送
report-state-not-executed = 未执行
report-state-abandoned = 已放弃
