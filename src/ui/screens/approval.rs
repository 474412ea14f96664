//! Approval: the amount, very large; who asks, and why; a manager's PIN; the one green button.

use egui::{Key, Rect, Ui, pos2, vec2};
use zeroize::Zeroize;

use super::halves;
use crate::domain::{ApprovalFault, Operator, OperatorId, Pin, RefundState, Role, ScanSource};
use crate::flow::{Approving, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{count, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Icon, Kind, Notice, Press, REFUSED_LINE, Row, Style, Tone, amount, card, choose_by_arrows, people,
    pin_dots, pin_pad, press, quiet, refused_line, row, write, write_in, write_line,
};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, approving: &Approving) {
    let (known, todo) = halves(desk, area, 0.545);
    left(ui, desk, known, approving);
    right(ui, desk, todo, approving);
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, approving: &Approving) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let title = if approving.cashier_alone { "approval-title-alone" } else { "approval-title" };
    write(ui, &mut column, &quiet(desk.theme).heading(), &desk.say(title));
    let how = Amount { size: size.amount_large, color: desk.theme.color.ink, height: size.amount_large * 1.2 };
    amount(ui, &mut column, how, approving.intention.amount);
    column.gap(space::ONE);
    facts(ui, desk, &mut column, approving);
    column.gap(size.gap);
    look_twice(ui, desk, &mut column, approving);
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel"))
        .key(Key::Escape, desk.say("key-escape"))
        .enabled(approving.checking.is_none());
    // While the list of people is open, Esc closes that first.
    if press(ui, desk, bottom, &cancel) {
        if desk.local.picking { desk.local.picking = false } else { desk.tell(What::CancelPressed) }
    }
}

fn facts(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, approving: &Approving) {
    let size = desk.theme.size;
    let intention = &approving.intention;
    let pad = if size.gap < space::TWO { 12.0 } else { size.margin };
    let wallet = approving.review.view.sale.wallet.as_deref().map(format::wallet);
    let to = match wallet {
        Some(wallet) => desk.words.with("approval-to-wallet", &[("wallet", text(wallet))]),
        None => desk.say("approval-to-unknown"),
    };
    let why = [("who", text(desk.name_of(&intention.requester))), ("reason", text(intention.reason.as_str()))];
    let asked = desk.words.with("approval-asked-why", &why);
    let left = intention.left_seen.minus(intention.amount).map(format::amount).unwrap_or_default();
    let number = format::sale_key(&intention.sale_key);
    let labels = ["approval-to", "approval-sale", "approval-asked-by", "approval-left-after"].map(|key| desk.say(key));
    let [to_label, sale_label, asked_label, left_label] = &labels;
    let rows = [
        Row::new(to_label, &to).left(),
        Row::mono(sale_label, &number).left(),
        Row::new(asked_label, &asked).left(),
        Row::new(left_label, &left).left(),
    ];
    // The ground is drawn before what stands on it, so its height is measured first.
    let mut trial = Column::new(Rect::from_min_size(
        pos2(column.rest().min.x + pad, -4096.0),
        vec2(column.width() - 2.0 * pad, 2048.0),
    ));
    let before = trial.height();
    for shown in &rows {
        let font = if shown.mono { theme::mono(size.body - 1.0) } else { theme::plain(size.body) };
        let room = trial.width() - 112.0;
        let height = crate::ui::widgets::measure(ui, shown.value, font, desk.theme.color.ink, room).size().y;
        trial.take(height.max(size.body * 1.2) + size.gap / 2.0);
    }
    let outside = column.take(before - trial.height() + 2.0 * pad);
    card(ui, desk.theme, outside);
    let mut inside = Column::new(outside.shrink(pad));
    for shown in &rows {
        row(ui, desk.theme, &mut inside, shown);
    }
}

/// What a manager should look at before saying yes: earlier refunds of this sale, a typed number.
fn look_twice(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, approving: &Approving) {
    let view = &approving.review.view;
    let made = view.refunds.iter().filter(|refund| refund.state == RefundState::Refunded).count() + view.foreign.len();
    let mut words = vec![];
    if made > 0 {
        words.push(desk.words.with("approval-second", &[("count", count(made))]));
    }
    if approving.review.source == ScanSource::Typed {
        words.push(desk.say("approval-typed"));
    }
    if words.is_empty() {
        return;
    }
    let strong = desk.say("approval-look-twice");
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &strong, &words.join(" "), None);
    if notice.height() <= column.height() {
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
}

