//! Scanners and cameras by what a person calls them and what can be wrong with them.
//!
//! **Names only**: nothing here opens a device. Its rooms find it by these and report in these words.

use std::fmt;

/// How a scanner is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScannerKind {
    /// It types, as a keyboard does.
    Keyboard,
    /// On a serial port, or a USB one that behaves as such.
    Serial,
    /// USB, in HID point-of-sale mode.
    HidPos,
}

/// Why a scanner that should be there gives nothing. The till goes on trying by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScannerFault {
    /// Nothing of that name, number or kind is connected.
    NotThere,
    /// It is there, and this user may not use it.
    NotAllowed,
    /// Another program uses it.
    InUse,
    /// It was unplugged while it was used.
    Lost,
    /// It is there and cannot be used: it describes itself in a way that is not understood, or fails.
    NotUnderstood,
}

/// Which camera the till uses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CameraChoice {
    /// The first that works.
    First,
    /// The one of this name.
    Named(String),
    /// The folder of pictures that stands in for one.
    Folder,
    /// None.
    Off,
}

/// A USB device by the numbers it carries, wherever it is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsbName {
    /// Its maker's number.
    pub vendor: u16,
    /// Its model's number.
    pub product: u16,
    /// Its own number, where several of one model are connected.
    pub serial: Option<String>,
}

impl UsbName {
    /// Reads `usb:05e0:1300` or `usb:05e0:1300:S123`; the numbers are hexadecimal, as `lsusb` shows them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("usb:")?.splitn(3, ':');
        let mut number = || {
            let digits = parts.next()?;
            (digits.len() == 4).then(|| u16::from_str_radix(digits, 16).ok())?
        };
        let (vendor, product) = (number()?, number()?);
        let serial = parts.next().map(str::to_owned);
        serial.as_ref().is_none_or(|serial| !serial.is_empty()).then_some(Self { vendor, product, serial })
    }

    /// Whether a device with these numbers is meant.
    #[must_use]
    pub fn is(&self, vendor: u16, product: u16, serial: Option<&str>) -> bool {
        let same = (self.vendor, self.product) == (vendor, product);
        same && self.serial.as_deref().is_none_or(|wanted| Some(wanted) == serial)
    }
}

impl fmt::Display for UsbName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "usb:{:04x}:{:04x}", self.vendor, self.product)?;
        match &self.serial {
            Some(serial) => write!(f, ":{serial}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(u16, u16, Option<&str>)>) {
        let read = UsbName::parse(text);
        assert_eq!(read.as_ref().map(|name| (name.vendor, name.product, name.serial.as_deref())), expected, "{text}");
        if let Some(name) = read {
            assert_eq!(UsbName::parse(&name.to_string()), Some(name));
        }
    }

    #[test]
    fn usb_names() {
        check("usb:05e0:1300", Some((0x05e0, 0x1300, None)));
        check("usb:05E0:1300:S123", Some((0x05e0, 0x1300, Some("S123"))));
        check("usb:0c2e:0b6a:19:07:A", Some((0x0c2e, 0x0b6a, Some("19:07:A"))));
        for wrong in ["", "usb:", "usb:5e0:1300", "usb:05e0", "usb:05e0:1300:", "usb:zzzz:1300", "/dev/ttyACM0"] {
            check(wrong, None);
        }
    }

    #[test]
    fn one_of_a_model_is_told_from_another_by_its_own_number() {
        let any = UsbName::parse("usb:05e0:1300").unwrap();
        let one = UsbName::parse("usb:05e0:1300:S123").unwrap();
        assert!(any.is(0x05e0, 0x1300, None) && any.is(0x05e0, 0x1300, Some("S9")));
        assert!(one.is(0x05e0, 0x1300, Some("S123")));
        assert!(!one.is(0x05e0, 0x1300, Some("S9")) && !one.is(0x05e0, 0x1300, None) && !any.is(0x05e0, 0x1301, None));
    }
}
