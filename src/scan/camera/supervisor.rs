//! The till's side of the camera: starts the child, watches it, kills it when it freezes, starts it again.
//!
//! **A reading is never dropped; a picture is worth nothing once there is a newer one.** **Dropping the [`Camera`] ends
//! the child.** Off means off: no process runs and the device is free for others.

use std::io::{BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, SendTimeoutError, Sender, bounded, never, select};

use super::protocol::{
    CameraFault, CameraReading, FaultKind, Hint, Message, Orders, Outline, ProtocolError, read_message,
};
use super::{CameraSettings, CameraSource};
use crate::failpoint::failpoint;

/// The first pause before a restart; it doubles up to [`MAX_PAUSE`] (`scanning.md`, "Frames").
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const MAX_PAUSE: Duration = Duration::from_secs(4);
/// A child that gave so many pictures was a good one: the next pause is the first again.
const GOOD_PICTURES: u32 = 12;
/// How long a child may take to stop when asked to.
const STOP_TIME: Duration = Duration::from_millis(300);
/// How often one that waits for room looks whether the camera is still wanted.
const LOOK_UP: Duration = Duration::from_millis(50);
/// Messages of the child that wait; it waits with the next.
const WAITING_MESSAGES: usize = 4;

/// Environment variables that the child is started without; `tests/secrets.rs` compares them with the vault's.
pub const WITHHELD: [&str; 1] = ["TILLBACK_TOKEN"];

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

/// The camera: on from [`Camera::start`] or [`Camera::resume`] to [`Camera::stop`] or its end. None of them waits for
/// the device or the child; dropping it does, for a third of a second at most.
#[derive(Debug)]
pub struct Camera {
    shared: Arc<Shared>,
    /// Wakes the thread to look whether it is still wanted; closed to end it.
    nudge: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    settings: CameraSettings,
    events: Sender<CameraEvent>,
    wanted: AtomicBool,
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
            wanted: AtomicBool::new(false),
            picture: Mutex::new((0, None)),
            shown_last: Mutex::new(None),
            child: Mutex::new(None),
        };
        Self { shared: Arc::new(shared), nudge: None, thread: None }
    }

    /// Turns it on, if it is off. A folder of pictures goes on after the one that was shown last.
    pub fn resume(&mut self) {
        if self.shared.settings.source == CameraSource::Off {
            return;
        }
        self.shared.wanted.store(true, Ordering::SeqCst);
        let nudge = self.nudge.get_or_insert_with(|| {
            let (nudge, nudged) = bounded(1);
            let shared = Arc::clone(&self.shared);
            self.thread = Some(thread::spawn(move || supervise(&shared, &nudged)));
            nudge
        });
        // Full means that it will look anyhow.
        let _ = nudge.try_send(());
    }

    /// Turns it off and forgets its picture. The child is gone a moment later; an event on its way may still arrive.
    pub fn stop(&mut self) {
        self.shared.wanted.store(false, Ordering::SeqCst);
        if let Some(nudge) = &self.nudge {
            let _ = nudge.try_send(());
        }
        lock(&self.shared.picture).1 = None;
    }

    /// True between start and stop, whether or not there are pictures.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.shared.is_wanted()
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
        self.nudge = None;
        if let Some(thread) = self.thread.take() {
            // Its own panic has nothing left to tell.
            let _ = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Off and on again until the camera is dropped; on is one life of the child after another.
fn supervise(shared: &Shared, nudged: &Receiver<()>) {
    let mut pause = FIRST_PAUSE;
    loop {
        if !shared.is_wanted() {
            pause = FIRST_PAUSE;
            if nudged.recv().is_err() {
                return;
            }
            continue;
        }
        // A panic ends that life, and with it the child; the next begins after the usual pause.
        let end = catch_unwind(AssertUnwindSafe(|| {
            failpoint!(CameraTurn);
            live(shared, nudged)
        }));
        let end = end.unwrap_or_else(|_| End::Fault {
            fault: CameraFault::new(FaultKind::Crashed, "the camera's supervisor panicked"),
            pictures: 0,
        });
        *lock(&shared.child) = None;
        lock(&shared.picture).1 = None;
        let End::Fault { fault, pictures } = end else { continue };
        if pictures >= GOOD_PICTURES {
            pause = FIRST_PAUSE;
        }
        shared.tell(CameraEvent::Fault { fault, retry_in: pause });
        let until = Instant::now() + pause;
        while shared.is_wanted() && nudged.recv_deadline(until).is_ok() {}
        pause = (pause * 2).min(MAX_PAUSE);
    }
}

/// One life of the child.
fn live(shared: &Shared, nudged: &Receiver<()>) -> End {
    let mut pictures = 0;
    shared.tell(CameraEvent::Starting);
    let mut worker = match Worker::spawn(shared) {
        Ok(worker) => worker,
        Err(error) => return End::Fault { fault: CameraFault::new(FaultKind::CannotStart, error), pictures },
    };
    *lock(&shared.child) = Some(worker.child.id());
    let mut due = Instant::now() + shared.settings.start_timeout;
    while shared.is_wanted() {
        let fault = select! {
            // Time to look whether it is still wanted. The channel closes only when it is not.
            recv(nudged) -> _ => continue,
            recv(worker.messages) -> message => match message {
                Ok(Ok(Message::Fault(fault))) => fault,
                Ok(Ok(message)) => {
                    if matches!(message, Message::Preview { .. }) {
                        pictures += 1;
                        due = Instant::now() + shared.settings.frame_timeout;
                    }
                    shared.hear(message);
                    continue;
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
    worker.stop();
    End::Stopped
}

impl Shared {
    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::SeqCst)
    }

    /// Tells the till, waiting for room as long as the camera is wanted.
    fn tell(&self, mut event: CameraEvent) {
        while self.is_wanted() {
            match self.events.send_timeout(event, LOOK_UP) {
                Err(SendTimeoutError::Timeout(unsent)) => event = unsent,
                // Sent; or the till is gone and will drop the camera.
                Ok(()) | Err(SendTimeoutError::Disconnected(_)) => return,
            }
        }
    }

    /// Passes on what the child said.
    fn hear(&self, message: Message) {
        match message {
            Message::Ready { camera, format } => self.tell(CameraEvent::Ready { camera, format }),
            Message::Showing { picture } => *lock(&self.shown_last) = Some(picture),
            Message::Preview { width, height, luma, outline } => {
                let mut latest = lock(&self.picture);
                latest.0 += 1;
                let (width, height) = (usize::from(width), usize::from(height));
                latest.1 = Some(Arc::new(Picture { number: latest.0, width, height, luma, outline }));
                drop(latest);
                // Full means that the till has not looked at the last one yet.
                let _ = self.events.try_send(CameraEvent::Pictured);
            }
            Message::Reading(reading) => self.tell(CameraEvent::Read(reading)),
            Message::Hint(hint) => self.tell(CameraEvent::Hint(hint)),
            // Ends the child's life before it comes here.
            Message::Fault(_) => {}
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
        let mut child = command(&program).spawn()?;
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

/// How the child is started. **It decodes what strangers show, so it is not handed the till's secrets.**
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("camera-worker").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
    for secret in WITHHELD {
        command.env_remove(secret);
    }
    hide_console(&mut command);
    command
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_child_is_not_handed_the_token() {
        let command = command(Path::new("tillback"));
        let taken: Vec<_> = command.get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name).collect();
        assert_eq!(taken, WITHHELD);
    }
}
