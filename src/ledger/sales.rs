//! Sales: looked up by index, cached from the gateway, and what the gateway reports of refunds on them.
//!
//! **A reference that stands on more than one sale is refused by name, never guessed.** **A paid amount, once written,
//! is never changed**: a report that contradicts it is an error. **What the gateway reports as executed always counts**,
//! if not as a refund of ours then as one made elsewhere.

use rusqlite::{Connection, params};

use super::error::LedgerError;
use super::notes::Writing;
use super::{Ledger, SYSTEM, audit, resolve, rows};
use crate::domain::{
    Currency, Difference, InvoiceReference, Money, RefundReference, Sale, SaleId, SaleKey, SaleOrigin, SaleStatus,
    SaleView, Timestamp, TransactionNo,
};

/// What the gateway says of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleFacts {
    /// The gateway's number, when it gave one.
    pub transaction_no: Option<TransactionNo>,
    /// The merchant's number, when it gave one.
    pub reference: Option<InvoiceReference>,
    /// What the customer paid.
    pub paid: Money,
    /// The currency the store is settled in.
    pub settle_currency: Currency,
    /// The wallet's name.
    pub wallet: Option<String>,
    /// When it was paid.
    pub paid_at: Option<Timestamp>,
    /// Where the payment stands.
    pub status: SaleStatus,
}

/// One refund as the gateway reports it of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportedRefund {
    /// The `refundReference` it was made under, whoever made it.
    pub reference: Option<String>,
    /// The gateway's id for it; empty where it gave none.
    pub id: String,
    /// How much.
    pub amount: Money,
}

/// What became of a report of refunds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The sale, with what is left after the report.
    pub view: SaleView,
    /// Refunds of ours that the report shows executed and that we count as executed or perhaps executed.
    pub ours: Vec<RefundReference>,
    /// Refunds of ours that the report shows, though we count them as not executed, or with another amount, or twice.
    /// They count as made elsewhere, are not sent again, and a person must look.
    pub contradictions: Vec<RefundReference>,
}

/// Ids are kept up to this length.
const MAX_ID_CHARS: usize = 200;
/// The most refunds of one sale that a report may hold; a wallet allows 50.
const MAX_REPORTED: usize = 1000;

fn ids_by(connection: &Connection, sql: &str, text: &str) -> Result<Vec<SaleId>, LedgerError> {
    let mut statement = connection.prepare_cached(sql)?;
    let found =
        statement.query_and_then([text], |row| rows::sound(SaleId::parse(row.get_ref(0)?.as_str()?), "sales"))?;
    found.collect()
}

pub(super) const BY_TRANSACTION: &str = "SELECT id FROM sales WHERE transaction_no = ?1";
pub(super) const BY_REFERENCE: &str = "SELECT id FROM sales WHERE reference = ?1 LIMIT 100";
pub(super) const BY_LONE_REFERENCE: &str = "SELECT id FROM sales WHERE reference = ?1 AND transaction_no IS NULL";

fn find(connection: &Connection, key: &SaleKey) -> Result<Option<SaleId>, LedgerError> {
    let found = match key {
        SaleKey::Transaction(number) => ids_by(connection, BY_TRANSACTION, number.as_str())?,
        SaleKey::Reference(reference) => ids_by(connection, BY_REFERENCE, reference.as_str())?,
    };
    match found.len() {
        0 | 1 => Ok(found.into_iter().next()),
        count => Err(LedgerError::Ambiguous { count: u32::try_from(count).unwrap_or(u32::MAX) }),
    }
}

fn view(connection: &Connection, id: &SaleId) -> Result<SaleView, LedgerError> {
    rows::sale_view(connection, id)?.ok_or(LedgerError::NotFound { what: "sale" })
}

/// The sale these facts are about, if the ledger has it. A sale known by the merchant's number alone is the same sale
/// as one that carries that number and a transaction number: two rows for it would let it be refunded twice.
fn same_sale(connection: &Connection, facts: &SaleFacts) -> Result<Option<SaleId>, LedgerError> {
    let Some(reference) = &facts.reference else {
        return facts.transaction_no.as_ref().map_or(Ok(None), |n| find(connection, &SaleKey::Transaction(n.clone())));
    };
    let Some(number) = &facts.transaction_no else {
        return find(connection, &SaleKey::Reference(reference.clone()));
    };
    let by_number = find(connection, &SaleKey::Transaction(number.clone()))?;
    let lone = ids_by(connection, BY_LONE_REFERENCE, reference.as_str())?.into_iter().next();
    match (by_number, lone) {
        (Some(by_number), Some(lone)) if by_number != lone => Err(LedgerError::Conflict {
            field: "transaction_no",
            ours: format!("none on the sale {reference}"),
            theirs: number.to_string(),
        }),
        (by_number, lone) => Ok(by_number.or(lone)),
    }
}

