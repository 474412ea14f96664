//! Printing and sounds, as a person uses them: by keys and by taps, told in words, the refund safe whatever happens.
#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use tillback::domain::{PrintSubject, PrinterFault, PrinterPlace};
use tillback::flow::{OnDevices, State, What};
use tillback::terminal::{Light, PrintState, Till};
use tillback::ui::theme::{Look, Palette};
use ui_support::paper::{found, printing, with_printer};
use ui_support::scenes::to_result;
use ui_support::window::Window;
use ui_support::{NUMBER, World, luis, painted, reference};

fn result(world: World) -> Window {
    let mut window = Window::open(world);
    to_result(&window.till);
    window.settle();
    window
}

/// What the till would have heard of the refund's slip.
fn comes_to(window: &mut Window, state: PrintState) {
    let mut world = window.till.world.lock().unwrap();
    world.equipment.printer.jobs = vec![(PrintSubject::Slip(reference()), state.clone())];
    drop(world);
    let fault = if let PrintState::Failed(fault) = state { Some(fault) } else { None };
    let ended = OnDevices::PrintEnded { subject: PrintSubject::Slip(reference()), fault };
    window.till.happen(What::OnDevices(ended));
    window.settle();
}

#[test]
fn a_slip_is_asked_for_once_and_told_in_words() {
    let mut window = result(printing(Light::Good, None));
    window.key(Key::F8);
    assert!(window.has("Printing…"));
    // Twice is once: the button waits.
    window.key(Key::F8);
    let told = window.till.told();
    assert_eq!(told.iter().filter(|what| *what == "OnDevices").count(), 1, "{told:?}");
    comes_to(&mut window, PrintState::Done { number: 1, file: None });
    assert!(window.says("Printed.") && window.has("Print again"));
    window.tap("Print again");
    comes_to(&mut window, PrintState::Done { number: 2, file: None });
    assert!(window.says("Printed: copy 1."));
    assert!(matches!(window.till.state(), State::Result(_)));
}

#[test]
fn whatever_is_wrong_with_the_printer_the_refund_is_said_to_be_safe() {
    for fault in [PrinterFault::PaperOut, PrinterFault::Lost, PrinterFault::Record, PrinterFault::Stopped] {
        let mut window = result(printing(Light::Good, None));
        window.key(Key::F8);
        comes_to(&mut window, PrintState::Failed(fault));
        assert!(window.says("The refund is recorded either way."), "{fault:?}");
        assert!(window.has("Refunded") && window.has("Print"), "{fault:?}");
        // And the next refund begins as ever.
        window.key(Key::F2);
        assert_eq!(window.till.screen(), "scan");
    }
}

#[test]
fn the_slip_comes_next_until_there_is_one() {
    let act = Palette::of(Look::Light).act.ground;
    let is_next = |window: &Window, name: &str| {
        let rect = window.rect_of(name);
        assert!(rect.height() >= 72.0, "{name}");
        painted::fill_of(&window.harness.output().shapes, rect) == Some(act)
    };
    let mut window = result(printing(Light::Good, None));
    assert!(is_next(&window, "Print") && !is_next(&window, "Next refund"));
    comes_to(&mut window, PrintState::Failed(PrinterFault::PaperOut));
    assert!(is_next(&window, "Print") && !is_next(&window, "Next refund"));
    let at = window.rect_of("Print");
    comes_to(&mut window, PrintState::Done { number: 1, file: None });
    assert!(!is_next(&window, "Print again") && is_next(&window, "Next refund"));
    assert_eq!(window.rect_of("Print again"), at, "nothing moves");
}

#[test]
fn without_a_printer_nothing_offers_to_print() {
    let mut window = result(World::default());
    assert!(!window.has("Print"));
    window.key(Key::F8);
    assert!(!window.till.told().iter().any(|what| what == "OnDevices"));
}

#[test]
fn the_printer_page_tests_and_says_what_is_wrong() {
    let mut window =
        Window::open(World { signed_in: Some(luis()), ..printing(Light::Bad, Some(PrinterFault::CoverOpen)) });
    window.key(Key::F4);
    window.tap("Printer");
    assert!(window.says("The printer’s cover is open."));
    window.tap("Print a test page");
    assert!(window.says("Printing…"));
    window.tap("Open the drawer");
    window.tap("Look again");
    let told = window.till.told();
    assert_eq!(told.iter().filter(|what| *what == "OnDevices").count(), 3, "{told:?}");
}

