//! Laying the plan of a QR code over a square patch: which version, which way up, and where exactly its corners are.
//!
//! For each version, each corner of the patch is searched for the finder pattern at that version's module size; three
//! good ones say which way up. Then the corners are moved until everything that is fixed in the plan fits best.

use std::ops::Range;

use super::super::numbers::{at, real};
use super::super::reading::Point;
use super::super::squares::Square;
use super::finder::{MIDDLE, Window, finder};
use super::layout::{MAX_VERSION, alignment_centres, side};
use super::plane::{Picture, Quad};

/// The smallest module in pixels: below, the picture no longer holds it.
const LEAST_MODULE: f32 = 0.9;
/// The sum of three corners' fit below which a version is not laid.
const LEAST_ROUGH: f32 = 1.5;
/// The same after each has been moved to where it fits best.
const LEAST_CENTRED: f32 = 1.75;
/// Fit of what is fixed below which, moved by whole modules, a layout is not made exact.
const HOPELESS: f32 = 2.0;
/// Modules compared around a finder pattern's centre, each way: the pattern and the white around it.
const AROUND: i16 = 4;

/// A plan laid over a patch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Laid {
    /// The code's version.
    pub version: usize,
    /// True for light modules on dark.
    pub inverted: bool,
    /// Its outline.
    pub quad: Quad,
    /// How well what is fixed fits; 3 is three perfect finder patterns alone.
    pub score: f32,
}

impl Laid {
    /// Width of a module in pixels.
    pub fn module(&self) -> f32 {
        let [p0, p1, p2, p3] = self.quad.0;
        let across = (p1.x + p2.x - p0.x - p3.x).hypot(p1.y + p2.y - p0.y - p3.y) / 2.0;
        across / real(side(self.version))
    }
}

/// Rough layouts over `square`, the best first, at most `limit`; [`settle`] makes one exact.
pub fn lay(picture: &Picture, square: &Square, limit: usize) -> Vec<Laid> {
    let mut rough: Vec<Laid> = Vec::new();
    for version in 1..=MAX_VERSION {
        let modules = real(side(version));
        if 2.0 * square.half_u.min(square.half_v) / modules < LEAST_MODULE {
            break;
        }
        rough.extend(by_finders(picture, square, version));
    }
    rough.retain(|laid| laid.score > LEAST_ROUGH);
    rough.sort_by(|a, b| b.score.total_cmp(&a.score));
    rough.truncate(2 * limit);
    let mut laid: Vec<Laid> = rough.into_iter().map(|rough| centred(picture, rough)).collect();
    laid.retain(|laid| laid.score > LEAST_CENTRED);
    laid.sort_by(|a, b| b.score.total_cmp(&a.score));
    laid.truncate(limit);
    laid
}

/// The same with each finder pattern moved by itself to where it fits best.
fn centred(picture: &Picture, rough: Laid) -> Laid {
    let n = real(side(rough.version));
    let plane = rough.quad.plane();
    let (near, far) = (3.5 / n, 1.0 - 3.5 / n);
    let mut centres = [(near, near), (far, near), (near, far)].map(|(u, v)| (f32::MIN, plane.place(u, v)));
    for step in [0.5, 0.25] {
        let [corner, right, below] = centres.map(|(_, place)| place);
        let ex = ((right.x - corner.x) / (n - 7.0), (right.y - corner.y) / (n - 7.0));
        let ey = ((below.x - corner.x) / (n - 7.0), (below.y - corner.y) / (n - 7.0));
        let sign = if rough.inverted { -1.0 } else { 1.0 };
        for (fit, centre) in &mut centres {
            *fit = sign * finder_fit(picture, *centre, ex, ey);
            for _ in 0..CENTRE_MOVES {
                let before = *centre;
                for (i, j) in NEAR {
                    let (i, j) = (i * step, j * step);
                    let place = Point { x: before.x + i * ex.0 + j * ey.0, y: before.y + i * ex.1 + j * ey.1 };
                    let found = sign * finder_fit(picture, place, ex, ey);
                    if found > *fit {
                        (*fit, *centre) = (found, place);
                    }
                }
                if *centre == before {
                    break;
                }
            }
        }
    }
    let [corner, right, below] = centres;
    let quad = from_centres(corner.1, right.1, below.1, n);
    Laid { quad, score: corner.0 + right.0 + below.0, ..rough }
}

