//! From a camera's bytes to grey pictures, and grey pictures to smaller ones.
//!
//! **Every buffer is checked against its size before a pixel is touched**: drivers hand over short ones, and buffers of
//! which only the beginning was filled. Colour is never made: two thirds of the work for nothing.

use image::imageops::FilterType;
use image::{GrayImage, imageops};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::protocol::MAX_PREVIEW;
use crate::scan::symbol::LumaFrame;

/// Larger frames are scaled down to this many pixels and this longest side: 1080p, either way up.
const MAX_FRAME_PIXELS: u64 = 1920 * 1080;
const MAX_FRAME_SIDE: u32 = 1920;
/// The largest picture a camera may send as JPEG, per side.
const MAX_JPEG_SIDE: usize = 4096;

/// How a camera's bytes are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// One JPEG a frame.
    Mjpg,
    /// Y U Y V: every second byte is grey.
    Yuyv,
    /// A grey plane, then colour.
    Nv12,
    /// A grey plane.
    Grey,
    /// Three bytes a pixel, red first.
    Rgb,
    /// Three bytes a pixel, blue first.
    Bgr,
}

/// The grey picture in a frame's bytes; `None` when they are broken.
#[must_use]
pub fn from_camera(bytes: &[u8], layout: Layout, width: u32, height: u32) -> Option<LumaFrame> {
    let pixels = usize::try_from(u64::from(width).checked_mul(u64::from(height))?).ok()?;
    let luma = match layout {
        Layout::Mjpg => return from_jpeg(bytes),
        Layout::Yuyv => bytes.get(..pixels.checked_mul(2)?)?.iter().step_by(2).copied().collect(),
        Layout::Nv12 | Layout::Grey => bytes.get(..pixels)?.to_vec(),
        Layout::Rgb => from_triples(bytes.get(..pixels.checked_mul(3)?)?, [77, 150, 29]),
        Layout::Bgr => from_triples(bytes.get(..pixels.checked_mul(3)?)?, [29, 150, 77]),
    };
    LumaFrame::new(width, height, luma).ok()
}

/// ITU-R BT.601 weights in 256ths.
fn from_triples(bytes: &[u8], weights: [u16; 3]) -> Vec<u8> {
    let grey = |triple: &[u8]| -> u8 {
        let sum: u16 = triple.iter().zip(weights).map(|(value, weight)| u16::from(*value) * weight).sum();
        u8::try_from(sum >> 8).unwrap_or(u8::MAX)
    };
    bytes.chunks_exact(3).map(grey).collect()
}

/// Only the grey plane is decoded. Buffers of some drivers are longer than their JPEG; the decoder stops at its end.
fn from_jpeg(bytes: &[u8]) -> Option<LumaFrame> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::Luma)
        .set_max_width(MAX_JPEG_SIDE)
        .set_max_height(MAX_JPEG_SIDE);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let luma = decoder.decode().ok()?;
    let (width, height) = decoder.dimensions()?;
    LumaFrame::new(u32::try_from(width).ok()?, u32::try_from(height).ok()?, luma).ok()
}

/// The frame, scaled down to 1080p when it is larger.
#[must_use]
pub fn fit(frame: LumaFrame) -> LumaFrame {
    let (width, height) = (frame.width(), frame.height());
    let side = width.max(height);
    let pixels = u64::from(width) * u64::from(height);
    if side <= MAX_FRAME_SIDE && pixels <= MAX_FRAME_PIXELS {
        return frame;
    }
    let by_side = f64::from(MAX_FRAME_SIDE) / f64::from(side);
    #[allow(clippy::cast_precision_loss)] // a count of pixels below 2^26
    let by_pixels = (MAX_FRAME_PIXELS as f64 / pixels as f64).sqrt();
    let scale = by_side.min(by_pixels);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // positive and smaller than the side it came from
    let scaled = |side: u32| ((f64::from(side) * scale) as u32).max(1);
    let Some(image) = GrayImage::from_raw(width, height, frame.pixels().to_vec()) else { return frame };
    let small = imageops::resize(&image, scaled(width), scaled(height), FilterType::Triangle);
    LumaFrame::new(small.width(), small.height(), small.into_raw()).unwrap_or(frame)
}

