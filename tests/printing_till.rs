//! Slips out of the running till: real flow, ledger, client and sandbox, and a receipt printer on loopback that is
//! sometimes out of paper. No window.
#![cfg(test)] // clippy: a test throughout, helpers too

mod paper;
mod terminal_support;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use paper::interpreter::{Printed, print};
use paper::machine::{Mood, Network};
use terminal_support::wait;
use tillback::cli::demo::Demo;
use tillback::config::{self, Config, EXAMPLE};
use tillback::devices::escpos::Tongue;
use tillback::devices::file::FileKind;
use tillback::devices::font::Pen;
use tillback::devices::printer::{Machine, Patience, Printer};
use tillback::devices::wire::Place;
use tillback::domain::{
    CodePage, DrawerPin, FileForm, KeepFault, Language, OperatorId, PaperWidth, Pin, PrintSubject, PrinterChoice,
    PrinterFault, PrinterPlace, Reason, RefundState, ReportAsk, ScanSource, SettingChange, SlipCopies,
};
use tillback::flow::{NoReport, OnDevices, OnReport, ReportKind, SaleCheck, SettingsPage, State, What};
use tillback::terminal::{
    DrawerSettings, Light, Parts, PrintState, PrintingParts, SetUpPrinter, Terminal, Till, TillView,
};
use tillback::ui::slips::SlipWriter;

/// The demo's sales: one that is refunded, one whose answer is lost.
const GOOD: &str = "297553638301777927";
const LOST: &str = "312097754168830295";

fn at(printer: &Network) -> PrinterPlace {
    PrinterPlace::Network(printer.address.to_string())
}

struct Shop {
    demo: Demo,
    terminal: Terminal,
    printer: Network,
}

impl Shop {
    fn open(mood: Mood) -> Self {
        Self::open_with(mood, true, None)
    }

