//! From a grey picture to the codes in it.
//!
//! A [`Decoder`] runs passes in order of cost and stops at the first that finds a wanted code: a clean frame costs what
//! zxing-cpp's fast settings cost. `docs/decoder.md` has what each pass adds, costs and misreads.
//!
//! **A code is never guessed: a misread refunds somebody else's sale, a missed frame costs a thirtieth of a second.**
//! A product code is looked for only when nothing else is found, and never stands beside a wanted one. No pass starts
//! after the deadline (`budget`). Nothing here knows what a transaction number looks like to the gateway; that is `payload`.

pub(super) mod bars;
pub(super) mod budget;
mod cells;
mod evidence;
mod frame;
pub(super) mod library;
pub(super) mod modules;
mod numbers;
mod opinion;
mod reading;
pub(super) mod squares;
pub(super) mod tensor;

use bars::Paper;
use budget::Budget;
pub use evidence::{Accepted, Evidence, GONE, SURE};
pub use frame::{FrameError, LumaFrame, MAX_PIXELS, MAX_SIDE};
use tensor::Field;

pub use reading::{Pass, Point, Reading, RqrrUse, Settings, Symbology};

/// Looks for codes in frames. Keep one for a stream of frames; it is `Send`, and cheap to make.
#[derive(Debug)]
pub struct Decoder {
    settings: Settings,
}

impl Decoder {
    /// A decoder for what `settings` asks for.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// The codes in `frame`; empty when none could be read within the deadline.
    pub fn decode(&mut self, frame: &LumaFrame) -> Vec<Reading> {
        let budget = Budget::new(self.settings.deadline);
        let mut found = Vec::new();
        for pass in [library::fast, library::hard] {
            merge(&mut found, pass(frame, &self.settings));
            if found.iter().any(|reading| is_worth_stopping_for(&reading.text)) || budget.is_spent() {
                return found;
            }
        }
        let field = Field::new(frame);
        for pass in [OwnPass::Bars(Paper::Flat), OwnPass::Modules, OwnPass::Bars(Paper::Curled), OwnPass::Opinion] {
            merge(&mut found, self.look(pass, frame, &field, &budget));
            if found.iter().any(|reading| is_worth_stopping_for(&reading.text)) {
                return found;
            }
        }
        if found.is_empty() && self.settings.products { library::products(frame) } else { found }
    }

    fn look(&self, pass: OwnPass, frame: &LumaFrame, field: &Field, budget: &Budget) -> Vec<Reading> {
        match pass {
            OwnPass::Bars(paper) if self.settings.code128 => bars::read(frame, field, paper, budget),
            OwnPass::Modules if self.settings.qr => modules::read(frame, field, budget),
            OwnPass::Opinion if self.settings.qr && self.settings.rqrr == RqrrUse::Bounded => {
                opinion::read(frame, field, budget)
            }
            _ => Vec::new(),
        }
    }
}

/// The passes after zxing-cpp's, in the order of what they find for their cost.
#[derive(Debug, Clone, Copy)]
enum OwnPass {
    Bars(Paper),
    Modules,
    Opinion,
}

/// Adds what `more` has and `found` has not.
fn merge(found: &mut Vec<Reading>, more: Vec<Reading>) {
    for reading in more {
        if !found.iter().any(|known| known.text == reading.text && known.symbology == reading.symbology) {
            found.push(reading);
        }
    }
}

/// Receipts carry advertisements ("tell us how we did") as web addresses; the code wanted may be the fainter one beside
/// it. A web address with fewer digits than any transaction number or reference does not end the search.
fn is_worth_stopping_for(text: &str) -> bool {
    !text.contains("://") || text.bytes().filter(u8::is_ascii_digit).count() >= MIN_DIGITS_IN_ADDRESS
}

/// Digits a web address must carry to be taken for the code wanted; transaction numbers have 18, references about 14.
const MIN_DIGITS_IN_ADDRESS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_advertisement_does_not_end_the_search() {
        assert!(!is_worth_stopping_for("https://survey.example-store.com/s/978204"));
        assert!(is_worth_stopping_for("https://pay.example-store.com/refund?transactionNo=285746310351525859"));
        assert!(is_worth_stopping_for("POS08-20261106-470468"));
        assert!(is_worth_stopping_for("285746310351525859"));
    }

    #[test]
    fn an_empty_frame_holds_nothing() {
        let Ok(frame) = LumaFrame::new(320, 240, vec![200; 320 * 240]) else { panic!("a frame") };
        assert!(Decoder::new(Settings::default()).decode(&frame).is_empty());
    }
}
