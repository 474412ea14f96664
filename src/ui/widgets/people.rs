//! A list of people to choose one from: by touch, by mouse, by the arrow keys.

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::buttons::{Kind, Press, press};
use crate::domain::{Operator, OperatorId};
use crate::ui::desk::Desk;
use crate::ui::theme::space::RING;

/// Draws the people as a list that scrolls when it is long, and says who was pressed.
pub fn people(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    rect: Rect,
    those: &[Operator],
    chosen: Option<&OperatorId>,
) -> Option<OperatorId> {
    let mut pressed = None;
    let height = desk.theme.size.grid_button;
    let gap = desk.theme.size.gap.min(12.0);
    ui.scope_builder(UiBuilder::new().max_rect(rect.expand(RING)).id_salt("people"), |ui| {
        ScrollArea::vertical().id_salt("people-list").auto_shrink([false, true]).content_margin(RING).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, gap);
            for person in those {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), height));
                let is_chosen = chosen == Some(&person.id);
                let button = Press::new(person.id.as_str(), Kind::Choice(is_chosen), person.name.as_str());
                if press(ui, desk, cell, &button) {
                    pressed = Some(person.id.clone());
                }
            }
        });
    });
    pressed
}

/// Who is chosen after an arrow key.
pub fn choose_by_arrows(desk: &mut Desk<'_>, those: &[Operator], chosen: Option<&OperatorId>) -> Option<OperatorId> {
    let last = those.len().checked_sub(1)?;
    let at = those.iter().position(|person| Some(&person.id) == chosen);
    let does = desk.say("sheet-arrows");
    let next = match (desk.keys.take_arrow(&does), at) {
        (0, _) => return None,
        (_, None) => 0,
        (step, Some(at)) if step < 0 => at.checked_sub(1).unwrap_or(last),
        (_, Some(at)) if at == last => 0,
        (_, Some(at)) => at + 1,
    };
    those.get(next).map(|person| person.id.clone())
}
