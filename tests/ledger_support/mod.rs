//! What every test of the ledger needs: a store with two managers, a cashier and a paid sale.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::path::{Path, PathBuf};

use tillback::domain::{
    Currency, DeclineCause, Intention, InvoiceReference, Money, NotSentCause, OperatorId, OperatorName, Outcome, Pin,
    Policy, Reason, Refund, RefundReference, RefundState, Role, SaleStatus, SaleView, TillName, Timestamp,
    TransactionNo, UnknownCause,
};
use tillback::ledger::{Ledger, LedgerSettings, PinCost, QueryEvidence, SaleFacts, SeededRandomness};

pub const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);
pub const SALE_NO: &str = "297553638301777927";
pub const MANAGER_PIN: &str = "482913";
pub const OTHER_MANAGER_PIN: &str = "705182";
pub const CASHIER_PIN: &str = "3916";

pub fn at(seconds: i64) -> Timestamp {
    NOW.plus_ms(seconds * 1000)
}

pub fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

pub fn pin(digits: &str) -> Pin {
    Pin::parse(digits).unwrap()
}

pub fn reason(text: &str) -> Reason {
    Reason::parse(text).unwrap()
}

pub fn number(text: &str) -> TransactionNo {
    TransactionNo::parse(text).unwrap()
}

pub fn invoice(text: &str) -> InvoiceReference {
    InvoiceReference::parse(text).unwrap()
}

/// No waiting between refunds: tests of the interval set it themselves.
pub fn policy() -> Policy {
    Policy { min_seconds_between_refunds: 0, ..Policy::default() }
}

pub fn settings() -> LedgerSettings {
    let till = TillName::parse("FRONT-1").unwrap();
    LedgerSettings { pin_cost: PinCost::CHEAP, ..LedgerSettings::new(till, policy()) }
}

pub fn seeded(seed: u64) -> LedgerSettings {
    LedgerSettings { randomness: Box::new(SeededRandomness::new(seed)), ..settings() }
}

pub fn facts(transaction_no: &str, minor: i64) -> SaleFacts {
    SaleFacts {
        transaction_no: Some(number(transaction_no)),
        reference: None,
        paid: usd(minor),
        settle_currency: Currency::USD,
        wallet: Some("alipay".to_owned()),
        paid_at: Some(NOW.plus_ms(-86_400_000)),
        status: SaleStatus::Success,
    }
}

/// A folder with a ledger in it, and its people.
pub struct Store {
    pub folder: tempfile::TempDir,
    pub ledger: Ledger,
    pub cashier: OperatorId,
    pub manager: OperatorId,
    pub other_manager: OperatorId,
    pub sale: SaleView,
}

impl Store {
    /// A sale of 39.90 dollars, nobody has refunded.
    pub fn new() -> Self {
        Self::with(settings())
    }

    pub fn with(settings: LedgerSettings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("ledger.db"), settings, NOW).unwrap();
        let mut add = |name: &str, role, digits: &str| {
            ledger.add_operator(&OperatorName::parse(name).unwrap(), role, &pin(digits), None, NOW).unwrap()
        };
        let cashier = add("Ana", Role::Cashier, CASHIER_PIN);
        let manager = add("Bruno", Role::Manager, MANAGER_PIN);
        let other_manager = add("Chiara", Role::Manager, OTHER_MANAGER_PIN);
        let sale = ledger.insert_or_update_from_gateway(&facts(SALE_NO, 3990), NOW).unwrap();
        Self { folder, ledger, cashier, manager, other_manager, sale }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("ledger.db")
    }

    pub fn raw(&self) -> rusqlite::Connection {
        raw(&self.path())
    }

    /// Whether the record has a row of that kind.
    pub fn has_noted(&self, what: &str) -> bool {
        self.ledger.audit_rows(0, 10_000).unwrap().iter().any(|row| row.what == what)
    }

    /// Asks for so much, having seen what is left now.
    pub fn intention(&self, minor: i64) -> Intention {
        let view = self.ledger.sale(&self.sale.sale.id).unwrap();
        Intention {
            sale_id: view.sale.id.clone(),
            sale_key: view.sale.key().unwrap(),
            amount: usd(minor),
            settle_currency: view.sale.settle_currency,
            reason: reason("damaged"),
            requester: self.cashier.clone(),
            left_seen: view.balance.left().unwrap(),
            note: None,
        }
    }

    pub fn prepared(&mut self, minor: i64, now: Timestamp) -> Refund {
        let intention = self.intention(minor);
        let manager = self.manager.clone();
        let approval = self.ledger.approve(&intention, &manager, &pin(MANAGER_PIN), now).unwrap();
        self.ledger.prepare(&approval, &intention, now).unwrap()
    }

    pub fn sent(&mut self, minor: i64, now: Timestamp) -> Refund {
        let refund = self.prepared(minor, now);
        self.ledger.mark_sent(&refund.reference, now).unwrap();
        self.ledger.refund(&refund.reference).unwrap()
    }

    /// Closes the ledger as a killed process would leave it, and opens it again.
    pub fn reopen(self, now: Timestamp) -> Self {
        let Self { folder, ledger, cashier, manager, other_manager, sale } = self;
        drop(ledger);
        let ledger = Ledger::open(&folder.path().join("ledger.db"), settings(), now).unwrap();
        Self { folder, ledger, cashier, manager, other_manager, sale }
    }
}

pub fn raw(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

pub fn refunded() -> Outcome {
    Outcome::Refunded { gateway_refund_no: Some("297553638302358781".to_owned()) }
}

pub fn declined() -> Outcome {
    Outcome::Declined { cause: DeclineCause::SaleStatus, code: "000040".to_owned() }
}

pub fn unknown() -> Outcome {
    Outcome::Unknown { cause: UnknownCause::TimedOut, code: None }
}

pub fn not_sent() -> Outcome {
    Outcome::NotSent { cause: NotSentCause::Unreachable }
}

pub fn outcomes() -> [Outcome; 5] {
    [refunded(), declined(), Outcome::Pending, unknown(), not_sent()]
}

/// Three answers without it over ten minutes.
pub fn not_found(store: &mut Store, reference: &RefundReference, from_seconds: i64) -> Refund {
    for seconds in [0, 300, 600] {
        store.ledger.record_query(reference, &QueryEvidence::NotFound, at(from_seconds + seconds)).unwrap();
    }
    store.ledger.refund(reference).unwrap()
}

/// A refund of 10.00 that stands there.
pub fn in_state(store: &mut Store, state: RefundState) -> Refund {
    let refund = store.prepared(1000, at(0));
    let reference = refund.reference;
    if state != RefundState::Prepared {
        store.ledger.mark_sent(&reference, at(1)).unwrap();
    }
    let mut settle = |outcome: &Outcome| store.ledger.settle(&reference, outcome, at(2)).unwrap();
    match state {
        RefundState::Prepared | RefundState::Sent => store.ledger.refund(&reference).unwrap(),
        RefundState::Refunded => settle(&refunded()),
        RefundState::Declined => settle(&declined()),
        RefundState::Pending => settle(&Outcome::Pending),
        RefundState::Unknown => settle(&unknown()),
        RefundState::NotSent => settle(&not_sent()),
        RefundState::NotExecuted => {
            settle(&unknown());
            not_found(store, &reference, 10)
        }
        RefundState::Abandoned => {
            settle(&not_sent());
            let manager = store.manager.clone();
            store.ledger.abandon(&reference, &manager, &pin(MANAGER_PIN), &reason("changed their mind"), at(3)).unwrap()
        }
    }
}
