//! What comes out of a printer: slips drawn from their bytes and read back by our own decoder, faults told, copies
//! counted, and nothing of a refund held up.
#![cfg(test)] // clippy: a test throughout, helpers too

mod ledger_support;
mod paper;

use std::path::Path;
use std::time::Duration;

use paper::interpreter::{Printed, print};
use paper::machine::{Mood, Network};
use tillback::devices::document::Document;
use tillback::devices::escpos::{Tongue, drawer, encode};
use tillback::devices::font::Pen;
use tillback::devices::layout::layout;
use tillback::devices::printer::{Machine, Patience, Printer};
use tillback::devices::raster::{Raster, draw};
use tillback::devices::wire::Place;
use tillback::domain::{
    ApprovalId, CodePage, CodeStyle, Currency, DrawerPin, InvoiceReference, Language, OperatorId, Outcome, PaperWidth,
    PrinterFault, Reason, Refund, RefundReference, RefundState, Report, ReportAsk, SaleId, SaleKey, SlipCopies,
    Timestamp, TransactionNo, UnknownCause,
};
use tillback::scan::symbol::{Decoder, LumaFrame, Settings, Symbology};
use tillback::terminal::{Scribe, SlipFacts};
use tillback::ui::slips::SlipWriter;

const NUMBER: &str = "297553638301777927";
const WIDTHS: [PaperWidth; 2] = [PaperWidth::Mm58, PaperWidth::Mm80];

fn writer(copies: SlipCopies, training: bool) -> SlipWriter {
    SlipWriter {
        store: "Corner Shop".to_owned(),
        till: "FRONT-1".to_owned(),
        training,
        copies,
        language: std::sync::Mutex::new(Language::English),
        zone: jiff::tz::TimeZone::get("America/Los_Angeles").unwrap(),
    }
}

/// A refund that went through, as the ledger would have it.
fn facts(state: RefundState, number: u32) -> SlipFacts {
    let outcome = match state {
        RefundState::Refunded => Outcome::Refunded { gateway_refund_no: Some("301846290573318462".to_owned()) },
        RefundState::Declined => {
            Outcome::Declined { cause: tillback::domain::DeclineCause::Wallet, code: "000100".to_owned() }
        }
        _ => Outcome::Unknown { cause: UnknownCause::TimedOut, code: None },
    };
    let id = |end: char| format!("01JD9ZQ3K4M5N6P7Q8R9S0T1V{end}");
    let refund = Refund {
        reference: RefundReference::parse(&format!("FRONT-1-{}", id('2'))).unwrap(),
        sale_id: SaleId::parse(&id('3')).unwrap(),
        sale_key: SaleKey::Transaction(TransactionNo::parse(NUMBER).unwrap()),
        amount: ledger_support::usd(2740),
        settle_currency: Currency::USD,
        reason: Reason::parse("Customer returned goods").unwrap(),
        requester: OperatorId::parse(&id('4')).unwrap(),
        approver: OperatorId::parse(&id('5')).unwrap(),
        approval_id: ApprovalId::parse(&id('6')).unwrap(),
        attempt: 1,
        state,
        outcome: Some(outcome),
        decision: None,
        contradiction: None,
        created_at: ledger_support::NOW,
        updated_at: ledger_support::NOW,
        till: "FRONT-1".to_owned(),
    };
    SlipFacts {
        refund,
        transaction_no: Some(TransactionNo::parse(NUMBER).unwrap()),
        invoice: Some(InvoiceReference::parse("POS03-20261121-004417").unwrap()),
        wallet: Some("alipay".to_owned()),
        requester: "Mei Chen".to_owned(),
        approver: "Luis Ortega".to_owned(),
        number,
        at: ledger_support::NOW.plus_ms(3_600_000),
    }
}

fn printed(document: &Document, tongue: Tongue) -> Printed {
    let bytes = encode(&layout(document, tongue.paper), tongue, &Pen::new(&[]));
    print(&bytes, tongue.paper, tongue.code_page)
}

