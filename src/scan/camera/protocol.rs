//! What the camera's child process and the till say to each other.
//!
//! The till writes lines: one of [`Orders`] as JSON, then nothing until `stop` or the end of the stream. The child
//! writes messages of six bytes of header (version, kind, length as little-endian `u32`) and a body: JSON, except for
//! pictures. **Both lengths are bounded before anything is read into memory**, and a child that breaks a rule is killed:
//! what it sends may come from a customer's phone.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::CameraSettings;
use crate::scan::symbol::Symbology;

/// Raised when the meaning of a message changes; both ends are of one binary, so it differs only while that is replaced.
const VERSION: u8 = 1;
const KIND_JSON: u8 = b'J';
const KIND_PICTURE: u8 = b'P';
/// The largest preview, in pixels (`scanning.md`: 640x360 at 10 to 15 a second).
pub const MAX_PREVIEW: (u32, u32) = (640, 360);
/// A QR code holds at most 7,089 characters; in JSON's escapes at most six bytes each.
const MAX_JSON_BYTES: u32 = 48 * 1024;
/// Width, height, flag and outline before the pixels.
const PICTURE_HEAD_BYTES: usize = 2 + 2 + 1 + 4 * 8;
const MAX_PICTURE_BYTES: u32 = MAX_PREVIEW.0 * MAX_PREVIEW.1 + 64;
/// The most of a reading's text that is passed on, in bytes.
pub(super) const MAX_TEXT_BYTES: usize = 7_500;
/// The most of a fault's detail that is passed on, in characters.
const MAX_DETAIL: usize = 300;

/// Corners of a code, each from 0 to 1 across and down, in reading order from the top left.
pub type Outline = [(f32, f32); 4];

/// What the child is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Orders {
    /// How.
    pub settings: CameraSettings,
    /// The picture of a folder that was shown last: go on after it.
    pub shown_last: Option<String>,
}

/// A code that was read, by the rules of agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraReading {
    /// What the code carries.
    pub text: String,
    /// Its kind.
    pub symbology: Symbology,
    /// Where it was.
    pub outline: Outline,
    /// 0 to 1.
    pub confidence: f32,
}

/// What keeps codes from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Hint {
    /// Not enough light.
    TooDark,
    /// Nothing in the picture is sharp.
    TooBlurred,
    /// A code is there but its bars are too fine.
    TooSmall,
    /// A light is mirrored into the camera.
    Glare,
}

/// Why there are no pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FaultKind {
    /// No camera is connected.
    NoCamera,
    /// Cameras are connected, but not the one that is wanted.
    NotFound,
    /// It is there but cannot be opened: in use, no permission, no format we read.
    CannotOpen,
    /// It stopped while it was used: unplugged.
    Lost,
    /// The folder cannot be read.
    Folder,
    /// No frame, or no answer of the decoder, for too long.
    Hung,
    /// The child ended or spoke nonsense.
    Crashed,
    /// The child could not be started.
    CannotStart,
}

/// A fault, with words for a log or a technician.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CameraFault {
    /// What it is.
    pub kind: FaultKind,
    /// Technical detail, never shown alone.
    pub detail: String,
}

impl CameraFault {
    /// A fault with its detail cut to a length fit for a log.
    #[must_use]
    pub fn new(kind: FaultKind, detail: impl std::fmt::Display) -> Self {
        let detail = detail.to_string().chars().filter(|c| !c.is_control()).take(MAX_DETAIL).collect();
        Self { kind, detail }
    }
}

/// What the child says.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The source is open.
    Ready {
        /// Its name.
        camera: String,
        /// Size, format and rate.
        format: String,
    },
    /// A folder's picture is being shown.
    Showing {
        /// Its file name.
        picture: String,
    },
    /// A small picture; also the sign of life.
    Preview {
        /// Pixels across, at most [`MAX_PREVIEW`].
        width: u16,
        /// Pixels down.
        height: u16,
        /// Grey values, row by row.
        luma: Vec<u8>,
        /// The code found in it.
        outline: Option<Outline>,
    },
    /// A code.
    Reading(CameraReading),
    /// What would help; none when nothing is wrong any more.
    Hint(Option<Hint>),
    /// The child's last words.
    Fault(CameraFault),
}

/// The messages that go as JSON.
#[derive(Serialize, Deserialize)]
enum Json {
    Ready { camera: String, format: String },
    Showing { picture: String },
    Reading { text: String, symbology: String, outline: Outline, confidence: f32 },
    Hint(Option<Hint>),
    Fault(CameraFault),
}

