## The words of everything about people, Korean: signing in, badges, the first manager, the People page.

### Badges

badge-unknown = 이곳에 등록되지 않은 사원증입니다.
    .money = 환불되지 않았습니다.
    .do = 교체되었을 수 있습니다. PIN을 쓰거나 새 사원증을 요청하세요.
