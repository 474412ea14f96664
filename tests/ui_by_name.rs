//! A whole refund in the real window's tree by role and name alone, as a screen reader drives it: no place, no pointer and
//! no key. Behind it the real terminal, ledger, client and the sandbox on loopback.
//!
//! **What is said of the outcome is a live region, and the focus is on it.**

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::accesskit::{Action, Live, Role, Toggled};
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::RefundState;
use tillback::flow::State;
use tillback::terminal::Till;
use ui_support::demo::Shop;

/// Presses the one control of that role and name.
#[track_caller]
fn press(shop: &mut Shop, role: Role, name: &str) {
    shop.wait(name, |shop| is_there(shop, role, name));
    shop.settle();
    let node = shop.harness.get_by_role_and_label(role, name);
    let inner = node.accesskit_node();
    assert!(!inner.is_disabled() && inner.data().supports_action(Action::Click), "{name} cannot be pressed");
    node.click_accesskit();
    shop.frame(vec![]);
}

fn is_there(shop: &Shop, role: Role, name: &str) -> bool {
    shop.harness.query_all_by_role_and_label(role, name).next().is_some()
}

#[track_caller]
fn type_on_pad(shop: &mut Shop, digits: &str) {
    for digit in digits.chars() {
        press(shop, Role::Button, &digit.to_string());
    }
}

/// What is said of the outcome at once, and whether the focus is there. Notices beside it name no amount.
fn alert(shop: &Shop) -> (String, bool) {
    let mut alerts = shop.harness.query_all_by_role(Role::Alert);
    let names_amount =
        |alert: &egui_kittest::Node<'_>| alert.accesskit_node().label().is_some_and(|said| said.contains('$'));
    let alert = alerts.find(names_amount).expect("an outcome");
    let inner = alert.accesskit_node();
    assert_eq!(inner.live(), Live::Assertive);
    (inner.label().unwrap_or_default(), inner.is_focused())
}

/// How far a refund has come is told as it comes; the lamps beside it are looked at by whoever wants to.
#[track_caller]
fn the_step_is_told(shop: &Shop, step: &str) {
    let node = shop.harness.get_by_role_and_label(Role::Status, step);
    assert_eq!(node.accesskit_node().live(), Live::Polite, "{step}");
}

/// From Ready to the approval of that number.
#[track_caller]
fn ask_for(shop: &mut Shop, number: &str) {
    press(shop, Role::Button, "Refund");
    press(shop, Role::RadioButton, "Number pad");
    the_step_is_told(shop, "Step 1 of 4: Scan");
    assert!(shop.harness.get_by_role_and_label(Role::Button, "Find the sale").accesskit_node().is_disabled());
    type_on_pad(shop, number);
    press(shop, Role::Button, "Find the sale");
    shop.wait("the gateway's word", Shop::is_confirmed);
    shop.wait("what is missing", |shop| is_there(shop, Role::Button, "Choose a reason first"));
    press(shop, Role::RadioButton, "Changed mind");
    shop.wait("the choice", |shop| {
        let reason = shop.harness.get_by_role_and_label(Role::RadioButton, "Changed mind");
        reason.accesskit_node().toggled() == Some(Toggled::True)
    });
    press(shop, Role::Button, "Ask the manager…");
}

#[track_caller]
fn confirm(shop: &mut Shop, button: &str) {
    shop.wait("the approval", |shop| is_there(shop, Role::Button, button));
    assert!(shop.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled(), "without a PIN");
    shop.settle();
    type_on_pad(shop, "482913");
    shop.wait("the dots", |shop| is_there(shop, Role::Status, "PIN: 6 digits"));
    let dots = shop.harness.get_by_role_and_label(Role::Status, "PIN: 6 digits");
    assert_eq!(dots.accesskit_node().live(), Live::Polite);
    press(shop, Role::Button, button);
    shop.wait("a result", |shop| shop.state().is_some_and(|state| state != RefundState::Sent));
    shop.settle();
}

#[test]
fn a_refund_by_names_alone() {
    let mut shop = Shop::open(false);
    ask_for(&mut shop, "297553638301777927");
    confirm(&mut shop, "Refund $39.90");
    shop.is(RefundState::Refunded, "Refunded");
    let (said, has_focus) = alert(&shop);
    assert!(said.starts_with("Refunded: $39.90 USD."), "{said}");
    assert!(has_focus, "the focus moves to the outcome");
    assert!(shop.demo.sandbox().book().iter().any(|refund| refund.transaction_no.as_str() == "297553638301777927"));
    press(&mut shop, Role::Button, "Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}

#[test]
fn an_outcome_that_changes_is_said_again_and_has_the_focus_again() {
    let mut shop = Shop::open(false);
    ask_for(&mut shop, "312097754168830295");
    confirm(&mut shop, "Refund $64.75");
    shop.is(RefundState::Unknown, "Not known yet");
    let (said, has_focus) = alert(&shop);
    assert!(said.starts_with("Not known yet: $64.75 USD. Do not refund this again."), "{said}");
    assert!(has_focus);
    // What to tell the customer waits until that is said.
    let live: Vec<_> = shop.harness.query_all_by_role(Role::Alert).map(|alert| alert.accesskit_node().live()).collect();
    assert_eq!((live.len(), live.iter().filter(|live| **live == Live::Polite).count()), (2, 1));
    // Somebody looks around meanwhile.
    shop.harness.get_by_role_and_label(Role::Button, "Leave it running").focus();
    shop.frame(vec![]);
    assert!(!alert(&shop).1);
    shop.is(RefundState::Refunded, "Refunded");
    shop.settle();
    let (said, has_focus) = alert(&shop);
    assert!(said.starts_with("Refunded: $64.75 USD."), "{said}");
    assert!(has_focus, "the focus moves to the new outcome");
}
