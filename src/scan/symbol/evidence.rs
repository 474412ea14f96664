//! Many frames of one receipt are one reading.
//!
//! A camera gives a till thirty looks a second at the same paper. This file says when they amount to a reading, and that
//! it is given once. It knows no clock: the time of each frame comes in with it.
//!
//! **A linear code counts after two agreeing frames, or one with a very high lead** (its checksum alone lets one wrong
//! row in a hundred through); **a QR code, which corrects itself, after one. What was given is not given again, nor any
//! other code of the same paper, until nothing of it has been seen for [`GONE`].** Two texts that contradict each other
//! hold each other up. An advertisement or a product is given last, and never hides the code wanted.

use std::time::Duration;

use super::is_worth_stopping_for;
use super::reading::{Reading, Symbology};

/// How long a code must be out of sight to be gone. A hand that shakes hides it for a few frames, not for this long.
pub const GONE: Duration = Duration::from_millis(1500);
/// Confidence from which one frame of a linear code is enough.
pub const SURE: f32 = 0.95;
/// Frames that must agree on a linear code.
const AGREEING: u32 = 2;
/// Frames that must agree on what is only told to the cashier: a product, an advertisement.
const AGREEING_UNWANTED: u32 = 8;
/// The same while something else on the paper looks like a code: at eight a second, the five seconds in which it may be
/// read yet.
const AGREEING_BESIDE_SUSPECT: u32 = 40;
/// Codes kept in mind at most; a hostile picture shows no more than the decoder's limit, and they pass.
const MAX_TRACKS: usize = 32;

/// A reading that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    /// The frame's reading that settled it.
    pub reading: Reading,
    /// Frames that agreed.
    pub frames: u32,
}

/// A code seen lately.
#[derive(Debug, Clone)]
struct Track {
    text: String,
    symbology: Symbology,
    frames: u32,
    last: Duration,
    /// Given, or of the same paper as one given.
    settled: bool,
}

impl Track {
    fn is_wanted(&self) -> bool {
        !self.symbology.is_product() && is_worth_stopping_for(&self.text)
    }
}

/// What the frames so far amount to.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    tracks: Vec<Track>,
    /// Frames that must agree on what is only told.
    unwanted_after: u32,
}

impl Evidence {
    /// Nothing seen yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what was read in the frame taken `at` (any steady clock; a time before the last frame's counts as the
    /// same). Gives a reading when one is settled by it: each paper's once. `suspected`: something in it looked like a
    /// code and was not read.
    pub fn observe(&mut self, readings: &[Reading], at: Duration, suspected: bool) -> Option<Accepted> {
        self.unwanted_after = if suspected { AGREEING_BESIDE_SUSPECT } else { AGREEING_UNWANTED };
        self.tracks.retain(|track| at.saturating_sub(track.last) < GONE);
        let paper_is_settled = self.tracks.iter().any(|track| track.settled && track.is_wanted());
        for reading in readings {
            self.note(reading, at, paper_is_settled);
        }
        let mut best: Option<(&Reading, u32)> = None;
        for reading in readings {
            let Some(track) = self.track(reading) else { continue };
            if track.settled || !self.is_enough(track, reading) {
                continue;
            }
            let better = |(other, frames): (&Reading, u32)| rank(reading, track.frames) > rank(other, frames);
            if best.is_none_or(better) {
                best = Some((reading, track.frames));
            }
        }
        let (reading, frames) = best?;
        self.settle(reading, at);
        Some(Accepted { reading: reading.clone(), frames })
    }

    /// Forgets everything: the next look is at another paper, or the same one on purpose.
    pub fn forget(&mut self) {
        self.tracks.clear();
    }

    fn track(&self, reading: &Reading) -> Option<&Track> {
        self.tracks.iter().find(|track| track.text == reading.text && track.symbology == reading.symbology)
    }

    fn note(&mut self, reading: &Reading, at: Duration, paper_is_settled: bool) {
        let same = |track: &&mut Track| track.text == reading.text && track.symbology == reading.symbology;
        if let Some(track) = self.tracks.iter_mut().find(same) {
            track.frames = track.frames.saturating_add(1);
            track.last = track.last.max(at);
        } else if self.tracks.len() < MAX_TRACKS {
            self.tracks.push(Track {
                text: reading.text.clone(),
                symbology: reading.symbology,
                frames: 1,
                last: at,
                settled: paper_is_settled,
            });
        }
    }

    /// True when the frames that saw this text are enough, and no other text of its kind was seen half as often.
    fn is_enough(&self, track: &Track, reading: &Reading) -> bool {
        if !track.is_wanted() {
            let wanted_in_sight = self.tracks.iter().any(Track::is_wanted);
            return track.frames >= self.unwanted_after && !wanted_in_sight;
        }
        if !track.symbology.is_linear() {
            return true;
        }
        let rivals = self.tracks.iter().filter(|other| {
            other.symbology == track.symbology && other.text != track.text && !other.settled && other.is_wanted()
        });
        let most = rivals.map(|rival| rival.frames).max().unwrap_or(0);
        let sure = reading.confidence >= SURE && most == 0;
        sure || (track.frames >= AGREEING && track.frames > 2 * most)
    }

    /// Marks the given code, and with a wanted one everything seen on its paper.
    fn settle(&mut self, reading: &Reading, at: Duration) {
        let wanted = is_worth_stopping_for(&reading.text) && !reading.symbology.is_product();
        for track in &mut self.tracks {
            let same = track.text == reading.text && track.symbology == reading.symbology;
            if same || (wanted && at.saturating_sub(track.last) < GONE) {
                track.settled = true;
            }
        }
    }
}

