//! The camera page: its picture, and which camera.

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::super::scan::picture;
use crate::domain::{CameraChoice, SettingChange};
use crate::flow::{Settings, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let (left, right) = super::beside(area, area.width() * 0.6, size.gap);
    let mut column = Column::new(left);
    super::kept(ui, desk, &mut column, settings);
    // The picture keeps the shape most cameras have, so that it does not jump when another is chosen.
    let below = size.body * 1.6 * 2.0;
    let height = (column.width() * 0.75).min(column.height() - below - size.gap);
    picture(ui, desk, column.take(height), false);
    column.gap(size.gap);
    let camera = &desk.view.equipment.camera;
    let line = match (&camera.read, &camera.open) {
        (Some(masked), _) => desk.words.with("camera-read", &[("text", text(masked.as_str()))]),
        (None, Some((name, format))) => {
            desk.words.with("camera-open", &[("name", text(name.as_str())), ("format", text(format.as_str()))])
        }
        (None, None) => String::new(),
    };
    if !line.is_empty() {
        write(ui, &mut column, &quiet(desk.theme), &line);
    }
    choices(ui, desk, right);
}

/// What can be chosen, with the words of each.
fn offered(desk: &Desk<'_>) -> Vec<(CameraChoice, String)> {
    let camera = &desk.view.equipment.camera;
    let mut all = vec![(CameraChoice::First, desk.say("camera-first"))];
    let known = camera.known.iter().flatten();
    all.extend(known.map(|known| (CameraChoice::Named(known.name.clone()), known.name.clone())));
    // Two of one model have one name; the till cannot tell them apart.
    all.dedup_by(|one, other| one.0 == other.0);
    if let CameraChoice::Named(name) = &camera.choice
        && !all.iter().any(|(choice, _)| *choice == camera.choice)
    {
        let missing = desk.words.with("camera-not-there", &[("name", text(name.as_str()))]);
        all.push((camera.choice.clone(), missing));
    }
    if camera.has_folder {
        all.push((CameraChoice::Folder, desk.say("camera-folder")));
    }
    all.push((CameraChoice::Off, desk.say("camera-none")));
    all
}

fn choices(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let again = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    write(ui, &mut column, &strong, &desk.say("camera-which"));
    column.gap(size.gap);
    if desk.view.equipment.camera.known.as_ref().is_some_and(Vec::is_empty) {
        // Whoever looks at pictures of a folder is not told to plug something in.
        let folder = desk.view.equipment.camera.choice == CameraChoice::Folder;
        let key = if folder { "camera-is-folder" } else { "camera-none-found" };
        let (strong, plain) = (desk.say(key), super::part(desk, key, "do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
        let at = column.take_bottom(notice.height());
        column.gap_bottom(size.gap);
        notice.draw(ui, desk.theme, at);
    }
    let chosen = desk.view.equipment.camera.choice.clone();
    let mut wanted = None;
    let ring = space::RING;
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(ring)).id_salt("cameras"), |ui| {
        ScrollArea::vertical().id_salt("camera-list").auto_shrink([false, true]).content_margin(ring).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, size.gap.min(space::GRID));
            for (choice, words) in offered(desk) {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), size.grid_button));
                let salt = format!("{choice:?}");
                let button = Press::new(&salt, Kind::Choice(choice == chosen), words).text_size(size.body);
                if press(ui, desk, cell, &button) && choice != chosen {
                    wanted = Some(choice);
                }
            }
        });
    });
    if let Some(choice) = wanted {
        desk.tell(What::SettingChosen(SettingChange::Camera(choice)));
    }
    let looking = desk.view.equipment.camera.known.is_none();
    let label = desk.say(if looking { "camera-looking" } else { "camera-look-again" });
    if press(ui, desk, again, &Press::new("again", Kind::Quiet, label).enabled(!looking)) {
        desk.tell(What::CamerasAsked);
    }
}
