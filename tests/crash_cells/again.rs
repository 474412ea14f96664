//! A manager's sending again, stopped at each point from the question to the answer's commit: after a first request that
//! never left, and after one that the gateway has said three times it does not know. Then the manager's second try.

use std::io::Write;
use std::os::unix::process::ExitStatusExt;

use anyhow::{Context, ensure};
use tillback::domain::{
    Intention, NotSentCause, Outcome, Pin, Reason, Refund, RefundReference, RefundState, ResolvePolicy, Role, SaleKey,
    TransactionNo,
};
use tillback::failpoint::Point;
use tillback::ledger::Ledger;

use super::Play::Nothing;
use super::{ABORTED, ALL, ANSWERING, KILLED, Play, Shop, pairs};
use crate::till_support::{End, MANAGER, Till, check, now, number};

/// What became of the first request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    NeverLeft,
    NotExecuted,
}

/// Where sending again is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    At(Point),
    HeadOut,
    HalfOut,
    AnswerBytes(usize),
}

use Stop::{AnswerBytes, At, HalfOut, HeadOut};

pub type Cell = (First, Stop, Play);

/// Three answers, and no ten minutes between them: a proof has no time.
pub const RESOLVE: ResolvePolicy = ResolvePolicy { not_found_answers: 3, not_found_span_seconds: 0 };

pub fn cells() -> Vec<Cell> {
    let firsts = &[First::NeverLeft, First::NotExecuted];
    let table: &[(&[Stop], &[Play])] = &[
        // Nothing is sent yet, so one gateway will do.
        (&[At(Point::QueryAnswered), At(Point::QueryCommitting), At(Point::QueryCommitted)], &[Play::Executes]),
        (&[At(Point::SentCommitting), At(Point::SentCommitted), At(Point::Connecting)], &[Play::Executes, Nothing]),
        (&[HeadOut, HalfOut], &[Nothing]),
        (&[AnswerBytes(0)], ALL),
        (&[AnswerBytes(1), At(Point::AnswerBegun)], ANSWERING),
        (
            &[At(Point::AnswerRead), At(Point::SettleCommitting), At(Point::SettleCommitted), At(Point::OutcomeTold)],
            ALL,
        ),
    ];
    let with = |(stops, plays): &(&[Stop], &[Play])| {
        let cells = pairs(stops, plays, |stop, play| (stop, play));
        pairs(firsts, &cells, |first, (stop, play)| (first, stop, play))
    };
    table.iter().flat_map(with).collect()
}

pub fn run((first, stop, play): Cell) -> anyhow::Result<()> {
    let shop = Shop::open(RESOLVE);
    let reference = match first {
        First::NeverLeft => never_left(&shop),
        First::NotExecuted => not_executed(&shop)?,
    };
    shop.gateway.inject(play.times(1000));
    let waits = shop.promises("before it is sent again")?;
    let sent_before = shop.relay.refunds().len();
    stop_there(&shop, stop, &reference)?;

    let stopped = shop.promises("after the stop")?;
    let refund = one(&stopped, &reference)?;
    let left = shop.relay.refunds().len() > sent_before;
    if refund.attempt == 1 {
        ensure!(!left, "I1: it was sent again and stands as {refund:?}");
        ensure!(refund.state == one(&waits, &reference)?.state, "I5: it moved and nobody said so: {refund:?}");
    }
    shop.start_without_queries(check::open(&stopped))?;
    let before = shop.promises("before the second try")?;
    second_try(&shop, play, one(&before, &reference)?)?;

    let after = shop.finds_what_was_executed_and_refunds_again()?;
    let state = one(&after, &reference)?.state;
    let executed = shop.gateway.book().iter().any(|entry| entry.refund_reference == reference.as_str());
    let may_be = match state {
        RefundState::Refunded => executed,
        RefundState::Declined => play == Play::Refuses,
        RefundState::Unknown | RefundState::NotExecuted => !executed,
        _ => false,
    };
    ensure!(may_be, "I5: {state} at the end, executed: {executed}");
    Ok(())
}

pub fn one<'a>(refunds: &'a [Refund], reference: &RefundReference) -> anyhow::Result<&'a Refund> {
    refunds.iter().find(|refund| refund.reference == *reference).context("I3: the refund is gone")
}

