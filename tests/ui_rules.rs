//! The rules, the gateway and the training pages, as a manager uses them: by taps and by keys, and what comes of it.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::config::Config;
use tillback::domain::{DayHours, GatewayTest, Language, Policy, TokenFault, TokenPlace, Weekday};
use tillback::flow::{SettingsPage, State};
use tillback::ui::Appearance;
use ui_support::settings::world;
use ui_support::window::Window;
use ui_support::{World, usd};

fn on(world: World, page: &str) -> Window {
    let mut window = Window::open(world);
    window.key(Key::F4);
    window.tap(page);
    window
}

fn policy(window: &Window) -> Policy {
    let text = window.till.world.lock().unwrap().settings.clone();
    Config::parse(&text, std::path::Path::new("tillback.toml")).unwrap().policy
}

#[track_caller]
fn last_change(window: &Window) -> (String, Option<String>, Option<String>) {
    let changed = window.till.world.lock().unwrap().changed.last().cloned().unwrap();
    (changed.key, changed.was, changed.is)
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_limit_is_set_by_touch_and_holds_at_once() {
    let mut window = on(world(), "Rules");
    window.tap("Cashiers");
    window.tap("In one refund: no limit");
    for key in ["2", "5", "0", "Decimal point", "5", "0"] {
        window.tap(key);
    }
    window.tap("Keep");
    assert!(window.has("In one refund: $250.50 USD"), "back in the list, with its new value");
    assert!(window.says("on the record"));
    assert_eq!(policy(&window).rules.cashier.per_refund, Some(usd(25_050)));
    assert_eq!(last_change(&window), ("rules.cashier_per_refund".to_owned(), None, some("250.50")));
    // And away again.
    window.tap("In one refund: $250.50 USD");
    window.tap("No limit");
    assert!(window.has("In one refund: no limit"));
    assert_eq!(last_change(&window), ("rules.cashier_per_refund".to_owned(), some("250.50"), None));
    assert_eq!(policy(&window).rules.cashier.per_refund, None);
}

#[test]
fn a_number_is_set_by_keyboard_alone() {
    let mut window = on(world(), "Rules");
    window.tap("Sales");
    window.tap("Oldest sale: no limit");
    window.type_digits("30");
    window.key(Key::Enter);
    assert!(window.has("Oldest sale: 30 days"));
    assert_eq!(policy(&window).rules.sale_age_days, Some(30));
    // Esc leaves what is being changed, and only then Settings.
    window.tap("Oldest sale: 30 days");
    window.key(Key::Escape);
    assert!(window.has("Oldest sale: 30 days") && window.till.screen() == "settings");
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn what_the_file_refuses_is_refused_with_what_it_would_take_and_changes_nothing() {
    let mut window = on(world(), "Rules");
    window.tap("Sales");
    window.tap("Refunds of one sale: no limit");
    window.type_digits("5000");
    window.key(Key::Enter);
    assert!(window.says("That cannot be used. Nothing has changed.") && window.says("From 1 to 1000."));
    assert!(window.has("Keep"), "still being changed");
    assert_eq!(policy(&window).rules.refunds_per_sale, None);
    assert!(window.till.world.lock().unwrap().changed.is_empty());
}

/// In the words of the window, whatever its language: nothing of the settings file's own English.
#[test]
fn a_refusal_is_said_in_the_windows_language() {
    let mut window = on(world(), "Rules");
    window.tap("Sales");
    window.tap("Refunds of one sale: no limit");
    window.appear(Appearance { language: Some(Language::French), ..Appearance::default() });
    window.type_digits("5000");
    window.key(Key::Enter);
    assert!(window.says("Cela ne peut pas servir.") && window.says("De 1 à 1000."));
    assert!(!window.says("refund") && !window.says("range"));
    assert_eq!(policy(&window).rules.refunds_per_sale, None);
}

/// Pages, every one within reach, in the smallest window that there may be: and the open one in sight.
#[test]
fn the_list_of_pages_scrolls_where_it_does_not_fit() {
    let mut window = Window::of_size(World { training: true, ..world() }, 800.0, 520.0);
    window.key(Key::F4);
    for page in ["Scanner", "Display", "About"] {
        assert!(window.has(page), "{page}");
    }
    let back = window.rect_of("Back").min.y;
    assert!(window.rect_of("About").min.y >= back - 1.0, "all of them fit, and this test shows nothing");
    let page = |window: &Window| match window.till.state() {
        State::Settings(settings) => settings.page,
        other => panic!("on {}", other.name()),
    };
    for _ in 0..SettingsPage::ALL.len() {
        window.key(Key::ArrowDown);
    }
    window.settle();
    assert_eq!(page(&window), SettingsPage::About);
    assert!(window.rect_of("About").max.y <= back, "{:?}", window.rect_of("About"));
    // And back up.
    for _ in 0..SettingsPage::ALL.len() {
        window.key(Key::ArrowUp);
    }
    window.settle();
    assert_eq!(page(&window), SettingsPage::Scanner);
    assert!(window.rect_of("About").min.y >= back - 1.0);
}

#[test]
fn hours_are_four_digits_and_four_more_and_a_day_may_be_closed() {
    let mut window = on(world(), "Rules");
    window.tap("Hours");
    window.tap("Friday: as every day");
    window.type_digits("1800020");
    assert!(window.has("18:00-02:0_"));
    window.key(Key::Enter);
    assert!(window.has("18:00-02:0_"), "not before it is whole");
    window.type_digits("0");
    window.key(Key::Enter);
    assert!(window.has("Friday: 18:00-02:00"));
    window.tap("Sunday: as every day");
    window.tap("Closed all day");
    assert_eq!(policy(&window).rules.hours.of(Weekday::Sunday), Some(DayHours::Closed));
    assert!(policy(&window).rules.hours.is_closed(Weekday::Friday, 120));
    assert!(!policy(&window).rules.hours.is_closed(Weekday::Saturday, 60));
}

#[test]
fn managers_alone_is_a_choice_of_two() {
    let mut window = on(world(), "Rules");
    window.tap("Managers, for what they ask for: no");
    window.tap("yes");
    assert!(policy(&window).own_approval);
    assert!(window.has("Managers, for what they ask for: yes"));
    let told = window.till.told();
    assert_eq!(told.iter().filter(|told| *told == "SettingChosen").count(), 1);
}

#[test]
fn reasons_are_added_and_taken_away_but_not_the_last() {
    let mut window = on(world(), "Rules");
    window.tap("Reasons");
    window.tap("Take away: Damaged");
    let left = |window: &Window| {
        let world = window.till.world.lock().unwrap();
        world.reasons.iter().map(|reason| reason.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(left(&window), ["Changed mind", "Wrong price"]);
    window.tap("Take away: Wrong price");
    window.tap("Take away: Changed mind");
    assert_eq!(left(&window), ["Changed mind"]);
    assert!(window.says("One to twenty reasons, each up to 120 letters."));
}

#[test]
fn the_gateway_is_tried_with_the_token_as_it_is_typed_and_the_token_is_never_shown() {
    let mut window = on(world(), "Gateway");
    assert!(window.says("any program of this user can open it here"), "the weakness of a sealed file");
    window.tap("A new token");
    let token = "5cbf-SECRET-b079";
    window.frame(vec![egui::Event::Paste(token.to_owned())]);
    window.settle();
    window.tap("Test now");
    assert!(window.says("The gateway accepts this account and this token."));
    let told: Vec<String> = window
        .harness
        .query_all(egui_kittest::kittest::by())
        .flat_map(|node| {
            let node = node.accesskit_node();
            // As it is handed on, before anything in between masks a password by itself.
            [node.label(), node.data().value().map(str::to_owned)]
        })
        .flatten()
        .collect();
    assert!(told.iter().any(|text| *text == "\u{2022}".repeat(token.len())), "a dot for each character: {told:?}");
    assert!(!told.iter().any(|text| text.contains("SECRET")), "not for a screen reader");
    let world = window.till.world.lock().unwrap();
    let (account, tried) = world.tested.last().unwrap();
    assert_eq!((account.environment.as_str(), account.merchant_no.as_str()), ("sandbox", "200043"));
    assert_eq!(tried.as_ref().map(|typed| typed.expose()), Some(token));
    assert!(world.given.is_empty(), "trying it keeps nothing");
}

#[test]
fn a_token_is_kept_and_wiped_from_the_field() {
    let mut window = on(World { token: Ok(TokenPlace::Keyring), ..world() }, "Gateway");
    window.tap("A new token");
    window.frame(vec![egui::Event::Paste("abc123".to_owned())]);
    window.tap("Keep this token");
    assert!(window.says("system’s keyring"));
    assert_eq!(window.till.world.lock().unwrap().given.last().map(|typed| typed.expose().to_owned()), some("abc123"));
    // What was typed is gone: another trial goes with the kept one.
    window.tap("Test now");
    assert_eq!(window.till.world.lock().unwrap().tested.last().unwrap().1, None);
    let told = format!("{:?}", window.till.told());
    assert!(!told.contains("abc123"), "{told}");
}

#[test]
fn each_answer_of_the_gateway_has_its_words() {
    for (test, words) in [
        (GatewayTest::Refused, "it does not say which"),
        (GatewayTest::NameNotFound, "There is no network"),
        (GatewayTest::Unreachable, "a firewall"),
        (GatewayTest::NotTrusted, "date and time"),
        (GatewayTest::NoAnswer, "does not answer"),
        (GatewayTest::Unclear("000000".to_owned()), "no clear answer"),
        (GatewayTest::NoToken(TokenFault::Missing), "no token to test with"),
        (GatewayTest::WrongAccount("?".to_owned()), "can’t be used"),
    ] {
        let mut window = on(World { test: test.clone(), ..world() }, "Gateway");
        window.tap("Test now");
        assert!(window.says(words), "{test:?}");
    }
}

#[test]
fn another_account_is_kept_for_the_next_start() {
    let mut window = on(world(), "Gateway");
    window.tap("Production: real money");
    window.tap("Keep this account");
    assert!(window.says("from the next start"));
    assert_eq!(last_change(&window), ("gateway.environment".to_owned(), some("sandbox"), some("production")));
}

#[test]
fn in_training_neither_account_nor_token_can_be_changed() {
    let mut window = on(World { training: true, ..world() }, "Gateway");
    assert!(window.says("In training it is the one on this computer."));
    assert!(!window.has("A new token") && !window.has("Keep this token"));
    window.tap("Test now");
    assert!(window.says("The gateway accepts"));
}

#[test]
fn training_is_begun_by_a_manager_and_nobody_stays_signed_in() {
    let mut window = on(world(), "Training");
    window.tap("Begin training");
    assert!(window.till.world.lock().unwrap().leaving.is_some());
    assert!(matches!(window.till.state(), State::Locked(_)));
    let mut window = on(World { unresolved: 1, ..world() }, "Training");
    assert!(window.says("A refund is still being checked."));
    window.tap("Begin training");
    assert!(window.till.world.lock().unwrap().leaving.is_none(), "nobody would ask about it");
    let mut window = on(World { training: true, ..world() }, "Training");
    window.tap("End training");
    assert!(window.till.world.lock().unwrap().leaving.is_some() && window.till.screen() == "locked");
}
