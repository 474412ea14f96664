//! Our own reader of QR codes, for what the library does not read: small, blurred, stained, striped, half hidden.
//!
//! Find square patches, lay the plan of each version over them, deblur by what is fixed in the plan, and decode softly
//! under the shape that any message has. **A code is taken only when a random picture would almost never be as near to
//! any code** ([`soft`]): the threshold is where `docs/decoder.md` shows no misread.

mod bits;
mod finder;
mod galois;
pub mod lay;
mod layout;
pub mod plane;
mod shape;
pub mod soft;

use super::budget::Budget;
use super::frame::LumaFrame;
use super::reading::{Pass, Reading, Symbology};
use super::squares::{Square, squares};
use super::tensor::Field;
use bits::Levels;
use lay::{Laid, lattice, lay, settle};
use plane::Picture;
use soft::Message;

/// Square patches looked at per frame.
const SQUARES: usize = 10;
/// Layouts decoded per patch.
const LAYOUTS: usize = 3;
/// Fit of the fixed modules below which a layout is not decoded.
const LEAST_SCORE: f32 = 2.8;
/// Fit of the fixed modules above which no other layout is tried.
const SURE_SCORE: f32 = 3.5;
/// Fit of the fixed modules below which no stripes are looked for: the layout itself is in doubt.
const STRIPES_SCORE: f32 = 3.0;

/// The QR codes in `frame`, whose tensors are `field`, within `budget`.
pub fn read(frame: &LumaFrame, field: &Field, budget: &Budget) -> Vec<Reading> {
    let mut found: Vec<Reading> = Vec::new();
    for square in squares(frame, field, SQUARES) {
        if budget.is_spent() {
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

/// What each layout over `square` says, in the order tried; nothing after a certain one.
pub fn candidates(frame: &LumaFrame, square: &Square) -> Vec<(Laid, Message)> {
    let picture = Picture::new(frame);
    let mut found = Vec::new();
    for rough in lay(&picture, square, LAYOUTS) {
        let laid = settle(&picture, rough);
        if laid.score < LEAST_SCORE {
            continue;
        }
        let message = look(&picture, &laid);
        let certain = message.as_ref().is_some_and(Message::is_certain);
        found.extend(message.map(|message| (laid, message)));
        if certain || laid.score > SURE_SCORE {
            break; // no other layout can be right
        }
    }
    found
}

/// What a layout says: read with light and dark compared all around, along rows, or along columns, until one is certain.
fn look(picture: &Picture, laid: &Laid) -> Option<Message> {
    let (steps, lattice) = lattice(picture, laid);
    let n = layout::side(laid.version);
    let mut best: Option<Message> = None;
    for levels in [Levels::Around, Levels::Rows, Levels::Columns] {
        let likelihoods = bits::likelihoods(laid.version, steps, &lattice, levels);
        let ink = |x: usize, y: usize| likelihoods.get(y * n + x).copied().unwrap_or(0.0);
        if let Some(message) = soft::read(laid.version, &ink)
            && best.as_ref().is_none_or(|best| message.check > best.check)
        {
            best = Some(message);
        }
        if laid.score < STRIPES_SCORE || best.as_ref().is_some_and(Message::is_certain) {
            break;
        }
    }
    best
}
