//! Where the bars are: regions of the frame whose brightness changes in one direction only.
//!
//! The structure tensor (the sums of squared and crossed brightness differences over small cells) of a row of bars has
//! one strong direction at any angle, whatever the light; text and QR codes have two, noise none. Cells of one
//! direction that touch make a region. **A region is a suggestion; nothing here decides that bars are a code.**

use super::cells::touching;
use super::frame::LumaFrame;
use super::numbers::{real, size};

/// Side of the smallest cells in pixels.
pub const SMALL_CELL: usize = 4;
/// Side of a cell in which bars are looked for, in pixels: two of the smallest symbols that can be read are not narrower.
const CELL: usize = 8;
/// Share of a cell's change that must be in its strongest direction.
const MIN_COHERENCE: f32 = 0.32;
/// Mean squared brightness difference of a cell below which it is flat whatever its direction.
const MIN_CHANGE: f32 = 5.0;
/// Cells of one region differ by less than this from the region's direction: the cosine of twice 14 degrees.
const SAME_DIRECTION: f32 = 0.88;
/// The fewest cells of a region.
const MIN_CELLS: usize = 5;

/// Shares of the strongest cell that the parts of a region have at least.
const PARTS: [f32; 2] = [0.12, 0.3];
/// What the weight of a region is worth once it has parts.
const LESS_PROMISING: f32 = 0.3;
/// The share of a rectangle that the cells of bars fill.
const FULL: f32 = 0.6;

/// A patch of parallel bars: a rectangle at any angle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarRegion {
    /// Centre, in pixels.
    pub x: f32,
    /// Centre, in pixels.
    pub y: f32,
    /// Unit vector across the bars, the direction in which the code is read (or its opposite).
    pub across: (f32, f32),
    /// Half the extent across the bars, in pixels.
    pub half_length: f32,
    /// Half the extent along the bars, in pixels.
    pub half_height: f32,
    /// How much bar-like change lies in the region; larger is better.
    pub weight: f32,
}

impl BarRegion {
    /// True for nearly the same patch.
    fn is_like(&self, other: &Self) -> bool {
        let near = |a: f32, b: f32, of: f32| (a - b).abs() < 0.1 * of;
        near(self.x, other.x, self.half_length)
            && near(self.y, other.y, self.half_length)
            && near(self.half_length, other.half_length, self.half_length)
            && (self.half_height - other.half_height).abs() < 0.3 * self.half_height
    }
}

/// Sums of squared and crossed brightness differences over one cell, per pixel.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tensor {
    xx: f32,
    yy: f32,
    xy: f32,
    /// Mean brightness.
    pub light: f32,
}

impl Tensor {
    fn plus(self, other: Self) -> Self {
        Self { xx: self.xx + other.xx, yy: self.yy + other.yy, xy: self.xy + other.xy, light: self.light + other.light }
    }

    fn times(self, factor: f32) -> Self {
        Self { xx: self.xx * factor, yy: self.yy * factor, xy: self.xy * factor, light: self.light * factor }
    }

    /// Direction as a vector of twice the angle, its length the change in the strongest direction.
    pub fn double_angle(self) -> (f32, f32) {
        (self.xx - self.yy, 2.0 * self.xy)
    }

    /// Change in all directions.
    pub fn change(self) -> f32 {
        self.xx + self.yy
    }
}

/// The tensors of a frame's cells, row by row.
#[derive(Debug, Clone)]
pub struct Field {
    /// Side of a cell in pixels.
    pub cell: usize,
    /// Cells in a row.
    pub columns: usize,
    /// The cells.
    pub cells: Vec<Tensor>,
}

