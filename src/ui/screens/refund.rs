//! One refund: how it stands and whose word that is, everything that happened to it, and what a manager can do.

use egui::{Key, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::printing::{can_print, print_button, slip_notice};
use super::standing::face;
use super::{halves, pair_of};
use crate::domain::{Difference, HistoryEntry, HistoryStep, Outcome, RefundAction, RefundState};
use crate::flow::{CheckShown, OnRefunds, OpenRefund, OrderKind, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{Given, sentences, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Icon, Kind, Notice, Press, Row, Style, Tone, amount, card, icons, level, measure, outcome_ground,
    press, row, rows_height, write, write_fit, write_in,
};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, open: &OpenRefund) {
    let (known, todo) = halves(desk, area, 0.5);
    left(ui, desk, known, open);
    right(ui, desk, todo, open);
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, open: &OpenRefund) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let back_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let back = Press::new("back", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back_at, &back) {
        desk.tell(What::CancelPressed);
    }
    if let Some(notice) = news(ui, desk, column.width(), open) {
        let at = column.take_bottom(notice.height());
        column.gap_bottom(size.gap);
        notice.draw(ui, desk.theme, at);
    }
    slip_notice(ui, desk, &mut column, &open.detail.refund);
    standing(ui, desk, column.rest(), open);
}

/// What was just done or shown.
fn news(ui: &Ui, desk: &Desk<'_>, width: f32, open: &OpenRefund) -> Option<Notice> {
    let theme = desk.theme;
    let told = |tone, words: &str| Some(Notice::new(ui, theme, width, tone, "", words, None));
    if open.checking.is_some() {
        return told(Tone::Tell, &desk.say("refund-checking"));
    }
    if let Some((at, shown)) = open.shown {
        let at = [("clock", text(desk.time.clock_seconds(at)))];
        let (tone, words) = match shown {
            CheckShown::Found => (Tone::Tell, desk.words.with("refund-check-found", &at)),
            CheckShown::NotFound => (Tone::Tell, desk.words.with("refund-check-not-found", &at)),
            CheckShown::Nothing(why) => {
                let why = [("why", text(messages::lookup(why).say(desk.words).what_happened))];
                (Tone::Ask, desk.words.with("refund-check-nothing", &why))
            }
        };
        return told(tone, &words);
    }
    match open.done? {
        OrderKind::SendAgain => None,
        OrderKind::Release => told(Tone::Good, &desk.say("refund-done-release")),
        OrderKind::Decide => told(Tone::Good, &desk.say("refund-done-decide")),
    }
}

fn standing(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, open: &OpenRefund) {
    let size = desk.theme.size;
    let refund = &open.detail.refund;
    let (tone, key) = face(refund);
    let pair = tone.pair(desk.theme);
    outcome_ground(ui, desk.theme, rect, tone);
    let mut column = Column::new(rect.shrink(if size.gap < space::TWO { space::TWO } else { space::THREE }));
    let word = desk.say(key);
    let line = column.take(size.heading * 1.3);
    let side = size.heading * 0.86;
    icons::draw(
        ui.painter(),
        tone.icon(),
        icons::square(pos2(line.min.x + side / 2.0, line.center().y), side),
        pair.text,
    );
    let mut at = line;
    at.min.x += side + space::TWO;
    write_fit(ui, at, &Style::new(theme::display(size.heading), pair.text).heading(), &word);
    let how = Amount { size: size.amount, color: pair.text, height: size.amount * 1.25 };
    amount(ui, &mut column, how, desk.words, refund.amount);
    column.gap(space::HALF);
    let wallet = open.detail.wallet.as_deref().map_or_else(|| desk.say("result-your-wallet"), format::wallet);
    let clock = desk.time.moment_within(desk.words, refund.updated_at, desk.now);
    let held = desk.say(super::steps::moved(refund.state).1);
    let message = messages::standing(refund, (&wallet, &clock, &held)).say(desk.words);
    let strong = Style::new(theme::strong(size.body), pair.text);
    let plain = Style::new(theme::plain(size.body), pair.text);
    if refund.state.reserves() {
        let large = Style::new(theme::strong(size.large), pair.text);
        write(ui, &mut column, &large, &desk.say("result-again"));
        column.gap(space::HALF);
    }
    write(ui, &mut column, &strong, &message.what_happened);
    column.gap(space::HALF);
    write(ui, &mut column, &plain, &sentences(&[&message.what_about_the_money, &message.what_to_do]));
    if let Some(code) = &message.code {
        column.gap(space::HALF);
        let small = Style::new(theme::plain(size.small), pair.text);
        write(ui, &mut column, &small, &desk.words.with("support-code", &[("code", text(code))]));
    }
    if let Some(words) = by_a_person(desk, open) {
        column.gap(space::ONE);
        write(ui, &mut column, &strong, &desk.say("refund-by-a-person"));
        write(ui, &mut column, &plain, &words);
    }
    let said = format!("{word}. {}. {}", desk.words.amount(refund.amount), message.what_happened);
    let id = egui::Id::unique("refund-standing");
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Status, true, &said));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// Who decided it, when, why and on what.
fn by_a_person(desk: &Desk<'_>, open: &OpenRefund) -> Option<String> {
    let decision = open.detail.refund.decision.as_ref()?;
    let mut gifts = vec![
        ("who", text(desk.name_among(&decision.by, &open.detail.people))),
        ("when", text(desk.time.moment_within(desk.words, decision.at, desk.now))),
        ("reason", text(decision.reason.as_str())),
    ];
    let mut words = match &decision.evidence {
        Some(evidence) => {
            gifts.push(("evidence", text(evidence.as_str())));
            desk.words.with("refund-decided-on", &gifts)
        }
        None => desk.words.with("refund-decided", &gifts),
    };
    if decision.confirmed_at.is_some() {
        words.push(' ');
        words.push_str(&desk.say("refund-decided-confirmed"));
    }
    Some(words)
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, open: &OpenRefund) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    actions(ui, desk, &mut column, open);
    facts(ui, desk, &mut column, open);
    column.gap(size.gap);
    history(ui, desk, column.rest(), open);
}

