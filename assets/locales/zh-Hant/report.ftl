# The Report screen.

ready-report = 報表
ready-shift = 班別
report-title = 報表
report-day = 日
report-shift = 班別
report-earlier = 上一份
report-later = 下一份
report-making = 正在彙總…
report-of-shift = 班別 { $number } · { $who }
report-shift-open = 自 { $from }
report-shift-closed = { $from } 至 { $to }
report-no-shift = 這裡還沒有開過班別。
report-unread = 現在無法生成報表。
    .money = 沒有送出，也沒有變更任何內容。
    .do = 請重試。如果仍然如此，請聯絡技術支援。
report-given-back = 已退
report-count = { $count } 筆退款
report-asked = 已申請
report-by-hand = 人工認定
report-unresolved = 有 { $count } 筆退款未完成。
    .do = 未計入下表。請在退款紀錄（F3）中查看。
report-besides =
    { $count ->
        [0] 本機沒有其他未完成的退款。
       *[other] 本機另有 { $count } 筆更早或其他的退款未完成。
    }
report-all-finished = 其中的退款都已完成。
report-record = 帳本：{ $count } 行，末端檢查碼
report-hours = 按小時
report-wallets = 錢包
report-reasons = 原因
report-people = 人員
report-states = 狀態
report-nothing = 沒有內容。
report-no-wallet = 未知
report-hours-said = 按小時的退款：{ $what }。
report-hour-said = { $hour } 點起 { $count } 筆
report-wallets-said = 按電子錢包的退款：{ $what }。
report-only = 僅 { $code }；其他貨幣見檔案。
report-export-csv = 儲存 CSV
report-export-json = 儲存 JSON
report-export-pdf = 儲存 PDF
report-print-lost = 列印時與印表機的連線中斷。
    .do = 請看是否全部印出。如果沒有，請再按「列印」。
report-exported = 已儲存為 { $name }
    .do = 在帳本旁的「exports」資料夾中。
report-not-exported = 檔案未寫入。
    .do = 磁碟已滿，或沒有寫入權限？
report-shift-begin = 開始我的班別
report-shift-end = 結束班別…
report-shift-end-now = 立即結束
report-shift-sure = 結束 { $who } 的班別 { $number }？
    .do = 報表會與帳本末端檢查碼一起儲存。未完成的會繼續跟進。
report-shift-refused = 無法變更班別。
    .do = 請重試。
report-training = 訓練：這些都不是真錢
report-state-prepared = 已記錄，未送出
report-state-sent = 處理中
report-state-refunded = 已退款
report-state-declined = 退款被拒
report-state-pending = 閘道處理中
report-state-unknown = 結果未知
report-state-not-sent = 未送出
report-state-not-executed = 未執行
report-state-abandoned = 已放棄
