//! Every screen in every state: named controls, targets large enough, nothing clipped, quiet when nothing happens.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::time::Duration;

use egui::Rect;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::theme::Palette;
use tillback::ui::{self, Appearance, Look};
use ui_support::window::Window;
use ui_support::{World, painted, scenes};

/// What windows of 800x600, 1024x768 and 1280x800 have to draw on, and last what those of 1920x1080 and 3840x2160 have:
/// a large window shows everything larger, and both come to the same points.
const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1280.0, 800.0), (1371.0, 771.0)];

/// Where a line may end in an ellipsis at 800x600: a camera's own name, the word for a refund's state in a row of the
/// list, what stands in an empty field. A screen reader reads all of it, and the page of the refund shows it.
const MAY_BE_CUT: [&str; 3] = ["settings, camera not", "refunds", "order, decide"];
/// No target is smaller, but for what rounding takes.
const TARGET: f32 = 47.9;
const PRIMARY: f32 = 71.9;

struct Control {
    role: Role,
    name: String,
    rect: Rect,
    presses: bool,
}

/// Everything a screen reader is told about, but for the frames egui builds around it.
fn controls(window: &Window) -> Vec<Control> {
    let nodes = window.harness.query_all(egui_kittest::kittest::by());
    nodes
        .filter_map(|node| {
            let inner = node.accesskit_node();
            let role = inner.role();
            let framing = matches!(
                role,
                Role::Window
                    | Role::GenericContainer
                    | Role::Unknown
                    | Role::ScrollView
                    | Role::ScrollBar
                    | Role::TextRun
            );
            let presses = inner.data().supports_action(egui::accesskit::Action::Click);
            (!framing).then(|| Control {
                role,
                name: inner.label().or_else(|| inner.value()).unwrap_or_default(),
                rect: node.rect(),
                presses,
            })
        })
        .collect()
}

const LOOKS: [ThemeChoice; 3] = [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast];
/// WCAG 2.2, 1.4.6 "enhanced".
const CONTRAST: f64 = 7.0;

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
                    if theme == ThemeChoice::Light {
                        check(&what, &window, &mut found);
                        check_primary(&what, &window, &mut found);
                    }
                    check_contrast(&format!("{what}, {theme:?}"), theme, &window, &mut found);
                    looked += 1;
                }
            }
        }
    }
    assert!(looked >= scenes::all().len() * (Language::ALL.len() + 1));
    assert!(found.is_empty(), "{:?}: {} faults\n{}", SIZES[size], found.len(), found.join("\n"));
}

fn palette(theme: ThemeChoice) -> Palette {
    Palette::of(match theme {
        ThemeChoice::Dark => Look::Dark,
        ThemeChoice::HighContrast => Look::HighContrast,
        ThemeChoice::Light | ThemeChoice::System => Look::Light,
    })
}

fn check_contrast(what: &str, theme: ThemeChoice, window: &Window, found: &mut Vec<String>) {
    let texts = painted::texts(&window.harness.output().shapes, palette(theme).page);
    assert!(texts.len() > 3, "{what}: only {} texts", texts.len());
    for text in texts {
        let ratio = painted::contrast(text.color, text.ground);
        if ratio < CONTRAST {
            let (color, ground) = (text.color, text.ground);
            found.push(format!("{what}: {:?} at {:?} has {ratio:.1}:1, {color:?} on {ground:?}", text.text, text.at));
        }
    }
}

fn check(what: &str, window: &Window, found: &mut Vec<String>) {
    check_targets(what, window, found);
    check_clipping(what, window, found);
    check_texts(what, window, found);
    check_lines(what, window, found);
}

/// What is filled with the colour of the one thing to do next, or of money, is higher than other targets.
fn check_primary(what: &str, window: &Window, found: &mut Vec<String>) {
    let palette = palette(ThemeChoice::Light);
    for Control { role, name, rect, presses } in controls(window) {
        let fill = painted::fill_of(&window.harness.output().shapes, rect);
        let primary = role == Role::Button
            && presses
            && fill.is_some_and(|fill| [palette.act.ground, palette.pay.ground].contains(&fill));
        if primary && rect.height() < PRIMARY {
            found.push(format!("{what}: {name:?} is primary and {} high", rect.height()));
        }
    }
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
                controls(&window).into_iter().map(|control| (control.name, control.rect)).collect();
            assert!(!now.is_empty());
            assert_eq!(*before.get_or_insert_with(|| now.clone()), now, "{name} in {theme:?}");
        }
    }
}