/// Paper as a camera or scanner sees it: white around, each dot three pixels.
fn read_back(paper: &Raster) -> Vec<(Symbology, String)> {
    let (times, margin) = (2, 40);
    let (width, height) = (paper.width * times + 2 * margin, paper.height * times + 2 * margin);
    let mut luma = vec![235_u8; width * height];
    for y in 0..paper.height * times {
        for x in 0..paper.width * times {
            luma[(y + margin) * width + x + margin] = if paper.is_inked(x / times, y / times) { 20 } else { 235 };
        }
    }
    let side = |pixels: usize| u32::try_from(pixels).unwrap();
    let frame = LumaFrame::new(side(width), side(height), luma).unwrap();
    let settings = Settings { deadline: Duration::from_secs(60), ..Settings::default() };
    let mut found: Vec<_> =
        Decoder::new(settings).decode(&frame).into_iter().map(|one| (one.symbology, one.text)).collect();
    found.sort_by_key(|(symbology, _)| format!("{symbology:?}"));
    found
}

#[test]
fn a_printed_slip_is_read_back_by_our_own_decoder() {
    for paper in WIDTHS {
        for codes in [CodeStyle::Picture, CodeStyle::Printer] {
            let tongue = Tongue { paper, codes, ..Tongue::default() };
            let slip = writer(SlipCopies::Customer, false).slip(&facts(RefundState::Refunded, 1));
            let read = read_back(&printed(&slip, tongue).raster);
            let qr = (Symbology::QrCode, NUMBER.to_owned());
            let bars = (Symbology::Code128, NUMBER.to_owned());
            // A linear code of eighteen digits has no room on the narrow paper.
            let expected = if paper == PaperWidth::Mm80 { vec![bars, qr] } else { vec![qr] };
            assert_eq!(read, expected, "{tongue:?}");
        }
    }
}

#[test]
fn the_preview_is_what_the_printer_prints() {
    for paper in WIDTHS {
        let tongue = Tongue { paper, ..Tongue::default() };
        let slip = writer(SlipCopies::Customer, false).slip(&facts(RefundState::Unknown, 3));
        let lines = layout(&slip, paper);
        let preview = draw(&lines, tillback::devices::layout::paper(paper), &Pen::new(&[]), 1);
        let out = printed(&slip, tongue).raster;
        // The printer feeds the slip to its knife behind the last line; a dot here and there was doubled (`escpos`).
        let differing = preview.luma.iter().zip(&out.luma).filter(|(one, other)| one != other).count();
        assert!(preview.height < out.height && differing < 40, "{differing}");
    }
}

#[track_caller]
fn says(slip: &Printed, what: &[&str]) {
    let text = slip.texts.join(" ");
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    for part in what {
        assert!(text.contains(part), "{part} is not on:\n{text}");
    }
}

#[test]
fn a_slip_says_how_the_refund_stands_and_what_it_is_about() {
    let tongue = Tongue::default();
    let one = |state, number| printed(&writer(SlipCopies::Customer, false).slip(&facts(state, number)), tongue);
    let about = ["Corner Shop", "FRONT-1", "$27.40 USD", "2975 5363 8301 7779 27", "Mei Chen", "Luis Ortega"];
    let refunded = one(RefundState::Refunded, 1);
    says(&refunded, &about);
    says(&refunded, &["Refunded", "The money went back to Alipay.", "3018 4629 0573 3184 62", "For the customer"]);
    // 2027-01-15 08:00 UTC, at the store.
    says(&refunded, &["15 Jan 2027 00:00"]);
    assert!(!refunded.texts.iter().any(|text| text.contains("COPY") || text.contains("TRAINING")));
    let declined = one(RefundState::Declined, 1);
    says(&declined, &about);
    says(&declined, &["Declined", "No money has moved."]);
    let open = one(RefundState::Unknown, 1);
    says(&open, &about);
    says(&open, &["Refund is open", "is being checked", "must not be refunded again"]);
    let copy = one(RefundState::Refunded, 3);
    says(&copy, &["COPY 2", "Printed 15 Jan 2027 01:00"]);
}

