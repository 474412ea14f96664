//! Where a patch of an earlier frame lies in this one: first by trying places, then by small steps downhill.
//!
//! The patch may have moved, turned a little, come nearer or been tilted: an affine map. Light may have changed by a
//! factor and an offset. **The answer carries its correlation; whoever asks decides whether it is good enough.**

use super::super::frame::LumaFrame;
use super::super::numbers::{at, real, size};
use super::grey::Grey;

/// A place in the frame for each place of the patch, both counted from the patch's centre, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Map {
    /// Where the patch's centre lies in the frame.
    pub centre: (f32, f32),
    /// Rows of the linear part.
    pub linear: [f32; 4],
}

impl Map {
    /// The map that only moves.
    pub fn moved(centre: (f32, f32)) -> Self {
        Self { centre, linear: [1.0, 0.0, 0.0, 1.0] }
    }

    /// The place in the frame of a place of the patch.
    pub fn place(&self, u: f32, v: f32) -> (f32, f32) {
        let [a, b, c, d] = self.linear;
        (self.centre.0 + a * u + b * v, self.centre.1 + c * u + d * v)
    }

    /// The same, turned and enlarged.
    fn turned(&self, angle: f32, scale: f32) -> Self {
        let [a, b, c, d] = self.linear;
        let (cos, sin) = (scale * angle.cos(), scale * angle.sin());
        Self { linear: [a * cos + b * sin, b * cos - a * sin, c * cos + d * sin, d * cos - c * sin], ..*self }
    }

    /// True when no hand moves a paper like that between two looks.
    fn is_wild(&self) -> bool {
        let [a, b, c, d] = self.linear;
        let area = a * d - b * c;
        !(0.6..1.6).contains(&area)
            || b.abs() > 0.35
            || c.abs() > 0.35
            || !(0.7..1.4).contains(&a)
            || !(0.7..1.4).contains(&d)
    }
}

/// How far from where it was a patch is looked for, in pixels.
const REACH: usize = 56;
/// Pixels of the reduced patch at most when places are tried.
const TRIED_PIXELS: usize = 900;
/// Pixels compared in a step at most.
const STEP_PIXELS: usize = 6_000;
/// Steps at each size.
const STEPS: usize = 10;
/// Half the sides of the patch from which turning and coming nearer are tried before stepping.
const LARGE: usize = 120;
/// Turns tried, in radians.
const TURNS: [f32; 3] = [0.0, -0.03, 0.03];
/// Enlargements tried.
const SCALES: [f32; 3] = [1.0, 0.95, 1.05];

/// Where `patch` lies in `frame`, looked for around `from`; the map and the correlation there.
pub fn register(patch: &Grey, frame: &LumaFrame, from: &Map) -> Option<(Map, f32)> {
    let margin = REACH + patch.width.max(patch.height) / 6 + 8;
    let corner = |centre: f32, side: usize| whole(centre) - (side / 2 + margin).cast_signed();
    let origin = (corner(from.centre.0, patch.width), corner(from.centre.1, patch.height));
    let (width, height) = (patch.width + 2 * margin, patch.height + 2 * margin);
    let frame_sides = (size(frame.width()).cast_signed(), size(frame.height()).cast_signed());
    if origin.0 + width.cast_signed() < 0
        || origin.1 + height.cast_signed() < 0
        || origin.0 > frame_sides.0
        || origin.1 > frame_sides.1
    {
        return None;
    }
    let scene = Grey::cut(frame, origin, width, height);
    let mut factor = 2;
    while patch.width / factor * (patch.height / factor) > TRIED_PIXELS {
        factor *= 2;
    }
    let mut map = Map { centre: (from.centre.0 - signed(origin.0), from.centre.1 - signed(origin.1)), ..*from };
    map = tried(&patch.reduced(factor), &scene.reduced(factor), &map, factor)?;
    for factor in [factor.min(4), 2, 1] {
        map = stepped(&patch.reduced(factor), &scene.reduced(factor), map, factor);
        if map.is_wild() {
            return None;
        }
    }
    // Judged at half the size: at full size two noisy looks at the same are little alike.
    let (patch, scene) = (patch.reduced(2), scene.reduced(2));
    let fit = correlation(&patch, &scene, &map, &Grid::new(&patch, 2, STEP_PIXELS), 2);
    map.centre = (map.centre.0 + signed(origin.0), map.centre.1 + signed(origin.1));
    Some((map, fit))
}

#[allow(clippy::cast_possible_truncation)] // saturating, as wanted
fn whole(value: f32) -> isize {
    value.round() as isize
}

#[allow(clippy::cast_precision_loss)] // places in a frame are below 2^14
fn signed(value: isize) -> f32 {
    value as f32
}

/// A place at full size as a place in a picture reduced by `factor`.
fn reduced(place: f32, factor: usize) -> f32 {
    (place + 0.5) / real(factor) - 0.5
}

/// Samples of a picture along a map, and how they are taken: every `stride`-th pixel of the patch.
struct Grid {
    /// Place from the patch's centre, in pixels at full size, and the patch's value.
    points: Vec<(f32, f32, usize)>,
}

