//! The screens of a till that prints: results and refunds with what became of their slips, the printer and sound pages.

use tillback::domain::{
    FoundPrinter, KeepFault, NotSentCause, Outcome, PrintSubject, PrinterChoice, PrinterFault, PrinterPlace,
    RefundState, SettingChange, UnknownCause,
};
use tillback::flow::{SettingsPage, What};
use tillback::terminal::{Light, PrintState, PrinterView, Till};

use super::refund_scenes::{standing, to_refund};
use super::scenes::{Make, Scene, to_result, with};
use super::{FakeTill, World, luis, reference};

const FOLDER: &str = "/srv/till/.local/share/tillback/a-folder-with-a-rather-long-name/slips";
const FILE: &str = "/srv/share/of/the/store/slips/refund-FRONT-1-01JD9ZQ3K4M5N6P7Q8R9S0T1V2-refunded-1.pdf";

/// A till with a printer, a drawer and a player.
pub fn printing(light: Light, fault: Option<PrinterFault>) -> World {
    with(|world| {
        let address = "192.168.0.40:9100".to_owned();
        world.equipment.printer = PrinterView {
            name: Some(address.clone()),
            has_drawer: true,
            light,
            fault,
            choice: choice(PrinterPlace::Network(address)),
            folder: FOLDER.into(),
            found: Some(found()),
            ..PrinterView::default()
        };
        world.equipment.has_sound = true;
    })
}

/// A drawer that opens for what was refunded.
pub fn choice(place: PrinterPlace) -> PrinterChoice {
    PrinterChoice { place, open_on: vec![RefundState::Refunded], ..PrinterChoice::default() }
}

/// What is at the machine: a USB printer, a serial one behind a plug that says what it is, a bare port.
pub fn found() -> Vec<FoundPrinter> {
    let found = |place, name: &str| FoundPrinter { place, name: name.to_owned() };
    vec![
        found(PrinterPlace::Usb(None), "EPSON TM-T20III"),
        found(PrinterPlace::serial("usb:067b:2303"), "USB-Serial Controller D (/dev/ttyUSB0)"),
        found(PrinterPlace::serial("/dev/ttyS0"), "/dev/ttyS0"),
    ]
}

/// That printer is chosen, and is so.
pub fn with_printer(place: PrinterPlace, light: Light, fault: Option<PrinterFault>) -> World {
    let mut world = printing(light, fault);
    world.signed_in = Some(luis());
    world.equipment.printer.has_drawer = choice(place.clone()).has_drawer();
    world.equipment.printer.choice = choice(place);
    world
}

fn good() -> World {
    printing(Light::Good, None)
}

/// The result of a refund whose slip came to this.
fn slip(mut world: World, state: PrintState) -> World {
    world.equipment.printer.jobs = vec![(PrintSubject::Slip(reference()), state)];
    world
}

fn job(mut world: World, subject: PrintSubject, state: PrintState) -> World {
    world.signed_in = Some(luis());
    world.equipment.printer.jobs.push((subject, state));
    world
}

fn page(till: &FakeTill, page: SettingsPage) {
    till.tell(What::SettingsPressed);
    till.tell(What::SettingsPageChosen(page));
}

fn printer_page(till: &FakeTill) {
    page(till, SettingsPage::Printer);
}

fn chooses(till: &FakeTill) {
    printer_page(till);
    let place = PrinterPlace::serial("/dev/ttyS0");
    till.tell(What::SettingChosen(SettingChange::Printer(choice(place))));
}

fn looking() -> World {
    let mut world = with_printer(PrinterPlace::Usb(None), Light::Waiting, None);
    world.equipment.printer.found = None;
    world
}

fn sound_page(till: &FakeTill) {
    page(till, SettingsPage::Sound);
}

pub fn scenes(scene: Make<'_>) -> Vec<Scene> {
    let bad = || printing(Light::Bad, Some(PrinterFault::PaperOut));
    let manager = |mut world: World| {
        world.signed_in = Some(luis());
        world
    };
    let done = |number, file: Option<&str>| PrintState::Done { number, file: file.map(str::to_owned) };
    let ends = |outcome| World { outcome: Some(outcome), ..bad() };
    let unknown = Outcome::Unknown { cause: UnknownCause::TimedOut, code: None };
    let recorded = |state| {
        let refund = standing(1, state, 2740, 42);
        let subject = PrintSubject::Slip(refund.reference.clone());
        let world = World { refunds: vec![refund], ..super::refund_scenes::world(vec![]) };
        let printer = bad().equipment.printer;
        let mut world = World { equipment: tillback::terminal::Equipment { printer, ..Default::default() }, ..world };
        world.equipment.printer.jobs = vec![(subject, PrintState::Failed(PrinterFault::PaperOut))];
        world
    };
    vec![
        scene("printing, refunded", good(), to_result),
        scene("printing, refunded, waiting", slip(good(), PrintState::Waiting), to_result),
        scene("printing, refunded, a copy", slip(good(), done(3, None)), to_result),
        scene("printing, refunded, a file", slip(good(), done(1, Some(FILE))), to_result),
        scene("printing, refunded, no paper", slip(bad(), PrintState::Failed(PrinterFault::PaperOut)), to_result),
        scene("printing, unknown, lost", slip(ends(unknown), PrintState::Failed(PrinterFault::Lost)), to_result),
        scene(
            "printing, not sent",
            slip(
                ends(Outcome::NotSent { cause: NotSentCause::NotTrusted }),
                PrintState::Failed(PrinterFault::NotAllowed),
            ),
            to_result,
        ),
        scene("refund, printing", recorded(RefundState::Refunded), to_refund),
        scene("refund, not executed, printing", recorded(RefundState::NotExecuted), to_refund),
        scene("settings, no printer", manager(World::default()), printer_page),
        scene("settings, printer", manager(good()), printer_page),
        scene("settings, printer tested", job(good(), PrintSubject::Test, done(0, None)), printer_page),
        scene(
            "settings, printer without paper",
            job(
                job(bad(), PrintSubject::Test, PrintState::Failed(PrinterFault::PaperOut)),
                PrintSubject::Drawer,
                done(0, None),
            ),
            printer_page,
        ),
        Scene { taps: &["Network printer…"], ..scene("settings, printer's address", manager(good()), printer_page) },
        scene(
            "settings, printer unplugged",
            with_printer(PrinterPlace::Usb(Some("/dev/usb/lp1".to_owned())), Light::Bad, Some(PrinterFault::NotThere)),
            printer_page,
        ),
        scene(
            "settings, serial printer in use",
            with_printer(PrinterPlace::serial("usb:067b:2303"), Light::Bad, Some(PrinterFault::InUse)),
            printer_page,
        ),
        scene(
            "settings, slips as files",
            with_printer(PrinterPlace::Files { pdf: true }, Light::Good, None),
            printer_page,
        ),
        scene("settings, printer chosen", manager(good()), chooses),
        scene("settings, printer not kept", World { keeps: Err(KeepFault::ReadOnly), ..manager(good()) }, chooses),
        scene("settings, printers looked for", looking(), printer_page),
        scene("settings, sound", manager(good()), sound_page),
        scene("settings, no sound", manager(World::default()), sound_page),
    ]
}
