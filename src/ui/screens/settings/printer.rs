//! The printer page: what prints, from what was found or typed; how it is in words; a test slip; the drawer.
//!
//! **A choice holds at once**, as on every page, and nothing here waits for a device: what was found and how the chosen one
//! is, the till says when it knows.

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::super::printing::{explained, state_words};
use super::{kept, part};
use crate::domain::{
    CodePage, FoundPrinter, Language, PaperWidth, PrintSubject, PrinterChoice, PrinterPlace, RefundState, SettingChange,
};
use crate::flow::{OnDevices, Settings, What};
use crate::terminal::Light;
use crate::ui::desk::Desk;
use crate::ui::format::short_path;
use crate::ui::i18n::{count, of_system, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Field, Kind, Notice, Press, Style, Tone, field, press, quiet, side_by_side, write, write_line, write_short,
};

/// The longest address of a network printer: a host's name has 253 characters at most, and few have 60.
const MAX_ADDRESS: usize = 80;

/// So many pages of letters are offered: all of [`CodePage::ALL`].
const CODE_PAGES: u8 = 5;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let (left, right) = super::beside(area, area.width() * 0.56, size.gap);
    let mut column = Column::new(left);
    if desk.local.printer_address.is_some() {
        address(ui, desk, &mut column);
    } else {
        chosen(ui, desk, &mut column, settings);
    }
    choices(ui, desk, right);
}

/// Another choice, where it is one.
fn choose(desk: &mut Desk<'_>, choice: PrinterChoice) {
    desk.local.printer_address = None;
    if choice != desk.view.equipment.printer.choice {
        desk.tell(What::SettingChosen(SettingChange::Printer(choice)));
    }
}

fn place_chosen(desk: &mut Desk<'_>, place: PrinterPlace) {
    let now = desk.view.equipment.printer.choice.clone();
    if !place.is_at(&now.place) {
        choose(desk, PrinterChoice { place, ..now });
    }
}

/// What is chosen, how it is, and what can be set of it.
fn chosen(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, settings: &Settings) {
    let size = desk.theme.size;
    let choice = desk.view.equipment.printer.choice.clone();
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    if choice.place == PrinterPlace::None {
        kept(ui, desk, column, settings);
        write(ui, column, &strong, &desk.say("printer-none"));
        column.gap(size.gap);
        write(ui, column, &quiet(desk.theme), &part(desk, "printer-none", "do"));
        return;
    }
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    options(ui, desk, column, &choice);
    let prints = desk.words.with("printer-name", &[("name", text(name_of(desk, &choice.place)))]);
    write(ui, column, &strong, &prints);
    if matches!(choice.place, PrinterPlace::Files { .. }) {
        let whole = desk.view.equipment.printer.folder.display().to_string();
        write_short(ui, column, &quiet(desk.theme), &short_path(&whole), &whole);
    }
    column.gap(size.gap);
    notices(ui, desk, column, settings);
    buttons(ui, desk, bottom);
}

/// What is wrong first, then what was asked for last: as many as there is room for.
fn notices(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, settings: &Settings) {
    let fault = desk.view.equipment.printer.fault.is_some();
    let jobs = || [PrintSubject::Test, PrintSubject::Drawer].iter().filter_map(|subject| state_words(desk, subject));
    let mut said = vec![];
    // A job that failed has said the same already.
    if !fault || jobs().all(|(tone, ..)| tone != Tone::Ask) {
        said.push(how_it_is(desk));
    }
    if fault {
        said.extend(jobs());
    } else {
        // That something came out says that the printer works.
        said.splice(0..0, jobs());
    }
    if matches!(settings.kept, Some(Err(_))) {
        kept(ui, desk, column, settings);
    }
    for (tone, strong, plain) in said {
        let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
        if notice.height() > column.height() {
            break;
        }
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        column.gap(desk.theme.size.gap);
    }
    let good = Notice::new(ui, desk.theme, column.width(), Tone::Good, &desk.say("kept"), "", None);
    if settings.kept == Some(Ok(())) && good.height() <= column.height() {
        let at = column.take_bottom(good.height());
        good.draw(ui, desk.theme, at);
    }
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let printer = &desk.view.equipment.printer;
    let (has_drawer, free) = (printer.has_drawer, !printer.waits_for(&PrintSubject::Test));
    let cells = side_by_side(rect, if has_drawer { 2 } else { 1 }, desk.theme.size.gap.min(space::GRID));
    let (Some(first), Some(last)) = (cells.first(), cells.last()) else { return };
    let test = Press::new("print-test", Kind::Primary, desk.say("printer-test")).enabled(free);
    if press(ui, desk, *last, &test) {
        desk.tell(What::OnDevices(OnDevices::PrintPressed));
    }
    if has_drawer && press(ui, desk, *first, &Press::new("drawer", Kind::Second, desk.say("drawer-open"))) {
        desk.tell(What::OnDevices(OnDevices::DrawerPressed));
    }
}

