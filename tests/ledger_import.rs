//! Files of sales: what is taken in, what is refused and by which line, and that it is all or nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::{Currency, Money, SaleKey, SaleOrigin, SaleStatus, Timestamp};
use tillback::ledger::{
    Fault, ImportError, ImportFormat, ImportOptions, ImportSummary, Ledger, MAX_FAULTS, MAX_RECORD_BYTES, Other,
    SaleFacts,
};

const A: &str = "297553638301777927";
const B: &str = "316129873376769782";

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&folder.path().join("ledger.db"), settings(), NOW).unwrap();
    (folder, ledger)
}

fn take(ledger: &mut Ledger, format: ImportFormat, text: &[u8]) -> Result<ImportSummary, ImportError> {
    ledger.import(text, &ImportOptions::new(format, "sales"), NOW, &mut |_| ())
}

fn csv(ledger: &mut Ledger, text: &str) -> Result<ImportSummary, ImportError> {
    take(ledger, ImportFormat::Csv, text.as_bytes())
}

fn json(ledger: &mut Ledger, text: &str) -> Result<ImportSummary, ImportError> {
    take(ledger, ImportFormat::JsonLines, text.as_bytes())
}

fn counts(added: u64, completed: u64, skipped: u64) -> ImportSummary {
    ImportSummary { rows: added + completed + skipped, added, completed, skipped }
}

fn sale(ledger: &Ledger, transaction_no: &str) -> tillback::domain::Sale {
    ledger.find_sale(&SaleKey::Transaction(number(transaction_no))).unwrap().expect(transaction_no).sale
}

fn sales(ledger: &Ledger) -> i64 {
    raw(ledger.path()).query_row("SELECT count(*) FROM sales", [], |row| row.get(0)).unwrap()
}

/// The faults of a file, which must leave the ledger as it was.
#[track_caller]
fn faults(format: ImportFormat, before: &str, text: &[u8]) -> Vec<(u64, String)> {
    let (_folder, mut ledger) = ledger();
    if !before.is_empty() {
        take(&mut ledger, format, before.as_bytes()).unwrap();
    }
    let (sales_before, head) = (sales(&ledger), ledger.audit_head().unwrap());
    let error = take(&mut ledger, format, text).expect_err("the file is faulty");
    assert_eq!((sales(&ledger), ledger.audit_head().unwrap()), (sales_before, head), "something was taken in");
    match error {
        ImportError::Lines { faults, .. } => faults.into_iter().map(|f| (f.line, f.what.to_string())).collect(),
        other => panic!("{other}"),
    }
}

#[track_caller]
fn refused(format: ImportFormat, before: &str, text: &str, expected: &[(u64, &str)]) {
    let found = faults(format, before, text.as_bytes());
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((line, what), (expected_line, part)) in found.iter().zip(expected) {
        assert!(line == expected_line && what.contains(part), "line {line}: {what}; expected {expected_line}: {part}");
    }
}

