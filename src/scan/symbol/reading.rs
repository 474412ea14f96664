//! What a look at a frame gives: readings, and the words for their parts.
//!
//! Plain data, no behaviour beyond names. **A `Reading`'s text is exactly what the code carries**, no checksum, no
//! added parentheses, nothing trimmed.

use std::fmt;
use std::time::Duration;

/// The kind of code a reading came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbology {
    /// QR Code (ISO/IEC 18004).
    QrCode,
    /// Code 128 (ISO/IEC 15417).
    Code128,
    /// Code 39.
    Code39,
    /// Interleaved 2 of 5.
    Itf,
    /// EAN-13, a product.
    Ean13,
    /// EAN-8, a product.
    Ean8,
    /// UPC-A, a product.
    UpcA,
    /// UPC-E, a product.
    UpcE,
}

impl Symbology {
    /// True for the codes printed on goods: recognised only to tell the cashier so.
    #[must_use]
    pub fn is_product(self) -> bool {
        matches!(self, Self::Ean13 | Self::Ean8 | Self::UpcA | Self::UpcE)
    }

    /// True for codes that are one row of bars, whose checksum alone does not make a reading certain.
    #[must_use]
    pub fn is_linear(self) -> bool {
        self != Self::QrCode
    }
}

impl fmt::Display for Symbology {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::QrCode => "QRCode",
            Self::Code128 => "Code128",
            Self::Code39 => "Code39",
            Self::Itf => "ITF",
            Self::Ean13 => "EAN13",
            Self::Ean8 => "EAN8",
            Self::UpcA => "UPCA",
            Self::UpcE => "UPCE",
        })
    }
}

/// Which pass read a code; `docs/decoder.md` says what each adds and costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pass {
    /// zxing-cpp, quick settings: what a clean frame costs.
    Fast,
    /// zxing-cpp, thorough settings.
    Hard,
    /// Our grey-level reader of bars.
    Bars,
    /// Our grey-level reader of QR modules.
    Modules,
    /// The same with every module helping to tell the blur.
    Sight,
    /// The average of several frames, by our readers.
    Burst,
    /// rqrr, bounded.
    Rqrr,
    /// The look for product codes.
    Products,
}

impl fmt::Display for Pass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fast => "fast",
            Self::Hard => "hard",
            Self::Bars => "bars",
            Self::Modules => "modules",
            Self::Sight => "sight",
            Self::Burst => "burst",
            Self::Rqrr => "rqrr",
            Self::Products => "products",
        })
    }
}

/// A place in the frame, in pixels from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// One code read in one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// What the code carries.
    pub text: String,
    /// Its kind.
    pub symbology: Symbology,
    /// Its outline: top left, top right, bottom right, bottom left as the code is read.
    pub corners: [Point; 4],
    /// How sure this one frame makes us, 0 to 1. QR corrects its own errors and stands near 1; a linear code's
    /// confidence grows with the scan lines that agree or with the lead over the second-best text.
    pub confidence: f32,
    /// The pass that read it.
    pub pass: Pass,
}

/// How rqrr may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RqrrUse {
    /// Not at all: after our own readers it reads nothing more on the corpus (`docs/decoder.md`), and it can hang.
    #[default]
    Never,
    /// Last, on small located regions, on a thread of its own that is left behind when it hangs.
    Bounded,
}

/// What to look for and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Look for QR codes.
    pub qr: bool,
    /// Look for Code 128.
    pub code128: bool,
    /// Look for Code 39; off unless the store prints it.
    pub code39: bool,
    /// Look for Interleaved 2 of 5; off unless the store prints it: short ones are read out of any row of bars.
    pub itf: bool,
    /// When nothing else is found, look for product codes, only to say that it is one.
    pub products: bool,
    /// No new pass starts after this much of the thread's own processor time on one frame; by the clock after four
    /// times as much.
    pub deadline: Duration,
    /// How rqrr may be used.
    pub rqrr: RqrrUse,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            qr: true,
            code128: true,
            code39: false,
            itf: false,
            products: true,
            deadline: Duration::from_millis(60),
            rqrr: RqrrUse::default(),
        }
    }
}
