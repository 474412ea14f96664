//! Problem: the till itself failed before anything was sent. Says so, and that no money moved.

use egui::{Key, Rect, Ui};

use super::halves;
use super::result::title;
use super::steps::{fact, fact_height};
use crate::flow::{Problem, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{sentences, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Amount, Column, Kind, Press, Style, Tone, amount, card, ground, press, write};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, problem: &Problem) {
    let (known, todo) = halves(desk, area, 0.565);
    let size = desk.theme.size;
    let pair = Tone::Bad.pair(desk.theme);
    ground(ui, desk.theme, known, pair);
    let message = messages::house(problem.fault).say(desk.words);
    let mut column = Column::new(known.shrink(if size.gap < space::TWO { space::TWO } else { space::FIVE }));
    column.gap((column.height() - size.huge * 1.3 - size.amount * 1.25 - size.body * 9.0).max(0.0) / 2.0);
    title(ui, desk, column.take(size.huge * 1.3), Tone::Bad, &desk.say("problem-title"));
    let how = Amount { size: size.amount, color: pair.text, height: size.amount * 1.25 };
    amount(ui, &mut column, how, desk.words, problem.intention.amount);
    write(ui, &mut column, &Style::new(theme::strong(size.large), pair.text), &message.what_happened);
    column.gap(space::ONE);
    let body = Style::new(theme::plain(size.body + 1.0), pair.text);
    write(ui, &mut column, &body, &sentences(&[&message.what_about_the_money, &message.what_to_do]));
    if let Some(code) = &message.code {
        column.gap(space::TWO);
        let small = Style::new(theme::plain(size.small), pair.text);
        write(ui, &mut column, &small, &desk.words.with("support-code", &[("code", text(code.as_str()))]));
    }
    right(ui, desk, todo, problem);
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, problem: &Problem) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let bottom = column.take_bottom(size.button);
    let pad = size.margin;
    let (label, number) = (desk.say("result-sale"), format::sale_key(&problem.intention.sale_key));
    let height = fact_height(ui, desk, column.width() - 2.0 * pad, &label, &number, true);
    let outside = column.take(2.0 * pad + height - space::ONE);
    card(ui, desk.theme, outside);
    fact(ui, desk, &mut Column::new(outside.shrink(pad)), &label, &number, true);
    let leave = Press::new("finish", Kind::Primary, desk.say("result-finish")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, bottom, &leave) {
        desk.tell(What::FinishPressed);
    }
}