/// Why a message cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ProtocolError {
    /// The stream broke.
    #[error("the stream broke: {0}")]
    Stream(#[from] io::Error),
    /// A header or body that no child of this version writes.
    #[error("not a message: {0}")]
    NotAMessage(&'static str),
}

const SYMBOLOGIES: [Symbology; 8] = [
    Symbology::QrCode,
    Symbology::Code128,
    Symbology::Code39,
    Symbology::Itf,
    Symbology::Ean13,
    Symbology::Ean8,
    Symbology::UpcA,
    Symbology::UpcE,
];

/// Writes one message whole.
///
/// # Errors
/// When the other end is gone, or the message is beyond the bounds.
pub fn write_message(out: &mut impl Write, message: &Message) -> io::Result<()> {
    let (kind, body) = match message {
        Message::Preview { width, height, luma, outline } => (KIND_PICTURE, picture(*width, *height, luma, *outline)),
        Message::Ready { camera, format } => json(&Json::Ready { camera: camera.clone(), format: format.clone() })?,
        Message::Showing { picture } => json(&Json::Showing { picture: picture.clone() })?,
        Message::Reading(reading) => json(&Json::Reading {
            text: reading.text.clone(),
            symbology: reading.symbology.to_string(),
            outline: reading.outline,
            confidence: reading.confidence,
        })?,
        Message::Hint(hint) => json(&Json::Hint(*hint))?,
        Message::Fault(fault) => json(&Json::Fault(fault.clone()))?,
    };
    let length = u32::try_from(body.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    let mut whole = Vec::with_capacity(body.len() + 6);
    whole.extend([VERSION, kind]);
    whole.extend(length.to_le_bytes());
    whole.extend(body);
    out.write_all(&whole)?;
    out.flush()
}

fn json(message: &Json) -> io::Result<(u8, Vec<u8>)> {
    Ok((KIND_JSON, serde_json::to_vec(message)?))
}

fn picture(width: u16, height: u16, luma: &[u8], outline: Option<Outline>) -> Vec<u8> {
    let mut body = Vec::with_capacity(luma.len() + PICTURE_HEAD_BYTES);
    body.extend(width.to_le_bytes());
    body.extend(height.to_le_bytes());
    body.push(u8::from(outline.is_some()));
    for (x, y) in outline.unwrap_or_default() {
        body.extend(x.to_le_bytes());
        body.extend(y.to_le_bytes());
    }
    body.extend(luma);
    body
}

/// Reads one message; `None` at the end of the stream.
///
/// # Errors
/// [`ProtocolError`]; the stream can't be used further.
pub fn read_message(input: &mut impl Read) -> Result<Option<Message>, ProtocolError> {
    let mut version = [0];
    if input.read(&mut version)? == 0 {
        return Ok(None);
    }
    if version != [VERSION] {
        return Err(ProtocolError::NotAMessage("another version"));
    }
    let (mut kind, mut length) = ([0], [0; 4]);
    input.read_exact(&mut kind)?;
    input.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    let most = match kind {
        [KIND_JSON] => MAX_JSON_BYTES,
        [KIND_PICTURE] => MAX_PICTURE_BYTES,
        _ => return Err(ProtocolError::NotAMessage("unknown kind")),
    };
    if length > most {
        return Err(ProtocolError::NotAMessage("too long"));
    }
    let mut body = vec![0; usize::try_from(length).unwrap_or(0)];
    input.read_exact(&mut body)?;
    if kind == [KIND_JSON] { from_json(&body) } else { from_picture(&body) }.map(Some)
}

fn from_json(body: &[u8]) -> Result<Message, ProtocolError> {
    let json = serde_json::from_slice(body).map_err(|_| ProtocolError::NotAMessage("not JSON of ours"))?;
    Ok(match json {
        Json::Ready { camera, format } => Message::Ready { camera, format },
        Json::Showing { picture } => Message::Showing { picture },
        Json::Reading { text, symbology, outline, confidence } => {
            let known = SYMBOLOGIES.into_iter().find(|known| known.to_string() == symbology);
            let symbology = known.ok_or(ProtocolError::NotAMessage("unknown symbology"))?;
            // JSON has no infinity, but a number beyond `f32` becomes one.
            if !is_finite(&outline) || !(0.0..=1.0).contains(&confidence) {
                return Err(ProtocolError::NotAMessage("a reading beyond its bounds"));
            }
            Message::Reading(CameraReading { text, symbology, outline, confidence })
        }
        Json::Hint(hint) => Message::Hint(hint),
        Json::Fault(fault) => Message::Fault(CameraFault::new(fault.kind, fault.detail)),
    })
}

fn from_picture(body: &[u8]) -> Result<Message, ProtocolError> {
    const SHORT: ProtocolError = ProtocolError::NotAMessage("a short picture");
    let (width, rest) = body.split_first_chunk().ok_or(SHORT)?;
    let (height, rest) = rest.split_first_chunk().ok_or(SHORT)?;
    let (flag, mut rest) = rest.split_first().ok_or(SHORT)?;
    let (width, height) = (u16::from_le_bytes(*width), u16::from_le_bytes(*height));
    // A strip of 57,600 x 4 pixels is short enough as well, but no graphics card takes it as a texture.
    if u32::from(width) > MAX_PREVIEW.0 || u32::from(height) > MAX_PREVIEW.1 {
        return Err(ProtocolError::NotAMessage("a picture too wide or too high"));
    }
    let mut outline = Outline::default();
    for (x, y) in &mut outline {
        for value in [x, y] {
            let (bytes, after) = rest.split_first_chunk().ok_or(SHORT)?;
            *value = f32::from_le_bytes(*bytes);
            rest = after;
        }
    }
    if usize::from(width) * usize::from(height) != rest.len() || rest.is_empty() {
        return Err(ProtocolError::NotAMessage("a picture of another size"));
    }
    let is_sound = *flag == 1 && is_finite(&outline);
    Ok(Message::Preview { width, height, luma: rest.to_vec(), outline: is_sound.then_some(outline) })
}

fn is_finite(outline: &Outline) -> bool {
    outline.iter().all(|(x, y)| x.is_finite() && y.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn round_trip(message: &Message) {
        let mut bytes = Vec::new();
        write_message(&mut bytes, message).unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read_message(&mut input).unwrap().as_ref(), Some(message));
        assert!(read_message(&mut input).unwrap().is_none());
        for cut in 1..bytes.len().min(60) {
            assert!(read_message(&mut &bytes[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn every_message_comes_through() {
        let outline = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.25, 1.0)];
        round_trip(&Message::Ready { camera: "USB Camera".into(), format: "1280x720 MJPG 30".into() });
        round_trip(&Message::Showing { picture: "01 \u{6536}.png".into() });
        round_trip(&Message::Hint(Some(Hint::Glare)));
        round_trip(&Message::Hint(None));
        round_trip(&Message::Fault(CameraFault::new(FaultKind::Lost, "No such device")));
        for outline in [None, Some(outline)] {
            round_trip(&Message::Preview { width: 640, height: 360, luma: vec![7; 640 * 360], outline });
        }
        for symbology in SYMBOLOGIES {
            let text = "\u{1}".repeat(MAX_TEXT_BYTES);
            round_trip(&Message::Reading(CameraReading { text, symbology, outline, confidence: 0.5 }));
        }
    }

    #[test]
    fn lengths_are_checked_before_memory_is_taken() {
        for kind in [KIND_JSON, KIND_PICTURE] {
            let bytes = [&[VERSION, kind][..], &u32::MAX.to_le_bytes()].concat();
            assert!(matches!(read_message(&mut bytes.as_slice()), Err(ProtocolError::NotAMessage("too long"))));
        }
        assert!(read_message(&mut &[9, b'J', 0, 0, 0, 0][..]).is_err());
        assert!(read_message(&mut &b"thread 'main' panicked"[..]).is_err());
    }

    #[track_caller]
    fn refused(kind: u8, body: &[u8], why: &str) {
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        let bytes = [&[VERSION, kind][..], &length, body].concat();
        match read_message(&mut bytes.as_slice()) {
            Err(ProtocolError::NotAMessage(said)) => assert_eq!(said, why),
            other => panic!("{other:?}"),
        }
    }

    /// Found by fuzzing: the window would have drawn an outline at infinity, and made a texture that panics.
    #[test]
    fn what_is_beyond_its_bounds_is_refused() {
        for (width, height) in [(641, 1), (57_600, 4), (1, 361), (u16::MAX, 1)] {
            let body = picture(width, height, &vec![0; usize::from(width) * usize::from(height)], None);
            refused(KIND_PICTURE, &body, "a picture too wide or too high");
        }
        for (x, confidence) in [("1e39", "0.5"), ("0.5", "5.9"), ("0.5", "-0.1")] {
            let body = format!(
                r#"{{"Reading":{{"text":"1","symbology":"QRCode","outline":[[{x},0],[1,0],[1,1],[0,1]],"confidence":{confidence}}}}}"#
            );
            refused(KIND_JSON, body.as_bytes(), "a reading beyond its bounds");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80), kind in 0usize..2) {
            let _ = read_message(&mut bytes.as_slice());
            let length = u32::try_from(bytes.len()).unwrap().to_le_bytes();
            let whole = [&[VERSION, [KIND_JSON, KIND_PICTURE][kind]][..], &length, &bytes].concat();
            let _ = read_message(&mut whole.as_slice());
        }
    }
}
