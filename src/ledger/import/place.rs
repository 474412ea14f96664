//! Puts one row of a file into the ledger, or finds it there already.
//!
//! **A sale is never there twice under two names**: a row with a transaction number and one with the merchant's number
//! alone are the same sale if that number is the same. **What the ledger knows is filled in, never changed.**

use rusqlite::{CachedStatement, Connection, params};

use super::super::error::LedgerError;
use super::super::{rows, sales};
use super::row::Row;
use super::{Fault, ImportError};
use crate::domain::{InvoiceReference, Sale, SaleId, SaleItem, SaleStatus, Timestamp, TransactionNo};

/// What became of a row.
pub(super) enum Placed {
    Added,
    Completed,
    Skipped,
    Fault(Fault),
}

/// Where the other of two contradicting sales is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// In this file, at this line.
    Line(u64),
    /// In the ledger, since before.
    Ledger,
}

impl std::fmt::Display for Other {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(line) => write!(f, "in line {line}"),
            Self::Ledger => f.write_str("in the ledger"),
        }
    }
}

/// The statements of one import and what it has added so far.
pub(super) struct Placing<'c> {
    connection: &'c Connection,
    insert: CachedStatement<'c>,
    insert_item: CachedStatement<'c>,
    by_number: CachedStatement<'c>,
    by_reference: CachedStatement<'c>,
    lone: CachedStatement<'c>,
    head: CachedStatement<'c>,
    till: &'c str,
    now: Timestamp,
    /// Whether any sale is known by the merchant's number alone: most ledgers have none, and need not be asked.
    any_lone: bool,
    /// Ids added here, which rise, and their lines: to name the other line of a contradiction.
    added: Vec<(SaleId, u64)>,
}

const ID_BY_NUMBER: &str = "SELECT id FROM sales WHERE transaction_no = ?1";
const IDS_BY_REFERENCE: &str = "SELECT id FROM sales WHERE reference = ?1 LIMIT 2";
const ID_BY_LONE: &str = "SELECT id FROM sales WHERE reference = ?1 AND transaction_no IS NULL";
/// Only a number that is there already is passed over; a broken rule is an error.
const INSERT: &str = "INSERT INTO sales (id, transaction_no, reference, paid_minor, currency, settle_currency, wallet,
         paid_at, status, origin, till, imported_at, updated_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'import', ?10, ?11, ?11)
     ON CONFLICT (transaction_no) DO NOTHING";
const INSERT_ITEM: &str =
    "INSERT INTO sale_items (sale_id, line, description, quantity, amount_minor) VALUES (?1, ?2, ?3, ?4, ?5)";

