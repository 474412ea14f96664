//! A real camera (or a virtual one), watched for a while: for people with a device to try.
//!
//! `cargo build && cargo run --example watch_camera -- 60 "its name"` lists the cameras and prints what happens in sixty
//! seconds, so that freezing, unplugging and plugging in again can be seen. `TILLBACK_BIN` names the binary to run as
//! the camera's process, when it is not beside this one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use tillback::scan::camera::{Camera, CameraEvent, CameraSettings, CameraSource, list_cameras};

/// The binary that cargo builds two folders above the examples' own.
fn binary() -> Option<PathBuf> {
    if let Some(binary) = std::env::var_os("TILLBACK_BIN") {
        return Some(PathBuf::from(binary));
    }
    let folder = std::env::current_exe().ok()?.parent().and_then(Path::parent)?.to_owned();
    Some(folder.join(format!("tillback{}", std::env::consts::EXE_SUFFIX)))
}

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let seconds = words.next().and_then(|word| word.parse().ok()).unwrap_or(30);
    println!("cameras: {:#?}", list_cameras());
    let settings = CameraSettings {
        source: CameraSource::Device { name: words.next() },
        program: binary(),
        ..CameraSettings::default()
    };
    let (sender, events) = bounded(16);
    let start = Instant::now();
    let camera = Camera::start(settings, sender);
    let (mut pictures, mut readings) = (0u64, 0u64);
    while let Ok(event) = events.recv_deadline(start + Duration::from_secs(seconds)) {
        match event {
            CameraEvent::Pictured => pictures += 1,
            other => {
                readings += u64::from(matches!(other, CameraEvent::Read(_)));
                println!("{:6.2} {other:?}", start.elapsed().as_secs_f32());
            }
        }
    }
    println!(
        "{pictures} pictures, {readings} readings, last {:?}",
        camera.picture().map(|last| (last.width, last.height))
    );
    if pictures > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
