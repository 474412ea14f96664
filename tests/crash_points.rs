//! T1: the real binary, stopped at each named point of a refund's life, of a start and of a query, of a manager's
//! sending again, giving up and deciding, of a copy and a restore, and of bringing an older ledger up to date; with a gateway that executes,
//! executes and loses the answer, refuses, or does nothing. After each stop: what lies on disk against what passed on the
//! line and what stands in the gateway's book; the next start, its queries turned away; the one after, with queries; a
//! second try at the same refund, and another sale's refund on the same till.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(unix)]

mod crash_cells;
mod till_support;

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use crash_cells::{Play, again, copies, orders, refund, schema};
use tillback::failpoint::Point;

/// So many failed cells end the run.
const ENOUGH: usize = 3;

#[derive(Debug, Clone, Copy)]
enum Cell {
    Refund(refund::Stop, Play),
    SendAgain(again::Cell),
    Order(orders::Cell),
    Copy(copies::Cell),
    Migration(schema::Cell),
}

impl Cell {
    fn all() -> Vec<Self> {
        let refunds = refund::cells().into_iter().map(|(stop, play)| Self::Refund(stop, play));
        let again = again::cells().into_iter().map(Self::SendAgain);
        let copies = copies::cells().into_iter().map(Self::Copy);
        let orders = orders::cells().into_iter().map(Self::Order);
        refunds
            .chain(again)
            .chain(orders)
            .chain(copies)
            .chain(schema::cells().into_iter().map(Self::Migration))
            .collect()
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Refund(..) => "of a refund",
            Self::SendAgain(_) => "of sending again",
            Self::Order(_) => "of giving up and deciding by hand",
            Self::Copy(_) => "of copies and restores",
            Self::Migration(_) => "of older ledgers",
        }
    }

    fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Refund(stop, play) => refund::run(stop, play),
            Self::SendAgain(cell) => again::run(cell),
            Self::Order(cell) => orders::run(cell),
            Self::Copy(cell) => copies::run(cell),
            Self::Migration(cell) => schema::run(cell),
        }
    }
}

#[test]
fn a_stop_at_any_point_loses_nothing_and_sends_nothing_twice() {
    let began = Instant::now();
    let cells = Cell::all();
    let wanted = std::env::var("TILLBACK_CELL").ok();
    let (next, ran) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = Mutex::new(Vec::new());
    let work = || {
        while let Some(cell) = cells.get(next.fetch_add(1, Ordering::SeqCst)) {
            let name = format!("{cell:?}");
            if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
                continue;
            }
            // What fails often waits long; a few say enough.
            if failed.lock().unwrap().len() >= ENOUGH {
                return;
            }
            ran.fetch_add(1, Ordering::SeqCst);
            let ran = catch_unwind(|| cell.run()).unwrap_or_else(|_| Err(anyhow::anyhow!("see the panic above")));
            if let Err(broken) = ran {
                failed.lock().unwrap().push(format!("{name}: {broken:#}"));
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let failed = failed.into_inner().unwrap();
    let ran = ran.into_inner();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    cells.iter().for_each(|cell| *kinds.entry(cell.kind()).or_default() += 1);
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let (all, passed, seconds) = (cells.len(), ran - failed.len(), began.elapsed().as_secs());
    println!("T1: {ran} of {all} cells ({}), {passed} passed, {seconds} s", kinds.join(", "));
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Where a thread panics: `tests/worker_crash.rs`.
fn of_threads(point: Point) -> bool {
    ["Heard", "Duty", "Turn"].iter().any(|word| point.as_str().ends_with(word))
}

#[test]
fn every_point_is_in_the_table() {
    let cells = format!("{:?}", Cell::all());
    let by_other_names = [Point::HeadSent, Point::BodyHalfSent];
    for point in Point::ALL.iter().filter(|point| !by_other_names.contains(point) && !of_threads(**point)) {
        assert!(cells.contains(point.as_str()), "no cell stops at {point:?}");
    }
    assert!(Cell::all().len() >= 60);
    for (points, cells) in [
        (10, format!("{:?}", again::cells())),
        (4, format!("{:?}", orders::cells())),
        (6, format!("{:?}", copies::cells())),
        (4, format!("{:?}", schema::cells())),
    ] {
        let named = Point::ALL.iter().filter(|point| cells.contains(point.as_str())).count();
        assert!(named >= points, "{named} points alone: {cells}");
    }
}
