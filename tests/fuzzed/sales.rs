//! Files of sales, as a store's point of sale writes them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tillback::domain::{Policy, TillName, Timestamp};
use tillback::ledger::{
    ImportError, ImportFormat, ImportOptions, Ledger, LedgerSettings, MAX_FAULTS, PinCost, SeededRandomness,
};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

/// Any bytes for a CSV file.
pub fn csv(data: &[u8]) {
    import(data, ImportFormat::Csv);
}

/// Any bytes for a file of JSON lines.
pub fn json_lines(data: &[u8]) {
    import(data, ImportFormat::JsonLines);
}

fn settings() -> LedgerSettings {
    let till = TillName::parse("FUZZ-1").unwrap();
    LedgerSettings {
        pin_cost: PinCost::CHEAP,
        randomness: Box::new(SeededRandomness::new(1)),
        ..LedgerSettings::new(till, Policy::default())
    }
}

/// An empty ledger's bytes, made once: making the tables takes far longer than most imports.
fn empty_ledger() -> &'static [u8] {
    static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();
    EMPTY.get_or_init(|| {
        let folder = folder();
        let path = folder.path().join("ledger.db");
        drop(Ledger::open(&path, settings(), NOW).unwrap());
        rusqlite::Connection::open(&path).unwrap().query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
        std::fs::read(&path).unwrap()
    })
}

/// In memory where the system has such a place: durability is not what is asked here.
fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn count(path: &PathBuf) -> (u64, u64, u64) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let rows = |table: &str| -> u64 {
        let rows: i64 = connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        rows.unsigned_abs()
    };
    (rows("sales"), rows("sale_items"), rows("audit"))
}

/// All of it or nothing; a second time nothing at all; every fault with a line that is there.
fn import(data: &[u8], format: ImportFormat) {
    let folder = folder();
    let path = folder.path().join("ledger.db");
    std::fs::write(&path, empty_ledger()).unwrap();
    let mut ledger = Ledger::open_shared(&path, settings(), NOW).unwrap();
    let options = ImportOptions::new(format, "fuzzed");
    let before = count(&path);
    match ledger.import(data, &options, NOW, &mut |_| ()) {
        Ok(summary) => {
            assert_eq!(summary.rows, summary.added + summary.completed + summary.skipped, "{summary:?}");
            let after = count(&path);
            assert_eq!(after.0, before.0 + summary.added, "{summary:?}");
            assert_eq!(after.2, before.2 + 1, "one row of the record for a file");
            check_sales(&path);
            let again = ledger.import(data, &options, NOW, &mut |_| ()).expect("what was taken in once");
            assert_eq!((again.added, again.completed, again.skipped), (0, 0, summary.rows), "the second time");
            assert_eq!((after.0, after.1), (count(&path).0, count(&path).1));
        }
        Err(error) => {
            assert_eq!(count(&path), before, "something stayed of a file that was refused: {error:?}");
            if let ImportError::Lines { faults, more } = &error {
                assert!(!faults.is_empty() && faults.len() <= MAX_FAULTS && (*more == 0 || faults.len() == MAX_FAULTS));
                let lines = u64::try_from(data.split(|byte| matches!(byte, b'\n' | b'\r')).count()).unwrap();
                for fault in faults {
                    assert!((1..=lines).contains(&fault.line), "{fault} of {lines} lines");
                    assert!(fault.to_string().chars().count() < 2_000, "a fault as long as its line");
                }
            }
        }
    }
    ledger.audit_verify(None).expect("the record is whole");
}

/// What stands in the tables afterwards is what the types allow.
fn check_sales(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    let wrong: i64 = connection
        .query_row(
            "SELECT count(*) FROM sales WHERE paid_minor <= 0
             OR (transaction_no IS NOT NULL AND (length(transaction_no) <> 18 OR transaction_no GLOB '*[^0-9]*'))
             OR (transaction_no IS NULL AND reference IS NULL) OR origin <> 'import'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(wrong, 0);
}