fn contradiction(field: &'static str, ours: impl ToString, theirs: impl ToString) -> LedgerError {
    LedgerError::Conflict { field, ours: ours.to_string(), theirs: theirs.to_string() }
}

/// Writes what may change of a sale; what was paid never does.
pub(super) fn write_merged(connection: &Connection, merged: &Sale, now: Timestamp) -> Result<(), rusqlite::Error> {
    connection
        .prepare_cached(
            "UPDATE sales SET transaction_no = ?2, reference = ?3, wallet = ?4, paid_at = ?5, status = ?6,
                 settle_currency = ?7, updated_at = ?8 WHERE id = ?1",
        )?
        .execute(params![
            merged.id.as_str(),
            merged.transaction_no.as_ref().map(TransactionNo::as_str),
            merged.reference.as_ref().map(InvoiceReference::as_str),
            merged.wallet,
            merged.paid_at.map(Timestamp::ms),
            merged.status.as_str(),
            merged.settle_currency.code(),
            now.ms(),
        ])?;
    Ok(())
}

/// Fills in what was missing and takes over the status; refuses a change of what was paid or of the number.
fn update(transaction: &Connection, known: &Sale, facts: &SaleFacts, now: Timestamp) -> Result<(), LedgerError> {
    if known.paid != facts.paid {
        return Err(contradiction("paid amount", known.paid, facts.paid));
    }
    if let (Some(ours), Some(theirs)) = (&known.transaction_no, &facts.transaction_no)
        && ours != theirs
    {
        return Err(contradiction("transaction_no", ours, theirs));
    }
    let mut merged = known.clone();
    merged.transaction_no = known.transaction_no.clone().or_else(|| facts.transaction_no.clone());
    merged.reference = known.reference.clone().or_else(|| facts.reference.clone());
    merged.wallet = known.wallet.clone().or_else(|| wallet_name(facts.wallet.as_deref()));
    merged.paid_at = known.paid_at.or(facts.paid_at);
    merged.status = facts.status;
    merged.settle_currency = facts.settle_currency;
    if merged == *known {
        return Ok(());
    }
    write_merged(transaction, &merged, now)?;
    let detail = [("status", merged.status.as_str()), ("settle_currency", merged.settle_currency.code())];
    Ok(audit::append(transaction, now, SYSTEM, "sale_updated", merged.id.as_str(), &detail)?)
}

fn wallet_name(text: Option<&str>) -> Option<String> {
    let name: String = text?.trim().chars().filter(|c| !c.is_control()).take(40).collect();
    if name.is_empty() { None } else { Some(name) }
}

impl Ledger {
    /// The sale of that key, or nothing; [`LedgerError::Ambiguous`] where a merchant's number stands on several.
    pub fn find_sale(&self, key: &SaleKey) -> Result<Option<SaleView>, LedgerError> {
        if let SaleKey::Transaction(number) = key {
            return rows::sale_view_by_number(&self.connection, number);
        }
        let moment = self.connection.unchecked_transaction()?;
        match find(&moment, key)? {
            Some(id) => rows::sale_view(&moment, &id),
            None => Ok(None),
        }
    }

    /// The sale of that id.
    pub fn sale(&self, id: &SaleId) -> Result<SaleView, LedgerError> {
        let moment = self.connection.unchecked_transaction()?;
        view(&moment, id)
    }

    /// Caches a sale that was fetched from the gateway, or brings the one we have up to date: its status and settlement
    /// currency, and what was missing. Items, origin and paid amount stay; another paid amount is an error.
    pub fn insert_or_update_from_gateway(
        &mut self,
        facts: &SaleFacts,
        now: Timestamp,
    ) -> Result<SaleView, LedgerError> {
        let fresh = rows::sound(SaleId::parse(&self.ids.next(now)?), "sales")?;
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let id = match same_sale(&transaction, facts)? {
            Some(id) => {
                update(&transaction, &view(&transaction, &id)?.sale, facts, now)?;
                id
            }
            None => {
                insert(&transaction, &fresh, facts, self.terms.till.as_str(), now)?;
                fresh
            }
        };
        let view = view(&transaction, &id)?;
        transaction.commit()?;
        Ok(view)
    }