/// What can be done about it, in two rows at the bottom.
fn actions(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, open: &OpenRefund) {
    let size = desk.theme.size;
    let refund = &open.detail.refund;
    let kinds = [
        (OrderKind::SendAgain, "refund-send-again"),
        (OrderKind::Release, "refund-release"),
        (OrderKind::Decide, "refund-decide"),
    ];
    let fitting: Vec<_> = kinds.into_iter().filter(|(kind, _)| kind.fits(refund)).collect();
    let free = open.checking.is_none();
    let mut places = vec![];
    let checks = usize::from(refund.allows(RefundAction::Check));
    let cells = fitting.len() + checks + usize::from(can_print(desk));
    for at in 0..cells.div_ceil(2) {
        let line = column.take_bottom(size.grid_button);
        column.gap_bottom(if at + 1 == cells.div_ceil(2) { size.gap } else { space::ONE });
        let (one, other) = pair_of(line, space::ONE);
        if cells % 2 == 1 && at == 0 { places.push(line) } else { places.extend([other, one]) }
    }
    let mut places = places.into_iter().rev();
    if refund.allows(RefundAction::Check)
        && let Some(at) = places.next()
    {
        let button = Press::new("check", Kind::Second, desk.say("refund-check")).text_size(size.body);
        if press(ui, desk, at, &button.key(Key::F9, "F9").enabled(free)) {
            desk.tell(What::OnRefunds(OnRefunds::CheckPressed));
        }
    }
    if can_print(desk)
        && let Some(at) = places.next()
    {
        print_button(ui, desk, at, refund, Kind::Quiet);
    }
    for ((kind, key), at) in fitting.into_iter().zip(places) {
        let button = Press::new(key, Kind::Quiet, desk.say(key)).text_size(size.body).enabled(free);
        if press(ui, desk, at, &button) {
            desk.tell(What::OnRefunds(OnRefunds::OrderBegun(kind)));
        }
    }
}

fn facts(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, open: &OpenRefund) {
    let size = desk.theme.size;
    let refund = &open.detail.refund;
    let people = &open.detail.people;
    let number = format::sale_key(&refund.sale_key);
    let why = [("who", text(desk.name_among(&refund.requester, people))), ("reason", text(refund.reason.as_str()))];
    let asked = desk.words.with("approval-asked-why", &why);
    let approved = desk.name_among(&refund.approver, people);
    let labels = ["result-sale", "refund-reference", "approval-asked-by", "refund-approved", "refund-number"];
    let labels = labels.map(|key| desk.say(key));
    let [sale_label, reference_label, asked_label, approved_label, number_label] = &labels;
    let gateway = match &refund.outcome {
        Some(Outcome::Refunded { gateway_refund_no: Some(number) }) => format::grouped(number),
        _ => String::new(),
    };
    let mut rows = vec![
        Row::mono(sale_label, &number).left(),
        Row::mono(reference_label, refund.reference.as_str()).left(),
        Row::new(asked_label, &asked).left(),
        Row::new(approved_label, &approved).left(),
    ];
    if !gateway.is_empty() {
        rows.insert(2, Row::mono(number_label, &gateway).left());
    }
    let pad = if size.gap < space::TWO { space::ONE } else { space::TWO };
    let width = column.width() - 2.0 * pad;
    level(ui, desk.theme, width, &mut rows);
    let height = rows_height(ui, desk.theme, width, &rows);
    let outside = column.take(height + 2.0 * pad);
    card(ui, desk.theme, outside);
    let mut inside = Column::new(outside.shrink(pad));
    for shown in &rows {
        row(ui, desk.theme, &mut inside, shown);
    }
}

