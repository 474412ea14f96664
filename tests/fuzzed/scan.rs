//! The text of a code, from a scanner, the camera or a hand; and a scanner's reports, by its own description of them.

use tillback::domain::{Doubt, InvoiceReference, SaleKey, ScanRefusal, ScanSource, Scanned, text::masked};
use tillback::scan::hid_pos;
use tillback::scan::payload::{self, Affixes};
use tillback::scan::symbol::Symbology;

const SOURCES: [ScanSource; 3] = [ScanSource::Camera, ScanSource::Scanner, ScanSource::Typed];
const SYMBOLOGIES: [Option<Symbology>; 4] =
    [None, Some(Symbology::QrCode), Some(Symbology::Code128), Some(Symbology::Ean13)];
const AFFIXES: [(&str, &str); 4] = [("", ""), ("~", ""), ("", "$"), ("TB", "297")];

/// The first byte says where the text comes from, the rest is the text.
pub fn text(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let how = usize::from(*how);
    let (source, symbology) = (SOURCES[how % 3], SYMBOLOGIES[how / 3 % 4]);
    let (prefix, suffix) = AFFIXES[how / 12 % 4];
    let affixes = Affixes { prefix: prefix.to_owned(), suffix: suffix.to_owned(), ..Affixes::default() };
    let text = String::from_utf8_lossy(rest);
    let scanned = payload::read_with(&text, source, symbology, &affixes);
    assert_eq!(scanned, payload::read_with(&text, source, symbology, &affixes), "it reads the same twice");
    check_masking(&text);
    match &scanned {
        Scanned::Candidate(candidate) => match &candidate.key {
            SaleKey::Transaction(number) => {
                check_number(&text, number.as_str(), source, affixes == Affixes::default());
                // Eighteen digits beginning 10 to 15 are WeChat's codes to pay with, unless the text itself says
                // that they are a transaction number.
                let pair: u8 = number.as_str()[..2].parse().unwrap();
                if (10..=15).contains(&pair) && !text.to_ascii_lowercase().contains("transactionno") && !escapes(&text)
                {
                    assert_eq!(candidate.doubt, Some(Doubt::PaymentCode), "{text:?}");
                }
            }
            SaleKey::Reference(reference) => {
                assert_eq!(InvoiceReference::parse(reference.as_str()).as_ref(), Ok(reference));
                if !symbology.is_some_and(Symbology::is_product) && !says_key(&text) {
                    assert!(reference.as_str().contains(|c: char| c.is_ascii_digit()), "{text:?}");
                }
            }
        },
        Scanned::Refused(refusal) => check_refusal(refusal, &text),
    }
}

/// True where the text may name its number by a key, and then in an escaped form.
fn says_key(text: &str) -> bool {
    text.contains(['=', '{'])
}

fn escapes(text: &str) -> bool {
    text.contains(['%', '\\', '+'])
}

/// Never anything but eighteen digits, and never digits that did not stand side by side in what was read.
fn check_number(text: &str, number: &str, source: ScanSource, plain: bool) {
    assert!(number.len() == 18 && number.bytes().all(|byte| byte.is_ascii_digit()), "{number:?} of {text:?}");
    if says_key(text) && escapes(text) {
        return;
    }
    if source != ScanSource::Typed || says_key(text) {
        assert!(text.contains(number), "{number} was never in {text:?}");
    } else {
        let digits: String = text.chars().filter_map(digit_of).collect();
        assert!(digits.contains(number), "{number} was never typed in {text:?}");
        // A longer number is another number: nothing of it may be cut off to make one of ours.
        if !text.contains(']') {
            assert_eq!(digits, number, "{text:?}");
        }
    }
    if source != ScanSource::Typed && !says_key(text) && plain && !text.contains(']') {
        let around = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect::<Vec<_>>();
        assert_eq!(around, [number], "digits beside the number in {text:?}");
    }
}

/// A digit as a hand may type it: also a wide one of an input method.
fn digit_of(character: char) -> Option<char> {
    match u32::from(character) {
        wide @ 0xff10..=0xff19 => char::from_u32(wide - 0xff10 + u32::from('0')),
        _ => Some(character).filter(char::is_ascii_digit),
    }
}

/// What a refusal carries to the screen is short and cannot break a line.
fn check_refusal(refusal: &ScanRefusal, text: &str) {
    match refusal {
        ScanRefusal::ForeignUrl { host } => {
            assert!(!host.is_empty() && host.chars().count() <= 300 && !host.contains(char::is_control), "{text:?}");
        }
        ScanRefusal::WrongLength { digits } => {
            assert!((15..=21).contains(digits) && *digits != 18, "{digits} digits in {text:?}");
        }
        ScanRefusal::TooLong { length } => assert!(*length > 64, "{length}"),
        ScanRefusal::Badge
        | ScanRefusal::Empty
        | ScanRefusal::NotANumber
        | ScanRefusal::ProductBarcode
        | ScanRefusal::PaymentCode => {}
    }
}

/// What is written down of a code that is not one of our sales: four and two characters of it at most.
fn check_masking(text: &str) {
    let written = masked(text);
    assert!(written.chars().filter(|c| *c != '\u{2022}').count() <= 6, "{written:?} of {text:?}");
    assert!(!written.contains(char::is_control) && written.chars().count() <= 26);
}

/// The first two bytes say how long a scanner's description of itself is and how long each of its reports.
pub fn hid_reports(data: &[u8]) {
    let Some(([description, each], rest)) = data.split_first_chunk() else { return };
    let (descriptor, reports) = rest.split_at(usize::from(*description).min(rest.len()));
    let each = usize::from(*each % 80).max(1);
    let reports: Vec<&[u8]> = reports.chunks(each).take(64).collect();
    let sent: usize = reports.iter().map(|report| report.len()).sum();
    for scan in hid_pos::texts(descriptor, &reports) {
        // An AIM identifier is three characters more; a byte is a character of at most two bytes.
        assert!(scan.text.chars().count() <= 8192 + 3 && scan.text.len() <= 2 * 8192 + 6);
        assert!(scan.torn || !scan.text.is_empty(), "nothing was scanned");
        // No character that no report held: fields may overlap, so a byte may count more than once, but not eightfold.
        assert!(scan.text.chars().count() <= 8 * sent + 3, "{} characters of {sent} bytes", scan.text.chars().count());
        let read = tillback::scan::read_burst(&scan, &Affixes::default());
        assert_eq!(read.is_none(), scan.torn, "a torn scan is never read");
    }
}
