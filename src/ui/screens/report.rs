//! Report: a day or a shift. What is not finished first, then what was given back; how that is made up at the right; paper,
//! files, and the shift itself, at the bottom.

use egui::{Key, Rect, Ui, pos2};

use super::{printing, report_detail};
use crate::domain::{FileForm, Money, PrintSubject, PrinterFault, Report, ReportOf, Shift};
use crate::flow::{NoReport, OnDevices, OnReport, ReportKind, Reporting, What};
use crate::terminal::PrintState;
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Amount, Column, Kind, Notice, Press, Row, Style, Tone, amount, card, press, quiet, row, side_by_side, write,
    write_in, write_line,
};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, shown: &Reporting) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    heading(ui, desk, column.take(size.grid_button), shown);
    column.gap(size.gap);
    body(ui, desk, column.rest(), shown);
    buttons(ui, desk, bottom, shown);
}

/// How wide the choice between day and shift is, and the least and most of the buttons that turn to another one.
const KIND: f32 = 88.0;
const TURN: (f32, f32) = (112.0, 176.0);

/// The kind of report at the left, which one at the right.
fn heading(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, shown: &Reporting) {
    let size = desk.theme.size;
    let mut left = rect.min.x;
    if shown.oversees {
        for (kind, key) in [(ReportKind::Day, "report-day"), (ReportKind::Shift, "report-shift")] {
            let place = Rect::from_min_max(pos2(left, rect.min.y), pos2(left + KIND, rect.max.y));
            let button = Press::new(key, Kind::Choice(shown.kind == kind), desk.say(key)).bare().text_size(size.body);
            if press(ui, desk, place, &button) {
                desk.tell(What::OnReport(OnReport::KindChosen(kind)));
            }
            left = place.max.x + space::ONE;
        }
        left += size.gap;
    }
    let report = shown.report();
    let wide = (rect.width() * 0.17).clamp(TURN.0, TURN.1);
    let later = Rect::from_min_max(pos2(rect.max.x - wide, rect.min.y), rect.max);
    let earlier = later.translate(egui::vec2(-wide - space::ONE, 0.0));
    let title = Rect::from_min_max(pos2(left, rect.min.y), pos2(earlier.min.x - size.gap, rect.max.y));
    let words = report.map_or_else(|| desk.say("report-title"), |report| name_of(desk, report));
    let style = Style::new(theme::display(size.large), desk.theme.color.ink).heading();
    write_line(ui, title, &style, &words);
    let free = shown.asking.is_none() && shown.moving.is_none();
    let has_earlier = free && report.is_some_and(|report| report.has_earlier);
    let has_later = free && shown.back > 0;
    let turn = |key: &'static str, to: Key, name: String, enabled: bool| {
        Press::new(key, Kind::Quiet, desk.say(key)).key(to, name).enabled(enabled).text_size(size.body)
    };
    let buttons = [
        (earlier, turn("report-earlier", Key::PageUp, desk.say("key-page-up"), has_earlier), true),
        (later, turn("report-later", Key::PageDown, desk.say("key-page-down"), has_later), false),
    ];
    for (at, button, earlier) in buttons {
        if press(ui, desk, at, &button) {
            desk.tell(What::OnReport(OnReport::Turned { earlier }));
        }
    }
}

/// What the report is about, in words.
fn name_of(desk: &Desk<'_>, report: &Report) -> String {
    match &report.of {
        ReportOf::Day(_) => desk.time.day(desk.words, report.from),
        ReportOf::Shift(shift) => shift_name(desk, shift, report),
    }
}

fn shift_name(desk: &Desk<'_>, shift: &Shift, report: &Report) -> String {
    let number = text(shift.number.to_string());
    let who = text(desk.name_among(&shift.operator, &report.people));
    desk.words.with("report-of-shift", &[("number", number), ("who", who)])
}

fn body(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, shown: &Reporting) {
    let Some(made) = &shown.made else {
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("report-making"));
    };
    match &made.report {
        Ok(report) => {
            let (known, more) = super::halves(desk, rect, 0.46);
            left(ui, desk, known, shown, report);
            report_detail::show(ui, desk, more, report);
        }
        Err(NoReport::NoShift) => write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("report-no-shift")),
        Err(NoReport::House(fault)) => {
            let message = messages::no_report(*fault).say(desk.words);
            let notice = Notice::message(ui, desk.theme, rect.width(), Tone::Bad, &message, message.code.clone());
            notice.draw(ui, desk.theme, rect);
        }
    }
}

