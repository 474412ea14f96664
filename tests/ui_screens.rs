//! Every screen in every state: named controls, targets large enough, nothing clipped, quiet when nothing happens.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::time::Duration;

use egui::Rect;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{Language, ThemeChoice};
use tillback::ui::{self, Appearance};
use ui_support::scenes;
use ui_support::window::Window;

/// What windows of 800x600, 1024x768 and 1280x800 have to draw on, and last what those of 1920x1080 and 3840x2160 have:
/// a large window shows everything larger, and both come to the same points.
const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1280.0, 800.0), (1371.0, 771.0)];

/// Where a line may end in an ellipsis at 800x600: a camera's own name, the word for a refund's state in a row of the
/// list, what stands in an empty field. A screen reader reads all of it, and the page of the refund shows it.
const MAY_BE_CUT: [&str; 3] = ["settings, camera not", "refunds", "order, decide"];
/// No target is smaller, but for what rounding takes.
const TARGET: f32 = 47.9;

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

/// In which languages a scene is looked at: English, and at each size another one of the others, so that every language
/// comes by every size and most scenes. `TILLBACK_LANGUAGES=all` looks at each in each.
fn languages(scene: usize, size: usize) -> Vec<Language> {
    let all: Vec<Language> = Language::ALL.into_iter().chain([Language::Pseudo]).collect();
    if std::env::var_os("TILLBACK_LANGUAGES").is_some() {
        return all;
    }
    let others: Vec<Language> = all.into_iter().filter(|language| *language != Language::English).collect();
    vec![Language::English, others[(scene + size * 2) % others.len()]]
}

/// Every screen of that size: named controls, targets large enough, nothing clipped, cut or covered.
fn look_at_all(size: usize) {
    let (width, height) = SIZES[size];
    let mut found = vec![];
    for (at, scene) in scenes::all().into_iter().enumerate() {
        let name = scene.name;
        let mut window = scene.open(width, height);
        for language in languages(at, size) {
            window.appear(Appearance { language: Some(language), theme: ThemeChoice::Light });
            check(&format!("{name} in {language:?}"), &window, &mut found);
        }
    }
    assert!(found.is_empty(), "{width}x{height}: {} faults\n{}", found.len(), found.join("\n"));
}

fn check(what: &str, window: &Window, found: &mut Vec<String>) {
    check_targets(what, window, found);
    check_clipping(what, window, found);
    check_texts(what, window, found);
    check_lines(what, window, found);
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
    for scene in scenes::all() {
        let name = scene.name;
        let mut window = scene.open(1024.0, 768.0);
        let mut before = None;
        for theme in [ThemeChoice::Light, ThemeChoice::Dark, ThemeChoice::HighContrast] {
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
            if both.width() > 0.5 && both.height() > 0.5 {
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
        let on_button = buttons.iter().find(|button| !in_list && button.contains(drawn.center()));
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
            "settings" if name.starts_with("settings, camera") => Duration::from_millis(66),
            _ if delay < Duration::from_secs(2) => Duration::from_millis(900),
            _ => Duration::from_secs(2),
        };
        assert!(delay >= least, "{name}: a frame is wanted after {delay:?}");
    }
}

#[test]
fn training_is_on_every_screen() {
    for scene in scenes::all() {
        let mut scene = scene;
        scene.world.training = true;
        let name = scene.name;
        let window = scene.open(800.0, 600.0);
        assert!(window.says("TRAINING"), "{name}");
        // The band takes its room from the screen: still nothing small, nothing clipped.
        let mut found = vec![];
        check(name, &window, &mut found);
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn outcomes_are_announced() {
    for scene in scenes::all() {
        let name = scene.name;
        let window = scene.open(1024.0, 768.0);
        if window.till.screen() == "result" {
            let alert = window.harness.query_all_by_role(Role::Alert).count();
            assert!(alert >= 1, "{name}");
        }
    }
}
