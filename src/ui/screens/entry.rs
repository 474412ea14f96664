//! Who somebody is: the list of names and the PIN pad, as Locked and the door of Settings have them; and a new PIN, typed
//! twice.
//!
//! **Digits typed for one person are wiped when another is chosen.** **A PIN shows as dots and nothing else.**

use egui::{Key, Rect, Ui};
use zeroize::{Zeroize, Zeroizing};

use crate::domain::{ApprovalFault, Operator, OperatorId, Pin, Timestamp};
use crate::ui::desk::Desk;
use crate::ui::messages;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Column, Kind, Press, REFUSED_LINE, choose_by_arrows, people, pin_dots, pin_pad, press, quiet, refused_line,
    write_in,
};

/// Who is chosen: by hand, or as the only one there is.
pub(super) fn chosen(desk: &Desk<'_>, those: &[Operator]) -> Option<OperatorId> {
    let picked = desk.local.person.clone().filter(|id| those.iter().any(|person| person.id == *id));
    picked.or_else(|| if let [only] = those { Some(only.id.clone()) } else { None })
}

/// The list of names, by touch, by mouse and by the arrow keys.
pub(super) fn names(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, those: &[Operator], chosen: Option<&OperatorId>) {
    let pressed = people(ui, desk, rect, those, chosen);
    if let Some(id) = pressed.or_else(|| choose_by_arrows(desk, those, chosen)) {
        if chosen != Some(&id) {
            desk.local.pin.zeroize();
        }
        desk.local.person = Some(id);
    }
}

/// What is known of the PIN given last.
pub(super) struct Given<'a> {
    pub(super) checking: bool,
    pub(super) refused: Option<&'a ApprovalFault>,
    pub(super) at: Option<Timestamp>,
}

impl Given<'_> {
    /// Seconds that are left of the wait after a refused PIN.
    fn seconds(&self, desk: &Desk<'_>) -> u32 {
        match (self.refused, self.at) {
            (Some(ApprovalFault::WrongPin { wait_seconds } | ApprovalFault::LockedOut { wait_seconds }), Some(at)) => {
                desk.seconds_until(at.plus_ms(i64::from(*wait_seconds) * 1000))
            }
            (Some(_) | None, _) => 0,
        }
    }
}

/// The PIN's side of the page: what it is asked for, the pad, and the button that gives it on.
pub(super) struct Asked<'a> {
    pub(super) given: Given<'a>,
    /// Whether digits may be typed.
    pub(super) open: bool,
    /// What stands above the dots.
    pub(super) label: &'a str,
    /// The button: what tells it from others, and its words.
    pub(super) button: (&'a str, &'a str),
}

/// Draws it, and gives back the PIN when it is given on.
pub(super) fn pin(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, asked: &Asked<'_>) -> Option<Pin> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let wait = asked.given.seconds(desk);
    let open = asked.open && !asked.given.checking && wait == 0;
    let button_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let label = if asked.given.checking { "locked-checking" } else { asked.label };
    write_in(ui, column.take(size.body * 1.5), &quiet(desk.theme).middle(), &desk.say(label));
    let line = column.take(REFUSED_LINE);
    match asked.given.refused.filter(|_| desk.local.pin.is_empty()) {
        Some(fault) => {
            let message = messages::sign_in(fault, wait).say(desk.words);
            refused_line(ui, desk.theme, line, &message.what_happened, &message.what_to_do);
        }
        None => pin_dots(ui, desk, line),
    }
    column.gap(space::ONE);
    pin_pad(ui, desk, column.rest(), open);
    let (salt, words) = asked.button;
    given_on(ui, desk, button_at, (salt, words), open)
}

/// The button below a PIN. What was typed is wiped with it.
fn given_on(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, (salt, words): (&str, &str), open: bool) -> Option<Pin> {
    let pin = Pin::parse(&desk.local.pin).ok();
    let button = Press::new(salt, Kind::Primary, desk.say(words))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(open && pin.is_some());
    let pressed = press(ui, desk, rect, &button);
    let pin = pin.filter(|_| pressed);
    if pin.is_some() {
        desk.local.pin.zeroize();
    }
    pin
}

/// A new PIN that is typed twice, so that nobody has one that they do not know.
pub(super) struct NewPin<'a> {
    pub(super) waiting: bool,
    /// Why the last one was not taken.
    pub(super) refused: Option<(String, String)>,
    /// What stands above the dots the first time.
    pub(super) label: &'a str,
    /// The words of the last button.
    pub(super) done: &'a str,
}

/// Draws it, and gives back the PIN once it was typed twice alike.
pub(super) fn new_pin(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, asked: &NewPin<'_>) -> Option<Pin> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let button_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let again = desk.local.person_draft.first.is_some();
    let label = match (asked.waiting, again) {
        (true, _) => "locked-checking",
        (false, true) => "new-pin-again",
        (false, false) => asked.label,
    };
    write_in(ui, column.take(size.body * 1.5), &quiet(desk.theme).middle(), &desk.say(label));
    let line = column.take(REFUSED_LINE);
    let nothing_typed = desk.local.pin.is_empty();
    if nothing_typed && desk.local.person_draft.differ {
        refused_line(ui, desk.theme, line, &desk.say("new-pin-differ"), "");
    } else if let (true, false, Some((what, todo))) = (nothing_typed, again, &asked.refused) {
        refused_line(ui, desk.theme, line, what, todo);
    } else {
        pin_dots(ui, desk, line);
    }
    column.gap(space::ONE);
    let mut pad = column.rest();
    pad.max.y = pad.max.y.min(pad.min.y + 4.0 * size.button + 3.0 * space::GRID);
    pin_pad(ui, desk, pad, !asked.waiting);
    let button = if again { ("new-pin-done", asked.done) } else { ("new-pin-next", "new-pin-next") };
    let pin = given_on(ui, desk, button_at, button, !asked.waiting)?;
    let draft = &mut desk.local.person_draft;
    match draft.first.take() {
        None => {
            draft.first = Some(Zeroizing::new(pin.expose().to_owned()));
            draft.differ = false;
            None
        }
        Some(first) if *first == pin.expose() => {
            draft.differ = false;
            Some(pin)
        }
        Some(_) => {
            draft.differ = true;
            None
        }
    }
}
