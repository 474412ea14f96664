//! The ledger, its copies, the people in it, and the sales that come into it.
//!
//! **Read only**: a check changes nothing, beside a till that may be running.

use std::path::Path;
use std::time::Duration;

use super::super::house::{House, now};
use super::super::ledger::local;
use super::super::out;
use super::{Check, Finding};
use crate::domain::Role;
use crate::intake::{self, FAILED, PortStanding};
use crate::ledger::{CheckDepth, KNOWN_SCHEMA, StopSign, check_ledger, schema_of};

pub(super) fn ledger(house: &House) -> Check {
    let path = house.ledger_path();
    let sound = || -> anyhow::Result<(u64, usize)> {
        let ledger = house.readable_ledger()?;
        let head = check_ledger(&path, CheckDepth::Full, &StopSign::new())?;
        ledger.check_mark()?;
        Ok((head.count, ledger.unresolved()?.len()))
    };
    let finding = if let Some(finding) = of_another_version(&path) {
        finding
    } else if path.exists() {
        match sound() {
            Ok((rows, 0)) => Finding::Good(format!("{}, schema {KNOWN_SCHEMA}, {rows} audit rows, whole", path.display())),
            Ok((rows, unresolved)) => Finding::Note(format!(
                "{}, schema {KNOWN_SCHEMA}, {rows} audit rows, whole; {unresolved} refunds are being checked",
                path.display()
            )),
            Err(error) => Finding::Bad(
                format!("{error:#}"),
                "Make no refunds on this till. Start it: its window offers what can be done. Or: tillback ledger list, \
                 tillback ledger restore FILE (OPERATIONS.md, \"When the ledger cannot be opened\")."
                    .to_owned(),
            ),
        }
    } else {
        Finding::Note(format!("{} is not there yet; the first start makes it", path.display()))
    };
    Check { what: "ledger", finding }
}

/// A ledger that this version has not worked with yet, or cannot.
fn of_another_version(path: &Path) -> Option<Finding> {
    let schema = schema_of(path).ok()?;
    let shown = path.display();
    match schema {
        KNOWN_SCHEMA | 0 => None,
        older if older < KNOWN_SCHEMA => Some(Finding::Note(format!(
            "{shown}, schema {older}: of an older version; the till's next start copies it and brings it to {KNOWN_SCHEMA}"
        ))),
        newer => Some(Finding::Bad(
            format!("{shown} has schema {newer}, this version knows up to {KNOWN_SCHEMA}: a newer Tillback has used it"),
            "Install that newer version again: nothing of the ledger was touched. Going back to this one costs what was \
             recorded since: tillback ledger list, then tillback ledger restore FILE, with the copy made before the newer \
             version's first start."
                .to_owned(),
        )),
    }
}

/// A copy older than this is told: the till makes one a day, whoever is at it.
const OLD_COPY_MS: i64 = 2 * crate::domain::time::DAY_MS;

/// How the caretaker's work stands: the last copy and the last full check, and what went wrong with either.
pub(super) fn care(house: &House) -> Vec<Check> {
    let Some(ledger) = house.ledger_as_it_is() else { return vec![] };
    let now = now();
    let since = now.plus_ms(-30 * crate::domain::time::DAY_MS);
    let last = |what: &[&str]| ledger.last_fact(what, since).ok().flatten();
    let place = ledger.backup_place();
    let folder = place.folder().display();
    let newest = place.list().into_iter().next();
    let trouble = last(&["ledger_copied", "ledger_not_copied"]).filter(|row| row.what == "ledger_not_copied");
    let fix = format!(
        "Make room, plug the disk in, or set data.backups to another folder; then: tillback ledger backup. Now: {folder}"
    );
    let copies = match (newest, trouble) {
        (_, Some(row)) => Finding::Bad(format!("the last one failed on {}: {}", local(row.at), row.detail), fix),
        (None, None) => Finding::Note(format!("none in {folder} yet; the till makes one a day when nobody is at it")),
        (Some(copy), None) if now.ms_since(copy.made_at) > OLD_COPY_MS => {
            Finding::Bad(format!("the last one is of {}", local(copy.made_at)), fix)
        }
        (Some(copy), None) => Finding::Good(format!("the last one is of {}, in {folder}", local(copy.made_at))),
    };
    let check = match last(&["ledger_checked", "ledger_quick_checked", "ledger_check_failed"]) {
        None => Finding::Note("none in the last 30 days; just now it was sound, or see the ledger's line".to_owned()),
        Some(row) if row.what == "ledger_check_failed" => {
            Finding::Bad(format!("it failed on {}: {}", local(row.at), row.detail), "See the ledger's line.".to_owned())
        }
        Some(row) => Finding::Good(format!("passed on {}", local(row.at))),
    };
    vec![Check { what: "copies", finding: copies }, Check { what: "daily check", finding: check }]
}

