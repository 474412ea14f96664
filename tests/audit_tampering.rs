//! T7: a ledger's file changed behind the program's back, byte by byte and row by row; `tillback audit verify --head
//! --count` finds every change to the record. **A byte whose change is not found changes nothing that the record says**:
//! it stands in a page's unused part. SECURITY.md says what no check of the record can find.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;
mod tampered;

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::Command;

use ledger_support::*;
use rusqlite::{Connection, OpenFlags};
use tampered::{NO_TRIGGERS, insert_behind, rebuild, swap_with_next};
use tillback::domain::Outcome;
use tillback::ledger::{AuditFact, AuditHead, Ledger};

/// A closed ledger that has seen a refund, a refused PIN and some refused codes, and its printed head.
struct Closed {
    store_folder: tempfile::TempDir,
    head: AuditHead,
}

impl Closed {
    fn new() -> Self {
        let mut store = Store::new();
        let refund = store.sent(100, at(0));
        store.ledger.settle(&refund.reference, &Outcome::Pending, at(1)).unwrap();
        for n in 0..3 {
            let detail = vec![("source", "scanner".to_owned())];
            let fact =
                AuditFact { who: None, what: "scan_refused", subject: "1301\u{2022}\u{2022}45".to_owned(), detail };
            store.ledger.audit_append(&fact, at(n)).unwrap();
        }
        let head = store.ledger.audit_verify(None).unwrap();
        let Store { folder, ledger, .. } = store;
        drop(ledger);
        // All of it in one file, as it lies on a disk when nothing runs.
        raw(&folder.path().join("ledger.db")).query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
        Self { store_folder: folder, head }
    }

    fn path(&self) -> std::path::PathBuf {
        self.store_folder.path().join("ledger.db")
    }
}

/// The record as its rows are read, whatever the checks say; `None` where it cannot be read.
fn record(path: &Path) -> Option<Vec<String>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let sql = "SELECT seq || '|' || at || '|' || who || '|' || what || '|' || subject || '|' || detail || '|' ||
               hex(prev_hash) || '|' || hex(hash) FROM audit ORDER BY seq";
    let mut statement = connection.prepare(sql).ok()?;
    let rows = statement.query_map([], |row| row.get(0)).ok()?;
    rows.collect::<Result<_, _>>().ok()
}

fn verified(path: &Path, head: &AuditHead) -> bool {
    Ledger::open_read_only(path, settings()).is_ok_and(|ledger| ledger.audit_verify(Some(head)).is_ok())
}

/// Where the pages of a table and its head lie in the file, from 0, and a page's size.
fn pages(path: &Path, tables: &[&str]) -> (Vec<u64>, u64) {
    let connection = raw(path);
    let size: i64 = connection.query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
    let mut found = vec![];
    for table in tables {
        let mut statement = connection.prepare("SELECT pageno FROM dbstat WHERE name = ?1").unwrap();
        let numbers = statement.query_map([table], |row| row.get::<_, i64>(0)).unwrap();
        found.extend(numbers.map(|number| number.unwrap().unsigned_abs() - 1));
    }
    (found, size.unsigned_abs())
}

#[test]
fn every_byte_of_every_page_of_the_record() {
    let closed = Closed::new();
    let (path, head) = (closed.path(), closed.head);
    let (pages, size) = pages(&path, &["audit", "audit_head"]);
    assert!(pages.len() >= 2, "{pages:?}");
    let before = record(&path).unwrap();
    assert_eq!(u64::try_from(before.len()).unwrap(), head.count);
    assert!(verified(&path, &head));
    let bytes = std::fs::read(&path).unwrap();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    let mut put = |at: u64, byte: u8| {
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(&[byte]).unwrap();
    };
    let (mut found, mut unused) = (0_u64, 0_u64);
    for at in pages.iter().flat_map(|page| page * size..(page + 1) * size) {
        let byte = bytes[usize::try_from(at).unwrap()];
        // Another bit of each byte, so that all eight are tried.
        put(at, byte ^ (1 << (at % 8)));
        if verified(&path, &head) {
            assert_eq!(record(&path).as_ref(), Some(&before), "byte {at} of the file changed the record unseen");
            unused += 1;
        } else {
            found += 1;
        }
        put(at, byte);
    }
    assert!(verified(&path, &head));
    // Each row's texts, hashes and numbers, none of which are in an unused part: more than a hundred bytes a row.
    assert!(found > 100 * head.count, "{found}");
    println!(
        "T7: {} bytes flipped in {} pages, {found} found, {unused} in unused parts, 0 unseen",
        found + unused,
        pages.len()
    );
}

