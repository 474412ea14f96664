//! Which paper lies before the camera: when what [`Evidence`] has settled is over.
//!
//! `Evidence` gives each paper's code once, until nothing of it has been seen for a second and a half. **A paper that is
//! swapped for another without a pause is another paper**: codes seen while the given one is not, for half a second,
//! start afresh, and so does each picture of a folder. Time comes in as a value.

use std::time::Duration;

use crate::scan::symbol::{Evidence, Reading};

/// How long the given code must be missing while others are read. A hand that shakes hides one for a few frames.
const SWAPPED: Duration = Duration::from_millis(500);

/// The evidence, paper by paper.
#[derive(Debug, Default)]
pub(super) struct Papers {
    evidence: Evidence,
    /// The picture of a folder the last frame was of.
    picture: u32,
    given: Option<(String, Duration)>,
    /// Another paper lies there, or this one's code has been given.
    is_over: bool,
}

impl Papers {
    /// Before the frame is read: true when what was followed over the frames so far belongs to another paper. `picture`
    /// is a folder's count of pictures.
    pub(super) fn is_another(&mut self, picture: u32) -> bool {
        if picture != self.picture {
            self.picture = picture;
            self.start_afresh();
        }
        std::mem::take(&mut self.is_over)
    }

    /// Adds the readings of a frame taken `at`; gives what is settled by it. `suspected`: something in it looked like a
    /// code and was not read.
    pub(super) fn observe(&mut self, readings: &[Reading], suspected: bool, at: Duration) -> Option<Reading> {
        if let Some((text, seen)) = &mut self.given {
            if readings.iter().any(|reading| reading.text == *text) {
                *seen = at;
            } else if !readings.is_empty() && at.saturating_sub(*seen) >= SWAPPED {
                self.start_afresh();
            }
        }
        let reading = self.evidence.observe(readings, at, suspected)?.reading;
        self.given = Some((reading.text.clone(), at));
        self.is_over = true;
        Some(reading)
    }

    fn start_afresh(&mut self) {
        self.evidence.forget();
        self.given = None;
        self.is_over = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::symbol::{Pass, Point, Symbology};

    fn bars(text: &str) -> Vec<Reading> {
        let corners = [Point { x: 0.0, y: 0.0 }; 4];
        vec![Reading { text: text.into(), symbology: Symbology::Code128, corners, confidence: 0.8, pass: Pass::Fast }]
    }

    /// Frames 100 ms apart, each with the number of its picture; the frames at which something was given.
    fn given(frames: &[(Vec<Reading>, u32)]) -> Vec<(usize, String)> {
        let mut papers = Papers::default();
        let mut given = Vec::new();
        for (at, (frame, picture)) in frames.iter().enumerate() {
            let time = Duration::from_millis(100 * u64::try_from(at).unwrap());
            papers.is_another(*picture);
            given.extend(papers.observe(frame, false, time).map(|reading| (at, reading.text)));
        }
        given
    }

    const ONE: &str = "297553638301777927";
    const TWO: &str = "301846290573318462";

    #[test]
    fn a_paper_is_read_once_however_long_it_lies_there() {
        assert_eq!(given(&vec![(bars(ONE), 0); 50]), [(1, ONE.into())]);
        let mut shaken = vec![(bars(ONE), 0); 3];
        shaken.extend(vec![(vec![], 0); 9]);
        shaken.extend(vec![(bars(ONE), 0); 9]);
        assert_eq!(given(&shaken), [(1, ONE.into())]);
    }

    #[test]
    fn a_paper_swapped_without_a_pause_is_read() {
        let mut frames = vec![(bars(ONE), 0); 10];
        frames.extend(vec![(bars(TWO), 0); 10]);
        assert_eq!(given(&frames), [(1, ONE.into()), (15, TWO.into())]);
    }

    #[test]
    fn what_was_followed_is_forgotten_with_its_paper() {
        let mut papers = Papers::default();
        assert!(papers.is_another(1), "a folder's first picture");
        assert!(papers.observe(&bars(ONE), false, Duration::ZERO).is_none());
        assert!(!papers.is_another(1), "the same paper, not given yet");
        assert!(papers.observe(&bars(ONE), false, Duration::from_millis(100)).is_some());
        assert!(papers.is_another(1), "given");
        assert!(!papers.is_another(1), "once");
        assert!(papers.is_another(2), "another picture");
    }

    #[test]
    fn each_picture_of_a_folder_is_another_paper() {
        let mut frames = vec![(bars(ONE), 1); 4];
        frames.extend(vec![(bars(TWO), 2); 4]);
        frames.extend(vec![(bars(ONE), 3); 4]);
        assert_eq!(given(&frames), [(1, ONE.into()), (5, TWO.into()), (9, ONE.into())]);
    }
}
