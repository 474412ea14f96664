//! Language and colours to choose from: before signing in, and as a page of Settings.
//!
//! **Each language stands under its own name**, so that whoever reads none of the others finds it. A choice holds at once.

use egui::{Key, Rect, Ui, vec2};

use crate::domain::{Language, SettingChange, ThemeChoice};
use crate::flow::What;
use crate::ui::desk::Desk;
use crate::ui::i18n::own_name;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Press, Style, measure, press, quiet, side_by_side, write};

/// Draws it over the Locked screen, with the way back.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("display-title"));
    column.gap(size.gap);
    choices(ui, desk, &mut column);
    let done =
        Press::new("display-close", Kind::Primary, desk.say("display-close")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, bottom, &done) {
        desk.local.display = false;
    }
}

/// The two lists, one above the other.
pub(super) fn choices(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    languages(ui, desk, column);
    // Below the last row of a grid there is a gap already.
    if desk.theme.size.gap >= space::TWO {
        column.gap(desk.theme.size.gap);
    }
    write(ui, column, &quiet(desk.theme), &desk.say("display-theme"));
    column.gap(space::ONE);
    let chosen = desk.appearance.theme;
    let named: Vec<(ThemeChoice, String)> =
        ThemeChoice::ALL.into_iter().map(|each| (each, desk.say(theme_key(each)))).collect();
    if let Some(each) = grid(ui, desk, column, "theme", &named, |each| each == chosen) {
        desk.tell(What::SettingChosen(SettingChange::Theme(each)));
    }
}

/// How high the two lists are in that width.
pub(super) fn height(ui: &Ui, desk: &Desk<'_>, width: f32) -> f32 {
    let size = desk.theme.size;
    let style = quiet(desk.theme);
    let words = |key| measure(ui, &desk.say(key), style.font.clone(), style.color, width).size().y + space::ONE;
    let rows = |count: usize| {
        let lines = count.div_ceil(usize::from(across(width)));
        f32::from(u8::try_from(lines).unwrap_or(u8::MAX)) * (size.grid_button + size.gap.min(space::GRID))
    };
    let between = if size.gap >= space::TWO { size.gap } else { 0.0 };
    let lists = rows(Language::ALL.len() + 1) + rows(ThemeChoice::ALL.len());
    words("display-language") + words("display-theme") + lists + between
}

/// How many choices stand side by side.
fn across(width: f32) -> u8 {
    if width < theme::size::WIDE { 2 } else { 3 }
}

/// The languages alone.
pub(super) fn languages(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    write(ui, column, &quiet(desk.theme), &desk.say("display-language"));
    column.gap(space::ONE);
    let chosen = desk.appearance.language;
    let system = desk.say("display-as-system");
    let languages = [None].into_iter().chain(Language::ALL.map(Some));
    let named = languages.map(|each| (each, each.map_or_else(|| system.clone(), |each| own_name(each).to_owned())));
    let named: Vec<(Option<Language>, String)> = named.collect();
    if let Some(each) = grid(ui, desk, column, "language", &named, |each| each == chosen) {
        desk.tell(What::SettingChosen(SettingChange::Language(each)));
    }
}

const fn theme_key(theme: ThemeChoice) -> &'static str {
    match theme {
        ThemeChoice::System => "display-as-system",
        ThemeChoice::Light => "display-light",
        ThemeChoice::Dark => "display-dark",
        ThemeChoice::HighContrast => "display-high-contrast",
    }
}

/// Choices in rows as wide as the page allows; says which was pressed, unless it is chosen already.
fn grid<T: Copy>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    column: &mut Column,
    salt: &str,
    named: &[(T, String)],
    is_chosen: impl Fn(T) -> bool,
) -> Option<T> {
    let size = desk.theme.size;
    let gap = size.gap.min(space::GRID);
    let across = across(column.width());
    let mut pressed = None;
    for (row, few) in named.chunks(usize::from(across)).enumerate() {
        let line = column.take(size.grid_button);
        column.gap(gap);
        for (at, (cell, (each, name))) in side_by_side(line, across, gap).into_iter().zip(few).enumerate() {
            let salt = format!("{salt} {row} {at}");
            let chosen = is_chosen(*each);
            let cell = Rect::from_min_size(cell.min, vec2(cell.width(), cell.height()));
            if press(ui, desk, cell, &Press::new(&salt, Kind::Choice(chosen), name.as_str())) && !chosen {
                pressed = Some(*each);
            }
        }
    }
    pressed
}
