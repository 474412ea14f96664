//! What a person decides about a refund that the gateway did not decide, and what the gateway says against it later.
//!
//! **A decision is a named person's, with a written reason, and is shown for ever as theirs.** **The gateway's later
//! word never overwrites it silently**: it confirms it, or it stands beside it as a contradiction until a manager has
//! looked. **A refund that a person says did not happen keeps its amount** until it is sent again or given up.

use super::operator::OperatorId;
use super::refund::{Reason, Refund, RefundState};
use super::text::{only, text_id};
use super::time::Timestamp;

text_id!(
    /// What a decision rests on: the number of the refund in the gateway's dashboard, of the customer's bill, or of the
    /// case at the gateway's support. Printable characters of any script.
    EvidenceNumber, max 100, |text| only(text, |c| !c.is_control())
);

/// What a person says about the customer's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// "The customer has the money."
    Refunded,
    /// "It did not happen."
    NotExecuted,
}

/// A person's word about a refund, with why and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandDecision {
    /// What they say.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// What it rests on.
    pub evidence: EvidenceNumber,
}

/// What a person decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecisionKind {
    /// That it was executed.
    Refunded,
    /// That it was not executed.
    NotExecuted,
    /// To give it up.
    Abandoned,
    /// To send it again.
    SentAgain,
    /// That it stays as it is, though the gateway's word differs.
    Stands,
}

impl DecisionKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Refunded, Self::NotExecuted, Self::Abandoned, Self::SentAgain, Self::Stands];

    /// The word in the ledger; where the decision moved the refund, the word of its new state.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refunded => "refunded",
            Self::NotExecuted => "not_executed",
            Self::Abandoned => "abandoned",
            Self::SentAgain => "sent_again",
            Self::Stands => "stands",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// The decision on which a refund's present state rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub kind: DecisionKind,
    /// By whom.
    pub by: OperatorId,
    /// Why, as they wrote it.
    pub reason: Reason,
    /// What it rests on; giving up asks for none.
    pub evidence: Option<EvidenceNumber>,
    /// When.
    pub at: Timestamp,
    /// When the gateway said the same.
    pub confirmed_at: Option<Timestamp>,
}

/// How the gateway's word differs from the ledger's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Difference {
    /// The gateway reports the refund, though we count it as not executed, or reports it otherwise than it was asked.
    Reported,
    /// A person decided that it was executed, and the gateway does not know it.
    NotReported,
}

impl Difference {
    /// Every difference.
    pub const ALL: [Self; 2] = [Self::Reported, Self::NotReported];

    /// The word in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::NotReported => "not_reported",
        }
    }

    /// The difference of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|difference| difference.as_str() == word)
    }
}

/// A difference that no manager has looked at yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contradiction {
    /// How the two differ.
    pub difference: Difference,
    /// Since when we know.
    pub since: Timestamp,
}

/// What a manager can do about a refund as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefundAction {
    /// Ask the gateway now.
    Check,
    /// Send the request again under the same reference.
    SendAgain,
    /// Give it up; its amount is free.
    Release,
    /// Decide by hand, one way.
    SayRefunded,
    /// Decide by hand, the other way; on a contradiction that it stays as it is.
    SayNotExecuted,
}

impl Refund {
    /// True while the amount must be kept back from the sale: the money may have gone or may still go, or only a
    /// person's word says that it did not.
    pub fn reserves(&self) -> bool {
        let by_word = self.state == RefundState::NotExecuted && self.decision.is_some();
        self.state.reserves() || by_word
    }

    /// True where the refund counts as one of the sale's refunds: executed or perhaps executed.
    pub fn counts(&self) -> bool {
        self.reserves() || self.state.counts()
    }

    /// True where the present state is a person's word that the gateway has not confirmed.
    pub fn rests_on_a_person(&self) -> bool {
        self.decision.as_ref().is_some_and(|decision| decision.confirmed_at.is_none())
    }

    /// True where a manager has something to do: it waits, or the gateway contradicts it.
    pub fn waits_for_a_manager(&self) -> bool {
        self.contradiction.is_some() || matches!(self.state, RefundState::NotSent | RefundState::NotExecuted)
    }

    /// Whether this can be done with the refund as it stands; the ledger checks it again.
    pub fn allows(&self, action: RefundAction) -> bool {
        use RefundState as S;
        let contradicted = self.contradiction.is_some();
        match action {
            RefundAction::Check => !matches!(self.state, S::Prepared | S::Sent),
            RefundAction::SendAgain => !contradicted && matches!(self.state, S::NotSent | S::NotExecuted),
            RefundAction::Release => !contradicted && matches!(self.state, S::NotSent | S::NotExecuted),
            RefundAction::SayRefunded => match self.state {
                S::Unknown | S::Pending | S::NotExecuted => true,
                S::NotSent | S::Declined | S::Abandoned | S::Refunded => contradicted,
                S::Prepared | S::Sent => false,
            },
            RefundAction::SayNotExecuted => match self.state {
                S::Unknown | S::Pending => true,
                S::NotSent | S::NotExecuted | S::Declined | S::Abandoned => contradicted,
                S::Prepared | S::Sent | S::Refunded => false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for kind in DecisionKind::ALL {
            assert_eq!(DecisionKind::parse(kind.as_str()), Some(kind));
        }
        for difference in Difference::ALL {
            assert_eq!(Difference::parse(difference.as_str()), Some(difference));
        }
    }
}
