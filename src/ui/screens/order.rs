//! What a manager orders about one refund: first why, and on what; then their PIN.
//!
//! **What the order does stands beside it**, and the amount is the largest thing, as everywhere.

use egui::{Key, Rect, Ui, pos2};

use super::halves;
use super::manager::{Confirmed, Confirming, confirm, wait_after};
use crate::domain::{Act, EvidenceNumber, HandDecision, Operator, OrderFault, Reason, Refund, RefundAction, Verdict};
use crate::flow::{OnPeople, OnRefunds, OpenRefund, OrderKind, Ordering, RefundOrder, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::text;
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Field, Kind, Notice, Press, Style, Tone, amount, field, number_pad, press, quiet, side_by_side,
    write,
};

/// A reason's most characters (`domain::Reason`), and a number's.
const MAX_REASON: usize = 120;
const MAX_EVIDENCE: usize = 100;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, open: &OpenRefund, ordering: &Ordering) {
    let (known, todo) = halves(desk, area, 0.5);
    left(ui, desk, known, open, ordering);
    match &ordering.order {
        None => why(ui, desk, todo, &open.detail.refund, ordering.kind),
        Some(order) => sign(ui, desk, todo, &open.detail.refund, ordering, order),
    }
}

const fn title(kind: OrderKind) -> &'static str {
    match kind {
        OrderKind::SendAgain => "order-send-again",
        OrderKind::Release => "order-release",
        OrderKind::Decide => "order-decide",
    }
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, open: &OpenRefund, ordering: &Ordering) {
    let size = desk.theme.size;
    let refund = &open.detail.refund;
    let mut column = Column::new(rect);
    let cancel_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &quiet(desk.theme).heading(), &desk.say(title(ordering.kind)));
    let how = Amount { size: size.amount_large, color: desk.theme.color.ink, height: size.amount_large * 1.2 };
    amount(ui, &mut column, how, desk.words, refund.amount);
    let number = Style::new(theme::mono(size.body), desk.theme.color.ink);
    write(ui, &mut column, &number, &format::sale_key(&refund.sale_key));
    column.gap(size.gap);
    if let Some(order) = &ordering.order {
        written(ui, desk, &mut column, order);
        column.gap(size.gap);
    }
    let strong = desk.say(does(ordering.kind));
    let plain = desk.say(&format!("{}.do", does(ordering.kind)));
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
    if notice.height() <= column.height() {
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel"))
        .key(Key::Escape, desk.say("key-escape"))
        .enabled(ordering.waiting.is_none());
    if press(ui, desk, cancel_at, &cancel) {
        if desk.local.picking { desk.local.picking = false } else { desk.tell(What::CancelPressed) }
    }
}

/// What an order does, in two sentences.
const fn does(kind: OrderKind) -> &'static str {
    match kind {
        OrderKind::SendAgain => "order-does-send-again",
        OrderKind::Release => "order-does-release",
        OrderKind::Decide => "order-does-decide",
    }
}

/// What was written, to be read once more before the PIN.
fn written(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, order: &RefundOrder) {
    let size = desk.theme.size;
    let (said, reason, evidence) = match order {
        RefundOrder::SendAgain { reason } | RefundOrder::Release { reason } => (None, reason, None),
        RefundOrder::Decide(HandDecision { verdict, reason, evidence }) => {
            (Some(desk.say(verdict_key(*verdict))), reason, Some(evidence))
        }
    };
    let ink = desk.theme.color.ink;
    if let Some(said) = said {
        write(ui, column, &Style::new(theme::strong(size.large), ink), &said);
    }
    let reason = desk.words.with("order-because", &[("reason", text(reason.as_str()))]);
    write(ui, column, &Style::new(theme::plain(size.body), ink), &reason);
    if let Some(evidence) = evidence {
        let evidence = desk.words.with("order-on", &[("evidence", text(evidence.as_str()))]);
        write(ui, column, &Style::new(theme::plain(size.body), ink), &evidence);
    }
}

const fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Refunded => "order-say-refunded",
        Verdict::NotExecuted => "order-say-not-executed",
    }
}

