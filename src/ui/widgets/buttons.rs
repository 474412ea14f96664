//! Buttons. **One primary button a screen, and the pay-back button is the only green one: it moves money.**

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, CornerRadius, Galley, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::icons::{self, Icon};
use super::text::{measure, middle_lines};
use crate::ui::desk::Desk;
use crate::ui::keys::choice_pressed;
use crate::ui::theme::{self, RADIUS, Theme, space};

/// What a button is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The one thing to do next.
    Primary,
    /// Moves money.
    PayBack,
    /// A way that is as good as the primary one.
    Second,
    /// Anything else.
    Quiet,
    /// One of several to choose from; true when it is the chosen one.
    Choice(bool),
    /// On or off by itself, with a box that is ticked or empty: **no ground alone says which**.
    Switch(bool),
}

/// A button to be drawn.
#[derive(Debug, Clone)]
pub struct Press<'a> {
    /// What tells it from the other buttons of the screen.
    pub salt: &'a str,
    /// What it says, and its name for a screen reader.
    pub label: String,
    /// Its name where the label alone does not say enough.
    pub name: Option<String>,
    /// What it is for.
    pub kind: Kind,
    /// The key that presses it, and what that key is called inside it.
    pub key: Option<(Key, String)>,
    /// A sign instead of the label.
    pub icon: Option<Icon>,
    /// Whether it can be pressed.
    pub enabled: bool,
    /// The size of its text; the theme's for buttons when absent.
    pub text_size: Option<f32>,
    /// A chosen one shows its tick, unless it is bare: too narrow for one, its name and ground saying it.
    pub bare: bool,
}

impl<'a> Press<'a> {
    /// A button that says this.
    pub fn new(salt: &'a str, kind: Kind, label: impl Into<String>) -> Self {
        Self {
            salt,
            label: label.into(),
            name: None,
            kind,
            key: None,
            icon: None,
            enabled: true,
            text_size: None,
            bare: false,
        }
    }

    /// Pressed by that key, too.
    pub fn key(self, key: Key, name: impl Into<String>) -> Self {
        Self { key: Some((key, name.into())), ..self }
    }

