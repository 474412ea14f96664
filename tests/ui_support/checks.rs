//! What is asked of every screen: each control has a name and is large enough, nothing is clipped, cut or covered, and all
//! that is written stands out from what it is written on.

use egui::Rect;
use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::ThemeChoice;
use tillback::ui::Look;
use tillback::ui::theme::Palette;

use super::painted;

/// Where a line may end in an ellipsis at 800x600: a camera's own name, what stands in an empty field. A screen reader reads all of it, and the page of the refund shows it.
const MAY_BE_CUT: [&str; 2] = ["settings, camera not", "order, decide"];
/// No target is smaller, but for what rounding takes.
const TARGET: f32 = 47.9;
const PRIMARY: f32 = 71.9;

#[derive(Debug, Clone)]
pub struct Control {
    pub role: Role,
    pub name: String,
    pub rect: Rect,
    pub presses: bool,
}

/// A window as it stands: what a screen reader is told about, but for the frames egui builds around it, and what is painted.
pub struct Seen {
    pub controls: Vec<Control>,
    pub shapes: Vec<ClippedShape>,
    pub screen: Rect,
}

impl Seen {
    pub fn of<State>(harness: &Harness<'_, State>) -> Self {
        let nodes = harness.query_all(egui_kittest::kittest::by());
        let controls = nodes.filter_map(|node| {
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
            let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
            (!framing).then(|| Control { role, name, rect: node.rect(), presses })
        });
        let controls = controls.collect();
        Self { controls, shapes: harness.output().shapes.clone(), screen: harness.ctx.content_rect() }
    }
}

/// WCAG 2.2, 1.4.6 "enhanced".
const CONTRAST: f64 = 7.0;

fn palette(theme: ThemeChoice) -> Palette {
    Palette::of(match theme {
        ThemeChoice::Dark => Look::Dark,
        ThemeChoice::HighContrast => Look::HighContrast,
        ThemeChoice::Light | ThemeChoice::System => Look::Light,
    })
}

/// Of what is painted in those colours: it can be read, and it stands where it belongs.
pub fn check_painted(what: &str, theme: ThemeChoice, window: &Seen, found: &mut Vec<String>) {
    let texts = painted::texts(&window.shapes, palette(theme).page);
    assert!(texts.len() >= least(what).min(4), "{what}: only {} texts", texts.len());
    for text in texts {
        let ratio = painted::contrast(text.color, text.ground);
        if ratio < CONTRAST {
            let (color, ground) = (text.color, text.ground);
            found.push(format!("{what}: {:?} at {:?} has {ratio:.1}:1, {color:?} on {ground:?}", text.text, text.at));
        }
    }
    let leaving = painted::leaving_their_card(&window.shapes, &palette(theme));
    found.extend(leaving.into_iter().map(|text| format!("{what}: {text}")));
}

pub fn check(what: &str, window: &Seen, found: &mut Vec<String>) {
    check_targets(what, window, found);
    check_clipping(what, window, found);
    check_texts(what, window, found);
    check_lines(what, window, found);
}

/// What is filled with the colour of the one thing to do next, or of money, is higher than other targets.
pub fn check_primary(what: &str, window: &Seen, found: &mut Vec<String>) {
    let palette = palette(ThemeChoice::Light);
    for Control { role, name, rect, presses } in window.controls.clone() {
        let fill = painted::fill_of(&window.shapes, rect);
        let primary = role == Role::Button
            && presses
            && fill.is_some_and(|fill| [palette.act.ground, palette.pay.ground].contains(&fill));
        if primary && rect.height() < PRIMARY {
            found.push(format!("{what}: {name:?} is primary and {} high", rect.height()));
        }
    }
}

/// A check that sees next to nothing has looked at nothing; the customer's display has little on it.
fn least(what: &str) -> usize {
    match what.split([' ', ',']).next() {
        Some("customer") => 1,
        Some("fault" | "passphrase") => 4,
        _ => 6,
    }
}

fn check_targets(what: &str, window: &Seen, found: &mut Vec<String>) {
    let all = window.controls.clone();
    assert!(all.len() >= least(what), "{what}: only {} things", all.len());
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

fn check_clipping(what: &str, window: &Seen, found: &mut Vec<String>) {
    let screen = window.screen.expand(0.5);
    let all = window.controls.clone();
    for control in &all {
        // Lines of a sale, people and a refund's history scroll.
        let told =
            control.role == Role::ListItem && ["refund,", "settings, scanner"].iter().any(|of| what.starts_with(of));
        let scrolls = told
            || control.role == Role::CheckBox
            || what.contains("many lines")
            || what.contains("list open")
            || (what.contains("everything wrong") && control.role == Role::Button);
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
fn check_texts(what: &str, window: &Seen, found: &mut Vec<String>) {
    let all = window.controls.clone();
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
fn is_out_of_sight(window: &Seen, button: &Rect, at: egui::Pos2) -> bool {
    window.shapes.iter().any(|clipped| {
        let egui::Shape::Rect(ground) = &clipped.shape else { return false };
        let is_its = ground.rect.expand(1.0).contains_rect(*button) && button.expand(1.0).contains_rect(ground.rect);
        is_its && !clipped.clip_rect.contains(at)
    })
}

/// Every text that is drawn is drawn whole: inside the window, inside what it is clipped to, and inside the button it
/// stands on. What scrolls may be cut by the edge of its list.
fn check_lines(what: &str, window: &Seen, found: &mut Vec<String>) {
    let screen = window.screen;
    let buttons: Vec<Rect> =
        window.controls.clone().iter().filter(|control| is_button(control)).map(|one| one.rect).collect();
    for clipped in &window.shapes {
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