fn presets(kind: OrderKind) -> [&'static str; 2] {
    match kind {
        OrderKind::SendAgain => ["order-why-waits", "order-why-fixed"],
        OrderKind::Release => ["order-why-otherwise", "order-why-gone"],
        OrderKind::Decide => ["order-why-dashboard", "order-why-bill"],
    }
}

/// Why, and on what; for a decision first which.
fn why(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refund: &Refund, kind: OrderKind) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let go_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let pad_open = kind == OrderKind::Decide && desk.local.number_pad;
    // The number pad takes the place of what is written above the number.
    let verdict = match kind {
        OrderKind::Decide if pad_open => desk.local.verdict,
        OrderKind::Decide => verdicts(ui, desk, &mut column, refund),
        OrderKind::SendAgain | OrderKind::Release => None,
    };
    if !pad_open {
        label(ui, desk, &mut column, "order-why");
        reason_field(ui, desk, &mut column, kind);
    }
    if kind == OrderKind::Decide {
        label(ui, desk, &mut column, "order-evidence");
        evidence_field(ui, desk, &mut column);
    }
    let order = written_order(desk, kind, verdict);
    let words = match (kind, verdict, &order) {
        (_, _, Some(_)) => "order-go",
        (OrderKind::Decide, None, None) => "order-go-verdict",
        (OrderKind::Decide, Some(_), None) => "order-go-evidence",
        (OrderKind::SendAgain | OrderKind::Release, _, None) => "order-go-reason",
    };
    let go = Press::new("go", Kind::Primary, desk.say(words)).enabled(order.is_some());
    let go = if order.is_some() { go.key(Key::Enter, desk.say("key-enter")) } else { go };
    if press(ui, desk, go_at, &go)
        && let Some(order) = order
    {
        desk.tell(What::OnRefunds(OnRefunds::OrderWritten(order)));
    }
}

fn label(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, key: &str) {
    write(ui, column, &quiet(desk.theme), &desk.say(key));
    column.gap(space::RING);
}

/// What became of it: the two words that are possible, one under the other.
fn verdicts(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, refund: &Refund) -> Option<Verdict> {
    let size = desk.theme.size;
    let both = [(Verdict::Refunded, RefundAction::SayRefunded), (Verdict::NotExecuted, RefundAction::SayNotExecuted)];
    let possible: Vec<Verdict> =
        both.into_iter().filter(|(_, action)| refund.allows(*action)).map(|(verdict, _)| verdict).collect();
    if let [only] = possible.as_slice() {
        desk.local.verdict = Some(*only);
    }
    label(ui, desk, column, "order-what");
    for verdict in possible {
        let chosen = desk.local.verdict == Some(verdict);
        let button = Press::new(verdict_key(verdict), Kind::Choice(chosen), desk.say(verdict_key(verdict)));
        let at = column.take(size.grid_button);
        column.gap(space::ONE);
        if press(ui, desk, at, &button.text_size(size.body)) {
            desk.local.verdict = Some(verdict);
        }
    }
    column.gap(size.gap - space::ONE);
    desk.local.verdict
}

fn reason_field(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, kind: OrderKind) {
    let size = desk.theme.size;
    let name = desk.say("sale-reason-field");
    let how = Field { id: "order-reason", name: &name, font: theme::plain(size.body), limit: MAX_REASON, eager: true };
    let at = column.take(size.grid_button);
    let mut reason = std::mem::take(&mut desk.local.order_reason);
    field(ui, desk.theme, at, &how, &mut reason);
    desk.local.order_reason = reason;
    column.gap(space::ONE);
    let line = column.take(size.grid_button);
    for (at, key) in side_by_side(line, 2, space::ONE).into_iter().zip(presets(kind)) {
        let words = desk.say(key);
        let chosen = desk.local.order_reason == words;
        let button = Press::new(key, Kind::Choice(chosen), words.clone()).text_size(size.small);
        if press(ui, desk, at, &button.bare()) {
            desk.local.order_reason = words;
        }
    }
    column.gap(size.gap);
}