/// A preview of the frame: every pixel the mean of a square of whole pixels.
#[must_use]
pub fn preview(frame: &LumaFrame) -> Option<(u16, u16, Vec<u8>)> {
    let factor = frame.width().div_ceil(MAX_PREVIEW.0).max(frame.height().div_ceil(MAX_PREVIEW.1)).max(1);
    let (width, height) = ((frame.width() / factor).max(1), (frame.height() / factor).max(1));
    let (step, stride, columns) =
        (usize::try_from(factor).ok()?, usize::try_from(frame.width()).ok()?, usize::try_from(width).ok()?);
    let mut luma = Vec::with_capacity(columns * usize::try_from(height).ok()?);
    let mut sums = vec![0u32; columns];
    for rows in frame.pixels().chunks(stride * step).take(usize::try_from(height).ok()?) {
        sums.fill(0);
        let mut counted = 0u32;
        for row in rows.chunks_exact(stride) {
            counted += 1;
            for (sum, square) in sums.iter_mut().zip(row.chunks(step)) {
                *sum += square.iter().copied().map(u32::from).sum::<u32>();
            }
        }
        let across = u32::try_from(step.min(stride)).ok()?;
        luma.extend(sums.iter().map(|sum| u8::try_from(sum / (counted * across).max(1)).unwrap_or(u8::MAX)));
    }
    Some((u16::try_from(width).ok()?, u16::try_from(height).ok()?, luma))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_gives_its_grey() {
        let grey = |layout, bytes: &[u8]| from_camera(bytes, layout, 2, 1).map(|frame| frame.pixels().to_vec());
        assert_eq!(grey(Layout::Yuyv, &[10, 1, 20, 2, 99]), Some(vec![10, 20]));
        assert_eq!(grey(Layout::Nv12, &[10, 20, 1, 2]), Some(vec![10, 20]));
        assert_eq!(grey(Layout::Grey, &[10, 20]), Some(vec![10, 20]));
        assert_eq!(grey(Layout::Rgb, &[255, 255, 255, 255, 0, 0]), Some(vec![255, 76]));
        assert_eq!(grey(Layout::Bgr, &[255, 255, 255, 255, 0, 0]), Some(vec![255, 28]));
        for layout in [Layout::Yuyv, Layout::Nv12, Layout::Grey, Layout::Rgb, Layout::Bgr, Layout::Mjpg] {
            assert_eq!(grey(layout, &[1]), None, "{layout:?}");
            assert!(from_camera(&[0; 16], layout, u32::MAX, u32::MAX).is_none());
            assert!(from_camera(&[], layout, 0, 0).is_none());
        }
    }

    #[test]
    fn a_jpeg_in_a_longer_buffer() {
        let mut image = GrayImage::from_pixel(64, 48, image::Luma([200]));
        image.put_pixel(0, 0, image::Luma([10]));
        let mut bytes = Vec::new();
        image.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
        bytes.extend([0; 5000]);
        let frame = from_camera(&bytes, Layout::Mjpg, 1, 1).unwrap();
        assert_eq!((frame.width(), frame.height()), (64, 48));
        assert!(frame.pixels()[2000].abs_diff(200) < 3);
        for cut in [0, 2, 100, 200] {
            let _ = from_camera(&bytes[..cut], Layout::Mjpg, 1, 1);
        }
        for at in (0..600).step_by(7) {
            let mut broken = bytes.clone();
            broken[at] ^= 0x55;
            let _ = from_camera(&broken, Layout::Mjpg, 1, 1);
        }
    }

    #[test]
    fn frames_are_brought_down_to_1080p_either_way_up() {
        let sides = |width: u32, height: u32| {
            let frame = LumaFrame::new(width, height, vec![128; (width * height) as usize]).unwrap();
            let fitted = fit(frame);
            assert!(fitted.pixels().iter().all(|pixel| *pixel == 128));
            (fitted.width(), fitted.height())
        };
        assert_eq!(sides(1920, 1080), (1920, 1080));
        assert_eq!(sides(1080, 1920), (1080, 1920));
        assert_eq!(sides(640, 480), (640, 480));
        assert_eq!(sides(3840, 2160), (1920, 1080));
        assert_eq!(sides(4000, 10), (1920, 4));
    }

    #[test]
    fn a_preview_fits_and_averages() {
        for (width, height, expected) in [
            (1280u32, 720u32, (640, 360)),
            (1920, 1080, (640, 360)),
            (1080, 1920, (180, 320)),
            (3, 2, (3, 2)),
            (1920, 1, (640, 1)),
        ] {
            let frame = LumaFrame::new(width, height, vec![99; (width * height) as usize]).unwrap();
            let (across, down, luma) = preview(&frame).unwrap();
            assert_eq!((across, down), expected);
            assert_eq!(luma, vec![99; usize::from(across) * usize::from(down)], "{width}x{height}");
        }
    }
}
