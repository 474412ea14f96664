use proptest::prelude::*;

use super::descriptor::{Field, Role, layouts};
use super::report::Reports;
use crate::scan::wedge::ScanText;

const NUMBER: &str = "297553638301777927";

/// The layout most scanners have (Honeywell, Zebra and Datalogic agree on it): report 2 is length, identifier, 56 bytes
/// of data, a byte of the maker's own and the flag.
const COMMON: &[u8] = &[
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, // page, scanner, application
    0x09, 0x12, 0xa1, 0x02, 0x85, 0x02, // scanned data report, logical, id 2
    0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08, 0x95, 0x01, // bytes, one
    0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, // byte count
    0x95, 0x03, 0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81, 0x02, // identifier
    0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01, // data
    0x95, 0x01, 0x06, 0x66, 0xff, 0x09, 0x04, 0x81, 0x02, // the maker's own
    0x25, 0x01, 0x75, 0x01, 0x05, 0x8c, 0x09, 0xff, 0x81, 0x02, // data continued
    0x95, 0x07, 0x81, 0x03, // padding
    0xc0, // ...
    0x09, 0x14, 0xa1, 0x02, 0x85, 0x04, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01, 0x09, 0x00, 0x91, 0x02,
    0xc0, // trigger
    0xc0,
];

/// The emulated scanner of the virtual machine's proof: 59 bytes of data and no flag.
const NO_FLAG: &[u8] = &[
    0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x09, 0x12, 0xa1, 0x02, 0x85, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08,
    0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x95, 0x03, 0x05, 0x8c, 0x09, 0xfb, 0x09, 0xfc, 0x09, 0xfd, 0x81,
    0x02, 0x95, 0x3b, 0x09, 0xfe, 0x82, 0x02, 0x01, 0xc0, 0xc0,
];

/// No numbers, no length, the identifier by a range of usages, the flag first and in the middle of a byte.
const BARE: &[u8] = &[
    0x06, 0x8c, 0x00, 0x09, 0x02, 0xa1, 0x01, // page in two bytes
    0x75, 0x03, 0x95, 0x01, 0x81, 0x03, // three bits of nothing
    0x75, 0x01, 0x0b, 0xff, 0x00, 0x8c, 0x00, 0x81, 0x02, // the flag, its page in the usage
    0x75, 0x04, 0x81, 0x03, // four bits of nothing
    0xa4, 0x75, 0x08, 0x95, 0x03, 0x19, 0xfb, 0x29, 0xfd, 0x81, 0x02, // pushed; a range
    0x05, 0x09, // another page, until the next line
    0xb4, 0xfe, 0x02, 0xf0, 0x01, 0x02, // popped; a long item
    0x75, 0x10, 0x95, 0x04, 0x09, 0xfe, 0x81, 0x00, // four fields of two bytes, as an array
    0xc0,
];

fn report(layout: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = parts.concat();
    let data = &layouts(layout)[0];
    let numbered = usize::from(data.id.is_some());
    let bits = data.fields.iter().map(|field| field.bit + field.bits).max().unwrap();
    bytes.resize(numbered + bits.div_ceil(8), 0);
    bytes
}

fn common(data: &str, identifier: &[u8; 3], goes_on: bool) -> Vec<u8> {
    let mut bytes = vec![2, u8::try_from(data.len()).unwrap()];
    bytes.extend(identifier);
    bytes.extend(data.as_bytes());
    bytes.resize(62, 0);
    bytes.push(u8::from(goes_on));
    bytes
}

fn read(layout: &[u8], reports: &[Vec<u8>]) -> Vec<ScanText> {
    let mut together = Reports::new(layouts(layout));
    let mut scans: Vec<ScanText> =
        (0u64..).zip(reports).filter_map(|(at, report)| together.take(report, at * 4)).collect();
    scans.extend(together.quiet(60_000));
    scans
}

#[track_caller]
fn check(layout: &[u8], reports: &[Vec<u8>], expected: &[&str]) {
    let scans = read(layout, reports);
    assert_eq!(scans.iter().map(|scan| scan.text.as_str()).collect::<Vec<_>>(), expected);
    assert!(scans.iter().all(|scan| !scan.torn && scan.shown == scan.text));
}

#[test]
fn layouts_as_devices_describe_them() {
    let of = |descriptor: &[u8], role: Role| -> Vec<(usize, usize)> {
        let found = layouts(descriptor);
        assert_eq!(found.len(), 1);
        found[0].fields.iter().filter(|field| field.role == role).map(|field| (field.bit, field.bits)).collect()
    };
    assert_eq!(layouts(COMMON)[0].id, Some(2));
    assert_eq!(of(COMMON, Role::Count), [(0, 8)]);
    assert_eq!(of(COMMON, Role::Identifier(2)), [(24, 8)]);
    assert_eq!((of(COMMON, Role::Data).len(), of(COMMON, Role::Data)[0]), (56, (32, 8)));
    assert_eq!(of(COMMON, Role::Continued), [(488, 1)]);
    assert_eq!((of(NO_FLAG, Role::Data).len(), of(NO_FLAG, Role::Continued)), (59, vec![]));
    assert_eq!(layouts(BARE)[0].id, None);
    assert_eq!(of(BARE, Role::Continued), [(3, 1)]);
    assert_eq!(of(BARE, Role::Identifier(0)), [(8, 8)]);
    assert_eq!(of(BARE, Role::Data), (0..8).map(|at| (32 + at * 8, 8)).collect::<Vec<_>>());
    // A keyboard, and nothing at all.
    assert_eq!(layouts(&[0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x75, 0x08, 0x95, 0x06, 0x81, 0x00, 0xc0]), []);
    assert_eq!(layouts(&[]), []);
}

