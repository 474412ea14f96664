//! From rows to the domain's types, and from its types to columns.
//!
//! **A row that no version of ours could have written is reported as damage, never repaired or skipped.**

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::LedgerError;
use crate::domain::{
    ApprovalId, Balance, Contradiction, Currency, Decision, DecisionKind, DeclineCause, Difference, EvidenceNumber,
    ForeignRefund, InvoiceReference, Money, NotSentCause, OperatorId, Outcome, Reason, Refund, RefundReference,
    RefundState, Sale, SaleId, SaleItem, SaleKey, SaleOrigin, SaleStatus, SaleView, Timestamp, TransactionNo,
    UnknownCause,
};

macro_rules! refund_columns {
    () => {
        "reference, sale_id, key_kind, key_text, amount_minor, currency, settle_currency, reason, requester, approver, \
         approval_id, state, outcome, outcome_cause, outcome_code, gateway_refund_no, created_at, updated_at, till, \
         attempt, decision, decided_by, decided_reason, decided_evidence, decided_at, confirmed_at, contradicted, \
         contradicted_at"
    };
}
macro_rules! sale_columns {
    () => {
        "id, transaction_no, reference, paid_minor, currency, settle_currency, wallet, paid_at, status, origin"
    };
}
/// The sale and whether it has items, refunds and reported refunds: of most sales nothing, and then no further question.
macro_rules! view_where {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            sale_columns!(),
            ", EXISTS (SELECT 1 FROM sale_items WHERE sale_id = sales.id), \
             EXISTS (SELECT 1 FROM refunds WHERE sale_id = sales.id), \
             EXISTS (SELECT 1 FROM foreign_refunds WHERE sale_id = sales.id) FROM sales WHERE ",
            $condition
        )
    };
}

/// The columns [`refund`] reads, in its order.
pub(super) const REFUND_COLUMNS: &str = refund_columns!();
/// The columns [`sale_head`] reads, in its order.
#[cfg(test)]
pub(super) const SALE_COLUMNS: &str = sale_columns!();

// Texts that are there already: a look-up would take longer to put one together than to have it answered.
pub(super) const ITEMS_OF_SALE: &str =
    "SELECT description, quantity, amount_minor FROM sale_items WHERE sale_id = ?1 ORDER BY line";
pub(super) const FOREIGN_OF_SALE: &str = "SELECT id, amount_minor FROM foreign_refunds WHERE sale_id = ?1 ORDER BY id";
pub(super) const SALE_BY_ID: &str = concat!("SELECT ", sale_columns!(), " FROM sales WHERE id = ?1");
pub(super) const VIEW_BY_ID: &str = view_where!("id = ?1");
pub(super) const VIEW_BY_NUMBER: &str = view_where!("transaction_no = ?1");
pub(super) const REFUNDS_OF_SALE: &str =
    concat!("SELECT ", refund_columns!(), " FROM refunds WHERE sale_id = ?1 ORDER BY created_at, reference");
pub(super) const REFUND_BY_REFERENCE: &str =
    concat!("SELECT ", refund_columns!(), " FROM refunds WHERE reference = ?1");

/// What stands for damage in `table`.
pub(super) fn damaged(table: &'static str) -> LedgerError {
    LedgerError::Corrupt { what: format!("a row of {table}") }
}

/// The value, or damage in `table`.
pub(super) fn sound<T, E>(value: Result<T, E>, table: &'static str) -> Result<T, LedgerError> {
    value.map_err(|_| damaged(table))
}

fn known<T>(value: Option<T>, table: &'static str) -> Result<T, LedgerError> {
    value.ok_or_else(|| damaged(table))
}

pub(super) fn money(minor: i64, code: &str, table: &'static str) -> Result<Money, LedgerError> {
    sound(Currency::parse(code).and_then(|currency| Money::from_minor(minor, currency)), table)
}

