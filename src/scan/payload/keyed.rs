//! Texts that say which part of them is the number: web addresses and JSON with `transactionNo` or `reference`.
//!
//! **The value is taken as text, exactly**: a JSON number of eighteen digits is never read as a number. **Two different
//! values under one key name no sale.** `transactionNo` wins over `reference`, as in the gateway's own requests.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{NUMBER_DIGITS, is_digits};
use crate::domain::{Candidate, InvoiceReference, SaleKey, ScanRefusal, Scanned, TransactionNo};

/// Objects inside objects that are looked into; printed ones have one or two.
const MAX_DEPTH: usize = 8;
/// Characters of a host that are kept for the message (RFC 1035 allows 253).
const MAX_HOST: usize = 253;

/// The values found under our two keys.
#[derive(Default)]
struct Found {
    numbers: Vec<String>,
    references: Vec<String>,
}

/// What a web address or a JSON object names; `None` when the text is neither.
pub(super) fn read(text: &str) -> Option<Scanned> {
    if text.starts_with('{') {
        let mut found = Found::default();
        collect_json(text, &mut found, MAX_DEPTH)?;
        return Some(found.named().unwrap_or(Scanned::Refused(ScanRefusal::NotANumber)));
    }
    let host = host(text);
    let mut found = Found::default();
    let query_at = if host.is_some() { text.find(['?', '#']).map(|at| at + 1) } else { Some(0) };
    if let Some(query) = query_at.and_then(|at| text.get(at..)) {
        for pair in query.split(['&', ';', '?', '#']) {
            if let Some((key, value)) = pair.split_once('=') {
                found.take(&percent_decoded(key), percent_decoded(value));
            }
        }
    }
    match (found.named(), host) {
        (Some(named), _) => Some(named),
        (None, Some(host)) => Some(Scanned::Refused(ScanRefusal::ForeignUrl { host })),
        (None, None) => None,
    }
}

impl Found {
    fn take(&mut self, key: &str, value: String) {
        let key = key.trim();
        if key.eq_ignore_ascii_case("transactionNo") {
            self.numbers.push(value.trim().to_owned());
        } else if key.eq_ignore_ascii_case("reference") {
            self.references.push(value.trim().to_owned());
        }
    }

    /// The sale these values name; `None` when neither key was there with a value.
    fn named(mut self) -> Option<Scanned> {
        for values in [&mut self.numbers, &mut self.references] {
            values.retain(|value| !value.is_empty());
            values.dedup();
        }
        let not_a_number = Some(Scanned::Refused(ScanRefusal::NotANumber));
        let key = match (self.numbers.as_slice(), self.references.as_slice()) {
            ([], []) => return None,
            ([number], _) if is_digits(number) && number.len() == NUMBER_DIGITS => {
                TransactionNo::parse(number).ok().map(SaleKey::Transaction)
            }
            ([], [reference]) => InvoiceReference::parse(reference).ok().map(SaleKey::Reference),
            _ => return not_a_number,
        };
        // No doubt here: what calls itself a transaction number is not a code to pay with.
        key.map_or(not_a_number, |key| Some(Scanned::Candidate(Candidate { key, doubt: None })))
    }
}

/// The host of a web address, in a form fit for a message; `None` when the text is no web address.
fn host(text: &str) -> Option<String> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        _ if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) => ("www", text),
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let shown: String = host
        .chars()
        .take(MAX_HOST)
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']' | '_') { c } else { '?' })
        .collect();
    Some(if shown.is_empty() { scheme.to_ascii_lowercase() } else { shown.to_lowercase() })
}

/// RFC 3986, 3.1.
fn is_scheme(text: &str) -> bool {
    text.len() <= 32
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// RFC 3986 percent-decoding with `+` for a space; what is not UTF-8 afterwards can be no key or value of ours.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let hex = |digit: Option<u8>| digit.and_then(|d| char::from(d).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (hex(ahead.next()), hex(ahead.next())) {
                (Some(high), Some(low)) => {
                    bytes.push((high << 4) | low);
                    rest = ahead;
                }
                _ => bytes.push(byte),
            },
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Takes our keys from a JSON object and from objects in it. `None` when it is not one.
fn collect_json(text: &str, found: &mut Found, depth: usize) -> Option<()> {
    let Members(members) = serde_json::from_str(text).ok()?;
    for (key, value) in members {
        let value = value.get().trim();
        if value.starts_with('{') && depth > 0 {
            collect_json(value, found, depth - 1)?;
        } else if value.starts_with('"') {
            found.take(&key, serde_json::from_str(value).ok()?);
        } else if value.starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            found.take(&key, value.to_owned());
        }
    }
    Some(())
}

/// An object's members as they stand, the same key as often as it is there.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Collect).map(Members)
    }
}
