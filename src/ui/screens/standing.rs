//! How a refund stands, wherever it is shown: its tone, its word, and whose word that is.

use crate::domain::{Refund, RefundState};
use crate::ui::desk::Desk;
use crate::ui::widgets::Tone;

/// Its tone and its word.
pub const fn face(refund: &Refund) -> (Tone, &'static str) {
    if refund.contradiction.is_some() {
        // Not refused: the money may well have gone. A cross means that it has not.
        return (Tone::Ask, "refund-contradicted");
    }
    match refund.state {
        RefundState::Refunded => (Tone::Good, "result-refunded"),
        RefundState::Declined => (Tone::Bad, "result-declined"),
        RefundState::Pending => (Tone::Ask, "result-pending"),
        RefundState::Unknown => (Tone::Ask, "result-unknown"),
        RefundState::Prepared | RefundState::Sent => (Tone::Ask, "refund-sent"),
        RefundState::NotSent => (Tone::Bad, "result-not-sent"),
        RefundState::NotExecuted => (Tone::Bad, "result-not-executed"),
        RefundState::Abandoned => (Tone::Tell, "refund-abandoned"),
    }
}

/// "Decided by a person", where the state rests on one's word.
pub fn whose_word(desk: &Desk<'_>, refund: &Refund) -> Option<String> {
    refund.decision.as_ref().map(|_| desk.say("refund-by-a-person"))
}
