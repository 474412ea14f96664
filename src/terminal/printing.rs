//! The printer's thread: takes what is to be printed, prints it, says what became of it.
//!
//! **Printing never holds up a refund**: jobs wait in a bounded queue on a thread of their own, and a printer that hangs
//! is given up by its own deadlines. **What failed is not tried again by itself**: paper that came out half would come
//! out twice; whoever needs it presses "Print again". **A slip is counted in the record before it is sent**, and marked
//! as a copy from the second on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};

use super::duties::Duties;
use super::view::Light;
use crate::devices::document::Document;
use crate::devices::printer::{Printer, Trouble};
use crate::devices::wire::found_printers;
use crate::domain::{
    DrawerPin, FoundPrinter, InvoiceReference, Language, OperatorId, PrintSubject, PrinterChoice, PrinterFault,
    PrinterPlace, Refund, RefundReference, Report, Timestamp, TransactionNo,
};
use crate::failpoint::failpoint;
use crate::ledger::{AuditFact, Ledger, LedgerError};

/// More than anybody waits for; beyond it something is wrong with the printer, and that is said.
const QUEUE: usize = 16;
/// How often a printer is looked at while nothing is printed, and while something is wrong with it.
const LOOK: Duration = Duration::from_secs(120);
const LOOK_WHEN_BAD: Duration = Duration::from_secs(10);
/// Jobs whose end is remembered for the screen.
const REMEMBERED: usize = 16;

/// What a slip says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipFacts {
    /// The refund as it stands.
    pub refund: Refund,
    /// The gateway's number of the sale.
    pub transaction_no: Option<TransactionNo>,
    /// The merchant's number of the sale.
    pub invoice: Option<InvoiceReference>,
    /// The customer's wallet, where it is known.
    pub wallet: Option<String>,
    /// Who asked.
    pub requester: String,
    /// Who approved.
    pub approver: String,
    /// 1 for the original, from 2 on a copy.
    pub number: u32,
    /// When it is printed.
    pub at: Timestamp,
}

impl SlipFacts {
    /// What the ledger says of a refund; the slip itself is not counted.
    pub fn read(ledger: &Ledger, reference: &RefundReference, at: Timestamp) -> Result<Self, LedgerError> {
        let refund = ledger.refund(reference)?;
        let sale = ledger.sale(&refund.sale_id)?.sale;
        let name = |id: &OperatorId| match ledger.operator(id) {
            Ok(person) => Ok(person.name.as_str().to_owned()),
            Err(LedgerError::NotFound { .. }) => Ok(id.as_str().to_owned()),
            Err(error) => Err(error),
        };
        Ok(Self {
            requester: name(&refund.requester)?,
            approver: name(&refund.approver)?,
            transaction_no: sale.transaction_no,
            invoice: sale.reference,
            wallet: sale.wallet,
            refund,
            number: 1,
            at,
        })
    }
}

/// Puts facts into words on paper. The words are the window's.
pub trait Scribe: Send + Sync {
    /// A refund's slip, or the customer's and the store's.
    fn slip(&self, facts: &SlipFacts) -> Document;

    /// A report as it is.
    fn report(&self, report: &Report) -> Document;

    /// Writes in that language from now on; the computer's own, where none is named.
    fn speak(&self, language: Option<Language>);

    /// The test page.
    fn test_page(&self, at: Timestamp) -> Document;
}

/// The drawer behind the printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawerSettings {
    /// The pin that opens it.
    pub pin: DrawerPin,
    /// For so long.
    pub pulse_ms: u32,
}

/// A printer as it was set up for a choice.
pub struct SetUpPrinter {
    /// The printer.
    pub printer: Printer,
    /// The drawer, where there is one.
    pub drawer: Option<DrawerSettings>,
    /// What the printer is called on the screen: its address, its port, its folder. Nothing where there is none, and
    /// reports are written as files for somebody who asks for one on paper.
    pub name: Option<String>,
}

/// Sets up the printer of a choice; it opens nothing.
pub type PrinterMaker = Box<dyn Fn(&PrinterChoice) -> SetUpPrinter + Send>;

/// What prints, and in whose words.
pub struct PrintingParts {
    /// What was chosen at the start.
    pub choice: PrinterChoice,
    /// How it is set up, and how another is that is chosen later.
    pub maker: PrinterMaker,
    /// The words.
    pub scribe: Arc<dyn Scribe>,
    /// Where files lie that are kept in place of paper.
    pub folder: PathBuf,
}

