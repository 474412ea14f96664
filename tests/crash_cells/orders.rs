//! A manager's giving up and deciding by hand, stopped around its commit: on disk it is wholly there or not at all,
//! nothing leaves, and the manager's second try ends with one decision.

use std::os::unix::process::ExitStatusExt;

use anyhow::ensure;
use rusqlite::Connection;
use tillback::domain::{RefundReference, RefundState};
use tillback::failpoint::Point;

use super::again::{First, RESOLVE, never_left, not_executed, one};
use super::{ABORTED, MANAGER, Play, Shop, pairs};
use crate::till_support::check;

/// What the manager orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// To give up what never left, or what was found not to have been executed.
    Release(First),
    /// "The customer has the money", of what the gateway executed and the till never heard.
    SayRefunded,
    /// "It did not happen", of what the gateway did nothing with.
    SayNotExecuted,
}

pub type Cell = (Order, Point);

pub fn cells() -> Vec<Cell> {
    let given_up = [Order::Release(First::NeverLeft), Order::Release(First::NotExecuted)];
    let decided = [Order::SayRefunded, Order::SayNotExecuted];
    let mut cells = pairs(&given_up, &[Point::ReleaseCommitting, Point::ReleaseCommitted], |order, at| (order, at));
    cells.extend(pairs(&decided, &[Point::DecideCommitting, Point::DecideCommitted], |order, at| (order, at)));
    cells
}

impl Order {
    /// A refund that waits for this order.
    fn refund(self, shop: &Shop) -> anyhow::Result<RefundReference> {
        let lost = |play: Play| -> anyhow::Result<RefundReference> {
            shop.gateway.inject(play.times(1000));
            Ok(shop.stopped_with_the_answer_in_hand()?[0].reference.clone())
        };
        match self {
            Self::Release(First::NeverLeft) => Ok(never_left(shop)),
            Self::Release(First::NotExecuted) => not_executed(shop),
            Self::SayRefunded => lost(Play::Executes),
            Self::SayNotExecuted => lost(Play::Nothing),
        }
    }

    fn words(self, reference: &RefundReference) -> Vec<&str> {
        let order = if matches!(self, Self::Release(_)) { "release" } else { "decide" };
        let mut words = vec!["refunds", order, reference.as_str(), "--by", MANAGER.0, "--reason", "The dashboard"];
        match self {
            Self::Release(_) => {}
            Self::SayRefunded => words.extend(["--as", "refunded", "--evidence", "R-0815"]),
            Self::SayNotExecuted => words.extend(["--as", "not-executed", "--evidence", "R-0815"]),
        }
        words
    }

    fn ends_as(self) -> RefundState {
        match self {
            Self::Release(_) => RefundState::Abandoned,
            Self::SayRefunded => RefundState::Refunded,
            Self::SayNotExecuted => RefundState::NotExecuted,
        }
    }
}

pub fn run((order, at): Cell) -> anyhow::Result<()> {
    let shop = Shop::open(RESOLVE);
    let reference = order.refund(&shop)?;
    let waits = one(&shop.promises("before the order")?, &reference)?.state;
    let requests = shop.relay.refunds().len();
    let (status, said) = shop.command(&order.words(&reference), at.as_str())?;
    ensure!(status.signal() == Some(ABORTED), "it ended otherwise than at {at:?}: {status}: {said}");

    let stopped = shop.promises("after the stop")?;
    let refund = one(&stopped, &reference)?;
    let is_done = matches!(at, Point::ReleaseCommitted | Point::DecideCommitted);
    // The command's own start found what was left of the last one.
    let before = if waits == RefundState::Sent { RefundState::Unknown } else { waits };
    let expected = if is_done { order.ends_as() } else { before };
    ensure!(refund.state == expected, "I5: {expected} was to be there: {refund:?}");
    ensure!(refund.decision.is_some() == is_done, "I5: half an order: {refund:?}");
    ensure!(decisions(&shop, &reference)? == i64::from(is_done), "I5: half a decision is there");

    shop.start_without_queries(check::open(&stopped))?;
    let (status, said) = shop.command(&order.words(&reference), "")?;
    ensure!(status.success() != is_done, "the second try: {status}: {said}");
    let after = shop.promises("after the second try")?;
    let refund = one(&after, &reference)?;
    ensure!(refund.state == order.ends_as(), "{} was to come: {refund:?}", order.ends_as());
    ensure!(decisions(&shop, &reference)? == 1, "it was decided more than once");
    ensure!(shop.relay.refunds().len() == requests, "I2: something was sent");
    shop.finds_what_was_executed_and_refunds_again().map(drop)
}

/// How many decisions stand on record.
fn decisions(shop: &Shop, reference: &RefundReference) -> anyhow::Result<i64> {
    let database = Connection::open(shop.house.ledger_path())?;
    let sql = "SELECT count(*) FROM refund_decisions WHERE reference = ?1";
    Ok(database.query_row(sql, [reference.as_str()], |row| row.get(0))?)
}