fn check_targets(what: &str, window: &Window, found: &mut Vec<String>) {
    let all = controls(window);
    assert!(all.len() > 5, "{what}: only {} things", all.len());
    for Control { role, name, rect, presses } in all {
        if name.trim().is_empty() {
            found.push(format!("{what}: a {role:?} at {rect:?} has no name"));
        }
        if name.contains('{') {
            found.push(format!("{what}: {name} is not filled in"));
        }
        if presses && (rect.width() < TARGET || rect.height() < TARGET) {
            found.push(format!("{what}: {role:?} {name:?} is {} x {}", rect.width(), rect.height()));
        }
    }
}

fn check_clipping(what: &str, window: &Window, found: &mut Vec<String>) {
    let screen = window.harness.ctx.content_rect().expand(0.5);
    let all = controls(window);
    for control in &all {
        // Lines of a sale, people and a refund's history scroll.
        let told = control.role == Role::ListItem && what.starts_with("refund,");
        let scrolls =
            told || control.role == Role::CheckBox || what.contains("many lines") || what.contains("list open");
        let Control { role, name, rect, .. } = control;
        if !scrolls && !screen.contains_rect(*rect) {
            found.push(format!("{what}: {role:?} {name:?} at {rect:?}"));
        }
    }
    let targets: Vec<&Control> = all.iter().filter(|control| is_button(control)).collect();
    for (at, one) in targets.iter().enumerate() {
        for other in targets.iter().skip(at + 1) {
            let both = one.rect.intersect(other.rect);
            // A list of choices that scrolls goes on below the button that stands under it.
            let scrolls = one.role != other.role && (what.starts_with("settings") || what.contains("six reasons"));
            if both.width() > 0.5 && both.height() > 0.5 && !scrolls {
                found.push(format!("{what}: {:?} and {:?} overlap", one.name, other.name));
            }
        }
    }
}

fn is_button(control: &Control) -> bool {
    control.presses && matches!(control.role, Role::Button | Role::RadioButton)
}

/// No text stands on another.
fn check_texts(what: &str, window: &Window, found: &mut Vec<String>) {
    let all = controls(window);
    let texts: Vec<&Control> =
        all.iter().filter(|control| matches!(control.role, Role::Label | Role::Heading) && !control.presses).collect();
    for (at, one) in texts.iter().enumerate() {
        for other in texts.iter().skip(at + 1) {
            let both = one.rect.intersect(other.rect);
            // Line heights may touch; letters may not.
            if both.width() > 1.0 && both.height() > 6.0 {
                found
                    .push(format!("{what}: {:?} at {:?} and {:?} at {:?}", one.name, one.rect, other.name, other.rect));
            }
        }
    }
}

/// The button's list is scrolled, and at this place something else is seen.
fn is_out_of_sight(window: &Window, button: &Rect, at: egui::Pos2) -> bool {
    window.harness.output().shapes.iter().any(|clipped| {
        let egui::Shape::Rect(ground) = &clipped.shape else { return false };
        let is_its = ground.rect.expand(1.0).contains_rect(*button) && button.expand(1.0).contains_rect(ground.rect);
        is_its && !clipped.clip_rect.contains(at)
    })
}

/// Every text that is drawn is drawn whole: inside the window, inside what it is clipped to, and inside the button it
/// stands on. What scrolls may be cut by the edge of its list.
fn check_lines(what: &str, window: &Window, found: &mut Vec<String>) {
    let screen = window.harness.ctx.content_rect();
    let buttons: Vec<Rect> = controls(window).iter().filter(|control| is_button(control)).map(|one| one.rect).collect();
    for clipped in &window.harness.output().shapes {
        let egui::Shape::Text(text) = &clipped.shape else { continue };
        let drawn = text.galley.mesh_bounds.translate(text.pos.to_vec2());
        let in_list = !clipped.clip_rect.contains_rect(screen.shrink(1.0));
        let whole = in_list || screen.expand(0.5).contains_rect(drawn);
        let within = |button: &Rect| button.expand(0.5).contains_rect(drawn);
        let stands_on =
            |button: &&Rect| button.contains(drawn.center()) && !is_out_of_sight(window, button, drawn.center());
        let on_button = buttons.iter().filter(|_| !in_list).find(stands_on);
        let may_be_cut = MAY_BE_CUT.iter().any(|scene| what.starts_with(scene)) && screen.width() < 1000.0;
        let cut = text.galley.elided && !may_be_cut && !what.contains("long") && !what.ends_with("in Pseudo");
        if cut {
            found.push(format!("{what}: {:?} is cut", text.galley.text()));
        }
        if !whole || !on_button.is_none_or(within) {
            found.push(format!("{what}: {:?} is drawn at {drawn:?}, on {on_button:?}", text.galley.text()));
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
        check(name, &window, &mut found);
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
