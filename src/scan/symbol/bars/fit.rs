//! Laying the grid of a Code 128 over a profile, and asking every slot how well it fits every symbol.
//!
//! First the ends: for each number of symbols the start and the stop must lie where that number puts them. Then the
//! slots: each may be a little longer or shorter than its neighbour (curled paper, a camera held askew), so the
//! cheapest walk of slot borders is found over all symbols at once. **No symbol is decided here**, only costs are given.

use std::ops::RangeInclusive;

use super::super::numbers::{at, index, real};
use super::choice::SlotCosts;
use super::profile::Profile;
use super::symbols::{MODULES, STOP_MODULES, VALUES};
use super::templates::{BEYOND, BLURS, QUIET, SAMPLES, SLOT, STRETCH, STRETCHES, Templates};

/// Slots before the stop (start, data, checksum) of the shortest code read here: fewer leave too little to tell a code
/// from a pattern.
pub const MIN_SLOTS: usize = 8;
/// Slots of the longest: a web address in code set B is longer than any receipt is wide.
pub const MAX_SLOTS: usize = 34;
/// Modules kept beside the code when it is sampled.
const MARGIN: usize = 8;
/// The narrowest module that can be told apart, in pixels.
const MIN_MODULE: f32 = 0.45;
/// How far slot borders may drift from an even grid, in samples.
const DRIFT: usize = 8;
/// What a change of a slot's length costs, against a correlation of 1.
const STRETCH_COST: f32 = 0.012;

/// Where a code may lie in a profile, and how its ends fit there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Place of the start's first bar, in pixels from the region's centre.
    pub start: f32,
    /// Width of a module in pixels.
    pub module: f32,
    /// Slots before the stop.
    pub slots: usize,
    /// How much wider modules are at the end than in the middle, and narrower at the start: a curled paper.
    pub bend: f32,
    /// Index into [`BLURS`].
    pub blur: usize,
    /// Correlation of the start pattern and its quiet zone, at most 1.
    pub start_fit: f32,
    /// Correlation of the stop pattern and its quiet zone, at most 1.
    pub stop_fit: f32,
}

impl Grid {
    /// Modules from the start's first bar to the stop's last.
    pub fn modules(slots: usize) -> f32 {
        real(slots * MODULES + STOP_MODULES)
    }

    /// Both ends' fit, at most 2.
    pub fn ends(&self) -> f32 {
        self.start_fit + self.stop_fit
    }

    /// Place of the stop's last bar.
    pub fn end(&self) -> f32 {
        self.place(Self::modules(self.slots))
    }

    /// Place of a module's border, counted from the start.
    fn place(&self, border: f32) -> f32 {
        let all = Self::modules(self.slots);
        self.start + self.module * border * (1.0 + self.bend * (border / all - 1.0))
    }
}

/// The correlation of the beginning of `piece` with a normalised template.
fn correlation(piece: &[f32], template: &[f32]) -> f32 {
    let Some(piece) = piece.get(..template.len()) else { return 0.0 };
    dot(piece, template) / norm(piece)
}

/// The length of `piece` about its mean, at least that of a grey level's rounding: a flat piece is like nothing.
fn norm(piece: &[f32]) -> f32 {
    let mean = piece.iter().sum::<f32>() / real(piece.len().max(1));
    piece.iter().map(|sample| (sample - mean) * (sample - mean)).sum::<f32>().sqrt().max(1.0)
}

/// `profile` sampled along `grid`, [`SAMPLES`] to a module, with [`MARGIN`] modules before and after.
fn sample(profile: &Profile, grid: &Grid) -> Vec<f32> {
    let count = (index(Grid::modules(grid.slots)) + 2 * MARGIN) * SAMPLES;
    let place = |i: usize| grid.place(real(i) / real(SAMPLES) - real(MARGIN));
    (0..count).map(|i| profile.mean(place(i), place(i + 1))).collect()
}

/// Grids whose ends lie near `ends` (pairs of places) in `profile`, the best fitting first, at most `limit`.
pub fn grids(profile: &Profile, ends: &[(f32, f32)], bend: f32, limit: usize) -> Vec<Grid> {
    let mut found: Vec<Grid> = Vec::new();
    for &(from, to) in ends {
        for slots in MIN_SLOTS..=MAX_SLOTS {
            let module = (to - from) / Grid::modules(slots);
            if module >= MIN_MODULE {
                found.extend(ends_at(profile, (from, module, bend), slots, 1, STRETCH..=STRETCH));
            }
        }
    }
    found.sort_by(|a, b| b.ends().total_cmp(&a.ends()));
    found.truncate(limit);
    found.into_iter().map(|grid| sharpened(profile, grid)).collect()
}

