//! The file itself: who may open it, what is refused and why, and the rules the database holds to by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::path::Path;

use ledger_support::*;
use tillback::domain::{SaleKey, SaleOrigin, SaleStatus};
use tillback::ledger::{KNOWN_SCHEMA, Ledger, LedgerError, LedgerSettings, OpenError, SaleFacts};

fn open(path: &Path) -> Result<Ledger, OpenError> {
    Ledger::open(path, settings(), NOW)
}

/// A closed ledger's file, changed; all three ways of opening it must say the same.
#[track_caller]
fn refused(change: impl FnOnce(&Path), expected: impl Fn(&OpenError) -> bool) {
    let store = Store::new();
    let path = store.path();
    drop(store.ledger);
    change(&path);
    for error in [
        open(&path).unwrap_err(),
        Ledger::open_shared(&path, settings(), NOW).unwrap_err(),
        Ledger::open_read_only(&path, settings()).unwrap_err(),
    ] {
        assert!(expected(&error), "{error:?}");
    }
}

#[test]
fn it_is_made_where_there_is_none_with_its_settings_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/ledger.db");
    let missing = Ledger::open_read_only(&path, settings()).unwrap_err();
    assert!(matches!(missing, OpenError::Missing { .. }));
    let ledger = open(&path).unwrap();
    assert!(ledger.recovered().is_empty());
    let database = raw(&path);
    let read =
        |name: &str| database.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0));
    assert_eq!(read("journal_mode").unwrap(), rusqlite::types::Value::Text("wal".to_owned()));
    assert_eq!(read("application_id").unwrap(), rusqlite::types::Value::Integer(0x546C_626B));
    assert_eq!(read("user_version").unwrap(), rusqlite::types::Value::Integer(KNOWN_SCHEMA));
    #[cfg(unix)]
    for name in ["ledger.db", "ledger.db-wal"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path.with_file_name(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let loose: Vec<String> = database
        .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(loose.is_empty(), "every table is STRICT: {loose:?}");
}

#[test]
fn one_terminal_holds_it_and_the_command_line_may_stand_beside() {
    let store = Store::new();
    let error = open(&store.path()).unwrap_err();
    let OpenError::InUse { holder } = error else { panic!("{error:?}") };
    assert_eq!((holder.pid, holder.till.as_deref()), (Some(std::process::id()), Some("FRONT-1")), "{holder}");
    assert_eq!((holder.since, holder.host.is_some()), (Some(NOW), true), "{holder}");
    assert!(Ledger::open_shared(&store.path(), settings(), NOW).is_ok());
    let mut reader = Ledger::open_read_only(&store.path(), settings()).unwrap();
    assert!(reader.find_sale(&SaleKey::Transaction(number(SALE_NO))).unwrap().is_some());
    assert!(reader.audit_verify(None).is_ok());
    let fact = facts("316129873376769782", 1);
    assert_eq!(reader.insert_or_update_from_gateway(&fact, NOW), Err(LedgerError::ReadOnly));
    let store = store.reopen(NOW);
    drop(store);
}

#[test]
fn what_is_not_a_ledger_of_ours_is_refused_and_left_alone() {
    let write = |bytes: Vec<u8>| move |path: &Path| std::fs::write(path, bytes).unwrap();
    let sql = |sql: &'static str| move |path: &Path| raw(path).execute_batch(sql).unwrap();
    let not_ours = |error: &OpenError| matches!(error, OpenError::NotALedger { .. });
    refused(write(b"this is a letter to the bank, not a database at all ".repeat(100)), not_ours);
    refused(sql("PRAGMA application_id = 7"), not_ours);
    refused(sql("PRAGMA application_id = 0; PRAGMA user_version = 0"), not_ours);
    let newer = |error: &OpenError| *error == OpenError::NewerSchema { found: 999, known: KNOWN_SCHEMA };
    refused(sql("PRAGMA user_version = 999"), newer);
    refused(sql("PRAGMA user_version = 0"), |error| matches!(error, OpenError::Corrupt { .. }));
    let foreign = |path: &Path| {
        std::fs::remove_file(path).unwrap();
        raw(path).execute_batch("CREATE TABLE theirs (x)").unwrap();
    };
    refused(foreign, not_ours);
}

#[test]
fn a_damaged_file_is_said_to_be_damaged() {
    let cut = |path: &Path| std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(6000).unwrap();
    let damaged = |error: &OpenError| matches!(error, OpenError::Corrupt { .. });
    refused(cut, damaged);
    let scribble = |path: &Path| {
        let mut bytes = std::fs::read(path).unwrap();
        bytes[100..3000].fill(0xAA);
        std::fs::write(path, bytes).unwrap();
    };
    refused(scribble, damaged);
    // A row that no version of ours could have written.
    let store = Store::new();
    store.raw().execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE sales SET currency = 'XXX'").unwrap();
    let error = store.ledger.sale(&store.sale.sale.id).unwrap_err();
    assert_eq!(error, LedgerError::Corrupt { what: "a row of sales".to_owned() });
}

#[test]
fn a_folder_or_a_locked_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path()).unwrap_err(), OpenError::NotALedger { what: "a folder".to_owned() });
    let file = folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    assert!(matches!(open(&file.join("ledger.db")).unwrap_err(), OpenError::Io { .. }));
}

