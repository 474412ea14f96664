//! Our own reader of QR codes, for what the library does not read: small, blurred, stained, striped, half hidden.
//!
//! Find square patches, lay the plan of each version over them, deblur by what is fixed in the plan, and decode softly
//! under the shape that any message has. **A code is taken only when the bits that were not believed agree with it far
//! beyond chance** ([`soft`]): the threshold is where `docs/decoder.md` shows no misread.

mod bits;
mod galois;
pub mod lay;
mod layout;
pub mod plane;
mod shape;
pub mod soft;

use std::time::Instant;

use super::frame::LumaFrame;
use super::reading::{Pass, Reading, Symbology};
use super::squares::{Square, squares};
use lay::{Laid, lattice, lay};
use plane::Picture;
use soft::Message;

/// Square patches looked at per frame.
const SQUARES: usize = 6;
/// Layouts decoded per patch.
const LAYOUTS: usize = 3;
/// Fit of the fixed modules below which a layout is not decoded.
const LEAST_SCORE: f32 = 2.2;

/// The QR codes in `frame` until `deadline`.
pub fn read(frame: &LumaFrame, deadline: Instant) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    for square in squares(frame, SQUARES) {
        if Instant::now() >= deadline {
            break;
        }
        for (laid, message) in candidates(frame, &square) {
            if message.is_certain() {
                found.push(Reading {
                    text: message.text,
                    symbology: Symbology::QrCode,
                    corners: laid.quad.0,
                    confidence: 0.95,
                    pass: Pass::Modules,
                });
                break;
            }
        }
    }
    found
}

/// What each layout over `square` says, the best layout first; nothing after a certain one.
pub fn candidates(frame: &LumaFrame, square: &Square) -> Vec<(Laid, Message)> {
    let picture = Picture::new(frame);
    let mut found = Vec::new();
    for laid in lay(&picture, square, LAYOUTS) {
        if laid.score < LEAST_SCORE {
            continue;
        }
        let (steps, lattice) = lattice(&picture, &laid);
        let likelihoods = bits::likelihoods(laid.version, steps, &lattice);
        let n = layout::side(laid.version);
        let ink = |x: usize, y: usize| likelihoods.get(y * n + x).copied().unwrap_or(0.0);
        if let Some(message) = soft::read(laid.version, &ink) {
            let certain = message.is_certain();
            found.push((laid, message));
            if certain {
                break;
            }
        }
    }
    found
}
