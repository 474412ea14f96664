//! What stands on paper in the words of the window: a refund's slip for the customer and the store, and the test page.
//!
//! **A slip says how the refund stands, and no more**: one that is being checked is headed so and promises nothing.
//! **From the second on a slip says that it is a copy.** Practice is marked at both ends.

use std::sync::{Mutex, PoisonError};

use jiff::tz::TimeZone;

use super::format::{self, StoreTime};
use super::i18n::{self, Words, count, text};
use crate::devices::document::{Document, Row, Size};
use crate::domain::{Language, Outcome, RefundState, Report, SlipCopies, Timestamp};
use crate::terminal::{Scribe, SlipFacts};

/// Writes the slips of one till.
#[derive(Debug)]
pub struct SlipWriter {
    /// The store's name.
    pub store: String,
    /// The till's name.
    pub till: String,
    /// Practice: marked on every slip.
    pub training: bool,
    /// For whom there is a slip.
    pub copies: SlipCopies,
    /// In which language, until another one is chosen.
    pub language: Mutex<Language>,
    /// In which zone times are.
    pub zone: TimeZone,
}

/// For whom a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Customer,
    Store,
}

impl Scribe for SlipWriter {
    fn slip(&self, facts: &SlipFacts) -> Document {
        let name = format!("refund-{}-{}-{}", facts.refund.reference, facts.refund.state, facts.number);
        let mut slips = match self.copies {
            SlipCopies::Customer => vec![For::Customer],
            SlipCopies::Store => vec![For::Store],
            SlipCopies::Both => vec![For::Customer, For::Store],
        }
        .into_iter()
        .map(|whose| self.one(facts, whose));
        let first = slips.next().unwrap_or_default();
        let all = slips.fold(first, |all, next| all.row(Row::Cut).then(next));
        Document { rows: all.rows, ..Document::new(&name) }
    }

    fn report(&self, report: &Report) -> Document {
        self.report_paper(report)
    }

    fn speak(&self, language: Option<Language>) {
        let language = language.unwrap_or_else(i18n::of_system);
        *self.language.lock().unwrap_or_else(PoisonError::into_inner) = language;
    }

    fn test_page(&self, at: Timestamp) -> Document {
        let words = Words::new(self.language());
        let document = self.head(&words, Document::new("printer-test"), at);
        let document = document.centred(&words.say("paper-test"), Size::Large, true).rule();
        // Every kind of row, so that what is wrong with a printer's settings is seen at once.
        let document = document
            .text(&words.say("paper-test-how"))
            .text("áéíóúñç ÄÖÜß € ¥ £")
            .text("退款 退款單 환불")
            .pair(&words.say("paper-test-left"), &words.say("paper-test-right"))
            .row(Row::Qr("297553638301777927".to_owned()))
            .digits("297553638301777927")
            .row(Row::Code128("297553638301777927".to_owned()));
        self.foot(&words, document)
    }
}

impl SlipWriter {
    pub(super) fn language(&self) -> Language {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn time(&self) -> StoreTime {
        StoreTime::new(self.zone.clone())
    }

    pub(super) fn head(&self, words: &Words, document: Document, at: Timestamp) -> Document {
        let document = self.marked(words, document);
        let place = words
            .with("paper-place", &[("till", text(self.till.as_str())), ("when", text(self.time().stamp(words, at)))]);
        document.centred(&self.store, Size::Tall, true).centred(&place, Size::Plain, false).rule()
    }

    pub(super) fn foot(&self, words: &Words, document: Document) -> Document {
        self.marked(words, document.space())
    }

    fn marked(&self, words: &Words, document: Document) -> Document {
        if self.training { document.centred(&words.say("paper-training"), Size::Tall, true) } else { document }
    }

    fn one(&self, facts: &SlipFacts, whose: For) -> Document {
        let words = Words::new(self.language());
        let refund = &facts.refund;
        let (title, said) = said_of(refund.state);
        let document = self.head(&words, Document::new(""), refund.updated_at);
        let mut document = document.centred(&words.say(title), Size::Large, true);
        if facts.number > 1 {
            let copy = words.with("paper-copy", &[("number", count(copy_number(facts.number)))]);
            let printed = words.with("paper-printed", &[("when", text(self.time().stamp(&words, facts.at)))]);
            document = document.centred(&copy, Size::Large, true).centred(&printed, Size::Plain, false);
        }
        document = document.centred(&words.amount(refund.amount), Size::Large, true).space();
        let wallet = facts.wallet.as_deref().map_or_else(|| words.say("result-your-wallet"), format::wallet);
        document = document.text(&words.with(said, &[("wallet", text(wallet))])).rule();
        document = self.numbers(&words, document, facts);
        document = document
            .rule()
            .pair(&words.say("approval-asked-by"), &facts.requester)
            .pair(&words.say("refund-approved"), &facts.approver)
            .pair(&words.say("paper-reason"), refund.reason.as_str());
        if whose == For::Store {
            let line = "_".repeat(24);
            document = document.space().space().pair(&words.say("paper-signature"), &line);
        }
        let whose = words.say(match whose {
            For::Customer => "paper-for-customer",
            For::Store => "paper-for-store",
        });
        self.foot(&words, document.space().centred(&whose, Size::Plain, false))
    }

    fn numbers(&self, words: &Words, mut document: Document, facts: &SlipFacts) -> Document {
        let refund = &facts.refund;
        if let Some(wallet) = &facts.wallet {
            document = document.pair(&words.say("paper-wallet"), &format::wallet(wallet));
        }
        if let Some(number) = &facts.transaction_no {
            document = document
                .text(&words.say("paper-sale"))
                .digits(number.as_str())
                .row(Row::Qr(number.as_str().to_owned()))
                .row(Row::Code128(number.as_str().to_owned()));
        }
        if let Some(invoice) = &facts.invoice {
            document = document.pair(&words.say("paper-invoice"), invoice.as_str());
        }
        document = document.pair(&words.say("result-reference"), refund.reference.as_str());
        match &refund.outcome {
            Some(Outcome::Refunded { gateway_refund_no: Some(number) }) => {
                document.pair(&words.say("result-number"), &format::grouped(number))
            }
            Some(Outcome::Declined { code, .. }) => document.text(&words.with("support-code", &[("code", text(code))])),
            _ => document,
        }
    }
}

/// The slip after the original is the first copy.
fn copy_number(number: u32) -> usize {
    usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// What a slip is headed with, and what it says of the money.
const fn said_of(state: RefundState) -> (&'static str, &'static str) {
    match state {
        RefundState::Refunded => ("result-refunded", "paper-refunded"),
        RefundState::Declined => ("result-declined", "paper-declined"),
        RefundState::Pending => ("paper-open", "paper-pending"),
        RefundState::Unknown | RefundState::Sent | RefundState::Prepared => ("paper-open", "paper-unknown"),
        RefundState::NotSent => ("result-not-sent", "paper-not-refunded"),
        RefundState::NotExecuted | RefundState::Abandoned => ("result-not-executed", "paper-not-refunded"),
    }
}
