//! `tillback print`: a test page, a refund's slip again; and the printer as the configuration wants it.
//!
//! **A slip printed here is counted like any other**: it says that it is a copy where it is one. With `--to` it goes
//! into a file in place of the printer, by its ending a PDF, a text or a picture.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use anyhow::Context;
use clap::Subcommand;
use clap::builder::{PathBufValueParser, TypedValueParser};

use super::house::{House, now};
use super::{Places, out};
use crate::config::{Config, printer_setting};
use crate::devices::document::Document;
use crate::devices::escpos::Tongue;
use crate::devices::file::{self, FileKind};
use crate::devices::font::Pen;
use crate::devices::layout::{layout, paper};
use crate::devices::printer::{Machine, Patience, Printer, Trouble};
use crate::devices::raster::draw;
use crate::devices::wire::{Place, found_printers, usb_printers};
use crate::domain::{
    AfterRefund, CodeStyle, DrawerPin, Language, PaperWidth, PrinterChoice, PrinterFault, PrinterPlace,
    RefundReference, Report, UsbName,
};
use crate::ledger::AuditFact;
use crate::terminal::{DrawerSettings, EXPORTS, PrintingParts, Scribe, SetUpPrinter, SlipFacts};
use crate::ui::slips::SlipWriter;
use crate::ui::{fonts, i18n};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the printers at this machine, each as the settings file names it: kind, device, and what it is called
    List,
    /// Print a test page: letters, both sides of the line, a QR code, a barcode
    Test {
        /// Into this file, by its ending .pdf, .txt or .png, in place of the printer
        #[arg(long, value_name = "FILE", value_parser = file_parser())]
        to: Option<PathBuf>,
    },
    /// Print a refund's slip; from the second time on it says COPY
    Slip {
        /// The refund's reference, as `tillback refunds list` shows it
        #[arg(value_parser = RefundReference::parse)]
        reference: RefundReference,
        /// Into this file, by its ending .pdf, .txt or .png, in place of the printer
        #[arg(long, value_name = "FILE", value_parser = file_parser())]
        to: Option<PathBuf>,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::List => list(),
        Command::Test { to } => {
            let house = House::open(places)?;
            let scribe = scribe(&house.config);
            out(&house.config, to.as_deref(), &mut || Ok(scribe.test_page(now())))
        }
        Command::Slip { reference, to } => {
            let house = House::open(places)?;
            let scribe = scribe(&house.config);
            let mut ledger = house.shared_ledger()?;
            let facts = SlipFacts::read(&ledger, reference, now())?;
            out(&house.config, to.as_deref(), &mut || {
                let state = facts.refund.state;
                let number = ledger.count_slip(reference, state, None, now()).map_err(|error| {
                    tell!("tillback: {error}");
                    PrinterFault::Record
                })?;
                Ok(scribe.slip(&SlipFacts { number, ..facts.clone() }))
            })
        }
    }
}

/// What the printer's page lists, without any settings; no printer is opened.
fn list() -> anyhow::Result<ExitCode> {
    for found in found_printers() {
        let (kind, device) = printer_setting(&found.place);
        say!("{kind}\t{}\t{}", device.unwrap_or_default(), found.name);
    }
    Ok(ExitCode::SUCCESS)
}

/// A report on paper, or in a file; either stands in the record before it is there.
pub(super) fn report(house: &House, report: &Report, to: Option<&Path>) -> anyhow::Result<ExitCode> {
    let scribe = scribe(&house.config);
    out(&house.config, to, &mut || {
        let what = if to.is_some() { "exported" } else { "report_printed" };
        let detail = to.and_then(Path::file_name).map(|name| ("file", name.to_string_lossy().into_owned()));
        let fact = AuditFact { who: None, what, subject: report.file_stem(), detail: detail.into_iter().collect() };
        house.note(&fact).map_err(|error| {
            tell!("tillback: {error:#}");
            PrinterFault::Record
        })?;
        Ok(scribe.report(report))
    })
}

type Made<'a> = &'a mut dyn FnMut() -> Result<Document, PrinterFault>;

/// Prints what is made, or writes it into a file; says where it is.
fn out(config: &Config, to: Option<&Path>, made: Made<'_>) -> anyhow::Result<ExitCode> {
    if let Some(to) = to {
        // The file first: a slip that could not be written would have been counted for nothing.
        let mut file = out::new_file(to)?;
        let document = made().map_err(|fault| anyhow::anyhow!("{}", words(fault)));
        let bytes = document.and_then(|document| bytes_of(&document, config.printer.paper, &ending(to)));
        let written = bytes.and_then(|bytes| {
            let put = file.write_all(&bytes).and_then(|()| file.sync_all());
            put.with_context(|| format!("{} can't be written", to.display()))
        });
        if written.is_err() {
            let _ = std::fs::remove_file(to);
        }
        written?;
        say!("{}", to.display());
        return Ok(ExitCode::SUCCESS);
    }
    let (bench, choice) = (bench(config), config.printer_choice());
    let machine = bench.machine(&choice).context(
        "no printer is set up: printer.kind is \"none\". Set it up (OPERATIONS.md, \"Printers\"), or name a file with --to",
    )?;
    let name = bench.name_of(&choice);
    let printer = Printer::new(machine, bench.pen, Patience::default());
    match printer.print(made) {
        Ok(file) => {
            let place = file.map_or_else(|| name, |file| file.display().to_string());
            tell!("Printed: {place}");
            Ok(ExitCode::SUCCESS)
        }
        Err(trouble) => anyhow::bail!("{} ({}). {}", words(trouble.fault), trouble.detail, fix(trouble.fault)),
    }
}

