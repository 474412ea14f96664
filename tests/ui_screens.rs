//! Every screen in every state: named controls, targets large enough, nothing clipped, quiet when nothing happens.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::time::Duration;

use egui::Rect;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::{self, Appearance};
use ui_support::checks::{self, Seen};
use ui_support::outside::{self, Page};
use ui_support::window::Window;
use ui_support::{World, scenes};

/// What windows of 800x600, 1024x768 and 1280x800 have to draw on, and last what those of 1920x1080 and 3840x2160 have:
/// a large window shows everything larger, and both come to the same points.
const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1280.0, 800.0), (1371.0, 771.0)];

const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// Languages that are drawn with the same fonts: a window reads its fonts once.
const FONTS: [&[Language]; 3] = [
    &[Language::English, Language::Spanish, Language::French, Language::ChineseSimplified, Language::Pseudo],
    &[Language::ChineseTraditional],
    &[Language::Korean],
];

/// A text's colours do not depend on its language, so every language is looked at in light, and each look in every third:
/// `TILLBACK_LANGUAGES=all` looks at each in each.
fn looks(turn: usize) -> Vec<ThemeChoice> {
    match turn % 3 {
        _ if std::env::var_os("TILLBACK_LANGUAGES").is_some() => LOOKS.to_vec(),
        0 => vec![ThemeChoice::Light],
        other => vec![ThemeChoice::Light, LOOKS[other]],
    }
}

/// Every screen of that size in every language: named controls, targets large enough, nothing clipped, cut or covered; in
/// every look, all that is written stands out from what it is written on.
fn look_at_all(size: usize) {
    let mut found = vec![];
    let mut looked = 0;
    for languages in FONTS {
        let mut window = Window::dressed(World::default(), SIZES[size], languages[0], |_| ());
        for (at, scene) in scenes::all().into_iter().enumerate() {
            let name = scene.name;
            scene.show_in(&mut window);
            for (turn, language) in languages.iter().enumerate() {
                for theme in looks(at + turn) {
                    window.appear(Appearance { language: Some(*language), theme });
                    let what = format!("{name} in {language:?}");
                    let seen = Seen::of(&window.harness);
                    if theme == ThemeChoice::Light {
                        checks::check(&what, &seen, &mut found);
                        checks::check_primary(&what, &seen, &mut found);
                    }
                    checks::check_painted(&format!("{what}, {theme:?}"), theme, &seen, &mut found);
                    looked += 1;
                }
            }
        }
    }
    assert!(looked >= scenes::all().len() * (Language::ALL.len() + 1));
    assert!(found.is_empty(), "{:?}: {} faults\n{}", SIZES[size], found.len(), found.join("\n"));
}

#[test]
fn every_screen_at_800_by_600() {
    look_at_all(0);
}

#[test]
fn every_screen_at_1024_by_768() {
    look_at_all(1);
}

#[test]
fn every_screen_at_1280_by_800() {
    look_at_all(2);
}

#[test]
fn every_screen_at_1920_by_1080_and_3840_by_2160() {
    for large in [(1920.0, 1080.0), (3840.0, 2160.0)] {
        let points = egui::Vec2::from(large) / ui::zoom_of(large.into());
        assert!((points - egui::Vec2::from(SIZES[3])).length() < 1.0, "{large:?} is {points:?}");
    }
    look_at_all(3);
}

