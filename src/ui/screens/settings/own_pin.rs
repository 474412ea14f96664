//! Somebody's own PIN: the one they have, then a new one, twice. For whoever is signed in, manager or not.

use egui::{Key, Rect, Ui};
use zeroize::Zeroizing;

use super::super::{entry, halves};
use crate::domain::{PeopleFault, Pin};
use crate::flow::{OnPeople, PeopleDone, Settings, What};
use crate::ui::desk::Desk;
use crate::ui::messages;
use crate::ui::theme;
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let (known, todo) = halves(desk, area, 0.54);
    let size = desk.theme.size;
    let mut column = Column::new(known);
    let back = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("own-pin-title"));
    column.gap(size.gap);
    let name = desk.view.operator.as_ref().map(|operator| operator.name.to_string()).unwrap_or_default();
    write(ui, &mut column, &Style::new(theme::strong(size.large), desk.theme.color.ink), &name);
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("new-pin-rules"));
    let leave = Press::new("cancel", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back, &leave) {
        desk.tell(What::CancelPressed);
    }
    let work = &settings.people;
    if work.answer == Some(Ok(PeopleDone::OwnPin)) {
        column.gap(size.margin);
        let strong = desk.say("own-pin-done");
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Good, &strong, "", None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        return;
    }
    // A refused one begins from the start: which of the two was wrong may be either.
    if work.answer.is_some() && desk.local.person_draft.answers != work.answers {
        desk.local.forget_pins();
        desk.local.person_draft.answers = work.answers;
    }
    let old = desk.local.person_draft.old.as_ref().and_then(|digits| Pin::parse(digits).ok());
    let Some(old) = old else {
        let person = match &work.answer {
            Some(Err(PeopleFault::Person(fault))) => Some(fault),
            _ => None,
        };
        let given = entry::Given { checking: work.waiting.is_some(), refused: person, at: work.refused_at };
        let asked = entry::Asked { given, open: true, label: "own-pin-old", button: ("old-next", "new-pin-next") };
        if let (None, Some(Err(why))) = (person, &work.answer) {
            let message = messages::people(why, 0).say(desk.words);
            let notice = Notice::message(ui, desk.theme, column.width(), Tone::Bad, &message, None);
            column.gap(size.gap);
            let at = column.take(notice.height());
            notice.draw(ui, desk.theme, at);
        }
        if let Some(pin) = entry::pin(ui, desk, todo, &asked) {
            desk.local.person_draft.old = Some(Zeroizing::new(pin.expose().to_owned()));
        }
        return;
    };
    let asked = entry::NewPin {
        waiting: work.waiting.is_some(),
        refused: None,
        label: "new-pin-first",
        done: "own-pin-change",
    };
    if let Some(new) = entry::new_pin(ui, desk, todo, &asked) {
        desk.tell(What::OnPeople(OnPeople::OwnPinGiven { old, new }));
    }
}
