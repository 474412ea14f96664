//! T5's last kind: bringing an older ledger up to date, interrupted at each thing it does; and the copy before it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;
use rusqlite::hooks::{AuthContext, Authorization};

use super::care::check::check_connection;
use super::error::OpenError;
use super::schema::{self, Found, KNOWN_SCHEMA};
use super::{CheckDepth, Ledger, LedgerSettings, PinCost, StopSign, check_ledger};
use crate::domain::{Policy, TillName, Timestamp};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

fn settings() -> LedgerSettings {
    let till = TillName::parse("FRONT-1").unwrap();
    LedgerSettings { pin_cost: PinCost::CHEAP, ..LedgerSettings::new(till, Policy::default()) }
}

/// A ledger of the first version, with people, a sale and a refund that was given up.
fn first_version(folder: &Path) -> PathBuf {
    let path = folder.join("ledger.db");
    let database = Connection::open(&path).unwrap();
    database.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    database.execute_batch(include_str!("schema_v1.sql")).unwrap();
    database.execute_batch("PRAGMA application_id = 1416389227; PRAGMA user_version = 1").unwrap();
    let id = |end: char| format!("01JD9K7R2W8M4Q6X000000000{end}");
    let (person, sale, approval) = (id('A'), id('S'), id('P'));
    database
        .execute_batch(&format!(
            "INSERT INTO meta VALUES ('ledger_id', 'x'), ('mode', 'real');
             INSERT INTO tills VALUES ('FRONT-1', 1);
             INSERT INTO operators VALUES ('{person}', 'Luis', 'manager', '$argon2id$x', 1, 1, 1);
             INSERT INTO sales VALUES ('{sale}', '297553638301777927', NULL, 3990, 'USD', 'USD', NULL, 1, 'success',
                 'import', 'FRONT-1', 1, 1);
             INSERT INTO approvals VALUES ('{approval}', '{sale}', 'transaction', '297553638301777927', 100, 'USD',
                 'USD', 'why', '{person}', '{person}', 3990, 1, 2, 'FRONT-1-X', 1);
             INSERT INTO refunds (reference, sale_id, key_kind, key_text, amount_minor, currency, settle_currency, reason,
                 requester, approver, approval_id, attempt, state, training, till, created_at, updated_at)
                 VALUES ('FRONT-1-X', '{sale}', 'transaction', '297553638301777927', 100, 'USD', 'USD', 'why',
                 '{person}', '{person}', '{approval}', 1, 'prepared', 0, 'FRONT-1', 1, 1);
             UPDATE refunds SET state = 'not_sent', outcome = 'not_sent', outcome_cause = 'unreachable';
             UPDATE refunds SET state = 'abandoned', decided_by = '{person}', decided_reason = 'paid in cash';"
        ))
        .unwrap();
    path
}

/// Refuses the n-th thing SQLite asks about while it takes the steps; true when it never came to it.
fn interrupted_at(path: &Path, at: u32) -> bool {
    let mut database = Connection::open(path).unwrap();
    schema::before_reading(&database, schema::BUSY_TIMEOUT).unwrap();
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let refuse = move |_: AuthContext<'_>| match count.fetch_add(1, Ordering::Relaxed) == at {
        true => Authorization::Deny,
        false => Authorization::Allow,
    };
    database.authorizer(Some(refuse)).unwrap();
    match schema::migrate(&mut database, &mut |_, _| Ok(())) {
        Ok(_) => {
            assert!(asked.load(Ordering::Relaxed) <= at, "a refusal was passed over");
            true
        }
        Err(_) => false,
    }
}

/// The version and what is in the file, as text.
fn contents(path: &Path) -> (Found, String) {
    let database = Connection::open(path).unwrap();
    let found = schema::look(&database).unwrap();
    let sql =
        "SELECT group_concat(name || coalesce(sql, ''), ';') FROM (SELECT name, sql FROM sqlite_schema ORDER BY name)";
    let tables: Option<String> = database.query_row(sql, [], |row| row.get(0)).unwrap();
    let state = "SELECT group_concat(state || coalesce(decided_reason, '')) FROM refunds";
    let refunds: String = database.query_row(state, [], |row| row.get(0)).unwrap_or_default();
    (found, tables.unwrap_or_default() + &refunds)
}

/// Interrupts at each place in turn; after each the file is as it was, and a start brings it up. How many there were.
fn each_interruption(make: impl Fn(&Path) -> PathBuf, before: Found) -> u32 {
    let folder = tempfile::tempdir().unwrap();
    let path = make(folder.path());
    let whole = contents(&path);
    assert_eq!(whole.0, before);
    for at in 0.. {
        if interrupted_at(&path, at) {
            assert_eq!(contents(&path).0, Found::Version(KNOWN_SCHEMA));
            check_connection(&Connection::open(&path).unwrap(), CheckDepth::Quick).unwrap();
            return at;
        }
        assert_eq!(contents(&path), whole, "after an interruption at {at}");
    }
    0
}

#[test]
fn t5_a_migration_interrupted_at_each_statement_leaves_the_old_ledger_whole() {
    let places = each_interruption(first_version, Found::Version(1));
    println!("T5: a migration interrupted at each of {places} places, all passed");
    assert!(places > 60, "only {places}");
    let fresh = each_interruption(
        |folder| {
            let path = folder.join("ledger.db");
            std::fs::write(&path, "").unwrap();
            path
        },
        Found::Fresh,
    );
    println!("T5: making a ledger interrupted at each of {fresh} places, all passed");
    assert!(fresh > 300, "only {fresh}");
}

#[test]
fn an_older_ledger_is_copied_before_it_is_changed_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = first_version(folder.path());
    let ledger = Ledger::open(&path, settings(), NOW).unwrap();
    let copies = ledger.backup_place().list();
    assert_eq!(copies.len(), 1);
    assert_eq!(contents(&copies[0].path).0, Found::Version(1), "the copy is of the ledger as it was");
    drop(ledger);
    check_ledger(&path, CheckDepth::Full, &StopSign::new()).unwrap();
    drop(Ledger::open(&path, settings(), NOW).unwrap());
}

#[test]
fn without_a_copy_an_older_ledger_is_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = first_version(folder.path());
    let whole = contents(&path);
    std::fs::write(folder.path().join("backups"), "a file where the folder should be").unwrap();
    let error = Ledger::open(&path, settings(), NOW).unwrap_err();
    assert!(matches!(error, OpenError::MigrationFailed { from: 1, .. }), "{error:?}");
    assert_eq!(contents(&path), whole);
}
