//! What we know of a sale, on a card: who paid with what, when, how much went back already, what is left, the lines.
//!
//! **Refunded here, being checked and refunded elsewhere are kept apart**, as the ledger keeps them.

use egui::{Rect, ScrollArea, Ui, UiBuilder};

use crate::domain::{RefundState, SaleOrigin, SaleView, ScanSource};
use crate::flow::{AmountChoice, SaleCheck, SaleReview, What};
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{count, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Notice, Row, Style, Tone, card, quiet, row, rule, tick_row, write, write_in, write_line,
};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    let mut outside = Column::new(rect);
    check_notice(ui, desk, &mut outside, review);
    came_back(ui, desk, &mut outside, review);
    card(ui, desk.theme, outside.rest());
    let mut column = Column::new(outside.rest().shrink(desk.theme.size.margin));
    heading(ui, desk, &mut column, &review.view);
    rule(ui, desk.theme, &mut column);
    money(ui, desk, &mut column, &review.view);
    let sale = &review.view.sale;
    if let (Some(_), Some(reference)) = (&sale.transaction_no, &sale.reference) {
        row(ui, desk.theme, &mut column, &Row::mono(&desk.say("sale-invoice"), reference.as_str()));
    }
    if sale.origin == SaleOrigin::Gateway {
        column.gap(space::HALF);
        let style = Style::new(theme::plain(theme::size::SMALL), desk.theme.color.quiet);
        write(ui, &mut column, &style, &desk.say("sale-from-gateway"));
    }
    if !sale.items.is_empty() {
        rule(ui, desk.theme, &mut column);
        items(ui, desk, column.rest(), review);
    }
}

/// How the gateway sees it, below the card: while it is asked, and once it has confirmed
/// a sale that can be refunded.
fn check_notice(ui: &mut Ui, desk: &Desk<'_>, outside: &mut Column, review: &SaleReview) {
    let (tone, key) = match review.check {
        SaleCheck::Asking(_) => (Tone::Tell, "sale-check-asking"),
        SaleCheck::Confirmed if review.refusal.is_none() => (Tone::Good, "sale-check-confirmed"),
        SaleCheck::Confirmed | SaleCheck::Failed(_) | SaleCheck::NotAsked => return,
    };
    let words = desk.say(key);
    let typed = if review.source == ScanSource::Typed { desk.say("sale-typed") } else { String::new() };
    let notice = Notice::new(ui, desk.theme, outside.width(), tone, "", &format!("{words} {typed}"), None);
    let at = outside.take_bottom(notice.height());
    outside.gap_bottom(desk.theme.size.gap);
    notice.draw(ui, desk.theme, at);
}

/// Why the last attempt came back here.
fn came_back(ui: &mut Ui, desk: &Desk<'_>, outside: &mut Column, review: &SaleReview) {
    let Some(fault) = &review.came_back else { return };
    let message = messages::record(fault).say(desk.words);
    let notice = Notice::message(ui, desk.theme, outside.width(), Tone::Ask, &message, None);
    let at = outside.take_bottom(notice.height());
    outside.gap_bottom(desk.theme.size.gap);
    notice.draw(ui, desk.theme, at);
}

/// Wallet and time, and the number people compare with the paper.
fn heading(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, view: &SaleView) {
    let size = desk.theme.size;
    let sale = &view.sale;
    let line = column.take(size.body * 1.35);
    write_in(ui, line, &quiet(desk.theme), &desk.say("sale-paid-with"));
    let when =
        sale.paid_at.map_or_else(|| desk.say("sale-time-unknown"), |at| desk.time.moment(desk.words, at, desk.now));
    write_in(ui, line, &quiet(desk.theme).right(), &when);
    let wallet = sale.wallet.as_deref().map_or_else(|| desk.say("sale-wallet-unknown"), format::wallet);
    let line = column.take(size.large * 1.35);
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write_line(ui, line, &strong, &wallet);
    let number = sale.key().map(|key| format::sale_key(&key)).unwrap_or_default();
    let wide = crate::ui::widgets::measure(ui, &wallet, strong.font.clone(), strong.color, line.width()).size().x;
    let mono = theme::mono(size.body - 1.0);
    let number_wide = ui.painter().layout_no_wrap(number.clone(), mono.clone(), desk.theme.color.ink).size().x;
    let style = Style::new(mono, desk.theme.color.ink);
    if wide + number_wide + space::TWO <= line.width() {
        write_in(ui, line, &style.right(), &number);
    } else {
        write(ui, column, &style, &number);
    }
}

fn money(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, view: &SaleView) {
    let balance = view.balance;
    let theme = desk.theme;
    row(ui, theme, column, &Row::new(&desk.say("sale-paid"), &desk.words.amount(balance.paid)));
    if !balance.refunded.is_zero() {
        let when = last_refund(desk, view);
        let value = desk.words.amount(balance.refunded);
        let label = desk.say("sale-refunded");
        let shown = Row::new(&label, &value);
        row(
            ui,
            theme,
            column,
            &match &when {
                Some(when) => shown.note(when),
                None => shown,
            },
        );
    }
    for (key, money) in [("sale-reserved", balance.reserved), ("sale-elsewhere", balance.elsewhere)] {
        if !money.is_zero() {
            row(ui, theme, column, &Row::new(&desk.say(key), &desk.words.amount(money)));
        }
    }
    let left = balance.left().map(|money| desk.words.amount(money)).unwrap_or_default();
    row(ui, theme, column, &Row::new(&desk.say("sale-left"), &left).strong());
}

/// When the last refund of ours was made, and who asked for it.
fn last_refund(desk: &Desk<'_>, view: &SaleView) -> Option<String> {
    let last = view.refunds.iter().rfind(|refund| refund.state == RefundState::Refunded)?;
    let when = desk.time.moment(desk.words, last.created_at, desk.now);
    let gifts = [("when", text(when)), ("who", text(desk.name_of(&last.requester)))];
    Some(desk.words.with("sale-refunded-when", &gifts))
}

/// The lines, each of which can be ticked while an amount can be chosen at all.
fn items(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, review: &SaleReview) {
    let open = review.refusal.is_none() && !matches!(review.check, SaleCheck::Failed(_)) && desk.local.amount.is_none();
    let mut pressed = None;
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("items"), |ui| {
        ScrollArea::vertical().id_salt("items-list").auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing = egui::Vec2::ZERO;
            for (place, item) in review.view.sale.items.iter().enumerate() {
                let ticked = match &review.draft.choice {
                    AmountChoice::Items(places) => places.contains(&place),
                    AmountChoice::All | AmountChoice::Typed(_) => false,
                };
                let name = if item.quantity == 1 {
                    item.description.clone()
                } else {
                    let quantity = usize::try_from(item.quantity).unwrap_or(usize::MAX);
                    let gifts = [("quantity", count(quantity)), ("name", text(item.description.as_str()))];
                    desk.words.with("sale-item-label", &gifts)
                };
                let price = desk.words.amount_short(item.amount);
                if tick_row(ui, desk.theme, place, open.then_some(ticked), &name, &price) {
                    pressed = Some(place);
                }
            }
        });
    });
    if let Some(place) = pressed {
        desk.tell(What::ItemToggled(place));
    }
}
