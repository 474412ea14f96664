//! A refund's history as the record has it: every move and every word about it, in facts that a screen can tell.

use super::decision::{Difference, EvidenceNumber};
use super::operator::OperatorId;
use super::refund::{Reason, RefundState};
use super::time::Timestamp;

/// One line of a refund's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When.
    pub at: Timestamp,
    /// Who did it; nobody for the program itself.
    pub who: Option<OperatorId>,
    /// What.
    pub step: HistoryStep,
}

/// What happened to a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryStep {
    /// It was approved and written down.
    Prepared,
    /// It was sent, for the first time.
    Sent,
    /// A manager had it sent again.
    SentAgain {
        /// Why; rows of the first version have none.
        reason: Option<Reason>,
    },
    /// It moved by the gateway's answer, or for the lack of one.
    Moved {
        /// Where to.
        to: RefundState,
        /// A code for support, when there was one.
        code: Option<String>,
        /// The gateway's number for the refund, when it gave one.
        gateway_refund_no: Option<String>,
    },
    /// A manager moved it.
    MovedByHand {
        /// Where to.
        to: RefundState,
        /// Why.
        reason: Option<Reason>,
        /// What it rests on.
        evidence: Option<EvidenceNumber>,
    },
    /// The gateway answered and did not have it.
    NotFound {
        /// The how many-th such answer in a row.
        answers: u32,
    },
    /// The gateway said what a person had decided.
    Confirmed {
        /// Its number for the refund, when it gave one.
        gateway_refund_no: Option<String>,
    },
    /// The gateway's word was found to differ from ours.
    Contradicted(Difference),
    /// A manager looked, and it stays as it is.
    Stands {
        /// Why.
        reason: Option<Reason>,
        /// What it rests on.
        evidence: Option<EvidenceNumber>,
    },
}