#[test]
fn practice_is_marked_at_both_ends_and_the_store_has_a_slip_of_its_own() {
    let slip = writer(SlipCopies::Both, true).slip(&facts(RefundState::Refunded, 1));
    let out = printed(&slip, Tongue::default());
    assert_eq!(out.cuts, 2);
    assert_eq!(out.texts.iter().filter(|text| text.contains("TRAINING")).count(), 4);
    says(&out, &["For the customer", "For the store", "Signature"]);
    let store = printed(&writer(SlipCopies::Store, false).slip(&facts(RefundState::Refunded, 1)), Tongue::default());
    assert!(store.cuts == 1 && !store.texts.iter().any(|text| text.contains("For the customer")));
}

#[test]
fn the_bytes_of_a_slip_are_those_that_were_looked_at() {
    let slip = writer(SlipCopies::Customer, false).slip(&facts(RefundState::Refunded, 2));
    let tongue = Tongue { paper: PaperWidth::Mm58, codes: CodeStyle::Printer, ..Tongue::default() };
    let bytes = encode(&layout(&slip, tongue.paper), tongue, &Pen::new(&[]));
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paper/slip-58mm.bin");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&place, &bytes).unwrap();
    }
    let kept = std::fs::read(&place).unwrap();
    let differs = kept.iter().zip(&bytes).position(|(one, other)| one != other);
    assert!(kept == bytes, "from byte {differs:?}; UPDATE_SNAPSHOTS=1 writes it anew, then look at it");
}

#[test]
fn letters_of_a_page_are_bytes_and_others_a_picture() {
    let document = |text: &str| Document::new("x").text(text);
    let tongue = |code_page| Tongue { paper: PaperWidth::Mm58, code_page, ..Tongue::default() };
    for (page, number) in [(CodePage::Pc437, 0), (CodePage::Pc858, 19), (CodePage::Windows1252, 16)] {
        let out = printed(&document("Señora Müller"), tongue(page));
        assert_eq!((out.texts, out.code_page), (vec!["Señora Müller".to_owned()], Some(number)));
    }
    // The euro is not on the American page, a Chinese name on none: dots, and no text that says something else.
    for (text, page) in [("5 €", CodePage::Pc437), ("陈美", CodePage::Pc858), ("이정", CodePage::Windows1252)] {
        let out = printed(&document(text), tongue(page));
        assert!(out.texts.is_empty());
        assert!(out.raster.luma.contains(&0), "{text}");
    }
}

/// A day of a ledger that has one refund of each kind, or the shift in which they were asked for.
fn reported(training: bool, ask: &ReportAsk) -> Report {
    use ledger_support::{at, declined, refunded, unknown};
    let settings = tillback::ledger::LedgerSettings { training, ..ledger_support::settings() };
    let mut store = ledger_support::Store::with(settings);
    let (cashier, manager) = (store.cashier.clone(), store.manager.clone());
    store.ledger.open_shift(&cashier, at(0)).unwrap();
    for (minor, outcome) in [(500, refunded()), (740, refunded()), (300, declined()), (207, unknown())] {
        let refund = store.sent(minor, at(10));
        store.ledger.settle(&refund.reference, &outcome, at(11)).unwrap();
    }
    store.ledger.close_shift_by(&cashier, &manager, at(20)).unwrap();
    store.ledger.report(ask, at(30)).unwrap()
}

fn day() -> ReportAsk {
    ReportAsk::Day { back: 0 }
}

/// Where on the paper a line with this stands.
#[track_caller]
fn line(paper: &Printed, part: &str) -> usize {
    let at = paper.texts.iter().position(|text| text.contains(part));
    at.unwrap_or_else(|| panic!("{part} is not on:\n{}", paper.texts.join("\n")))
}

/// The clock of the ledger that is reported on.
fn in_utc() -> SlipWriter {
    SlipWriter { zone: jiff::tz::TimeZone::UTC, ..writer(SlipCopies::Customer, false) }
}

