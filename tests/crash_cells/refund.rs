//! A refund stopped at each point of its life, at a start and at a query; then the cashier's second try at it.

use std::os::unix::process::ExitStatusExt;

use anyhow::ensure;
use tillback::domain::{Refund, RefundState, ResolvePolicy};
use tillback::failpoint::Point;

use super::Play::{Executes, Nothing};
use super::{ABORTED, ALL, ANSWERING, KILLED, Play, Shop, pairs};
use crate::till_support::{End, Till, check, number};

/// Gateways whose refunds end, if only by a query.
const SETTLED: &[Play] = &[Executes, Play::AnswerLost, Play::Refuses];
/// Half of what a sale was paid with.
const HALF: &str = "19.95";

/// Where the till is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
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
    /// It aborts there in a refund that wants two managers.
    Two(Point),
}

use Stop::{Again, AnswerBytes, At, Fresh, HalfOut, HeadOut, Two};

/// The table: where, and with which gateways.
pub fn cells() -> Vec<(Stop, Play)> {
    let table: &[(&[Stop], &[Play])] = &[
        (
            &[Fresh(Point::MigrateCommitting), Fresh(Point::MigrateCommitted), Fresh(Point::IntroduceCommitting)],
            &[Executes],
        ),
        (&[Fresh(Point::IntroduceCommitted)], &[Executes]),
        (&[At(Point::PrepareCommitting), At(Point::PrepareCommitted)], ALL),
        (&[At(Point::SentCommitting), At(Point::SentCommitted)], ALL),
        // Which of two refunds is unknown for ever, what waits for everything to be settled cannot tell: no `Nothing`.
        (&[Two(Point::ApproveCommitting), Two(Point::ApproveCommitted), Two(Point::PrepareCommitting)], SETTLED),
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
    table.iter().flat_map(|(stops, plays)| pairs(stops, plays, |stop, play| (stop, play))).collect()
}

pub fn run(stop: Stop, play: Play) -> anyhow::Result<()> {
    if let Two(point) = stop {
        return two_managers(point, play);
    }
    let shop = Shop::bare(ResolvePolicy::default());
    if !matches!(stop, Fresh(_)) {
        shop.house.furnish(2);
    }
    shop.gateway.inject(play.times(1000));
    stop_there(&shop, stop)?;
    let before = shop.promises("after the stop")?;
    let settled = before.iter().any(|refund| matches!(refund.state, RefundState::Refunded | RefundState::Declined));
    let may_have_left = !shop.relay.refunds().is_empty();
    let open = check::open(&before);
    ensure!(!may_have_left || settled || open > 0, "I3: a request left and nothing is open: {before:?}");
    shop.start_without_queries(open)?;
    second_try(&shop, play)
}

fn stop_there(shop: &Shop, stop: Stop) -> anyhow::Result<()> {
    match stop {
        At(point) => abort_in_a_refund(shop, point),
        Fresh(point) => {
            let status = Till::start(&shop.house, point.as_str()).ended();
            ensure!(status.signal() == Some(ABORTED), "it did not come by {point:?}: {status}");
            shop.house.furnish(2);
            Ok(())
        }
        Two(_) => Ok(()),
        HeadOut | HalfOut => {
            let point = if stop == HeadOut { Point::HeadSent } else { Point::BodyHalfSent };
            let mut till = Till::start(&shop.house, &format!("{}:1:hold", point.as_str()));
            ensure!(till.send(&number(0)) == End::Sending, "it was not sent: {}", till.shown);
            shop.relay.wait_for_part_of_a_refund(0, stop == HeadOut)?;
            ensure!(till.kill().signal() == Some(KILLED), "it had ended before");
            Ok(())
        }
        AnswerBytes(bytes) => {
            shop.relay.limit_answers(Some(bytes));
            let mut till = Till::start(&shop.house, "");
            ensure!(till.send(&number(0)) == End::Sending, "it was not sent: {}", till.shown);
            shop.relay.wait("the answer", |relay| relay.refunds().iter().any(|passed| passed.answered));
            shop.relay.limit_answers(None);
            ensure!(till.kill().signal() == Some(KILLED), "it had ended before");
            Ok(())
        }
        Again(point, answered) => {
            shop.stopped_with_the_answer_in_hand()?;
            shop.relay.turn_queries_away(!answered);
            let status = Till::start(&shop.house, point.as_str()).ended();
            shop.relay.turn_queries_away(false);
            ensure!(status.signal() == Some(ABORTED), "the next start did not come by {point:?}: {status}");
            Ok(())
        }
    }
}

/// Half of the sale is refunded; the same amount again minutes later wants two managers. Stopped before anything of it is
/// recorded as a refund, it is asked for anew, both say yes, and it ends as the gateway has it.
fn two_managers(point: Point, play: Play) -> anyhow::Result<()> {
    let shop = Shop::open(ResolvePolicy::default());
    shop.house.want_two_managers();
    let mut till = Till::start(&shop.house, "");
    let first = till.refund_part(&number(0), HALF);
    ensure!(matches!(&first, End::Result(shown) if shown["state"] == "refunded"), "{first:?}");
    till.quit();
    shop.gateway.inject(play.times(1000));
    abort_in_a_refund(&shop, point)?;
    let before = shop.promises("after the stop")?;
    ensure!(before.len() == 1 && check::open(&before) == 0, "recorded before both had said yes: {before:?}");
    let mut till = Till::start(&shop.house, "");
    let again = till.refund(&number(0));
    let ended = matches!(&again, End::Result(shown) if shown["state"] == play.ends_as().as_str());
    ensure!(ended, "{} was to come: {again:?}", play.ends_as());
    till.quit();
    shop.finds_what_was_executed_and_refunds_again().map(drop)
}

fn abort_in_a_refund(shop: &Shop, point: Point) -> anyhow::Result<()> {
    let mut till = Till::start(&shop.house, point.as_str());
    let end = till.refund(&number(0));
    // Behind the last point the result may have been shown already.
    ensure!(end == End::Died || matches!(end, End::Result(_)), "it did not come by {point:?}: {end:?}");
    let status = till.ended();
    ensure!(status.signal() == Some(ABORTED), "it ended otherwise than at {point:?}: {status}");
    Ok(())
}

/// A start with queries, and the cashier's second try; then another sale's refund.
fn second_try(shop: &Shop, play: Play) -> anyhow::Result<()> {
    let queries = shop.relay.queries();
    let before = shop.promises("before the last start")?;
    let executed = shop.gateway.book().iter().any(|entry| entry.takes_money());
    let mut till = Till::start(&shop.house, "");
    if executed {
        ensure!(till.shows(|shown| shown["screen"] == "locked" && shown["unresolved"] == 0), "it ended");
    } else if check::open(&before) > 0 {
        shop.relay.wait("a query", |relay| relay.queries() > queries);
    }
    let again = till.refund(&number(0));
    let reserved = before.iter().any(|refund| refund.state != RefundState::Declined);
    match again {
        End::Refused(_) => ensure!(reserved, "nothing stands in the way of a second try: {again:?}"),
        End::Result(ref shown) => {
            ensure!(!reserved, "I4: a second refund of all of it beside {before:?}");
            ensure!(shown["state"] == play.ends_as().as_str(), "{} was to come: {shown}", play.ends_as());
            if play.executes() {
                ensure!(till.shows(|shown| shown["unresolved"] == 0), "it ended");
            }
        }
        End::Died | End::Sending => anyhow::bail!("it ended: {}", shop.house.said()),
    }
    till.quit();
    let after = shop.finds_what_was_executed_and_refunds_again()?;
    let guessed =
        after.iter().find(|refund: &&Refund| matches!(refund.state, RefundState::NotExecuted | RefundState::NotSent));
    ensure!(guessed.is_none(), "I5: decided by nobody's word: {guessed:?}");
    Ok(())
}
