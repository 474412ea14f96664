//! Where a QR code may be: square patches whose brightness changes in both directions.
//!
//! Found by the smaller strength of the structure tensor, not by finder patterns, which blur, stains and glare take
//! away. **A square is a suggestion; nothing here decides that it is a code.**

use super::cells::touching;
use super::frame::LumaFrame;
use super::numbers::{at, index, real, size};
use super::tensor::{Field, SMALL_CELL as CELL, Tensor};

/// Shares of a patch's strongest cell that its other cells have at least: a code stands out from the text beside it at
/// a high share, a stained one holds together at a low one.
const SHARES: [f32; 3] = [0.45, 0.27, 0.15];
/// The longest side of a patch's box in cells: larger codes fill the picture, and the library reads those.
const LONGEST_CELLS: usize = 160;
/// The share at which patches are looked for once more without evening out the light.
const PLAIN_SHARE: f32 = 0.35;
/// Patches looked at for each share.
const PATCHES: usize = 12;
/// Smaller strength of a cell below which there is nothing, in squared grey levels.
const LEAST: f32 = 4.0;
/// Brightness below which a change is no longer worth more for being in the dark: there it is noise.
const DARK: f32 = 20.0;
/// The shortest side of a patch in pixels.
const LEAST_SIDE: f32 = 18.0;
/// The longest side of a patch over its shortest: a square seen from 60 degrees aside.
const LONGEST: f32 = 2.2;

/// A square patch, seen at an angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Square {
    /// Centre in pixels.
    pub x: f32,
    /// Centre in pixels.
    pub y: f32,
    /// Unit vector along one side.
    pub axis: (f32, f32),
    /// Half the extent along `axis`, in pixels.
    pub half_u: f32,
    /// Half the extent across it, in pixels.
    pub half_v: f32,
    /// How much change lies in it.
    pub weight: f32,
}

impl Square {
    /// True for nearly the same patch.
    fn is_like(&self, other: &Self) -> bool {
        let near = 0.12 * self.half_u.min(self.half_v);
        (self.x - other.x).abs() < near
            && (self.y - other.y).abs() < near
            && (self.half_u - other.half_u).abs() < near
            && (self.half_v - other.half_v).abs() < near
    }
}

/// The square patches of `frame`, whose tensors are `field`, the most promising first, at most `limit`.
pub fn squares(frame: &LumaFrame, field: &Field, limit: usize) -> Vec<Square> {
    let field = field.smoothed().smoothed();
    let strength = |cell: &Tensor| Some(smaller(*cell)).filter(|strength| *strength >= LEAST).unwrap_or(0.0);
    let plain: Vec<f32> = field.cells.iter().map(strength).collect();
    let evened: Vec<f32> = plain.iter().zip(&field.cells).map(|(strength, cell)| strength * lit(*cell)).collect();
    let mut boxes: Vec<Extent> = Vec::new();
    let mut found: Vec<Square> = Vec::new();
    let (of_plain, of_evened) = (peaks(&plain, field.columns), peaks(&evened, field.columns));
    for share in SHARES {
        gather(frame, &field, (&evened, &of_evened, share), &mut boxes, &mut found);
    }
    gather(frame, &field, (&plain, &of_plain, PLAIN_SHARE), &mut boxes, &mut found);
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(limit);
    found
}

/// The cells that no neighbour exceeds, the strongest first.
fn peaks(strengths: &[f32], columns: usize) -> Vec<(f32, usize)> {
    let lines: Vec<&[f32]> = strengths.chunks_exact(columns.max(1)).collect();
    let mut peaks = Vec::new();
    for (row, three) in lines.windows(3).enumerate() {
        let [above, line, below] = three else { continue };
        let threes = above.windows(3).zip(line.windows(3)).zip(below.windows(3));
        for (column, ((above, line), below)) in threes.enumerate() {
            let own = at(line, 1);
            let is_top = |near: &[f32]| near.iter().all(|strength| *strength <= own);
            if own > 0.0 && is_top(line) && is_top(above) && is_top(below) {
                peaks.push((own, (row + 1) * columns + column + 1));
            }
        }
    }
    peaks.sort_by(|a, b| b.0.total_cmp(&a.0));
    peaks
}

