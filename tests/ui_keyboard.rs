//! The keyboard alone: a whole refund in the real window's tree, where every step is reached by Tab with a ring that is
//! seen; and on every screen, everything that can be pressed is reached.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::collections::BTreeSet;
use std::time::Duration;

use egui::accesskit::{Action, Role};
use egui::{Event, Key, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable, by};
use tillback::domain::{RefundState, SetupPage};
use tillback::flow::State;
use tillback::terminal::Till;
use tillback::ui::theme::Palette;
use tillback::ui::{App, Look};
use ui_support::demo::Shop;
use ui_support::window::{Window, press, release};
use ui_support::{NUMBER, PIN, World, painted, scenes};

/// No screen has as many controls.
const MOST_STOPS: usize = 120;

struct Stop {
    role: Role,
    name: String,
    rect: Rect,
}

/// What has the focus.
fn focused(harness: &Harness<'static, App>) -> Option<Stop> {
    let mut nodes = harness.query_all(by());
    let framing = [Role::Window, Role::GenericContainer];
    let node = nodes.find(|node| {
        let inner = node.accesskit_node();
        inner.is_focused() && !framing.contains(&inner.role())
    })?;
    let inner = node.accesskit_node();
    let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
    Some(Stop { role: inner.role(), name, rect: node.rect() })
}

fn ring_is_seen(harness: &Harness<'static, App>, stop: &Stop) -> bool {
    painted::has_ring(&harness.output().shapes, stop.rect, &Palette::of(Look::Light))
}

fn key(shop: &mut Shop, key: Key) {
    shop.frame(vec![press(key)]);
    shop.frame(vec![release(key)]);
    shop.frame(vec![]);
}

/// Tab, until that control has the focus. Everything on the way shows a ring.
#[track_caller]
fn tab_to(shop: &mut Shop, role: Role, name: &str) {
    shop.wait(name, |shop| shop.harness.query_all_by_role_and_label(role, name).next().is_some());
    shop.settle();
    for _ in 0..MOST_STOPS {
        key(shop, Key::Tab);
        let Some(stop) = focused(&shop.harness) else { continue };
        assert!(ring_is_seen(&shop.harness, &stop), "{:?} {:?} has the focus and no ring", stop.role, stop.name);
        if stop.role == role && stop.name == name {
            return;
        }
    }
    panic!("Tab never comes to {name}");
}

/// Digits as a person types them: never as fast as a scanner.
fn type_digits(shop: &mut Shop, digits: &str) {
    for digit in digits.chars() {
        let key = Key::from_name(&digit.to_string()).expect("a digit");
        shop.frame(vec![press(key), Event::Text(digit.to_string())]);
        shop.frame(vec![release(key)]);
        std::thread::sleep(Duration::from_millis(120));
        shop.frame(vec![]);
    }
    shop.settle();
}

#[test]
fn a_refund_by_tab_space_and_enter() {
    let mut shop = Shop::open(false);
    tab_to(&mut shop, Role::Button, "Refund");
    key(&mut shop, Key::Enter);
    shop.wait("the field", |shop| focused(&shop.harness).is_some_and(|stop| stop.name.contains("Transaction number")));
    shop.settle();
    type_digits(&mut shop, "297553638301777927");
    tab_to(&mut shop, Role::Button, "Find the sale");
    key(&mut shop, Key::Enter);
    shop.wait("the gateway's word", Shop::is_confirmed);
    tab_to(&mut shop, Role::RadioButton, "Changed mind");
    key(&mut shop, Key::Space);
    tab_to(&mut shop, Role::Button, "Ask the manager…");
    key(&mut shop, Key::Space);
    shop.wait("the approval", |shop| shop.has("Refund $39.90"));
    shop.settle();
    type_digits(&mut shop, "482913");
    tab_to(&mut shop, Role::Button, "Refund $39.90");
    key(&mut shop, Key::Enter);
    shop.is(RefundState::Refunded, "Refunded");
    shop.settle();
    let outcome = focused(&shop.harness).expect("the focus moves to the outcome");
    assert!(outcome.role == Role::Alert && outcome.name.starts_with("Refunded: $39.90 USD."), "{}", outcome.name);
    assert!(ring_is_seen(&shop.harness, &outcome));
    // Nothing is pressed on it by a key that comes late.
    key(&mut shop, Key::Enter);
    key(&mut shop, Key::Space);
    assert_eq!(shop.state(), Some(RefundState::Refunded));
    tab_to(&mut shop, Role::Button, "Finish");
    key(&mut shop, Key::Enter);
    shop.wait("ready", |shop| matches!(shop.terminal.view().state, State::Ready));
}

#[test]
fn whoever_works_by_touch_sees_no_ring_they_did_not_ask_for() {
    let mut window = Window::open(World::default());
    let approval = scenes::all().into_iter().find(|scene| scene.name == "approval").expect("a scene");
    approval.show_in(&mut window);
    PIN.chars().for_each(|digit| window.tap(&digit.to_string()));
    window.tap("Refund $27.40");
    let outcome = focused(&window.harness).expect("the focus is on the outcome");
    assert_eq!(outcome.role, Role::Alert);
    assert!(!ring_is_seen(&window.harness, &outcome));
    window.key(Key::Tab);
    let next = focused(&window.harness).expect("a button");
    assert!(next.role == Role::Button && ring_is_seen(&window.harness, &next), "{}", next.name);
}

