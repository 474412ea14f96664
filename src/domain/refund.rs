//! A refund: its reference, its states and the only legal moves between them, and the approval it hangs on.
//!
//! **The moves in [`RefundState::after`] are all there are**; the ledger refuses any other. **Unknown is never left by
//! time alone**: only by the gateway's evidence or a named person. **Evidence beats absence**: what was not found and is
//! found later is refunded. **A refund keeps its reference for ever.**

use std::fmt;

use super::decision::{Contradiction, Decision};
use super::money::{Currency, Money};
use super::operator::OperatorId;
use super::sale::{SaleId, SaleKey};
use super::text::{is_ulid, only, text_id};
use super::time::Timestamp;

text_id!(
    /// Our reference for one intention to refund (`refundReference` on the wire): the till's name, a dash, a ULID.
    /// Made before the first attempt and the same on every later one.
    RefundReference, max 64, |text| only(text, |c| c.is_ascii_alphanumeric() || c == '-')
);

text_id!(
    /// One approval by one person, used once: a ULID.
    ApprovalId, max 26, is_ulid
);

text_id!(
    /// Why the customer gets the money back, as chosen from the store's list or written under "Other".
    Reason, max 120, |text| only(text, |c| !c.is_control())
);

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundState {
    /// In the ledger, nothing sent.
    Prepared,
    /// Being sent, or sent and no answer yet.
    Sent,
    /// The gateway executed it. Final.
    Refunded,
    /// The gateway refused it, definitely. Final.
    Declined,
    /// The gateway accepted it and has not finished.
    Pending,
    /// It may or may not have been executed. Never shown as failed, never retried blindly.
    Unknown,
    /// It failed before the first byte: the gateway cannot know of it.
    NotSent,
    /// Queries have shown that it was not executed.
    NotExecuted,
    /// A person gave it up while it was known not to be executed. Final.
    Abandoned,
}

/// What moves a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundMove {
    /// The request is about to be sent (first time, or again after it was shown not to be executed).
    Send,
    /// Executed, by the gateway's evidence.
    Succeed,
    /// Refused, by the gateway's evidence.
    Decline,
    /// Accepted, not finished.
    Wait,
    /// The answer was lost, did not match or could not be read; or the program stopped in between.
    Lose,
    /// It failed before the first byte was sent.
    FailBeforeSending,
    /// Readable queries over the grace period did not find it.
    NotFound,
    /// A person gives it up.
    Abandon,
    /// A person says that it was executed: from `Unknown`, `Pending` and `NotExecuted`; where the gateway contradicts
    /// what we hold, from every other state in which we count it as not executed.
    Attest,
    /// A person says that it was not executed.
    Deny,
}

impl RefundMove {
    /// Every move.
    pub const ALL: [Self; 10] = [
        Self::Send,
        Self::Succeed,
        Self::Decline,
        Self::Wait,
        Self::Lose,
        Self::FailBeforeSending,
        Self::NotFound,
        Self::Abandon,
        Self::Attest,
        Self::Deny,
    ];
}

impl RefundState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Prepared,
        Self::Sent,
        Self::Refunded,
        Self::Declined,
        Self::Pending,
        Self::Unknown,
        Self::NotSent,
        Self::NotExecuted,
        Self::Abandoned,
    ];

    /// The state after a move, or nothing where the move is not legal.
    pub const fn after(self, by: RefundMove) -> Option<Self> {
        use RefundMove as M;
        Some(match (self, by) {
            (Self::Prepared | Self::NotSent | Self::NotExecuted, M::Send) => Self::Sent,
            (Self::Prepared | Self::Sent, M::FailBeforeSending) => Self::NotSent,
            (Self::Prepared | Self::Sent, M::Lose) => Self::Unknown,
            (Self::Sent | Self::Pending | Self::Unknown | Self::NotExecuted, M::Succeed) => Self::Refunded,
            (Self::Sent | Self::Pending, M::Decline) => Self::Declined,
            (Self::Sent | Self::Unknown, M::Wait) => Self::Pending,
            (Self::Unknown, M::NotFound) => Self::NotExecuted,
            (Self::NotSent | Self::NotExecuted, M::Abandon) => Self::Abandoned,
            (Self::Unknown | Self::Pending | Self::NotExecuted, M::Attest) => Self::Refunded,
            (Self::NotSent | Self::Declined | Self::Abandoned, M::Attest) => Self::Refunded,
            (Self::Unknown | Self::Pending, M::Deny) => Self::NotExecuted,
            _ => return None,
        })
    }

    /// True while the amount must be kept back from the sale: the money may have gone or may still go. A refund that
    /// only a person says was not executed keeps it too: ask [`Refund::reserves`].
    pub const fn reserves(self) -> bool {
        matches!(self, Self::Prepared | Self::Sent | Self::Pending | Self::Unknown)
    }

    /// True where the refund counts as one of the sale's refunds: executed or perhaps executed.
    pub const fn counts(self) -> bool {
        self.reserves() || matches!(self, Self::Refunded)
    }

    /// True where no further move is legal, but that a manager accepts the gateway's word against ours.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Refunded | Self::Declined | Self::Abandoned)
    }

    /// True where a query can tell more: what is shown as "being checked".
    pub const fn is_unresolved(self) -> bool {
        matches!(self, Self::Sent | Self::Pending | Self::Unknown)
    }

    /// The word in the ledger and in exports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sent => "sent",
            Self::Refunded => "refunded",
            Self::Declined => "declined",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
            Self::NotSent => "not_sent",
            Self::NotExecuted => "not_executed",
            Self::Abandoned => "abandoned",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl fmt::Display for RefundState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why a refund's outcome is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnknownCause {
    /// No answer in time, though the request may have arrived.
    TimedOut,
    /// The connection broke after the request began to be sent.
    ConnectionLost,
    /// An answer that cannot be read, or an HTTP error without a readable body.
    Unreadable,
    /// The gateway or the wallet reported an error of its own.
    GatewayError,
    /// The answer names another refund, sale, amount or currency than was asked.
    Mismatch,
    /// A return code or status we have no published meaning for.
    UnheardOf,
    /// The program stopped between sending and recording the answer.
    Interrupted,
}

