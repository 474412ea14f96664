//! The window made another size, moved to a screen of another scale, given another language and other colours, in the middle
//! of a refund: nothing typed is lost, nothing is told or sent, the focus keeps its place, and nothing is clipped.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::accesskit::Role;
use egui::{Event, Id, Key, Pos2, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::{self, Appearance};
use ui_support::checks::{self, Seen};
use ui_support::scenes;
use ui_support::window::{Window, button, press, release};

/// The window's place on a screen: its pixels, and how many of them the screen has a point.
type Screen = ((f32, f32), f32);

const HOME: Screen = ((1024.0, 768.0), 1.0);
/// From the smallest to the largest that is promised, each scale, and screens whose scale leaves little room.
const SCREENS: [Screen; 10] = [
    ((800.0, 600.0), 1.0),
    ((1920.0, 1080.0), 1.0),
    ((1366.0, 768.0), 1.25),
    ((1366.0, 768.0), 1.5),
    ((1920.0, 1080.0), 2.0),
    ((1920.0, 1080.0), 3.0),
    ((800.0, 600.0), 3.0),
    ((3840.0, 2160.0), 1.0),
    ((3840.0, 2160.0), 3.0),
    ((600.0, 1000.0), 1.0),
];
const LANGUAGES: [Language; 4] = [Language::French, Language::ChineseTraditional, Language::Korean, Language::Spanish];
const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Dark, ThemeChoice::HighContrast, ThemeChoice::Light];

/// A moment of a refund, what somebody has begun in it, and how many times Tab was pressed then.
struct Moment {
    scene: &'static str,
    taps: &'static [&'static str],
    tabs: usize,
}

const MOMENTS: [Moment; 12] = [
    Moment { scene: "sale", taps: &["Another amount", "1", "2"], tabs: 2 },
    Moment { scene: "approval", taps: &["4", "8"], tabs: 3 },
    Moment { scene: "approval, list open", taps: &[], tabs: 1 },
    Moment { scene: "approval, the second manager", taps: &["4", "8"], tabs: 1 },
    Moment { scene: "approval, wrong PIN", taps: &[], tabs: 1 },
    Moment { scene: "sending", taps: &[], tabs: 0 },
    Moment { scene: "refunded", taps: &[], tabs: 0 },
    Moment { scene: "unknown", taps: &[], tabs: 0 },
    Moment { scene: "unknown, asked", taps: &[], tabs: 2 },
    Moment { scene: "pending", taps: &[], tabs: 1 },
    Moment {
        scene: "order, decide",
        taps: &["It did not happen", "Seen in the dashboard", "Number pad", "2", "9"],
        tabs: 1,
    },
    Moment { scene: "problem", taps: &[], tabs: 1 },
];

fn open(moment: &Moment) -> Window {
    let scene = scenes::all_of_them().into_iter().find(|scene| scene.name == moment.scene).expect(moment.scene);
    let mut window = scene.open(HOME.0.0, HOME.0.1);
    moment.taps.iter().for_each(|name| window.tap(name));
    (0..moment.tabs).for_each(|_| window.key(Key::Tab));
    window.settle();
    window
}

/// As the window system tells it and the window answers: another size, another scale, and everything as large as fits.
fn move_to(window: &mut Window, ((wide, high), scale): Screen) {
    let points = Vec2::new(wide, high) / scale;
    let zoom = ui::zoom_of(points);
    window.grow(scale * zoom, (points / zoom).into());
    window.frame(vec![]);
}

fn focus(window: &Window) -> Option<Id> {
    window.harness.ctx.memory(|memory| memory.focused())
}

/// Everything that a screen reader is told, but for the time.
fn read(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all(egui_kittest::kittest::by());
    let said = nodes.filter_map(|node| {
        let node = node.accesskit_node();
        let said = node.label().or_else(|| node.value())?;
        Some(format!("{:?} {said} {:?} {:?} {}", node.role(), node.value(), node.toggled(), node.is_focused()))
    });
    said.collect()
}

