//! Result: what became of the refund, in one word, one colour and one shape; then what to do.
//!
//! **Not known is never shown as failed**: it is amber, says "Do not refund this again." and changes by itself.

use egui::{Key, Rect, Role, Ui, accesskit};

use super::printing::{can_print, is_printed, print_button, slip_notice};
use super::steps::{fact, fact_height, steps_card};
use super::{halves, pair_of};
use crate::domain::{DeclineCause, Outcome, Refund, RefundState};
use crate::flow::{OnRefunds, OrderKind, Resulting, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{Given, sentences, text};
use crate::ui::messages::{self, UserMessage};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Kind, Notice, Press, Style, Tone, amount, card, focus_ring, icons, measure, outcome_ground, press,
    write, write_fit,
};

/// How a state is shown: its tone and its word.
const fn face(state: RefundState) -> (Tone, &'static str) {
    match state {
        RefundState::Refunded => (Tone::Good, "result-refunded"),
        RefundState::Declined => (Tone::Bad, "result-declined"),
        RefundState::Pending => (Tone::Ask, "result-pending"),
        // On this screen the ledger has them between two answers; what is certain is that nobody knows.
        RefundState::Unknown | RefundState::Prepared | RefundState::Sent => (Tone::Ask, "result-unknown"),
        RefundState::NotSent => (Tone::Bad, "result-not-sent"),
        RefundState::NotExecuted | RefundState::Abandoned => (Tone::Bad, "result-not-executed"),
    }
}

/// The word of one refund: the gateway that knows no such sale has refused nothing.
fn word_of(refund: &Refund) -> (Tone, &'static str) {
    let (tone, key) = face(refund.state);
    match &refund.outcome {
        Some(Outcome::Declined { cause: DeclineCause::NoSuchSale, .. }) if refund.state == RefundState::Declined => {
            (tone, "result-not-found")
        }
        _ => (tone, key),
    }
}

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, result: &Resulting) {
    let (known, todo) = halves(desk, area, 0.565);
    // What became of the slip stands under the outcome: the right side has no room for it on a small screen.
    let mut left = Column::new(known);
    slip_notice(ui, desk, &mut left, &result.refund);
    outcome(ui, desk, left.rest(), result);
    let size = desk.theme.size;
    let mut column = Column::new(todo);
    let open = result.refund.state.reserves();
    buttons(ui, desk, &mut column, result);
    if open {
        let rows = if size.gap < space::TWO { 4 } else { 6 };
        steps_card(ui, desk, &mut column, &result.steps, result.next_check_at, rows);
        column.gap(size.gap);
        tell(ui, desk, &mut column, "result-tell-unknown");
    } else {
        facts(ui, desk, &mut column, result);
        if result.refund.state == RefundState::Declined {
            column.gap(size.gap);
            tell(ui, desk, &mut column, "result-tell-declined");
        }
    }
}

/// What is said of the refund as it stands.
fn message(desk: &Desk<'_>, result: &Resulting) -> UserMessage {
    let refund = &result.refund;
    let wallet = result.view.sale.wallet.as_deref().map_or_else(|| desk.say("result-your-wallet"), format::wallet);
    // A state without an outcome is one whose answer the ledger has not got: interrupted.
    let interrupted = Outcome::Unknown { cause: crate::domain::UnknownCause::Interrupted, code: None };
    let outcome = refund.outcome.as_ref().unwrap_or(&interrupted);
    messages::outcome(outcome, &capital(&wallet), &desk.time.clock(refund.updated_at)).say(desk.words)
}

/// A wallet's name begins its sentence.
fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn outcome(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, result: &Resulting) {
    let size = desk.theme.size;
    let (tone, key) = word_of(&result.refund);
    let pair = tone.pair(desk.theme);
    let message = message(desk, result);
    let word = desk.say(key);
    outcome_ground(ui, desk.theme, rect, tone);
    let inner = rect.shrink(if size.gap < space::TWO { space::TWO } else { space::FIVE });
    let again = matches!(tone, Tone::Ask).then(|| desk.say("result-again"));
    let explained = sentences(&[&message.what_happened, &message.what_about_the_money, &message.what_to_do]);
    let code = message.code.as_deref().map(|code| desk.words.with("support-code", &[("code", text(code))]));
    let body =
        Style::new(theme::plain(if matches!(tone, Tone::Good) { size.large } else { size.body + 1.0 }), pair.text);
    let height_of =
        |style: &Style, text: &str| measure(ui, text, style.font.clone(), style.color, inner.width()).size().y;
    let strong = Style::new(theme::strong(size.large), pair.text);
    let small = Style::new(theme::plain(size.small), pair.text);
    let figure = if matches!(tone, Tone::Good) { size.amount_large } else { size.amount };
    let mut height = size.huge * 1.3 + figure * 1.25 + height_of(&body, &explained) + space::ONE;
    height += again.as_ref().map_or(0.0, |words| height_of(&strong, words) + space::TWO);
    height += code.as_ref().map_or(0.0, |words| height_of(&small, words) + space::TWO);
    let mut column = Column::new(inner);
    column.gap((column.height() - height).max(0.0) / 2.0);
    title(ui, desk, column.take(size.huge * 1.3), tone, &word);
    amount(
        ui,
        &mut column,
        Amount { size: figure, color: pair.text, height: figure * 1.25 },
        desk.words,
        result.refund.amount,
    );
    if let Some(words) = &again {
        write(ui, &mut column, &strong, words);
        column.gap(space::TWO);
    }
    column.gap(space::ONE);
    write(ui, &mut column, &body, &explained);
    if let Some(words) = &code {
        column.gap(space::TWO);
        write(ui, &mut column, &small, words);
    }
    let what = [("what", text(word)), ("amount", Given::Amount(result.refund.amount))];
    let said = sentences(&[&desk.words.with("result-said", &what), again.as_deref().unwrap_or_default(), &explained]);
    announce(ui, desk, rect, result.refund.state, &said);
}

