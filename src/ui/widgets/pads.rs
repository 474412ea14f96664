//! The PIN pad and the keypad for amounts: by touch, by mouse and by the number keys.
//!
//! **A PIN shows as dots and nothing else**, to a screen reader too.

use egui::{Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use zeroize::Zeroize;

use super::buttons::{Kind, Press, press};
use super::column::side_by_side;
use super::icons::Icon;
use crate::domain::Pin;
use crate::ui::desk::Desk;
use crate::ui::i18n::count;
use crate::ui::keys::Typed;
use crate::ui::theme::space;

/// The most characters of an amount: 12 digits before the point are more than any sale.
const MAX_AMOUNT: usize = 16;

/// The most digits tapped for a number; the longest reference has 64.
const MAX_NUMBER: usize = 64;

/// What the last key of a pad's bottom row is.
#[derive(Clone, Copy)]
enum Corner {
    Clear,
    Point,
}

/// Draws four rows of three keys and says what was pressed.
fn pad(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, corner: Corner, enabled: bool) -> Vec<Typed> {
    let gap = desk.theme.size.gap.min(12.0);
    let height = (rect.height() - 3.0 * gap) / 4.0;
    let mut pressed = vec![];
    let rows = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], ["corner", "0", "back"]];
    let mut top = rect.min.y;
    for names in rows {
        let line = Rect::from_min_max(pos2(rect.min.x, top), pos2(rect.max.x, top + height));
        top += height + gap;
        for (cell, name) in side_by_side(line, 3, gap).into_iter().zip(names) {
            let (button, means) = key_of(desk, name, corner);
            if press(ui, desk, cell, &button.enabled(enabled)) {
                pressed.push(means);
            }
        }
    }
    pressed
}

fn key_of<'a>(desk: &Desk<'_>, name: &'a str, corner: Corner) -> (Press<'a>, Typed) {
    let big = desk.theme.size.large * 1.27;
    match (name, corner) {
        ("corner", Corner::Clear) => {
            (Press::new("pad-clear", Kind::Quiet, desk.say("pad-clear")).text_size(desk.theme.size.body), Typed::Clear)
        }
        ("corner", Corner::Point) => {
            let button = Press::new("pad-point", Kind::Quiet, desk.say("pad-point")).text_size(big);
            (button.named(desk.say("pad-point-label")), Typed::Point)
        }
        ("back", _) => {
            let button = Press::new("pad-back", Kind::Quiet, "").icon(Icon::Backspace);
            (button.named(desk.say("pad-back-label")), Typed::Back)
        }
        (digit, _) => {
            let typed = digit.chars().next().map_or(Typed::Back, Typed::Digit);
            (Press::new(digit, Kind::Quiet, digit).text_size(big), typed)
        }
    }
}

/// The PIN pad; the digits go into [`super::super::desk::Local::pin`].
pub fn pin_pad(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, enabled: bool) {
    let pressed = pad(ui, desk, rect, Corner::Clear, enabled);
    let does = desk.say("sheet-digits");
    let typed = desk.keys.take_typed(&does);
    if enabled {
        for key in pressed.into_iter().chain(typed) {
            type_pin(desk, key);
        }
    }
}

/// Does to the PIN what a key does.
fn type_pin(desk: &mut Desk<'_>, key: Typed) {
    let pin = &mut desk.local.pin;
    match key {
        Typed::Digit(digit) if pin.len() < Pin::MAX_DIGITS => pin.push(digit),
        Typed::Back => {
            pin.pop();
        }
        Typed::Clear => pin.zeroize(),
        Typed::Digit(_) | Typed::Point => {}
    }
}

/// The keypad for a transaction number; the digits go into [`super::super::desk::Local::number`].
pub fn number_pad(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    for key in pad(ui, desk, rect, Corner::Clear, true) {
        type_number(desk, key);
    }
}

/// Does to the number what a key does.
pub fn type_number(desk: &mut Desk<'_>, key: Typed) {
    let number = &mut desk.local.number;
    match key {
        Typed::Digit(digit) if number.len() < MAX_NUMBER => number.push(digit),
        Typed::Back => {
            number.pop();
        }
        Typed::Clear => number.clear(),
        Typed::Digit(_) | Typed::Point => {}
    }
}

/// The keypad for an amount; says whether the amount changed.
pub fn keypad(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) -> bool {
    let pressed = pad(ui, desk, rect, Corner::Point, true);
    let does = desk.say("sheet-digits");
    let typed = desk.keys.take_typed(&does);
    let mut changed = false;
    for key in pressed.into_iter().chain(typed) {
        changed |= desk.local.amount.as_mut().is_some_and(|text| type_amount(text, key));
    }
    changed
}

/// Does to an amount what a key does; says whether it changed.
fn type_amount(text: &mut String, key: Typed) -> bool {
    match key {
        Typed::Digit(digit) if text.len() < MAX_AMOUNT => text.push(digit),
        Typed::Point if !text.contains('.') => {
            // A leading point is what people mean by "0.".
            if text.is_empty() {
                text.push('0');
            }
            text.push('.');
        }
        Typed::Back => return text.pop().is_some(),
        Typed::Clear => {
            let had = !text.is_empty();
            text.clear();
            return had;
        }
        Typed::Digit(_) | Typed::Point => return false,
    }
    true
}

/// One dot for each digit typed, and a ring where the next one comes: how many a PIN has is its owner's secret.
pub fn pin_dots(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    let typed = desk.local.pin.len();
    let shown = typed.saturating_add(1).min(Pin::MAX_DIGITS);
    let dots = u8::try_from(shown).unwrap_or(u8::MAX);
    let step = (rect.width() / f32::from(dots.max(1))).min(44.0);
    let radius = (step * 0.34).min(13.0).min(rect.height() / 2.0);
    let left = rect.center().x - step * (f32::from(dots) - 1.0) / 2.0;
    let ink = desk.theme.color.ink;
    for at in 0..dots {
        let center = pos2(left + step * f32::from(at), rect.center().y);
        if usize::from(at) < typed {
            ui.painter().circle_filled(center, radius, ink);
        } else {
            ui.painter().circle_stroke(center, radius - 1.0, Stroke::new(space::LINE, ink));
        }
    }
    let said = desk.words.with("pin-digits", &[("count", count(typed))]);
    let id = egui::Id::unique("pin-dots");
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Status, true, &said));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(keys: &[Typed], expected: &str) {
        let mut text = String::new();
        for key in keys {
            type_amount(&mut text, *key);
        }
        assert_eq!(text, expected);
    }

    #[test]
    fn an_amount_is_typed_as_people_write_it() {
        use Typed::{Back, Clear, Digit, Point};
        check(&[Digit('2'), Digit('7'), Point, Digit('4')], "27.4");
        check(&[Point, Point, Digit('5')], "0.5");
        check(&[Digit('2'), Back, Back, Digit('3')], "3");
        check(&[Digit('2'), Clear], "");
        check(&[Digit('9'); 40], "9999999999999999");
    }
}