/// Paper, what happens by itself, and what only some printers have: rows of buttons at the bottom.
fn options(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, now: &PrinterChoice) {
    let size = desk.theme.size;
    let gap = size.gap.min(space::GRID);
    let mut wanted = now.clone();
    if has_letters(desk) && now.place.is_machine() {
        letters(ui, desk, column, &mut wanted);
    }
    let does = if now.place.is_machine() { 2 } else { 1 };
    let cells = side_by_side(column.take_bottom(size.grid_button), does, gap);
    column.gap_bottom(gap);
    let mut toggle = |desk: &mut Desk<'_>, at: usize, salt: &str, on: bool, label: &str| {
        let button = Press::new(salt, Kind::Switch(on), desk.say(label)).text_size(size.body);
        cells.get(at).is_some_and(|cell| press(ui, desk, *cell, &button))
    };
    if toggle(desk, 0, "automatic", now.automatic, "printer-automatic") {
        wanted.automatic = !now.automatic;
    }
    if does == 2 && toggle(desk, 1, "kick", !now.open_on.is_empty(), "printer-drawer") {
        wanted.open_on = if now.open_on.is_empty() { vec![RefundState::Refunded] } else { vec![] };
    }
    let speed = next_speed(&now.place);
    let across = if speed.is_some() { 3 } else { 2 };
    let cells = side_by_side(column.take_bottom(size.grid_button), across, gap);
    column.gap_bottom(gap);
    if let (Some((now, place)), Some(cell)) = (speed, cells.get(2)) {
        let label = desk.words.with("printer-speed", &[("speed", text(now.to_string()))]);
        if press(ui, desk, *cell, &Press::new("speed", Kind::Quiet, label).text_size(size.body)) {
            wanted.place = place;
        }
    }
    let papers = [(PaperWidth::Mm58, 58_usize), (PaperWidth::Mm80, 80)];
    for (cell, (paper, wide)) in cells.into_iter().zip(papers) {
        let label = desk.words.with("printer-paper", &[("wide", count(wide))]);
        let button = Press::new(&label, Kind::Choice(now.paper == paper), label.as_str()).text_size(size.body);
        if press(ui, desk, cell, &button) {
            wanted.paper = paper;
        }
    }
    if wanted != *now {
        choose(desk, wanted);
    }
}

/// The window's language is written in letters that a machine has of its own; characters that are in no page are printed
/// as pictures.
fn has_letters(desk: &Desk<'_>) -> bool {
    match desk.appearance.language.unwrap_or_else(of_system) {
        Language::English | Language::Spanish | Language::French | Language::Pseudo => true,
        Language::ChineseSimplified | Language::ChineseTraditional | Language::Korean => false,
    }
}

/// The letters of a machine of its own: each page there is, side by side, below what they are.
fn letters(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, wanted: &mut PrinterChoice) {
    let size = desk.theme.size;
    let cells = side_by_side(column.take_bottom(theme::TARGET_MIN), CODE_PAGES, space::HALF);
    let title = column.take_bottom(size.small * 1.5);
    write_line(
        ui,
        title,
        &Style::new(theme::plain(size.small), desk.theme.color.quiet),
        &desk.say("printer-letters-which"),
    );
    column.gap_bottom(size.gap.min(space::GRID));
    for (cell, page) in cells.into_iter().zip(CodePage::ALL) {
        let name = desk.words.with("printer-letters", &[("page", text(page.as_str()))]);
        let number = page.as_str().trim_start_matches(char::is_alphabetic);
        let button = Press::new(page.as_str(), Kind::Choice(page == wanted.code_page), number).named(name);
        if press(ui, desk, cell, &button.bare().text_size(size.small)) {
            wanted.code_page = page;
        }
    }
}

/// How fast a serial printer is now, and the place with what one more press makes of it.
fn next_speed(place: &PrinterPlace) -> Option<(u32, PrinterPlace)> {
    let PrinterPlace::Serial { port, baud } = place else { return None };
    Some((*baud, PrinterPlace::Serial { port: port.clone(), baud: next(&PrinterPlace::SPEEDS, *baud) }))
}

/// The one after it; the first one after the last, and after what is not offered.
fn next<T: Copy + PartialEq>(all: &[T], now: T) -> T {
    let after = all.iter().position(|each| *each == now).map_or(0, |at| at + 1);
    all.get(after).or(all.first()).copied().unwrap_or(now)
}

