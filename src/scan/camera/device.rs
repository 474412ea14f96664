//! A real camera, through nokhwa: found by name, opened in the format that reads best, its bytes turned grey by us.
//!
//! **Opened, read and closed in one thread, of a process that may be killed**: `frame()` has no time-out, and garbage
//! from a camera can unwind out of the library. **Its decoders are not used**: they make colours and panic.

use std::panic::{AssertUnwindSafe, catch_unwind};

use nokhwa::utils::{ApiBackend, CameraFormat, CameraInfo, FrameFormat, RequestedFormat, RequestedFormatType};
use nokhwa::{Camera, NokhwaError};

#[cfg(target_os = "linux")]
use super::grey::GreyCamera;
use super::luma::{self, Layout};
use super::protocol::{CameraFault, FaultKind};
use crate::scan::symbol::LumaFrame;

const FORMATS: [FrameFormat; 6] = [
    FrameFormat::MJPEG,
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::GRAY,
    FrameFormat::RAWRGB,
    FrameFormat::RAWBGR,
];
/// Formats tried before a camera is given up.
const MAX_TRIES: usize = 8;
/// Broken frames in a row before the camera counts as lost: a second or two.
const MAX_BROKEN: u32 = 30;

/// A camera that could be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraListing {
    /// What it calls itself; how it is found again.
    pub name: String,
    /// Where it is, for people.
    pub place: String,
}

/// The cameras connected now, without the nodes that only carry their metadata. May take a second; a camera in use by
/// another program is listed.
///
/// # Errors
/// A fault when the system cannot be asked.
pub fn list_cameras() -> Result<Vec<CameraListing>, CameraFault> {
    let listing = |info: CameraInfo| CameraListing { name: info.human_name(), place: info.description().to_owned() };
    Ok(query()?.into_iter().filter(gives_pictures).map(listing).collect())
}

/// Asks without changing anything: opening it through the library would set a format.
#[cfg(target_os = "linux")]
fn gives_pictures(info: &CameraInfo) -> bool {
    use v4l::video::Capture;

    let formats = place(info).map(|index| v4l::Device::new(index).and_then(|node| node.enum_formats()));
    match formats {
        Some(Ok(formats)) => !formats.is_empty(),
        // A metadata node does not know the question; one that may not be opened is a camera all the same.
        Some(Err(error)) => error.kind() == std::io::ErrorKind::PermissionDenied,
        None => false,
    }
}

/// There are no such nodes elsewhere.
#[cfg(not(target_os = "linux"))]
fn gives_pictures(_: &CameraInfo) -> bool {
    true
}

fn query() -> Result<Vec<CameraInfo>, CameraFault> {
    let mut found =
        guarded(|| nokhwa::query(ApiBackend::Auto)).map_err(|error| CameraFault::new(FaultKind::NoCamera, error))?;
    found.sort_by_key(|info| info.index().as_index().unwrap_or(u32::MAX));
    Ok(found)
}

/// Turns the library's unwinding into an error of its own.
fn guarded<T>(work: impl FnOnce() -> Result<T, NokhwaError>) -> Result<T, NokhwaError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(NokhwaError::GeneralError("panicked".into())))
}

fn any_format() -> RequestedFormat<'static> {
    RequestedFormat::with_formats(RequestedFormatType::None, &FORMATS)
}

/// An open camera.
pub(super) struct Device {
    pictures: Pictures,
    broken: u32,
    /// Its name.
    pub(super) name: String,
    /// Size, format and rate.
    pub(super) format: String,
}

/// Whom the pictures come from.
enum Pictures {
    Library {
        camera: Box<Camera>,
        layout: Layout,
        width: u32,
        height: u32,
    },
    #[cfg(target_os = "linux")]
    Grey(GreyCamera),
}

