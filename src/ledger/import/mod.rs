//! Takes in a file of sales: CSV or JSON lines, every row of it or none.
//!
//! **One transaction**: a fault in the last line leaves the ledger as it was. **Every fault is told by its line, with what
//! is allowed there**, up to [`MAX_FAULTS`] of them. **Nothing in the file is trusted to be short**: a line or record
//! longer than [`MAX_RECORD_BYTES`] ends the import. Taking in a file twice changes nothing the second time.
//!
//! # The file
//! CSV has a line of names first, in any order; JSON lines have one object a line with the same names.
//!
//! | name | holds |
//! | --- | --- |
//! | `transaction_no` | 18 digits; may be left out where there is a `reference` |
//! | `reference` | the merchant's number: up to 64 printable characters without spaces |
//! | `amount` | what was paid, in major units with a point: `39.90`. Needed |
//! | `currency`, `settle_currency` | ISO 4217 codes; the store's own where left out |
//! | `wallet` | up to 40 characters |
//! | `paid_at` | RFC 3339 (`2026-11-21T09:30:00+01:00`), or `2026-11-21 09:30:00` in the zone declared with the import |
//! | `status` | `success` where left out; else `init`, `dealing`, `failed`, `pending`, `closed` |
//! | `items` | JSON lines only: a list of `description`, `quantity` (1 where left out) and `amount` |

mod place;
mod row;
mod source;

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use jiff::tz::TimeZone;

pub use place::Other;

use super::error::LedgerError;
use super::notes::Writing;
use super::{Ledger, SYSTEM, audit, schema};
use crate::domain::{Currency, SaleId, Timestamp};
use place::{Placed, Placing};

/// The most faults that are told; the rest are counted.
pub const MAX_FAULTS: usize = 100;
/// The longest line or record: a sale with 500 items fits.
pub const MAX_RECORD_BYTES: usize = 64 * 1024;
/// Rows between two calls of the progress callback.
const PROGRESS_ROWS: u64 = 4096;

/// How a file of sales is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// Comma-separated values with a line of names.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl ImportFormat {
    /// By the file's name: `.csv`, or `.jsonl`, `.ndjson`, `.json`.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" | "json" => Some(Self::JsonLines),
            _ => None,
        }
    }
}

/// What the file does not say by itself.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// How it is written.
    pub format: ImportFormat,
    /// Its name, for the record.
    pub name: String,
    /// The currency of rows that name none.
    pub currency: Currency,
    /// The settlement currency of rows that name none.
    pub settle_currency: Currency,
    /// The zone of times without one.
    pub zone: TimeZone,
}

impl ImportOptions {
    /// US dollars and UTC where the file says nothing.
    pub fn new(format: ImportFormat, name: &str) -> Self {
        let (currency, settle_currency) = (Currency::USD, Currency::USD);
        Self { format, name: name.to_owned(), currency, settle_currency, zone: TimeZone::UTC }
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportProgress {
    /// Bytes read.
    pub bytes: u64,
    /// Rows read.
    pub rows: u64,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportSummary {
    /// Rows in the file.
    pub rows: u64,
    /// Sales that are new.
    pub added: u64,
    /// Sales that were there and got something they lacked: items, a number, a final status.
    pub completed: u64,
    /// Sales that were there, the same.
    pub skipped: u64,
}

/// Why nothing was imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Lines that cannot be taken in.
    #[error("{} lines cannot be imported", u64::try_from(faults.len()).unwrap_or(u64::MAX).saturating_add(*more))]
    Lines {
        /// The first of them, in the file's order.
        faults: Vec<LineFault>,
        /// How many more there are.
        more: u64,
    },
    /// The file cannot be read.
    #[error("the file cannot be read: {what}")]
    Unreadable {
        /// The operating system's words.
        what: String,
    },
    /// The ledger itself.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<rusqlite::Error> for ImportError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Ledger(error.into())
    }
}

/// What is wrong with one line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct LineFault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub what: Fault,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Beyond any sale; nothing behind it was looked at.
    #[error("it is longer than {max_bytes} bytes")]
    TooLong {
        /// The limit.
        max_bytes: usize,
    },
    /// Not UTF-8.
    #[error("it is not text in UTF-8")]
    NotText,
    /// Not an object in JSON with the names allowed.
    #[error("it is not a sale in JSON: {why}")]
    NotJson {
        /// What the reader said.
        why: String,
    },
    /// A name in the first line of a CSV file that is not known, or not there.
    #[error("column {name:?}: {why}")]
    Column {
        /// The name.
        name: String,
        /// What is wrong and what is allowed.
        why: String,
    },
    /// More or fewer fields than there are names.
    #[error("it has {found} fields, the first line names {expected}")]
    Fields {
        /// Fields in this line.
        found: usize,
        /// Names in the first line.
        expected: usize,
    },
    /// A field that makes no sense.
    #[error("{field}: {why} (allowed: {allowed})")]
    Field {
        /// Which.
        field: &'static str,
        /// What is wrong with it.
        why: String,
        /// What is allowed there.
        allowed: &'static str,
    },
    /// The same sale, told otherwise.
    #[error("the same sale is {other} with another {field}: {there} there, {here} here")]
    Conflict {
        /// Where the other one is.
        other: Other,
        /// Which field differs.
        field: &'static str,
        /// Its value there.
        there: String,
        /// Its value here.
        here: String,
    },
}

