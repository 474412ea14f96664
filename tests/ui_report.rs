//! The Report screen by the names of its controls: by tap, by keys alone, and what it says to who cannot see it.

#![cfg(test)] // clippy: a test throughout, helpers too

mod ui_support;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use tillback::domain::{HouseFault, KeepFault, PrintSubject, PrinterFault, ScanSource};
use tillback::flow::{ReportKind, Reporting, State};
use tillback::terminal::{Light, PrintState, Till};
use ui_support::paper::printing;
use ui_support::report_scenes::{manager, shift_of};
use ui_support::window::Window;
use ui_support::{NUMBER, World, luis, mei};

fn shown(window: &Window) -> Reporting {
    match window.till.state() {
        State::Report(shown) => *shown,
        other => panic!("not on Report but on {}", other.name()),
    }
}

/// What the plot says to who cannot see it.
fn said(window: &Window) -> String {
    let nodes = window.harness.query_all_by_role(Role::Image);
    let names: Vec<String> = nodes.filter_map(|node| node.accesskit_node().label()).collect();
    names.join(" ")
}

#[test]
fn a_managers_day_by_tap_with_its_sums_and_what_is_open_first() {
    let mut window = Window::open(manager());
    window.tap("Report");
    assert_eq!((shown(&window).kind, shown(&window).oversees), (ReportKind::Day, true));
    assert!(window.says("1 refund is not finished. $20.07 USD"));
    // 22 refunds of 24 went back: one was declined, one is not known, one was in another currency.
    let back = shown(&window).report().unwrap().totals.given_back().clone();
    assert_eq!(back.count, 22);
    let sums: Vec<String> = back.sums.iter().map(ToString::to_string).collect();
    assert_eq!(sums, ["45000 KRW", "454.35 USD"]);
    assert!(window.has("₩45,000 KRW") && window.has("$454.35 USD"));
    assert!(window.has("22 refunds") && window.has("24 refunds") && window.has("Record: 12345 rows, head"));
    assert!(said(&window).starts_with("Refunds by hour of the day: from 9 o’clock 3 refunds,"), "{}", said(&window));
    window.tap("Wallets");
    assert!(
        said(&window).contains("Given back by wallet:") && said(&window).contains("WeChat Pay"),
        "{}",
        said(&window)
    );
    window.tap("Earlier");
    assert_eq!(shown(&window).back, 1);
    window.tap("Later");
    assert_eq!(shown(&window).back, 0);
    window.tap("Save CSV");
    assert!(window.says("Saved as report-day-2026-11-22.csv"));
    window.tap("Back");
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn all_of_it_by_keys_alone() {
    let mut world = manager();
    world.shift = Some(shift_of(luis().id, false));
    let mut window = Window::open(world);
    window.key(Key::F5);
    window.key(Key::ArrowDown);
    assert!(said(&window).starts_with("Given back by wallet:"), "{}", said(&window));
    window.key(Key::PageUp);
    assert_eq!(shown(&window).back, 1);
    window.key(Key::PageDown);
    // Day, Shift: the second thing that can be chosen.
    window.key(Key::Tab);
    window.key(Key::Tab);
    window.key(Key::Space);
    assert_eq!(shown(&window).kind, ReportKind::Shift);
    window.key(Key::F9);
    assert!(window.says("Close shift 118 of Luis Ortega?"));
    // Esc takes the question back before it leaves.
    window.key(Key::Escape);
    assert_eq!((window.till.screen(), shown(&window).closing), ("report", false));
    window.key(Key::F9);
    window.key(Key::F9);
    let closed = shown(&window).report().unwrap().of.clone();
    assert!(matches!(closed, tillback::domain::ReportOf::Shift(shift) if !shift.is_open()));
    window.key(Key::F9);
    assert!(window.has("Close shift…"), "a shift of one's own is opened by the same key");
    window.key(Key::Escape);
    assert_eq!(window.till.screen(), "ready");
}

#[test]
fn a_cashier_sees_and_moves_their_own_shift_alone() {
    let mut window = Window::open(World::default());
    assert!(!window.has("Report"));
    window.tap("Shift");
    assert!(window.has("No shift has been opened here yet.") && !window.has("Day"));
    window.tap("Open my shift");
    assert!(window.has("Shift 118 · Mei Chen"));
    window.tap("Close shift…");
    window.tap("Close it now");
    assert_eq!(shown(&window).open_shift(), None);
    assert_eq!(window.till.told(), ["OnReport"; 4]);
    // The shift of another is shown to nobody who may not, whatever is told.
    window.till.tell(tillback::flow::What::OnReport(tillback::flow::OnReport::KindChosen(ReportKind::Day)));
    assert_eq!(shown(&window).kind, ReportKind::Shift);
    assert_eq!(mei().role, tillback::domain::Role::Cashier);
}

#[test]
fn faults_are_said_and_a_scan_starts_nothing() {
    let mut world = manager();
    world.report_fault = Some(HouseFault::LedgerBroken);
    let mut window = Window::open(world);
    window.key(Key::F5);
    assert!(window.says("The report cannot be made just now."));
    window.till.scanned(NUMBER, ScanSource::Scanner);
    assert_eq!(window.till.screen(), "report");
    let mut world = manager();
    world.keeps = Err(KeepFault::DiskFull);
    let mut window = Window::open(world);
    window.key(Key::F5);
    window.tap("Save JSON");
    assert!(window.says("The file was not written."));
}

/// The report on the screen is put to the printer once, and what becomes of it is said where it was asked for.
#[test]
fn a_report_is_printed_and_its_trouble_is_told_and_holds_nothing_up() {
    let mut world = printing(Light::Good, None);
    world.signed_in = Some(luis());
    let mut window = Window::open(world);
    window.key(Key::F5);
    assert!(!window.has("Save PDF"));
    window.key(Key::F8);
    assert!(window.says("Printing…"));
    window.key(Key::F8);
    assert_eq!(window.till.told().iter().filter(|what| *what == "OnDevices").count(), 1, "it waits already");
    let subject = PrintSubject::Report("report-day-2026-11-22".to_owned());
    let ends = |window: &mut Window, state: PrintState| {
        window.till.world.lock().unwrap().equipment.printer.jobs = vec![(subject.clone(), state)];
        window.settle();
    };
    ends(&mut window, PrintState::Failed(PrinterFault::PaperOut));
    assert!(window.says("The printer has no paper."));
    ends(&mut window, PrintState::Failed(PrinterFault::Lost));
    assert!(window.says("Look whether all of it came out.") && !window.says("it says that it is a copy"));
    window.tap("Print");
    ends(&mut window, PrintState::Done { number: 0, file: None });
    assert!(window.says("Printed."));
    // Another day was not printed, and this one's trouble is over when it is looked at again.
    window.tap("Earlier");
    assert!(window.says("1 refund is not finished.") && !window.says("Printed."));
    window.tap("Later");
    assert!(!window.says("Printed."));
}

#[test]
fn without_a_printer_the_same_button_makes_a_file() {
    let mut window = Window::open(manager());
    window.key(Key::F5);
    assert!(!window.has("Print"));
    window.tap("Save PDF");
    let done = PrintState::Done { number: 0, file: Some("exports/report-day-2026-11-22.pdf".to_owned()) };
    let subject = PrintSubject::Report("report-day-2026-11-22".to_owned());
    window.till.world.lock().unwrap().equipment.printer.jobs = vec![(subject, done)];
    window.settle();
    assert!(window.says("Written: exports/report-day-2026-11-22.pdf"));
}

#[test]
fn a_day_without_refunds_says_nothing_in_the_stores_own_money() {
    let mut window = Window::open(World { quiet_day: true, ..manager() });
    window.key(Key::F5);
    assert!(window.has("$0.00 USD") && window.has("0 refunds"));
    let currency = tillback::domain::Currency::parse("KRW").unwrap();
    let mut window = Window::open(World { quiet_day: true, currency, ..manager() });
    window.key(Key::F5);
    assert!(window.has("₩0 KRW"));
}
