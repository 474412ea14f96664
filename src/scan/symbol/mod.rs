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
pub(super) mod burst;
mod cells;
mod evidence;
mod frame;
pub(super) mod library;
pub(super) mod modules;
mod near;
mod numbers;
mod opinion;
mod reading;
pub(super) mod squares;
pub(super) mod tensor;

use bars::Paper;
use budget::Budget;
use burst::Burst;
pub use burst::Suspect;
pub use evidence::{Accepted, Evidence, GONE, SURE};
pub use frame::{FrameError, LumaFrame, MAX_PIXELS, MAX_SIDE};
use modules::lay::Laid;
pub use near::{Failure, NearMiss, near_misses};
use squares::Square;
use tensor::Field;

pub use reading::{Pass, Point, Reading, RqrrUse, Settings, Symbology};

/// Looks for codes in frames. Keep one for a stream of frames; it is `Send`, and cheap to make.
#[derive(Debug)]
pub struct Decoder {
    settings: Settings,
    burst: Burst,
    suspects: Vec<Suspect>,
}

impl Decoder {
    /// A decoder for what `settings` asks for.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings, burst: Burst::default(), suspects: Vec::new() }
    }

    /// The codes in `frame`, taken alone; empty when none could be read within the deadline.
    pub fn decode(&mut self, frame: &LumaFrame) -> Vec<Reading> {
        self.look_at(frame, false)
    }

    /// The codes in `frame`, the next look at what the frames before it showed: what looked like a code in them and was
    /// not read is added up. Within the same deadline.
    pub fn decode_next(&mut self, frame: &LumaFrame) -> Vec<Reading> {
        self.look_at(frame, true)
    }

    /// What looked like a code in the frames given to [`decode_next`](Self::decode_next) lately and was not read.
    #[must_use]
    pub fn suspects(&self) -> &[Suspect] {
        &self.suspects
    }

    /// Forgets the frames so far: the next is of another paper.
    pub fn forget(&mut self) {
        self.burst.forget();
        self.suspects.clear();
    }

    fn look_at(&mut self, frame: &LumaFrame, next: bool) -> Vec<Reading> {
        let budget = Budget::new(self.settings.deadline);
        let mut found = Vec::new();
        for pass in [library::fast, library::hard] {
            merge(&mut found, pass(frame, &self.settings));
            if holds_wanted(&found) {
                self.suspects.clear();
                return found;
            }
            if budget.is_spent() {
                return found;
            }
        }
        if next {
            merge(&mut found, self.burst.observe(frame, &budget));
            if holds_wanted(&found) {
                self.suspects.clear();
                return found;
            }
        }
        let field = Field::new(frame);
        let mut squares = Vec::new();
        for pass in [OwnPass::Bars(Paper::Flat), OwnPass::Modules, OwnPass::Bars(Paper::Curled), OwnPass::Opinion] {
            merge(&mut found, self.look(pass, frame, &field, &budget, &mut squares));
            if holds_wanted(&found) {
                self.suspects.clear();
                return found;
            }
        }
        // Patches already followed are work enough for a frame that took its time.
        if next && (self.burst.is_empty() || !budget.is_spent()) {
            self.suspects = self.burst.take_up(frame, &field, &squares, &found);
        }
        if found.is_empty() && self.settings.products { library::products(frame) } else { found }
    }

    fn look(
        &self,
        pass: OwnPass,
        frame: &LumaFrame,
        field: &Field,
        budget: &Budget,
        squares: &mut Vec<(Square, Laid)>,
    ) -> Vec<Reading> {
        match pass {
            OwnPass::Bars(paper) if self.settings.code128 => bars::read(frame, field, paper, budget),
            OwnPass::Modules if self.settings.qr => {
                let (found, suspects) = modules::read(frame, field, budget);
                *squares = suspects;
                found
            }
            OwnPass::Opinion if self.settings.qr && self.settings.rqrr == RqrrUse::Bounded => {
                opinion::read(frame, field, budget)
            }
            _ => Vec::new(),
        }
    }
}

fn holds_wanted(found: &[Reading]) -> bool {
    found.iter().any(|reading| is_worth_stopping_for(&reading.text))
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
