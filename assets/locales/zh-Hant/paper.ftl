## Paper, drawer and sounds, Traditional Chinese. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = 培訓：沒有資金變動
paper-copy = 副本 { $number }
paper-printed = 列印時間 { $when }
paper-open = 退款未完成
paper-refunded = 錢已退回 { $wallet }。
paper-declined = 沒有成功。沒有資金變動。
paper-pending = 退款已受理，尚未完成。錢會退到 { $wallet }。
paper-unknown = 這筆退款正在查證。錢會退到 { $wallet }，或本店會給您打電話。不得再次退款。
paper-not-refunded = 沒有退款。
paper-sale = 交易
paper-wallet = 錢包
paper-invoice = 單據號碼
paper-reason = 原因
paper-signature = 簽名
paper-for-customer = 顧客聯
paper-for-store = 商家聯
paper-test = 印表機測試
paper-test-how = 字母、中文和韓文、線的兩端和條碼都應完整清晰。
paper-test-left = 左
paper-test-right = 右
paper-report-day = 日報表
paper-report-shift = 班次報表
paper-report-going-on = 尚未結束：合計可能變動
paper-report-closed-by = 結束人
paper-report-more = 還有 { $count } 筆。
paper-report-line = { $name }（{ $count }）

### Printing, on the screen

print = 列印
print-again = 再次列印
print-waiting = 正在列印…
printed = 已列印。
printed-copy = 已列印：副本 { $number }。
printed-file = 已寫入：{ $file }
printer-not-there = 印表機沒有回應。
    .do = 電源和連線都接好了嗎？然後按「列印」。
printer-not-allowed = 印表機已連線，但目前的使用者無權使用。
    .do = 請聯絡設定收銀機的人：OPERATIONS 中的 「Printers」 有說明。
printer-in-use = 另一個程式正在使用印表機。
    .do = 請關閉它，或聯絡設定收銀機的人。
printer-paper-out = 印表機缺紙。
    .do = 請換上新紙卷。然後按「列印」。
printer-cover-open = 印表機蓋子開著。
    .do = 請合上蓋子。然後按「列印」。
printer-off-line = 印表機離線。
    .do = 請按它的按鈕，或關機再開機。然後按「列印」。
printer-trouble = 印表機報告故障：卡紙、切刀或過熱。
    .do = 請開啟檢查。然後按「列印」。
printer-timed-out = 印表機用時過長。
    .do = 請關機再開機。然後按「列印」。
printer-lost = 列印時與印表機斷開。
    .do = 請看是否全部打出。否則按「列印」：會註明是副本。
printer-folder = 無法寫入單據資料夾。
    .do = 請接上磁碟，或聯絡設定收銀機的人。
printer-disk-full = 沒有空間儲存單據：磁碟已滿。
    .do = 請聯絡負責收銀機的人。
printer-record = 帳本無法記錄這張單據，所以沒有列印。
    .do = 請重試。如果仍然如此，請聯絡技術支援。
printer-busy = 等待列印的太多。
    .do = 請等待列印完成。
printer-stopped = 收銀機的一部分停止並已重新啟動。
    .do = 請再按「列印」。
print-refund-safe = 退款已記錄，不受影響。以後可在退款記錄裡列印。
strip-printer = 印表機
settings-printer = 印表機
printer-none = 沒有設定印表機。
    .do = 沒有印表機也能退款。要列印單據，請在設定檔案中設定 [printer] 並重新啟動收銀機：OPERATIONS 中的 「Printers」 有說明。
printer-name = 列印到 { $name }
printer-good = 印表機已就緒。
printer-looking = 正在查詢印表機…
printer-test = 列印測試頁
printer-look = 重新查詢
drawer-open = 開啟錢箱
drawer-told = 已發出開啟錢箱的指令。

### Sounds

settings-sound = 聲音
sound-none = 本機不能播放聲音：未安裝播放程式。
    .do = 所有提示音在螢幕上也會顯示。
sound-muted = 聲音已關閉
sound-volume = 音量 { $volume }
sound-quieter = 小一點
sound-louder = 大一點
sound-mute = 關閉
sound-each = 每種聲音的含義。按試聽。
sound-read = 已讀到條碼
sound-refused = 未接受
sound-done = 錢已退回
sound-attention = 需要有人查看
sound-last = 上一個：{ $sound }
