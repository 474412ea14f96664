//! `[scanner]`: which scanners there are and what they are set to send.

use super::reader::{Read, Section};
use super::short;
use crate::domain::UsbName;

/// `[scanner]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerConfig {
    /// Scanners that type are read. What they type never reaches a button or a field, either way.
    pub wedge: bool,
    /// What the scanner sends before each code.
    pub prefix: String,
    /// What it sends after each code, beyond Enter or Tab.
    pub suffix: String,
    /// References of 4 to 12 digits that people type are asked of the gateway too.
    pub short_references: bool,
    /// A scanner on a serial port.
    pub serial: Option<SerialConfig>,
    /// Scanners in HID point-of-sale mode are read.
    pub hid: bool,
    /// Which of them; any when there is none.
    pub hid_device: Option<UsbName>,
}

/// A serial port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialConfig {
    /// Which.
    pub port: PortName,
    /// Bits a second.
    pub baud: u32,
}

/// How a serial port is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortName {
    /// By its place, such as `/dev/ttyACM0` or `COM3`.
    Path(String),
    /// By the USB device behind it.
    Usb(UsbName),
}

const USB: &str = "\"usb:\" and the device's numbers as `tillback doctor` shows them, such as \"usb:05e0:1300\"";

pub(super) fn read(section: &Section<'_>) -> Read<ScannerConfig> {
    let affix = |key: &'static str| {
        let text = section.text(key, "what the scanner sends, up to 16 characters")?.unwrap_or("");
        short(section, key, text, 16)
    };
    let (prefix, suffix) = (affix("prefix")?, affix("suffix")?);
    let baud = section.number("serial_baud", 9600, 300..=4_000_000)?;
    let hid_device = usb(section, "hid_device", USB)?;
    Ok(ScannerConfig {
        wedge: section.flag("wedge", true)?,
        prefix,
        suffix,
        short_references: section.flag("short_references", false)?,
        serial: serial_port(section)?.map(|port| SerialConfig { port, baud }),
        hid: section.flag("hid", false)?,
        hid_device,
    })
}

fn serial_port(section: &Section<'_>) -> Read<Option<PortName>> {
    let allowed = format!("a port such as \"/dev/ttyACM0\" or \"COM3\", or {USB}");
    match section.text("serial_port", &allowed)? {
        None | Some("") => Ok(None),
        Some(text) if text.starts_with("usb:") => Ok(usb(section, "serial_port", &allowed)?.map(PortName::Usb)),
        Some(text) => short(section, "serial_port", text, 200).map(|path| Some(PortName::Path(path))),
    }
}

fn usb(section: &Section<'_>, key: &'static str, allowed: &str) -> Read<Option<UsbName>> {
    match section.text(key, allowed)?.unwrap_or_default() {
        "" => Ok(None),
        text => match UsbName::parse(text) {
            Some(name) => Ok(Some(name)),
            None => Err(section.refuse(key, format!("{text:?} names no USB device"), allowed)),
        },
    }
}
