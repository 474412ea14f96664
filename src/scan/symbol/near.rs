//! Why a patch that looks like a code was not read: what was measured on it, and the first rule it fell short of.
//!
//! For a person who asks (`tillback decode --explain`); no reading comes out of this, and no reading depends on it.
//! **Numbers only; the words are the command line's.**

use super::bars::{self, Paper};
use super::frame::LumaFrame;
use super::modules;
use super::numbers::{real, size};
use super::reading::{Point, Symbology};
use super::squares::squares;
use super::tensor::{Field, bar_regions};

/// Patches asked of each kind.
const PATCHES: usize = 3;
/// Fit of a code's two ends (at most 2) from which bars look like a code; text and edges lie below.
const LEAST_ENDS: f32 = 1.2;
/// Difference of light and dark below which a camera's noise is as strong, in grey levels.
const LEAST_CONTRAST: u8 = 40;
/// Narrower modules than this many pixels are rarely read (`docs/decoder.md`).
const SMALL_MODULE: f32 = 2.0;
/// Pixels that must lie between a code and the picture's edge.
const EDGE: f32 = 3.0;
/// Fit of the three finder patterns (at most 3) below which one is covered or not to be made out.
const CLEAR_FINDERS: f32 = 2.2;

/// A patch that looks like a code and was not read.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// What it would be.
    pub symbology: Symbology,
    /// Its middle.
    pub middle: Point,
    /// Width of a module, in pixels.
    pub module: f32,
    /// Grey of its light parts.
    pub light: u8,
    /// Grey of its dark parts.
    pub dark: u8,
    /// What it fell short of.
    pub failure: Failure,
}

/// The first rule that a patch fell short of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Failure {
    /// It reaches the picture's edge.
    CutOff,
    /// Light and dark are too near each other.
    Faint,
    /// Its modules are too narrow.
    TooSmall,
    /// Start, stop or the quiet zones beside them are not to be made out; the fit, of 2.
    Ends(f32),
    /// Finder patterns are not to be made out; the fit, of 3.
    Finders(f32),
    /// The bars fit no symbols; the mean correlation.
    Blurred(f32),
    /// The likeliest symbols break the checksum.
    Checksum,
    /// One symbol is open: how many times worse the likeliest other one fits.
    Symbol(f32),
    /// Two readings fit nearly as well; how much better the first is, and how much it must be.
    Lead(f32, f32),
    /// A message was made out, but chance could have said it: its bits of certainty, and those needed.
    Uncertain(f32, f32),
    /// No message fits.
    NoMessage,
}

/// The patches of `frame` that look like codes, as [`NearMiss`]es: to be asked when nothing was read.
#[must_use]
pub fn near_misses(frame: &LumaFrame) -> Vec<NearMiss> {
    let field = Field::new(frame);
    let mut found: Vec<NearMiss> = Vec::new();
    for square in squares(frame, &field, 2 * PATCHES) {
        let near = |other: &NearMiss| (other.middle.x - square.x).hypot(other.middle.y - square.y) < square.half_u;
        if found.len() >= PATCHES || found.iter().any(near) {
            continue;
        }
        let Some((laid, message)) = modules::nearest(frame, &square) else { continue };
        let (ux, uy) = (square.axis.0.abs(), square.axis.1.abs());
        let reach = (square.half_u * ux + square.half_v * uy, square.half_u * uy + square.half_v * ux);
        let measured = Measured::new(frame, Point { x: square.x, y: square.y }, reach);
        let failure = measured.failure(laid.module()).unwrap_or(match message {
            _ if laid.score < CLEAR_FINDERS => Failure::Finders(laid.score),
            Some(message) => Failure::Uncertain(message.check.min(message.all), modules::soft::LEAST_CHECK),
            None => Failure::NoMessage,
        });
        found.push(measured.miss(Symbology::QrCode, laid.module(), failure));
    }
    for region in bar_regions(&field, PATCHES) {
        let Some((ends, module)) = bars::suspect(frame, &region).filter(|(ends, _)| *ends > LEAST_ENDS) else {
            continue;
        };
        let (ux, uy) = (region.across.0.abs(), region.across.1.abs());
        let reach =
            (region.half_length * ux + region.half_height * uy, region.half_length * uy + region.half_height * ux);
        let measured = Measured::new(frame, Point { x: region.x, y: region.y }, reach);
        let best = bars::candidates(frame, &region, Paper::Flat).into_iter().next();
        let failure = measured.failure(module).unwrap_or_else(|| match best {
            None => Failure::Ends(ends),
            Some(best) => best.failure(),
        });
        found.push(measured.miss(Symbology::Code128, module, failure));
    }
    found
}

/// What is measured on a patch of either kind.
struct Measured {
    middle: Point,
    light: u8,
    dark: u8,
    at_edge: bool,
}

impl Measured {
    fn new(frame: &LumaFrame, middle: Point, (wide, high): (f32, f32)) -> Self {
        let width = size(frame.width());
        let (left, right) = (middle.x - wide, middle.x + wide);
        let (top, bottom) = (middle.y - high, middle.y + high);
        let mut greys = Vec::new();
        for (y, line) in frame.pixels().chunks_exact(width).enumerate() {
            if real(y) >= top && real(y) <= bottom {
                let inside = line.iter().enumerate().filter(|(x, _)| real(*x) >= left && real(*x) <= right);
                greys.extend(inside.map(|(_, grey)| *grey));
            }
        }
        greys.sort_unstable();
        let share = |percent: usize| greys.get(greys.len() * percent / 100).copied().unwrap_or(0);
        let (far_right, far_bottom) = (real(width) - EDGE, real(size(frame.height())) - EDGE);
        let at_edge = left < EDGE || top < EDGE || right > far_right || bottom > far_bottom;
        Self { middle, light: share(90), dark: share(10), at_edge }
    }

    /// What any code falls short of first.
    fn failure(&self, module: f32) -> Option<Failure> {
        if self.at_edge {
            Some(Failure::CutOff)
        } else if self.light.saturating_sub(self.dark) < LEAST_CONTRAST {
            Some(Failure::Faint)
        } else if module < SMALL_MODULE {
            Some(Failure::TooSmall)
        } else {
            None
        }
    }

    fn miss(&self, symbology: Symbology, module: f32, failure: Failure) -> NearMiss {
        NearMiss { symbology, middle: self.middle, module, light: self.light, dark: self.dark, failure }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_frame_has_none() {
        let Ok(frame) = LumaFrame::new(320, 240, vec![200; 320 * 240]) else { panic!("a frame") };
        assert_eq!(near_misses(&frame), Vec::new());
    }

    #[test]
    fn the_first_rule_a_patch_falls_short_of_is_named() {
        let Ok(frame) = LumaFrame::new(100, 100, (0..10_000u32).map(|at| if at % 2 == 0 { 90 } else { 150 }).collect())
        else {
            panic!("a frame")
        };
        let measured = |x: f32| Measured::new(&frame, Point { x, y: 50.0 }, (20.0, 20.0));
        assert_eq!((measured(50.0).light, measured(50.0).dark), (150, 90));
        assert_eq!(measured(50.0).failure(4.0), None);
        assert_eq!(measured(50.0).failure(1.4), Some(Failure::TooSmall));
        assert_eq!(measured(21.0).failure(4.0), Some(Failure::CutOff));
        let faint = Measured { light: 100, ..measured(50.0) };
        assert_eq!(faint.failure(1.4), Some(Failure::Faint));
    }
}
