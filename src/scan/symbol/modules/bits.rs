//! From brightness to how likely each module is ink.
//!
//! A blurred picture mixes each module with its neighbours. What is fixed in the plan shows how: the weights that turn
//! the brightness around a module into its ink are fitted to the fixed modules, so each code brings its own deblurring,
//! along the very direction of its motion. **Nothing is learned from one code for another.**

use super::super::numbers::{at, real};
use super::lay::{EDGE, lattice_at};
use super::layout::{fixed, side};

/// Half modules looked at on each side of a module's middle.
const AROUND: usize = 2;
const WEIGHTS: usize = (2 * AROUND + 1) * (2 * AROUND + 1) + 1;
/// How strongly the weights are held at "the module's own brightness", in modules' worth of evidence.
const HOLD: f32 = 4.0;

/// Where a module's light and dark are taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Levels {
    /// From all around: light that changes over the code.
    Around,
    /// From its own row: a print head that leaves lines across.
    Rows,
    /// From its own column: a print head that leaves lines along.
    Columns,
}

impl Levels {
    /// Half modules compared to either side along a row and along a column.
    fn reach(self) -> (usize, usize) {
        match self {
            Self::Around => (7, 7),
            Self::Rows => (16, 0),
            Self::Columns => (0, 16),
        }
    }
}

/// How likely each module is ink: positive for ink, row by row.
pub fn likelihoods(version: usize, steps: usize, lattice: &[f32], levels: Levels) -> Vec<f32> {
    let (levelled, contrast) = levelled(steps, lattice, levels);
    let n = side(version);
    let mut normal = vec![0.0f32; WEIGHTS * (WEIGHTS + 1)];
    for y in 0..n {
        for x in 0..n {
            if let Some(ink) = fixed(version, x, y) {
                let wanted = if ink { 1.0 } else { -1.0 };
                learn(&mut normal, &features(&levelled, steps, x, y), wanted);
            }
        }
    }
    let centre = (WEIGHTS - 1) / 2;
    for i in 0..WEIGHTS {
        let place = i * (WEIGHTS + 1);
        if let Some(slot) = normal.get_mut(place + i) {
            *slot += HOLD;
        }
        if i == centre
            && let Some(slot) = normal.get_mut(place + WEIGHTS)
        {
            *slot += HOLD;
        }
    }
    let weights = solve(normal, WEIGHTS);
    let mut out = Vec::with_capacity(n * n);
    for y in 0..n {
        for x in 0..n {
            let sum: f32 =
                features(&levelled, steps, x, y).iter().zip(&weights).map(|(value, weight)| value * weight).sum();
            let trust = lattice_at(&contrast, steps, 2 * x + 1 + EDGE, 2 * y + 1 + EDGE);
            out.push(sum.clamp(-1.3, 1.3) * trust);
        }
    }
    out
}

/// The lattice with local light at -1 and local dark at +1, and how much contrast there was, at most 1.
fn levelled(steps: usize, lattice: &[f32], levels: Levels) -> (Vec<f32>, Vec<f32>) {
    let rows = lattice.len() / steps.max(1);
    let least = spread_out(steps, rows, lattice, levels.reach(), f32::min);
    let most = spread_out(steps, rows, lattice, levels.reach(), f32::max);
    let least = mean_around(steps, rows, &least, levels.reach());
    let most = mean_around(steps, rows, &most, levels.reach());
    let mut ranges: Vec<f32> = most.iter().zip(&least).map(|(most, least)| most - least).collect();
    let all = ranges.clone();
    ranges.sort_by(f32::total_cmp);
    let usual = at(&ranges, ranges.len() * 3 / 4).max(1.0);
    let floor = 0.25 * usual;
    let values = lattice
        .iter()
        .zip(most.iter().zip(&least))
        .map(|(value, (most, least))| (f32::midpoint(*most, *least) - value) / ((most - least) / 2.0).max(floor))
        .collect();
    let contrast = all.iter().map(|range| (range / usual).clamp(0.05, 1.0)).collect();
    (values, contrast)
}

