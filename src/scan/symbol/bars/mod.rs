//! Our own reader of Code 128, for what the library does not read: faint, blurred, striped, tilted, curled.
//!
//! Find the bars ([`tensor`](super::tensor)), average them into profiles, lay the grid of symbols over each, cost every
//! symbol in every slot, and take the likeliest row under the rules of the code. **A row is taken only with a lead over
//! the second likeliest, and only when start, stop and every slot look like Code 128**: the thresholds are where
//! `docs/decoder.md` shows no misread, and they are not to be moved without repeating that.

mod choice;
mod fit;
mod profile;
mod symbols;
mod templates;

use super::budget::Budget;
use super::frame::LumaFrame;
use super::near::Failure;
use super::numbers::{at, real};
use super::reading::{Pass, Point, Reading, Symbology};
use super::tensor::{BarRegion, Field, bar_regions};
use choice::{Choice, SlotCosts, choose};
use fit::{Bend, Grid, MAX_SLOTS, MIN_SLOTS, ends, grids, slot_costs};
use profile::{Profile, strip};

/// Bar regions looked at per frame.
const REGIONS: usize = 4;

/// Both ends' fit below which a grid is not looked at further.
const LEAST_ENDS: f32 = 1.6;

/// The fit of the worse end below which nothing is read.
const LEAST_END: f32 = 0.75;
/// How many times worse than its symbol the likeliest other one must fit every slot. Of the rows that were wrong in some
/// symbol and kept all other rules (56 of 2,588 generated ones, each with the checksum its symbols have) two in three have
/// less; of the corpus's right rows, read from whichever strip shows them best, one has less.
const CLEAR: f32 = 1.5;
/// How much narrower modules may be at one end of a code than in its middle: paper that curls away.
const BENDS: [Bend; 4] = [tilted(-0.22), tilted(-0.11), tilted(0.11), tilted(0.22)];
/// The same, followed further: a cylinder of 30 to 60 mm across, seen from aside or in front (the first two terms of the
/// sine of the angle).
const ROLLS: [Bend; 9] = [
    Bend { tilt: -0.155, bulge: 0.085 },
    Bend { tilt: 0.155, bulge: 0.085 },
    Bend { tilt: -0.27, bulge: 0.085 },
    Bend { tilt: 0.27, bulge: 0.085 },
    Bend { tilt: -0.28, bulge: 0.2 },
    Bend { tilt: 0.28, bulge: 0.2 },
    Bend { tilt: -0.42, bulge: 0.085 },
    Bend { tilt: 0.42, bulge: 0.085 },
    Bend { tilt: 0.0, bulge: 0.22 },
];
/// The same on curled paper, where more layouts are tried and one of them fits the ends by chance.
const HOPELESS_CURLED: f32 = 1.4;
/// Mean correlation of the slots with whatever fits each best, below which no row is looked for.
const HOPELESS_FIT: f32 = 0.84;
/// Regions looked at on curled paper.
const CURLED_REGIONS: usize = 2;
/// Strips tried on curled paper.
const CURLED_STRIPS: usize = 3;
/// Both ends' fit over the whole height below which a region is given up.
const HOPELESS_ENDS: f32 = 1.2;

const fn tilted(tilt: f32) -> Bend {
    Bend { tilt, bulge: 0.0 }
}

/// A row read from a region, and how good it is.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What it says.
    pub text: String,
    /// Mean correlation of the slots with their symbols.
    pub fit: f32,
    /// The worst slot's.
    pub worst: f32,
    /// Both ends' fit, at most 2.
    pub ends: f32,
    /// The fit of the end that fits worse.
    pub worse_end: f32,
    /// Lead over the second likeliest row.
    pub lead: f32,
    /// How much less the row would cost without the rules.
    pub bent: f32,
    /// How much more the likeliest change of a single symbol costs.
    pub apart: f32,
    /// How many times worse the likeliest change of a single symbol fits its slot, where that is least.
    pub clear: f32,
    /// Outline in the frame.
    pub corners: [Point; 4],
    row: Row,
}

