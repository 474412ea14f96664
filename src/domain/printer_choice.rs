//! Which printer a till uses, as a person chooses it and as the settings file names it.
//!
//! **Names only**: whether such a printer is there, the rooms that open devices find out. **A choice that is written can be
//! read again**: an address is checked here, for the window and for the file alike.

use super::printing::{AfterRefund, CodePage, PaperWidth};
use super::refund::RefundState;

/// The port that receipt printers listen on.
const NETWORK_PORT: u16 = 9100;
/// The speed of most serial receipt printers as they are delivered.
const USUAL_BAUD: u32 = 19_200;

/// Where slips go.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum PrinterPlace {
    /// Nowhere: there are no slips.
    #[default]
    None,
    /// A USB printer by the system's device for it; the first one where none is named.
    Usb(Option<String>),
    /// A serial printer.
    Serial {
        /// The port, or the USB device that is one: `usb:04b8:0202`.
        port: String,
        /// Bits a second.
        baud: u32,
    },
    /// A network printer: host and port.
    Network(String),
    /// A printer of Windows', by its shared name.
    Shared(String),
    /// Files in the folder for slips.
    Files {
        /// PDF; text otherwise.
        pdf: bool,
    },
}

impl PrinterPlace {
    /// The speeds that are offered for a serial printer; the settings file takes others too.
    pub const SPEEDS: [u32; 6] = [9_600, USUAL_BAUD, 38_400, 57_600, 115_200, 4_800];

    /// A serial printer as it is delivered.
    pub fn serial(port: &str) -> Self {
        Self::Serial { port: port.to_owned(), baud: USUAL_BAUD }
    }

    /// A network printer, as somebody types where it is; on Windows a shared name as well. Nothing where it is neither.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        if cfg!(windows) && text.starts_with(r"\\") {
            return Some(Self::Shared(text.to_owned()));
        }
        printer_address(text).map(Self::Network)
    }

    /// Whether it is a receipt printer: one with characters of its own, and perhaps with a drawer behind it.
    pub const fn is_machine(&self) -> bool {
        match self {
            Self::None | Self::Files { .. } => false,
            Self::Usb(_) | Self::Serial { .. } | Self::Network(_) | Self::Shared(_) => true,
        }
    }

    /// The same printer, whatever its speed.
    pub fn is_at(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Serial { port, .. }, Self::Serial { port: also, .. }) => port == also,
            _ => self == other,
        }
    }
}

/// A network printer's host and port, the usual one where none is said. Nothing where it is no address.
pub fn printer_address(text: &str) -> Option<String> {
    let inside_brackets = text.ends_with(']');
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !inside_brackets => (host, Some(port)),
        _ => (text, None),
    };
    let good_port = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0));
    let good_host = !host.is_empty() && !host.contains(['/', ' ', '@', '\\']);
    match port {
        _ if !(good_port && good_host) => None,
        Some(_) => Some(text.to_owned()),
        None => Some(format!("{text}:{NETWORK_PORT}")),
    }
}

/// What a till prints with, and what it does by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrinterChoice {
    /// Where slips go.
    pub place: PrinterPlace,
    /// How wide the paper is.
    pub paper: PaperWidth,
    /// The printer's own characters.
    pub code_page: CodePage,
    /// A refund's outcome is printed by itself.
    pub automatic: bool,
    /// The drawer opens by itself for these; never where there are none.
    pub open_on: Vec<RefundState>,
}

impl Default for PrinterChoice {
    /// No printer, and what a file says that says nothing.
    fn default() -> Self {
        Self {
            place: PrinterPlace::None,
            paper: PaperWidth::default(),
            code_page: CodePage::default(),
            automatic: true,
            open_on: vec![],
        }
    }
}

impl PrinterChoice {
    /// Whether there is a drawer behind it.
    pub fn has_drawer(&self) -> bool {
        self.place.is_machine() && !self.open_on.is_empty()
    }

    /// What the till does by itself after a refund.
    pub fn after_refund(&self) -> AfterRefund {
        AfterRefund {
            print: self.place != PrinterPlace::None && self.automatic,
            open_drawer: if self.place.is_machine() { self.open_on.clone() } else { vec![] },
        }
    }
}

/// A printer that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPrinter {
    /// Where.
    pub place: PrinterPlace,
    /// Its maker and model, where it says them; its port or device otherwise.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_perhaps_a_port() {
        let is = |text: &str, address: Option<&str>| {
            assert_eq!(printer_address(text), address.map(str::to_owned), "{text:?}");
        };
        is("192.168.0.40", Some("192.168.0.40:9100"));
        is("printer.local:515", Some("printer.local:515"));
        is("[fe80::1]", Some("[fe80::1]:9100"));
        is("[fe80::1]:9100", Some("[fe80::1]:9100"));
        for none in ["", ":9100", "a b", "http://printer", "printer:", "printer:0", "printer:99999", "me@printer"] {
            is(none, None);
        }
        assert_eq!(PrinterPlace::typed(" 10.0.0.7 "), Some(PrinterPlace::Network("10.0.0.7:9100".to_owned())));
    }

    #[test]
    fn files_have_no_drawer_and_no_printer_prints_nothing() {
        let open_on = vec![RefundState::Refunded];
        let choice = |place| PrinterChoice { place, open_on: open_on.clone(), ..PrinterChoice::default() };
        let does = |place| {
            let choice = choice(place);
            (choice.has_drawer(), choice.after_refund().print, choice.after_refund().open_drawer.len())
        };
        assert_eq!(does(PrinterPlace::None), (false, false, 0));
        assert_eq!(does(PrinterPlace::Files { pdf: true }), (false, true, 0));
        assert_eq!(does(PrinterPlace::Usb(None)), (true, true, 1));
    }
}
