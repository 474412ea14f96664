//! Scanners on a serial port, mostly USB ones that behave as such (CDC-ACM): a thread that opens the port, listens,
//! and opens it again after it was unplugged.
//!
//! **A scan ends with quiet, not with a line end**, so that it needs no suffix and a code that holds several lines stays
//! one text; an end of line only makes the wait shorter. **What does not fit is torn, never cut**: a part of a number
//! must not be read as one.

#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use serialport::{ClearBuffer, SerialPort, SerialPortType};

use super::scanner::{LOOK_UP, Listener, MAX_BYTES, ScannerEvent, Source, Trouble, Wanted, listen, text_of};
use super::wedge::{BurstEnd, ScanText};
use crate::domain::{ScannerFault, UsbName};

/// Quiet after which a scan without an end of line is over. A byte takes 1 ms at 9600 baud and 8 ms at 1200; USB
/// scanners send all at once, in packets a few milliseconds apart.
const QUIET_MS: u64 = 120;
/// The same after an end of line: CR LF may come in two packets.
const QUIET_AFTER_END_MS: u64 = 30;

/// Which port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortName {
    /// By its place: `/dev/ttyACM0`, `COM3`.
    Path(String),
    /// By the device behind it, wherever it is plugged in.
    Usb(UsbName),
}

/// A port and its speed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialSettings {
    /// Which.
    pub port: PortName,
    /// Bits a second. USB scanners take any.
    pub baud: u32,
}

/// Listens until dropped; what happens is told on a thread of the listener's.
///
/// # Errors
/// When no thread can be made.
pub fn start(settings: SerialSettings, tell: impl FnMut(ScannerEvent) + Send + 'static) -> std::io::Result<Listener> {
    listen("serial-scanner", Port { settings }, tell)
}

/// Whether the port could be opened just now, and its name.
///
/// # Errors
/// Why not.
pub fn look_for(settings: &SerialSettings) -> Result<String, Trouble> {
    open(settings).map(|(_, name)| name)
}

/// The USB devices that are serial ports, as `scanner.serial_port` would name them, each with its place and name.
#[must_use]
pub fn connected() -> Vec<String> {
    let ports = usb_ports().unwrap_or_default();
    ports
        .into_iter()
        .map(|(path, vendor, product, serial, name)| {
            let usb = UsbName { vendor, product, serial };
            format!("{usb} at {path} ({})", name.unwrap_or_default())
        })
        .collect()
}

struct Port {
    settings: SerialSettings,
}

impl Source for Port {
    fn live(&mut self, wanted: &Wanted, tell: &mut dyn FnMut(ScannerEvent)) -> Result<(), Trouble> {
        let (mut port, name) = open(&self.settings)?;
        tell(ScannerEvent::Ready { name });
        let started = Instant::now();
        let now_ms = || u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut gathered = Gathered::default();
        let mut bytes = [0; 1024];
        while wanted.still() {
            let wait = gathered.wait_ms(now_ms()).map_or(LOOK_UP, Duration::from_millis);
            port.set_timeout(wait).map_err(|error| Trouble::new(ScannerFault::Lost, error))?;
            match port.read(&mut bytes) {
                // A port that is at its end, which a port never is while there is a device behind it.
                Ok(0) => return Err(Trouble::new(ScannerFault::Lost, "the port has ended")),
                Ok(read) => gathered.take(bytes.get(..read).unwrap_or_default(), now_ms()),
                Err(error) if matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::Interrupted) => {}
                Err(error) => return Err(Trouble::new(ScannerFault::Lost, error)),
            }
            if let Some(scan) = gathered.end(now_ms()) {
                tell(ScannerEvent::Read(scan));
            }
        }
        Ok(())
    }
}

fn open(settings: &SerialSettings) -> Result<(Box<dyn SerialPort>, String), Trouble> {
    let (path, name) = match &settings.port {
        PortName::Path(path) => (path.clone(), path.clone()),
        PortName::Usb(wanted) => find(wanted)?,
    };
    let opened = serialport::new(&path, settings.baud).dtr_on_open(true).timeout(LOOK_UP).open();
    let port = opened.map_err(|error| Trouble::new(fault_of(&error), format_args!("{path}: {error}")))?;
    // What was scanned while nobody listened is no wish of anybody's now.
    port.clear(ClearBuffer::Input).map_err(|error| Trouble::new(ScannerFault::Lost, error))?;
    Ok((port, name))
}

