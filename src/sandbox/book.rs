//! What the sandbox knows: its sales, and the refunds it has executed, in order.
//!
//! **Nothing leaves the book.** With a state file, every change is on disk (written beside, flushed, renamed into
//! place) before anybody hears of it, so that the book is what a test of crashes can be held against.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fault::Behaviour;
use super::{SandboxError, SandboxSale};
use crate::domain::{Currency, InvoiceReference, Money, SaleKey, SaleStatus, TransactionNo};

/// A refund the sandbox has executed, or accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExecutedRefund {
    /// Of which sale.
    pub transaction_no: TransactionNo,
    /// The reference it was asked for under.
    pub refund_reference: String,
    /// The sandbox's number for it.
    pub refund_no: String,
    /// How much.
    pub amount: Money,
    /// The settle currency it was asked for with.
    pub settle_currency: Currency,
    /// Where it stands.
    pub status: SaleStatus,
    /// What it becomes after `unsettled_for` queries.
    pub(super) becomes: SaleStatus,
    /// How many queries still see `status`.
    pub(super) unsettled_for: u32,
    /// How many queries do not see it at all.
    pub(super) hidden_for: u32,
}

impl ExecutedRefund {
    /// A finished refund that another terminal made.
    pub(super) fn elsewhere(transaction_no: TransactionNo, refund_no: String, amount: Money) -> Self {
        Self {
            transaction_no,
            refund_reference: format!("ELSEWHERE-{refund_no}"),
            refund_no,
            amount,
            settle_currency: amount.currency(),
            status: SaleStatus::Success,
            becomes: SaleStatus::Success,
            unsettled_for: 0,
            hidden_for: 0,
        }
    }

    /// True where the money went, or still may.
    pub const fn takes_money(&self) -> bool {
        !matches!(self.status, SaleStatus::Failed | SaleStatus::Closed)
    }
}

/// Sales and refunds.
pub(super) struct Book {
    sales: BTreeMap<TransactionNo, SandboxSale>,
    refunds: Vec<ExecutedRefund>,
    file: Option<PathBuf>,
}

impl Book {
    /// The sales of the state file and those given, whose word counts where they differ.
    pub fn open(sales: Vec<SandboxSale>, file: Option<PathBuf>) -> Result<Self, SandboxError> {
        let mut book = Self { sales: BTreeMap::new(), refunds: Vec::new(), file };
        if let Some(path) = book.file.clone() {
            book.load(&path).map_err(|reason| SandboxError::State { path, reason })?;
        }
        book.sales.extend(sales.into_iter().map(|sale| (sale.transaction_no.clone(), sale)));
        book.save().map_err(|reason| book.unusable(reason))?;
        Ok(book)
    }

    /// The error for a state file that cannot be used.
    pub fn unusable(&self, reason: String) -> SandboxError {
        SandboxError::State { path: self.file.clone().unwrap_or_default(), reason }
    }

    /// Refunds in the order they were executed.
    pub fn refunds(&self) -> &[ExecutedRefund] {
        &self.refunds
    }

    /// The sale of that name.
    pub fn sale(&self, key: &SaleKey) -> Option<&SandboxSale> {
        match key {
            SaleKey::Transaction(number) => self.sales.get(number),
            SaleKey::Reference(reference) => {
                self.sales.values().find(|sale| sale.reference.as_ref() == Some(reference))
            }
        }
    }

    /// A new sale, or other terms for one it knows.
    pub fn add_sale(&mut self, sale: SandboxSale) -> Result<(), String> {
        self.sales.insert(sale.transaction_no.clone(), sale);
        self.save()
    }

    /// What can still be refunded of a sale.
    pub fn left(&self, sale: &SandboxSale) -> Money {
        let taken = self.refunds.iter().filter(|refund| refund.transaction_no == sale.transaction_no);
        let mut left = sale.amount;
        for refund in taken.filter(|refund| refund.takes_money()) {
            left = left.minus(refund.amount).unwrap_or(Money::zero(sale.amount.currency()));
        }
        left
    }

    /// The number the next refund gets: eighteen digits, like the gateway's.
    pub fn next_refund_no(&self) -> String {
        format!("33{:016}", self.refunds.len() + 1)
    }

    /// Writes a refund into the book. If the disk refuses, it was not executed.
    pub fn execute(&mut self, refund: ExecutedRefund) -> Result<(), String> {
        self.refunds.push(refund);
        let saved = self.save();
        if saved.is_err() {
            self.refunds.pop();
        }
        saved
    }

    /// The refunds a query of the sale shows. Each query counts for those that are hidden or not final.
    pub fn show_refunds(&mut self, number: &TransactionNo) -> Result<Vec<ExecutedRefund>, String> {
        let mut shown = Vec::new();
        let mut changed = false;
        for refund in self.refunds.iter_mut().filter(|refund| refund.transaction_no == *number) {
            if refund.hidden_for > 0 {
                refund.hidden_for -= 1;
                changed = true;
                continue;
            }
            shown.push(refund.clone());
            if refund.unsettled_for > 0 {
                refund.unsettled_for -= 1;
                changed = true;
                if refund.unsettled_for == 0 {
                    refund.status = refund.becomes;
                }
            }
        }
        if changed {
            self.save()?;
        }
        Ok(shown)
    }

