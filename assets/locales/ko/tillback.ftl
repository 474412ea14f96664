## The words of the window, Korean (합니다 and 하세요 style). No particle that depends on what is put in: another word stands between.
##
## Glossary, to be kept to in every file of this folder:
##   refund = 환불        sale = 거래         receipt = 영수증     till = 단말기      wallet = 결제 앱
##   gateway = 게이트웨이  manager = 매니저    cashier = 계산원     scanner = 스캐너   record (ledger) = 장부
##   copy (backup) = 백업  amount = 금액       reason = 사유        being checked = 확인 중   declined = 환불 거절
##   unknown = 결과 미확인       release, give up = 포기       dashboard = 관리 화면   settings = 설정
##   bill in the wallet = 결제 내역   support = 지원팀   training = 연습   shift = 근무
##   refunded = 환불 완료   not sent = 전송 안 됨   slip = 전표   invoice = 인보이스   badge = 사원증   passphrase = 암호 문구   not accepted (a scan, a PIN) = 처리 안 됨

### Everywhere

app-name = Tillback
place = { $store } · { $till }
role-cashier = 계산원
role-manager = 매니저
step-scan = 스캔
step-sale = 거래
step-approve = 승인
step-done = 완료
steps-label = 4단계 중 { $number }단계: { $name }
training-band = 연습 모드 · 실제 돈은 나가지 않습니다
training-band-pins = 연습 모드 · 실제 돈은 나가지 않습니다 · PIN: 매니저 { $manager }, 계산원 { $cashier }
training-band-pin = 연습 모드 · 실제 돈은 나가지 않습니다 · 매니저 PIN: { $pin }
time-today = 오늘 { $clock }
time-yesterday = 어제 { $clock }
key-enter = Enter
key-escape = Esc
key-page-up = PgUp
key-page-down = PgDn
button-cancel = 취소
button-back = 뒤로
support-code = 지원팀용: { $code }

### The strip at the bottom

strip-gateway = 게이트웨이
strip-scanner = 스캐너
strip-serial = 시리얼 스캐너
strip-hid = USB 스캐너
strip-camera = 카메라
light-good = { $device }
light-waiting = { $device }: 대기 중
light-bad = { $device }: 작동 안 함
light-off = { $device }: 꺼짐
light-state-good = 작동 중
light-state-waiting = 대기 중
light-state-bad = 작동 안 함
light-state-off = 꺼짐
strip-unresolved = 환불 { $count }건 확인 중
strip-waiting = 매니저를 기다리는 환불 { $count }건
strip-contradicted = 게이트웨이와 다른 환불 { $count }건
strip-record-checking = 장부 검사 중
strip-record-damaged = 장부 손상: 환불 불가
strip-copy-room = 장부 백업 안 됨: 공간 부족
strip-copy-folder = 장부 백업 안 됨: 폴더 없음
strip-copy-other = 장부 백업 안 됨
strip-sales-folder = 매출 폴더를 읽을 수 없음: doctor 실행
strip-sales-held = 매출 폴더에 파일이 남아 있음: doctor 실행
strip-sales-failed = 매출 파일 { $count }개 거부됨: failed 폴더 확인
strip-sales-port = 다른 프로그램이 매출 포트 { $port } 사용 중

### Locked

locked-who = 누가 근무 중인가요?
locked-nobody = 아직 로그인할 수 있는 사람이 없습니다.
    .money = 환불을 할 수 없습니다.
    .do = 첫 매니저를 추가하세요: tillback operators add
locked-pin = 내 PIN
locked-choose = 먼저 이름을 선택하세요
locked-unlock = 잠금 해제
locked-checking = 확인 중…

### PIN pad and keypad

pin-digits =
    { $count ->
        [0] PIN: 입력 없음
       *[other] PIN: { $count }자리
    }
pad-clear = 지우기
pad-back = 삭제
pad-back-label = 마지막 숫자 삭제
pad-point = .
pad-point-label = 소수점

### Ready

ready-refund = 환불
ready-or-scan = 또는 영수증을 바로 스캔하세요
ready-lock = 잠금
ready-settings = 설정…
ready-refunds = 환불 내역
ready-refunds-waiting = 환불 내역: 확인할 것 { $count }건

### Scan

scan-title = 영수증 또는 고객 결제 앱의 결제 내역을 스캔하세요
scan-how = Alipay나 WeChat Pay에서 결제 내역의 상세 화면을 여세요. 결제할 때 쓰는 코드는 스캔하지 마세요.
scan-type = 바코드가 안 되나요? 그 아래 번호를 입력하세요
scan-field = 거래 번호
scan-pad = 123
scan-pad-label = 숫자판
scan-find = 거래 찾기
scan-finding = 거래를 찾는 중…
scan-finding-number = { $number }
scan-again = 다시 스캔하거나 번호를 입력하세요
camera-picture = 카메라 화면
camera-found = 카메라 화면: 코드를 찾았습니다
camera-starting = 카메라를 켜는 중…
camera-off = 카메라 없음
    .do = 스캐너를 쓰거나 번호를 입력하세요.
camera-bad = 카메라가 응답하지 않습니다
    .do = 스캐너를 쓰거나 번호를 입력하세요. 카메라 케이블을 확인하세요.
camera-no-camera = 연결된 카메라가 없습니다
    .do = 카메라를 연결하거나, 스캐너를 쓰거나, 번호를 입력하세요.
camera-other = 선택한 카메라가 연결되지 않았습니다
    .do = 연결하거나, 매니저가 설정에서 다른 카메라를 선택하세요.
camera-busy = 카메라를 열 수 없습니다
    .do = 카메라를 쓰는 다른 프로그램을 닫으세요. 그동안은 스캐너를 쓰거나 번호를 입력하세요.
camera-lost = 카메라 연결이 끊어졌습니다
    .do = 다시 연결하세요. 그동안은 스캐너를 쓰거나 번호를 입력하세요.
camera-no-folder = 그림 폴더를 읽을 수 없습니다
    .do = 스캐너를 쓰거나 번호를 입력하세요.
hint-closer = 더 가까이 대세요.
    .do = 바코드가 화면의 절반쯤 차야 합니다.
hint-still = 흔들리지 않게 들어 주세요.
    .do = 화면이 흐립니다.
hint-light = 더 밝게 해 주세요.
    .do = 화면이 너무 어둡습니다.
hint-tilt = 조금 기울이세요.
    .do = 빛이 카메라에 반사됩니다.

### Settings

settings-title = 설정
settings-back = 뒤로
settings-scanner = 스캐너
settings-camera = 카메라
settings-door = 설정
settings-door-why = 매니저의 PIN으로 열 수 있습니다.
settings-open = 열기
settings-nobody = 아직 매니저가 없습니다.
    .do = 추가하세요: tillback operators add
kept = 저장했습니다.
    .do = 지금부터 적용됩니다.
kept-read-only = 단말기를 닫을 때까지만 적용됩니다.
    .do = 설정 파일에 쓸 수 없습니다. 어떤 파일인지는 “tillback doctor”가 알려 줍니다.
kept-disk-full = 단말기를 닫을 때까지만 적용됩니다.
    .do = 단말기 디스크가 가득 찼습니다.
kept-unreadable = 단말기를 닫을 때까지만 적용됩니다.
    .do = 설정 파일을 더는 읽을 수 없습니다. 이유는 “tillback doctor”가 알려 줍니다.