/// Faults as they are found, the first [`MAX_FAULTS`] kept.
#[derive(Default)]
struct Faults {
    kept: Vec<LineFault>,
    more: u64,
}

impl Faults {
    fn add(&mut self, line: u64, what: Fault) {
        if self.kept.len() < MAX_FAULTS {
            self.kept.push(LineFault { line, what });
        } else {
            self.more = self.more.saturating_add(1);
        }
    }
}

impl Ledger {
    /// Takes in a file. `progress` gets the bytes done; of how many, the file's size says.
    pub fn import_file(
        &mut self,
        path: &Path,
        options: &ImportOptions,
        now: Timestamp,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<ImportSummary, ImportError> {
        let file = std::fs::File::open(path).map_err(|error| ImportError::Unreadable { what: error.to_string() })?;
        self.import(file, options, now, progress)
    }

    /// Takes in whatever `source` gives until its end, all of it or nothing.
    pub fn import(
        &mut self,
        source: impl Read,
        options: &ImportOptions,
        now: Timestamp,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<ImportSummary, ImportError> {
        let till = self.terms.till.clone();
        // A larger cache than a till needs: an import of a million sales touches most pages of three indexes.
        self.connection.pragma_update(None, "cache_size", -65_536)?;
        let done = self.import_within(source, options, &till, now, progress);
        self.connection.pragma_update(None, "cache_size", -8_000)?;
        self.cut_log()?;
        done
    }

    /// Carries the log, which an import makes long, into the database and cuts it off, where that can be done now. It
    /// would wait for whoever reads (a copy, a check, a report) with the writer's lock in its hand, and a refund with it.
    fn cut_log(&self) -> Result<(), rusqlite::Error> {
        self.connection.busy_timeout(Duration::ZERO)?;
        // Best effort: a reader elsewhere keeps the log a little longer, and a later commit does it.
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.connection.busy_timeout(schema::BUSY_TIMEOUT)
    }

    fn import_within(
        &mut self,
        source: impl Read,
        options: &ImportOptions,
        till: &crate::domain::TillName,
        now: Timestamp,
        progress: &mut dyn FnMut(ImportProgress),
    ) -> Result<ImportSummary, ImportError> {
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let mut faults = Faults::default();
        let mut summary = ImportSummary::default();
        {
            let mut placing = Placing::new(&transaction, till.as_str(), now)?;
            let ids = &mut self.ids;
            let mut take = |line: u64, bytes: u64, row: Result<row::Row, Fault>| -> Result<(), ImportError> {
                summary.rows = summary.rows.saturating_add(1);
                if summary.rows % PROGRESS_ROWS == 0 {
                    progress(ImportProgress { bytes, rows: summary.rows });
                }
                let placed = match row {
                    Ok(row) => {
                        let mut id = || ids.next(now).and_then(|id| super::rows::sound(SaleId::parse(&id), "sales"));
                        placing.place(line, &row, &mut id)?
                    }
                    Err(fault) => Placed::Fault(fault),
                };
                match placed {
                    Placed::Added => summary.added = summary.added.saturating_add(1),
                    Placed::Completed => summary.completed = summary.completed.saturating_add(1),
                    Placed::Skipped => summary.skipped = summary.skipped.saturating_add(1),
                    Placed::Fault(fault) => faults.add(line, fault),
                }
                Ok(())
            };
            let reading = row::Reading { options, now };
            let ended = match options.format {
                ImportFormat::Csv => source::csv(source, &reading, &mut take),
                ImportFormat::JsonLines => source::json_lines(source, &reading, &mut take),
            };
            match ended {
                Ok(()) => {}
                Err(source::Ended::Stopped(error)) => return Err(error),
                Err(source::Ended::At(line, fault)) => faults.add(line, fault),
            }
        }
        if !faults.kept.is_empty() {
            return Err(ImportError::Lines { faults: faults.kept, more: faults.more });
        }
        let count = |number: u64| number.to_string();
        let (rows, added, completed) = (count(summary.rows), count(summary.added), count(summary.completed));
        let detail = [("rows", rows.as_str()), ("added", added.as_str()), ("completed", completed.as_str())];
        audit::append(&transaction, now, SYSTEM, "sales_imported", &options.name, &detail)?;
        transaction.commit()?;
        Ok(summary)
    }
}