    fn open_with(mood: Mood, has_printer: bool, settings_file: Option<PathBuf>) -> Self {
        let demo = Demo::set_up().unwrap();
        let printer = Network::start(mood);
        let scribe = SlipWriter {
            store: "Harbor View".to_owned(),
            till: "Till 3".to_owned(),
            training: true,
            copies: SlipCopies::Customer,
            language: std::sync::Mutex::new(Language::English),
            zone: jiff::tz::TimeZone::UTC,
        };
        let chosen = PrinterChoice {
            place: if has_printer { at(&printer) } else { PrinterPlace::None },
            open_on: vec![RefundState::Refunded],
            ..PrinterChoice::default()
        };
        let folder = demo.folder().join("slips");
        let patience = Patience { answer: Duration::from_secs(30), ..Patience::default() };
        let pen = Arc::new(Pen::new(&[]));
        let maker = Box::new(move |choice: &PrinterChoice| {
            let tongue = Tongue { paper: choice.paper, ..Tongue::default() };
            let (machine, name) = match &choice.place {
                PrinterPlace::Network(at) => {
                    (Machine::Paper { place: Place::Network(at.clone()), tongue }, Some(at.clone()))
                }
                place => {
                    let folder = folder.clone();
                    let name = (*place != PrinterPlace::None).then(|| folder.display().to_string());
                    (Machine::Files { folder, kind: FileKind::Text, tongue, own: true }, name)
                }
            };
            let drawer = choice.has_drawer().then_some(DrawerSettings { pin: DrawerPin::Two, pulse_ms: 100 });
            SetUpPrinter { printer: Printer::new(machine, Arc::clone(&pen), patience), drawer, name }
        });
        let after = chosen.after_refund();
        let parts = Parts {
            printing: Some(PrintingParts {
                choice: chosen,
                maker,
                scribe: Arc::new(scribe),
                folder: demo.folder().join("slips"),
            }),
            settings_file,
            ..Parts::new(demo.flow_with(after), Demo::signboard().unwrap(), demo.duties())
        };
        Self { terminal: Terminal::start(parts).unwrap(), demo, printer }
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&TillView) -> bool) -> Arc<TillView> {
        wait(&self.terminal, what, until)
    }

    fn manager(&self) -> OperatorId {
        let view = self.terminal.view();
        view.operators.iter().find(|person| person.name.as_str() == "Luis Ortega").unwrap().id.clone()
    }

    fn sign_in_manager(&self) -> OperatorId {
        let manager = self.manager();
        self.terminal.tell(What::LockPressed);
        self.wait("the lock", |view| matches!(view.state, State::Locked(_)));
        self.terminal.tell(What::SignInAsked { operator: manager.clone(), pin: Pin::parse("482913").unwrap() });
        self.wait("the till", |view| matches!(view.state, State::Ready));
        manager
    }

    /// By a manager's PIN at the door, which signs nobody in.
    fn open_printer_page(&self) {
        self.terminal.tell(What::SettingsPressed);
        let pin = Pin::parse("482913").unwrap();
        self.terminal.tell(What::ManagerPinGiven { operator: self.manager(), pin });
        let inside = |view: &TillView| matches!(&view.state, State::Settings(settings) if settings.is_open());
        self.wait("the settings", inside);
        self.terminal.tell(What::SettingsPageChosen(SettingsPage::Printer));
    }

    fn choose(&self, place: PrinterPlace) {
        let now = self.terminal.view().equipment.printer.choice.clone();
        self.terminal.tell(What::SettingChosen(SettingChange::Printer(PrinterChoice { place, ..now })));
    }

    /// A refund up to its result.
    #[track_caller]
    fn refund(&self, code: &str) -> PrintSubject {
        self.terminal.scanned(code, ScanSource::Scanner);
        self.wait("the sale", |view| match &view.state {
            State::Sale(review) => !matches!(review.check, SaleCheck::Asking(_)),
            _ => false,
        });
        self.terminal.tell(What::AmountTyped("5.00".to_owned()));
        self.terminal.tell(What::ReasonChosen(Reason::parse("Damaged").unwrap()));
        self.terminal.tell(What::ApprovalAsked);
        self.wait("the approval", |view| matches!(view.state, State::Approval(_)));
        let pin = Pin::parse("482913").unwrap();
        self.terminal.tell(What::PinGiven { approver: self.manager(), pin });
        let view = self.wait("a result", |view| matches!(view.state, State::Result(_)));
        let State::Result(result) = &view.state else { unreachable!() };
        PrintSubject::Slip(result.refund.reference.clone())
    }

    fn press_print(&self) {
        self.terminal.tell(What::OnDevices(OnDevices::PrintPressed));
    }

    #[track_caller]
    fn ends(&self, subject: &PrintSubject, expected: &PrintState) {
        self.wait("the end of it", |view| view.equipment.printer.state_of(subject) == Some(expected));
    }

    /// The rows of the record about paper, oldest first, each with whether somebody is named.
    fn rows(&self) -> Vec<(String, bool, String)> {
        let rows = self.demo.duties().ledger().audit_rows(0, 1000).unwrap();
        let about = ["slip_printed", "slip_not_printed", "report_printed", "drawer_opened"];
        let rows = rows.into_iter().filter(|row| about.contains(&row.what.as_str()));
        rows.map(|row| (row.what, row.who != "system", row.detail)).collect()
    }

    fn slip(&self, at: usize) -> Printed {
        print(&self.printer.jobs(at + 1)[at], PaperWidth::Mm80, CodePage::Pc858)
    }
}

fn printed(number: u32) -> PrintState {
    PrintState::Done { number, file: None }
}

fn says(slip: &Printed, text: &str) -> bool {
    slip.texts.iter().any(|line| line.contains(text))
}

