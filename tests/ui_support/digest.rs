//! A picture's digest: of everything that is painted, shape by shape, with its place, its colours and its words.
//!
//! **Two pictures with one digest are the same picture.** It is taken of what egui hands over to be painted and not of
//! pixels: a letter's edge is rasterised by whatever the processor has, so that pixels differ a little between machines, and
//! what is handed over does not. The fonts themselves are in [`fonts`].

use std::fmt::Write as _;

use egui::epaint::TextShape;
use egui::{Color32, Pos2, Rect, Shape};
use sha2::{Digest as _, Sha256};

/// So many hexadecimal digits tell two pictures apart: one change in four thousand million goes unseen.
const DIGITS: usize = 8;

/// Of what is painted on that ground.
pub fn of<State>(harness: &egui_kittest::Harness<'_, State>) -> String {
    let mut told = String::new();
    color(&mut told, harness.ctx.global_style().visuals.panel_fill);
    for clipped in &harness.output().shapes {
        rect(&mut told, clipped.clip_rect);
        tell(&mut told, &clipped.shape);
    }
    short(told.as_bytes())
}

/// Of the fonts that letters are drawn with.
pub fn fonts() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| ["ttf", "otf", "ttc"].iter().any(|font| end == *font)));
    files.sort();
    assert!(files.len() >= 4, "{files:?}");
    let mut hash = Sha256::new();
    files.iter().for_each(|file| hash.update(std::fs::read(file).unwrap()));
    hex::encode(hash.finalize()).chars().take(DIGITS).collect()
}

/// A number of that text, the same on every machine.
pub fn number_of(text: &str) -> usize {
    usize::from_str_radix(&short(text.as_bytes()), 16).unwrap()
}

fn short(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes)).chars().take(DIGITS).collect()
}

/// Places in quarters of a point: what nobody sees is no change.
fn number(told: &mut String, value: f32) {
    let quarters = (value.clamp(-1e6, 1e6) * 4.0).round();
    write!(told, "{quarters} ").unwrap();
}

fn point(told: &mut String, at: Pos2) {
    number(told, at.x);
    number(told, at.y);
}

fn rect(told: &mut String, rect: Rect) {
    point(told, rect.min);
    point(told, rect.max);
}

fn color(told: &mut String, color: Color32) {
    write!(told, "{:?} ", color.to_array()).unwrap();
}

fn tell(told: &mut String, shape: &Shape) {
    match shape {
        Shape::Noop => {}
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| tell(told, shape)),
        Shape::Rect(filled) => {
            rect(told, filled.rect);
            color(told, filled.fill);
            color(told, filled.stroke.color);
            number(told, filled.stroke.width);
            write!(told, "{:?} {} ", filled.corner_radius, filled.brush.is_some()).unwrap();
        }
        Shape::LineSegment { points, stroke } => {
            points.iter().for_each(|at| point(told, *at));
            color(told, stroke.color);
            number(told, stroke.width);
        }
        Shape::Path(path) => {
            path.points.iter().for_each(|at| point(told, *at));
            color(told, path.fill);
            number(told, path.stroke.width);
            write!(told, "{:?} {} ", path.stroke.color, path.closed).unwrap();
        }
        Shape::Circle(circle) => {
            point(told, circle.center);
            number(told, circle.radius);
            color(told, circle.fill);
            color(told, circle.stroke.color);
            number(told, circle.stroke.width);
        }
        Shape::Text(text) => letters(told, text),
        Shape::Mesh(mesh) => {
            for vertex in &mesh.vertices {
                point(told, vertex.pos);
                color(told, vertex.color);
            }
        }
        other => write!(told, "{other:?} ").unwrap(),
    }
}

/// Rows with their words, each letter's place, sizes and colours; not where a letter happens to lie in the atlas.
fn letters(told: &mut String, text: &TextShape) {
    point(told, text.pos);
    number(told, text.angle);
    number(told, text.opacity_factor * 100.0);
    color(told, text.fallback_color);
    write!(told, "{:?} {:?} ", text.override_text_color.map(|color| color.to_array()), text.galley.elided).unwrap();
    for section in &text.galley.job.sections {
        number(told, section.format.font_id.size);
        write!(told, "{:?} {:?} ", section.format.font_id.family, section.byte_range).unwrap();
        color(told, section.format.color);
    }
    for row in &text.galley.rows {
        point(told, row.pos);
        for glyph in &row.glyphs {
            write!(told, "{} ", glyph.chr).unwrap();
            number(told, glyph.pos.x);
        }
    }
}