fn left(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, shown: &Reporting, report: &Report) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let news = news(ui, desk, column.width(), shown, report);
    let at = column.take(news.height());
    news.draw(ui, desk.theme, at);
    column.gap(size.gap);
    let place = column.rest();
    card(ui, desk.theme, place);
    let mut inside = Column::new(place.shrink(size.gap));
    record(ui, desk, &mut inside, report);
    let back = report.totals.given_back();
    let label = Style::new(theme::strong(size.body), desk.theme.color.quiet);
    let given_back = if report.training { "report-training" } else { "report-given-back" };
    write(ui, &mut inside, &label, &desk.say(given_back));
    // A small window with the training band has no room for a sum of full size and what was asked below it.
    let share = if inside.rest().height() < size.amount * 2.6 { 0.5 } else { 0.8 };
    let how = |points: f32| Amount { size: points, color: desk.theme.color.ink, height: points * 1.25 };
    let mut sums = back.by_currency().into_iter();
    // Nothing given back is an amount too.
    let first = sums.next().map_or_else(|| Money::zero(desk.view.currency), |(sum, _)| sum);
    amount(ui, &mut inside, how(size.amount * share), desk.words, first);
    // Few tills see three currencies in a day; all of them stand in the file.
    for (sum, _) in sums.take(2) {
        amount(ui, &mut inside, how(size.large), desk.words, sum);
    }
    write(ui, &mut inside, &quiet(desk.theme), &refunds(desk, back.count));
    inside.gap(size.gap / 2.0);
    let asked = refunds(desk, report.totals.asked.count);
    row(ui, desk.theme, &mut inside, &Row::new(&desk.say("report-asked"), &asked));
    if let ReportOf::Shift(shift) = &report.of {
        write(ui, &mut inside, &quiet(desk.theme), &times(desk, shift));
    }
}

/// How many, in words.
pub(super) fn refunds(desk: &Desk<'_>, number: u64) -> String {
    desk.words.with("report-count", &[("count", count(usize::try_from(number).unwrap_or(usize::MAX)))])
}

fn times(desk: &Desk<'_>, shift: &Shift) -> String {
    match shift.closed_at {
        None => {
            let from = text(desk.time.moment_within(desk.words, shift.opened_at, desk.now));
            desk.words.with("report-shift-open", &[("from", from)])
        }
        Some(closed_at) => {
            let from = text(desk.time.moment(desk.words, shift.opened_at, desk.now));
            let to = text(desk.time.moment_within(desk.words, closed_at, desk.now));
            desk.words.with("report-shift-closed", &[("from", from), ("to", to)])
        }
    }
}

/// The head of the record at the bottom of the card, small, to be copied from a photograph if need be.
fn record(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, report: &Report) {
    let small = desk.theme.size.small;
    let (first, second) = report.head.hash.split_at_checked(32).unwrap_or((&report.head.hash, ""));
    let font = theme::mono(small - 2.0);
    let color = desk.theme.color.quiet;
    for half in [second, first] {
        let at = column.take_bottom(small * 1.3);
        write_line(ui, at, &Style::new(font.clone(), color), half);
    }
    let rows = text(report.head.count.to_string());
    let at = column.take_bottom(small * 1.4);
    write_line(ui, at, &Style::new(theme::plain(small), color), &desk.words.with("report-record", &[("count", rows)]));
}

/// What is most pressing: a question, what became of the last press, what is not finished.
fn news(ui: &Ui, desk: &Desk<'_>, width: f32, shown: &Reporting, report: &Report) -> Notice {
    let notice = |tone, strong: &str, plain: &str| Notice::new(ui, desk.theme, width, tone, strong, plain, None);
    let part = |key: &str| desk.say(&format!("{key}.do"));
    if let (true, ReportOf::Shift(shift)) = (shown.closing, &report.of) {
        let number = text(shift.number.to_string());
        let who = text(desk.name_among(&shift.operator, &report.people));
        let sure = desk.words.with("report-shift-sure", &[("number", number), ("who", who)]);
        return notice(Tone::Ask, &sure, &part("report-shift-sure"));
    }
    if shown.refused.is_some() {
        return notice(Tone::Bad, &desk.say("report-shift-refused"), &part("report-shift-refused"));
    }
    if let Some((tone, strong, plain)) = printed(desk, shown, report) {
        return notice(tone, &strong, &plain);
    }
    match &shown.exported {
        Some(Ok(name)) => {
            let saved = desk.words.with("report-exported", &[("name", text(name.as_str()))]);
            return notice(Tone::Good, &saved, &part("report-exported"));
        }
        Some(Err(_)) => return notice(Tone::Bad, &desk.say("report-not-exported"), &part("report-not-exported")),
        None => {}
    }
    let number = |count: u64| count_of(usize::try_from(count).unwrap_or(usize::MAX));
    let besides = desk.words.with("report-besides", &[("count", number(report.open_besides))]);
    if report.unresolved_count > 0 {
        let open = desk.words.with("report-unresolved", &[("count", number(report.unresolved_count))]);
        let sums = open_sums(desk, report);
        return notice(Tone::Ask, &format!("{open} {sums}"), &part("report-unresolved"));
    }
    notice(Tone::Good, &desk.say("report-all-finished"), &besides)
}

