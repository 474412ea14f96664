//! The window around the screens: a kiosk that managers alone close, and what the customer's display shows.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::accesskit::{Live, Role};
use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId, WindowLevel};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, Node};
use tillback::domain::{Language, SettingChange, ThemeChoice, WindowChoice};
use tillback::flow::{Leaving, OnSettings, SettingsPage, What};
use tillback::terminal::{Equipment, Till};
use tillback::ui::customer::{self, CustomerDisplay, Shown};
use tillback::ui::i18n::Words;
use tillback::ui::{self, Appearance, Look, ScreenAt};
use ui_support::checks::{self, Seen};
use ui_support::outside::{self, Page};
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

/// What the window asks for in a frame so many seconds later in which it is so.
fn asks(window: &mut Window, seconds: f64, (focused, minimized): (bool, bool)) -> Vec<ViewportCommand> {
    let info = window.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    (info.focused, info.minimized) = (Some(focused), Some(minimized));
    window.frame_after(seconds, vec![]);
    let commands = &window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands;
    let front = |command: &&ViewportCommand| matches!(command, ViewportCommand::Focus | ViewportCommand::Minimized(_));
    commands.iter().filter(front).cloned().collect()
}

#[test]
fn a_kiosk_that_is_not_in_front_asks_to_be_and_no_other_window_does() {
    const IN_FRONT: (bool, bool) = (true, false);
    const UNHEARD: (bool, bool) = (false, false);
    const AWAY: (bool, bool) = (false, true);
    let both = [ViewportCommand::Minimized(false), ViewportCommand::Focus];
    let mut window = Window::open(kiosk(None));
    assert_eq!(asks(&mut window, 0.1, IN_FRONT), []);
    assert_eq!(asks(&mut window, 0.1, UNHEARD), [ViewportCommand::Focus]);
    assert_eq!(asks(&mut window, 0.1, UNHEARD), [], "not in every frame");
    assert_eq!(asks(&mut window, 1.1, UNHEARD), [ViewportCommand::Focus], "but as long as it is so");
    assert_eq!(asks(&mut window, 0.1, IN_FRONT), []);
    for _ in 0..2 {
        assert_eq!(asks(&mut window, 0.1, AWAY), both, "each time it is put away");
        assert_eq!(asks(&mut window, 0.1, IN_FRONT), []);
    }
    // Once a manager closes it, it goes.
    window.till.world.lock().unwrap().leaving = Some(Leaving::Closed);
    assert_eq!(asks(&mut window, 5.0, AWAY), []);
    let mut window = Window::open(World::default());
    assert_eq!(asks(&mut window, 5.0, UNHEARD), []);
    assert_eq!(asks(&mut window, 5.0, AWAY), []);
}

