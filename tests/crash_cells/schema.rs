//! A ledger of each older version brought up to date by the real binary, stopped at each point, with a refund in it whose
//! answer was never recorded: the copy from before, the steps, the commit.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

use anyhow::{Context, ensure};
use rusqlite::{Connection, OptionalExtension};
use tillback::domain::ResolvePolicy;
use tillback::failpoint::Point;
use tillback::ledger::KNOWN_SCHEMA;

use super::{ABORTED, ANSWERING, Play, Shop, pairs};
use crate::till_support::{Till, check};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub from: i64,
    pub at: Point,
    pub play: Play,
}

pub fn cells() -> Vec<Cell> {
    let points = [Point::BackupWritten, Point::BackupNamed, Point::MigrateCommitting, Point::MigrateCommitted];
    let stops = pairs(&points, ANSWERING, |at, play| (at, play));
    let older: Vec<i64> = (1..KNOWN_SCHEMA).collect();
    pairs(&older, &stops, |from, (at, play)| Cell { from, at, play })
}

pub fn run(cell: Cell) -> anyhow::Result<()> {
    let shop = Shop::open(ResolvePolicy::default());
    shop.gateway.inject(cell.play.times(1000));
    let before = shop.stopped_with_the_answer_in_hand()?;
    let path = shop.house.ledger_path();
    make_older(&path, cell.from).context("the older ledger")?;
    let raw_before = raw(&path)?;
    ensure!(raw_before.0 == cell.from, "{raw_before:?}");

    let status = Till::start(&shop.house, cell.at.as_str()).ended();
    ensure!(status.signal() == Some(ABORTED), "it did not come by {:?}: {status}: {}", cell.at, shop.house.said());
    let stopped = raw(&path)?;
    let brought_up = cell.at == Point::MigrateCommitted;
    ensure!(stopped.0 == if brought_up { KNOWN_SCHEMA } else { cell.from }, "half-way: {stopped:?}");
    ensure!(stopped.1 == raw_before.1, "I3: the refund stands otherwise: {stopped:?}");

    shop.start_without_queries(check::open(&before))?;
    let after = shop.finds_what_was_executed_and_refunds_again()?;
    ensure!(after.iter().any(|refund| refund.reference == before[0].reference), "I3: it is gone");
    ensure!(raw(&path)?.0 == KNOWN_SCHEMA, "it was not brought up");
    // The copy from before is of that version, and good.
    let named = |path: &Path| path.to_string_lossy().contains(&format!("-before{KNOWN_SCHEMA}.db"));
    let copies: Vec<_> = fs::read_dir(shop.house.data().join("backups"))?.map(|entry| entry.unwrap().path()).collect();
    let copy = copies.iter().find(|path| named(path)).with_context(|| format!("no copy from before: {copies:?}"))?;
    ensure!(raw(copy)? == raw_before, "the copy holds something else");
    shop.done(&["ledger", "check", &copy.to_string_lossy()])?;
    shop.done(&["ledger", "check"]).map(drop)
}

/// A refund's reference, state and attempt.
type Standing = (String, String, i64);

/// A file's version, and the first refund as it stands there.
fn raw(path: &Path) -> anyhow::Result<(i64, Option<Standing>)> {
    let database = Connection::open(path)?;
    let version = database.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let sql = "SELECT reference, state, attempt FROM refunds ORDER BY reference LIMIT 1";
    let refund = database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    Ok((version, refund))
}

/// Puts in a ledger's place what an older version would have had there: the same rows in that version's tables.
fn make_older(path: &Path, version: i64) -> anyhow::Result<()> {
    let older = path.with_extension("older");
    let database = Connection::open(&older)?;
    database.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    for step in 1..=version {
        let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/ledger/schema_v{step}.sql"));
        database.execute_batch(&fs::read_to_string(sql)?)?;
    }
    let application_id: i64 = Connection::open(path)?.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    database.execute_batch(&format!("PRAGMA application_id = {application_id}; PRAGMA user_version = {version}"))?;
    let column = |sql: &str| -> rusqlite::Result<Vec<String>> {
        database.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    // Rows come as they stand, not by the moves that the triggers allow.
    let triggers = column("SELECT sql FROM sqlite_schema WHERE type = 'trigger'")?;
    for name in column("SELECT name FROM sqlite_schema WHERE type = 'trigger'")? {
        database.execute_batch(&format!("DROP TRIGGER {name}"))?;
    }
    database.execute("ATTACH ?1 AS newer", [path.to_string_lossy()])?;
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    // The legal moves are each version's own.
    for table in column(tables)?.iter().filter(|table| *table != "refund_moves") {
        let columns = column(&format!(
            "SELECT name FROM pragma_table_info('{table}') WHERE name IN
                 (SELECT name FROM pragma_table_info('{table}', 'newer'))"
        ))?
        .join(", ");
        let sql = format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}"
        );
        database.execute_batch(&sql).with_context(|| sql)?;
    }
    database.execute_batch("DETACH newer")?;
    triggers.iter().try_for_each(|sql| database.execute_batch(sql))?;
    drop(database);
    for ending in ["db", "db-wal", "db-shm", "mark"] {
        let _ = fs::remove_file(path.with_extension(ending));
    }
    Ok(fs::rename(older, path)?)
}
