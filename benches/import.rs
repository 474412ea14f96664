//! How fast a file of sales is taken in: `cargo bench --bench import -- [ROWS] [FOLDER]`, a million by default.
//!
//! It writes a CSV file of sales, takes it in, takes it in again (every row is there already), and says rows per second.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use tillback::domain::{Policy, SaleKey, TillName, Timestamp, TransactionNo};
use tillback::ledger::{ImportFormat, ImportOptions, Ledger, LedgerSettings};

fn main() {
    // `cargo test --benches` runs it too, without the flag: a thousand rows show that it works.
    let usual = if std::env::args().any(|argument| argument == "--bench") { 1_000_000 } else { 1_000 };
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let rows: u64 = arguments.next().map_or(usual, |rows| rows.parse().expect("ROWS is a number"));
    let folder = arguments
        .next()
        .map_or_else(std::env::temp_dir, PathBuf::from)
        .join(format!("tillback-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("sales.csv");
    write_sales(&file, rows);
    let now = Timestamp::from_ms(1_800_000_000_000);
    let settings = LedgerSettings::new(TillName::parse("BENCH").unwrap(), Policy::default());
    let mut ledger = Ledger::open(&folder.join("ledger.db"), settings, now).unwrap();
    let options = ImportOptions::new(ImportFormat::Csv, "sales.csv");
    for what in ["new", "there already"] {
        let began = Instant::now();
        let summary = ledger.import_file(&file, &options, now, &mut |_| ()).unwrap();
        let seconds = began.elapsed().as_secs_f64();
        println!("{what}: {} rows in {seconds:.2} s, {:.0} rows a second", summary.rows, rows as f64 / seconds);
    }
    let began = Instant::now();
    let lookups = 10_000;
    for n in 0..lookups {
        let number = TransactionNo::parse(&number(n * (rows / lookups).max(1) % rows)).unwrap();
        assert!(ledger.find_sale(&SaleKey::Transaction(number)).unwrap().is_some());
    }
    let microseconds = began.elapsed().as_secs_f64() * 1e6 / lookups as f64;
    println!("lookup: {microseconds:.1} us each at {rows} sales");
    drop(ledger);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Numbers in no order, as a till's are among those of every other store: a multiplication that hits each once.
fn number(n: u64) -> String {
    format!("{}", 290_000_000_000_000_000 + (n.wrapping_mul(6_364_136_223_846_793) % 29_999_999_999_999_999))
}

fn write_sales(file: &std::path::Path, rows: u64) {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file).unwrap());
    writeln!(out, "transaction_no,reference,amount,currency,settle_currency,wallet,paid_at,status").unwrap();
    for n in 0..rows {
        let (minutes, cents) = (n % 60, n % 100);
        writeln!(
            out,
            "{},POS03-20261121-{n:07},{}.{cents:02},USD,USD,alipay,2026-11-21T09:{minutes:02}:00Z,success",
            number(n),
            1 + n % 200
        )
        .unwrap();
    }
    out.flush().unwrap();
}
