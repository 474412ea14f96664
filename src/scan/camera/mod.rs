//! The camera, and the folder of pictures that can stand in for it.
//!
//! **Capturing and decoding happen in a child process of the same binary**: a driver that freezes, a decoder that
//! hangs and a crash in C++ cost the till nothing. `supervisor` starts, watches, kills and restarts that child;
//! `worker` is what it runs; `protocol` is what passes between them. **The child never outlives the till**: it ends
//! when its standard input closes. Pictures never touch a disk here.

mod device;
mod folder;
#[cfg(target_os = "linux")]
mod grey;
mod hints;
pub mod luma;
mod papers;
pub mod protocol;
mod slot;
mod supervisor;
mod worker;

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use device::{CameraListing, list_cameras};
pub use protocol::{CameraFault, CameraReading, FaultKind, Hint};
pub use supervisor::{Camera, CameraEvent, Picture, WITHHELD};
pub use worker::worker_main;

/// Where pictures come from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CameraSource {
    /// A camera: the one of that name, or the first that works.
    Device {
        /// As [`list_cameras`] gives it.
        name: Option<String>,
    },
    /// The pictures of a folder in the order of their names, over and over; new ones are shown at once.
    Folder(PathBuf),
    /// None.
    #[default]
    Off,
}

/// Which codes to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Symbologies {
    /// QR codes.
    pub qr: bool,
    /// Code 128.
    pub code128: bool,
    /// Code 39; only for stores that print it.
    pub code39: bool,
    /// Interleaved 2 of 5; only for stores that print it.
    pub itf: bool,
}

impl Default for Symbologies {
    fn default() -> Self {
        Self { qr: true, code128: true, code39: false, itf: false }
    }
}

/// How the camera is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraSettings {
    /// Where pictures come from.
    pub source: CameraSource,
    /// Most frames decoded a second. Four to eight good looks are enough on a weak till.
    pub frames_per_second: u32,
    /// How long the decoder may work on one frame.
    pub deadline: Duration,
    /// Which codes to read.
    pub symbologies: Symbologies,
    /// How long each picture of a folder is shown.
    pub picture_time: Duration,
    /// A camera that gives no frame, and a decoder that does not come back, for so long is restarted.
    pub frame_timeout: Duration,
    /// How long a camera may take until its first frame.
    pub start_timeout: Duration,
    /// The binary to run as the child; the running one when there is none. For tests.
    pub program: Option<PathBuf>,
    /// A fault to act out. For tests.
    pub rehearsal: Option<Rehearsal>,
}

/// Faults a test can ask the child for, after so many frames of each of its lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rehearsal {
    /// The source stops giving frames, as a frozen driver does.
    FreezeAfter(u32),
    /// The capturing thread panics, as nokhwa can.
    PanicAfter(u32),
    /// The decoder does not come back.
    HangDecoderAfter(u32),
}

impl Default for CameraSettings {
    fn default() -> Self {
        Self {
            source: CameraSource::Off,
            frames_per_second: 8,
            deadline: Duration::from_millis(60),
            symbologies: Symbologies::default(),
            picture_time: Duration::from_millis(1500),
            frame_timeout: Duration::from_secs(2),
            start_timeout: Duration::from_secs(8),
            program: None,
            rehearsal: None,
        }
    }
}
