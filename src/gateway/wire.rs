//! The JSON of the protocol: requests as we send them, answers as leniently as it is safe to read them.
//!
//! **What is sent is what was signed**: one list of parameters makes both. **Amounts are text from end to end**, whether
//! the gateway wrote a string or a number. **Reading never guesses**: unknown fields are ignored, but a name that
//! stands twice or a value of an impossible type makes the whole answer unreadable.
//! Source: docs.pockyt.io "Refund API" and "Query API"; the vendor's SDKs for the older names of the refund's id.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use serde_json::value::RawValue;

use super::sign::{ApiToken, VERIFY_SIGN, verify_sign};
use crate::domain::{Currency, Money, RefundReference, SaleKey, Timestamp};

/// Where a refund is posted.
pub const REFUND_PATH: &str = "/app-data-search/v3/refund";
/// Where a transaction is looked up.
pub const QUERY_PATH: &str = "/app-data-search/v3/tran-query";

/// The names of the fields both sides use.
pub mod field {
    /// The merchant.
    pub const MERCHANT_NO: &str = "merchantNo";
    /// The store.
    pub const STORE_NO: &str = "storeNo";
    /// How much to refund, in the answer how much was refunded.
    pub const REFUND_AMOUNT: &str = "refundAmount";
    /// How much was refunded of a payment made in yuan (docs.yuansfer.com "Transaction Query").
    pub const REFUND_RMB_AMOUNT: &str = "refundRmbAmount";
    /// The sale's amount; in a refund's answer the published sample has the refund's in it.
    pub const AMOUNT: &str = "amount";
    /// The sale's currency.
    pub const CURRENCY: &str = "currency";
    /// The currency the store is settled in.
    pub const SETTLE_CURRENCY: &str = "settleCurrency";
    /// The gateway's number for the sale.
    pub const TRANSACTION_NO: &str = "transactionNo";
    /// The merchant's number for the sale.
    pub const REFERENCE: &str = "reference";
    /// The merchant's number for the refund.
    pub const REFUND_REFERENCE: &str = "refundReference";
    /// Where the sale or the refund stands.
    pub const STATUS: &str = "status";
    /// `payment` or `refund`.
    pub const TRANSACTION_TYPE: &str = "transactionType";
    /// The refunds made on a sale.
    pub const REFUND_INFO: &str = "refundInfo";
    /// The gateway's number for a refund, by the names it has had (the refund's answer, the query's, older SDKs).
    pub const REFUND_IDS: [&str; 5] =
        ["refundTransactionNo", "refundTransactionId", "refundYuansferId", "refundNo", "refundId"];
    /// When a sale was paid. Not in the published answer of a query; read when it is there.
    pub const PAID_AT: [&str; 2] = ["paymentTime", "time"];
}

/// Who asks: goes into every request.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The merchant's number.
    pub merchant_no: String,
    /// The store's number.
    pub store_no: String,
    /// What signs the request. Not sent.
    pub token: ApiToken,
}