/// Moves of a finder pattern at one step.
const CENTRE_MOVES: usize = 3;
/// The places around a place.
const NEAR: [(f32, f32); 8] =
    [(-1.0, -1.0), (0.0, -1.0), (1.0, -1.0), (-1.0, 0.0), (1.0, 0.0), (-1.0, 1.0), (0.0, 1.0), (1.0, 1.0)];

/// How like a finder pattern of modules `ex` and `ey` the picture is around `centre`.
fn finder_fit(picture: &Picture, centre: Point, ex: (f32, f32), ey: (f32, f32)) -> f32 {
    let mut sums = Sums::default();
    for (row, inks) in (-AROUND..=AROUND).zip(finder()) {
        let j = f32::from(row);
        let (x, y) = (centre.x + j * ey.0, centre.y + j * ey.1);
        for (column, ink) in (-AROUND..=AROUND).zip(inks) {
            let i = f32::from(column);
            sums.add(picture.at(Point { x: x + i * ex.0, y: y + i * ex.1 }), *ink);
        }
    }
    sums.correlation()
}

/// Sums for the correlation of brightness with ink.
#[derive(Default)]
struct Sums {
    count: f32,
    value: f32,
    square: f32,
    ink: f32,
    ink_square: f32,
    product: f32,
}

impl Sums {
    fn add(&mut self, value: f32, ink: f32) {
        self.count += 1.0;
        self.value += value;
        self.square += value * value;
        self.ink += ink;
        self.ink_square += ink * ink;
        self.product += value * ink;
    }

    /// 1 when all ink is dark and all else light.
    fn correlation(&self) -> f32 {
        let count = self.count.max(1.0);
        let spread = (self.square - self.value * self.value / count).max(count);
        let wanted = (self.ink_square - self.ink * self.ink / count).max(1e-3);
        (self.value * self.ink / count - self.product) / (spread * wanted).sqrt()
    }
}

/// The half-module steps of a square patch, for one version.
struct Steps {
    /// Place of the patch's corner.
    origin: Point,
    /// One step along the patch's first side.
    ex: (f32, f32),
    /// One step along its second side.
    ey: (f32, f32),
}

impl Steps {
    fn new(square: &Square, modules: usize) -> Self {
        let n = real(modules);
        let (u, v) = (square.axis, (-square.axis.1, square.axis.0));
        let ex = (u.0 * square.half_u / n, u.1 * square.half_u / n);
        let ey = (v.0 * square.half_v / n, v.1 * square.half_v / n);
        let origin = Point { x: square.x - n * (ex.0 + ey.0), y: square.y - n * (ex.1 + ey.1) };
        Self { origin, ex, ey }
    }

    fn place(&self, column: f32, row: f32) -> Point {
        let (ex, ey) = (self.ex, self.ey);
        Point { x: self.origin.x + column * ex.0 + row * ey.0, y: self.origin.y + column * ex.1 + row * ey.1 }
    }
}

/// A corner's best finder pattern: its fit and its place.
type Corner = (f32, Point);

fn by_finders(picture: &Picture, square: &Square, version: usize) -> Vec<Laid> {
    let steps = Steps::new(square, side(version));
    let all = real(2 * side(version));
    let none = (f32::MIN, steps.origin);
    let (mut dark, mut light) = ([none; 4], [none; 4]);
    // Finder centres lie 3.5 modules inside the corners.
    let (near, far) = (7.0, all - 7.0);
    let corners = [(near, near), (far, near), (far, far), (near, far)];
    for (((column, row), dark), light) in corners.into_iter().zip(&mut dark).zip(&mut light) {
        let place = |x: usize, y: usize| steps.place(column + real(x) - MIDDLE, row + real(y) - MIDDLE);
        let window = Window::new(|x, y| picture.at(place(x, y)));
        let (darkest, lightest) = window.best();
        *dark = (darkest.0, place(darkest.1, darkest.2));
        *light = (-lightest.0, place(lightest.1, lightest.2));
    }
    [(false, dark), (true, light)]
        .into_iter()
        .filter_map(|(inverted, found)| from_corners(&found, version, inverted))
        .collect()
}