impl Grid {
    fn new(patch: &Grey, factor: usize, most: usize) -> Self {
        let stride = (patch.values.len() / most).max(1) | usize::from(patch.values.len() > most);
        let middle = (real(patch.width) / 2.0 - 0.5, real(patch.height) / 2.0 - 0.5);
        let points = (0..patch.values.len())
            .step_by(stride)
            .map(|place| {
                let (x, y) = (real(place % patch.width), real(place / patch.width));
                ((x - middle.0) * real(factor), (y - middle.1) * real(factor), place)
            })
            .collect();
        Self { points }
    }
}

/// Sums for a correlation.
#[derive(Default, Clone, Copy)]
struct Pair {
    count: f32,
    a: f32,
    b: f32,
    aa: f32,
    bb: f32,
    ab: f32,
}

impl Pair {
    fn add(&mut self, a: f32, b: f32) {
        self.count += 1.0;
        self.a += a;
        self.b += b;
        self.aa += a * a;
        self.bb += b * b;
        self.ab += a * b;
    }

    fn variances(&self) -> (f32, f32, f32) {
        let count = self.count.max(1.0);
        let of = |square: f32, x: f32, y: f32| square / count - x / count * (y / count);
        (of(self.aa, self.a, self.a).max(1e-3), of(self.bb, self.b, self.b).max(1e-3), of(self.ab, self.a, self.b))
    }

    fn correlation(&self) -> f32 {
        let (a, b, ab) = self.variances();
        ab / (a * b).sqrt()
    }
}

fn correlation(patch: &Grey, scene: &Grey, map: &Map, grid: &Grid, factor: usize) -> f32 {
    let mut pair = Pair::default();
    for (u, v, place) in &grid.points {
        let (x, y) = map.place(*u, *v);
        pair.add(at(&patch.values, *place), scene.between(reduced(x, factor), reduced(y, factor)));
    }
    pair.correlation()
}

/// The best of the places around `from`, and on large patches the best turn and size there.
fn tried(patch: &Grey, scene: &Grey, from: &Map, factor: usize) -> Option<Map> {
    let reach = (REACH / factor).cast_signed();
    // The patch is turned as it lay last; then only places are tried.
    let (wide, high) = (patch.width, patch.height);
    let grid = Grid::new(patch, factor, usize::MAX);
    let scene_of = |map: &Map| {
        let mut pair = Pair::default();
        for (u, v, place) in &grid.points {
            let (x, y) = map.place(*u, *v);
            pair.add(at(&patch.values, *place), scene.between(reduced(x, factor), reduced(y, factor)));
        }
        pair.correlation()
    };
    let corner = (
        whole(reduced(from.centre.0, factor) - real(wide) / 2.0 + 0.5),
        whole(reduced(from.centre.1, factor) - real(high) / 2.0 + 0.5),
    );
    let mut best = (-1.0f32, 0isize, 0isize);
    let mean = patch.values.iter().sum::<f32>() / real(patch.values.len().max(1));
    let template: Vec<f32> = patch.values.iter().map(|value| value - mean).collect();
    for dy in -reach..=reach {
        for dx in -reach..=reach {
            let fit = fit_at(&template, wide, scene, (corner.0 + dx, corner.1 + dy));
            if fit > best.0 {
                best = (fit, dx, dy);
            }
        }
    }
    if best.0 < 0.0 {
        return None;
    }
    // From the window's corner in the reduced scene back to its middle at full size.
    let middle = |corner: isize, side: usize| (signed(corner) + real(side) / 2.0) * real(factor) - 0.5;
    let centre = (middle(corner.0 + best.1, wide), middle(corner.1 + best.2, high));
    let mut map = Map { centre, ..*from };
    if wide * factor > 2 * LARGE {
        let mut fits = (scene_of(&map), map);
        for angle in TURNS {
            for scale in SCALES {
                let other = map.turned(angle, scale);
                let fit = scene_of(&other);
                if fit > fits.0 {
                    fits = (fit, other);
                }
            }
        }
        map = fits.1;
    }
    Some(map)
}

/// The correlation of a template of zero mean with the scene's window at a corner.
fn fit_at(template: &[f32], wide: usize, scene: &Grey, (left, top): (isize, isize)) -> f32 {
    let (Ok(left), Ok(top)) = (usize::try_from(left), usize::try_from(top)) else { return -1.0 };
    let (mut sum, mut squares, mut product, mut norm) = (0.0f32, 0.0f32, 0.0f32, 0.0f32);
    for (row, line) in template.chunks_exact(wide.max(1)).enumerate() {
        let from = (top + row) * scene.width + left;
        if left + wide > scene.width {
            return -1.0;
        }
        let Some(window) = scene.values.get(from..from + wide) else { return -1.0 };
        let (a, b, c, d) = row_sums(line, window);
        sum += a;
        squares += b;
        product += c;
        norm += d;
    }
    let count = real(template.len().max(1));
    let spread = (squares - sum * sum / count).max(1e-3);
    product / (spread * norm.max(1e-3)).sqrt()
}

