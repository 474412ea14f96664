## 畫面四周的用語，繁體中文：按鍵、提示。

sheet-title = 按鍵
sheet-here = 這個畫面
sheet-everywhere = 所有畫面
sheet-close = 關閉
sheet-note = 開啟時不會按到畫面上的任何按鈕。
sheet-digits = 輸入數字
sheet-arrows = 上下選擇
sheet-choices = 翻頁
sheet-tab = 下一個按鈕；加 Shift 是上一個
sheet-space = 按下有框的按鈕
sheet-enter = 按下主按鈕或有框的按鈕
sheet-f1-key = F1
sheet-f1 = 這張按鍵表
sheet-open = 開啟
sheet-nothing = 這裡現在沒有可用的按鍵。
key-tab = Tab
key-space = 空白鍵
key-arrows = 方向鍵
key-digits = 0 到 9
key-delete = Delete
sign-read = 已讀取
sign-refused = 已拒絕
sign-done = 完成
sign-attention = 請看這裡
sound-twin = 每個聲音都在下方顯示為文字，靜音時也一樣。