/// Where a row was read and what it is, to ask another look at the same code about it.
#[derive(Debug, Clone)]
struct Row {
    grid: Grid,
    reversed: bool,
    /// Start to checksum.
    values: Vec<usize>,
}

impl Candidate {
    /// Good enough to be called read.
    pub fn is_certain(&self) -> bool {
        self.fit > 0.85
            && self.worst > 0.6
            && self.ends > LEAST_ENDS
            // A code that runs out of the picture has one end only; the other is never as clear as the rest.
            && self.worse_end > self.least_end()
            && self.lead > 0.15
            && self.lead > 2.0 * (1.0 - self.fit)
            && self.bent < 0.001
            && self.apart > 0.025
            && self.clear > CLEAR
    }

    /// What both ends must fit.
    fn least_end(&self) -> f32 {
        LEAST_END.max(self.fit - 0.08)
    }

    /// The first rule that it falls short of.
    pub fn failure(&self) -> Failure {
        if self.ends <= LEAST_ENDS || self.worse_end <= self.least_end() {
            Failure::Ends(self.ends)
        } else if self.fit <= 0.85 || self.worst <= 0.6 {
            Failure::Blurred(self.fit)
        } else if self.bent >= 0.001 {
            Failure::Checksum
        } else if self.apart <= 0.025 || self.clear <= CLEAR {
            Failure::Symbol(self.clear)
        } else {
            Failure::Lead(self.lead, 0.15f32.max(2.0 * (1.0 - self.fit)))
        }
    }
}

/// How a code is laid over its bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// Modules are nearly the same width all along.
    Flat,
    /// Modules grow narrower towards one end, where the paper curls away.
    Curled,
    /// The same, around a cylinder.
    Rolled,
}

/// The Code 128s in `frame`, whose tensors are `field`, within `budget`.
pub fn read(frame: &LumaFrame, field: &Field, paper: Paper, budget: &Budget) -> Vec<Reading> {
    let most = if paper == Paper::Flat { REGIONS } else { CURLED_REGIONS };
    for region in bar_regions(field, most) {
        if budget.is_spent() {
            break;
        }
        if let Some(best) = candidates(frame, &region, paper).into_iter().find(Candidate::is_certain) {
            let confidence = (0.5 + best.lead).min(0.97);
            return vec![Reading {
                text: best.text,
                symbology: Symbology::Code128,
                corners: best.corners,
                confidence,
                pass: Pass::Bars,
            }];
        }
    }
    Vec::new()
}

/// Every row worth a look in `region`, the surest first; a certain one alone.
pub fn candidates(frame: &LumaFrame, region: &BarRegion, paper: Paper) -> Vec<Candidate> {
    let (bends, hopeless, most): (&[Bend], f32, usize) = match paper {
        Paper::Flat => (&[Bend::NONE], HOPELESS_ENDS, usize::MAX),
        Paper::Curled => (&BENDS, HOPELESS_CURLED, CURLED_STRIPS),
        Paper::Rolled => (&ROLLS, HOPELESS_CURLED, CURLED_STRIPS),
    };
    let mut found: Vec<Candidate> = Vec::new();
    let mut sums: Sums = Vec::new();
    let mut whole: Option<Profile> = None;
    let slots: Vec<usize> = (MIN_SLOTS..=MAX_SLOTS).collect();
    for (from, to) in strips(region).into_iter().take(most) {
        let margin = (region.half_length * 0.3).max(24.0);
        let Some(profile) = strip(frame, region, from, to, margin) else { continue };
        let layouts = layouts(&profile, region, bends, &slots);
        if whole.is_none() && layouts.iter().all(|(_, _, grid)| grid.ends() < hopeless) {
            return found; // no part of such a region was ever read
        }
        whole.get_or_insert(profile);
        for (reversed, profile, grid) in layouts {
            if grid.ends() < LEAST_ENDS {
                continue;
            }
            let costs = slot_costs(&profile, &grid);
            found.extend(candidate(region, &profile, &grid, &costs, reversed));
            if found.last().is_some_and(Candidate::is_certain) {
                return found.split_off(found.len() - 1);
            }
            add(&mut sums, reversed, grid, costs);
        }
    }
    if let Some(profile) = whole {
        found.extend(together(region, &profile, sums));
    }
    found.sort_by(|a, b| (b.lead + b.fit).total_cmp(&(a.lead + a.fit)));
    found
}

