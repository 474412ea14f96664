//! `tillback ledger`: copies of the ledger, checks, and the way back from a copy.
//!
//! **A copy and a check are made beside a running till; a restore never is.** Restoring takes a manager's PIN, as the
//! copy knows it, and a written reason: the same door as in the window.

use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;

use super::house::{House, now};
use super::operators::{find, read_pin};
use super::{Places, out};
use crate::domain::{Operator, Pin, Reason, Timestamp};
use crate::ledger::{
    AuditFact, BackupDone, BackupKind, BackupPlace, CheckDepth, Examined, Ledger, LedgerSettings, Missing,
    RestoreOrder, Restored, StopSign, back_up, back_up_to, check_ledger, examine, restore,
};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Copy the ledger now, beside a running till, and read the copy back
    Backup {
        /// Where to; without it, a file of its own in the folder for copies
        file: Option<PathBuf>,
    },
    /// The copies there are
    List,
    /// Put a copy in the ledger's place; no till may be running. The manager's PIN is asked for, or read as one line
    /// from standard input; the present ledger is set aside, whole
    Restore {
        /// The copy
        file: PathBuf,
        /// The manager who says yes, by the name the copy knows; without it, the copy's only one
        #[arg(long, value_name = "NAME")]
        manager: Option<String>,
        /// Why, in writing; asked for without it
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// Read every page, row, index and link of the record and say whether all is well
    Check {
        /// A copy, in place of the ledger
        file: Option<PathBuf>,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::Backup { file } => backup(&house, file.as_deref()),
        Command::List => list(&house),
        Command::Restore { file, manager, reason } => put_back(&house, file, manager.as_deref(), reason.as_deref()),
        Command::Check { file } => check(&house, file.as_deref()),
    }
}

fn place(house: &House) -> BackupPlace {
    let LedgerSettings { till, backups, .. } = house.ledger_settings();
    BackupPlace::of(&house.ledger_path(), &till, backups.as_deref())
}

/// RFC 3339 in the store's time, to the second.
pub(super) fn local(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.ms()).map_or_else(
        |_| at.ms().to_string(),
        |at| at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string(),
    )
}

