//! How a report's sum is made up: a plot by hour or by wallet, lists by reason, person and state.
//!
//! **A plot says in words what it shows**, for who cannot see it. Its floats are lengths on a screen: every number that is
//! written comes from whole minor units.

use egui::{Align2, Rect, Role, ScrollArea, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot, PlotPoint, PlotUi, Text};

use super::report::refunds;
use crate::domain::{Money, Report, Tally};
use crate::ui::desk::{Desk, ReportPart};
use crate::ui::format;
use crate::ui::i18n::text;
use crate::ui::report_paper::state_key;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Press, Row, card, measure, press, quiet, row, write, write_in};

const fn key_of(part: ReportPart) -> &'static str {
    match part {
        ReportPart::Hours => "report-hours",
        ReportPart::Wallets => "report-wallets",
        ReportPart::Reasons => "report-reasons",
        ReportPart::People => "report-people",
        ReportPart::States => "report-states",
    }
}

/// As wide as its word needs, and what is left over shared: a word is never broken where its neighbour has room.
fn places(ui: &Ui, desk: &Desk<'_>, rect: Rect) -> Vec<Rect> {
    let wide = |part: &ReportPart| {
        let font = theme::strong(theme::size::SMALL);
        measure(ui, &desk.say(key_of(*part)), font, desk.theme.color.ink, f32::INFINITY).size().x.max(theme::TARGET_MIN)
    };
    let words: Vec<f32> = ReportPart::ALL.iter().map(wide).collect();
    let gaps = space::HALF * (ReportPart::ALL.len() as f32 - 1.0);
    let share = (rect.width() - gaps - words.iter().sum::<f32>()) / ReportPart::ALL.len() as f32;
    let mut left = rect.min.x;
    let place = |word: f32| {
        let at =
            Rect::from_min_size(pos2(left, rect.min.y), vec2((word + share).max(theme::TARGET_MIN), rect.height()));
        left = at.max.x + space::HALF;
        at
    };
    words.into_iter().map(place).collect()
}

/// Draws the choice and what is chosen.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, report: &Report) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let choices = column.take(theme::TARGET_MIN);
    for (at, part) in places(ui, desk, choices).into_iter().zip(ReportPart::ALL) {
        let chosen = desk.local.report_part == part;
        let button = Press::new(key_of(part), Kind::Choice(chosen), desk.say(key_of(part)));
        if press(ui, desk, at, &button.bare().text_size(size.small)) {
            desk.local.report_part = part;
        }
    }
    turn_by_arrows(desk);
    column.gap(size.gap);
    let place = column.rest();
    card(ui, desk.theme, place);
    let inside = place.shrink(size.gap);
    let totals = &report.totals;
    match desk.local.report_part {
        ReportPart::Hours => hours(ui, desk, inside, report),
        ReportPart::Wallets => wallets(ui, desk, inside, report),
        ReportPart::Reasons => {
            list(ui, desk, inside, totals.by_reason.iter().map(|(name, tally)| Line::of(desk, name, tally)).collect());
        }
        ReportPart::People => {
            let named = totals.by_operator.iter();
            let named = named.map(|(who, tally)| Line::of(desk, &desk.name_among(who, &report.people), tally));
            list(ui, desk, inside, named.collect());
        }
        ReportPart::States => {
            let happened = totals.by_state.iter().filter(|(_, tally)| tally.count > 0);
            let mut named: Vec<Line> =
                happened.map(|(state, tally)| Line::of(desk, &desk.say(state_key(*state)), tally)).collect();
            if totals.by_hand > 0 {
                let (name, count) = (desk.say("report-by-hand"), totals.by_hand);
                named.push(Line { name, sums: String::new(), note: refunds(desk, count), count });
            }
            list(ui, desk, inside, named);
        }
    }
}

/// Arrow keys go from one part to the next.
fn turn_by_arrows(desk: &mut Desk<'_>) {
    let at = ReportPart::ALL.iter().position(|part| *part == desk.local.report_part).unwrap_or(0);
    let does = desk.say("sheet-arrows");
    let next = match desk.keys.take_arrow(&does) {
        0 => return,
        step if step < 0 => at.checked_sub(1),
        _ => Some(at + 1),
    };
    if let Some(part) = next.and_then(|at| ReportPart::ALL.get(at)) {
        desk.local.report_part = *part;
    }
}

