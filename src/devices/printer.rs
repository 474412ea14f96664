//! One printer: whether it can print, printing, and the drawer behind it.
//!
//! **Nothing of a document is sent before the printer was heard to be ready**, where it speaks at all; a document is
//! asked for only then, so that what counts prints counts none that could not begin. **A job ends in time**: opening,
//! asking, sending and the printer's last word each have theirs.

use std::fmt::Display;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::document::Document;
use super::escpos::{self, DONE_QUESTION, QUESTIONS, Question, Tongue, is_answer, is_done_answer};
use super::file::{self, FileKind};
use super::font::Pen;
use super::layout::layout;
use super::wire::{self, Place, Wire};
use crate::domain::{DrawerPin, PrinterFault};

/// How long each step of a job may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one answer about how the printer is. It is given in milliseconds, or never.
    pub answer: Duration,
    /// For a printer that takes no bytes for now: its buffer is full, or it is out of paper.
    pub stalled: Duration,
    /// For its word that all is printed. A slip takes two or three seconds.
    pub done: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: Duration::from_millis(600), stalled: Duration::from_secs(5), done: Duration::from_secs(6) }
    }
}

/// What prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Machine {
    /// An ESC/POS printer.
    Paper {
        /// Where it is.
        place: Place,
        /// How it is spoken to.
        tongue: Tongue,
    },
    /// Files in a folder.
    Files {
        /// Where.
        folder: PathBuf,
        /// Of which kind.
        kind: FileKind,
        /// Laid out as on paper of this kind.
        tongue: Tongue,
        /// The folder is the till's own and made when it is first needed. Anybody else's that is missing is a disk that is
        /// not plugged in.
        own: bool,
    },
}

/// A fault, and what the system said of it, for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", fault.as_str())]
pub struct Trouble {
    /// What is wrong.
    pub fault: PrinterFault,
    /// In the system's words.
    pub detail: String,
}

impl Trouble {
    pub(super) fn new(fault: PrinterFault, detail: impl Display) -> Self {
        Self { fault, detail: detail.to_string() }
    }
}

/// A printer.
pub struct Printer {
    machine: Machine,
    pen: Arc<Pen>,
    patience: Patience,
}

impl Printer {
    /// The printer at that place.
    #[must_use]
    pub fn new(machine: Machine, pen: impl Into<Arc<Pen>>, patience: Patience) -> Self {
        Self { machine, pen: pen.into(), patience }
    }

    /// Whether it could print now, where that can be known.
    ///
    /// # Errors
    /// Why not.
    pub fn look(&self) -> Result<(), Trouble> {
        match &self.machine {
            Machine::Paper { place, .. } => self.ready(place).map(drop),
            Machine::Files { own: true, .. } => Ok(()),
            Machine::Files { folder, .. } => file::look(folder),
        }
    }

    /// Prints what `document` gives once the printer is ready. Gives back the file, where there is one in place of paper.
    ///
    /// # Errors
    /// Why it was not printed, or perhaps in part.
    pub fn print(
        &self,
        document: &mut dyn FnMut() -> Result<Document, PrinterFault>,
    ) -> Result<Option<PathBuf>, Trouble> {
        let counted = |fault| Trouble::new(fault, "the document was not made");
        match &self.machine {
            Machine::Paper { place, tongue } => {
                let (mut wire, speaks) = self.ready(place)?;
                let document = document().map_err(counted)?;
                let bytes = escpos::encode(&layout(&document, tongue.paper), *tongue, &self.pen);
                let sent = self.send(wire.as_mut(), &bytes, speaks);
                let sent = if speaks { sent.and_then(|()| self.hear_that_it_is_done(wire.as_mut())) } else { sent };
                drop(wire);
                sent.map_err(|trouble| self.why_it_stalled(trouble, speaks))?;
                Ok(None)
            }
            Machine::Files { folder, kind, tongue, own } => {
                if *own {
                    file::make(folder)?;
                }
                file::look(folder)?;
                let document = document().map_err(counted)?;
                file::write(&document, folder, *kind, tongue.paper, &self.pen).map(Some)
            }
        }
    }

    /// Opens the drawer that is plugged into the printer. Files have none.
    ///
    /// # Errors
    /// Why it was not told to open. Whether it opened, no printer says.
    pub fn open_drawer(&self, pin: DrawerPin, pulse_ms: u32) -> Result<(), Trouble> {
        let Machine::Paper { place, .. } = &self.machine else {
            return Err(Trouble::new(PrinterFault::NotThere, "a drawer needs a receipt printer"));
        };
        // A printer without paper opens a drawer all the same: it is not asked how it is.
        let mut wire = wire::open(place)?;
        self.send(wire.as_mut(), &escpos::drawer(pin, pulse_ms), false)
    }

