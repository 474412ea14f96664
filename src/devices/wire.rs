//! The ways to a printer: network, serial port, the system's own USB printer device, Windows' spooler.
//!
//! **Every read and write ends in time**, whatever is at the other end. A way is opened for one job and closed behind
//! it: several tills may share a printer, and what was unplugged is found again by the next job.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serialport::SerialPort;

use super::printer::Trouble;
use crate::domain::{FoundPrinter, PrinterFault, PrinterPlace, UsbName};

/// How long a network printer may take to answer its door.
const CONNECT: Duration = Duration::from_secs(4);

/// Where a printer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On the network: a host and a port, mostly 9100.
    Network(String),
    /// On a serial port, at so many bits a second.
    Serial(String, u32),
    /// On a serial port that a USB device is.
    SerialUsb(UsbName, u32),
    /// A device of the system's: `/dev/usb/lp0`; the first of those where none is named. On Windows the shared name of a
    /// printer, `\\localhost\Receipts`, to which the spooler passes bytes as they are.
    Device(Option<PathBuf>),
}

/// One open way.
pub(super) trait Wire {
    /// Sends some of the bytes within that time.
    fn put(&mut self, bytes: &[u8], within: Duration) -> io::Result<usize>;

    /// Takes what comes back within that time.
    fn get(&mut self, bytes: &mut [u8], within: Duration) -> io::Result<usize>;

    /// Hands on what is still on its way.
    fn finish(&mut self, _within: Duration) -> io::Result<()> {
        Ok(())
    }

    /// Nothing ever comes back this way.
    fn is_mute(&self) -> bool {
        false
    }
}

/// Opens the way to a printer.
pub(super) fn open(place: &Place) -> Result<Box<dyn Wire>, Trouble> {
    match place {
        Place::Network(address) => network(address),
        Place::Serial(path, baud) => serial(path, *baud),
        Place::SerialUsb(name, baud) => serial(&serial_of(name)?, *baud),
        Place::Device(path) => device(path.as_deref()),
    }
}

fn network(address: &str) -> Result<Box<dyn Wire>, Trouble> {
    let found = address.to_socket_addrs().map_err(|error| Trouble::new(PrinterFault::NotThere, error))?;
    let mut why = Trouble::new(PrinterFault::NotThere, format_args!("{address} is nowhere"));
    for at in found {
        match TcpStream::connect_timeout(&at, CONNECT) {
            Ok(stream) => {
                let _ = stream.set_nodelay(true);
                return Ok(Box::new(stream));
            }
            Err(error) => why = Trouble::new(PrinterFault::NotThere, format_args!("{at}: {error}")),
        }
    }
    Err(why)
}

impl Wire for TcpStream {
    fn put(&mut self, bytes: &[u8], within: Duration) -> io::Result<usize> {
        self.set_write_timeout(Some(within))?;
        self.write(bytes)
    }

    fn get(&mut self, bytes: &mut [u8], within: Duration) -> io::Result<usize> {
        self.set_read_timeout(Some(within))?;
        match self.read(bytes)? {
            // The other end has hung up.
            0 => Err(ErrorKind::ConnectionAborted.into()),
            read => Ok(read),
        }
    }

    fn finish(&mut self, _within: Duration) -> io::Result<()> {
        self.flush()
    }
}

fn serial(path: &str, baud: u32) -> Result<Box<dyn Wire>, Trouble> {
    let port = serialport::new(path, baud).dtr_on_open(true).timeout(Duration::from_secs(1)).open();
    let port = port.map_err(|error| {
        let fault = match error.kind() {
            serialport::ErrorKind::Io(ErrorKind::PermissionDenied) => PrinterFault::NotAllowed,
            // Locked by another program, says the library's documentation; on Windows also a port that is not there.
            serialport::ErrorKind::NoDevice if cfg!(unix) => PrinterFault::InUse,
            _ => PrinterFault::NotThere,
        };
        Trouble::new(fault, format_args!("{path}: {error}"))
    })?;
    Ok(Box::new(Port(port)))
}

fn serial_ports() -> Vec<serialport::SerialPortInfo> {
    // The library panics where this folder is missing, as in some containers.
    let none = cfg!(target_os = "linux") && !Path::new("/sys/class/tty").is_dir();
    if none { vec![] } else { serialport::available_ports().unwrap_or_default() }
}

/// The serial port behind which that USB device is.
fn serial_of(wanted: &UsbName) -> Result<String, Trouble> {
    let found = serial_ports().into_iter().find(|port| match &port.port_type {
        serialport::SerialPortType::UsbPort(usb) => wanted.is(usb.vid, usb.pid, usb.serial_number.as_deref()),
        _ => false,
    });
    found.map(|port| port.port_name).ok_or_else(|| Trouble::new(PrinterFault::NotThere, wanted))
}

