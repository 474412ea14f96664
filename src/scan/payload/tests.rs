use proptest::prelude::*;

use super::*;
use ScanSource::{Camera, Scanner, Typed};

const NUMBER: &str = "297553638301777927";

/// The answer in one line: `T` transaction, `R` reference, `!` refused, with the doubt after `?`.
fn said(scanned: &Scanned) -> String {
    match scanned {
        Scanned::Candidate(Candidate { key, doubt }) => {
            let kind = if matches!(key, SaleKey::Transaction(_)) { 'T' } else { 'R' };
            let doubt = doubt.map_or(String::new(), |doubt| format!(" ?{doubt:?}"));
            format!("{kind} {}{doubt}", key.as_str())
        }
        Scanned::Refused(ScanRefusal::ForeignUrl { host }) => format!("! ForeignUrl {host}"),
        Scanned::Refused(refusal) => format!("! {refusal:?}"),
    }
}

#[track_caller]
fn check_as(text: &str, source: ScanSource, symbology: Option<Symbology>, expected: &str) {
    assert_eq!(said(&read(text, source, symbology)), expected, "{text:?} by {source:?} as {symbology:?}");
}

/// The same from every source.
#[track_caller]
fn check(text: &str, expected: &str) {
    for source in [Camera, Scanner, Typed] {
        check_as(text, source, None, expected);
    }
}

#[track_caller]
fn check_typed(text: &str, expected: &str) {
    check_as(text, Typed, None, expected);
}

#[track_caller]
fn check_scanner(text: &str, expected: &str) {
    check_as(text, Scanner, None, expected);
}

#[test]
fn a_bare_number() {
    for number in [NUMBER, "316129873376769782", "305680500880311923", "000000000000000001", "999999999999999999"] {
        check(number, &format!("T {number}"));
    }
    check(&format!(" \t{NUMBER}\r\n"), &format!("T {NUMBER}"));
    check(&format!("\u{feff}{NUMBER}\u{200e}"), &format!("T {NUMBER}"));
    check_as(NUMBER, Camera, Some(Symbology::QrCode), &format!("T {NUMBER}"));
    check_as(NUMBER, Camera, Some(Symbology::Itf), &format!("T {NUMBER}"));
}

#[test]
fn identifiers_of_scanners() {
    for aim in ["]C0", "]C1", "]Q1", "]Q3", "]A0", "]I1", "]d2", "]L0", "]z0"] {
        check_scanner(&format!("{aim}{NUMBER}"), &format!("T {NUMBER}"));
    }
    check_scanner(&format!("]C1\u{1d}{NUMBER}\u{1d}"), &format!("T {NUMBER}"));
    check_scanner(&format!("\u{2}]Q1{NUMBER}\u{3}\r"), &format!("T {NUMBER}"));
    check_scanner("]C1POS08-20261106-470468", "R POS08-20261106-470468");
    check_scanner("]C0", "! Empty");
    check_scanner("]", "! NotANumber");
    check_scanner("]C", "! NotANumber");
    check_scanner("]\u{e9}1297553638301777927", "! NotANumber");
}

#[test]
fn prefixes_and_suffixes_of_a_store() {
    let affixes = Affixes { prefix: "~S".into(), suffix: "$".into(), ..Affixes::default() };
    let wanted = format!("T {NUMBER}");
    for text in [
        format!("~S{NUMBER}$"),
        format!("~S]C1{NUMBER}$\r\n"),
        format!("]C1~S{NUMBER}$"),
        format!("]C1{NUMBER}"),
        format!("\u{2}~S{NUMBER}"),
    ] {
        assert_eq!(said(&read_with(&text, Scanner, None, &affixes)), wanted, "{text:?}");
    }
    assert_eq!(said(&read_with("~S$", Scanner, None, &affixes)), "! Empty");
    assert_eq!(said(&read_with(&format!("~S{NUMBER}$"), Camera, None, &affixes)), "! NotANumber");
}

#[test]
fn fields_are_never_joined() {
    check_scanner("297553638301\u{1d}777927", "! NotANumber");
    check_scanner("297553638301777927\u{1d}297553638301777928", "! NotANumber");
    check_as("2975 5363 8301 7779 27", Camera, None, "! NotANumber");
    check_as("20261106-4704680001", Camera, None, "R 20261106-4704680001");
}

