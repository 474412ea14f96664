//! Looking for a finder pattern around one corner of a patch, at one module size.
//!
//! The correlation of a picture with a finder pattern is a sum of three boxes of the blurred picture, and its mean and
//! spread are boxes too: **every place costs a dozen additions, however large the pattern**. No place is decided here,
//! only the best is given.

use std::sync::OnceLock;

use super::super::numbers::{at, real};
use super::layout::finder_ink;

/// How far a finder pattern is searched from where the patch puts it, in half modules.
const REACH: usize = 6;
/// Half modules from a finder pattern's centre to the white around it.
const AROUND: usize = 8;
/// Half modules along a side of a window.
const SIDE: usize = 2 * (REACH + AROUND) + 1;
/// The middle of a window.
pub const MIDDLE: f32 = 14.0;
/// Modules of a finder pattern and the white around it.
const COUNT: f32 = 81.0;
/// The share of a module and of each neighbour along one direction in its brightness, through a blur of 0.55 modules.
const OWN: f32 = 0.64;
const NEIGHBOUR: f32 = 0.18;

/// Sums over every second half module to the left and above, one row and column of zeros first for each of the two.
struct Boxes(Vec<f32>);

/// Values in a row of [`Boxes`].
const WIDE: usize = SIDE + 2;

impl Boxes {
    fn new(values: &[f32]) -> Self {
        let mut sums = vec![0.0f32; WIDE * 2];
        sums.reserve(WIDE * SIDE);
        for (row, line) in values.chunks_exact(SIDE).enumerate() {
            let mut along = [0.0f32; 2];
            sums.extend([0.0; 2]);
            for (column, value) in line.iter().enumerate() {
                let above = at(&sums, row * WIDE + column + 2);
                let [before, last] = along;
                along = [last, before + value];
                sums.push(above + before + value);
            }
        }
        Self(sums)
    }

    /// The sum over the places within `reach` modules around `x`, `y`.
    fn around(&self, x: usize, y: usize, reach: usize) -> f32 {
        let (left, right) = (x - 2 * reach, x + 2 * reach + 2);
        let (top, bottom) = (y - 2 * reach, y + 2 * reach + 2);
        let sum = |x: usize, y: usize| at(&self.0, y * WIDE + x);
        sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
    }
}

/// The half modules around one corner.
pub struct Window {
    value: Boxes,
    square: Boxes,
    blurred: Boxes,
}

/// A fit, and its place in the window.
pub type Found = (f32, usize, usize);

impl Window {
    /// The window of brightness `look(column, row)`.
    pub fn new(look: impl Fn(usize, usize) -> f32) -> Self {
        let mut values: Vec<f32> = Vec::with_capacity(SIDE * SIDE);
        for row in 0..SIDE {
            values.extend((0..SIDE).map(|column| look(column, row)));
        }
        // Sums of squares stay exact enough when the values are near zero.
        let mean = values.iter().sum::<f32>() / real(values.len());
        for value in &mut values {
            *value -= mean;
        }
        let squares: Vec<f32> = values.iter().map(|value| value * value).collect();
        Self { value: Boxes::new(&values), square: Boxes::new(&squares), blurred: Boxes::new(&blurred(&values)) }
    }

    /// The place most like a finder pattern, and the place most like one of light on dark (its fit is negative).
    pub fn best(&self) -> (Found, Found) {
        let (ink, wanted) = template();
        let (mut dark, mut light): (Found, Found) = ((f32::MIN, 0, 0), (f32::MAX, 0, 0));
        for y in AROUND..=AROUND + 2 * REACH {
            for x in AROUND..=AROUND + 2 * REACH {
                let value = self.value.around(x, y, 4);
                let spread = (self.square.around(x, y, 4) - value * value / COUNT).max(COUNT);
                let rings = [3, 2, 1].map(|reach| self.blurred.around(x, y, reach));
                let [outer, white, inner] = rings;
                let fit = (value * ink / COUNT - (outer - white + inner)) / (spread * wanted).sqrt();
                if fit > dark.0 {
                    dark = (fit, x, y);
                }
                if fit < light.0 {
                    light = (fit, x, y);
                }
            }
        }
        (dark, light)
    }
}

