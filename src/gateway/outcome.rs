//! What an answer means for the money.
//!
//! **Success needs everything to agree** (promise I10): return code, status, the sale's number, our reference, amount
//! and currency. **What is not provably a success, a refusal or a wait is `Unknown`.** A pure room: bytes in, facts out.
//! Source of the codes: docs.pockyt.io "Notes"; the table stands in the design's gateway page.

use super::wire::{Answer, Object, Unreadable, field, gateway_time};
use crate::domain::{
    Currency, DeclineCause, InvoiceReference, Money, NotSentCause, Outcome, RefundReference, SaleKey, SaleStatus,
    Timestamp, TransactionNo, UnknownCause,
};

/// `ret_code` of a request the gateway did what it was asked for.
const SUCCESS: &str = "000100";
/// `ret_code` for a transaction the gateway does not know.
const NO_SUCH_TRANSACTION: &str = "000021";
/// `ret_code` for a bad signature or another's store.
const NO_RIGHTS: &str = "000030";
/// The longest code worth keeping for support; longer texts are nonsense.
const MAX_CODE_LENGTH: usize = 16;

/// What a refund's answer is held against.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which sale.
    pub sale_key: SaleKey,
    /// How much.
    pub amount: Money,
    /// Our reference.
    pub reference: RefundReference,
}

/// What a return code says about a request, whatever was asked.
enum Code {
    Success,
    Declined(DeclineCause),
    GatewayError,
    UnheardOf,
}

fn read_code(code: &str) -> Code {
    match code {
        SUCCESS => Code::Success,
        "000010" | "000020" | "000022" | "000023" => Code::Declined(DeclineCause::BadRequest),
        NO_SUCH_TRANSACTION => Code::Declined(DeclineCause::NoSuchSale),
        NO_RIGHTS => Code::Declined(DeclineCause::AccessDenied),
        "000040" => Code::Declined(DeclineCause::SaleStatus),
        "000000" | "000080" => Code::GatewayError,
        _ => Code::UnheardOf,
    }
}

/// HTTP statuses under which a body counts at all. Redirects, server errors, and "try later" come from whatever stands
/// before the gateway and say nothing about what stands behind it.
fn body_counts(http_status: u16) -> bool {
    matches!(http_status, 200..=299 | 400..=499) && !matches!(http_status, 408 | 425 | 429)
}

fn unknown(cause: UnknownCause, code: Option<String>) -> Outcome {
    Outcome::Unknown { cause, code }
}

fn http_code(http_status: u16) -> Option<String> {
    Some(format!("HTTP {http_status}"))
}

/// Only digits and letters, and few of them: a code goes into the ledger and onto the screen.
fn tidy_code(code: &str) -> Option<String> {
    let tidy = code.len() <= MAX_CODE_LENGTH && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    tidy.then(|| code.to_owned())
}

/// What became of the refund `asked`, by the gateway's answer to it.
pub fn of_refund(http_status: u16, body: &[u8], asked: &Asked) -> Outcome {
    if !body_counts(http_status) {
        let cause = if http_status >= 500 { UnknownCause::GatewayError } else { UnknownCause::Unreadable };
        return unknown(cause, http_code(http_status));
    }
    let Some((code, result)) = Answer::read(body).ok().and_then(|answer| Some((answer.code?, answer.result))) else {
        return unknown(UnknownCause::Unreadable, http_code(http_status));
    };
    let support = tidy_code(&code);
    let meaning = read_code(&code);
    match contradicts(&result, asked) {
        Err(Unreadable) => return unknown(UnknownCause::Unreadable, support),
        Ok(true) if planted!("wrong-echo-believed") => return Outcome::Refunded { gateway_refund_no: None },
        Ok(true) => return unknown(UnknownCause::Mismatch, support),
        Ok(false) => {}
    }
    match meaning {
        // A success that comes under an error's status, or under "accepted", is two stories told at once.
        Code::Success if http_status != 200 => unknown(UnknownCause::UnheardOf, http_code(http_status)),
        Code::Success => of_accepted(&result, asked, support),
        Code::Declined(cause) => Outcome::Declined { cause, code },
        Code::GatewayError if planted!("gateway-error-is-refusal") => {
            Outcome::Declined { cause: DeclineCause::BadRequest, code }
        }
        Code::GatewayError => unknown(UnknownCause::GatewayError, support),
        Code::UnheardOf => unknown(UnknownCause::UnheardOf, support),
    }
}

