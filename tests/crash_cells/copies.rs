//! A copy and a restore stopped at each point, with a refund in the ledger whose answer was never recorded.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use tillback::domain::{RefundState, ResolvePolicy};
use tillback::failpoint::Point;

use super::{ABORTED, ANSWERING, Play, Shop, pairs};
use crate::till_support::check;

/// What the ledger is like that a copy takes the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// It has a refund that the copy has not.
    Newer,
    /// Nobody can read it any more; the copy has the refund.
    Damaged,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Backup(Point, Play),
    Restore(Point, Old, Play),
}

pub fn cells() -> Vec<Cell> {
    let restoring = [Point::RestorePrepared, Point::RestoreHalfAside, Point::RestoreAside, Point::RestoreInPlace];
    let mut cells = pairs(&[Point::BackupWritten, Point::BackupNamed], ANSWERING, Cell::Backup);
    for old in [Old::Newer, Old::Damaged] {
        cells.extend(pairs(&restoring, ANSWERING, |point, play| Cell::Restore(point, old, play)));
    }
    cells
}

pub fn run(cell: Cell) -> anyhow::Result<()> {
    let shop = Shop::open(ResolvePolicy::default());
    match cell {
        Cell::Backup(point, play) => {
            shop.gateway.inject(play.times(1000));
            backup(&shop, point)
        }
        Cell::Restore(point, old, play) => {
            shop.gateway.inject(play.times(1000));
            restore(&shop, point, old)
        }
    }
}

impl Shop {
    /// Copies under a copy's name.
    fn copies(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.house.data().join("backups")) else { return vec![] };
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "db")).collect()
    }

    fn aborts(&self, arguments: &[&str], point: Point) -> anyhow::Result<()> {
        let (status, said) = self.command(arguments, point.as_str())?;
        ensure!(status.signal() == Some(ABORTED), "it ended otherwise than at {point:?}: {status}: {said}");
        Ok(())
    }
}

fn backup(shop: &Shop, point: Point) -> anyhow::Result<()> {
    let before = shop.stopped_with_the_answer_in_hand()?;
    shop.aborts(&["ledger", "backup"], point)?;
    let named = shop.copies();
    ensure!(named.len() == usize::from(point == Point::BackupNamed), "copies: {named:?}");
    let after = shop.promises("after the stop")?;
    ensure!(after == before, "a copy changed the ledger: {before:?} {after:?}");
    // Within the same second it would take the same name.
    shop.done(&["ledger", "backup", &shop.house.data().join("another.db").to_string_lossy()])?;
    for copy in named.iter().chain([&shop.house.data().join("another.db")]) {
        let said = shop.done(&["ledger", "check", &copy.to_string_lossy()])?;
        ensure!(said.contains("It has every refund as the present ledger has it"), "{said}");
    }
    shop.done(&["ledger", "check"])?;
    shop.start_without_queries(check::open(&before))?;
    shop.finds_what_was_executed_and_refunds_again().map(drop)
}

fn restore(shop: &Shop, point: Point, old: Old) -> anyhow::Result<()> {
    let copy = shop.house.data().join("copy.db");
    let copy = copy.to_string_lossy();
    if old == Old::Newer {
        shop.done(&["ledger", "backup", &copy])?;
    }
    let before = shop.stopped_with_the_answer_in_hand()?;
    ensure!(check::open(&before) == 1, "{before:?}");
    if old == Old::Damaged {
        shop.done(&["ledger", "backup", &copy])?;
        let mut bytes = fs::read(shop.house.ledger_path())?;
        bytes.iter_mut().for_each(|byte| *byte = 0x5A);
        fs::write(shop.house.ledger_path(), bytes)?;
    }
    let order = ["ledger", "restore", &copy, "--reason", "The disk failed"];
    shop.aborts(&order, point)?;
    // Before anything took the old ledger's place it stands there as it was; from then on the copy's place is its own.
    let mut aside = 1;
    if point == Point::RestorePrepared {
        if old == Old::Newer {
            ensure!(shop.promises("after the stop")? == before, "the ledger is another");
        }
        shop.done(&order)?;
    } else {
        // The next start ends what was begun: no second PIN is asked for, and nothing is forgotten.
        shop.start_without_queries(1).with_context(|| format!("the start after a stop at {point:?}"))?;
        ensure!(!shop.house.data().join("ledger.restoring").exists(), "it lies about");
    }
    let set_aside: Vec<PathBuf> =
        fs::read_dir(shop.house.data().join("set-aside"))?.map(|entry| entry.unwrap().path()).collect();
    ensure!(set_aside.len() == aside, "set aside: {set_aside:?}");
    for name in ["ledger.db", "ledger.mark", "ledger.db-wal"] {
        // Whoever made the copy closed the log.
        if old == Old::Damaged && name.ends_with("-wal") {
            continue;
        }
        ensure!(set_aside[0].join(name).exists(), "{name} was not set aside");
    }
    let came = shop.promises("after the restore")?;
    ensure!(came.len() == 1 && came[0].reference == before[0].reference, "I3: {came:?} in place of {before:?}");
    let open = [RefundState::Unknown, RefundState::Sent];
    ensure!(open.contains(&came[0].state), "I3: it came over as {}", came[0].state);
    shop.done(&["ledger", "check"])?;
    shop.start_without_queries(1)?;
    shop.finds_what_was_executed_and_refunds_again()?;
    // And it can be done once more, from a copy of what is there now.
    let again = shop.house.data().join("again.db");
    let again = again.to_string_lossy();
    shop.done(&["ledger", "backup", &again])?;
    shop.done(&["ledger", "restore", &again, "--reason", "Once more"])?;
    aside += 1;
    ensure!(fs::read_dir(shop.house.data().join("set-aside"))?.count() == aside, "it was not set aside");
    shop.promises("after another restore").map(drop)
}
