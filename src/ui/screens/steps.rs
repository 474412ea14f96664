//! "What is happening": the steps of one refund with their times, oldest first.

use egui::{FontId, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::domain::{RefundState, Timestamp};
use crate::flow::{Evidence, Step, StepKind};
use crate::ui::desk::Desk;
use crate::ui::i18n::{Given, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Icon, Style, card, icons, measure, on_one_line, quiet, write, write_fit, write_in};

/// Where the words of a step begin, after its sign.
const INDENT: f32 = 28.0;

/// Draws the card at the top of a column: its title, the last steps that fit, and what comes next.
pub fn steps_card(
    ui: &mut Ui,
    desk: &Desk<'_>,
    column: &mut Column,
    steps: &[Step],
    next: Option<Timestamp>,
    most: usize,
) {
    let size = desk.theme.size;
    let pad = if size.gap < space::TWO { space::GRID } else { size.margin };
    let line = size.body * 1.6;
    let shown = steps.get(steps.len().saturating_sub(most)..).unwrap_or(steps);
    let lines = shown.len() + usize::from(next.is_some());
    let rows = f32::from(u8::try_from(lines).unwrap_or(u8::MAX));
    let outside = column.take(2.0 * pad + size.large * 1.5 + rows * line);
    card(ui, desk.theme, outside);
    let mut inside = Column::new(outside.shrink(pad));
    let title = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write_in(ui, inside.take(size.large * 1.5), &title, &desk.say("steps-title"));
    for step in shown {
        one(ui, desk, inside.take(line), step);
    }
    if let Some(at) = next {
        let seconds = desk.seconds_until(at);
        let words = if seconds == 0 {
            desk.say("step-asking")
        } else {
            desk.words.with("step-next", &[("count", Given::Count(seconds))])
        };
        let mut rect = inside.take(line);
        rect.min.x += INDENT;
        write_in(ui, rect, &quiet(desk.theme), &words);
    }
}

fn one(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, step: &Step) {
    let size = desk.theme.size;
    let (icon, words) = words_of(desk, step);
    let sign = icons::square(pos2(rect.min.x + space::ONE, rect.center().y), theme::size::SMALL);
    icons::draw(ui.painter(), icon, sign, desk.theme.color.ink);
    let clock = desk.time.clock_seconds(step.at);
    let line = format!("{clock} {words}");
    let mut at = rect;
    at.min.x += INDENT;
    let style = Style::new(theme::plain(size.body), desk.theme.color.ink);
    // A step keeps to its line, so that the card stays as high as it is.
    write_fit(ui, at, &style, &line);
    ui.interact(rect, egui::Id::unique(("step", step.at.ms(), &words)), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &line));
}

fn words_of(desk: &Desk<'_>, step: &Step) -> (Icon, String) {
    match step.kind {
        StepKind::Recorded => (Icon::Tick, desk.say("step-recorded")),
        StepKind::Sent => (Icon::Tick, desk.say("step-sent")),
        StepKind::Moved(state) => {
            let (icon, key) = moved(state);
            (icon, desk.say(key))
        }
        StepKind::Asked { times, evidence } => {
            let (icon, key) = match evidence {
                Evidence::Found => (Icon::Tick, "step-asked-found"),
                Evidence::NotFound => (Icon::Ring, "step-asked-not-found"),
                Evidence::Failed => (Icon::Diamond, "step-asked-failed"),
            };
            let ordinal = desk.words.with("step-ordinal", &[("count", Given::Count(times))]);
            (icon, desk.words.with(key, &[("ordinal", text(ordinal))]))
        }
    }
}

pub(super) const fn moved(state: RefundState) -> (Icon, &'static str) {
    match state {
        RefundState::Prepared => (Icon::Tick, "step-prepared"),
        RefundState::Sent => (Icon::Tick, "step-sent"),
        RefundState::Refunded => (Icon::Tick, "step-refunded"),
        RefundState::Declined => (Icon::Cross, "step-declined"),
        RefundState::Pending => (Icon::Diamond, "step-pending"),
        RefundState::Unknown => (Icon::Diamond, "step-unknown"),
        RefundState::NotSent => (Icon::Cross, "step-not-sent"),
        RefundState::NotExecuted => (Icon::Cross, "step-not-executed"),
        RefundState::Abandoned => (Icon::Dash, "step-abandoned"),
    }
}

/// A label and its value below it, as on the Result screen.
pub fn fact(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, label: &str, value: &str, mono: bool) {
    let size = desk.theme.size;
    let small = Style::new(theme::plain(size.small), desk.theme.color.quiet);
    write(ui, column, &small, label);
    let font = fact_font(ui, desk, column.width(), value, mono);
    write(ui, column, &Style::new(font, desk.theme.color.ink), value);
    column.gap(space::ONE);
}

/// How high a fact is in so much width, with the gap below it.
pub fn fact_height(ui: &Ui, desk: &Desk<'_>, width: f32, label: &str, value: &str, mono: bool) -> f32 {
    let (size, ink) = (desk.theme.size, desk.theme.color.ink);
    let font = fact_font(ui, desk, width, value, mono);
    let label = measure(ui, label, theme::plain(size.small), ink, width).size().y;
    label + measure(ui, value, font, ink, width).size().y + space::ONE
}

fn fact_font(ui: &Ui, desk: &Desk<'_>, width: f32, value: &str, mono: bool) -> FontId {
    let body = desk.theme.size.body;
    if !mono {
        return theme::plain(body);
    }
    let wanted = theme::mono(body - 1.0);
    on_one_line(ui, value, &wanted, width).unwrap_or(wanted)
}
