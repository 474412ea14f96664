## Paper, drawer and sounds, Korean. What a slip says fits on lines of 32 letters.

### On paper: slips and the test page. A line of paper holds 32 or 48 letters.

paper-place = { $till } · { $when }
paper-training = 연습: 돈이 움직이지 않았습니다
paper-copy = 사본 { $number }
paper-printed = 인쇄 { $when }
paper-open = 환불 미완료
paper-refunded = 돈을 { $wallet }(으)로 돌려드렸습니다.
paper-declined = 처리되지 않았습니다. 돈이 움직이지 않았습니다.
paper-pending = 환불이 접수되었고 아직 끝나지 않았습니다. 돈은 { $wallet }(으)로 들어갑니다.
paper-unknown = 이 환불을 확인하고 있습니다. 돈이 { $wallet }(으)로 들어가거나 매장에서 연락드립니다. 다시 환불하면 안 됩니다.
paper-not-refunded = 환불되지 않았습니다.
paper-sale = 거래
paper-wallet = 지갑
paper-invoice = 전표
paper-reason = 사유
paper-signature = 서명
paper-for-customer = 고객용
paper-for-store = 매장용
paper-test = 프린터 시험
paper-test-how = 글자, 중국어와 한국어, 줄의 양끝, 코드가 모두 온전하고 진해야 합니다.
paper-test-left = 왼쪽
paper-test-right = 오른쪽
paper-report-day = 일일 보고서
paper-report-shift = 근무 보고서
paper-report-going-on = 진행 중: 합계가 바뀔 수 있음
paper-report-closed-by = 마감한 사람
paper-report-more = 그 외 { $count }건.
paper-report-line = { $name } ({ $count })

### Printing, on the screen

print = 인쇄
print-again = 다시 인쇄
print-waiting = 인쇄 중…
printed = 인쇄했습니다.
printed-copy = 인쇄했습니다: 사본 { $number }.
printed-file = 저장했습니다: { $file }
printer-not-there = 프린터가 응답하지 않습니다.
    .do = 켜져 있고 연결되어 있나요? 그런 다음 “인쇄”를 누르세요.
printer-not-allowed = 프린터가 있지만 이 사용자는 쓸 수 없습니다.
    .do = 단말기를 설치한 사람에게 연락하세요. OPERATIONS의 “Printers”에 방법이 있습니다.
printer-in-use = 다른 프로그램이 프린터를 쓰고 있습니다.
    .do = 닫거나 단말기를 설치한 사람에게 연락하세요.
printer-paper-out = 프린터에 용지가 없습니다.
    .do = 새 롤을 넣으세요. 그런 다음 “인쇄”를 누르세요.
printer-cover-open = 프린터 덮개가 열려 있습니다.
    .do = 닫으세요. 그런 다음 “인쇄”를 누르세요.
printer-off-line = 프린터가 오프라인입니다.
    .do = 프린터의 버튼을 누르거나 껐다 켜세요. 그런 다음 “인쇄”를 누르세요.
printer-trouble = 프린터 고장: 용지 걸림, 칼날 또는 과열입니다.
    .do = 열어서 확인하세요. 그런 다음 “인쇄”를 누르세요.
printer-timed-out = 프린터가 너무 오래 걸립니다.
    .do = 껐다 켜세요. 그런 다음 “인쇄”를 누르세요.
printer-lost = 인쇄 중에 프린터 연결이 끊어졌습니다.
    .do = 모두 나왔는지 보세요. 아니면 “인쇄”를 누르세요. 사본이라고 표시됩니다.
printer-folder = 전표 폴더에 쓸 수 없습니다.
    .do = 디스크를 연결하거나 단말기를 설치한 사람에게 연락하세요.
printer-disk-full = 전표를 저장할 공간이 없습니다. 디스크가 가득 찼습니다.
    .do = 단말기 담당자에게 연락하세요.
printer-record = 장부에 이 전표를 기록할 수 없어 인쇄하지 않았습니다.
    .do = 다시 해 보세요. 계속 그러면 지원팀에 연락하세요.
printer-busy = 인쇄를 기다리는 것이 너무 많습니다.
    .do = 인쇄가 끝날 때까지 기다리세요.
printer-stopped = 단말기의 일부가 멈췄다가 다시 시작했습니다.
    .do = “인쇄”를 다시 누르세요.
print-refund-safe = 환불은 이미 기록되었습니다. 나중에 환불 내역에서 인쇄할 수 있습니다.
strip-printer = 프린터
settings-printer = 프린터
printer-none = 설정된 프린터가 없습니다.
    .do = 프린터 없이도 환불할 수 있습니다. 전표를 인쇄하려면 설정 파일에 [printer]를 쓰고 단말기를 다시 시작하세요. OPERATIONS의 “Printers”에 방법이 있습니다.
printer-name = { $name }(으)로 인쇄
printer-good = 프린터가 준비되었습니다.
printer-looking = 프린터를 찾는 중…
printer-test = 시험 페이지 인쇄
printer-look = 다시 찾기
drawer-open = 돈통 열기
drawer-told = 돈통을 열라고 보냈습니다.

### Sounds

settings-sound = 소리
sound-none = 이 컴퓨터는 소리를 내지 못합니다. 재생 프로그램이 없습니다.
    .do = 소리로 알리는 것은 화면에도 나옵니다.
sound-muted = 소리 꺼짐
sound-volume = 음량 { $volume }
sound-quieter = 작게
sound-louder = 크게
sound-mute = 끔
sound-each = 소리마다의 뜻입니다. 누르면 들립니다.
sound-read = 코드를 읽음
sound-refused = 받아들이지 않음
sound-done = 돈을 돌려줌
sound-attention = 누가 봐야 함
sound-last = 마지막: { $sound }
