## Paper, drawer and sounds, Simplified Chinese. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = 培训：没有资金变动
paper-copy = 副本 { $number }
paper-printed = 打印时间 { $when }
paper-open = 退款未完成
paper-refunded = 钱已退回 { $wallet }。
paper-declined = 没有成功。没有资金变动。
paper-pending = 退款已受理，尚未完成。钱会退到 { $wallet }。
paper-unknown = 这笔退款正在核实。钱会退到 { $wallet }，或本店会给您打电话。不得再次退款。
paper-not-refunded = 没有退款。
paper-sale = 交易
paper-wallet = 钱包
paper-invoice = 单据号
paper-reason = 原因
paper-signature = 签名
paper-for-customer = 顾客联
paper-for-store = 商家联
paper-test = 打印机测试
paper-test-how = 字母、中文和韩文、线的两端和条码都应完整清晰。
paper-test-left = 左
paper-test-right = 右
paper-report-day = 日报表
paper-report-shift = 班次报表
paper-report-going-on = 尚未结束：合计可能变化
paper-report-closed-by = 结束人
paper-report-more = 还有 { $count } 笔。
paper-report-line = { $name }（{ $count }）

### Printing, on the screen

print = 打印
print-again = 再次打印
print-waiting = 正在打印…
printed = 已打印。
printed-copy = 已打印：副本 { $number }。
printed-file = 已写入：{ $file }
printer-not-there = 打印机没有响应。
    .do = 电源和连线都接好了吗？然后按“打印”。
printer-not-allowed = 打印机已连接，但当前用户无权使用。
    .do = 请联系设置收银机的人：OPERATIONS 中的 “Printers” 有说明。
printer-in-use = 另一个程序正在使用打印机。
    .do = 请关闭它，或联系设置收银机的人。
printer-paper-out = 打印机缺纸。
    .do = 请换上新纸卷。然后按“打印”。
printer-cover-open = 打印机盖子开着。
    .do = 请合上盖子。然后按“打印”。
printer-off-line = 打印机脱机。
    .do = 请按它的按钮，或关机再开机。然后按“打印”。
printer-trouble = 打印机报告故障：卡纸、切刀或过热。
    .do = 请打开检查。然后按“打印”。
printer-timed-out = 打印机用时过长。
    .do = 请关机再开机。然后按“打印”。
printer-lost = 打印时与打印机断开。
    .do = 请看是否全部打出。否则按“打印”：会注明是副本。
printer-folder = 无法写入凭条文件夹。
    .do = 请接上磁盘，或联系设置收银机的人。
printer-disk-full = 没有空间保存凭条：磁盘已满。
    .do = 请联系负责收银机的人。
printer-record = 账本无法记录这张凭条，所以没有打印。
    .do = 请重试。如果仍然如此，请联系技术支持。
printer-busy = 等待打印的太多。
    .do = 请等待打印完成。
printer-stopped = 收银机的一部分停止并已重启。
    .do = 请再按“打印”。
print-refund-safe = 退款已记录，不受影响。以后可在退款记录里打印。
strip-printer = 打印机
settings-printer = 打印机
printer-none = 没有设置打印机。
    .do = 没有打印机也能退款。要打印凭条，请在设置文件中设置 [printer] 并重启收银机：OPERATIONS 中的 “Printers” 有说明。
printer-name = 打印到 { $name }
printer-good = 打印机已就绪。
printer-looking = 正在查找打印机…
printer-test = 打印测试页
printer-look = 重新查找
drawer-open = 打开钱箱
drawer-told = 已发出打开钱箱的指令。

### Sounds

settings-sound = 声音
sound-none = 本机不能播放声音：未安装播放器。
    .do = 所有提示音在屏幕上也会显示。
sound-muted = 声音已关闭
sound-volume = 音量 { $volume }
sound-quieter = 小一点
sound-louder = 大一点
sound-mute = 关闭
sound-each = 每种声音的含义。点按试听。
sound-read = 已读到条码
sound-refused = 未接受
sound-done = 钱已退回
sound-attention = 需要有人查看
sound-last = 上一个：{ $sound }