fn backup(house: &House, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let (ledger, stop) = (house.ledger_path(), StopSign::new());
    let at = now();
    let done = match file {
        Some(file) => {
            anyhow::ensure!(!file.exists(), "{} is there already; name another file", file.display());
            back_up_to(&ledger, file, &stop)
        }
        None => back_up(&ledger, &place(house), BackupKind::ByHand, at, &stop),
    };
    let done = done.with_context(|| format!("{} was not copied", ledger.display()))?;
    note(house, &done);
    say!("{}", done.path.display());
    tell!(
        "Copied and read back: {} bytes, {} rows in the record, head {}.",
        done.bytes,
        done.head.count,
        done.head.hash
    );
    if done.cleared > 0 {
        tell!("Cleared away: {}.", out::count(done.cleared, "older copy", "older copies"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes it into the record; the copy is good whether or not that works.
fn note(house: &House, done: &BackupDone) {
    let name = done.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let detail = vec![("file", name), ("bytes", done.bytes.to_string()), ("rows", done.head.count.to_string())];
    let fact = AuditFact { who: None, what: "ledger_copied", subject: String::new(), detail };
    if let Err(error) = house.note(&fact) {
        tell!("The copy is good, but could not be written into the record: {error:#}");
    }
}

fn list(house: &House) -> anyhow::Result<ExitCode> {
    let place = place(house);
    let copies = place.list();
    for copy in &copies {
        say!("{}  {:>12} bytes  {}", local(copy.made_at), copy.bytes, copy.path.display());
    }
    tell!("{} in {}", out::count(copies.len(), "copy", "copies"), place.folder().display());
    Ok(ExitCode::SUCCESS)
}

fn check(house: &House, file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let stop = StopSign::new();
    let Some(file) = file else {
        let path = house.ledger_path();
        let head = check_ledger(&path, CheckDepth::Full, &stop).with_context(|| path.display().to_string())?;
        house.readable_ledger()?.check_mark()?;
        say!("{}: sound, {} rows in the record, head {}", path.display(), head.count, head.hash);
        return Ok(ExitCode::SUCCESS);
    };
    let found = examine(file, &house.ledger_path(), house.config.terminal.training, &stop)
        .with_context(|| file.display().to_string())?;
    let Examined { head, refunds, last_at, missing, .. } = &found;
    say!(
        "{}: sound, {} rows in the record, head {}, {refunds} refunds, as of {}",
        file.display(),
        head.count,
        head.hash,
        last_at.map_or_else(|| "nothing".to_owned(), local)
    );
    match missing {
        Missing::Counted(0) => say!("It has every refund as the present ledger has it."),
        Missing::Counted(count) => say!("{count} refunds are newer in the present ledger."),
        Missing::Unreadable(count) => {
            say!("The present ledger can't be read to its end; at least {count} refunds are newer there, perhaps more.")
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn put_back(house: &House, file: &Path, manager: Option<&str>, reason: Option<&str>) -> anyhow::Result<ExitCode> {
    let ledger = house.ledger_path();
    let settings = house.ledger_settings();
    // Before anybody types a PIN: whether a till runs, and whether the copy is good.
    Ledger::is_free(&ledger, &settings.till, now())?;
    let found = examine(file, &ledger, settings.training, &StopSign::new())
        .with_context(|| format!("{} can't be restored", file.display()))?;
    let manager = manager_of(&found.managers, manager)?;
    tell!(
        "{} holds the record as of {}, {} refunds. The PIN of {} as it was then:",
        file.display(),
        found.last_at.map_or_else(|| "nothing".to_owned(), local),
        found.refunds,
        manager.name
    );
    let pin = Pin::parse(&read_pin("Manager's PIN: ")?).context("that PIN can't be used")?;
    let reason = Reason::parse(&written(reason)?).context("a restore needs a reason, in up to 120 characters")?;
    let order = RestoreOrder { from: file, manager: &manager.id, pin: &pin, reason: &reason };
    let done = restore(&ledger, &settings, &order, now())
        .with_context(|| format!("{} was not restored; everything is as it was", file.display()))?;
    say!("{}", ledger.display());
    for line in account_of(&done) {
        tell!("{line}");
    }
    Ok(ExitCode::SUCCESS)
}

fn manager_of(managers: &[Operator], wanted: Option<&str>) -> anyhow::Result<Operator> {
    let names = || managers.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    let id = match (wanted, managers) {
        (None, [only]) => return Ok(only.clone()),
        (None, _) => anyhow::bail!("the copy knows several managers: name one with --manager ({})", names()),
        (Some(wanted), _) => {
            find(managers, wanted).with_context(|| format!("the copy knows no such manager; it knows {}", names()))?
        }
    };
    managers.iter().find(|person| person.id == id).cloned().context("no such manager")
}

fn written(reason: Option<&str>) -> anyhow::Result<String> {
    if let Some(reason) = reason {
        return Ok(reason.trim().to_owned());
    }
    if io::stdin().is_terminal() {
        out::ask("Why: ");
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// What was done, and what somebody still has to do.
pub(super) fn account_of(done: &Restored) -> Vec<String> {
    let mut lines = vec!["Restored.".to_owned()];
    if let Some(aside) = &done.set_aside {
        lines.push(format!("What was in place is in {}, whole.", aside.display()));
    }
    if !done.brought_over.is_empty() {
        lines.push(format!(
            "{} refunds came over from it as unknown; the till asks the gateway about each:",
            done.brought_over.len()
        ));
        lines.extend(done.brought_over.iter().map(|reference| format!("  {reference}")));
    }
    if !done.left_behind.is_empty() {
        lines.push("These could not be brought over. Look each up in the gateway's dashboard:".to_owned());
        lines.extend(done.left_behind.iter().map(|reference| format!("  {reference}")));
    }
    if !done.given_up.is_empty() {
        lines.push("These waited to be sent again and were given up; refund anew from the receipt:".to_owned());
        lines.extend(done.given_up.iter().map(|reference| format!("  {reference}")));
    }
    if !done.old_was_whole {
        lines.push(
            "The old ledger could not be read to its end. Refunds made after the copy may be in no record here: compare \
             with the gateway's dashboard before the first refund."
                .to_owned(),
        );
    }
    lines
}
