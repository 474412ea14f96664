//! The camera's child process, as the till runs it: real processes, pictures made here, faults acted out or inflicted.
//!
//! No timing is asserted, only that things happen, with long patience: machines under test are slow.

#![cfg(test)] // clippy: a test throughout, helpers too

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, bounded};
use tillback::scan::camera::protocol::Orders;
use tillback::scan::camera::{
    Camera, CameraEvent, CameraReading, CameraSettings, CameraSource, FaultKind, Hint, Rehearsal,
};
use tillback::scan::symbol::Symbology;

const PATIENCE: Duration = Duration::from_secs(60);
const NUMBER: &str = "297553638301777927";

/// Puts a picture of that code into the folder, whole or not at all.
fn draw(folder: &Path, name: &str, format: zxingcpp::BarcodeFormat, text: &str) {
    let code = zxingcpp::create(format).from_str(text).unwrap();
    let drawn = code.to_image_with(&zxingcpp::write().scale(4).add_quiet_zones(true)).unwrap();
    let (width, height) = (u32::try_from(drawn.width()).unwrap(), u32::try_from(drawn.height()).unwrap());
    let code = image::GrayImage::from_raw(width, height, drawn.data()).unwrap();
    let tall = if height < 120 {
        image::imageops::resize(&code, width, 160, image::imageops::FilterType::Nearest)
    } else {
        code
    };
    let mut paper =
        image::GrayImage::from_pixel(tall.width().max(640) + 80, tall.height().max(400) + 80, image::Luma([235]));
    image::imageops::overlay(&mut paper, &tall, 40, 40);
    let part = folder.join(format!(".{name}.part"));
    paper.save_with_format(&part, image::ImageFormat::Png).unwrap();
    std::fs::rename(part, folder.join(name)).unwrap();
}

fn settings(folder: &Path) -> CameraSettings {
    CameraSettings {
        source: CameraSource::Folder(folder.to_owned()),
        picture_time: Duration::from_millis(700),
        // The decoder is unoptimised here.
        deadline: Duration::from_secs(1),
        start_timeout: PATIENCE,
        frame_timeout: Duration::from_secs(10),
        program: Some(PathBuf::from(env!("CARGO_BIN_EXE_tillback"))),
        ..CameraSettings::default()
    }
}

fn start(settings: CameraSettings) -> (Camera, Receiver<CameraEvent>) {
    let (sender, events) = bounded(16);
    (Camera::start(settings, sender), events)
}

/// Waits for an event that `wanted` takes.
#[track_caller]
fn wait<T>(events: &Receiver<CameraEvent>, what: &str, wanted: impl Fn(&CameraEvent) -> Option<T>) -> T {
    let until = Instant::now() + PATIENCE;
    let mut seen = Vec::new();
    while let Ok(event) = events.recv_deadline(until) {
        if let Some(found) = wanted(&event) {
            return found;
        }
        if event != CameraEvent::Pictured {
            seen.push(event);
        }
    }
    panic!("no {what} within {PATIENCE:?}, but {seen:?}");
}

fn reading(event: &CameraEvent) -> Option<CameraReading> {
    if let CameraEvent::Read(reading) = event { Some(reading.clone()) } else { None }
}

fn reading_of(text: &str) -> impl Fn(&CameraEvent) -> Option<CameraReading> {
    move |event| reading(event).filter(|reading| reading.text == text)
}

fn fault(kind: FaultKind) -> impl Fn(&CameraEvent) -> Option<String> {
    move |event| match event {
        CameraEvent::Fault { fault, .. } if fault.kind == kind => Some(fault.detail.clone()),
        _ => None,
    }
}

#[test]
fn a_folder_of_receipts_is_read_and_shown() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::Code128, NUMBER);
    draw(room.path(), "2.png", zxingcpp::BarcodeFormat::QRCode, "https://x.example/?transactionNo=316129873376769782");
    let (mut camera, events) = start(settings(room.path()));
    let ready = wait(&events, "ready", |event| match event {
        CameraEvent::Ready { camera, .. } => Some(camera.clone()),
        _ => None,
    });
    assert_eq!(Path::new(&ready), room.path());
    let bars = wait(&events, "Code 128", reading);
    assert_eq!((bars.text.as_str(), bars.symbology), (NUMBER, Symbology::Code128));
    assert!(bars.outline.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)), "{:?}", bars.outline);
    let qr = wait(&events, "QR", reading);
    assert_eq!(qr.symbology, Symbology::QrCode);
    let until = Instant::now() + PATIENCE;
    let picture = loop {
        assert!(Instant::now() < until, "no outlined picture");
        match camera.picture() {
            Some(picture) if picture.outline.is_some() => break picture,
            _ => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert!(picture.width <= 640 && picture.height <= 360 && picture.luma.len() == picture.width * picture.height);
    // A picture put into the folder is shown without a restart.
    draw(room.path(), "0-new.png", zxingcpp::BarcodeFormat::QRCode, "POS-7");
    wait(&events, "the new picture", reading_of("POS-7"));
    camera.stop();
    assert!(camera.picture().is_none() && !camera.is_on());
    // On again: it goes on with the picture after the last.
    camera.resume();
    wait(&events, "a reading after the pause", reading);
}

#[test]
fn the_same_code_is_told_once_while_it_stays() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    let (_camera, events) = start(settings(room.path()));
    wait(&events, "the code", reading_of(NUMBER));
    let until = Instant::now() + Duration::from_secs(4);
    while let Ok(event) = events.recv_deadline(until) {
        assert!(reading(&event).is_none(), "told twice");
    }
}

