//! The Report screen: a day's or a shift's report, shifts opened and closed, files made of what is shown.
//!
//! **What is printed or saved is what is on the screen**, not another report made a moment later. **A cashier sees their own shifts
//! alone**; the day and other people's shifts are a manager's. **A shift is closed by a second press**, and its report is
//! shown.

use super::effect::{Effect, Signal};
use super::state::State;
use super::step::{Flow, Turn};
use crate::domain::{
    Act, Asking, FileForm, HouseFault, KeepFault, OperatorId, Report, ReportAsk, ReportOf, Shift, may,
};

/// What kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// A day of the store's.
    Day,
    /// A shift.
    Shift,
}

/// Why there is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReport {
    /// There is no such shift: none was opened yet.
    NoShift,
    /// The ledger could not be read.
    House(HouseFault),
}

/// A report as it was made, and how the one who looks stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The report.
    pub report: Result<Box<Report>, NoReport>,
    /// The open shift of who is signed in.
    pub own: Option<Shift>,
}

/// The Report screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Reporting {
    /// What kind is shown.
    pub kind: ReportKind,
    /// How many days or shifts back.
    pub back: u32,
    /// Whether the day and other people's shifts may be looked at.
    pub oversees: bool,
    /// A report is being made.
    pub asking: Option<Turn>,
    /// The last one that was made.
    pub made: Option<Made>,
    /// A shift is being opened or closed.
    pub moving: Option<Turn>,
    /// The close button was pressed once.
    pub closing: bool,
    /// Why a shift could not be opened or closed.
    pub refused: Option<HouseFault>,
    /// It was asked to be printed; how that goes, the printer says.
    pub printed: bool,
    /// A file is being written.
    pub exporting: Option<Turn>,
    /// What became of it: its name.
    pub exported: Option<Result<String, KeepFault>>,
}

impl Reporting {
    /// The report that is shown.
    pub fn report(&self) -> Option<&Report> {
        self.made.as_ref()?.report.as_deref().ok()
    }

    /// The shift that is shown, while it is open.
    pub fn open_shift(&self) -> Option<&Shift> {
        match &self.report()?.of {
            ReportOf::Shift(shift) if shift.is_open() => Some(shift),
            ReportOf::Shift(_) | ReportOf::Day(_) => None,
        }
    }
}

/// What happened on the Report screen, in the past tense.
#[derive(Debug, Clone)]
pub enum OnReport {
    /// F5 or F6 was pressed on Ready.
    Pressed(ReportKind),
    /// The other kind was chosen.
    KindChosen(ReportKind),
    /// The day or shift before was asked for, or the one after.
    Turned {
        /// The one before.
        earlier: bool,
    },
    /// The report was made, or could not be.
    Made {
        /// Whose answer this is.
        turn: Turn,
        /// It.
        made: Box<Made>,
    },
    /// "Open my shift" was pressed.
    OpenPressed,
    /// "Close the shift…" was pressed.
    ClosePressed,
    /// And then "Close it now".
    CloseConfirmed,
    /// A shift was opened or closed.
    ShiftMoved {
        /// Whose answer this is.
        turn: Turn,
        /// Or why it was not.
        moved: Result<(), HouseFault>,
    },
    /// A file was asked for.
    ExportPressed(FileForm),
    /// It is there by that name, or is not.
    Exported {
        /// Whose answer this is.
        turn: Turn,
        /// Its name in the folder for exports.
        written: Result<String, KeepFault>,
    },
}

impl Flow {
    /// Takes what happened on the Report screen.
    pub(super) fn on_report(&mut self, what: OnReport) -> Vec<Effect> {
        match what {
            OnReport::Pressed(kind) => self.open_report(kind),
            OnReport::KindChosen(kind) => self.show_report(|shown| {
                let allowed = shown.oversees || kind == ReportKind::Shift;
                let other = allowed && shown.kind != kind;
                if other {
                    (shown.kind, shown.back) = (kind, 0);
                }
                other
            }),
            OnReport::Turned { earlier } => self.show_report(|shown| {
                let Some(report) = shown.report() else { return false };
                let there = if earlier { report.has_earlier } else { shown.back > 0 };
                if there {
                    shown.back = if earlier { shown.back.saturating_add(1) } else { shown.back.saturating_sub(1) };
                }
                there
            }),
            OnReport::Made { turn, made } => {
                if let State::Report(shown) = &mut self.state
                    && shown.asking == Some(turn)
                {
                    (shown.asking, shown.made) = (None, Some(*made));
                }
                vec![]
            }
            OnReport::OpenPressed => self.open_own_shift(),
            OnReport::ClosePressed => {
                if let State::Report(shown) = &mut self.state {
                    shown.closing = shown.moving.is_none() && shown.open_shift().is_some();
                }
                vec![]
            }
            OnReport::CloseConfirmed => self.close_shift(),
            OnReport::ShiftMoved { turn, moved } => self.shift_moved(turn, moved),
            OnReport::ExportPressed(form) => self.export_report(form),
            OnReport::Exported { turn, written } => self.report_exported(turn, written),
        }
    }

