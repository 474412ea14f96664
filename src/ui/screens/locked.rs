//! Locked: who is at the till, and their PIN.

use egui::{Key, Rect, Ui};
use zeroize::Zeroize;

use super::{display, halves};
use crate::domain::{ApprovalFault, Operator, OperatorId, Pin};
use crate::flow::{Locked, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::{own_name, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Icon, Kind, Notice, Press, REFUSED_LINE, Style, Tone, choose_by_arrows, people, pin_dots, pin_pad, press,
    quiet, refused_line, write, write_in,
};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, locked: &Locked) {
    if desk.local.display {
        return display::show(ui, desk, area);
    }
    let (known, todo) = halves(desk, area, 0.54);
    let those = desk.view.operators.clone();
    let chosen = chosen(desk, &those);
    left(ui, desk, known, &those, chosen.as_ref());
    right(ui, desk, todo, locked, chosen);
}

fn chosen(desk: &Desk<'_>, those: &[Operator]) -> Option<OperatorId> {
    let picked = desk.local.person.clone().filter(|id| those.iter().any(|person| person.id == *id));
    picked.or_else(|| if let [only] = those { Some(only.id.clone()) } else { None })
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, those: &[Operator], chosen: Option<&OperatorId>) {
    let color = desk.theme.color.clone();
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    language_button(ui, desk, column.take_bottom(size.grid_button));
    column.gap_bottom(size.gap);
    let place = [("store", text(desk.view.store.as_str())), ("till", text(desk.view.till.as_str()))];
    let heading = Style::new(theme::display(size.heading), color.ink).heading();
    write(ui, &mut column, &heading, &desk.words.with("place", &place));
    let clock = Style::new(theme::display(size.amount), color.ink);
    write(ui, &mut column, &clock, &desk.time.clock(desk.now));
    write(ui, &mut column, &quiet(desk.theme), &desk.time.day(desk.words, desk.now));
    column.gap(size.margin);
    if those.is_empty() {
        let message = desk.words.say("locked-nobody");
        let rest = format!("{} {}", desk.say("locked-nobody.money"), desk.say("locked-nobody.do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &message, &rest, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        return;
    }
    write(ui, &mut column, &quiet(desk.theme), &desk.say("locked-who"));
    column.gap(space::ONE);
    let pressed = people(ui, desk, column.rest(), those, chosen);
    if let Some(id) = pressed.or_else(|| choose_by_arrows(desk, those, chosen)) {
        if chosen != Some(&id) {
            desk.local.pin.zeroize();
        }
        desk.local.person = Some(id);
    }
}

/// The way to language and colours. A globe and the language's own name say it to whoever cannot read the rest.
fn language_button(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let own = own_name(desk.words.language());
    let name = format!("{}: {own}", desk.say("display-button"));
    let button = Press::new("display", Kind::Quiet, own).icon(Icon::Globe).named(name).text_size(desk.theme.size.body);
    if press(ui, desk, rect, &button) {
        desk.local.pin.zeroize();
        desk.local.display = true;
    }
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, locked: &Locked, chosen: Option<OperatorId>) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let wait = desk.local.refused.as_ref().map_or(0, |(fault, at)| seconds_left(desk, fault, *at));
    let open = locked.checking.is_none() && wait == 0 && chosen.is_some();
    let unlock = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let label = match (locked.checking, &chosen) {
        (Some(_), _) => "locked-checking",
        (None, Some(_)) => "locked-pin",
        (None, None) => "locked-choose",
    };
    let line = column.take(size.body * 1.5);
    write_in(ui, line, &quiet(desk.theme).middle(), &desk.say(label));
    let line = column.take(REFUSED_LINE);
    match locked.refused.as_ref().filter(|_| desk.local.pin.is_empty()) {
        Some(fault) => {
            let message = messages::sign_in(fault, wait).say(desk.words);
            refused_line(ui, desk.theme, line, &message.what_happened, &message.what_to_do);
        }
        None => pin_dots(ui, desk, line),
    }
    column.gap(space::ONE);
    pin_pad(ui, desk, column.rest(), open);
    let pin = Pin::parse(&desk.local.pin).ok();
    let button = Press::new("unlock", Kind::Primary, desk.say("locked-unlock"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(open && pin.is_some());
    if press(ui, desk, unlock, &button)
        && let (Some(operator), Some(pin)) = (chosen, pin)
    {
        desk.local.pin.zeroize();
        desk.tell(What::SignInAsked { operator, pin });
    }
}

/// Seconds that are left of the wait after a refused PIN.
fn seconds_left(desk: &Desk<'_>, fault: &ApprovalFault, at: crate::domain::Timestamp) -> u32 {
    match fault {
        ApprovalFault::WrongPin { wait_seconds } | ApprovalFault::LockedOut { wait_seconds } => {
            desk.seconds_until(at.plus_ms(i64::from(*wait_seconds) * 1000))
        }
        ApprovalFault::UnknownBadge | ApprovalFault::Refused(_) | ApprovalFault::House(_) => 0,
    }
}
