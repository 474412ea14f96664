//! One file a screen. **A screen draws its state and nothing else**, and sends events; it never waits and never acts.

mod approval;
mod approval_rules;
mod display;
mod entry;
mod first;
mod locked;
mod manager;
mod names;
mod order;
mod printing;
mod problem;
mod ready;
mod refund;
mod refunds;
mod report;
mod report_detail;
mod result;
mod sale;
mod sale_amount;
mod sale_card;
mod scan;
mod sending;
mod settings;
pub mod sheet;
mod standing;
mod steps;

use egui::{Rect, Ui};

use super::desk::Desk;
use super::widgets::side_by_side;
use crate::flow::State;

/// Draws the screen of the present state.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let view = desk.view;
    match &view.state {
        State::Locked(locked) => match (&locked.first, &locked.naming) {
            (Some(_), Some(naming)) => names::show(ui, desk, area, naming),
            (Some(first), None) => first::show(ui, desk, area, first),
            (None, _) => locked::show(ui, desk, area, locked),
        },
        State::Ready => ready::show(ui, desk, area),
        State::Scan(scanning) => scan::show(ui, desk, area, scanning),
        State::Sale(review) => sale::show(ui, desk, area, review),
        State::Approval(approving) => approval::show(ui, desk, area, approving),
        State::Sending(sending) => sending::show(ui, desk, area, sending),
        State::Result(result) => result::show(ui, desk, area, result),
        State::Problem(problem) => problem::show(ui, desk, area, problem),
        State::Refunds(refunds) => match refunds.open.as_deref() {
            None => refunds::show(ui, desk, area, refunds),
            Some(open) => match &open.ordering {
                None => refund::show(ui, desk, area, open),
                Some(ordering) => order::show(ui, desk, area, open, ordering),
            },
        },
        State::Report(shown) => report::show(ui, desk, area, shown),
        State::Settings(settings) => settings::show(ui, desk, area, settings),
    }
}

/// Left what we know, right what to do: the left side has this part of the width.
pub(super) fn halves(desk: &Desk<'_>, area: Rect, left: f32) -> (Rect, Rect) {
    let gap = desk.theme.size.margin;
    let cut = area.min.x + (area.width() - gap) * left;
    let mut known = area;
    known.max.x = cut;
    let mut todo = area;
    todo.min.x = cut + gap;
    (known, todo)
}

/// Two buttons' places side by side.
pub(super) fn pair_of(rect: Rect, gap: f32) -> (Rect, Rect) {
    let mut cells = side_by_side(rect, 2, gap).into_iter();
    (cells.next().unwrap_or(rect), cells.next().unwrap_or(rect))
}
