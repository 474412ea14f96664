//! The first page: what happened, what about the money, what to do; and a button for each thing that can be done.

use egui::{Key, Rect, Ui, pos2};

use super::{Stage, Step};
use crate::terminal::recovery::{Doing, HeldBy, LedgerFault, RecoveryView, Said, Wish};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::messages;
use crate::ui::screens::halves;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Kind, Notice, Press, Style, Tone, ground, icons, measure, press, write, write_in, write_line,
};

/// Whether something has to be put right elsewhere first, or something is broken.
const fn tone(fault: &LedgerFault) -> Tone {
    match fault {
        LedgerFault::InUse(_)
        | LedgerFault::Locked
        | LedgerFault::DiskFull
        | LedgerFault::ReadOnly
        | LedgerFault::NoPermission
        | LedgerFault::FolderMissing
        | LedgerFault::NewerSchema
        | LedgerFault::WrongMode { .. } => Tone::Ask,
        LedgerFault::Gone
        | LedgerFault::NotALedger
        | LedgerFault::Damaged
        | LedgerFault::Behind { .. }
        | LedgerFault::MigrationFailed
        | LedgerFault::Other => Tone::Bad,
    }
}

/// Draws it.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, view: &RecoveryView) -> Option<Step> {
    let (known, todo) = halves(desk, area, 0.6);
    what_happened(ui, desk, known, view);
    ways_out(ui, desk, todo, view)
}

/// The most of what stands at the foot in small print, in lines; beyond, it is in the files for support.
const FOOT_LINES: f32 = 3.0;

/// Small print at the bottom of a column, read out to somebody: on as many lines as it needs, or cut after one where they
/// would be too many.
fn foot(ui: &mut Ui, column: &mut Column, style: &Style, words: &str) {
    let line = style.font.size * 1.5;
    let high = measure(ui, words, style.font.clone(), style.color, column.width()).size().y;
    if high > FOOT_LINES * line {
        return write_line(ui, column.take_bottom(line), style, words);
    }
    write_in(ui, column.take_bottom(high + space::HALF), style, words);
}

fn what_happened(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, view: &RecoveryView) {
    let size = desk.theme.size;
    let tone = tone(&view.fault);
    let pair = tone.pair(desk.theme);
    ground(ui, desk.theme, rect, pair);
    let mut column = Column::new(rect.shrink(size.margin * 1.25));
    let small = Style::new(theme::plain(size.small), pair.text);
    let detail = desk.words.with("support-code", &[("code", text(view.detail.as_str()))]);
    foot(ui, &mut column, &small, &detail);
    let place = desk.words.with("recovery-record-at", &[("path", text(view.ledger.display().to_string()))]);
    foot(ui, &mut column, &small, &place);
    let message = messages::recovery(&view.fault).say(desk.words);
    let heading = Style::new(theme::display(size.heading), pair.text).heading();
    let high = measure(ui, &message.what_happened, heading.font.clone(), pair.text, column.width()).size().y;
    column.gap(((column.height() - high - size.body * 14.0) / 3.0).max(0.0));
    let sign = column.take(size.huge);
    let at = icons::square(pos2(sign.min.x + size.huge * 0.4, sign.center().y), size.huge * 0.8);
    icons::draw(ui.painter(), tone.icon(), at, pair.text);
    column.gap(space::TWO);
    write(ui, &mut column, &heading, &message.what_happened);
    let body = Style::new(theme::plain(size.body + 1.0), pair.text);
    if let LedgerFault::InUse(held) = &view.fault {
        column.gap(space::ONE);
        write(ui, &mut column, &body, &holder(desk, held));
    }
    column.gap(space::TWO);
    write(ui, &mut column, &Style::new(theme::strong(size.large), pair.text), &message.what_about_the_money);
    column.gap(space::ONE);
    write(ui, &mut column, &body, &message.what_to_do);
}

/// Who holds the ledger, as far as they said.
fn holder(desk: &Desk<'_>, held: &HeldBy) -> String {
    let mut parts = vec![];
    parts.extend(held.till.as_ref().map(|till| desk.words.with("recovery-holder-till", &[("till", text(&**till))])));
    parts.extend(held.host.as_ref().map(|host| desk.words.with("recovery-holder-host", &[("host", text(&**host))])));
    let pid = held.pid.map(|pid| pid.to_string());
    parts.extend(pid.map(|pid| desk.words.with("recovery-holder-process", &[("pid", text(pid))])));
    let since = held.since.map(|since| desk.time.moment_within(desk.words, since, desk.now));
    parts.extend(since.map(|since| desk.words.with("recovery-holder-since", &[("since", text(since))])));
    if parts.is_empty() { desk.say("recovery-holder-unknown") } else { parts.join(" · ") }
}