/// One line of a list.
struct Line {
    name: String,
    sums: String,
    note: String,
    count: u64,
}

impl Line {
    fn of(desk: &Desk<'_>, name: &str, tally: &Tally) -> Self {
        let sums: Vec<String> = tally.sums.iter().map(|sum| desk.words.amount(*sum)).collect();
        let (name, note) = (name.to_owned(), refunds(desk, tally.count));
        Self { name, sums: sums.join(", "), note, count: tally.count }
    }
}

/// Names at the left, sums at the right; the largest count first. Longer than the place, it scrolls.
fn list(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, mut rows: Vec<Line>) {
    if rows.is_empty() {
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("report-nothing"));
    }
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("report-rows"), |ui| {
        ScrollArea::vertical().id_salt("report-list").auto_shrink([false, false]).show(ui, |ui| {
            for Line { name, sums, note, .. } in rows {
                // Measured first: the list knows its height before anything is drawn.
                let height = desk.theme.size.body * 3.4;
                let (_, at) = ui.allocate_space(vec2(ui.available_width(), height));
                let mut column = Column::new(at);
                let told = if sums.is_empty() { Row::new(&name, &note) } else { Row::new(&name, &sums).note(&note) };
                row(ui, desk.theme, &mut column, &told);
            }
        });
    });
}

/// A plot that is looked at and not touched.
fn plot<'a>(name: &str, rect: Rect) -> Plot<'a> {
    Plot::new(name.to_owned())
        .width(rect.width())
        .height(rect.height())
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .allow_axis_zoom_drag(false)
        .show_x(false)
        .show_y(false)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .set_margin_fraction(vec2(0.0, 0.0))
        .sense(egui::Sense::hover())
}

/// A length on the screen.
fn length(number: u64) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// How much room a line of small print has below the bars and above them, in its size.
const AXIS: f32 = 1.8;

/// From where to where the hours of a day go: the word of the first one begins before its bar.
const SIDES: (f64, f64) = (-SIDE, HOURS + SIDE);
const SIDE: f64 = 0.6;
const HOURS: f64 = 24_f64;

fn hours(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, report: &Report) {
    let counts: Vec<u64> = report.totals.by_hour.iter().map(|tally| tally.count).collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("report-nothing"));
    }
    let (color, small) = (&desk.theme.color, desk.theme.size.small);
    let busy = counts.iter().zip(0_u8..).filter(|(count, _)| **count > 0);
    let told: Vec<String> = busy
        .map(|(count, hour)| {
            let gifts = [("hour", text(hour.to_string())), ("count", text(refunds(desk, *count)))];
            desk.words.with("report-hour-said", &gifts)
        })
        .collect();
    let said = desk.words.with("report-hours-said", &[("what", text(told.join(", ")))]);
    let top = length(most);
    let bars = counts.iter().zip(0_u8..).map(|(count, hour)| {
        let bar = Bar::new(f64::from(hour) + 0.5, length(*count)).width(0.8);
        bar.fill(color.act.ground).stroke(egui::Stroke::NONE)
    });
    let bars: Vec<Bar> = bars.collect();
    // Room below for a line of hours and above for one of counts, however low the place is: some faces are higher.
    let line = f64::from((small * AXIS / rect.height().max(1.0)).clamp(0.08, 0.3));
    let (below, above) = (top * line / (1.0 - 2.0 * line), top * (1.0 + line / (1.0 - 2.0 * line)));
    let whole = plot("report-hours", rect).default_x_bounds(SIDES.0, SIDES.1).default_y_bounds(-below, above);
    draw(ui, rect, &said, whole, |plot_ui| {
        plot_ui.bar_chart(BarChart::new("hours", bars).allow_hover(false));
        for (count, hour) in counts.iter().zip(0_u8..) {
            let middle = f64::from(hour) + 0.5;
            if hour % 3 == 0 {
                let label = words(&format!("{hour:02}"), small, color.quiet);
                plot_ui.text(label_at("hour", middle, -top * 0.02, label, Align2::CENTER_TOP));
            }
            if *count > 0 {
                let label = words(&count.to_string(), small, color.ink);
                plot_ui.text(label_at("count", middle, length(*count) + top * 0.01, label, Align2::CENTER_BOTTOM));
            }
        }
    });
}