#[test]
fn a_refund_opens_the_drawer_and_prints_and_prints_again_as_a_copy() {
    let shop = Shop::open(Mood::Good);
    let slip = shop.refund(GOOD);
    shop.ends(&PrintSubject::Drawer, &printed(0));
    shop.ends(&slip, &printed(1));
    assert_eq!(shop.slip(0).drawer, [(0, 50, 100)]);
    let first = shop.slip(1);
    assert!(says(&first, "Harbor View") && says(&first, "$5.00 USD") && says(&first, "TRAINING"));
    assert!(!says(&first, "COPY"));
    shop.press_print();
    shop.ends(&slip, &printed(2));
    assert!(says(&shop.slip(2), "COPY 1"));
    let told: Vec<_> = shop.rows().into_iter().map(|(what, somebody, _)| (what, somebody)).collect();
    let expected = ["drawer_opened", "slip_printed", "slip_printed"].map(|what| (what.to_owned(), true));
    assert_eq!(told, expected);
    assert_eq!(shop.terminal.view().equipment.printer.light, Light::Good);
    shop.demo.duties().ledger().audit_verify(None).unwrap();
    shop.terminal.stop();
}

#[test]
fn a_report_is_recorded_and_printed_and_without_paper_neither() {
    let shop = Shop::open(Mood::PaperOut);
    let manager = shop.sign_in_manager();
    shop.terminal.tell(What::OnReport(OnReport::Pressed(ReportKind::Day)));
    let view = shop.wait("the report", |view| match &view.state {
        State::Report(shown) => shown.report().is_some(),
        _ => false,
    });
    let State::Report(shown) = &view.state else { unreachable!() };
    let report = shown.report().unwrap();
    let subject = PrintSubject::Report(report.file_stem());
    shop.press_print();
    shop.ends(&subject, &PrintState::Failed(PrinterFault::PaperOut));
    assert!(shop.rows().is_empty(), "nothing came out, nothing is recorded");
    shop.printer.set(Mood::Good);
    shop.press_print();
    shop.ends(&subject, &printed(0));
    let paper = shop.slip(0);
    assert!(says(&paper, "Day report") && says(&paper, "TRAINING") && says(&paper, &report.head.hash[..8]));
    assert_eq!(shop.rows(), [("report_printed".to_owned(), true, "{}".to_owned())]);
    // What a screen should never ask for is not printed and not saved either: a cashier's day.
    let duties = shop.demo.duties();
    let cashier = duties.ledger().operators().unwrap().into_iter().find(|person| person.id != manager).unwrap().id;
    let made = duties.make_report(Default::default(), &ReportAsk::Day { back: 0 }, &cashier);
    let What::OnReport(OnReport::Made { made, .. }) = made else { panic!("{made:?}") };
    assert_eq!(made.report, Err(NoReport::NoShift), "their own shift, of which there is none");
    let saved = duties.export_report(Default::default(), report, FileForm::Csv, &cashier);
    let What::OnReport(OnReport::Exported { written, .. }) = saved else { panic!("{saved:?}") };
    assert_eq!(written, Err(KeepFault::Failed));
    assert!(!duties.ledger().path().with_file_name("exports").exists());
    shop.terminal.stop();
}

#[test]
fn without_paper_the_refund_is_done_and_its_slip_comes_out_later_as_the_original() {
    let shop = Shop::open(Mood::PaperOut);
    shop.wait("the lamp", |view| view.equipment.printer.fault == Some(PrinterFault::PaperOut));
    let slip = shop.refund(GOOD);
    shop.ends(&slip, &PrintState::Failed(PrinterFault::PaperOut));
    let view = shop.terminal.view();
    assert!(matches!(&view.state, State::Result(result) if result.refund.state == RefundState::Refunded));
    assert_eq!(view.equipment.printer.light, Light::Bad);
    assert!(shop.rows().iter().all(|(what, ..)| what == "drawer_opened"), "nothing was printed, nothing counted");
    shop.printer.set(Mood::Good);
    shop.press_print();
    shop.ends(&slip, &printed(1));
    assert_eq!(shop.terminal.view().equipment.printer.light, Light::Good);
    shop.terminal.stop();
}

