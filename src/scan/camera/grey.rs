//! Cameras that give grey pictures (V4L2's `GREY`), which nokhwa does not know: industrial and infrared ones, Linux only.
//!
//! **The same rules as for [`device`](super::device)**: one thread, a process that may be killed, every buffer checked.

use std::io;

use v4l::buffer::Type;
use v4l::io::mmap::Stream;
use v4l::io::traits::CaptureStream;
use v4l::video::Capture;
use v4l::{Device, Format, FourCC};

use crate::scan::symbol::LumaFrame;

/// `V4L2_PIX_FMT_GREY`.
const GREY: &[u8; 4] = b"GREY";
const SIZES: [(u32, u32); 2] = [(1280, 720), (640, 480)];
const BUFFERS: u32 = 4;

/// An open grey camera.
pub(super) struct GreyCamera {
    stream: Stream<'static>,
    width: u32,
    height: u32,
    /// Bytes from one row to the next.
    stride: usize,
}

fn offers_grey(node: &Device) -> io::Result<bool> {
    Ok(node.enum_formats()?.iter().any(|format| format.fourcc == FourCC::new(GREY)))
}

impl GreyCamera {
    pub(super) fn open(index: usize) -> io::Result<Self> {
        let node = Device::new(index)?;
        if !offers_grey(&node)? {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "no format we read"));
        }
        let mut given = None;
        for (width, height) in SIZES {
            let format = node.set_format(&Format::new(width, height, FourCC::new(GREY)))?;
            let is_wanted = (format.width, format.height) == (width, height);
            given = Some(format);
            if is_wanted {
                break;
            }
        }
        let format = given
            .filter(|format| format.fourcc == FourCC::new(GREY))
            .ok_or_else(|| io::Error::new(io::ErrorKind::Unsupported, "grey pictures refused"))?;
        let stream = Stream::with_buffers(&node, Type::VideoCapture, BUFFERS)?;
        let stride = usize::try_from(format.stride.max(format.width)).map_err(io::Error::other)?;
        Ok(Self { stream, width: format.width, height: format.height, stride })
    }

    /// The next frame; `None` when it was broken. Blocks for as long as the driver likes.
    pub(super) fn frame(&mut self) -> io::Result<Option<LumaFrame>> {
        let (bytes, _) = CaptureStream::next(&mut self.stream)?;
        let (Ok(width), Ok(height)) = (usize::try_from(self.width), usize::try_from(self.height)) else {
            return Ok(None);
        };
        let rows = bytes.chunks(self.stride).take(height);
        let luma: Vec<u8> = rows.filter_map(|row| row.get(..width)).flatten().copied().collect();
        // A short buffer has too few rows, which this refuses.
        Ok(LumaFrame::new(self.width, self.height, luma).ok())
    }

    pub(super) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}
