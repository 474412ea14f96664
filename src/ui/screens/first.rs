//! The first manager: what the very first start shows, where nobody works here yet.

use egui::{Key, Rect, Ui};

use super::locked::language_button;
use super::{display, entry, halves};
use crate::domain::OperatorName;
use crate::flow::{OnPeople, OnSetup, PeopleWork, What};
use crate::ui::desk::Desk;
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Field, Kind, Notice, Press, Style, Tone, field, press, quiet, write};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, first: &PeopleWork) {
    if desk.local.display {
        return display::show(ui, desk, area);
    }
    let (known, todo) = halves(desk, area, 0.54);
    let size = desk.theme.size;
    let mut column = Column::new(known);
    if desk.view.sets_up {
        // Where there is little room the way back is lower than the way on.
        let height = if size.gap < space::TWO { size.grid_button } else { size.button };
        back_button(ui, desk, column.take_bottom(height), first);
    } else {
        language_button(ui, desk, column.take_bottom(size.grid_button));
    }
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("first-title"));
    column.gap(size.gap);
    let (strong, plain) = (desk.say("first-about"), desk.say("first-about.do"));
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap(size.margin);
    // What is known stands at the left, what is to be done at the right: the name is both, one after the other.
    if desk.local.person_draft.named {
        name_given(ui, desk, &mut column, first);
    } else {
        ask_name(ui, desk, todo);
    }
    let named = OperatorName::parse(&desk.local.person_draft.name).ok().filter(|_| desk.local.person_draft.named);
    let Some(name) = named else { return };
    let refused = match &first.answer {
        Some(Err(why)) => Some(messages::people(why, 0).say(desk.words)),
        Some(Ok(_)) | None => None,
    };
    let asked = entry::NewPin {
        waiting: first.waiting.is_some(),
        refused: refused.map(|message| (message.what_happened, message.what_to_do)),
        label: "new-pin-manager",
        done: "first-done",
    };
    if let Some(pin) = entry::new_pin(ui, desk, todo, &asked) {
        desk.tell(What::OnPeople(OnPeople::FirstManagerGiven { name, pin }));
    }
}

/// Back to the names of store and till, or first to one's own.
fn back_button(ui: &mut Ui, desk: &mut Desk<'_>, at: Rect, first: &PeopleWork) {
    let back = Press::new("first-back", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    if !press(ui, desk, at, &back.enabled(first.waiting.is_none())) {
        return;
    }
    desk.local.forget_pins();
    if desk.local.person_draft.named {
        desk.local.person_draft.named = false;
    } else {
        desk.tell(What::OnSetup(OnSetup::BackPressed));
    }
}

/// The name, once it is given, and a way to another.
fn name_given(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, first: &PeopleWork) {
    let size = desk.theme.size;
    write(ui, column, &quiet(desk.theme), &desk.say("person-name"));
    column.gap(space::HALF);
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink);
    let shown = desk.local.person_draft.name.trim().to_owned();
    write(ui, column, &strong, &shown);
    column.gap(size.gap);
    let at = column.take(size.grid_button);
    let other = Press::new("other-name", Kind::Quiet, desk.say("first-other-name"));
    // "Back" does the same where there is one.
    if !desk.view.sets_up && press(ui, desk, at, &other.enabled(first.waiting.is_none())) {
        desk.local.forget_pins();
        desk.local.person_draft.named = false;
    }
}

/// The name first; then the PIN pad opens in its place.
fn ask_name(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("person-name"));
    column.gap(space::RING);
    let label = desk.say("person-name");
    let how = Field { id: "person-name", name: &label, font: theme::plain(size.large), limit: 60, eager: true };
    let at = column.take(size.grid_button);
    let mut typed = std::mem::take(&mut desk.local.person_draft.name);
    field(ui, desk.theme, at, &how, &mut typed);
    desk.local.person_draft.name = typed;
    column.gap(size.gap);
    let at = column.take(size.button);
    // Whoever has no keys at hand takes the word for what they are; the People page has the name later.
    if desk.local.person_draft.name.is_empty() && column.height() >= size.grid_button {
        let word = desk.say("first-no-name");
        if press(ui, desk, column.take_bottom(size.grid_button), &Press::new("no-name", Kind::Quiet, word.clone())) {
            (desk.local.person_draft.name, desk.local.person_draft.named) = (desk.say("setup-manager"), true);
        }
    }
    let good = OperatorName::parse(&desk.local.person_draft.name).is_ok();
    let next = Press::new("name-next", Kind::Primary, desk.say("person-name-next"));
    if press(ui, desk, at, &next.key(Key::Enter, desk.say("key-enter")).enabled(good)) {
        desk.local.person_draft.named = true;
    }
}
