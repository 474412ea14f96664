## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = 关于
about-title = Tillback { $version }
about-record = 账本
about-schema = 版本 { $number }
about-decoder = 读码
about-settings = 设置文件
about-data = 数据和日志
about-licenses = 许可
about-no-licenses = 程序包里的 LIBRARIES.txt
about-check = 检查本机
about-pack = 生成支持文件
about-checking = 正在检查，可能要一分钟。
about-good = 一切正常。
    .do = 检查结果用英文显示，便于支持人员查看。
about-faults = 有 { $count } 项要先处理，本机才能退款。
    .do = 检查结果用英文显示，便于支持人员查看。
about-packed = 已生成：{ $file }
    .do = 里面没有机密，发送前可以查看。
about-made-up = 这里都是演示数据，没有要检查的。
    .do = 在店里的收银机上，可以在这里检查。
about-not-written = 无法写入支持文件。
    .do = 请腾出磁盘空间，再按一次。
about-failed = 检查没有完成。
    .do = 请在命令行运行：tillback doctor
about-more = 继续看
