//! A line to write something into that nobody may read: a dot for each character, also for a screen reader.
//!
//! **Not egui's own**: that one keeps what was typed to undo it, and copies are not wiped. What is typed here is in one
//! place, which its owner wipes.

use egui::{CornerRadius, Event, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use zeroize::Zeroizing;

use super::buttons::focus_ring;
use super::field::Field;
use crate::ui::keys::field_id;
use crate::ui::theme::{RADIUS, Theme, space};

/// Room for a secret of so many characters, so that it never grows and leaves a copy of itself behind.
pub fn secret_of(characters: usize) -> Zeroizing<String> {
    Zeroizing::new(String::with_capacity(characters))
}

/// Draws it and takes what is typed or pasted into it: printable characters, no white space.
pub fn secret(ui: &mut Ui, theme: &Theme, rect: Rect, how: &Field<'_>, text: &mut Zeroizing<String>) {
    let id = field_id(how.id);
    let response = ui.interact(rect, id, Sense::click());
    if response.clicked() {
        response.request_focus();
    }
    if response.has_focus() {
        take(ui, how.limit, text);
    }
    let color = &theme.color;
    let line = Stroke::new(space::LINE, if response.has_focus() { color.act.ground } else { color.outline });
    ui.painter().rect(rect, CornerRadius::same(RADIUS), color.card, line, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(space::TWO, 0.0));
    let dots: String = text.chars().map(|_| '\u{2022}').collect();
    let (shown, ink) = if text.is_empty() { (how.name.to_owned(), color.quiet) } else { (dots.clone(), color.ink) };
    let mut job = egui::text::LayoutJob::simple(shown, how.font.clone(), ink, inner.width());
    (job.wrap.max_rows, job.wrap.break_anywhere) = (1, true);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(pos2(inner.min.x, inner.center().y - galley.size().y / 2.0), galley, ink);
    response.widget_info(|| WidgetInfo::labeled(Role::PasswordInput, true, how.name));
    ui.ctx().accesskit_node_builder(id, |node| node.set_value(dots.clone()));
    if response.has_focus() {
        focus_ring(ui, theme, rect);
    }
}

fn take(ui: &Ui, limit: usize, text: &mut Zeroizing<String>) {
    ui.input(|input| {
        for event in &input.events {
            match event {
                Event::Text(typed) | Event::Paste(typed) => {
                    for character in typed.chars().filter(char::is_ascii_graphic) {
                        if text.len() < limit {
                            text.push(character);
                        }
                    }
                }
                Event::Key { key: Key::Backspace, pressed: true, .. } => drop(text.pop()),
                _ => {}
            }
        }
    });
}