/// Sum and squares of the window, its product with the template, and the template's squares; in lanes of eight.
fn row_sums(line: &[f32], window: &[f32]) -> (f32, f32, f32, f32) {
    let mut lanes = [[0.0f32; 8]; 4];
    let (a, b) = (line.chunks_exact(8), window.chunks_exact(8));
    let rest = a.remainder().iter().zip(b.remainder());
    let mut tail = [0.0f32; 4];
    for (t, w) in rest {
        for (slot, value) in tail.iter_mut().zip([*w, w * w, t * w, t * t]) {
            *slot += value;
        }
    }
    let [sums, squares, products, norms] = &mut lanes;
    for (t, w) in a.zip(b) {
        for ((((s, q), p), n), (t, w)) in
            sums.iter_mut().zip(&mut *squares).zip(&mut *products).zip(&mut *norms).zip(t.iter().zip(w))
        {
            *s += w;
            *q += w * w;
            *p += t * w;
            *n += t * t;
        }
    }
    let total = |lane: &[f32; 8], tail: f32| lane.iter().sum::<f32>() + tail;
    let [s, q, p, n] = tail;
    (total(sums, s), total(squares, q), total(products, p), total(norms, n))
}

const PARTS: usize = 6;

/// Steps downhill on the squared difference (Gauss-Newton over the six numbers of the map, light evened out).
fn stepped(patch: &Grey, scene: &Grey, from: Map, factor: usize) -> Map {
    let grid = Grid::new(patch, factor, STEP_PIXELS);
    let mut best = (from, correlation(patch, scene, &from, &grid, factor));
    let mut map = from;
    let scale = 0.5 / real(factor);
    let span = real(patch.width.max(patch.height) * factor) / 2.0;
    for _ in 0..STEPS {
        let mut pair = Pair::default();
        let mut samples = Vec::with_capacity(grid.points.len());
        for (u, v, place) in &grid.points {
            let (x, y) = map.place(*u, *v);
            let (x, y) = (reduced(x, factor), reduced(y, factor));
            let value = scene.between(x, y);
            pair.add(at(&patch.values, *place), value);
            samples.push((value, x, y));
        }
        let (wanted, found, _) = pair.variances();
        let gain = (wanted / found).sqrt();
        let offset = (pair.a - gain * pair.b) / pair.count.max(1.0);
        let mut normal = [[0.0f32; PARTS + 1]; PARTS];
        for ((u, v, place), (value, x, y)) in grid.points.iter().zip(&samples) {
            let error = at(&patch.values, *place) - (gain * value + offset);
            let gx = gain * scale * (scene.between(x + 1.0, *y) - scene.between(x - 1.0, *y));
            let gy = gain * scale * (scene.between(*x, y + 1.0) - scene.between(*x, y - 1.0));
            let (u, v) = (u / span, v / span);
            let slopes = [gx, gy, gx * u, gx * v, gy * u, gy * v];
            for (row, a) in normal.iter_mut().zip(slopes) {
                for (slot, b) in row.iter_mut().zip(slopes.into_iter().chain([error])) {
                    *slot += a * b;
                }
            }
        }
        let [dx, dy, a, b, c, d] = solved(normal);
        map.centre = (map.centre.0 + dx, map.centre.1 + dy);
        for (part, step) in map.linear.iter_mut().zip([a, b, c, d]) {
            *part += step / span;
        }
        let fit = correlation(patch, scene, &map, &grid, factor);
        if fit > best.1 {
            best = (map, fit);
        } else if fit < best.1 - 0.1 {
            break;
        }
        if dx.abs() + dy.abs() + a.abs() + b.abs() + c.abs() + d.abs() < 0.02 * real(factor) {
            break;
        }
    }
    best.0
}

/// Solves the six equations by elimination; they are positive definite but for flat patches, whose steps are zero.
fn solved(mut rows: [[f32; PARTS + 1]; PARTS]) -> [f32; PARTS] {
    let trace: f32 = rows.iter().enumerate().map(|(i, row)| row.get(i).copied().unwrap_or(0.0)).sum();
    for (i, row) in rows.iter_mut().enumerate() {
        if let Some(slot) = row.get_mut(i) {
            *slot += 1e-4 * trace + 1e-3;
        }
    }
    for pivot in 0..PARTS {
        let Some(line) = rows.get(pivot).copied() else { break };
        let head = line.get(pivot).copied().unwrap_or(1.0);
        for (i, other) in rows.iter_mut().enumerate() {
            let factor = other.get(pivot).copied().unwrap_or(0.0) / head;
            if i != pivot {
                for (slot, value) in other.iter_mut().zip(line) {
                    *slot -= factor * value;
                }
            }
        }
    }
    let mut steps = [0.0; PARTS];
    for (i, (step, row)) in steps.iter_mut().zip(&rows).enumerate() {
        *step = at(row, PARTS) / at(row, i).max(1e-6);
    }
    steps
}