kept-failed = 단말기를 닫을 때까지만 적용됩니다.
    .do = 설정 파일을 쓰지 못했습니다.

### Settings: scanner

scanner-qr = 테스트 코드, QR
scanner-code128 = 테스트 코드, Code 128
scanner-how = 두 코드 중 하나를 스캔하세요. 스캐너 설정 상태와 바꿀 것을 알려 줍니다.
scanner-waiting = 스캔을 기다리는 중…
scanner-good = 바꿀 것이 없습니다.
scanner-change = 다음을 바꿔 주세요.
scanner-from-keyboard = 키보드 방식 스캐너로 읽었습니다.
scanner-from-serial = 시리얼 스캐너로 읽었습니다.
scanner-from-hid = USB 스캐너로 읽었습니다.
scanner-typed = 키보드로 입력한 것처럼 들어왔습니다.
scanner-kind-keyboard = 키보드 방식 스캐너
scanner-kind-serial = 시리얼 스캐너
scanner-kind-hid = USB 스캐너
scanner-has-typed = 스캔한 적 있음.
scanner-not-typed-yet = 아직 스캔하지 않음.
scanner-working = 연결됨.
scanner-starting = 찾는 중…
scanner-off = 설정 파일에서 꺼져 있습니다.
scanner-not-there = 연결되지 않음. 연결하면 자동으로 찾습니다.
scanner-not-allowed-serial = 이 사용자는 쓸 수 없습니다. 사용자를 “dialout” 그룹에 추가하세요.
scanner-not-allowed-hid = 이 사용자는 쓸 수 없습니다. udev 규칙이 없습니다.
scanner-in-use = 다른 프로그램이 쓰고 있습니다. 그 프로그램을 닫으세요.
scanner-lost = 연결이 끊어졌습니다. 다시 연결하면 자동으로 찾습니다.
scanner-not-understood = 이 모드에서는 쓸 수 없습니다. “tillback doctor”에서 자세히 볼 수 있습니다.
finding-torn = 코드의 일부만 들어왔습니다.
    .do = 다시 스캔하세요.
finding-other = 다른 코드입니다.
    .do = 위의 두 코드 중 하나를 스캔하세요.
finding-no-digits = 글자가 틀리고 숫자가 없습니다.
    .do = 설명서의 설정 코드로 키보드를 “US” 또는 “English”로 맞추세요.
finding-slow = 스캐너가 너무 느립니다.
    .do = 설명서의 설정 코드로 글자 사이 지연을 없애세요.
finding-typed-off = 키보드 방식 스캐너가 꺼져 있습니다.
    .do = 쓰려면 설정 파일에 wedge = true 를 쓰세요.
finding-tills-layout = 이 컴퓨터의 키보드로 설정되어 있습니다.
    .do = 쓸 수 있습니다. “US keyboard”가 더 안전합니다.
finding-layout = { $what } 키보드로 설정되어 있습니다.
    .do = 설명서의 설정 코드로 “US keyboard”로 맞추세요.
finding-case = 대문자와 소문자가 바뀌었습니다.
    .do = 이곳과 스캐너에서 Caps Lock을 끄세요.
finding-no-end = 코드 뒤에 아무것도 보내지 않습니다.
    .do = 쓸 수 있지만 조금 늦습니다. Enter(CR)가 더 빠릅니다.
finding-tab-end = 코드 뒤에 Tab을 보냅니다.
    .do = 쓸 수 있습니다.
finding-aim = 읽은 코드의 종류를 알려 줍니다({ $what }).
    .do = 좋습니다. 상품과 영수증이 구별됩니다.
finding-no-aim = 읽은 코드의 종류를 알려 주지 않습니다.
    .do = 쓸 수 있습니다. “AIM identifier”를 켜면 상품과 영수증이 더 확실히 구별됩니다.
finding-separator = 코드 안의 구분자를 빠뜨립니다.
    .do = 설명서의 설정 코드로 GS(FNC1, ASCII 29)를 보내게 하세요.
finding-separator-replaced = 코드 안의 구분자 대신 “{ $what }” 글자를 보냅니다.
    .do = 설명서의 설정 코드로 GS(FNC1, ASCII 29)를 보내게 하세요.
finding-prefix = 코드마다 앞에 “{ $what }” 글자를 보냅니다.
    .do = 끄거나 설정 파일에 prefix로 쓰세요.
finding-keep = 설정 파일에 쓰기
finding-prefix-known = 코드마다 앞에 “{ $what }” 글자를 보냅니다.
    .do = 쓸 수 있습니다. 설정 파일에 있습니다.
finding-suffix = 코드마다 뒤에 “{ $what }” 글자를 보냅니다.
    .do = 끄거나 설정 파일에 suffix로 쓰세요.
finding-suffix-known = 코드마다 뒤에 “{ $what }” 글자를 보냅니다.
    .do = 쓸 수 있습니다. 설정 파일에 있습니다.
layout-uk = 영국식
layout-german = 독일식
layout-french = 프랑스식
layout-spanish = 스페인식

### Settings: camera

camera-which = 어떤 카메라를 쓸까요?
camera-first = 처음 찾은 카메라
camera-folder = 폴더의 그림
camera-none = 카메라 없음
camera-not-there = 연결 안 됨: { $name }
camera-none-found = 연결된 카메라가 없습니다.
    .do = 연결하고 다시 찾으세요.
camera-is-folder = 폴더의 그림을 보여 줍니다.
    .do = 카메라는 찾지 않습니다.
camera-look-again = 다시 찾기
camera-looking = 찾는 중…
camera-open = { $name }, { $format }
camera-read = 코드를 읽었습니다: { $text }

### Settings: rules

settings-rules = 규칙
settings-gateway = 게이트웨이
settings-training = 연습
rules-line = { $name }: { $value }
rules-approval = 확인하는 사람
rules-cashiers = 계산원
rules-managers = 매니저
rules-sales = 거래
rules-hours = 영업시간
rules-reasons = 사유
rules-approval-about = 다른 규칙에 걸리지 않는 환불을 누가 승인할지 정합니다.
rules-people-about = 본인이 요청하는 환불에 적용됩니다. 한도를 넘으면 요청하지 않은 매니저가 메모와 함께 허용할 수 있습니다.
rules-sales-about = 이를 넘으면 요청하지 않은 매니저가 허용해야 합니다. 같은 금액을 다시 환불하려면 매니저 두 명이 필요합니다.
rules-hours-about = 이 시간 밖의 환불은 매니저에게 알립니다.
rules-reasons-about = 계산원이 고르는 항목입니다. 누르면 없어집니다.
rules-reason-new = 새 사유
rules-reason-add = 추가
rules-reason-remove = 없애기: { $reason }
rules-kept = 저장했습니다. 지금부터 적용되고 장부에 기록됩니다.
rules-next-start = 적어 두었고 다음 시작부터 적용됩니다. 지금은 장부에 기록할 수 없었습니다.
rules-not-kept = 저장하지 않았습니다. 바뀐 것이 없습니다.
    .do = 설정 파일을 쓰지 못했습니다. 이유는 “tillback doctor”가 알려 줍니다.
