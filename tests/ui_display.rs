//! Language and colours chosen at run time: before signing in, in Settings, by touch and by key.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Language, SettingChange, ThemeChoice};
use tillback::flow::{OnPeople, SettingsPage, What};
use tillback::terminal::Till;
use tillback::ui::theme::{Look, Palette};
use ui_support::window::Window;
use ui_support::{World, luis, mei};

fn locked() -> Window {
    Window::open(World { signed_in: None, ..World::default() })
}

fn chosen(window: &Window) -> Vec<SettingChange> {
    window.till.changed()
}

fn ground(window: &Window) -> egui::Color32 {
    window.harness.ctx.global_style().visuals.panel_fill
}

#[test]
fn each_language_is_spoken_from_the_moment_it_is_chosen() {
    let mut window = locked();
    assert!(window.says("Who is at the till?"));
    let spoken = [
        ("Language and display: English", "Español", "Idioma y pantalla: Español", "¿Quién está en la caja?"),
        ("Idioma y pantalla: Español", "简体中文", "语言和显示: 简体中文", "谁在收银？"),
        ("语言和显示: 简体中文", "繁體中文", "語言和顯示: 繁體中文", "誰在收銀？"),
        ("語言和顯示: 繁體中文", "Français", "Langue et affichage: Français", "Qui est à la caisse ?"),
        ("Langue et affichage: Français", "한국어", "언어와 화면: 한국어", "누가 근무 중인가요?"),
        ("언어와 화면: 한국어", "English", "Language and display: English", "Who is at the till?"),
    ];
    for (open, choose, opened, who) in spoken {
        window.tap(open);
        window.tap(choose);
        window.key(Key::Escape);
        assert!(window.has(opened), "{choose}");
        assert!(window.says(&who.replace(" ?", "\u{a0}?")), "{choose}");
    }
    let tags: Vec<SettingChange> = chosen(&window);
    assert_eq!(tags.len(), spoken.len());
    assert_eq!(tags.first(), Some(&SettingChange::Language(Some(Language::Spanish))));
    assert_eq!(tags.last(), Some(&SettingChange::Language(Some(Language::English))));
}

#[test]
fn colours_change_at_once_and_follow_the_computer_where_they_should() {
    let mut window = locked();
    window.tap("Language and display: English");
    for (name, look) in [("Dark", Look::Dark), ("High contrast", Look::HighContrast), ("Light", Look::Light)] {
        window.tap(name);
        assert_eq!(ground(&window), Palette::of(look).page, "{name}");
    }
    assert!(chosen(&window).contains(&SettingChange::Theme(ThemeChoice::HighContrast)));
    // "As this computer" stands twice: for the language and for the colours.
    let at = window.harness.query_all_by_label("As this computer").nth(1).unwrap().rect().center();
    window.tap_at(at);
    for (theme, look) in [(egui::Theme::Dark, Look::Dark), (egui::Theme::Light, Look::Light)] {
        window.harness.input_mut().system_theme = Some(theme);
        window.settle();
        assert_eq!(ground(&window), Palette::of(look).page, "{theme:?}");
    }
}

#[test]
fn the_chosen_ones_are_said_to_be_chosen_and_choosing_again_changes_nothing() {
    let mut window = locked();
    window.tap("Language and display: English");
    let toggled = |window: &Window, name: &str| {
        let node = window.harness.get_by_label(name);
        assert_eq!(node.accesskit_node().role(), Role::RadioButton);
        node.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
    };
    assert!(toggled(&window, "English") && !toggled(&window, "한국어"));
    assert!(toggled(&window, "Light") && !toggled(&window, "Dark"));
    window.tap("English");
    assert!(chosen(&window).is_empty());
}

#[test]
fn a_digit_typed_while_languages_are_chosen_is_no_part_of_a_pin() {
    let mut window = locked();
    window.tap("Luis Ortega");
    window.tap("1");
    window.tap("Language and display: English");
    window.type_digits("23");
    window.key(Key::Escape);
    assert!(window.has("PIN: no digits yet"));
}

#[test]
fn a_manager_changes_them_in_settings_too() {
    let mut window = Window::open(World { signed_in: Some(luis()), ..World::default() });
    window.till.tell(What::SettingsPressed);
    window.settle();
    window.till.tell(What::SettingsPageChosen(SettingsPage::Display));
    window.settle();
    window.tap("한국어");
    assert!(window.says("저장했습니다."), "it says that it was kept");
    assert!(window.has("화면"));
}

#[test]
fn whoever_signs_in_reads_their_own_language_and_a_locked_till_the_stores() {
    let world = World { signed_in: None, operators: vec![mei(), luis()], ..World::default() };
    let mut window = Window::open(world);
    let known =
        |languages| What::OnPeople(OnPeople::Known { operators: vec![mei(), luis()], holders: vec![], languages });
    window.till.happen(known(vec![(mei().id, Language::Korean)]));
    window.settle();
    assert!(window.has("Who is at the till?"));
    window.tap("Mei Chen");
    window.type_digits("4829");
    window.key(Key::Enter);
    assert_eq!(window.till.screen(), "ready");
    assert!(window.has("환불"), "Mei reads Korean");
    window.key(Key::F12);
    assert!(window.has("Who is at the till?"), "the till speaks the store's language again");
    // Luis has none of his own; what a manager gives Mei holds from then on.
    window.tap("Luis Ortega");
    window.type_digits("4829");
    window.key(Key::Enter);
    assert!(window.has("Refund"));
    window.key(Key::F4);
    window.tap("People");
    window.tap("Mei Chen · cashier");
    window.tap("Window in: 한국어");
    assert!(window.till.world.lock().unwrap().languages.is_empty(), "the store's again");
    window.tap("Window in: the store’s language");
    assert_eq!(window.till.world.lock().unwrap().languages, [(mei().id, Language::English)]);
    assert!(window.has("Window in: English"));
}