/// Other programs' windows do not lie over it; an ordinary window has no such place.
#[test]
fn a_kiosk_lies_over_other_windows_as_long_as_it_is_one() {
    let levels = |window: &mut Window| {
        window.frame(vec![]);
        let commands = &window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands;
        commands.iter().find_map(|command| match command {
            ViewportCommand::WindowLevel(level) => Some(*level),
            _ => None,
        })
    };
    let mut window = Window::open(World::default());
    assert_eq!(levels(&mut window), None);
    for (kiosk, level) in [(true, WindowLevel::AlwaysOnTop), (false, WindowLevel::Normal)] {
        window.till.world.lock().unwrap().equipment.window.kiosk = kiosk;
        assert_eq!(levels(&mut window), Some(level));
        assert_eq!(levels(&mut window), None, "once");
    }
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
        ("Full screen, closed only by managers", true, None),
        ("Customer display", true, Some(2)),
        ("Customer display on screen 2", true, Some(3)),
        ("Full screen, closed only by managers", false, Some(3)),
        ("Customer display on screen 3", false, Some(4)),
        ("Customer display on screen 4", false, Some(1)),
        ("Customer display on screen 1", false, None),
    ] {
        let button = window.harness.get_by_label(name);
        let button = (button.accesskit_node().role(), button.accesskit_node().toggled());
        let was = if name.starts_with("Full") { !kiosk } else { name.contains("screen") };
        assert_eq!(button, (Role::CheckBox, Some(was.into())), "{name}");
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

const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// Languages that are drawn with the same fonts: a window reads its fonts once.
const FONTS: [&[Language]; 3] = [
    &[Language::English, Language::Spanish, Language::French, Language::ChineseSimplified, Language::Pseudo],
    &[Language::ChineseTraditional],
    &[Language::Korean],
];

/// Every text in every language and look, on screens from a small pole display to a wall: named, whole, not cut, and standing
/// out from what it is written on.
#[test]
fn the_display_is_whole_at_every_size_in_every_language_and_look() {
    let displays: Vec<_> = outside::all().into_iter().filter(|page| page.name.starts_with("customer")).collect();
    assert!(displays.len() >= 8);
    let mut found = vec![];
    let all = std::env::var_os("TILLBACK_LANGUAGES").is_some();
    // Between these are the sizes of `tests/ui_screens.rs`.
    for size in [(480.0, 320.0), (800.0, 480.0), (1920.0, 1080.0)] {
        for languages in FONTS {
            let mut page = Page::of_size(size, 1.0, languages[0]);
            for (at, display) in displays.iter().enumerate() {
                for (turn, language) in languages.iter().enumerate() {
                    for (look, theme) in LOOKS.into_iter().enumerate() {
                        // A text's colours do not depend on its language: one look each, by turns.
                        if all || look == (at + turn) % 3 {
                            page.show(display, Appearance { language: Some(*language), theme });
                            let what = format!("{} in {language:?}, {theme:?}, at {size:?}", display.name);
                            let seen = Seen::of(&page.harness);
                            checks::check(&what, &seen, &mut found);
                            checks::check_painted(&what, theme, &seen, &mut found);
                        }
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

/// What its own tree says: the amount and how it ended are told when they come, an end before all else.
#[test]
fn the_display_says_what_it_is_and_tells_its_result() {
    for (scene, words, live) in [
        ("sending", "One moment…", Live::Polite),
        ("refunded", "Refunded", Live::Assertive),
        ("declined", "Not refunded", Live::Assertive),
        ("unknown", "We are checking. The store will tell you.", Live::Assertive),
    ] {
        let shown = shown(scene, Language::English);
        let harness = Harness::builder()
            .with_context_setup(|context| ui::dress(context, Look::Dark, Language::English))
            .build_ui(move |ui| customer::draw(ui, &shown, Look::Dark));
        let of = |role: Role| {
            let nodes: Vec<_> = harness.query_all_by_role(role).collect();
            let words = |node: &Node<'_>| node.accesskit_node().label().or_else(|| node.accesskit_node().value());
            nodes.iter().map(|node| (words(node), node.accesskit_node().live())).collect::<Vec<_>>()
        };
        assert_eq!(of(Role::Alert), [(Some(words.to_owned()), live)], "{scene}");
        assert_eq!(of(Role::Heading), [(Some("Your refund".to_owned()), Live::Off)], "{scene}");
        let told = of(Role::Label);
        assert!(told.contains(&(Some("$27.40 USD".to_owned()), Live::Polite)), "{scene}: {told:?}");
        assert!(told.contains(&(Some("To Alipay".to_owned()), Live::Off)), "{scene}: {told:?}");
    }
}

/// A till whose customer's display has a window of its own, as far as there can be one without a display.
fn beside() -> Window {
    let mut world = World { signed_in: Some(mei()), ..World::default() };
    world.equipment.window = WindowChoice { kiosk: false, customer: Some(2) };
    let mut window = Window::open(world);
    window.harness.ctx.set_embed_viewports(false);
    window.settle();
    window
}

/// What the till's own window is asked for while the customer's has the keys, or has not.
fn asked(window: &mut Window, focused: bool) -> usize {
    let viewports = &mut window.harness.input_mut().viewports;
    viewports.entry(CustomerDisplay::viewport()).or_default().focused = Some(focused);
    window.frame(vec![]);
    let commands = &window.harness.output().viewport_output.get(&ViewportId::ROOT).unwrap().commands;
    commands.iter().filter(|command| **command == ViewportCommand::Focus).count()
}

#[test]
fn the_display_gives_the_keys_back_each_time_it_is_handed_them() {
    let mut window = beside();
    assert_eq!(asked(&mut window, false), 0);
    assert_eq!(asked(&mut window, true), 1, "a window manager handed them over");
    assert_eq!(asked(&mut window, true), 0, "once is enough: nothing is torn to and fro");
    assert_eq!(asked(&mut window, false), 0);
    assert_eq!(asked(&mut window, true), 1, "and again");
}

fn with_customer() -> Equipment {
    let mut equipment = Equipment::default();
    equipment.window.customer = Some(2);
    equipment
}

/// There is a second window as long as its screen is there, whatever the till is at.
#[test]
fn the_display_goes_and_comes_back_with_its_screen_while_a_refund_is_under_way() {
    const TILL: ScreenAt = ((0, 0), (1024, 768));
    const BESIDE: ScreenAt = ((1024, 0), (800, 600));
    let sending = scenes::all().into_iter().find(|scene| scene.name == "sending").unwrap();
    let mut world = sending.world;
    world.equipment.window.customer = Some(2);
    let till = ui_support::FakeTill::new(world);
    (sending.play)(&till);
    let context = egui::Context::default();
    context.set_embed_viewports(false);
    let mut display = CustomerDisplay::default();
    let mut is_there = |time: f64, screens: &[ScreenAt]| {
        let mut input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
        input.viewports.entry(CustomerDisplay::viewport()).or_default().fullscreen = Some(true);
        let mut output = context.run_ui(input, |ui| {
            display.keep(ui.ctx(), &till.view(), (Language::English, Look::Light), (screens, false));
        });
        // Nothing is painted.
        output.textures_delta.clear();
        output.viewport_output.contains_key(&CustomerDisplay::viewport())
    };
    assert!(is_there(0.0, &[TILL, BESIDE]));
    assert!(is_there(9.0, &[TILL, BESIDE]));
    assert!(!is_there(10.0, &[TILL]), "unplugged");
    assert!(!is_there(13.0, &[TILL]));
    assert!(!is_there(20.0, &[TILL, BESIDE]), "a window that knew another screen is let go first");
    assert!(is_there(20.3, &[TILL, BESIDE]), "plugged in again");
    assert_eq!(till.screen(), "sending");
}

/// The second window costs nothing while nothing happens, where a change of the screens is told.
#[test]
fn nobody_looks_for_screens_whose_changes_are_told() {
    let world = World { equipment: with_customer(), ..World::default() };
    let till = ui_support::FakeTill::new(world);
    let next_look = |told: bool| {
        let context = egui::Context::default();
        context.set_embed_viewports(false);
        let mut display = CustomerDisplay::default();
        let mut wait = std::time::Duration::ZERO;
        for time in [0.0, 1.0, 9.0, 20.0] {
            let mut input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
            input.viewports.entry(CustomerDisplay::viewport()).or_default().fullscreen = Some(true);
            let mut output = context.run_ui(input, |ui| {
                let screens: [ScreenAt; 2] = [((0, 0), (1024, 768)), ((1024, 0), (800, 600))];
                display.keep(ui.ctx(), &till.view(), (Language::English, Look::Light), (&screens, told));
            });
            output.textures_delta.clear();
            wait = output.viewport_output[&egui::ViewportId::ROOT].repaint_delay;
        }
        wait
    };
    assert_eq!(next_look(false), std::time::Duration::from_secs(3));
    assert_eq!(next_look(true), std::time::Duration::MAX);
}