rules-refused = 이 값은 쓸 수 없습니다. 바뀐 것이 없습니다.
rules-allowed-number = { $least }에서 { $most }까지.
rules-allowed-amount = 매장 통화로 낼 수 있는 0보다 큰 금액.
rules-allowed-hours = 09:00-21:00처럼 서로 다른 두 시각.
rules-allowed-reasons = 사유 1~20개, 각각 120자까지.
rules-now = 현재: { $value }
rules-keep = 저장
rules-nothing-typed = 값을 입력하세요
rule-name-cashier-alone = 계산원 혼자 확인할 수 있는 한도
rule-name-own-approval = 매니저가 본인 요청을 확인
rule-name-approval-seconds = 승인 유효 시간
rule-name-per-refund = 한 번에
rule-name-per-shift = 한 근무에
rule-name-per-day = 하루에
rule-name-sale-age = 거래 후 환불 가능 기간
rule-name-refunds-per-sale = 거래당 환불 횟수
rule-name-same-amount = 같은 금액을 또 환불할 때 매니저 두 명이 필요한 시간
rule-name-hours = 매일
rule-name-monday = 월요일
rule-name-tuesday = 화요일
rule-name-wednesday = 수요일
rule-name-thursday = 목요일
rule-name-friday = 금요일
rule-name-saturday = 토요일
rule-name-sunday = 일요일
rule-never = 사용 안 함
rule-yes = 예
rule-no = 아니요
rule-no-limit = 한도 없음
rule-hours-none = 설정 안 됨
rule-hours-usual = 매일과 같음
rule-hours-closed = 휴무
rule-hours-closed-all-day = 종일 휴무
rule-set-never = 사용 안 함
rule-set-usual = 기본값
rule-set-no-hours = 시간 없음
rule-set-as-every-day = 매일과 같게
rule-set-no-limit = 한도 없음
rule-seconds = { $count }초
rule-minutes = { $count }분
rule-days = { $count }일
rule-times = 환불 { $count }건

### Settings: gateway

gateway-which = 어느 게이트웨이인가요?
gateway-production = 운영 환경: 실제 돈
gateway-sandbox = 샌드박스: 테스트용
gateway-sandbox-old = 이전 샌드박스
gateway-merchant = 가맹점 번호
gateway-store = 매장 번호
gateway-other = 현재: { $address }, 이 컴퓨터.
gateway-fixed = 연습 모드에서는 이 컴퓨터의 게이트웨이를 씁니다.
gateway-keep = 이 계정 저장
gateway-kept = 저장했습니다. 단말기를 다시 시작하면 적용됩니다.
gateway-token = API 토큰
gateway-token-field = 새 토큰
gateway-token-keep = 이 토큰 저장
gateway-test = 지금 테스트
gateway-testing = 게이트웨이에 확인 중…
token-in-keyring = 토큰이 시스템 키 보관함에 있습니다.
    .do = 새 토큰은 바로 적용됩니다.
token-by-passphrase = 토큰이 암호 문구로 잠근 파일에 있습니다.
    .do = 시작할 때마다 누군가 암호 문구를 입력해야 합니다.
token-to-machine = 토큰이 이 컴퓨터에서만 열리는 파일에 있습니다.
    .do = 복사해도 다른 곳에서는 쓸 수 없지만 이 사용자의 프로그램은 열 수 있습니다. 암호 문구가 더 안전합니다: tillback token set --passphrase
token-in-variable = 단말기를 시작하는 사람이 토큰을 넣습니다.
    .do = 다른 토큰보다 먼저 쓰입니다.
token-sample = 공개된 예시 토큰입니다.
    .do = 이곳 밖에서는 쓸모가 없습니다.
token-missing = 아직 토큰이 없습니다.
    .do = 여기에 입력하거나 “tillback token set”을 쓰세요.
token-none = 토큰이 아닙니다.
    .do = 글자, 숫자, 기호로 된 한 줄입니다.
token-not-allowed = 매니저만 토큰을 넣을 수 있고 연습 모드에서는 저장하지 않습니다.
    .do = 바뀐 것이 없습니다.
token-not-kept = 토큰을 저장하거나 읽을 수 없습니다.
    .do = “tillback doctor”에서 자세히 볼 수 있습니다.
gateway-accepted = 게이트웨이가 이 계정과 토큰을 받아들입니다.
    .do = 환불하지 않았습니다. 없는 거래에 대해 물었습니다.
gateway-refused = 게이트웨이가 이 계정과 토큰을 받아들이지 않습니다.
    .do = 토큰, 가맹점 번호, 매장 번호 중 하나가 틀렸는데 어느 것인지는 알려 주지 않습니다. Pockyt 계정과 셋 다 비교하세요.
gateway-name-not-found = 게이트웨이 이름을 찾을 수 없습니다.
    .do = 네트워크가 없거나 밖으로 나가지 못합니다. 케이블, Wi-Fi, 공유기를 확인하세요.
gateway-unreachable = 게이트웨이에 연결할 수 없습니다.
    .do = 중간에 방화벽이나 프록시가 있거나 게이트웨이가 멈춘 상태입니다.
gateway-not-trusted = 게이트웨이 연결이 안전하지 않습니다.
    .do = 이 컴퓨터의 날짜와 시간을 확인하세요. 맞으면 누군가 중간에 끼어 있을 수 있으니 지원팀에 연락하세요.
gateway-no-answer = 게이트웨이가 응답하지 않습니다.
    .do = 잠시 뒤 다시 테스트하세요.
gateway-unclear = 게이트웨이가 분명한 답을 주지 않았습니다.
    .do = 다시 테스트하세요. 또 그러면 지원팀에 연락하세요.
gateway-no-token = 테스트할 토큰이 없습니다.
    .do = 위에 입력하세요.
gateway-wrong-account = 이 계정은 쓸 수 없습니다.
    .do = 번호는 글자와 숫자로만 되어 있습니다.

### Settings: training

training-is-off = 이 단말기는 실제 돈을 환불합니다.
training-is-on = 연습용 단말기입니다.
training-about = 연습 중에는 실제 결제 앱에 영향이 없습니다. 거래, 직원, 장부가 따로 있고 게이트웨이는 이 컴퓨터에 있습니다.
    .do = 모든 화면과 전표에 연습이라고 표시됩니다. 들어가거나 나올 때 모두 로그아웃됩니다.
training-unresolved = 아직 확인 중인 환불이 있습니다.
    .do = 이 단말기가 켜져 있는 동안 계속 확인합니다. 결과가 나올 때까지 기다리세요.
training-begin = 연습 시작
training-end = 연습 끝내기

### Sale

sale-paid-with = 결제 수단
sale-wallet-unknown = 결제 앱 이름 없음
sale-time-unknown = 시간 모름
sale-invoice = 인보이스
sale-paid = 결제 금액
sale-refunded = 이전 환불
sale-refunded-when = { $when }, { $who }
sale-reserved = 확인 중
sale-elsewhere = 다른 곳에서 환불
sale-left = 환불 가능
sale-item-label = { $quantity } × { $name }
sale-from-gateway = 게이트웨이에서 가져왔습니다. 이 단말기에는 거래 기록이 없습니다.
sale-typed = 번호를 스캔하지 않고 입력했습니다.
sale-refund = 환불
sale-all = 남은 금액 전부
sale-other-amount = 다른 금액
sale-ticked = 선택한 항목
sale-no-amount = –
sale-reason = 사유
sale-reason-other = 기타…
sale-reason-field = 사유를 입력하세요
sale-reason-use = 이 사유 사용
sale-amount-title = 얼마를 환불하나요?
sale-amount-left = { $left }까지 환불 가능
sale-amount-use = { $amount } 선택
sale-amount-use-empty = 이 금액 선택
sale-ask = 매니저 승인 요청…
sale-confirm = 직접 확인…
sale-ask-reason = 먼저 사유를 선택하세요
sale-ask-amount = 먼저 금액을 선택하세요
sale-ask-checking = 게이트웨이에 확인 중…
sale-check-asking = 이 거래를 게이트웨이에 확인하는 중…
sale-check-confirmed = 게이트웨이가 이 거래를 확인했습니다.
sale-check-again = 다시 확인

