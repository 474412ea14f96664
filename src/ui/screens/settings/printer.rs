//! The printer page: which printer, how it is in words, a test page; and the drawer.

use egui::{Rect, Ui};

use super::super::printing::{explained, state_words};
use crate::domain::PrintSubject;
use crate::flow::{OnDevices, What};
use crate::terminal::Light;
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::theme;
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    let Some(name) = desk.view.equipment.printer.name.clone() else {
        write(ui, &mut column, &strong, &desk.say("printer-none"));
        column.gap(size.gap);
        write(ui, &mut column, &quiet(desk.theme), &super::part(desk, "printer-none", "do"));
        return;
    };
    let test_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let look_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let drawer_at = desk.view.equipment.printer.has_drawer.then(|| {
        let at = column.take_bottom(size.button);
        column.gap_bottom(size.gap);
        at
    });
    write(ui, &mut column, &strong, &desk.words.with("printer-name", &[("name", text(name))]));
    column.gap(size.gap);
    let (tone, happened, what_to_do) = how_it_is(desk);
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &happened, &what_to_do, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap(size.gap);
    for subject in [PrintSubject::Test, PrintSubject::Drawer] {
        if let Some((tone, strong, plain)) = state_words(desk, &subject) {
            let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
            let at = column.take(notice.height());
            notice.draw(ui, desk.theme, at);
            column.gap(size.gap);
        }
    }
    buttons(ui, desk, (test_at, look_at, drawer_at));
}

fn buttons(ui: &mut Ui, desk: &mut Desk<'_>, (test_at, look_at, drawer_at): (Rect, Rect, Option<Rect>)) {
    let free = !desk.view.equipment.printer.waits_for(&PrintSubject::Test);
    let test = Press::new("print-test", Kind::Primary, desk.say("printer-test")).enabled(free);
    if press(ui, desk, test_at, &test) {
        desk.tell(What::OnDevices(OnDevices::PrintPressed));
    }
    if press(ui, desk, look_at, &Press::new("look-again", Kind::Quiet, desk.say("printer-look"))) {
        desk.tell(What::OnDevices(OnDevices::PrinterAsked));
    }
    let Some(drawer_at) = drawer_at else { return };
    if press(ui, desk, drawer_at, &Press::new("drawer", Kind::Second, desk.say("drawer-open"))) {
        desk.tell(What::OnDevices(OnDevices::DrawerPressed));
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
