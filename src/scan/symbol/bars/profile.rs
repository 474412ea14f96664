//! From a patch of parallel bars to one row of brightness: the profile.
//!
//! Every pixel of a strip is dropped at its own place across the bars and averaged along them. **Nothing is resampled
//! before it is averaged**: bars at a slight angle cross the pixels at many phases, so the average resolves more than
//! one row of pixels can, and its noise falls with the square root of the height.

use super::super::frame::LumaFrame;
use super::super::numbers::{at, index, real, size};
use super::super::tensor::BarRegion;

/// Width of a bin of the profile, in pixels.
pub const BIN: f32 = 0.5;
/// The steepest lean of the bars against the region's direction that is tried: 7 degrees.
const MAX_LEAN: f32 = 0.12;
/// Pixels of a strip at most; larger strips are thinned by whole rows.
const MAX_PIXELS: f32 = 60_000.0;
/// Pixels that decide the lean.
const LEAN_PIXELS: usize = 5_000;

/// Brightness across the bars.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Sums of the bins before each bin: `sums[i]` is the sum of the first `i` bins.
    sums: Vec<f32>,
    /// Place of the first bin across the bars, in pixels from the region's centre.
    pub origin: f32,
    /// How far the bars lean: pixels across per pixel along.
    pub lean: f32,
    /// The strip's middle along the bars, in pixels from the region's centre.
    pub along: f32,
}

impl Profile {
    /// Mean brightness between two places (in pixels from the region's centre).
    pub fn mean(&self, from: f32, to: f32) -> f32 {
        let (a, b) = ((from - self.origin) / BIN, (to - self.origin) / BIN);
        (self.sum_to(b) - self.sum_to(a)) / (b - a).max(1e-3)
    }

    /// Mean brightness of `count` pieces of `width` from `from` on, side by side.
    pub fn means(&self, from: f32, width: f32, count: usize) -> Vec<f32> {
        let (from, step) = ((from - self.origin) / BIN, width / BIN);
        let scale = 1.0 / step.max(1e-3);
        let mut before = self.sum_to(from);
        (1..=count)
            .map(|i| {
                let sum = self.sum_to(from + real(i) * step);
                let mean = (sum - before) * scale;
                before = sum;
                mean
            })
            .collect()
    }

    fn sum_to(&self, place: f32) -> f32 {
        let last = real(self.sums.len().saturating_sub(1));
        let place = place.clamp(0.0, last);
        let left = index(place);
        let share = place - real(left);
        let low = at(&self.sums, left);
        if share <= 0.0 { low } else { low + (at(&self.sums, left + 1) - low) * share }
    }

    /// The first and last place, in pixels from the region's centre.
    pub fn extent(&self) -> (f32, f32) {
        (self.origin, self.origin + BIN * real(self.sums.len().saturating_sub(1)))
    }

    /// The profile read from the other end.
    pub fn reversed(&self) -> Self {
        let total = self.sums.last().copied().unwrap_or(0.0);
        let sums = self.sums.iter().rev().map(|sum| total - sum).collect();
        Self { sums, origin: -self.extent().1, lean: self.lean, along: self.along }
    }

    /// The profile with light and dark exchanged.
    pub fn inverted(&self) -> Self {
        let sums = self.sums.iter().enumerate().map(|(i, sum)| 255.0 * real(i) - sum).collect();
        Self { sums, ..self.clone() }
    }
}

/// A pixel of a strip: place across, place along, brightness.
type Drop = (f32, f32, f32);

/// The pixels of `region` between `from` and `to` along the bars (pixels from its centre), widened by `margin` across.
fn drops(frame: &LumaFrame, region: &BarRegion, from: f32, to: f32, margin: f32) -> Vec<Drop> {
    let (ux, uy) = region.across;
    let reach = region.half_length + margin;
    let corners = [(-reach, from), (reach, from), (-reach, to), (reach, to)];
    let ys = corners.map(|(t, s)| region.y + t * uy + s * ux);
    let top = ys.iter().copied().fold(f32::MAX, f32::min).max(0.0);
    let bottom = ys.iter().copied().fold(f32::MIN, f32::max);
    let area = 2.0 * reach * (to - from);
    let thin = index((area / MAX_PIXELS).ceil()).max(1);
    let width = size(frame.width());
    let mut drops = Vec::with_capacity(index(area.clamp(0.0, MAX_PIXELS * 1.5)));
    for (y, line) in frame.pixels().chunks_exact(width).enumerate().skip(index(top)).step_by(thin) {
        let dy = real(y) - region.y;
        if real(y) > bottom {
            break;
        }
        let (left, right) = span(dy, region.across, (from, to), reach);
        let first = index((left + region.x).max(0.0));
        let last = index((right + region.x + 1.0).max(0.0)).min(width);
        for (x, pixel) in line.iter().enumerate().take(last).skip(first) {
            let dx = real(x) - region.x;
            let (t, s) = (dx * ux + dy * uy, dy * ux - dx * uy);
            if t.abs() <= reach && s >= from && s <= to {
                drops.push((t, s - f32::midpoint(from, to), f32::from(*pixel)));
            }
        }
    }
    drops
}

