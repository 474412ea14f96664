//! What the ledger takes: a refund's part of the disk, import, look-up from a thousand sales to ten million, search among
//! a million refunds; each beside what SQLite or the disk alone take. `./scripts/report` runs it and writes `docs/bench.md`.
//!
//! `cargo bench --bench report -- FOLDER [SALES]`: one JSON line a figure on standard output. FOLDER keeps the ledger with
//! all the sales (4 GB at ten million) for whoever measures more on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::fs::File;
use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rusqlite::Connection;
use tillback::domain::{
    Currency, Intention, Money, OperatorName, Outcome, Pin, Policy, Proof, Reason, Role, SaleKey, TillName, Timestamp,
    TransactionNo,
};
use tillback::flow::{RefundQuery, Turn};
use tillback::gateway::QueryAnswer;
use tillback::ledger::{ImportFormat, ImportOptions, Ledger, LedgerSettings, Recorded, Yes};
use tillback::terminal::{Duties, Gateway, SystemClock};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);
const MANAGER_PIN: &str = "482913";

fn main() {
    // `cargo test --benches` runs it too, without the flag: small, to show that it works.
    let in_earnest = std::env::args().any(|argument| argument == "--bench");
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let temporary = tempfile::tempdir().unwrap();
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let usual = if in_earnest { 10_000_000 } else { 1_000 };
    let most: u64 = arguments.next().map_or(usual, |sales| sales.parse().expect("SALES is a number"));
    std::fs::create_dir_all(&folder).unwrap();
    let rounds = if in_earnest { 500 } else { 5 };
    disk(&folder, rounds);
    refunds(&folder, rounds);
    search(&folder, if in_earnest { 1_000_000 } else { 1_000 });
    look_ups(&folder, most, if in_earnest { 20_000 } else { 100 });
}

/// One figure: how often, and the nanoseconds of each.
fn say(what: &str, at: u64, mut nanos: Vec<u128>) {
    nanos.sort_unstable();
    let part = |hundredths: usize| nanos[(nanos.len() - 1) * hundredths / 100] as f64 / 1000.0;
    println!(
        "{{\"what\":\"{what}\",\"at\":{at},\"sample\":{},\"p50_us\":{:.2},\"p99_us\":{:.2},\"max_us\":{:.2}}}",
        nanos.len(),
        part(50),
        part(99),
        part(100)
    );
}

fn timed<T>(into: &mut Vec<u128>, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let made = work();
    into.push(began.elapsed().as_nanos());
    made
}

/// The limits: 4 KiB more in a file and on the disk; 4 KiB written over, in turn with those; a row more in a SQLite that
/// waits for the disk.
fn disk(folder: &Path, rounds: usize) {
    let mut file = File::create(folder.join("raw")).unwrap();
    let mut there = File::create(folder.join("there")).unwrap();
    there.write_all(&vec![1; 1 << 20]).and_then(|()| there.sync_all()).unwrap();
    let (mut raw, mut over, mut row) = (vec![], vec![], vec![]);
    for n in 0..rounds {
        timed(&mut raw, || file.write_all(&[7; 4096]).and_then(|()| file.sync_data()).unwrap());
        let place = (n as u64 % 256) * 4096;
        there.seek(SeekFrom::Start(place)).unwrap();
        timed(&mut over, || there.write_all(&[7; 4096]).and_then(|()| there.sync_data()).unwrap());
    }
    say("fdatasync", 0, raw);
    say("fdatasync_over", 0, over);
    let path = folder.join("raw.db");
    let database = Connection::open(&path).unwrap();
    let make = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (text TEXT)";
    database.execute_batch(make).unwrap();
    for n in 0..rounds {
        timed(&mut row, || database.execute("INSERT INTO rows VALUES (?1)", [format!("row {n}")]).unwrap());
    }
    say("sqlite_commit", 0, row);
}

fn open(path: &Path) -> Ledger {
    let policy = Policy { min_seconds_between_refunds: 0, max_refunds_per_sale: 1_000, ..Policy::default() };
    Ledger::open(path, LedgerSettings::new(TillName::parse("BENCH").unwrap(), policy), NOW).unwrap()
}

