## The words of everything about people, English: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = This badge is not known here.
    .money = Nothing was refunded.
    .do = It may have been replaced. Use your PIN, or ask for a new badge.
