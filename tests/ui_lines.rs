//! How texts stand in their lines: numbers whole, what is to be done next no
//! smaller than the rest, nothing half below the edge of its plot.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::epaint::TextShape;
use egui::{Key, Rect, Shape};
use egui_kittest::kittest::Queryable;
use tillback::domain::Language;
use tillback::ui::Appearance;
use ui_support::report_scenes::manager;
use ui_support::scenes;
use ui_support::scenes::Scene;
use ui_support::window::Window;

fn collect(shape: &Shape, clip: Rect, into: &mut Vec<(Rect, TextShape)>) {
    match shape {
        Shape::Text(text) => into.push((clip, text.clone())),
        Shape::Vec(all) => all.iter().for_each(|shape| collect(shape, clip, into)),
        _ => {}
    }
}

/// What is written on the screen, each with what it is cut to.
fn written(window: &Window) -> Vec<(Rect, TextShape)> {
    let mut all = vec![];
    for clipped in &window.harness.output().shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut all);
    }
    all
}

fn scene_of(name: &str) -> Scene {
    let all = scenes::all();
    all.into_iter().find(|scene| scene.name == name).unwrap_or_else(|| panic!("no scene {name}"))
}

fn speaks(language: Language) -> Appearance {
    Appearance { language: Some(language), ..Appearance::default() }
}

#[test]
fn a_reference_is_never_broken_in_two() {
    for (name, size) in
        [("refund, refunded", 800.0), ("refund, not sent", 800.0), ("refunded", 800.0), ("declined", 1024.0)]
    {
        for language in [Language::English, Language::French, Language::ChineseSimplified, Language::Pseudo] {
            let mut window = scene_of(name).open(size, size * 0.75);
            window.appear(speaks(language));
            let references: Vec<TextShape> = written(&window)
                .into_iter()
                .map(|(_, text)| text)
                .filter(|text| text.galley.text().starts_with("T3-01JD9K7R2W"))
                .collect();
            assert!(!references.is_empty(), "{name}");
            for text in references {
                assert_eq!(text.galley.rows.len(), 1, "{name} in {language:?}");
                let size = text.galley.job.sections[0].format.font_id.size;
                assert!(size >= 13.0, "{name} in {language:?}: letters of {size}");
            }
        }
    }
}

/// The one thing to do next, in the corner at the bottom right.
#[test]
fn what_is_to_be_done_next_goes_on_in_a_second_line_before_it_is_in_small_print() {
    for language in [Language::English, Language::Spanish, Language::French, Language::Korean, Language::Pseudo] {
        let mut window = scene_of("report, no shift yet").open(800.0, 600.0);
        window.appear(speaks(language));
        let rects: Vec<Rect> =
            window.harness.query_all_by_role(egui::accesskit::Role::Button).map(|node| node.rect()).collect();
        let corner = |rect: &Rect| rect.max.x + rect.max.y;
        let button = rects.into_iter().max_by(|one, other| corner(one).total_cmp(&corner(other))).unwrap();
        let all = written(&window);
        let inside = all.iter().filter(|(_, text)| button.contains(text.visual_bounding_rect().center()));
        let size = inside.map(|(_, text)| text.galley.job.sections[0].format.font_id.size).fold(0.0, f32::max);
        // The label's own size is 20; a seventh smaller is not seen, letters of small print are.
        assert!(size >= 17.0, "{language:?}: {size}");
    }
}

#[test]
fn the_hours_below_the_plot_are_seen_whole() {
    for (language, width) in [
        (Language::English, 800.0),
        (Language::ChineseTraditional, 800.0),
        (Language::Korean, 800.0),
        (Language::Korean, 1024.0),
    ] {
        let mut window = Window::dressed(manager(), (width, width * 0.75), language, |_| ());
        window.appear(speaks(language));
        window.key(Key::F5);
        let hours: Vec<(Rect, TextShape)> =
            written(&window).into_iter().filter(|(_, text)| ["00", "12", "21"].contains(&text.galley.text())).collect();
        assert_eq!(hours.len(), 3, "{language:?}");
        for (clip, text) in hours {
            let at = text.galley.mesh_bounds.translate(text.pos.to_vec2());
            assert!(clip.contains_rect(at), "{language:?}: {:?} at {at:?} is cut to {clip:?}", text.galley.text());
        }
    }
}