    /// Shows a sign.
    pub fn icon(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// Has this name for a screen reader.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Can be pressed, or cannot.
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    /// Without a tick.
    pub fn bare(self) -> Self {
        Self { bare: true, ..self }
    }

    /// Has text of this size.
    pub fn text_size(self, size: f32) -> Self {
        Self { text_size: Some(size), ..self }
    }
}

struct Paint {
    ground: Color32,
    line: Color32,
    text: Color32,
    key: Color32,
}

fn paint_of(theme: &Theme, kind: Kind, enabled: bool) -> Paint {
    let color = &theme.color;
    let plain = |line, text| Paint { ground: color.card, line, text, key: color.quiet };
    if !enabled {
        // Looks like a place, not like a button: no ground of its own, and still readable.
        return Paint { ground: color.page, line: color.line, text: color.quiet, key: color.quiet };
    }
    let full =
        |pair: theme::Pair| Paint { ground: pair.ground, line: pair.ground, text: pair.text, key: color.act_key };
    match kind {
        Kind::Primary | Kind::Choice(true) => full(color.act),
        Kind::PayBack => Paint { key: color.pay.text, ..full(color.pay) },
        Kind::Second => plain(color.act.ground, color.act.ground),
        Kind::Quiet | Kind::Choice(false) | Kind::Switch(_) => plain(color.outline, color.ink),
    }
}

/// Draws a button and says whether it was pressed: by touch, by mouse, by its key, or by a screen reader.
pub fn press(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, button: &Press<'_>) -> bool {
    let id = Id::unique(("press", desk.view.state.name(), button.salt));
    let sense = if button.enabled { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, id, sense);
    let name = button.name.clone().unwrap_or_else(|| button.label.clone());
    response.widget_info(|| match button.kind {
        Kind::Choice(chosen) => WidgetInfo::selected(Role::RadioButton, button.enabled, chosen, &name),
        Kind::Switch(on) => WidgetInfo::selected(Role::CheckBox, button.enabled, on, &name),
        Kind::Primary | Kind::PayBack | Kind::Second | Kind::Quiet => {
            WidgetInfo::labeled(Role::Button, button.enabled, &name)
        }
    });
    if let Some((_, key)) = &button.key {
        ui.ctx().accesskit_node_builder(id, |node| node.set_keyboard_shortcut(key.clone()));
    }
    let mut paint = paint_of(desk.theme, button.kind, button.enabled);
    if response.is_pointer_button_down_on() {
        paint.ground = paint.ground.lerp_to_gamma(desk.theme.color.ink, 0.12);
    }
    let corner = CornerRadius::same(RADIUS);
    let line = Stroke::new(if button.enabled { space::LINE } else { 1.0 }, paint.line);
    ui.painter().rect(rect, corner, paint.ground, line, StrokeKind::Inside);
    inside(ui, desk.theme, rect, button, &paint);
    // In a list that scrolls, what comes to the focus comes into sight.
    if response.gained_focus() && !ui.clip_rect().contains_rect(rect) {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        focus_ring(ui, desk.theme, rect);
    }
    let by_key = button.enabled && button.key.as_ref().is_some_and(|(key, _)| desk.keys.take(*key, &name));
    let pressed = match button.kind {
        Kind::Choice(_) | Kind::Switch(_) => choice_pressed(ui.ctx(), &response),
        Kind::Primary | Kind::PayBack | Kind::Second | Kind::Quiet => response.clicked(),
    };
    button.enabled && (pressed || by_key)
}

/// The ring around what has the focus.
pub fn focus_ring(ui: &Ui, theme: &Theme, rect: Rect) {
    let (width, off) = space::FOCUS;
    let ring = rect.expand(off);
    let corner = CornerRadius::same(RADIUS.saturating_add(2));
    ui.painter().rect_stroke(ring, corner, Stroke::new(width, theme.color.focus), StrokeKind::Outside);
}

/// What is drawn inside a button, laid out.
struct Inside {
    label: Arc<Galley>,
    key: Option<Arc<Galley>>,
    sign: Option<Sign>,
    sign_width: f32,
}

/// What stands before a label.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Icon(Icon),
    Box(bool),
}

/// Between a label and its key.
const KEY_GAP: f32 = 12.0;

/// The label on one line, smaller if need be and without its key if need be; on two where even that is too long.
fn lay_out(ui: &Ui, theme: &Theme, rect: Rect, button: &Press<'_>, paint: &Paint) -> Inside {
    let wanted = button.text_size.unwrap_or(theme.size.large);
    let sign = match button.kind {
        Kind::Choice(true) if !button.bare => Some(Sign::Icon(Icon::Tick)),
        Kind::Switch(on) => Some(Sign::Box(on)),
        _ => button.icon.map(Sign::Icon),
    };
    let sign_width = match sign {
        Some(Sign::Icon(_)) => wanted + space::ONE,
        Some(Sign::Box(_)) => icons::BOX + space::ONE,
        None => 0.0,
    };
    let key = button
        .key
        .as_ref()
        .map(|(_, name)| ui.painter().layout_no_wrap(name.clone(), theme::plain(theme.size.small), paint.key));
    let key_width = key.as_ref().map_or(0.0, |key| key.size().x + KEY_GAP);
    let margin = if matches!(sign, Some(Sign::Box(_))) { space::ONE } else { theme.size.gap.max(12.0) };
    let room = vec2(rect.width() - 2.0 * margin - sign_width, rect.height() - space::ONE);
    let fits = |size: f32, width: f32, rows: usize| {
        let galley = measure(ui, &button.label, theme::strong(size), paint.text, width);
        let inside = galley.size().y <= room.y && galley.size().x <= width + 0.5;
        (inside && galley.rows.len() <= rows && !breaks_a_word(&galley)).then_some(galley)
    };
    let sizes = [wanted, wanted * 0.86, wanted * 0.75, theme::size::SMALL];
    let readable = move || sizes.into_iter().filter(|size| *size >= theme::size::SMALL - 1.0);
    let beside = |size: f32| fits(size, room.x - key_width, 1);
    // The one thing to do next does not look smaller than what stands below it: two lines before small print.
    let stands_out = matches!(button.kind, Kind::Primary | Kind::PayBack);
    let large = || sizes.into_iter().take(2);
    let two = || large().find_map(|size| fits(size, room.x - key_width, 2));
    let in_full = if stands_out { large().find_map(beside).or_else(two) } else { None };
    if let Some(label) = in_full.or_else(|| readable().find_map(beside)) {
        return Inside { label, key, sign, sign_width };
    }
    // One line in a narrow margin is better read than a word that is broken in two.
    let narrow = rect.width() - space::GRID - sign_width;
    let label = readable()
        .find_map(|size| fits(size, room.x, 1))
        .or_else(|| fits(theme::size::SMALL, narrow, 1))
        .or_else(|| readable().find_map(|size| fits(size, room.x, 3)))
        .unwrap_or_else(|| cut(ui, &button.label, room.x, paint.text));
    Inside { label, key: None, sign, sign_width }
}

