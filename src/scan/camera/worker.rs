//! What the camera's child process runs: one thread captures, one decodes, one listens to the till, one watches them.
//!
//! **Ends when its standard input ends**, so that no child outlives the till. **Never waits for itself**: on any fault
//! it says so and exits at once, because a thread inside a frozen driver or decoder cannot be stopped otherwise. Only
//! the latest frame is kept. Standard output belongs to the protocol alone.

use std::io::{self, BufRead, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{self, ExitCode};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::device::Device;
use super::folder::Folder;
use super::hints::Hints;
use super::papers::Papers;
use super::protocol::{CameraFault, CameraReading, FaultKind, MAX_TEXT_BYTES, Message, Orders, Outline, write_message};
use super::slot::Slot;
use super::{CameraSettings, CameraSource, Rehearsal, luma};
use crate::scan::symbol::{Decoder, LumaFrame, Reading, RqrrUse, Settings};

/// The longest line of orders, in bytes.
const MAX_ORDERS_BYTES: u64 = 64 * 1024;
/// Between previews, and between a folder's frames: 12 a second.
const PREVIEW_EVERY: Duration = Duration::from_millis(83);
/// How long an outline stands in the preview after its code was last read.
const OUTLINE_STANDS: Duration = Duration::from_millis(450);

/// What the threads share.
struct Shared {
    settings: CameraSettings,
    frames: Slot<Look>,
    /// The first fault ends the process.
    fault: Slot<CameraFault>,
    outline: Mutex<Option<(Outline, Instant)>>,
    /// The narrowest module, in pixels, of what looks like a code and is not read.
    module: Mutex<Option<f32>>,
    /// Since when the decoder has been at work on one frame.
    decoding_since: Mutex<Option<Instant>>,
}

/// One frame to decode.
struct Look {
    frame: Arc<LumaFrame>,
    /// Rises with each other picture of a folder.
    picture: u32,
}

/// Runs the child: orders on standard input, messages on standard output, until the input ends.
#[must_use]
pub fn worker_main() -> ExitCode {
    let mut line = String::new();
    let read = io::stdin().lock().take(MAX_ORDERS_BYTES).read_line(&mut line);
    let orders = match (read, serde_json::from_str::<Orders>(&line)) {
        (Ok(0), _) => return ExitCode::SUCCESS,
        (Ok(_), Ok(orders)) => orders,
        _ => {
            // A terminal that is gone need not hear it.
            let _ = writeln!(io::stderr(), "camera-worker is started by tillback itself; it has no use by hand");
            return ExitCode::from(2);
        }
    };
    let shared = Arc::new(Shared {
        settings: orders.settings,
        frames: Slot::new(),
        fault: Slot::new(),
        outline: Mutex::new(None),
        module: Mutex::new(None),
        decoding_since: Mutex::new(None),
    });
    thread::spawn(listen);
    spawn_guarded(&shared, move |shared| capture(shared, orders.shown_last));
    spawn_guarded(&shared, decode);
    loop {
        if let Some(fault) = shared.fault.take(Duration::from_millis(100)) {
            say(&Message::Fault(fault));
            return ExitCode::FAILURE;
        }
        let since = *lock(&shared.decoding_since);
        if since.is_some_and(|since| since.elapsed() > shared.settings.deadline + shared.settings.frame_timeout) {
            say(&Message::Fault(CameraFault::new(FaultKind::Hung, "the decoder does not come back")));
            return ExitCode::FAILURE;
        }
    }
}

/// Waits for the till's `stop`, or for the till to be gone.
fn listen() {
    let mut line = String::new();
    loop {
        line.clear();
        match io::stdin().lock().take(MAX_ORDERS_BYTES).read_line(&mut line) {
            Ok(read) if read > 0 && line.trim() != "stop" => {}
            // Not by way of the other threads: one of them may be frozen.
            _ => process::exit(0),
        }
    }
}

/// Runs a thread's work; its error or its panic becomes the process's fault.
fn spawn_guarded(shared: &Arc<Shared>, work: impl FnOnce(&Shared) -> Result<(), CameraFault> + Send + 'static) {
    let shared = Arc::clone(shared);
    thread::spawn(move || {
        let ended = catch_unwind(AssertUnwindSafe(|| work(&shared)));
        shared.fault.put(match ended {
            Ok(Err(fault)) => fault,
            Ok(Ok(())) => CameraFault::new(FaultKind::Crashed, "a thread ended"),
            Err(panic) => CameraFault::new(FaultKind::Crashed, panic_words(panic.as_ref())),
        });
    });
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(words), _) => words,
        (None, Some(words)) => words,
        (None, None) => "panicked",
    }
}

