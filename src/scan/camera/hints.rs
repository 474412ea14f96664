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
/// A picture whose brightest hundredth is below this is dark. A wallet in dark mode has bright digits.
const DARK_LIGHTS: u8 = 90;
/// Grey from here on is light straight into the sensor.
const BURNT: u8 = 250;
/// Burnt pixels, in hundredths of the picture, that may be glare.
const GLARE_PERCENT: usize = 5;
/// Mirrored light steps over what lies between the paper's white and the sensor's end; white paper near that end fills it.
/// Fewer than one in so many of the pixels from here on are not burnt where it is glare. Of 432 receipts' previews this
/// calls 23 glare, 21 of them glare, bloom or a mirrored light (`docs/decoder.md`).
const NEARLY_BURNT: u8 = 230;
const STEPPED_OVER: usize = 5;
/// Burnt pixels, in hundredths of the picture, that leave nothing to read.
const OVEREXPOSED_PERCENT: usize = 80;
/// Sharpness is judged where the print is: in the tenth of these squares with the most contrast, in pixels of the
/// preview.
const SQUARE: usize = 20;
/// The least contrast of a square with print in it, in grey values.
const CONTRAST: u8 = 50;
/// Of its square's contrast, hundredths that the steepest edge crosses within two pixels when it is sharp. A preview is
/// half or a third of the frame's size, so what is blurred here is past reading there.
const SHARP_PERCENT: u32 = 55;

/// Modules of so many pixels are read through most damage (`docs/decoder.md`); narrower ones are worth coming closer for,
/// down to those that are rather the edges of something else.
const SMALL_MODULE: std::ops::Range<f32> = 0.9..3.0;

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

    /// Takes a picture, and the width in pixels of the narrowest module of what looks like a code in its frame and was
    /// not read; returns the hint when it changed.
    pub(super) fn observe(
        &mut self,
        luma: &[u8],
        width: usize,
        module: Option<f32>,
        now: Instant,
    ) -> Option<Option<Hint>> {
        if self.recent.len() >= REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push(judge(luma, width, module));
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

fn judge(luma: &[u8], width: usize, module: Option<f32>) -> Option<Hint> {
    let pixels = luma.len();
    if pixels == 0 || width == 0 {
        return None;
    }
    let mut greys = [0usize; 256];
    for value in luma {
        if let Some(count) = greys.get_mut(usize::from(*value)) {
            *count += 1;
        }
    }
    let lights: usize = greys.iter().skip(usize::from(DARK_LIGHTS)).sum();
    if lights * 100 < pixels {
        return Some(Hint::TooDark);
    }
    let burnt: usize = greys.iter().skip(usize::from(BURNT)).sum();
    let nearly: usize = greys.iter().skip(usize::from(NEARLY_BURNT)).sum::<usize>() - burnt;
    let is_glare = burnt * 100 >= pixels * GLARE_PERCENT && nearly * STEPPED_OVER <= burnt;
    if is_glare || burnt * 100 >= pixels * OVEREXPOSED_PERCENT {
        return Some(Hint::Glare);
    }
    // A blurred code's modules are measured wrong.
    if is_blurred(luma, width) {
        return Some(Hint::TooBlurred);
    }
    module.filter(|module| SMALL_MODULE.contains(module)).map(|_| Hint::TooSmall)
}

/// Whether the squares with the most contrast have no steep edge. An empty counter has no such squares, and is not
/// blurred.
fn is_blurred(luma: &[u8], width: usize) -> bool {
    let mut squares: Vec<(u8, u8)> = Vec::new();
    for rows in luma.chunks_exact(width * SQUARE) {
        for left in (0..width.saturating_sub(SQUARE)).step_by(SQUARE) {
            let (mut least, mut most, mut steepest) = (u8::MAX, u8::MIN, 0u8);
            for row in rows.chunks_exact(width) {
                let Some(square) = row.get(left..left + SQUARE) else { continue };
                for (one, two) in square.iter().zip(square.iter().skip(2)) {
                    least = least.min(*one);
                    most = most.max(*one);
                    steepest = steepest.max(one.abs_diff(*two));
                }
            }
            squares.push((most.saturating_sub(least), steepest));
        }
    }
    squares.sort_unstable_by_key(|(contrast, _)| std::cmp::Reverse(*contrast));
    squares.truncate((squares.len() / 10).max(1));
    squares.retain(|(contrast, _)| *contrast >= CONTRAST);
    let blurred = |(contrast, steepest): &&(u8, u8)| u32::from(*steepest) * 100 < u32::from(*contrast) * SHARP_PERCENT;
    let count = squares.iter().filter(blurred).count();
    // A few squares are no print.
    squares.len() >= 6 && count * 3 > squares.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(luma: &[u8], width: usize) -> Option<Hint> {
        settled_with(luma, width, None)
    }

    fn settled_with(luma: &[u8], width: usize, module: Option<f32>) -> Option<Hint> {
        let start = Instant::now();
        let mut hints = Hints::new(start);
        let mut last = None;
        for at in 0..40 {
            if let Some(hint) = hints.observe(luma, width, module, start + Duration::from_millis(80 * at)) {
                assert!(at * 80 >= 1500, "a hint after {} ms", at * 80);
                last = hint;
            }
        }
        // A code makes it go.
        let now = start + Duration::from_secs(4);
        hints.saw_code(now);
        if last.is_some() {
            assert_eq!(hints.observe(luma, width, module, now), Some(None));
        }
        last
    }

    #[test]
    fn each_fault_has_its_hint() {
        let text: Vec<u8> = (0..640 * 360).map(|at| if at / 3 % 2 == 0 { 40 } else { 180 }).collect();
        assert_eq!(settled(&text, 640), None);
        assert_eq!(settled(&vec![12; 640 * 360], 640), Some(Hint::TooDark));
        assert_eq!(settled(&vec![120; 640 * 360], 640), None, "an empty counter");
        let blurred: Vec<u8> =
            (0..640 * 360u32).map(|at| u8::try_from((at % 40).abs_diff(20) * 8 + 40).unwrap()).collect();
        assert_eq!(settled(&blurred, 640), Some(Hint::TooBlurred));
        // A lamp's mirror image in the middle of grey paper with print on it.
        let mirrored = |at: usize| if (at % 640).abs_diff(320) < 40 { 255 } else { text[at] };
        assert_eq!(settled(&(0..640 * 360).map(mirrored).collect::<Vec<u8>>(), 640), Some(Hint::Glare));
        let white = |at: usize| if at % 6 < 3 { 40 } else { 236 + u8::try_from(at % 20).unwrap() };
        assert_eq!(settled(&(0..640 * 360).map(white).collect::<Vec<u8>>(), 640), None, "white paper, sharp print");
        assert_eq!(settled_with(&blurred, 640, Some(1.0)), Some(Hint::TooBlurred), "still first, then closer");
        assert_eq!(settled(&[], 640), None);
        assert_eq!(settled_with(&text, 640, Some(2.0)), Some(Hint::TooSmall));
        assert_eq!(settled_with(&text, 640, Some(3.5)), None, "large enough");
        assert_eq!(settled_with(&text, 640, Some(0.5)), None, "no code");
        assert_eq!(settled(&vec![254; 640 * 360], 640), Some(Hint::Glare), "overexposed");
        assert_eq!(settled_with(&vec![12; 640 * 360], 640, Some(2.0)), Some(Hint::TooDark), "light first");
    }
}
