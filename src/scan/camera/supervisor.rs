//! The till's side of the camera: starts the child, watches it, kills it when it freezes, starts it again.
//!
//! **A reading is never dropped; a picture is worth nothing once there is a newer one.** **Dropping the [`Camera`] ends
//! the child.** Off means off: no process runs and the device is free for others.

use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded, never, select};

use super::protocol::{
    CameraFault, CameraReading, FaultKind, Hint, Message, Orders, Outline, ProtocolError, read_message,
};
use super::{CameraSettings, CameraSource};

/// The first pause before a restart; it doubles up to [`MAX_PAUSE`] (`scanning.md`, "Frames").
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const MAX_PAUSE: Duration = Duration::from_secs(4);
/// A child that gave so many pictures was a good one: the next pause is the first again.
const GOOD_PICTURES: u32 = 12;
/// How long a child may take to stop when asked to.
const STOP_TIME: Duration = Duration::from_millis(300);
/// Messages of the child that wait; it waits with the next.
const WAITING_MESSAGES: usize = 4;

/// What the camera tells the till.
#[derive(Debug, Clone, PartialEq)]
pub enum CameraEvent {
    /// The child is being started.
    Starting,
    /// The source is open.
    Ready {
        /// Its name.
        camera: String,
        /// Size, format and rate.
        format: String,
    },
    /// [`Camera::picture`] has a new one. Left out when the till is busy.
    Pictured,
    /// A code was read.
    Read(CameraReading),
    /// What would help; none when nothing is wrong any more.
    Hint(Option<Hint>),
    /// There are no pictures; the camera is tried again by itself.
    Fault {
        /// Why.
        fault: CameraFault,
        /// When.
        retry_in: Duration,
    },
}

/// A small grey picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Rises with every picture, across restarts.
    pub number: u64,
    /// Pixels across, at most 640.
    pub width: usize,
    /// Pixels down, at most 360.
    pub height: usize,
    /// Grey values, row by row.
    pub luma: Vec<u8>,
    /// The code found in it, each corner from 0 to 1 across and down.
    pub outline: Option<Outline>,
}

/// The camera: on from [`Camera::start`] to [`Camera::stop`] or its end.
#[derive(Debug)]
pub struct Camera {
    shared: Arc<Shared>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    /// Dropped to stop.
    stop: Sender<()>,
    thread: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    settings: CameraSettings,
    events: Sender<CameraEvent>,
    picture: Mutex<(u64, Option<Arc<Picture>>)>,
    /// The picture of a folder that was shown last, to go on after it.
    shown_last: Mutex<Option<String>>,
    child: Mutex<Option<u32>>,
}

/// Why a child's life ended.
enum End {
    Stopped,
    Fault { fault: CameraFault, pictures: u32 },
}

impl Camera {
    /// Turns the camera on. What happens is told to `events`, which should hold a few: readings wait for room.
    #[must_use]
    pub fn start(settings: CameraSettings, events: Sender<CameraEvent>) -> Self {
        let mut camera = Self::off(settings, events);
        camera.resume();
        camera
    }

    /// A camera that is off.
    #[must_use]
    pub fn off(settings: CameraSettings, events: Sender<CameraEvent>) -> Self {
        let shared = Shared {
            settings,
            events,
            picture: Mutex::new((0, None)),
            shown_last: Mutex::new(None),
            child: Mutex::new(None),
        };
        Self { shared: Arc::new(shared), running: None }
    }

    /// Turns it on, if it is off. A folder of pictures goes on after the one that was shown last.
    pub fn resume(&mut self) {
        if self.running.is_some() || self.shared.settings.source == CameraSource::Off {
            return;
        }
        let (stop, stopped) = bounded(0);
        let shared = Arc::clone(&self.shared);
        let thread = thread::spawn(move || supervise(&shared, &stopped));
        self.running = Some(Running { stop, thread });
    }

    /// Turns it off and forgets its picture. Takes at most a third of a second; nothing is told afterwards.
    pub fn stop(&mut self) {
        if let Some(Running { stop, thread }) = self.running.take() {
            drop(stop);
            // Its own panic has nothing left to tell.
            let _ = thread.join();
        }
        lock(&self.shared.picture).1 = None;
    }

