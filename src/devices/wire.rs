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
use crate::domain::{PrinterFault, UsbName};

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

/// The serial port behind which that USB device is.
fn serial_of(wanted: &UsbName) -> Result<String, Trouble> {
    // The library panics where this folder is missing, as in some containers.
    let none = cfg!(target_os = "linux") && !Path::new("/sys/class/tty").is_dir();
    let ports = if none { vec![] } else { serialport::available_ports().unwrap_or_default() };
    let found = ports.into_iter().find(|port| match &port.port_type {
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
