//! The camera as the desk knows it: something that can be opened and closed and tells what it sees.

use crate::scan::symbol::Symbology;

use super::view::{CameraHint, Light, Preview};

/// What the camera tells.
pub enum Seen {
    /// A small picture of what it sees.
    Preview(Preview),
    /// A code, agreed on by as many frames as its kind needs.
    Code {
        /// Its text.
        text: String,
        /// Its kind.
        symbology: Option<Symbology>,
    },
    /// What would help it to read, or nothing any more.
    Hint(Option<CameraHint>),
    /// How it is.
    Light(Light),
}

/// A camera that can be opened and closed. Neither waits for the device.
pub trait Eyes: Send {
    /// Starts looking.
    fn open(&mut self);

    /// Stops looking and lets the device go.
    fn close(&mut self);
}

/// No camera at all.
pub struct NoEyes;

impl Eyes for NoEyes {
    fn open(&mut self) {}

    fn close(&mut self) {}
}
