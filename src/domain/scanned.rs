//! What a scan or a typed number turned out to be, as the flow hears of it.
//!
//! Reading text is `scan::payload`'s work; this is only its answer. **A doubt never guesses**: what looks like
//! something else is looked up in our own ledger alone, and refused by its own name when it is not there.

use super::sale::SaleKey;

/// Where a code came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScanSource {
    /// The camera, or the picture folder that stands in for it.
    Camera,
    /// A barcode scanner.
    Scanner,
    /// Typed by hand.
    Typed,
}

impl ScanSource {
    /// The word in the audit record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Scanner => "scanner",
            Self::Typed => "typed",
        }
    }
}

/// Why a text that has the shape of a number of ours may be something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// Eighteen digits beginning 10 to 15: WeChat Pay codes to *pay* with look like that.
    PaymentCode,
    /// Thirteen, twelve or eight digits with a product barcode's check digit.
    ProductBarcode,
    /// So few typed digits that they may be somebody's PIN.
    ShortNumber,
    /// Digits that a badge may be torn into: they are asked of nobody else and shown to nobody.
    BadgePart,
}

/// Something that may name a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What to look up.
    pub key: SaleKey,
    /// Look in our own ledger alone, and say this when it is not there.
    pub doubt: Option<Doubt>,
}

/// Why a text names no sale, whatever the ledger holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanRefusal {
    /// A product's barcode.
    ProductBarcode,
    /// A code the customer pays with.
    PaymentCode,
    /// A web address that holds no number of ours; the host, for the message.
    ForeignUrl {
        /// Who it leads to.
        host: String,
    },
    /// Nothing but white space or prefixes.
    Empty,
    /// Longer than anything of ours.
    TooLong {
        /// Characters read.
        length: usize,
    },
    /// Characters that no number of ours has: a contact, a Wi-Fi code, free text.
    NotANumber,
    /// A manager's badge, or a part of one.
    Badge,
    /// Typed digits that are too few or too many for a transaction number.
    WrongLength {
        /// Digits typed.
        digits: usize,
    },
}

/// A text and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// It may name a sale.
    Candidate(Candidate),
    /// It does not.
    Refused(ScanRefusal),
}
