//! `tillback report` and `tillback shift`: a day's or a shift's report for people and for machines; shifts opened,
//! closed and listed.
//!
//! **A shift is opened and closed by its own person's PIN, or closed by a manager's**, read as PINs are, never from the
//! arguments. **What a training ledger reports says TRAINING on every form.**

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

use super::house::{House, now};
use super::ledger::local;
use super::operators::{find, read_pin};
use super::{Places, out, paper};
use crate::domain::{Operator, OperatorId, Pin, Report, ReportAsk, ReportOf, Tally};
use crate::ledger::{Ledger, Shift};
use crate::terminal::export::{FileForm, utc, write_report};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// A day of the store's
    Day {
        /// Which: 2026-11-22; today, where nothing is said
        #[arg(value_parser = date_of)]
        date: Option<jiff::civil::Date>,
        #[command(flatten)]
        form: Form,
    },
    /// A shift at this till
    Shift {
        /// Its number; the newest, where nothing is said
        number: Option<u64>,
        #[command(flatten)]
        form: Form,
    },
}

#[derive(Debug, clap::Subcommand)]
pub(super) enum ShiftCommand {
    /// Begin somebody's shift; their PIN is asked for, or read as one line from standard input
    Open {
        /// Their name
        name: String,
    },
    /// End somebody's shift, by their PIN or a manager's, and show or print its report
    Close {
        /// Their name
        name: String,
        /// The manager who ends a shift that its own person forgot
        #[arg(long, value_name = "NAME")]
        manager: Option<String>,
        #[command(flatten)]
        paper: OnPaper,
    },
    /// The newest shifts
    List,
    /// A shift's report
    Report {
        /// Its number; the newest, where nothing is said
        number: Option<u64>,
        #[command(flatten)]
        form: Form,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Form {
    /// The form
    #[arg(long, value_enum, default_value_t = Format::Text, conflicts_with = "print")]
    format: Format,
    #[command(flatten)]
    paper: OnPaper,
}

/// Paper, and files of the same rows.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct OnPaper {
    /// On the till's printer
    #[arg(long)]
    print: bool,
    /// Into this file in place of the printer, by its ending .pdf, .txt or .png
    #[arg(long, value_name = "FILE", requires = "print", value_parser = paper::file_parser())]
    to: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// Comma-separated, with a header
    Csv,
    /// One JSON object a line
    Json,
}

/// How many shifts are listed.
const LISTED: u32 = 50;

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::Day { date: Some(date), form } => report(&house, &ReportAsk::Date(date.to_string()), form),
        Command::Day { date: None, form } => report(&house, &ReportAsk::Day { back: 0 }, form),
        Command::Shift { number, form } => report(&house, &shift_ask(*number), form),
    }
}

pub(super) fn run_shift(places: &Places, command: &ShiftCommand) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        ShiftCommand::Open { name } => open(&house, name),
        ShiftCommand::Close { name, manager, paper } => close(&house, name, manager.as_deref(), paper),
        ShiftCommand::List => list(&house),
        ShiftCommand::Report { number, form } => report(&house, &shift_ask(*number), form),
    }
}

fn date_of(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "no day; write 2026-11-22".to_owned())
}

fn shift_ask(number: Option<u64>) -> ReportAsk {
    number.map_or(ReportAsk::Shift { back: 0, of: None }, ReportAsk::Numbered)
}

/// Somebody who gave their PIN.
fn by_pin(ledger: &mut Ledger, people: &[Operator], name: &str) -> anyhow::Result<OperatorId> {
    let who = find(people, name)?;
    let pin = Pin::parse(&read_pin(&format!("{name}'s PIN: "))?).context("that PIN can't be used")?;
    Ok(ledger.sign_in(&who, &pin, now())?.id)
}

fn open(house: &House, name: &str) -> anyhow::Result<ExitCode> {
    let mut ledger = house.shared_ledger()?;
    let people = ledger.operators()?;
    let who = by_pin(&mut ledger, &people, name)?;
    let shift = ledger.open_shift(&who, now())?;
    say!("shift {} of {name}, open since {}", shift.number, local(shift.opened_at));
    Ok(ExitCode::SUCCESS)
}

fn close(house: &House, name: &str, manager: Option<&str>, paper: &OnPaper) -> anyhow::Result<ExitCode> {
    let mut ledger = house.shared_ledger()?;
    // A shift may be left behind by somebody who no longer works here.
    let (people, everyone) = (ledger.operators()?, ledger.everyone()?);
    let whose = find(&everyone, name)?;
    let by = by_pin(&mut ledger, &people, manager.unwrap_or(name))?;
    let closed = ledger.close_shift_by(&whose, &by, now())?;
    let shift = closed.with_context(|| format!("{name} has no open shift at this till"))?;
    drop(ledger);
    report(house, &ReportAsk::Numbered(shift.number), &Form { format: Format::Text, paper: paper.clone() })
}