#[test]
fn groups_typed_from_paper() {
    let wanted = format!("T {NUMBER}");
    check_typed("2975 5363 8301 7779 27", &wanted);
    check_typed("2975-5363-8301-7779-27", &wanted);
    check_typed("297553-638301-777927", &wanted);
    check_typed("297 553 638 301 777 927", &wanted);
    check_typed("29755  36383 0177 7927", &wanted);
    check_typed("2975 - 5363 - 8301 - 7779 - 27", &wanted);
    check_typed("2975\u{2013}5363\u{2013}8301\u{2013}7779\u{2013}27", &wanted);
    check_typed("２９７５ ５３６３　８３０１ ７７７９ ２７", &wanted);
    check_typed("2975\u{200b}53638301777927", &wanted);
    check_typed("20261106-4704680001", "R 20261106-4704680001");
    check_typed("130123 456789 012345", "T 130123456789012345 ?PaymentCode");
}

#[test]
fn typed_numbers_of_the_wrong_length() {
    for digits in [15, 16, 17, 19, 20, 21] {
        let text = "297553638301777927000"[..digits].to_owned();
        check_typed(&text, &format!("! WrongLength {{ digits: {digits} }}"));
    }
    check_typed("2975 5363 8301 7779 2", "! WrongLength { digits: 17 }");
    check_typed("2975-5363-8301-7779-2", "! WrongLength { digits: 17 }");
    check_typed("20261106470468", "R 20261106470468");
    check_typed("4417", "R 4417 ?ShortNumber");
    check_typed("44 17", "R 4417 ?ShortNumber");
    check_typed("44-17", "R 44-17");
    check_typed("2975536383017779270000", "R 2975536383017779270000 ?PaymentCode");
    check_typed("4975536383017779270000", "R 4975536383017779270000");
    check_typed("- -", "! NotANumber");
    check_typed("-", "! NotANumber");
}

/// What may be a PIN is asked of nobody, unless the store's own references look like that.
#[test]
fn a_few_typed_digits_are_asked_of_nobody() {
    for digits in ["4829", "482913", "730194826517"] {
        check_typed(digits, &format!("R {digits} ?ShortNumber"));
        check_scanner(&format!("]C1{digits}"), &format!("R {digits}"));
        let short = Affixes { short_references: true, ..Affixes::default() };
        let read = read_with(digits, Typed, None, &short);
        assert!(matches!(read, Scanned::Candidate(Candidate { doubt: None, .. })), "{read:?}");
    }
    check_typed("48-29", "R 48-29");
    check_typed("A4829", "R A4829");
    check_typed("7301948265170", "R 7301948265170");
}

#[test]
fn a_badge_is_a_badge_from_wherever_it_comes() {
    let digits = Badge::of([0x5A; 16]).digits();
    for text in [digits.to_string(), format!("]C1{}", *digits), digits[..30].to_owned(), format!("x{}", *digits)] {
        check_scanner(&text, "! Badge");
        check_typed(&text, "! Badge");
        check_as(&text, Camera, Some(Symbology::QrCode), "! Badge");
        check_as(&text, Camera, Some(Symbology::Code128), "! Badge");
    }
}

#[test]
fn codes_to_pay_with() {
    for text in ["100123456789012345", "130123456789012345", "159999999999999999"] {
        check(text, &format!("T {text} ?PaymentCode"));
    }
    check("160123456789012345", "T 160123456789012345");
    check("281234567890123456", "T 281234567890123456");
    for length in [16, 17, 19, 20, 22, 24] {
        let text = "281234567890123456789012"[..length].to_owned();
        check_as(&text, Camera, Some(Symbology::QrCode), &format!("R {text} ?PaymentCode"));
        check_scanner(&text, &format!("R {text} ?PaymentCode"));
    }
    check_scanner("311234567890123456789", "R 311234567890123456789");
    check_scanner("281234567890123", "R 281234567890123");
    check_scanner("2812345678901234567890123", "R 2812345678901234567890123");
}

#[test]
fn products() {
    for text in ["4006381333931", "036000291452", "96385074"] {
        check_scanner(text, &format!("R {text} ?ProductBarcode"));
        check_scanner(&format!("]E0{text}"), "! ProductBarcode");
        check_scanner(&format!("]C1{text}"), &format!("R {text}"));
        check_as(text, Camera, Some(Symbology::Ean13), "! ProductBarcode");
        check_as(text, Camera, Some(Symbology::UpcA), "! ProductBarcode");
        check_as(text, Camera, Some(Symbology::Code128), &format!("R {text}"));
        check_as(text, Camera, Some(Symbology::QrCode), &format!("R {text}"));
        let short = if text.len() > 12 { "" } else { " ?ShortNumber" };
        check_typed(text, &format!("R {text}{short}"));
    }
    check_scanner("4006381333932", "R 4006381333932");
    check_scanner("]E4963850741", "! ProductBarcode");
    check_as("4006381333931", Scanner, Some(Symbology::Ean8), "! ProductBarcode");
}