/// How far something to print has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintState {
    /// It waits behind something else, or is being printed.
    Waiting,
    /// It came out.
    Done {
        /// The slip's number: from 2 on it says that it is a copy. 0 for what is not counted.
        number: u32,
        /// The file, where there is one in place of paper.
        file: Option<String>,
    },
    /// It did not.
    Failed(PrinterFault),
}

/// The printer as screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrinterView {
    /// What it is called; nothing where there is none.
    pub name: Option<String>,
    /// There is a drawer.
    pub has_drawer: bool,
    /// How it is.
    pub light: Light,
    /// What is wrong with it.
    pub fault: Option<PrinterFault>,
    /// What was printed last, the oldest first.
    pub jobs: Vec<(PrintSubject, PrintState)>,
    /// What is chosen.
    pub choice: PrinterChoice,
    /// Where files lie that are kept in place of paper.
    pub folder: PathBuf,
    /// The printers of this machine, once they were looked for.
    pub found: Option<Vec<FoundPrinter>>,
}

impl PrinterView {
    /// Before anything was heard of it.
    pub(super) fn of(parts: Option<&PrintingParts>) -> Self {
        parts.map_or_else(Self::default, |parts| Self {
            name: (parts.maker)(&parts.choice).name,
            has_drawer: parts.choice.has_drawer(),
            light: Light::Waiting,
            choice: parts.choice.clone(),
            folder: parts.folder.clone(),
            ..Self::default()
        })
    }

    /// How far this has come, if it was asked for.
    #[must_use]
    pub fn state_of(&self, subject: &PrintSubject) -> Option<&PrintState> {
        self.jobs.iter().rev().find(|(known, _)| known == subject).map(|(_, state)| state)
    }

    /// True while it waits to come out.
    #[must_use]
    pub fn waits_for(&self, subject: &PrintSubject) -> bool {
        self.state_of(subject) == Some(&PrintState::Waiting)
    }

    /// Another printer: nothing is known of it, and what the last one was asked for is not about it.
    pub(super) fn choose(&mut self, choice: PrinterChoice) {
        self.jobs.retain(|(subject, state)| {
            *state == PrintState::Waiting || !matches!(subject, PrintSubject::Test | PrintSubject::Drawer)
        });
        (self.light, self.fault, self.has_drawer) = (Light::Waiting, None, choice.has_drawer());
        // What it is called, the thread says.
        self.name = (choice.place != PrinterPlace::None).then(String::new);
        self.choice = choice;
    }

    pub(super) fn set(&mut self, subject: PrintSubject, state: PrintState) {
        self.jobs.retain(|(known, _)| *known != subject);
        self.jobs.push((subject, state));
        let surplus = self.jobs.len().saturating_sub(REMEMBERED);
        self.jobs.drain(..surplus);
    }

    pub(super) fn hear(&mut self, news: &PrinterNews) {
        match news {
            PrinterNews::Looked(fault) => {
                (self.light, self.fault) = (if fault.is_some() { Light::Bad } else { Light::Good }, *fault);
            }
            PrinterNews::Named(name) => self.name.clone_from(name),
            PrinterNews::Found(found) => self.found = Some(found.clone()),
            PrinterNews::Ended(subject, state) => self.set(subject.clone(), state.clone()),
        }
    }
}

/// What the thread has to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PrinterNews {
    /// What the printer is called that was chosen.
    Named(Option<String>),
    /// Which printers are at this machine.
    Found(Vec<FoundPrinter>),
    /// How the printer is.
    Looked(Option<PrinterFault>),
    /// How a job ended.
    Ended(PrintSubject, PrintState),
}

/// Something to print, and who wants it.
pub(super) struct Job {
    pub(super) subject: PrintSubject,
    /// For a report: the report itself.
    pub(super) report: Option<Box<Report>>,
    pub(super) who: Option<OperatorId>,
}

enum Order {
    Job(Box<Job>),
    /// Look for printers, and at the chosen one.
    Look,
    /// Another was chosen: it lies in the tray.
    Chosen,
}

/// The last choice that was not taken yet: of two in a row only the last matters, and neither is lost to a full queue.
type Tray = Arc<Mutex<Option<PrinterChoice>>>;

/// Where jobs are left.
#[derive(Default)]
pub(super) struct Printing {
    orders: Option<Sender<Order>>,
    scribe: Option<Arc<dyn Scribe>>,
    tray: Tray,
}

