//! A look-up shows a sale as of one moment, whoever writes beside it.
//!
//! **Written at every single step of a look-up in turn**: what came between two of its questions is in all of it or in
//! none.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;

use super::{Ledger, LedgerSettings, SaleFacts};
use crate::domain::{Currency, Money, Policy, SaleKey, SaleStatus, TillName, Timestamp, TransactionNo};

const NOW: Timestamp = Timestamp::from_ms(1_800_000_000_000);

/// Everything that a look-up asks for, changed in one commit: status, the item's name, what the gateway reported.
const CHANGE: &str = "BEGIN IMMEDIATE;
    UPDATE sales SET status = CASE status WHEN 'success' THEN 'closed' ELSE 'success' END;
    UPDATE sale_items SET description = (SELECT status FROM sales);
    UPDATE foreign_refunds SET amount_minor = (SELECT length(status) FROM sales);
    COMMIT;";

#[test]
fn a_look_up_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let settings = LedgerSettings::new(TillName::parse("T1").unwrap(), Policy::default());
    let mut ledger = Ledger::open(&path, settings, NOW).unwrap();
    let number = TransactionNo::parse("297553638301777927").unwrap();
    let facts = SaleFacts {
        transaction_no: Some(number.clone()),
        reference: None,
        paid: Money::from_minor(3990, Currency::USD).unwrap(),
        settle_currency: Currency::USD,
        wallet: None,
        paid_at: None,
        status: SaleStatus::Success,
    };
    ledger.insert_or_update_from_gateway(&facts, NOW).unwrap();
    ledger.connection.execute("INSERT INTO sale_items SELECT id, 1, 'success', 1, 3990 FROM sales", []).unwrap();
    ledger.connection.execute("INSERT INTO foreign_refunds SELECT id, 'F1', NULL, 7, 0 FROM sales", []).unwrap();
    let key = SaleKey::Transaction(number);
    let mut between = 0;
    for step in 0..400 {
        let steps = Arc::new(AtomicU32::new(0));
        let (counted, beside) = (Arc::clone(&steps), Connection::open(&path).unwrap());
        let write_at_step = move || {
            if counted.fetch_add(1, Ordering::Relaxed) == step {
                beside.execute_batch(CHANGE).unwrap();
            }
            false
        };
        ledger.connection.progress_handler(1, Some(write_at_step)).unwrap();
        let view = ledger.find_sale(&key).unwrap().unwrap();
        ledger.connection.progress_handler(0, None::<fn() -> bool>).unwrap();
        let status = view.sale.status.as_str();
        let reported = i64::try_from(status.len()).unwrap();
        assert_eq!(view.sale.items[0].description, status, "step {step}");
        assert_eq!(view.foreign[0].amount.minor(), reported, "step {step}");
        between += u32::from(steps.load(Ordering::Relaxed) > step);
    }
    assert!(between > 30, "the look-up took {between} steps");
}
