# The Report screen.

ready-report = 보고서
ready-shift = 근무
report-title = 보고서
report-day = 일
report-shift = 근무
report-earlier = 이전
report-later = 다음
report-making = 합산 중…
report-of-shift = { $number }번 근무 · { $who }
report-shift-open = { $from }부터
report-shift-closed = { $from } ~ { $to }
report-no-shift = 아직 시작한 근무가 없습니다.
report-unread = 지금은 보고서를 만들 수 없습니다.
    .money = 아무것도 보내지 않았고 바뀐 것도 없습니다.
    .do = 다시 해 보세요. 계속 그러면 지원팀에 연락하세요.
report-given-back = 환불한 금액
report-count = 환불 { $count }건
report-asked = 요청 금액
report-by-hand = 사람이 결정
report-unresolved = 미완료 환불 { $count }건.
    .do = 아래에 포함되지 않습니다. 환불 내역(F3)에서 보세요.
report-besides =
    { $count ->
        [0] 이 단말기에 다른 미완료 환불은 없습니다.
       *[other] 이 단말기에 이전 또는 다른 미완료 환불이 { $count }건 있습니다.
    }
report-all-finished = 모든 환불이 끝났습니다.
report-record = 장부: { $count }줄, 마지막 검증값
report-hours = 시간별
report-wallets = 결제 앱
report-reasons = 사유
report-people = 직원
report-states = 상태
report-nothing = 표시할 것이 없습니다.
report-no-wallet = 모름
report-hours-said = 시간별 환불: { $what }.
report-hour-said = { $hour }시부터 { $count }건
report-wallets-said = 결제 앱별 환불: { $what }.
report-only = { $code }만 표시합니다. 다른 통화는 파일에 있습니다.
report-export-csv = CSV 저장
report-export-json = JSON 저장
report-export-pdf = PDF 저장
report-print-lost = 인쇄 중에 프린터 연결이 끊어졌습니다.
    .do = 모두 나왔는지 보세요. 덜 나왔으면 “인쇄”를 다시 누르세요.
report-exported = 저장했습니다: { $name }
    .do = 장부 옆의 “exports” 폴더에 있습니다.
report-not-exported = 파일을 쓰지 못했습니다.
    .do = 디스크가 가득 찼거나 쓰기 권한이 없는지 확인하세요.
report-shift-begin = 내 근무 시작
report-shift-end = 근무 마감…
report-shift-end-now = 지금 마감
report-shift-sure = { $who } 님의 { $number }번 근무를 마감할까요?
    .do = 보고서는 장부의 마지막 검증값과 함께 보관됩니다. 끝나지 않은 환불은 계속 확인합니다.
report-shift-refused = 근무를 바꾸지 못했습니다.
    .do = 다시 해 보세요.
report-training = 연습: 실제 돈이 아닙니다
report-state-prepared = 기록함, 전송 안 됨
report-state-sent = 처리 중
report-state-refunded = 환불 완료
report-state-declined = 환불 거절
report-state-pending = 게이트웨이 처리 중
report-state-unknown = 결과 미확인
report-state-not-sent = 전송 안 됨
report-state-not-executed = 실행 안 됨
report-state-abandoned = 포기함