impl Printing {
    /// Starts the thread, where there is a printer.
    pub(super) fn start(
        parts: Option<PrintingParts>,
        duties: &Arc<Duties>,
        tell: impl Fn(PrinterNews) + Send + 'static,
    ) -> std::io::Result<(Self, Option<JoinHandle<()>>)> {
        let Some(parts) = parts else { return Ok((Self::default(), None)) };
        let (orders, waiting) = bounded(QUEUE);
        let scribe = Some(Arc::clone(&parts.scribe));
        let duties = Arc::clone(duties);
        let tray = Tray::default();
        let bench = Bench { scribe: parts.scribe, now: (parts.maker)(&parts.choice), maker: parts.maker, duties };
        let chosen = Arc::clone(&tray);
        let work = move || bench.run(&waiting, &chosen, &tell);
        let thread = std::thread::Builder::new().name("printer".to_owned()).spawn(work)?;
        Ok((Self { orders: Some(orders), scribe, tray }, Some(thread)))
    }

    /// Never waits. Says what is wrong where it cannot be taken.
    pub(super) fn put(&self, job: Job) -> Result<(), PrinterFault> {
        let orders = self.orders.as_ref().ok_or(PrinterFault::NotThere)?;
        orders.try_send(Order::Job(Box::new(job))).map_err(|error| match error {
            crossbeam_channel::TrySendError::Full(_) => PrinterFault::Busy,
            crossbeam_channel::TrySendError::Disconnected(_) => PrinterFault::Stopped,
        })
    }

    /// What is printed from now on is in that language.
    pub(super) fn speak(&self, language: Option<Language>) {
        if let Some(scribe) = &self.scribe {
            scribe.speak(language);
        }
    }

    /// From the next job on this is the printer.
    pub(super) fn choose(&self, choice: PrinterChoice) {
        *self.tray.lock().unwrap_or_else(PoisonError::into_inner) = Some(choice);
        if let Some(orders) = &self.orders {
            // Where there is no room, the thread looks into the tray before the next job anyhow.
            let _ = orders.try_send(Order::Chosen);
        }
    }

    /// Looks for printers, and at the chosen one, soon.
    pub(super) fn look(&self) {
        if let Some(orders) = &self.orders {
            let _ = orders.try_send(Order::Look);
        }
    }
}

/// What the printer's thread works with.
struct Bench {
    now: SetUpPrinter,
    maker: PrinterMaker,
    scribe: Arc<dyn Scribe>,
    duties: Arc<Duties>,
}