/// The upright box around some cells, in cells; the last ones are in it.
#[derive(Debug, Clone, Copy)]
struct Extent {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Extent {
    fn of(columns: usize, members: &[usize]) -> Self {
        let mut extent = Self { left: usize::MAX, right: 0, top: usize::MAX, bottom: 0 };
        for member in members {
            let (x, y) = (member % columns, member / columns);
            (extent.left, extent.right) = (extent.left.min(x), extent.right.max(x));
            (extent.top, extent.bottom) = (extent.top.min(y), extent.bottom.max(y));
        }
        extent
    }

    /// True when `count` cells fill a good part of it, and it is neither tiny nor most of a frame.
    fn is_compact(self, count: usize) -> bool {
        let wide = self.right + 1 - self.left.min(self.right);
        let high = self.bottom + 1 - self.top.min(self.bottom);
        let (short, long) = (wide.min(high), wide.max(high));
        // A square turned by 45 degrees fills half its box.
        count * 5 > wide * high * 2 && long <= LONGEST_CELLS && long < 3 * short && short >= 4
    }

    fn is_like(self, other: Self) -> bool {
        let near = |a: usize, b: usize| a.abs_diff(b) == 0;
        near(self.left, other.left)
            && near(self.right, other.right)
            && near(self.top, other.top)
            && near(self.bottom, other.bottom)
    }
}

/// Adds the patches of cells that touch and have at least a share of the strongest among them: by strengths, their
/// peaks, and the share.
fn gather(
    frame: &LumaFrame,
    field: &Field,
    (strengths, peaks, share): (&[f32], &[(f32, usize)], f32),
    boxes: &mut Vec<Extent>,
    found: &mut Vec<Square>,
) {
    let mut left = strengths.to_vec();
    let mut patches = 0;
    for (most, seed) in peaks {
        if left.get(*seed).is_none_or(|strength| *strength <= 0.0) {
            continue;
        }
        let members = flood(&mut left, field.columns, *seed, most * share);
        let extent = Extent::of(field.columns, &members);
        if !extent.is_compact(members.len()) {
            continue;
        }
        patches += 1;
        if patches > PATCHES {
            return;
        }
        if boxes.iter().any(|other| extent.is_like(*other)) {
            continue;
        }
        boxes.push(extent);
        for square in outline(frame, field, &members, extent) {
            if !found.iter().any(|other| other.is_like(&square)) {
                found.push(square);
            }
        }
    }
}

/// What a change is worth where it is this light: ink in the shade changes the brightness less.
fn lit(cell: Tensor) -> f32 {
    1.0 / (cell.light * cell.light + DARK * DARK)
}

/// The change in the weaker of the two directions.
fn smaller(cell: Tensor) -> f32 {
    let (c, s) = cell.double_angle();
    (cell.change() - (c * c + s * s).sqrt()) / 2.0
}

/// Takes out of `strengths` the cells of at least `least` that touch.
fn flood(strengths: &mut [f32], columns: usize, seed: usize, least: f32) -> Vec<usize> {
    let rows = strengths.len() / columns;
    if let Some(strength) = strengths.get_mut(seed) {
        *strength = 0.0;
    }
    touching(columns, rows, seed, |near| match strengths.get_mut(near) {
        Some(strength) if *strength >= least => {
            *strength = 0.0;
            true
        }
        _ => false,
    })
}

/// A line of print is parted from the code above it by so much of both together.
const GAP: f32 = 0.04;
/// Pixels that decide a patch's outline: larger patches are thinned by whole rows.
const OUTLINE_PIXELS: usize = 10_000;

/// The pixels' differences in the box around some cells: place and change.
fn changes(frame: &LumaFrame, extent: Extent) -> Vec<(f32, f32, f32, f32)> {
    let width = size(frame.width());
    let left = (extent.left * CELL).saturating_sub(CELL);
    let right = ((extent.right + 2) * CELL).min(width);
    let top = (extent.top * CELL).saturating_sub(CELL);
    let height = (extent.bottom + 2) * CELL + 1 - top;
    // The odd stride does not keep in step with the modules.
    let stride = (height * (right - left.min(right)) / OUTLINE_PIXELS) | 1;
    let lines: Vec<&[u8]> = frame.pixels().chunks_exact(width).skip(top).take(height).collect();
    let mut all = Vec::with_capacity(OUTLINE_PIXELS * 2);
    for (row, (upper, lower)) in lines.iter().zip(lines.iter().skip(1)).enumerate().step_by(stride) {
        let upper = upper.get(left..right).unwrap_or(&[]);
        let lower = lower.get(left..right).unwrap_or(&[]);
        let pairs = upper.iter().zip(upper.iter().skip(1)).zip(lower.iter().zip(lower.iter().skip(1)));
        for (column, ((a, b), (c, d))) in pairs.enumerate() {
            let [a, b, c, d] = [a, b, c, d].map(|value| f32::from(*value));
            let place = (real(left + column) + 0.5, real(top + row) + 0.5);
            all.push((place.0, place.1, b + d - a - c, c + d - a - b));
        }
    }
    all
}

/// The patch of some cells; and when something beside it is parted from it by a gap, the patch without that.
fn outline(frame: &LumaFrame, field: &Field, members: &[usize], extent: Extent) -> Vec<Square> {
    let columns = field.columns;
    let changes = changes(frame, extent);
    // Sides at right angles add up in four times the angle.
    let mut sum = (0.0f32, 0.0f32);
    for (_, _, dx, dy) in &changes {
        let (c, s) = (dx * dx - dy * dy, 2.0 * dx * dy);
        let norm = (dx * dx + dy * dy).max(1.0);
        sum = (sum.0 + (c * c - s * s) / norm, sum.1 + 2.0 * c * s / norm);
    }
    let angle = sum.1.atan2(sum.0) / 4.0;
    let axis = (angle.cos(), angle.sin());
    let (mut u_low, mut u_high, mut v_low, mut v_high) = (f32::MAX, f32::MIN, f32::MAX, f32::MIN);
    for member in members {
        let x = real(member % columns * CELL) + real(CELL) / 2.0;
        let y = real(member / columns * CELL) + real(CELL) / 2.0;
        let (u, v) = (x * axis.0 + y * axis.1, y * axis.0 - x * axis.1);
        (u_low, u_high) = (u_low.min(u), u_high.max(u));
        (v_low, v_high) = (v_low.min(v), v_high.max(v));
    }
    let along = |(x, y, dx, dy): &(f32, f32, f32, f32)| Change {
        u: x * axis.0 + y * axis.1,
        v: y * axis.0 - x * axis.1,
        strength: dx * dx + dy * dy,
    };
    let points: Vec<Change> = changes.iter().map(along).collect();
    let area = (extent.bottom - extent.top + 3) * CELL * (extent.right - extent.left + 3) * CELL;
    let total: f32 = points.iter().map(|point| point.strength).sum();
    let total = total * real(area) / real(points.len().max(1));
    let covered = real(members.len() * CELL * CELL);
    let whole = sides(&points, (u_low - 6.0, u_high + 6.0), (v_low - 6.0, v_high + 6.0), None);
    let inner = whole.and_then(|(u, v)| sides(&points, u, v, Some(GAP)));
    let square = |((u_low, u_high), (v_low, v_high)): (Side, Side)| {
        let (half_u, half_v) = ((u_high - u_low) / 2.0, (v_high - v_low) / 2.0);
        let (short, long) = (half_u.min(half_v), half_u.max(half_v));
        if short * 2.0 < LEAST_SIDE || long > short * LONGEST {
            return None;
        }
        let (u, v) = (f32::midpoint(u_low, u_high), f32::midpoint(v_low, v_high));
        let fill = (covered / (4.0 * half_u * half_v)).min(1.0);
        Some(Square {
            x: u * axis.0 - v * axis.1,
            y: u * axis.1 + v * axis.0,
            axis,
            half_u,
            half_v,
            weight: total.powf(0.25) * fill * fill * short / long,
        })
    };
    [whole, inner].into_iter().flatten().filter_map(square).collect()
}

/// A pixel's place along and across a patch's axis, and the change there.
struct Change {
    u: f32,
    v: f32,
    strength: f32,
}

/// Where a side begins and ends.
type Side = (f32, f32);

/// Both sides of what changes within `u` and `v`; with a `gap`, of what hangs together with the middle.
fn sides(points: &[Change], u: Side, v: Side, gap: Option<f32>) -> Option<(Side, Side)> {
    let within = |side: Side, place: f32| place > side.0 && place < side.1;
    let along = |u: Side, v: Side| {
        let points = points.iter().filter(|point| within(v, point.v));
        reach(points.map(|point| (point.u, point.strength)), u, gap)
    };
    let across = |u: Side, v: Side| {
        let points = points.iter().filter(|point| within(u, point.u));
        reach(points.map(|point| (point.v, point.strength)), v, gap)
    };
    // A line of print below a code may be wider than the code: it must go first.
    let v = if gap.is_some() { across(u, v)? } else { v };
    let u = along(u, v)?;
    Some((u, across(u, v)?))
}

/// Where the change between `low` and `high` begins and ends: at a quarter of its middle; with a `gap`, where it falls
/// below that for so much of the whole, seen from the middle.
fn reach(points: impl Iterator<Item = (f32, f32)>, (low, high): Side, gap: Option<f32>) -> Option<Side> {
    let mut bins = vec![0.0f32; index(high - low) + 1];
    for (place, change) in points {
        if place >= low
            && let Some(bin) = bins.get_mut(index(place - low))
        {
            *bin += change;
        }
    }
    let mut sorted = bins.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = at(&sorted, sorted.len() / 2);
    let busy = |bin: &f32| *bin > 0.25 * usual;
    let (mut first, mut last) = (bins.iter().position(busy)?, bins.iter().rposition(busy)?);
    if let Some(gap) = gap {
        let least = index(real(last + 1 - first) * gap).max(3);
        let middle = usize::midpoint(first, last);
        let hangs = |way: &mut dyn Iterator<Item = usize>| {
            let (mut end, mut quiet) = (middle, 0);
            for i in way {
                if busy(&at(&bins, i)) {
                    (end, quiet) = (i, 0);
                } else {
                    quiet += 1;
                }
                if quiet >= least {
                    break;
                }
            }
            end
        };
        (first, last) = (hangs(&mut (first..=middle).rev()), hangs(&mut (middle..=last)));
    }
    Some((low + real(first), low + real(last) + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_checkerboard_is_one_square_of_its_angle() {
        let angle = 0.3f32;
        let ink = |x: f32, y: f32| {
            let (dx, dy) = (x - 150.0, y - 110.0);
            let (u, v) = (dx * angle.cos() + dy * angle.sin(), dy * angle.cos() - dx * angle.sin());
            u.abs() < 42.0 && v.abs() < 42.0 && ((u / 6.0).floor() + (v / 6.0).floor()).rem_euclid(2.0) < 0.5
        };
        let mut pixels = Vec::new();
        for y in 0..240 {
            for x in 0..320 {
                let parts = (0..16).filter(|i| ink(x as f32 + (i % 4) as f32 / 4.0, y as f32 + (i / 4) as f32 / 4.0));
                pixels.push(230 - 13 * u8::try_from(parts.count()).unwrap_or(16));
            }
        }
        let Ok(frame) = LumaFrame::new(320, 240, pixels) else { panic!("a frame") };
        let Some(square) = squares(&frame, &Field::new(&frame), 3).first().copied() else { panic!("a square") };
        assert!((square.x - 150.0).abs() < 4.0 && (square.y - 110.0).abs() < 4.0, "{square:?}");
        assert!((square.half_u - 42.0).abs() < 5.0 && (square.half_v - 42.0).abs() < 5.0, "{square:?}");
    }

    #[test]
    fn a_line_of_print_below_is_no_part_of_the_square() {
        let mut pixels = Vec::new();
        for y in 0..240u32 {
            for x in 0..320u32 {
                let square = x.abs_diff(150) < 40 && y.abs_diff(100) < 40 && (x / 5 + y / 5).is_multiple_of(2);
                // Eight pixels below, not as wide.
                let line = x.abs_diff(150) < 30 && (148..158).contains(&y) && (x / 3 + y / 3).is_multiple_of(2);
                pixels.push(if square || line { 40 } else { 220 });
            }
        }
        let Ok(frame) = LumaFrame::new(320, 240, pixels) else { panic!("a frame") };
        let found = squares(&frame, &Field::new(&frame), 8);
        let alone = |square: &&Square| (square.y - 100.0).abs() < 4.0 && (square.half_v - 40.0).abs() < 4.0;
        let both = |square: &&Square| square.y > 105.0 && square.half_v.max(square.half_u) > 46.0;
        assert!(found.iter().any(|square| alone(&square)), "{found:?}");
        assert!(found.iter().any(|square| both(&square)), "the whole is kept: {found:?}");
    }
}
