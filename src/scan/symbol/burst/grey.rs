//! Small grey pictures in floating point, to compare patches of frames: cut out, halved, smoothed, read between pixels.
//!
//! **Nothing here reads a code.** A place outside a picture takes the picture's nearest pixel.

use super::super::frame::LumaFrame;
use super::super::numbers::{at, index, real, size};

/// A grey picture of its own, its pixel centres at whole numbers.
#[derive(Debug, Clone, Default)]
pub struct Grey {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Grey {
    /// The part of `frame` from `left`, `top` on; what lies outside takes the nearest pixel.
    pub fn cut(frame: &LumaFrame, (left, top): (isize, isize), width: usize, height: usize) -> Self {
        let (frame_width, frame_height) = (size(frame.width()), size(frame.height()));
        let lines: Vec<&[u8]> = frame.pixels().chunks_exact(frame_width).collect();
        let mut values = Vec::with_capacity(width * height);
        for row in 0..height {
            let y = top.saturating_add_unsigned(row).max(0).unsigned_abs().min(frame_height.saturating_sub(1));
            let line = lines.get(y).copied().unwrap_or(&[]);
            for column in 0..width {
                let x = left.saturating_add_unsigned(column).max(0).unsigned_abs().min(frame_width.saturating_sub(1));
                values.push(line.get(x).map_or(0.0, |pixel| f32::from(*pixel)));
            }
        }
        Self { width, height, values }
    }

    /// The same picture at `1 / factor` of its size, each pixel the mean of those it stands for.
    pub fn reduced(&self, factor: usize) -> Self {
        let (width, height) = (self.width / factor, self.height / factor);
        let mut values = vec![0.0f32; width * height];
        let share = 1.0 / real(factor * factor);
        if width > 0 {
            for (band, out) in self.values.chunks_exact(self.width * factor).zip(values.chunks_exact_mut(width)) {
                for line in band.chunks_exact(self.width) {
                    for (sum, pixels) in out.iter_mut().zip(line.chunks_exact(factor)) {
                        *sum += pixels.iter().sum::<f32>() * share;
                    }
                }
            }
        }
        Self { width, height, values }
    }

    /// The value at a place between pixels.
    pub fn between(&self, x: f32, y: f32) -> f32 {
        let x = x.clamp(0.0, real(self.width.saturating_sub(1)));
        let y = y.clamp(0.0, real(self.height.saturating_sub(1)));
        let column = index(x).min(self.width.saturating_sub(2));
        let row = index(y).min(self.height.saturating_sub(2));
        let (fx, fy) = (x - real(column), y - real(row));
        let from = row * self.width + column;
        let (Some([a, b]), Some([c, d])) =
            (self.values.get(from..from + 2), self.values.get(from + self.width..from + self.width + 2))
        else {
            return at(&self.values, from);
        };
        (a + (b - a) * fx) * (1.0 - fy) + (c + (d - c) * fx) * fy
    }
}