/// Writes a message; a till that is gone ends the process.
fn say(message: &Message) {
    if write_message(&mut io::stdout().lock(), message).is_err() {
        process::exit(0);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Source {
    Device(Device),
    Folder {
        folder: Folder,
        /// When its next frame is due.
        due: Instant,
        showing: Option<String>,
        /// Other pictures so far.
        pictures: u32,
    },
}

impl Source {
    fn open(settings: &CameraSettings, shown_last: Option<String>) -> Result<(Self, Message), CameraFault> {
        match &settings.source {
            CameraSource::Device { name } => {
                let device = Device::open(name.as_deref())?;
                let ready = Message::Ready { camera: device.name.clone(), format: device.format.clone() };
                Ok((Self::Device(device), ready))
            }
            CameraSource::Folder(path) => {
                let folder = Folder::open(path, settings.picture_time, shown_last, Instant::now())?;
                let ready = Message::Ready { camera: path.display().to_string(), format: "pictures".into() };
                Ok((Self::Folder { folder, due: Instant::now(), showing: None, pictures: 0 }, ready))
            }
            CameraSource::Off => Err(CameraFault::new(FaultKind::NoCamera, "the camera is off")),
        }
    }

    /// The next frame; `None` when it was broken.
    fn frame(&mut self) -> Result<Option<LumaFrame>, CameraFault> {
        match self {
            Self::Device(device) => device.frame(),
            Self::Folder { folder, due, showing, pictures } => {
                thread::sleep(due.saturating_duration_since(Instant::now()));
                *due = (*due + PREVIEW_EVERY).max(Instant::now());
                let shown = folder.frame(Instant::now())?;
                if let Some(picture) = shown.new {
                    // The only picture of a folder comes up again and again, and stays the same paper.
                    if showing.as_ref() != Some(&picture) {
                        *pictures = pictures.wrapping_add(1);
                        *showing = Some(picture.clone());
                    }
                    say(&Message::Showing { picture });
                }
                Ok(Some(shown.frame))
            }
        }
    }

    fn pictures(&self) -> u32 {
        match self {
            Self::Device(_) => 0,
            Self::Folder { pictures, .. } => *pictures,
        }
    }
}

fn capture(shared: &Shared, shown_last: Option<String>) -> Result<(), CameraFault> {
    let (mut source, ready) = Source::open(&shared.settings, shown_last)?;
    say(&ready);
    let mut hints = Hints::new(Instant::now());
    let mut previewed: Option<Instant> = None;
    for number in 0u32.. {
        rehearse(shared.settings.rehearsal, number);
        let Some(frame) = source.frame()? else { continue };
        let frame = Arc::new(frame);
        shared.frames.put(Look { frame: Arc::clone(&frame), picture: source.pictures() });
        let now = Instant::now();
        // A little early is better than every second frame of a camera at 24 a second.
        if previewed.is_some_and(|at| now.saturating_duration_since(at) + Duration::from_millis(8) < PREVIEW_EVERY) {
            continue;
        }
        previewed = Some(now);
        let outline = lock(&shared.outline).filter(|(_, seen)| now.saturating_duration_since(*seen) < OUTLINE_STANDS);
        if outline.is_some() {
            hints.saw_code(now);
        }
        if let Some((width, height, luma)) = luma::preview(&frame) {
            let module = *lock(&shared.module);
            if let Some(hint) = hints.observe(&luma, usize::from(width), module, now) {
                say(&Message::Hint(hint));
            }
            say(&Message::Preview { width, height, luma, outline: outline.map(|(outline, _)| outline) });
        }
    }
    Ok(())
}

fn rehearse(rehearsal: Option<Rehearsal>, frames: u32) {
    match rehearsal {
        Some(Rehearsal::FreezeAfter(count)) if frames >= count => loop {
            thread::park();
        },
        Some(Rehearsal::PanicAfter(count)) if frames >= count => std::panic::panic_any("rehearsed"),
        _ => {}
    }
}

fn decode(shared: &Shared) -> Result<(), CameraFault> {
    let settings = &shared.settings;
    let wanted = settings.symbologies;
    let mut decoder = Decoder::new(Settings {
        qr: wanted.qr,
        code128: wanted.code128,
        code39: wanted.code39,
        itf: wanted.itf,
        products: true,
        deadline: settings.deadline,
        rqrr: RqrrUse::Bounded,
    });
    let pause = Duration::from_secs(1) / settings.frames_per_second.clamp(1, 60);
    let (mut papers, start) = (Papers::default(), Instant::now());
    let mut looked = 0u32;
    loop {
        let Some(Look { frame, picture }) = shared.frames.take(Duration::from_millis(200)) else { continue };
        let started = Instant::now();
        *lock(&shared.decoding_since) = Some(started);
        if matches!(settings.rehearsal, Some(Rehearsal::HangDecoderAfter(count)) if looked >= count) {
            loop {
                thread::park();
            }
        }
        looked = looked.saturating_add(1);
        if papers.is_another(picture) {
            decoder.forget();
        }
        let readings = decoder.decode_next(&frame);
        *lock(&shared.decoding_since) = None;
        let now = Instant::now();
        if let Some(reading) = readings.first() {
            *lock(&shared.outline) = Some((outline_of(reading, &frame), now));
        }
        let suspected = !decoder.suspects().is_empty();
        *lock(&shared.module) = decoder.suspects().iter().map(|suspect| suspect.module).reduce(f32::min);
        let settled = papers.observe(&readings, suspected, now.saturating_duration_since(start));
        // Longer than anything that could name a sale, and than the protocol carries: not told.
        if let Some(reading) = settled.filter(|reading| reading.text.len() <= MAX_TEXT_BYTES) {
            let outline = outline_of(&reading, &frame);
            let Reading { text, symbology, confidence, .. } = reading;
            say(&Message::Reading(CameraReading { text, symbology, outline, confidence }));
        }
        thread::sleep(pause.saturating_sub(started.elapsed()));
    }
}

#[allow(clippy::cast_precision_loss)] // sides are below 2^13
fn outline_of(reading: &Reading, frame: &LumaFrame) -> Outline {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    reading.corners.map(|corner| ((corner.x / width).clamp(0.0, 1.0), (corner.y / height).clamp(0.0, 1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault() {
        let shared = Arc::new(Shared {
            settings: CameraSettings::default(),
            frames: Slot::new(),
            fault: Slot::new(),
            outline: Mutex::new(None),
            module: Mutex::new(None),
            decoding_since: Mutex::new(None),
        });
        spawn_guarded(&shared, |_| panic!("garbage in frame 7"));
        let fault = shared.fault.take(Duration::from_secs(5)).unwrap();
        assert_eq!(fault, CameraFault { kind: FaultKind::Crashed, detail: "garbage in frame 7".into() });
    }
}