/// The two columns a sale key is kept in.
pub(super) fn key_columns(key: &SaleKey) -> (&'static str, &str) {
    match key {
        SaleKey::Transaction(number) => ("transaction", number.as_str()),
        SaleKey::Reference(reference) => ("reference", reference.as_str()),
    }
}

pub(super) fn sale_key(kind: &str, text: &str, table: &'static str) -> Result<SaleKey, LedgerError> {
    match kind {
        "transaction" => sound(TransactionNo::parse(text).map(SaleKey::Transaction), table),
        "reference" => sound(InvoiceReference::parse(text).map(SaleKey::Reference), table),
        _ => Err(damaged(table)),
    }
}

/// The four columns an outcome is kept in: kind, cause, code, the gateway's number.
pub(super) type OutcomeColumns<'a> = (&'static str, Option<&'static str>, Option<&'a str>, Option<&'a str>);

/// A code for support is a few characters; whatever a gateway makes of it, the ledger keeps this many.
const MAX_CODE_CHARS: usize = 60;
/// A gateway's number for a refund is 18 digits; whatever it makes of it, the ledger keeps this many characters.
const MAX_NUMBER_CHARS: usize = 100;

/// A gateway's number as the ledger keeps it.
pub(super) fn bounded_number(number: &str) -> String {
    number.chars().take(MAX_NUMBER_CHARS).collect()
}

/// The outcome as the ledger keeps it: a gateway's text that is too long must not keep its answer from being recorded.
pub(super) fn bounded(outcome: &Outcome) -> Outcome {
    let cut = |text: &str, max: usize| text.chars().take(max).collect::<String>();
    match outcome.clone() {
        Outcome::Refunded { gateway_refund_no: Some(number) } => {
            Outcome::Refunded { gateway_refund_no: Some(cut(&number, MAX_NUMBER_CHARS)) }
        }
        Outcome::Declined { cause, code } => Outcome::Declined { cause, code: cut(&code, MAX_CODE_CHARS) },
        Outcome::Unknown { cause, code: Some(code) } => {
            Outcome::Unknown { cause, code: Some(cut(&code, MAX_CODE_CHARS)) }
        }
        other => other,
    }
}

pub(super) fn outcome_columns(outcome: &Outcome) -> OutcomeColumns<'_> {
    match outcome {
        Outcome::Refunded { gateway_refund_no } => ("refunded", None, None, gateway_refund_no.as_deref()),
        Outcome::Declined { cause, code } => ("declined", Some(cause.as_str()), Some(code), None),
        Outcome::Pending => ("pending", None, None, None),
        Outcome::Unknown { cause, code } => ("unknown", Some(cause.as_str()), code.as_deref(), None),
        Outcome::NotSent { cause } => ("not_sent", Some(cause.as_str()), None, None),
        Outcome::NotExecuted => ("not_executed", None, None, None),
    }
}

fn outcome(
    kind: Option<&str>,
    cause: Option<&str>,
    code: Option<String>,
    number: Option<String>,
) -> Option<Result<Outcome, LedgerError>> {
    let cause = cause.unwrap_or_default();
    let found = match kind? {
        "refunded" => Some(Outcome::Refunded { gateway_refund_no: number }),
        "declined" => {
            DeclineCause::parse(cause).map(|cause| Outcome::Declined { cause, code: code.unwrap_or_default() })
        }
        "pending" => Some(Outcome::Pending),
        "unknown" => UnknownCause::parse(cause).map(|cause| Outcome::Unknown { cause, code }),
        "not_sent" => NotSentCause::parse(cause).map(|cause| Outcome::NotSent { cause }),
        "not_executed" => Some(Outcome::NotExecuted),
        _ => None,
    };
    Some(known(found, "refunds"))
}