/// What can be pressed or typed into, by name.
fn can_be_used(window: &Window) -> BTreeSet<String> {
    let nodes = window.harness.query_all(by());
    nodes
        .filter_map(|node| {
            let inner = node.accesskit_node();
            let wanted = matches!(
                inner.role(),
                Role::Button | Role::RadioButton | Role::CheckBox | Role::TextInput | Role::PasswordInput
            );
            let usable = !inner.is_disabled()
                && (inner.data().supports_action(Action::Click) || inner.role() == Role::TextInput);
            (wanted && usable).then(|| inner.label().unwrap_or_default())
        })
        .collect()
}

#[test]
fn on_every_screen_tab_reaches_everything_and_a_ring_shows_where() {
    let mut window = Window::open(World::default());
    let (mut found, mut all) = (vec![], 0);
    for scene in scenes::all() {
        let name = scene.name;
        scene.show_in(&mut window);
        let mut missing = can_be_used(&window);
        all += missing.len();
        for _ in 0..MOST_STOPS {
            if missing.is_empty() {
                break;
            }
            window.frame(vec![press(Key::Tab)]);
            window.frame(vec![release(Key::Tab)]);
            // A field that is alone takes the focus back a frame later.
            window.frame(vec![]);
            let Some(stop) = focused(&window.harness) else { continue };
            if missing.remove(&stop.name) && !ring_is_seen(&window.harness, &stop) {
                found.push(format!("{name}: {:?} {:?} has the focus and no ring", stop.role, stop.name));
            }
        }
        if !missing.is_empty() {
            found.push(format!("{name}: Tab never comes to {missing:?}"));
        }
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
    assert!(all > 5 * scenes::all().len(), "only {all} controls");
}

/// No page has more things open on it, one over the other.
const MOST_BACK: usize = 6;

#[test]
fn escape_leads_out_of_every_screen_however_deep_and_sends_nothing() {
    let mut window = Window::open(World::default());
    let mut found = vec![];
    for scene in scenes::all() {
        let name = scene.name;
        scene.show_in(&mut window);
        let sent = |window: &Window| window.till.told().iter().filter(|told| *told == "PinGiven").count();
        let before = sent(&window);
        for _ in 0..MOST_BACK {
            window.key(Key::Escape);
        }
        let page = match window.till.state() {
            State::Settings(settings) => settings.guide.map(|guide| guide.page),
            _ => None,
        };
        let is_out = match (name, window.till.screen()) {
            // Nobody goes away from an answer that is awaited.
            ("sending", "sending") | ("approval, checking", "approval") | ("order, waiting", "order-pin") => true,
            ("locked, nobody", "first") => true,
            // At the first start back to its first page, or to the first one after there is a manager.
            (name, "names") => name.starts_with("setup"),
            (name, "setup") => name.starts_with("setup") && page == Some(SetupPage::Gateway),
            (_, end) => ["ready", "locked"].contains(&end),
        };
        if !is_out {
            found.push(format!("{name}: Escape ends on {} {page:?}", window.till.screen()));
        }
        assert_eq!(sent(&window), before, "{name}");
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_number_typed_on_ready_goes_on_in_the_field_of_scan_and_no_digit_is_lost() {
    let number = |window: &Window| {
        let mut fields = window.harness.query_all_by_role(Role::TextInput);
        fields.next().and_then(|field| field.value()).unwrap_or_default()
    };
    let mut window = Window::open(World::default());
    window.settle();
    // Twice: the field remembers where its cursor was.
    for _ in 0..2 {
        window.type_digits(NUMBER);
        window.settle();
        assert_eq!((window.till.screen(), number(&window)), ("scan", NUMBER.to_owned()));
        window.key(Key::ArrowLeft);
        window.key(Key::Escape);
        assert_eq!(window.till.screen(), "ready");
    }
    window.type_digits(NUMBER);
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "sale");
    // However the frames fall: two digits in one, none in another.
    let mut window = Window::open(World::default());
    window.settle();
    for (at, pair) in NUMBER.as_bytes().chunks(2).enumerate() {
        let mut events = vec![];
        for digit in pair {
            let digit = char::from(*digit).to_string();
            let key = Key::from_name(&digit).unwrap();
            events.extend([press(key), Event::Text(digit), release(key)]);
        }
        window.frame_after(if at % 3 == 0 { 0.02 } else { 0.4 }, events);
        window.frame_after(0.3, vec![]);
    }
    window.settle();
    assert_eq!((window.till.screen(), number(&window)), ("scan", NUMBER.to_owned()));
    // A scan is no typing: it leads to its sale, and nothing of it stands in a field.
    let mut window = Window::open(World::default());
    window.settle();
    window.scan(NUMBER);
    assert_eq!(window.till.screen(), "sale");
    window.key(Key::Escape);
    assert!(window.till.screen() == "ready" || number(&window).is_empty());
}