### Approval

approval-title = 매니저: 이 환불을 확인하세요
approval-title-alone = 이 환불을 확인하세요
approval-to = 받는 곳
approval-to-wallet = 고객의 { $wallet }
approval-to-unknown = 고객이 결제한 앱
approval-sale = 거래
approval-asked-by = 요청자
approval-asked-why = { $who }, “{ $reason }”
approval-left-after = 환불 후 남음
approval-manager = 매니저
approval-who = 확인하는 사람
approval-choose = 확인할 사람을 선택하세요
approval-pay = { $amount } 환불
approval-checking = 확인 중…
approval-look-twice = 다시 한번 확인하세요
approval-over = 매니저 메모 필요
approval-over-two = 매니저 두 명 필요
approval-note = 왜 허용하나요?
approval-note-hint = 짧게 입력하세요
approval-note-goods = 물건을 확인함
approval-note-customer = 단골 고객
approval-note-mistake = 매장 실수
approval-second-manager = 두 번째 매니저도 확인해야 합니다
approval-note-short = 메모
approval-note-use = 이 메모 사용
approval-first = 첫 번째 승인
approval-agree = 동의
approval-nobody = 확인할 수 있는 매니저가 없습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청한 사람이 아닌 다른 매니저를 추가해야 합니다: 설정, 직원.

### Sending

sending-title = 환불을 보내는 중
sending-recording = 기록하는 중
sending-wait = 기다려 주세요. 다시 시작하지 마세요.
sending-seconds = { $count }초
sending-long = 평소보다 오래 걸립니다. 응답을 계속 기다립니다.

### What is happening

steps-title = 진행 상황
step-recorded = 기록함
step-sent = 전송함
step-refunded = 환불 완료
step-declined = 게이트웨이가 거절함
step-pending = 접수됨, 미완료
step-unknown = 분명한 응답 없음
step-not-sent = 전송 안 됨
step-not-executed = 여러 번 확인: 환불 안 됨
step-prepared = 다시 기록함
step-abandoned = 포기함
step-asked-found = { $ordinal }번째 확인: 찾음
step-asked-not-found = { $ordinal }번째 확인: 아직 없음
step-asked-failed = { $ordinal }번째 확인: 응답 없음
step-ordinal = { $count }
step-next = { $count }초 뒤 다시 확인
step-asking = 지금 확인 중…

### Result

result-refunded = 환불 완료
result-said = { $what }: { $amount }.
result-declined = 환불 거절
result-not-found = 찾을 수 없음
result-unknown = 결과 미확인
result-pending = 처리 미완료
result-not-sent = 전송 안 됨
result-not-executed = 환불 안 됨
result-again = 다시 환불하지 마세요.
result-next = 다음 환불
result-finish = 끝내기
result-by-itself = Esc · { $seconds }초 뒤 자동
result-leave = 나가기(확인은 계속)
result-number = 환불 번호
result-reference = 참조 번호
result-sale = 거래
result-approved = 승인자
result-no-number = 게이트웨이가 주지 않음
result-tell-unknown = 고객에게 말하세요: “지금 확인 중입니다. 환불되면 결제 앱에 표시되고, 아니면 저희가 연락드립니다.”
result-tell-declined = 고객에게 말하세요: “환불이 처리되지 않았습니다. 돈은 그대로입니다.”
result-your-wallet = 결제 앱
result-send-again = 매니저에게 다시 보내기 요청…
result-leave-it = 그대로 두기

### Refunds

refunds-title = 환불 내역
refunds-search = 검색: 번호, 금액, 날짜, 이름
refunds-all = 전체
refunds-attention = 확인할 것
refunds-refunded = 환불 완료
refunds-not-refunded = 환불 안 됨
refunds-by-hand = 사람이 결정
refunds-reading = 읽는 중…
refunds-none = 환불이 없습니다.
refunds-none-found = 검색한 말이 모두 들어 있는 환불이 없습니다.
refunds-about = { $when } · { $who } · { $reason }
refunds-newer = 더 최근
refunds-older = 더 이전
refunds-looked-at = 최근 { $count }건에서 찾았습니다.
refunds-unread = 지금은 단말기 장부를 읽을 수 없습니다.
    .money = 아무것도 보내지 않았고 바뀐 것도 없습니다.
    .do = 다시 해 보세요. 또 그러면 지원팀에 연락하세요.

### One refund

refund-sent = 처리 중
refund-abandoned = 포기함
refund-contradicted = 게이트웨이와 다름
refund-by-a-person = 사람이 결정함
refund-decided = { $who }, { $when }: “{ $reason }”.
refund-decided-on = { $who }, { $when }: “{ $reason }”, 번호 { $evidence }.
refund-decided-confirmed = 그 뒤 게이트웨이가 확인했습니다.
refund-reference = 참조 번호
refund-approved = 승인자
refund-number = 환불 번호
refund-history = 처리 내역
refund-check = 지금 게이트웨이에 확인
refund-send-again = 다시 보내기…
refund-release = 포기…
refund-decide = 직접 결정…
refund-checking = 게이트웨이에 확인 중…
refund-check-found = { $clock } 확인: 게이트웨이에 이 환불이 있습니다.
refund-check-not-found = { $clock } 확인: 게이트웨이에 없습니다.
refund-check-nothing = { $why } 환불 결과는 아직 알 수 없습니다.
refund-done-release = 포기했습니다. 이 금액은 다시 환불할 수 있습니다.
refund-done-decide = 이름과 함께 기록했습니다.
standing-sent = 환불을 처리하고 있습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 답을 기다리세요. 이 화면은 자동으로 바뀝니다.
standing-refunded = 게이트웨이가 { $wallet } 계정으로 환불했습니다.
    .money = 고객이 { $clock }에 돈을 받았습니다.
    .do = 할 일이 없습니다.
standing-said-refunded = 매니저가 고객이 돈을 받았다고 결정했습니다.
    .money = 게이트웨이는 확인하지 않았습니다.
    .do = 가끔 게이트웨이에 확인하고, 서로 다르면 알려 줍니다.
standing-said-not-executed = 매니저가 환불되지 않았다고 결정했습니다.
    .money = 이 금액은 아직 환불 가능 금액에서 빠져 있습니다.
    .do = 다시 보내거나 포기하세요.
standing-not-executed = 게이트웨이에 여러 번 확인했지만 이 환불이 없습니다.
    .money = 돈이 나가지 않았습니다.
    .do = 매니저가 다시 보내거나 포기할 수 있습니다.
standing-abandoned = 매니저가 이 환불을 포기했습니다.
    .money = 돈은 나가지 않았습니다.
    .do = 할 일이 없습니다.