impl UnknownCause {
    /// Every cause.
    pub const ALL: [Self; 7] = [
        Self::TimedOut,
        Self::ConnectionLost,
        Self::Unreadable,
        Self::GatewayError,
        Self::Mismatch,
        Self::UnheardOf,
        Self::Interrupted,
    ];

    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::ConnectionLost => "connection_lost",
            Self::Unreadable => "unreadable",
            Self::GatewayError => "gateway_error",
            Self::Mismatch => "mismatch",
            Self::UnheardOf => "unheard_of",
            Self::Interrupted => "interrupted",
        }
    }

    /// The cause of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }
}

/// Why the gateway refused, in our words, not in its codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeclineCause {
    /// The gateway knows no such sale.
    NoSuchSale,
    /// The sale is not paid, or already refunded in full.
    SaleStatus,
    /// The terminal's credentials are wrong: bad signature, wrong store.
    AccessDenied,
    /// The gateway does not accept what was sent.
    BadRequest,
    /// The wallet refused it.
    Wallet,
}

impl DeclineCause {
    /// Every cause.
    pub const ALL: [Self; 5] = [Self::NoSuchSale, Self::SaleStatus, Self::AccessDenied, Self::BadRequest, Self::Wallet];

    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoSuchSale => "no_such_sale",
            Self::SaleStatus => "sale_status",
            Self::AccessDenied => "access_denied",
            Self::BadRequest => "bad_request",
            Self::Wallet => "wallet",
        }
    }

    /// The cause of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }
}

/// Why nothing could be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotSentCause {
    /// The gateway's name could not be resolved: no network, or a wrong name.
    NameNotFound,
    /// Nobody answered at the address, or it refused.
    Unreachable,
    /// TLS could not be set up: wrong clock, wrong certificate, somebody in between.
    NotTrusted,
    /// The terminal refused to send: no token, or a host that is not allowed.
    Configuration,
}

impl NotSentCause {
    /// Every cause.
    pub const ALL: [Self; 4] = [Self::NameNotFound, Self::Unreachable, Self::NotTrusted, Self::Configuration];

    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameNotFound => "name_not_found",
            Self::Unreachable => "unreachable",
            Self::NotTrusted => "not_trusted",
            Self::Configuration => "configuration",
        }
    }

    /// The cause of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.as_str() == word)
    }
}

/// What became of one attempt to refund, or what a query showed of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Executed; the gateway's number for the refund, when it gave one.
    Refunded {
        /// `refundTransactionNo`, or the id in `refundInfo`.
        gateway_refund_no: Option<String>,
    },
    /// Refused, definitely; nothing was executed.
    Declined {
        /// Why, in our words.
        cause: DeclineCause,
        /// The gateway's code, for support.
        code: String,
    },
    /// Accepted, not final.
    Pending,
    /// May or may not have been executed.
    Unknown {
        /// Why we do not know.
        cause: UnknownCause,
        /// A code for support: the gateway's `ret_code`, or `HTTP 502`, never a body.
        code: Option<String>,
    },
    /// Failed before the first byte.
    NotSent {
        /// Why.
        cause: NotSentCause,
    },
    /// Shown not to have been executed, by enough readable queries.
    NotExecuted,
}

impl Outcome {
    /// The move this outcome makes in the refund's life.
    pub const fn as_move(&self) -> RefundMove {
        match self {
            Self::Refunded { .. } => RefundMove::Succeed,
            Self::Declined { .. } => RefundMove::Decline,
            Self::Pending => RefundMove::Wait,
            Self::Unknown { .. } => RefundMove::Lose,
            Self::NotSent { .. } => RefundMove::FailBeforeSending,
            Self::NotExecuted => RefundMove::NotFound,
        }
    }
}