/// The best fit of start and stop within two modules of where they should be.
fn ends_at(
    profile: &Profile,
    (from, module, bend): (f32, f32, f32),
    slots: usize,
    blur: usize,
    stretches: RangeInclusive<usize>,
) -> Option<Grid> {
    let templates = Templates::of(blur);
    let reach = 2 * SAMPLES + 2;
    let first = module * (1.0 - bend);
    let last = module * (1.0 + bend);
    let window = |place: f32, module: f32, modules: usize| -> Vec<f32> {
        let width = module / real(SAMPLES);
        let origin = place - real(reach) * width;
        let count = modules * SAMPLES + 2 * reach + STRETCH;
        (0..count).map(|i| profile.mean(origin + real(i) * width, origin + real(i + 1) * width)).collect()
    };
    let at_start = window(from - real(QUIET) * first, first, QUIET + MODULES + 1);
    let stop_modules = real(STOP_MODULES) + real(BEYOND) / real(SAMPLES);
    let end = from + Grid::modules(slots) * module;
    let at_stop = window(end - stop_modules * last, last, STOP_MODULES + QUIET + 1);
    let (mut start, mut stop) = ((-1.0f32, 0usize), (-1.0f32, 0usize));
    for stretch in stretches {
        for offset in 0..=2 * reach {
            for template in templates.starts(stretch) {
                let fit = correlation(at_start.get(offset..).unwrap_or(&[]), template);
                if fit > start.0 {
                    start = (fit, offset);
                }
            }
            let fit = correlation(at_stop.get(offset..).unwrap_or(&[]), templates.stop(stretch));
            if fit > stop.0 {
                stop = (fit, offset);
            }
        }
    }
    if start.0 < 0.4 || stop.0 < 0.4 {
        return None;
    }
    let samples = real(SAMPLES);
    let place = from + (real(start.1) - real(reach)) * first / samples;
    let end = end + (real(stop.1) - real(reach)) * last / samples;
    let module = (end - place) / Grid::modules(slots);
    (module > 0.0).then_some(Grid { start: place, module, slots, bend, blur, start_fit: start.0, stop_fit: stop.0 })
}

/// The same grid at the blur that fits its ends best.
fn sharpened(profile: &Profile, grid: Grid) -> Grid {
    let mut best = grid;
    for blur in 0..BLURS.len() {
        if let Some(other) = ends_at(profile, (grid.start, grid.module, grid.bend), grid.slots, blur, 0..=STRETCHES - 1)
            && other.ends() > best.ends()
        {
            best = other;
        }
    }
    best
}

/// One step of the walk over slot borders.
#[derive(Debug, Clone, Copy)]
struct Border {
    cost: f32,
    from: usize,
    stretch: usize,
}

const NO_BORDER: Border = Border { cost: f32::INFINITY, from: 0, stretch: STRETCH };
const OFFSETS: usize = 2 * DRIFT + 1;

/// The cost of every symbol in every slot of `grid`: one minus the correlation there.
pub fn slot_costs(profile: &Profile, grid: &Grid) -> Vec<SlotCosts> {
    let samples = sample(profile, grid);
    let templates = Templates::of(grid.blur);
    let mut columns = vec![vec![NO_BORDER; OFFSETS]];
    if let Some(first) = columns.first_mut() {
        for (offset, border) in first.iter_mut().enumerate() {
            if offset.abs_diff(DRIFT) <= SAMPLES / 2 {
                border.cost = 0.0;
            }
        }
    }
    // A slot's costs at an offset and stretch are needed twice: for the walk and for the answer.
    for slot in 0..grid.slots {
        let Some(before) = columns.last() else { break };
        let column = advance(before, &samples, templates, slot);
        columns.push(column);
    }
    let mut costs = Vec::with_capacity(grid.slots);
    for (slot, offset, stretch) in walk(&columns) {
        costs.push(costs_at(&samples, templates, slot, offset, stretch));
    }
    costs
}

