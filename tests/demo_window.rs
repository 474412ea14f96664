//! The demo as a new user drives it, in the real window's tree: the real terminal, ledger, client, sandbox, and the
//! camera's own process with the demo's receipts before it. Controls are found by their AccessKit names alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod ui_support;

use egui::Key;
use egui_kittest::kittest::Queryable;
use tillback::domain::RefundState;
use tillback::flow::State;
use tillback::terminal::Till;
use ui_support::demo::Shop;
use ui_support::window::{press, release};

#[test]
fn a_receipt_before_the_camera_is_refunded() {
    let mut shop = Shop::open(true);
    // The receipts pass before it; a busy machine may see a later one first.
    for turn in 0.. {
        shop.tap("Refund");
        shop.wait("the sale, from the camera", |shop| {
            shop.has("Ask the manager…") || shop.has("Choose a reason first")
        });
        let State::Sale(review) = shop.terminal.view().state.clone() else { panic!("no sale") };
        if review.view.sale.transaction_no.as_ref().is_some_and(|number| number.as_str() == "297553638301777927") {
            break;
        }
        assert!(turn < 30, "it never passed");
        shop.tap("Cancel");
        shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
    }
    shop.approve("Refund $39.90");
    shop.is(RefundState::Refunded, "Refunded");
    assert!(shop.demo.sandbox().book().iter().any(|refund| refund.transaction_no.as_str() == "297553638301777927"));
    shop.tap("Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}

#[test]
fn a_scanned_number_is_refunded_another_declined() {
    let mut shop = Shop::open(false);
    shop.scan("297553638301777927");
    shop.approve("Refund $39.90");
    shop.is(RefundState::Refunded, "Refunded");
    shop.tap("Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
    shop.scan("301846290573318462");
    shop.approve("Refund $128.00");
    shop.is(RefundState::Declined, "Declined");
}

#[test]
fn a_lost_answer_is_amber_and_then_found() {
    let mut shop = Shop::open(false);
    shop.scan("312097754168830295");
    shop.approve("Refund $64.75");
    shop.is(RefundState::Unknown, "Not known yet");
    assert!(shop.has("Do not refund this again."));
    shop.is(RefundState::Refunded, "Refunded");
}

#[test]
fn refunds_made_elsewhere_stand_on_the_sale_before_anyone_is_asked() {
    let mut shop = Shop::open(false);
    shop.scan("303619985472206831");
    shop.wait("the gateway's word", |shop| shop.is_confirmed() && shop.has("$66.50 USD"));
    assert!(shop.has("Refunded elsewhere") && shop.has("$66.50 USD"));
    let row = shop.harness.query_all_by_label_contains("$20.00").next();
    assert!(row.is_some(), "what was refunded elsewhere");
}

#[test]
fn a_lost_request_is_decided_by_hand_in_the_window() {
    let mut shop = Shop::open(false);
    shop.scan("298410027366951840");
    shop.wait("the sale", Shop::is_confirmed);
    let State::Sale(review) = shop.terminal.view().state.clone() else { panic!("no sale") };
    let left = review.view.balance.left().expect("books").decimal();
    shop.approve(&format!("Refund ${left}"));
    shop.is(RefundState::Unknown, "Not known yet");
    shop.tap("Leave it running");
    shop.tap("Refunds: 1 to look at");
    shop.wait("the list", |shop| shop.harness.query_all_by_label_contains("Not known yet, $").next().is_some());
    shop.settle();
    shop.frame(vec![press(Key::Enter)]);
    shop.frame(vec![release(Key::Enter)]);
    shop.tap("Decide by hand…");
    shop.tap("The customer has the money");
    shop.tap("Seen in the customer’s wallet");
    shop.tap("Number pad");
    shop.tap("7");
    shop.tap("On to the manager’s PIN");
    shop.wait("the demo's PIN", |shop| shop.harness.query_all_by_label_contains("PIN is 482913").next().is_some());
    for digit in ["4", "8", "2", "9", "1", "3"] {
        shop.tap(digit);
    }
    shop.tap("Put it on record");
    shop.wait("the decision", |shop| shop.has("Decided by a person"));
    let refunds = shop.demo.duties().ledger().refunds(&Default::default()).expect("the ledger");
    assert!(refunds[0].state == RefundState::Refunded && refunds[0].rests_on_a_person());
}