/// Reads one refund from [`REFUND_COLUMNS`].
pub(super) fn refund(row: &Row<'_>) -> Result<Refund, LedgerError> {
    const T: &str = "refunds";
    let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
    let optional = |at: usize| row.get::<_, Option<String>>(at);
    Ok(Refund {
        reference: sound(RefundReference::parse(text(0)?), T)?,
        sale_id: sound(SaleId::parse(text(1)?), T)?,
        sale_key: sale_key(text(2)?, text(3)?, T)?,
        amount: money(row.get(4)?, text(5)?, T)?,
        settle_currency: sound(Currency::parse(text(6)?), T)?,
        reason: sound(Reason::parse(text(7)?), T)?,
        requester: sound(OperatorId::parse(text(8)?), T)?,
        approver: sound(OperatorId::parse(text(9)?), T)?,
        approval_id: sound(ApprovalId::parse(text(10)?), T)?,
        state: known(RefundState::parse(text(11)?), T)?,
        outcome: outcome(optional(12)?.as_deref(), optional(13)?.as_deref(), optional(14)?, optional(15)?)
            .transpose()?,
        created_at: Timestamp::from_ms(row.get(16)?),
        updated_at: Timestamp::from_ms(row.get(17)?),
        till: row.get(18)?,
        attempt: row.get(19)?,
        decision: decision(row)?,
        contradiction: contradiction(row)?,
    })
}

fn moment(row: &Row<'_>, at: usize) -> Result<Option<Timestamp>, LedgerError> {
    Ok(row.get::<_, Option<i64>>(at)?.map(Timestamp::from_ms))
}

/// The decision that the state rests on, from columns 20 to 25 of [`REFUND_COLUMNS`].
fn decision(row: &Row<'_>) -> Result<Option<Decision>, LedgerError> {
    const T: &str = "refunds";
    let Some(kind) = row.get::<_, Option<String>>(20)? else { return Ok(None) };
    Ok(Some(Decision {
        kind: known(DecisionKind::parse(&kind), T)?,
        by: sound(OperatorId::parse(&row.get::<_, String>(21)?), T)?,
        reason: sound(Reason::parse(&row.get::<_, String>(22)?), T)?,
        evidence: row.get::<_, Option<String>>(23)?.map(|text| sound(EvidenceNumber::parse(&text), T)).transpose()?,
        at: known(moment(row, 24)?, T)?,
        confirmed_at: moment(row, 25)?,
    }))
}

fn contradiction(row: &Row<'_>) -> Result<Option<Contradiction>, LedgerError> {
    const T: &str = "refunds";
    let Some(word) = row.get::<_, Option<String>>(26)? else { return Ok(None) };
    let difference = known(Difference::parse(&word), T)?;
    Ok(Some(Contradiction { difference, since: known(moment(row, 27)?, T)? }))
}

/// Reads one sale without its items from [`SALE_COLUMNS`].
pub(super) fn sale_head(row: &Row<'_>) -> Result<Sale, LedgerError> {
    const T: &str = "sales";
    let text = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str()?));
    let optional = |at: usize| row.get_ref(at).and_then(|value| Ok(value.as_str_or_null()?));
    Ok(Sale {
        id: sound(SaleId::parse(text(0)?), T)?,
        transaction_no: optional(1)?.map(|text| sound(TransactionNo::parse(text), T)).transpose()?,
        reference: optional(2)?.map(|text| sound(InvoiceReference::parse(text), T)).transpose()?,
        paid: money(row.get(3)?, text(4)?, T)?,
        settle_currency: sound(Currency::parse(text(5)?), T)?,
        wallet: optional(6)?.map(str::to_owned),
        paid_at: row.get::<_, Option<i64>>(7)?.map(Timestamp::from_ms),
        status: known(SaleStatus::parse(text(8)?), T)?,
        origin: known(SaleOrigin::parse(text(9)?), T)?,
        items: Vec::new(),
    })
}

pub(super) fn items(connection: &Connection, sale: &Sale) -> Result<Vec<SaleItem>, LedgerError> {
    let mut statement = connection.prepare_cached(ITEMS_OF_SALE)?;
    let rows = statement.query_and_then([sale.id.as_str()], |row| {
        let amount = sound(Money::from_minor(row.get(2)?, sale.paid.currency()), "sale_items")?;
        Ok::<_, LedgerError>(SaleItem { description: row.get(0)?, quantity: row.get(1)?, amount })
    })?;
    rows.collect()
}

