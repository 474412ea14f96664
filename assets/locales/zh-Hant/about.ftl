## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = 關於
about-title = Tillback { $version }
about-record = 帳本
about-schema = 版本 { $number }
about-decoder = 讀碼
about-settings = 設定檔案
about-data = 資料和日誌
about-licenses = 授權
about-no-licenses = 程式套件裡的 LIBRARIES.txt
about-check = 檢查本機
about-pack = 產生支援檔案
about-checking = 正在檢查，可能要一分鐘。
about-good = 一切正常。
    .do = 檢查結果用英文顯示，方便支援人員查看。
about-faults = 有 { $count } 項要先處理，本機才能退款。
    .do = 檢查結果用英文顯示，方便支援人員查看。
about-packed = 已產生：{ $file }
    .do = 裡面沒有機密，傳送前可以查看。
about-made-up = 這裡都是示範資料，沒有要檢查的。
    .do = 在店裡的收銀機上，可以在這裡檢查。
about-not-written = 無法寫入支援檔案。
    .do = 請騰出磁碟空間，再按一次。
about-failed = 檢查沒有完成。
    .do = 請在命令列執行：tillback doctor
about-more = 繼續看
