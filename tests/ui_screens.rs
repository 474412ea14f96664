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
            let mut window = Window::of_size(scene.world, size.0, size.1);
            (scene.play)(&window.till);
            window.settle();
            check(scene.name, size, &window);
        }
    }
}

#[test]
fn every_control_has_a_name_and_every_target_is_large_enough() {
    each_screen(|scene, size, window| {
        let all = controls(window);
        assert!(all.len() > 5, "{scene} {size:?}: only {} things", all.len());
        for control in all {
            assert!(
                !control.name.trim().is_empty(),
                "{scene} {size:?}: a {:?} at {:?} has no name",
                control.role,
                control.rect
            );
            assert!(!control.name.contains("{"), "{scene}: {} is not filled in", control.name);
            if control.presses {
                let (width, height) = (control.rect.width(), control.rect.height());
                assert!(
                    width >= 47.9 && height >= 47.9,
                    "{scene} {size:?}: {:?} {:?} is {width} x {height}",
                    control.role,
                    control.name
                );
            }
        }
    });
}

#[test]
fn nothing_is_clipped_and_no_two_targets_overlap() {
    each_screen(|scene, size, window| {
        let screen = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(size.0, size.1)).expand(0.5);
        let all = controls(window);
        for control in &all {
            // Lines of a sale and people scroll.
            let scrolls = matches!(control.role, Role::CheckBox | Role::RadioButton) || scene.contains("many lines");
            assert!(
                scrolls || screen.contains_rect(control.rect),
                "{scene} {size:?}: {:?} {:?} at {:?}",
                control.role,
                control.name,
                control.rect
            );
        }
        let targets: Vec<&Control> =
            all.iter().filter(|control| control.presses && control.role == Role::Button).collect();
        for (at, one) in targets.iter().enumerate() {
            for other in targets.iter().skip(at + 1) {
                let both = one.rect.intersect(other.rect);
                assert!(
                    both.width() <= 0.5 || both.height() <= 0.5,
                    "{scene} {size:?}: {:?} and {:?} overlap",
                    one.name,
                    other.name
                );
            }
        }
    });
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
        let mut window = Window::open(scene.world);
        (scene.play)(&window.till);
        window.settle();
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
            _ if delay < Duration::from_secs(2) => Duration::from_millis(900),
            _ => Duration::from_secs(2),
        };
        assert!(delay >= least, "{}: a frame is wanted after {delay:?}", scene.name);
    }
}

#[test]
fn training_is_on_every_screen() {
    for scene in scenes::all() {
        let mut world = scene.world;
        world.training = true;
        let mut window = Window::of_size(world, 800.0, 600.0);
        (scene.play)(&window.till);
        window.settle();
        assert!(window.says("TRAINING"), "{}", scene.name);
    }
}

#[test]
fn outcomes_are_announced() {
    for scene in scenes::all() {
        let mut window = Window::open(scene.world);
        (scene.play)(&window.till);
        window.settle();
        if window.till.screen() == "result" {
            let alert = window.harness.query_all_by_role(Role::Alert).count();
            assert!(alert >= 1, "{}", scene.name);
        }
    }
}