/// The recovery screens, the pages before the till and the customer's display, each in every language and look.
#[test]
fn what_stands_without_a_till_at_every_size() {
    let mut found = vec![];
    let all = outside::all();
    // Between the smallest and the largest nothing of them changes but the margins.
    let all_sizes = std::env::var_os("TILLBACK_LANGUAGES").is_some();
    for size in SIZES.into_iter().enumerate().filter(|(at, _)| all_sizes || [0, 3].contains(at)).map(|(_, size)| size) {
        for languages in FONTS {
            let mut page = Page::of_size(size, 1.0, languages[0]);
            for (at, outside) in all.iter().enumerate() {
                for (turn, language) in languages.iter().enumerate() {
                    for theme in looks(at + turn) {
                        page.show(outside, Appearance { language: Some(*language), theme });
                        let what = format!("{} in {language:?}", outside.name);
                        let seen = Seen::of(&page.harness);
                        if theme == ThemeChoice::Light {
                            checks::check(&what, &seen, &mut found);
                            checks::check_primary(&what, &seen, &mut found);
                        }
                        checks::check_painted(&format!("{what}, {theme:?}"), theme, &seen, &mut found);
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_look_changes_colours_and_moves_nothing() {
    let mut window = Window::open(World::default());
    for scene in scenes::all() {
        let name = scene.name;
        scene.show_in(&mut window);
        let mut before = None;
        for theme in LOOKS {
            window.appear(Appearance { language: Some(Language::English), theme });
            let now: Vec<(String, Rect)> =
                Seen::of(&window.harness).controls.into_iter().map(|control| (control.name, control.rect)).collect();
            assert!(!now.is_empty());
            assert_eq!(*before.get_or_insert_with(|| now.clone()), now, "{name} in {theme:?}");
        }
    }
}

#[test]
fn idle_screens_ask_for_no_frame() {
    for scene in scenes::all() {
        let name = scene.name;
        let window = scene.open(1024.0, 768.0);
        let delay = window
            .harness
            .output()
            .viewport_output
            .values()
            .map(|output| output.repaint_delay)
            .min()
            .unwrap_or(Duration::MAX);
        let least = match window.till.screen() {
            "scan" => Duration::from_millis(66),
            _ if name.starts_with("settings, camera") || name == "setup, camera" => Duration::from_millis(66),
            _ if delay < Duration::from_secs(2) => Duration::from_millis(900),
            _ => Duration::from_secs(2),
        };
        assert!(delay >= least, "{name}: a frame is wanted after {delay:?}");
    }
}

#[test]
fn training_is_on_every_screen() {
    let mut window = Window::of_size(World::default(), 800.0, 600.0);
    for scene in scenes::all() {
        let mut scene = scene;
        scene.world.training = true;
        let name = scene.name;
        scene.show_in(&mut window);
        assert!(window.says("TRAINING"), "{name}");
        // The band takes its room from the screen: still nothing small, nothing clipped.
        let mut found = vec![];
        checks::check(name, &Seen::of(&window.harness), &mut found);
        checks::check_primary(name, &Seen::of(&window.harness), &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn outcomes_are_announced() {
    let mut window = Window::open(World::default());
    for scene in scenes::all() {
        let name = scene.name;
        scene.show_in(&mut window);
        if window.till.screen() == "result" {
            let alert = window.harness.query_all_by_role(Role::Alert).count();
            assert!(alert >= 1, "{name}");
        }
    }
}

/// The scene of that name in a window of that size.
fn scene(name: &str, (width, height): (f32, f32), look: ThemeChoice) -> Window {
    let scene = scenes::all_of_them().into_iter().find(|scene| scene.name == name).unwrap();
    let mut window = Window::of_size(World::default(), width, height);
    scene.show_in(&mut window);
    window.appear(Appearance { language: Some(Language::English), theme: look });
    window
}

#[test]
fn what_a_manager_should_look_at_is_said_however_long_the_names_are() {
    for size in SIZES {
        let window = scene("approval, long texts", size, ThemeChoice::Light);
        assert!(window.says("This sale was refunded once before. The number was typed, not scanned"), "{size:?}");
    }
}

#[test]
fn without_colours_the_frame_tells_what_became_of_the_money() {
    // Down the frame at the left, within the heaviest and beyond the thinnest, away from its corners.
    let white = |name: &str| {
        let picture = scene(name, (1024.0, 768.0), ThemeChoice::HighContrast).picture();
        let down = (150_u32..600).map(|y| picture.get_pixel(24 + 5, y).0[0] > 128);
        down.filter(|white| *white).count()
    };
    let (refunded, unknown, declined) = (white("refunded"), white("unknown"), white("declined"));
    assert_eq!((refunded, declined), (450, 0), "heavy where money went back, thin where it did not");
    assert!((200..400).contains(&unknown), "broken while nobody knows: {unknown}");
}