/// A signed request: names and values in the order they are written.
pub struct Request(Vec<(&'static str, String)>);

impl Request {
    /// A refund of `amount` of the sale `key`.
    pub fn refund(
        credentials: &Credentials,
        key: &SaleKey,
        amount: Money,
        settle_currency: Currency,
        reference: &RefundReference,
    ) -> Self {
        let parameters = vec![
            (field::REFUND_AMOUNT, amount.decimal()),
            (field::CURRENCY, amount.currency().code().to_owned()),
            (field::SETTLE_CURRENCY, settle_currency.code().to_owned()),
            key_parameter(key),
            (field::REFUND_REFERENCE, reference.as_str().to_owned()),
        ];
        Self::signed(credentials, parameters)
    }

    /// A question about the sale `key`.
    pub fn query(credentials: &Credentials, key: &SaleKey) -> Self {
        Self::signed(credentials, vec![key_parameter(key)])
    }

    fn signed(credentials: &Credentials, own: Vec<(&'static str, String)>) -> Self {
        let mut parameters = vec![
            (field::MERCHANT_NO, credentials.merchant_no.clone()),
            (field::STORE_NO, credentials.store_no.clone()),
        ];
        parameters.extend(own);
        let signature = verify_sign(parameters.iter().map(|(name, value)| (*name, value.as_str())), &credentials.token);
        parameters.push((VERIFY_SIGN, signature));
        Self(parameters)
    }

    /// The body to send: one JSON object of strings.
    pub fn to_json(&self) -> Result<Vec<u8>, Unreadable> {
        let mut body = Vec::new();
        let mut serializer = serde_json::Serializer::new(&mut body);
        let mut map = serializer.serialize_map(Some(self.0.len())).map_err(|_| Unreadable)?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value).map_err(|_| Unreadable)?;
        }
        SerializeMap::end(map).map_err(|_| Unreadable)?;
        Ok(body)
    }
}

/// Exactly one of the two names of a sale is sent: the vendor's SDKs refuse both and refuse neither.
fn key_parameter(key: &SaleKey) -> (&'static str, String) {
    match key {
        SaleKey::Transaction(number) => (field::TRANSACTION_NO, number.as_str().to_owned()),
        SaleKey::Reference(reference) => (field::REFERENCE, reference.as_str().to_owned()),
    }
}

/// Not what the protocol allows. It never holds what was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the JSON is not what the protocol allows")]
pub struct Unreadable;

/// A JSON object whose values are not read yet. No name stands in it twice.
#[derive(Default)]
pub struct Object<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    /// Reads a whole body.
    pub fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        serde_json::from_slice(body).map_err(|_| Unreadable)
    }

    /// The text of a string, or the digits of a number exactly as they stand; nothing for absent, null or empty.
    pub fn text(&self, name: &str) -> Result<Option<String>, Unreadable> {
        let Some(raw) = self.0.get(name).map(|raw| raw.get()) else { return Ok(None) };
        let text = match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str::<String>(raw).map_err(|_| Unreadable)?,
            Some(b'-' | b'0'..=b'9') => raw.to_owned(),
            Some(b'n') => return Ok(None),
            _ => return Err(Unreadable),
        };
        let text = text.trim();
        Ok(if text.is_empty() { None } else { Some(text.to_owned()) })
    }

    /// The first of several names that has a text.
    pub fn first_text(&self, names: &[&str]) -> Result<Option<String>, Unreadable> {
        for name in names {
            if let Some(text) = self.text(name)? {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// An amount of `currency`, exactly as the gateway wrote it.
    pub fn money(&self, name: &str, currency: Currency) -> Result<Option<Money>, Unreadable> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let plain = plain_decimal(&text).ok_or(Unreadable)?;
        Money::parse_wire(&plain, currency).map(Some).map_err(|_| Unreadable)
    }

    /// A currency by its code.
    pub fn currency(&self, name: &str) -> Result<Option<Currency>, Unreadable> {
        let Some(code) = self.text(name)? else { return Ok(None) };
        Currency::parse(&code).map(Some).map_err(|_| Unreadable)
    }

    /// The objects of an array, or the one object that stands there alone; none for absent, null, `{}`, `[]`, `""`.
    pub fn list(&self, name: &str) -> Result<Vec<Object<'a>>, Unreadable> {
        let Some(raw) = self.0.get(name).map(|raw| raw.get()) else { return Ok(Vec::new()) };
        match raw.as_bytes().first() {
            Some(b'[') => serde_json::from_str(raw).map_err(|_| Unreadable),
            _ => Ok(nothing_or_object(raw)?.into_iter().filter(|object| !object.0.is_empty()).collect()),
        }
    }

    /// True with nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every name with its text, as a signature needs them. An object with other values than texts is unreadable.
    pub fn texts(&self) -> Result<Vec<(&str, String)>, Unreadable> {
        self.0.keys().map(|name| Ok((name.as_str(), self.text(name)?.unwrap_or_default()))).collect()
    }
}

/// An object, or nothing where the gateway writes nothing in one of the ways it has for that.
fn nothing_or_object(raw: &str) -> Result<Option<Object<'_>>, Unreadable> {
    match raw {
        "null" | "\"\"" | "[]" => Ok(None),
        object => serde_json::from_str(object).map(Some).map_err(|_| Unreadable),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = BTreeMap<String, &'de RawValue>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    // Two values under one name: whichever we took, the gateway may have meant the other.
                    if fields.insert(name, value).is_some() {
                        return Err(serde::de::Error::custom("a name stands twice"));
                    }
                }
                Ok(fields)
            }
        }
        deserializer.deserialize_map(Fields).map(Self)
    }
}

/// What every answer has.
pub struct Answer<'a> {
    /// `ret_code`, trimmed.
    pub code: Option<String>,
    /// `result`; empty where there is none.
    pub result: Object<'a>,
}

impl<'a> Answer<'a> {
    /// Reads a body. `ret_msg` is for people who read the gateway's logs and is left where it is.
    pub fn read(body: &'a [u8]) -> Result<Self, Unreadable> {
        let whole = Object::read(body)?;
        let code = whole.text("ret_code")?;
        let result = match whole.0.get("result") {
            Some(raw) => nothing_or_object(raw.get())?.unwrap_or_default(),
            None => Object::default(),
        };
        Ok(Self { code, result })
    }
}

