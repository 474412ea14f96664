//! What the gateway decides: from a request's parameters to an answer, and a line in the book.
//!
//! **Refused means not executed**, unless a fault says that the gateway lies. Codes and the order of checks follow the
//! published descriptions (docs.pockyt.io "Notes"): who asks, what is missing, what does not go together, the sale.

use serde_json::{Map, Value, json};

use super::Merchant;
use super::book::{Book, ExecutedRefund};
use super::fault::{Fault, Injection, status_or_success};
use crate::domain::{Currency, InvoiceReference, Money, SaleKey, SaleStatus, TransactionNo};
use crate::gateway::sign::{VERIFY_SIGN, verify_sign};
use crate::gateway::wire::{Object, field};

/// A refusal: code and message.
type Refusal = (&'static str, &'static str);

const MISSING: Refusal = ("000020", "parameter is null");
const NO_SALE: Refusal = ("000021", "parameter has no related information");
const NO_MATCH: Refusal = ("000022", "parameters do not match");
const BAD_VALUE: Refusal = ("000023", "parameter value error");
const NO_RIGHTS: Refusal = ("000030", "no rights, access denied");
const BAD_STATUS: Refusal = ("000040", "transaction status error");
const TOO_MUCH: Refusal = ("000040", "the refund amount is more than what is left of the transaction");
const SYSTEM: Refusal = ("000000", "system error");

/// A request's parameters, all of them text.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads the body; an empty list where it is no object of texts.
    pub fn read(body: &[u8]) -> Self {
        let texts = Object::read(body)
            .and_then(|object| Ok(object.texts()?.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()));
        Self(texts.unwrap_or_default())
    }

    /// The value of that name, if it is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, value)| own == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    fn need(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or(MISSING)
    }

    fn need_currency(&self, name: &str) -> Result<Currency, Refusal> {
        Currency::parse(self.need(name)?).map_err(|_| BAD_VALUE)
    }

    fn check_signature(&self, merchants: &[Merchant]) -> Result<(), Refusal> {
        let (merchant_no, store_no) = (self.need(field::MERCHANT_NO)?, self.need(field::STORE_NO)?);
        let signature = self.need(VERIFY_SIGN)?;
        let known = merchants.iter().find(|known| known.merchant_no == merchant_no && known.store_no == store_no);
        let token = &known.ok_or(NO_RIGHTS)?.token;
        let parameters = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        if verify_sign(parameters, token) == signature { Ok(()) } else { Err(NO_RIGHTS) }
    }

    fn key(&self) -> Result<SaleKey, Refusal> {
        match (self.get(field::TRANSACTION_NO), self.get(field::REFERENCE)) {
            (Some(number), None) => TransactionNo::parse(number).map(SaleKey::Transaction).map_err(|_| NO_SALE),
            (None, Some(reference)) => InvoiceReference::parse(reference).map(SaleKey::Reference).map_err(|_| NO_SALE),
            _ => Err(NO_MATCH),
        }
    }
}

/// Judges a refund, and executes it if the injection says so (without one: if it is accepted).
pub(super) fn refund(
    book: &mut Book,
    merchants: &[Merchant],
    deduplicate: bool,
    parameters: &Parameters,
    injection: Option<&Injection>,
) -> Value {
    let answer = judge_refund(book, merchants, deduplicate, parameters, injection);
    answer.unwrap_or_else(refused)
}

fn judge_refund(
    book: &mut Book,
    merchants: &[Merchant],
    deduplicate: bool,
    parameters: &Parameters,
    injection: Option<&Injection>,
) -> Result<Value, Refusal> {
    parameters.check_signature(merchants)?;
    let amount_text = parameters.need(field::REFUND_AMOUNT)?;
    let currency = parameters.need_currency(field::CURRENCY)?;
    let settle_currency = parameters.need_currency(field::SETTLE_CURRENCY)?;
    let refund_reference = parameters.need(field::REFUND_REFERENCE)?;
    let key = parameters.key()?;
    let amount = Money::parse(amount_text, currency).ok().filter(|amount| !amount.is_zero()).ok_or(BAD_VALUE)?;
    let sale = book.sale(&key).ok_or(NO_SALE)?.clone();
    if sale.amount.currency() != currency {
        return Err(NO_MATCH);
    }
    let before = book.refunds().iter().find(|refund| refund.refund_reference == refund_reference);
    if let Some(before) = before.filter(|_| deduplicate) {
        return Ok(refund_answer(before, sale.reference.as_ref()));
    }
    if sale.status != SaleStatus::Success {
        return Err(BAD_STATUS);
    }
    if book.left(&sale).minus(amount).is_err() {
        return Err(TOO_MUCH);
    }
    let mut refund = ExecutedRefund {
        transaction_no: sale.transaction_no.clone(),
        refund_reference: refund_reference.to_owned(),
        refund_no: book.next_refund_no(),
        amount,
        settle_currency,
        status: SaleStatus::Success,
        becomes: SaleStatus::Success,
        unsettled_for: 0,
        hidden_for: injection.map_or(0, |injection| injection.hidden_for_queries),
    };
    if let Some(Fault::NotFinal { status, for_queries, becomes }) = injection.map(|injection| &injection.fault) {
        refund.status = status_or_success(Some(status));
        refund.becomes = status_or_success(becomes.as_deref());
        // With no query to see it unfinished it would stay so for ever.
        refund.unsettled_for = (*for_queries).max(1);
    }
    let answer = refund_answer(&refund, sale.reference.as_ref());
    if injection.is_none_or(|injection| injection.execute) {
        book.execute(refund).map_err(|_| SYSTEM)?;
    }
    Ok(answer)
}

