//! Notes ride along: they cost no commit, lose nothing to a failed one, and keep their order.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::domain::{Currency, Intention, Money, OperatorName, Outcome, Pin, Reason, Role, SaleStatus, TransactionNo};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

struct Store {
    _folder: tempfile::TempDir,
    ledger: Ledger,
    commits: Arc<AtomicUsize>,
}

impl Store {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = LedgerSettings::new(TillName::parse("T1").unwrap(), Policy::default());
        settings.pin_cost = PinCost::CHEAP;
        let mut ledger = Ledger::open(&folder.path().join("ledger.db"), settings, NOW).unwrap();
        let commits = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&commits);
        let count = move || {
            counted.fetch_add(1, Ordering::Relaxed);
            false
        };
        ledger.connection.commit_hook(Some(count)).unwrap();
        Self { _folder: folder, ledger, commits }
    }

    fn note(&self, subject: &str) {
        let fact = AuditFact { who: None, what: "code_read", subject: subject.to_owned(), detail: vec![] };
        self.ledger.notes().put(fact, NOW);
    }

    fn commits(&self) -> usize {
        self.commits.swap(0, Ordering::Relaxed)
    }

    fn noted(&self) -> Vec<String> {
        let rows = self.ledger.audit_rows(0, 20_000).unwrap();
        rows.into_iter().filter(|row| row.what == "code_read").map(|row| row.subject).collect()
    }
}

/// A whole refund with five notes before each of its steps commits exactly as often as one without any.
#[test]
fn notes_add_no_commit_to_a_refund() {
    let mut store = Store::open();
    let mut add = |name: &str, role, pin: &str| {
        let (name, pin) = (OperatorName::parse(name).unwrap(), Pin::parse(pin).unwrap());
        store.ledger.add_operator(&name, role, &pin, None, NOW).unwrap()
    };
    let (cashier, manager) = (add("Mei", Role::Cashier, "4829"), add("Luis", Role::Manager, "739158"));
    let mut commits = vec![];
    for notes in [0, 5] {
        let facts = SaleFacts {
            transaction_no: Some(TransactionNo::parse(&format!("29755363830177792{notes}")).unwrap()),
            reference: None,
            paid: Money::from_minor(5000, Currency::USD).unwrap(),
            settle_currency: Currency::USD,
            wallet: None,
            paid_at: Some(NOW),
            status: SaleStatus::Success,
        };
        let sale = store.ledger.insert_or_update_from_gateway(&facts, NOW).unwrap();
        let intention = Intention {
            sale_id: sale.sale.id.clone(),
            sale_key: sale.sale.key().unwrap(),
            amount: sale.sale.paid,
            settle_currency: Currency::USD,
            reason: Reason::parse("Damaged").unwrap(),
            requester: cashier.clone(),
            left_seen: sale.sale.paid,
            note: None,
        };
        store.commits();
        let noted = |store: &Store| (0..notes).for_each(|_| store.note("a"));
        noted(&store);
        let pin = Pin::parse("739158").unwrap();
        let approval = store.ledger.approve(&intention, &manager, &pin, NOW).unwrap();
        noted(&store);
        let refund = store.ledger.prepare(&approval, &intention, NOW).unwrap();
        noted(&store);
        drop(store.ledger.mark_sent(&refund.reference, NOW).unwrap());
        noted(&store);
        store.ledger.settle(&refund.reference, &Outcome::Refunded { gateway_refund_no: None }, NOW).unwrap();
        commits.push((store.commits(), store.noted().len(), store.ledger.notes().any()));
    }
    // Approval, prepared, sent, refunded: four, whatever was noted.
    assert_eq!(commits, [(4, 0, false), (4, 20, false)]);
}

#[test]
fn what_nothing_takes_along_is_written_once_and_in_order() {
    let mut store = Store::open();
    for subject in ["1", "2", "3"] {
        store.note(subject);
    }
    assert_eq!(store.noted(), [""; 0]);
    store.ledger.write_notes().unwrap();
    store.ledger.write_notes().unwrap();
    assert_eq!((store.noted(), store.commits()), (vec!["1".to_owned(), "2".to_owned(), "3".to_owned()], 1));
    // A row of their own time, in the order of the record.
    store.note("4");
    let fact = AuditFact { who: None, what: "exported", subject: "refunds".to_owned(), detail: vec![] };
    store.ledger.audit_append(&fact, NOW.plus_ms(5000)).unwrap();
    let rows = store.ledger.audit_rows(0, 100).unwrap();
    let last: Vec<_> = rows.iter().rev().take(2).map(|row| (row.what.as_str(), row.at)).collect();
    assert_eq!(last, [("exported", NOW.plus_ms(5000)), ("code_read", NOW)]);
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn a_transaction_that_fails_loses_no_note() {
    let mut store = Store::open();
    store.note("kept");
    drop(Writing::begin(&mut store.ledger.connection, &store.ledger.notes).unwrap());
    assert!(store.ledger.notes().any() && store.noted().is_empty());
    // Written behind it while the transaction was under way, it is not taken for one of those that were.
    let writing = Writing::begin(&mut store.ledger.connection, &store.ledger.notes).unwrap();
    let late = AuditFact { who: None, what: "code_read", subject: "late".to_owned(), detail: vec![] };
    store.ledger.notes.put(late, NOW);
    writing.commit().unwrap();
    assert_eq!(store.noted(), ["kept"]);
    store.ledger.write_notes().unwrap();
    assert_eq!(store.noted(), ["kept", "late"]);
}

#[test]
fn notes_that_do_not_fit_are_counted_on_the_record() {
    let mut store = Store::open();
    for _ in 0..10_003 {
        store.note("x");
    }
    store.ledger.write_notes().unwrap();
    store.note("y");
    store.ledger.write_notes().unwrap();
    let rows = store.ledger.audit_rows(0, 20_000).unwrap();
    let lost: Vec<_> = rows.iter().filter(|row| row.what == "notes_lost").map(|row| row.detail.as_str()).collect();
    assert_eq!((store.noted().len(), lost), (10_001, vec![r#"{"count":"3"}"#]));
}