/// What somebody asks for, before anyone approved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intention {
    /// The sale.
    pub sale_id: SaleId,
    /// How the gateway is told which sale it is.
    pub sale_key: SaleKey,
    /// How much.
    pub amount: Money,
    /// The currency the store is settled in.
    pub settle_currency: Currency,
    /// Why.
    pub reason: Reason,
    /// Who asks.
    pub requester: OperatorId,
    /// What was left to refund when they asked: the approval holds for that and nothing else.
    pub left_seen: Money,
    /// What the manager who lifts a rule of the store writes about it.
    pub note: Option<Reason>,
}

/// A person's yes to exactly one intention, for a short time, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Its id; a refund carries it, no two refunds the same.
    pub id: ApprovalId,
    /// What was approved, to the letter.
    pub intention: Intention,
    /// Who approved.
    pub approver: OperatorId,
    /// When.
    pub approved_at: Timestamp,
    /// From when on it is void.
    pub expires_at: Timestamp,
}

/// A refund as the ledger has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// Our reference, the refund's id.
    pub reference: RefundReference,
    /// The sale it belongs to.
    pub sale_id: SaleId,
    /// How the gateway is told which sale it is.
    pub sale_key: SaleKey,
    /// How much.
    pub amount: Money,
    /// The currency the store is settled in.
    pub settle_currency: Currency,
    /// Why the customer gets it.
    pub reason: Reason,
    /// Who asked.
    pub requester: OperatorId,
    /// Who approved.
    pub approver: OperatorId,
    /// The approval it used up.
    pub approval_id: ApprovalId,
    /// Which of its requests is the last, from 1.
    pub attempt: u32,
    /// Where it stands.
    pub state: RefundState,
    /// The outcome that brought it there; nothing while `Prepared` or `Sent`.
    pub outcome: Option<Outcome>,
    /// The person's decision that the state rests on, where it rests on one.
    pub decision: Option<Decision>,
    /// What the gateway says against the state, until a manager has looked.
    pub contradiction: Option<Contradiction>,
    /// When it was first recorded.
    pub created_at: Timestamp,
    /// When it last moved.
    pub updated_at: Timestamp,
    /// Which till made it.
    pub till: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn final_states_do_not_move() {
        for state in RefundState::ALL {
            let mut moves: Vec<_> = RefundMove::ALL.into_iter().filter(|by| state.after(*by).is_some()).collect();
            moves.retain(|by| !(state.is_final() && *by == RefundMove::Attest));
            assert_eq!(moves.is_empty(), state.is_final(), "{state}");
        }
        assert!(RefundMove::ALL.iter().all(|by| RefundState::Refunded.after(*by).is_none()));
    }

    #[test]
    fn a_person_moves_only_what_the_gateway_left_open_or_contradicts() {
        let from = |by| RefundState::ALL.into_iter().filter(move |state| state.after(by).is_some()).collect::<Vec<_>>();
        assert_eq!(from(RefundMove::Deny), [RefundState::Pending, RefundState::Unknown]);
        assert!(
            !from(RefundMove::Attest)
                .iter()
                .any(|state| matches!(state, RefundState::Prepared | RefundState::Sent | RefundState::Refunded))
        );
        for state in RefundState::ALL {
            assert!(state.after(RefundMove::Attest).is_none_or(|next| next == RefundState::Refunded));
            assert!(state.after(RefundMove::Deny).is_none_or(|next| next == RefundState::NotExecuted));
        }
    }

    #[test]
    fn nothing_is_sent_again_unless_it_is_known_not_to_have_been_executed() {
        let may_send: Vec<_> = RefundState::ALL.into_iter().filter(|s| s.after(RefundMove::Send).is_some()).collect();
        assert_eq!(may_send, [RefundState::Prepared, RefundState::NotSent, RefundState::NotExecuted]);
    }

    #[test]
    fn money_is_released_only_by_a_definite_answer() {
        for state in RefundState::ALL.into_iter().filter(|state| state.reserves()) {
            // A person's "it did not happen" keeps the amount all the same: `Refund::reserves`.
            for by in RefundMove::ALL.into_iter().filter(|by| *by != RefundMove::Deny) {
                let released = state.after(by).is_some_and(|next| !next.counts());
                let definite = matches!(by, RefundMove::Decline | RefundMove::FailBeforeSending | RefundMove::NotFound);
                assert!(!released || definite, "{state} {by:?}");
            }
        }
    }

    #[test]
    fn every_word_reads_back() {
        for state in RefundState::ALL {
            assert_eq!(RefundState::parse(state.as_str()), Some(state));
        }
        for cause in UnknownCause::ALL {
            assert_eq!(UnknownCause::parse(cause.as_str()), Some(cause));
        }
        for cause in DeclineCause::ALL {
            assert_eq!(DeclineCause::parse(cause.as_str()), Some(cause));
        }
        for cause in NotSentCause::ALL {
            assert_eq!(NotSentCause::parse(cause.as_str()), Some(cause));
        }
    }
}