standing-not-sent = 게이트웨이에 연결할 수 없어 보내지 않았습니다.
    .money = 돈은 나가지 않았습니다.
    .do = 매니저가 다시 보내거나 포기할 수 있습니다.
standing-not-sent-setup = 안전하게 보낼 수 없어 보내지 않았습니다.
    .money = 돈은 나가지 않았습니다.
    .do = 먼저 고치세요(“tillback doctor”). 그 뒤 매니저가 다시 보내거나 포기할 수 있습니다.
standing-reported = 게이트웨이에 이 환불이 있습니다. 이 단말기의 기록: { $held }.
    .money = 돈이 이미 나갔을 가능성이 큽니다. 다시 보내지 않습니다.
    .do = 게이트웨이 관리 화면을 보고 직접 결정하세요.
standing-not-reported = 매니저는 고객이 돈을 받았다고 결정했지만 게이트웨이에는 없습니다.
    .money = 돈이 나가지 않았을 가능성이 큽니다.
    .do = 게이트웨이 관리 화면을 보고 직접 결정하세요.

### What happened to it

history-line = { $when }: { $what }
history-by = { $when }: { $what } ({ $who })
history-again = 다시 보냄: “{ $reason }”
history-again-bare = 다시 보냄
history-said-refunded = “고객이 돈을 받음”: { $reason }{ $evidence }
history-said-not-executed = “환불되지 않음”: { $reason }{ $evidence }
history-released = 포기함: “{ $reason }”
history-evidence = , 번호 { $evidence }
history-not-found = { $count }번 확인: 게이트웨이에 없음
history-confirmed = 게이트웨이가 결정을 확인함
history-reported = 게이트웨이가 단말기와 다르게 알림
history-not-reported = 게이트웨이에 없음
history-stands = 확인함, 그대로 둠: { $reason }{ $evidence }
history-stands-bare = 확인함, 그대로 둠

### What a manager orders

order-send-again = 이 환불 다시 보내기
order-release = 이 환불 포기
order-decide = 직접 결정
order-does-send-again = 같은 환불, 같은 번호입니다.
    .do = 먼저 게이트웨이에 확인하고, 이미 있으면 보내지 않습니다.
order-does-release = 이 환불을 완전히 포기합니다.
    .do = 이 금액은 영수증으로 다시 환불할 수 있습니다.
order-does-decide = 이름과 함께 영구히 보관됩니다.
    .do = 나중에 게이트웨이의 답이 다르면 둘 다 보여 줍니다.
order-what = 어떻게 되었나요?
order-say-refunded = 고객이 돈을 받음
order-say-not-executed = 환불되지 않음
order-why = 왜?
order-why-waits = 고객이 기다림
order-why-fixed = 연결이 복구됨
order-why-otherwise = 다른 방법으로 환불함
order-why-gone = 환불을 원하지 않음
order-why-dashboard = 관리 화면에서 확인
order-why-bill = 고객 결제 앱에서 확인
order-evidence = 거기서 본 번호
order-evidence-field = 환불 번호 또는 문의 번호
order-because = 사유: “{ $reason }”
order-on = 번호: { $evidence }
order-go = 매니저 PIN 입력으로
order-go-verdict = 먼저 결과를 고르세요
order-go-reason = 사유를 쓰거나 고르세요
order-go-evidence = 사유와 번호가 필요합니다
order-send = { $amount } 다시 보내기
order-free = { $amount } 환불 포기
order-record = 기록하기
order-moved = 환불 상태가 바뀌었습니다.
    .money = 아무것도 보내지 않았고 바뀐 것도 없습니다.
    .do = 뒤로 가서 다시 보세요.
order-reported = 게이트웨이에 이 환불이 있습니다.
    .money = 보내지 않았습니다. 돈이 이미 나갔을 가능성이 큽니다.
    .do = 뒤로 가서 다시 보세요.
order-too-early = 환불 요청이 아직 게이트웨이에 도착할 수 있습니다.
    .money = 바뀐 것이 없습니다.
    .do =
    { $minutes ->
        [0] 이제 결정할 수 있습니다.
       *[other] { $minutes }분 뒤에 결정할 수 있습니다.
    }
order-not-asked-down = 게이트웨이가 응답하지 않습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 먼저 게이트웨이에 확인해야 합니다. 복구되면 다시 해 보세요.
order-not-asked-denied = 게이트웨이가 이 단말기를 받아들이지 않습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 단말기 번호나 비밀 키가 틀렸습니다.
order-not-asked-unclear = 게이트웨이가 분명한 답을 주지 않았습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 게이트웨이에 이 환불이 없다는 답을 받아야 합니다. 다시 해 보세요.

### Outcomes

outcome-refunded = { $clock }에 { $wallet }에서 환불을 수락했습니다.
    .money = 고객의 결제 앱으로 알림이 갑니다.
    .do = 영수증을 돌려주세요.
outcome-pending = 게이트웨이가 접수했고 아직 끝나지 않았습니다.
    .money = 돈이 가는 중이거나 곧 갑니다.
    .do = 계속 확인합니다. 이 화면은 자동으로 바뀝니다.
outcome-not-executed = 게이트웨이에 여러 번 확인했지만 이 환불이 없습니다.
    .money = 돈은 나가지 않았습니다. 묶인 금액도 없습니다.
    .do = 매니저에게 다시 보내 달라고 하거나 그대로 두세요. 환불 내역에 남아 있습니다.
declined-no-such-sale = 게이트웨이에 이 거래가 없습니다.
    .money = 환불되지 않았습니다.
    .do = 영수증 번호를 확인하세요. 맞으면 지원팀에 연락하세요.
declined-sale-status = 게이트웨이에서 지금은 이 거래를 환불할 수 없다고 합니다. 결제되지 않았거나 이미 환불되었습니다.
    .money = 이번에는 환불되지 않았습니다.
    .do = 다시 스캔해서 거래 상태를 보세요.
declined-access-denied = 게이트웨이가 이 단말기를 받아들이지 않습니다.
    .money = 환불되지 않았습니다.
    .do = 매니저를 부르세요. 단말기 번호나 비밀 키가 틀렸습니다. 다른 환불도 거절됩니다.
declined-bad-request = 게이트웨이가 요청을 받아들이지 않았습니다.
    .money = 환불되지 않았습니다.
    .do = 지원팀에 연락해서 아래 코드를 알려 주세요.
declined-wallet = 고객의 결제 앱에서 환불을 거절했습니다.
    .money = 환불되지 않았습니다.
    .do = 고객에게 결제 앱을 확인해 달라고 하거나 다른 방법으로 환불하세요.
unknown-timed-out = 게이트웨이가 제때 답하지 않았습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 이 화면은 자동으로 바뀝니다.
unknown-connection-lost = 답이 오기 전에 연결이 끊겼습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 이 화면은 자동으로 바뀝니다.
unknown-unreadable = 게이트웨이의 답을 읽을 수 없습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 이 화면은 자동으로 바뀝니다.
unknown-gateway-error = 게이트웨이 자체에 오류가 있었습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 이 화면은 자동으로 바뀝니다.
unknown-mismatch = 게이트웨이가 다른 환불에 대해 답했습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 10분이 지나도 화면이 바뀌지 않으면 지원팀에 연락하세요.
unknown-unheard-of = 게이트웨이가 이 단말기가 모르는 답을 주었습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 10분이 지나도 화면이 바뀌지 않으면 지원팀에 연락하세요.
unknown-interrupted = 환불을 처리하던 중에 단말기가 멈췄습니다.
    .money = 돈이 나갔을 수도, 아닐 수도 있습니다.
    .do = 확인하고 있습니다. 이 화면은 자동으로 바뀝니다.
