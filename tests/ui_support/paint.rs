//! Paints what a test's window draws into a picture, on the processor alone: egui hands over triangles with colours and
//! textures, and that is all there is to a window. No display, no graphics card, the same bytes on every machine.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels are counted in whole numbers

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use egui::epaint::{ImageDelta, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, ImageData, Pos2, Rect, TextureId, TexturesDelta, pos2};
use egui_kittest::{Harness, TestRenderer};
use image::{Rgb, RgbImage};

type Textures = Arc<Mutex<HashMap<TextureId, ColorImage>>>;

/// Keeps the textures of a window.
#[derive(Clone, Default)]
pub struct Canvas(Textures);

impl TestRenderer for Canvas {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.lock().unwrap();
        for (id, deltas) in std::mem::take(&mut delta.set) {
            deltas.iter().for_each(|delta| place(&mut textures, id, delta));
        }
        // Freed ones are kept: a window of a test closes soon.
        delta.clear();
    }
}

fn place(textures: &mut HashMap<TextureId, ColorImage>, id: TextureId, delta: &ImageDelta) {
    let ImageData::Color(image) = &delta.image;
    match delta.pos {
        None => drop(textures.insert(id, ColorImage::clone(image))),
        Some([left, top]) => {
            let Some(whole) = textures.get_mut(&id) else { return };
            for y in 0..image.height() {
                let from = &image.pixels[y * image.width()..(y + 1) * image.width()];
                let start = (top + y) * whole.width() + left;
                whole.pixels[start..start + image.width()].copy_from_slice(from);
            }
        }
    }
}

impl Canvas {
    /// A picture of the window's last frame.
    pub fn picture<State>(&self, harness: &Harness<'_, State>) -> RgbImage {
        let scale = harness.ctx.pixels_per_point();
        let size = harness.ctx.content_rect().size() * scale;
        // What a window is cleared with, below all that is painted.
        let page = rgba(harness.ctx.global_style().visuals.panel_fill);
        let mut frame = Frame::new(size.x.round() as usize, size.y.round() as usize, [page[0], page[1], page[2]]);
        let textures = self.0.lock().unwrap();
        for clipped in harness.ctx.tessellate(harness.output().shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some(texture) = textures.get(&mesh.texture_id) else { continue };
            frame.mesh(mesh, texture, clipped.clip_rect, scale);
        }
        frame.into_image()
    }
}

struct Frame {
    width: usize,
    height: usize,
    pixels: Vec<[f32; 3]>,
}

impl Frame {
    fn new(width: usize, height: usize, page: [f32; 3]) -> Self {
        Self { width, height, pixels: vec![page; width * height] }
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, clip: Rect, scale: f32) {
        let clip = Rect::from_min_max((clip.min.to_vec2() * scale).to_pos2(), (clip.max.to_vec2() * scale).to_pos2());
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |at: usize| mesh.vertices[corners[at] as usize];
            self.triangle([corner(0), corner(1), corner(2)], texture, clip, scale);
        }
    }

    fn triangle(&mut self, corners: [Vertex; 3], texture: &ColorImage, clip: Rect, scale: f32) {
        let [a, b, c] = corners.map(|corner| (corner.pos.to_vec2() * scale).to_pos2());
        let area = edge(a, b, c);
        if area == 0.0 {
            return;
        }
        // Whole pixels that the triangle touches, as far as they may be painted on.
        let touched = Rect::from_points(&[a, b, c]);
        let span = |from: f32, to: f32, (low, high): (f32, f32), size: usize| {
            let (from, to) = (from.floor().max(low.round()).max(0.0), to.ceil().min(high.round()).max(0.0));
            from as usize..(to as usize).min(size)
        };
        let columns = span(touched.min.x, touched.max.x, (clip.min.x, clip.max.x), self.width);
        let rows = span(touched.min.y, touched.max.y, (clip.min.y, clip.max.y), self.height);
        // The same colour and the same texel at all corners: a filled shape, most of what is painted.
        let even = corners[0].color == corners[1].color
            && corners[1].color == corners[2].color
            && corners[0].uv == corners[1].uv
            && corners[1].uv == corners[2].uv;
        let flat = even.then(|| shade(rgba(corners[0].color), sample(texture, corners[0].uv)));
        let edges = [(b, c), (c, a), (a, b)];
        let weights = |at: Pos2| [edge(b, c, at) / area, edge(c, a, at) / area, edge(a, b, at) / area];
        for y in rows {
            let middle = y as f32 + 0.5;
            let is_in = |x: usize| inside(weights(pos2(x as f32 + 0.5, middle)), edges, area);
            let Some(span) = across(&edges, middle, &columns, is_in) else { continue };
            let start = y * self.width;
            if let Some(color) = flat {
                fill(&mut self.pixels[start + span.start..start + span.end], color);
                continue;
            }
            for x in span {
                let weights = weights(pos2(x as f32 + 0.5, middle));
                let mixed = |part: fn(&Vertex) -> f32| {
                    corners.iter().zip(weights).map(|(corner, weight)| part(corner) * weight).sum::<f32>()
                };
                let channel = |at: usize| {
                    corners.iter().zip(weights).map(|(corner, weight)| rgba(corner.color)[at] * weight).sum::<f32>()
                };
                let tint = [channel(0), channel(1), channel(2), channel(3)];
                let color = shade(tint, sample(texture, pos2(mixed(|v| v.uv.x), mixed(|v| v.uv.y))));
                fill(&mut self.pixels[start + x..=start + x], color);
            }
        }
    }

    fn into_image(self) -> RgbImage {
        let byte = |value: f32| (value * 255.0).round().clamp(0.0, 255.0) as u8;
        RgbImage::from_fn(self.width as u32, self.height as u32, |x, y| {
            let [red, green, blue] = self.pixels[y as usize * self.width + x as usize];
            Rgb([byte(red), byte(green), byte(blue)])
        })
    }
}

