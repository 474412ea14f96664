//! Another amount: typed on a keypad. **What is typed is judged by the flow as it is typed**, and said below it.

use egui::{Key, Rect, Ui};

use super::pair_of;
use super::sale::left_of;
use crate::flow::{AmountChoice, AmountProblem, SaleReview, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Kind, Press, REFUSED_LINE, Style, amount, keypad, press, quiet, refused_line, write, write_in,
};

/// Draws it in the place of amount and reason.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("sale-amount-title"));
    typed_amount(ui, desk, &mut column, review);
    say_problem(ui, desk, &mut column, review);
    column.gap(space::ONE);
    let mut pad = column.rest();
    pad.max.y = pad.max.y.min(pad.min.y + 4.0 * size.button + 3.0 * space::GRID);
    if keypad(ui, desk, pad)
        && let Some(typed) = desk.local.amount.clone()
    {
        // A point with nothing after it is a number on its way.
        desk.tell(What::AmountTyped(typed.trim_end_matches('.').to_owned()));
    }
    let (back_at, use_at) = pair_of(bottom, space::GRID);
    let back =
        Press::new("amount-all", Kind::Quiet, desk.say("button-cancel")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back_at, &back) {
        desk.local.amount = None;
        desk.tell(What::AllChosen);
    }
    let typed = matches!(review.draft.choice, AmountChoice::Typed(_));
    let label = match &review.amount {
        Ok(money) if typed => desk.words.with("sale-amount-use", &[("amount", text(desk.words.amount_short(*money)))]),
        Ok(_) | Err(_) => desk.say("sale-amount-use-empty"),
    };
    let use_it = Press::new("amount-use", Kind::Primary, label)
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(typed && review.amount.is_ok());
    if press(ui, desk, use_at, &use_it) {
        desk.local.amount = None;
    }
}

/// The figure as typed; its height does not depend on it.
fn typed_amount(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, review: &SaleReview) {
    let size = desk.theme.size;
    let height = size.amount * 1.08;
    let shown = desk.local.amount.clone().unwrap_or_default();
    let exact = matches!(&review.draft.choice, AmountChoice::Typed(text) if *text == shown);
    match &review.amount {
        Ok(money) if exact => {
            amount(ui, column, Amount { size: size.amount, color: desk.theme.color.ink, height }, desk.words, *money);
        }
        Ok(_) | Err(_) => {
            let figure = if shown.is_empty() { desk.say("sale-no-amount") } else { desk.words.numbers().typed(&shown) };
            let style = Style::new(theme::display(size.amount), desk.theme.color.quiet);
            write_in(ui, column.take(height), &style, &figure);
        }
    }
}

/// What is left, or what is wrong with what is typed: always as high. Nothing is wrong with nothing.
fn say_problem(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, review: &SaleReview) {
    let typed = desk.local.amount.as_deref().is_some_and(|text| !text.is_empty());
    let line = column.take(REFUSED_LINE);
    match &review.amount {
        Err(problem) if typed && *problem != AmountProblem::Empty => {
            let message = messages::amount_problem(problem).say(desk.words);
            let more = match problem {
                AmountProblem::Refused(_) => &message.what_about_the_money,
                AmountProblem::Empty | AmountProblem::Unreadable(_) => &message.what_to_do,
            };
            refused_line(ui, desk.theme, line, &message.what_happened, more);
        }
        Ok(_) | Err(_) => {
            let words = desk.words.with("sale-amount-left", &[("left", text(left_of(desk, review)))]);
            write_in(ui, line, &quiet(desk.theme), &words);
        }
    }
}
