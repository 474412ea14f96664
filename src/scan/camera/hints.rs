//! What keeps codes from being read, told from a small grey picture.
//!
//! **A hint is given only after [`PATIENCE`] without any code and when the same fault stands in most of that time**: a
//! hint that flickers is worse than none.

use std::time::{Duration, Instant};

use super::protocol::Hint;

/// How long codes must be missing before a hint.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Pictures remembered; at 12 a second about one second.
const REMEMBERED: usize = 12;
/// A mean grey below this is a dark picture. Till cameras in shop light give 90 to 160.
const DARK_MEAN: u64 = 40;
/// Grey from here on is light straight into the sensor.
const BURNT: u8 = 250;
/// Burnt pixels, in hundredths of the picture, that are glare when the rest of it is not bright as well.
const GLARE_PERCENT: usize = 4;
/// Above this mean a burnt area is white paper in good light.
const BRIGHT_MEAN: u64 = 170;
/// Steps between neighbours that make an edge of print, in grey values.
const EDGE: u8 = 24;
/// Fewer edges than one pixel in this many is a picture with nothing sharp in it.
const FEW_EDGES: usize = 400;

/// Watches previews.
#[derive(Debug)]
pub(super) struct Hints {
    recent: Vec<Option<Hint>>,
    last_code: Instant,
    told: Option<Hint>,
}

impl Hints {
    pub(super) fn new(now: Instant) -> Self {
        Self { recent: Vec::new(), last_code: now, told: None }
    }

    /// A code was read, by whatever rules.
    pub(super) fn saw_code(&mut self, now: Instant) {
        self.last_code = now;
    }

    /// Takes a picture; returns the hint when it changed.
    pub(super) fn observe(&mut self, luma: &[u8], width: usize, now: Instant) -> Option<Option<Hint>> {
        if self.recent.len() >= REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(judge(luma, width));
        let most = self
            .recent
            .iter()
            .flatten()
            .copied()
            .find(|hint| self.recent.iter().filter(|seen| **seen == Some(*hint)).count() * 3 >= REMEMBERED * 2);
        let hint = most.filter(|_| now.saturating_duration_since(self.last_code) >= PATIENCE);
        if hint == self.told {
            return None;
        }
        self.told = hint;
        Some(hint)
    }
}

fn judge(luma: &[u8], width: usize) -> Option<Hint> {
    let pixels = luma.len();
    if pixels == 0 || width == 0 {
        return None;
    }
    let mean = luma.iter().copied().map(u64::from).sum::<u64>() / u64::try_from(pixels).unwrap_or(u64::MAX);
    if mean < DARK_MEAN {
        return Some(Hint::TooDark);
    }
    let burnt = luma.iter().filter(|grey| **grey >= BURNT).count();
    if burnt * 100 >= pixels * GLARE_PERCENT && mean < BRIGHT_MEAN {
        return Some(Hint::Glare);
    }
    let edges: usize = luma
        .chunks(width)
        .map(|row| row.iter().zip(row.iter().skip(2)).filter(|(a, b)| a.abs_diff(**b) >= EDGE).count())
        .sum();
    (edges * FEW_EDGES < pixels).then_some(Hint::TooBlurred)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(luma: &[u8], width: usize) -> Option<Hint> {
        let start = Instant::now();
        let mut hints = Hints::new(start);
        let mut last = None;
        for at in 0..40 {
            if let Some(hint) = hints.observe(luma, width, start + Duration::from_millis(80 * at)) {
                assert!(at * 80 >= 1500, "a hint after {} ms", at * 80);
                last = hint;
            }
        }
        // A code makes it go.
        let now = start + Duration::from_secs(4);
        hints.saw_code(now);
        if last.is_some() {
            assert_eq!(hints.observe(luma, width, now), Some(None));
        }
        last
    }

    #[test]
    fn each_fault_has_its_hint() {
        let text: Vec<u8> = (0..640 * 360).map(|at| if at / 3 % 2 == 0 { 40 } else { 180 }).collect();
        assert_eq!(settled(&text, 640), None);
        assert_eq!(settled(&vec![12; 640 * 360], 640), Some(Hint::TooDark));
        assert_eq!(settled(&vec![120; 640 * 360], 640), Some(Hint::TooBlurred));
        let mut glare = text.clone();
        glare[..640 * 40].fill(255);
        assert_eq!(settled(&glare, 640), Some(Hint::Glare));
        assert_eq!(settled(&[], 640), None);
    }
}