/// The port behind which that device is, and a name for people.
fn find(wanted: &UsbName) -> Result<(String, String), Trouble> {
    let mut others = Vec::new();
    for (path, vendor, product, serial, name) in usb_ports()? {
        if wanted.is(vendor, product, serial.as_deref()) {
            return Ok((path.clone(), name.unwrap_or(path)));
        }
        others.push(UsbName { vendor, product, serial }.to_string());
    }
    Err(Trouble::new(ScannerFault::NotThere, format_args!("{wanted}; connected: {}", others.join(", "))))
}

type UsbPort = (String, u16, u16, Option<String>, Option<String>);

fn usb_ports() -> Result<Vec<UsbPort>, Trouble> {
    // The library panics where this folder is missing, as in some containers.
    if cfg!(target_os = "linux") && !std::path::Path::new("/sys/class/tty").is_dir() {
        return Ok(Vec::new());
    }
    let ports = serialport::available_ports().map_err(|error| Trouble::new(ScannerFault::NotThere, error))?;
    Ok(ports
        .into_iter()
        .filter_map(|port| match port.port_type {
            SerialPortType::UsbPort(usb) => Some((port.port_name, usb.vid, usb.pid, usb.serial_number, usb.product)),
            SerialPortType::PciPort | SerialPortType::BluetoothPort | SerialPortType::Unknown => None,
        })
        .collect())
}

fn fault_of(error: &serialport::Error) -> ScannerFault {
    match error.kind() {
        serialport::ErrorKind::Io(ErrorKind::PermissionDenied) => ScannerFault::NotAllowed,
        serialport::ErrorKind::Io(ErrorKind::NotFound) => ScannerFault::NotThere,
        // Locked by another program, says the library's documentation; on Windows also a port that is not there.
        serialport::ErrorKind::NoDevice if cfg!(unix) => ScannerFault::InUse,
        serialport::ErrorKind::NoDevice => ScannerFault::NotThere,
        _ => ScannerFault::NotUnderstood,
    }
}

/// The bytes of one scan so far.
#[derive(Debug, Default)]
struct Gathered {
    bytes: Vec<u8>,
    /// More came than is kept.
    is_over: bool,
    last_ms: u64,
}

impl Gathered {
    fn take(&mut self, bytes: &[u8], now_ms: u64) {
        self.last_ms = now_ms;
        let room = MAX_BYTES.saturating_sub(self.bytes.len());
        self.is_over |= bytes.len() > room;
        self.bytes.extend(bytes.iter().take(room));
    }

    /// How long to listen for more, in milliseconds; none while there is nothing.
    fn wait_ms(&self, now_ms: u64) -> Option<u64> {
        let last = self.bytes.last()?;
        let quiet_ms = if is_end(*last) { QUIET_AFTER_END_MS } else { QUIET_MS };
        Some(self.last_ms.saturating_add(quiet_ms).saturating_sub(now_ms).max(1))
    }

    /// The scan, if it is over.
    fn end(&mut self, now_ms: u64) -> Option<ScanText> {
        let last = self.bytes.last()?;
        let quiet_ms = if is_end(*last) { QUIET_AFTER_END_MS } else { QUIET_MS };
        if now_ms.saturating_sub(self.last_ms) < quiet_ms {
            return None;
        }
        let gathered = std::mem::take(self);
        let kept = gathered.bytes.iter().rposition(|byte| !is_end(*byte)).map_or(0, |at| at + 1);
        let (text, tail) = gathered.bytes.split_at(kept);
        let end = match tail {
            tail if tail.iter().any(|byte| matches!(byte, b'\r' | b'\n')) => BurstEnd::Enter,
            tail if tail.contains(&b'\t') => BurstEnd::Tab,
            _ => BurstEnd::Quiet,
        };
        let text = text_of(text);
        // A lone line end is the second half of one that was late.
        let is_something = !text.is_empty() || gathered.is_over;
        is_something.then(|| ScanText { shown: text.clone(), text, end, torn: gathered.is_over })
    }
}

/// CR, LF, Tab, ETX and NUL end a text.
const fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n' | b'\t' | 3 | 0)
}
