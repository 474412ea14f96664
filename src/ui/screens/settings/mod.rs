//! Settings: a list of pages at the left, the open page at the right; before that, a manager's PIN.
//!
//! **One file a page.** A page shows what is, and what is wrong with it in words; what is changed on one holds at once
//! and is written into the settings file, and whether that worked is said.

mod about;
mod camera;
mod door;
mod findings;
mod gateway;
mod own_pin;
mod people;
mod printer;
mod rule_edit;
mod rules;
mod scanner;
mod setup;
mod sound;
mod training;

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};
use zeroize::Zeroize;

use super::entry::Given;
use crate::domain::{KeepFault, SettingChange};
use crate::flow::{Door, OnSettings, Settings, SettingsPage, What};
use crate::ui::desk::{Desk, PersonDraft, PersonStep};
use crate::ui::i18n::count;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, side_by_side, write};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    match &settings.door {
        Door::Closed { .. } if settings.changes_own_pin() => own_pin::show(ui, desk, area, settings),
        Door::Closed { checking, refused, refused_at } => {
            let given = Given { checking: checking.is_some(), refused: refused.as_ref(), at: *refused_at };
            door::show(ui, desk, area, given);
        }
        Door::Open { .. } => match settings.guide {
            Some(guide) => setup::show(ui, desk, area, settings, guide),
            None => open(ui, desk, area, settings),
        },
    }
}

/// The least and the most of the list of pages.
const LIST: (f32, f32) = (152.0, 232.0);

/// The words of a page's name.
const fn name_of(page: SettingsPage) -> &'static str {
    match page {
        SettingsPage::Scanner => "settings-scanner",
        SettingsPage::Camera => "settings-camera",
        SettingsPage::Printer => "settings-printer",
        SettingsPage::Sound => "settings-sound",
        SettingsPage::Rules => "settings-rules",
        SettingsPage::Gateway => "settings-gateway",
        SettingsPage::People => "settings-people",
        SettingsPage::Training => "settings-training",
        SettingsPage::Display => "settings-display",
        SettingsPage::About => "settings-about",
    }
}

/// The narrow side that says where one is, and the page beside it.
fn sides(desk: &Desk<'_>, area: Rect) -> (Rect, Rect) {
    let (mut list, mut page) = (area, area);
    list.max.x = area.min.x + (area.width() * 0.22).clamp(LIST.0, LIST.1);
    page.min.x = list.max.x + desk.theme.size.margin;
    (list, page)
}

/// What is being changed on a page is left first; true when there was something.
fn left_first(desk: &mut Desk<'_>, settings: &Settings) -> bool {
    if desk.local.rule.is_some() {
        rule_edit::close(desk);
        return true;
    }
    if desk.local.printer_address.take().is_some() {
        return true;
    }
    if settings.page == SettingsPage::People && desk.local.person_draft.step != PersonStep::Look {
        desk.local.forget_pins();
        desk.local.person_draft = PersonDraft { answers: settings.people.answers, ..PersonDraft::default() };
        return true;
    }
    false
}

fn open(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let (list, page) = sides(desk, area);
    let mut column = Column::new(list);
    // Where there is little room the way back is lower than a page's way on.
    let tight = column.height() - size.button - size.gap < least(SettingsPage::ALL.len());
    let back = column.take_bottom(if size.gap < space::TWO || tight { size.grid_button } else { size.button });
    column.gap_bottom(size.gap);
    // The back button and the pages say where one is: on a small screen the heading gives its place to them.
    let heading_and_gap = size.heading * 1.5 + size.gap;
    if column.height() - heading_and_gap >= least(SettingsPage::ALL.len()) {
        let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
        write(ui, &mut column, &heading, &desk.say("settings-title"));
        column.gap(size.gap);
    }
    list_pages(ui, desk, column, settings.page);
    turn_by_arrows(desk, settings.page);
    let button = Press::new("back", Kind::Quiet, desk.say("settings-back")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back, &button) && !left_first(desk, settings) {
        desk.tell(What::CancelPressed);
    }
    show_page(ui, desk, page, settings);
}