/// The file's ending, which says what it is to hold.
fn ending(file: &Path) -> String {
    file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Takes a file's name in place of the printer.
pub(super) fn file_parser() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|file| match ending(&file).as_str() {
        "pdf" | "txt" | "png" => Ok(file),
        _ => Err("not .pdf, .txt or .png"),
    })
}

fn bytes_of(document: &Document, width: PaperWidth, ending: &str) -> anyhow::Result<Vec<u8>> {
    let lines = layout(document, width);
    let pen = pen();
    Ok(match ending {
        "pdf" => file::pdf(&lines, width, &pen),
        "txt" => file::text(&lines).into_bytes(),
        _ => {
            let picture = draw(&lines, paper(width), &pen, 1);
            let (across, down) = (u32::try_from(picture.width)?, u32::try_from(picture.height)?);
            let picture = image::GrayImage::from_raw(across, down, picture.luma).context("no picture")?;
            let mut png = io::Cursor::new(vec![]);
            picture.write_to(&mut png, image::ImageFormat::Png)?;
            png.into_inner()
        }
    })
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
    config.printer_choice().after_refund()
}

/// The folder for slips that are files, beside the ledger, unless the settings file names another.
const SLIPS: &str = "slips";

/// What sets a printer up: where files go, and what only the settings file says.
struct Workbench {
    slips: PathBuf,
    /// The folder is the till's own and made when it is first needed.
    own: bool,
    exports: PathBuf,
    codes: CodeStyle,
    pin: DrawerPin,
    pulse_ms: u32,
    pen: Arc<Pen>,
}

impl Workbench {
    fn new(config: &Config, ledger: &Path) -> Self {
        Self {
            slips: config.printer.folder.clone().unwrap_or_else(|| ledger.with_file_name(SLIPS)),
            own: config.printer.folder.is_none(),
            exports: ledger.with_file_name(EXPORTS),
            codes: config.printer.codes,
            pin: config.drawer.pin,
            pulse_ms: config.drawer.pulse_ms,
            pen: Arc::new(pen()),
        }
    }

    /// Without a printer reports are PDF files in the folder for exports, which lies beside the ledger; slips are for
    /// paper alone.
    fn set_up(&self, choice: &PrinterChoice) -> SetUpPrinter {
        let machine = self.machine(choice);
        let name = machine.is_some().then(|| self.name_of(choice));
        let machine = machine.unwrap_or_else(|| Machine::Files {
            folder: self.exports.clone(),
            kind: FileKind::Pdf,
            tongue: Tongue { paper: choice.paper, ..Tongue::default() },
            own: true,
        });
        let drawer = DrawerSettings { pin: self.pin, pulse_ms: self.pulse_ms };
        SetUpPrinter {
            printer: Printer::new(machine, Arc::clone(&self.pen), Patience::default()),
            drawer: choice.has_drawer().then_some(drawer),
            name,
        }
    }

    fn machine(&self, choice: &PrinterChoice) -> Option<Machine> {
        let tongue = Tongue { paper: choice.paper, code_page: choice.code_page, codes: self.codes };
        let place = match &choice.place {
            PrinterPlace::None => return None,
            PrinterPlace::Files { pdf } => {
                let kind = if *pdf { FileKind::Pdf } else { FileKind::Text };
                return Some(Machine::Files { folder: self.slips.clone(), kind, tongue, own: self.own });
            }
            PrinterPlace::Usb(path) => Place::Device(path.as_ref().map(PathBuf::from)),
            PrinterPlace::Shared(name) => Place::Device(Some(PathBuf::from(name))),
            PrinterPlace::Network(address) => Place::Network(address.clone()),
            PrinterPlace::Serial { port, baud } => match UsbName::parse(port) {
                Some(name) => Place::SerialUsb(name, *baud),
                None => Place::Serial(port.clone(), *baud),
            },
        };
        Some(Machine::Paper { place, tongue })
    }

    /// What the printer is called where people see it.
    fn name_of(&self, choice: &PrinterChoice) -> String {
        match &choice.place {
            PrinterPlace::None => String::new(),
            PrinterPlace::Files { .. } => self.slips.display().to_string(),
            PrinterPlace::Usb(None) => {
                usb_printers().first().map_or_else(|| "USB".to_owned(), |path| path.display().to_string())
            }
            PrinterPlace::Usb(Some(name)) | PrinterPlace::Network(name) | PrinterPlace::Shared(name) => name.clone(),
            PrinterPlace::Serial { port, .. } => port.clone(),
        }
    }
}

/// What prints, as the configuration wants it and as it is chosen in the window.
pub(super) fn printing(config: &Config, ledger: &Path) -> PrintingParts {
    let bench = Workbench::new(config, ledger);
    PrintingParts {
        choice: config.printer_choice(),
        folder: bench.slips.clone(),
        scribe: Arc::new(scribe(config)),
        maker: Box::new(move |choice| bench.set_up(choice)),
    }
}

fn bench(config: &Config) -> Workbench {
    Workbench::new(config, &config.data.ledger_path(config.terminal.training))
}

/// How the printer is now: its name, or what is wrong and what to do. Nothing where there is none.
pub(super) fn look(config: &Config) -> Option<Result<String, (String, &'static str)>> {
    let (bench, choice) = (bench(config), config.printer_choice());
    let name = bench.name_of(&choice);
    let printer = Printer::new(bench.machine(&choice)?, bench.pen, Patience::default());
    let told = |trouble: Trouble| {
        let what = format!("{name}: {} ({})", words(trouble.fault), trouble.detail);
        (what, fix(trouble.fault))
    };
    Some(printer.look().map(|()| name.clone()).map_err(told))
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
