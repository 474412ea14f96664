//! Where the modules of a code lie in the picture: the plane it is printed on, seen by the camera.

use super::super::frame::LumaFrame;
use super::super::numbers::{index, real, size};
use super::super::reading::Point;

/// A quadrilateral seen as a unit square: corners top left, top right, bottom right, bottom left as the code is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quad(pub [Point; 4]);

/// The map from the unit square to the picture.
#[derive(Debug, Clone, Copy)]
pub struct Plane {
    a: [f32; 8],
}

impl Quad {
    /// The projective map that takes the unit square to these corners (Heckbert 1989).
    pub fn plane(&self) -> Plane {
        let [p0, p1, p2, p3] = self.0;
        let (dx1, dx2, sx) = (p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x);
        let (dy1, dy2, sy) = (p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y);
        let full = dx1 * dy2 - dx2 * dy1;
        let full = if full.abs() < 1e-6 { 1e-6 } else { full };
        let g = (sx * dy2 - dx2 * sy) / full;
        let h = (dx1 * sy - sx * dy1) / full;
        Plane {
            a: [
                p1.x - p0.x + g * p1.x,
                p3.x - p0.x + h * p3.x,
                p0.x,
                p1.y - p0.y + g * p1.y,
                p3.y - p0.y + h * p3.y,
                p0.y,
                g,
                h,
            ],
        }
    }
}

impl Plane {
    /// The place in the picture of `u`, `v` of the unit square.
    pub fn place(&self, u: f32, v: f32) -> Point {
        let [a, b, c, d, e, f, g, h] = self.a;
        let w = g * u + h * v + 1.0;
        let w = if w.abs() < 1e-3 { 1e-3 } else { w };
        Point { x: (a * u + b * v + c) / w, y: (d * u + e * v + f) / w }
    }
}

/// The picture, read between its pixels.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    pixels: &'a [u8],
    width: usize,
    right: f32,
    bottom: f32,
}

impl<'a> Picture<'a> {
    /// `frame`, to be read between its pixels.
    pub fn new(frame: &'a LumaFrame) -> Self {
        let (width, height) = (size(frame.width()), size(frame.height()));
        Self {
            pixels: frame.pixels(),
            width,
            right: real(width.saturating_sub(1)) - 0.01,
            bottom: real(height.saturating_sub(1)) - 0.01,
        }
    }

    /// Brightness at a place, where pixel centres have whole numbers; the edge goes on outside.
    pub fn at(&self, place: Point) -> f32 {
        let (x, y) = (place.x.clamp(0.0, self.right.max(0.0)), place.y.clamp(0.0, self.bottom.max(0.0)));
        let (column, row) = (index(x), index(y));
        let (fx, fy) = (x - real(column), y - real(row));
        let from = row * self.width + column;
        let upper = self.pixels.get(from..from + 2);
        let lower = self.pixels.get(from + self.width..from + self.width + 2);
        let (Some([a, b]), Some([c, d])) = (upper, lower) else {
            return self.pixels.get(from).map_or(0.0, |pixel| f32::from(*pixel));
        };
        let [a, b, c, d] = [*a, *b, *c, *d].map(f32::from);
        (a + (b - a) * fx) * (1.0 - fy) + (c + (d - c) * fx) * fy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plane_meets_its_corners() {
        let corners = [(10.0, 20.0), (110.0, 30.0), (120.0, 150.0), (5.0, 100.0)].map(|(x, y)| Point { x, y });
        let plane = Quad(corners).plane();
        for ((u, v), corner) in [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].into_iter().zip(corners) {
            let place = plane.place(u, v);
            assert!((place.x - corner.x).abs() < 1e-2 && (place.y - corner.y).abs() < 1e-2, "{place:?} {corner:?}");
        }
    }

    #[test]
    fn brightness_between_pixels() {
        let Ok(frame) = LumaFrame::new(2, 2, vec![0, 100, 100, 200]) else { panic!("a frame") };
        let picture = Picture::new(&frame);
        assert!((picture.at(Point { x: 0.5, y: 0.5 }) - 100.0).abs() < 2.0);
        assert!((picture.at(Point { x: -5.0, y: -5.0 })).abs() < 1e-3);
    }
}
