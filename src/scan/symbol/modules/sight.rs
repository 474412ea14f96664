//! How the camera saw a code: its blur, its light and its exact place, told together with its modules.
//!
//! Every sample of the lattice is modelled as the ink around it through one blur that is the same all over the code and
//! the same from opposite sides, on light that changes evenly. In turns the modules are estimated given the blur (each
//! after what the others explain has been taken away), the blur given the modules, and the outline given both. Where
//! [`bits`](super::bits) undoes a blur with what is fixed in the plan alone, this uses every module. **The modules'
//! estimates stay what the picture says: no code word is preferred here.**

use super::super::numbers::{at, real};
use super::super::reading::Point;
use super::lay::{EDGE, Laid, lattice};
use super::layout::{fixed, side};
use super::plane::{Picture, Quad};

/// How far the blur reaches, in half modules.
const REACH: isize = 4;
/// White modules around the code that are known.
const QUIET: usize = 4;
/// Rounds of modules, blur, outline.
const ROUNDS: usize = 5;
/// Passes over the modules in a round.
const SWEEPS: usize = 12;
/// How much less is believed of a module the more noise there is.
const DOUBT: f32 = 0.5;
/// Light: a level and two slopes.
const LIGHTS: usize = 3;
/// How strongly the blur is held at none, in samples' worth of evidence.
const HOLD: f32 = 2.0;

/// What was made out.
#[derive(Debug, Clone)]
pub struct Sight {
    /// How likely each module is ink: positive for ink, row by row, about 1 when clear.
    pub ink: Vec<f32>,
    /// The outline made exact.
    pub laid: Laid,
    /// The share of the picture's change that is explained, at most 1.
    pub explained: f32,
}

/// The offsets of the blur: each with its index among the numbers to be found; opposite offsets share one.
struct Taps {
    /// Offsets in half modules (down, across) and the index.
    all: Vec<(isize, isize, usize)>,
    count: usize,
}

impl Taps {
    fn new() -> Self {
        let mut all: Vec<(isize, isize, usize)> = Vec::new();
        let mut count = 0;
        for dy in -REACH..=REACH {
            for dx in -REACH..=REACH {
                if dx * dx + dy * dy > REACH * REACH + 1 {
                    continue;
                }
                let opposite = all.iter().find(|(y, x, _)| (*y, *x) == (-dy, -dx)).map(|(_, _, index)| *index);
                let index = opposite.unwrap_or_else(|| {
                    count += 1;
                    count - 1
                });
                all.push((dy, dx, index));
            }
        }
        Self { all, count }
    }
}

/// The modules with the white around them, -1 for light to 1 for ink, and which of them are known.
struct Modules {
    wide: usize,
    values: Vec<f32>,
    known: Vec<bool>,
}

impl Modules {
    fn new(version: usize, first: &[f32]) -> Self {
        let n = side(version);
        let wide = n + 2 * QUIET;
        let (mut values, mut known) = (vec![-1.0; wide * wide], vec![true; wide * wide]);
        for y in 0..n {
            for x in 0..n {
                let place = (y + QUIET) * wide + x + QUIET;
                let (value, is_known) = match fixed(version, x, y) {
                    Some(ink) => (if ink { 1.0 } else { -1.0 }, true),
                    None => (at(first, y * n + x).clamp(-1.0, 1.0), false),
                };
                if let (Some(slot), Some(mark)) = (values.get_mut(place), known.get_mut(place)) {
                    (*slot, *mark) = (value, is_known);
                }
            }
        }
        Self { wide, values, known }
    }

    /// The module whose middle lies at a half-module place of the lattice, if one's does.
    fn at(&self, row: isize, column: isize) -> Option<usize> {
        let middle = |place: isize| {
            let place = place - EDGE.cast_signed() + 2 * QUIET.cast_signed() - 1;
            (place >= 0 && place % 2 == 0).then(|| (place / 2).unsigned_abs()).filter(|module| *module < self.wide)
        };
        Some(middle(row)? * self.wide + middle(column)?)
    }

    /// The half-module place of a module's middle in the lattice.
    fn place(&self, module: usize) -> (isize, isize) {
        let middle = |module: usize| (2 * module + 1 + EDGE).cast_signed() - 2 * QUIET.cast_signed();
        (middle(module / self.wide), middle(module % self.wide))
    }
}