/// Answers a question about a sale.
pub(super) fn query(book: &mut Book, merchants: &[Merchant], parameters: &Parameters) -> Value {
    judge_query(book, merchants, parameters).unwrap_or_else(refused)
}

fn judge_query(book: &mut Book, merchants: &[Merchant], parameters: &Parameters) -> Result<Value, Refusal> {
    parameters.check_signature(merchants)?;
    let sale = book.sale(&parameters.key()?).ok_or(NO_SALE)?.clone();
    let refunds = book.show_refunds(&sale.transaction_no).map_err(|_| SYSTEM)?;
    let mut result = sale_echo(&sale.transaction_no, sale.reference.as_ref(), sale.amount, sale.settle_currency);
    result.insert(field::STATUS.to_owned(), json!(sale.status.as_str()));
    result.insert(field::TRANSACTION_TYPE.to_owned(), json!("payment"));
    if let Some(wallet) = &sale.wallet {
        result.insert("vendor".to_owned(), json!(wallet));
    }
    if !refunds.is_empty() {
        let refunds: Vec<Value> = refunds.iter().map(refund_info).collect();
        result.insert(field::REFUND_INFO.to_owned(), json!(refunds));
    }
    Ok(json!({ "result": result, "ret_msg": "query success ", "ret_code": "000100" }))
}

/// A refund as `refundInfo` shows it. The published entry has no status; an unfinished one needs it.
fn refund_info(refund: &ExecutedRefund) -> Value {
    let mut entry = json!({
        "refundTransactionId": refund.refund_no,
        "refundReference": refund.refund_reference,
        "refundAmount": refund.amount.decimal(),
        "currency": refund.amount.currency().code(),
        "settleCurrency": refund.settle_currency.code(),
    });
    if let (true, Some(entry)) = (refund.status != SaleStatus::Success, entry.as_object_mut()) {
        entry.insert(field::STATUS.to_owned(), json!(refund.status.as_str()));
    }
    entry
}

fn refund_answer(refund: &ExecutedRefund, reference: Option<&InvoiceReference>) -> Value {
    let mut result = sale_echo(&refund.transaction_no, reference, refund.amount, refund.settle_currency);
    result.insert(field::REFUND_AMOUNT.to_owned(), json!(refund.amount.decimal()));
    result.insert(field::REFUND_REFERENCE.to_owned(), json!(refund.refund_reference));
    result.insert("refundTransactionNo".to_owned(), json!(refund.refund_no));
    result.insert(field::STATUS.to_owned(), json!(refund.status.as_str()));
    // The space behind the message is in the published answer.
    json!({ "result": result, "ret_msg": "refund success ", "ret_code": "000100" })
}

fn sale_echo(
    number: &TransactionNo,
    reference: Option<&InvoiceReference>,
    amount: Money,
    settle: Currency,
) -> Map<String, Value> {
    let mut result = Map::new();
    result.insert(field::TRANSACTION_NO.to_owned(), json!(number.as_str()));
    result.insert(field::AMOUNT.to_owned(), json!(amount.decimal()));
    result.insert(field::CURRENCY.to_owned(), json!(amount.currency().code()));
    result.insert(field::SETTLE_CURRENCY.to_owned(), json!(settle.code()));
    if let Some(reference) = reference {
        result.insert(field::REFERENCE.to_owned(), json!(reference.as_str()));
    }
    result
}

fn refused((code, message): Refusal) -> Value {
    json!({ "ret_msg": message, "ret_code": code })
}