#[test]
fn nothing_is_lost_told_or_clipped_whatever_becomes_of_the_window() {
    let mut found = vec![];
    for moment in &MOMENTS {
        let mut window = open(moment);
        let (said, told, state, place) = (read(&window), window.till.told(), window.till.state(), focus(&window));
        for (turn, screen) in SCREENS.into_iter().enumerate() {
            let (language, theme) = (LANGUAGES[turn % LANGUAGES.len()], LOOKS[turn % LOOKS.len()]);
            move_to(&mut window, screen);
            checks::check(&format!("{} at {screen:?}", moment.scene), &Seen::of(&window.harness), &mut found);
            window.appear(Appearance { language: Some(language), theme });
            let what = format!("{} at {screen:?} in {language:?}, {theme:?}", moment.scene);
            let seen = Seen::of(&window.harness);
            checks::check(&what, &seen, &mut found);
            checks::check_painted(&what, theme, &seen, &mut found);
            assert_eq!(window.till.told(), told, "{what}");
            assert_eq!(window.till.state(), state, "{what}");
            assert_eq!(focus(&window), place, "{what}");
            window.appear(Appearance::default());
        }
        move_to(&mut window, HOME);
        assert_eq!(read(&window), said, "{}: as it was before", moment.scene);
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

fn sent(window: &Window) -> usize {
    window.till.told().iter().filter(|told| *told == "PinGiven").count()
}

#[test]
fn a_pin_that_was_begun_is_ended_on_another_screen_and_the_money_goes_back_once() {
    for screen in SCREENS {
        let mut window = open(&Moment { scene: "approval", taps: &["4", "8"], tabs: 0 });
        window.grow(1.0, HOME.0);
        move_to(&mut window, screen);
        window.appear(Appearance { language: Some(Language::Korean), theme: ThemeChoice::Dark });
        window.type_digits("29");
        window.settle();
        window.key(Key::Enter);
        assert_eq!((window.till.screen(), sent(&window)), ("result", 1), "{screen:?}");
        move_to(&mut window, HOME);
        window.key(Key::Enter);
        assert_eq!((window.till.screen(), sent(&window)), ("result", 1), "{screen:?}");
    }
}

/// A finger that is down while everything moves presses nothing that comes to lie under it; a key that is down, nothing twice.
#[test]
fn a_press_that_lasts_through_a_change_presses_at_most_what_it_began_on() {
    for screen in SCREENS {
        let mut window = open(&Moment { scene: "approval", taps: &["4", "8", "2", "9"], tabs: 0 });
        let pay = window.rect_of("Refund $27.40").center();
        let cancel = window.rect_of("Cancel").center();
        window.frame(vec![Event::PointerMoved(cancel), button(cancel, true)]);
        move_to(&mut window, screen);
        let under: Pos2 = window.rect_of("Refund $27.40").center();
        window.frame(vec![Event::PointerMoved(under), button(under, false)]);
        window.frame(vec![Event::PointerGone]);
        assert_eq!((window.till.screen(), sent(&window)), ("approval", 0), "{screen:?}");
        move_to(&mut window, HOME);
        window.frame(vec![Event::PointerMoved(pay), button(pay, true)]);
        move_to(&mut window, screen);
        window.frame(vec![press(Key::Enter)]);
        window.appear(Appearance { language: Some(Language::French), theme: ThemeChoice::HighContrast });
        let is_pay =
            |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|said| said.contains("27,40"));
        let under =
            window.harness.query_all_by_role(Role::Button).find(is_pay).map_or(pay, |node| node.rect().center());
        window.frame(vec![Event::PointerMoved(under), button(under, false)]);
        window.frame(vec![release(Key::Enter)]);
        window.settle();
        assert_eq!((window.till.screen(), sent(&window)), ("result", 1), "{screen:?}: {:?}", window.till.told());
    }
}
