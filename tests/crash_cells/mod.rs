//! The cells of T1: one stop each, in a refund, in a manager's sending again, giving up and deciding, in a copy or a restore, in a migration.
//!
//! **After each stop the same is asked**: what lies on disk against what passed on the line and what stands in the
//! gateway's own book; what the next start shows with its queries turned away; and whether a till refunds again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod again;
pub mod copies;
pub mod orders;
pub mod refund;
pub mod schema;

use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, ensure};
use tillback::domain::{Refund, RefundState, ResolvePolicy};
use tillback::sandbox::{ErrorBody, Fault, Injection, SandboxHandle};

use crate::till_support::relay::Relay;
use crate::till_support::{End, House, MANAGER, Till, check, gateway, number};

pub const ABORTED: i32 = 6;
pub const KILLED: i32 = 9;

/// What the gateway does with refunds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    Executes,
    /// Executes, and the line breaks before the answer.
    AnswerLost,
    Refuses,
    /// Does not execute, and says nothing that means anything.
    Nothing,
}

use Play::{AnswerLost, Executes, Nothing, Refuses};

pub const ALL: &[Play] = &[Executes, AnswerLost, Refuses, Nothing];
/// Where there has to be an answer.
pub const ANSWERING: &[Play] = &[Executes, Refuses, Nothing];

impl Play {
    /// So many times, with refunds of the first sale.
    pub fn times(self, times: u32) -> Injection {
        let (fault, execute) = match self {
            Executes => (Fault::Honest, true),
            AnswerLost => (Fault::ResetAfterRequest, true),
            Refuses => (Fault::RetCode { code: "000040".to_owned() }, false),
            Nothing => (Fault::Status { status: 503, body: ErrorBody::Empty }, false),
        };
        Injection::on_refund(fault).executing(execute).for_sale(&number(0)).times(times)
    }

    pub fn executes(self) -> bool {
        matches!(self, Executes | AnswerLost)
    }

    /// What a refund ends as that is asked for now and answered like this.
    pub fn ends_as(self) -> RefundState {
        match self {
            Executes => RefundState::Refunded,
            Refuses => RefundState::Declined,
            AnswerLost | Nothing => RefundState::Unknown,
        }
    }
}

/// Every pair of these.
pub fn pairs<A: Copy, B: Copy, C>(ones: &[A], others: &[B], make: impl Fn(A, B) -> C) -> Vec<C> {
    ones.iter().flat_map(|one| others.iter().map(|other| make(*one, *other)).collect::<Vec<_>>()).collect()
}

/// A store with two sales, its gateway and the line between them. The first sale is the cell's.
pub struct Shop {
    pub house: House,
    pub gateway: SandboxHandle,
    pub relay: Relay,
}

impl Shop {
    /// With nothing in the store's folder but the settings.
    pub fn bare(resolve: ResolvePolicy) -> Self {
        let gateway = gateway(2);
        let relay = Relay::to(gateway.addr());
        let house = House::with(&relay.url(), resolve);
        Self { house, gateway, relay }
    }

    pub fn open(resolve: ResolvePolicy) -> Self {
        let shop = Self::bare(resolve);
        shop.house.furnish(2);
        shop
    }

    pub fn promises(&self, when: &str) -> anyhow::Result<Vec<Refund>> {
        self.relay.wait_until_quiet();
        check::promises(&self.house, &self.relay, &self.gateway).with_context(|| when.to_owned())
    }

    /// Runs a command of the real binary to its end, with the manager's PIN on its standard input.
    pub fn command(&self, arguments: &[&str], failpoints: &str) -> std::io::Result<(ExitStatus, String)> {
        let mut child = self.spawn(arguments, failpoints)?;
        // A command that is stopped early does not read it.
        let _ = writeln!(child.stdin.take().expect("its input"), "{}", MANAGER.1);
        let done = child.wait_with_output()?;
        Ok((done.status, String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned()))
    }

    pub fn spawn(&self, arguments: &[&str], failpoints: &str) -> std::io::Result<std::process::Child> {
        let mut command: Command = self.house.command(Path::new(env!("CARGO_BIN_EXE_tillback")));
        command.args(arguments).env("TILLBACK_FAILPOINT", failpoints);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    }

    /// A command that has to do what it is for.
    pub fn done(&self, arguments: &[&str]) -> anyhow::Result<String> {
        let (status, said) = self.command(arguments, "")?;
        ensure!(status.success(), "{arguments:?}: {status}: {said}");
        Ok(said)
    }

    /// A start, its queries turned away: everything that may have been sent is shown, and stays open.
    pub fn start_without_queries(&self, open: usize) -> anyhow::Result<()> {
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

    /// A start with queries: what the gateway executed is found; and the other sale's refund goes through.
    pub fn finds_what_was_executed_and_refunds_again(&self) -> anyhow::Result<Vec<Refund>> {
        let executed = self.gateway.book().iter().any(|entry| entry.takes_money());
        let mut till = Till::start(&self.house, "");
        if executed {
            ensure!(till.shows(|shown| shown["screen"] == "locked" && shown["unresolved"] == 0), "it ended");
        }
        let end = till.refund(&number(1));
        let went = matches!(&end, End::Result(shown) if shown["state"] == "refunded");
        ensure!(went, "no refund goes through any more: {end:?}\n{}", self.house.said());
        till.quit();
        let after = self.promises("at the end")?;
        for entry in self.gateway.book().iter().filter(|entry| entry.takes_money()) {
            let found = after.iter().find(|refund| refund.reference.as_str() == entry.refund_reference);
            let found = found.map(|refund| refund.state);
            ensure!(found == Some(RefundState::Refunded), "I3: {} is {found:?}", entry.refund_reference);
        }
        Ok(after)
    }

    /// The first sale's refund, stopped with the gateway's answer in hand.
    pub fn stopped_with_the_answer_in_hand(&self) -> anyhow::Result<Vec<Refund>> {
        let mut till = Till::start(&self.house, "AnswerRead");
        let end = till.refund(&number(0));
        ensure!(end == End::Died, "it did not come by: {end:?}");
        till.ended();
        self.promises("after the first stop")
    }
}
