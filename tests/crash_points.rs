//! T1: the real binary, stopped at each named point of a refund's life, of a start and of a query, with a gateway that
//! executes, executes and loses the answer, refuses, or does nothing. After each stop: what lies on disk against what
//! passed on the line and what stands in the gateway's book; the next start, its queries turned away; the one after,
//! with queries; and the cashier's second try at the same refund.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]
#![cfg(unix)]

mod till_support;

use std::os::unix::process::ExitStatusExt;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, ensure};
use till_support::relay::Relay;
use till_support::{End, House, Till, check, gateway, number};
use tillback::domain::{Refund, RefundState};
use tillback::failpoint::Point;
use tillback::sandbox::{Fault, Injection, SandboxHandle};

const ABORTED: i32 = 6;
const KILLED: i32 = 9;

/// So many failed cells end the run.
const ENOUGH: usize = 3;

/// What the gateway does with refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Play {
    Executes,
    /// Executes, and the line breaks before the answer.
    AnswerLost,
    Refuses,
    /// Does not execute, and says nothing that means anything.
    Nothing,
}

use Play::{AnswerLost, Executes, Nothing, Refuses};

const ALL: &[Play] = &[Executes, AnswerLost, Refuses, Nothing];
/// Where there has to be an answer.
const ANSWERING: &[Play] = &[Executes, Refuses, Nothing];

impl Play {
    fn injection(self) -> Injection {
        let (fault, execute) = match self {
            Executes => (Fault::Honest, true),
            AnswerLost => (Fault::ResetAfterRequest, true),
            Refuses => (Fault::RetCode { code: "000040".to_owned() }, false),
            Nothing => (Fault::Status { status: 503, body: tillback::sandbox::ErrorBody::Empty }, false),
        };
        Injection::on_refund(fault).executing(execute).times(1000)
    }

    fn executes(self) -> bool {
        matches!(self, Executes | AnswerLost)
    }
}

/// Where the till is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// It aborts there.
    At(Point),
    /// It aborts there in its very first start, on no ledger at all.
    Fresh(Point),
    /// It stays there; killed when the line has seen all that comes before.
    HeadOut,
    HalfOut,
    /// Killed when the gateway has the request and the till has so many bytes of the answer.
    AnswerBytes(usize),
    /// Stopped with the answer in hand, and again there in the next start; its queries answered or not.
    Again(Point, bool),
}

use Stop::{Again, AnswerBytes, At, Fresh, HalfOut, HeadOut};

/// The table: where, and with which gateways.
fn cells() -> Vec<(Stop, Play)> {
    let table: &[(&[Stop], &[Play])] = &[
        (
            &[Fresh(Point::MigrateCommitting), Fresh(Point::MigrateCommitted), Fresh(Point::IntroduceCommitting)],
            &[Executes],
        ),
        (&[Fresh(Point::IntroduceCommitted)], &[Executes]),
        (&[At(Point::ApproveCommitting), At(Point::ApproveCommitted), At(Point::PrepareCommitting)], ALL),
        (&[At(Point::PrepareCommitted), At(Point::SentCommitting), At(Point::SentCommitted)], ALL),
        (&[At(Point::Connecting)], ALL),
        // The gateway cannot execute what it has half of.
        (&[HeadOut, HalfOut], &[Nothing]),
        (&[AnswerBytes(0)], ALL),
        (&[AnswerBytes(1), At(Point::AnswerBegun)], ANSWERING),
        (
            &[At(Point::AnswerRead), At(Point::SettleCommitting), At(Point::SettleCommitted), At(Point::OutcomeTold)],
            ALL,
        ),
        (&[Again(Point::RecoverCommitting, true), Again(Point::RecoverCommitted, true)], ANSWERING),
        (&[Again(Point::QueryAnswered, true), Again(Point::QueryAnswered, false)], ANSWERING),
        (&[Again(Point::QueryCommitting, true), Again(Point::QueryCommitted, true)], ANSWERING),
        (&[Again(Point::QueryCommitting, false), Again(Point::QueryCommitted, false)], &[Executes, Nothing]),
    ];
    let pairs = |(stops, plays): &(&[Stop], &[Play])| -> Vec<(Stop, Play)> {
        stops.iter().flat_map(|stop| plays.iter().map(|play| (*stop, *play))).collect()
    };
    table.iter().flat_map(pairs).collect()
}