    /// True between start and stop, whether or not there are pictures.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.running.is_some()
    }

    /// The latest picture, while the camera is on.
    #[must_use]
    pub fn picture(&self) -> Option<Arc<Picture>> {
        lock(&self.shared.picture).1.clone()
    }

    /// The process id of the child, while there is one.
    #[must_use]
    pub fn child_id(&self) -> Option<u32> {
        *lock(&self.shared.child)
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stop();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One life of the child after another until the stop.
fn supervise(shared: &Shared, stop: &Receiver<()>) {
    let mut pause = FIRST_PAUSE;
    loop {
        let End::Fault { fault, pictures } = live(shared, stop) else { return };
        *lock(&shared.child) = None;
        lock(&shared.picture).1 = None;
        if pictures >= GOOD_PICTURES {
            pause = FIRST_PAUSE;
        }
        if !shared.tell(CameraEvent::Fault { fault, retry_in: pause }, stop) {
            return;
        }
        select! {
            recv(stop) -> _ => return,
            default(pause) => {}
        }
        pause = (pause * 2).min(MAX_PAUSE);
    }
}

/// One life of the child.
fn live(shared: &Shared, stop: &Receiver<()>) -> End {
    if !shared.tell(CameraEvent::Starting, stop) {
        return End::Stopped;
    }
    let mut pictures = 0;
    let mut worker = match Worker::spawn(shared) {
        Ok(worker) => worker,
        Err(error) => return End::Fault { fault: CameraFault::new(FaultKind::CannotStart, error), pictures },
    };
    *lock(&shared.child) = Some(worker.child.id());
    let mut due = Instant::now() + shared.settings.start_timeout;
    loop {
        let fault = select! {
            recv(stop) -> _ => {
                worker.stop();
                *lock(&shared.child) = None;
                return End::Stopped;
            }
            recv(worker.messages) -> message => match message {
                Ok(Ok(Message::Fault(fault))) => fault,
                Ok(Ok(message)) => {
                    if matches!(message, Message::Preview { .. }) {
                        pictures += 1;
                        due = Instant::now() + shared.settings.frame_timeout;
                    }
                    if shared.hear(message, stop) {
                        continue;
                    }
                    return End::Stopped;
                }
                Ok(Err(error)) => CameraFault::new(FaultKind::Crashed, error),
                Err(_) => CameraFault::new(FaultKind::Crashed, worker.last_words()),
            },
            default(due.saturating_duration_since(Instant::now())) => {
                CameraFault::new(FaultKind::Hung, "no frame in time")
            }
        };
        return End::Fault { fault, pictures };
    }
}

impl Shared {
    /// Tells the till, waiting for room; false when the camera is to stop or the till is gone.
    fn tell(&self, event: CameraEvent, stop: &Receiver<()>) -> bool {
        select! {
            send(self.events, event) -> sent => sent.is_ok(),
            recv(stop) -> _ => false,
        }
    }

    /// Passes on what the child said; false when the camera is to stop.
    fn hear(&self, message: Message, stop: &Receiver<()>) -> bool {
        match message {
            Message::Ready { camera, format } => self.tell(CameraEvent::Ready { camera, format }, stop),
            Message::Showing { picture } => {
                *lock(&self.shown_last) = Some(picture);
                true
            }
            Message::Preview { width, height, luma, outline } => {
                let mut latest = lock(&self.picture);
                latest.0 += 1;
                let (width, height) = (usize::from(width), usize::from(height));
                latest.1 = Some(Arc::new(Picture { number: latest.0, width, height, luma, outline }));
                drop(latest);
                // Full means that the till has not looked at the last one yet.
                let _ = self.events.try_send(CameraEvent::Pictured);
                true
            }
            Message::Reading(reading) => self.tell(CameraEvent::Read(reading), stop),
            Message::Hint(hint) => self.tell(CameraEvent::Hint(hint), stop),
            // Ends the child's life before it comes here.
            Message::Fault(_) => true,
        }
    }
}

/// A child process and what it says. Killed when dropped.
struct Worker {
    child: Child,
    /// Closed to end it.
    orders: Option<ChildStdin>,
    messages: Receiver<Result<Message, ProtocolError>>,
}

impl Worker {
    fn spawn(shared: &Shared) -> std::io::Result<Self> {
        let program: PathBuf = match &shared.settings.program {
            Some(program) => program.clone(),
            None => std::env::current_exe()?,
        };
        let mut command = Command::new(program);
        command.arg("camera-worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        hide_console(&mut command);
        let mut child = command.spawn()?;
        let (mut orders, output) = (child.stdin.take(), child.stdout.take());
        let mut worker = Self { child, orders: None, messages: never() };
        if let Some(output) = output {
            let (sender, messages) = bounded(WAITING_MESSAGES);
            worker.messages = messages;
            thread::spawn(move || {
                let mut input = BufReader::with_capacity(1 << 16, output);
                while let Some(message) = read_message(&mut input).transpose() {
                    let is_last = message.is_err();
                    if sender.send(message).is_err() || is_last {
                        return;
                    }
                }
            });
        }
        if let Some(orders) = &mut orders {
            let settings = shared.settings.clone();
            let words = Orders { settings, shown_last: lock(&shared.shown_last).clone() };
            let mut line = serde_json::to_vec(&words)?;
            line.push(b'\n');
            orders.write_all(&line)?;
        }
        worker.orders = orders;
        Ok(worker)
    }

    /// Asks it to stop, waits a little, and kills it.
    fn stop(&mut self) {
        if let Some(mut orders) = self.orders.take() {
            // It may be gone already.
            let _ = orders.write_all(b"stop\n");
        }
        let until = Instant::now() + STOP_TIME;
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// How it ended.
    fn last_words(&mut self) -> String {
        let until = Instant::now() + STOP_TIME;
        while Instant::now() < until {
            if let Ok(Some(status)) = self.child.try_wait() {
                return format!("the camera process ended: {status}");
            }
            thread::sleep(Duration::from_millis(5));
        }
        "the camera process closed its output".into()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail only for a child that has ended; the wait leaves no zombie.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A window of its own would flash up on Windows.
#[cfg(windows)]
fn hide_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn hide_console(_: &mut Command) {}
