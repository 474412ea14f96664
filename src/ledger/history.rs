//! Refunds to look at: page by page for a screen, searched by anything, and the history of one.
//!
//! **Reading alone.** **Every read is bounded**: a page by its length, a search by how far back it looks, a history by
//! how many lines are kept of it. The history comes out of the record of who did what, so that a screen shows what
//! `tillback audit verify` vouches for.

use rusqlite::params;

use super::error::LedgerError;
use super::refunds::OPEN;
use super::{Ledger, SYSTEM, rows};
use crate::domain::{
    Difference, EvidenceNumber, HistoryEntry, HistoryStep, OperatorId, Reason, Refund, RefundReference, RefundState,
    Timestamp,
};

/// More lines than a refund that is asked about every five minutes gathers in a month.
const MAX_LINES: u32 = 10_000;
/// The most open and contradicted refunds that are read: a till with more has other troubles.
const MAX_OPEN: u32 = 2_000;

/// The index over subjects serves it; a refund has some ten rows.
pub(super) const OF_SUBJECT: &str = "SELECT at, who, what, detail FROM audit WHERE subject = ?1 ORDER BY seq LIMIT ?2";

pub(super) fn attention_sql() -> String {
    let columns = rows::REFUND_COLUMNS;
    format!(
        "SELECT {columns} FROM refunds INDEXED BY refunds_open WHERE {OPEN} AND contradicted IS NULL
         UNION ALL
         SELECT {columns} FROM refunds INDEXED BY refunds_contradicted WHERE contradicted IS NOT NULL
         LIMIT ?1"
    )
}

pub(super) fn newest_sql() -> String {
    format!(
        "SELECT {} FROM refunds INDEXED BY refunds_by_time WHERE created_at <= ?1 ORDER BY created_at DESC",
        rows::REFUND_COLUMNS
    )
}

impl Ledger {
    /// Refunds that want something of somebody: unfinished, unresolved, waiting for a manager, or contradicted by the
    /// gateway. The newest first.
    pub fn wanting_attention(&self) -> Result<Vec<Refund>, LedgerError> {
        let mut statement = self.connection.prepare_cached(&attention_sql())?;
        let found = statement.query_and_then([MAX_OPEN], rows::refund)?;
        let mut found: Vec<Refund> = found.collect::<Result<_, LedgerError>>()?;
        found.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| b.reference.cmp(&a.reference)));
        Ok(found)
    }

    /// Walks the refunds, the newest first, as long as `more` says so.
    pub fn walk_refunds(&self, more: &mut dyn FnMut(Refund) -> bool) -> Result<(), LedgerError> {
        let mut statement = self.connection.prepare_cached(&newest_sql())?;
        for refund in statement.query_and_then([i64::MAX], rows::refund)? {
            if !more(refund?) {
                break;
            }
        }
        Ok(())
    }

    /// Everything the record says of one refund, the oldest first.
    pub fn history(&self, reference: &RefundReference) -> Result<Vec<HistoryEntry>, LedgerError> {
        let mut statement = self.connection.prepare_cached(OF_SUBJECT)?;
        let found = statement.query_and_then(params![reference.as_str(), MAX_LINES], |row| {
            let at = Timestamp::from_ms(row.get(0)?);
            let who: String = row.get(1)?;
            let detail: String = row.get(3)?;
            let detail = Detail(rows::sound(serde_json::from_str(&detail), "audit")?);
            let step = step(row.get_ref(2)?.as_str()?, &detail);
            let who = if who == SYSTEM { None } else { OperatorId::parse(&who).ok() };
            Ok::<_, LedgerError>(step.map(|step| HistoryEntry { at, who, step }))
        })?;
        found.filter_map(Result::transpose).collect()
    }
}

/// The further facts of an audit row.
struct Detail(serde_json::Map<String, serde_json::Value>);

impl Detail {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(serde_json::Value::as_str)
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    fn reason(&self) -> Option<Reason> {
        self.text("reason").and_then(|text| Reason::parse(text).ok())
    }

    fn evidence(&self) -> Option<EvidenceNumber> {
        self.text("evidence").and_then(|text| EvidenceNumber::parse(text).ok())
    }
}

/// What a row about a refund says; nothing where a later version wrote what this one does not know.
fn step(what: &str, detail: &Detail) -> Option<HistoryStep> {
    let gateway_refund_no = || detail.owned("gateway_refund_no");
    Some(match what {
        "refund_prepared" => HistoryStep::Prepared,
        "refund_moved" => match RefundState::parse(detail.text("to")?)? {
            RefundState::Sent if detail.text("again").is_some() => HistoryStep::SentAgain { reason: detail.reason() },
            RefundState::Sent => HistoryStep::Sent,
            // The first version gave up without saying that it was by hand.
            to if detail.text("by_hand").is_some() || to == RefundState::Abandoned => {
                HistoryStep::MovedByHand { to, reason: detail.reason(), evidence: detail.evidence() }
            }
            to => HistoryStep::Moved { to, code: detail.owned("code"), gateway_refund_no: gateway_refund_no() },
        },
        "refund_not_found" => HistoryStep::NotFound { answers: detail.text("answers")?.parse().ok()? },
        "decision_confirmed" => HistoryStep::Confirmed { gateway_refund_no: gateway_refund_no() },
        "refund_contradicted" => HistoryStep::Contradicted(Difference::parse(detail.text("difference")?)?),
        "refund_stands" => HistoryStep::Stands { reason: detail.reason(), evidence: detail.evidence() },
        _ => return None,
    })
}
