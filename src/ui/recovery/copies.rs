//! Which copy: its date, how many refunds it has, and what would be missing.

use egui::{Key, Rect, Ui};

use super::{Stage, Step};
use crate::terminal::recovery::{GoodCopy, RecoveryView, Unknowns};
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, text};
use crate::ui::screens::{halves, pair_of};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

fn number(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// What a copy does not know, and what becomes of that.
pub(super) fn unknowns(desk: &Desk<'_>, copy: &GoodCopy) -> String {
    match copy.unknowns {
        Unknowns::Counted(0) => desk.say("recovery-unknowns-none"),
        Unknowns::Counted(some) => desk.words.with("recovery-unknowns", &[("count", count(number(some)))]),
        Unknowns::AtLeast(0) => desk.say("recovery-unknowns-unreadable"),
        Unknowns::AtLeast(some) => desk.words.with("recovery-unknowns-at-least", &[("count", count(number(some)))]),
    }
}

/// When a copy is of and how much it holds, on one line.
pub(super) fn name_of(desk: &Desk<'_>, copy: &GoodCopy) -> String {
    let when = desk.time.moment(desk.words, copy.as_of, desk.now);
    desk.words.with("recovery-copy", &[("when", text(when)), ("count", count(number(copy.refunds)))])
}

/// Draws it.
pub(super) fn show(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    area: Rect,
    view: &RecoveryView,
    chosen: &mut usize,
) -> Option<Step> {
    let copies = view.copies.as_deref().unwrap_or_default();
    let (known, todo) = halves(desk, area, 0.52);
    let size = desk.theme.size;
    let mut column = Column::new(known);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("recovery-which"));
    write(ui, &mut column, &quiet(desk.theme), &desk.say("recovery-which-how"));
    column.gap(space::TWO);
    for (at, copy) in copies.iter().enumerate() {
        let rect = column.take(size.grid_button);
        column.gap(size.gap.min(12.0));
        let salt = copy.path.display().to_string();
        let button = Press::new(&salt, Kind::Choice(at == *chosen), name_of(desk, copy)).text_size(size.body);
        if press(ui, desk, rect, &button) {
            *chosen = at;
        }
    }
    let does = desk.say("sheet-arrows");
    match desk.keys.take_arrow(&does) {
        step if step < 0 => *chosen = chosen.saturating_sub(1),
        step if step > 0 => *chosen = (*chosen + 1).min(copies.len().saturating_sub(1)),
        _ => {}
    }
    right(ui, desk, todo, copies.get(*chosen))
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, copy: Option<&GoodCopy>) -> Option<Step> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let (back_at, use_at) = pair_of(column.take_bottom(size.button), size.gap.min(12.0));
    let mut step = None;
    let back = Press::new("back", Kind::Quiet, desk.say("recovery-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back_at, &back) {
        step = Some(Step::Go(Stage::Main));
    }
    let go = Press::new("use", Kind::Primary, desk.say("recovery-use")).key(Key::Enter, desk.say("key-enter"));
    if press(ui, desk, use_at, &go.enabled(copy.is_some())) {
        step = Some(Step::Go(Stage::Word));
    }
    let Some(copy) = copy else { return step };
    let when = desk.time.moment_within(desk.words, copy.as_of, desk.now);
    let strong = desk.words.with("recovery-copy-as-of", &[("when", text(when))]);
    let tone = if copy.unknowns == Unknowns::Counted(0) { Tone::Good } else { Tone::Ask };
    let notices =
        [(tone, strong, unknowns(desk, copy)), (Tone::Tell, desk.say("recovery-aside"), desk.say("recovery-aside.do"))];
    for (tone, strong, plain) in notices {
        let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        column.gap(size.gap);
    }
    step
}