/// The layout whose missing finder pattern is at the corner that looks least like one.
fn from_corners(found: &[Corner; 4], version: usize, inverted: bool) -> Option<Laid> {
    let fit = |place: usize| found.get(place % 4).copied();
    let worst = (0..4).min_by(|a, b| {
        found.get(*a).map(|a| a.0).unwrap_or(0.0).total_cmp(&found.get(*b).map(|b| b.0).unwrap_or(0.0))
    })?;
    let (below, corner, right) = (fit(worst + 1)?, fit(worst + 2)?, fit(worst + 3)?);
    let quad = from_centres(corner.1, right.1, below.1, real(side(version)));
    Some(Laid { version, inverted, quad, score: below.0 + corner.0 + right.0 })
}

/// The outline from the centres of the finder patterns at top left, top right and bottom left.
fn from_centres(corner: Point, right: Point, below: Point, modules: f32) -> Quad {
    let between = modules - 7.0;
    let ex = ((right.x - corner.x) / between, (right.y - corner.y) / between);
    let ey = ((below.x - corner.x) / between, (below.y - corner.y) / between);
    let place =
        |from: Point, i: f32, j: f32| Point { x: from.x + i * ex.0 + j * ey.0, y: from.y + i * ex.1 + j * ey.1 };
    let last = between + 3.5;
    Quad([place(corner, -3.5, -3.5), place(right, 3.5, -3.5), place(corner, last, last), place(below, -3.5, 3.5)])
}

/// How well everything fixed in the plan fits.
pub fn score(picture: &Picture, laid: &Laid) -> f32 {
    let plane = laid.quad.plane();
    let modules = side(laid.version);
    let n = real(modules);
    let look = |x: f32, y: f32| picture.at(plane.place((x + 0.5) / n, (y + 0.5) / n));
    let far = n - 7.0;
    let mut total = 0.0;
    for (left, top) in [(0.0, 0.0), (far, 0.0), (0.0, far)] {
        let mut sums = Sums::default();
        for (row, inks) in (-AROUND..=AROUND).zip(finder()) {
            for (column, ink) in (-AROUND..=AROUND).zip(inks) {
                sums.add(look(left + f32::from(column + 3), top + f32::from(row + 3)), *ink);
            }
        }
        total += sums.correlation();
    }
    for across in [true, false] {
        let mut sums = Sums::default();
        for i in 7..modules - 7 {
            let value = if across { look(real(i), 6.0) } else { look(6.0, real(i)) };
            sums.add(value, if i.is_multiple_of(2) { 1.0 } else { 0.0 });
        }
        total += 0.5 * sums.correlation();
    }
    let total = total + alignment(&look, laid.version);
    if laid.inverted { -total } else { total }
}

/// The fit of the alignment patterns, the best of them counted least.
fn alignment(look: &impl Fn(f32, f32) -> f32, version: usize) -> f32 {
    let centres = alignment_centres(version);
    let mut total = 0.0;
    for (x, y) in &centres {
        let mut sums = Sums::default();
        for row in -2i16..=2 {
            for column in -2i16..=2 {
                let value = look(real(*x) + f32::from(column), real(*y) + f32::from(row));
                sums.add(value, if row.abs().max(column.abs()) == 1 { 0.0 } else { 1.0 });
            }
        }
        total += sums.correlation();
    }
    total / real(centres.len().max(1))
}

