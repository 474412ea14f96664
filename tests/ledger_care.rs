//! Copies and the way back: what a copy must hold, what restoring it keeps, and what may not be sent again after.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use std::path::{Path, PathBuf};

use ledger_support::*;
use tillback::domain::{
    HouseRules, Intention, NotSentCause, OperatorId, OperatorName, Outcome, Policy, Refund, RefundReference,
    RefundState, Refusal, Role, SettingsSeen, UnknownCause,
};
use tillback::ledger::{
    ApproveError, BackupError, BackupKind, BackupPlace, CheckDepth, CheckError, Ledger, LedgerSettings, Missing,
    OpenError, OperatorError, PinRefusal, QueryEvidence, RecordError, RestoreError, RestoreOrder, Restored, StopSign,
    back_up, check_ledger, examine, restore,
};

fn copy_of(store: &Store, seconds: i64) -> PathBuf {
    let place = store.ledger.backup_place();
    back_up(&store.path(), place, BackupKind::Daily, at(seconds), &StopSign::new()).unwrap().path
}

fn try_restore(ledger: &Path, from: &Path, manager: &OperatorId, digits: &str) -> Result<Restored, RestoreError> {
    let order = RestoreOrder { from, manager, pin: &pin(digits), reason: &reason("the disk failed") };
    restore(ledger, &settings(), &order, at(90_000))
}

/// Closes the ledger, restores and opens it again.
fn restored(store: Store, from: &Path) -> (Store, Restored) {
    let Store { folder, ledger, cashier, manager, other_manager, sale } = store;
    drop(ledger);
    let path = folder.path().join("ledger.db");
    let done = try_restore(&path, from, &manager, MANAGER_PIN).unwrap();
    let ledger = Ledger::open(&path, settings(), at(90_001)).unwrap();
    assert!(ledger.audit_verify(None).is_ok());
    check_ledger(&path, CheckDepth::Full, &StopSign::new()).unwrap();
    (Store { folder, ledger, cashier, manager, other_manager, sale }, done)
}

fn state(store: &Store, reference: &RefundReference) -> RefundState {
    store.ledger.refund(reference).unwrap().state
}

fn settle(store: &mut Store, refund: &Refund, outcome: &Outcome) {
    store.ledger.settle(&refund.reference, outcome, at(50)).unwrap();
}

fn refunded() -> Outcome {
    Outcome::Refunded { gateway_refund_no: Some("297553638302358781".to_owned()) }
}

fn not_sent() -> Outcome {
    Outcome::NotSent { cause: NotSentCause::Unreachable }
}