/// What can be done to one row, as SQL; nothing where the row has none behind it.
fn changes_of(seq: i64, count: i64) -> Vec<(&'static str, String)> {
    let edit = |what: &'static str, set: &str| (what, format!("UPDATE audit SET {set} WHERE seq = {seq}"));
    let mut changes = vec![
        edit("moment", "at = at + 1"),
        edit("name", "who = who || 'x'"),
        edit("event", "what = what || 'x'"),
        edit("subject", "subject = subject || 'x'"),
        edit("detail", "detail = '{\"edited\":\"yes\"}'"),
        ("deleted", format!("DELETE FROM audit WHERE seq = {seq}")),
        ("tail cut", format!("DELETE FROM audit WHERE seq >= {seq}")),
    ];
    if seq < count {
        changes.push(("inserted", insert_behind(seq)));
        changes.push(("swapped", swap_with_next(seq)));
    }
    changes
}

#[test]
fn every_row_edited_deleted_inserted_swapped_or_cut_is_found() {
    let closed = Closed::new();
    let bytes = std::fs::read(closed.path()).unwrap();
    let count = i64::try_from(closed.head.count).unwrap();
    let mut cases = 0;
    for seq in 1..=count {
        for (what, sql) in changes_of(seq, count) {
            for rebuilt in [false, true] {
                std::fs::write(closed.path(), &bytes).unwrap();
                let database = raw(&closed.path());
                database.execute_batch(&format!("PRAGMA synchronous = OFF; BEGIN; {NO_TRIGGERS} {sql}")).unwrap();
                if rebuilt {
                    rebuild(&database);
                }
                database.execute_batch("COMMIT").unwrap();
                drop(database);
                assert!(!verified(&closed.path(), &closed.head), "row {seq}: {what}, chain rebuilt: {rebuilt}");
                cases += 1;
            }
        }
    }
    std::fs::write(closed.path(), &bytes).unwrap();
    assert!(verified(&closed.path(), &closed.head));
    println!("T7: {cases} changes of {count} rows, each row in each way, {cases} found");
}

/// The command itself, over each kind of change: it ends with 1 and says so, with or without a way to know the head.
struct Checked {
    closed: Closed,
}

impl Checked {
    fn new() -> Self {
        let closed = Closed::new();
        let config = "[terminal]\nname = \"FRONT-1\"\n[gateway]\nenvironment = \"sandbox\"\nmerchant_no = \"200043\"\n\
                      store_no = \"300014\"\n";
        std::fs::write(closed.store_folder.path().join("tillback.toml"), config).unwrap();
        Self { closed }
    }

    /// Exit code and words.
    fn verify(&self) -> (Option<i32>, String) {
        let folder = self.closed.store_folder.path();
        let AuditHead { count, hash } = self.closed.head;
        let output = Command::new(env!("CARGO_BIN_EXE_tillback"))
            .arg("--config")
            .arg(folder.join("tillback.toml"))
            .arg("--data")
            .arg(folder)
            .args(["audit", "verify", "--head", &hash.to_string(), "--count", &count.to_string()])
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Changes to the rows that leave the chain as it is, and whether the chain is then written anew over them.
fn changes() -> Vec<(&'static str, String)> {
    let plain = [
        ("a moment edited", "UPDATE audit SET at = at + 1 WHERE seq = 4"),
        ("a name edited", "UPDATE audit SET who = 'somebody else' WHERE seq = 4"),
        ("an event edited", "UPDATE audit SET what = 'locked' WHERE seq = 4"),
        ("a subject edited", "UPDATE audit SET subject = 'x' WHERE seq = 4"),
        ("a detail edited", "UPDATE audit SET detail = '{}' WHERE seq = (SELECT max(seq) FROM audit)"),
        ("the first row deleted", "DELETE FROM audit WHERE seq = 1"),
        ("a row deleted", "DELETE FROM audit WHERE seq = 5"),
        ("the last row deleted", "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"),
        ("the tail cut", "DELETE FROM audit WHERE seq > 6"),
        ("all rows deleted", "DELETE FROM audit"),
    ];
    let mut changes: Vec<_> = plain.iter().map(|(what, sql)| (*what, (*sql).to_owned())).collect();
    changes.push(("a row inserted", insert_behind(5)));
    changes.push(("two rows swapped", swap_with_next(5)));
    changes
}

#[test]
fn the_command_finds_every_kind_of_tampering() {
    let whole = Checked::new();
    assert_eq!(whole.verify().0, Some(0), "{}", whole.verify().1);
    let mut cases = 0;
    for (what, sql) in changes() {
        for rebuilt in [false, true] {
            let checked = Checked::new();
            let database = raw(&checked.closed.path());
            database.execute_batch(&format!("{NO_TRIGGERS} {sql}")).unwrap();
            if rebuilt {
                rebuild(&database);
            }
            drop(database);
            let (code, said) = checked.verify();
            assert_eq!(code, Some(1), "{what}, chain rebuilt: {rebuilt}: {said}");
            assert!(said.contains("NOT whole"), "{what}: {said}");
            cases += 1;
        }
    }
    println!("T7: {cases} changes of rows, half with the chain written anew over them, {cases} found by the command");
}