#[test]
fn a_report_on_paper_names_what_is_open_first_then_the_sums_then_the_records_head() {
    let (report, scribe) = (reported(false, &day()), in_utc());
    for paper in WIDTHS {
        let out = printed(&scribe.report(&report), Tongue { paper, ..Tongue::default() });
        says(&out, &["Day report", "Friday 15 January", "2027-01-15", "Not ended: sums may change"]);
        says(&out, &["1 refund is not finished.", "Not known $2.07 USD"]);
        let letters: String = out.texts.iter().map(|text| text.trim()).collect();
        assert!(letters.contains(report.unresolved[0].reference.as_str()), "{letters}");
        says(&out, &["Given back 2 refunds $12.40 USD", "Asked for 4 refunds"]);
        says(&out, &["States Refunded (2) $12.40 USD Declined (1) $3.00 USD Not known (1) $2.07 USD"]);
        says(&out, &["Wallets Alipay (2) $12.40 USD", "Reasons", "People Ana (2) $12.40 USD"]);
        let (open, back, head) = (line(&out, "not finished"), line(&out, "Given back"), line(&out, "Record: "));
        assert!(open < back && back < head, "{:?}", out.texts);
        let hash: String = out.texts[head + 1..].concat().split_whitespace().collect();
        assert_eq!(hash, report.head.hash);
        assert!(out.texts[head].contains(&report.head.count.to_string()));
        assert!(out.cuts == 1 && !out.texts.iter().any(|text| text.contains("TRAINING")));
    }
}

#[test]
fn a_shifts_report_on_paper_names_who_closed_it_and_is_signed() {
    let report = reported(false, &ReportAsk::Numbered(1));
    let out = printed(&in_utc().report(&report), Tongue::default());
    says(&out, &["Shift report", "Shift 1 · Ana", "15 Jan 2027 08:00 to 15 Jan 2027 08:00"]);
    says(&out, &["Closed by Bruno", "Signature ____"]);
    assert!(!out.texts.iter().any(|text| text.contains("Not ended")), "{:?}", out.texts);
}

#[test]
fn a_report_of_practice_is_marked_at_both_ends() {
    let report = reported(true, &day());
    let document = writer(SlipCopies::Customer, true).report(&report);
    assert!(document.name.starts_with("TRAINING-report-day-"), "{}", document.name);
    let out = printed(&document, Tongue { paper: PaperWidth::Mm58, ..Tongue::default() });
    let marks: Vec<usize> = (0..out.texts.len()).filter(|at| out.texts[*at].contains("TRAINING")).collect();
    assert_eq!((marks.len(), marks[0], marks[1]), (2, 0, out.texts.len() - 1), "{:?}", out.texts);
}

#[test]
fn a_report_on_paper_in_every_language_and_no_line_is_too_long() {
    for language in Language::ALL {
        let scribe = writer(SlipCopies::Customer, true);
        scribe.speak(Some(language));
        for ask in [day(), ReportAsk::Numbered(1)] {
            let document = scribe.report(&reported(true, &ask));
            for paper in WIDTHS {
                // The interpreter refuses a line that runs over the edge.
                let out = printed(&document, Tongue { paper, ..Tongue::default() });
                assert_eq!(out.cuts, 1, "{language:?}");
            }
            let said = format!("{:?}", document.rows);
            assert!(!said.contains("paper-") && !said.contains("report-"), "{language:?}: {said}");
        }
    }
}

#[test]
fn the_drawer_opens_by_its_own_command_alone() {
    let out = print(&drawer(DrawerPin::Five, 120), PaperWidth::Mm80, CodePage::Pc437);
    assert_eq!(out.drawer, [(1, 60, 120)]);
    let slip = writer(SlipCopies::Both, true).slip(&facts(RefundState::Refunded, 1));
    assert!(printed(&slip, Tongue::default()).drawer.is_empty());
}