/// The part of a pixel row inside the strip: `|t| <= reach` and `from <= s <= to`, where both are linear in x.
fn span(dy: f32, (ux, uy): (f32, f32), (from, to): (f32, f32), reach: f32) -> (f32, f32) {
    let (mut left, mut right) = (-1.0e6f32, 1.0e6f32);
    if ux.abs() > 1e-4 {
        let (a, b) = ((-reach - dy * uy) / ux, (reach - dy * uy) / ux);
        left = left.max(a.min(b));
        right = right.min(a.max(b));
    }
    if uy.abs() > 1e-4 {
        let (a, b) = ((dy * ux - from) / uy, (dy * ux - to) / uy);
        left = left.max(a.min(b));
        right = right.min(a.max(b));
    }
    (left, right)
}

/// The profile of the strip of `region` between `from` and `to` along the bars; `None` when the strip holds too few
/// pixels.
pub fn strip(frame: &LumaFrame, region: &BarRegion, from: f32, to: f32, margin: f32) -> Option<Profile> {
    let drops = drops(frame, region, from, to, margin);
    if drops.len() < 60 {
        return None;
    }
    let reach = region.half_length + margin;
    let lean = best_lean(&drops, (to - from) / 2.0, region.half_length);
    let bins = average(&drops, lean, reach, BIN);
    let mut sums = Vec::with_capacity(bins.len() + 1);
    let mut sum = 0.0;
    sums.push(0.0);
    for bin in bins {
        sum += bin;
        sums.push(sum);
    }
    Some(Profile { sums, origin: -reach, lean, along: f32::midpoint(from, to) })
}

/// The lean at which the bars stand out most.
fn best_lean(drops: &[Drop], half_height: f32, half_length: f32) -> f32 {
    // A step moves the strip's edge by a third of a pixel.
    let step = (0.34 / half_height.max(1.0)).max(MAX_LEAN / 14.0);
    let steps = index(MAX_LEAN / step);
    // A few thousand pixels tell the lean as well as all of them. The odd stride does not keep in step with the rows.
    let stride = (drops.len() / LEAN_PIXELS) | 1;
    let layers = Layers::new(drops.iter().step_by(stride), half_height, half_length);
    let mut best = (layers.contrast(0.0), 0.0);
    for i in 1..=steps {
        for lean in [real(i) * step, -real(i) * step] {
            let found = layers.contrast(lean);
            if found > best.0 {
                best = (found, lean);
            }
        }
    }
    for lean in [best.1 - step / 2.0, best.1 + step / 2.0] {
        let found = layers.contrast(lean);
        if found > best.0 {
            best = (found, lean);
        }
    }
    best.1
}

/// A strip in thin layers along the bars, each averaged across them once: leaning is then only moving the layers.
struct Layers {
    /// Bins of a layer in pixels across the bars: sums of brightness, and of weights.
    layers: Vec<(Vec<f32>, Vec<f32>)>,
    /// Height of a layer in pixels.
    height: f32,
    half_height: f32,
    /// Bins before the part that is compared, as many as it can be moved.
    margin: usize,
}

/// How far the steepest lean may move the pixels of one layer, in pixels.
const WITHIN_LAYER: f32 = 0.5;