/// The sign and the word of an outcome, side by side.
pub(super) fn title(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, tone: Tone, word: &str) {
    let size = desk.theme.size;
    let pair = tone.pair(desk.theme);
    let side = size.huge * 0.86;
    let sign = icons::square(egui::pos2(rect.min.x + side / 2.0, rect.center().y), side);
    icons::draw(ui.painter(), tone.icon(), sign, pair.text);
    let mut at = rect;
    at.min.x += side + space::TWO;
    write_fit(ui, at, &Style::new(theme::display(size.huge), pair.text).heading(), word);
}

/// Lets a screen reader say the whole outcome at once, and again when it changes; the focus moves to it. Nothing can be
/// pressed on it, so a key that is still down does nothing there.
fn announce(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, state: RefundState, said: &str) {
    let id = egui::Id::unique("outcome");
    let response = ui.interact(rect, id, egui::Sense::focusable_noninteractive());
    response.widget_info(|| egui::WidgetInfo::labeled(Role::Alert, true, said));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(accesskit::Live::Assertive));
    if desk.local.outcome_shown.replace(state) != Some(state) {
        response.request_focus();
    }
    // Whoever works by touch or mouse is shown no ring that they did not ask for.
    if response.has_focus() && desk.keys.in_use() {
        focus_ring(ui, desk.theme, rect);
    }
}

fn facts(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, result: &Resulting) {
    let size = desk.theme.size;
    let refund = &result.refund;
    let number = match &refund.outcome {
        Some(Outcome::Refunded { gateway_refund_no: Some(number) }) => Some(format::grouped(number)),
        Some(Outcome::Refunded { gateway_refund_no: None }) => Some(desk.say("result-no-number")),
        _ => None,
    };
    let mut rows = vec![];
    if let Some(number) = number {
        rows.push((desk.say("result-number"), number, true));
    }
    rows.push((desk.say("result-reference"), refund.reference.as_str().to_owned(), true));
    if refund.state != RefundState::Refunded {
        rows.push((desk.say("result-sale"), format::sale_key(&refund.sale_key), true));
    }
    rows.push((desk.say("result-approved"), desk.name_of(&refund.approver), false));
    let pad = if size.gap < space::TWO { space::GRID } else { size.margin };
    let room = column.width() - 2.0 * pad;
    let height: f32 = rows.iter().map(|(label, value, mono)| fact_height(ui, desk, room, label, value, *mono)).sum();
    let outside = column.take(height + 2.0 * pad - space::ONE);
    card(ui, desk.theme, outside);
    let mut inside = Column::new(outside.shrink(pad));
    for (label, value, mono) in &rows {
        fact(ui, desk, &mut inside, label, value, *mono);
    }
}

fn tell(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, key: &str) {
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, "", &desk.say(key), None);
    if notice.height() <= column.height() {
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, result: &Resulting) {
    let open = result.refund.state.reserves();
    let again = OrderKind::SendAgain.fits(&result.refund);
    let size = desk.theme.size;
    // As long as there is no slip of it, that is what comes next.
    let prints = can_print(desk) && !again && !is_printed(desk, &result.refund);
    let leave_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let next_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let next_at = match (can_print(desk), again) {
        (false, _) => next_at,
        // A button more is one too many on a small screen.
        (true, true) => {
            let (next_at, print_at) = pair_of(next_at, size.gap);
            print_button(ui, desk, print_at, &result.refund, Kind::Quiet);
            next_at
        }
        (true, false) => {
            let print_at = column.take_bottom(size.button);
            column.gap_bottom(size.gap);
            print_button(ui, desk, print_at, &result.refund, if prints { Kind::Primary } else { Kind::Quiet });
            next_at
        }
    };
    if again {
        let again_at = column.take_bottom(size.button);
        column.gap_bottom(size.gap);
        let button = Press::new("send-again", Kind::Primary, desk.say("result-send-again"));
        if press(ui, desk, again_at, &button.key(Key::F3, "F3")) {
            desk.tell(What::OnRefunds(OnRefunds::SendAgainPressed));
        }
    }
    let kind = if open || again || prints { Kind::Second } else { Kind::Primary };
    let next = Press::new("next", kind, desk.say("result-next")).key(Key::F2, "F2");
    if press(ui, desk, next_at, &next) {
        desk.tell(What::NextPressed);
    }
    let label = match (open, again) {
        (true, _) => "result-leave",
        (false, true) => "result-leave-it",
        (false, false) => "result-finish",
    };
    let escape = match result.finishes_at() {
        Some(end) => desk.words.with("result-by-itself", &[("seconds", Given::Count(desk.seconds_until(end)))]),
        None => desk.say("key-escape"),
    };
    let leave = Press::new("finish", Kind::Quiet, desk.say(label)).key(Key::Escape, escape);
    if press(ui, desk, leave_at, &leave) {
        desk.tell(What::FinishPressed);
    }
}