/// Slot costs summed over the strips on which the same grid was laid, and how many those are.
type Sums = Vec<(bool, Grid, Vec<SlotCosts>, usize)>;

/// The rows that several strips together say.
fn together(region: &BarRegion, profile: &Profile, sums: Sums) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (reversed, grid, costs, count) in sums {
        if count > 1 {
            let costs: Vec<SlotCosts> = costs.iter().map(|slot| slot.map(|cost| cost / real(count))).collect();
            found.extend(candidate(region, profile, &grid, &costs, reversed));
        }
    }
    found
}

fn add(sums: &mut Sums, reversed: bool, grid: Grid, costs: Vec<SlotCosts>) {
    let same = |other: &Grid| other.slots == grid.slots && (other.start - grid.start).abs() < 6.0 * grid.module;
    match sums.iter_mut().find(|(way, other, _, _)| *way == reversed && same(other)) {
        Some((_, _, sum, count)) => {
            for (slot, more) in sum.iter_mut().zip(&costs) {
                for (cost, extra) in slot.iter_mut().zip(more) {
                    *cost += extra;
                }
            }
            *count += 1;
        }
        None => sums.push((reversed, grid, costs, 1)),
    }
}

/// The strips of a region that are read: all of it, then parts.
fn strips(region: &BarRegion) -> Vec<(f32, f32)> {
    let half = (region.half_height - 5.0).max(3.0);
    let mut strips = vec![(-half, half)];
    let parts = if half > 30.0 {
        5
    } else if half > 10.0 {
        3
    } else {
        1
    };
    if parts > 1 {
        let height = 2.0 * half / real(parts);
        strips.extend((0..parts).map(|i| (-half + real(i) * height, -half + real(i + 1) * height)));
    }
    strips
}

/// The likeliest grids over a profile, read from either end, dark on light or light on dark.
fn layouts(profile: &Profile, region: &BarRegion, bends: &[Bend], slots: &[usize]) -> Vec<(bool, Profile, Grid)> {
    let pairs = ends(profile, region.half_length);
    let profile = if is_inverted(profile, &pairs) { profile.inverted() } else { profile.clone() };
    let mut found: Vec<(bool, Profile, Grid)> = Vec::new();
    for bend in bends {
        found.extend(grids(&profile, &pairs, *bend, slots, 2).into_iter().map(|grid| (false, profile.clone(), grid)));
    }
    let back: Vec<(f32, f32)> = pairs.iter().map(|(from, to)| (-to, -from)).collect();
    let profile = profile.reversed();
    for bend in bends {
        found.extend(grids(&profile, &back, *bend, slots, 2).into_iter().map(|grid| (true, profile.clone(), grid)));
    }
    found.sort_by(|a, b| b.2.ends().total_cmp(&a.2.ends()));
    found.truncate(2);
    found
}

/// True when what lies beside the bars is darker than the bars are on average.
fn is_inverted(profile: &Profile, pairs: &[(f32, f32)]) -> bool {
    let Some((from, to)) = pairs.first() else { return false };
    let beside = (to - from) * 0.03;
    let outside =
        f32::midpoint(profile.mean(from - 2.0 * beside, from - beside), profile.mean(to + beside, to + 2.0 * beside));
    outside < profile.mean(*from, *to)
}

