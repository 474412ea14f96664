//! What is painted, looked at shape by shape: each text with the ground it stands on, rings, filled buttons.

use egui::epaint::{ClippedShape, RectShape, TextShape};
use egui::{Color32, Pos2, Rect, Shape};
use tillback::ui::theme::{Palette, space};

/// A text with what is painted under its middle.
pub struct OnGround {
    pub text: String,
    pub color: Color32,
    pub ground: Color32,
    pub at: Rect,
}

/// The rectangles and the texts of a frame, in the order in which they are painted.
enum Painted<'a> {
    Ground(&'a RectShape),
    Text(&'a TextShape),
}

fn flatten<'a>(shape: &'a Shape, clip: Rect, all: &mut Vec<(Rect, Painted<'a>)>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(shape, clip, all)),
        Shape::Rect(rect) => all.push((clip, Painted::Ground(rect))),
        Shape::Text(text) => all.push((clip, Painted::Text(text))),
        _ => {}
    }
}

fn painted(shapes: &[ClippedShape]) -> Vec<(Rect, Painted<'_>)> {
    let mut all = vec![];
    shapes.iter().for_each(|clipped| flatten(&clipped.shape, clipped.clip_rect, &mut all));
    all
}

/// Every text that is seen, with its colours and its ground.
pub fn texts(shapes: &[ClippedShape], page: Color32) -> Vec<OnGround> {
    let all = painted(shapes);
    let mut found = vec![];
    for (at, (clip, shape)) in all.iter().enumerate() {
        let Painted::Text(text) = shape else { continue };
        let place = text.galley.mesh_bounds.translate(text.pos.to_vec2());
        if text.galley.text().trim().is_empty() || !clip.intersects(place) {
            continue;
        }
        let ground = ground_of(all.get(..at).unwrap_or_default(), clip.intersect(place).center(), page);
        for section in &text.galley.job.sections {
            let own = section.format.color;
            let plain = if own == Color32::PLACEHOLDER { text.fallback_color } else { own };
            let color = text.override_text_color.unwrap_or(plain).gamma_multiply(text.opacity_factor);
            found.push(OnGround { text: text.galley.text().to_owned(), color, ground, at: place });
        }
    }
    found
}

/// The topmost filled rectangle at that point; a picture counts as what nothing can be read on.
fn ground_of(under: &[(Rect, Painted<'_>)], at: Pos2, page: Color32) -> Color32 {
    let covers = |clip: &Rect, rect: &RectShape| clip.contains(at) && rect.rect.contains(at);
    under
        .iter()
        .rev()
        .find_map(|(clip, shape)| match shape {
            Painted::Ground(rect) if covers(clip, rect) && rect.brush.is_some() => Some(Color32::GRAY),
            Painted::Ground(rect) if covers(clip, rect) && rect.fill.a() > 0 => Some(rect.fill),
            _ => None,
        })
        .unwrap_or(page)
}

/// Texts that begin on a card and end below it. What is cut off at a list's edge is not seen, and so does not leave.
pub fn leaving_their_card(shapes: &[ClippedShape], palette: &Palette) -> Vec<String> {
    let all = painted(shapes);
    let mut found = vec![];
    for (at, (clip, shape)) in all.iter().enumerate() {
        let Painted::Text(text) = shape else { continue };
        let place = text.galley.mesh_bounds.translate(text.pos.to_vec2()).intersect(*clip);
        if !place.is_positive() {
            continue;
        }
        let is_card = |shape: &RectShape| shape.fill == palette.card && shape.stroke.color == palette.line;
        let begins_on = |shape: &RectShape| is_card(shape) && shape.rect.contains(place.min);
        let card = all.iter().take(at).rev().find_map(|(_, under)| match under {
            Painted::Ground(card) if begins_on(card) => Some(card.rect),
            _ => None,
        });
        if let Some(card) = card.filter(|card| place.max.y > card.max.y || place.max.x > card.max.x) {
            found.push(format!("{:?} at {place:?} leaves its card, {card:?}", text.galley.text()));
        }
    }
    found
}

/// Whether a focus ring stands around (or, on what fills the page, inside) that control.
pub fn has_ring(shapes: &[ClippedShape], control: Rect, palette: &Palette) -> bool {
    painted(shapes).iter().any(|(clip, shape)| match shape {
        Painted::Ground(rect) => {
            let ring = (rect.stroke.width - space::FOCUS.0).abs() < 0.01
                && [palette.focus, palette.act.text].contains(&rect.stroke.color);
            let near = |a: f32, b: f32| (a - b).abs() <= space::THREE;
            ring && near(rect.rect.min.x, control.min.x)
                && near(rect.rect.min.y, control.min.y)
                && near(rect.rect.max.x, control.max.x)
                && near(rect.rect.max.y, control.max.y)
                && clip.intersects(rect.rect)
        }
        Painted::Text(_) => false,
    })
}

/// The colour that fills a control, where it is filled as a whole.
pub fn fill_of(shapes: &[ClippedShape], control: Rect) -> Option<Color32> {
    painted(shapes).iter().rev().find_map(|(_, shape)| match shape {
        Painted::Ground(rect) if rect.fill.a() > 0 && rect.rect.expand(0.6).contains_rect(control) => {
            control.expand(0.6).contains_rect(rect.rect).then_some(rect.fill)
        }
        _ => None,
    })
}

fn luminance(color: Color32) -> f64 {
    let part = |byte: u8| {
        let value = f64::from(byte) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
}

/// WCAG 2.2, "contrast ratio". What shines through counts as nothing to read on.
pub fn contrast(one: Color32, other: Color32) -> f64 {
    if one.a() < 255 || other.a() < 255 {
        return 1.0;
    }
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}
