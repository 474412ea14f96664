//! The way in to Settings: which manager, and their PIN. It lets them in here and signs nobody in.

use egui::{Key, Rect, Ui};
use zeroize::Zeroize;

use super::super::halves;
use crate::domain::{Act, ApprovalFault, Asking, Operator, OperatorId, Pin, Timestamp, may};
use crate::flow::What;
use crate::ui::desk::Desk;
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Kind, Notice, Press, REFUSED_LINE, Style, Tone, choose_by_arrows, people, pin_dots, pin_pad, press, quiet,
    refused_line, write, write_in,
};

/// What is known of the PIN given last.
pub(super) struct Waiting<'a> {
    pub(super) checking: bool,
    pub(super) refused: Option<&'a ApprovalFault>,
    pub(super) at: Option<Timestamp>,
}

impl Waiting<'_> {
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

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, waiting: &Waiting<'_>) {
    let (known, todo) = halves(desk, area, 0.54);
    let mut those = desk.view.operators.clone();
    those.retain(|person| may(Act::ChangeSettings, Asking::of(person.role)).is_allowed());
    let picked = desk.local.person.clone().filter(|id| those.iter().any(|person| person.id == *id));
    let chosen = picked.or_else(|| if let [only] = those.as_slice() { Some(only.id.clone()) } else { None });
    left(ui, desk, known, &those, chosen.as_ref());
    right(ui, desk, todo, waiting, chosen);
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, those: &[Operator], chosen: Option<&OperatorId>) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let back = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("settings-door"));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("settings-door-why"));
    column.gap(size.margin);
    if those.is_empty() {
        let (strong, plain) = (desk.say("settings-nobody"), super::part(desk, "settings-nobody", "do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &strong, &plain, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    } else {
        let pressed = people(ui, desk, column.rest(), those, chosen);
        if let Some(id) = pressed.or_else(|| choose_by_arrows(desk, those, chosen)) {
            if chosen != Some(&id) {
                desk.local.pin.zeroize();
            }
            desk.local.person = Some(id);
        }
    }
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back, &cancel) {
        desk.tell(What::CancelPressed);
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, waiting: &Waiting<'_>, chosen: Option<OperatorId>) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let wait = waiting.seconds(desk);
    let open = !waiting.checking && wait == 0 && chosen.is_some();
    let enter = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let label = match (waiting.checking, &chosen) {
        (true, _) => "locked-checking",
        (false, Some(_)) => "locked-pin",
        (false, None) => "locked-choose",
    };
    write_in(ui, column.take(size.body * 1.5), &quiet(desk.theme).middle(), &desk.say(label));
    let line = column.take(REFUSED_LINE);
    match waiting.refused.filter(|_| desk.local.pin.is_empty()) {
        Some(fault) => {
            let message = messages::sign_in(fault, wait).say(desk.words);
            refused_line(ui, desk.theme, line, &message.what_happened, &message.what_to_do);
        }
        None => pin_dots(ui, desk, line),
    }
    column.gap(space::ONE);
    pin_pad(ui, desk, column.rest(), open);
    let pin = Pin::parse(&desk.local.pin).ok();
    let button = Press::new("open", Kind::Primary, desk.say("settings-open"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(open && pin.is_some());
    if press(ui, desk, enter, &button)
        && let (Some(operator), Some(pin)) = (chosen, pin)
    {
        desk.local.pin.zeroize();
        desk.tell(What::ManagerPinGiven { operator, pin });
    }
}