struct Cell {
    house: House,
    gateway: SandboxHandle,
    relay: Relay,
    play: Play,
}

impl Cell {
    fn promises(&self, when: &str) -> anyhow::Result<Vec<Refund>> {
        self.relay.wait_until_quiet();
        check::promises(&self.house, &self.relay, &self.gateway).with_context(|| when.to_owned())
    }

    fn stop(&self, stop: Stop) -> anyhow::Result<()> {
        match stop {
            At(point) => self.abort_in_a_refund(point),
            Fresh(point) => {
                let status = Till::start(&self.house, point.as_str()).ended();
                ensure!(status.signal() == Some(ABORTED), "it did not come by {point:?}: {status}");
                self.house.furnish(1);
                Ok(())
            }
            HeadOut | HalfOut => {
                let point = if stop == HeadOut { Point::HeadSent } else { Point::BodyHalfSent };
                let mut till = Till::start(&self.house, &format!("{}:1:hold", point.as_str()));
                ensure!(till.send(&number(0)) == End::Sending, "it was not sent: {}", till.shown);
                self.relay.wait("the part of the request", |relay| {
                    let so_far = relay.refunds().first().cloned().unwrap_or_default();
                    so_far.head && (stop == HeadOut || so_far.body.0 * 2 + 1 >= so_far.body.1)
                });
                let (out, whole) = self.relay.refunds()[0].body;
                ensure!(if stop == HeadOut { out == 0 } else { out < whole }, "{out} of {whole} bytes are out");
                ensure!(till.kill().signal() == Some(KILLED), "it had ended before");
                Ok(())
            }
            AnswerBytes(bytes) => {
                self.relay.limit_answers(Some(bytes));
                let mut till = Till::start(&self.house, "");
                ensure!(till.send(&number(0)) == End::Sending, "it was not sent: {}", till.shown);
                self.relay.wait("the answer", |relay| relay.refunds().iter().any(|passed| passed.answered));
                self.relay.limit_answers(None);
                ensure!(till.kill().signal() == Some(KILLED), "it had ended before");
                Ok(())
            }
            Again(point, answered) => {
                self.abort_in_a_refund(Point::AnswerRead)?;
                self.promises("after the first stop")?;
                self.relay.turn_queries_away(!answered);
                let status = Till::start(&self.house, point.as_str()).ended();
                self.relay.turn_queries_away(false);
                ensure!(status.signal() == Some(ABORTED), "the next start did not come by {point:?}: {status}");
                Ok(())
            }
        }
    }

    fn abort_in_a_refund(&self, point: Point) -> anyhow::Result<()> {
        let mut till = Till::start(&self.house, point.as_str());
        let end = till.refund(&number(0));
        // Behind the last point the result may have been shown already.
        ensure!(end == End::Died || matches!(end, End::Result(_)), "it did not come by {point:?}: {end:?}");
        let status = till.ended();
        ensure!(status.signal() == Some(ABORTED), "it ended otherwise than at {point:?}: {status}");
        Ok(())
    }

    /// The next start, its queries turned away: everything that may have been sent is shown, and stays open.
    fn start_without_queries(&self, before: &[Refund]) -> anyhow::Result<()> {
        let open = check::open(before);
        let settled = before.iter().any(|refund| matches!(refund.state, RefundState::Refunded | RefundState::Declined));
        let may_have_left = !self.relay.refunds().is_empty();
        ensure!(!may_have_left || settled || open > 0, "I3: a request left and nothing is open: {before:?}");
        self.relay.turn_queries_away(true);
        let turned_away = self.relay.queries_turned_away();
        let mut till = Till::start(&self.house, "");
        ensure!(till.shows(|shown| shown["screen"] == "locked"), "it does not start: {}", self.house.said());
        let shown = till.shown["unresolved"].as_u64();
        ensure!(shown == u64::try_from(open).ok(), "I3: {open} open, shown at the start: {}", till.shown);
        if open > 0 {
            self.relay.wait("a query", |relay| relay.queries_turned_away() > turned_away);
        }
        till.quit();
        self.relay.turn_queries_away(false);
        let after = self.promises("after a start without queries")?;
        ensure!(check::open(&after) == open, "I5: decided without an answer: {after:?}");
        Ok(())
    }

