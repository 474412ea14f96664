//! Everything that can put a number into the till: barcode scanners, the camera, a hand on the keyboard.
//!
//! What a text means is [`payload`]'s alone. **Nothing here asks whether a sale exists, and nothing here acts**: the
//! room gives [`Scanned`] and that is all. **A scan never becomes key strokes for a widget**: that is [`wedge`]'s
//! promise.

pub mod camera;
pub mod hid_pos;
pub mod payload;
pub mod scanner;
pub mod serial;
pub mod symbol;
pub mod test_code;
pub mod wedge;

use crate::domain::{ScanSource, Scanned};

/// What a burst of a keyboard-wedge scanner names; `None` when its beginning may be missing and it must be scanned again.
#[must_use]
pub fn read_burst(scan: &wedge::ScanText, affixes: &payload::Affixes) -> Option<Scanned> {
    (!scan.torn).then(|| payload::read_with(scan.best(), ScanSource::Scanner, None, affixes))
}
