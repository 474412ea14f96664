//! A slip as a picture, dot for dot: what a preview shows, what a PDF holds, and lines a printer has no characters for.
//!
//! **White is 255, ink is 0, and nothing stands outside the paper.**

use super::codes::Modules;
use super::document::Size;
use super::font::{Cell, Pen};
use super::layout::{
    BAR_DOTS, BAR_HEIGHT, BAR_QUIET, CELL, CodeKind, LINE_DOTS, Line, Paper, QR_DOTS, QR_QUIET, scale,
};

/// How high a rule is with the white around it.
const RULE_DOTS: usize = 16;

/// A grey picture in two tones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Dots across.
    pub width: usize,
    /// Dots down.
    pub height: usize,
    /// 255 for paper, 0 for ink, row by row.
    pub luma: Vec<u8>,
}

impl Raster {
    /// White paper.
    #[must_use]
    pub fn blank(width: usize, height: usize) -> Self {
        Self { width, height, luma: vec![255; width * height] }
    }

    /// Inks a dot; outside the paper there is none.
    pub fn ink(&mut self, x: usize, y: usize) {
        if x < self.width
            && let Some(dot) = self.luma.get_mut(y * self.width + x)
        {
            *dot = 0;
        }
    }

    /// Makes room for so many more rows below.
    pub fn grow(&mut self, rows: usize) {
        self.height += rows;
        self.luma.resize(self.width * self.height, 255);
    }

    /// True where there is ink.
    #[must_use]
    pub fn is_inked(&self, x: usize, y: usize) -> bool {
        x < self.width && self.luma.get(y * self.width + x).is_some_and(|luma| *luma < 128)
    }

    /// Eight dots a byte, the first in the highest bit, 1 for ink; each row in whole bytes.
    #[must_use]
    pub fn packed(&self) -> Vec<u8> {
        let rows = self.luma.chunks(self.width.max(1));
        rows.flat_map(|row| {
            row.chunks(8).map(|eight| {
                eight.iter().enumerate().fold(0_u8, |byte, (at, luma)| byte | (u8::from(*luma < 128) << (7 - at)))
            })
        })
        .collect()
    }
}

/// Draws lines one below the other, each dot enlarged so many times.
#[must_use]
pub fn draw(lines: &[Line], paper: Paper, pen: &Pen, times: usize) -> Raster {
    let mut raster = Raster::blank(paper.dots * times, 0);
    for line in lines {
        let part = line_raster(line, paper, pen, times);
        raster.luma.extend_from_slice(&part.luma);
        raster.height += part.height;
    }
    raster
}

/// One line over the whole width of the paper.
pub(super) fn line_raster(line: &Line, paper: Paper, pen: &Pen, times: usize) -> Raster {
    let width = paper.dots * times;
    match line {
        Line::Text { text, indent, size, strong } => {
            let mut raster = Raster::blank(width, LINE_DOTS * scale(*size).1 * times);
            text_into(&mut raster, pen, text, (*indent, *size), (*strong, times));
            raster
        }
        Line::Rule => {
            let mut raster = Raster::blank(width, RULE_DOTS * times);
            let middle = (RULE_DOTS / 2 - 1) * times;
            for y in middle..middle + 2 * times {
                (0..width).for_each(|x| raster.ink(x, y));
            }
            raster
        }
        Line::Space => Raster::blank(width, LINE_DOTS * times),
        Line::Code { kind, modules, .. } => code_raster(*kind, modules, width, times),
        // A finger's breadth, as a cutter leaves.
        Line::Cut => Raster::blank(width, 2 * LINE_DOTS * times),
    }
}

fn text_into(
    raster: &mut Raster,
    pen: &Pen,
    text: &str,
    (indent, size): (usize, Size),
    (strong, times): (bool, usize),
) {
    let (across, down) = scale(size);
    let cell = Cell::times(across * times, down * times, if strong { across * times } else { 0 });
    let mut left = indent * CELL.0 * times;
    // Three dots of the quarter of a line stand above a character.
    let top = (LINE_DOTS - CELL.1) / 2 * down * times;
    for c in text.chars() {
        left += cell.across * pen.draw(c, (left, top), cell, &mut |x, y| raster.ink(x, y));
    }
}

/// A code in the middle, with its quiet zone above and below.
pub(super) fn code_raster(kind: CodeKind, modules: &Modules, width: usize, times: usize) -> Raster {
    let (dots, quiet, row_dots) = match kind {
        CodeKind::Qr => (QR_DOTS * times, QR_QUIET, QR_DOTS * times),
        CodeKind::Code128 => (BAR_DOTS * times, BAR_QUIET, BAR_HEIGHT * times),
    };
    // Beside it the paper is white; above and below a linear code a line's gap is enough.
    let above = match kind {
        CodeKind::Qr => quiet * dots,
        CodeKind::Code128 => LINE_DOTS / 2 * times,
    };
    let mut raster = Raster::blank(width, modules.height * row_dots + 2 * above);
    let left = width.saturating_sub(modules.width * dots) / 2;
    for (at, _) in modules.dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let (column, row) = (at % modules.width, at / modules.width);
        for y in 0..row_dots {
            for x in 0..dots {
                raster.ink(left + column * dots + x, above + row * row_dots + y);
            }
        }
    }
    raster
}
