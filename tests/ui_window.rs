//! The window around the screens: a kiosk that managers alone close, and what the customer's display shows.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Language, SettingChange, WindowChoice};
use tillback::flow::{Leaving, OnSettings, SettingsPage, What};
use tillback::terminal::Till;
use tillback::ui::customer::{self, Shown};
use tillback::ui::i18n::Words;
use tillback::ui::{self, Look};
use ui_support::scenes;
use ui_support::window::{Window, press, release};
use ui_support::{NUMBER, World, luis, mei};

fn kiosk(signed_in: Option<tillback::domain::Operator>) -> World {
    let mut world = World { signed_in, ..World::default() };
    world.equipment.window = WindowChoice { kiosk: true, customer: None };
    world
}

/// Somebody presses the window's close button, or the window system's key for it; what the window says to that.
fn close(window: &mut Window) -> Vec<ViewportCommand> {
    let viewports = &mut window.harness.input_mut().viewports;
    viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
    window.frame(vec![]);
    let commands = window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands.clone();
    let viewports = &mut window.harness.input_mut().viewports;
    viewports.entry(ViewportId::ROOT).or_default().events.clear();
    commands
}

#[test]
fn a_kiosk_is_closed_by_a_manager_in_settings_and_by_nothing_else() {
    let stays = "Only a manager closes this window: Settings, Display";
    for signed_in in [None, Some(mei()), Some(luis())] {
        let mut window = Window::open(kiosk(signed_in));
        assert!(!window.has(stays));
        assert!(close(&mut window).contains(&ViewportCommand::CancelClose));
        window.settle();
        assert!(window.has(stays), "it says who may");
        let modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        let quit = Event::Key { key: Key::Q, physical_key: Some(Key::Q), pressed: true, repeat: false, modifiers };
        window.frame(vec![quit]);
        window.settle();
        assert_eq!(window.till.world.lock().unwrap().leaving, None);
    }
    // Nobody below the screen takes a cashier's word for it.
    let window = Window::open(kiosk(Some(mei())));
    window.till.tell(What::SettingsPressed);
    window.till.tell(What::OnSettings(OnSettings::ClosePressed));
    assert_eq!(window.till.world.lock().unwrap().leaving, None);
    let mut window = Window::open(kiosk(Some(luis())));
    window.key(Key::F4);
    window.till.tell(What::SettingsPageChosen(SettingsPage::Display));
    window.settle();
    window.tap("Close Tillback");
    assert_eq!(window.till.world.lock().unwrap().leaving, Some(Leaving::Closed));
    assert_eq!(window.till.screen(), "locked");
    assert!(!close(&mut window).contains(&ViewportCommand::CancelClose), "then it closes");
}

#[test]
fn a_window_that_is_no_kiosk_closes() {
    let mut window = Window::open(World::default());
    assert!(!close(&mut window).contains(&ViewportCommand::CancelClose));
}

#[test]
fn kiosk_and_customers_display_are_chosen_on_the_display_page() {
    let mut window = Window::open(World { signed_in: Some(luis()), ..World::default() });
    window.key(Key::F4);
    window.till.tell(What::SettingsPageChosen(SettingsPage::Display));
    window.settle();
    assert!(!window.has("Close Tillback"));
    for (name, kiosk, customer) in [
        ("Full screen, closed by managers alone", true, None),
        ("Customer display", true, Some(2)),
        ("Customer display on screen 2", true, Some(3)),
        ("Full screen, closed by managers alone", false, Some(3)),
        ("Customer display on screen 3", false, Some(4)),
        ("Customer display on screen 4", false, Some(1)),
        ("Customer display on screen 1", false, None),
    ] {
        window.tap(name);
        let chosen = window.till.changed();
        assert_eq!(chosen.last(), Some(&SettingChange::Window(WindowChoice { kiosk, customer })), "{name}");
    }
    let settings = window.till.world.lock().unwrap().settings.clone();
    assert!(settings.contains("kiosk = false") && settings.contains("monitor = 1"), "{settings}");
}

#[test]
fn a_kiosk_that_may_not_draw_does_not_close_either() {
    use eframe::App as _;
    for (is_kiosk, stays) in [(true, true), (false, false)] {
        let mut world = kiosk(Some(luis()));
        world.equipment.window.kiosk = is_kiosk;
        let mut window = Window::open(world);
        let mut input = egui::RawInput::default();
        input.viewports.entry(ViewportId::ROOT).or_default().events.push(ViewportEvent::Close);
        let context = window.harness.ctx.clone();
        let mut frame = eframe::Frame::_new_kittest();
        let said = context.run_logic(&input, |context| window.harness.state_mut().logic(context, &mut frame));
        let commands = said.viewport_commands.get(&ViewportId::ROOT).cloned().unwrap_or_default();
        assert_eq!(commands.contains(&ViewportCommand::CancelClose), stays);
    }
}

