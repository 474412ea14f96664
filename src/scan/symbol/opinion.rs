//! rqrr as a bounded last opinion on a small region that looks like a QR code.
//!
//! rqrr 0.11 never misread, and gains a frame or two in a hundred; but on some pictures it does not end (500 s were
//! seen) and on others it panics. A customer's phone shows that picture to the till, so: **rqrr sees only regions up to
//! 480 pixels a side, on a thread of its own; whoever asked waits 20 ms and leaves it behind; and while one is left
//! behind no other is started.** In the camera's child process a left-behind thread ends with the child; in
//! `tillback decode` it ends with the command. So a hang costs one core at most, and never an answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::budget::Budget;
use super::frame::LumaFrame;
use super::numbers::{index, real, size};
use super::reading::{Pass, Point, Reading, Symbology};
use super::squares::squares;
use super::tensor::Field;

/// The longest side of a region rqrr is given, in pixels; its worst cases grow with the area.
const MAX_SIDE: u32 = 480;
/// How long an answer is waited for. On regions of this size an answer takes 1 to 4 ms when it comes at all.
const PATIENCE: Duration = Duration::from_millis(20);

/// Set while a thread is in rqrr. It stays set for ever when that thread hangs: then rqrr is out of this process.
static BUSY: AtomicBool = AtomicBool::new(false);

/// Clears [`BUSY`] also when rqrr unwinds.
struct Turn;

impl Drop for Turn {
    fn drop(&mut self) {
        BUSY.store(false, Ordering::Release);
    }
}

/// The patches of a frame that rqrr is asked about.
const PATCHES: usize = 2;
/// What is shown around a patch, as a share of its size: a quiet zone and a turned square's corners.
const MARGIN: f32 = 0.35;

/// What rqrr reads in the square patches of `frame`, whose tensors are `field`, within `budget`.
pub fn read(frame: &LumaFrame, field: &Field, budget: &Budget) -> Vec<Reading> {
    for square in squares(frame, field, PATCHES) {
        if budget.is_spent() {
            break;
        }
        let reach = (square.half_u + square.half_v) * (0.5 + MARGIN) + 8.0;
        let (left, top) = (index(square.x - reach), index(square.y - reach));
        let Some(region) = cut(frame, left, top, index(2.0 * reach)) else { continue };
        let found = ask(region, Point { x: real(left), y: real(top) });
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The square of `frame` from `left`, `top` on, as far as the frame goes.
fn cut(frame: &LumaFrame, left: usize, top: usize, side: usize) -> Option<LumaFrame> {
    let width = size(frame.width());
    let mut pixels = Vec::new();
    let mut rows = 0;
    for line in frame.pixels().chunks_exact(width).skip(top).take(side) {
        pixels.extend_from_slice(line.get(left..(left + side).min(width))?);
        rows += 1;
    }
    let columns = u32::try_from(pixels.len().checked_div(rows)?).ok()?;
    LumaFrame::new(columns, u32::try_from(rows).ok()?, pixels).ok()
}

/// What rqrr reads in `region`, whose top left corner lies at `origin` of the frame; nothing when it is too large, when
/// rqrr is busy or hanging, or when it does not answer in time.
fn ask(region: LumaFrame, origin: Point) -> Vec<Reading> {
    if region.width() > MAX_SIDE || region.height() > MAX_SIDE || BUSY.swap(true, Ordering::AcqRel) {
        return Vec::new();
    }
    let turn = Turn;
    let (answer, answers) = mpsc::sync_channel(1);
    let started = thread::Builder::new().name("rqrr".to_owned()).spawn(move || {
        let _turn = turn; // a panic unwinds this thread only, and frees the turn
        let _ = answer.send(look(&region, origin)); // nobody waits any more: fine
    });
    match started {
        Ok(_left_to_itself) => answers.recv_timeout(PATIENCE).unwrap_or_default(),
        Err(_) => Vec::new(),
    }
}

fn look(region: &LumaFrame, origin: Point) -> Vec<Reading> {
    let (Ok(width), Ok(height)) = (usize::try_from(region.width()), usize::try_from(region.height())) else {
        return Vec::new();
    };
    let pixels = region.pixels();
    let pixel = |x: usize, y: usize| pixels.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    let grids = prepared.detect_grids();
    grids
        .iter()
        .filter_map(|grid| {
            let (_, text) = grid.decode().ok()?;
            let corners = grid.bounds.map(|corner| place(corner, origin));
            Some(Reading { text, symbology: Symbology::QrCode, corners, confidence: 0.99, pass: Pass::Rqrr })
        })
        .filter(|reading| !reading.text.is_empty())
        .collect()
}

#[allow(clippy::cast_precision_loss)] // below MAX_SIDE
fn place(corner: rqrr::Point, origin: Point) -> Point {
    Point { x: origin.x + corner.x as f32, y: origin.y + corner.y as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_large_a_region_is_not_looked_at() {
        let side = MAX_SIDE + 1;
        let Ok(frame) = LumaFrame::new(side, 1, vec![0; 481]) else { panic!("a frame") };
        assert!(ask(frame, Point { x: 0.0, y: 0.0 }).is_empty());
    }

    #[test]
    fn a_region_ends_where_the_frame_ends() {
        let Ok(frame) = LumaFrame::new(10, 8, (0..80).collect()) else { panic!("a frame") };
        let Some(region) = cut(&frame, 7, 5, 6) else { panic!("a region") };
        assert_eq!((region.width(), region.height()), (3, 3));
        assert_eq!(region.pixels(), [57, 58, 59, 67, 68, 69, 77, 78, 79]);
        assert!(cut(&frame, 11, 0, 6).is_none());
    }

    #[test]
    fn an_empty_region_holds_nothing() {
        let Ok(frame) = LumaFrame::new(64, 64, vec![255; 64 * 64]) else { panic!("a frame") };
        assert!(ask(frame, Point { x: 0.0, y: 0.0 }).is_empty());
    }
}