fn ways_out(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, view: &RecoveryView) -> Option<Step> {
    let size = desk.theme.size;
    let gap = size.gap.min(12.0);
    let mut column = Column::new(rect);
    let mut step = None;
    let idle = view.doing.is_none();
    let copies = view.copies.as_ref().map_or(0, Vec::len);
    let restores = view.fault.takes_a_copy() && copies > 0;
    let place = |column: &mut Column, high: f32| {
        let rect = column.take_bottom(high);
        column.gap_bottom(gap);
        rect
    };
    let (enter, escape) = (desk.say("key-enter"), desk.say("key-escape"));
    let first = place(&mut column, size.button);
    let (key, to) = if restores { ("recovery-copies", 0) } else { ("recovery-again", 1) };
    let primary = Press::new("primary", Kind::Primary, desk.say(key)).key(Key::Enter, enter.clone()).enabled(idle);
    if press(ui, desk, first, &primary) {
        step = Some(if to == 0 { Step::Go(Stage::Copies) } else { Step::Wish(Wish::TryAgain) });
    }
    if restores {
        let rect = place(&mut column, size.grid_button);
        let again = Press::new("again", Kind::Second, desk.say("recovery-again")).text_size(size.body);
        if press(ui, desk, rect, &again.enabled(idle)) {
            step = Some(Step::Wish(Wish::TryAgain));
        }
    }
    let others =
        [("support", "recovery-support", Wish::SaveForSupport), ("folder", "recovery-folder", Wish::ShowFolder)];
    for (salt, key, wish) in others.into_iter().filter(|_| has_files(&view.fault)) {
        let rect = place(&mut column, size.grid_button);
        let button = Press::new(salt, Kind::Quiet, desk.say(key)).text_size(size.body).enabled(idle);
        if press(ui, desk, rect, &button) {
            step = Some(Step::Wish(wish));
        }
    }
    let rect = place(&mut column, size.grid_button);
    let close = Press::new("close", Kind::Quiet, desk.say("recovery-close")).text_size(size.body);
    if press(ui, desk, rect, &close.key(Key::Escape, escape)) {
        step = Some(Step::Close);
    }
    if let Some((tone, strong, more)) = news(desk, view) {
        let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &more, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
    step
}

/// Whether there is anything in the folder to look at or to save.
const fn has_files(fault: &LedgerFault) -> bool {
    !matches!(fault, LedgerFault::InUse(_) | LedgerFault::FolderMissing)
}

/// What is being done, or came of the last wish.
fn news(desk: &Desk<'_>, view: &RecoveryView) -> Option<(Tone, String, String)> {
    let say = |key: &str| desk.say(key);
    let path = |key: &str, path: &std::path::Path| desk.words.with(key, &[("path", text(path.display().to_string()))]);
    if let Some(doing) = view.doing {
        let key = match doing {
            Doing::Looking => "recovery-looking",
            Doing::Trying => "recovery-trying",
            Doing::Restoring => "recovery-restoring",
            Doing::Saving => "recovery-saving",
        };
        return Some((Tone::Tell, say(key), String::new()));
    }
    match &view.said {
        Some(Said::StillSo) => Some((Tone::Ask, say("recovery-still"), String::new())),
        Some(Said::Saved(folder)) => Some((Tone::Good, say("recovery-saved"), path("recovery-saved.do", folder))),
        Some(Said::NotSaved(why)) => {
            Some((Tone::Bad, say("recovery-not-saved"), desk.words.with("support-code", &[("code", text(&**why))])))
        }
        Some(Said::FolderShown) => Some((Tone::Tell, say("recovery-folder-shown"), String::new())),
        Some(Said::FolderNotShown) => {
            let folder = view.ledger.parent().unwrap_or(&view.ledger);
            Some((Tone::Ask, say("recovery-folder-not-shown"), path("recovery-folder-not-shown.do", folder)))
        }
        Some(Said::WrongPin { .. } | Said::NotRestored(_)) => None,
        None => copies_found(desk, view),
    }
}

fn copies_found(desk: &Desk<'_>, view: &RecoveryView) -> Option<(Tone, String, String)> {
    if !view.fault.takes_a_copy() {
        return None;
    }
    let newest = view.copies.as_ref()?.first();
    Some(match newest {
        Some(copy) => {
            let when = desk.time.moment_within(desk.words, copy.as_of, desk.now);
            let found = desk.words.with("recovery-copy-found", &[("when", text(when))]);
            (Tone::Good, found, super::copies::unknowns(desk, copy))
        }
        None => (Tone::Ask, desk.say("recovery-no-copies"), desk.say("recovery-no-copies.do")),
    })
}
