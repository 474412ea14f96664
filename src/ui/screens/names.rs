//! The first page of the first start: the language, and what store and till are called.

use egui::{Key, Rect, Ui};

use super::{display, halves};
use crate::domain::TillName;
use crate::flow::{Naming, OnSetup, What};
use crate::ui::desk::Desk;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Field, Kind, Notice, Press, Style, Tone, field, press, quiet, write};

/// The most characters of a store's name, as the settings file has it.
const MAX_STORE: usize = 60;
/// The most of a till's.
const MAX_TILL: usize = 24;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, naming: &Naming) {
    let (known, todo) = halves(desk, area, 0.54);
    let size = desk.theme.size;
    let mut column = Column::new(known);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("names-title"));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("names-about"));
    column.gap(size.gap);
    display::languages(ui, desk, &mut column);
    fields(ui, desk, todo, naming);
}

/// What is typed so far; at the beginning what the settings file has.
fn typed(desk: &Desk<'_>) -> (String, String) {
    desk.local.names.clone().unwrap_or_else(|| (desk.view.store.clone(), desk.view.till.clone()))
}

fn fields(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, naming: &Naming) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let next_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let (mut store, mut till) = typed(desk);
    let lines = [("names-store", &mut store, MAX_STORE), ("names-till", &mut till, MAX_TILL)];
    for (id, text, limit) in lines {
        let name = desk.say(id);
        write(ui, &mut column, &quiet(desk.theme), &name);
        column.gap(space::HALF);
        let how = Field { id, name: &name, font: theme::plain(size.large), limit, eager: false };
        field(ui, desk.theme, column.take(size.grid_button), &how, text);
        column.gap(size.gap);
    }
    let good = TillName::parse(till.trim());
    let (tone, key) = match (&naming.fault, &good) {
        (Some(_), _) => (Tone::Ask, "names-not-kept"),
        (None, Err(_)) => (Tone::Ask, "names-till-wrong"),
        (None, Ok(_)) => (Tone::Tell, "names-till-about"),
    };
    let plain = desk.say(&format!("{key}.do"));
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &desk.say(key), &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    desk.local.names = Some((store.clone(), till));
    if naming.fault.is_some() {
        column.gap(size.gap);
        let at = column.take(size.grid_button);
        if press(ui, desk, at, &Press::new("names-leave", Kind::Quiet, desk.say("names-leave"))) {
            desk.tell(What::OnSetup(OnSetup::NextPressed));
        }
    }
    let next = Press::new("names-next", Kind::Primary, desk.say("setup-next")).key(Key::Enter, desk.say("key-enter"));
    let ready = good.is_ok() && !store.trim().is_empty() && !naming.waiting;
    if press(ui, desk, next_at, &next.enabled(ready))
        && let Ok(till) = good
    {
        desk.tell(What::OnSetup(OnSetup::NamesGiven { store: store.trim().to_owned(), till }));
    }
}
