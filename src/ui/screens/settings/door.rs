//! The way in to Settings: which manager, and their PIN or badge. It lets them in here and signs nobody in. Whoever is
//! signed in changes their own PIN from here.

use egui::{Key, Rect, Ui};

use super::super::entry::{self, Asked, Given};
use super::super::halves;
use crate::domain::{Operator, OperatorId, Role};
use crate::flow::{OnPeople, What};
use crate::ui::desk::Desk;
use crate::ui::theme;
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, given: Given<'_>) {
    let (known, todo) = halves(desk, area, 0.54);
    let mut those = desk.view.operators.clone();
    those.retain(|person| person.role == Role::Manager);
    let chosen = entry::chosen(desk, &those);
    left(ui, desk, known, &those, chosen.as_ref());
    let label = if chosen.is_some() { "locked-pin" } else { "locked-choose" };
    let asked = Asked { given, open: chosen.is_some(), label, button: ("open", "settings-open") };
    if let Some(pin) = entry::pin(ui, desk, todo, &asked)
        && let Some(operator) = chosen
    {
        desk.tell(What::ManagerPinGiven { operator, pin });
    }
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, those: &[Operator], chosen: Option<&OperatorId>) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let back = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let own = column.take_bottom(size.grid_button);
    column.gap_bottom(size.gap);
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("settings-door"));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("settings-door-why"));
    column.gap(size.margin);
    if those.is_empty() {
        let (strong, plain) = (desk.say("settings-nobody"), super::part(desk, "settings-nobody", "do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &strong, &plain, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    } else {
        entry::names(ui, desk, column.rest(), those, chosen);
    }
    if press(ui, desk, own, &Press::new("own-pin", Kind::Quiet, desk.say("own-pin-open"))) {
        desk.tell(What::OnPeople(OnPeople::OwnPinPressed));
    }
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, back, &cancel) {
        desk.tell(What::CancelPressed);
    }
}