#[test]
fn a_slip_that_came_out_half_is_told_and_counts() {
    let shop = Shop::open(Mood::HangsUp);
    let slip = shop.refund(GOOD);
    shop.ends(&slip, &PrintState::Failed(PrinterFault::Lost));
    shop.printer.set(Mood::Good);
    shop.press_print();
    shop.ends(&slip, &printed(2));
    let told: Vec<_> = shop.rows().into_iter().map(|(what, ..)| what).collect();
    assert_eq!(told, ["drawer_opened", "slip_printed", "slip_not_printed", "slip_printed"]);
    shop.terminal.stop();
}

#[test]
fn an_open_refund_prints_that_it_is_open_and_then_how_it_ended() {
    let shop = Shop::open(Mood::Good);
    let slip = shop.refund(LOST);
    shop.ends(&slip, &printed(1));
    let open = shop.slip(0);
    assert!(says(&open, "Refund is open") && open.drawer.is_empty());
    // The follow-up finds that it was executed; the screen shows it and a slip says so, which is no copy.
    shop.wait(
        "the end",
        |view| matches!(&view.state, State::Result(result) if result.refund.state == RefundState::Refunded),
    );
    let last = shop.slip(2);
    assert!(says(&last, "The money went back") && !says(&last, "COPY"));
    shop.terminal.stop();
}

#[test]
fn a_printer_chosen_in_the_window_prints_at_once_stands_in_the_file_and_in_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tillback.toml");
    std::fs::write(&file, EXAMPLE).unwrap();
    let shop = Shop::open_with(Mood::Good, false, Some(file.clone()));
    // As every start does: what moves later is told against this.
    shop.demo.duties().settings_read(&config::seen(&file).unwrap(), None);
    // A cashier chooses nothing.
    shop.choose(at(&shop.printer));
    shop.open_printer_page();
    assert_eq!(shop.terminal.view().equipment.printer.choice.place, PrinterPlace::None);
    shop.wait("what was found", |view| view.equipment.printer.found.is_some());
    shop.choose(at(&shop.printer));
    let kept = |view: &TillView| matches!(&view.state, State::Settings(settings) if settings.kept == Some(Ok(())));
    let view = shop.wait("the printer", |view| view.equipment.printer.light == Light::Good && kept(view));
    assert_eq!(view.equipment.printer.name, Some(shop.printer.address.to_string()));
    shop.press_print();
    shop.ends(&PrintSubject::Test, &printed(0));
    assert!(shop.slip(0).texts.iter().any(|line| line.contains("Harbor View")));
    let config = Config::load(&file).unwrap();
    assert_eq!(config.printer_choice().place, at(&shop.printer));
    // From here on refunds print by themselves, without a start in between.
    shop.terminal.tell(What::CancelPressed);
    let slip = shop.refund(GOOD);
    shop.ends(&slip, &printed(1));
    shop.terminal.tell(What::FinishPressed);
    shop.wait("the till", |view| matches!(view.state, State::Ready));
    shop.open_printer_page();
    // An address where nothing answers: told, and the till goes on.
    let nowhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    shop.choose(PrinterPlace::Network(nowhere.to_string()));
    shop.wait("the fault", |view| view.equipment.printer.fault == Some(PrinterFault::NotThere) && kept(view));
    shop.choose(PrinterPlace::Files { pdf: false });
    // What prints is another one before the record of it is on the disk.
    shop.wait("files", |view| view.equipment.printer.light == Light::Good && kept(view));
    shop.press_print();
    let written = |view: &TillView| match view.equipment.printer.state_of(&PrintSubject::Test) {
        Some(PrintState::Done { file: Some(file), .. }) => std::fs::read_to_string(file).is_ok(),
        _ => false,
    };
    shop.wait("the file", written);
    let rows = shop.demo.duties().ledger().audit_rows(0, 1000).unwrap();
    let told: Vec<_> = rows.iter().filter(|row| row.subject == "printer.kind").collect();
    assert!(told.iter().all(|row| row.who == shop.manager().as_str()), "{told:?}");
    let kinds: Vec<bool> = told.iter().map(|row| row.detail.contains("network")).collect();
    assert_eq!(kinds, [true, true], "from none to it, and from it to files: {told:?}");
    shop.terminal.stop();
}
