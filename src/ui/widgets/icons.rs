//! The few signs of the window, drawn with lines: tick, diamond, cross, i, the return arrow and the backspace key.
//!
//! **Never a character of a font**, so that none can become a box. **Never alone**: a word stands beside each.

use egui::epaint::PathStroke;
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::ui::theme::{Theme, space};

/// A sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Good.
    Tick,
    /// Take care.
    Diamond,
    /// Refused.
    Cross,
    /// Good to know.
    Info,
    /// Money goes back.
    Return,
    /// Deletes a digit.
    Backspace,
    /// Opens a list.
    Down,
    /// Leads to the next step.
    Next,
    /// A full dot: working.
    Dot,
    /// An empty ring: waiting.
    Ring,
    /// A dash: off.
    Dash,
    /// Languages.
    Globe,
}

/// Draws it into the middle of a square.
pub fn draw(painter: &Painter, icon: Icon, square: Rect, color: Color32) {
    let side = square.width().min(square.height());
    let at = |x: f32, y: f32| square.center() + vec2((x - 0.5) * side, (y - 0.5) * side);
    let stroke = Stroke::new((side * 0.12).max(1.8), color);
    let line = |points: &[(f32, f32)]| polyline(painter, points.iter().map(|(x, y)| at(*x, *y)).collect(), stroke);
    match icon {
        Icon::Tick => line(&[(0.14, 0.54), (0.39, 0.78), (0.86, 0.24)]),
        Icon::Diamond => {
            let points = vec![at(0.5, 0.06), at(0.94, 0.5), at(0.5, 0.94), at(0.06, 0.5)];
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        }
        Icon::Cross => {
            line(&[(0.2, 0.2), (0.8, 0.8)]);
            line(&[(0.8, 0.2), (0.2, 0.8)]);
        }
        Icon::Info => {
            painter.circle_stroke(square.center(), side * 0.43, Stroke::new((side * 0.09).max(1.6), color));
            painter.circle_filled(at(0.5, 0.29), side * 0.07, color);
            painter.line_segment([at(0.5, 0.45), at(0.5, 0.73)], Stroke::new((side * 0.11).max(1.8), color));
        }
        Icon::Return => return_arrow(painter, at, stroke),
        Icon::Backspace => {
            let thin = Stroke::new((side * 0.08).max(1.8), color);
            let outline = [(0.02, 0.5), (0.3, 0.2), (0.98, 0.2), (0.98, 0.8), (0.3, 0.8), (0.02, 0.5), (0.3, 0.2)];
            polyline(painter, outline.iter().map(|(x, y)| at(*x, *y)).collect(), thin);
            painter.line_segment([at(0.48, 0.37), at(0.76, 0.63)], thin);
            painter.line_segment([at(0.76, 0.37), at(0.48, 0.63)], thin);
        }
        Icon::Down => line(&[(0.2, 0.36), (0.5, 0.66), (0.8, 0.36)]),
        Icon::Next => line(&[(0.38, 0.2), (0.66, 0.5), (0.38, 0.8)]),
        Icon::Dot => {
            painter.circle_filled(square.center(), side * 0.42, color);
        }
        Icon::Ring => {
            painter.circle_stroke(square.center(), side * 0.38, Stroke::new(2.0, color));
        }
        Icon::Globe => globe(painter, at, square.center(), Stroke::new((side * 0.08).max(1.6), color), side),
        Icon::Dash => line(&[(0.1, 0.5), (0.9, 0.5)]),
    }
}

/// A globe: the circle, the equator and a pair of meridians.
fn globe(painter: &Painter, at: impl Fn(f32, f32) -> Pos2, center: Pos2, stroke: Stroke, side: f32) {
    let radius = side * 0.44;
    painter.circle_stroke(center, radius, stroke);
    painter.line_segment([at(0.06, 0.5), at(0.94, 0.5)], stroke);
    painter.add(Shape::ellipse_stroke(center, vec2(radius * 0.46, radius), stroke));
}

/// A line with round ends and joints.
fn polyline(painter: &Painter, points: Vec<Pos2>, stroke: Stroke) {
    for end in &points {
        painter.circle_filled(*end, stroke.width / 2.0, stroke.color);
    }
    painter.add(Shape::line(points, PathStroke::new(stroke.width, stroke.color)));
}

/// An arrow to the left that comes back around a bend: the sign of the whole program.
fn return_arrow(painter: &Painter, at: impl Fn(f32, f32) -> Pos2, stroke: Stroke) {
    let mut shaft = vec![at(0.06, 0.56), at(0.70, 0.56)];
    let bend = 12u8;
    for part in 0..=bend {
        let angle = std::f32::consts::FRAC_PI_2 - std::f32::consts::PI * f32::from(part) / f32::from(bend);
        shaft.push(at(0.72 + 0.22 * angle.cos(), 0.34 + 0.22 * angle.sin()));
    }
    shaft.push(at(0.62, 0.12));
    polyline(painter, shaft, stroke);
    polyline(painter, vec![at(0.30, 0.30), at(0.05, 0.56), at(0.30, 0.82)], stroke);
}

/// A square of that side, centred on a point.
pub fn square(center: Pos2, side: f32) -> Rect {
    Rect::from_center_size(pos2(center.x, center.y), vec2(side, side))
}

/// The side of a box that is ticked or empty.
pub const BOX: f32 = space::THREE;

/// Draws such a box around a point.
pub fn tick_box(painter: &Painter, theme: &Theme, center: Pos2, ticked: bool) {
    let color = &theme.color;
    let around = square(center, BOX);
    let (ground, line) = if ticked { (color.act.ground, color.act.ground) } else { (color.card, color.quiet) };
    painter.rect(around, CornerRadius::same(6), ground, Stroke::new(space::LINE, line), StrokeKind::Inside);
    if ticked {
        draw(painter, Icon::Tick, around.shrink(space::HALF), color.act.text);
    }
}
