//! Everything that can put a number into the till: barcode scanners, the camera, a hand on the keyboard.
//!
//! What a text means is [`payload`]'s alone. **Nothing here asks whether a sale exists, and nothing here acts**: the
//! room gives [`Scanned`](crate::domain::Scanned) and that is all. **A scan never becomes key strokes for a widget**:
//! that is [`wedge`]'s promise.

pub mod payload;
pub mod symbol;
