//! A real camera (or a virtual one), watched for a while: for people with a device to try. Ignored otherwise.
//!
//! `TILLBACK_CAMERA="its name" TILLBACK_WATCH_S=60 cargo test --test camera_device -- --ignored --nocapture`
//! prints the cameras and what happens, so that freezing, unplugging and plugging in again can be seen.

#![cfg(test)] // clippy: a test throughout

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crossbeam_channel::bounded;
use tillback::scan::camera::{Camera, CameraEvent, CameraSettings, CameraSource, list_cameras};

fn seconds(variable: &str, otherwise: u64) -> Duration {
    Duration::from_secs(std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise))
}

#[test]
#[ignore = "needs a camera"]
fn watch() {
    println!("cameras: {:#?}", list_cameras());
    let program = std::env::var_os("TILLBACK_BIN").unwrap_or(env!("CARGO_BIN_EXE_tillback").into());
    let settings = CameraSettings {
        source: CameraSource::Device { name: std::env::var("TILLBACK_CAMERA").ok() },
        program: Some(PathBuf::from(program)),
        frame_timeout: seconds("TILLBACK_FRAME_TIMEOUT_S", 2),
        start_timeout: seconds("TILLBACK_START_TIMEOUT_S", 8),
        deadline: Duration::from_millis(500),
        ..CameraSettings::default()
    };
    let (sender, events) = bounded(16);
    let start = Instant::now();
    let camera = Camera::start(settings, sender);
    let until = start + seconds("TILLBACK_WATCH_S", 30);
    let (mut pictures, mut readings) = (0u64, 0u32);
    while let Ok(event) = events.recv_deadline(until) {
        match event {
            CameraEvent::Pictured => pictures += 1,
            other => {
                readings += u32::from(matches!(other, CameraEvent::Read(_)));
                println!("{:6.2} {other:?}", start.elapsed().as_secs_f32());
            }
        }
    }
    println!("{pictures} pictures, {readings} readings, last {:?}", camera.picture().map(|p| (p.width, p.height)));
    assert!(pictures > 0, "no picture");
}
