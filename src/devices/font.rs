//! Characters as dots: a monospaced pen for pictures of slips, and for lines the printer has no characters for.
//!
//! **A character that no font has is drawn as a box, never left out**: a name must not read as another. Fonts are asked
//! in order: those given, then the system's, which are looked through once and only when something is missing.

use std::sync::{Mutex, OnceLock, PoisonError};

use ab_glyph::{Font, FontArc, FontVec, GlyphId, PxScale, point};
use unicode_width::UnicodeWidthChar;

use super::layout::CELL;

/// The bundled font: `assets/fonts/README.md`.
const BUNDLED: &[u8] = include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf");
/// More system fonts than are ever needed for one slip.
const MAX_FOUND: usize = 16;

/// Draws characters.
pub struct Pen {
    given: Vec<FontArc>,
    found: Mutex<Vec<FontArc>>,
    system: OnceLock<fontdb::Database>,
}

impl Pen {
    /// With the bundled font, then these, such as those for Chinese and Korean, then the system's.
    #[must_use]
    pub fn new(fonts: &[&'static [u8]]) -> Self {
        let read = |bytes: &&'static [u8]| {
            let font = FontArc::try_from_slice(bytes);
            font.inspect_err(|error| tracing::warn!(%error, "a font for printing cannot be read")).ok()
        };
        let given = std::iter::once(&BUNDLED).chain(fonts).filter_map(read).collect();
        Self { given, found: Mutex::default(), system: OnceLock::new() }
    }

    /// The first font that has the character.
    fn font_of(&self, c: char) -> Option<(FontArc, GlyphId)> {
        let in_font = |font: &FontArc| Some(font.glyph_id(c)).filter(|id| id.0 != 0).map(|id| (font.clone(), id));
        if let Some(found) = self.given.iter().find_map(in_font) {
            return Some(found);
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = found.iter().find_map(in_font) {
            return Some(known);
        }
        let font = self.in_the_system(c).filter(|_| found.len() < MAX_FOUND)?;
        found.push(font.clone());
        in_font(&font)
    }

    /// Whether any font has the character; without one it comes out as a box.
    #[must_use]
    pub fn has(&self, c: char) -> bool {
        self.font_of(c).is_some()
    }

    fn in_the_system(&self, c: char) -> Option<FontArc> {
        let fonts = self.system.get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            fonts.load_system_fonts();
            fonts
        });
        let upright = |face: &&fontdb::FaceInfo| face.style == fontdb::Style::Normal;
        let mut faces: Vec<_> = fonts.faces().filter(upright).collect();
        // The plain weight first; of one weight, whichever is named first, so that a slip looks the same each time.
        faces.sort_by_key(|face| (face.weight.0.abs_diff(400), face.post_script_name.clone()));
        faces.into_iter().find_map(|face| {
            let has = fonts.with_face_data(face.id, |bytes, index| {
                let font = ab_glyph::FontRef::try_from_slice_and_index(bytes, index).ok()?;
                (font.glyph_id(c).0 != 0 && font.outline(font.glyph_id(c)).is_some()).then(|| bytes.to_vec())
            });
            let bytes = has.flatten()?;
            FontVec::try_from_vec_and_index(bytes, face.index).ok().map(FontArc::from)
        })
    }

    /// Inks one character whose cell begins at `left`, `top`; `dots` is a cell's size for a narrow character. Gives the
    /// plain columns it took.
    pub(super) fn draw(
        &self,
        c: char,
        (left, top): (usize, usize),
        cell: Cell,
        ink: &mut dyn FnMut(usize, usize),
    ) -> usize {
        let wide = c.width().unwrap_or(0).min(2);
        if wide == 0 || c == ' ' || c == '\u{a0}' {
            return wide;
        }
        let room = cell.across * wide;
        match self.font_of(c) {
            Some((font, id)) => outline(&font, id, (left, top), (room, cell), ink),
            None => hollow((left, top), (room, cell.down), ink),
        }
        wide
    }
}

/// How a character of one column is drawn, in dots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub(super) across: usize,
    pub(super) down: usize,
    /// How much darker: dots to the right that are inked as well.
    pub(super) bold: usize,
}