/// A refund but for the network: the yes with the refund as prepared, sent, the outcome. By badge, so that a PIN's hash,
/// which is slow on purpose, stands by itself.
fn refunds(folder: &Path, rounds: usize) {
    let mut ledger = open(&folder.join("refunds.db"));
    let add = |ledger: &mut Ledger, name: &str, role, pin: &str| {
        let (name, pin) = (OperatorName::parse(name).unwrap(), Pin::parse(pin).unwrap());
        ledger.add_operator(&name, role, &pin, None, NOW).unwrap()
    };
    let cashier = add(&mut ledger, "Mei Chen", Role::Cashier, "7391");
    let manager = add(&mut ledger, "Luis Ortega", Role::Manager, MANAGER_PIN);
    let pin = Pin::parse(MANAGER_PIN).unwrap();
    let badge = ledger.make_badge(&manager, None, NOW).unwrap();
    let file = folder.join("some.csv");
    write_sales(&file, 0, rounds as u64);
    ledger.import_file(&file, &ImportOptions::new(ImportFormat::Csv, "some.csv"), NOW, &mut |_| ()).unwrap();
    let (mut hash, mut to_sent, mut whole, mut rest) = (vec![], vec![], vec![], vec![]);
    for n in 0..rounds {
        let view = ledger.find_sale(&SaleKey::Transaction(number(n as u64))).unwrap().unwrap();
        let intention = Intention {
            sale_id: view.sale.id.clone(),
            sale_key: view.sale.key().unwrap(),
            amount: Money::from_minor(100, Currency::USD).unwrap(),
            settle_currency: view.sale.settle_currency,
            reason: Reason::parse("Damaged").unwrap(),
            requester: cashier.clone(),
            left_seen: view.balance.left().unwrap(),
            note: None,
        };
        let now = NOW.plus_ms(i64::try_from(n).unwrap());
        let (mut first, mut last) = (vec![], vec![]);
        let proof = Proof::Badge(badge.clone());
        let reference = timed(&mut first, || {
            let Yes::Recorded(refund) = ledger.take_yes(&intention, &manager, proof, now).unwrap() else {
                panic!("one yes is enough")
            };
            ledger.mark_sent(&refund.reference, now).unwrap();
            refund.reference
        });
        let outcome = Outcome::Refunded { gateway_refund_no: Some(format!("{n}")) };
        timed(&mut last, || ledger.settle(&reference, &outcome, now).unwrap());
        whole.push(first[0] + last[0]);
        to_sent.extend(first);
        // What the lane of refunds does after each (src/terminal/lanes.rs).
        timed(&mut rest, || ledger.carry_log_over().unwrap());
        if n < rounds.min(50) {
            timed(&mut hash, || ledger.sign_in(&manager, &pin, now).unwrap());
        }
    }
    say("pin", 0, hash);
    say("yes_to_request", 0, to_sent);
    say("refund", 0, whole);
    say("afterwards", 0, rest);
}

struct Nobody;

impl Gateway for Nobody {
    fn send_refund(&self, _: Recorded) -> Outcome {
        Outcome::NotSent { cause: tillback::domain::NotSentCause::Unreachable }
    }

    fn query(&self, _: &SaleKey) -> QueryAnswer {
        QueryAnswer::NoSuchSale
    }

    fn reachable(&self) -> bool {
        false
    }
}

/// The record's pages over so many refunds: copies of one, put in behind the program's back.
fn search(folder: &Path, refunds: u64) {
    let path = folder.join("refunds.db");
    let database = Connection::open(&path).unwrap();
    let names = |sql: &str| -> Vec<String> {
        database.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let rules = names("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'refunds'");
    for rule in names("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'refunds'") {
        database.execute_batch(&format!("DROP TRIGGER {rule}")).unwrap();
    }
    let columns = names("SELECT name FROM pragma_table_info('refunds')");
    let copied: Vec<String> = columns
        .iter()
        .map(|column| match column.as_str() {
            "reference" => "'BENCH-' || printf('%026d', n)".to_owned(),
            "approval_id" => "printf('%026d', n)".to_owned(),
            "created_at" | "updated_at" => format!("{column} + n * 1000"),
            other => other.to_owned(),
        })
        .collect();
    let put = format!(
        "PRAGMA foreign_keys = OFF; BEGIN;
         WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {refunds})
         INSERT INTO refunds ({}) SELECT {} FROM counted, (SELECT * FROM refunds LIMIT 1); COMMIT;",
        columns.join(", "),
        copied.join(", ")
    );
    database.execute_batch(&put).unwrap();
    database.execute_batch(&rules.join(";")).unwrap();
    drop(database);
    let duties = Duties::new(open(&path), Arc::new(Nobody), Arc::new(SystemClock));
    let middle = format!("{:026}", refunds / 2);
    for (what, text) in [("search_first_page", ""), ("search_one", middle.as_str()), ("search_nothing", "nowhere")] {
        let mut nanos = vec![];
        let query = RefundQuery { text: text.to_owned(), ..RefundQuery::default() };
        for _ in 0..5 {
            timed(&mut nanos, || std::hint::black_box(duties.list_refunds(Turn::default(), &query)));
        }
        say(what, refunds, nanos);
    }
}

