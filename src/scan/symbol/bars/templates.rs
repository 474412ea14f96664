//! What each symbol looks like through a blur, sampled and normalised, ready to be compared with a profile.
//!
//! **Every template has zero mean and unit length**, so that its product with a piece of profile, over that piece's own
//! length, is their correlation: neither light nor contrast matters.

use std::sync::OnceLock;

use super::super::numbers::{at, index, real};
use super::symbols::{MODULES, START_B, START_C, VALUES, modules, stop_modules};

/// Samples of the profile per module.
pub const SAMPLES: usize = 4;
/// Samples that belong to a symbol.
pub const SLOT: usize = SAMPLES * MODULES;
/// Samples compared beyond each end of a symbol: the neighbour's nearest half module is always known.
pub const BEYOND: usize = SAMPLES / 2;
/// A symbol may be this many samples shorter or longer than its module width says, and no more.
pub const STRETCH: usize = 1;
/// Stretches: shorter, as said, longer.
pub const STRETCHES: usize = 2 * STRETCH + 1;
/// Modules of quiet zone that are compared beside the start and the stop.
pub const QUIET: usize = 4;
/// The blurs tried: standard deviations in modules.
pub const BLURS: [f32; 4] = [0.22, 0.5, 0.75, 1.0];

/// The templates for one blur.
#[derive(Debug)]
pub struct Templates {
    /// By stretch, then by symbol value: `SLOT + 2 * BEYOND` samples, give or take the stretch.
    symbols: Vec<Vec<Vec<f32>>>,
    /// Start in B and in C, with the quiet zone before, by stretch.
    starts: Vec<[Vec<f32>; 2]>,
    /// The stop, with the quiet zone after, by stretch.
    stops: Vec<[Vec<f32>; 1]>,
}

impl Templates {
    /// The templates for `BLURS[blur]`.
    pub fn of(blur: usize) -> &'static Self {
        static ALL: OnceLock<Vec<Templates>> = OnceLock::new();
        let all = ALL.get_or_init(|| BLURS.iter().map(|blur| Self::new(*blur)).collect());
        all.get(blur).or_else(|| all.first()).unwrap_or(&EMPTY)
    }

    fn new(blur: f32) -> Self {
        let stretched = |make: &dyn Fn(f32, usize) -> Vec<f32>| -> Vec<Vec<f32>> {
            (0..STRETCHES)
                .map(|i| {
                    let slot = SLOT + i - STRETCH;
                    make(real(slot) / real(MODULES), slot)
                })
                .collect()
        };
        let symbols = (0..VALUES)
            .map(|value| {
                let row = framed(&[1.0, 0.0, 0.0], &modules(value), &[1.0, 1.0, 0.0]);
                stretched(&|module, slot| sampled(&row, 3.0, module, BEYOND, slot + BEYOND, blur))
            })
            .collect::<Vec<_>>();
        let symbols = (0..STRETCHES)
            .map(|i| symbols.iter().map(|by_stretch| by_stretch.get(i).cloned().unwrap_or_default()).collect())
            .collect();
        let quiet = vec![0.0; QUIET + 3];
        let start = |value| {
            let row = framed(&quiet, &modules(value), &[1.0, 1.0, 0.0]);
            stretched(&|module, slot| sampled(&row, real(quiet.len()), module, QUIET * SAMPLES, slot + BEYOND, blur))
        };
        let starts = start(START_B).into_iter().zip(start(START_C)).map(|(b, c)| [b, c]).collect();
        let row = framed(&[1.0, 0.0, 0.0], &stop_modules(), &quiet);
        let end = |module: f32| index(13.0 * module + 0.5) + QUIET * SAMPLES;
        let stops = stretched(&|module, _| sampled(&row, 3.0, module, BEYOND, end(module), blur));
        let stops = stops.into_iter().map(|stop| [stop]).collect();
        Self { symbols, starts, stops }
    }

    /// The symbols' templates at a stretch, by value.
    pub fn symbols(&self, stretch: usize) -> &[Vec<f32>] {
        self.symbols.get(stretch).map_or(&[], Vec::as_slice)
    }

    /// Start B's and start C's templates at a stretch; they begin `QUIET * SAMPLES` before the symbol.
    pub fn starts(&self, stretch: usize) -> &[Vec<f32>] {
        self.starts.get(stretch).map_or(&[], |starts| starts.as_slice())
    }

    /// The stop's template at a stretch, alone; it begins `BEYOND` before the symbol.
    pub fn stops(&self, stretch: usize) -> &[Vec<f32>] {
        self.stops.get(stretch).map_or(&[], |stop| stop.as_slice())
    }
}

static EMPTY: Templates = Templates { symbols: Vec::new(), starts: Vec::new(), stops: Vec::new() };

fn framed(before: &[f32], symbol: &[f32], after: &[f32]) -> Vec<f32> {
    [before, symbol, after].concat()
}

/// Brightness of a row of modules (1 is ink) through a blur, sampled at `module` samples a module from `before` samples
/// before `origin` (in modules) to `end` samples after it; zero mean, unit length.
fn sampled(row: &[f32], origin: f32, module: f32, before: usize, end: usize, blur: f32) -> Vec<f32> {
    const FINE: f32 = 8.0;
    let brightness = |place: f32| {
        // The sample's own width and the blur, by summing the Gaussian over fine pieces of the modules near it.
        let (mut sum, mut weight) = (0.0f32, 0.0f32);
        let reach = 3.0 * blur + 0.5 / module;
        let steps = index(reach * FINE * 2.0) + 1;
        for i in 0..=steps {
            let offset = -reach + 2.0 * reach * real(i) / real(steps);
            let share = (-0.5 * (offset / blur).powi(2)).exp();
            let spot = (place + offset).clamp(0.0, real(row.len()) - 0.01);
            sum += share * (1.0 - at(row, index(spot)));
            weight += share;
        }
        sum / weight
    };
    let raw: Vec<f32> =
        (0..before + end).map(|i| brightness(origin + (real(i) - real(before) + 0.5) / module)).collect();
    normalised(&raw)
}

/// `samples` with zero mean and unit length.
pub fn normalised(samples: &[f32]) -> Vec<f32> {
    let mean = samples.iter().sum::<f32>() / real(samples.len().max(1));
    let norm = samples.iter().map(|sample| (sample - mean).powi(2)).sum::<f32>().sqrt().max(1e-6);
    samples.iter().map(|sample| (sample - mean) / norm).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_looks_most_like_itself() {
        for blur in 0..BLURS.len() {
            let symbols = Templates::of(blur).symbols(STRETCH);
            assert_eq!(symbols.len(), VALUES);
            for (value, template) in symbols.iter().enumerate() {
                let likeness = |other: &Vec<f32>| template.iter().zip(other).map(|(a, b)| a * b).sum::<f32>();
                assert!((likeness(template) - 1.0).abs() < 1e-4);
                let nearest = symbols
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != value)
                    .map(|(_, other)| likeness(other))
                    .fold(0.0, f32::max);
                assert!(nearest < 0.9999, "blur {blur}, symbol {value}: {nearest}");
            }
        }
    }
}
