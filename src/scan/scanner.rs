//! What scanners with a port of their own have in common: how one is named, what it tells, how long to wait for it.
//!
//! **A scanner that is unplugged is looked for until it is back**: at once at first, then less and less often, for as
//! long as the till runs. **No scan is older than its port**: what waited in it while nobody listened is thrown away.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::wedge::ScanText;
use crate::domain::ScannerFault;

/// Bytes of one scan that are kept; a QR code holds at most 7,089 characters, and `payload` reads no longer ones than
/// this.
pub(super) const MAX_BYTES: usize = 8192;
/// The first pause before a port is tried again; it doubles up to [`MAX_PAUSE`], as for the camera.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const MAX_PAUSE: Duration = Duration::from_secs(4);
/// How often one that waits for a scan looks whether it is still wanted.
pub(super) const LOOK_UP: Duration = Duration::from_millis(500);

/// What a scanner tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerEvent {
    /// It is there and is listened to.
    Ready {
        /// What it calls itself, or its port.
        name: String,
    },
    /// A code was read.
    Read(ScanText),
    /// It is not there. It is looked for again by itself; told once, not for every attempt.
    Fault(Trouble),
}

/// A fault, with words for a log or a technician.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What it is.
    pub fault: ScannerFault,
    /// Technical detail, never shown alone.
    pub detail: String,
}

impl Trouble {
    pub(super) fn new(fault: ScannerFault, detail: impl fmt::Display) -> Self {
        Self { fault, detail: detail.to_string().chars().filter(|c| !c.is_control()).take(300).collect() }
    }
}

/// A thread that listens to one scanner. Dropping it ends the thread and waits for that, half a second at most.
#[derive(Debug)]
pub struct Listener {
    /// Closed to end the thread.
    wanted: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.wanted = None;
        if let Some(thread) = self.thread.take() {
            // Its own panic has nothing left to tell.
            let _ = thread.join();
        }
    }
}

/// Whether a listener is still wanted.
pub(super) struct Wanted(Receiver<()>);

impl Wanted {
    pub(super) fn still(&self) -> bool {
        !matches!(self.0.try_recv(), Err(crossbeam_channel::TryRecvError::Disconnected))
    }

    /// Waits, and says whether to go on.
    fn after(&self, pause: Duration) -> bool {
        self.0.recv_timeout(pause) == Err(RecvTimeoutError::Timeout)
    }
}

/// One life of a scanner: from the attempt to open it to its end. `ready` is called when it is open.
pub(super) trait Source: Send + 'static {
    /// Opens it and passes its scans on until it fails or is not wanted any more.
    fn live(&mut self, wanted: &Wanted, tell: &mut dyn FnMut(ScannerEvent)) -> Result<(), Trouble>;
}

/// Starts a thread that opens the source, again and again.
pub(super) fn listen(
    name: &str,
    mut source: impl Source,
    mut tell: impl FnMut(ScannerEvent) + Send + 'static,
) -> std::io::Result<Listener> {
    let (sender, receiver) = bounded(1);
    let wanted = Wanted(receiver);
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
        let mut pause = FIRST_PAUSE;
        let mut told: Option<ScannerFault> = None;
        loop {
            let mut was_ready = false;
            // A panic ends that life alone.
            let ended = catch_unwind(AssertUnwindSafe(|| {
                source.live(&wanted, &mut |event| {
                    was_ready |= matches!(event, ScannerEvent::Ready { .. });
                    tell(event);
                })
            }));
            let ended =
                ended.unwrap_or_else(|_| Err(Trouble::new(ScannerFault::NotUnderstood, "its listener panicked")));
            let Err(trouble) = ended else { return };
            if was_ready {
                (pause, told) = (FIRST_PAUSE, None);
            }
            if told != Some(trouble.fault) {
                told = Some(trouble.fault);
                tell(ScannerEvent::Fault(trouble));
            }
            if !wanted.after(pause) {
                return;
            }
            pause = (pause * 2).min(MAX_PAUSE);
        }
    })?;
    Ok(Listener { wanted: Some(sender), thread: Some(thread) })
}

/// The text in a scanner's bytes: UTF-8 where they are that, else each byte a character (ISO 8859-1, which is what
/// scanners send that do not send UTF-8).
pub(super) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct PanicsOnce(bool);

    impl Source for PanicsOnce {
        fn live(&mut self, wanted: &Wanted, tell: &mut dyn FnMut(ScannerEvent)) -> Result<(), Trouble> {
            assert!(std::mem::replace(&mut self.0, true), "a report that nobody thought of");
            tell(ScannerEvent::Ready { name: "port".to_owned() });
            while wanted.still() {
                std::thread::sleep(Duration::from_millis(5));
            }
            Ok(())
        }
    }

    #[test]
    fn a_listener_that_panicked_listens_again() {
        let (tells, told) = bounded(4);
        let listener = listen("test", PanicsOnce(false), move |event| drop(tells.send(event))).unwrap();
        let next = || told.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(matches!(next(), ScannerEvent::Fault(trouble) if trouble.fault == ScannerFault::NotUnderstood));
        assert!(matches!(next(), ScannerEvent::Ready { .. }));
        drop(listener);
    }

    #[test]
    fn bytes_that_are_no_utf8_keep_each_their_character() {
        assert_eq!(text_of("297\u{20ac}".as_bytes()), "297\u{20ac}");
        assert_eq!(text_of(b"29\xb07"), "29\u{b0}7");
    }
}
