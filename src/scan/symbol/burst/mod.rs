//! Soft evidence over frames: what none of them says alone, their sum may.
//!
//! A patch that looks like a code and was not read is followed from frame to frame ([`register`]), laid over its
//! earlier looks and averaged ([`track`]): noise falls with the square root of their number, and bars or modules that no
//! single frame resolves come out between the pixels of many. The mean is read by our own readers **under the same
//! rules as any picture, and counts only when the looks, one by one, speak for what it says**: frames of two receipts
//! never make a third text. **Memory is bounded**: three patches, a dozen looks of each. It knows no clock.

mod grey;
mod register;
mod track;

use super::bars;
use super::budget::Budget;
use super::frame::LumaFrame;
use super::modules::lay::Laid;
use super::reading::{Point, Reading, Symbology};
use super::squares::Square;
use super::tensor::{BarRegion, Field, bar_regions};
use track::Track;

/// Patches followed at once.
const TRACKS: usize = 3;
/// Frames in a row after which a patch that is not found is given up.
const MISSED: u32 = 4;
/// Frames after which a patch that says nothing makes room for another.
const OLD: u32 = 30;
/// Fit of a code's two ends below which bars are not followed.
const LEAST_ENDS: f32 = 1.5;
/// Patches of bars asked for their ends.
const REGIONS: usize = 2;

/// A patch that may be a code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Patch {
    /// A square one.
    Square(Square),
    /// One of bars.
    Bars(BarRegion),
}

/// A patch that looks like a code and was not read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suspect {
    /// What it would be.
    pub symbology: Symbology,
    /// Width of a module in pixels.
    pub module: f32,
    /// Its middle.
    pub middle: Point,
}

/// The patches followed.
#[derive(Debug, Default)]
pub struct Burst {
    tracks: Vec<Track>,
    /// Rises with each frame.
    turn: usize,
}

impl Burst {
    /// Finds the patches again in `frame` and reads the mean of one of them, each in its turn: the frame's own passes
    /// need their time too.
    pub fn observe(&mut self, frame: &LumaFrame, budget: &Budget) -> Vec<Reading> {
        for track in &mut self.tracks {
            if budget.is_spent() {
                break;
            }
            track.follow(frame);
        }
        self.turn = self.turn.wrapping_add(1);
        let count = self.tracks.iter().filter(|track| track.is_ready()).count().max(1);
        let next = self.tracks.iter_mut().filter(|track| track.is_ready()).nth(self.turn % count);
        let found = next.filter(|_| !budget.is_spent()).and_then(Track::read);
        self.tracks.retain(|track| track.missed < MISSED && track.age < OLD);
        found.into_iter().collect()
    }

    /// Follows what looks like a code in `frame` and was not read: the likeliest of the `squares` a plan was laid on,
    /// and bars with two ends. `known` are the codes read in it. Says what is suspected.
    pub fn take_up(
        &mut self,
        frame: &LumaFrame,
        field: &Field,
        squares: &[(Square, Laid)],
        known: &[Reading],
    ) -> Vec<Suspect> {
        let mut suspects = Vec::new();
        for (square, laid) in squares {
            let middle = Point { x: square.x, y: square.y };
            if known.iter().any(|reading| is_inside(reading, middle)) || is_among(&suspects, middle, square.half_u) {
                continue;
            }
            suspects.push(Suspect { symbology: Symbology::QrCode, module: laid.module(), middle });
            self.add(frame, middle, Patch::Square(*square), TRACKS - 1);
        }
        for region in bar_regions(field, REGIONS) {
            let middle = Point { x: region.x, y: region.y };
            if known.iter().any(|reading| is_inside(reading, middle)) {
                continue;
            }
            if let Some((ends, module)) = bars::suspect(frame, &region)
                && ends > LEAST_ENDS
            {
                suspects.push(Suspect { symbology: Symbology::Code128, module, middle });
                self.add(frame, middle, Patch::Bars(region), TRACKS);
                break;
            }
        }
        suspects
    }

    fn add(&mut self, frame: &LumaFrame, middle: Point, patch: Patch, most: usize) {
        if self.tracks.len() < most && !self.tracks.iter().any(|track| track.covers(middle)) {
            self.tracks.extend(Track::new(frame, patch));
        }
    }

    /// True when no patch is followed.
    pub fn is_empty(&self) -> bool {
        self.tracks.is_empty()
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        self.tracks.clear();
    }
}

fn is_among(suspects: &[Suspect], middle: Point, near: f32) -> bool {
    suspects.iter().any(|other| (other.middle.x - middle.x).hypot(other.middle.y - middle.y) < near)
}

/// True when a place lies in the box around a code that was read.
fn is_inside(reading: &Reading, place: Point) -> bool {
    let xs = reading.corners.map(|corner| corner.x);
    let ys = reading.corners.map(|corner| corner.y);
    let within = |value: f32, all: [f32; 4]| {
        value >= all.iter().copied().fold(f32::MAX, f32::min) && value <= all.iter().copied().fold(f32::MIN, f32::max)
    };
    within(place.x, xs) && within(place.y, ys)
}

#[cfg(test)]
mod tests;
