//! A grey picture to look for codes in, and the limits on its size.
//!
//! **A `LumaFrame` is never empty, never larger than the limits, and its pixel count always matches its sides**;
//! whoever holds one may rely on it. Decoding a picture file happens here too, under the same limits, because
//! `tillback decode` is given files by people.

use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

/// The longest side a frame may have, in pixels. Twice a 4K camera.
pub const MAX_SIDE: u32 = 8192;
/// The most pixels a frame may have: a 32-megapixel photograph given to `tillback decode`.
pub const MAX_PIXELS: u64 = 32_000_000;
/// The most memory the picture library may take for one file, in bytes (RGBA at [`MAX_PIXELS`]).
const MAX_ALLOC_BYTES: u64 = MAX_PIXELS * 4 + (1 << 20);

/// Why a picture cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A side is zero.
    #[error("the picture is empty")]
    Empty,
    /// A side or the pixel count is beyond the limits.
    #[error("the picture is too large: {width} x {height}")]
    TooLarge {
        /// Width asked for, in pixels.
        width: u32,
        /// Height asked for, in pixels.
        height: u32,
    },
    /// The pixel buffer is shorter or longer than width times height.
    #[error("{got} bytes of picture where {wanted} are needed")]
    WrongLength {
        /// Bytes needed.
        wanted: u64,
        /// Bytes given.
        got: u64,
    },
    /// The file is neither PNG nor JPEG.
    #[error("not a PNG or JPEG picture")]
    OtherFormat,
    /// The file is a broken PNG or JPEG.
    #[error("the picture cannot be read: {0}")]
    Unreadable(#[from] image::ImageError),
}

/// A grey picture: one byte a pixel, row by row, no padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LumaFrame {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

impl LumaFrame {
    /// Takes `pixels`, row by row, as a frame of `width` x `height`.
    ///
    /// # Errors
    /// [`FrameError`] when a side is zero, a limit is passed or the length does not match.
    pub fn new(width: u32, height: u32, pixels: Vec<u8>) -> Result<Self, FrameError> {
        check_size(width, height)?;
        let wanted = u64::from(width) * u64::from(height);
        let got = u64::try_from(pixels.len()).unwrap_or(u64::MAX);
        if wanted != got {
            return Err(FrameError::WrongLength { wanted, got });
        }
        Ok(Self { width, height, pixels })
    }

    /// Reads a PNG or JPEG file's bytes, as grey.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes are neither, are broken, or the picture passes the limits.
    pub fn from_image_bytes(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_ALLOC_BYTES);
        // Another crate may have switched on more of the library's formats than we want to be open to.
        let format = image::guess_format(bytes).map_err(|_| FrameError::OtherFormat)?;
        if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg) {
            return Err(FrameError::OtherFormat);
        }
        let (width, height) = ImageReader::with_format(Cursor::new(bytes), format).into_dimensions()?;
        check_size(width, height)?;
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        reader.limits(limits);
        let grey = reader.decode()?.into_luma8();
        Self::new(grey.width(), grey.height(), grey.into_raw())
    }

    /// Width in pixels, at least 1.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels, at least 1.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }
}

fn check_size(width: u32, height: u32) -> Result<(), FrameError> {
    if width == 0 || height == 0 {
        return Err(FrameError::Empty);
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(FrameError::TooLarge { width, height });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_matches_its_sides() {
        assert!(LumaFrame::new(3, 2, vec![0; 6]).is_ok());
        assert!(matches!(LumaFrame::new(3, 2, vec![0; 5]), Err(FrameError::WrongLength { wanted: 6, got: 5 })));
        assert!(matches!(LumaFrame::new(0, 2, vec![]), Err(FrameError::Empty)));
    }

    #[test]
    fn the_limits_hold_before_any_memory_is_taken() {
        assert!(matches!(LumaFrame::new(MAX_SIDE + 1, 1, vec![]), Err(FrameError::TooLarge { .. })));
        assert!(matches!(LumaFrame::new(8000, 8000, vec![]), Err(FrameError::TooLarge { .. })));
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(LumaFrame::from_image_bytes(b"not a picture").is_err());
        assert!(LumaFrame::from_image_bytes(&[]).is_err());
    }
}