/// Look-ups as the ledger grows tenfold and tenfold, beside the bare question on the same file.
fn look_ups(folder: &Path, most: u64, rounds: u64) {
    let path = folder.join("sales.db");
    let mut ledger = open(&path);
    let (mut there, mut size) = (0, 1_000);
    while size <= most {
        // A million a file, as a chain's night would bring them: one file of nine would need twice the disk.
        while there < size {
            let rows = (size - there).min(1_000_000);
            let file = folder.join("sales.csv");
            write_sales(&file, there, there + rows);
            let began = Instant::now();
            ledger.import_file(&file, &ImportOptions::new(ImportFormat::Csv, "sales.csv"), NOW, &mut |_| ()).unwrap();
            let rate = rows as f64 / began.elapsed().as_secs_f64();
            there += rows;
            println!("{{\"what\":\"import\",\"at\":{there},\"rows\":{rows},\"rows_per_s\":{rate:.0}}}");
            std::fs::remove_file(&file).unwrap();
        }
        let bare = Connection::open(&path).unwrap();
        let mut one = bare.prepare("SELECT * FROM sales WHERE transaction_no = ?1").unwrap();
        let mut same = Same::new(&bare);
        let (mut ours, mut raw, mut alike) = (vec![], vec![], vec![]);
        for n in 0..rounds {
            // In no order, each of the three once.
            let nth = |part: u64| number((n.wrapping_mul(2_654_435_761) + part * size / 3) % size);
            let (wanted, other, third) = (nth(0), nth(1), nth(2));
            timed(&mut raw, || read_first(one.query([wanted.as_str()]).unwrap()));
            let found = timed(&mut ours, || ledger.find_sale(&SaleKey::Transaction(other.clone())).unwrap());
            assert!(found.is_some());
            timed(&mut alike, || same.ask(third.as_str()));
        }
        say("lookup", size, ours);
        say("lookup_bare", size, raw);
        say("lookup_same", size, alike);
        size *= 10;
    }
}

/// All columns of the first row, each read; a row there must be.
fn read_first(mut rows: rusqlite::Rows<'_>) -> usize {
    let row = rows.next().unwrap().expect("a sale");
    let mut at = 0;
    while let Ok(value) = row.get_ref(at) {
        std::hint::black_box(value);
        at += 1;
    }
    at
}

/// What a look-up has to bring, asked of SQLite alone: the sale and its items, refunds and reported refunds, all columns, in
/// one moment. Prepared once, nothing checked, nothing kept.
struct Same<'a> {
    begin: rusqlite::Statement<'a>,
    sale: rusqlite::Statement<'a>,
    of_sale: [rusqlite::Statement<'a>; 3],
    end: rusqlite::Statement<'a>,
}

impl<'a> Same<'a> {
    fn new(database: &'a Connection) -> Self {
        let of_sale = ["sale_items", "refunds", "foreign_refunds"]
            .map(|table| database.prepare(&format!("SELECT * FROM {table} WHERE sale_id = ?1")).unwrap());
        let sale = database.prepare("SELECT * FROM sales WHERE transaction_no = ?1").unwrap();
        Self { begin: database.prepare("BEGIN").unwrap(), sale, of_sale, end: database.prepare("COMMIT").unwrap() }
    }

    fn ask(&mut self, number: &str) {
        self.begin.execute([]).unwrap();
        let id = {
            let mut rows = self.sale.query([number]).unwrap();
            let row = rows.next().unwrap().expect("a sale");
            for at in 1..13 {
                std::hint::black_box(row.get_ref(at).unwrap());
            }
            row.get::<_, String>(0).unwrap()
        };
        for question in &mut self.of_sale {
            assert!(question.query([&id]).unwrap().next().unwrap().is_none(), "none of these sales has any");
        }
        self.end.execute([]).unwrap();
    }
}

/// Numbers in no order, as a till's are among those of every other store: a multiplication that hits each once.
fn number(n: u64) -> TransactionNo {
    let scattered = n.wrapping_mul(6_364_136_223_846_793) % 29_999_999_999_999_999;
    TransactionNo::parse(&format!("{}", 290_000_000_000_000_000 + scattered)).unwrap()
}

fn write_sales(file: &Path, from: u64, to: u64) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    writeln!(out, "transaction_no,reference,amount,currency,settle_currency,wallet,paid_at,status").unwrap();
    for n in from..to {
        let (minutes, cents) = (n % 60, n % 100);
        writeln!(
            out,
            "{},POS03-20261121-{n:07},{}.{cents:02},USD,USD,alipay,2026-11-21T09:{minutes:02}:00Z,success",
            number(n).as_str(),
            1 + n % 200
        )
        .unwrap();
    }
    out.flush().unwrap();
}