#[test]
fn a_copy_holds_what_the_ledger_held_at_that_moment_and_stands_alone() {
    let mut store = Store::new();
    let before = store.sent(100, at(0));
    let copy = copy_of(&store, 1);
    let after = store.sent(200, at(2));
    assert_eq!(copy.file_name().unwrap(), "ledger-FRONT-1-20270115T080001Z-daily.db");
    let found = examine(&copy, &store.path(), false, &StopSign::new()).unwrap();
    assert_eq!((found.refunds, found.missing), (1, Missing::Counted(1)));
    assert_eq!(found.managers.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Bruno", "Chiara"]);
    assert_eq!(found.last_at, Some(at(0)));
    let names: Vec<String> = std::fs::read_dir(copy.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names, ["ledger-FRONT-1-20270115T080001Z-daily.db"], "one file and nothing else");
    let alone = tempfile::tempdir().unwrap();
    let moved = alone.path().join("x.db");
    std::fs::copy(&copy, &moved).unwrap();
    let reader = Ledger::open_read_only(&moved, settings()).unwrap();
    assert_eq!(reader.refund(&before.reference).unwrap().state, RefundState::Sent);
    assert!(reader.refund(&after.reference).is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_copy_that_cannot_be_made_leaves_nothing_and_holds_up_nobody() {
    let mut store = Store::new();
    let stop = StopSign::new();
    stop.raise();
    let place = store.ledger.backup_place().clone();
    assert_eq!(back_up(&store.path(), &place, BackupKind::Daily, NOW, &stop), Err(BackupError::Stopped));
    assert!(std::fs::read_dir(place.folder()).unwrap().next().is_none());
    let nowhere = store.folder.path().join("stick/that/is/not/there");
    let place = BackupPlace::of(&store.path(), store.ledger.till(), Some(&nowhere));
    let error = back_up(&store.path(), &place, BackupKind::Daily, NOW, &StopSign::new()).unwrap_err();
    assert!(matches!(error, BackupError::Folder { .. }), "{error:?}");
    assert!(!store.folder.path().join("stick").exists(), "a stick that is not plugged in is not made up");
    store.sent(100, at(0));
}

#[test]
fn a_check_finds_what_opening_does_not_and_can_be_stopped() {
    let store = Store::new();
    let path = store.path();
    let check = |depth| check_ledger(&path, depth, &StopSign::new());
    assert_eq!(check(CheckDepth::Quick), Ok(store.ledger.audit_head().unwrap()));
    assert_eq!(check(CheckDepth::Full), check(CheckDepth::Quick));
    store.raw().execute_batch("PRAGMA ignore_check_constraints = ON; UPDATE sales SET paid_minor = -1").unwrap();
    let found = check(CheckDepth::Quick);
    assert!(matches!(found, Err(CheckError::Damaged { .. })), "a CHECK that does not hold: {found:?}");
    store.raw().execute_batch("UPDATE sales SET paid_minor = 1; DROP TRIGGER audit_never_changes").unwrap();
    store.raw().execute_batch("UPDATE audit SET who = 'nobody' WHERE seq = 2").unwrap();
    assert!(check(CheckDepth::Quick).is_ok());
    assert!(matches!(check(CheckDepth::Full), Err(CheckError::Damaged { what }) if what.contains("audit row 2")));
    // Enough rows for the machine to look up between whiles.
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
        INSERT INTO meta (name, value) SELECT 'row' || i, hex(randomblob(20)) FROM n";
    store.raw().execute_batch(many).unwrap();
    let stop = StopSign::new();
    stop.raise();
    assert_eq!(check_ledger(&path, CheckDepth::Full, &stop), Err(CheckError::Stopped));
}

#[test]
fn what_came_after_the_copy_comes_over_as_unknown_whatever_it_was() {
    let mut store = Store::new();
    let copy = copy_of(&store, 1);
    let kept_sale = store.sale.sale.id.clone();
    // A sale that the copy does not know, and a refund in each state on either.
    let new_sale = store.ledger.insert_or_update_from_gateway(&facts("316129873376769782", 90_000), at(2)).unwrap();
    let old_sale = std::mem::replace(&mut store.sale, new_sale);
    let outcomes = [
        None,
        Some(refunded()),
        Some(not_sent()),
        Some(Outcome::Pending),
        Some(Outcome::Declined { cause: tillback::domain::DeclineCause::Wallet, code: "000080".to_owned() }),
    ];
    let mut made = vec![];
    for outcome in &outcomes {
        let refund = store.sent(100, at(3));
        if let Some(outcome) = outcome {
            settle(&mut store, &refund, outcome);
        }
        made.push(refund.reference);
    }
    store.sale = old_sale;
    made.push(store.prepared(150, at(4)).reference);
    let (store, done) = restored(store, &copy);
    let mut came = done.brought_over.clone();
    came.sort();
    made.sort();
    assert_eq!((came, done.old_was_whole, done.left_behind.len()), (made.clone(), true, 0));
    assert!(made.iter().all(|reference| state(&store, reference) == RefundState::Unknown));
    let view = store.ledger.sale(&kept_sale).unwrap();
    assert_eq!(view.balance.reserved, usd(150), "its amount is kept back until the gateway has answered");
    let row = store.ledger.last_fact(&["ledger_restored"], NOW).unwrap().unwrap();
    assert_eq!(row.who, store.manager.as_str());
    assert!(row.detail.contains("the disk failed") && row.detail.contains(r#""brought_over":"6""#), "{}", row.detail);
    assert!(store.has_noted("refund_brought_over"));
    let aside = done.set_aside.unwrap();
    let old = Ledger::open_read_only(&aside.join("ledger.db"), settings()).unwrap();
    assert_eq!(old.refund(&made[0]).unwrap().reference, made[0], "the old ledger is there, whole");
    assert!(old.audit_verify(None).is_ok());
}

#[test]
fn shifts_and_what_was_lifted_and_countersigned_since_the_copy_come_over() {
    let rules = HouseRules { same_amount_minutes: 10, ..HouseRules::default() };
    let mut store = Store::with(LedgerSettings { policy: Policy { rules, ..policy() }, ..settings() });
    let (cashier, manager, other) = (store.cashier.clone(), store.manager.clone(), store.other_manager.clone());
    let first = store.ledger.open_shift(&cashier, at(0)).unwrap();
    let kept = store.ledger.open_shift(&manager, at(0)).unwrap();
    let copy = copy_of(&store, 1);
    store.ledger.approve_and_prepare(&store.intention(500), &manager, &pin(MANAGER_PIN), at(2)).unwrap();
    let again = store.intention(500);
    let again = Intention { note: Some(reason("two of them were broken")), ..again };
    let approval = store.ledger.approve(&again, &manager, &pin(MANAGER_PIN), at(3)).unwrap();
    store.ledger.countersign(&approval, &other, &pin(OTHER_MANAGER_PIN), at(4)).unwrap();
    let refund = store.ledger.prepare(&approval, &again, at(5)).unwrap();
    let closed = store.ledger.close_shift(&cashier, at(6)).unwrap().unwrap();
    let second = store.ledger.open_shift(&cashier, at(7)).unwrap();
    let third = store.ledger.open_shift(&other, at(8)).unwrap();
    let ended = store.ledger.close_shift(&other, at(9)).unwrap().unwrap();
    let told = |store: &Store| -> [Vec<String>; 2] {
        let database = store.raw();
        let read = |sql: &str| {
            let mut statement = database.prepare(sql).unwrap();
            let found = statement.query_map([refund.reference.as_str()], |row| row.get(0)).unwrap();
            found.map(Result::unwrap).collect()
        };
        let approvals = "SELECT json_array(id, sale_id, amount_minor, reason, requester, approver, left_minor,
             approved_at, expires_at, used_by, attempt, lifted, note) FROM approvals WHERE used_by = ?1";
        let signs = "SELECT json_array(approval_id, manager, signed_at) FROM countersigns
             WHERE approval_id = (SELECT id FROM approvals WHERE used_by = ?1)";
        [read(approvals), read(signs)]
    };
    let before = told(&store);
    assert!(before[0].len() == 1 && before[1].len() == 1, "{before:?}");
    assert!(before[0][0].contains("same_amount") && before[0][0].contains("two of them"), "{before:?}");
    let (store, done) = restored(store, &copy);
    assert!(done.old_was_whole && done.brought_over.contains(&refund.reference), "{done:?}");
    assert_eq!(told(&store), before);
    let shift = |id: &str| store.ledger.shift(id).unwrap();
    assert_eq!((shift(&first.id), shift(&third.id)), (Some(closed), Some(ended)));
    let mut open: Vec<_> = store.ledger.open_shifts().unwrap();
    open.sort_by_key(|shift| shift.opened_at);
    assert_eq!(open, [kept, second], "who is at the till is still at the till");
    let row = store.ledger.last_fact(&["ledger_restored"], NOW).unwrap().unwrap();
    assert!(row.detail.contains(r#""shifts":"3""#), "{}", row.detail);
}

#[test]
fn settings_as_they_were_last_read_come_over_and_what_moved_since_the_copy_is_told() {
    let seen = |values: &[(&str, &str)]| SettingsSeen {
        hash: "0".repeat(64),
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    let mut store = Store::new();
    let manager = store.manager.clone();
    store.ledger.settings_read(&seen(&[("policy.max_sale_age_days", "90"), ("store.name", "A")]), None, at(0)).unwrap();
    let copy = copy_of(&store, 1);
    let now = seen(&[("policy.max_sale_age_days", "365"), ("scanner.prefix", "x")]);
    store.ledger.settings_read(&now, Some(&manager), at(2)).unwrap();
    let (mut store, _) = restored(store, &copy);
    let row = store.ledger.last_fact(&["ledger_restored"], NOW).unwrap().unwrap();
    assert!(row.detail.contains(r#""settings":"3""#), "{}", row.detail);
    let rows = store.ledger.audit_rows(0, 10_000).unwrap();
    let told: Vec<_> = rows.iter().filter(|row| row.what == "setting_changed").collect();
    let said: Vec<_> = told.iter().map(|row| (row.subject.as_str(), row.who.as_str())).collect();
    let names = ["policy.max_sale_age_days", "scanner.prefix", "store.name"];
    assert_eq!(said, names.map(|name| (name, "system")));
    for (row, moved) in told.iter().zip([r#""from":"90","to":"365""#, r#""to":"x""#, r#""from":"A""#]) {
        assert!(row.detail.contains(moved) && row.detail.contains(r#""via":"restore""#), "{}", row.detail);
    }
    // The next start finds nothing to tell: the file is as the old ledger knew it; and tells what moves from here on.
    assert_eq!(store.ledger.settings_read(&now, None, at(90_002)), Ok(0));
    let later = seen(&[("policy.max_sale_age_days", "30"), ("scanner.prefix", "x")]);
    assert_eq!(store.ledger.settings_read(&later, None, at(90_003)), Ok(1));
}

#[test]
fn a_refund_sent_again_after_the_copy_cannot_be_sent_a_third_time() {
    let mut store = Store::new();
    let refund = store.sent(100, at(0));
    settle(&mut store, &refund, &not_sent());
    let copy = copy_of(&store, 60);
    let manager = store.manager.clone();
    store.ledger.send_again(&refund.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(61)).unwrap();
    settle(&mut store, &refund, &not_sent());
    store.ledger.send_again(&refund.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(62)).unwrap();
    let (mut store, done) = restored(store, &copy);
    assert_eq!(done.brought_over, std::slice::from_ref(&refund.reference));
    assert_eq!(state(&store, &refund.reference), RefundState::Unknown);
    let again = store
        .ledger
        .send_again(&refund.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(90_010))
        .unwrap_err();
    assert!(matches!(again, ApproveError::Record(RecordError::IllegalMove { .. })), "{again:?}");
    let attempt: i64 = store
        .raw()
        .query_row("SELECT attempt FROM refunds WHERE reference = ?1", [refund.reference.as_str()], |row| row.get(0))
        .unwrap();
    assert_eq!(attempt, 3);
}

#[test]
fn one_that_waits_in_both_goes_on_waiting_and_one_given_up_since_stays_so() {
    let mut store = Store::new();
    let waits = store.sent(100, at(0));
    settle(&mut store, &waits, &not_sent());
    let gone = store.sent(200, at(0));
    settle(&mut store, &gone, &not_sent());
    let copy = copy_of(&store, 60);
    let manager = store.manager.clone();
    store.ledger.abandon(&gone.reference, &manager, &pin(MANAGER_PIN), &reason("paid in cash"), at(61)).unwrap();
    let (mut store, done) = restored(store, &copy);
    assert_eq!(done.given_up, [gone.reference.to_string()]);
    assert_eq!(state(&store, &gone.reference), RefundState::Abandoned);
    assert_eq!(state(&store, &waits.reference), RefundState::NotSent);
    assert!(
        store.ledger.send_again(&waits.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(90_010)).is_ok()
    );
}

#[test]
fn from_an_unreadable_ledger_nothing_that_waited_can_be_sent_again() {
    let mut store = Store::new();
    let waits = store.sent(100, at(0));
    settle(&mut store, &waits, &not_sent());
    let open = store.sent(200, at(0));
    settle(&mut store, &open, &Outcome::Unknown { cause: UnknownCause::TimedOut, code: None });
    let copy = copy_of(&store, 60);
    let path = store.path();
    let Store { folder, ledger, manager, .. } = store;
    drop(ledger);
    std::fs::write(&path, b"scribbled over".repeat(1000)).unwrap();
    assert!(matches!(Ledger::open(&path, settings(), at(61)), Err(OpenError::NotALedger { .. })));
    let done = try_restore(&path, &copy, &manager, MANAGER_PIN).unwrap();
    assert_eq!((done.old_was_whole, done.copy.missing), (false, Missing::Unreadable(0)));
    assert_eq!(done.given_up, [waits.reference.to_string()]);
    let mut ledger = Ledger::open(&path, settings(), at(90_001)).unwrap();
    assert_eq!(ledger.refund(&open.reference).unwrap().state, RefundState::Unknown);
    let again =
        ledger.send_again(&waits.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(90_002)).unwrap_err();
    assert!(matches!(again, ApproveError::Record(RecordError::IllegalMove { .. })), "{again:?}");
    assert!(std::fs::read(done.set_aside.unwrap().join("ledger.db")).unwrap().starts_with(b"scribbled over"));
    drop(folder);
}

#[test]
fn an_approval_used_after_the_copy_is_used_up_after_the_restore_too() {
    let mut store = Store::new();
    let intention = store.intention(300);
    let manager = store.manager.clone();
    let approval = store.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), at(89_995)).unwrap();
    let copy = copy_of(&store, 89_996);
    let refund = store.ledger.prepare(&approval, &intention, at(89_997)).unwrap();
    let (mut store, done) = restored(store, &copy);
    assert_eq!(done.brought_over, [refund.reference]);
    let again = store.ledger.prepare(&approval, &intention, at(90_002));
    assert_eq!(again, Err(RecordError::Refused(Refusal::ApprovalVoid)));
}

#[test]
fn people_are_as_they_were_last() {
    let mut store = Store::new();
    let copy = copy_of(&store, 1);
    let other = store.other_manager.clone();
    store.ledger.remove_operator(&other, None, at(2)).unwrap();
    let name = OperatorName::parse("Dario").unwrap();
    store.ledger.add_operator(&name, Role::Cashier, &pin("6172"), None, at(3)).unwrap();
    let (store, _) = restored(store, &copy);
    let names: Vec<String> =
        store.ledger.operators().unwrap().into_iter().map(|person| person.name.to_string()).collect();
    assert_eq!(names, ["Ana", "Bruno", "Dario"]);
}

#[test]
fn no_badge_comes_back_with_a_copy() {
    let mut store = Store::new();
    let (manager, other) = (store.manager.clone(), store.other_manager.clone());
    let revoked = store.ledger.make_badge(&other, None, at(0)).unwrap();
    let kept = store.ledger.make_badge(&manager, None, at(0)).unwrap();
    let copy = copy_of(&store, 1);
    store.ledger.revoke_badge(&other, None, at(2)).unwrap();
    let (mut store, _) = restored(store, &copy);
    for badge in [revoked, kept] {
        let gone = Err(OperatorError::Pin(PinRefusal::UnknownBadge));
        assert_eq!(store.ledger.sign_in_by_badge(&badge, at(90_001)).map(|_| ()), gone);
    }
    assert!(store.ledger.make_badge(&manager, None, at(90_002)).is_ok());
}

#[test]
fn it_takes_a_manager_a_good_copy_and_nobody_at_the_till() {
    let store = Store::new();
    let copy = copy_of(&store, 1);
    let path = store.path();
    let held = try_restore(&path, &copy, &store.manager, MANAGER_PIN).unwrap_err();
    assert!(matches!(held, RestoreError::Open(OpenError::InUse { .. })), "{held:?}");
    let Store { folder, ledger, cashier, manager, .. } = store;
    drop(ledger);
    let before = std::fs::read(&path).unwrap();
    let wrong = try_restore(&path, &copy, &manager, OTHER_MANAGER_PIN).unwrap_err();
    assert_eq!(wrong, RestoreError::Pin(PinRefusal::Wrong { wait_seconds: 0 }));
    assert_eq!(try_restore(&path, &copy, &cashier, CASHIER_PIN).unwrap_err(), RestoreError::NoManager);
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 4096].fill(0xAA);
    std::fs::write(&copy, bytes).unwrap();
    let damaged = try_restore(&path, &copy, &manager, MANAGER_PIN).unwrap_err();
    assert!(matches!(damaged, RestoreError::Copy(CheckError::Damaged { .. })), "{damaged:?}");
    assert_eq!(std::fs::read(&path).unwrap(), before, "the ledger was touched");
    assert!(!path.with_extension("restoring").exists() && !folder.path().join("set-aside").exists());
    drop(Ledger::open(&path, settings(), at(2)).unwrap());
}

#[test]
fn another_tills_copy_is_refused_where_refunds_are_and_taken_by_a_fresh_ledger() {
    let theirs = Store::new();
    let copy = copy_of(&theirs, 1);
    let mut ours = Store::new();
    ours.sent(100, at(0));
    let path = ours.path();
    drop(std::mem::replace(&mut ours.ledger, Store::new().ledger));
    let refused = try_restore(&path, &copy, &theirs.manager, MANAGER_PIN).unwrap_err();
    assert_eq!(refused, RestoreError::AnotherLedger);
    let fresh = tempfile::tempdir().unwrap();
    let path = fresh.path().join("ledger.db");
    drop(Ledger::open(&path, settings(), NOW).unwrap());
    assert!(try_restore(&path, &copy, &theirs.manager, MANAGER_PIN).unwrap().set_aside.is_some());
    let training = LedgerSettings { training: true, ..settings() };
    let order =
        RestoreOrder { from: &copy, manager: &theirs.manager, pin: &pin(MANAGER_PIN), reason: &reason("practice") };
    let mode = restore(&fresh.path().join("training.db"), &training, &order, NOW).unwrap_err();
    assert!(matches!(mode, RestoreError::Copy(CheckError::Open(OpenError::WrongMode { .. }))), "{mode:?}");
}

#[test]
fn a_restore_that_was_cut_off_is_seen_and_can_be_done_again() {
    let mut store = Store::new();
    let copy = copy_of(&store, 1);
    let refund = store.sent(100, at(2));
    let path = store.path();
    let Store { folder, ledger, manager, .. } = store;
    drop(ledger);
    // The database was moved, its successor is not there yet.
    std::fs::create_dir_all(folder.path().join("set-aside/20270116T090000Z")).unwrap();
    std::fs::rename(&path, folder.path().join("set-aside/20270116T090000Z/ledger.db")).unwrap();
    assert!(matches!(Ledger::open(&path, settings(), at(3)), Err(OpenError::Gone { .. })));
    assert!(!path.exists(), "no new ledger was begun");
    let done = try_restore(&path, &copy, &manager, MANAGER_PIN).unwrap();
    assert!(!done.old_was_whole);
    let ledger = Ledger::open(&path, settings(), at(90_001)).unwrap();
    assert!(ledger.refund(&refund.reference).is_err());
}

/// The files of a till that was killed: its log is not in the database yet.
fn killed() -> (tempfile::TempDir, PathBuf, RefundReference, Store) {
    let mut store = Store::new();
    store.raw().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let reference = store.sent(100, at(0)).reference;
    let folder = tempfile::tempdir().unwrap();
    for name in ["ledger.db", "ledger.db-wal", "ledger.mark"] {
        std::fs::copy(store.folder.path().join(name), folder.path().join(name)).unwrap();
    }
    let path = folder.path().join("ledger.db");
    (folder, path, reference, store)
}

#[test]
fn a_log_that_is_missing_cut_or_overwritten_is_noticed() {
    let (_folder, path, reference, _store) = killed();
    let ledger = Ledger::open(&path, settings(), at(1)).unwrap();
    assert_eq!(ledger.refund(&reference).unwrap().state, RefundState::Unknown, "as it was, nothing is lost");
    drop(ledger);
    let changes: [fn(&Path); 4] = [
        |log| std::fs::remove_file(log).unwrap(),
        |log| {
            let half = std::fs::metadata(log).unwrap().len() / 2;
            std::fs::OpenOptions::new().write(true).open(log).unwrap().set_len(half).unwrap();
        },
        |log| std::fs::write(log, b"not a log at all".repeat(4000)).unwrap(),
        |log| std::fs::write(log, b"").unwrap(),
    ];
    for change in changes {
        let (_folder, path, _, _store) = killed();
        change(&path.with_extension("db-wal"));
        let error = Ledger::open(&path, settings(), at(1)).unwrap_err();
        assert!(matches!(error, OpenError::Behind { had, has } if had > has), "{error:?}");
        let error = Ledger::open_shared(&path, settings(), at(1)).unwrap_err();
        assert!(matches!(error, OpenError::Behind { .. }), "{error:?}");
    }
}

#[test]
fn an_older_copy_put_in_place_by_hand_is_noticed_and_can_be_restored_in_earnest() {
    let mut store = Store::new();
    let copy = copy_of(&store, 1);
    store.sent(100, at(2));
    let path = store.path();
    let Store { folder, ledger, manager, .. } = store;
    drop(ledger);
    std::fs::copy(&copy, &path).unwrap();
    assert!(matches!(Ledger::open(&path, settings(), at(3)), Err(OpenError::Behind { .. })));
    try_restore(&path, &path, &manager, MANAGER_PIN).unwrap();
    drop(Ledger::open(&path, settings(), at(90_001)).unwrap());
    drop(folder);
}

#[test]
fn a_torn_mark_claims_nothing() {
    let store = Store::new();
    let path = store.path();
    drop(store.ledger);
    for text in ["", "00000000000000000099", "99 abc\n", "\0\0\0\0"] {
        std::fs::write(path.with_extension("mark"), text).unwrap();
        drop(Ledger::open(&path, settings(), at(1)).unwrap_or_else(|error| panic!("{text:?}: {error}")));
    }
}

#[test]
fn a_clock_behind_the_last_row_is_written_down() {
    let store = Store::new().reopen(at(-86_400));
    let row = store.ledger.last_fact(&["clock_behind"], at(-90_000)).unwrap().unwrap();
    assert!(row.detail.contains(&NOW.ms().to_string()), "{}", row.detail);
    let store = Store::new().reopen(at(-60));
    assert!(store.ledger.last_fact(&["clock_behind"], at(-90_000)).unwrap().is_none());
}

#[test]
fn evidence_counted_before_the_copy_is_counted_anew_after_a_replay() {
    let mut store = Store::new();
    let refund = store.sent(100, at(0));
    settle(&mut store, &refund, &Outcome::Unknown { cause: UnknownCause::TimedOut, code: None });
    for seconds in [60, 360] {
        store.ledger.record_query(&refund.reference, &QueryEvidence::NotFound, at(seconds)).unwrap();
    }
    let copy = copy_of(&store, 400);
    store.ledger.record_query(&refund.reference, &QueryEvidence::NotFound, at(700)).unwrap();
    assert_eq!(state(&store, &refund.reference), RefundState::NotExecuted);
    let manager = store.manager.clone();
    store.ledger.send_again(&refund.reference, &manager, &pin(MANAGER_PIN), &reason("again"), at(800)).unwrap();
    let (mut store, _) = restored(store, &copy);
    store.ledger.record_query(&refund.reference, &QueryEvidence::NotFound, at(90_700)).unwrap();
    assert_eq!(state(&store, &refund.reference), RefundState::Unknown, "old answers say nothing about a new request");
}