/// The answer to a request the gateway took, by its status.
fn of_accepted(result: &Object<'_>, asked: &Asked, code: Option<String>) -> Outcome {
    let Ok(status) = result.text(field::STATUS) else { return unknown(UnknownCause::Unreadable, code) };
    let Some(word) = status else { return unknown(UnknownCause::Mismatch, code) };
    match SaleStatus::parse(&word) {
        Some(SaleStatus::Success) => match agrees(result, asked) {
            Ok(true) => Outcome::Refunded { gateway_refund_no: refund_id(result) },
            Ok(false) if planted!("missing-echo-believed") => Outcome::Refunded { gateway_refund_no: None },
            Ok(false) => unknown(UnknownCause::Mismatch, code),
            Err(Unreadable) => unknown(UnknownCause::Unreadable, code),
        },
        Some(_) if planted!("any-status-is-success") => Outcome::Refunded { gateway_refund_no: None },
        Some(SaleStatus::Init | SaleStatus::Dealing | SaleStatus::Pending) => Outcome::Pending,
        Some(SaleStatus::Failed | SaleStatus::Closed) => {
            Outcome::Declined { cause: DeclineCause::Wallet, code: word.to_ascii_lowercase() }
        }
        None => unknown(UnknownCause::UnheardOf, code),
    }
}

/// True where the answer speaks of something else than was asked. What it does not mention is no contradiction.
fn contradicts(result: &Object<'_>, asked: &Asked) -> Result<bool, Unreadable> {
    let differs = |name: &str, expected: &str| Ok(result.text(name)?.is_some_and(|text| text != expected));
    let (key_name, key_value) = key_field(&asked.sale_key);
    if differs(key_name, key_value)? || differs(field::REFUND_REFERENCE, asked.reference.as_str())? {
        return Ok(true);
    }
    let asked_currency = asked.amount.currency();
    if result.text(field::CURRENCY)?.is_some_and(|code| Currency::parse(&code) != Ok(asked_currency)) {
        return Ok(true);
    }
    // An amount that cannot be read is not the amount that was asked for: a mismatch, not a matter of spelling.
    let amount_of = |name: &str| result.money(name, asked_currency);
    match (amount_of(field::REFUND_AMOUNT), amount_of(field::AMOUNT)) {
        (Ok(refunded), Ok(amount)) => {
            let wrong_refund = refunded.is_some_and(|refunded| refunded != asked.amount);
            // `amount` is "the transaction amount" by its description and the refund's in the published sample;
            // neither is ever less than the refund.
            let too_small = amount.is_some_and(|amount| amount.minor() < asked.amount.minor());
            Ok(wrong_refund || too_small)
        }
        _ => Ok(true),
    }
}

/// True where the answer names everything that was asked. Call it after [`contradicts`].
fn agrees(result: &Object<'_>, asked: &Asked) -> Result<bool, Unreadable> {
    let (key_name, key_value) = key_field(&asked.sale_key);
    let named = |name: &str, expected: &str| Ok::<_, Unreadable>(result.text(name)?.as_deref() == Some(expected));
    let currency = asked.amount.currency();
    // `refundAmount` is not always returned; then `amount` has to be the refund's, to the cent.
    let amount = match result.money(field::REFUND_AMOUNT, currency)? {
        Some(refunded) => Some(refunded),
        None => result.money(field::AMOUNT, currency)?,
    };
    Ok(named(key_name, key_value)?
        && named(field::REFUND_REFERENCE, asked.reference.as_str())?
        && result.currency(field::CURRENCY)? == Some(currency)
        && amount == Some(asked.amount))
}

fn key_field(key: &SaleKey) -> (&'static str, &str) {
    match key {
        SaleKey::Transaction(number) => (field::TRANSACTION_NO, number.as_str()),
        SaleKey::Reference(reference) => (field::REFERENCE, reference.as_str()),
    }
}

