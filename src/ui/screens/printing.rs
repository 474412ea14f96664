//! Printing in words: the button on a refund, how far it has come, what is wrong with the printer.
//!
//! **Exhaustive: no `_` arm over faults**, so that a new one does not compile until it has its words here. **Whatever is
//! wrong with the printer, the words say that the refund is safe.**

use egui::{Key, Rect, Ui};

use crate::domain::{PrintSubject, PrinterFault, Refund};
use crate::flow::{OnDevices, What};
use crate::terminal::PrintState;
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, sentences, text};
use crate::ui::widgets::{Column, Kind, Notice, Press, Tone, press};

/// What a fault is called and what to do about it.
pub(super) fn explained(desk: &Desk<'_>, fault: PrinterFault) -> (String, String) {
    let key = match fault {
        PrinterFault::NotThere => "printer-not-there",
        PrinterFault::NotAllowed => "printer-not-allowed",
        PrinterFault::InUse => "printer-in-use",
        PrinterFault::PaperOut => "printer-paper-out",
        PrinterFault::CoverOpen => "printer-cover-open",
        PrinterFault::OffLine => "printer-off-line",
        PrinterFault::Trouble => "printer-trouble",
        PrinterFault::TimedOut => "printer-timed-out",
        PrinterFault::Lost => "printer-lost",
        PrinterFault::Folder => "printer-folder",
        PrinterFault::DiskFull => "printer-disk-full",
        PrinterFault::Record => "printer-record",
        PrinterFault::Busy => "printer-busy",
        PrinterFault::Stopped => "printer-stopped",
    };
    (desk.say(key), desk.say(&format!("{key}.do")))
}

/// How far something to print has come: its tone, what happened, what to do. Nothing where nobody asked for it.
pub(super) fn state_words(desk: &Desk<'_>, subject: &PrintSubject) -> Option<(Tone, String, String)> {
    let printer = &desk.view.equipment.printer;
    Some(match printer.state_of(subject)? {
        PrintState::Waiting => (Tone::Tell, desk.say("print-waiting"), String::new()),
        PrintState::Done { file: Some(file), .. } => {
            (Tone::Good, desk.words.with("printed-file", &[("file", text(file.as_str()))]), String::new())
        }
        PrintState::Done { .. } if *subject == PrintSubject::Drawer => {
            (Tone::Good, desk.say("drawer-told"), String::new())
        }
        PrintState::Done { number, .. } if *number > 1 => {
            let copy = usize::try_from(number - 1).unwrap_or(usize::MAX);
            (Tone::Good, desk.words.with("printed-copy", &[("number", count(copy))]), String::new())
        }
        PrintState::Done { .. } => (Tone::Good, desk.say("printed"), String::new()),
        PrintState::Failed(fault) => {
            let (strong, plain) = explained(desk, *fault);
            (Tone::Ask, strong, plain)
        }
    })
}

/// What became of a refund's slip, at the bottom of a column; where something is wrong, that the refund is safe.
pub(super) fn slip_notice(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, refund: &Refund) {
    let subject = PrintSubject::Slip(refund.reference.clone());
    let Some((tone, strong, mut plain)) = state_words(desk, &subject) else { return };
    if matches!(tone, Tone::Ask) {
        plain = sentences(&[&plain, &desk.say("print-refund-safe")]);
    }
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
    let at = column.take_bottom(notice.height());
    column.gap_bottom(desk.theme.size.gap);
    notice.draw(ui, desk.theme, at);
}

/// "Print" or "Print again" for a refund, where there is a printer.
pub(super) fn print_button(ui: &mut Ui, desk: &mut Desk<'_>, at: Rect, refund: &Refund, kind: Kind) {
    let subject = PrintSubject::Slip(refund.reference.clone());
    let printer = &desk.view.equipment.printer;
    let waits = printer.waits_for(&subject);
    let key = match printer.state_of(&subject) {
        Some(PrintState::Waiting) => "print-waiting",
        Some(PrintState::Done { .. }) => "print-again",
        Some(PrintState::Failed(_)) | None => "print",
    };
    let button = Press::new("print", kind, desk.say(key)).key(Key::F8, "F8").enabled(!waits);
    if press(ui, desk, at, &button) {
        desk.tell(What::OnDevices(OnDevices::PrintPressed));
    }
}

/// True once a slip of that refund is on paper, or on its way there.
pub(super) fn is_printed(desk: &Desk<'_>, refund: &Refund) -> bool {
    let subject = PrintSubject::Slip(refund.reference.clone());
    match desk.view.equipment.printer.state_of(&subject) {
        Some(PrintState::Waiting | PrintState::Done { .. }) => true,
        Some(PrintState::Failed(_)) | None => false,
    }
}

/// True where there is something to print with.
pub(super) fn can_print(desk: &Desk<'_>) -> bool {
    desk.view.equipment.printer.name.is_some()
}