/// `values` of a window through the blur; nothing at its border.
fn blurred(values: &[f32]) -> Vec<f32> {
    let mut along = vec![0.0f32; values.len()];
    let threes = values.iter().zip(values.iter().skip(2)).zip(values.iter().skip(4));
    // Runs over the ends of rows: those places are never asked for.
    for (slot, ((before, own), after)) in along.iter_mut().skip(2).zip(threes) {
        *slot = OWN * own + NEIGHBOUR * (before + after);
    }
    let mut both = vec![0.0f32; values.len()];
    let threes = along.iter().zip(along.iter().skip(2 * SIDE)).zip(along.iter().skip(4 * SIDE));
    for (slot, ((above, own), below)) in both.iter_mut().skip(2 * SIDE).zip(threes) {
        *slot = OWN * own + NEIGHBOUR * (above + below);
    }
    both
}

/// The finder pattern and the white around it, as ink seen through the blur.
pub fn finder() -> &'static [[f32; 9]; 9] {
    static SOFT: OnceLock<[[f32; 9]; 9]> = OnceLock::new();
    SOFT.get_or_init(|| {
        let shares = [NEIGHBOUR, OWN, NEIGHBOUR];
        let mut soft = [[0.0; 9]; 9];
        for (row, line) in soft.iter_mut().enumerate() {
            for (column, slot) in line.iter_mut().enumerate() {
                for (down, high) in shares.iter().enumerate() {
                    for (right, wide) in shares.iter().enumerate() {
                        // The pattern begins one module inside, the blur one module before.
                        let place = ((column + right).checked_sub(2), (row + down).checked_sub(2));
                        if let (Some(x), Some(y)) = place
                            && finder_ink(x, y)
                        {
                            *slot += high * wide;
                        }
                    }
                }
            }
        }
        soft
    })
}

/// The template's ink in all, and its spread.
fn template() -> (f32, f32) {
    let all = || finder().iter().flatten();
    let ink: f32 = all().sum();
    (ink, all().map(|share| share * share).sum::<f32>() - ink * ink / COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_the_correlation_with_the_pattern() {
        // A finder pattern a module right of the middle, on a gradient.
        let (x0, y0) = (AROUND + REACH + 2, AROUND + REACH);
        let look = |x: usize, y: usize| {
            // Between two modules, half of each.
            let module = |place: usize, more: usize| (place + more).wrapping_sub(AROUND + REACH - 6) / 2;
            let inks = [(0, 0), (0, 1), (1, 0), (1, 1)]
                .into_iter()
                .filter(|(i, j)| finder_ink(module(x, *i).wrapping_sub(1), module(y, *j)));
            200.0 + real(x) - 40.0 * real(inks.count())
        };
        let (dark, light) = Window::new(look).best();
        assert_eq!((dark.1, dark.2), (x0, y0));
        // The same sum over the template, module by module.
        let (mut value, mut square, mut product) = (0.0f32, 0.0f32, 0.0f32);
        for (j, line) in finder().iter().enumerate() {
            for (i, ink) in line.iter().enumerate() {
                let seen = look(x0 + 2 * i - AROUND, y0 + 2 * j - AROUND);
                (value, square, product) = (value + seen, square + seen * seen, product + seen * ink);
            }
        }
        let (ink, wanted) = template();
        let fit = (value * ink / COUNT - product) / ((square - value * value / COUNT) * wanted).sqrt();
        assert!((dark.0 - fit).abs() < 1e-3, "{} {fit}", dark.0);
        assert!(light.0 < 0.0 && light.0 > -dark.0);
    }

    #[test]
    fn light_on_dark_is_the_opposite() {
        let look = |x: usize, y: usize| {
            let (i, j) = ((x + 6).wrapping_sub(14) / 2, (y + 6).wrapping_sub(14) / 2);
            if finder_ink(i, j) { 220.0 } else { 30.0 }
        };
        let (_, light) = Window::new(look).best();
        assert_eq!((light.1, light.2), (14, 14));
        assert!(light.0 < -0.8, "{}", light.0);
    }
}