fn foreign(connection: &Connection, sale: &Sale) -> Result<Vec<ForeignRefund>, LedgerError> {
    let mut statement = connection.prepare_cached(FOREIGN_OF_SALE)?;
    let rows = statement.query_and_then([sale.id.as_str()], |row| {
        let amount = sound(Money::from_minor(row.get(1)?, sale.paid.currency()), "foreign_refunds")?;
        Ok::<_, LedgerError>(ForeignRefund { id: row.get(0)?, amount })
    })?;
    rows.collect()
}

fn refunds_of(connection: &Connection, sale: &SaleId) -> Result<Vec<Refund>, LedgerError> {
    let mut statement = connection.prepare_cached(REFUNDS_OF_SALE)?;
    let rows = statement.query_and_then([sale.as_str()], refund)?;
    rows.collect()
}

fn balance(paid: Money, refunds: &[Refund], foreign: &[ForeignRefund]) -> Result<Balance, LedgerError> {
    let mut balance = Balance::untouched(paid);
    for refund in refunds {
        if refund.state == RefundState::Refunded {
            balance.refunded = sound(balance.refunded.plus(refund.amount), "refunds")?;
        } else if refund.reserves() && !planted!("reserved-not-counted") {
            balance.reserved = sound(balance.reserved.plus(refund.amount), "refunds")?;
        }
    }
    for reported in foreign.iter().filter(|_| !planted!("elsewhere-not-counted")) {
        balance.elsewhere = sound(balance.elsewhere.plus(reported.amount), "foreign_refunds")?;
    }
    Ok(balance)
}

/// The whole view of one sale, as this connection's transaction sees it.
pub(super) fn sale_view(connection: &Connection, id: &SaleId) -> Result<Option<SaleView>, LedgerError> {
    view_by(connection, VIEW_BY_ID, id.as_str())
}

/// The same by the gateway's number, in one question less.
pub(super) fn sale_view_by_number(
    connection: &Connection,
    number: &TransactionNo,
) -> Result<Option<SaleView>, LedgerError> {
    view_by(connection, VIEW_BY_NUMBER, number.as_str())
}

/// All of it as of one moment: SQLite keeps the moment of a question that has not come to its end
/// (sqlite.org/lang_transaction.html), and the sale's own does so as long as its `heads` are here.
fn view_by(connection: &Connection, sql: &str, key: &str) -> Result<Option<SaleView>, LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut heads = statement.query([key])?;
    let Some(head) = heads.next()? else { return Ok(None) };
    let mut sale = sale_head(head)?;
    let (has_items, has_refunds, has_foreign) = (head.get(10)?, head.get(11)?, head.get(12)?);
    sale.items = if has_items { items(connection, &sale)? } else { vec![] };
    let refunds = if has_refunds { refunds_of(connection, &sale.id)? } else { vec![] };
    let foreign = if has_foreign { foreign(connection, &sale)? } else { vec![] };
    let balance = balance(sale.paid, &refunds, &foreign)?;
    drop(heads);
    Ok(Some(SaleView { sale, balance, refunds, foreign }))
}

/// One refund.
pub(super) fn refund_by(connection: &Connection, reference: &RefundReference) -> Result<Refund, LedgerError> {
    let mut statement = connection.prepare_cached(REFUND_BY_REFERENCE)?;
    let mut found = statement.query_and_then([reference.as_str()], refund)?;
    found.next().transpose()?.ok_or(LedgerError::NotFound { what: "refund" })
}

/// One value of `meta`.
pub(super) fn meta(connection: &Connection, name: &str) -> Result<Option<String>, LedgerError> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row(params![name], |row| row.get(0)).optional()?)
}