fn evidence_field(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    let size = desk.theme.size;
    let line = column.take(size.grid_button);
    let toggle = Rect::from_min_max(pos2(line.max.x - size.toggle, line.min.y), line.max);
    let at = Rect::from_min_max(line.min, pos2(toggle.min.x - space::ONE, line.max.y));
    let name = desk.say("order-evidence-field");
    let how =
        Field { id: "order-evidence", name: &name, font: theme::mono(size.body), limit: MAX_EVIDENCE, eager: false };
    // The number pad writes where Scan's does.
    let mut evidence = std::mem::take(&mut desk.local.number);
    field(ui, desk.theme, at, &how, &mut evidence);
    desk.local.number = evidence;
    let open = desk.local.number_pad;
    let pad = Press::new("number-pad", Kind::Choice(open), desk.say("scan-pad")).named(desk.say("scan-pad-label"));
    if press(ui, desk, toggle, &pad.text_size(size.body).bare()) {
        desk.local.number_pad = !open;
    }
    if desk.local.number_pad {
        column.gap(space::ONE);
        let height = 4.0 * size.grid_button + 3.0 * size.gap.min(space::GRID);
        let at = column.take(height.min(column.height()));
        number_pad(ui, desk, at);
    }
}

/// The order, where everything it needs is written.
fn written_order(desk: &Desk<'_>, kind: OrderKind, verdict: Option<Verdict>) -> Option<RefundOrder> {
    let reason = Reason::parse(&desk.local.order_reason).ok()?;
    Some(match kind {
        OrderKind::SendAgain => RefundOrder::SendAgain { reason },
        OrderKind::Release => RefundOrder::Release { reason },
        OrderKind::Decide => {
            let evidence = EvidenceNumber::parse(&desk.local.number).ok()?;
            RefundOrder::Decide(HandDecision { verdict: verdict?, reason, evidence })
        }
    })
}

/// Managers who may order this.
fn managers(desk: &Desk<'_>, refund: &Refund, kind: OrderKind) -> Vec<Operator> {
    let policy = &desk.view.policy;
    let act = match kind {
        OrderKind::SendAgain => Act::SendAgain,
        OrderKind::Release => Act::Release,
        OrderKind::Decide => Act::DecideByHand,
    };
    let may =
        |person: &&Operator| policy.check(act, &refund.requester, (&person.id, person.role), refund.amount).is_ok();
    desk.view.operators.iter().filter(may).cloned().collect()
}

fn sign(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refund: &Refund, ordering: &Ordering, order: &RefundOrder) {
    let those = managers(desk, refund, ordering.kind);
    let wait = match &ordering.refused {
        Some(OrderFault::Person(fault)) => wait_after(desk, fault, ordering.refused_at),
        Some(OrderFault::TooEarly { wait_seconds }) => {
            let until = ordering.refused_at.map(|at| at.plus_ms(i64::from(*wait_seconds) * 1000));
            until.map_or(0, |until| desk.seconds_until(until))
        }
        Some(OrderFault::Moved | OrderFault::Reported | OrderFault::NotAsked(_)) | None => 0,
    };
    let refused = ordering.refused.as_ref().map(|fault| (messages::order(fault, wait).say(desk.words), wait));
    let money = [("amount", text(desk.words.amount_short(refund.amount)))];
    let (kind, label) = match order {
        RefundOrder::SendAgain { .. } => (Kind::PayBack, desk.words.with("order-send", &money)),
        RefundOrder::Release { .. } => (Kind::Primary, desk.words.with("order-free", &money)),
        RefundOrder::Decide(_) => (Kind::Primary, desk.say("order-record")),
    };
    let presumed = match those.as_slice() {
        [only] => Some(only.id.clone()),
        _ => None,
    };
    let asked = Confirming { those, presumed, waiting: ordering.waiting.is_some(), refused, button: (kind, &label) };
    match confirm(ui, desk, rect, &asked) {
        Some(Confirmed::Pin(approver, pin)) => desk.tell(What::PinGiven { approver, pin }),
        Some(Confirmed::Badge) => desk.tell(What::OnPeople(OnPeople::BadgeConfirmed)),
        None => {}
    }
}