/// Makes out the modules of `laid` in `picture`, beginning with the estimates `first`.
pub fn make_out(picture: &Picture, laid: &Laid, first: &[f32]) -> Sight {
    let taps = Taps::new();
    let n = side(laid.version);
    let mut laid = squared(*laid);
    let mut modules = Modules::new(laid.version, first);
    let mut soft = vec![0.0f32; modules.values.len()];
    let mut explained = 0.0;
    for round in 0..ROUNDS {
        let (steps, samples) = lattice(picture, &laid);
        let (blur, light) = fit_blur(&taps, &modules, steps, &samples);
        let mut rest: Vec<f32> =
            samples.iter().enumerate().map(|(i, sample)| sample - light_at(&light, steps, i)).collect();
        let change = mean_square(&rest);
        subtract(&taps, &blur, &modules, steps, &mut rest);
        let noise = mean_square(&rest);
        explained = 1.0 - noise / change.max(1.0);
        for _ in 0..SWEEPS {
            sweep(&taps, &blur, &mut modules, &mut soft, steps, &mut rest, noise);
        }
        if round + 1 < ROUNDS {
            let model: Vec<f32> = samples.iter().zip(&rest).map(|(sample, rest)| sample - rest).collect();
            laid.quad = nudged(&laid, steps, &model, &rest);
        }
    }
    let mut ink = Vec::with_capacity(n * n);
    for y in 0..n {
        for x in 0..n {
            ink.push(at(&soft, (y + QUIET) * modules.wide + x + QUIET).clamp(-1.3, 1.3));
        }
    }
    Sight { ink, laid, explained }
}

/// The first version has no pattern at its fourth corner, which is put where a parallelogram has it.
fn squared(laid: Laid) -> Laid {
    if laid.version > 1 {
        return laid;
    }
    let [p0, p1, _, p3] = laid.quad.0;
    let fourth = Point { x: p1.x + p3.x - p0.x, y: p1.y + p3.y - p0.y };
    Laid { quad: Quad([p0, p1, fourth, p3]), ..laid }
}

fn mean_square(values: &[f32]) -> f32 {
    values.iter().map(|value| value * value).sum::<f32>() / real(values.len().max(1))
}

fn light_at(light: &[f32; LIGHTS], steps: usize, sample: usize) -> f32 {
    let half = real(steps) / 2.0;
    let [level, across, down] = light;
    level + across * (real(sample % steps) / half - 1.0) + down * (real(sample / steps) / half - 1.0)
}

/// The blur and the light that explain the samples best, given the modules.
fn fit_blur(taps: &Taps, modules: &Modules, steps: usize, samples: &[f32]) -> (Vec<f32>, [f32; LIGHTS]) {
    let size = taps.count + LIGHTS;
    let mut normal = vec![0.0f32; size * (size + 1)];
    let half = real(steps) / 2.0;
    let mut row = vec![0.0f32; size + 1];
    for (i, sample) in samples.iter().enumerate() {
        row.fill(0.0);
        let (y, x) = ((i / steps).cast_signed(), (i % steps).cast_signed());
        for (dy, dx, index) in &taps.all {
            if let Some(module) = modules.at(y - dy, x - dx)
                && let Some(slot) = row.get_mut(*index)
            {
                *slot += at(&modules.values, module);
            }
        }
        let lights = [1.0, real(i % steps) / half - 1.0, real(i / steps) / half - 1.0];
        for (slot, value) in row.iter_mut().skip(taps.count).zip(lights.into_iter().chain([*sample])) {
            *slot = value;
        }
        for (line, a) in normal.chunks_exact_mut(size + 1).zip(&row) {
            if *a != 0.0 {
                for (slot, b) in line.iter_mut().zip(&row) {
                    *slot += a * b;
                }
            }
        }
    }
    for i in 0..taps.count {
        if let Some(slot) = normal.get_mut(i * (size + 1) + i) {
            *slot += HOLD;
        }
    }
    let found = super::bits::solve(normal, size);
    let mut light = [0.0; LIGHTS];
    for (slot, value) in light.iter_mut().zip(found.iter().skip(taps.count)) {
        *slot = *value;
    }
    (found.into_iter().take(taps.count).collect(), light)
}

/// Takes away what the modules explain.
fn subtract(taps: &Taps, blur: &[f32], modules: &Modules, steps: usize, rest: &mut [f32]) {
    for (module, value) in modules.values.iter().enumerate() {
        spread(taps, blur, modules.place(module), steps, rest, -value);
    }
}