/// Whether a row ends within a word, in a script that puts spaces between words.
fn breaks_a_word(galley: &Galley) -> bool {
    // Before the scripts of East Asia, which break anywhere.
    let spaced = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphabetic() && letter < '\u{1100}');
    let rows: Vec<String> = galley.rows.iter().map(|row| row.text()).collect();
    rows.iter().zip(rows.iter().skip(1)).any(|(row, next)| spaced(row.chars().last()) && spaced(next.chars().next()))
}

/// Two small lines of a label that is too long for its button, with an ellipsis. Its name has all of it.
fn cut(ui: &Ui, label: &str, width: f32, color: Color32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(label.to_owned(), theme::strong(theme::size::SMALL), color, width);
    job.wrap.max_rows = 2;
    ui.painter().layout_job(job)
}

/// Sign, label and key, centred together.
fn inside(ui: &Ui, theme: &Theme, rect: Rect, button: &Press<'_>, paint: &Paint) {
    let wanted = button.text_size.unwrap_or(theme.size.large);
    if let Some(icon) = button.icon.filter(|_| button.label.is_empty()) {
        icons::draw(ui.painter(), icon, icons::square(rect.center(), wanted * 1.1), paint.text);
        return;
    }
    let Inside { label, key, sign, sign_width } = lay_out(ui, theme, rect, button, paint);
    let key_width = key.as_ref().map_or(0.0, |key| key.size().x + KEY_GAP);
    let (label_width, label_height) = (label.size().x, label.size().y);
    let mut x = rect.center().x - (sign_width + label_width + key_width) / 2.0;
    match sign {
        Some(Sign::Icon(icon)) => {
            let side = wanted * 0.8;
            icons::draw(ui.painter(), icon, icons::square(pos2(x + side / 2.0, rect.center().y), side), paint.text);
        }
        Some(Sign::Box(on)) => {
            icons::tick_box(ui.painter(), theme, pos2(x + icons::BOX / 2.0, rect.center().y), on);
        }
        None => {}
    }
    x += sign_width;
    let top = rect.center().y - label_height / 2.0;
    if sign.is_none() && label.rows.len() > 1 {
        ui.painter().galley(pos2(x + label_width / 2.0, top), middle_lines(ui, &label), paint.text);
    } else {
        ui.painter().galley(pos2(x, top), label, paint.text);
    }
    if let Some(key) = key {
        let at = pos2(x + label_width + KEY_GAP, rect.center().y - key.size().y / 2.0 + 1.0);
        ui.painter().galley(at, key, paint.key);
    }
}