impl Field {
    /// The tensors of `frame` in cells of [`SMALL_CELL`].
    pub fn new(frame: &LumaFrame) -> Self {
        let (width, height) = (size(frame.width()), size(frame.height()));
        let (columns, rows) = (width.saturating_sub(1) / SMALL_CELL, height.saturating_sub(1) / SMALL_CELL);
        let mut cells = Vec::with_capacity(columns * rows);
        let mut sums = vec![[0i32; 4]; columns];
        let lines: Vec<&[u8]> = frame.pixels().chunks_exact(width).collect();
        for row in 0..rows {
            sums.fill([0; 4]);
            let band = lines.iter().skip(row * SMALL_CELL).zip(lines.iter().skip(row * SMALL_CELL + 1));
            for (upper, lower) in band.take(SMALL_CELL) {
                add_line(upper, lower, &mut sums);
            }
            cells.extend(sums.iter().map(|sum| mean(*sum)));
        }
        Self { cell: SMALL_CELL, columns, cells }
    }

    /// The same in cells of twice the side.
    pub fn halved(&self) -> Self {
        let columns = self.columns / 2;
        let mut cells = Vec::with_capacity(self.cells.len() / 4);
        let lines: Vec<&[Tensor]> = self.cells.chunks_exact(self.columns.max(1)).collect();
        for band in lines.chunks_exact(2) {
            let [upper, lower] = band else { continue };
            let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
            cells.extend(pairs.map(|(upper, lower)| {
                let sum = upper.iter().chain(lower).fold(Tensor::default(), |sum, cell| sum.plus(*cell));
                sum.times(0.25)
            }));
        }
        Self { cell: self.cell * 2, columns, cells }
    }

    /// The mean over each cell and its neighbours; the edge goes on outside.
    pub fn smoothed(&self) -> Self {
        let lines: Vec<&[Tensor]> = self.cells.chunks_exact(self.columns.max(1)).collect();
        let mut cells = Vec::with_capacity(self.cells.len());
        // One cell more on each side, so that every cell has two neighbours.
        let mut column = vec![Tensor::default(); self.columns + 2];
        for (row, line) in lines.iter().enumerate() {
            let above = lines.get(row.saturating_sub(1)).unwrap_or(line);
            let below = lines.get(row + 1).unwrap_or(line);
            for (sum, ((a, b), c)) in column.iter_mut().skip(1).zip(above.iter().zip(*line).zip(*below)) {
                *sum = a.plus(*b).plus(*c);
            }
            if let [outside, first, .., last, beyond] = column.as_mut_slice() {
                (*outside, *beyond) = (*first, *last);
            }
            let threes = column.iter().zip(column.iter().skip(1)).zip(column.iter().skip(2));
            cells.extend(threes.map(|((a, b), c)| a.plus(*b).plus(*c).times(1.0 / 9.0)));
        }
        Self { cell: self.cell, columns: self.columns, cells }
    }
}

/// The bar regions in the field of a frame, the most promising first, at most `limit`.
pub fn bar_regions(field: &Field, limit: usize) -> Vec<BarRegion> {
    let field = field.halved().smoothed();
    if field.cells.is_empty() {
        return Vec::new();
    }
    let mut regions = grow(&field.cells, field.columns);
    regions.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    regions.truncate(limit);
    regions
}

/// Adds one line's differences to its cells. Differences over a 2x2 square, not over two pixels: they still see bars
/// one pixel wide.
fn add_line(upper: &[u8], lower: &[u8], sums: &mut [[i32; 4]]) {
    for (cell, sum) in sums.iter_mut().enumerate() {
        let places = cell * SMALL_CELL..cell * SMALL_CELL + SMALL_CELL + 1;
        let (Some(upper), Some(lower)) = (upper.get(places.clone()), lower.get(places)) else { continue };
        let [xx, yy, xy, light] = sum;
        for ((a, b), (c, d)) in upper.iter().zip(upper.iter().skip(1)).zip(lower.iter().zip(lower.iter().skip(1))) {
            let (a, b, c, d) = (i32::from(*a), i32::from(*b), i32::from(*c), i32::from(*d));
            let dx = b + d - a - c;
            let dy = c + d - a - b;
            *xx += dx * dx;
            *yy += dy * dy;
            *xy += dx * dy;
            *light += a;
        }
    }
}

#[allow(clippy::cast_precision_loss)] // a cell's sums are below 2^24
fn mean(sum: [i32; 4]) -> Tensor {
    let scale = 1.0 / (4.0 * real(SMALL_CELL * SMALL_CELL));
    let [xx, yy, xy, light] = sum.map(|sum| sum as f32 * scale);
    Tensor { xx, yy, xy, light: light * 4.0 }
}