fn show_page(ui: &mut Ui, desk: &mut Desk<'_>, page: Rect, settings: &Settings) {
    match settings.page {
        SettingsPage::Scanner => scanner::show(ui, desk, page, settings),
        SettingsPage::Camera => camera::show(ui, desk, page, settings),
        SettingsPage::Printer => printer::show(ui, desk, page, settings),
        SettingsPage::Sound => sound::show(ui, desk, page, settings),
        SettingsPage::Rules => rules::show(ui, desk, page, settings),
        SettingsPage::Gateway => gateway::show(ui, desk, page, settings),
        SettingsPage::People => people::show(ui, desk, page, settings),
        SettingsPage::Training => training::show(ui, desk, page),
        SettingsPage::Display => display(ui, desk, page, settings),
        SettingsPage::About => about::show(ui, desk, page, settings),
    }
}

/// The pages, each a button; they scroll where the window is too small for all, and the open one is in sight.
fn list_pages(ui: &mut Ui, desk: &mut Desk<'_>, column: Column, open: SettingsPage) {
    let size = desk.theme.size;
    let (high, gap) = page_rows(SettingsPage::ALL.len(), column.height(), size.grid_button, size.gap.min(space::GRID));
    let ring = space::RING;
    let turned = desk.local.settings_listed.replace(open) != Some(open);
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(ring)).id_salt("pages"), |ui| {
        ScrollArea::vertical().id_salt("page-list").auto_shrink([false, true]).content_margin(ring).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, gap);
            for each in SettingsPage::ALL {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), high));
                let button = Press::new(name_of(each), Kind::Choice(each == open), desk.say(name_of(each))).bare();
                if press(ui, desk, cell, &button) {
                    choose(desk, each);
                }
                if turned && each == open {
                    ui.scroll_to_rect(cell, None);
                }
            }
        });
    });
}

/// The page of language and colours: the same choices as before signing in.
fn display(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings) {
    let mut column = Column::new(rect);
    kept(ui, desk, &mut column, settings);
    let size = desk.theme.size;
    let high = super::display::height(ui, desk, column.width()) + size.gap + size.grid_button;
    if high <= column.height() {
        super::display::choices(ui, desk, &mut column);
        return window(ui, desk, column);
    }
    // No button gets smaller than a finger: where they do not all fit they scroll.
    let ring = space::RING;
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(ring)).id_salt("display-page"), |ui| {
        ScrollArea::vertical().id_salt("display-choices").auto_shrink([false, true]).content_margin(ring).show(
            ui,
            |ui| {
                let (_, all) = ui.allocate_space(vec2(ui.available_width(), high));
                let mut column = Column::new(all);
                super::display::choices(ui, desk, &mut column);
                window(ui, desk, column);
            },
        );
    });
}

/// How the window stands on the screen, the customer's display, and the way out of a kiosk.
fn window(ui: &mut Ui, desk: &mut Desk<'_>, mut column: Column) {
    let size = desk.theme.size;
    let now = desk.view.equipment.window;
    let mut wanted = now;
    column.gap(size.gap);
    let gap = size.gap.min(space::GRID);
    let cells = window_cells(column.take(size.grid_button), now.kiosk, gap);
    let cell = |at: usize| cells.get(at).copied().unwrap_or(column.rest());
    let kiosk = Press::new("kiosk", Kind::Switch(now.kiosk), desk.say("display-kiosk")).text_size(size.body);
    if press(ui, desk, cell(0), &kiosk) {
        wanted.kiosk = !now.kiosk;
    }
    let label = now.customer.map_or_else(
        || desk.say("display-customer"),
        |screen| desk.words.with("display-screen", &[("number", count(usize::from(screen)))]),
    );
    let customer = Press::new("customer", Kind::Switch(now.customer.is_some()), label).text_size(size.body);
    if press(ui, desk, cell(1), &customer) {
        wanted.customer = next_screen(now.customer);
    }
    if wanted != now {
        desk.tell(What::SettingChosen(SettingChange::Window(wanted)));
    }
    let close = Press::new("close", Kind::Quiet, desk.say("display-leave")).text_size(size.body);
    if now.kiosk && press(ui, desk, cell(2), &close) {
        desk.tell(What::OnSettings(OnSettings::ClosePressed));
    }
}