    fn open_report(&mut self, kind: ReportKind) -> Vec<Effect> {
        let (State::Ready, Some(operator)) = (&self.state, &self.operator) else { return vec![] };
        let oversees = may(Act::OverseeShifts, Asking::of(operator.role)).is_allowed();
        let kind = if oversees { kind } else { ReportKind::Shift };
        self.state = State::Report(Box::new(Reporting {
            kind,
            back: 0,
            oversees,
            asking: None,
            made: None,
            moving: None,
            closing: false,
            refused: None,
            printed: false,
            exporting: None,
            exported: None,
        }));
        self.ask_report()
    }

    /// Changes what is shown, and asks for it where that is something else. Nothing while an answer is awaited.
    fn show_report(&mut self, change: impl FnOnce(&mut Reporting) -> bool) -> Vec<Effect> {
        let State::Report(shown) = &mut self.state else { return vec![] };
        if shown.asking.is_some() || shown.moving.is_some() || !change(shown) {
            return vec![];
        }
        self.ask_report()
    }

    fn ask_report(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let (State::Report(shown), Some(operator)) = (&mut self.state, &self.operator) else { return vec![] };
        (shown.asking, shown.closing, shown.printed, shown.exported) = (Some(turn), false, false, None);
        let ask = match shown.kind {
            ReportKind::Day => ReportAsk::Day { back: shown.back },
            ReportKind::Shift => {
                ReportAsk::Shift { back: shown.back, of: (!shown.oversees).then(|| operator.id.clone()) }
            }
        };
        vec![Effect::MakeReport { turn, ask, by: operator.id.clone() }]
    }

    fn open_own_shift(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let (State::Report(shown), Some(operator)) = (&mut self.state, &self.operator) else { return vec![] };
        let has_none = shown.made.as_ref().is_some_and(|made| made.own.is_none());
        if shown.moving.is_some() || shown.asking.is_some() || !has_none {
            return vec![];
        }
        (shown.moving, shown.refused) = (Some(turn), None);
        vec![Effect::OpenShift { turn, operator: operator.id.clone() }]
    }

    fn close_shift(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        let (State::Report(shown), Some(operator)) = (&mut self.state, &self.operator) else { return vec![] };
        let by = operator.id.clone();
        let whose = shown.open_shift().map(|shift| shift.operator.clone());
        let Some(whose) = whose.filter(|whose| shown.oversees || *whose == by) else { return vec![] };
        if !shown.closing || shown.moving.is_some() {
            return vec![];
        }
        (shown.moving, shown.closing, shown.refused) = (Some(turn), false, None);
        vec![Effect::CloseShift { turn, operator: whose, by }]
    }

    /// The shift at sign-in is asked for on no screen: its answer is heard here too, and means nothing then.
    fn shift_moved(&mut self, turn: Turn, moved: Result<(), HouseFault>) -> Vec<Effect> {
        let State::Report(shown) = &mut self.state else { return vec![] };
        if shown.moving != Some(turn) {
            return vec![];
        }
        shown.moving = None;
        match moved {
            Ok(()) => {
                // An opened shift is the newest; a closed one stays where it is.
                if shown.kind == ReportKind::Shift && shown.open_shift().is_none() {
                    shown.back = 0;
                }
                self.ask_report()
            }
            Err(fault) => {
                shown.refused = Some(fault);
                vec![Effect::Signal(Signal::Refused)]
            }
        }
    }

    fn export_report(&mut self, form: FileForm) -> Vec<Effect> {
        let turn = self.next_turn();
        let (State::Report(shown), Some(operator)) = (&mut self.state, &self.operator) else { return vec![] };
        let Some(report) = shown.report().cloned() else { return vec![] };
        if shown.exporting.is_some() || shown.asking.is_some() {
            return vec![];
        }
        (shown.exporting, shown.exported, shown.printed) = (Some(turn), None, false);
        vec![Effect::ExportReport { turn, report: Box::new(report), form, by: operator.id.clone() }]
    }

    /// Printing waits for nothing and can be asked for again: the printer takes one of a name at a time.
    pub(super) fn print_report(&mut self) -> Vec<Effect> {
        let (State::Report(shown), Some(operator)) = (&mut self.state, &self.operator) else { return vec![] };
        let Some(report) = shown.report().cloned() else { return vec![] };
        if shown.asking.is_some() {
            return vec![];
        }
        (shown.printed, shown.exported) = (true, None);
        vec![Effect::PrintReport { report: Box::new(report), by: operator.id.clone() }]
    }

    fn report_exported(&mut self, turn: Turn, written: Result<String, KeepFault>) -> Vec<Effect> {
        let State::Report(shown) = &mut self.state else { return vec![] };
        if shown.exporting != Some(turn) {
            return vec![];
        }
        shown.exporting = None;
        let signal = if written.is_err() { vec![Effect::Signal(Signal::Refused)] } else { vec![] };
        shown.exported = Some(written);
        signal
    }

    /// Esc: a close that was begun is taken back first.
    pub(super) fn leave_report(&mut self) -> Vec<Effect> {
        let State::Report(shown) = &mut self.state else { return vec![] };
        if std::mem::take(&mut shown.closing) || shown.moving.is_some() {
            return vec![];
        }
        self.next_turn();
        self.state = State::Ready;
        vec![]
    }

    /// The shift that begins with a sign-in, where the store wants it so.
    pub(super) fn shift_at_sign_in(&mut self, operator: OperatorId) -> Vec<Effect> {
        if !self.setting.shift_at_sign_in {
            return vec![];
        }
        let turn = self.next_turn();
        vec![Effect::OpenShift { turn, operator }]
    }
}