    /// Takes over the gateway's whole list of refunds on a sale. Those that are ours are told apart by reference and
    /// amount; each of the rest counts as made elsewhere, in place of what was reported before.
    pub fn replace_foreign_refunds(
        &mut self,
        sale: &SaleId,
        reported: &[ReportedRefund],
        now: Timestamp,
    ) -> Result<Reported, LedgerError> {
        if reported.len() > MAX_REPORTED {
            let theirs = format!("{} refunds of one sale", reported.len());
            return Err(LedgerError::Conflict { field: "refunds", ours: format!("at most {MAX_REPORTED}"), theirs });
        }
        let transaction = Writing::begin(&mut self.connection, &self.notes)?;
        let before = view(&transaction, sale)?;
        let sorted = sort_out(&before, reported)?;
        let unchanged = before.foreign.iter().map(|f| (f.id.as_str(), f.amount));
        if !unchanged.eq(sorted.foreign.iter().map(|f| (f.id.as_str(), f.amount))) {
            put_foreign(&transaction, sale, &sorted.foreign, now)?;
            let count = sorted.foreign.len().to_string();
            let after = view(&transaction, sale)?.balance.elsewhere.to_string();
            let detail = [("count", count.as_str()), ("elsewhere", after.as_str())];
            audit::append(&transaction, now, SYSTEM, "refunds_elsewhere", sale.as_str(), &detail)?;
        }
        for reference in &sorted.contradictions {
            resolve::contradict(&transaction, reference, Difference::Reported, now)?;
        }
        let view = view(&transaction, sale)?;
        transaction.commit()?;
        Ok(Reported { view, ours: sorted.ours, contradictions: sorted.contradictions })
    }
}

fn insert(
    transaction: &Connection,
    id: &SaleId,
    facts: &SaleFacts,
    till: &str,
    now: Timestamp,
) -> Result<(), LedgerError> {
    transaction
        .prepare_cached(
            "INSERT INTO sales (id, transaction_no, reference, paid_minor, currency, settle_currency, wallet, paid_at,
                 status, origin, till, imported_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
        )?
        .execute(params![
            id.as_str(),
            facts.transaction_no.as_ref().map(TransactionNo::as_str),
            facts.reference.as_ref().map(InvoiceReference::as_str),
            facts.paid.minor(),
            facts.paid.currency().code(),
            facts.settle_currency.code(),
            wallet_name(facts.wallet.as_deref()),
            facts.paid_at.map(Timestamp::ms),
            facts.status.as_str(),
            SaleOrigin::Gateway.as_str(),
            till,
            now.ms(),
        ])?;
    let paid = facts.paid.to_string();
    let detail = [("origin", "gateway"), ("paid", paid.as_str()), ("status", facts.status.as_str())];
    Ok(audit::append(transaction, now, SYSTEM, "sale_fetched", id.as_str(), &detail)?)
}

/// A reported refund that no counting refund of ours explains.
struct Foreign {
    id: String,
    reference: Option<String>,
    amount: Money,
}

struct SortedOut {
    foreign: Vec<Foreign>,
    ours: Vec<RefundReference>,
    contradictions: Vec<RefundReference>,
}

fn sort_out(view: &SaleView, reported: &[ReportedRefund]) -> Result<SortedOut, LedgerError> {
    let mut sorted = SortedOut { foreign: Vec::new(), ours: Vec::new(), contradictions: Vec::new() };
    for (at, entry) in reported.iter().enumerate() {
        if entry.amount.currency() != view.sale.paid.currency() {
            return Err(contradiction("currency", view.sale.paid, entry.amount));
        }
        let known = view.refunds.iter().find(|ours| Some(ours.reference.as_str()) == entry.reference.as_deref());
        if let Some(ours) = known {
            let explained =
                ours.state.counts() && ours.amount == entry.amount && !sorted.ours.contains(&ours.reference);
            if explained {
                sorted.ours.push(ours.reference.clone());
                continue;
            }
            if !sorted.contradictions.contains(&ours.reference) {
                sorted.contradictions.push(ours.reference.clone());
            }
        }
        let reference = entry.reference.as_deref().filter(|text| !text.is_empty());
        let id = match (entry.id.as_str(), reference) {
            ("", None) => format!("unnamed {}", at + 1),
            ("", Some(reference)) => reference.to_owned(),
            (id, _) => id.to_owned(),
        };
        let mut id: String = id.chars().take(MAX_ID_CHARS - 8).collect();
        if sorted.foreign.iter().any(|other| other.id == id) {
            id = format!("{id} #{}", at + 1);
        }
        sorted.foreign.push(Foreign { id, reference: reference.map(str::to_owned), amount: entry.amount });
    }
    sorted.foreign.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(sorted)
}

fn put_foreign(
    transaction: &Connection,
    sale: &SaleId,
    foreign: &[Foreign],
    now: Timestamp,
) -> Result<(), LedgerError> {
    transaction.prepare_cached("DELETE FROM foreign_refunds WHERE sale_id = ?1")?.execute([sale.as_str()])?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO foreign_refunds (sale_id, id, reference, amount_minor, reported_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for entry in foreign {
        insert.execute(params![sale.as_str(), entry.id, entry.reference, entry.amount.minor(), now.ms()])?;
    }
    Ok(())
}
