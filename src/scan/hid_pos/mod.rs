//! USB scanners in HID point-of-sale mode (usage page 0x8C): no keyboard, no driver, one report a code.
//!
//! **Which bytes are the code is read from what the device says of itself** (`descriptor`), because layouts differ
//! from maker to maker; `report` puts a code together. The thread finds the scanner again after it was unplugged, by
//! its USB numbers.

mod descriptor;
mod report;
#[cfg(test)]
mod tests;

use std::ffi::CString;
use std::time::{Duration, Instant};

use hidapi::{HidApi, HidDevice, HidError, MAX_REPORT_DESCRIPTOR_SIZE};

use self::report::Reports;
use super::scanner::{LOOK_UP, Listener, ScannerEvent, Source, Trouble, Wanted, listen};
use super::wedge::ScanText;
use crate::domain::{ScannerFault, UsbName};

/// More than a report of a full-speed device has; the largest seen have 64.
const MAX_REPORT_BYTES: usize = 1024;

/// Which scanner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HidPosSettings {
    /// By its numbers; the first scanner in this mode when there are none.
    pub device: Option<UsbName>,
}

/// Listens until dropped; what happens is told on a thread of the listener's.
///
/// # Errors
/// When no thread can be made.
pub fn start(settings: HidPosSettings, tell: impl FnMut(ScannerEvent) + Send + 'static) -> std::io::Result<Listener> {
    listen("hid-scanner", Scanner { settings }, tell)
}

/// Whether a scanner could be opened just now, and its name. Two programs can listen to one at once.
///
/// # Errors
/// Why not.
pub fn look_for(settings: &HidPosSettings) -> Result<String, Trouble> {
    open(settings).map(|(_, _, name)| name)
}

/// What a scanner that describes itself so has read, by these reports, one soon after the other. For tests: no device
/// is needed.
#[must_use]
pub fn texts(descriptor: &[u8], reports: &[&[u8]]) -> Vec<ScanText> {
    /// Longer than any rest of a code is waited for, in milliseconds.
    const PAUSE_MS: u64 = 10_000;
    let mut together = Reports::new(descriptor::layouts(descriptor));
    let mut found = Vec::new();
    for (report, now_ms) in reports.iter().zip((0..).step_by(7)) {
        found.extend(together.take(report, now_ms));
    }
    found.extend(together.quiet(u64::try_from(reports.len()).unwrap_or(0).saturating_mul(7).saturating_add(PAUSE_MS)));
    found
}

struct Scanner {
    settings: HidPosSettings,
}

impl Source for Scanner {
    fn live(&mut self, wanted: &Wanted, tell: &mut dyn FnMut(ScannerEvent)) -> Result<(), Trouble> {
        let (device, mut reports, name) = open(&self.settings)?;
        tell(ScannerEvent::Ready { name });
        let started = Instant::now();
        let now_ms = || u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let mut bytes = [0; MAX_REPORT_BYTES];
        while wanted.still() {
            let wait = reports.wait_ms(now_ms()).map_or(LOOK_UP, Duration::from_millis);
            let wait_ms = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
            let read =
                device.read_timeout(&mut bytes, wait_ms).map_err(|error| Trouble::new(ScannerFault::Lost, error))?;
            let report = bytes.get(..read).unwrap_or_default();
            let scan = if report.is_empty() { reports.quiet(now_ms()) } else { reports.take(report, now_ms()) };
            if let Some(scan) = scan {
                tell(ScannerEvent::Read(scan));
            }
        }
        Ok(())
    }
}

fn open(settings: &HidPosSettings) -> Result<(HidDevice, Reports, String), Trouble> {
    let api = HidApi::new().map_err(|error| Trouble::new(ScannerFault::NotUnderstood, error))?;
    let mut others = Vec::new();
    let mut found: Option<(CString, String)> = None;
    for device in api.device_list().filter(|device| device.usage_page() == descriptor::PAGE_SCANNER) {
        let serial = device.serial_number().filter(|serial| !serial.is_empty());
        let (vendor, product) = (device.vendor_id(), device.product_id());
        let usb = UsbName { vendor, product, serial: serial.map(str::to_owned) }.to_string();
        if settings.device.as_ref().is_none_or(|wanted| wanted.is(vendor, product, serial)) {
            let name = device.product_string().map(str::trim).filter(|name| !name.is_empty());
            found = Some((device.path().to_owned(), name.map_or(usb, str::to_owned)));
            break;
        }
        others.push(usb);
    }
    let Some((path, name)) = found else {
        return Err(Trouble::new(ScannerFault::NotThere, format_args!("in this mode: {}", others.join(", "))));
    };
    let device = api.open_path(&path).map_err(|error| Trouble::new(fault_of(&error), error))?;
    let mut descriptor = [0; MAX_REPORT_DESCRIPTOR_SIZE];
    let length = device
        .get_report_descriptor(&mut descriptor)
        .map_err(|error| Trouble::new(ScannerFault::NotUnderstood, error))?;
    let layouts = descriptor::layouts(descriptor.get(..length).unwrap_or_default());
    if layouts.is_empty() {
        let why = "its reports hold no decoded data";
        return Err(Trouble::new(ScannerFault::NotUnderstood, format_args!("{name}: {why}")));
    }
    Ok((device, Reports::new(layouts), name))
}

/// The library hands on no error number, only its sentence.
fn fault_of(error: &HidError) -> ScannerFault {
    let words = error.to_string().to_lowercase();
    if words.contains("permission denied") || words.contains("access is denied") {
        ScannerFault::NotAllowed
    } else if words.contains("no such") {
        ScannerFault::NotThere
    } else {
        ScannerFault::NotUnderstood
    }
}
