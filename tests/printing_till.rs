//! Slips out of the running till: real flow, ledger, client and sandbox, and a receipt printer on loopback that is
//! sometimes out of paper. No window.
#![cfg(test)] // clippy: a test throughout, helpers too

mod paper;
mod terminal_support;

use std::sync::Arc;
use std::time::Duration;

use paper::interpreter::{Printed, print};
use paper::machine::{Mood, Network};
use terminal_support::wait;
use tillback::cli::demo::Demo;
use tillback::devices::escpos::Tongue;
use tillback::devices::font::Pen;
use tillback::devices::printer::{Machine, Patience, Printer};
use tillback::devices::wire::Place;
use tillback::domain::{
    AfterRefund, CodePage, DrawerPin, FileForm, KeepFault, Language, OperatorId, PaperWidth, Pin, PrintSubject,
    PrinterFault, Reason, RefundState, ReportAsk, ScanSource, SlipCopies,
};
use tillback::flow::{NoReport, OnDevices, OnReport, ReportKind, SaleCheck, State, What};
use tillback::terminal::{DrawerSettings, Light, Parts, PrintState, PrintingParts, Terminal, Till, TillView};
use tillback::ui::slips::SlipWriter;

/// The demo's sales: one that is refunded, one whose answer is lost.
const GOOD: &str = "297553638301777927";
const LOST: &str = "312097754168830295";

struct Shop {
    demo: Demo,
    terminal: Terminal,
    printer: Network,
}

impl Shop {
    fn open(mood: Mood) -> Self {
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
        let place = Place::Network(printer.address.to_string());
        let machine = Machine::Paper { place, tongue: Tongue::default() };
        let patience = Patience { answer: Duration::from_secs(30), ..Patience::default() };
        let after = AfterRefund { print: true, open_drawer: vec![RefundState::Refunded] };
        let parts = Parts {
            printing: Some(PrintingParts {
                printer: Printer::new(machine, Pen::new(&[]), patience),
                scribe: Arc::new(scribe),
                drawer: Some(DrawerSettings { pin: DrawerPin::Two, pulse_ms: 100 }),
                name: Some(printer.address.to_string()),
            }),
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
    let manager = shop.manager();
    shop.terminal.tell(What::LockPressed);
    shop.wait("the lock", |view| matches!(view.state, State::Locked(_)));
    shop.terminal.tell(What::SignInAsked { operator: manager.clone(), pin: Pin::parse("482913").unwrap() });
    shop.wait("the till", |view| matches!(view.state, State::Ready));
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