struct Port(Box<dyn SerialPort>);

impl Wire for Port {
    fn put(&mut self, bytes: &[u8], within: Duration) -> io::Result<usize> {
        self.0.set_timeout(within)?;
        self.0.write(bytes)
    }

    fn get(&mut self, bytes: &mut [u8], within: Duration) -> io::Result<usize> {
        self.0.set_timeout(within)?;
        match self.0.read(bytes)? {
            // A port that is at its end, which a port never is while there is a device behind it.
            0 => Err(ErrorKind::BrokenPipe.into()),
            read => Ok(read),
        }
    }
}

/// The system's USB printers, the first one first.
#[must_use]
pub fn usb_printers() -> Vec<PathBuf> {
    let names = std::fs::read_dir("/dev/usb").into_iter().flatten().flatten().map(|entry| entry.path());
    let is_printer = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("lp"));
    let mut printers: Vec<PathBuf> = names.filter(is_printer).collect();
    printers.sort();
    printers
}

/// The receipt printers that could be at this machine: its USB printers, what Windows shares, and its serial ports,
/// whatever is behind those. Nothing is opened.
#[must_use]
pub fn found_printers() -> Vec<FoundPrinter> {
    let devices = usb_printers();
    let only = devices.len() == 1;
    let usb = devices.into_iter().map(|path| {
        let device = path.display().to_string();
        let name = model_of(&path).unwrap_or_else(|| device.clone());
        // The only one is found again whatever its number is after the next start.
        FoundPrinter { place: PrinterPlace::Usb((!only).then_some(device)), name }
    });
    let mut ports: Vec<FoundPrinter> = serial_ports().iter().map(serial_printer).collect();
    ports.sort_by(|one, other| one.name.cmp(&other.name));
    usb.chain(super::spooler::shared_printers()).chain(ports).take(MOST_FOUND).collect()
}

/// More than a till has; a machine with thirty-two serial ports has a list of its first.
const MOST_FOUND: usize = 24;

fn serial_printer(port: &serialport::SerialPortInfo) -> FoundPrinter {
    let name = &port.port_name;
    let serialport::SerialPortType::UsbPort(usb) = &port.port_type else {
        return FoundPrinter { place: PrinterPlace::serial(name), name: name.clone() };
    };
    let device = UsbName { vendor: usb.vid, product: usb.pid, serial: usb.serial_number.clone() };
    // A number that cannot be written into the file as a name is left out.
    let device = device.to_string();
    let place = if UsbName::parse(&device).is_some() { device } else { name.clone() };
    let model = usb.product.as_deref().map(str::trim).filter(|model| !model.is_empty());
    let name = model.map_or_else(|| name.clone(), |model| format!("{model} ({name})"));
    FoundPrinter { place: PrinterPlace::serial(&place), name }
}

/// What a USB printer says of itself (IEEE 1284): "MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;".
fn model_of(path: &Path) -> Option<String> {
    let file = Path::new("/sys/class/usbmisc").join(path.file_name()?).join("device/ieee1284_id");
    model_in(&std::fs::read_to_string(file).ok()?)
}

fn model_in(told: &str) -> Option<String> {
    let of = |keys: [&str; 2]| {
        let parts = told.split(';').filter_map(|part| part.split_once(':'));
        let mut said = parts.filter(|(key, _)| keys.contains(&key.trim())).map(|(_, value)| value.trim());
        said.find(|value| !value.is_empty() && !value.chars().any(char::is_control))
    };
    let model = of(["MDL", "MODEL"])?;
    let maker = of(["MFG", "MANUFACTURER"]).filter(|maker| !model.starts_with(maker));
    let name = maker.map_or_else(|| model.to_owned(), |maker| format!("{maker} {model}"));
    Some(name.chars().take(MOST_OF_A_NAME).collect())
}

/// More of a name than a button shows.
const MOST_OF_A_NAME: usize = 60;

fn device(path: Option<&Path>) -> Result<Box<dyn Wire>, Trouble> {
    let path = match path {
        Some(path) => path.to_owned(),
        None => usb_printers().into_iter().next().ok_or_else(|| {
            Trouble::new(PrinterFault::NotThere, "no /dev/usb/lp*: no USB printer is connected and switched on")
        })?,
    };
    let told = |error: io::Error| {
        let fault = match error.kind() {
            ErrorKind::PermissionDenied => PrinterFault::NotAllowed,
            ErrorKind::ResourceBusy => PrinterFault::InUse,
            _ => PrinterFault::NotThere,
        };
        Trouble::new(fault, format_args!("{}: {error}", path.display()))
    };
    open_device(&path).map_err(told)
}

