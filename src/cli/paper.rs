//! `tillback print`: a test page, a refund's slip again; and the printer as the configuration wants it.
//!
//! **A slip printed here is counted like any other**: it says that it is a copy where it is one. With `--to` it goes
//! into a file in place of the printer, by its ending a PDF, a text or a picture.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use clap::Subcommand;

use super::Places;
use super::house::{House, now};
use crate::config::{Config, PortName, PrinterKind};
use crate::devices::document::Document;
use crate::devices::escpos::Tongue;
use crate::devices::file::{self, FileKind};
use crate::devices::font::Pen;
use crate::devices::layout::{layout, paper};
use crate::devices::printer::{Machine, Patience, Printer, Trouble};
use crate::devices::raster::draw;
use crate::devices::wire::{Place, usb_printers};
use crate::domain::{AfterRefund, Language, PaperWidth, PrinterFault, RefundReference, Report};
use crate::ledger::AuditFact;
use crate::terminal::{DrawerSettings, EXPORTS, PrintingParts, Scribe, SlipFacts};
use crate::ui::slips::SlipWriter;
use crate::ui::{fonts, i18n};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print a test page: letters, both sides of the line, a QR code, a barcode
    Test {
        /// Into this file, by its ending .pdf, .txt or .png, in place of the printer
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Print a refund's slip; from the second time on it says COPY
    Slip {
        /// The refund's reference, as `tillback refunds list` shows it
        reference: String,
        /// Into this file, by its ending .pdf, .txt or .png, in place of the printer
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    let scribe = scribe(&house.config);
    match command {
        Command::Test { to } => out(&house.config, to.as_deref(), &mut || Ok(scribe.test_page(now()))),
        Command::Slip { reference, to } => {
            let reference = RefundReference::parse(reference).context("that is no refund's reference")?;
            let mut ledger = house.shared_ledger()?;
            let facts = SlipFacts::read(&ledger, &reference, now())?;
            out(&house.config, to.as_deref(), &mut || {
                let state = facts.refund.state;
                let number = ledger.count_slip(&reference, state, None, now()).map_err(|error| {
                    eprintln!("tillback: {error}");
                    PrinterFault::Record
                })?;
                Ok(scribe.slip(&SlipFacts { number, ..facts.clone() }))
            })
        }
    }
}

/// A report on paper, or in a file; either stands in the record before it is there.
pub(super) fn report(house: &House, report: &Report, to: Option<&Path>) -> anyhow::Result<ExitCode> {
    let scribe = scribe(&house.config);
    out(&house.config, to, &mut || {
        let what = if to.is_some() { "exported" } else { "report_printed" };
        let detail = to.and_then(Path::file_name).map(|name| ("file", name.to_string_lossy().into_owned()));
        let fact = AuditFact { who: None, what, subject: report.file_stem(), detail: detail.into_iter().collect() };
        let noted = house.shared_ledger().and_then(|mut ledger| Ok(ledger.audit_append(&fact, now())?));
        noted.map_err(|error| {
            eprintln!("tillback: {error:#}");
            PrinterFault::Record
        })?;
        Ok(scribe.report(report))
    })
}

type Made<'a> = &'a mut dyn FnMut() -> Result<Document, PrinterFault>;

/// Prints what is made, or writes it into a file; says where it is.
fn out(config: &Config, to: Option<&Path>, made: Made<'_>) -> anyhow::Result<ExitCode> {
    if let Some(to) = to {
        let ending = to.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        anyhow::ensure!(matches!(&*ending, "pdf" | "txt" | "png"), "{}: not .pdf, .txt or .png", to.display());
        let document = made().map_err(|fault| anyhow::anyhow!("{}", words(fault)))?;
        write(&document, config.printer.paper, to, &ending)?;
        println!("{}", to.display());
        return Ok(ExitCode::SUCCESS);
    }
    let machine = machine(config).context(
        "no printer is set up: printer.kind is \"none\". Set it up (OPERATIONS.md, \"Printers\"), or name a file with --to",
    )?;
    let printer = Printer::new(machine, pen(), Patience::default());
    match printer.print(made) {
        Ok(file) => {
            let place = file.map_or_else(|| name_of(config), |file| file.display().to_string());
            eprintln!("Printed: {place}");
            Ok(ExitCode::SUCCESS)
        }
        Err(trouble) => anyhow::bail!("{} ({}). {}", words(trouble.fault), trouble.detail, fix(trouble.fault)),
    }
}

fn write(document: &Document, width: PaperWidth, to: &Path, ending: &str) -> anyhow::Result<()> {
    let lines = layout(document, width);
    let pen = pen();
    let failed = || format!("{} can't be written", to.display());
    match ending {
        "pdf" => std::fs::write(to, file::pdf(&lines, width, &pen)).with_context(failed),
        "txt" => std::fs::write(to, file::text(&lines)).with_context(failed),
        _ => {
            let picture = draw(&lines, paper(width), &pen, 1);
            let (across, down) = (u32::try_from(picture.width)?, u32::try_from(picture.height)?);
            let picture = image::GrayImage::from_raw(across, down, picture.luma).context("no picture")?;
            picture.save(to).with_context(failed)
        }
    }
}

/// The language of what is printed, until another one is chosen in the window.
fn language(config: &Config) -> Language {
    config.ui.language.unwrap_or_else(i18n::of_system)
}

/// The bundled fonts: of the same character Chinese and Korean have different ones, and names may be in each.
pub(super) fn pen() -> Pen {
    Pen::new(&fonts::scripts(Language::default()))
}

/// The words on this till's paper.
fn scribe(config: &Config) -> SlipWriter {
    SlipWriter {
        store: config.terminal.store_name.clone(),
        till: config.terminal.name.to_string(),
        training: config.terminal.training,
        copies: config.printer.slips,
        language: Mutex::new(language(config)),
        zone: jiff::tz::TimeZone::system(),
    }
}

/// What a till does by itself after a refund, as the configuration wants it.
pub(super) fn after_refund(config: &Config) -> AfterRefund {
    let has_printer = config.printer.kind != PrinterKind::None;
    AfterRefund {
        print: has_printer && config.printer.automatic,
        open_drawer: if has_printer { config.drawer.open_on.clone() } else { vec![] },
    }
}

/// What prints, as the configuration wants it. Without a printer reports are PDF files in the folder for exports, which
/// lies beside the ledger; slips are for paper alone.
pub(super) fn printing(config: &Config, ledger: &Path) -> PrintingParts {
    let machine = machine(config);
    let has_drawer = machine.is_some() && !config.drawer.open_on.is_empty();
    let name = machine.is_some().then(|| name_of(config));
    let printer = machine.unwrap_or_else(|| Machine::Files {
        folder: ledger.with_file_name(EXPORTS),
        kind: FileKind::Pdf,
        tongue: Tongue { paper: config.printer.paper, ..Tongue::default() },
        own: true,
    });
    PrintingParts {
        printer: Printer::new(printer, pen(), Patience::default()),
        scribe: Arc::new(scribe(config)),
        drawer: has_drawer.then_some(DrawerSettings { pin: config.drawer.pin, pulse_ms: config.drawer.pulse_ms }),
        name,
    }
}

fn machine(config: &Config) -> Option<Machine> {
    let printer = &config.printer;
    let tongue = Tongue { paper: printer.paper, code_page: printer.code_page, codes: printer.codes };
    let place = match &printer.kind {
        PrinterKind::None => return None,
        PrinterKind::Files { folder, pdf } => {
            let kind = if *pdf { FileKind::Pdf } else { FileKind::Text };
            return Some(Machine::Files { folder: folder.clone(), kind, tongue, own: false });
        }
        PrinterKind::Usb(path) => Place::Device(path.clone()),
        PrinterKind::Spooler(name) => Place::Device(Some(PathBuf::from(name))),
        PrinterKind::Network(address) => Place::Network(address.clone()),
        PrinterKind::Serial(PortName::Path(path), baud) => Place::Serial(path.clone(), *baud),
        PrinterKind::Serial(PortName::Usb(name), baud) => Place::SerialUsb(name.clone(), *baud),
    };
    Some(Machine::Paper { place, tongue })
}

/// What the printer is called where people see it.
fn name_of(config: &Config) -> String {
    match &config.printer.kind {
        PrinterKind::None => String::new(),
        PrinterKind::Files { folder, .. } => folder.display().to_string(),
        PrinterKind::Usb(None) => {
            usb_printers().first().map_or_else(|| "USB".to_owned(), |path| path.display().to_string())
        }
        PrinterKind::Usb(Some(path)) => path.display().to_string(),
        PrinterKind::Network(name) | PrinterKind::Spooler(name) => name.clone(),
        PrinterKind::Serial(PortName::Path(path), _) => path.clone(),
        PrinterKind::Serial(PortName::Usb(name), _) => name.to_string(),
    }
}

/// How the printer is now: its name, or what is wrong and what to do. Nothing where there is none.
pub(super) fn look(config: &Config) -> Option<Result<String, (String, &'static str)>> {
    let printer = Printer::new(machine(config)?, pen(), Patience::default());
    let told = |trouble: Trouble| {
        let what = format!("{}: {} ({})", name_of(config), words(trouble.fault), trouble.detail);
        (what, fix(trouble.fault))
    };
    Some(printer.look().map(|()| name_of(config)).map_err(told))
}

const fn words(fault: PrinterFault) -> &'static str {
    match fault {
        PrinterFault::NotThere => "the printer does not answer",
        PrinterFault::NotAllowed => "this user may not use the printer",
        PrinterFault::InUse => "another program uses the printer",
        PrinterFault::PaperOut => "the printer has no paper",
        PrinterFault::CoverOpen => "the printer's cover is open",
        PrinterFault::OffLine => "the printer is off line",
        PrinterFault::Trouble => "the printer reports a fault",
        PrinterFault::TimedOut => "the printer takes too long",
        PrinterFault::Lost => "the printer was lost while it printed",
        PrinterFault::Folder => "the folder for slips and reports cannot be written to",
        PrinterFault::DiskFull => "the disk is full",
        PrinterFault::Record => "the record cannot count the slip, so it is not printed",
        PrinterFault::Busy => "too much is waiting for the printer",
        PrinterFault::Stopped => "a part of the program stopped",
    }
}

const fn fix(fault: PrinterFault) -> &'static str {
    match fault {
        PrinterFault::NotThere => "Switch it on, plug it in, and compare printer.device with its self test.",
        PrinterFault::NotAllowed => {
            "Put this user into the group \"lp\" (a serial printer: \"dialout\"): sudo usermod -aG lp USER; then sign in again."
        }
        PrinterFault::InUse => "A running till may be printing; otherwise close what uses it.",
        PrinterFault::PaperOut => "Put a new roll in.",
        PrinterFault::CoverOpen => "Close it.",
        PrinterFault::OffLine | PrinterFault::Trouble | PrinterFault::TimedOut => "Look at it; switch it off and on.",
        PrinterFault::Lost => "See whether all of it came out; print again if not.",
        PrinterFault::Folder => "Make the folder, or plug in its disk.",
        PrinterFault::DiskFull => "Make room.",
        PrinterFault::Record | PrinterFault::Stopped => "Run: tillback doctor",
        PrinterFault::Busy => "Wait until it is printed.",
    }
}
