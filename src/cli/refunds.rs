//! `tillback refunds`: lists, exports and resolves; what managers order is in `refund_orders`.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::house::House;
use super::refund_orders::{self, Order, Word, mark};
use super::{Places, out};
use crate::domain::{EvidenceNumber, Outcome, Refund, RefundState, Timestamp};
use crate::flow::{Evidence, What};
use crate::ledger::RefundFilter;
use crate::terminal::export::{FileForm, RowWriter, harmless, local, utc};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The refunds, newest first: for people, or in a form
    List {
        #[command(flatten)]
        range: Range,
        /// The form, for machines
        #[arg(long, value_enum)]
        format: Option<Format>,
    },
    /// The refunds, for machines
    Export {
        #[command(flatten)]
        range: Range,
        /// The form
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
    },
    /// Ask the gateway about each unresolved refund, once, now
    Resolve,
    /// A manager has a refund sent again that was shown not to be executed, under the same reference
    SendAgain(Order),
    /// A manager gives such a refund up; its amount is free
    Release(Order),
    /// A manager says what became of a refund that the gateway leaves open, or contradicts
    Decide {
        #[command(flatten)]
        order: Order,
        /// What became of it
        #[arg(long = "as", value_enum)]
        word: Word,
        /// What that rests on: the number of the refund in the gateway's dashboard, or of the case at its support
        #[arg(long, value_name = "NUMBER", value_parser = EvidenceNumber::parse)]
        evidence: EvidenceNumber,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Range {
    /// From this day or moment on: 2026-11-22, or 2026-11-22T08:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    since: Option<Moment>,
    /// In this state only: unknown, refunded, ...
    #[arg(long, value_name = "STATE", value_parser = state_of)]
    state: Option<RefundState>,
}

/// A day (the start of it, in the store's time) or a moment, as somebody wrote it.
#[derive(Debug, Clone)]
pub(super) struct Moment {
    pub(super) at: Timestamp,
    pub(super) said: String,
}

impl Moment {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let zone = jiff::tz::TimeZone::system();
        let day = || text.parse::<jiff::civil::Date>().ok()?.to_zoned(zone).ok().map(|zoned| zoned.timestamp());
        let at = text.parse::<jiff::Timestamp>().ok().or_else(day);
        let at = at.ok_or("neither a day (2026-11-22) nor a moment (2026-11-22T08:00:00Z)")?;
        Ok(Self { at: Timestamp::from_ms(at.as_millisecond()), said: text.to_owned() })
    }
}

fn state_of(word: &str) -> Result<RefundState, String> {
    let known = || RefundState::ALL.map(RefundState::as_str).join(", ");
    RefundState::parse(word).ok_or_else(|| format!("there is no such state; there are {}", known()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Comma-separated, with a header
    Csv,
    /// One JSON object a line
    Json,
}

impl Format {
    /// The file's form.
    pub(super) const fn file_form(self) -> FileForm {
        match self {
            Self::Csv => FileForm::Csv,
            Self::Json => FileForm::JsonLines,
        }
    }
}

/// One refund as files have it.
#[derive(Default, Serialize)]
struct Row {
    reference: String,
    state: &'static str,
    amount: String,
    currency: &'static str,
    sale: String,
    reason: String,
    requester: String,
    approver: String,
    gateway_refund_no: String,
    code: String,
    till: String,
    created_at: String,
    updated_at: String,
    /// The store's time, with its distance from UTC.
    created_at_local: String,
    requests: u32,
    /// Filled where the state is a person's word: `refunded`, `not_executed`, `abandoned`.
    decided_by_a_person: &'static str,
    decided_by: String,
    decided_reason: String,
    evidence: String,
    decided_at: String,
    confirmed_by_gateway_at: String,
    contradiction: &'static str,
    /// Filled where no real money moved.
    training: &'static str,
    /// For people alone.
    #[serde(skip)]
    mark: String,
}

/// Stands on each line of what training gives out.
const TRAINING: &str = "TRAINING";
/// More refunds than a store makes in its life.
const EVERYTHING: u32 = 50_000_000;

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::List { range, format: Some(format) } => export(&house, range, *format),
        Command::List { range, format: None } => list(&house, range),
        Command::Export { range, format } => export(&house, range, *format),
        Command::Resolve => resolve(&house),
        Command::SendAgain(order) => refund_orders::send_again(&house, order),
        Command::Release(order) => refund_orders::release(&house, order),
        Command::Decide { order, word, evidence } => refund_orders::decide(&house, order, *word, evidence),
    }
}

fn filter(range: &Range) -> RefundFilter {
    let since = range.since.as_ref().map(|since| since.at);
    RefundFilter { since, states: range.state.into_iter().collect(), limit: EVERYTHING, ..RefundFilter::default() }
}

