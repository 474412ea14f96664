//! Changed settings below the screens: who may change them, from when they hold, and what the record says. Nothing here
//! goes through the window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ledger_support;

use ledger_support::*;
use tillback::domain::{Act, HouseRules, Limits, Policy, Refusal, SettingsSeen};
use tillback::ledger::{ApproveError, RecordError};

fn tight() -> Policy {
    let cashier = Limits { per_refund: Some(usd(1000)), ..Limits::default() };
    Policy { rules: HouseRules { cashier, ..HouseRules::default() }, ..policy() }
}

/// The settings file, with that limit or without it.
fn file(limit: Option<&str>) -> SettingsSeen {
    let limit = limit.map(|limit| ("rules.cashier_per_refund".to_owned(), limit.to_owned()));
    let values = std::iter::once(("terminal.name".to_owned(), "FRONT-1".to_owned())).chain(limit).collect();
    SettingsSeen { hash: "0".repeat(64), values }
}

#[test]
fn a_rule_changed_by_a_manager_holds_at_once_and_stands_in_the_record() {
    let mut store = Store::new();
    let (manager, over) = (store.manager.clone(), store.intention(1001));
    store.ledger.settings_read(&file(None), None, at(0)).unwrap();
    let early = store.ledger.approve(&over, &manager, &pin(MANAGER_PIN), at(0)).unwrap();
    store.ledger.adopt((&manager, Act::ChangeRules), &file(Some("10.00")), &tight(), at(1)).unwrap();
    // Also for an approval that was given before: it is used under the rules as they are.
    let late = store.ledger.prepare(&early, &over, at(2)).unwrap_err();
    assert!(matches!(late, RecordError::Refused(Refusal::House(_))), "{late:?}");
    let refused = store.ledger.approve(&over, &manager, &pin(MANAGER_PIN), at(3)).unwrap_err();
    assert!(matches!(refused, ApproveError::Record(RecordError::Refused(Refusal::House(_)))), "{refused:?}");
    let rows = store.ledger.audit_rows(0, 1000).unwrap();
    let row = rows.iter().rev().find(|row| row.what == "setting_changed").unwrap();
    assert_eq!((row.who.as_str(), row.subject.as_str()), (manager.as_str(), "rules.cashier_per_refund"));
    assert!(row.detail.contains(r#""from":"(not set)""#) && row.detail.contains(r#""to":"10.00""#), "{}", row.detail);
    assert!(store.ledger.audit_verify(None).is_ok());
}

#[test]
fn nobody_but_a_manager_changes_anything_whoever_calls() {
    let mut store = Store::new();
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    let before = store.ledger.audit_head().unwrap();
    for act in [Act::ChangeRules, Act::ChangeGateway, Act::ChangeSettings, Act::Train] {
        let loose = Policy { own_approval: true, ..policy() };
        let refused = store.ledger.adopt((&cashier, act), &file(Some("99.00")), &loose, at(0)).unwrap_err();
        assert_eq!(refused, RecordError::Refused(Refusal::NotYourApproval), "{act:?}");
        assert!(!store.ledger.permits(&cashier, act).unwrap() && store.ledger.permits(&manager, act).unwrap());
    }
    assert_eq!(store.ledger.audit_head().unwrap(), before, "not a row");
    assert!(!store.ledger.policy().own_approval);
}
