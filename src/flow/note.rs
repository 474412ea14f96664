//! What the conversation has to say for the record of who did what, beside the changes that the ledger records itself.
//!
//! **Never a text that was scanned in full**, unless it is the number of a sale of ours; never a PIN. **Each kind of note
//! is one kind of row**: its word stands in the ledger's list of kinds and in `docs/record.md`.

use super::effect::Effect;
use super::step::Flow;
use crate::domain::{
    Candidate, LookupFault, Money, Reason, RefundReference, Refusal, SaleId, SaleKey, ScanRefusal, ScanSource, Weighed,
};

/// Where somebody was refused something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusedAt {
    /// On the Sale screen: the sale cannot be refunded.
    Sale,
    /// On the Approval screen.
    Approval,
    /// When the refund was to be written down.
    Record,
    /// An order about a refund.
    Order,
    /// On the way in: the Locked screen, or the door of the settings.
    SignIn,
}

impl RefusedAt {
    /// The word in the record.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Approval => "approval",
            Self::Record => "record",
            Self::Order => "order",
            Self::SignIn => "sign_in",
        }
    }
}

/// Something for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A code was read and is being looked for.
    CodeRead {
        /// The text, masked.
        masked: String,
        /// What it may be.
        candidate: Candidate,
        /// Where it came from.
        source: ScanSource,
    },
    /// A code was read and refused.
    ScanRefused {
        /// The text, masked.
        masked: String,
        /// Where it came from.
        source: ScanSource,
        /// Why.
        why: ScanRefusal,
    },
    /// It led to a sale.
    SaleFound {
        /// Which.
        sale: SaleId,
        /// The number it was found by.
        number: String,
        /// True when the gateway had to be asked, false when it was in the ledger.
        at_gateway: bool,
    },
    /// It led nowhere.
    SaleNotFound {
        /// The text, masked.
        masked: String,
        /// Why.
        why: LookupFault,
    },
    /// The gateway was asked how a sale stands.
    SaleChecked {
        /// Which.
        sale: SaleId,
        /// Nothing where it confirmed it.
        fault: Option<LookupFault>,
    },
    /// The sale was put away without a refund.
    SaleLeft {
        /// Which.
        sale: SaleId,
    },
    /// A manager was asked.
    ApprovalAsked {
        /// The sale.
        sale: SaleId,
        /// How much.
        amount: Money,
        /// Why.
        reason: Reason,
    },
    /// The store's rules had something to say about it.
    RulesWeighed {
        /// The sale.
        sale: SaleId,
        /// What.
        weighed: Weighed,
    },
    /// Something was refused.
    Refused {
        /// Where.
        at: RefusedAt,
        /// The sale or refund.
        subject: String,
        /// The rule's word.
        rule: &'static str,
    },
    /// The till was locked.
    Locked {
        /// By itself, since nobody did anything.
        idle: bool,
    },
    /// A manager opened the settings.
    SettingsOpened,
    /// A manager begins training, or ends it: in whose record it stands says which.
    ModeChanged,
    /// Somebody looked for refunds by words.
    RefundsSearched {
        /// What they typed or scanned, masked.
        masked: String,
    },
    /// A manager closed a window that nobody else may close.
    WindowClosed,
    /// Somebody looked at a refund in the list.
    RefundOpened {
        /// Which.
        reference: RefundReference,
    },
}

/// A note as the record has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteFacts {
    /// The kind's word.
    pub what: &'static str,
    /// What it is about.
    pub subject: String,
    /// Further facts.
    pub detail: Vec<(&'static str, String)>,
}

const fn key_kind(key: &SaleKey) -> &'static str {
    match key {
        SaleKey::Transaction(_) => "transaction",
        SaleKey::Reference(_) => "reference",
    }
}

fn joined(words: impl Iterator<Item = &'static str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

impl Note {
    /// What stands in the record.
    pub fn facts(&self) -> NoteFacts {
        let (what, subject, detail) = match self {
            Self::CodeRead { masked, candidate, source } => {
                let mut detail =
                    vec![("source", source.as_str().to_owned()), ("kind", key_kind(&candidate.key).to_owned())];
                detail.extend(candidate.doubt.map(|doubt| ("doubt", doubt.as_str().to_owned())));
                ("code_read", masked.clone(), detail)
            }
            Self::ScanRefused { masked, source, why } => {
                let detail = vec![("source", source.as_str().to_owned()), ("why", why.as_str().to_owned())];
                ("scan_refused", masked.clone(), detail)
            }
            Self::SaleFound { sale, number, at_gateway } => {
                let place = if *at_gateway { "gateway" } else { "ledger" };
                let detail = vec![("number", number.clone()), ("where", place.to_owned())];
                ("sale_found", sale.to_string(), detail)
            }
            Self::SaleNotFound { masked, why } => {
                ("sale_not_found", masked.clone(), vec![("why", why.as_str().to_owned())])
            }
            Self::SaleChecked { sale, fault } => {
                let answer = fault.map_or("confirmed", LookupFault::as_str);
                ("sale_checked", sale.to_string(), vec![("answer", answer.to_owned())])
            }
            Self::SaleLeft { sale } => ("sale_left", sale.to_string(), vec![]),
            Self::ApprovalAsked { sale, amount, reason } => {
                let detail = vec![("amount", amount.to_string()), ("reason", reason.to_string())];
                ("approval_asked", sale.to_string(), detail)
            }
            Self::RulesWeighed { sale, weighed } => {
                let broken = joined(weighed.broken.iter().map(|rule| rule.as_str()));
                let warnings = joined(weighed.warnings.iter().map(|warning| warning.as_str()));
                ("rules_weighed", sale.to_string(), vec![("broken", broken), ("warnings", warnings)])
            }
            Self::Refused { at, subject, rule } => {
                let detail = vec![("at", at.as_str().to_owned()), ("rule", (*rule).to_owned())];
                ("refused", subject.clone(), detail)
            }
            Self::Locked { idle } => {
                let by = if *idle { "idle" } else { "person" };
                ("locked", String::new(), vec![("by", by.to_owned())])
            }
            Self::SettingsOpened => ("settings_opened", String::new(), vec![]),
            Self::WindowClosed => ("window_closed", String::new(), vec![]),
            Self::ModeChanged => ("mode_changed", String::new(), vec![]),
            Self::RefundsSearched { masked } => ("refunds_searched", masked.clone(), vec![]),
            Self::RefundOpened { reference } => ("refund_opened", reference.to_string(), vec![]),
        };
        NoteFacts { what, subject, detail }
    }

    /// A rule that refused a sale on its screen.
    pub(super) fn sale_refused(sale: &SaleId, refusal: &Refusal) -> Self {
        Self::Refused { at: RefusedAt::Sale, subject: sale.to_string(), rule: refusal.as_str() }
    }
}

impl Flow {
    /// A note by whoever is signed in.
    pub(super) fn note(&self, note: Note) -> Effect {
        Effect::Note { who: self.operator.as_ref().map(|operator| operator.id.clone()), note }
    }
}