#[test]
fn copies_are_counted_in_the_record_a_state_apart() {
    let mut store = ledger_support::Store::new();
    let refund = store.prepared(500, ledger_support::at(1));
    let reference = refund.reference.clone();
    let mut count =
        |state, seconds| store.ledger.count_slip(&reference, state, None, ledger_support::at(seconds)).unwrap();
    assert_eq!([count(RefundState::Unknown, 2), count(RefundState::Unknown, 3)], [1, 2]);
    // How it ended is no copy of what was handed out before.
    assert_eq!([count(RefundState::Refunded, 4), count(RefundState::Refunded, 5)], [1, 2]);
    store.ledger.note_slip_fault(&reference, PrinterFault::Lost, ledger_support::at(6)).unwrap();
    let rows = store.ledger.audit_rows(0, 100).unwrap();
    let slips: Vec<_> = rows.iter().filter(|row| row.what.starts_with("slip_")).collect();
    let said: Vec<&str> = slips.iter().map(|row| row.detail.as_str()).collect();
    assert_eq!(slips.iter().filter(|row| row.what == "slip_printed").count(), 4);
    assert!(said[3].contains("\"number\":\"2\"") && said[3].contains("refunded"), "{said:?}");
    assert!(said[4].contains("lost"), "{said:?}");
    store.ledger.audit_verify(None).unwrap();
    // Its history is about the refund, not about paper.
    assert_eq!(store.ledger.history(&reference).unwrap().len(), 1);
}

// ---- printers on loopback --------------------------------------------------------------------------------------------

/// For a printer that answers: a machine may be slow.
const LONG: Duration = Duration::from_secs(60);
/// For one that says nothing, which is waited for each time.
const SHORT: Duration = Duration::from_secs(2);

fn waiting(place: Place, answer: Duration) -> Printer {
    let machine = Machine::Paper { place, tongue: Tongue::default() };
    Printer::new(machine, Pen::new(&[]), Patience { answer, stalled: SHORT, done: SHORT / 2 })
}

fn printer(place: Place) -> Printer {
    waiting(place, LONG)
}

fn slip() -> Document {
    writer(SlipCopies::Customer, false).slip(&facts(RefundState::Refunded, 1))
}

/// Prints a slip; what became of it, and how often the slip was asked for.
fn try_to_print(printer: &Printer) -> (Result<(), PrinterFault>, u32) {
    let mut made = 0;
    let done = printer.print(&mut || {
        made += 1;
        Ok(slip())
    });
    (done.map(drop).map_err(|trouble| trouble.fault), made)
}

#[test]
fn a_network_printer_prints_the_whole_slip_whether_or_not_it_speaks() {
    for mood in [Mood::Good, Mood::Mute, Mood::Old] {
        let network = Network::start(mood);
        let answer = if mood == Mood::Good { LONG } else { SHORT };
        let printer = waiting(Place::Network(network.address.to_string()), answer);
        assert_eq!(try_to_print(&printer), (Ok(()), 1), "{mood:?}");
        let jobs = network.jobs(1);
        let out = print(&jobs[0], PaperWidth::Mm80, CodePage::Pc858);
        says(&out, &["Corner Shop", "$27.40 USD"]);
        assert_eq!(out.cuts, 1, "{mood:?}");
    }
}

#[test]
fn what_is_wrong_with_a_printer_is_told_before_anything_is_counted() {
    let network = Network::start(Mood::Good);
    let printer = printer(Place::Network(network.address.to_string()));
    for (mood, fault) in [
        (Mood::PaperOut, PrinterFault::PaperOut),
        (Mood::CoverOpen, PrinterFault::CoverOpen),
        (Mood::OffLine, PrinterFault::OffLine),
        (Mood::Jammed, PrinterFault::Trouble),
    ] {
        network.set(mood);
        assert_eq!(try_to_print(&printer), (Err(fault), 0), "{mood:?}");
        assert_eq!(printer.look().unwrap_err().fault, fault, "{mood:?}");
    }
    assert_eq!(network.jobs_now(), 0, "nothing was sent");
    // A new roll is in.
    network.set(Mood::Good);
    printer.look().unwrap();
    assert_eq!(try_to_print(&printer), (Ok(()), 1));
}

#[test]
fn a_printer_that_stops_half_way_is_told_and_ends_in_time() {
    let network = Network::start(Mood::HangsUp);
    let printer = waiting(Place::Network(network.address.to_string()), SHORT);
    assert_eq!(try_to_print(&printer), (Err(PrinterFault::Lost), 1));
    // Out of paper in the middle of a slip, which the network had room for.
    network.set(Mood::EndsHalfWay);
    assert_eq!(try_to_print(&printer), (Err(PrinterFault::PaperOut), 1));
    // And of much more than the network has room for.
    network.set(Mood::EndsHalfWay);
    let long = (0..400).fold(Document::new("x"), |all, _| all.then(slip()));
    let done = printer.print(&mut || Ok(long.clone()));
    assert_eq!(done.unwrap_err().fault, PrinterFault::PaperOut);
}

