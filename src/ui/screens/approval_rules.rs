//! Approval, where the store's own rules are broken or something stands out: what and why, and the note of the manager
//! who lifts a rule. **The note comes before the PIN**: one decision at a time.

use egui::{Key, Rect, Ui, Vec2};

use crate::domain::Reason;
use crate::flow::{Approving, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::sentences;
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Field, Kind, Notice, Press, Tone, field as write_into, press, quiet, write};

/// The most characters of a note: the domain's limit of a reason.
const MAX_NOTE: usize = 120;

/// What a manager should look at before saying yes: rules of the store first, then what stands out. What does not fit
/// into so much height is left out from its end.
pub fn look_twice(ui: &Ui, desk: &Desk<'_>, room: Vec2, approving: &Approving) -> Option<Notice> {
    let weighed = approving.weighed.as_ref()?;
    let heading = match weighed {
        weighed if weighed.needs_two() => "approval-over-two",
        weighed if weighed.needs_note() => "approval-over",
        _ => "approval-look-twice",
    };
    let mut said: Vec<String> =
        weighed.broken.iter().map(|rule| messages::house_rule(rule).say(desk.words).what_happened).collect();
    said.extend(weighed.warnings.iter().map(|warning| messages::warning(desk.words, warning)));
    let strong = desk.say(heading);
    while !said.is_empty() {
        let parts: Vec<&str> = said.iter().map(String::as_str).collect();
        let notice = Notice::new(ui, desk.theme, room.x, Tone::Ask, &strong, &sentences(&parts), None);
        if notice.height() <= room.y {
            return Some(notice);
        }
        said.pop();
    }
    None
}

/// Why a manager allows it: three usual answers, and a field for any other.
pub fn note(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &quiet(desk.theme).heading(), &desk.say("approval-note"));
    column.gap(size.gap);
    for key in ["approval-note-goods", "approval-note-customer", "approval-note-mistake"] {
        let label = desk.say(key);
        let at = column.take(size.button);
        if press(ui, desk, at, &Press::new(key, Kind::Choice(false), label.clone())) {
            desk.local.note = None;
            desk.tell(What::NoteTyped(label));
        }
        column.gap(space::ONE);
    }
    let name = desk.say("approval-note-hint");
    let field = column.take(size.button);
    let mut text = desk.local.note.take().unwrap_or_default();
    let how = Field { id: "approval-note", name: &name, font: theme::plain(size.body), limit: MAX_NOTE, eager: true };
    write_into(ui, desk.theme, field, &how, &mut text);
    let good = Reason::parse(text.trim()).is_ok();
    let use_it = Press::new("note-use", Kind::Primary, desk.say("approval-note-use"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(good);
    if press(ui, desk, bottom, &use_it) {
        desk.tell(What::NoteTyped(text.trim().to_owned()));
    } else {
        desk.local.note = Some(text);
    }
}