/// The gateway's number for a refund, if it is fit to be kept and shown.
fn refund_id(object: &Object<'_>) -> Option<String> {
    let id = object.first_text(&field::REFUND_IDS).ok().flatten()?;
    (id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_graphic())).then_some(id)
}

/// What the gateway says of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryAnswer {
    /// It knows the sale that was asked about.
    Found(QueriedSale),
    /// It knows no such sale.
    NoSuchSale,
    /// It did not say: nothing follows for any refund (promise I5).
    Failed(QueryFailure),
}

/// A sale as the gateway has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueriedSale {
    /// The gateway's number.
    pub transaction_no: Option<TransactionNo>,
    /// The merchant's number.
    pub reference: Option<InvoiceReference>,
    /// What was paid.
    pub amount: Money,
    /// The currency the store is settled in; the sale's where the gateway does not say.
    pub settle_currency: Currency,
    /// Where the payment stands.
    pub status: SaleStatus,
    /// Whether it is a payment at all.
    pub transaction_type: TransactionType,
    /// When it was paid; not in the published answer, read when it is there.
    pub paid_at: Option<Timestamp>,
    /// The refunds made on it, by us or by others.
    pub refunds: Vec<QueriedRefund>,
}

/// What kind of transaction a number belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransactionType {
    /// A payment, said or not: only payments are refunded.
    Payment,
    /// A refund: its own number was asked for.
    Refund,
    /// Something we have no name for.
    Other,
}

/// A refund as the gateway has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueriedRefund {
    /// The gateway's number for it.
    pub id: Option<String>,
    /// The reference it was asked for under.
    pub reference: Option<String>,
    /// How much, in its own currency.
    pub amount: Money,
    /// Where it stands, when the gateway says (it is not in the published answer).
    pub status: Option<SaleStatus>,
}

/// What a readable query shows of one refund of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Evidence {
    /// It is there, with the amount that was asked.
    Executed {
        /// The gateway's number for it.
        gateway_refund_no: Option<String>,
    },
    /// It is there and not finished.
    InProgress,
    /// It is there and failed.
    Failed,
    /// It is there with another amount: a person has to look.
    Mismatch,
    /// It is not there, or not yet.
    NotThere,
}

impl QueriedSale {
    /// What this says of our refund `reference` of `amount`.
    pub fn evidence_of(&self, reference: &RefundReference, amount: Money) -> Evidence {
        let ours = |refund: &&QueriedRefund| refund.reference.as_deref() == Some(reference.as_str());
        // If it stands there more than once, an execution weighs more than a failure.
        let Some(found) = self.refunds.iter().filter(ours).max_by_key(|refund| weight(refund.status)) else {
            return Evidence::NotThere;
        };
        match found.status {
            Some(SaleStatus::Failed | SaleStatus::Closed) => Evidence::Failed,
            _ if found.amount != amount => Evidence::Mismatch,
            Some(SaleStatus::Init | SaleStatus::Dealing | SaleStatus::Pending) => Evidence::InProgress,
            // Refunds that stand in `refundInfo` without a status are executed ones, in every published description.
            Some(SaleStatus::Success) | None => Evidence::Executed { gateway_refund_no: found.id.clone() },
        }
    }
}

const fn weight(status: Option<SaleStatus>) -> u8 {
    match status {
        Some(SaleStatus::Success) | None => 2,
        Some(SaleStatus::Init | SaleStatus::Dealing | SaleStatus::Pending) => 1,
        Some(SaleStatus::Failed | SaleStatus::Closed) => 0,
    }
}

/// Why a query told nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryFailure {
    /// The gateway was not reached.
    NotReached(NotSentCause),
    /// No answer, or only part of one.
    NoAnswer,
    /// An answer that cannot be read.
    Unreadable,
    /// An answer about another sale.
    Mismatch,
    /// The terminal's credentials are wrong.
    AccessDenied,
    /// The gateway did not accept the question, or had an error of its own; its code or HTTP status, for support.
    Gateway(String),
}