#[test]
fn a_printer_that_is_nowhere_is_told() {
    let nowhere = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().to_string()
    };
    let fault = |place| try_to_print(&printer(place));
    assert_eq!(fault(Place::Network(nowhere)), (Err(PrinterFault::NotThere), 0));
    assert_eq!(fault(Place::Serial("/dev/no-such-port".to_owned(), 9600)), (Err(PrinterFault::NotThere), 0));
    assert_eq!(fault(Place::Device(Some("/dev/usb/no-such-printer".into()))), (Err(PrinterFault::NotThere), 0));
}

#[cfg(unix)]
mod behind_a_terminal {
    use std::io::{Read, Write};

    use serialport::{SerialPort, TTYPort};

    use super::*;

    /// Reads a whole job and answers its questions; gives it back when the till has closed the port.
    fn serve(mut port: TTYPort) -> Vec<u8> {
        port.set_timeout(Duration::from_millis(200)).unwrap();
        let (mut job, mut bytes) = (vec![], [0_u8; 512]);
        let mut quiet = 0;
        while quiet < 20 {
            match port.read(&mut bytes) {
                Ok(read @ 1..) => {
                    quiet = 0;
                    job.extend_from_slice(&bytes[..read]);
                    if job.len() >= 3 && job[job.len() - 3..job.len() - 1] == [0x10, 0x04] {
                        job.truncate(job.len() - 3);
                        port.write_all(&[0x12]).unwrap();
                    }
                    if job.ends_with(&[0x1d, b'r', 1]) {
                        job.truncate(job.len() - 3);
                        port.write_all(&[0]).unwrap();
                    }
                }
                // Nothing for now, or the other end is closed for now.
                Ok(_) | Err(_) => {
                    quiet += 1;
                    std::thread::sleep(Duration::from_millis(10));
                }
            }
        }
        job
    }

    fn pair() -> (TTYPort, TTYPort, String) {
        let (printer, till) = TTYPort::pair().unwrap();
        let name = till.name().unwrap();
        (printer, till, name)
    }

    #[test]
    fn a_serial_printer_prints_the_whole_slip() {
        // The till's end stays open here too, or the first look at it would find it closed.
        let (printer_end, _kept, name) = pair();
        drop(_kept);
        let serving = std::thread::spawn(move || serve(printer_end));
        assert_eq!(try_to_print(&printer(Place::Serial(name, 115_200))), (Ok(()), 1));
        let out = print(&serving.join().unwrap(), PaperWidth::Mm80, CodePage::Pc858);
        says(&out, &["Corner Shop", "$27.40 USD"]);
        assert_eq!(out.cuts, 1);
    }

    #[test]
    fn a_device_of_the_systems_prints_and_a_file_is_none() {
        let (mut printer_end, kept, name) = pair();
        // As a printer's device is: bytes as they are, both ways.
        drop(kept);
        printer_end.set_timeout(Duration::from_millis(200)).unwrap();
        let serving = std::thread::spawn(move || serve(printer_end));
        assert_eq!(try_to_print(&printer(Place::Device(Some(name.into())))), (Ok(()), 1));
        let out = print(&serving.join().unwrap(), PaperWidth::Mm80, CodePage::Pc858);
        says(&out, &["$27.40 USD"]);
        let file = tempfile::NamedTempFile::new().unwrap();
        let place = Place::Device(Some(file.path().to_owned()));
        assert_eq!(try_to_print(&printer(place)), (Err(PrinterFault::NotThere), 0));
    }
}

#[test]
fn the_moment_of_a_slip_is_the_stores() {
    let mut facts = facts(RefundState::Refunded, 1);
    facts.refund.updated_at = Timestamp::from_ms(1_795_390_320_000);
    let out = printed(&writer(SlipCopies::Customer, false).slip(&facts), Tongue::default());
    // 22 Nov 2026 23:32 UTC.
    says(&out, &["22 Nov 2026 15:32"]);
}
