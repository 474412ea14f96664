//! What the till does for the Report screen: makes reports, opens and closes shifts, writes files.
//!
//! **A report is read through a connection of its own, on a lane of its own**: however long it takes, nobody's refund
//! waits for it. **A file is recorded before it is written**, belongs to its owner alone, and never takes another's place.
//! **Who may not oversee gets their own shifts**, whatever was asked for, and saves no other.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::duties::{Duties, house_fault};
use super::export::write_report;
use crate::devices::file::make_folder;
use crate::domain::{
    Act, Asking, FileForm, HouseFault, KeepFault, OperatorId, Report, ReportAsk, Shift, Timestamp, may,
};
use crate::flow::{Made, NoReport, OnReport, Turn, What};
use crate::ledger::{AuditFact, Ledger, LedgerError, RecordError};

/// The folder for files, beside the ledger.
pub const EXPORTS: &str = "exports";
/// So many files of one name are told apart by numbers; more are somebody's mistake.
const MAX_OF_ONE_NAME: u32 = 1000;

impl Duties {
    /// Makes a report.
    pub fn make_report(&self, turn: Turn, ask: &ReportAsk, by: &OperatorId) -> What {
        let now = self.now();
        let made = self.read_report(ask, by, now).unwrap_or_else(|error| {
            tracing::error!(%error, "a report cannot be made");
            Made { report: Err(NoReport::House(house_fault(&error))), own: None }
        });
        What::OnReport(OnReport::Made { turn, made: Box::new(made) })
    }

    fn read_report(&self, ask: &ReportAsk, by: &OperatorId, now: Timestamp) -> Result<Made, LedgerError> {
        let beside = self.ledger().beside();
        let beside = beside.map_err(|error| LedgerError::Failed { what: error.to_string() })?;
        let oversees = beside.operator(by).is_ok_and(|who| may(Act::OverseeShifts, Asking::of(who.role)).is_allowed());
        let ask = match ask {
            ReportAsk::Shift { back, .. } if !oversees => ReportAsk::Shift { back: *back, of: Some(by.clone()) },
            ReportAsk::Day { .. } | ReportAsk::Date(_) | ReportAsk::Numbered(_) if !oversees => {
                ReportAsk::Shift { back: 0, of: Some(by.clone()) }
            }
            ask => ask.clone(),
        };
        let own = beside.open_shift_of(by)?.as_ref().map(Shift::from);
        let report = match beside.report(&ask, now) {
            Ok(report) => Ok(Box::new(report)),
            Err(LedgerError::NotFound { .. }) => Err(NoReport::NoShift),
            Err(error) => return Err(error),
        };
        Ok(Made { report, own })
    }

    /// Begins somebody's shift.
    pub fn open_shift(&self, turn: Turn, operator: &OperatorId) -> What {
        let now = self.now();
        let opened = self.ledger().open_shift(operator, now);
        shift_moved(turn, opened.map(drop).map_err(|error| house_fault(&error)))
    }

    /// Ends somebody's shift.
    pub fn close_shift(&self, turn: Turn, operator: &OperatorId, by: &OperatorId) -> What {
        let now = self.now();
        let closed = self.ledger().close_shift_by(operator, by, now);
        shift_moved(
            turn,
            closed.map(drop).map_err(|error| match error {
                RecordError::Ledger(error) => house_fault(&error),
                other => {
                    tracing::error!(error = %other, "a shift was not closed");
                    HouseFault::LedgerBroken
                }
            }),
        )
    }

    /// Writes a report into the folder for exports.
    pub fn export_report(&self, turn: Turn, report: &Report, form: FileForm, by: &OperatorId) -> What {
        let written = self.write_export(report, form, by);
        if let Err(fault) = &written {
            tracing::error!(?fault, "a report was not exported");
        }
        What::OnReport(OnReport::Exported { turn, written })
    }

    fn write_export(&self, report: &Report, form: FileForm, by: &OperatorId) -> Result<String, KeepFault> {
        let (folder, zone) = {
            let ledger = self.ledger();
            (exports_beside(&ledger), ledger.zone().clone())
        };
        match self.ledger().may_read(by, &report.of) {
            Ok(true) => {}
            Ok(false) => return Err(KeepFault::Failed),
            Err(error) => return Err(fault_of_ledger(&error)),
        }
        make_folder(&folder).map_err(|error| fault_of(&error))?;
        let (mut file, name) = new_file(&folder, report, form).map_err(|error| fault_of(&error))?;
        let fact = AuditFact {
            who: Some(by.clone()),
            what: "exported",
            subject: report.file_stem(),
            detail: vec![("format", form.as_str().to_owned()), ("file", name.clone())],
        };
        let recorded = self.record_fact(&fact).map_err(|error| fault_of_ledger(&error));
        let known = |id: &OperatorId| {
            let person = report.people.iter().find(|person| person.id == *id);
            person.map_or_else(|| id.to_string(), |person| person.name.to_string())
        };
        let written = recorded.and_then(|()| {
            let done = write_report(report, &zone, form, BufWriter::new(&mut file), &known);
            done.and_then(|()| file.flush()).and_then(|()| file.sync_all()).map_err(|error| fault_of(&error))
        });
        if written.is_err() {
            // Half a report is none.
            let _ = std::fs::remove_file(folder.join(&name));
        }
        written.map(|()| name)
    }
}

fn shift_moved(turn: Turn, moved: Result<(), HouseFault>) -> What {
    What::OnReport(OnReport::ShiftMoved { turn, moved })
}

fn exports_beside(ledger: &Ledger) -> PathBuf {
    ledger.path().with_file_name(EXPORTS)
}

/// A file of a name that none has yet, and that name.
fn new_file(folder: &Path, report: &Report, form: FileForm) -> io::Result<(File, String)> {
    for number in 1..=MAX_OF_ONE_NAME {
        let stem = report.file_stem();
        let name = match number {
            1 => format!("{stem}.{}", form.ending()),
            number => format!("{stem}-{number}.{}", form.ending()),
        };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(folder.join(&name)) {
            Ok(file) => return Ok((file, name)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

const fn fault_of_ledger(error: &LedgerError) -> KeepFault {
    match error {
        LedgerError::DiskFull => KeepFault::DiskFull,
        LedgerError::ReadOnly => KeepFault::ReadOnly,
        _ => KeepFault::Failed,
    }
}

fn fault_of(error: &io::Error) -> KeepFault {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => KeepFault::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => KeepFault::DiskFull,
        _ => KeepFault::Failed,
    }
}