/// Which of two settled codes of one frame is given: the wanted one, the one that corrects itself, the one seen oftener.
fn rank(reading: &Reading, frames: u32) -> (bool, bool, u32) {
    let wanted = is_worth_stopping_for(&reading.text) && !reading.symbology.is_product();
    (wanted, !reading.symbology.is_linear(), frames)
}

#[cfg(test)]
mod tests {
    use super::super::reading::{Pass, Point};
    use super::*;

    fn reading(text: &str, symbology: Symbology, confidence: f32) -> Reading {
        let corners = [Point { x: 0.0, y: 0.0 }; 4];
        Reading { text: text.to_owned(), symbology, corners, confidence, pass: Pass::Fast }
    }

    fn linear(text: &str) -> Reading {
        reading(text, Symbology::Code128, 0.8)
    }

    fn qr(text: &str) -> Reading {
        reading(text, Symbology::QrCode, 0.99)
    }

    /// Shows frames a tenth of a second apart; the texts given.
    fn given(frames: &[Vec<Reading>]) -> Vec<String> {
        given_beside(frames, false)
    }

    fn given_beside(frames: &[Vec<Reading>], suspected: bool) -> Vec<String> {
        let mut evidence = Evidence::new();
        let mut texts = Vec::new();
        for (frame, at) in frames.iter().zip(0u32..) {
            let accepted = evidence.observe(frame, Duration::from_millis(100) * at, suspected);
            texts.extend(accepted.map(|accepted| accepted.reading.text));
        }
        texts
    }

    const NUMBER: &str = "285746310351525859";
    const OTHER: &str = "285746310351525858";

    #[test]
    fn a_linear_code_needs_two_frames() {
        assert_eq!(given(&[vec![linear(NUMBER)]]), Vec::<String>::new());
        assert_eq!(given(&[vec![linear(NUMBER)], vec![], vec![linear(NUMBER)]]), [NUMBER]);
    }

    #[test]
    fn one_frame_with_a_very_high_lead_is_enough() {
        assert_eq!(given(&[vec![reading(NUMBER, Symbology::Code128, 0.96)]]), [NUMBER]);
    }

    #[test]
    fn a_qr_code_needs_one_frame() {
        assert_eq!(given(&[vec![qr(NUMBER)]]), [NUMBER]);
    }

    #[test]
    fn contradicting_texts_hold_each_other_up() {
        let (right, wrong) = (vec![linear(NUMBER)], vec![linear(OTHER)]);
        assert_eq!(given(&[wrong.clone(), right.clone(), right.clone()]), Vec::<String>::new());
        assert_eq!(given(&[wrong, right.clone(), right.clone(), right]), [NUMBER]);
        let sure = reading(NUMBER, Symbology::Code128, 0.97);
        assert_eq!(given(&[vec![linear(OTHER)], vec![sure]]), Vec::<String>::new());
    }

    #[test]
    fn a_code_in_view_is_given_once() {
        assert_eq!(given(&vec![vec![qr(NUMBER)]; 40]), [NUMBER]);
        assert_eq!(given(&vec![vec![linear(NUMBER)]; 40]), [NUMBER]);
    }

    #[test]
    fn it_is_given_again_after_it_has_left() {
        let mut frames = vec![vec![qr(NUMBER)]; 3];
        frames.extend(vec![vec![]; 10]);
        frames.push(vec![qr(NUMBER)]);
        assert_eq!(given(&frames), [NUMBER], "a second out of sight is not gone");
        frames.extend(vec![vec![]; 16]);
        frames.push(vec![qr(NUMBER)]);
        assert_eq!(given(&frames), [NUMBER, NUMBER]);
    }

    #[test]
    fn the_codes_of_one_paper_are_one_reading() {
        let address = "https://pay.example-store.com/refund?transactionNo=285746310351525859";
        let both = vec![linear(NUMBER), qr(address)];
        let mut frames = vec![both; 5];
        frames.extend(vec![vec![linear(NUMBER)]; 5]);
        assert_eq!(given(&frames), [address]);
    }

    #[test]
    fn an_advertisement_waits_for_the_code_wanted() {
        let advertisement = "https://survey.example-store.com/s/978204";
        let mut frames = vec![vec![qr(advertisement)]; 2];
        frames.extend(vec![vec![qr(advertisement), linear(NUMBER)]; 5]);
        assert_eq!(given(&frames), [NUMBER]);
        assert_eq!(given(&vec![vec![qr(advertisement)]; 9]), [advertisement], "alone, it is told");
    }

    #[test]
    fn an_advertisement_waits_while_another_code_may_be_read_yet() {
        let frames = vec![vec![qr("https://survey.example-store.com/s/978204")]; 41];
        assert_eq!(given_beside(&frames[..39], true), Vec::<String>::new());
        assert_eq!(given_beside(&frames, true).len(), 1);
        let mut late = frames[..20].to_vec();
        late.extend(vec![vec![qr("https://survey.example-store.com/s/978204"), linear(NUMBER)]; 2]);
        assert_eq!(given_beside(&late, true), [NUMBER]);
    }

    #[test]
    fn after_an_advertisement_the_code_wanted_is_still_given() {
        let advertisement = "https://survey.example-store.com/s/978204";
        let mut frames = vec![vec![qr(advertisement)]; 9];
        frames.extend(vec![vec![qr(advertisement), linear(NUMBER)]; 3]);
        assert_eq!(given(&frames), [advertisement, NUMBER]);
    }

    #[test]
    fn a_product_is_told_once_and_late() {
        let product = reading("4006381333931", Symbology::Ean13, 0.8);
        assert_eq!(given(&vec![vec![product.clone()]; 7]), Vec::<String>::new());
        assert_eq!(given(&vec![vec![product]; 12]), ["4006381333931"]);
    }
}