/// Wallets with a bar each; the rest stand in the file.
const BARS: usize = 6;

fn wallets(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, report: &Report) {
    // One currency a plot: lengths of two cannot be compared. The one with the most refunds.
    let tallies = report.totals.by_wallet.values();
    let mut codes: Vec<(&str, u64)> = vec![];
    for (sum, count) in tallies.flat_map(Tally::by_currency) {
        let code = sum.currency().code();
        match codes.iter_mut().find(|(known, _)| *known == code) {
            Some((_, all)) => *all = all.saturating_add(count),
            None => codes.push((code, count)),
        }
    }
    let Some((code, _)) = codes.iter().copied().max_by_key(|(_, count)| *count) else {
        return write_in(ui, rect, &quiet(desk.theme).middle(), &desk.say("report-nothing"));
    };
    let named =
        |wallet: &Option<String>| wallet.as_deref().map_or_else(|| desk.say("report-no-wallet"), format::wallet);
    let mut bars: Vec<(String, Money)> = report
        .totals
        .by_wallet
        .iter()
        .flat_map(|(wallet, tally)| tally.sums.iter().map(|sum| (named(wallet), *sum)))
        .filter(|(_, sum)| sum.currency().code() == code)
        .collect();
    bars.sort_by(|a, b| b.1.minor().cmp(&a.1.minor()).then_with(|| a.0.cmp(&b.0)));
    let mut column = Column::new(rect);
    if codes.len() > 1 {
        write(ui, &mut column, &quiet(desk.theme), &desk.words.with("report-only", &[("code", text(code))]));
    }
    let told: Vec<String> = bars.iter().map(|(name, sum)| format!("{name} {}", desk.words.amount(*sum))).collect();
    let said = desk.words.with("report-wallets-said", &[("what", text(told.join(", ")))]);
    bars.truncate(BARS);
    wallet_bars(ui, desk, column.rest(), &said, &bars);
}

fn wallet_bars(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, said: &str, bars: &[(String, Money)]) {
    let (color, small) = (&desk.theme.color, desk.theme.size.small);
    let minor = |sum: &Money| length(u64::try_from(sum.minor()).unwrap_or(0));
    let top = bars.first().map_or(1.0, |(_, sum)| minor(sum)).max(1.0);
    let places = length(u64::try_from(bars.len().max(4)).unwrap_or(4));
    let drawn: Vec<Bar> = bars
        .iter()
        .zip(0_u32..)
        .map(|((_, sum), at)| {
            let bar = Bar::new(places - f64::from(at) - 0.72, minor(sum)).width(0.36).horizontal();
            bar.fill(color.act.ground).stroke(egui::Stroke::NONE)
        })
        .collect();
    let whole = plot("report-wallets", rect).default_x_bounds(0.0, top).default_y_bounds(0.0, places);
    draw(ui, rect, said, whole, |plot_ui| {
        plot_ui.bar_chart(BarChart::new("wallets", drawn).allow_hover(false));
        for ((name, sum), at) in bars.iter().zip(0_u32..) {
            let above = places - f64::from(at) - 0.5;
            let name = words(name, small + 1.0, color.ink);
            plot_ui.text(label_at("wallet", 0.0, above, name, Align2::LEFT_BOTTOM));
            let sum = words(&desk.words.amount(*sum), small + 1.0, color.ink);
            plot_ui.text(label_at("sum", top, above, sum, Align2::RIGHT_BOTTOM));
        }
    });
}

fn words(text: &str, size: f32, color: egui::Color32) -> egui::RichText {
    egui::RichText::new(text).font(theme::plain(size)).color(color)
}

fn label_at(name: &str, x: f64, y: f64, text: egui::RichText, anchor: Align2) -> Text {
    Text::new(name, PlotPoint::new(x, y), text).anchor(anchor).allow_hover(false)
}

/// Draws a plot in its place, with its words for who cannot see it.
fn draw<'a>(ui: &mut Ui, rect: Rect, said: &str, plot: Plot<'a>, build: impl FnOnce(&mut PlotUi<'a>) + 'a) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("report-plot"), |ui| {
        let drawn = plot.show(ui, build);
        drawn.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, said));
    });
}