/// What became of printing it, where that was asked while it is shown.
fn printed(desk: &Desk<'_>, shown: &Reporting, report: &Report) -> Option<(Tone, String, String)> {
    let subject = PrintSubject::Report(report.file_stem());
    let state = desk.view.equipment.printer.state_of(&subject).filter(|_| shown.printed)?;
    if let PrintState::Failed(PrinterFault::Lost) = state {
        return Some((Tone::Ask, desk.say("report-print-lost"), desk.say("report-print-lost.do")));
    }
    printing::state_words(desk, &subject)
}

fn count_of(number: usize) -> crate::ui::i18n::Given {
    count(number)
}

/// What the unfinished ones come to, in each currency.
fn open_sums(desk: &Desk<'_>, report: &Report) -> String {
    let mut tally = crate::domain::Tally::default();
    for refund in &report.unresolved {
        // A sum beyond whole numbers is not shown; the list under Refunds has each.
        if tally.add(refund.amount).is_err() {
            return String::new();
        }
    }
    tally.sums.iter().map(|sum| desk.words.amount(*sum)).collect::<Vec<_>>().join(", ")
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, shown: &Reporting) {
    let size = desk.theme.size;
    let places = side_by_side(rect, 5, size.gap);
    let place = |at: usize| places.get(at).copied().unwrap_or(rect);
    let back = Press::new("back", Kind::Quiet, desk.say("button-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, place(0), &back) {
        desk.tell(What::CancelPressed);
    }
    let can_save = shown.report().is_some() && shown.exporting.is_none() && shown.asking.is_none();
    let waits = shown
        .report()
        .is_some_and(|report| desk.view.equipment.printer.waits_for(&PrintSubject::Report(report.file_stem())));
    // Without a printer it is a file with the same rows.
    let words = match (printing::can_print(desk), waits) {
        (true, true) => "print-waiting",
        (true, false) => "print",
        (false, _) => "report-export-pdf",
    };
    let can_print = shown.report().is_some() && shown.asking.is_none() && !waits;
    let button = Press::new("print", Kind::Quiet, desk.say(words)).key(Key::F8, "F8").enabled(can_print);
    if press(ui, desk, place(1), &button.text_size(size.body)) {
        desk.tell(What::OnDevices(OnDevices::PrintPressed));
    }
    for (at, key, form) in [(2, "report-export-csv", FileForm::Csv), (3, "report-export-json", FileForm::JsonLines)] {
        let button = Press::new(key, Kind::Quiet, desk.say(key)).enabled(can_save).text_size(size.body);
        if press(ui, desk, place(at), &button) {
            desk.tell(What::OnReport(OnReport::ExportPressed(form)));
        }
    }
    if let Some((button, what)) = shift_button(desk, shown)
        && press(ui, desk, place(4), &button)
    {
        desk.tell(What::OnReport(what));
    }
}

/// What can be done about a shift now: close the one that is shown, else open one's own.
fn shift_button<'a>(desk: &Desk<'_>, shown: &Reporting) -> Option<(Press<'a>, OnReport)> {
    let free = shown.moving.is_none() && shown.asking.is_none();
    let button = |key: &'static str, kind| Press::new(key, kind, desk.say(key)).key(Key::F9, "F9").enabled(free);
    if shown.closing {
        return Some((button("report-shift-end-now", Kind::Primary), OnReport::CloseConfirmed));
    }
    if shown.open_shift().is_some() {
        return Some((button("report-shift-end", Kind::Second), OnReport::ClosePressed));
    }
    let has_none = shown.made.as_ref().is_some_and(|made| made.own.is_none());
    let kind = if shown.kind == ReportKind::Shift { Kind::Primary } else { Kind::Quiet };
    has_none.then(|| (button("report-shift-begin", kind), OnReport::OpenPressed))
}