/// How far apart the modules' brightness is: largest when the grid lies right. Every second module will do.
fn spread(picture: &Picture, laid: &Laid) -> f32 {
    let plane = laid.quad.plane();
    let modules = side(laid.version);
    let n = real(modules);
    let (mut sum, mut squares, mut count) = (0.0f32, 0.0f32, 0.0f32);
    for y in 0..modules {
        for x in (y % 2..modules).step_by(2) {
            let value = picture.at(plane.place((real(x) + 0.5) / n, (real(y) + 0.5) / n));
            sum += value;
            squares += value * value;
            count += 1.0;
        }
    }
    (squares - sum * sum / count.max(1.0)) / count.max(1.0)
}

/// Moves the outline until it fits best.
pub fn settle(picture: &Picture, rough: Laid) -> Laid {
    let mut best = rough;
    let usual = 2.0 / spread(picture, &rough).max(1.0);
    for step in [0.8, 0.4, 0.2, 0.1] {
        let measure = |laid: &Laid| {
            let fixed = score(picture, laid);
            if step < 0.3 { fixed + usual * spread(picture, laid) } else { fixed }
        };
        best.score = measure(&best);
        for _ in 0..5 {
            let before = best.score;
            // The finder patterns lie right already; the corner without one may be far off.
            for change in if step > 0.5 { LOOSE_CORNER } else { 0..CHANGES } {
                for way in [-step, step] {
                    let quad = moved(&best.quad, best.version, change, way);
                    let mut other = Laid { quad, ..best };
                    other.score = measure(&other);
                    if other.score > best.score {
                        best = other;
                    }
                }
            }
            if best.score - before < 0.003 {
                break;
            }
        }
        if step > 0.3 && best.score < HOPELESS {
            break;
        }
    }
    Laid { score: score(picture, &best), ..best }
}

/// Ways to move an outline: each corner along both sides, all together along both, larger, turned.
const CHANGES: usize = 12;
/// Those of the corner without a finder pattern.
const LOOSE_CORNER: Range<usize> = 4..6;

fn moved(quad: &Quad, version: usize, change: usize, modules: f32) -> Quad {
    let [p0, p1, p2, p3] = quad.0;
    let n = real(side(version));
    let ex = ((p1.x + p2.x - p0.x - p3.x) / 2.0 / n, (p1.y + p2.y - p0.y - p3.y) / 2.0 / n);
    let ey = ((p2.x + p3.x - p0.x - p1.x) / 2.0 / n, (p2.y + p3.y - p0.y - p1.y) / 2.0 / n);
    let shift = |p: Point, i: f32, j: f32| Point { x: p.x + i * ex.0 + j * ey.0, y: p.y + i * ex.1 + j * ey.1 };
    let mut corners = quad.0;
    let signs = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    for (place, (corner, (sx, sy))) in corners.iter_mut().zip(signs).enumerate() {
        let (i, j) = match change {
            0..8 if change / 2 == place => {
                if change.is_multiple_of(2) {
                    (modules, 0.0)
                } else {
                    (0.0, modules)
                }
            }
            8 => (modules, 0.0),
            9 => (0.0, modules),
            10 => (sx * modules, sy * modules),
            11 => (-sy * modules, sx * modules),
            _ => (0.0, 0.0),
        };
        *corner = shift(*corner, i, j);
    }
    Quad(corners)
}

/// The brightness of the plan at half-module steps from one module outside to one module outside, row by row, and the
/// values in a row; inverted codes come out as usual ones.
pub fn lattice(picture: &Picture, laid: &Laid) -> (usize, Vec<f32>) {
    let plane = laid.quad.plane();
    let modules = side(laid.version);
    let n = real(modules);
    let steps = 2 * modules + 2 * EDGE + 1;
    let mut values = Vec::with_capacity(steps * steps);
    for row in 0..steps {
        for column in 0..steps {
            let place = |i: usize| (real(i) - real(EDGE)) / 2.0 / n;
            let value = picture.at(plane.place(place(column), place(row)));
            values.push(if laid.inverted { 255.0 - value } else { value });
        }
    }
    (steps, values)
}

/// Half modules of the lattice before the code.
pub const EDGE: usize = 4;

/// The lattice value at half-module place `x`, `y` counted from the code's corner.
pub fn lattice_at(values: &[f32], steps: usize, x: usize, y: usize) -> f32 {
    at(values, y * steps + x)
}