/// While the till is busy or covered the window system does not let it draw; what was typed meanwhile is not typed twice, is
/// not taken for a key held down, and does not go to the customer's window.
#[test]
fn input_that_waited_to_be_drawn_with_is_looked_at_once() {
    for other_window in [false, true] {
        let mut window = Window::open(World { signed_in: None, ..World::default() });
        window.tap("Luis Ortega");
        // A person's keys come out of the scanner's filter a moment after they went in.
        window.frame(vec![press(Key::Num4), Event::Text("4".to_owned())]);
        window.late_frame(vec![], other_window, vec![release(Key::Num4)]);
        window.frame(vec![press(Key::Num8), Event::Text("8".to_owned()), release(Key::Num8)]);
        window.late_frame(vec![press(Key::Num2), Event::Text("2".to_owned())], other_window, vec![release(Key::Num2)]);
        window.settle();
        assert!(window.has("PIN: 3 digits"), "to another window: {other_window}");
        // A button pressed by a screen reader meanwhile.
        let id = window.harness.get_by_label("9").accesskit_node().locate().0;
        window.late_frame(vec![click(id)], other_window, vec![]);
        window.settle();
        assert!(window.has("PIN: 4 digits"), "to another window: {other_window}");
    }
}

fn click(node: egui::accesskit::NodeId) -> Event {
    Event::AccessKitActionRequest(egui::accesskit::ActionRequest {
        action: egui::accesskit::Action::Click,
        target_tree: egui::accesskit::TreeId::ROOT,
        target_node: node,
        data: None,
    })
}

fn shown(scene: &str, language: Language) -> Shown {
    let scene = scenes::all().into_iter().find(|known| known.name == scene).expect(scene);
    let window = scene.open(1024.0, 768.0);
    Shown::of(&window.till.view(), &Words::new(language))
}

#[test]
fn the_customer_sees_amount_wallet_and_result() {
    let said = |scene: &str| {
        let Shown { heading, amount, wallet, result, .. } = shown(scene, Language::English);
        (heading, amount, wallet, result.map(|(_, words)| words))
    };
    let text = |text: &str| text.to_owned();
    let refund = |result: Option<&str>| {
        (text("Your refund"), Some(text("$27.40 USD")), Some(text("To Alipay")), result.map(str::to_owned))
    };
    assert_eq!(said("ready"), (text("Harbor View"), None, None, None));
    assert_eq!(said("locked"), (text("Harbor View"), None, None, None));
    assert_eq!(said("sale"), refund(None));
    assert_eq!(said("approval"), refund(None));
    assert_eq!(said("sending"), refund(Some("One moment…")));
    assert_eq!(said("refunded"), refund(Some("Refunded")));
    assert_eq!(said("declined"), refund(Some("Not refunded")));
    assert_eq!(said("unknown"), refund(Some("We are checking. The store will tell you.")));
}

#[test]
fn the_customer_sees_nobodys_name_no_number_and_no_pin() {
    for scene in scenes::all() {
        let name = scene.name;
        let window = scene.open(1024.0, 768.0);
        let said = format!("{:?}", Shown::of(&window.till.view(), &Words::new(Language::English)));
        for secret in ["Mei", "Luis", "Dana", "4829", NUMBER, "2975", "POS03", "T3-", "Changed mind"] {
            assert!(!said.contains(secret), "{name}: {said}");
        }
    }
}

#[test]
fn the_display_is_whole_at_every_size_in_every_language() {
    for (width, height) in [(480.0, 320.0), (800.0, 480.0), (1024.0, 768.0), (1920.0, 1080.0)] {
        for language in Language::ALL {
            for scene in ["ready, training, devices down", "unknown", "refunded"] {
                let shown = shown(scene, language);
                let texts = [Some(shown.heading.clone()), shown.amount.clone(), shown.wallet.clone()];
                let result = shown.result.clone().map(|(_, words)| words);
                let harness = Harness::builder()
                    .with_size(egui::vec2(width, height))
                    .with_context_setup(move |context| ui::dress(context, Look::Dark, language))
                    .build_ui(move |ui| customer::draw(ui, &shown, Look::Dark));
                let screen = harness.ctx.content_rect();
                for words in texts.into_iter().chain([result]).flatten() {
                    let rect = harness.get_by_label(&words).rect();
                    assert!(screen.contains_rect(rect), "{words} at {rect:?} in {language:?}");
                }
            }
        }
    }
}
