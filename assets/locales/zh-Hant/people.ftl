## The words of everything about people, Traditional Chinese: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = 這裡不認識這張員工證。
    .money = 沒有退款。
    .do = 可能已更換。請用 PIN 碼，或申請新卡。