    /// A start with queries, and the cashier's second try.
    fn start_with_queries(&self) -> anyhow::Result<()> {
        let queries = self.relay.queries();
        let before = self.promises("before the last start")?;
        let executed = self.gateway.book().iter().any(|entry| entry.takes_money());
        let mut till = Till::start(&self.house, "");
        if executed {
            ensure!(till.shows(|shown| shown["screen"] == "locked" && shown["unresolved"] == 0), "it ended");
        } else if check::open(&before) > 0 {
            self.relay.wait("a query", |relay| relay.queries() > queries);
        }
        let again = till.refund(&number(0));
        let reserved = before.iter().any(|refund| refund.state != RefundState::Declined);
        match again {
            End::Refused(_) => ensure!(reserved, "nothing stands in the way of a second try: {again:?}"),
            End::Result(ref shown) => {
                ensure!(!reserved, "I4: a second refund of all of it beside {before:?}");
                let expected = match self.play {
                    Executes => "refunded",
                    Refuses => "declined",
                    AnswerLost | Nothing => "unknown",
                };
                ensure!(shown["state"] == expected, "{expected} was to come: {shown}");
                if self.play.executes() {
                    ensure!(till.shows(|shown| shown["unresolved"] == 0), "it ended");
                }
            }
            End::Died | End::Sending => anyhow::bail!("it ended: {}", self.house.said()),
        }
        till.quit();
        let after = self.promises("at the end")?;
        if self.gateway.book().iter().any(|entry| entry.takes_money()) {
            ensure!(after.iter().any(|refund| refund.state == RefundState::Refunded), "I3: never found: {after:?}");
        }
        let guessed =
            after.iter().find(|refund| matches!(refund.state, RefundState::NotExecuted | RefundState::NotSent));
        ensure!(guessed.is_none(), "I5: decided by nobody's word: {guessed:?}");
        Ok(())
    }
}

fn run(stop: Stop, play: Play) -> anyhow::Result<()> {
    let gateway = gateway(1);
    gateway.inject(play.injection());
    let relay = Relay::to(gateway.addr());
    let house = House::bare(&relay.url());
    if !matches!(stop, Fresh(_)) {
        house.furnish(1);
    }
    let cell = Cell { house, gateway, relay, play };
    cell.stop(stop)?;
    let before = cell.promises("after the stop")?;
    cell.start_without_queries(&before)?;
    cell.start_with_queries()
}

#[test]
fn a_stop_at_any_point_loses_nothing_and_sends_nothing_twice() {
    let began = Instant::now();
    let cells = cells();
    let wanted = std::env::var("TILLBACK_CELL").ok();
    let (next, ran) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = Mutex::new(Vec::new());
    let work = || {
        while let Some((stop, play)) = cells.get(next.fetch_add(1, Ordering::SeqCst)) {
            let name = format!("{stop:?} {play:?}");
            if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
                continue;
            }
            // What fails often waits long; a few say enough.
            if failed.lock().unwrap().len() >= ENOUGH {
                return;
            }
            ran.fetch_add(1, Ordering::SeqCst);
            let ran =
                catch_unwind(|| run(*stop, *play)).unwrap_or_else(|_| Err(anyhow::anyhow!("see the panic above")));
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
    println!("T1: {ran} of {} cells, {} passed, {} s", cells.len(), ran - failed.len(), began.elapsed().as_secs());
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Points of backup and restore: no refund comes by.
fn of_copies(point: Point) -> bool {
    ["Backup", "Restore"].iter().any(|word| point.as_str().starts_with(word))
}

/// Where a thread panics: `tests/worker_crash.rs`.
fn of_threads(point: Point) -> bool {
    ["Heard", "Duty", "Turn"].iter().any(|word| point.as_str().ends_with(word))
}

#[test]
fn every_point_is_in_the_table() {
    let cells = format!("{:?}", cells());
    let by_other_names = [Point::HeadSent, Point::BodyHalfSent];
    let elsewhere = |point: &Point| of_copies(*point) || of_threads(*point);
    for point in Point::ALL.iter().filter(|point| !by_other_names.contains(point) && !elsewhere(point)) {
        assert!(cells.contains(point.as_str()), "no cell stops at {point:?}");
    }
    assert!(self::cells().len() >= 60);
}
