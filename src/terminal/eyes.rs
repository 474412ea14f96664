//! The camera as the desk knows it: something that can be opened and closed and tells what it sees.

use super::view::{CameraHint, CameraTrouble, KnownCamera, Light, Preview};
use crate::domain::CameraChoice;
use crate::scan::symbol::Symbology;

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
    /// It is open.
    Open {
        /// Its name.
        name: String,
        /// Size, format and rate.
        format: String,
    },
    /// There is no picture, and why.
    Trouble(CameraTrouble),
    /// The cameras that are connected.
    Known(Vec<KnownCamera>),
}

/// A camera that can be opened and closed. Neither waits for the device.
pub trait Eyes: Send {
    /// Starts looking.
    fn open(&mut self);

    /// Stops looking and lets the device go.
    fn close(&mut self);

    /// Uses this camera from now on, at once if it is looking.
    fn choose(&mut self, choice: &CameraChoice);

    /// Finds out which cameras are connected, and tells.
    fn list(&mut self);
}

/// No camera at all.
pub struct NoEyes;

impl Eyes for NoEyes {
    fn open(&mut self) {}

    fn close(&mut self) {}

    fn choose(&mut self, _: &CameraChoice) {}

    fn list(&mut self) {}
}
