//! The simulated network and the gateway behind it: takes the bytes of a request, does with the book what chance wants,
//! and answers with bytes: honestly, wrongly, in part, or not at all.
//!
//! An answer that lies in full (a well-formed success for what was not executed) is left out: no till could tell.

use std::collections::BTreeMap;
use std::sync::Weak;

use reqwest::Method;
use serde_json::{Value, json};
use tillback::domain::{Currency, Money, NotSentCause, UnknownCause};
use tillback::gateway::wire::{QUERY_PATH, REFUND_PATH};
use tillback::gateway::{ApiToken, Courier, Exchange, verify_sign};

use super::book::{Entry, Standing};
use super::shop::Shop;
use super::{lock, promises};

/// Made up; looked for in everything that is written.
pub const TOKEN: &str = "canary-7f3c1e90b2d84a65c0ffee5e";
pub const MERCHANT: &str = "200043";
pub const STORE: &str = "300014";
/// The longest a request may lie at the gateway before it is executed, and the longest until queries show it.
const LATE_MS: u64 = 120_000;
const HIDDEN_MS: u64 = 60_000;

/// The way from one till to the gateway.
#[derive(Debug)]
pub struct Line {
    pub shop: Weak<Shop>,
    pub till: usize,
}

type Fields = BTreeMap<String, String>;

impl Courier for Line {
    fn exchange(&self, method: Method, path: &str, body: Vec<u8>) -> Exchange {
        let shop = self.shop.upgrade().expect("the shop");
        if method == Method::HEAD {
            return Exchange::Answered { http_status: 200, body: vec![] };
        }
        shop.meanwhile(self.till);
        let answer = shop.carry(path, &body);
        shop.log.say(|| match &answer {
            Exchange::Answered { http_status, body } => {
                format!("  answer: {http_status} {}", String::from_utf8_lossy(body))
            }
            other => format!("  answer: {other:?}"),
        });
        shop.meanwhile(self.till);
        if shop.mishap(40) {
            shop.log.say(|| "  the worker panics".to_owned());
            std::panic::resume_unwind(Box::new("a worker's panic"));
        }
        answer
    }
}

/// The client's request as the gateway reads it: signed, complete, for this store.
fn read(body: &[u8]) -> Result<Fields, String> {
    let fields: Fields = serde_json::from_slice(body).map_err(|error| format!("a request is no JSON: {error}"))?;
    let token = ApiToken::parse(TOKEN).expect("a token");
    let signature = verify_sign(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())), &token);
    let signed = fields.get("verifySign") == Some(&signature);
    let ours =
        fields.get("merchantNo").is_some_and(|n| n == MERCHANT) && fields.get("storeNo").is_some_and(|n| n == STORE);
    if signed && ours { Ok(fields) } else { Err(format!("a request is not signed by this store: {fields:?}")) }
}

fn lost(which: u64) -> Exchange {
    Exchange::Lost(match which {
        0 => UnknownCause::TimedOut,
        1 => UnknownCause::ConnectionLost,
        2 => UnknownCause::Unreadable,
        _ => UnknownCause::Interrupted,
    })
}

fn answered(http_status: u16, body: impl Into<Vec<u8>>) -> Exchange {
    Exchange::Answered { http_status, body: body.into() }
}

impl Shop {
    /// One request on its way, and back.
    fn carry(&self, path: &str, body: &[u8]) -> Exchange {
        let text = String::from_utf8_lossy(body).into_owned();
        self.log.say(|| format!("  {path} {text}"));
        if text.contains(TOKEN) {
            self.broken("I8: the token is in a request".to_owned());
        }
        if self.mishap(7) {
            return Exchange::NotSent(match self.chance.below(3) {
                0 => NotSentCause::NameNotFound,
                1 => NotSentCause::NotTrusted,
                _ => NotSentCause::Unreachable,
            });
        }
        let fields = match read(body) {
            Ok(fields) => fields,
            Err(broken) => {
                self.broken(format!("wire: {broken}"));
                return lost(0);
            }
        };
        lock(&self.book).tick(self.time.truth());
        match path {
            REFUND_PATH => self.refund(&fields),
            QUERY_PATH => self.query(&fields),
            other => {
                self.broken(format!("wire: {other} is no path of the gateway"));
                lost(0)
            }
        }
    }