impl Layers {
    fn new<'a>(drops: impl Iterator<Item = &'a Drop>, half_height: f32, half_length: f32) -> Self {
        let count = index(2.0 * half_height * MAX_LEAN / WITHIN_LAYER) + 1;
        let height = 2.0 * half_height / real(count);
        let margin = index(half_height * MAX_LEAN) + 2;
        let bins = index(2.0 * half_length) + 2 * margin + 2;
        let mut layers = vec![(vec![0.0f32; bins], vec![0.0f32; bins]); count];
        for (t, s, value) in drops {
            let place = t + half_length + real(margin) - 0.5;
            let layer = layers.get_mut(index((s + half_height) / height).min(count - 1));
            let (Some((sums, weights)), true) = (layer, place >= 0.0) else { continue };
            let left = index(place);
            let share = place - real(left);
            if let (Some([a, b]), Some([c, d])) = (sums.get_mut(left..left + 2), weights.get_mut(left..left + 2)) {
                *a += value * (1.0 - share);
                *b += value * share;
                *c += 1.0 - share;
                *d += share;
            }
        }
        Self { layers, height, half_height, margin }
    }

    /// How far apart neighbouring bins are when the bars lean by `lean`.
    fn contrast(&self, lean: f32) -> f32 {
        let bins = self.layers.first().map_or(0, |(sums, _)| sums.len()).saturating_sub(2 * self.margin + 1);
        let (mut sums, mut weights) = (vec![0.0f32; bins], vec![0.0f32; bins]);
        for (i, (layer_sums, layer_weights)) in self.layers.iter().enumerate() {
            let along = (real(i) + 0.5) * self.height - self.half_height;
            // A pixel at `t` belongs at `t + lean * along`.
            let from = (real(self.margin) - lean * along).max(0.0);
            let (left, share) = (index(from), from - from.floor());
            move_by(&mut sums, layer_sums, left, share);
            move_by(&mut weights, layer_weights, left, share);
        }
        let level = |(sum, weight): (&f32, &f32)| if *weight > 0.05 { Some(sum / weight) } else { None };
        let mut levels = sums.iter().zip(&weights).filter_map(level);
        let Some(mut before) = levels.next() else { return 0.0 };
        let mut contrast = 0.0;
        for now in levels {
            contrast += (now - before) * (now - before);
            before = now;
        }
        contrast
    }
}

/// Adds `layer` from `left` and a share of a bin on.
fn move_by(sums: &mut [f32], layer: &[f32], left: usize, share: f32) {
    let pairs = layer.iter().skip(left).zip(layer.iter().skip(left + 1));
    for (sum, (a, b)) in sums.iter_mut().zip(pairs) {
        *sum += a * (1.0 - share) + b * share;
    }
}

/// Averages the drops into bins of `bin` pixels over `-reach..reach`, each shared between the two nearest bins.
fn average(drops: &[Drop], lean: f32, reach: f32, bin: f32) -> Vec<f32> {
    let count = index(2.0 * reach / bin).max(2);
    let mut sums = vec![(0.0f32, 0.0f32); count + 1];
    for (t, s, value) in drops {
        let place = (t + lean * s + reach) / bin - 0.5;
        if place < 0.0 {
            continue;
        }
        let left = index(place);
        let share = place - real(left);
        if let Some([a, b]) = sums.get_mut(left..left + 2) {
            a.0 += value * (1.0 - share);
            a.1 += 1.0 - share;
            b.0 += value * share;
            b.1 += share;
        }
    }
    sums.truncate(count);
    filled(&sums)
}

/// Bins to brightness; an empty bin takes the line between its filled neighbours.
fn filled(sums: &[(f32, f32)]) -> Vec<f32> {
    let mut out: Vec<f32> = Vec::with_capacity(sums.len());
    let mut last: Option<f32> = None;
    for (sum, weight) in sums {
        if *weight > 0.05 {
            let value = sum / weight;
            let gap = out.iter().rev().take_while(|value| value.is_nan()).count();
            let before = last.unwrap_or(value);
            let start = out.len() - gap;
            for (i, slot) in out.iter_mut().skip(start).enumerate() {
                *slot = before + (value - before) * real(i + 1) / real(gap + 1);
            }
            out.push(value);
            last = Some(value);
        } else {
            out.push(f32::NAN);
        }
    }
    let end = last.unwrap_or(128.0);
    for slot in out.iter_mut().rev().take_while(|value| value.is_nan()) {
        *slot = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_bins_take_the_line_between() {
        let bins = filled(&[(0.0, 0.0), (10.0, 1.0), (0.0, 0.0), (30.0, 1.0), (0.0, 0.0)]);
        assert_eq!(bins, vec![10.0, 10.0, 20.0, 30.0, 30.0]);
    }

    #[test]
    fn reversing_and_inverting_keep_means() {
        let profile = Profile { sums: vec![0.0, 10.0, 30.0, 60.0], origin: -0.75, lean: 0.0, along: 0.0 };
        assert!((profile.mean(-0.75, -0.25) - 10.0).abs() < 1e-4);
        assert!((profile.reversed().mean(-0.75, -0.25) - 30.0).abs() < 1e-4);
        assert!((profile.inverted().mean(-0.75, -0.25) - 245.0).abs() < 1e-4);
    }
}