/// Adds one module's trace times `amount`.
fn spread(taps: &Taps, blur: &[f32], (y, x): (isize, isize), steps: usize, rest: &mut [f32], amount: f32) {
    for (dy, dx, index) in &taps.all {
        if let Some(sample) = sample_at(y + dy, x + dx, steps)
            && let Some(slot) = rest.get_mut(sample)
        {
            *slot += amount * at(blur, *index);
        }
    }
}

fn sample_at(y: isize, x: isize, steps: usize) -> Option<usize> {
    let (y, x) = (usize::try_from(y).ok()?, usize::try_from(x).ok()?);
    (x < steps && y < steps).then_some(y * steps + x)
}

/// Estimates each unknown module from what is left when all others are taken away.
fn sweep(
    taps: &Taps,
    blur: &[f32],
    modules: &mut Modules,
    soft: &mut [f32],
    steps: usize,
    rest: &mut [f32],
    noise: f32,
) {
    for module in 0..modules.values.len() {
        if modules.known.get(module).copied().unwrap_or(true) {
            if let Some(slot) = soft.get_mut(module) {
                *slot = at(&modules.values, module);
            }
            continue;
        }
        let (y, x) = modules.place(module);
        let (mut product, mut norm) = (0.0f32, 0.0f32);
        for (dy, dx, index) in &taps.all {
            if let Some(sample) = sample_at(y + dy, x + dx, steps) {
                let trace = at(blur, *index);
                product += trace * at(rest, sample);
                norm += trace * trace;
            }
        }
        let before = at(&modules.values, module);
        let estimate = before + product / norm.max(1e-3);
        // Samples lie half a module apart and share their noise: four are worth about one.
        let shrunk = estimate * norm / (norm + 4.0 * DOUBT * noise);
        let value = shrunk.clamp(-1.0, 1.0);
        if let (Some(slot), Some(kept)) = (modules.values.get_mut(module), soft.get_mut(module)) {
            (*slot, *kept) = (value, shrunk);
        }
        spread(taps, blur, (y, x), steps, rest, before - value);
    }
}

/// The outline moved so that the model lies on the samples best: a projective shift of the lattice, by least squares.
fn nudged(laid: &Laid, steps: usize, model: &[f32], rest: &[f32]) -> Quad {
    const PARTS: usize = 8;
    let half = real(steps) / 2.0;
    let mut normal = vec![0.0f32; PARTS * (PARTS + 1)];
    for i in 0..model.len() {
        let (x, y) = (i % steps, i / steps);
        if x == 0 || y == 0 || x + 1 == steps || y + 1 == steps {
            continue;
        }
        let gx = (at(model, i + 1) - at(model, i - 1)) / 2.0;
        let gy = (at(model, i + steps) - at(model, i - steps)) / 2.0;
        let (u, v) = (real(x) / half - 1.0, real(y) / half - 1.0);
        let along = gx * u + gy * v;
        let slopes = [gx, gy, gx * u, gx * v, gy * u, gy * v, along * u, along * v];
        for (row, a) in normal.chunks_exact_mut(PARTS + 1).zip(slopes) {
            for (slot, b) in row.iter_mut().zip(slopes.into_iter().chain([at(rest, i)])) {
                *slot += a * b;
            }
        }
    }
    let trace: f32 = (0..PARTS).map(|i| at(&normal, i * (PARTS + 1) + i)).sum();
    for i in 0..PARTS {
        if let Some(slot) = normal.get_mut(i * (PARTS + 1) + i) {
            *slot += 1e-3 * trace + 1e-3;
        }
    }
    let shift = super::bits::solve(normal, PARTS);
    let part = |i: usize| at(&shift, i).clamp(-1.0, 1.0);
    let n = real(side(laid.version));
    let plane = laid.quad.plane();
    // A sample that shows the model from `d` half modules further on means that the lattice lies `d` too far back.
    let corner = |u: f32, v: f32| -> Point {
        let scale = 2.0 * n / real(steps);
        let (s, t) = ((2.0 * u - 1.0) * scale, (2.0 * v - 1.0) * scale);
        let tilt = part(6) * s + part(7) * t;
        let dx = part(0) + (part(2) + tilt) * s + part(3) * t;
        let dy = part(1) + part(4) * s + (part(5) + tilt) * t;
        plane.place(u - dx / (2.0 * n), v - dy / (2.0 * n))
    };
    Quad([corner(0.0, 0.0), corner(1.0, 0.0), corner(1.0, 1.0), corner(0.0, 1.0)])
}