impl Bench {
    fn run(mut self, orders: &Receiver<Order>, tray: &Tray, tell: &dyn Fn(PrinterNews)) {
        tell(PrinterNews::Named(self.now.name.clone()));
        let mut fault = self.look(None, tell);
        loop {
            let order = orders.recv_timeout(if fault.is_some() { LOOK_WHEN_BAD } else { LOOK });
            let chosen = tray.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(choice) = chosen {
                self.now = (self.maker)(&choice);
                tell(PrinterNews::Named(self.now.name.clone()));
                fault = self.look(None, tell);
            }
            match order {
                Ok(Order::Job(job)) => {
                    let state = self.one(&job);
                    if let PrintState::Failed(why) = &state {
                        tracing::warn!(fault = why.as_str(), "not printed");
                    }
                    // The same whatever was done: how the printer is, is told before how the job ended.
                    let is_about_printer =
                        |why: &PrinterFault| !matches!(why, PrinterFault::Record | PrinterFault::Stopped);
                    match &state {
                        PrintState::Failed(why) if is_about_printer(why) => fault = Some(*why),
                        PrintState::Failed(_) | PrintState::Waiting => {}
                        PrintState::Done { .. } => fault = None,
                    }
                    tell(PrinterNews::Looked(fault));
                    tell(PrinterNews::Ended(job.subject, state));
                }
                Ok(Order::Chosen) => {}
                Ok(Order::Look) => {
                    // Libraries look through the system for ports; whatever they stumble over, the printer is used.
                    let found = catch_unwind(found_printers).unwrap_or_default();
                    tell(PrinterNews::Found(found));
                    fault = self.look(fault, tell);
                }
                Err(RecvTimeoutError::Timeout) => fault = self.look(fault, tell),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn look(&self, before: Option<PrinterFault>, tell: &dyn Fn(PrinterNews)) -> Option<PrinterFault> {
        let looked = catch_unwind(AssertUnwindSafe(|| self.now.printer.look()));
        let fault = match looked {
            Ok(Ok(())) => None,
            Ok(Err(trouble)) => {
                if before != Some(trouble.fault) {
                    tracing::warn!(%trouble, "printer");
                }
                Some(trouble.fault)
            }
            Err(_) => Some(PrinterFault::Stopped),
        };
        tell(PrinterNews::Looked(fault));
        fault
    }

    /// One job from its beginning to its end. A panic ends the job and nothing else.
    fn one(&self, job: &Job) -> PrintState {
        let done = catch_unwind(AssertUnwindSafe(|| {
            failpoint!(PrinterTurn);
            carry_out(&self.now, self.scribe.as_ref(), &self.duties, job)
        }));
        match done {
            Ok(Ok((number, file))) => PrintState::Done { number, file },
            Ok(Err(trouble)) => {
                tracing::warn!(%trouble, subject = ?job.subject, "printing");
                PrintState::Failed(trouble.fault)
            }
            Err(_) => PrintState::Failed(PrinterFault::Stopped),
        }
    }
}

fn carry_out(
    now: &SetUpPrinter,
    scribe: &dyn Scribe,
    duties: &Duties,
    job: &Job,
) -> Result<(u32, Option<String>), Trouble> {
    let mut number = 0;
    let printer = &now.printer;
    let printed = match &job.subject {
        PrintSubject::Drawer => {
            let Some(drawer) = now.drawer else {
                return Err(Trouble { fault: PrinterFault::NotThere, detail: "no drawer is set up".to_owned() });
            };
            // Money is in it: whoever opened it stands in the record, whether or not it then opened.
            note(duties, job.who.as_ref(), "drawer_opened", "")
                .map_err(|fault| Trouble { fault, detail: String::new() })?;
            printer.open_drawer(drawer.pin, drawer.pulse_ms).map(|()| None)
        }
        PrintSubject::Slip(reference) => {
            let mut counted = false;
            let mut document = || {
                let facts = counted_slip(duties, reference, job.who.as_ref())?;
                counted = true;
                number = facts.number;
                Ok(scribe.slip(&facts))
            };
            let printed = printer.print(&mut document);
            if let (true, Err(trouble)) = (counted, &printed) {
                let now = duties.now();
                if let Err(error) = duties.ledger().note_slip_fault(reference, trouble.fault, now) {
                    tracing::error!(%error, "the record does not say that a slip failed");
                }
            }
            printed
        }
        PrintSubject::Report(name) => printer.print(&mut || {
            let report = job.report.as_deref().ok_or(PrinterFault::Record)?;
            readable(duties, job.who.as_ref(), report)?;
            note(duties, job.who.as_ref(), "report_printed", name)?;
            Ok(scribe.report(report))
        }),
        PrintSubject::Test => printer.print(&mut || Ok(scribe.test_page(duties.now()))),
    };
    Ok((number, printed?.map(|file| file.display().to_string())))
}

/// Whether this person may have that report on paper: asked of the ledger, whatever the screen thought.
fn readable(duties: &Duties, who: Option<&OperatorId>, report: &Report) -> Result<(), PrinterFault> {
    let allowed = who.map_or(Ok(false), |who| duties.ledger().may_read(who, &report.of));
    match allowed {
        Ok(true) => Ok(()),
        Ok(false) => {
            tracing::error!("a report was asked for by somebody who may not have it, so it is not printed");
            Err(PrinterFault::Record)
        }
        Err(error) => {
            tracing::error!(%error, "nobody knows who may have a report, so it is not printed");
            Err(PrinterFault::Record)
        }
    }
}

/// Reads what a slip says and counts it.
fn counted_slip(
    duties: &Duties,
    reference: &RefundReference,
    who: Option<&OperatorId>,
) -> Result<SlipFacts, PrinterFault> {
    let now = duties.now();
    let mut ledger = duties.ledger();
    let counted = SlipFacts::read(&ledger, reference, now).and_then(|facts| {
        let number = ledger.count_slip(reference, facts.refund.state, who, now)?;
        Ok(SlipFacts { number, ..facts })
    });
    counted.map_err(|error| {
        tracing::error!(%error, %reference, "a slip cannot be counted, so it is not printed");
        PrinterFault::Record
    })
}

fn note(duties: &Duties, who: Option<&OperatorId>, what: &'static str, subject: &str) -> Result<(), PrinterFault> {
    let now = duties.now();
    let fact = AuditFact { who: who.cloned(), what, subject: subject.to_owned(), detail: vec![] };
    duties.ledger().audit_append(&fact, now).map_err(|error| {
        tracing::error!(%error, what, "not recorded, so not done");
        PrinterFault::Record
    })
}