/// The columns of a row that a triangle covers: where its edges cross the middle of the row, then pixel by pixel at both ends.
fn across(
    edges: &[(Pos2, Pos2); 3],
    y: f32,
    columns: &Range<usize>,
    is_in: impl Fn(usize) -> bool,
) -> Option<Range<usize>> {
    let crossings = edges.iter().filter(|(from, to)| (from.y - y) * (to.y - y) <= 0.0 && from.y != to.y);
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for (from, to) in crossings {
        let x = from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y);
        (low, high) = (low.min(x), high.max(x));
    }
    let start = (low - 2.0).max(columns.start as f32) as usize;
    let end = ((high + 2.0).max(0.0) as usize).min(columns.end);
    let first = (start..end).find(|x| is_in(*x))?;
    let last = (first..end).rev().find(|x| is_in(*x))?;
    Some(first..last + 1)
}

/// Paints over pixels; what hides them is copied, many at a time.
fn fill(pixels: &mut [[f32; 3]], [red, green, blue, alpha]: [f32; 4]) {
    if alpha < 1.0 {
        for under in pixels {
            for (channel, over) in under.iter_mut().zip([red, green, blue]) {
                *channel = over + *channel * (1.0 - alpha);
            }
        }
        return;
    }
    let row = [[red, green, blue]; 64];
    for part in pixels.chunks_mut(row.len()) {
        part.copy_from_slice(&row[..part.len()]);
    }
}

fn edge(from: Pos2, to: Pos2, at: Pos2) -> f32 {
    (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x)
}

/// A pixel on an edge of two triangles belongs to one of them: the one at whose left or upper side it is.
fn inside(weights: [f32; 3], edges: [(Pos2, Pos2); 3], area: f32) -> bool {
    weights.iter().zip(edges).all(|(weight, (from, to))| {
        let (from, to) = if area > 0.0 { (from, to) } else { (to, from) };
        *weight > 0.0 || (*weight == 0.0 && (to.y < from.y || (to.y == from.y && to.x > from.x)))
    })
}

/// Parts from 0 to 1, the alpha multiplied into them.
fn rgba(color: Color32) -> [f32; 4] {
    color.to_array().map(|part| f32::from(part) / 255.0)
}

fn shade(tint: [f32; 4], texel: [f32; 4]) -> [f32; 4] {
    [tint[0] * texel[0], tint[1] * texel[1], tint[2] * texel[2], tint[3] * texel[3]]
}

fn sample(texture: &ColorImage, uv: Pos2) -> [f32; 4] {
    let index = |part: f32, size: usize| ((part * size as f32) as usize).min(size - 1);
    let (x, y) = (index(uv.x, texture.width()), index(uv.y, texture.height()));
    rgba(texture.pixels[y * texture.width() + x])
}
