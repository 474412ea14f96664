//! `[printer]`, `[drawer]` and `[sounds]`: what prints and how, which outcomes open the drawer, how loud the till is.

use std::path::{Path, PathBuf};

use super::reader::{Read, Section};
use super::scanner::PortName;
use super::short;
use crate::domain::{
    CodePage, CodeStyle, DrawerPin, PaperWidth, PrinterChoice, PrinterPlace, RefundState, SlipCopies, SoundLevel,
    UsbName, printer_address,
};

pub(super) const PRINTER_KEYS: &[&str] =
    &["kind", "device", "baud", "folder", "paper_mm", "code_page", "codes", "automatic", "slips"];
pub(super) const DRAWER_KEYS: &[&str] = &["open_on", "number", "pulse_ms"];
pub(super) const SOUND_KEYS: &[&str] = &["volume", "muted"];

/// What prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterKind {
    /// Nothing.
    None,
    /// A USB printer the system has a device for; the first one where none is named.
    Usb(Option<PathBuf>),
    /// A serial printer, at so many bits a second.
    Serial(PortName, u32),
    /// A network printer: host and port.
    Network(String),
    /// A printer of Windows', by its shared name.
    Spooler(String),
    /// Files in a folder.
    Files {
        /// Where; in the till's own folder, where none is named.
        folder: Option<PathBuf>,
        /// PDF; text otherwise.
        pdf: bool,
    },
}

/// `[printer]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterConfig {
    /// What prints.
    pub kind: PrinterKind,
    /// The paper's width.
    pub paper: PaperWidth,
    /// The printer's characters.
    pub code_page: CodePage,
    /// Who draws codes.
    pub codes: CodeStyle,
    /// A refund's outcome is printed by itself.
    pub automatic: bool,
    /// For whom there is a slip.
    pub slips: SlipCopies,
    /// The folder for slips the file names, whether or not they are files.
    pub folder: Option<PathBuf>,
}

/// Both sections in the words of a choice.
pub(super) fn choice(printer: &PrinterConfig, drawer: &DrawerConfig) -> PrinterChoice {
    let place = match &printer.kind {
        PrinterKind::None => PrinterPlace::None,
        PrinterKind::Usb(path) => PrinterPlace::Usb(path.as_ref().map(|path| path.display().to_string())),
        PrinterKind::Serial(PortName::Path(port), baud) => PrinterPlace::Serial { port: port.clone(), baud: *baud },
        PrinterKind::Serial(PortName::Usb(name), baud) => PrinterPlace::Serial { port: name.to_string(), baud: *baud },
        PrinterKind::Network(address) => PrinterPlace::Network(address.clone()),
        PrinterKind::Spooler(name) => PrinterPlace::Shared(name.clone()),
        PrinterKind::Files { pdf, .. } => PrinterPlace::Files { pdf: *pdf },
    };
    PrinterChoice {
        place,
        paper: printer.paper,
        code_page: printer.code_page,
        automatic: printer.automatic,
        open_on: drawer.open_on.clone(),
    }
}

/// `[drawer]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawerConfig {
    /// It opens by itself for these; never where there are none.
    pub open_on: Vec<RefundState>,
    /// The pin that opens it.
    pub pin: DrawerPin,
    /// For so long.
    pub pulse_ms: u32,
}

const DEVICE: &str = "for \"usb\" a device such as \"/dev/usb/lp0\" or nothing, for \"serial\" a port such as \
                      \"/dev/ttyS0\", \"COM3\" or \"usb:04b8:0202\", for \"network\" an address such as \
                      \"192.168.0.40\" or \"printer.local:9100\", for \"spooler\" a shared name such as \
                      '\\\\localhost\\Receipts'";