fn advance(before: &[Border], samples: &[f32], templates: &Templates, slot: usize) -> Vec<Border> {
    let mut column = vec![NO_BORDER; OFFSETS];
    for (offset, border) in before.iter().enumerate() {
        if !border.cost.is_finite() {
            continue;
        }
        for stretch in 0..STRETCHES {
            let Some(to) = (offset + stretch).checked_sub(STRETCH).filter(|to| *to < OFFSETS) else { continue };
            let costs = costs_at(samples, templates, slot, offset, stretch);
            let least = costs.iter().copied().fold(f32::INFINITY, f32::min);
            let cost = border.cost + least + STRETCH_COST * real(stretch.abs_diff(STRETCH));
            if let Some(place) = column.get_mut(to)
                && cost < place.cost
            {
                *place = Border { cost, from: offset, stretch };
            }
        }
    }
    column
}

/// Where a slot's samples begin at an offset.
fn place(slot: usize, offset: usize) -> usize {
    (MARGIN * SAMPLES + slot * SLOT + offset).saturating_sub(DRIFT + BEYOND)
}

fn costs_at(samples: &[f32], templates: &Templates, slot: usize, offset: usize, stretch: usize) -> SlotCosts {
    let mut costs = [1.0; VALUES];
    let length = SLOT + 2 * BEYOND + stretch - STRETCH;
    let from = place(slot, offset);
    let Some(piece) = samples.get(from..from + length) else { return costs };
    let norm = norm(piece);
    for (cost, template) in costs.iter_mut().zip(templates.symbols(stretch)) {
        *cost = 1.0 - dot(piece, template) / norm;
    }
    costs
}

/// The product of two rows, in four sums so that the compiler can keep them side by side.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for ((sum, x), y) in sums.iter_mut().zip(x).zip(y) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// The cheapest walk: each slot's offset and stretch.
fn walk(columns: &[Vec<Border>]) -> Vec<(usize, usize, usize)> {
    let slots = columns.len().saturating_sub(1);
    let cheapest = |column: &Vec<Border>| {
        column.iter().enumerate().min_by(|a, b| a.1.cost.total_cmp(&b.1.cost)).map_or(DRIFT, |(offset, _)| offset)
    };
    let mut offset = columns.last().map_or(DRIFT, cheapest);
    let mut steps = Vec::with_capacity(slots);
    for (slot, column) in columns.iter().enumerate().skip(1).rev() {
        let border = column.get(offset).copied().unwrap_or(NO_BORDER);
        steps.push((slot - 1, border.from, border.stretch));
        offset = border.from;
    }
    steps.reverse();
    steps
}

/// Pairs of places where the bars may begin and end: where the change of brightness stops for a while.
pub fn ends(profile: &Profile, half_length: f32) -> Vec<(f32, f32)> {
    let (low, high) = profile.extent();
    let count = index(high - low);
    let level = |i: usize| profile.mean(low + real(i), low + real(i + 1));
    let levels: Vec<f32> = (0..count).map(level).collect();
    let change: Vec<f32> = levels.iter().zip(levels.iter().skip(1)).map(|(a, b)| (a - b).abs()).collect();
    let radius = index(half_length * 0.035).max(2);
    let busy: Vec<f32> = (0..change.len())
        .map(|i| {
            let near = change.get(i.saturating_sub(radius)..(i + radius + 1).min(change.len())).unwrap_or(&[]);
            near.iter().sum::<f32>() / real(near.len().max(1))
        })
        .collect();
    let middle = count / 2;
    let near = index(half_length * 0.7);
    let mut inner: Vec<f32> =
        busy.get(middle.saturating_sub(near)..(middle + near).min(busy.len())).unwrap_or(&[]).to_vec();
    inner.sort_by(f32::total_cmp);
    let usual = at(&inner, inner.len() / 2);
    let quiet = |i: usize| at(&busy, i) < 0.3 * usual;
    let from = middle.saturating_sub(index(half_length * 0.55));
    let lefts = borders((0..=from).rev().filter(|i| *i < busy.len()), &quiet, radius);
    let to = middle + index(half_length * 0.55);
    let rights = borders(to..busy.len(), &quiet, radius);
    let mut pairs = Vec::new();
    for left in lefts.iter().take(2) {
        for right in rights.iter().take(2) {
            pairs.push((low + real(left + radius), low + real(*right + 1) - real(radius)));
        }
    }
    pairs
}

/// Where runs of quiet begin along `way`; the way's end counts as one.
fn borders(way: impl Iterator<Item = usize>, quiet: &impl Fn(usize) -> bool, least: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut run, mut first, mut last) = (0, 0, None);
    for i in way {
        if quiet(i) {
            if run == 0 {
                first = i;
            }
            run += 1;
            if run == least {
                found.push(first);
            }
        } else {
            run = 0;
        }
        last = Some(i);
    }
    found.extend(last);
    found
}
