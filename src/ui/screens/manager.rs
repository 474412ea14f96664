//! Who confirms, their PIN, and the one button: the right side of Approval, and of every order about a refund.
//!
//! **Nobody is presumed where several may confirm**, and digits typed for one person are wiped when another is chosen.

use egui::{Key, Rect, Ui, vec2};
use zeroize::Zeroize;

use crate::domain::{ApprovalFault, Operator, OperatorId, Pin, Role, Timestamp};
use crate::ui::desk::Desk;
use crate::ui::i18n::{sentences, text};
use crate::ui::messages::UserMessage;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Icon, Kind, Notice, Press, REFUSED_LINE, Style, Tone, card, choose_by_arrows, people, pin_dots, pin_pad,
    press, quiet, refused_line, write_in, write_line,
};

/// What is confirmed, and by whom it may be.
pub struct Confirming<'a> {
    /// Who may, those first who are asked first.
    pub those: Vec<Operator>,
    /// Who is presumed, if somebody is.
    pub presumed: Option<OperatorId>,
    /// The answer is awaited.
    pub waiting: bool,
    /// Why the last PIN was not accepted, and the seconds until the next is.
    pub refused: Option<(UserMessage, u32)>,
    /// The button.
    pub button: (Kind, &'a str),
}

/// Seconds that are left of the wait after a wrong PIN.
pub fn wait_after(desk: &Desk<'_>, fault: &ApprovalFault, at: Option<Timestamp>) -> u32 {
    match (fault, at) {
        (ApprovalFault::WrongPin { wait_seconds } | ApprovalFault::LockedOut { wait_seconds }, Some(at)) => {
            desk.seconds_until(at.plus_ms(i64::from(*wait_seconds) * 1000))
        }
        _ => 0,
    }
}

/// Who confirmed, and by what.
pub enum Confirmed {
    /// By their PIN.
    Pin(OperatorId, Pin),
    /// By the badge that was scanned.
    Badge,
}

/// Draws it, and gives back who confirmed.
pub fn confirm(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, asked: &Confirming<'_>) -> Option<Confirmed> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let button_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    if asked.those.is_empty() {
        let rest = sentences(&[&desk.say("approval-nobody.money"), &desk.say("approval-nobody.do")]);
        let strong = desk.say("approval-nobody");
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Bad, &strong, &rest, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        return None;
    }
    let badge = desk.view.badge_in_hand.clone();
    if let Some(owner) = &badge
        && desk.local.person.as_ref() != Some(owner)
    {
        choose(desk, None, owner.clone());
    }
    let picked = desk.local.person.clone().filter(|id| asked.those.iter().any(|person| person.id == *id));
    let chosen = picked.or_else(|| asked.presumed.clone().filter(|_| badge.is_none()));
    if let Some(owner) = badge {
        picker(ui, desk, column.take(size.button), asked, chosen.as_ref());
        column.gap(size.gap);
        return badge_side(ui, desk, &mut column, button_at, asked, (&owner, chosen.as_ref()));
    }
    picker(ui, desk, column.take(size.button), asked, chosen.as_ref());
    column.gap(size.gap);
    if desk.local.picking {
        let pressed = people(ui, desk, column.rest(), &asked.those, chosen.as_ref());
        if let Some(id) = pressed {
            choose(desk, chosen.as_ref(), id);
        }
    } else {
        pin_side(ui, desk, &mut column, asked, chosen.is_some());
    }
    if let Some(id) = choose_by_arrows(desk, &asked.those, chosen.as_ref()) {
        choose(desk, chosen.as_ref(), id);
    }
    confirm_button(ui, desk, button_at, asked, chosen).map(|(who, pin)| Confirmed::Pin(who, pin))
}