#[test]
fn references() {
    for text in ["POS08-20261106-470468", "INV/2026/000417", "A1", "order_7.3", "#4417", "20261106470468"] {
        check(text, &format!("R {text}"));
    }
    check_scanner(&"7".repeat(64), &format!("R {}", "7".repeat(64)));
    check_scanner(&"7".repeat(65), "! TooLong { length: 65 }");
    check_scanner(&"A1".repeat(40), "! TooLong { length: 80 }");
}

#[test]
fn web_addresses() {
    let wanted = format!("T {NUMBER}");
    for url in [
        "https://pay.example.com/refund?transactionNo=297553638301777927",
        "HTTPS://PAY.EXAMPLE.COM/REFUND?TRANSACTIONNO=297553638301777927",
        "http://10.0.0.7:8080/r?a=1&transactionno=297553638301777927&b=2#x",
        "https://x.example/?reference=INV-1&transactionNo=297553638301777927",
        "https://x.example/?transactionNo=297553638301777927&reference=INV-1",
        "https://x.example/?transaction%4eo=%32%3975536383017779%327",
        "https://x.example/#/bill?transactionNo=297553638301777927",
        "https://x.example/#transactionNo=297553638301777927",
        "alipays://platformapi/startapp?transactionNo=297553638301777927",
        "www.example.com/r?transactionNo=297553638301777927",
        "example.com/r?transactionNo=297553638301777927",
        "transactionNo=297553638301777927&merchantNo=200043",
        "https://x.example/?transactionNo=+297553638301777927+",
        "https://x.example/?transactionNo=297553638301777927&transactionNo=297553638301777927",
    ] {
        check(url, &wanted);
        check_scanner(&format!("]Q1{url}\r"), &wanted);
    }
    check("https://x.example/?reference=INV%2F2026%2F7", "R INV/2026/7");
    check("https://x.example/?transactionNo=&reference=INV-7", "R INV-7");
    check("https://x.example/?transactionNo=130123456789012345", "T 130123456789012345");
}

#[test]
fn web_addresses_that_name_no_sale() {
    check("https://survey.example-store.com/s/978204", "! ForeignUrl survey.example-store.com");
    check("https://user:secret@Evil.example:8443/x?y=1", "! ForeignUrl evil.example");
    check("http://[2001:db8::7]:80/", "! ForeignUrl [2001:db8::7]");
    check("https://x.example/297553638301777927", "! ForeignUrl x.example");
    check("https://x.example/?no=297553638301777927", "! ForeignUrl x.example");
    check("https://x.example/?transactionNo=", "! ForeignUrl x.example");
    check("file:///etc/passwd", "! ForeignUrl file");
    check("weixin://wxpay/bizpayurl?pr=4kX9z", "! ForeignUrl wxpay");
    check("WWW.EXAMPLE.COM", "! ForeignUrl www.example.com");
    check("https://a\u{202e}b.example/", "! ForeignUrl a?b.example");
    check("https://x.example/?transactionNo=29755363830177792", "! NotANumber");
    check("https://x.example/?transactionNo=2975536383017779270", "! NotANumber");
    check("https://x.example/?transactionNo=2975 5363 8301 7779 27", "! NotANumber");
    check("https://x.example/?transactionNo=297553638301777927&transactionNo=297553638301777928", "! NotANumber");
    check("https://x.example/?reference=a%26b", "! NotANumber");
    check("https://x.example/?reference=%ff%fe", "! NotANumber");
}