    fn refund(&self, fields: &Fields) -> Exchange {
        let reference = fields.get("refundReference").cloned().unwrap_or_default();
        if let Err(broken) = promises::at_arrival(self, fields, &reference) {
            self.broken(broken);
        }
        let entry = self.entry(fields, &reference);
        let refusal = match &entry {
            None => Some("000021"),
            Some(entry) if !lock(&self.book).fits(entry) => Some("000040"),
            Some(_) if self.chance.once_in(12) => Some(*self.chance.one_of(&["000010", "000030", "000040"])),
            Some(_) => None,
        };
        if let (Some(code), true) = (refusal, !self.is_stormy() || self.chance.below(4) != 0) {
            lock(&self.notes).told_refused.insert(reference);
            return answered(200, json!({"ret_code": code, "ret_msg": "no", "result": null}).to_string());
        }
        let Some(entry) = entry.filter(|_| refusal.is_none()) else { return self.nonsense(fields) };
        // What the gateway does, and what it says, are two things.
        let fate = if self.is_stormy() { self.chance.below(6 + 2 * self.calm()) } else { 9 };
        match fate {
            // Forgotten, whatever the answer.
            0 => return self.nonsense(fields),
            // Executed after the till has given up waiting.
            1 => {
                let due = self.time.truth() + 1_000 + i64::try_from(self.chance.below(LATE_MS)).expect("small");
                lock(&self.book).late.push((due, entry));
                return lost(self.chance.below(4));
            }
            // Taken, and finished later, well or not.
            2 => {
                let until = self.time.truth() + i64::try_from(self.chance.below(400_000)).expect("small");
                let standing = Standing::Waiting { until, ends_well: self.chance.below(3) != 0 };
                lock(&self.book).entries.push(Entry { standing, ..entry });
                if self.chance.once_in(3) {
                    return self.nonsense(fields);
                }
                lock(&self.notes).told_pending.insert(reference);
                return answered(200, success(fields, "pending").to_string());
            }
            _ => lock(&self.book).entries.push(entry),
        }
        if self.mishap(2) {
            return self.nonsense(fields);
        }
        lock(&self.notes).told_executed.insert(reference);
        answered(200, success(fields, "success").to_string())
    }

    fn entry(&self, fields: &Fields, reference: &str) -> Option<Entry> {
        let field = |name: &str| fields.get(name).map(String::as_str);
        let sale = lock(&self.book).sale(field("transactionNo"), field("reference"))?;
        let amount = Money::parse(field("refundAmount")?, Currency::parse(field("currency")?).ok()?).ok()?;
        let hidden = if self.is_stormy() { i64::try_from(self.chance.below(HIDDEN_MS)).expect("small") } else { 0 };
        let visible_from = self.time.truth() + if self.chance.once_in(4) { hidden } else { 0 };
        Some(Entry { sale, reference: reference.to_owned(), amount, standing: Standing::Done, visible_from })
    }

