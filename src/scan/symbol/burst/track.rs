//! One patch followed over frames: its looks, laid over each other, and their mean.
//!
//! **At most [`LOOKS`] looks of at most [`MOST_PIXELS`] are kept**, as bytes; the oldest goes first.

use std::collections::VecDeque;

use super::super::bars::{self, Paper};
use super::super::frame::LumaFrame;
use super::super::modules;
use super::super::modules::lay::{Laid, lay};
use super::super::modules::plane::{Picture, Quad};
use super::super::numbers::{index, real};
use super::super::reading::{Pass, Point, Reading, Symbology};
use super::super::squares::Square;
use super::super::tensor::BarRegion;
use super::Patch;
use super::grey::Grey;
use super::register::{Map, register};

/// Looks kept of one patch: noise falls to under a third, and a second and a half at eight a second pass.
const LOOKS: usize = 12;
/// The largest patch, in pixels of the frame: a code that fills more is read without help.
const MOST_PIXELS: usize = 260_000;
/// Patches up to this many pixels are laid over each other at twice their size.
const FINE_PIXELS: usize = 60_000;
/// The least correlation with the mean so far at which a look is the same patch.
const LEAST_FIT: f32 = 0.6;
/// The least share of the last look's correlation: a paper swapped for one like it falls below.
const LEAST_SHARE: f32 = 0.75;
/// Layouts of a square looked into.
const LAYOUTS: usize = 2;
/// Every look must itself speak for what the mean says, in standard deviations of a picture of another code ...
const LEAST_SUPPORT: f32 = 4.0;
/// ... or, of bars, hold this share of the symbols for likely (by chance a tenth, and what numbers of one store share).
const LEAST_LIKELY: f32 = 0.55;
/// Of the looks, hundredths that must speak for it; the rest are blurred or hidden.
const SUPPORTING_PERCENT: usize = 75;
/// How bars are read, one way a frame: the next is tried when one says nothing.
const PAPERS: [Paper; 2] = [Paper::Flat, Paper::Rolled];
/// The most confidence of a linear code from a mean: one is never enough alone.
const MOST_CONFIDENCE: f32 = 0.94;

/// A patch followed over frames.
#[derive(Debug)]
pub struct Track {
    patch: Patch,
    /// Sides in pixels of the frame.
    width: usize,
    height: usize,
    /// Pixels of a look per pixel of the frame, along each side.
    fine: usize,
    map: Map,
    fit: f32,
    looks: VecDeque<Vec<u8>>,
    sums: Vec<f32>,
    /// The one of [`PAPERS`] whose turn it is.
    paper: usize,
    /// Frames in a row in which it was not found.
    pub missed: u32,
    /// Frames it was followed.
    pub age: u32,
}

impl Track {
    /// Begins to follow `patch` of `frame`; `None` when it is too large or reaches out of the picture.
    pub fn new(frame: &LumaFrame, patch: Patch) -> Option<Self> {
        let (centre, axis, half_u, half_v) = match patch {
            Patch::Square(s) => ((s.x, s.y), s.axis, s.half_u * 1.35 + 6.0, s.half_v * 1.35 + 6.0),
            Patch::Bars(b) => ((b.x, b.y), b.across, b.half_length * 1.15 + 16.0, b.half_height + 8.0),
        };
        let half_x = half_u * axis.0.abs() + half_v * axis.1.abs();
        let half_y = half_u * axis.1.abs() + half_v * axis.0.abs();
        let (width, height) = (2 * index(half_x) + 1, 2 * index(half_y) + 1);
        if width * height > MOST_PIXELS {
            return None;
        }
        let fine = if width * height <= FINE_PIXELS { 2 } else { 1 };
        let map = Map::moved((centre.0.round(), centre.1.round()));
        let sums = vec![0.0; width * fine * height * fine];
        let looks = VecDeque::new();
        let mut track = Self { patch, width, height, fine, map, fit: 1.0, looks, sums, paper: 0, missed: 0, age: 0 };
        track.add(frame);
        Some(track)
    }

    /// True when there is a mean of several looks, and the last frame gave one.
    pub fn is_ready(&self) -> bool {
        self.looks.len() > 1 && self.missed == 0
    }

    /// True when the patch covers `place` of the last frame.
    pub fn covers(&self, place: Point) -> bool {
        let (dx, dy) = (place.x - self.map.centre.0, place.y - self.map.centre.1);
        dx.abs() * 2.5 < real(self.width) && dy.abs() * 2.5 < real(self.height)
    }

    /// Finds the patch in `frame` and adds the look, or counts it as missed.
    pub fn follow(&mut self, frame: &LumaFrame) {
        self.age = self.age.saturating_add(1);
        let Some((map, fit)) = register(&self.mean_at_size(), frame, &self.map) else {
            self.missed += 1;
            return;
        };
        if fit < LEAST_FIT || fit < LEAST_SHARE * self.fit {
            self.missed += 1;
            return;
        }
        (self.map, self.fit, self.missed) = (map, fit, 0);
        self.add(frame);
    }

    fn mean_at_size(&self) -> Grey {
        let sums = Grey { width: self.width * self.fine, height: self.height * self.fine, values: self.sums.clone() };
        if self.fine == 1 { sums } else { sums.reduced(self.fine) }
    }