impl<'c> Placing<'c> {
    pub(super) fn new(connection: &'c Connection, till: &'c str, now: Timestamp) -> Result<Self, LedgerError> {
        let any_lone = connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM sales INDEXED BY sales_by_lone_reference
                 WHERE transaction_no IS NULL AND reference > '')",
            [],
            |row| row.get(0),
        )?;
        Ok(Self {
            connection,
            insert: connection.prepare_cached(INSERT)?,
            insert_item: connection.prepare_cached(INSERT_ITEM)?,
            by_number: connection.prepare_cached(ID_BY_NUMBER)?,
            by_reference: connection.prepare_cached(IDS_BY_REFERENCE)?,
            lone: connection.prepare_cached(ID_BY_LONE)?,
            head: connection.prepare_cached(rows::SALE_BY_ID)?,
            till,
            now,
            any_lone,
            added: Vec::new(),
        })
    }

    pub(super) fn place(
        &mut self,
        line: u64,
        row: &Row,
        id: &mut dyn FnMut() -> Result<SaleId, LedgerError>,
    ) -> Result<Placed, ImportError> {
        match self.known(row)? {
            Known::Nothing => {
                let id = id()?;
                if self.insert(&id, row)? {
                    self.added.push((id, line));
                    return Ok(Placed::Added);
                }
                let number = row.transaction_no.as_ref().map(TransactionNo::as_str);
                let known = ids(&mut self.by_number, number)?.into_iter().next();
                self.compare(&known.ok_or_else(|| rows::damaged("sales"))?, row)
            }
            Known::One(known) => self.compare(&known, row),
            Known::Several(one) => Ok(Placed::Fault(Fault::Conflict {
                other: self.other(&one),
                field: "transaction_no",
                there: "several sales with this reference".to_owned(),
                here: "none".to_owned(),
            })),
        }
    }

    /// A sale of that row's merchant number, where the row or the ledger knows it by that alone.
    fn known(&mut self, row: &Row) -> Result<Known, LedgerError> {
        let Some(reference) = row.reference.as_ref().map(InvoiceReference::as_str) else { return Ok(Known::Nothing) };
        let mut found = if row.transaction_no.is_none() {
            ids(&mut self.by_reference, Some(reference))?
        } else if self.any_lone {
            ids(&mut self.lone, Some(reference))?
        } else {
            return Ok(Known::Nothing);
        };
        Ok(match (found.pop(), found.pop()) {
            (None, _) => Known::Nothing,
            (Some(one), None) => Known::One(one),
            (Some(one), Some(_)) => Known::Several(one),
        })
    }

    fn insert(&mut self, id: &SaleId, row: &Row) -> Result<bool, LedgerError> {
        let added = self.insert.execute(params![
            id.as_str(),
            row.transaction_no.as_ref().map(TransactionNo::as_str),
            row.reference.as_ref().map(InvoiceReference::as_str),
            row.paid.minor(),
            row.paid.currency().code(),
            row.settle_currency.code(),
            row.wallet,
            row.paid_at.map(Timestamp::ms),
            row.status.as_str(),
            self.till,
            self.now.ms(),
        ])?;
        if added == 1 {
            self.any_lone |= row.transaction_no.is_none();
            self.insert_items(id, &row.items)?;
        }
        Ok(added == 1)
    }

    fn insert_items(&mut self, id: &SaleId, items: &[SaleItem]) -> Result<(), LedgerError> {
        for (at, item) in (1_i64..).zip(items) {
            let values = params![id.as_str(), at, item.description, item.quantity, item.amount.minor()];
            self.insert_item.execute(values)?;
        }
        Ok(())
    }

    fn other(&self, id: &SaleId) -> Other {
        let found = self.added.binary_search_by(|(added, _)| added.cmp(id));
        found.ok().and_then(|at| self.added.get(at)).map_or(Other::Ledger, |(_, line)| Other::Line(*line))
    }

    fn compare(&mut self, id: &SaleId, row: &Row) -> Result<Placed, ImportError> {
        let known = self.known_sale(id, row)?;
        if let Some((field, there, here)) = difference(&known, row) {
            return Ok(Placed::Fault(Fault::Conflict { other: self.other(id), field, there, here }));
        }
        // The transaction number may be another sale's already, which then has two rows that disagree.
        if let (None, Some(number)) = (&known.transaction_no, &row.transaction_no) {
            let taken = ids(&mut self.by_number, Some(number.as_str()))?.into_iter().next();
            if let Some(taken) = taken {
                let there = format!("{number} without reference {}", row.reference.as_ref().map_or("", |r| r.as_str()));
                let other = self.other(&taken);
                return Ok(Placed::Fault(Fault::Conflict { other, field: "sale", there, here: number.to_string() }));
            }
        }
        self.complete(&known, row)
    }

    /// What the ledger has of a sale, as far as the row speaks of it: a file taken in again is mostly this.
    fn known_sale(&mut self, id: &SaleId, row: &Row) -> Result<Sale, LedgerError> {
        let mut found = self.head.query_and_then([id.as_str()], rows::sale_head)?;
        let mut sale = found.next().transpose()?.ok_or_else(|| rows::damaged("sales"))?;
        if !row.items.is_empty() {
            sale.items = rows::items(self.connection, &sale)?;
        }
        Ok(sale)
    }

    fn complete(&mut self, known: &Sale, row: &Row) -> Result<Placed, ImportError> {
        let mut merged = known.clone();
        merged.transaction_no = known.transaction_no.clone().or_else(|| row.transaction_no.clone());
        merged.reference = known.reference.clone().or_else(|| row.reference.clone());
        merged.wallet = known.wallet.clone().or_else(|| row.wallet.clone());
        merged.paid_at = known.paid_at.or(row.paid_at);
        if is_open(known.status) {
            merged.status = row.status;
        }
        let items = if known.items.is_empty() { row.items.as_slice() } else { &[] };
        if merged == *known && items.is_empty() {
            return Ok(Placed::Skipped);
        }
        sales::write_merged(self.connection, &merged, self.now)?;
        self.insert_items(&merged.id, items)?;
        Ok(Placed::Completed)
    }
}

enum Known {
    Nothing,
    One(SaleId),
    Several(SaleId),
}

fn ids(statement: &mut CachedStatement<'_>, text: Option<&str>) -> Result<Vec<SaleId>, LedgerError> {
    let found =
        statement.query_and_then([text], |row| rows::sound(SaleId::parse(row.get_ref(0)?.as_str()?), "sales"))?;
    found.collect()
}

const fn is_open(status: SaleStatus) -> bool {
    matches!(status, SaleStatus::Init | SaleStatus::Dealing | SaleStatus::Pending)
}

/// The first field on which the two say different things; what one of them leaves out is no difference.
fn difference(known: &Sale, row: &Row) -> Option<(&'static str, String, String)> {
    let differ = |field, there: String, here: String| Some((field, there, here));
    if known.paid != row.paid {
        return differ("amount", known.paid.to_string(), row.paid.to_string());
    }
    if row.names_settle_currency && known.settle_currency != row.settle_currency {
        return differ("settle_currency", known.settle_currency.to_string(), row.settle_currency.to_string());
    }
    if let (Some(there), Some(here)) = (&known.transaction_no, &row.transaction_no)
        && there != here
    {
        return differ("transaction_no", there.to_string(), here.to_string());
    }
    if let (Some(there), Some(here)) = (&known.reference, &row.reference)
        && there != here
    {
        return differ("reference", there.to_string(), here.to_string());
    }
    if let (Some(there), Some(here)) = (&known.wallet, &row.wallet)
        && there != here
    {
        return differ("wallet", there.clone(), here.clone());
    }
    if let (Some(there), Some(here)) = (known.paid_at, row.paid_at)
        && there != here
    {
        return differ("paid_at", written(there), written(here));
    }
    // A sale that the gateway has closed since stays closed; one that was paid does not become unpaid by a file.
    if known.status == SaleStatus::Success && row.status != SaleStatus::Success {
        return differ("status", known.status.as_str().to_owned(), row.status.as_str().to_owned());
    }
    if !known.items.is_empty() && !row.items.is_empty() && known.items != row.items {
        return differ("items", format!("{} items", known.items.len()), format!("{} items", row.items.len()));
    }
    None
}

fn written(moment: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(moment.ms()).map_or_else(|_| format!("{moment:?}"), |moment| moment.to_string())
}