impl Device {
    /// Opens the camera of that name, or the first that opens.
    pub(super) fn open(name: Option<&str>) -> Result<Self, CameraFault> {
        let all = query()?;
        if all.is_empty() {
            return Err(CameraFault::new(FaultKind::NoCamera, "no camera is connected"));
        }
        let mut last = None;
        for info in all.iter().filter(|info| name.is_none_or(|name| info.human_name() == name)) {
            match Self::open_one(info) {
                Ok(device) => return Ok(device),
                // A camera and its metadata node have one name: the next may be the one with pictures.
                Err(error) => last = Some(CameraFault::new(FaultKind::CannotOpen, error)),
            }
        }
        Err(last.unwrap_or_else(|| {
            let names: Vec<String> =
                all.iter().filter(|info| gives_pictures(info)).map(CameraInfo::human_name).collect();
            CameraFault::new(FaultKind::NotFound, format_args!("connected: {}", names.join(", ")))
        }))
    }

    fn open_one(info: &CameraInfo) -> Result<Self, NokhwaError> {
        let ask = || {
            let mut camera = Camera::new(info.index().clone(), any_format())?;
            camera.compatible_camera_formats()
        };
        let mut offered = guarded(ask)
            .or_else(|_| {
                make_understood(info);
                guarded(ask)
            })
            .unwrap_or_default();
        if offered.is_empty() {
            // One that can't be asked may still accept one of these.
            offered.extend(usual_formats());
        }
        offered.retain(|format| rank(format).is_some());
        offered.sort_by_key(rank);
        offered.dedup();
        let mut last = NokhwaError::GeneralError("it offers no format we read".into());
        for format in offered.into_iter().take(MAX_TRIES) {
            match guarded(|| Self::open_as(info, format)) {
                Ok(device) => return Ok(device),
                Err(error) => {
                    last = error;
                    // A refused format may leave the camera in one from which nothing else can be opened.
                    make_understood(info);
                }
            }
        }
        #[cfg(target_os = "linux")]
        if let Some(grey) = place(info).and_then(|index| GreyCamera::open(index).ok()) {
            let (width, height) = grey.size();
            let format = format!("{width}x{height} GREY");
            return Ok(Self { pictures: Pictures::Grey(grey), broken: 0, name: info.human_name(), format });
        }
        Err(last)
    }

    fn open_as(info: &CameraInfo, format: CameraFormat) -> Result<Self, NokhwaError> {
        let wanted = RequestedFormat::with_formats(RequestedFormatType::Exact(format), &FORMATS);
        let mut camera = Camera::new(info.index().clone(), wanted)?;
        camera.open_stream()?;
        // What was given, not what was asked for.
        let given = camera.camera_format();
        let (width, height) = (given.width(), given.height());
        Ok(Self {
            pictures: Pictures::Library { camera: Box::new(camera), layout: layout(given.format()), width, height },
            broken: 0,
            name: info.human_name(),
            format: format!("{width}x{height} {} {}", given.format(), given.frame_rate()),
        })
    }

    /// The next frame; `None` when it was broken. Blocks for as long as the driver likes.
    pub(super) fn frame(&mut self) -> Result<Option<LumaFrame>, CameraFault> {
        let luma = match &mut self.pictures {
            Pictures::Library { camera, layout, width, height } => {
                let bytes = guarded(|| camera.frame()).map_err(|error| CameraFault::new(FaultKind::Lost, error))?;
                luma::from_camera(bytes.buffer(), *layout, *width, *height)
            }
            #[cfg(target_os = "linux")]
            Pictures::Grey(grey) => grey.frame().map_err(|error| CameraFault::new(FaultKind::Lost, error))?,
        }
        .map(luma::fit);
        self.broken = if luma.is_some() { 0 } else { self.broken.saturating_add(1) };
        if self.broken > MAX_BROKEN {
            return Err(CameraFault::new(FaultKind::Lost, "it sends only broken pictures"));
        }
        Ok(luma)
    }
}

/// The number in `/dev/video0`.
#[cfg(target_os = "linux")]
fn place(info: &CameraInfo) -> Option<usize> {
    usize::try_from(info.index().as_index().ok()?).ok()
}