    /// Opens the way and asks how the printer is. True where it answers at all.
    fn ready(&self, place: &Place) -> Result<(Box<dyn Wire>, bool), Trouble> {
        let mut wire = wire::open(place)?;
        let speaks = self.ask(wire.as_mut())?;
        Ok((wire, speaks))
    }

    /// Asks how it is. A printer that says nothing to the first question is not asked the others.
    fn ask(&self, wire: &mut dyn Wire) -> Result<bool, Trouble> {
        if wire.is_mute() {
            return Ok(false);
        }
        for (at, question) in QUESTIONS.into_iter().enumerate() {
            match self.answer(wire, question)? {
                None if at == 0 => return Ok(false),
                None => {}
                Some(answer) => {
                    if let Some(fault) = question.fault(answer) {
                        return Err(Trouble::new(fault, format_args!("{question:?} {answer:#04x}")));
                    }
                }
            }
        }
        Ok(true)
    }

    fn answer(&self, wire: &mut dyn Wire, question: Question) -> Result<Option<u8>, Trouble> {
        match wire.put(&question.bytes(), self.patience.answer) {
            Ok(_) => hear(wire, self.patience.answer, is_answer),
            // It takes nothing: then it says nothing either.
            Err(error) if is_wait(&error) => Ok(None),
            Err(error) => Err(lost(error)),
        }
    }

    /// Sends all bytes. A printer that stops taking them is asked why.
    fn send(&self, wire: &mut dyn Wire, bytes: &[u8], speaks: bool) -> Result<(), Trouble> {
        let mut rest = bytes;
        let mut moved = Instant::now();
        while !rest.is_empty() {
            match wire.put(rest.get(..rest.len().min(PIECE)).unwrap_or_default(), Duration::from_millis(500)) {
                Ok(0) => return Err(Trouble::new(PrinterFault::Lost, "it takes no more")),
                Ok(sent) => {
                    rest = rest.get(sent..).unwrap_or_default();
                    moved = Instant::now();
                }
                Err(error) if is_wait(&error) => {
                    if moved.elapsed() >= self.patience.stalled {
                        if speaks {
                            self.ask(wire)?;
                        }
                        return Err(Trouble::new(PrinterFault::TimedOut, "it takes no more bytes"));
                    }
                }
                Err(error) => return Err(lost(error)),
            }
        }
        wire.finish(self.patience.stalled).map_err(lost)
    }

    /// What a printer that spoke and then hung says of itself to somebody new: questions behind a full buffer it does
    /// not hear.
    fn why_it_stalled(&self, trouble: Trouble, speaks: bool) -> Trouble {
        if !speaks || trouble.fault != PrinterFault::TimedOut {
            return trouble;
        }
        self.look().err().filter(|now| now.fault != PrinterFault::NotThere).unwrap_or(trouble)
    }

    /// Waits for the printer's word that everything before it is printed. A model that does not know the question is
    /// asked how it is instead; one that says nothing any more hangs.
    fn hear_that_it_is_done(&self, wire: &mut dyn Wire) -> Result<(), Trouble> {
        wire.put(&DONE_QUESTION, self.patience.answer).map_err(lost)?;
        let deadline = Instant::now() + self.patience.done;
        loop {
            if hear(wire, self.patience.answer, is_done_answer)?.is_some() {
                // Its paper may have ended with this very slip.
                return self.ask(wire).map(drop);
            }
            let still_speaks = self.ask(wire)?;
            if Instant::now() >= deadline {
                let hangs = || Err(Trouble::new(PrinterFault::TimedOut, "it says nothing any more"));
                return if still_speaks { Ok(()) } else { hangs() };
            }
        }
    }
}

/// Bytes handed over at once.
const PIECE: usize = 1024;

/// The first byte of that kind that comes back in time.
fn hear(wire: &mut dyn Wire, within: Duration, is_meant: fn(u8) -> bool) -> Result<Option<u8>, Trouble> {
    let deadline = Instant::now() + within;
    let mut bytes = [0_u8; 64];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        match wire.get(&mut bytes, left) {
            Ok(read) => {
                if let Some(answer) = bytes.iter().take(read).find(|byte| is_meant(**byte)) {
                    return Ok(Some(*answer));
                }
            }
            Err(error) if is_wait(&error) => return Ok(None),
            Err(error) => return Err(lost(error)),
        }
    }
}

/// Nothing yet, rather than nothing any more. Linux says `WouldBlock` where a time-out has passed.
fn is_wait(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted)
}

fn lost(error: std::io::Error) -> Trouble {
    Trouble::new(PrinterFault::Lost, error)
}
