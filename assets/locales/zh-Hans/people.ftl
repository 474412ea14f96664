## The words of everything about people, Simplified Chinese: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = 这里不认识这张员工卡。
    .money = 没有退款。
    .do = 可能已更换。请用 PIN 码，或申请新卡。