fn row(refund: &Refund, names: &dyn Fn(&crate::domain::OperatorId) -> String, training: bool) -> Row {
    let (number, code) = match &refund.outcome {
        Some(Outcome::Refunded { gateway_refund_no }) => (gateway_refund_no.clone(), None),
        Some(Outcome::Declined { code, .. }) => (None, Some(code.clone())),
        Some(Outcome::Unknown { code, .. }) => (None, code.clone()),
        Some(Outcome::Pending | Outcome::NotSent { .. } | Outcome::NotExecuted) | None => (None, None),
    };
    let decided = refund.decision.as_ref();
    let evidence = decided.and_then(|decision| decision.evidence.as_ref());
    Row {
        reference: refund.reference.to_string(),
        state: refund.state.as_str(),
        amount: refund.amount.decimal(),
        currency: refund.amount.currency().code(),
        sale: harmless(refund.sale_key.as_str()),
        reason: harmless(refund.reason.as_str()),
        requester: harmless(&names(&refund.requester)),
        approver: harmless(&names(&refund.approver)),
        gateway_refund_no: harmless(&number.unwrap_or_default()),
        code: harmless(&code.unwrap_or_default()),
        till: refund.till.clone(),
        created_at: utc(refund.created_at),
        updated_at: utc(refund.updated_at),
        created_at_local: local(refund.created_at, &jiff::tz::TimeZone::system()),
        requests: refund.attempt,
        decided_by_a_person: decided.map_or("", |decision| decision.kind.as_str()),
        decided_by: decided.map(|decision| harmless(&names(&decision.by))).unwrap_or_default(),
        decided_reason: decided.map(|decision| harmless(decision.reason.as_str())).unwrap_or_default(),
        evidence: evidence.map(|evidence| harmless(evidence.as_str())).unwrap_or_default(),
        decided_at: decided.map(|decision| utc(decision.at)).unwrap_or_default(),
        confirmed_by_gateway_at: decided.and_then(|decision| decision.confirmed_at).map(utc).unwrap_or_default(),
        contradiction: refund.contradiction.map_or("", |contradiction| contradiction.difference.as_str()),
        training: if training { TRAINING } else { "" },
        mark: mark(refund),
    }
}

fn rows(house: &House, range: &Range) -> anyhow::Result<Vec<Row>> {
    let filter = filter(range);
    let ledger = house.readable_ledger()?;
    let names = |id: &crate::domain::OperatorId| {
        ledger.operator(id).map_or_else(|_| id.to_string(), |operator| operator.name.to_string())
    };
    Ok(ledger.refunds(&filter)?.iter().map(|refund| row(refund, &names, ledger.is_training())).collect())
}

fn list(house: &House, range: &Range) -> anyhow::Result<ExitCode> {
    let rows = rows(house, range)?;
    let mut lines = io::stdout().lock();
    for row in &rows {
        let Row { created_at, state, amount, currency, sale, reference, mark, training, .. } = row;
        let practice = if training.is_empty() { String::new() } else { format!("  {training}") };
        writeln!(lines, "{created_at}  {state:<12}  {amount:>12} {currency}  {sale:<20}  {reference}{mark}{practice}")?;
    }
    tell!("{}", out::count(rows.len(), "refund", "refunds"));
    Ok(ExitCode::SUCCESS)
}

fn export(house: &House, range: &Range, format: Format) -> anyhow::Result<ExitCode> {
    let rows = rows(house, range)?;
    let since = range.since.as_ref().map(|since| since.said.clone());
    let detail = [("since", since), ("state", range.state.map(|state| state.as_str().to_owned()))];
    let detail = detail.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    house.note_export("refunds", format.file_form().as_str(), rows.len(), detail);
    let mut writer = RowWriter::new(io::BufWriter::new(io::stdout().lock()), format.file_form());
    for row in &rows {
        writer.put(row)?;
    }
    writer.end_like(&Row::default())?;
    Ok(ExitCode::SUCCESS)
}

/// Asks once about each. Takes the ledger as the terminal does: while a terminal runs, that is its work.
fn resolve(house: &House) -> anyhow::Result<ExitCode> {
    let house = house.unlocked()?;
    let duties = house.duties()?;
    let unresolved = duties.unresolved();
    let mut failed = 0_usize;
    for refund in &unresolved {
        let (mut shown, mut state) = (Evidence::Failed, refund.state);
        duties.resolve(refund, 1, &mut |what| match what {
            What::RefundChecked { evidence, .. } => shown = evidence,
            What::RefundMoved(moved) => state = moved.state,
            _ => {}
        });
        failed += usize::from(shown == Evidence::Failed);
        let word = match shown {
            Evidence::Found => "found",
            Evidence::NotFound => "not found",
            Evidence::Failed => "no readable answer",
        };
        say!("{}  {} -> {}  ({word})", refund.reference, refund.state, state);
    }
    let left = duties.unresolved().len();
    tell!("{} asked about, {} still unresolved", unresolved.len(), left);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_or_a_moment() {
        assert_eq!(Moment::parse("2026-11-22T08:00:00Z").unwrap().at.ms(), 1_795_334_400_000);
        assert!(Moment::parse("2026-11-22").is_ok());
        assert!(Moment::parse("yesterday").is_err());
    }
}
