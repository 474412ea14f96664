//! Refunds: what wants something first, then the newest; searched by anything, filtered by how they stand.

use egui::{CornerRadius, Id, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2};

use super::standing::{face, whose_word};
use crate::domain::Refund;
use crate::flow::{OnRefunds, RefundPage, RefundShow, Refunds, What};
use crate::terminal::PAGE_ROWS;
use crate::ui::desk::Desk;
use crate::ui::format;
use crate::ui::i18n::{count, text};
use crate::ui::messages;
use crate::ui::theme::{self, RADIUS, space};
use crate::ui::widgets::{
    Column, Field, Kind, Notice, Press, Style, Tone, field, focus_ring, icons, measure, press, quiet, side_by_side,
    write_in,
};

/// More than any number, name and date together.
/// The room of a state's sign at the beginning of its row.
const STATE_SIGN: f32 = 40.0;
const MAX_SEARCH: usize = 80;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, refunds: &Refunds) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    // Where there is little room the rows have it.
    let bottom = column.take_bottom(if size.gap < space::TWO { size.grid_button } else { size.button });
    column.gap_bottom(size.gap);
    heading(ui, desk, column.take(size.grid_button), refunds);
    column.gap(space::ONE);
    kinds(ui, desk, column.take(theme::TARGET_MIN), refunds);
    column.gap(size.gap);
    rows(ui, desk, column.rest(), refunds);
    buttons(ui, desk, bottom, refunds);
}

fn heading(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refunds: &Refunds) {
    let style = Style::new(theme::display(desk.theme.size.heading), desk.theme.color.ink).heading();
    let cut = rect.min.x + rect.width() * 0.3;
    write_in(ui, Rect::from_min_max(rect.min, pos2(cut, rect.max.y)), &style, &desk.say("refunds-title"));
    let mut typed = desk.local.search.clone().unwrap_or_else(|| refunds.query.text.clone());
    let name = desk.say("refunds-search");
    let how = Field {
        id: "refunds-search",
        name: &name,
        font: theme::plain(desk.theme.size.body),
        limit: MAX_SEARCH,
        eager: true,
    };
    let at = Rect::from_min_max(pos2(cut, rect.min.y), rect.max);
    if field(ui, desk.theme, at, &how, &mut typed) {
        desk.local.row = 0;
        desk.tell(What::OnRefunds(OnRefunds::Searched(typed.clone())));
        desk.local.search = Some(typed);
    } else if refunds.asking.is_none() && desk.local.search.as_ref() != Some(&refunds.query.text) {
        // A scan may have put another text there.
        desk.local.search = None;
    }
}

const fn kind_key(show: RefundShow) -> &'static str {
    match show {
        RefundShow::All => "refunds-all",
        RefundShow::Attention => "refunds-attention",
        RefundShow::Refunded => "refunds-refunded",
        RefundShow::NotRefunded => "refunds-not-refunded",
        RefundShow::ByHand => "refunds-by-hand",
    }
}

fn kinds(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refunds: &Refunds) {
    let places = side_by_side(rect, 5, space::ONE);
    for (at, show) in places.into_iter().zip(RefundShow::ALL) {
        let chosen = refunds.query.show == show;
        let label = desk.say(kind_key(show));
        let button = Press::new(kind_key(show), Kind::Choice(chosen), label).text_size(desk.theme.size.body - 1.0);
        if press(ui, desk, at, &button.bare()) {
            desk.local.row = 0;
            desk.tell(What::OnRefunds(OnRefunds::Shown(show)));
        }
    }
}

fn rows(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refunds: &Refunds) {
    if let Some(fault) = refunds.fault {
        let message = messages::unread(fault).say(desk.words);
        let notice = Notice::message(ui, desk.theme, rect.width(), Tone::Bad, &message, message.code.clone());
        notice.draw(ui, desk.theme, rect);
        return;
    }
    let Some(page) = &refunds.page else {
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("refunds-reading"));
    };
    if page.refunds.is_empty() {
        let searched = !refunds.query.text.trim().is_empty();
        let words = if searched { "refunds-none-found" } else { "refunds-none" };
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say(words));
    }
    let last = page.refunds.len() - 1;
    let (choose, open) = (desk.say("sheet-arrows"), desk.say("sheet-open"));
    match desk.keys.take_arrow(&choose) {
        step if step < 0 => desk.local.row = desk.local.row.saturating_sub(1),
        0 => {}
        _ => desk.local.row += 1,
    }
    desk.local.row = desk.local.row.min(last);
    let most = f32::from(u8::try_from(PAGE_ROWS).unwrap_or(u8::MAX));
    let gap = space::ONE;
    let height = ((rect.height() - gap * (most - 1.0)) / most).clamp(theme::TARGET_MIN, theme::PRIMARY_MIN);
    let mut column = Column::new(rect);
    for (at, refund) in page.refunds.iter().enumerate() {
        let place = column.take(height);
        column.gap(gap);
        let picked = row(ui, desk, place, refund, page, at == desk.local.row);
        let by_key = at == desk.local.row && desk.keys.take(Key::Enter, &open);
        if picked || by_key {
            desk.tell(What::OnRefunds(OnRefunds::Picked(refund.reference.clone())));
        }
    }
}

