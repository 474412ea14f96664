//! Sale: left what we know of it, right how much goes back and why.
//!
//! **What cannot be refunded is said here, before a manager is called**, and then nothing else can be chosen.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::{halves, pair_of, sale_amount, sale_card};
use crate::domain::Reason;
use crate::flow::{AmountChoice, SaleCheck, SaleReview, What};
use crate::ui::desk::Desk;
use crate::ui::keys::field_id;
use crate::ui::messages::{self, UserMessage};
use crate::ui::theme::space::RING;
use crate::ui::theme::{self, RADIUS, TARGET_MIN, space};
use crate::ui::widgets::{
    Amount, Column, Kind, Notice, Press, Style, Tone, amount, focus_ring, press, quiet, side_by_side, write, write_in,
};

/// The most characters of a reason somebody writes: the domain's limit.
const MAX_REASON: usize = 120;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, review: &SaleReview) {
    let (known, todo) = halves(desk, area, 0.565);
    sale_card::show(ui, desk, known, review);
    if let Some(refusal) = &review.refusal {
        let message = messages::refusal(refusal).say(desk.words);
        stopped(ui, desk, todo, Tone::Bad, &message, false);
    } else if let SaleCheck::Failed(fault) = review.check {
        let message = messages::lookup(fault).say(desk.words);
        stopped(ui, desk, todo, Tone::Ask, &message, true);
    } else if desk.local.amount.is_some() {
        sale_amount::show(ui, desk, todo, review);
    } else {
        choose(ui, desk, todo, review);
    }
}

/// It cannot go on: why, and the way out.
fn stopped(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, tone: Tone, message: &UserMessage, again: bool) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let bottom = column.take_bottom(size.button);
    let code = message
        .code
        .as_deref()
        .map(|code| desk.words.with("support-code", &[("code", super::super::i18n::text(code))]));
    let notice = Notice::message(ui, desk.theme, column.width(), tone, message, code);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    if again {
        column.gap_bottom(size.gap);
        let button = Press::new("check-again", Kind::Primary, desk.say("sale-check-again"))
            .key(Key::Enter, desk.say("key-enter"));
        if press(ui, desk, column.take_bottom(size.button), &button) {
            desk.tell(What::CheckAgainPressed);
        }
    }
    cancel(ui, desk, bottom);
}

fn cancel(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let button = Press::new("cancel", Kind::Quiet, desk.say("button-cancel")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, rect, &button) {
        desk.tell(What::CancelPressed);
    }
}

fn choose(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    // Where there is little room the way back is lower than the way on.
    let small = size.gap < space::TWO;
    let bottom = column.take_bottom(if small { size.grid_button } else { size.button });
    column.gap_bottom(size.gap);
    let ask_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("sale-refund"));
    how_much(ui, desk, &mut column, review);
    column.gap(if small { space::HALF } else { size.gap });
    write(ui, &mut column, &quiet(desk.theme), &desk.say("sale-reason"));
    column.gap(if small { space::HALF } else { space::ONE });
    reasons(ui, desk, column.rest(), review);
    ask(ui, desk, ask_at, review);
    cancel(ui, desk, bottom);
}

/// The amount, and the two ways to choose it.
fn how_much(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, review: &SaleReview) {
    let size = desk.theme.size;
    let color = desk.theme.color.ink;
    // Figures have no descenders: less than a line's height holds them.
    let height = size.amount * 1.08;
    match &review.amount {
        Ok(money) => amount(ui, column, Amount { size: size.amount, color, height }, desk.words, *money),
        Err(_) => {
            let style = Style::new(theme::display(size.amount), desk.theme.color.quiet);
            write_in(ui, column.take(height), &style, &desk.say("sale-no-amount"));
        }
    }
    column.gap(size.gap);
    let (all_at, other_at) = pair_of(column.take(size.grid_button), space::GRID);
    let is_all = review.draft.choice == AmountChoice::All;
    let all = Press::new("all", Kind::Choice(is_all), desk.say("sale-all")).text_size(size.body);
    if press(ui, desk, all_at, &all) {
        desk.tell(What::AllChosen);
    }
    let label = if matches!(review.draft.choice, AmountChoice::Items(_)) { "sale-ticked" } else { "sale-other-amount" };
    let other = Press::new("other-amount", Kind::Choice(!is_all), desk.say(label)).text_size(size.body);
    if press(ui, desk, other_at, &other) {
        desk.local.amount = Some(match &review.draft.choice {
            AmountChoice::Typed(text) => text.clone(),
            AmountChoice::All | AmountChoice::Items(_) => String::new(),
        });
    }
}

/// The store's reasons in a grid, and a field for any other.
fn reasons(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    if desk.local.reason.is_some() {
        return write_reason(ui, desk, rect);
    }
    let size = desk.theme.size;
    let chosen = review.draft.reason.clone();
    let listed: Vec<Reason> = desk.view.reasons.iter().filter(|reason| !is_other(reason)).cloned().collect();
    let own = chosen.clone().filter(|reason| !listed.contains(reason));
    let mut cells: Vec<Option<Reason>> = listed.into_iter().map(Some).collect();
    cells.push(None);
    let (high, gap) = rows_of(rect.height(), cells.len().div_ceil(2), (size.grid_button, size.gap.min(space::GRID)));
    ui.scope_builder(UiBuilder::new().max_rect(rect.expand(RING)).id_salt("reasons"), |ui| {
        ScrollArea::vertical().id_salt("reasons-list").auto_shrink([false, true]).content_margin(RING).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, gap);
            for two in cells.chunks(2) {
                let (_, line) = ui.allocate_space(vec2(ui.available_width(), high));
                for (cell, reason) in side_by_side(line, 2, gap).into_iter().zip(two) {
                    match reason {
                        Some(reason) => listed_reason(ui, desk, cell, reason, chosen.as_ref()),
                        None => other_reason(ui, desk, cell, own.as_ref()),
                    }
                }
            }
        });
    });
}

