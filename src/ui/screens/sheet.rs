//! The sheet of keys (F1): what does something on the screen behind it, and what does everywhere.
//!
//! **It has no list of its own**: the screen's keys are those it took in its last frame, in the words in which it took them.
//! **Nothing behind it is drawn**, so nothing there can be pressed.

use egui::{CornerRadius, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::desk::Desk;
use crate::ui::keys::Offered;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Press, Style, measure, press, quiet, side_by_side, write};

/// What egui and the window do with keys on every screen: what stands on the key, and what it does.
const EVERYWHERE: [(&str, &str); 4] = [
    ("sheet-f1-key", "sheet-f1"),
    ("key-tab", "sheet-tab"),
    ("key-space", "sheet-space"),
    ("key-enter", "sheet-enter"),
];
/// The width of a key.
const KEY: f32 = 112.0;

/// Draws it; true when it is to be closed.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, offered: &[(Offered, String)]) -> bool {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let close_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("sheet-title"));
    write(ui, &mut column, &quiet(desk.theme), &desk.say("sheet-note"));
    column.gap(size.gap);
    let here = offered.iter().map(|(key, does)| (key.name(desk.words), does.clone())).collect::<Vec<_>>();
    let everywhere = EVERYWHERE.map(|(key, does)| (desk.say(key), desk.say(does)));
    let mut halves = side_by_side(column.rest(), 2, size.margin).into_iter();
    let half = |next: Option<Rect>| Column::new(next.unwrap_or(area));
    list(ui, desk, half(halves.next()), "sheet-here", &here);
    list(ui, desk, half(halves.next()), "sheet-everywhere", &everywhere);
    let close = Press::new("sheet-close", Kind::Primary, desk.say("sheet-close"));
    let closed = press(ui, desk, close_at, &close.key(Key::Escape, desk.say("key-escape")));
    let word = desk.say("sheet-close");
    desk.keys.take(Key::F1, &word) || closed
}

fn list(ui: &mut Ui, desk: &Desk<'_>, mut column: Column, title: &str, keys: &[(String, String)]) {
    let size = desk.theme.size;
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write(ui, &mut column, &strong, &desk.say(title));
    column.gap(space::ONE);
    if keys.is_empty() {
        return write(ui, &mut column, &quiet(desk.theme), &desk.say("sheet-nothing"));
    }
    let rows = f32::from(u8::try_from(keys.len()).unwrap_or(u8::MAX));
    let high = ((column.height() - rows * space::HALF) / rows).min(size.grid_button);
    for (key, does) in keys {
        line(ui, desk, column.take(high), key, does);
        column.gap(space::HALF);
    }
}

/// A key as it lies on the keyboard, and what it does.
fn line(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, key: &str, does: &str) {
    let (size, color) = (desk.theme.size, &desk.theme.color);
    let cap = Rect::from_min_size(rect.min, vec2(KEY.min(rect.width() / 3.0), rect.height()));
    let edge = Stroke::new(space::LINE, color.outline);
    ui.painter().rect(cap, CornerRadius::same(theme::RADIUS / 2), color.card, edge, StrokeKind::Inside);
    // The whole line is one thing to a screen reader; what is painted in it is not named again.
    let name = measure(ui, key, theme::strong(size.body), color.ink, cap.width());
    let at = cap.center() - name.size() / 2.0;
    ui.painter().galley(at, name, color.ink);
    let left = cap.max.x + space::TWO;
    let words = measure(ui, does, theme::plain(size.body), color.ink, rect.max.x - left);
    let at = pos2(left, rect.center().y - words.size().y / 2.0);
    ui.painter().galley(at, words, color.ink);
    let said = format!("{key}: {does}");
    ui.interact(rect, Id::unique(("sheet", key)), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &said));
}