/// A badge was scanned: whose it is stands there, and the button waits for a hand. **The scan presses nothing.**
fn badge_side(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    column: &mut Column,
    button_at: Rect,
    asked: &Confirming<'_>,
    (owner, chosen): (&OperatorId, Option<&OperatorId>),
) -> Option<Confirmed> {
    let may = chosen == Some(owner);
    let (tone, key) = if may { (Tone::Good, "badge-in-hand") } else { (Tone::Bad, "badge-not-theirs") };
    let name = [("name", text(desk.name_of(owner)))];
    let (strong, plain) = (desk.words.with(key, &name), desk.say(&format!("{key}.do")));
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    let (kind, label) = asked.button;
    let button = Press::new("pay", kind, label).key(Key::Enter, desk.say("key-enter"));
    let open = may && !asked.waiting && wait_of(asked) == 0;
    press(ui, desk, button_at, &button.enabled(open)).then_some(Confirmed::Badge)
}

/// Another person: the digits typed so far were not theirs.
fn choose(desk: &mut Desk<'_>, before: Option<&OperatorId>, id: OperatorId) {
    if before != Some(&id) {
        desk.local.pin.zeroize();
    }
    desk.local.person = Some(id);
    desk.local.picking = false;
}

/// Who confirms; a press opens the list where there is more than one.
fn picker(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, asked: &Confirming<'_>, chosen: Option<&OperatorId>) {
    let size = desk.theme.size;
    let person = asked.those.iter().find(|person| Some(&person.id) == chosen);
    let label = match person.map(|person| person.role) {
        Some(Role::Manager) => "approval-manager",
        Some(Role::Cashier) | None => "approval-who",
    };
    let name = person.map_or_else(|| desk.say("approval-choose"), |person| person.name.as_str().to_owned());
    if let [_] = asked.those.as_slice() {
        card(ui, desk.theme, rect);
        let mut inside = Column::new(rect.shrink2(vec2(size.margin, space::ONE)));
        let line = inside.take(inside.height() * 0.46);
        let small = Style::new(theme::plain(size.small), desk.theme.color.quiet);
        write_in(ui, line, &small, &desk.say(label));
        write_line(ui, inside.rest(), &Style::new(theme::strong(size.large), desk.theme.color.ink), &name);
        return;
    }
    let button = Press::new("who", if person.is_none() { Kind::Second } else { Kind::Quiet }, name.clone())
        .icon(Icon::Down)
        .named(format!("{}: {name}", desk.say(label)))
        .enabled(!asked.waiting);
    if press(ui, desk, rect, &button) {
        desk.local.picking = !desk.local.picking;
    }
}

fn pin_side(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, asked: &Confirming<'_>, somebody: bool) {
    let size = desk.theme.size;
    let line = column.take(REFUSED_LINE);
    let refused = asked.refused.as_ref().filter(|_| desk.local.pin.is_empty());
    if asked.waiting {
        write_in(ui, line, &quiet(desk.theme).middle(), &desk.say("approval-checking"));
    } else if let Some((message, _)) = refused {
        refused_line(ui, desk.theme, line, &message.what_happened, &message.what_to_do);
    } else {
        pin_dots(ui, desk, line);
    }
    column.gap(space::ONE);
    let mut pad = column.rest();
    pad.max.y = pad.max.y.min(pad.min.y + 4.0 * size.button + 3.0 * space::GRID);
    pin_pad(ui, desk, pad, !asked.waiting && wait_of(asked) == 0 && somebody);
}

fn wait_of(asked: &Confirming<'_>) -> u32 {
    asked.refused.as_ref().map_or(0, |(_, seconds)| *seconds)
}

fn confirm_button(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    rect: Rect,
    asked: &Confirming<'_>,
    chosen: Option<OperatorId>,
) -> Option<(OperatorId, Pin)> {
    let pin = Pin::parse(&desk.local.pin).ok();
    let open = !asked.waiting && wait_of(asked) == 0 && !desk.local.picking;
    let (kind, label) = asked.button;
    let button = Press::new("pay", kind, label)
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(open && pin.is_some() && chosen.is_some());
    let confirmed = press(ui, desk, rect, &button).then_some(()).and(chosen.zip(pin));
    if confirmed.is_some() {
        desk.local.pin.zeroize();
    }
    confirmed
}
