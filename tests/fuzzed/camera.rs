//! Pictures: files that people name, frames that drivers hand over, codes in them, and what the camera's process says.

use std::time::Duration;

use tillback::domain::{ScanSource, Scanned};
use tillback::scan::camera::luma::{self, Layout};
use tillback::scan::camera::protocol::{MAX_PREVIEW, Message, read_message, write_message};
use tillback::scan::payload;
use tillback::scan::symbol::{Decoder, LumaFrame, Reading, RqrrUse, Settings};

/// Frames beyond this are only opened: looking for codes in a large one takes a second in a fuzzer's build.
const MAX_LOOKED_AT: usize = 128 * 128;

fn check_frame(frame: &LumaFrame) {
    let pixels = u64::from(frame.width()) * u64::from(frame.height());
    assert!(frame.width() >= 1 && frame.height() >= 1 && pixels <= 32_000_000);
    assert_eq!(u64::try_from(frame.pixels().len()).unwrap(), pixels);
}

fn check_reading(reading: &Reading) {
    // A QR code holds at most 7,089 characters (ISO/IEC 18004), of which each may be four bytes of UTF-8.
    assert!(!reading.text.is_empty() && reading.text.len() <= 4 * 7_089, "{} bytes", reading.text.len());
    assert!((0.0..=1.0).contains(&reading.confidence), "{reading:?}");
    assert!(reading.corners.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()), "{reading:?}");
    if let Scanned::Candidate(candidate) = payload::read(&reading.text, ScanSource::Camera, Some(reading.symbology)) {
        assert!(!reading.symbology.is_product() || payload_is_keyed(&reading.text), "{candidate:?} of a product");
    }
}

fn payload_is_keyed(text: &str) -> bool {
    text.contains(['=', '{'])
}

fn look(frame: &LumaFrame) {
    let settings = Settings {
        code39: true,
        itf: true,
        deadline: Duration::from_millis(200),
        rqrr: RqrrUse::Never,
        ..Settings::default()
    };
    for reading in Decoder::new(settings).decode(frame) {
        check_reading(&reading);
    }
}

/// Any bytes for a picture file, as `tillback decode` and the folder in the camera's place open it.
pub fn picture_file(data: &[u8]) {
    let Ok(frame) = LumaFrame::from_image_bytes(data) else { return };
    check_frame(&frame);
    if frame.pixels().len() <= MAX_LOOKED_AT {
        look(&frame);
    }
}

const LAYOUTS: [Layout; 6] = [Layout::Mjpg, Layout::Yuyv, Layout::Nv12, Layout::Grey, Layout::Rgb, Layout::Bgr];

/// Any bytes for a camera's frame; the first five say its layout and the size the driver claims.
pub fn camera_frame(data: &[u8]) {
    let Some(([layout, w0, w1, h0, h1], bytes)) = data.split_first_chunk() else { return };
    let layout = LAYOUTS[usize::from(*layout) % LAYOUTS.len()];
    let (width, height) = (u16::from_le_bytes([*w0, *w1]), u16::from_le_bytes([*h0, *h1]));
    let Some(frame) = luma::from_camera(bytes, layout, u32::from(width), u32::from(height)) else { return };
    check_frame(&frame);
    if layout != Layout::Mjpg {
        assert_eq!((frame.width(), frame.height()), (u32::from(width), u32::from(height)));
    }
    let frame = luma::fit(frame);
    check_frame(&frame);
    assert!(
        frame.width().max(frame.height()) <= 1920
            && u64::from(frame.width()) * u64::from(frame.height()) <= 1920 * 1080
    );
    let (across, down, pixels) = luma::preview(&frame).expect("every frame has a preview");
    assert!(u32::from(across) <= MAX_PREVIEW.0 && u32::from(down) <= MAX_PREVIEW.1 && across >= 1 && down >= 1);
    assert_eq!(pixels.len(), usize::from(across) * usize::from(down));
    let message = Message::Preview { width: across, height: down, luma: pixels, outline: None };
    check_message(&message);
}

/// A small grey picture, pixel by pixel; the first byte is its width, the second how often each row stands.
pub fn symbols(data: &[u8]) {
    let Some(([width, rows], pixels)) = data.split_first_chunk() else { return };
    let (width, repeat) = (usize::from(*width).max(1), usize::from(*rows % 16) + 1);
    let lines: Vec<u8> = pixels.chunks_exact(width).flat_map(|row| row.repeat(repeat)).take(MAX_LOOKED_AT).collect();
    let height = lines.len() / width;
    let lines = lines[..height * width].to_vec();
    let (Ok(across), Ok(down)) = (u32::try_from(width), u32::try_from(height)) else { return };
    if let Ok(frame) = LumaFrame::new(across, down, lines) {
        look(&frame);
    }
}

fn check_message(message: &Message) {
    let mut bytes = Vec::new();
    write_message(&mut bytes, message).expect("memory takes it");
    let again = read_message(&mut bytes.as_slice()).expect("what we accept we can say").expect("a message");
    assert_eq!(&again, message, "written and read again");
}

/// Any bytes from the camera's process: refused, or messages within the bounds that the window relies on.
pub fn pipe(data: &[u8]) {
    let mut input = data;
    while let Ok(Some(message)) = read_message(&mut input) {
        match &message {
            Message::Preview { width, height, luma, outline } => {
                // Larger ones become textures that a graphics card refuses with a panic.
                assert!(u32::from(*width) <= MAX_PREVIEW.0 && u32::from(*height) <= MAX_PREVIEW.1, "{width}x{height}");
                assert_eq!(luma.len(), usize::from(*width) * usize::from(*height));
                assert!(outline.iter().flatten().all(|(x, y)| x.is_finite() && y.is_finite()));
            }
            Message::Reading(reading) => {
                assert!(reading.outline.iter().all(|(x, y)| x.is_finite() && y.is_finite()), "{reading:?}");
                assert!((0.0..=1.0).contains(&reading.confidence), "{reading:?}");
            }
            Message::Fault(fault) => {
                assert!(fault.detail.chars().count() <= 300 && !fault.detail.contains(char::is_control));
            }
            Message::Ready { .. } | Message::Showing { .. } | Message::Hint(_) => {}
        }
        check_message(&message);
    }
}
