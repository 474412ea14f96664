## 화면 둘레의 말, 한국어: 키, 신호.

sheet-title = 키
sheet-here = 이 화면에서
sheet-everywhere = 어디서나
sheet-close = 닫기
sheet-note = 열려 있는 동안 화면의 아무것도 눌리지 않습니다.
sheet-digits = 번호 입력
sheet-arrows = 위아래로 선택
sheet-choices = 쪽 넘기기
sheet-tab = 다음 버튼; Shift와 함께 이전 버튼
sheet-space = 테두리가 있는 것 누르기
sheet-enter = 주 버튼 또는 테두리가 있는 것 누르기
sheet-f1-key = F1
sheet-f1 = 이 키 목록
sheet-open = 열기
sheet-nothing = 지금 여기서 쓰는 키가 없습니다.
key-tab = Tab
key-space = 스페이스
key-arrows = 화살표
key-digits = 0~9
key-delete = Delete
sign-read = 읽음
sign-refused = 거부됨
sign-done = 완료
sign-attention = 확인하세요
sound-twin = 모든 소리는 음소거와 상관없이 아래에 글자로 보입니다.