/// How high rows are and how far apart: closer and lower, down to the smallest target, before any of them has to scroll.
fn rows_of(room: f32, rows: usize, (high, gap): (f32, f32)) -> (f32, f32) {
    let rows = f32::from(u8::try_from(rows.max(1)).unwrap_or(u8::MAX));
    let fits = |high: f32, gap: f32| rows * high + (rows - 1.0) * gap <= room;
    if fits(high, gap) {
        return (high, gap);
    }
    let gap = gap.min(space::ONE);
    let lower = (room - (rows - 1.0) * gap) / rows;
    if lower >= TARGET_MIN { (lower.min(high), gap) } else { (high, gap) }
}

fn listed_reason(ui: &mut Ui, desk: &mut Desk<'_>, cell: Rect, reason: &Reason, chosen: Option<&Reason>) {
    let button = Press::new(reason.as_str(), Kind::Choice(chosen == Some(reason)), reason.as_str());
    if press(ui, desk, cell, &button.text_size(desk.theme.size.body)) {
        desk.tell(What::ReasonChosen(reason.clone()));
    }
}

/// Opens the field for a reason of one's own; shows it once it is written.
fn other_reason(ui: &mut Ui, desk: &mut Desk<'_>, cell: Rect, own: Option<&Reason>) {
    let label = own.map_or_else(|| desk.say("sale-reason-other"), |reason| reason.as_str().to_owned());
    let button = Press::new("reason-other", Kind::Choice(own.is_some()), label).text_size(desk.theme.size.body);
    if press(ui, desk, cell, &button) {
        desk.local.reason = Some(own.map_or_else(String::new, |reason| reason.as_str().to_owned()));
    }
}

/// A listed reason that only means "write one".
fn is_other(reason: &Reason) -> bool {
    let word = reason.as_str().trim_end_matches(['…', '.']).trim();
    word.eq_ignore_ascii_case("other")
}

fn write_reason(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let id = field_id("sale-reason");
    let field = column.take(size.grid_button);
    let color = desk.theme.color.clone();
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let line = egui::Stroke::new(space::LINE, if has_focus { color.act.ground } else { color.outline });
    ui.painter().rect(field, egui::CornerRadius::same(RADIUS), color.card, line, egui::StrokeKind::Inside);
    let name = desk.say("sale-reason-field");
    let inner = field.shrink2(vec2(space::TWO, 0.0));
    let Some(text) = desk.local.reason.as_mut() else { return };
    let edit = egui::TextEdit::singleline(text)
        .id(id)
        .font(theme::plain(size.body))
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(name.clone())
        .char_limit(MAX_REASON)
        .desired_width(inner.width());
    let response = ui.put(inner, edit.min_size(inner.size())).accessible_name(name);
    if has_focus {
        focus_ring(ui, desk.theme, field);
    } else if !response.lost_focus() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    column.gap(space::GRID);
    let reason = desk.local.reason.as_ref().and_then(|text| Reason::parse(text).ok());
    let (back_at, use_at) = pair_of(column.take(size.grid_button), space::GRID);
    let back = Press::new("reason-back", Kind::Quiet, desk.say("button-cancel")).text_size(size.body);
    if press(ui, desk, back_at, &back.key(Key::Escape, desk.say("key-escape"))) {
        desk.local.reason = None;
    }
    let use_it = Press::new("reason-use", Kind::Second, desk.say("sale-reason-use")).text_size(size.body);
    let use_it = use_it.key(Key::Enter, desk.say("key-enter")).enabled(reason.is_some());
    if press(ui, desk, use_at, &use_it)
        && let Some(reason) = reason
    {
        desk.local.reason = None;
        desk.tell(What::ReasonChosen(reason));
    }
}

/// "Ask the manager…", or what is still missing for it.
fn ask(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    let alone = review.amount.as_ref().is_ok_and(|money| desk.view.policy.cashier_alone(*money));
    let key = match (&review.amount, &review.draft.reason, review.check) {
        (Err(_), ..) => "sale-ask-amount",
        (Ok(_), None, _) => "sale-ask-reason",
        (Ok(_), Some(_), SaleCheck::Asking(_)) => "sale-ask-checking",
        (Ok(_), Some(_), SaleCheck::Confirmed | SaleCheck::NotAsked | SaleCheck::Failed(_)) if alone => "sale-confirm",
        (Ok(_), Some(_), SaleCheck::Confirmed | SaleCheck::NotAsked | SaleCheck::Failed(_)) => "sale-ask",
    };
    let enabled = review.can_ask() && desk.local.reason.is_none();
    let button = Press::new("ask", Kind::Primary, desk.say(key)).enabled(enabled);
    let button = if enabled { button.key(Key::Enter, desk.say("key-enter")) } else { button };
    if press(ui, desk, rect, &button) {
        desk.tell(What::ApprovalAsked);
    }
}

/// What is left of the sale, for the words that name it.
pub(super) fn left_of(desk: &Desk<'_>, review: &SaleReview) -> String {
    review.view.balance.left().map(|money| desk.words.amount(money)).unwrap_or_default()
}