not-sent-name-not-found = 게이트웨이를 찾을 수 없습니다. 네트워크가 없거나 주소가 틀렸습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 네트워크 케이블이나 Wi-Fi를 확인하세요. 매니저가 지금 또는 나중에 환불 내역에서 다시 보낼 수 있습니다.
not-sent-unreachable = 게이트웨이에 연결할 수 없습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 잠시 기다리세요. 매니저가 지금 또는 나중에 환불 내역에서 다시 보낼 수 있습니다.
not-sent-not-trusted = 게이트웨이 연결이 안전하지 않아 쓰지 않았습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 단말기의 날짜와 시간을 확인하세요. 맞으면 지원팀에 연락하세요.
not-sent-configuration = 이 단말기는 환불을 보내도록 설정되지 않았습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 매니저를 부르세요. 단말기 컴퓨터에서 “tillback doctor”가 빠진 것을 알려 줍니다.

### Problem

problem-title = 환불되지 않았습니다

### When something is wrong with a code

scan-product-barcode = 상품 바코드입니다.
    .money = 환불되지 않았습니다.
    .do = 영수증 끝의 긴 바코드나 고객 결제 앱의 결제 내역을 스캔하세요.
scan-payment-code = 고객의 결제 코드로 보입니다.
    .money = 결제되지도 환불되지도 않았습니다.
    .do = 고객에게 결제 앱에서 결제 내역의 상세 화면을 열어 달라고 하세요.
scan-foreign-url = 이 코드는 { $host } 사이트로 연결됩니다.
    .money = 환불되지 않았습니다.
    .do = 영수증의 바코드를 스캔하거나 아래 번호를 입력하세요.
scan-empty = 코드에 아무것도 없습니다.
    .money = 환불되지 않았습니다.
    .do = 다시 스캔하거나 바코드 아래 번호를 입력하세요.
scan-torn = 다시 스캔해 주세요.
    .do = 코드의 일부만 들어왔습니다.
scan-too-long = 영수증 코드치고는 너무 깁니다({ $length }자).
    .money = 환불되지 않았습니다.
    .do = 영수증의 바코드를 스캔하거나 아래 번호를 입력하세요.
scan-not-a-number = 영수증 코드가 아닙니다.
    .money = 환불되지 않았습니다.
    .do = 영수증의 바코드를 스캔하거나 아래 번호를 입력하세요.
scan-wrong-length = { $digits }자리입니다. 번호는 18자리입니다.
    .money = 환불되지 않았습니다.
    .do = 영수증과 비교해서 다시 입력하세요.

### When a sale cannot be found or checked

lookup-not-found = 이 번호의 거래가 없습니다.
    .money = 환불되지 않았습니다.
    .do = 이 매장의 영수증인지 확인하고 다시 스캔하세요.
lookup-ambiguous = 이 번호의 거래가 여러 건입니다.
    .money = 환불되지 않았습니다.
    .do = 바코드 아래의 긴 번호나 고객 결제 앱의 결제 내역을 쓰세요.
lookup-gateway-down = 게이트웨이가 응답하지 않습니다.
    .money = 환불되지 않았습니다.
    .do = 네트워크를 확인하고 잠시 뒤 다시 해 보세요.
lookup-gateway-unclear = 게이트웨이가 이 거래에 대해 분명한 답을 주지 않았습니다.
    .money = 환불되지 않았습니다.
    .do = 다시 해 보세요. 또 그러면 지원팀에 연락하세요.
lookup-access-denied = 게이트웨이가 이 단말기를 받아들이지 않습니다.
    .money = 환불되지 않았습니다.
    .do = 매니저를 부르세요. 단말기 번호나 비밀 키가 틀렸습니다.
lookup-amounts-differ = 게이트웨이와 이 단말기의 결제 금액이 다릅니다.
    .money = 환불되지 않았습니다.
    .do = 매니저를 부르세요. 이 거래를 먼저 확인해야 합니다.

### When the till itself fails

house-ledger-full = 단말기 디스크가 가득 찼습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 매니저를 부르세요. 다음 환불 전에 공간을 확보해야 합니다.
house-ledger-read-only = 단말기가 장부에 쓸 수 없습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 매니저를 부르세요. 어떤 파일인지는 “tillback doctor”가 알려 줍니다.
house-ledger-busy = 다른 프로그램이 단말기 장부를 쓰고 있습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 다른 Tillback 창을 닫고 다시 해 보세요.
house-ledger-broken = 단말기 장부를 읽을 수 없습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 환불을 멈추세요. 단말기를 닫았다 다시 시작하면 할 일을 알려 줍니다.
house-ledger-unchecked = 단말기가 아직 장부를 검사하고 있습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 1분 기다렸다가 환불을 다시 시작하세요. 계속 그러면 매니저를 부르세요.
house-worker-stopped = 단말기 프로그램 일부에 문제가 생겨 다시 시작했습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 다시 해 보세요. 또 그러면 단말기를 다시 켜고 지원팀에 연락하세요.
house-started-over = 단말기에 문제가 생겨 다시 시작했습니다.
    .money = 사라진 환불은 없습니다. 이미 보냈을 수 있는 환불은 확인 중입니다.
    .do = 로그인해서 먼저 결과를 확인하세요. 그 전에는 같은 환불을 다시 시작하지 마세요.

### When a refund is not allowed

refusal-not-paid-yet = 아직 결제되지 않은 거래입니다.
    .money = 돌려줄 돈이 없습니다.
    .do = 결제가 끝날 때까지 기다렸다가 다시 스캔하세요.
refusal-payment-failed = 결제에 실패했습니다.
    .money = 고객이 여기서 결제하지 않았습니다.
    .do = 환불할 것이 없습니다.
refusal-payment-closed = 결제가 닫혔거나 취소되었습니다.
    .money = 고객이 이미 돈을 돌려받았거나 결제한 적이 없습니다.
    .do = 환불할 것이 없습니다.
refusal-nothing-left = 전액 환불된 거래입니다.
    .money = { $paid } 전액을 이미 환불했습니다.
    .do = 더 환불할 것이 없습니다.
refusal-nothing-left-reserved = 이 거래에는 환불 가능한 금액이 없습니다.
    .money = 그중 { $reserved } 확인 중: 이미 나갔을 수 있습니다.
    .do = 다시 환불하지 마세요. 확인이 끝날 때까지 기다리세요.
refusal-over-left = 남은 금액보다 많습니다: { $asked }.
    .money = { $left }까지 환불할 수 있습니다.
    .do = 더 작은 금액을 선택하세요.
refusal-zero-amount = 금액이 0이면 환불할 수 없습니다.
    .money = 환불되지 않았습니다.
    .do = 금액을 선택하세요.
refusal-wrong-currency = 다른 통화로 결제된 거래입니다.
    .money = 결제 금액: { $paid }.
    .do = 그 통화로 환불하세요.