#[test]
fn objects() {
    let wanted = format!("T {NUMBER}");
    for json in [
        r#"{"transactionNo":"297553638301777927"}"#,
        r#"{"transactionNo":297553638301777927}"#,
        r#"{ "TransactionNO" : 297553638301777927 , "reference":"INV-1" }"#,
        r#"{"reference":"INV-1","transactionNo":"297553638301777927"}"#,
        r#"{"ret_code":"000100","result":{"transactionNo":"297553638301777927","amount":0.01}}"#,
        "{\n  \"transactionNo\": 297553638301777927\n}",
    ] {
        check(json, &wanted);
    }
    // A binary float of this size moves in steps of 128: only text keeps the last digits.
    check(r#"{"transactionNo":999999999999999995}"#, "T 999999999999999995");
    check(r#"{"reference":20261106470468}"#, "R 20261106470468");
    check(r#"{"reference":"INV-1"}"#, "R INV-1");
    check(r#"{"transactionNo":null,"reference":"INV-1"}"#, "R INV-1");
    for json in [
        r#"{"transactionNo":2.97553638301777927e17}"#,
        r#"{"transactionNo":297553638301777927.0}"#,
        r#"{"transactionNo":-97553638301777927}"#,
        r#"{"transactionNo":["297553638301777927"]}"#,
        r#"{"transactionNo":"297553638301777927","transactionNo":"297553638301777928"}"#,
        r#"{"amount":1}"#,
        r#"{"transactionNo":"#,
        r#"{"transactionNo":"297553638301777927"} x"#,
        "{}",
        "{",
        r#"["297553638301777927"]"#,
    ] {
        check(json, "! NotANumber");
    }
}

#[test]
fn what_is_no_number_at_all() {
    check("", "! Empty");
    check(" \r\n\t\u{1d}", "! Empty");
    for text in [
        "WIFI:S:Shop Guest;T:WPA;P:12345678;;",
        "BEGIN:VCARD\nVERSION:3.0\nFN:A B\nTEL:5550100\nEND:VCARD",
        "MECARD:N:Owen;TEL:555;;",
        "tel:+15550100",
        "mailto:a@example.com",
        "THANK YOU",
        "thanks",
        "hello 123",
        "a&b1",
        "\u{661}\u{662}\u{663}",
        "caf\u{e9}1",
    ] {
        check(text, "! NotANumber");
    }
    check(&"x".repeat(MAX_CHARACTERS + 1), &format!("! TooLong {{ length: {} }}", MAX_CHARACTERS + 1));
    check(&"1".repeat(1 << 20), &format!("! TooLong {{ length: {} }}", 1 << 20));
}

/// The text as `typed` sees it once its groups are out.
fn ungrouped(text: &str) -> String {
    text.chars().map(plain_character).filter(|c| *c != ' ' && *c != '-' && !affix::is_invisible(*c)).collect()
}

fn any_source() -> impl Strategy<Value = ScanSource> {
    prop_oneof![Just(Camera), Just(Scanner), Just(Typed)]
}

fn any_symbology() -> impl Strategy<Value = Option<Symbology>> {
    proptest::option::of(prop_oneof![Just(Symbology::QrCode), Just(Symbology::Code128), Just(Symbology::Ean13)])
}

/// Texts near to what means something: pieces of real ones in any order, and noise.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[0-9]{1,20}",
        1 => "[ \\-]{1,3}",
        1 => "\\PC{0,6}",
        1 => any::<String>(),
        2 => proptest::sample::select(vec![
            "]C1", "]E0", "\u{1d}", "\r", "{", "}", "\"", ":", "transactionNo", "reference", "=", "?", "&", "https://",
            "x.example/", NUMBER, "10", "\u{2013}", "\u{ff12}",
        ]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_panics_and_no_number_is_made_up(text in any_text(), source in any_source(), kind in any_symbology()) {
        if let Scanned::Candidate(Candidate { key, .. }) = read(&text, source, kind) {
            // Escapes in addresses and JSON spell digits otherwise; the pieces above hold no backslash by design, but
            // noise may.
            if !text.contains(['%', '\\']) {
                let seen = if source == Typed { ungrouped(&text) } else { text.clone() };
                prop_assert!(seen.contains(key.as_str()) || text.contains(key.as_str()) || ungrouped(&text).contains(&ungrouped(key.as_str())),
                    "{key:?} out of {text:?}");
                if let SaleKey::Transaction(number) = &key {
                    prop_assert!(seen.contains(number.as_str()), "{number} out of {text:?}");
                }
            }
        }
    }

    #[test]
    fn a_longer_run_of_digits_never_gives_a_part_of_itself(digits in "[0-9]{19,30}", source in any_source()) {
        let scanned = read(&digits, source, None);
        let is_transaction = matches!(scanned, Scanned::Candidate(Candidate { key: SaleKey::Transaction(_), .. }));
        prop_assert!(!is_transaction, "{scanned:?}");
    }
}
