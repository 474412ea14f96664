## 画面四周的用语，简体中文：按键、提示。

sheet-title = 按键
sheet-here = 这个画面
sheet-everywhere = 所有画面
sheet-close = 关闭
sheet-note = 打开时不会按到画面上的任何按钮。
sheet-digits = 输入数字
sheet-arrows = 上下选择
sheet-choices = 翻页
sheet-tab = 下一个按钮；加 Shift 是上一个
sheet-space = 按下有框的按钮
sheet-enter = 按下主按钮或有框的按钮
sheet-f1-key = F1
sheet-f1 = 这张按键表
sheet-open = 打开
sheet-nothing = 这里现在没有可用的按键。
key-tab = Tab
key-space = 空格
key-arrows = 方向键
key-digits = 0 到 9
key-delete = Delete
sign-read = 已读取
sign-refused = 已拒绝
sign-done = 完成
sign-attention = 请看这里
sound-twin = 每个声音都在下方显示为文字，静音时也一样。