/// What the gateway says of the sale `key`, by its answer.
pub fn of_query(http_status: u16, body: &[u8], key: &SaleKey) -> QueryAnswer {
    match read_query(http_status, body, key) {
        Ok(answer) => answer,
        Err(failure) => QueryAnswer::Failed(failure),
    }
}

fn read_query(http_status: u16, body: &[u8], key: &SaleKey) -> Result<QueryAnswer, QueryFailure> {
    let by_status = || QueryFailure::Gateway(format!("HTTP {http_status}"));
    if !body_counts(http_status) {
        return Err(by_status());
    }
    let unreadable = || if http_status == 200 { QueryFailure::Unreadable } else { by_status() };
    let answer = Answer::read(body).map_err(|Unreadable| unreadable())?;
    let code = answer.code.ok_or_else(unreadable)?;
    match read_code(&code) {
        Code::Success if http_status == 200 => {
            // The question was for one sale; an answer about another would cache a wrong amount under its number.
            let (name, expected) = key_field(key);
            let echo = answer.result.text(name).map_err(|_| QueryFailure::Unreadable)?;
            if echo.as_deref() != Some(expected) {
                return Err(if answer.result.is_empty() { QueryFailure::Unreadable } else { QueryFailure::Mismatch });
            }
            read_sale(&answer.result).map(QueryAnswer::Found).map_err(|Unreadable| QueryFailure::Unreadable)
        }
        Code::Success => Err(by_status()),
        Code::Declined(DeclineCause::NoSuchSale) => Ok(QueryAnswer::NoSuchSale),
        Code::Declined(DeclineCause::AccessDenied) => Err(QueryFailure::AccessDenied),
        _ => Err(tidy_code(&code).map_or(QueryFailure::Unreadable, QueryFailure::Gateway)),
    }
}

fn read_sale(result: &Object<'_>) -> Result<QueriedSale, Unreadable> {
    let currency = result.currency(field::CURRENCY)?.ok_or(Unreadable)?;
    let status = result.text(field::STATUS)?.and_then(|word| SaleStatus::parse(&word)).ok_or(Unreadable)?;
    let transaction_type = match result.text(field::TRANSACTION_TYPE)?.as_deref() {
        None | Some("payment") => TransactionType::Payment,
        Some("refund") => TransactionType::Refund,
        Some(_) => TransactionType::Other,
    };
    Ok(QueriedSale {
        transaction_no: result.text(field::TRANSACTION_NO)?.and_then(|text| TransactionNo::parse(&text).ok()),
        reference: result.text(field::REFERENCE)?.and_then(|text| InvoiceReference::parse(&text).ok()),
        amount: result.money(field::AMOUNT, currency)?.ok_or(Unreadable)?,
        settle_currency: result.currency(field::SETTLE_CURRENCY)?.unwrap_or(currency),
        status,
        transaction_type,
        paid_at: result.first_text(&field::PAID_AT).ok().flatten().and_then(|text| gateway_time(&text)),
        refunds: result
            .list(field::REFUND_INFO)?
            .iter()
            .map(|refund| read_refund(refund, currency))
            .collect::<Result<_, _>>()?,
    })
}

/// One refund of a sale. One that cannot be read makes the whole answer unreadable: it may be the one we look for.
fn read_refund(refund: &Object<'_>, sale_currency: Currency) -> Result<QueriedRefund, Unreadable> {
    let currency = refund.currency(field::CURRENCY)?.unwrap_or(sale_currency);
    let amount = match refund.money(field::REFUND_AMOUNT, currency)? {
        Some(amount) => amount,
        // `refundAmount` stands there for payments in the price currency, `refundRmbAmount` for payments in yuan.
        None => {
            let yuan = Currency::parse("CNY").map_err(|_| Unreadable)?;
            refund.money(field::REFUND_RMB_AMOUNT, yuan)?.ok_or(Unreadable)?
        }
    };
    let status = match refund.text(field::STATUS)? {
        Some(word) => Some(SaleStatus::parse(&word).ok_or(Unreadable)?),
        None => None,
    };
    Ok(QueriedRefund { id: refund_id(refund), reference: refund.text(field::REFUND_REFERENCE)?, amount, status })
}