refusal-too-old = { $days }일 지난 거래입니다.
    .money = 결제 앱은 { $max }일 안의 환불만 받습니다.
    .do = 고객에게 다른 방법으로 환불하세요.
refusal-too-many = 이미 { $count }번 환불된 거래입니다.
    .money = 거래마다 { $max }번까지만 환불할 수 있습니다.
    .do = 고객에게 다른 방법으로 환불하세요.
refusal-too-soon = 방금 환불된 거래입니다.
    .money = 같은 환불을 두 번 하는 것이 아닌지 확인하세요.
    .do = { $seconds }초 뒤에 계속할 수 있습니다.
rule-refund-limit = 계산원은 한 번에 { $limit }까지 환불합니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청하지 않은 매니저가 메모와 함께 더 허용할 수 있습니다.
rule-refund-limit-manager = 매니저는 한 번에 { $limit }까지 환불합니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 다른 매니저가 메모와 함께 더 허용할 수 있습니다.
rule-shift-limit = 한 근무 한도({ $limit })를 넘습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청하지 않은 매니저가 메모와 함께 더 허용할 수 있습니다.
rule-day-limit = 하루 한도({ $limit })를 넘습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청하지 않은 매니저가 메모와 함께 더 허용할 수 있습니다.
rule-sale-age = { $days }일 지난 거래입니다. 이 매장은 { $max }일까지 환불합니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청하지 않은 매니저가 메모와 함께 허용할 수 있습니다.
rule-refunds-of-sale = { $count }번 환불된 거래입니다. 이 매장은 { $max }번까지 허용합니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 요청하지 않은 매니저가 메모와 함께 한 번 더 허용할 수 있습니다.
rule-same-amount =
    { $minutes ->
        [0] 방금 이 거래에서 같은 금액을 환불했습니다.
       *[other] { $minutes }분 전에 이 거래에서 같은 금액을 환불했습니다.
    }
    .money = 같은 환불을 두 번 하는 것이 아닌지 확인하세요. 아무것도 보내지 않았습니다.
    .do = 매니저 두 명이 허용하거나 { $within }분이 지날 때까지 기다리세요.
warning-refunded-before = 이전에 { $count }번 환불된 거래입니다.
warning-typed = 번호를 직접 입력했습니다. 영수증이 있나요?
warning-near-limit = 한도 { $limit }에 가깝습니다.
warning-asks-often = 이 사람의 오늘 { $theirs }번째 환불입니다. 다른 사람들은 평균 { $average }건 했습니다.
warning-outside-hours = 지금은 영업시간이 아닙니다.
warning-fresh-sale =
    { $minutes ->
        [0] 결제한 지 1분이 안 된 거래입니다.
       *[other] { $minutes }분 전에 결제된 거래입니다.
    }
refusal-not-your-approval = 이 사람은 이 환불을 확인할 수 없습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 다른 매니저가 해야 합니다.
refusal-approval-expired = 매니저의 승인이 만료되었습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 다시 요청하세요.
refusal-approval-void = 매니저가 승인한 뒤 거래가 바뀌었습니다.
    .money = 보내지 않았습니다. 돈은 나가지 않았습니다.
    .do = 거래를 다시 보고 다시 요청하세요.
refusal-books = 이 거래의 금액이 맞지 않습니다.
    .money = 환불되지 않았습니다.
    .do = 지원팀에 연락하세요. 이 거래를 먼저 확인해야 합니다.

### When an amount is not one

amount-empty = 금액을 선택하지 않았습니다.
    .money = 환불되지 않았습니다.
    .do = 금액을 입력하거나 반품하는 항목을 선택하세요.
amount-not-an-amount = 금액이 아닙니다.
    .money = 환불되지 않았습니다.
    .do = 이렇게 입력하세요: 27.40
amount-no-decimals = { $currency }에는 소수가 없습니다.
    .money = 환불되지 않았습니다.
    .do = 정수를 입력하세요.
amount-too-many-decimals = { $currency }의 소수점 아래는 { $allowed }자리까지입니다.
    .money = 환불되지 않았습니다.
    .do = 이렇게 입력하세요: 27.40
amount-too-large = 금액이 너무 큽니다.
    .money = 환불되지 않았습니다.
    .do = 다시 입력하세요.

### When a PIN is not accepted

sign-in-wrong-pin = PIN이 맞지 않습니다.
    .money = 환불되지 않았습니다.
    .do = 다시 해 보세요.
sign-in-wrong-pin-wait = PIN이 맞지 않습니다.
    .money = 환불되지 않았습니다.
    .do = { $seconds }초 뒤 다시 해 보세요.
sign-in-locked-out = PIN을 너무 많이 틀렸습니다.
    .money = 환불되지 않았습니다.
    .do = { $seconds }초 뒤 다시 해 보세요.
approval-wrong-pin = PIN이 맞지 않습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = 다시 해 보세요.
approval-wrong-pin-wait = PIN이 맞지 않습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = { $seconds }초 뒤 다시 해 보세요.
approval-locked-out = PIN을 너무 많이 틀렸습니다.
    .money = 아무것도 보내지 않았습니다.
    .do = { $seconds }초 뒤 다시 해 보세요.

### The till cannot start

passphrase-title = 암호 문구를 입력하세요
passphrase-why = 결제 게이트웨이용 키가 잠겨 있습니다. 잠글 때 쓴 암호 문구를 입력하세요. 단말기를 시작할 때마다 한 번 입력합니다.
passphrase-wrong = 열리지 않았습니다. 잃은 것은 없으니 천천히 다시 해 보세요. 대소문자를 구별합니다.
passphrase-field = 암호 문구
passphrase-open = 단말기 열기
passphrase-quit = 닫기
fault-title = 단말기를 시작할 수 없습니다
fault-money = 아무것도 보내지 않았습니다. 환불하거나 바꾼 것이 없습니다.
fault-do = 단말기 담당자에게 이 화면을 보여 주세요. “tillback doctor”로 모두 점검하고 할 일을 알 수 있습니다.
fault-close = 닫기

### The ledger cannot be opened

ledger-in-use = 다른 단말기 창이 열려 있습니다.
    .money = 여기서는 보내지 않았습니다. 다른 창은 계속 작동합니다.
    .do = 그 창에서 일하세요. 또는 닫고 여기서 다시 해 보세요.
ledger-locked = 다른 프로그램이 단말기 장부를 쓰고 있습니다.
    .money = 보내지 않았습니다. 바뀐 환불이 없습니다.
    .do = 가져오기나 백업이 끝날 때까지 기다리거나 장부를 연 프로그램을 닫은 뒤 다시 해 보세요.
ledger-disk-full = 단말기 디스크가 가득 찼습니다.
    .money = 보내지 않았습니다. 지금까지의 환불은 모두 남아 있습니다.
    .do = 공간을 확보하세요. 휴지통을 비우고 단말기와 관계없는 것을 지우세요. 단말기 폴더는 건드리지 마세요. 그 뒤 다시 해 보세요.
ledger-read-only = 단말기 장부에 쓸 수 없습니다.
    .money = 보내지 않았습니다. 지금까지의 환불은 모두 남아 있습니다.
    .do = 디스크나 폴더가 쓰기 금지되어 있습니다. 쓰기 금지를 풀고 다시 해 보세요.