/// The library can't open a camera that stands in a format it does not know or at a rate that is no whole number
/// (12.5 a second), not even to change that. So it is changed here, by the operating system's own interface.
#[cfg(target_os = "linux")]
fn make_understood(info: &CameraInfo) {
    use v4l::video::Capture;
    use v4l::video::capture::Parameters;
    use v4l::{Device as Node, Format, FourCC};

    let Some(index) = place(info) else { return };
    // What cannot be opened or changed here fails again where its error is kept.
    let Ok(node) = Node::new(index) else { return };
    let offered = node.enum_formats().unwrap_or_default();
    let known = [b"MJPG", b"YUYV", b"NV12"].into_iter().map(FourCC::new);
    for fourcc in known.filter(|fourcc| offered.iter().any(|format| format.fourcc == *fourcc)) {
        if node.set_format(&Format::new(1280, 720, fourcc)).is_ok_and(|given| given.fourcc == fourcc) {
            for rate in [30, 25, 15, 10] {
                let given = node.set_params(&Parameters::with_fps(rate));
                if given.is_ok_and(|given| given.interval.numerator == 1) {
                    return;
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn make_understood(_: &CameraInfo) {}

fn layout(format: FrameFormat) -> Layout {
    match format {
        FrameFormat::MJPEG => Layout::Mjpg,
        FrameFormat::YUYV => Layout::Yuyv,
        FrameFormat::NV12 => Layout::Nv12,
        FrameFormat::GRAY => Layout::Grey,
        FrameFormat::RAWRGB => Layout::Rgb,
        FrameFormat::RAWBGR => Layout::Bgr,
    }
}

/// `scanning.md`, "Frames": 720p MJPG at 30, 720p uncompressed at 10 or more, 1080p MJPG, 640x480, then whatever is
/// nearest to 720p. Lower is better; `None` is not worth having.
fn rank(format: &CameraFormat) -> Option<(u8, u64, u32)> {
    let (width, height, rate) = (format.width(), format.height(), format.frame_rate());
    if rate == 0 || width < 160 || height < 120 {
        return None;
    }
    let is_jpeg = format.format() == FrameFormat::MJPEG;
    let class = match (width, height) {
        (1280, 720) if is_jpeg && rate >= 15 => 0,
        (1280, 720) if !is_jpeg && rate >= 10 => 1,
        (1920, 1080) if is_jpeg && rate >= 10 => 2,
        (640, 480) if rate >= 10 => 3,
        _ if rate >= 10 => 4,
        _ => 5,
    };
    let pixels = u64::from(width) * u64::from(height);
    // Among equals the rate nearest to 30 that is not above it costs least.
    Some((class, pixels.abs_diff(1280 * 720), rate.abs_diff(30)))
}

fn usual_formats() -> [CameraFormat; 6] {
    [
        CameraFormat::new_from(1280, 720, FrameFormat::MJPEG, 30),
        CameraFormat::new_from(1280, 720, FrameFormat::YUYV, 10),
        CameraFormat::new_from(1280, 720, FrameFormat::NV12, 30),
        CameraFormat::new_from(1920, 1080, FrameFormat::MJPEG, 30),
        CameraFormat::new_from(640, 480, FrameFormat::YUYV, 30),
        CameraFormat::new_from(640, 480, FrameFormat::MJPEG, 30),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_asked_for_in_order() {
        use FrameFormat::{MJPEG, NV12, YUYV};
        let wanted = [
            (1280, 720, MJPEG, 30),
            (1280, 720, MJPEG, 60),
            (1280, 720, YUYV, 10),
            (1920, 1080, MJPEG, 30),
            (640, 480, NV12, 30),
            (800, 600, YUYV, 20),
            (1280, 720, YUYV, 5),
        ]
        .map(|(width, height, format, rate)| CameraFormat::new_from(width, height, format, rate));
        let mut sorted = wanted.to_vec();
        sorted.reverse();
        sorted.sort_by_key(rank);
        assert_eq!(sorted, wanted);
        assert_eq!(rank(&CameraFormat::new_from(96, 72, MJPEG, 30)), None);
        assert_eq!(rank(&CameraFormat::new_from(1280, 720, MJPEG, 0)), None);
    }

    #[test]
    fn a_camera_nobody_has_is_not_found() {
        let fault = Device::open(Some("No such camera \u{1f4f7}")).map(|device| device.name).unwrap_err();
        assert!(matches!(fault.kind, FaultKind::NoCamera | FaultKind::NotFound), "{fault:?}");
    }
}