    fn add(&mut self, frame: &LumaFrame) {
        let picture = Picture::new(frame);
        let (wide, high, fine) = (self.width * self.fine, self.height * self.fine, real(self.fine));
        let mut look = Vec::with_capacity(wide * high);
        for row in 0..high {
            let v = (real(row) + 0.5) / fine - real(self.height) / 2.0;
            for column in 0..wide {
                let u = (real(column) + 0.5) / fine - real(self.width) / 2.0;
                let (x, y) = self.map.place(u, v);
                look.push(byte(picture.at(Point { x, y })));
            }
        }
        if self.looks.len() >= LOOKS
            && let Some(oldest) = self.looks.pop_front()
        {
            for (sum, value) in self.sums.iter_mut().zip(&oldest) {
                *sum -= f32::from(*value);
            }
        }
        for (sum, value) in self.sums.iter_mut().zip(&look) {
            *sum += f32::from(*value);
        }
        self.looks.push_back(look);
    }

    /// What the mean of the looks says, if it is certain and the looks themselves speak for it; the corners are those in
    /// the last frame.
    pub fn read(&mut self) -> Option<Reading> {
        let mean = self.picture(&self.sums)?;
        let found = match self.patch_at_size() {
            Patch::Square(square) => self.read_square(&mean, &square),
            Patch::Bars(region) => self.read_bars(&mean, &region),
        };
        if found.is_none() {
            self.paper = self.paper.wrapping_add(1);
        }
        found
    }

    fn read_square(&self, mean: &LumaFrame, square: &Square) -> Option<Reading> {
        let picture = Picture::new(mean);
        let read = |laid: &Laid| modules::look_into(&picture, laid);
        let (laid, message) = lay(&picture, square, LAYOUTS).iter().find_map(read)?;
        let speaks = |look: &LumaFrame| modules::support(&Picture::new(look), &laid, &message) >= LEAST_SUPPORT;
        if !self.are_enough(speaks) {
            return None;
        }
        let corners = self.in_frame(laid.quad);
        Some(Reading { text: message.text, symbology: Symbology::QrCode, corners, confidence: 0.95, pass: Pass::Burst })
    }

    fn read_bars(&self, mean: &LumaFrame, region: &BarRegion) -> Option<Reading> {
        let paper = PAPERS.get(self.paper % PAPERS.len()).copied().unwrap_or(Paper::Flat);
        let best = bars::candidates(mean, region, paper).into_iter().find(bars::Candidate::is_certain)?;
        if !self.are_enough(|look| bars::support(look, region, &best) >= LEAST_LIKELY) {
            return None;
        }
        let (corners, symbology) = (self.in_frame(Quad(best.corners)), Symbology::Code128);
        let confidence = (0.5 + best.lead).min(MOST_CONFIDENCE);
        Some(Reading { text: best.text, symbology, corners, confidence, pass: Pass::Burst })
    }

    /// True when enough of the looks speak for it, and the last one does: what lies before the camera now, not what lay
    /// there before it.
    fn are_enough(&self, speaks: impl Fn(&LumaFrame) -> bool) -> bool {
        let speaks = |look: &Vec<u8>| {
            let values: Vec<f32> = look.iter().map(|value| f32::from(*value)).collect();
            self.picture(&values).is_some_and(|look| speaks(&look))
        };
        self.looks.back().is_some_and(speaks)
            && self.looks.iter().filter(|look| speaks(look)).count() * 100 >= self.looks.len() * SUPPORTING_PERCENT
    }

    /// Values of a look's size as a picture over all grey levels: the mean of dark frames has fractions of one.
    fn picture(&self, values: &[f32]) -> Option<LumaFrame> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f32::total_cmp);
        let low = sorted.get(sorted.len() / 100).copied()?;
        let high = sorted.get(sorted.len() - 1 - sorted.len() / 100).copied()?;
        let gain = 220.0 / (high - low).max(8.0);
        let pixels = values.iter().map(|value| byte((value - low) * gain + 16.0)).collect();
        let side = |side: usize| u32::try_from(side * self.fine).ok();
        LumaFrame::new(side(self.width)?, side(self.height)?, pixels).ok()
    }

    /// The patch in the picture of its looks.
    fn patch_at_size(&self) -> Patch {
        let fine = real(self.fine);
        let (x, y) = (real(self.width) * fine / 2.0 - 0.5, real(self.height) * fine / 2.0 - 0.5);
        match self.patch {
            Patch::Square(s) => Patch::Square(Square { x, y, half_u: s.half_u * fine, half_v: s.half_v * fine, ..s }),
            Patch::Bars(b) => {
                let (half_length, half_height) = (b.half_length * fine, b.half_height * fine);
                Patch::Bars(BarRegion { x, y, half_length, half_height, ..b })
            }
        }
    }

    fn in_frame(&self, quad: Quad) -> [Point; 4] {
        quad.0.map(|corner| {
            let place = |at: f32, side: usize| (at + 0.5) / real(self.fine) - real(side) / 2.0;
            let (x, y) = self.map.place(place(corner.x, self.width), place(corner.y, self.height));
            Point { x, y }
        })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped
fn byte(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}
