//! `tillback refunds send-again|release|decide`: what a manager orders about a refund, on a till without its window.
//!
//! **The same duties carry them out as under the window**, with the same checks: a manager's PIN, read unseen from the
//! terminal or as one line from standard input, never from the arguments; and before anything is sent again the
//! gateway's own word that it does not have it. **They hold the ledger as a terminal does**: while one runs, that is its
//! work.

use std::process::ExitCode;

use anyhow::{Context, bail};

use super::house::House;
use super::operators::{find, read_pin};
use crate::domain::{
    ApprovalFault, Difference, EvidenceNumber, HandDecision, LookupFault, OrderFault, Pin, Proof, Reason, Refund,
    RefundReference, Verdict,
};
use crate::flow::{OnRefunds, RefundOrder, Turn, What};

/// A manager and why.
#[derive(Debug, clap::Args)]
pub(super) struct Order {
    /// Our reference of the refund, as `refunds list` shows it
    #[arg(value_parser = RefundReference::parse)]
    reference: RefundReference,
    /// The manager who orders it: name or id. Their PIN is asked for
    #[arg(long, value_name = "NAME")]
    by: String,
    /// Why, in a few words; it is kept for ever
    #[arg(long, value_name = "TEXT", value_parser = Reason::parse)]
    reason: Reason,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Word {
    /// The customer has the money
    Refunded,
    /// It did not happen
    NotExecuted,
}

/// Send it again, under the same reference.
pub(super) fn send_again(house: &House, order: &Order) -> anyhow::Result<ExitCode> {
    carry_out(house, order, RefundOrder::SendAgain { reason: order.reason.clone() })
}

/// Give it up.
pub(super) fn release(house: &House, order: &Order) -> anyhow::Result<ExitCode> {
    carry_out(house, order, RefundOrder::Release { reason: order.reason.clone() })
}

/// Say what became of it.
pub(super) fn decide(house: &House, order: &Order, word: Word, evidence: &EvidenceNumber) -> anyhow::Result<ExitCode> {
    let verdict = match word {
        Word::Refunded => Verdict::Refunded,
        Word::NotExecuted => Verdict::NotExecuted,
    };
    let decided = HandDecision { verdict, reason: order.reason.clone(), evidence: evidence.clone() };
    carry_out(house, order, RefundOrder::Decide(decided))
}

fn carry_out(house: &House, given: &Order, order: RefundOrder) -> anyhow::Result<ExitCode> {
    let reference = &given.reference;
    let duties = house.duties()?;
    let before = duties.ledger().refund(reference)?;
    let approver = find(&duties.ledger().operators()?, &given.by)?;
    let pin = Pin::parse(&read_pin("The manager's PIN (it is not shown): ")?).context("that PIN can't be used")?;
    let (mut refused, mut after) = (None, None);
    duties.order(Turn::default(), reference, &order, (&approver, &Proof::Pin(pin)), &mut |what| match what {
        What::OnRefunds(OnRefunds::Ordered { refund, .. }) => after = Some(*refund),
        What::OnRefunds(OnRefunds::OrderRefused { why, .. }) => refused = Some(why),
        What::RefundMoved(refund) => after = Some(*refund),
        _ => {}
    });
    if let Some(why) = refused {
        bail!("{}", words_of(&why));
    }
    if let Some(refund) = &after {
        say!("{}  {} -> {}{}", refund.reference, before.state, refund.state, mark(refund));
    }
    Ok(ExitCode::SUCCESS)
}

/// What stands behind a refund in a list: whose word its state is, and what the gateway says against it.
pub(super) fn mark(refund: &Refund) -> String {
    let mut marks = String::new();
    if let Some(decision) = &refund.decision {
        marks.push_str("  decided by a person");
        if decision.confirmed_at.is_some() {
            marks.push_str(", confirmed by the gateway");
        }
    }
    match refund.contradiction.map(|contradiction| contradiction.difference) {
        Some(Difference::Reported) => marks.push_str("  CONTRADICTED: the gateway reports it"),
        Some(Difference::NotReported) => marks.push_str("  CONTRADICTED: the gateway does not know it"),
        None => {}
    }
    marks
}

fn words_of(why: &OrderFault) -> String {
    match why {
        OrderFault::Person(ApprovalFault::WrongPin { wait_seconds: 0 }) => "that PIN is not right".to_owned(),
        OrderFault::Person(ApprovalFault::WrongPin { wait_seconds } | ApprovalFault::LockedOut { wait_seconds }) => {
            format!("that PIN is not right; wait {wait_seconds} s")
        }
        OrderFault::Person(ApprovalFault::UnknownBadge) => "that badge is not known".to_owned(),
        OrderFault::Person(ApprovalFault::Refused(refusal)) => {
            format!("not allowed ({refusal:?}): it takes a manager, and what is asked must still be left of the sale")
        }
        OrderFault::Person(ApprovalFault::House(fault)) => format!("the ledger could not do it: {fault:?}"),
        OrderFault::Moved => "as it stands, that can't be done with this refund".to_owned(),
        OrderFault::Reported => "the gateway reports this refund: nothing was sent or changed".to_owned(),
        OrderFault::TooEarly { wait_seconds } => {
            format!(
                "a request may still be on its way: nobody can say that it did not happen for {wait_seconds} s more, \
                 counted by a till that runs or by the machine's own clock"
            )
        }
        OrderFault::NotAsked(why) => {
            let what = match why {
                LookupFault::GatewayDown => "it does not answer",
                LookupFault::AccessDenied => "it does not accept this terminal",
                _ => "its answer says nothing clear",
            };
            format!(
                "before it is sent again the gateway has to say that it does not have it, and {what}; nothing was sent"
            )
        }
    }
}