#[test]
fn one_report_one_code() {
    check(COMMON, &[common(NUMBER, b"]C1", false)], &["]C1297553638301777927"]);
    check(COMMON, &[common(NUMBER, b"\0\0\0", false)], &[NUMBER]);
    check(COMMON, &[common("297553638301777927\r", b"]Q1", false)], &["]Q1297553638301777927"]);
    // A scanner that is set to put the identifier into the data too.
    check(COMMON, &[common("]C1297553638301777927", b"]C1", false)], &["]C1297553638301777927"]);
    check(COMMON, &[common("\u{1d}29\u{1d}30", b"]C1", false)], &["]C1\u{1d}29\u{1d}30"]);
    let two = [common(NUMBER, b"]C1", false), common("316129873376769782", b"]Q1", false)];
    check(COMMON, &two, &["]C1297553638301777927", "]Q1316129873376769782"]);
    // Reports of another kind, and empty ones.
    check(
        COMMON,
        &[vec![4, 1], vec![], common("", b"]C1", false), common(NUMBER, b"]C1", false)],
        &["]C1297553638301777927"],
    );
}

#[test]
fn a_code_in_several_reports() {
    let long = "https://pay.example.com/r?transactionNo=297553638301777927&store=7&shift=3&lane=12&x=0123456789";
    let (first, rest) = long.split_at(56);
    check(COMMON, &[common(first, b"]Q1", true), common(rest, b"]Q1", false)], &[&format!("]Q1{long}")]);
    let (first, rest) = long.split_at(59);
    let whole = |data: &str| report(NO_FLAG, &[&[2, u8::try_from(data.len()).unwrap()], b"]Q1", data.as_bytes()]);
    check(NO_FLAG, &[whole(first), whole(rest)], &[&format!("]Q1{long}")]);
    // Exactly full, and all.
    check(NO_FLAG, &[whole(first)], &[&format!("]Q1{first}")]);
    let bare = |flag: u8, data: &[u8]| report(BARE, &[&[flag << 3], b"]C0", data]);
    check(BARE, &[bare(1, b"29755363"), bare(1, b"83017779"), bare(0, b"27")], &["]C0297553638301777927"]);
}

#[test]
fn a_code_whose_rest_does_not_come_is_torn() {
    let scans = read(COMMON, &[common("297553638301777927", b"]C1", true)]);
    assert_eq!(scans.iter().map(|scan| scan.torn).collect::<Vec<_>>(), [true]);
    let flood: Vec<Vec<u8>> = (0..400).map(|_| common(&"7".repeat(56), b"]C1", true)).collect();
    let scans = read(COMMON, &flood);
    assert!(scans.len() == 1 && scans[0].torn && scans[0].text.len() < 10_000);
}

#[test]
fn a_length_that_is_a_lie_is_believed_no_further_than_the_report() {
    let mut lie = common(NUMBER, b"]C1", false);
    lie[1] = 255;
    assert_eq!(read(COMMON, &[lie.clone()])[0].text.trim_end_matches('\0'), "]C1297553638301777927");
    lie.truncate(10);
    let short = read(COMMON, &[lie]);
    assert!(short.is_empty() || short[0].text.len() <= 8, "{short:?}");
}

/// A descriptor that claims four thousand million fields of another's page would have been counted through, one by one.
#[test]
fn fields_beyond_any_report_are_not_gone_through() {
    // Usage Page (vendor), Usage (1), Report Size (32), Report Count (2^32 - 1), Input.
    let vendors = [0x06, 0x00, 0xff, 0x09, 0x01, 0x75, 0x20, 0x97, 0xff, 0xff, 0xff, 0xff, 0x81, 0x02];
    assert!(layouts(&vendors).is_empty());
    // And usages from 0 to 65,535, over and over.
    let ranges = [0x05, 0x8c, 0x19, 0x00, 0x2a, 0xff, 0xff].repeat(500);
    assert!(layouts(&ranges).is_empty());
}

proptest! {
    #[test]
    fn no_descriptor_and_no_report_panics(
        descriptor in proptest::collection::vec(any::<u8>(), 0..300),
        reports in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..80), 0..6),
    ) {
        let found = layouts(&descriptor);
        prop_assert!(found.iter().map(|layout| layout.fields.len()).sum::<usize>() <= 8192);
        let mut together = Reports::new(found);
        for report in &reports {
            let _ = together.take(report, 1);
        }
        let _ = together.quiet(10_000);
    }

    #[test]
    fn a_known_layout_takes_any_report(report in proptest::collection::vec(any::<u8>(), 0..80)) {
        for layout in [COMMON, NO_FLAG, BARE] {
            let _ = Reports::new(layouts(layout)).take(&report, 1);
        }
    }

    #[test]
    fn damaged_descriptors_stay_within_bounds(at in 0usize..COMMON.len(), byte in any::<u8>()) {
        let mut descriptor = COMMON.to_vec();
        descriptor[at] = byte;
        for layout in layouts(&descriptor) {
            let inside = |field: &Field| field.bits >= 1 && field.bits <= 8;
            prop_assert!(layout.fields.iter().all(inside));
        }
    }
}
