//! One row of a file of sales: from fields to the domain's types, or the fault with what is allowed.
//!
//! **A number in JSON is read as its digits**, never through binary floating point.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Fault, ImportOptions};
use crate::domain::{Currency, InvoiceReference, Money, SaleItem, SaleStatus, Timestamp, TransactionNo, time::DAY_MS};

/// A sale as a file tells it.
pub(super) struct Row {
    pub(super) transaction_no: Option<TransactionNo>,
    pub(super) reference: Option<InvoiceReference>,
    pub(super) paid: Money,
    pub(super) settle_currency: Currency,
    /// The row says so itself: the store's own currency, filled in, contradicts nothing the gateway has said.
    pub(super) names_settle_currency: bool,
    pub(super) wallet: Option<String>,
    pub(super) paid_at: Option<Timestamp>,
    pub(super) status: SaleStatus,
    pub(super) items: Vec<SaleItem>,
}

/// The fields as text, `""` where they are left out.
#[derive(Default, Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) transaction_no: &'a str,
    pub(super) reference: &'a str,
    pub(super) amount: &'a str,
    pub(super) currency: &'a str,
    pub(super) settle_currency: &'a str,
    pub(super) wallet: &'a str,
    pub(super) paid_at: &'a str,
    pub(super) status: &'a str,
}

/// What is needed to make sense of them.
pub(super) struct Reading<'o> {
    pub(super) options: &'o ImportOptions,
    pub(super) now: Timestamp,
}

const AMOUNT: &str = "major units with a point and at most the currency's decimals, such as 39.90";
const CURRENCY: &str = "an ISO 4217 code such as USD";
const PAID_AT: &str = "2026-11-21T09:30:00Z, or 2026-11-21 09:30:00 in the zone declared with the import";
const STATUS: &str = "success, init, dealing, failed, pending or closed";
const MAX_ITEMS: usize = 1000;

fn fault(field: &'static str, why: impl ToString, allowed: &'static str) -> Fault {
    Fault::Field { field, why: why.to_string(), allowed }
}

