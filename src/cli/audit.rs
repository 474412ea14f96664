//! `tillback audit`: checks the record of who did what, says where it ends, and exports it.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::house::House;
use super::refunds::{Format, Moment};
use super::{Places, out};
use crate::domain::{OperatorId, Timestamp};
use crate::ledger::{AuditHash, AuditHead, AuditRow, Ledger};
use crate::terminal::export::{RowWriter, end_record_rows, put_record_row};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check that no row was changed, removed, added or put elsewhere
    Verify {
        /// The head hash of an earlier report: rows cut off the end are found only with it
        #[arg(long, value_name = "HASH", requires = "count", value_parser = head_of)]
        head: Option<AuditHash>,
        /// The count of rows that stood beside it
        #[arg(long, value_name = "N", requires = "head")]
        count: Option<u64>,
    },
    /// Where the record ends: its count and its head, to be kept elsewhere
    Head,
    /// The rows, oldest first, for machines; that it was exported stands in the record afterwards
    Export {
        /// From this day or moment on: 2026-11-22, or 2026-11-22T08:00:00Z
        #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
        from: Option<Moment>,
        /// Up to this day or moment, which is not in it
        #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
        to: Option<Moment>,
        /// The form
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// Where to; without it, standard output
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::Verify { head, count } => verify(&house, *head, *count),
        Command::Head => {
            let AuditHead { count, hash } = house.readable_ledger()?.audit_head()?;
            say!("{count} rows, head {hash}");
            Ok(ExitCode::SUCCESS)
        }
        Command::Export { from, to, format, out } => {
            export(&house, (from.as_ref(), to.as_ref()), *format, out.as_deref())
        }
    }
}

/// On paper it stands in groups.
fn head_of(text: &str) -> Result<AuditHash, String> {
    let hash: String = text.split_whitespace().collect();
    AuditHash::parse(&hash).ok_or_else(|| "not 64 hexadecimal digits".to_owned())
}

fn verify(house: &House, head: Option<AuditHash>, count: Option<u64>) -> anyhow::Result<ExitCode> {
    let printed = head.zip(count).map(|(hash, count)| AuditHead { count, hash });
    match house.readable_ledger()?.audit_verify(printed.as_ref()) {
        Ok(head) => {
            say!("{} rows, head {}", head.count, head.hash);
            tell!("The record is whole. Keep the head and the count: rows cut off the end are found only with them.");
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            tell!("The record is NOT whole: {fault}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// From when to when.
type Span<'a> = (Option<&'a Moment>, Option<&'a Moment>);

/// Rows read at once: a record of years is never held in memory.
const PAGE: u32 = 10_000;

fn export(house: &House, (from, to): Span<'_>, format: Format, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let span = (from.map(|from| from.at), to.map(|to| to.at));
    let ledger = house.readable_ledger()?;
    let head = ledger.audit_head()?;
    let rows = match file {
        Some(path) => {
            let file = out::new_file(path)?;
            let written = write_rows(&ledger, span, head, format, io::BufWriter::new(&file))?;
            file.sync_all()?;
            written
        }
        None => write_rows(&ledger, span, head, format, io::BufWriter::new(io::stdout().lock()))?,
    };
    let given = [("from", from), ("to", to)];
    let mut detail: Vec<_> = given.into_iter().filter_map(|(name, at)| Some((name, at?.said.clone()))).collect();
    detail.extend([("head", head.hash.to_string()), ("count", head.count.to_string())]);
    house.note_export("audit", format.file_form().as_str(), rows, detail);
    tell!("{rows} rows, of a record of {} rows with head {}. Keep the count and the head.", head.count, head.hash);
    Ok(ExitCode::SUCCESS)
}

/// Every row up to the head, however many are added meanwhile. Gives how many were in the span.
fn write_rows(
    ledger: &Ledger,
    (from, until): (Option<Timestamp>, Option<Timestamp>),
    head: AuditHead,
    format: Format,
    out: impl Write,
) -> anyhow::Result<usize> {
    let zone = jiff::tz::TimeZone::system();
    let mut writer = RowWriter::new(out, format.file_form());
    let mut names = HashMap::new();
    let (mut after, mut written) = (0, 0_usize);
    while after < head.count {
        let rows = ledger.audit_rows(after, PAGE)?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        let wanted = |row: &&AuditRow| {
            let in_time = from.is_none_or(|from| row.at >= from) && until.is_none_or(|until| row.at < until);
            in_time && row.seq <= head.count
        };
        for row in rows.iter().filter(wanted) {
            let who = names.entry(row.who.clone()).or_insert_with(|| name_of(ledger, &row.who));
            put_record_row(&mut writer, row, &zone, ledger.is_training(), who)?;
            written += 1;
        }
    }
    end_record_rows(writer)?;
    Ok(written)
}

/// Somebody's name with their id, which is what the row holds.
fn name_of(ledger: &Ledger, who: &str) -> String {
    let known = OperatorId::parse(who).ok().and_then(|id| ledger.operator(&id).ok());
    known.map_or_else(|| who.to_owned(), |person| format!("{} ({who})", person.name))
}
