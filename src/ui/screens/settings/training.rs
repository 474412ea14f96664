//! The training page: into training, or back out of it. **Either way somebody has to sign in again.**

use egui::{Rect, Ui};

use crate::flow::{OnSettings, What};
use crate::ui::desk::Desk;
use crate::ui::widgets::{Column, Kind, Notice, Press, Tone, press, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let button = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let (title, go) =
        if desk.view.training { ("training-is-on", "training-end") } else { ("training-is-off", "training-begin") };
    write(ui, &mut column, &super::rules::heading(desk), &desk.say(title));
    column.gap(size.gap);
    let strong = desk.say("training-about");
    let plain = super::part(desk, "training-about", "do");
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    // In training nobody would ask about it.
    let free = desk.view.training || desk.view.unresolved == 0;
    if !free {
        column.gap(size.gap);
        let (strong, plain) = (desk.say("training-unresolved"), super::part(desk, "training-unresolved", "do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &strong, &plain, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
    if press(ui, desk, button, &Press::new("training", Kind::Primary, desk.say(go)).enabled(free)) {
        desk.tell(What::OnSettings(OnSettings::TrainingPressed));
    }
}