/// A copy, a check and a report read for seconds from one moment of the ledger, and no refund waits for them.
#[test]
fn an_import_behind_a_long_reader_keeps_no_refund_waiting() {
    let (_folder, mut ledger) = ledger();
    let path = ledger.path().to_owned();
    csv(&mut ledger, &format!("transaction_no,amount\n{A},39.90\n")).unwrap();
    let reader = raw(&path);
    reader.execute_batch("BEGIN; SELECT count(*) FROM sales;").unwrap();
    let importing = std::thread::spawn(move || csv(&mut ledger, &format!("transaction_no,amount\n{B},1.00\n")));
    let writer = raw(&path);
    let done = || -> i64 { writer.query_row("SELECT count(*) FROM sales", [], |row| row.get(0)).unwrap() };
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while done() < 2 {
        assert!(std::time::Instant::now() < deadline, "the import waits for a reader");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    // Less than the half minute for which a connection waits for another's commit.
    writer.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
    writer
        .execute_batch("BEGIN IMMEDIATE; ROLLBACK")
        .expect("the import keeps the ledger while it waits for the reader");
    drop(reader);
    assert_eq!(importing.join().unwrap(), Ok(counts(1, 0, 0)));
}

/// A till program that hands its whole day over again and again: what it leaves out contradicts nothing.
#[test]
fn a_file_taken_in_again_after_the_gateway_named_another_settlement_changes_nothing() {
    let (_folder, mut ledger) = ledger();
    let day = format!("transaction_no,amount\n{A},39.90\n");
    assert_eq!(csv(&mut ledger, &day), Ok(counts(1, 0, 0)));
    let pounds = Currency::parse("GBP").unwrap();
    let facts = SaleFacts {
        transaction_no: Some(number(A)),
        reference: None,
        paid: Money::parse("39.90", Currency::USD).unwrap(),
        settle_currency: pounds,
        wallet: None,
        paid_at: None,
        status: SaleStatus::Success,
    };
    ledger.insert_or_update_from_gateway(&facts, NOW).unwrap();
    assert_eq!(csv(&mut ledger, &format!("{day}{B},1.00\n")), Ok(counts(1, 0, 1)));
    assert_eq!(sale(&ledger, A).settle_currency, pounds);
    // What it says itself is a contradiction.
    let said = format!("transaction_no,amount,settle_currency\n{A},39.90,USD\n");
    assert!(matches!(csv(&mut ledger, &said), Err(ImportError::Lines { .. })));
}

#[test]
fn csv_with_all_its_freedoms() {
    let (_folder, mut ledger) = ledger();
    let text = format!(
        "\u{feff}Reference, amount ,transaction_no,currency,settle_currency,wallet,paid_at,status\r\n\
         POS-1,39.90,{A},USD,USD,alipay,2026-11-21T09:30:00+01:00,success\r\n\
         \r\n\
         POS-2,\"45000\",,KRW,usd,\"Kakao, \"\"Pay\"\"\",2026-11-21 09:30:00,PENDING\r\n\
         ,10,{B},,,,,"
    );
    assert_eq!(csv(&mut ledger, &text), Ok(counts(3, 0, 0)));
    let first = sale(&ledger, A);
    assert_eq!((first.paid, first.origin, first.status), (usd(3990), SaleOrigin::Import, SaleStatus::Success));
    // 2026-11-21T08:30:00Z.
    assert_eq!(first.paid_at, Some(Timestamp::from_ms(1_795_249_800_000)));
    let second = ledger.find_sale(&SaleKey::Reference(invoice("POS-2"))).unwrap().unwrap().sale;
    assert_eq!(second.paid, Money::from_minor(45_000, Currency::parse("KRW").unwrap()).unwrap());
    assert_eq!((second.wallet.as_deref(), second.status), (Some("Kakao, \"Pay\""), SaleStatus::Pending));
    assert_eq!(second.paid_at, Some(Timestamp::from_ms(1_795_253_400_000)));
    assert_eq!(sale(&ledger, B).paid, usd(1000));
    assert_eq!(csv(&mut ledger, &text), Ok(counts(0, 0, 3)), "a second time changes nothing");
    assert!(ledger.audit_verify(None).is_ok());
}

#[test]
fn a_time_without_a_zone_is_of_the_zone_declared() {
    let (_folder, mut ledger) = ledger();
    let mut options = ImportOptions::new(ImportFormat::Csv, "sales");
    options.zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let text = format!("transaction_no,amount,paid_at\n{A},1,2026-11-21 09:30:00\n");
    ledger.import(text.as_bytes(), &options, NOW, &mut |_| ()).unwrap();
    assert_eq!(sale(&ledger, A).paid_at, Some(Timestamp::from_ms(1_795_253_400_000 - 8 * 3_600_000)));
}

#[test]
fn json_lines_with_items_and_exact_amounts() {
    let (_folder, mut ledger) = ledger();
    let text = format!(
        "\u{feff}{{\"transaction_no\":\"{A}\",\"amount\":39.90,\"items\":[{{\"description\":\"Tea\",\"amount\":\"12.50\"}},\
         {{\"description\":\"Rice \\u00e9\",\"quantity\":2,\"amount\":27.4}}]}}\r\n\n\
         {{\"transaction_no\":\"{B}\",\"amount\":\"92233720368547758.07\"}}"
    );
    assert_eq!(json(&mut ledger, &text), Ok(counts(2, 0, 0)));
    let items = sale(&ledger, A).items;
    assert_eq!((items[0].quantity, items[1].amount), (1, usd(2740)));
    assert_eq!(items[1].description, "Rice \u{e9}");
    assert_eq!(sale(&ledger, B).paid, usd(i64::MAX), "a binary float would have lost the cents");
    assert_eq!(json(&mut ledger, &text), Ok(counts(0, 0, 2)));
}

#[test]
fn every_fault_of_csv_by_its_line() {
    let csv = |text: &str, expected: &[(u64, &str)]| refused(ImportFormat::Csv, "", text, expected);
    csv("", &[(1, "the file is empty")]);
    csv("transaction_no,amount,colour\n", &[(1, "column \"colour\": it is not known; allowed: transaction_no")]);
    csv("transaction_no,amount,amount\n", &[(1, "it is there twice")]);
    csv("transaction_no;amount\n", &[(1, "separated by commas")]);
    csv("transaction_no\n", &[(1, "column \"amount\": it is missing")]);
    csv("amount\n", &[(1, "one of the two is needed")]);
    let rows = format!(
        "transaction_no,reference,amount,currency,paid_at,status\n\
         {A},,39.90,USD,,\n\
         12345,,1,,,\n\
         ,a b,1,,,\n\
         ,,1,,,\n\
         {B},,1.001,,,\n\
         {B},,-1,,,\n\
         {B},,\"1,000.00\",,,\n\
         {B},,0,,,\n\
         {B},,1,US,,\n\
         {B},,1,,21.11.2026,\n\
         {B},,1,,2026-11-21,\n\
         {B},,1,,2126-11-21T00:00:00Z,\n\
         {B},,1,,,paid\n\
         {B},,1,,\n"
    );
    csv(
        &rows,
        &[
            (3, "18 digits"),
            (4, "reference: it holds ' '"),
            (5, "neither transaction_no nor reference"),
            (6, "USD has 2 decimals"),
            (7, "not an amount"),
            (8, "not an amount"),
            (9, "it is zero"),
            (10, "not a currency code"),
            (11, "is not a time"),
            (12, "is not a time"),
            (13, "in the future"),
            (14, "allowed: success, init"),
            (15, "it has 5 fields, the first line names 6"),
        ],
    );
}

#[test]
fn every_fault_of_json_by_its_line() {
    let good = format!("{{\"transaction_no\":\"{A}\",\"amount\":1}}\n");
    let bad = [
        ("{\"amount\":1", "not a sale in JSON"),
        ("[]", "one object a line"),
        (" [{\"reference\":\"A-1\",\"amount\":\"1.00\"}]", "with no list around them"),
        ("{\"transaction_no\":\"316129873376769782\",\"amount\":1,\"paid_ago\":3}", "unknown field `paid_ago`"),
        ("{\"transaction_no\":316129873376769782,\"amount\":1}", "expected a"),
        ("{\"transaction_no\":\"316129873376769782\"}", "an amount is missing"),
        ("{\"transaction_no\":\"316129873376769782\",\"amount\":1e2}", "not an amount"),
        ("{\"transaction_no\":\"316129873376769782\",\"amount\":null}", "an amount is missing"),
        (
            "{\"reference\":\"R\",\"amount\":1,\"items\":[{\"description\":\"\",\"amount\":1}]}",
            "a description is empty",
        ),
        (
            "{\"reference\":\"R\",\"amount\":1,\"items\":[{\"description\":\"x\",\"quantity\":0,\"amount\":1}]}",
            "quantity 0",
        ),
    ];
    for (line, part) in bad {
        refused(ImportFormat::JsonLines, "", &format!("{good}{line}\n"), &[(2, part)]);
    }
    assert_eq!(faults(ImportFormat::JsonLines, "", b"{\"reference\":\"\xff\"}")[0].0, 1);
    assert_eq!(faults(ImportFormat::Csv, "", b"reference,amount\nR,1\n\xff,1\n"), [(3, Fault::NotText.to_string())]);
}

#[test]
fn the_same_sale_told_otherwise_names_both() {
    let head = "transaction_no,reference,amount\n";
    let same = |before: &str, rows: &str, expected: &[(u64, &str)]| {
        let before = if before.is_empty() { String::new() } else { format!("{head}{before}") };
        refused(ImportFormat::Csv, &before, &format!("{head}{rows}"), expected);
    };
    same(
        "",
        &format!("{B},,1\n{A},,1\n{A},,2\n"),
        &[(4, "the same sale is in line 3 with another amount: 1.00 USD there, 2.00 USD here")],
    );
    same(&format!("{A},,1\n"), &format!("{A},,2\n"), &[(2, "the same sale is in the ledger with another amount")]);
    same("", &format!("{A},R1,1\n{A},R2,1\n"), &[(3, "another reference: R1 there, R2 here")]);
    same("", "\"\",R1,1\n,R1,2\n", &[(3, "in line 2 with another amount")]);
    // Paid for us, unpaid for the till program: neither is believed without a word.
    let with_status = head.replace("amount", "amount,status");
    let before = format!("{with_status}{A},,1,success\n");
    let unpaid = format!("{with_status}{A},,1,pending\n");
    refused(ImportFormat::Csv, &before, &unpaid, &[(2, "another status: success there, pending here")]);
    // Known by the merchant's number alone, then by both: one sale, not two to refund.
    same(",R1,1\n", &format!("{A},R1,2\n"), &[(2, "in the ledger with another amount")]);
    same(&format!("{A},R1,1\n{B},R1,1\n"), ",R1,1\n", &[(2, "several sales with this reference")]);
    same(&format!("{A},,1\n,R1,1\n"), &format!("{A},R1,1\n"), &[(2, "another sale")]);
}

#[test]
fn what_was_missing_is_filled_in_and_two_sales_may_share_a_reference() {
    let (_folder, mut ledger) = ledger();
    let head = "transaction_no,reference,amount,wallet,status\n";
    assert_eq!(csv(&mut ledger, &format!("{head},R1,1,,pending\n{A},R2,2,,\n{B},R2,2,,\n")), Ok(counts(3, 0, 0)));
    let third = "305680500880311923";
    assert_eq!(csv(&mut ledger, &format!("{head}{third},R1,1,alipay,success\n")), Ok(counts(0, 1, 0)));
    let completed = sale(&ledger, third);
    assert_eq!((completed.status, completed.wallet.as_deref()), (SaleStatus::Success, Some("alipay")));
    let items =
        format!("{{\"transaction_no\":\"{A}\",\"amount\":2,\"items\":[{{\"description\":\"x\",\"amount\":2}}]}}");
    assert_eq!(json(&mut ledger, &items), Ok(counts(0, 1, 0)));
    assert_eq!(sale(&ledger, A).items.len(), 1);
}

#[test]
fn faults_are_counted_beyond_the_hundredth() {
    let (_folder, mut ledger) = ledger();
    let text = format!("transaction_no,amount\n{}", "x,1\n".repeat(250));
    let Err(ImportError::Lines { faults, more }) = csv(&mut ledger, &text) else { panic!() };
    assert_eq!((faults.len(), more), (MAX_FAULTS, 150));
    assert_eq!(faults[99].line, 101);
}

#[test]
fn a_line_without_end_ends_the_import_in_bounded_memory() {
    /// Gives the same byte for ever, and fails the test if too much is asked of it.
    struct Endless(&'static [u8], u64);
    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if !self.0.is_empty() {
                return std::io::Read::read(&mut self.0, buffer);
            }
            self.1 += u64::try_from(buffer.len()).unwrap();
            assert!(self.1 < 2_000_000, "read {} bytes of one record", self.1);
            buffer.fill(b'\n');
            buffer[0] = b'x';
            Ok(buffer.len())
        }
    }
    let (_folder, mut ledger) = ledger();
    // A quote that is never closed swallows every line behind it.
    let source = Endless(b"reference,amount\nR,1\n\"open", 0);
    let options = ImportOptions::new(ImportFormat::Csv, "sales");
    let Err(ImportError::Lines { faults, .. }) = ledger.import(source, &options, NOW, &mut |_| ()) else { panic!() };
    assert_eq!((faults[0].line, &faults[0].what), (3, &Fault::TooLong { max_bytes: MAX_RECORD_BYTES }));
    let long = format!("{{\"reference\":\"R\",\"amount\":1}}\n{{\"reference\":\"{}", "x".repeat(MAX_RECORD_BYTES));
    let Err(ImportError::Lines { faults, .. }) = json(&mut ledger, &long) else { panic!() };
    assert_eq!((faults[0].line, &faults[0].what), (2, &Fault::TooLong { max_bytes: MAX_RECORD_BYTES }));
}

#[test]
fn progress_is_told_and_the_other_line_is_named_among_many() {
    let (_folder, mut ledger) = ledger();
    let rows: String = (0..10_000).map(|n| format!("{},{}\n", 297_553_638_301_000_000_u64 + n, n + 1)).collect();
    let text = format!("transaction_no,amount\n{rows}");
    let mut told = Vec::new();
    let options = ImportOptions::new(ImportFormat::Csv, "sales");
    ledger.import(text.as_bytes(), &options, NOW, &mut |progress| told.push(progress.bytes)).unwrap();
    assert!(told.len() == 2 && told.is_sorted() && told[1] < u64::try_from(text.len()).unwrap(), "{told:?}");
    let twice = format!("transaction_no,amount\n{A},1\n{rows}297553638301009999,1\n");
    let (_folder, mut fresh) = self::ledger();
    let Err(ImportError::Lines { faults, .. }) = csv(&mut fresh, &twice) else { panic!() };
    let Fault::Conflict { other, .. } = &faults[0].what else { panic!("{faults:?}") };
    assert_eq!((faults.len(), faults[0].line, *other), (1, 10_003, Other::Line(10_002)));
}