/// A file of sales that has lain so long waits for something.
const WAITS_MS: i64 = 5 * 60 * 1000;

/// How the till program's sales come in.
pub(super) fn sales(house: &House) -> Vec<Check> {
    let Some(intake) = house.intake() else {
        let none = "nothing hands sales over by itself: what is not imported is asked for at the gateway";
        return vec![Check { what: "sales", finding: Finding::Note(none.to_owned()) }];
    };
    let folder = intake.folder.map(|folder| Check { what: "sales folder", finding: sales_folder(&folder) });
    let key = intake.key;
    let port = intake.port.map(|port| Check { what: "sales endpoint", finding: sales_port(port, &key) });
    folder.into_iter().chain(port).collect()
}

fn sales_folder(folder: &Path) -> Finding {
    let shown = folder.display();
    let waits = match intake::waiting_files(folder, Duration::from_millis(WAITS_MS.unsigned_abs())) {
        Err(error) => {
            return Finding::Bad(
                format!("{shown} can't be read: {error}"),
                "Make it, or name another as sales.folder; the till takes files as soon as it is there.".to_owned(),
            );
        }
        Ok(waits) => waits,
    };
    match (waits, intake::failed_files(folder)) {
        (0, 0) => Finding::Good(shown.to_string()),
        (0, failed) => Finding::Hint(
            format!("{shown}: {failed} files were refused, nothing of them was taken in"),
            format!(
                "Beside each in {} a file says why, by line. Put it right and move it back into the folder above; \
                 what needs no taking in any more, remove.",
                folder.join(FAILED).display()
            ),
        ),
        (waits, failed) => Finding::Hint(
            format!("{shown}: {waits} files lie there and are not taken in, {failed} were refused"),
            "Start the till. If it runs: this user must be allowed to open the files and to move them, and no other \
             program may hold them; tillback.log says which."
                .to_owned(),
        ),
    }
}

fn sales_port(port: u16, key: &Path) -> Finding {
    let address = format!("http://127.0.0.1:{port}/sales");
    if !key.exists() {
        let fix = "Make a key and give it to the till program: tillback sales key".to_owned();
        return Finding::Bad(format!("{address} refuses everything: there is no key"), fix);
    }
    match intake::port_standing(port) {
        PortStanding::Ours => Finding::Good(format!("{address} answers")),
        PortStanding::Free => Finding::Good(format!("{address}, while the till runs; it does not run now")),
        PortStanding::Taken => Finding::Bad(
            format!("{address}: another program has that port"),
            "Set sales.port to another number, tell the till program, and start the till again; or end the other \
             program: the till takes the port once it is free."
                .to_owned(),
        ),
    }
}

pub(super) fn people(house: &House) -> Check {
    let what = "operators";
    let add = "Add them: tillback operators add \"NAME\" --role manager, and --role cashier".to_owned();
    if !house.ledger_path().exists() {
        return Check { what, finding: Finding::Bad("nobody may use this till yet".to_owned(), add) };
    }
    if of_another_version(&house.ledger_path()).is_some() {
        return Check { what, finding: Finding::Note("not looked at; see the ledger's line".to_owned()) };
    }
    let finding = match house.readable_ledger().and_then(|ledger| Ok(ledger.operators()?)) {
        Ok(operators) => {
            let managers = operators.iter().filter(|o| o.role == Role::Manager).count();
            let cashiers = out::count(operators.len() - managers, "cashier", "cashiers");
            let text = format!("{}, {cashiers}", out::count(managers, "manager", "managers"));
            if managers == 0 { Finding::Bad(text, add) } else { Finding::Good(text) }
        }
        Err(error) => Finding::Bad(format!("{error:#}"), "See the ledger's line.".to_owned()),
    };
    Check { what, finding }
}
