//! What the window may see of the till: one immutable picture of it, replaced whole whenever something changes.

use std::sync::Arc;

use super::care::CareView;
use super::printing::PrinterView;
use crate::domain::{
    AboutTill, CameraChoice, Currency, GatewayAccount, Language, Operator, OperatorId, Policy, Reason, SalesTrouble,
    ScannerFault, ScannerKind, SoundLevel, Timestamp, WindowChoice,
};
use crate::flow::{Leaving, Signal, State};
use crate::scan::wedge::ScanText;

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
    /// A scanner that types (it cannot be seen until it does: `Good` once it has, `Waiting` before). Those with a port
    /// of their own are in [`Equipment::scanners`].
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

/// A scanner with a port of its own, and how it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannerView {
    /// How it is connected.
    pub kind: ScannerKind,
    /// How it is.
    pub light: Light,
    /// What it calls itself, once it was there.
    pub name: Option<String>,
    /// Why it gives nothing.
    pub fault: Option<ScannerFault>,
}

/// A scan on the Settings page "scan this test code".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Rises with every scan.
    pub number: u64,
    /// From which scanner.
    pub scanner: ScannerKind,
    /// What it sent.
    pub scan: ScanText,
}

/// Why there is no camera picture. The till goes on trying by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CameraTrouble {
    /// No camera is connected.
    NoneConnected,
    /// The chosen one is not connected; others are.
    NotConnected,
    /// It is there and cannot be opened: in use elsewhere, not allowed, or in no format that is read.
    NotOpened,
    /// It stopped while it was used.
    Lost,
    /// The folder of pictures cannot be read.
    Folder,
    /// It froze, or its process ended.
    Failed,
}

/// A camera that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCamera {
    /// What it calls itself; how it is found again.
    pub name: String,
    /// Where it is, for people.
    pub place: String,
}

/// The camera as Settings shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraView {
    /// Which one is wanted.
    pub choice: CameraChoice,
    /// There is a folder of pictures that can stand in for one.
    pub has_folder: bool,
    /// Those connected, once that is known.
    pub known: Option<Vec<KnownCamera>>,
    /// The one that is open, and its size, format and rate.
    pub open: Option<(String, String)>,
    /// Why there is no picture.
    pub trouble: Option<CameraTrouble>,
    /// The code read last on its Settings page, masked.
    pub read: Option<String>,
}

impl Default for CameraView {
    fn default() -> Self {
        Self { choice: CameraChoice::First, has_folder: false, known: None, open: None, trouble: None, read: None }
    }
}

/// What is connected, in more detail than the strip shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Equipment {
    /// Scanners with a port of their own, in the order of their kinds.
    pub scanners: Vec<ScannerView>,
    /// The last scan on the scanner page.
    pub tried: Option<Tried>,
    /// The camera.
    pub camera: CameraView,
    /// The printer.
    pub printer: PrinterView,
    /// How loud sounds are.
    pub sound: SoundLevel,
    /// There is a program that plays them.
    pub has_sound: bool,
    /// How the window stands on the screen, and the customer's display.
    pub window: WindowChoice,
    /// What the settings file says that scanners send before each code.
    pub prefix: String,
    /// And after it.
    pub suffix: String,
    /// What keeps a till program's sales from coming in.
    pub sales: SalesTrouble,
    /// What this till is, for support.
    pub about: Arc<AboutTill>,
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

/// PINs that open nothing but practice, and so stand on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PracticePins {
    /// The manager's.
    pub manager: String,
    /// The cashier's.
    pub cashier: String,
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
    /// A manager leaves this window.
    pub leaving: Option<Leaving>,
    /// This is the first start, and it is not over.
    pub sets_up: bool,
    /// The account at the gateway.
    pub account: GatewayAccount,
    /// Whether it may be changed on the screen.
    pub account_may_change: bool,
    /// The PINs of practice, to be shown where a PIN is asked for; nothing outside demo and training.
    pub practice_pins: Option<PracticePins>,
    /// The strip.
    pub devices: Devices,
    /// The devices in detail.
    pub equipment: Equipment,
    /// How the record and its copies are.
    pub care: CareView,
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
    /// What the store sells in, where nothing says otherwise.
    pub currency: Currency,
    /// Whose badge was scanned and waits for the button.
    pub badge_in_hand: Option<OperatorId>,
    /// Who has a badge.
    pub badge_holders: Vec<OperatorId>,
    /// Who reads the window in which language, where it is not the store's.
    pub languages: Vec<(OperatorId, Language)>,
    /// What the camera asks for.
    pub hint: Option<CameraHint>,
    /// The last sign given and when, for its visible twin.
    pub signal: Option<(Timestamp, Signal)>,
    /// When this picture was made.
    pub at: Timestamp,
}
