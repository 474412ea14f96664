## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = 정보
about-title = Tillback { $version }
about-record = 장부
about-schema = 버전 { $number }
about-decoder = 코드 읽기
about-settings = 설정 파일
about-data = 데이터와 로그
about-licenses = 라이선스
about-no-licenses = 프로그램 패키지의 LIBRARIES.txt
about-check = 이 단말기 점검
about-pack = 지원용 파일 만들기
about-checking = 점검하고 있습니다. 1분쯤 걸릴 수 있습니다.
about-good = 문제가 없습니다.
    .do = 점검 결과는 지원 담당자가 아는 영어로 나옵니다.
about-faults = 환불하려면 먼저 { $count }가지를 바로잡아야 합니다.
    .do = 점검 결과는 지원 담당자가 아는 영어로 나옵니다.
about-packed = 만들었습니다: { $file }
    .do = 비밀은 들어 있지 않습니다. 보내기 전에 볼 수 있습니다.
about-made-up = 여기는 모두 연습용이라 점검할 것이 없습니다.
    .do = 매장 단말기에서는 여기서 점검합니다.
about-not-written = 지원용 파일을 쓸 수 없습니다.
    .do = 디스크 공간을 비우고 다시 누르세요.
about-failed = 점검하지 못했습니다.
    .do = 명령줄에서: tillback doctor
about-more = 더 보기