fn candidate(
    region: &BarRegion,
    profile: &Profile,
    grid: &Grid,
    costs: &[SlotCosts],
    reversed: bool,
) -> Option<Candidate> {
    let best = |slot: &SlotCosts| 1.0 - slot.iter().copied().fold(f32::INFINITY, f32::min);
    if costs.iter().map(best).sum::<f32>() < HOPELESS_FIT * real(costs.len()) {
        return None; // no row can fit better than this
    }
    let choice = choose(costs)?;
    let text = symbols::text(&choice.values)?;
    let fits = fits(costs, &choice);
    Some(Candidate {
        text,
        fit: fits.iter().sum::<f32>() / real(fits.len().max(1)),
        worst: fits.iter().copied().fold(1.0, f32::min),
        ends: grid.ends(),
        worse_end: grid.start_fit.min(grid.stop_fit),
        lead: choice.lead,
        bent: choice.bent,
        apart: choice.apart,
        clear: choice.clear,
        corners: corners(region, profile, grid, reversed),
        row: Row { grid: *grid, reversed, values: choice.values.iter().copied().chain([choice.check]).collect() },
    })
}

/// How well a code's two ends fit in `region`, at most 2, and its module in pixels; for patches that were not read.
pub fn suspect(frame: &LumaFrame, region: &BarRegion) -> Option<(f32, f32)> {
    let (from, to) = strips(region).first().copied()?;
    let profile = strip(frame, region, from, to, (region.half_length * 0.3).max(24.0))?;
    let slots: Vec<usize> = (MIN_SLOTS..=MAX_SLOTS).collect();
    let grid = layouts(&profile, region, &[Bend::NONE], &slots).first()?.2;
    Some((grid.ends(), grid.module))
}

/// The share of a row's symbols that another look at the same `region` holds for likely too; by chance a tenth.
pub fn support(frame: &LumaFrame, region: &BarRegion, candidate: &Candidate) -> f32 {
    let Some((from, to)) = strips(region).first().copied() else { return 0.0 };
    let Some(profile) = strip(frame, region, from, to, (region.half_length * 0.3).max(24.0)) else { return 0.0 };
    let row = &candidate.row;
    let profile = if row.reversed { profile.reversed() } else { profile };
    let share = |profile: &Profile| {
        let costs = slot_costs(profile, &row.grid);
        let likely = |(slot, value): (&SlotCosts, &usize)| {
            let cost = at(slot, *value);
            slot.iter().filter(|other| **other < cost).count() < LIKELY
        };
        // The start is the same in every code.
        let count = costs.iter().zip(&row.values).skip(1).filter(|pair| likely(*pair)).count();
        real(count) / real(row.values.len().saturating_sub(1).max(1))
    };
    share(&profile).max(share(&profile.inverted()))
}

/// The modules of a row of symbol values with its checksum and stop, for tests; 1 for ink.
#[cfg(test)]
pub fn drawn(values: &[usize]) -> Vec<f32> {
    let mut row: Vec<f32> = values.iter().flat_map(|value| symbols::modules(*value)).collect();
    row.extend(symbols::modules(symbols::checksum(values)));
    row.extend(symbols::stop_modules());
    row
}

/// A symbol is likely in a slot when fewer than so many others fit it better.
const LIKELY: usize = 10;

/// The correlation of each slot with the symbol chosen for it.
fn fits(costs: &[SlotCosts], choice: &Choice) -> Vec<f32> {
    let values = choice.values.iter().copied().chain(std::iter::once(choice.check));
    costs.iter().zip(values).map(|(slot, value)| 1.0 - at(slot, value)).collect()
}

fn corners(region: &BarRegion, profile: &Profile, grid: &Grid, reversed: bool) -> [Point; 4] {
    let (ux, uy) = region.across;
    let way = if reversed { -1.0 } else { 1.0 };
    let point = |t: f32, s: f32| {
        let (t, s) = (way * t - profile.lean * (s - profile.along), s);
        Point { x: region.x + t * ux - s * uy, y: region.y + t * uy + s * ux }
    };
    let half = way * region.half_height;
    [point(grid.start, -half), point(grid.end(), -half), point(grid.end(), half), point(grid.start, half)]
}
