use super::*;

const NUMBER: &str = "297553638301777927";

/// Feeds pieces, each so many milliseconds after the one before, and gives the scans.
fn gather(pieces: &[(u64, &[u8])]) -> Vec<ScanText> {
    let mut gathered = Gathered::default();
    let (mut scans, mut now) = (Vec::new(), 0);
    for (after, bytes) in pieces {
        for _ in 0..*after {
            now += 1;
            scans.extend(gathered.end(now));
        }
        gathered.take(bytes, now);
    }
    scans.extend(gathered.end(now + 10_000));
    scans
}

#[track_caller]
fn check(pieces: &[(u64, &[u8])], expected: &[(&str, BurstEnd)]) {
    let scans = gather(pieces);
    let found: Vec<(&str, BurstEnd)> = scans.iter().map(|scan| (scan.text.as_str(), scan.end)).collect();
    assert_eq!(found, expected);
    assert!(scans.iter().all(|scan| !scan.torn && scan.shown == scan.text));
}

#[test]
fn a_scan_however_it_ends_and_however_it_is_split() {
    let ends: [(&[u8], BurstEnd); 7] = [
        (b"\r", BurstEnd::Enter),
        (b"\n", BurstEnd::Enter),
        (b"\r\n", BurstEnd::Enter),
        (b"\x03\r", BurstEnd::Enter),
        (b"\t", BurstEnd::Tab),
        (b"", BurstEnd::Quiet),
        (b"\0\0", BurstEnd::Quiet),
    ];
    for (tail, end) in ends {
        let bytes = [NUMBER.as_bytes(), tail].concat();
        check(&[(5, &bytes)], &[(NUMBER, end)]);
        for cut in 1..bytes.len() {
            check(&[(5, &bytes[..cut]), (20, &bytes[cut..])], &[(NUMBER, end)]);
        }
        let single: Vec<(u64, &[u8])> = bytes.chunks(1).map(|byte| (8, byte)).collect();
        check(&single, &[(NUMBER, end)]);
    }
}

#[test]
fn identifiers_prefixes_and_separators_stay_in_the_text() {
    check(&[(1, b"]C1\x1d297553638301777927\r")], &[("]C1\u{1d}297553638301777927", BurstEnd::Enter)]);
    check(&[(1, b"~POS08-1\r\n")], &[("~POS08-1", BurstEnd::Enter)]);
}

#[test]
fn scans_one_after_the_other_and_a_code_of_several_lines() {
    let next: &[u8] = b"316129873376769782\r\n";
    check(
        &[(1, b"297553638301777927\r\n"), (200, next)],
        &[(NUMBER, BurstEnd::Enter), ("316129873376769782", BurstEnd::Enter)],
    );
    // A line feed that comes late is no scan.
    check(&[(1, b"297553638301777927\r"), (90, b"\n")], &[(NUMBER, BurstEnd::Enter)]);
    // Lines without a pause between them are one text, which names no sale; not two sales.
    check(
        &[(1, b"297553638301777927\r316129873376769782\r")],
        &[("297553638301777927\r316129873376769782", BurstEnd::Enter)],
    );
}

#[test]
fn more_than_fits_is_torn_and_the_next_scan_is_whole() {
    let flood = vec![b'7'; MAX_BYTES + 1];
    let scans = gather(&[(1, &flood), (1, b"7\r"), (400, b"297553638301777927\r")]);
    assert_eq!(scans.iter().map(|scan| scan.torn).collect::<Vec<_>>(), [true, false]);
    assert_eq!(scans[1].text, NUMBER);
    assert!(scans[0].text.len() <= MAX_BYTES);
}

#[cfg(unix)]
mod port {
    use std::io::Write;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use crossbeam_channel::{Receiver, unbounded};
    use serialport::TTYPort;

    use super::*;

    /// A machine may be busy; nothing here waits so long unless something is wrong.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// A scanner's end of a new pseudo-terminal whose other end is at `place`.
    fn plug_in(place: &Path) -> TTYPort {
        let (scanner, till) = TTYPort::pair().unwrap();
        let _ = std::fs::remove_file(place);
        symlink(till.name().unwrap(), place).unwrap();
        // The till opens it by its name.
        drop(till);
        scanner
    }

    fn next(events: &Receiver<ScannerEvent>) -> ScannerEvent {
        events.recv_timeout(PATIENCE).unwrap()
    }

    fn settings(place: &Path) -> SerialSettings {
        SerialSettings { port: PortName::Path(place.to_str().unwrap().to_owned()), baud: 9600 }
    }

    #[test]
    fn a_port_is_read_lost_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("scanner");
        let (sender, events) = unbounded();
        let listener = start(settings(&place), move |event| drop(sender.send(event))).unwrap();
        // Nothing is there yet.
        assert!(matches!(next(&events), ScannerEvent::Fault(Trouble { fault: ScannerFault::NotThere, .. })));
        for number in ["297553638301777927", "316129873376769782"] {
            let mut scanner = plug_in(&place);
            assert_eq!(next(&events), ScannerEvent::Ready { name: place.to_str().unwrap().to_owned() });
            for end in ["\r", "\r\n", ""] {
                scanner.write_all(format!("]C1{number}{end}").as_bytes()).unwrap();
                let ScannerEvent::Read(scan) = next(&events) else { panic!("no scan") };
                assert_eq!((scan.text, scan.torn), (format!("]C1{number}"), false));
            }
            // Unplugged: its end is closed.
            std::fs::remove_file(&place).unwrap();
            drop(scanner);
            assert!(matches!(next(&events), ScannerEvent::Fault(Trouble { fault: ScannerFault::Lost, .. })));
            // Looked for again meanwhile, and told once only.
            assert!(matches!(next(&events), ScannerEvent::Fault(Trouble { fault: ScannerFault::NotThere, .. })));
        }
        drop(listener);
        assert!(events.try_recv().is_err());
    }

    #[test]
    fn what_was_scanned_while_nobody_listened_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("scanner");
        let (mut scanner, till) = TTYPort::pair().unwrap();
        symlink(till.name().unwrap(), &place).unwrap();
        scanner.write_all(b"316129873376769782\r").unwrap();
        drop(till);
        let (sender, events) = unbounded();
        let listener = start(settings(&place), move |event| drop(sender.send(event))).unwrap();
        assert!(matches!(next(&events), ScannerEvent::Ready { .. }));
        scanner.write_all(b"297553638301777927\r").unwrap();
        let ScannerEvent::Read(scan) = next(&events) else { panic!("no scan") };
        assert_eq!(scan.text, NUMBER);
        drop(listener);
    }

    #[test]
    fn a_port_that_is_not_there_and_one_that_is_no_port_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("nothing");
        assert_eq!(look_for(&settings(&place)).unwrap_err().fault, ScannerFault::NotThere);
        std::fs::write(&place, "not a port").unwrap();
        assert_eq!(look_for(&settings(&place)).unwrap_err().fault, ScannerFault::NotUnderstood);
        let scanner = plug_in(&place);
        assert!(look_for(&settings(&place)).is_ok());
        drop(scanner);
        let nobody = SerialSettings { port: PortName::Usb(UsbName::parse("usb:fffe:fffe").unwrap()), baud: 9600 };
        assert_eq!(look_for(&nobody).unwrap_err().fault, ScannerFault::NotThere);
    }
}