fn length((x, y): (f32, f32)) -> f32 {
    (x * x + y * y).sqrt()
}

/// Joins touching cells of one direction.
fn grow(cells: &[Tensor], columns: usize) -> Vec<BarRegion> {
    let rows = cells.len() / columns;
    let strength = |cell: &Tensor| {
        let along = length(cell.double_angle());
        if cell.change() > MIN_CHANGE && along > MIN_COHERENCE * cell.change() { along } else { 0.0 }
    };
    let mut seeds: Vec<(usize, f32)> =
        cells.iter().map(strength).enumerate().filter(|(_, strength)| *strength > 0.0).collect();
    seeds.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut free: Vec<bool> = cells.iter().map(|cell| strength(cell) > 0.0).collect();
    let mut regions = Vec::new();
    for (seed, _) in seeds {
        if !free.get(seed).copied().unwrap_or(false) {
            continue;
        }
        let members = flood(cells, columns, rows, seed, &mut free);
        if members.len() < MIN_CELLS {
            continue;
        }
        let Some(mut whole) = outline(cells, columns, &members) else { continue };
        if !is_full(&whole, &members) {
            let parts = parts(cells, columns, &members);
            if !parts.is_empty() {
                whole.weight *= LESS_PROMISING;
            }
            regions.extend(parts);
        }
        regions.push(whole);
    }
    regions
}

/// The stronger parts of cells that do not fill the rectangle around them: bars run into the edge of the paper or of
/// the telephone, into rules and lines of print.
fn parts(cells: &[Tensor], columns: usize, members: &[usize]) -> Vec<BarRegion> {
    let mut found: Vec<BarRegion> = Vec::new();
    let rows = cells.len() / columns;
    let strength = |member: &usize| cells.get(*member).map_or(0.0, |cell| length(cell.double_angle()));
    let mut seeds: Vec<(usize, f32)> = members.iter().map(|member| (*member, strength(member))).collect();
    seeds.sort_by(|a, b| b.1.total_cmp(&a.1));
    let most = seeds.first().map_or(0.0, |seed| seed.1);
    let mut free = vec![false; cells.len()];
    for share in PARTS {
        for (seed, strength) in &seeds {
            if let Some(slot) = free.get_mut(*seed) {
                *slot = *strength >= most * share;
            }
        }
        for (seed, _) in &seeds {
            if !free.get(*seed).copied().unwrap_or(false) {
                continue;
            }
            let part = flood(cells, columns, rows, *seed, &mut free);
            if part.len() < MIN_CELLS || part.len() == members.len() {
                continue;
            }
            let full = outline(cells, columns, &part).filter(|region| is_full(region, &part));
            found.extend(full.filter(|region| !found.iter().any(|other| other.is_like(region))));
        }
    }
    found
}

/// True when cells fill most of the rectangle around them.
fn is_full(region: &BarRegion, members: &[usize]) -> bool {
    real(members.len() * CELL * CELL) > FULL * 4.0 * region.half_length * region.half_height
}

/// The free cells connected to `seed` whose direction stays near the mean of those already in.
fn flood(cells: &[Tensor], columns: usize, rows: usize, seed: usize, free: &mut [bool]) -> Vec<usize> {
    let direction = |cell: usize| cells.get(cell).copied().unwrap_or_default().double_angle();
    let mut mean = direction(seed);
    if let Some(slot) = free.get_mut(seed) {
        *slot = false;
    }
    touching(columns, rows, seed, |near| {
        let Some(slot) = free.get_mut(near).filter(|free| **free) else { return false };
        let (c, s) = direction(near);
        let alike = (c * mean.0 + s * mean.1) / (length((c, s)) * length(mean)).max(f32::MIN_POSITIVE);
        if alike < SAME_DIRECTION {
            return false;
        }
        mean = (mean.0 + c, mean.1 + s);
        *slot = false;
        true
    })
}