    /// An answer that must not be believed, whatever the gateway did.
    fn nonsense(&self, fields: &Fields) -> Exchange {
        let mut echo = success(fields, "success");
        let whole = echo.to_string();
        let result = |echo: &mut Value, name: &str, value: Value| echo["result"][name] = value;
        match self.chance.below(22) {
            0..=3 => return lost(self.chance.below(4)),
            4 => return answered(502, "<html><body>Bad gateway</body></html>"),
            5 => return answered(200, "<html>Please sign in</html>"),
            6 => return answered(200, &whole.as_bytes()[..whole.len() / 2]),
            7 => return answered(200, ""),
            8 => return answered(500, whole),
            9 => return answered(500, r#"{"ret_code":"000040","ret_msg":"status"}"#),
            10 => return answered(429, r#"{"ret_code":"000040"}"#),
            11 => return answered(302, whole),
            12 => result(&mut echo, "refundReference", json!("SOMEBODY-ELSES")),
            13 => {
                // By value: "0.010" is 0.01 in three decimals, and then no lie.
                let is_that = fields["refundAmount"].trim_end_matches('0') == "0.01";
                let other = if is_that { "0.02" } else { "0.01" };
                result(&mut echo, "refundAmount", json!(other));
                result(&mut echo, "amount", json!(other));
            }
            14 => {
                let other = if fields["currency"] == "USD" { "GBP" } else { "USD" };
                result(&mut echo, "currency", json!(other));
            }
            15 => {
                result(&mut echo, "transactionNo", json!("299999999999999999"));
                result(&mut echo, "reference", json!("ANOTHER"));
            }
            16 => echo["result"]["status"] = json!("half-done"),
            17..=19 => echo["ret_code"] = json!(*self.chance.one_of(&["000000", "000080", "123456"])),
            20 => {
                // A refusal, but of somebody else's refund.
                echo["ret_code"] = json!("000040");
                result(&mut echo, "refundReference", json!("SOMEBODY-ELSES"));
            }
            _ => {
                let name = *self.chance.one_of(&["refundReference", "currency", "status"]);
                echo["result"].as_object_mut().expect("an object").remove(name);
            }
        }
        answered(200, echo.to_string())
    }

    fn query(&self, fields: &Fields) -> Exchange {
        let field = |name: &str| fields.get(name).map(String::as_str);
        if self.mishap(5) || (self.asks_in_vain() && self.mishap(1)) {
            return match self.chance.below(7) {
                0..=2 => lost(self.chance.below(3)),
                3 => answered(503, "busy"),
                4 => answered(200, "{}"),
                5 => answered(200, r#"{"ret_code":"000030","result":null}"#),
                _ => answered(200, r#"{"ret_code":"000100","result":{"transactionNo":"299999999999999999"}}"#),
            };
        }
        let now = self.time.truth();
        let mut book = lock(&self.book);
        book.tick(now);
        let Some(place) = book.sale(field("transactionNo"), field("reference")) else {
            return answered(200, r#"{"ret_code":"000021","result":null}"#);
        };
        let sale = &book.sales[place];
        let shown: Vec<&Entry> = book.entries.iter().filter(|e| e.sale == place && e.visible_from <= now).collect();
        let list: Vec<Value> = shown
            .iter()
            .map(|entry| {
                json!({"refundTransactionId": format!("R-{}", entry.reference), "refundReference": entry.reference,
                "refundAmount": entry.amount.decimal(), "currency": entry.amount.currency().code(),
                "status": match entry.standing {
                    Standing::Done => "success",
                    Standing::Waiting { .. } => "pending",
                    Standing::Failed => "failed",
                }})
            })
            .collect();
        lock(&self.notes).told(sale.number, sale.reference, &shown, now);
        let mut result = json!({"transactionNo": sale.number, "amount": sale.paid.decimal(),
            "currency": sale.paid.currency().code(), "settleCurrency": "USD", "status": "success",
            "transactionType": "payment", "refundInfo": list});
        if let Some(reference) = sale.reference {
            result["reference"] = json!(reference);
        }
        answered(200, json!({"ret_code": "000100", "ret_msg": "query success", "result": result}).to_string())
    }
}

fn success(fields: &Fields, status: &str) -> Value {
    let mut result = json!({"refundReference": fields["refundReference"], "amount": fields["refundAmount"],
        "refundAmount": fields["refundAmount"], "currency": fields["currency"], "settleCurrency": "USD",
        "status": status, "refundTransactionNo": "297553638302358781"});
    for name in ["transactionNo", "reference"] {
        if let Some(value) = fields.get(name) {
            result[name] = json!(value);
        }
    }
    json!({"ret_code": "000100", "ret_msg": "refund success", "result": result})
}