pub(super) fn read_printer(section: &Section<'_>, base: &Path) -> Read<PrinterConfig> {
    let papers = [("58", PaperWidth::Mm58), ("80", PaperWidth::Mm80)];
    let width = section.number("paper_mm", 80, 58..=80)?.to_string();
    let paper = papers.into_iter().find(|(name, _)| *name == width).map(|(_, paper)| paper);
    let paper =
        paper.ok_or_else(|| section.refuse("paper_mm", format!("{width} is not a roll's width"), "58 or 80"))?;
    let pages = CodePage::ALL.map(|page| (page.as_str(), page));
    let codes = [("picture", CodeStyle::Picture), ("printer", CodeStyle::Printer)];
    let slips = [("customer", SlipCopies::Customer), ("store", SlipCopies::Store), ("both", SlipCopies::Both)];
    let folder = section.text("folder", "a folder that this user may write")?.filter(|folder| !folder.is_empty());
    let folder = folder.map(|folder| base.join(folder));
    Ok(PrinterConfig {
        kind: read_kind(section, folder.clone())?,
        folder,
        paper,
        code_page: section.word("code_page", CodePage::default(), &pages)?,
        codes: section.word("codes", CodeStyle::default(), &codes)?,
        automatic: section.flag("automatic", true)?,
        slips: section.word("slips", SlipCopies::default(), &slips)?,
    })
}

fn read_kind(section: &Section<'_>, folder: Option<PathBuf>) -> Read<PrinterKind> {
    let baud = section.number("baud", 19_200, 1_200..=4_000_000)?;
    let kinds = ["none", "usb", "serial", "network", "spooler", "pdf", "text"].map(|kind| (kind, kind));
    let kind = section.word("kind", "none", &kinds)?;
    let device = section.text("device", DEVICE)?.unwrap_or_default().trim();
    let device = short(section, "device", device, 200)?;
    let missing = || section.refuse("device", format!("it is missing, as kind is {kind:?}"), DEVICE);
    Ok(match kind {
        "usb" if device.is_empty() => PrinterKind::Usb(None),
        "usb" => PrinterKind::Usb(Some(PathBuf::from(device))),
        _ if device.is_empty() && matches!(kind, "serial" | "network" | "spooler") => return Err(missing()),
        "serial" if device.starts_with("usb:") => match UsbName::parse(&device) {
            Some(name) => PrinterKind::Serial(PortName::Usb(name), baud),
            None => return Err(section.refuse("device", format!("{device:?} names no USB device"), DEVICE)),
        },
        "serial" => PrinterKind::Serial(PortName::Path(device), baud),
        "network" => PrinterKind::Network(address(section, &device)?),
        "spooler" => PrinterKind::Spooler(device),
        "pdf" | "text" => PrinterKind::Files { folder, pdf: kind == "pdf" },
        _ => PrinterKind::None,
    })
}

/// A host, with the port that receipt printers listen on where none is said.
fn address(section: &Section<'_>, text: &str) -> Read<String> {
    printer_address(text).ok_or_else(|| section.refuse("device", format!("{text:?} is no address"), DEVICE))
}

pub(super) fn read_drawer(section: &Section<'_>) -> Read<DrawerConfig> {
    let allowed = "a list of \"refunded\", \"declined\", \"pending\" and \"unknown\"; empty for never";
    let known = [RefundState::Refunded, RefundState::Declined, RefundState::Pending, RefundState::Unknown];
    let words = section.list("open_on", allowed)?.unwrap_or_default();
    let state = |word: &&str| {
        let found = known.into_iter().find(|state| state.as_str() == *word);
        found.ok_or_else(|| section.refuse("open_on", format!("{word:?} is not known"), allowed))
    };
    let open_on = words.iter().map(state).collect::<Read<Vec<_>>>()?;
    let pin = if section.number("number", 1, 1..=2)? == 1 { DrawerPin::Two } else { DrawerPin::Five };
    Ok(DrawerConfig { open_on, pin, pulse_ms: section.number("pulse_ms", 120, 20..=500)? })
}

pub(super) fn read_sounds(section: &Section<'_>) -> Read<SoundLevel> {
    let usual = SoundLevel::default();
    let volume = section.number("volume", u32::from(usual.volume), 0..=100)?;
    Ok(SoundLevel { volume: u8::try_from(volume).unwrap_or(100), muted: section.flag("muted", usual.muted)? })
}