#[cfg(unix)]
fn open_device(path: &Path) -> io::Result<Box<dyn Wire>> {
    use std::os::unix::fs::OpenOptionsExt;

    // Never waits, for which `poll` is there: a printer without paper takes no bytes, and a write to it would hang.
    let flags = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).map_err(io::Error::other)?;
    let both = std::fs::OpenOptions::new().read(true).write(true).custom_flags(flags).open(path);
    let (file, mute) = match both {
        Ok(file) => (file, false),
        // A printer that only listens cannot be opened for reading.
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            (std::fs::OpenOptions::new().write(true).custom_flags(flags).open(path)?, true)
        }
        Err(error) => return Err(error),
    };
    if file.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is a file, not a device"));
    }
    Ok(Box::new(Device { file, mute }))
}

#[cfg(unix)]
struct Device {
    file: std::fs::File,
    mute: bool,
}

#[cfg(unix)]
impl Device {
    /// Until it may be read or written.
    fn wait(&self, what: rustix::event::PollFlags, within: Duration) -> io::Result<()> {
        let mut wanted = [rustix::event::PollFd::new(&self.file, what)];
        let within = rustix::event::Timespec::try_from(within).map_err(io::Error::other)?;
        if rustix::event::poll(&mut wanted, Some(&within))? == 0 { Err(ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

#[cfg(unix)]
impl Wire for Device {
    fn put(&mut self, bytes: &[u8], within: Duration) -> io::Result<usize> {
        self.wait(rustix::event::PollFlags::OUT, within)?;
        self.file.write(bytes)
    }

    fn get(&mut self, bytes: &mut [u8], within: Duration) -> io::Result<usize> {
        self.wait(rustix::event::PollFlags::IN, within)?;
        match self.file.read(bytes)? {
            0 => Err(ErrorKind::TimedOut.into()),
            read => Ok(read),
        }
    }

    fn is_mute(&self) -> bool {
        self.mute
    }
}

/// A shared printer's name opens like a file, and the spooler takes what is written as it is when it is closed.
#[cfg(windows)]
fn open_device(path: &Path) -> io::Result<Box<dyn Wire>> {
    Ok(Box::new(Shared(std::fs::OpenOptions::new().write(true).open(path)?)))
}

#[cfg(windows)]
struct Shared(std::fs::File);

#[cfg(windows)]
impl Wire for Shared {
    fn put(&mut self, bytes: &[u8], _within: Duration) -> io::Result<usize> {
        // Into the spooler's file on the disk, not to the printer: it does not wait for paper.
        self.0.write(bytes)
    }

    fn get(&mut self, _bytes: &mut [u8], _within: Duration) -> io::Result<usize> {
        Err(ErrorKind::TimedOut.into())
    }

    fn is_mute(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_called_what_it_says() {
        let is = |told: &str, name: Option<&str>| assert_eq!(model_in(told).as_deref(), name, "{told}");
        is("MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;DES:EPSON TM-T20II;", Some("EPSON TM-T20II"));
        is("MANUFACTURER:Star;MODEL:Star TSP143;", Some("Star TSP143"));
        is("MFG:;MDL:POS58;", Some("POS58"));
        is("CLS:PRINTER;", None);
        is("", None);
    }

    #[test]
    fn a_serial_printer_is_found_again_by_what_its_plug_carries() {
        let usb = |serial: Option<&str>, product: Option<&str>| serialport::UsbPortInfo {
            vid: 0x04b8,
            pid: 0x0202,
            serial_number: serial.map(str::to_owned),
            manufacturer: None,
            product: product.map(str::to_owned),
        };
        let port = |port_type| serialport::SerialPortInfo { port_name: "/dev/ttyUSB0".to_owned(), port_type };
        let found = |port_type| serial_printer(&port(port_type));
        use serialport::SerialPortType as T;
        let named = found(T::UsbPort(usb(Some("S1"), Some("TM-T20"))));
        assert_eq!(named.place, PrinterPlace::serial("usb:04b8:0202:S1"));
        assert_eq!(named.name, "TM-T20 (/dev/ttyUSB0)");
        assert_eq!(found(T::UsbPort(usb(None, None))).name, "/dev/ttyUSB0");
        assert_eq!(found(T::Unknown).place, PrinterPlace::serial("/dev/ttyUSB0"));
    }
}