/// The same number without an exponent: `1E+1` is `10`. Java's decimals write themselves so when their zeros have been
/// stripped, and the gateway speaks Java. The digits are moved, never computed with.
fn plain_decimal(text: &str) -> Option<String> {
    /// More than any amount's digits: beyond it the text is nonsense, and must not become megabytes of zeros.
    const MAX_SHIFT: i32 = 30;
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return Some(text.to_owned()) };
    let exponent: i32 = exponent.parse().ok().filter(|shift: &i32| shift.abs() <= MAX_SHIFT)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let length = i32::try_from(digits.len()).ok()?;
    if point <= 0 {
        return Some(format!("0.{}{digits}", zeros(-point)));
    }
    if point >= length {
        return Some(format!("{digits}{}", zeros(point - length)));
    }
    let (whole, fraction) = digits.split_at_checked(usize::try_from(point).ok()?)?;
    Some(format!("{whole}.{fraction}"))
}

/// A moment as the gateway writes it: `yyyy-MM-dd HH:mm:ss` or, in its callbacks, `yyyyMMddHHmmss`, both UTC+8.
pub fn gateway_time(text: &str) -> Option<Timestamp> {
    let civil = ["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S"]
        .into_iter()
        .find_map(|format| jiff::civil::DateTime::strptime(format, text.trim()).ok())?;
    let moment = jiff::tz::Offset::constant(8).to_timestamp(civil).ok()?;
    Some(Timestamp::from_ms(moment.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(json: &str, expected: Result<Option<&str>, Unreadable>) {
        let got = Object::read(json.as_bytes()).and_then(|object| object.text("a"));
        assert_eq!(got.as_ref().map(Option::as_deref).map_err(|e| *e), expected, "{json}");
    }

    #[test]
    fn texts_and_numbers_are_read_as_they_stand() {
        check_text(r#"{"a":" x "}"#, Ok(Some("x")));
        check_text(r#"{"a":0.10}"#, Ok(Some("0.10")));
        check_text(r#"{"a":297553638301777927}"#, Ok(Some("297553638301777927")));
        for nothing in [r#"{"a":null}"#, r#"{"a":""}"#, r#"{"a":"  "}"#, "{}", r#"{"b":{}}"#] {
            check_text(nothing, Ok(None));
        }
        let unreadable = [r#"{"a":true}"#, r#"{"a":[]}"#, r#"{"a":{}}"#, r#"{"a":1,"a":2}"#, r#"{"a":"\ud800"}"#];
        for unreadable in unreadable.into_iter().chain(["", "[]", "null", "{", r#"{"a":1} x"#, "\u{feff}{}"]) {
            check_text(unreadable, Err(Unreadable));
        }
        assert!(Object::read(b"{\"a\":\"\xff\"}").and_then(|object| object.text("a")).is_err());
    }

    #[test]
    fn a_deep_or_wide_answer_is_read_in_bounded_depth() {
        let deep = format!(r#"{{"a":1,"x":{}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
        check_text(&deep, Ok(Some("1")));
        let wide: String = (0..50_000).map(|at| format!(r#","n{at}":{at}"#)).collect();
        check_text(&format!(r#"{{"a":1{wide}}}"#), Ok(Some("1")));
    }

    #[track_caller]
    fn check_decimal(text: &str, expected: Option<&str>) {
        assert_eq!(plain_decimal(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn exponents_move_the_point() {
        check_decimal("12.50", Some("12.50"));
        check_decimal("1E+1", Some("10"));
        check_decimal("1.25e1", Some("12.5"));
        check_decimal("125E-1", Some("12.5"));
        check_decimal("1E-2", Some("0.01"));
        check_decimal("1e0", Some("1"));
        check_decimal("1e31", None);
        check_decimal("1e99999999999", None);
        check_decimal("1e", None);
    }

    #[test]
    fn the_list_may_be_an_array_an_object_or_nothing() {
        for (json, count) in [
            (r#"{"l":[{"a":1},{"a":2}]}"#, Ok(2)),
            (r#"{"l":{"a":1}}"#, Ok(1)),
            (r#"{"l":{}}"#, Ok(0)),
            (r#"{"l":[]}"#, Ok(0)),
            (r#"{"l":null}"#, Ok(0)),
            (r#"{"l":""}"#, Ok(0)),
            ("{}", Ok(0)),
            (r#"{"l":[1]}"#, Err(Unreadable)),
            (r#"{"l":7}"#, Err(Unreadable)),
            (r#"{"l":"x"}"#, Err(Unreadable)),
        ] {
            let got = Object::read(json.as_bytes()).and_then(|object| object.list("l").map(|list| list.len()));
            assert_eq!(got, count, "{json}");
        }
    }

    #[test]
    fn the_gateways_clock_is_eight_hours_ahead() {
        let expected = Some(Timestamp::from_ms(1_666_247_297_000));
        assert_eq!(gateway_time("2022-10-20 14:28:17"), expected);
        assert_eq!(gateway_time("20221020142817"), expected);
        assert_eq!(gateway_time("yesterday"), None);
    }
}