/// The least or most within some steps, first along rows, then along columns.
fn spread_out(
    steps: usize,
    rows: usize,
    values: &[f32],
    (wide, high): (usize, usize),
    pick: fn(f32, f32) -> f32,
) -> Vec<f32> {
    let along: Vec<f32> = (0..rows)
        .flat_map(|row| (0..steps).map(move |column| (row, column)))
        .map(|(row, column)| {
            let from = row * steps + column.saturating_sub(wide);
            let to = row * steps + (column + wide + 1).min(steps);
            values.get(from..to).unwrap_or(&[]).iter().copied().reduce(pick).unwrap_or(0.0)
        })
        .collect();
    (0..rows)
        .flat_map(|row| (0..steps).map(move |column| (row, column)))
        .map(|(row, column)| {
            let near = row.saturating_sub(high)..(row + high + 1).min(rows);
            near.map(|row| at(&along, row * steps + column)).reduce(pick).unwrap_or(0.0)
        })
        .collect()
}

fn mean_around(steps: usize, rows: usize, values: &[f32], (wide, high): (usize, usize)) -> Vec<f32> {
    let along: Vec<f32> = (0..rows)
        .flat_map(|row| (0..steps).map(move |column| (row, column)))
        .map(|(row, column)| {
            let from = row * steps + column.saturating_sub(wide);
            let to = row * steps + (column + wide + 1).min(steps);
            values.get(from..to).unwrap_or(&[]).iter().sum::<f32>() / real((to - from).max(1))
        })
        .collect();
    (0..rows)
        .flat_map(|row| (0..steps).map(move |column| (row, column)))
        .map(|(row, column)| {
            let near = row.saturating_sub(high)..(row + high + 1).min(rows);
            let count = real(near.len().max(1));
            near.map(|row| at(&along, row * steps + column)).sum::<f32>() / count
        })
        .collect()
}

/// The levelled brightness around a module, and a constant.
fn features(levelled: &[f32], steps: usize, x: usize, y: usize) -> [f32; WEIGHTS] {
    let mut features = [1.0; WEIGHTS];
    let (left, top) = (2 * x + 1 + EDGE - AROUND, 2 * y + 1 + EDGE - AROUND);
    for (i, feature) in features.iter_mut().take(WEIGHTS - 1).enumerate() {
        *feature = lattice_at(levelled, steps, left + i % (2 * AROUND + 1), top + i / (2 * AROUND + 1));
    }
    features
}

/// Adds one known module to the normal equations: rows of `WEIGHTS` coefficients and a right side.
fn learn(normal: &mut [f32], features: &[f32; WEIGHTS], wanted: f32) {
    for (row, a) in normal.chunks_exact_mut(WEIGHTS + 1).zip(features) {
        for (slot, b) in row.iter_mut().zip(features.iter().chain(std::iter::once(&wanted))) {
            *slot += a * b;
        }
    }
}

/// Solves `size` equations, each a row of `size` coefficients and a right side, by elimination; the equations here are
/// positive definite, so no row needs to be exchanged.
pub fn solve(mut rows: Vec<f32>, size: usize) -> Vec<f32> {
    let width = size + 1;
    for pivot in 0..size {
        let row: Vec<f32> = rows.get(pivot * width..(pivot + 1) * width).map(<[f32]>::to_vec).unwrap_or_default();
        let head = at(&row, pivot);
        if head.abs() < 1e-9 {
            continue;
        }
        for (i, other) in rows.chunks_exact_mut(width).enumerate() {
            let factor = at(other, pivot) / head;
            if i != pivot && factor != 0.0 {
                for (slot, value) in other.iter_mut().zip(&row) {
                    *slot -= factor * value;
                }
            }
        }
    }
    rows.chunks_exact(width)
        .enumerate()
        .map(|(i, row)| {
            let head = at(row, i);
            if head.abs() < 1e-9 { 0.0 } else { at(row, size) / head }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let found = solve(vec![2.0, 1.0, 5.0, 1.0, 3.0, 10.0], 2);
        assert!((at(&found, 0) - 1.0).abs() < 1e-5 && (at(&found, 1) - 3.0).abs() < 1e-5, "{found:?}");
    }
}
