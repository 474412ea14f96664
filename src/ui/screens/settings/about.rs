//! The page "About": what this till is, its checks run from here, and a file for support.
//!
//! **What is wrong stands first, each with what to do.** The checks' own words are the command line's, which support
//! knows; everything around them is in the language of the window.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::domain::{CheckLine, CheckResult, Checkup, NoCheckup};
use crate::flow::{AboutPage, OnAbout, OnSettings, Settings, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Notice, Press, Row, Style, Tone, press, quiet, row, side_by_side, write};

/// More than any text here is high; what was used of it is what scrolls.
const TALL: f32 = 100_000.0;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let cells = side_by_side(column.take_bottom(size.button), 2, size.gap.min(space::GRID));
    column.gap_bottom(size.gap);
    buttons(ui, desk, &cells, &settings.about);
    let scroll = if desk.keys.take(Key::PageDown, &desk.say("about-more")) { -column.height() / 2.0 } else { 0.0 };
    let back = if desk.keys.take(Key::PageUp, &desk.say("about-more")) { column.height() / 2.0 } else { 0.0 };
    ui.scope_builder(UiBuilder::new().max_rect(column.rest()).id_salt("about"), |ui| {
        ScrollArea::vertical().id_salt("about-page").auto_shrink([false, true]).show(ui, |ui| {
            ui.scroll_with_delta(vec2(0.0, scroll + back));
            let width = ui.available_width();
            let whole = Rect::from_min_size(ui.cursor().min, vec2(width, TALL));
            let mut inside = Column::new(whole);
            found(ui, desk, &mut inside, &settings.about);
            facts(ui, desk, &mut inside);
            ui.allocate_space(vec2(width, TALL - inside.height()));
        });
    });
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, cells: &[Rect], page: &AboutPage) {
    let free = page.waiting.is_none();
    let body = desk.theme.size.body;
    let both = [("check", Kind::Primary, "about-check", false), ("pack", Kind::Second, "about-pack", true)];
    for ((salt, kind, words, pack), at) in both.into_iter().zip(cells) {
        let button = Press::new(salt, kind, desk.say(words)).text_size(body).enabled(free);
        if press(ui, desk, *at, &button) {
            desk.tell(What::OnSettings(OnSettings::About(OnAbout::CheckPressed { pack })));
        }
    }
}

/// What this till is: a row for each fact that it has.
fn facts(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column) {
    let size = desk.theme.size;
    let about = &desk.view.equipment.about;
    let heading = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write(ui, column, &heading, &desk.words.with("about-title", &[("version", text(about.version.clone()))]));
    column.gap(size.gap);
    let shown = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let schema = desk.words.with("about-schema", &[("number", text(about.schema.to_string()))]);
    let rows = [
        ("about-record", Some(schema)),
        ("about-decoder", Some(about.decoder.clone())),
        ("about-settings", shown(&about.settings)),
        ("about-data", shown(&about.data)),
        ("about-licenses", Some(shown(&about.licences).unwrap_or_else(|| desk.say("about-no-licenses")))),
    ];
    for (label, value) in rows {
        if let Some(value) = value {
            row(ui, desk.theme, column, &Row::new(&desk.say(label), &value));
        }
    }
}

/// What the checks found, once they were run.
fn found(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, page: &AboutPage) {
    match (&page.checkup, page.waiting) {
        (_, Some(_)) => tell(ui, desk, column, Tone::Tell, (desk.say("about-checking"), String::new())),
        (None, None) => {}
        (Some(Ok(checkup)), None) => checked(ui, desk, column, checkup),
        (Some(Err(why)), None) => {
            let (tone, key) = match why {
                NoCheckup::MadeUp => (Tone::Tell, "about-made-up"),
                NoCheckup::NotWritten => (Tone::Ask, "about-not-written"),
                NoCheckup::Failed => (Tone::Ask, "about-failed"),
            };
            tell(ui, desk, column, tone, (desk.say(key), super::part(desk, key, "do")));
        }
    }
}

fn checked(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, checkup: &Checkup) {
    if let Some(file) = &checkup.packed {
        let packed = desk.words.with("about-packed", &[("file", text(file.display().to_string()))]);
        tell(ui, desk, column, Tone::Good, (packed, super::part(desk, "about-packed", "do")));
    }
    let faults = checkup.faults();
    let (tone, words) = match faults {
        0 => (Tone::Good, desk.say("about-good")),
        _ => (Tone::Ask, desk.words.with("about-faults", &[("count", count(faults))])),
    };
    tell(ui, desk, column, tone, (words, super::part(desk, "about-good", "do")));
    for wanted in [CheckResult::Bad, CheckResult::Note, CheckResult::Good] {
        for each in checkup.lines.iter().filter(|each| each.result == wanted) {
            line(ui, desk, column, each);
        }
    }
    column.gap(desk.theme.size.gap);
}

fn tell(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, tone: Tone, (strong, plain): (String, String)) {
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap(desk.theme.size.gap);
}

/// One check: its word and what it found, and below it what to do.
fn line(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, line: &CheckLine) {
    let size = desk.theme.size;
    let (word, font) = match line.result {
        CheckResult::Good => ("about-result-good", theme::plain(size.small)),
        CheckResult::Note => ("about-result-note", theme::plain(size.small)),
        CheckResult::Bad => ("about-result-bad", theme::strong(size.small)),
    };
    let said = format!("{}  {}: {}", desk.say(word), line.what, line.found);
    write(ui, column, &Style::new(font, desk.theme.color.ink), &said);
    if let Some(fix) = &line.fix {
        let small = Style { font: theme::plain(size.small), ..quiet(desk.theme) };
        write(ui, column, &small, &format!("→ {fix}"));
    }
    column.gap(space::ONE);
}