impl Reading<'_> {
    pub(super) fn row(&self, fields: Fields<'_>) -> Result<Row, Fault> {
        let given = |text: &str| !text.trim().is_empty();
        let transaction_no = given(fields.transaction_no)
            .then(|| TransactionNo::parse(fields.transaction_no))
            .transpose()
            .map_err(|why| fault("transaction_no", why, "18 digits; or leave it out and give a reference"))?;
        let reference =
            given(fields.reference).then(|| InvoiceReference::parse(fields.reference)).transpose().map_err(|why| {
                fault("reference", why, "up to 64 printable ASCII characters without spaces, & \" \\ < >")
            })?;
        if transaction_no.is_none() && reference.is_none() {
            let why = "neither transaction_no nor reference is given";
            return Err(fault("transaction_no", why, "at least one of the two"));
        }
        let currency = self.currency("currency", fields.currency, self.options.currency)?;
        let settle = self.currency("settle_currency", fields.settle_currency, self.options.settle_currency)?;
        let paid = Money::parse(fields.amount, currency).map_err(|why| fault("amount", why, AMOUNT))?;
        if paid.is_zero() {
            return Err(fault("amount", "it is zero", "more than zero"));
        }
        let wallet = fields.wallet.trim();
        if wallet.chars().count() > 40 || wallet.chars().any(char::is_control) {
            return Err(fault("wallet", "it is too long or holds a control character", "up to 40 characters"));
        }
        let status = match fields.status.trim() {
            "" => SaleStatus::Success,
            word => {
                SaleStatus::parse(word).ok_or_else(|| fault("status", format!("{word:.20?} is not known"), STATUS))?
            }
        };
        Ok(Row {
            transaction_no,
            reference,
            paid,
            settle_currency: settle,
            names_settle_currency: given(fields.settle_currency),
            wallet: given(wallet).then(|| wallet.to_owned()),
            paid_at: given(fields.paid_at).then(|| self.moment(fields.paid_at)).transpose()?,
            status,
            items: Vec::new(),
        })
    }

    fn currency(&self, field: &'static str, code: &str, usual: Currency) -> Result<Currency, Fault> {
        match code.trim() {
            "" => Ok(usual),
            // Nearly every row says what the store sells in; looking it up in ISO 4217 each time is a third of a row.
            same if same == usual.code() => Ok(usual),
            code => Currency::parse(code).map_err(|why| fault(field, why, CURRENCY)),
        }
    }

    fn moment(&self, text: &str) -> Result<Timestamp, Fault> {
        let text = text.trim();
        let wrong = || fault("paid_at", format!("{text:.40?} is not a time"), PAID_AT);
        let found = match text.parse::<jiff::Timestamp>() {
            Ok(found) => found,
            // Exactly `yyyy-MM-dd HH:mm:ss`: the shapes beyond it that the library reads are not promised.
            Err(_) if text.len() == 19 => {
                let civil: jiff::civil::DateTime = text.parse().map_err(|_| wrong())?;
                self.options.zone.to_timestamp(civil).map_err(|_| wrong())?
            }
            Err(_) => return Err(wrong()),
        };
        let moment = Timestamp::from_ms(found.as_millisecond());
        // A day for zones and clocks; beyond it, the age limit of refunds would not count at all.
        if moment > self.now.plus_ms(DAY_MS) {
            return Err(fault("paid_at", "it is in the future", PAID_AT));
        }
        Ok(moment)
    }

    /// Reads one line of JSON.
    pub(super) fn json(&self, line: &[u8]) -> Result<Row, Fault> {
        let line = std::str::from_utf8(line).map_err(|_| Fault::NotText)?;
        // What most programs send first.
        if line.trim_start().starts_with('[') {
            return Err(Fault::NotJson { why: "one object a line is wanted, with no list around them".to_owned() });
        }
        let line: JsonLine<'_> =
            serde_json::from_str(line).map_err(|error| Fault::NotJson { why: error.to_string() })?;
        let amount = digits("amount", line.amount)?;
        let mut row = self.row(Fields {
            transaction_no: line.transaction_no.as_deref().unwrap_or(""),
            reference: line.reference.as_deref().unwrap_or(""),
            amount: &amount,
            currency: line.currency.as_deref().unwrap_or(""),
            settle_currency: line.settle_currency.as_deref().unwrap_or(""),
            wallet: line.wallet.as_deref().unwrap_or(""),
            paid_at: line.paid_at.as_deref().unwrap_or(""),
            status: line.status.as_deref().unwrap_or(""),
        })?;
        row.items = self.items(line.items, row.paid.currency())?;
        Ok(row)
    }

    fn items(&self, lines: Vec<JsonItem<'_>>, currency: Currency) -> Result<Vec<SaleItem>, Fault> {
        if lines.len() > MAX_ITEMS {
            return Err(fault("items", format!("there are {}", lines.len()), "at most 1000"));
        }
        let item = |line: JsonItem<'_>| {
            let description: String = line.description.trim().chars().filter(|c| !c.is_control()).collect();
            if description.is_empty() || description.chars().count() > 200 {
                return Err(fault("items", "a description is empty or too long", "1 to 200 characters"));
            }
            let quantity = line.quantity.unwrap_or(1);
            if !(1..=1_000_000).contains(&quantity) {
                return Err(fault("items", format!("quantity {quantity}"), "a whole number from 1 to 1000000"));
            }
            let amount = digits("items", line.amount)?;
            let amount = Money::parse(&amount, currency).map_err(|why| fault("items", why, AMOUNT))?;
            Ok(SaleItem { description, quantity, amount })
        };
        lines.into_iter().map(item).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonLine<'a> {
    #[serde(borrow)]
    transaction_no: Option<Cow<'a, str>>,
    #[serde(borrow)]
    reference: Option<Cow<'a, str>>,
    #[serde(borrow)]
    amount: Option<&'a RawValue>,
    #[serde(borrow)]
    currency: Option<Cow<'a, str>>,
    #[serde(borrow)]
    settle_currency: Option<Cow<'a, str>>,
    #[serde(borrow)]
    wallet: Option<Cow<'a, str>>,
    #[serde(borrow)]
    paid_at: Option<Cow<'a, str>>,
    #[serde(borrow)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    items: Vec<JsonItem<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonItem<'a> {
    #[serde(borrow)]
    description: Cow<'a, str>,
    quantity: Option<u32>,
    #[serde(borrow)]
    amount: Option<&'a RawValue>,
}

/// The text of a JSON string or the digits of a JSON number.
fn digits(field: &'static str, raw: Option<&RawValue>) -> Result<String, Fault> {
    let raw = raw.map(RawValue::get).unwrap_or_default();
    if raw.starts_with('"') {
        return serde_json::from_str(raw).map_err(|error| Fault::NotJson { why: error.to_string() });
    }
    if raw.is_empty() || raw == "null" {
        return Err(fault(field, "an amount is missing", AMOUNT));
    }
    Ok(raw.to_owned())
}