/// What was chosen, as the till was told it.
fn chosen(window: &Window) -> PrinterPlace {
    window.till.view().equipment.printer.choice.place.clone()
}

#[test]
fn a_printer_is_chosen_from_what_was_found_and_set_and_stands_in_the_file() {
    let nothing = World { signed_in: Some(luis()), ..World::default() };
    let mut window = Window::open(nothing);
    window.till.world.lock().unwrap().equipment.printer.found = Some(found());
    window.key(Key::F4);
    window.tap("Printer");
    assert!(window.says("No printer is set up.") && !window.has("Print a test page"));
    window.tap("USB-Serial Controller D (/dev/ttyUSB0)");
    assert_eq!(chosen(&window), PrinterPlace::serial("usb:067b:2303"));
    assert!(window.says("Kept.") && window.has("Print a test page"));
    for name in ["58 mm", "Slip after each refund", "Drawer opens", "Letters: WPC1252", "Speed: 19200"] {
        window.tap(name);
    }
    let file = window.till.world.lock().unwrap().settings.clone();
    for line in [
        "kind = \"serial\"",
        "device = \"usb:067b:2303\"",
        "baud = 38400",
        "paper_mm = 58",
        "code_page = \"WPC1252\"",
        "automatic = false",
        "open_on = [\"refunded\"]",
    ] {
        assert!(file.contains(line), "{line} in {file}");
    }
    // A printer found again keeps its speed; files have neither drawer nor letters.
    window.tap("USB-Serial Controller D (/dev/ttyUSB0)");
    assert!(window.has("Speed: 38400"));
    window.tap("PDF files");
    assert!(!window.has("Drawer opens") && !window.has("Open the drawer") && !window.has("Letters: WPC1252"));
    window.tap("No printer");
    assert_eq!(chosen(&window), PrinterPlace::None);
    assert!(window.till.world.lock().unwrap().settings.contains("kind = \"none\""));
}

#[test]
fn a_network_printers_address_is_typed_and_a_scan_is_none() {
    let mut window = Window::open(World { signed_in: Some(luis()), ..World::default() });
    window.key(Key::F4);
    window.tap("Printer");
    window.tap("Network printer…");
    // Not an address, so Enter does nothing; whoever begins to type means the field.
    window.key(Key::Enter);
    window.scan(NUMBER);
    assert_eq!(chosen(&window), PrinterPlace::None);
    window.type_digits("10");
    assert_eq!(chosen(&window), PrinterPlace::None);
    window.key(Key::Enter);
    assert_eq!(chosen(&window), PrinterPlace::Network("10:9100".to_owned()));
    // Escape leaves the field before it leaves the page, and nothing is changed.
    window.tap("Network printer…");
    assert!(window.has("Use it"));
    window.key(Key::Escape);
    assert!(!window.has("Use it") && window.till.screen() == "settings");
    assert_eq!(chosen(&window), PrinterPlace::Network("10:9100".to_owned()));
}

#[test]
fn a_long_folder_is_short_for_the_eye_and_whole_for_the_reader() {
    let mut window = Window::open(with_printer(PrinterPlace::Files { pdf: true }, Light::Good, None));
    window.key(Key::F4);
    window.tap("Printer");
    let whole = window.till.view().equipment.printer.folder.display().to_string();
    assert!(window.has(&whole));
    let page = Palette::of(Look::Light).page;
    let shown = painted::texts(&window.harness.output().shapes, page);
    let shown: Vec<String> = shown.into_iter().map(|text| text.text).collect();
    assert!(shown.iter().any(|text| text == "…/a-folder-with-a-rather-long-name/slips"), "{shown:?}");
    assert!(!shown.contains(&whole));
}

#[test]
fn sounds_are_made_louder_off_and_heard_each_with_its_name_on_the_screen() {
    let mut window = Window::open(World { signed_in: Some(luis()), ..printing(Light::Good, None) });
    window.key(Key::F4);
    window.tap("Sound");
    assert!(window.says("Volume 80"));
    window.tap("Louder");
    assert!(window.says("Volume 100"));
    window.tap("Quieter");
    window.tap("Quieter");
    assert!(window.says("Volume 60"));
    window.tap("The money went back");
    assert!(window.says("Last: The money went back"));
    window.tap("Off");
    assert!(window.says("Sound is off"));
}
