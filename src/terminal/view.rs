//! What the window may see of the till: one immutable picture of it, replaced whole whenever something changes.

use crate::domain::{Operator, Policy, Reason, Timestamp};
use crate::flow::{Signal, State};

/// How a device or the gateway is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Light {
    /// Not set up, or not wanted.
    #[default]
    Off,
    /// Working.
    Good,
    /// Starting, or not tried yet.
    Waiting,
    /// Not working.
    Bad,
}

/// The strip at the bottom of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Devices {
    /// The gateway answers.
    pub gateway: Light,
    /// A scanner is on (a keyboard wedge cannot be seen until it types: `Good` once it has, `Waiting` before).
    pub scanner: Light,
    /// The camera, or the picture folder that stands in for it.
    pub camera: Light,
}

/// What the camera would like the cashier to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CameraHint {
    /// The code is too small in the picture.
    HoldCloser,
    /// The picture is blurred.
    HoldStill,
    /// The picture is too dark.
    MoreLight,
    /// A light shines into the camera from the paper or the glass.
    TiltAway,
}

/// One small grey picture of what the camera sees.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Rises with every picture.
    pub number: u64,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Grey values, row by row.
    pub luma: Vec<u8>,
    /// Corners of the code found in it, from 0 to 1 across and down, if one was found.
    pub outline: Option<[(f32, f32); 4]>,
}

/// The till, as the window draws it.
#[derive(Debug, Clone)]
pub struct TillView {
    /// Where the conversation stands.
    pub state: State,
    /// Who is signed in.
    pub operator: Option<Operator>,
    /// Everyone who may sign in or approve.
    pub operators: Vec<Operator>,
    /// The store's name.
    pub store: String,
    /// The till's name.
    pub till: String,
    /// Demo or training: nothing reaches a real wallet.
    pub training: bool,
    /// The demo's manager PIN, to be shown where a PIN is asked for; nothing outside the demo.
    pub demo_pin: Option<String>,
    /// The strip.
    pub devices: Devices,
    /// How many refunds are being checked (sent, pending, unknown).
    pub unresolved: usize,
    /// How many refunds wait for a manager (not sent, not executed).
    pub waiting: usize,
    /// How many refunds the gateway contradicts.
    pub contradicted: usize,
    /// The store's list of reasons.
    pub reasons: Vec<Reason>,
    /// The store's policy.
    pub policy: Policy,
    /// What the camera asks for.
    pub hint: Option<CameraHint>,
    /// The last sign given and when, for its visible twin.
    pub signal: Option<(Timestamp, Signal)>,
    /// When this picture was made.
    pub at: Timestamp,
}
