## The page "About" of Settings: what this till is, its checks, a file for support.

settings-about = About
about-title = Tillback { $version }
about-record = Record
about-schema = schema { $number }
about-decoder = Reads codes
about-settings = Settings file
about-data = Data and logs
about-licenses = Licenses
about-no-licenses = LIBRARIES.txt in the program’s package
about-check = Check this till
about-pack = Pack for support
about-checking = Checking. This may take a minute.
about-result-good = ok
about-result-note = note
about-result-bad = wrong
about-good = Nothing is wrong.
    .do = What the checks say is in English, as support knows it.
about-faults =
    { $count ->
        [one] One thing must be put right before this till can refund.
       *[other] { $count } things must be put right before this till can refund.
    }
    .do = What the checks say is in English, as support knows it.
about-packed = Packed: { $file }
    .do = No secret is in it. It may be looked at before it is sent.
about-made-up = Everything here is made up: there is nothing to check.
    .do = The store’s own till has checks here.
about-not-written = The file for support can’t be written.
    .do = Make room on the disk, then press again.
about-failed = The checks could not be run.
    .do = On the command line: tillback doctor
about-more = Read on