    fn load(&mut self, path: &Path) -> Result<(), String> {
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.to_string()),
        };
        let state: StateOnDisk = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
        for sale in state.sales {
            let sale = sale.read().ok_or("a sale in it can't be read")?;
            self.sales.insert(sale.transaction_no.clone(), sale);
        }
        let refunds: Option<Vec<_>> = state.refunds.into_iter().map(RefundOnDisk::read).collect();
        self.refunds = refunds.ok_or("a refund in it can't be read")?;
        Ok(())
    }

    fn save(&self) -> Result<(), String> {
        let Some(path) = &self.file else { return Ok(()) };
        let state = StateOnDisk {
            sales: self.sales.values().map(SaleJson::write).collect(),
            refunds: self.refunds.iter().map(RefundOnDisk::write).collect(),
        };
        let text = serde_json::to_vec_pretty(&state).map_err(|error| error.to_string())?;
        replace(path, &text).map_err(|error| error.to_string())
    }
}

/// Puts a whole new file in the place of the old one, or leaves the old one.
fn replace(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    // The rename itself is only as durable as the directory it stands in.
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

#[derive(Serialize, Deserialize)]
struct StateOnDisk {
    #[serde(default)]
    sales: Vec<SaleJson>,
    #[serde(default)]
    refunds: Vec<RefundOnDisk>,
}

/// A sale in the state file and on `POST /sandbox/sale`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SaleJson {
    transaction_no: String,
    #[serde(default)]
    reference: Option<String>,
    amount: String,
    currency: String,
    #[serde(default)]
    settle_currency: Option<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    wallet: Option<String>,
    #[serde(default)]
    behaviour: Behaviour,
}

impl SaleJson {
    pub(super) fn read(self) -> Option<SandboxSale> {
        let currency = Currency::parse(&self.currency).ok()?;
        let reference = match self.reference {
            Some(reference) => Some(InvoiceReference::parse(&reference).ok()?),
            None => None,
        };
        Some(SandboxSale {
            transaction_no: TransactionNo::parse(&self.transaction_no).ok()?,
            reference,
            amount: Money::parse(&self.amount, currency).ok()?,
            settle_currency: Currency::parse(self.settle_currency.as_deref().unwrap_or(currency.code())).ok()?,
            status: SaleStatus::parse(self.status.as_deref().unwrap_or("success"))?,
            wallet: self.wallet,
            behaviour: self.behaviour,
        })
    }

    fn write(sale: &SandboxSale) -> Self {
        Self {
            transaction_no: sale.transaction_no.to_string(),
            reference: sale.reference.as_ref().map(ToString::to_string),
            amount: sale.amount.decimal(),
            currency: sale.amount.currency().to_string(),
            settle_currency: Some(sale.settle_currency.to_string()),
            status: Some(sale.status.as_str().to_owned()),
            wallet: sale.wallet.clone(),
            behaviour: sale.behaviour,
        }
    }
}

/// A refund in the state file and on `GET /sandbox/book`.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RefundOnDisk {
    transaction_no: String,
    refund_reference: String,
    refund_transaction_no: String,
    refund_amount: String,
    currency: String,
    settle_currency: String,
    status: String,
    becomes: String,
    unsettled_for: u32,
    hidden_for: u32,
}

impl RefundOnDisk {
    fn read(self) -> Option<ExecutedRefund> {
        let currency = Currency::parse(&self.currency).ok()?;
        Some(ExecutedRefund {
            transaction_no: TransactionNo::parse(&self.transaction_no).ok()?,
            refund_reference: self.refund_reference,
            refund_no: self.refund_transaction_no,
            amount: Money::parse(&self.refund_amount, currency).ok()?,
            settle_currency: Currency::parse(&self.settle_currency).ok()?,
            status: SaleStatus::parse(&self.status)?,
            becomes: SaleStatus::parse(&self.becomes)?,
            unsettled_for: self.unsettled_for,
            hidden_for: self.hidden_for,
        })
    }

    pub(super) fn write(refund: &ExecutedRefund) -> Self {
        Self {
            transaction_no: refund.transaction_no.to_string(),
            refund_reference: refund.refund_reference.clone(),
            refund_transaction_no: refund.refund_no.clone(),
            refund_amount: refund.amount.decimal(),
            currency: refund.amount.currency().to_string(),
            settle_currency: refund.settle_currency.to_string(),
            status: refund.status.as_str().to_owned(),
            becomes: refund.becomes.as_str().to_owned(),
            unsettled_for: refund.unsettled_for,
            hidden_for: refund.hidden_for,
        }
    }
}