/// Everything that happened, the newest first: what matters now stands where the eyes are.
fn history(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, open: &OpenRefund) {
    let size = desk.theme.size;
    let pad = if size.gap < space::TWO { space::ONE } else { space::TWO };
    card(ui, desk.theme, rect);
    let mut inside = Column::new(rect.shrink(pad));
    let title = Style::new(theme::strong(size.body), desk.theme.color.ink).heading();
    write_in(ui, inside.take(size.body * 1.4), &title, &desk.say("refund-history"));
    let told = collected(&open.detail.history);
    ui.scope_builder(UiBuilder::new().max_rect(inside.rest()).id_salt("history"), |ui| {
        ScrollArea::vertical().id_salt("history-list").auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, space::HALF);
            for (entry, times) in told.iter().rev() {
                line(ui, desk, open, entry, *times);
            }
        });
    });
}

/// Answers without it that follow each other are told once, with their number.
fn collected(history: &[HistoryEntry]) -> Vec<(&HistoryEntry, u32)> {
    let mut told: Vec<(&HistoryEntry, u32)> = vec![];
    for entry in history {
        let again = matches!(entry.step, HistoryStep::NotFound { .. });
        match told.last_mut() {
            Some((last, times)) if again && matches!(last.step, HistoryStep::NotFound { .. }) => {
                (*last, *times) = (entry, times.saturating_add(1));
            }
            _ => told.push((entry, 1)),
        }
    }
    told
}

fn line(ui: &mut Ui, desk: &Desk<'_>, open: &OpenRefund, entry: &HistoryEntry, times: u32) {
    let size = desk.theme.size;
    let when = desk.time.moment(desk.words, entry.at, desk.now);
    let (icon, what) = words_of(desk, entry, times);
    let words = match &entry.who {
        Some(who) => {
            let gifts =
                [("when", text(when)), ("what", text(what)), ("who", text(desk.name_among(who, &open.detail.people)))];
            desk.words.with("history-by", &gifts)
        }
        None => desk.words.with("history-line", &[("when", text(when)), ("what", text(what))]),
    };
    let indent = space::THREE;
    let font = theme::plain(size.small);
    let galley = measure(ui, &words, font, desk.theme.color.ink, ui.available_width() - indent);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), galley.size().y));
    let first = galley.rows.first().map_or(size.small, |row| row.row.size.y);
    let sign = icons::square(pos2(rect.min.x + space::ONE, rect.min.y + first / 2.0), theme::size::SIGN);
    icons::draw(ui.painter(), icon, sign, desk.theme.color.ink);
    ui.painter().galley(pos2(rect.min.x + indent, rect.min.y), galley, desk.theme.color.ink);
    let id = egui::Id::unique(("history", entry.at.ms(), &words));
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &words));
}

fn words_of(desk: &Desk<'_>, entry: &HistoryEntry, times: u32) -> (Icon, String) {
    let reasoned = |key: &str, bare: &str, reason: Option<&str>, evidence: Option<&str>| match (reason, evidence) {
        (Some(reason), evidence) => {
            let evidence =
                evidence.map(|evidence| desk.words.with("history-evidence", &[("evidence", text(evidence))]));
            let gifts = [("reason", text(reason)), ("evidence", text(evidence.unwrap_or_default()))];
            desk.words.with(key, &gifts).trim().to_owned()
        }
        (None, _) => desk.say(bare),
    };
    match &entry.step {
        HistoryStep::Prepared => (Icon::Tick, desk.say("step-recorded")),
        HistoryStep::Sent => (Icon::Tick, desk.say("step-sent")),
        HistoryStep::SentAgain { reason } => {
            let reason = reason.as_ref().map(|reason| reason.as_str());
            (Icon::Return, reasoned("history-again", "history-again-bare", reason, None))
        }
        HistoryStep::Moved { to, code, .. } => {
            let (icon, key) = super::steps::moved(*to);
            let words = desk.say(key);
            match code {
                Some(code) => (icon, format!("{words} ({code})")),
                None => (icon, words),
            }
        }
        HistoryStep::MovedByHand { to, reason, evidence } => {
            let (key, bare) = match to {
                RefundState::Refunded => ("history-said-refunded", "step-refunded"),
                RefundState::NotExecuted => ("history-said-not-executed", "step-not-executed"),
                _ => ("history-released", "step-abandoned"),
            };
            let evidence = evidence.as_ref().map(|evidence| evidence.as_str());
            (Icon::Info, reasoned(key, bare, reason.as_ref().map(|reason| reason.as_str()), evidence))
        }
        HistoryStep::NotFound { .. } => {
            (Icon::Ring, desk.words.with("history-not-found", &[("count", Given::Count(times))]))
        }
        HistoryStep::Confirmed { .. } => (Icon::Tick, desk.say("history-confirmed")),
        HistoryStep::Contradicted(Difference::Reported) => (Icon::Cross, desk.say("history-reported")),
        HistoryStep::Contradicted(Difference::NotReported) => (Icon::Cross, desk.say("history-not-reported")),
        HistoryStep::Stands { reason, evidence } => {
            let evidence = evidence.as_ref().map(|evidence| evidence.as_str());
            let reason = reason.as_ref().map(|reason| reason.as_str());
            (Icon::Info, reasoned("history-stands", "history-stands-bare", reason, evidence))
        }
    }
}