/// Places for what can be set of the window. The way out of a kiosk is said in fewer words than the switches beside it.
fn window_cells(line: Rect, kiosk: bool, gap: f32) -> Vec<Rect> {
    if !kiosk {
        return side_by_side(line, 2, gap);
    }
    let out = line.width() * 0.24;
    let (switches, close) = line.split_left_right_at_x(line.max.x - out);
    let mut cells = side_by_side(switches, 2, gap);
    cells.push(close.with_min_x(close.min.x + gap));
    cells
}

/// One press after the other: the screen beside the cashier's first, the first one last, then none.
fn next_screen(screen: Option<u8>) -> Option<u8> {
    match screen {
        None => Some(2),
        Some(1) => None,
        Some(screen) if screen < MOST_SCREENS => Some(screen + 1),
        Some(_) => Some(1),
    }
}

/// More screens than these stand at no till; the settings file takes more.
const MOST_SCREENS: u8 = 4;

/// What so many buttons take at least.
fn least(pages: usize) -> f32 {
    f32::from(u8::try_from(pages).unwrap_or(u8::MAX)) * theme::TARGET_MIN
}

/// How high a page's button is and the gap below it, so that all of them fit: first the gaps close, then the buttons
/// shrink to the smallest target there may be.
fn page_rows(count: usize, room: f32, high: f32, gap: f32) -> (f32, f32) {
    let pages = f32::from(u8::try_from(count).unwrap_or(u8::MAX)).max(1.0);
    let free = room - pages * high;
    if free >= 0.0 {
        return (high, (free / pages).min(gap));
    }
    ((room / pages).max(theme::TARGET_MIN), 0.0)
}

/// Arrow keys turn the pages.
fn turn_by_arrows(desk: &mut Desk<'_>, page: SettingsPage) {
    let at = SettingsPage::ALL.iter().position(|each| *each == page).unwrap_or(0);
    let does = desk.say("sheet-choices");
    let next = match desk.keys.take_arrow(&does) {
        0 => return,
        step if step < 0 => at.checked_sub(1),
        _ => Some(at + 1),
    };
    if let Some(next) = next.and_then(|at| SettingsPage::ALL.get(at)) {
        choose(desk, *next);
    }
}

/// Another page.
fn choose(desk: &mut Desk<'_>, page: SettingsPage) {
    forget(desk);
    desk.tell(What::SettingsPageChosen(page));
}

/// Nothing that was typed on one page goes along to another.
fn forget(desk: &mut Desk<'_>) {
    rule_edit::close(desk);
    desk.local.token.zeroize();
    (desk.local.account, desk.local.reason, desk.local.printer_address) = (None, None, None);
    desk.local.forget_pins();
    (desk.local.person, desk.local.person_draft) = (None, PersonDraft::default());
}

/// Says at the bottom of a page whether the last change was kept.
fn kept(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, settings: &Settings) {
    let (tone, key) = match &settings.kept {
        None => return,
        Some(Ok(())) => (Tone::Good, "kept"),
        Some(Err(KeepFault::ReadOnly)) => (Tone::Ask, "kept-read-only"),
        Some(Err(KeepFault::DiskFull)) => (Tone::Ask, "kept-disk-full"),
        Some(Err(KeepFault::Unreadable)) => (Tone::Ask, "kept-unreadable"),
        Some(Err(KeepFault::Failed | KeepFault::Refused { .. } | KeepFault::NextStart)) => (Tone::Ask, "kept-failed"),
    };
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &desk.say(key), &part(desk, key, "do"), None);
    let at = column.take_bottom(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap_bottom(desk.theme.size.gap);
}

/// A part of a message, `.do`.
fn part(desk: &Desk<'_>, key: &str, part: &str) -> String {
    desk.say(&format!("{key}.{part}"))
}

/// The left part of a rectangle and the rest, with a gap between them.
fn beside(rect: Rect, left: f32, gap: f32) -> (Rect, Rect) {
    let cut = rect.min.x + left;
    let (mut one, mut other) = (rect, rect);
    one.max.x = cut;
    other.min = pos2(cut + gap.max(space::HALF), rect.min.y);
    (one, other)
}