/// Where a network printer is, typed.
fn address(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    let size = desk.theme.size;
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    let name = desk.say("printer-address");
    write(ui, column, &strong, &name);
    column.gap(size.gap);
    let mut typed = desk.local.printer_address.clone().unwrap_or_default();
    let how =
        Field { id: "printer-address", name: &name, font: theme::plain(size.large), limit: MAX_ADDRESS, eager: true };
    field(ui, desk.theme, column.take(size.button), &how, &mut typed);
    column.gap(size.gap);
    let cells = side_by_side(column.take(size.button), 2, size.gap.min(space::GRID));
    let (Some(back), Some(on)) = (cells.first(), cells.last()) else { return };
    column.gap(size.gap);
    write(ui, column, &quiet(desk.theme), &part(desk, "printer-address", "do"));
    if cfg!(windows) {
        column.gap(size.gap);
        write(ui, column, &quiet(desk.theme), &desk.say("printer-shared"));
    }
    let place = PrinterPlace::typed(&typed);
    desk.local.printer_address = Some(typed);
    let keep = Press::new("address-keep", Kind::Primary, desk.say("printer-address-keep"));
    let keep = keep.key(egui::Key::Enter, desk.say("key-enter")).enabled(place.is_some());
    if press(ui, desk, *on, &keep)
        && let Some(place) = place
    {
        let now = desk.view.equipment.printer.choice.clone();
        choose(desk, PrinterChoice { place, ..now });
    }
    if press(ui, desk, *back, &Press::new("address-back", Kind::Quiet, desk.say("button-back"))) {
        desk.local.printer_address = None;
    }
}

/// What a printer is called: as it was found, or by where it is.
fn name_of(desk: &Desk<'_>, place: &PrinterPlace) -> String {
    let printer = &desk.view.equipment.printer;
    let found = printer.found.iter().flatten().find(|found| found.place.is_at(place));
    match (found, place) {
        (Some(found), _) => found.name.clone(),
        (None, PrinterPlace::None) => desk.say("printer-no"),
        (None, PrinterPlace::Files { pdf: true }) => desk.say("printer-pdf"),
        (None, PrinterPlace::Files { pdf: false }) => desk.say("printer-text"),
        (None, PrinterPlace::Usb(None)) => desk.say("printer-usb"),
        (None, PrinterPlace::Usb(Some(name)) | PrinterPlace::Network(name) | PrinterPlace::Shared(name)) => {
            name.clone()
        }
        (None, PrinterPlace::Serial { port, .. }) => port.clone(),
    }
}

/// What can be chosen, with the words of each.
fn offered(desk: &Desk<'_>) -> Vec<(PrinterPlace, String)> {
    let printer = &desk.view.equipment.printer;
    let now = &printer.choice.place;
    let called = |found: &FoundPrinter| (found.place.clone(), found.name.clone());
    let mut all: Vec<(PrinterPlace, String)> = printer.found.iter().flatten().map(called).collect();
    // What is chosen stands there, whether or not it is plugged in.
    if now.is_machine() && !all.iter().any(|(place, _)| place.is_at(now)) {
        let name = name_of(desk, now);
        let gone = matches!(now, PrinterPlace::Usb(_) | PrinterPlace::Serial { .. }) && printer.found.is_some();
        let missing = || desk.words.with("camera-not-there", &[("name", text(name.as_str()))]);
        let words = if gone { missing() } else { name.clone() };
        all.push((now.clone(), words));
    }
    all
}

fn choices(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let again = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write(ui, &mut column, &strong, &desk.say("printer-which"));
    column.gap(size.gap);
    let now = desk.view.equipment.printer.choice.place.clone();
    let (mut wanted, mut types) = (None, false);
    let ring = space::RING;
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(ring)).id_salt("printers"), |ui| {
        ScrollArea::vertical().id_salt("printer-list").auto_shrink([false, true]).content_margin(ring).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, size.gap.min(space::GRID));
            let mut one = |desk: &mut Desk<'_>, salt: &str, kind: Kind, words: String| {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), size.grid_button));
                press(ui, desk, cell, &Press::new(salt, kind, words).text_size(size.body))
            };
            for (place, words) in offered(desk) {
                if one(desk, &format!("{place:?}"), Kind::Choice(place.is_at(&now)), words) {
                    wanted = Some(place);
                }
            }
            types = one(desk, "network", Kind::Quiet, desk.say("printer-network"));
            for place in [PrinterPlace::Files { pdf: true }, PrinterPlace::Files { pdf: false }, PrinterPlace::None] {
                let words = name_of(desk, &place);
                if one(desk, &format!("{place:?}"), Kind::Choice(place == now), words) {
                    wanted = Some(place);
                }
            }
        });
    });
    if types {
        let at =
            if let PrinterPlace::Network(at) | PrinterPlace::Shared(at) = &now { at.clone() } else { String::new() };
        desk.local.printer_address = Some(at);
    }
    if let Some(place) = wanted {
        desk.local.printer_address = None;
        place_chosen(desk, place);
    }
    let looking = desk.view.equipment.printer.found.is_none();
    let label = desk.say(if looking { "camera-looking" } else { "printer-look" });
    if press(ui, desk, again, &Press::new("look-again", Kind::Quiet, label).enabled(!looking)) {
        desk.tell(What::OnDevices(OnDevices::PrinterAsked));
    }
}

fn how_it_is(desk: &Desk<'_>) -> (Tone, String, String) {
    let printer = &desk.view.equipment.printer;
    match (printer.fault, printer.light) {
        (Some(fault), _) => {
            let (strong, plain) = explained(desk, fault);
            (Tone::Ask, strong, plain)
        }
        (None, Light::Good) => (Tone::Good, desk.say("printer-good"), String::new()),
        (None, _) => (Tone::Tell, desk.say("printer-looking"), String::new()),
    }
}