/// A refund whose request found nobody to connect to, as the till records it.
pub fn never_left(shop: &Shop) -> RefundReference {
    let at = now();
    let mut ledger = Ledger::open(&shop.house.ledger_path(), shop.house.settings(), at).expect("the ledger");
    let staff = ledger.operators().expect("the staff");
    let who = |role| staff.iter().find(|person| person.role == role).expect("on the staff").id.clone();
    let sale_key = SaleKey::Transaction(TransactionNo::parse(&number(0)).unwrap());
    let view = ledger.find_sale(&sale_key).expect("a read").expect("the sale");
    let left = view.balance.left().expect("a balance");
    let intention = Intention {
        sale_id: view.sale.id.clone(),
        sale_key,
        amount: left,
        settle_currency: view.sale.settle_currency,
        reason: Reason::parse("Damaged").unwrap(),
        requester: who(Role::Cashier),
        left_seen: left,
        note: None,
    };
    let pin = Pin::parse(MANAGER.1).unwrap();
    let approval = ledger.approve(&intention, &who(Role::Manager), &pin, at).expect("an approval");
    let refund = ledger.prepare(&approval, &intention, at).expect("a record");
    drop(ledger.mark_sent(&refund.reference, at).expect("sent"));
    let outcome = Outcome::NotSent { cause: NotSentCause::Unreachable };
    ledger.settle(&refund.reference, &outcome, at).expect("settled");
    refund.reference
}

/// A refund the gateway did nothing with, and said so three times.
pub fn not_executed(shop: &Shop) -> anyhow::Result<RefundReference> {
    shop.gateway.inject(Nothing.times(1));
    let mut till = Till::start(&shop.house, "");
    let end = till.refund(&number(0));
    ensure!(matches!(&end, End::Result(shown) if shown["state"] == "unknown"), "{end:?}");
    let reference = RefundReference::parse(till.shown["refund"].as_str().unwrap_or_default())?;
    till.quit();
    for _ in 0..RESOLVE.not_found_answers {
        shop.done(&["refunds", "resolve"])?;
    }
    let refunds = shop.promises("after three answers without it")?;
    let state = one(&refunds, &reference)?.state;
    ensure!(state == RefundState::NotExecuted, "it is {state} after three answers without it");
    Ok(reference)
}

fn order(reference: &RefundReference) -> [&str; 7] {
    ["refunds", "send-again", reference.as_str(), "--by", MANAGER.0, "--reason", "The customer waits"]
}

fn stop_there(shop: &Shop, stop: Stop, reference: &RefundReference) -> anyhow::Result<()> {
    let kill_when = |failpoints: &str, seen: &dyn Fn() -> anyhow::Result<()>| -> anyhow::Result<()> {
        let mut child = shop.spawn(&order(reference), failpoints)?;
        writeln!(child.stdin.take().expect("its input"), "{}", MANAGER.1)?;
        let seen = seen();
        child.kill()?;
        let status = child.wait()?;
        seen?;
        ensure!(status.signal() == Some(KILLED), "it had ended before: {status}");
        Ok(())
    };
    let before = shop.relay.refunds().len();
    match stop {
        At(point) => {
            let (status, said) = shop.command(&order(reference), point.as_str())?;
            ensure!(status.signal() == Some(ABORTED), "it ended otherwise than at {point:?}: {status}: {said}");
            Ok(())
        }
        HeadOut => kill_when("HeadSent:1:hold", &|| shop.relay.wait_for_part_of_a_refund(before, true)),
        HalfOut => kill_when("BodyHalfSent:1:hold", &|| shop.relay.wait_for_part_of_a_refund(before, false)),
        AnswerBytes(bytes) => {
            shop.relay.limit_answers(Some(bytes));
            let done = kill_when("", &|| {
                shop.relay.wait("the answer", |relay| relay.refunds().get(before).is_some_and(|one| one.answered));
                Ok(())
            });
            shop.relay.limit_answers(None);
            done
        }
    }
}

/// The manager orders it once more. Only where the record says that nothing was sent or executed does anything go out.
fn second_try(shop: &Shop, play: Play, before: &Refund) -> anyhow::Result<()> {
    let sent_before = shop.relay.refunds().len();
    let (status, said) = shop.command(&order(&before.reference), "")?;
    ensure!(status.code().is_some(), "{status}: {said}");
    let sent = shop.relay.refunds().len() - sent_before;
    let waits = matches!(before.state, RefundState::NotSent | RefundState::NotExecuted);
    ensure!(sent == usize::from(waits), "I2: {sent} requests for a refund that was {}: {said}", before.state);
    let after = shop.promises("after the second try")?;
    let after = one(&after, &before.reference)?;
    if waits {
        ensure!(after.state == play.ends_as(), "{} was to come: {after:?}: {said}", play.ends_as());
    }
    ensure!(status.success() == waits, "{status}: {said}");
    Ok(())
}
