//! Approval: the amount, very large; who asks, and why; a manager's PIN; the one green button.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::manager::{Confirmed, Confirming, confirm, wait_after};
use super::{approval_rules, halves};
use crate::domain::{Act, Asking, Operator, OperatorId, Weighed, may};
use crate::flow::{Approving, OnPeople, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::text;
use crate::ui::messages;
use crate::ui::theme::space;
use crate::ui::widgets::{
    Amount, Column, Kind, Press, Row, amount, card, level, press, quiet, row, rows_height, write,
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
    let title = match approving {
        approving if approving.first.is_some() => "approval-second-manager",
        approving if approving.cashier_alone => "approval-title-alone",
        _ => "approval-title",
    };
    write(ui, &mut column, &quiet(desk.theme).heading(), &desk.say(title));
    let how = Amount { size: size.amount_large, color: desk.theme.color.ink, height: size.amount_large * 1.2 };
    amount(ui, &mut column, how, desk.words, approving.intention.amount);
    column.gap(space::ONE);
    // What stands out is never pushed away by a long name or reason: those give way, and scroll.
    let room = vec2(column.width(), column.height() - size.gap - FEWEST_FACTS * size.body);
    let twice = approval_rules::look_twice(ui, desk, room, approving);
    let below = twice.as_ref().map_or(0.0, |notice| notice.height() + size.gap);
    let most = column.height() - below;
    facts(ui, desk, &mut column, most, approving);
    column.gap(size.gap);
    if let Some(notice) = twice {
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel"))
        .key(Key::Escape, desk.say("key-escape"))
        .enabled(approving.checking.is_none());
    // While the list of people is open, Esc closes that first.
    if press(ui, desk, bottom, &cancel) {
        if desk.local.picking { desk.local.picking = false } else { desk.tell(What::CancelPressed) }
    }
}

/// So many lines of running text are always left to the facts: two of them within their card.
const FEWEST_FACTS: f32 = 5.0;

fn facts(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, most: f32, approving: &Approving) {
    let size = desk.theme.size;
    let intention = &approving.intention;
    let pad = if size.gap < space::TWO { space::GRID } else { size.margin };
    let wallet = approving.review.view.sale.wallet.as_deref().map(format::wallet);
    let to = match wallet {
        Some(wallet) => desk.words.with("approval-to-wallet", &[("wallet", text(wallet))]),
        None => desk.say("approval-to-unknown"),
    };
    let why = [("who", text(desk.name_of(&intention.requester))), ("reason", text(intention.reason.as_str()))];
    let asked = desk.words.with("approval-asked-why", &why);
    let left = intention.left_seen.minus(intention.amount).map(|money| desk.words.amount(money)).unwrap_or_default();
    let number = format::sale_key(&intention.sale_key);
    let labels = ["approval-to", "approval-sale", "approval-asked-by", "approval-left-after"].map(|key| desk.say(key));
    let [to_label, sale_label, asked_label, left_label] = &labels;
    let mut rows = vec![
        Row::new(to_label, &to).left(),
        Row::mono(sale_label, &number).left(),
        Row::new(asked_label, &asked).left(),
        Row::new(left_label, &left).left(),
    ];
    let (note_label, first_label) = (desk.say("approval-note-short"), desk.say("approval-first"));
    let wants_note = approving.weighed.as_ref().is_some_and(Weighed::needs_note);
    if wants_note && !approving.wants_note() {
        rows.push(Row::new(&note_label, approving.note.trim()).left());
    }
    let first = approving.first.as_ref().map(|first| desk.name_of(&first.approver)).unwrap_or_default();
    if approving.first.is_some() {
        rows.push(Row::new(&first_label, &first).left());
    }
    // The ground is drawn before what stands on it, so its height is measured first.
    let width = column.width() - 2.0 * pad;
    level(ui, desk.theme, width, &mut rows);
    let height = rows_height(ui, desk.theme, width, &rows);
    let outside = column.take((height + 2.0 * pad).min(most));
    card(ui, desk.theme, outside);
    let inside = outside.shrink(pad);
    if height <= inside.height() + 0.5 {
        let mut inside = Column::new(inside);
        rows.iter().for_each(|shown| row(ui, desk.theme, &mut inside, shown));
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(inside).id_salt("approval-facts"), |ui| {
        ScrollArea::vertical().id_salt("approval-facts-list").auto_shrink(false).show(ui, |ui| {
            let (_, all) = ui.allocate_space(vec2(ui.available_width(), height));
            let mut all = Column::new(all);
            rows.iter().for_each(|shown| row(ui, desk.theme, &mut all, shown));
        });
    });
}

/// Who may say yes to this.
fn approvers(desk: &Desk<'_>, approving: &Approving) -> Vec<Operator> {
    let intention = &approving.intention;
    let policy = &desk.view.policy;
    let first = approving.first.as_ref().map(|first| &first.approver);
    let rules = approving.weighed.iter().flat_map(|weighed| &weighed.broken).map(|rule| rule.lift().act());
    let acts: Vec<Act> = match first {
        Some(_) => vec![Act::AgreeSecond],
        None => std::iter::once(Act::Approve).chain(rules).collect(),
    };
    let allowed = |person: &&Operator| {
        let who = (&person.id, person.role);
        let asking = policy.asking(&intention.requester, who, intention.amount);
        let asking = Asking { gave_first: first == Some(&person.id), ..asking };
        acts.iter().all(|act| may(*act, asking).is_allowed())
    };
    let mut those: Vec<Operator> = desk.view.operators.iter().filter(allowed).cloned().collect();
    // Below the store's threshold the one who asks confirms, so they come first.
    those.sort_by_key(|person| person.id != intention.requester);
    those
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, approving: &Approving) {
    if approving.wants_note() && approving.first.is_none() {
        return approval_rules::note(ui, desk, rect);
    }
    let those = approvers(desk, approving);
    let wait = approving.refused.as_ref().map_or(0, |fault| wait_after(desk, fault, approving.refused_at));
    let refused = approving.refused.as_ref().map(|fault| (messages::approval(fault, wait).say(desk.words), wait));
    let money = [("amount", text(desk.words.amount_short(approving.intention.amount)))];
    let (kind, label) = if approving.needs_two() && approving.first.is_none() {
        (Kind::Primary, desk.say("approval-agree"))
    } else {
        (Kind::PayBack, desk.words.with("approval-pay", &money))
    };
    let asked = Confirming {
        presumed: default_approver(approving, &those),
        those,
        waiting: approving.checking.is_some() || approving.weighing.is_some(),
        refused,
        button: (kind, &label),
    };
    match confirm(ui, desk, rect, &asked) {
        Some(Confirmed::Pin(approver, pin)) => desk.tell(What::PinGiven { approver, pin }),
        Some(Confirmed::Badge) => desk.tell(What::OnPeople(OnPeople::BadgeConfirmed)),
        None => {}
    }
}

/// The only one who may; or the cashier, below the threshold. With several managers nobody is presumed.
fn default_approver(approving: &Approving, those: &[Operator]) -> Option<OperatorId> {
    match those {
        [only] => Some(only.id.clone()),
        [first, ..] if approving.cashier_alone && first.id == approving.intention.requester => Some(first.id.clone()),
        _ => None,
    }
}