/// One refund: how it stands, which sale and whose, how much.
fn row(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, refund: &Refund, page: &RefundPage, chosen: bool) -> bool {
    let size = desk.theme.size;
    let color = &desk.theme.color;
    let (tone, key) = face(refund);
    let pair = tone.pair(desk.theme);
    let word = desk.say(key);
    let when = desk.time.moment(desk.words, refund.created_at, desk.now);
    let money = desk.words.amount(refund.amount);
    let number = format::sale_key(&refund.sale_key);
    let who = desk.name_among(&refund.requester, &page.people);
    let gifts = [("when", text(when)), ("who", text(who)), ("reason", text(refund.reason.as_str()))];
    let about = desk.words.with("refunds-about", &gifts);
    let by = whose_word(desk, refund);
    let id = Id::unique(("refund-row", refund.reference.as_str()));
    let response = ui.interact(rect, id, Sense::click());
    let said = [Some(word.as_str()), by.as_deref(), Some(&money), Some(&number), Some(&about)];
    let said: Vec<&str> = said.into_iter().flatten().collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, said.join(", ")));
    let line = if chosen { Stroke::new(space::LINE, color.act.ground) } else { Stroke::new(1.0, color.line) };
    ui.painter().rect(rect, CornerRadius::same(RADIUS), color.card, line, StrokeKind::Inside);
    // Cells: how it stands on its ground; the number and what it is about; the money.
    let part = if size.gap < space::TWO { 0.27 } else { 0.24 };
    let stands = Rect::from_min_max(rect.min, pos2(rect.min.x + rect.width() * part, rect.max.y)).shrink(space::HALF);
    ui.painter().rect_filled(stands, CornerRadius::same(RADIUS - 4), pair.ground);
    icons::draw(
        ui.painter(),
        tone.icon(),
        icons::square(pos2(stands.min.x + STATE_SIGN / 2.0, stands.center().y), theme::size::BODY),
        pair.text,
    );
    let inside = Rect::from_min_max(pos2(stands.min.x + STATE_SIGN, stands.min.y), stands.max);
    lines(
        ui,
        inside,
        [
            (&word, theme::strong(size.small), pair.text),
            (by.as_deref().unwrap_or(""), theme::plain(size.small - 2.0), pair.text),
        ],
    );
    let price = measure(ui, &money, theme::strong(size.large - 2.0), color.ink, rect.width());
    let right = rect.max.x - space::TWO;
    let price_width = price.size().x;
    ui.painter().galley(pos2(right - price_width, rect.center().y - price.size().y / 2.0), price, color.ink);
    let middle = Rect::from_min_max(
        pos2(stands.max.x + space::TWO, rect.min.y),
        pos2(right - price_width - space::TWO, rect.max.y),
    );
    lines(
        ui,
        middle,
        [(&number, theme::mono(size.small + 1.0), color.ink), (&about, theme::plain(size.small), color.quiet)],
    );
    if response.has_focus() {
        focus_ring(ui, desk.theme, rect.shrink(3.0));
    }
    response.clicked()
}

/// Two lines in the middle of a place, each cut where it is too long; the second may be empty, which leaves two to the first.
fn lines(ui: &Ui, rect: Rect, those: [(&str, egui::FontId, egui::Color32); 2]) {
    let alone = those.iter().any(|(words, ..)| words.is_empty());
    let laid = those.into_iter().filter(|(words, ..)| !words.is_empty()).map(|(words, font, ink)| {
        let mut job = egui::text::LayoutJob::simple(words.to_owned(), font, ink, rect.width());
        (job.wrap.max_rows, job.wrap.break_anywhere) = if alone { (2, false) } else { (1, true) };
        (ui.painter().layout_job(job), ink)
    });
    let laid: Vec<_> = laid.collect();
    let height: f32 = laid.iter().map(|(galley, _)| galley.size().y).sum();
    let mut top = rect.center().y - height / 2.0;
    for (galley, ink) in laid {
        let down = galley.size().y;
        ui.painter().galley(pos2(rect.min.x, top), galley, ink);
        top += down;
    }
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, refunds: &Refunds) {
    let size = desk.theme.size;
    let mut places = side_by_side(rect, 3, size.gap).into_iter();
    let (Some(back_at), Some(earlier_at), Some(later_at)) = (places.next(), places.next(), places.next()) else {
        return;
    };
    let back = Press::new("back", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back_at, &back) {
        desk.tell(What::CancelPressed);
    }
    let page = refunds.query.page;
    let more = refunds.page.as_ref().is_some_and(|page| page.more);
    if page == 0 && !more {
        if let Some(looked_at) = refunds.page.as_ref().and_then(|page| page.looked_at) {
            let looked_at = [("count", count(usize::try_from(looked_at).unwrap_or(usize::MAX)))];
            let at = Rect::from_min_max(earlier_at.min, later_at.max);
            write_in(ui, at, &quiet(desk.theme).right(), &desk.words.with("refunds-looked-at", &looked_at));
        }
        return;
    }
    let newer = Press::new("newer", Kind::Quiet, desk.say("refunds-newer"))
        .key(Key::PageUp, desk.say("key-page-up"))
        .enabled(page > 0)
        .text_size(size.body);
    if press(ui, desk, earlier_at, &newer) {
        desk.local.row = 0;
        desk.tell(What::OnRefunds(OnRefunds::Turned { forward: false }));
    }
    let older = Press::new("older", Kind::Quiet, desk.say("refunds-older"))
        .key(Key::PageDown, desk.say("key-page-down"))
        .enabled(more)
        .text_size(size.body);
    if press(ui, desk, later_at, &older) {
        desk.local.row = 0;
        desk.tell(What::OnRefunds(OnRefunds::Turned { forward: true }));
    }
}
