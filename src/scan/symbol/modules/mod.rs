//! Our own reader of QR codes, for what the library does not read: small, blurred, stained, striped, half hidden.
//!
//! Find square patches, lay the plan of each version over them, deblur by what is fixed in the plan, and decode softly
//! under the shape that any message has. **A code is taken only when a random picture would almost never be as near to
//! any code** ([`soft`]): the threshold is where `docs/decoder.md` shows no misread.

mod bits;
#[cfg(test)]
pub mod drawn;
mod finder;
mod galois;
pub mod lay;
mod layout;
pub mod plane;
mod shape;
mod sight;
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

/// The share of a picture's change that a plan must explain before it is asked what it says; right ones explain 0.95 and
/// more, under the heaviest noise 0.6.
const LEAST_EXPLAINED: f32 = 0.5;
/// Layouts that [`sight`] looks into in one frame: it costs most and is for the likeliest only.
const LOOKED_INTO: usize = 2;

/// The QR codes in `frame`, whose tensors are `field`, within `budget`; and the patches on which a plan could be laid.
pub fn read(frame: &LumaFrame, field: &Field, budget: &Budget) -> (Vec<Reading>, Vec<(Square, Laid)>) {
    let picture = Picture::new(frame);
    let (mut found, mut suspects): (Vec<Reading>, Vec<(Square, Laid)>) = (Vec::new(), Vec::new());
    for square in squares(frame, field, SQUARES) {
        if budget.is_spent() {
            break;
        }
        let layouts = lay(&picture, &square, LAYOUTS);
        match candidates(&picture, &layouts).into_iter().find(|(_, message)| message.is_certain()) {
            Some((laid, message)) => found.push(reading(message, &laid, Pass::Modules)),
            None => suspects.extend(layouts.into_iter().map(|laid| (square, laid))),
        }
    }
    suspects.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    if found.is_empty() {
        for (_, laid) in suspects.iter().take(LOOKED_INTO) {
            if budget.is_spent() {
                break;
            }
            if let Some((laid, message)) = look_into(&picture, laid) {
                found.push(reading(message, &laid, Pass::Sight));
                break;
            }
        }
    }
    (found, suspects)
}

/// The plans that can be laid in `frame`, the best first, none of them read.
#[cfg(test)]
pub fn plans(frame: &LumaFrame, field: &Field) -> Vec<(Square, Laid)> {
    let picture = Picture::new(frame);
    let laid = |square: Square| lay(&picture, &square, 1).into_iter().map(move |laid| (square, laid));
    let mut plans: Vec<(Square, Laid)> = squares(frame, field, SQUARES).into_iter().flat_map(laid).collect();
    plans.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    plans
}

fn reading(message: Message, laid: &Laid, pass: Pass) -> Reading {
    Reading { text: message.text, symbology: Symbology::QrCode, corners: laid.quad.0, confidence: 0.95, pass }
}

/// What a layout says for certain when every module helps to tell the blur and the place ([`sight`]).
pub fn look_into(picture: &Picture, laid: &Laid) -> Option<(Laid, Message)> {
    let (steps, lattice) = lattice(picture, laid);
    let first = bits::likelihoods(laid.version, steps, &lattice, Levels::Around);
    let sight = sight::make_out(picture, laid, &first);
    if sight.explained < LEAST_EXPLAINED {
        return None;
    }
    let n = layout::side(laid.version);
    let ink = |x: usize, y: usize| sight.ink.get(y * n + x).copied().unwrap_or(0.0);
    let message = soft::read(laid.version, &ink).filter(Message::is_certain)?;
    Some((sight.laid, message))
}

/// How far `picture` alone speaks for `message` where it had something to say, in standard deviations of what a picture
/// of another code would say.
pub fn support(picture: &Picture, laid: &Laid, message: &Message) -> f32 {
    let (steps, lattice) = lattice(picture, laid);
    let likelihoods = bits::likelihoods(laid.version, steps, &lattice, Levels::Around);
    let n = layout::side(laid.version);
    let (mut sum, mut squares) = (0.0f32, 0.0f32);
    for (x, y, ink) in &message.free {
        let said = likelihoods.get(y * n + x).copied().unwrap_or(0.0);
        sum += if *ink { said } else { -said };
        squares += said * said;
    }
    sum / squares.sqrt().max(1e-3)
}

/// The likeliest plan over `square` that is not read, and the surest message made out on it.
pub fn nearest(frame: &LumaFrame, square: &Square) -> Option<(Laid, Option<Message>)> {
    let picture = Picture::new(frame);
    let layouts = lay(&picture, square, LAYOUTS);
    let best = candidates(&picture, &layouts).into_iter().max_by(|a, b| a.1.check.total_cmp(&b.1.check));
    let laid = layouts.first().copied()?;
    Some(best.map_or((laid, None), |(laid, message)| (laid, Some(message))))
}

/// What each layout says, in the order tried; nothing after a certain one.
fn candidates(picture: &Picture, layouts: &[Laid]) -> Vec<(Laid, Message)> {
    let mut found = Vec::new();
    for rough in layouts {
        let laid = settle(picture, *rough);
        if laid.score < LEAST_SCORE {
            continue;
        }
        let message = look(picture, &laid);
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