fn list(house: &House) -> anyhow::Result<ExitCode> {
    let ledger = house.readable_ledger()?;
    let shifts = ledger.last_shifts(LISTED)?;
    for Shift { number, operator, opened_at, closed_at, closed_by, .. } in &shifts {
        let name = |id: &OperatorId| name_of(&ledger, id);
        let ended = closed_at.map_or_else(|| "open               ".to_owned(), local);
        let by = closed_by.as_ref().filter(|by| *by != operator).map(|by| format!("  closed by {}", name(by)));
        say!("{number:>6}  {}  {ended}  {}{}", local(*opened_at), name(operator), by.unwrap_or_default());
    }
    let open = shifts.iter().filter(|shift| shift.closed_at.is_none()).count();
    tell!("{}, {open} open", out::count(shifts.len(), "shift", "shifts"));
    Ok(ExitCode::SUCCESS)
}

fn name_of(ledger: &Ledger, id: &OperatorId) -> String {
    ledger.operator(id).map_or_else(|_| id.to_string(), |person| person.name.to_string())
}

fn report(house: &House, ask: &ReportAsk, form: &Form) -> anyhow::Result<ExitCode> {
    let ledger = house.readable_ledger()?;
    let report = ledger.report(ask, now())?;
    if form.paper.print {
        drop(ledger);
        return paper::report(house, &report, form.paper.to.as_deref());
    }
    let name = |id: &OperatorId| {
        let known = report.people.iter().find(|person| person.id == *id);
        known.map_or_else(|| id.to_string(), |person| person.name.to_string())
    };
    let file_form = match form.format {
        Format::Text => {
            out::lines(&text_of(&report, &name))?;
            return Ok(ExitCode::SUCCESS);
        }
        Format::Csv => FileForm::Csv,
        Format::Json => FileForm::JsonLines,
    };
    write_report(&report, ledger.zone(), file_form, io::BufWriter::new(io::stdout().lock()), &name)?;
    house.note_export(&report.file_stem(), file_form.as_str(), 1, vec![]);
    Ok(ExitCode::SUCCESS)
}

/// `12 refunds, 345.60 USD, 1200 KRW`.
fn tally(tally: &Tally) -> String {
    let mut text = match tally.count {
        1 => "1 refund".to_owned(),
        count => format!("{count} refunds"),
    };
    for (sum, _) in tally.by_currency() {
        let _ = write!(text, ", {sum}");
    }
    text
}

fn text_of(report: &Report, name: &dyn Fn(&OperatorId) -> String) -> String {
    let mut lines = vec![];
    if report.training {
        lines.push("TRAINING: none of this is money".to_owned());
    }
    lines.push(match &report.of {
        ReportOf::Day(date) => format!("Day {date}, till {}", report.till),
        ReportOf::Shift(shift) => {
            let ended = shift.closed_at.map_or_else(|| "still open".to_owned(), |at| format!("to {}", local(at)));
            let by = shift.closed_by.as_ref().filter(|by| **by != shift.operator);
            let by = by.map(|by| format!(", closed by {}", name(by))).unwrap_or_default();
            let (number, whose, from) = (shift.number, name(&shift.operator), local(shift.opened_at));
            format!("Shift {number} of {whose}, till {}, from {from} {ended}{by}", shift.till)
        }
    });
    lines.push(format!("made {} ({})", local(report.made_at), utc(report.made_at)));
    lines.push(format!("UNRESOLVED: {}, and {} others at this till", report.unresolved_count, report.open_besides));
    for refund in &report.unresolved {
        let at = local(refund.created_at);
        lines.push(format!("  {at}  {:<12}  {:>16}  {}", refund.state, refund.amount.to_string(), refund.reference));
    }
    let totals = &report.totals;
    lines.push(format!("Given back: {}", tally(totals.given_back())));
    lines.push(format!("Asked for: {}; by a person's word: {}", tally(&totals.asked), totals.by_hand));
    let mut part = |title: &str, rows: Vec<(String, &Tally)>| {
        lines.push(format!("{title}:"));
        lines.extend(rows.into_iter().map(|(name, sums)| format!("  {name:<24}  {}", tally(sums))));
    };
    let happened = totals.by_state.iter().filter(|(_, tally)| tally.count > 0);
    part("By state", happened.map(|(state, tally)| (state.to_string(), tally)).collect());
    let unknown = || "(unknown)".to_owned();
    let wallets = totals.by_wallet.iter().map(|(wallet, tally)| (wallet.clone().unwrap_or_else(unknown), tally));
    part("Given back by wallet", wallets.collect());
    part("Given back by reason", totals.by_reason.iter().map(|(reason, tally)| (reason.clone(), tally)).collect());
    part("Given back by operator", totals.by_operator.iter().map(|(who, tally)| (name(who), tally)).collect());
    lines.push(format!("Record: {} rows, head {}", report.head.count, report.head.hash));
    lines.join("\n") + "\n"
}