/// The rectangle around a region's cells.
fn outline(cells: &[Tensor], columns: usize, members: &[usize]) -> Option<BarRegion> {
    let mut sum = (0.0f32, 0.0f32);
    for cell in members.iter().filter_map(|member| cells.get(*member)) {
        let (c, s) = cell.double_angle();
        sum = (sum.0 + c, sum.1 + s);
    }
    let angle = 0.5 * sum.1.atan2(sum.0);
    let across = (angle.cos(), angle.sin());
    let middle = real(CELL) / 2.0;
    let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
    for member in members {
        let x = real(member % columns * CELL) + middle;
        let y = real(member / columns * CELL) + middle;
        let (t, s) = (x * across.0 + y * across.1, y * across.0 - x * across.1);
        low = (low.0.min(t), low.1.min(s));
        high = (high.0.max(t), high.1.max(s));
    }
    let (t, s) = (f32::midpoint(low.0, high.0), f32::midpoint(low.1, high.1));
    let (half_length, half_height) = ((high.0 - low.0) / 2.0 + middle, (high.1 - low.1) / 2.0 + middle);
    if half_length < 20.0 {
        return None; // 40 pixels: the shortest code would have a third of a pixel a module
    }
    Some(BarRegion {
        x: t * across.0 - s * across.1,
        y: t * across.1 + s * across.0,
        across,
        half_length,
        half_height,
        weight: sum.0.hypot(sum.1).sqrt() * half_length,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_at_an_angle_are_one_region_of_that_angle() {
        let (width, height) = (320u32, 240u32);
        let angle = 0.5f32;
        let mut pixels = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (dx, dy) = (x as f32 - 160.0, y as f32 - 120.0);
                let (t, s) = (dx * angle.cos() + dy * angle.sin(), dy * angle.cos() - dx * angle.sin());
                let bar = t.abs() < 90.0 && s.abs() < 25.0 && (t * 0.8).sin() > 0.0;
                pixels.push(if bar { 30 } else { 220 });
            }
        }
        let Ok(frame) = LumaFrame::new(width, height, pixels) else { panic!("a frame") };
        let regions = bar_regions(&Field::new(&frame), 4);
        let Some(best) = regions.first() else { panic!("a region") };
        assert!((best.x - 160.0).abs() < 8.0 && (best.y - 120.0).abs() < 8.0, "{best:?}");
        let found = best.across.1.atan2(best.across.0);
        assert!((found - angle).abs() < 0.1, "{best:?}");
        assert!((best.half_length - 90.0).abs() < 22.0, "{best:?}");
    }

    #[test]
    fn bars_that_touch_a_longer_edge_are_a_region_of_their_own() {
        let (width, height) = (320u32, 240u32);
        let mut pixels = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let (dx, dy) = (x.abs_diff(140), y.abs_diff(100));
                let bar = dx < 80 && dy < 25 && x % 8 < 4;
                // The faint edge of a telephone, all the way down, right beside the last bar.
                pixels.push(if bar {
                    30
                } else if x > 222 {
                    200
                } else {
                    220
                });
            }
        }
        let Ok(frame) = LumaFrame::new(width, height, pixels) else { panic!("a frame") };
        let regions = bar_regions(&Field::new(&frame), 4);
        assert!(regions.iter().any(|region| region.half_height > 90.0), "the whole is kept: {regions:?}");
        let Some(best) = regions.first() else { panic!("a region") };
        assert!(best.half_height < 40.0 && (best.y - 100.0).abs() < 8.0, "{best:?}");
        assert!((best.half_length - 80.0).abs() < 16.0 && (best.x - 140.0).abs() < 12.0, "{best:?}");
    }

    #[test]
    fn a_flat_frame_has_none() {
        let Ok(frame) = LumaFrame::new(64, 64, vec![128; 64 * 64]) else { panic!("a frame") };
        assert!(bar_regions(&Field::new(&frame), 4).is_empty());
        let Ok(tiny) = LumaFrame::new(3, 3, vec![128; 9]) else { panic!("a frame") };
        assert!(bar_regions(&Field::new(&tiny), 4).is_empty());
    }
}
