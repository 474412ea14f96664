//! Touch alone: a whole shift's beginning and a whole refund in the real window's tree by fingers, as the window system
//! reports them: no key, no mouse. **Every target a finger needs is at least 48 points in both directions.**

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::{Event, Pos2, TouchDeviceId, TouchId, TouchPhase, vec2};
use egui_kittest::kittest::Queryable;
use tillback::domain::RefundState;
use tillback::flow::State;
use tillback::terminal::Till;
use tillback::ui::theme::TARGET_MIN;
use ui_support::demo::Shop;
use ui_support::window::button;

/// A finger as winit and egui report it: a touch, and the pointer that the first finger is.
fn finger(phase: TouchPhase, pos: Pos2) -> Event {
    Event::Touch { device_id: TouchDeviceId(1), id: TouchId(1), phase, pos, force: None }
}

/// A finger on the middle of the control of that name; it rolls a little, as fingers do.
#[track_caller]
fn touch(shop: &mut Shop, name: &str) {
    shop.wait(name, |shop| shop.has(name));
    shop.settle();
    let rect = shop.harness.get_by_label(name).rect();
    assert!(rect.width() >= TARGET_MIN - 0.1 && rect.height() >= TARGET_MIN - 0.1, "{name} is {rect:?}");
    let (at, rolled) = (rect.center(), rect.center() + vec2(5.0, 4.0));
    shop.frame(vec![finger(TouchPhase::Start, at), Event::PointerMoved(at), button(at, true)]);
    shop.frame(vec![finger(TouchPhase::Move, rolled), Event::PointerMoved(rolled)]);
    shop.frame(vec![finger(TouchPhase::End, rolled), button(rolled, false), Event::PointerGone]);
    shop.frame(vec![]);
}

#[track_caller]
fn digits(shop: &mut Shop, digits: &str) {
    digits.chars().for_each(|digit| touch(shop, &digit.to_string()));
}

#[test]
fn sign_in_and_refund_by_touch() {
    let mut shop = Shop::open(false);
    let cashier = shop.terminal.view().practice_pins.clone().expect("training").cashier;
    touch(&mut shop, "Lock");
    shop.wait("the PIN pad", |shop| matches!(shop.terminal.view().state, State::Locked(_)));
    touch(&mut shop, "Mei Chen");
    digits(&mut shop, &cashier);
    touch(&mut shop, "Unlock");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
    touch(&mut shop, "Refund");
    touch(&mut shop, "Number pad");
    digits(&mut shop, "297553638301777927");
    touch(&mut shop, "Find the sale");
    shop.wait("the gateway's word", Shop::is_confirmed);
    // Part of it, on the keypad of the screen.
    touch(&mut shop, "Another amount");
    digits(&mut shop, "12");
    touch(&mut shop, "Decimal point");
    digits(&mut shop, "50");
    touch(&mut shop, "Use $12.50");
    touch(&mut shop, "Changed mind");
    touch(&mut shop, "Ask the manager…");
    shop.wait("the approval", |shop| shop.has("Refund $12.50"));
    digits(&mut shop, "482913");
    touch(&mut shop, "Refund $12.50");
    shop.is(RefundState::Refunded, "Refunded");
    let book = shop.demo.sandbox().book();
    assert!(book.iter().any(|refund| refund.transaction_no.as_str() == "297553638301777927"));
    touch(&mut shop, "Finish");
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}