/// Who may say yes to this.
fn approvers(desk: &Desk<'_>, approving: &Approving) -> Vec<Operator> {
    let intention = &approving.intention;
    let policy = &desk.view.policy;
    let may = |person: &&Operator| {
        policy.check_approver(&intention.requester, &person.id, person.role, intention.amount).is_ok()
    };
    let mut those: Vec<Operator> = desk.view.operators.iter().filter(may).cloned().collect();
    // Below the store's threshold the one who asks confirms, so they come first.
    those.sort_by_key(|person| person.id != intention.requester);
    those
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, approving: &Approving) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let pay_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let those = approvers(desk, approving);
    if those.is_empty() {
        let rest = format!("{} {}", desk.say("approval-nobody.money"), desk.say("approval-nobody.do"));
        let strong = desk.say("approval-nobody");
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Bad, &strong, &rest, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        return;
    }
    let picked = desk.local.person.clone().filter(|id| those.iter().any(|person| person.id == *id));
    let chosen = picked.or_else(|| default_approver(approving, &those));
    picker(ui, desk, column.take(size.button), approving, &those, chosen.as_ref());
    column.gap(size.gap);
    if desk.local.picking {
        let pressed = people(ui, desk, column.rest(), &those, chosen.as_ref());
        if let Some(id) = pressed {
            choose(desk, chosen.as_ref(), id);
        }
    } else {
        pin_side(ui, desk, &mut column, approving, chosen.is_some());
    }
    if let Some(id) = choose_by_arrows(desk, &those, chosen.as_ref()) {
        choose(desk, chosen.as_ref(), id);
    }
    pay(ui, desk, pay_at, approving, chosen);
}

/// The only one who may; or the cashier, below the threshold. With several managers nobody is presumed.
fn default_approver(approving: &Approving, those: &[Operator]) -> Option<OperatorId> {
    match those {
        [only] => Some(only.id.clone()),
        [first, ..] if approving.cashier_alone && first.id == approving.intention.requester => Some(first.id.clone()),
        _ => None,
    }
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
fn picker(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    rect: Rect,
    approving: &Approving,
    those: &[Operator],
    chosen: Option<&OperatorId>,
) {
    let size = desk.theme.size;
    let person = those.iter().find(|person| Some(&person.id) == chosen);
    let label = match person.map(|person| person.role) {
        Some(Role::Manager) => "approval-manager",
        Some(Role::Cashier) | None => "approval-who",
    };
    let name = person.map_or_else(|| desk.say("approval-choose"), |person| person.name.as_str().to_owned());
    if let [_] = those {
        card(ui, desk.theme, rect);
        let mut inside = Column::new(rect.shrink2(vec2(size.margin, 8.0)));
        let line = inside.take(inside.height() * 0.46);
        let small = Style::new(theme::plain(size.small), desk.theme.color.quiet);
        write_in(ui, line, &small, &desk.say(label));
        write_line(ui, inside.rest(), &Style::new(theme::strong(size.large), desk.theme.color.ink), &name);
        return;
    }
    let button = Press::new("who", if person.is_none() { Kind::Second } else { Kind::Quiet }, name.clone())
        .icon(Icon::Down)
        .named(format!("{}: {name}", desk.say(label)))
        .enabled(approving.checking.is_none());
    if press(ui, desk, rect, &button) {
        desk.local.picking = !desk.local.picking;
    }
}

fn pin_side(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, approving: &Approving, somebody: bool) {
    let size = desk.theme.size;
    let wait = waiting(desk, approving);
    let line = column.take(REFUSED_LINE);
    let refused = approving.refused.as_ref().filter(|_| desk.local.pin.is_empty());
    if approving.checking.is_some() {
        write_in(ui, line, &quiet(desk.theme).middle(), &desk.say("approval-checking"));
    } else if let Some(fault) = refused {
        let message = messages::approval(fault, wait).say(desk.words);
        refused_line(ui, desk.theme, line, &message.what_happened, &message.what_to_do);
    } else {
        pin_dots(ui, desk, line);
    }
    column.gap(space::ONE);
    let mut pad = column.rest();
    pad.max.y = pad.max.y.min(pad.min.y + 4.0 * size.button + 36.0);
    pin_pad(ui, desk, pad, approving.checking.is_none() && wait == 0 && somebody);
}

/// Seconds that are left of the wait after a wrong PIN.
fn waiting(desk: &Desk<'_>, approving: &Approving) -> u32 {
    match (&approving.refused, approving.refused_at) {
        (Some(ApprovalFault::WrongPin { wait_seconds } | ApprovalFault::LockedOut { wait_seconds }), Some(at)) => {
            desk.seconds_until(at.plus_ms(i64::from(*wait_seconds) * 1000))
        }
        (Some(_) | None, _) => 0,
    }
}

fn pay(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, approving: &Approving, chosen: Option<OperatorId>) {
    let pin = Pin::parse(&desk.local.pin).ok();
    let open = approving.checking.is_none() && waiting(desk, approving) == 0 && !desk.local.picking;
    let money = [("amount", text(format::amount_short(approving.intention.amount)))];
    let button = Press::new("pay", Kind::PayBack, desk.words.with("approval-pay", &money))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(open && pin.is_some() && chosen.is_some());
    if press(ui, desk, rect, &button)
        && let (Some(approver), Some(pin)) = (chosen, pin)
    {
        desk.local.pin.zeroize();
        desk.tell(What::PinGiven { approver, pin });
    }
}
