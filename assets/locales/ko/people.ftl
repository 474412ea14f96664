## The words of everything about people, Korean: signing in, badges, the first manager, the People page.

### Signing in

locked-pin-alone = PIN을 입력하거나 이름부터 선택하세요
locked-waits = { $name } 님이 하던 거래가 남아 있습니다.
locked-waits-do = 로그인하면 이어집니다.

### Badges

badge-unknown = 이곳에 등록되지 않은 사원증입니다.
    .money = 환불되지 않았습니다.
    .do = 교체되었을 수 있습니다. PIN을 쓰거나 새 사원증을 요청하세요.
badge-in-hand = { $name } 님의 사원증
    .do = 이제 버튼을 누르세요. 그 전에는 아무 일도 일어나지 않습니다.
badge-not-theirs = { $name } 님의 사원증: 여기에는 쓸 수 없음
    .do = 다른 사람이 확인해야 합니다.
scan-badge = 영수증이 아니라 사원증입니다.
    .money = 환불되지 않았습니다.
    .do = 영수증의 바코드를 스캔하세요. 사원증은 승인과 로그인에 씁니다.
scan-badge-part = 매니저 사원증의 일부일 수 있습니다.
    .money = 환불되지 않았고, 다른 곳에 묻지도 않았습니다.
    .do = 사원증이라면 요청하는 곳에서 다시 스캔하세요. 영수증이라면 번호를 입력하세요.
scan-short-number = 이 단말기에 없는 거래 번호입니다.
    .money = 환불되지 않았고, 다른 곳에 묻지도 않았습니다.
    .do = 바코드 아래 숫자를 모두 입력하세요. 여기에는 PIN을 입력하지 마세요.

### The first manager

first-title = 환영합니다. 첫 매니저는 누구인가요?
first-about = 이 단말기에는 아직 아무도 없습니다. 첫 매니저가 환불을 승인하고 다른 사람을 추가합니다.
    .do = 이름을 입력한 다음, 본인만 아는 PIN을 두 번 입력하세요.
first-other-name = 다른 이름…
first-done = 시작

### A new PIN

new-pin-first = 새 PIN: 4~12자리
new-pin-manager = 새 PIN: 6~12자리
new-pin-again = 같은 PIN을 한 번 더
new-pin-next = 다음
new-pin-differ = 두 PIN이 서로 다릅니다. 새 PIN을 다시 입력하세요.
new-pin-rules = 매니저 PIN은 6자리 이상, 계산원 PIN은 4자리 이상입니다. 날짜, 연도, 1234 같은 숫자는 쓸 수 없습니다.
own-pin-open = 내 PIN 바꾸기…
own-pin-title = 내 PIN 바꾸기
own-pin-old = 지금 쓰는 PIN
own-pin-change = 내 PIN 바꾸기
own-pin-done = 새 PIN으로 바뀌었습니다.

### The People page

settings-people = 직원
people-choose = 직원을 선택하거나 새로 추가하세요.
people-line = { $name } · { $role }
people-line-badge = { $name } · { $role } · 사원증
people-add = 직원 추가…
people-add-done = 추가
people-done = 완료했습니다. 장부에 기록되었습니다.
person-name = 이름
person-name-next = 다음: PIN
people-rename = 이름 바꾸기
people-keep = 그대로 두기
people-set-pin = 새 PIN 설정…
people-set-pin-done = PIN 설정
people-pin-of = { $name } 님의 새 PIN
people-make-manager = 매니저로 변경…
people-make-manager-done = 매니저로 변경
people-manager-of = { $name } 님이 매니저가 됩니다
people-make-cashier = 계산원으로 변경…
people-make-cashier-done = 계산원으로 변경
people-cashier-of = { $name } 님을 계산원으로 바꿀까요?
people-cashier-about = 더는 승인할 수 없고 사원증이 해지됩니다. PIN은 그대로입니다.
people-remove = 삭제…
people-remove-done = 삭제
people-remove-of = { $name } 님을 삭제할까요?
people-remove-about = 더는 로그인할 수 없고 사원증이 해지됩니다. 환불 내역의 이름은 남습니다.
badge-make = 사원증 만들기
badge-replace = 새 사원증 만들기
badge-made = 사원증을 인쇄할 수 있습니다.
badge-made-do = { $file } 파일을 실제 크기로 인쇄한 다음 지우세요. 파일이 있으면 누구나 승인할 수 있습니다. 이전 사원증은 이제 쓸 수 없습니다.
badge-file-remove = 인쇄했습니다: 파일 지우기
badge-file-gone = 파일을 지웠습니다.
badge-revoke = 사원증 해지…
badge-revoke-done = 해지
badge-revoke-of = { $name } 님의 사원증을 해지할까요?
badge-revoke-about = 바로 승인에 쓸 수 없게 됩니다. 사원증은 새로 만들 수 있습니다.
badge-file-not-written = 사원증 파일을 저장하지 못했습니다.
    .money = 사원증은 만들어지지 않았고 돈도 나가지 않았습니다.
    .do = 디스크 공간을 비우거나 이 컴퓨터 담당자에게 문의하세요.
people-too-short = 이 PIN은 { $digits }자리 이상이어야 합니다.
    .money = 바뀐 것이 없습니다.
    .do = 더 길게 입력하세요.
people-pin-not-free = 이 PIN은 쓸 수 없습니다.
    .money = 바뀐 것이 없습니다.
    .do = 다른 PIN을 고르세요. 날짜, 연도, 1234 같은 숫자는 쓸 수 없습니다.
people-name-taken = 이미 있는 이름입니다.
    .money = 바뀐 것이 없습니다.
    .do = 다른 이름을 쓰세요.
people-last-manager = 마지막 매니저입니다.
    .money = 바뀐 것이 없습니다.
    .do = 먼저 다른 사람을 매니저로 바꾸세요.
people-not-a-manager = 매니저만 할 수 있습니다.
    .money = 바뀐 것이 없습니다.
    .do = 매니저에게 요청하세요.
people-needs-pin = 매니저는 더 긴 PIN을 써야 합니다.
    .money = 바뀐 것이 없습니다.
    .do = 6자리 이상으로 설정하세요.
people-not-the-first = 이미 이 단말기를 쓰는 사람이 있습니다.
    .money = 바뀐 것이 없습니다.
    .do = 창을 닫고 다시 연 다음 로그인하세요.
