//! A strip of the window that is filled from the top and from the bottom: all the layout there is.
//!
//! **Nothing moves**: what stands at the bottom stays there whatever is above it.

use egui::{Rect, pos2};

/// What is still free of a strip.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    rect: Rect,
}

impl Column {
    /// All of it is free.
    pub const fn new(rect: Rect) -> Self {
        Self { rect }
    }

    /// Takes so much from the top.
    pub fn take(&mut self, height: f32) -> Rect {
        let cut = (self.rect.min.y + height).min(self.rect.max.y.max(self.rect.min.y));
        let taken = Rect::from_min_max(self.rect.min, pos2(self.rect.max.x, cut));
        self.rect.min.y = cut;
        taken
    }

    /// Takes so much from the bottom.
    pub fn take_bottom(&mut self, height: f32) -> Rect {
        let cut = (self.rect.max.y - height).max(self.rect.min.y);
        let taken = Rect::from_min_max(pos2(self.rect.min.x, cut), self.rect.max);
        self.rect.max.y = cut;
        taken
    }

    /// Leaves a gap at the top.
    pub fn gap(&mut self, height: f32) {
        self.take(height);
    }

    /// Leaves a gap at the bottom.
    pub fn gap_bottom(&mut self, height: f32) {
        self.take_bottom(height);
    }

    /// What is free.
    pub const fn rest(&self) -> Rect {
        self.rect
    }

    /// How high that is.
    pub fn height(&self) -> f32 {
        self.rect.height().max(0.0)
    }

    /// How wide.
    pub fn width(&self) -> f32 {
        self.rect.width()
    }
}

/// Cuts a strip into so many equal ones side by side.
pub fn side_by_side(rect: Rect, count: u8, gap: f32) -> Vec<Rect> {
    let parts = f32::from(count.max(1));
    let width = (rect.width() - gap * (parts - 1.0)) / parts;
    (0..count)
        .map(|at| {
            let left = rect.min.x + f32::from(at) * (width + gap);
            Rect::from_min_max(pos2(left, rect.min.y), pos2(left + width, rect.max.y))
        })
        .collect()
}
