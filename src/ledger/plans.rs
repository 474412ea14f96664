//! Every lookup that a person waits for uses an index: the same cost at ten million sales as at ten.

use super::approvals::BY_ID as APPROVAL_BY_ID;
use super::history::{OF_SUBJECT, attention_sql, newest_sql};
use super::refunds::{OPEN, RECOVERABLE, REPORTED, UNRESOLVED, list_sql};
use super::reports::{EARLIER, day_sql, shift_sql};
use super::resolve::doubtful_sql;
use super::rows::{
    FOREIGN_OF_SALE, ITEMS_OF_SALE, REFUND_BY_REFERENCE, REFUND_COLUMNS, REFUNDS_OF_SALE, SALE_BY_ID, SALE_COLUMNS,
    VIEW_BY_ID, VIEW_BY_NUMBER,
};
use super::sales::{BY_LONE_REFERENCE, BY_REFERENCE, BY_TRANSACTION};
use crate::domain::RefundState;

fn plan(sql: &str) -> Vec<String> {
    let database = rusqlite::Connection::open_in_memory().unwrap();
    super::schema::before_reading(&database, std::time::Duration::ZERO).unwrap();
    for step in super::schema::STEPS {
        database.execute_batch(step).unwrap();
    }
    let mut statement = database.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let parameters = vec![rusqlite::types::Value::Null; statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(parameters), |row| row.get(3)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

#[track_caller]
fn check(sql: &str, index: &str) {
    let plan = plan(sql);
    assert!(plan.iter().any(|step| step.contains(index)), "{sql}: {plan:?}");
    let scans = plan.iter().filter(|step| {
        let few = ["refunds_open", "refunds_contradicted", "refunds_unconfirmed"];
        step.starts_with("SCAN")
            && !few.iter().any(|index| step.contains(&format!("USING INDEX {index}")))
            && *step != "SCAN CONSTANT ROW"
    });
    let sorts = plan.iter().filter(|step| step.contains("TEMP B-TREE") && !step.contains("LAST TERM"));
    assert_eq!((scans.count(), sorts.count()), (0, 0), "{sql}: {plan:?}");
}

#[test]
fn every_lookup_uses_an_index() {
    check(BY_TRANSACTION, "sqlite_autoindex_sales_2 (transaction_no=?)");
    check(BY_REFERENCE, "sales_by_reference (reference=?)");
    check(BY_LONE_REFERENCE, "sales_by_lone_reference (reference=?)");
    check(SALE_BY_ID, "sqlite_autoindex_sales_1 (id=?)");
    check(VIEW_BY_ID, "sqlite_autoindex_sales_1 (id=?)");
    check(VIEW_BY_NUMBER, "sqlite_autoindex_sales_2 (transaction_no=?)");
    check(VIEW_BY_NUMBER, "refunds_by_sale (sale_id=?)");
    check(REFUNDS_OF_SALE, "refunds_by_sale (sale_id=?)");
    check(REFUND_BY_REFERENCE, "PRIMARY KEY (reference=?)");
    check(ITEMS_OF_SALE, "PRIMARY KEY (sale_id=?)");
    check(FOREIGN_OF_SALE, "PRIMARY KEY (sale_id=?)");
    check(APPROVAL_BY_ID, "PRIMARY KEY (id=?)");
    check(REPORTED, "foreign_refunds_by_reference (reference=?)");
    check(&format!("SELECT {REFUND_COLUMNS} FROM refunds WHERE {OPEN} AND {UNRESOLVED}"), "refunds_open");
    check(&format!("SELECT {REFUND_COLUMNS} FROM refunds WHERE {OPEN} AND {RECOVERABLE}"), "refunds_open");
    check(&attention_sql(), "refunds_contradicted");
    check(&doubtful_sql(), "refunds_unconfirmed (decided_at>?)");
    check(&newest_sql(), "refunds_by_time (created_at<?)");
    check(&day_sql(), "refunds_by_time (created_at>? AND created_at<?)");
    check(&shift_sql(), "refunds_by_requester (requester=? AND created_at>? AND created_at<?)");
    check(EARLIER, "refunds_by_time (created_at<?)");
    check(OF_SUBJECT, "audit_by_subject (subject=?)");
    check(&list_sql(&[]), "refunds_by_time (created_at>? AND created_at<?)");
    check(&list_sql(&[RefundState::Refunded]), "refunds_by_time (created_at>? AND created_at<?)");
    let open = [RefundState::Sent, RefundState::Unknown, RefundState::NotSent];
    let plan = plan(&list_sql(&open));
    assert!(plan.iter().any(|step| step.contains("refunds_open (state=? AND created_at>?")), "{plan:?}");
}

#[test]
#[should_panic(expected = "SCAN")]
fn a_lookup_without_an_index_would_be_found() {
    check(&format!("SELECT {SALE_COLUMNS} FROM sales WHERE wallet = ?1"), "SCAN");
}

/// Preparing a question costs five times what answering it does.
#[test]
fn a_lookup_prepares_none_of_its_questions_anew() {
    use rusqlite::StatementStatus;

    use super::{Ledger, LedgerSettings, SaleFacts};
    use crate::domain::{Currency, Money, Policy, SaleKey, SaleStatus, TillName, Timestamp, TransactionNo};
    let now = Timestamp::from_ms(1_800_000_000_000);
    let folder = tempfile::tempdir().unwrap();
    let settings = LedgerSettings::new(TillName::parse("T1").unwrap(), Policy::default());
    let mut ledger = Ledger::open(&folder.path().join("ledger.db"), settings, now).unwrap();
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
    ledger.insert_or_update_from_gateway(&facts, now).unwrap();
    let key = SaleKey::Transaction(number);
    let counted = |ledger: &Ledger, status| {
        [VIEW_BY_NUMBER, ITEMS_OF_SALE, REFUNDS_OF_SALE, FOREIGN_OF_SALE]
            .map(|sql| ledger.connection.prepare_cached(sql).unwrap().get_status(status))
    };
    for put in [
        "INSERT INTO sale_items SELECT id, 1, 'Tea', 1, 3990 FROM sales",
        "INSERT INTO foreign_refunds SELECT id, 'F1', NULL, 100, 0 FROM sales",
    ] {
        ledger.connection.execute(put, []).unwrap();
    }
    assert!(ledger.find_sale(&key).unwrap().is_some());
    let (run, prepared) = (counted(&ledger, StatementStatus::Run), counted(&ledger, StatementStatus::RePrepare));
    for _ in 0..10 {
        ledger.find_sale(&key).unwrap();
    }
    // Of refunds of its own it has none, and nobody asks for them.
    let [view, items, refunds, foreign] = run;
    assert_eq!(counted(&ledger, StatementStatus::Run), [view + 10, items + 10, refunds, foreign + 10]);
    assert_eq!(counted(&ledger, StatementStatus::RePrepare), prepared);
}