ledger-no-permission = 이 사용자는 단말기 장부를 쓸 수 없습니다.
    .money = 보내지 않았습니다. 지금까지의 환불은 모두 남아 있습니다.
    .do = 단말기 사용자로 로그인하거나 이 사용자에게 폴더 쓰기를 허용한 뒤 다시 해 보세요.
ledger-folder-missing = 단말기 장부 폴더가 없습니다.
    .money = 보내지 않았습니다. 폴더의 내용은 그대로입니다.
    .do = 장부가 있는 디스크나 공유 폴더를 연결한 뒤 다시 해 보세요.
ledger-gone = 단말기 장부가 사라졌습니다.
    .money = 보내지 않았습니다. 이전 환불은 게이트웨이에 안전하게 있습니다.
    .do = 누군가 옮겼다면 제자리에 되돌리고 다시 해 보세요. 아니면 백업을 복원하세요.
ledger-not-one = 장부가 있을 자리에 다른 것이 있습니다.
    .money = 보내지 않았습니다. 이전 환불은 게이트웨이에 안전하게 있습니다.
    .do = 누군가 장부를 옮겼다면 제자리에 되돌리고 다시 해 보세요. 아니면 백업을 복원하세요.
ledger-damaged = 단말기 장부가 손상되었습니다.
    .money = 더는 보내지 않습니다. 이전 환불은 게이트웨이에 안전하게 있습니다.
    .do = 백업을 복원하세요. 아직 읽을 수 있는 기록은 함께 옮깁니다.
ledger-behind = 단말기 장부의 끝부분이 없습니다.
    .money = 보내지 않았습니다. 이전 환불은 게이트웨이에 안전하게 있습니다.
    .do =
    { $count ->
        [0] 다른 장부가 놓여 있습니다. 맞는 장부를 놓고 다시 해 보거나 백업을 복원하세요.
       *[other] { $count }개 항목이 없습니다. 옆의 파일이 지워졌거나 오래된 백업으로 바뀌었습니다. 바로잡고 다시 해 보거나 백업을 복원하세요.
    }
ledger-newer = 더 새로운 Tillback이 이 장부를 썼습니다.
    .money = 보내지 않았습니다. 지금까지의 환불은 모두 남아 있습니다.
    .do = 새 버전의 Tillback을 다시 설치하세요. 이 버전은 장부를 건드리면 안 됩니다.
ledger-migration = 단말기 장부를 업데이트하지 못했습니다.
    .money = 보내지 않았습니다. 장부는 그대로입니다.
    .do = 다시 해 보세요. 계속 그러면 지원용 파일을 저장하고 이전 Tillback을 쓰세요.
ledger-for-training = 연습용 장부입니다.
    .money = 보내지 않았습니다. 실제 환불이 없는 장부입니다.
    .do = 누군가 실제 장부 자리에 놓았습니다. 맞는 장부를 놓고 다시 해 보세요.
ledger-for-real = 실제 환불 장부인데 단말기가 연습 모드입니다.
    .money = 보내지 않았습니다. 지금까지의 환불은 모두 남아 있습니다.
    .do = 연습용 장부를 놓거나 설정에서 연습 모드를 끝낸 뒤 다시 해 보세요.
ledger-other = 단말기 장부를 열 수 없습니다.
    .money = 보내지 않았습니다. 바뀐 환불이 없습니다.
    .do = 다시 해 보세요. 계속 그러면 지원용 파일을 저장하고 지원팀에 연락하세요.
recovery-record-at = 장부: { $path }
recovery-holder-till = 단말기 { $till }
recovery-holder-host = 컴퓨터 { $host }
recovery-holder-process = 프로세스 { $pid }
recovery-holder-since = 연 시각: { $since }
recovery-holder-unknown = 누구인지 알 수 없습니다.
recovery-copies = 백업 복원…
recovery-again = 다시 시도
recovery-support = 지원용 파일 저장
recovery-folder = 폴더 보기
recovery-close = Tillback 닫기
recovery-back = 뒤로
recovery-looking = 백업을 찾는 중…
recovery-trying = 장부를 여는 중…
recovery-restoring = 복원하는 중…
recovery-saving = 저장하는 중…
recovery-still = 그대로입니다.
recovery-saved = 지원용으로 저장했습니다.
    .do = { $path }에 장부, 설정, 로그가 있습니다. 게이트웨이 비밀 키는 없습니다.
recovery-not-saved = 저장할 수 없습니다.
recovery-folder-shown = 폴더가 다른 창에서 열립니다.
recovery-folder-not-shown = 폴더를 보여 줄 프로그램이 없습니다.
    .do = 위치: { $path }
recovery-copy-found = 온전한 백업이 있습니다: { $when }.
recovery-no-copies = 온전한 백업이 없습니다.
    .do = 백업 디스크를 연결하고 다시 해 보세요. 또는 지원용 파일을 저장하고 지원팀에 연락하세요.
recovery-unknowns-none = 장부의 모든 환불이 들어 있습니다.
recovery-unknowns = 백업보다 새로운 환불이 { $count }건 있습니다. ‘결과 미확인’ 상태로 옮기고 하나씩 게이트웨이에 확인합니다.
recovery-unknowns-unreadable = 백업 뒤의 환불이 빠졌을 수 있습니다. 지금 장부를 읽을 수 없습니다. 게이트웨이 관리 화면과 비교하세요.
recovery-unknowns-at-least = 백업보다 새로운 환불이 적어도 { $count }건 있고 ‘결과 미확인’ 상태로 옮깁니다. 더 있을 수 있으니 게이트웨이 관리 화면과 비교하세요.
recovery-copy = { $when } · 환불 { $count }건
recovery-copy-as-of = 이 백업은 { $when }까지입니다.
recovery-which = 어떤 백업을 쓸까요?
recovery-which-how = 가장 최근 백업에 기록이 가장 많습니다. 모두 방금 검사했고 온전합니다.
recovery-use = 이 백업 사용…
recovery-aside = 아무것도 지우지 않습니다.
    .do = 지금 있는 것은 통째로 따로 둡니다. 다시 보내기를 기다리던 환불은 결과를 아는 사람이 없으면 포기합니다.
recovery-word = 매니저가 이유를 밝혀야 합니다
recovery-why = 왜 백업을 복원하나요?
recovery-reason-disk = 디스크 고장
recovery-reason-damage = 장부 손상
recovery-reason-wrong-file = 잘못된 파일이 있었음
recovery-who = 매니저와 백업 당시의 PIN
recovery-put-back = 백업 복원
recovery-not-restored = 백업을 복원하지 않았습니다.
    .do = 모두 그대로입니다.
recovery-done = 장부를 복원했습니다
recovery-brought-over = 이전 장부에서 환불 { $count }건을 옮겼습니다. 게이트웨이가 답할 때까지 ‘확인 중’으로 표시됩니다.
recovery-given-up = 다시 보내기를 기다리던 환불 { $count }건을 포기했습니다. 영수증으로 다시 시작하세요.
recovery-left-behind = 다음은 옮기지 못했습니다: { $references }. 게이트웨이 관리 화면에서 찾아보세요.
recovery-compare = 이전 장부를 끝까지 읽지 못했습니다. 새 환불 전에 오늘의 환불을 게이트웨이 관리 화면과 비교하세요.
recovery-aside-at = 이전 장부는 { $path }에 있습니다.
recovery-start = 단말기 시작
