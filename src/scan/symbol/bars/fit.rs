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

/// How modules change their width along a code on curled paper, as shares of their mean width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bend {
    /// How much wider modules are at the end than in the middle, and narrower at the start.
    pub tilt: f32,
    /// How much narrower they are at both ends, and half as much wider in the middle.
    pub bulge: f32,
}

impl Bend {
    /// Flat paper.
    pub const NONE: Self = Self { tilt: 0.0, bulge: 0.0 };

    /// Where a share of the modules has gone, as a share of the length.
    fn place(self, share: f32) -> f32 {
        share * (1.0 + (share - 1.0) * (self.tilt - self.bulge * (2.0 * share - 1.0)))
    }

    /// The modules' width at the start and at the end.
    fn ends(self) -> (f32, f32) {
        (1.0 - self.tilt - self.bulge, 1.0 + self.tilt - self.bulge)
    }
}

/// Where a code may lie in a profile, and how its ends fit there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grid {
    /// Place of the start's first bar, in pixels from the region's centre.
    pub start: f32,
    /// Width of a module in pixels.
    pub module: f32,
    /// Slots before the stop.
    pub slots: usize,
    /// How paper that curls away changes the modules' width along the code.
    pub bend: Bend,
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
        self.start + self.module * all * self.bend.place(border / all)
    }
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

/// Grids whose ends lie near `ends` (pairs of places) in `profile`, for each of `slots`, the best fitting first, at most
/// `limit`.
pub fn grids(profile: &Profile, ends: &[(f32, f32)], bend: Bend, slots: &[usize], limit: usize) -> Vec<Grid> {
    let mut found: Vec<Grid> = Vec::with_capacity(limit + 1);
    for &(from, to) in ends {
        for &slots in slots {
            let module = (to - from) / Grid::modules(slots);
            if module < MIN_MODULE {
                continue;
            }
            let least = if found.len() < limit { 0.0 } else { found.last().map_or(0.0, Grid::ends) };
            if let Some(grid) =
                ends_at(profile, (from, module, bend), slots, (FIRST_BLUR..=FIRST_BLUR, STRETCH..=STRETCH), least)
            {
                let place = found.partition_point(|other| other.ends() >= grid.ends());
                found.insert(place, grid);
                found.truncate(limit);
            }
        }
    }
    found.into_iter().map(|grid| sharpened(profile, grid)).collect()
}

/// The blur at which grids are looked for.
const FIRST_BLUR: usize = 1;
/// The least fit of either end.
const LEAST_FIT: f32 = 0.4;
/// How far an end may lie from where it should be, in samples.
const REACH: usize = 2 * SAMPLES + 2;

/// A piece of profile about an end, and what its parts' lengths are made of.
struct Piece {
    samples: Vec<f32>,
    /// Sums of the samples and of their squares before each.
    sums: Vec<(f32, f32)>,
}

impl Piece {
    /// `count` samples of `width` pixels from [`REACH`] before `place`.
    fn new(profile: &Profile, place: f32, width: f32, count: usize) -> Self {
        let samples = profile.means(place - real(REACH) * width, width, count + 2 * REACH);
        // Sums of squares stay exact enough when the samples are near zero.
        let mean = samples.iter().sum::<f32>() / real(samples.len().max(1));
        let mut sums = Vec::with_capacity(samples.len() + 1);
        let mut sum = (0.0f32, 0.0f32);
        sums.push(sum);
        for sample in &samples {
            let sample = sample - mean;
            sum = (sum.0 + sample, sum.1 + sample * sample);
            sums.push(sum);
        }
        Self { samples, sums }
    }

    /// The correlation with a normalised template from `offset` on.
    fn correlation(&self, offset: usize, template: &[f32]) -> f32 {
        let end = offset + template.len();
        let (Some(piece), Some(before), Some(after)) =
            (self.samples.get(offset..end), self.sums.get(offset), self.sums.get(end))
        else {
            return 0.0;
        };
        let sum = after.0 - before.0;
        let spread = after.1 - before.1 - sum * sum / real(template.len());
        dot(piece, template) / spread.max(1.0).sqrt()
    }

    /// The best correlation with any of `templates`, and where.
    fn best(&self, templates: &[Vec<f32>], best: &mut (f32, usize)) {
        for template in templates {
            let mut own = (-1.0f32, 0usize);
            for offset in (0..=2 * REACH).step_by(2) {
                let fit = self.correlation(offset, template);
                if fit > own.0 {
                    own = (fit, offset);
                }
            }
            for offset in [own.1.saturating_sub(1), own.1 + 1] {
                let fit = self.correlation(offset, template);
                if fit > own.0 && offset <= 2 * REACH {
                    own = (fit, offset);
                }
            }
            if own.0 > best.0 {
                *best = own;
            }
        }
    }
}

/// The best fit of start and stop within [`REACH`] of where they should be, at any of some blurs and stretches; `None` when
/// both together are not above `least`.
fn ends_at(
    profile: &Profile,
    (from, module, bend): (f32, f32, Bend),
    slots: usize,
    (blurs, stretches): (RangeInclusive<usize>, RangeInclusive<usize>),
    least: f32,
) -> Option<Grid> {
    let samples = real(SAMPLES);
    let (first, last) = bend.ends();
    let (first, last) = (module * first / samples, module * last / samples);
    let at_start =
        Piece::new(profile, from - real(QUIET) * samples * first, first, (QUIET + MODULES + 1) * SAMPLES + STRETCH);
    let mut best: Option<Grid> = None;
    let mut at_stop = None;
    let end = from + Grid::modules(slots) * module;
    for blur in blurs {
        let templates = Templates::of(blur);
        let mut start = (-1.0f32, 0usize);
        for stretch in stretches.clone() {
            at_start.best(templates.starts(stretch), &mut start);
        }
        let least = best.as_ref().map_or(least, Grid::ends);
        if start.0 < LEAST_FIT || start.0 + 1.0 <= least {
            continue;
        }
        let at_stop = at_stop.get_or_insert_with(|| {
            let before = real(STOP_MODULES * SAMPLES + BEYOND) * last;
            Piece::new(profile, end - before, last, (STOP_MODULES + QUIET + 1) * SAMPLES + STRETCH)
        });
        let mut stop = (-1.0f32, 0usize);
        for stretch in stretches.clone() {
            at_stop.best(templates.stops(stretch), &mut stop);
        }
        if stop.0 < LEAST_FIT || start.0 + stop.0 <= least {
            continue;
        }
        let place = from + (real(start.1) - real(REACH)) * first;
        let end = end + (real(stop.1) - real(REACH)) * last;
        let module = (end - place) / Grid::modules(slots);
        if module > 0.0 {
            best = Some(Grid { start: place, module, slots, bend, blur, start_fit: start.0, stop_fit: stop.0 });
        }
    }
    best
}

/// The same grid at the blur that fits its ends best.
fn sharpened(profile: &Profile, grid: Grid) -> Grid {
    let all = (0..=BLURS.len() - 1, 0..=STRETCHES - 1);
    ends_at(profile, (grid.start, grid.module, grid.bend), grid.slots, all, grid.ends()).unwrap_or(grid)
}

/// How much more than the cheapest a walk over slot borders may cost and still be followed.
const FAR_BEHIND: f32 = 0.8;

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
    let most = before.iter().map(|border| border.cost).fold(f32::INFINITY, f32::min) + FAR_BEHIND;
    for (offset, border) in before.iter().enumerate() {
        if border.cost > most {
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
