//! An amount of money, the largest thing on every screen that has one.

use egui::{Color32, Id, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::column::Column;
use crate::domain::Money;
use crate::ui::format;
use crate::ui::i18n::Words;
use crate::ui::theme;

/// How an amount is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// The size of its figure, in points, if there is room.
    pub size: f32,
    /// The colour.
    pub color: Color32,
    /// Its height is kept at this, whatever the figure, so that nothing below moves.
    pub height: f32,
}

/// Draws `$27.40 USD` at the top of a column, smaller where it is long, with the code small beside it.
pub fn amount(ui: &mut Ui, column: &mut Column, how: Amount, words: &Words, money: Money) {
    let parts = format::amount_parts(words.numbers(), money);
    let rect = column.take(how.height);
    let code = ui.painter().layout_no_wrap(
        parts.code.to_owned(),
        theme::strong((how.size * 0.38).max(theme::size::BODY)),
        how.color,
    );
    let gap = theme::space::TWO;
    let room = rect.width() - code.size().x - gap;
    let full = ui.painter().layout_no_wrap(parts.figure.clone(), theme::display(how.size), how.color);
    let figure = if full.size().x > room {
        let size = (how.size * room / full.size().x).floor().max(theme::size::LARGE);
        ui.painter().layout_no_wrap(parts.figure.clone(), theme::display(size), how.color)
    } else {
        full
    };
    let base = |galley: &egui::Galley| {
        galley.rows.first().and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y)).unwrap_or(0.0)
    };
    let top = rect.center().y - figure.size().y / 2.0;
    let line = top + base(&figure);
    let code_at = pos2(rect.min.x + figure.size().x + gap, line - base(&code));
    let drawn =
        Rect::from_min_max(pos2(rect.min.x, rect.min.y), pos2(code_at.x + code.size().x, rect.min.y + how.height));
    ui.painter().galley(pos2(rect.min.x, top), figure, how.color);
    ui.painter().galley(code_at, code, how.color);
    let id = Id::unique(("amount", ui.next_auto_id()));
    ui.skip_ahead_auto_ids(1);
    let said = words.amount(money);
    let seen = drawn.intersect(Rect::from_min_size(rect.min, vec2(rect.width(), how.height)));
    ui.interact(seen, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Heading, true, &said));
}