#[test]
fn practice_and_earnest_have_ledgers_of_their_own() {
    let store = Store::new();
    let path = store.path();
    drop(store.ledger);
    let training = || LedgerSettings { training: true, ..settings() };
    assert_eq!(Ledger::open(&path, training(), NOW).unwrap_err(), OpenError::WrongMode { ledger_is_training: false });
    let store = Store::with(training());
    let path = store.path();
    assert!(store.ledger.is_training());
    drop(store.ledger);
    assert_eq!(open(&path).unwrap_err(), OpenError::WrongMode { ledger_is_training: true });
}

#[test]
fn the_same_seed_gives_the_same_references() {
    let reference = |seed| Store::with(seeded(seed)).prepared(100, at(0)).reference;
    assert_eq!(reference(1), reference(1));
    assert_ne!(reference(1), reference(2));
}

#[test]
fn the_database_refuses_what_no_row_may_hold() {
    let mut store = Store::new();
    store.prepared(100, at(0));
    let database = store.raw();
    database.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    for sql in [
        "UPDATE sales SET paid_minor = -1",
        "UPDATE sales SET paid_minor = '12.50'",
        "UPDATE sales SET paid_minor = 12.5",
        "UPDATE sales SET paid_minor = NULL",
        "UPDATE sales SET currency = 'DOLLAR'",
        "UPDATE sales SET transaction_no = '29755363830177792x'",
        "UPDATE sales SET transaction_no = '123'",
        "UPDATE sales SET transaction_no = NULL",
        "UPDATE sales SET status = 'paid'",
        "UPDATE sales SET origin = 'rumour'",
        "INSERT INTO sale_items VALUES ('nobody', 1, 'x', 1, 1)",
        "INSERT INTO foreign_refunds VALUES ('nobody', 'x', NULL, 1, 0)",
        "UPDATE operators SET role = 'owner'",
        "UPDATE operators SET pin_hash = '482913'",
        "UPDATE refunds SET state = 'refunded'",
        "UPDATE refunds SET outcome = 'refunded'",
        "INSERT INTO pin_failures VALUES ('x', 0, 0, 0)",
    ] {
        assert!(database.execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn a_sale_from_the_gateway_is_kept_and_brought_up_to_date() {
    let mut store = Store::new();
    let first = store.sale.clone();
    assert_eq!(first.sale.origin, SaleOrigin::Gateway);
    let mut update = |change: fn(&mut SaleFacts)| {
        let mut facts = facts(SALE_NO, 3990);
        change(&mut facts);
        store.ledger.insert_or_update_from_gateway(&facts, at(1))
    };
    assert_eq!(update(|_| ()).unwrap(), first);
    let named = update(|facts| facts.reference = Some(invoice("POS-1"))).unwrap();
    assert_eq!((named.sale.id.clone(), named.sale.reference), (first.sale.id.clone(), Some(invoice("POS-1"))));
    assert_eq!(update(|facts| facts.status = SaleStatus::Closed).unwrap().sale.status, SaleStatus::Closed);
    let dearer = update(|facts| facts.paid = usd(3991)).unwrap_err();
    assert!(matches!(dearer, LedgerError::Conflict { field: "paid amount", .. }), "{dearer}");
    assert_eq!(store.ledger.sale(&first.sale.id).unwrap().sale.paid, usd(3990));
}

#[test]
fn a_sale_known_by_its_reference_alone_gets_its_number_and_is_not_two() {
    let mut store = Store::new();
    let lone = SaleFacts { transaction_no: None, reference: Some(invoice("POS-7")), ..facts(SALE_NO, 795) };
    let first = store.ledger.insert_or_update_from_gateway(&lone, at(0)).unwrap();
    assert_eq!(first.sale.key(), Some(SaleKey::Reference(invoice("POS-7"))));
    let both = SaleFacts { reference: Some(invoice("POS-7")), ..facts("316129873376769782", 795) };
    let second = store.ledger.insert_or_update_from_gateway(&both, at(1)).unwrap();
    assert_eq!(second.sale.id, first.sale.id);
    assert_eq!(second.sale.key(), Some(SaleKey::Transaction(number("316129873376769782"))));
}

#[test]
fn a_reference_on_two_sales_is_never_guessed() {
    let mut store = Store::new();
    let shared = |transaction_no: &str| SaleFacts { reference: Some(invoice("POS-1")), ..facts(transaction_no, 100) };
    for transaction_no in ["316129873376769782", "305680500880311923"] {
        store.ledger.insert_or_update_from_gateway(&shared(transaction_no), at(0)).unwrap();
    }
    let key = SaleKey::Reference(invoice("POS-1"));
    assert_eq!(store.ledger.find_sale(&key), Err(LedgerError::Ambiguous { count: 2 }));
    let by_number = store.ledger.find_sale(&SaleKey::Transaction(number("305680500880311923"))).unwrap();
    assert!(by_number.is_some());
    assert_eq!(store.ledger.find_sale(&SaleKey::Reference(invoice("POS-2"))), Ok(None));
}