#[cfg(unix)]
#[test]
fn a_child_that_is_killed_is_replaced_and_reads_again() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    let (camera, events) = start(settings(room.path()));
    let mut before = None;
    for _ in 0..2 {
        wait(&events, "the code", reading_of(NUMBER));
        let child = camera.child_id().expect("a child");
        assert_ne!(before, Some(child));
        before = Some(child);
        assert!(Command::new("kill").args(["-9", &child.to_string()]).status().unwrap().success());
        let words = wait(&events, "the fault", fault(FaultKind::Crashed));
        assert!(words.contains("signal"), "{words}");
    }
    wait(&events, "the code from the third child", reading_of(NUMBER));
}

#[test]
fn a_frozen_source_is_killed_and_started_again() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    let (camera, events) = start(CameraSettings {
        rehearsal: Some(Rehearsal::FreezeAfter(20)),
        frame_timeout: Duration::from_millis(1500),
        ..settings(room.path())
    });
    wait(&events, "the code", reading_of(NUMBER));
    let first = camera.child_id();
    wait(&events, "the fault", fault(FaultKind::Hung));
    wait(&events, "the code from the second child", reading_of(NUMBER));
    assert_ne!(camera.child_id(), first);
}

#[test]
fn a_hanging_decoder_and_a_panic_are_faults_that_pass() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    let hanging = CameraSettings {
        rehearsal: Some(Rehearsal::HangDecoderAfter(3)),
        deadline: Duration::from_millis(500),
        frame_timeout: Duration::from_secs(1),
        ..settings(room.path())
    };
    let (_camera, events) = start(hanging);
    let words = wait(&events, "the fault", fault(FaultKind::Hung));
    assert!(words.contains("decoder"), "{words}");
    wait(&events, "the next life", |event| (*event == CameraEvent::Starting).then_some(()));
    let (_camera, events) =
        start(CameraSettings { rehearsal: Some(Rehearsal::PanicAfter(20)), ..settings(room.path()) });
    assert_eq!(wait(&events, "the fault", fault(FaultKind::Crashed)), "rehearsed");
    wait(&events, "the code from the second child", reading_of(NUMBER));
}

#[test]
fn what_is_not_there_is_a_fault_with_a_name() {
    let nowhere = Path::new("no-such-folder");
    let (_camera, events) = start(settings(nowhere));
    wait(&events, "the fault", fault(FaultKind::Folder));
    let source = CameraSource::Device { name: Some("no such camera".into()) };
    let (_camera, events) = start(CameraSettings { source, ..settings(nowhere) });
    wait(&events, "the fault", |event| match event {
        CameraEvent::Fault { fault, .. } => {
            matches!(fault.kind, FaultKind::NoCamera | FaultKind::NotFound).then_some(())
        }
        _ => None,
    });
    let program = Some(PathBuf::from("no-such-program"));
    let (_camera, events) = start(CameraSettings { program, ..settings(nowhere) });
    wait(&events, "the fault", fault(FaultKind::CannotStart));
}

#[test]
fn a_dark_picture_has_its_hint() {
    let room = tempfile::tempdir().unwrap();
    image::GrayImage::from_pixel(640, 360, image::Luma([9])).save(room.path().join("dark.png")).unwrap();
    let (_camera, events) = start(settings(room.path()));
    let hint = wait(&events, "a hint", |event| if let CameraEvent::Hint(hint) = event { Some(*hint) } else { None });
    assert_eq!(hint, Some(Hint::TooDark));
}

/// Runs the child by hand, as a till that then goes away would have.
fn orphan(settings: &CameraSettings, frozen: bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tillback"))
        .arg("camera-worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = child.stdout.take().unwrap();
    let orders = Orders { settings: settings.clone(), shown_last: None };
    input.write_all(&[serde_json::to_vec(&orders).unwrap(), b"\n".to_vec()].concat()).unwrap();
    let mut some = [0; 64];
    output.read_exact(&mut some).unwrap();
    let drain = std::thread::spawn(move || {
        let _ = output.read_to_end(&mut Vec::new());
    });
    if frozen {
        std::thread::sleep(Duration::from_millis(800));
    }
    drop(input);
    let until = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > until {
            child.kill().unwrap();
            panic!("the child outlives the till");
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    drain.join().unwrap();
    assert!(status.success(), "{status}");
}

#[test]
fn no_child_outlives_the_till() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    orphan(&settings(room.path()), false);
    orphan(&CameraSettings { rehearsal: Some(Rehearsal::FreezeAfter(3)), ..settings(room.path()) }, true);
}

#[cfg(unix)]
#[test]
fn dropping_the_camera_ends_the_child() {
    let room = tempfile::tempdir().unwrap();
    draw(room.path(), "1.png", zxingcpp::BarcodeFormat::QRCode, NUMBER);
    let (camera, events) = start(settings(room.path()));
    wait(&events, "the code", reading_of(NUMBER));
    let child = camera.child_id().expect("a child");
    drop(camera);
    assert!(!Command::new("kill").args(["-0", &child.to_string()]).stderr(Stdio::null()).status().unwrap().success());
}

#[test]
fn by_hand_it_says_that_it_has_no_use_by_hand() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tillback"))
        .arg("camera-worker")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"hello\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no use by hand"));
}