impl Cell {
    /// A printer's character, enlarged so many times across and down.
    pub(super) const fn times(across: usize, down: usize, bold: usize) -> Self {
        Self { across: CELL.0 * across, down: CELL.1 * down, bold }
    }
}

/// How many lumas of a glyph's edge are ink.
const EDGE: f32 = 0.45;

fn outline(
    font: &FontArc,
    id: GlyphId,
    at: (usize, usize),
    (room, cell): (usize, Cell),
    ink: &mut dyn FnMut(usize, usize),
) {
    let (room_px, down) = (as_f32(room), as_f32(cell.down));
    let em = font.units_per_em().unwrap_or(1000.0);
    // An em as high as five sixths of a cell: then 600 units of advance are as wide as the cell is.
    let size = down * 5.0 / 6.0;
    let per_unit = font.height_unscaled() / em;
    let stretch = as_f32(cell.across) * 2.0 / down;
    let advance = font.h_advance_unscaled(id) / em * size * stretch;
    let squeeze = if advance > room_px { room_px / advance } else { 1.0 };
    let across = size * stretch * squeeze;
    let scale = PxScale { x: across * per_unit, y: size * per_unit };
    let indent = (room_px - advance * squeeze).max(0.0) / 2.0;
    let glyph = id.with_scale_and_position(scale, point(indent, (down * 0.79).round()));
    let Some(outlined) = font.outline_glyph(glyph) else { return };
    let bounds = outlined.px_bounds();
    outlined.draw(|x, y, cover| {
        let (x, y) = (bounds.min.x + as_f32_u32(x), bounds.min.y + as_f32_u32(y));
        if cover < EDGE || x < 0.0 || y < 0.0 {
            return;
        }
        for more in 0..=cell.bold {
            let (x, y) = (whole(x) + more, whole(y));
            // A glyph that hangs over its cell is cut: nothing runs into the next line or off the paper.
            if x < room && y < cell.down {
                ink(at.0 + x, at.1 + y);
            }
        }
    });
}

fn hollow((left, top): (usize, usize), (across, down): (usize, usize), ink: &mut dyn FnMut(usize, usize)) {
    let (from, to) = (down / 6, down * 5 / 6);
    for x in 1..across.saturating_sub(1) {
        ink(left + x, top + from);
        ink(left + x, top + to);
    }
    for y in from..to {
        ink(left + 1, top + y);
        ink(left + across.saturating_sub(2), top + y);
    }
}

/// Dots of a slip are few thousands at most.
fn as_f32(dots: usize) -> f32 {
    f32::from(u16::try_from(dots).unwrap_or(u16::MAX))
}

fn as_f32_u32(dots: u32) -> f32 {
    f32::from(u16::try_from(dots).unwrap_or(u16::MAX))
}

fn whole(dots: f32) -> usize {
    // Positive and small: checked where it is called.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = dots as usize;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inked(c: char) -> (usize, Vec<(usize, usize)>) {
        let mut dots = vec![];
        let columns = Pen::new(&[]).draw(c, (0, 0), Cell::times(1, 1, 0), &mut |x, y| dots.push((x, y)));
        (columns, dots)
    }

    #[test]
    fn letters_and_digits_have_ink_inside_their_cell() {
        for c in ('!'..='~').chain("éñçÜß€".chars()) {
            let (columns, dots) = inked(c);
            assert_eq!(columns, 1, "{c}");
            assert!(dots.len() > 3, "{c}");
            assert!(dots.iter().all(|(x, y)| *x < CELL.0 && *y < CELL.1), "{c}");
        }
        assert_eq!(inked(' '), (1, vec![]));
    }

    #[test]
    fn no_two_digits_look_the_same_and_what_no_font_has_is_a_box() {
        let shapes: std::collections::BTreeSet<_> = ('0'..='9').map(|c| inked(c).1).collect();
        assert_eq!(shapes.len(), 10);
        // A character of a private use area.
        let (columns, dots) = inked('\u{f8f0}');
        assert_eq!(columns, 1);
        assert!(!dots.is_empty());
    }
}
