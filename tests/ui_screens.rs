//! Every screen in every state: named controls, targets large enough, nothing clipped, quiet when nothing happens.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use std::time::Duration;

use egui::Rect;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use ui_support::scenes;
use ui_support::window::Window;

const SIZES: [(f32, f32); 4] = [(800.0, 600.0), (1024.0, 768.0), (1280.0, 800.0), (1920.0, 1080.0)];

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

fn each_screen(mut check: impl FnMut(&str, (f32, f32), &Window)) {
    for size in SIZES {
        for scene in scenes::all() {
            let name = scene.name;
            let window = scene.open(size.0, size.1);
            check(name, size, &window);
        }
    }
}

#[test]
fn every_control_has_a_name_and_every_target_is_large_enough() {
    each_screen(check_targets);
}

fn check_targets(scene: &str, size: (f32, f32), window: &Window) {
    let all = controls(window);
    assert!(all.len() > 5, "{scene} {size:?}: only {} things", all.len());
    for Control { role, name, rect, presses } in all {
        assert!(!name.trim().is_empty(), "{scene} {size:?}: a {role:?} at {rect:?} has no name");
        assert!(!name.contains('{'), "{scene}: {name} is not filled in");
        let large = rect.width() >= 47.9 && rect.height() >= 47.9;
        assert!(!presses || large, "{scene} {size:?}: {role:?} {name:?} is {} x {}", rect.width(), rect.height());
    }
}

#[test]
fn nothing_is_clipped_and_no_two_targets_overlap() {
    each_screen(check_clipping);
}

fn check_clipping(scene: &str, size: (f32, f32), window: &Window) {
    let screen = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(size.0, size.1)).expand(0.5);
    let all = controls(window);
    for control in &all {
        // Lines of a sale, people and a refund's history scroll.
        let told = control.role == Role::ListItem && scene.starts_with("refund,");
        let scrolls =
            told || control.role == Role::CheckBox || scene.contains("many lines") || scene.contains("list open");
        let Control { role, name, rect, .. } = control;
        assert!(scrolls || screen.contains_rect(*rect), "{scene} {size:?}: {role:?} {name:?} at {rect:?}");
    }
    let press = |control: &&Control| control.presses && matches!(control.role, Role::Button | Role::RadioButton);
    let targets: Vec<&Control> = all.iter().filter(press).collect();
    for (at, one) in targets.iter().enumerate() {
        for other in targets.iter().skip(at + 1) {
            let both = one.rect.intersect(other.rect);
            let apart = both.width() <= 0.5 || both.height() <= 0.5;
            assert!(apart, "{scene} {size:?}: {:?} and {:?} overlap", one.name, other.name);
        }
    }
}

#[test]
fn no_text_stands_on_another() {
    each_screen(|scene, size, window| {
        let all = controls(window);
        let texts: Vec<&Control> = all
            .iter()
            .filter(|control| matches!(control.role, Role::Label | Role::Heading) && !control.presses)
            .collect();
        for (at, one) in texts.iter().enumerate() {
            for other in texts.iter().skip(at + 1) {
                let both = one.rect.intersect(other.rect);
                // Line heights may touch; letters may not.
                assert!(
                    both.width() <= 1.0 || both.height() <= 6.0,
                    "{scene} {size:?}: {:?} at {:?} and {:?} at {:?}",
                    one.name,
                    one.rect,
                    other.name,
                    other.rect
                );
            }
        }
    });
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
        check_targets(name, (800.0, 600.0), &window);
        check_clipping(name, (800.0, 600.0), &window);
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
