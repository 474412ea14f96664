//! What the gateway answers, and what we sign.

use arbitrary::{Result, Unstructured};
use md5::{Digest, Md5};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use tillback::domain::{
    Currency, InvoiceReference, Money, Outcome, RefundReference, SaleKey, SaleStatus, TransactionNo,
};
use tillback::gateway::outcome::{Asked, of_query, of_refund};
use tillback::gateway::wire::{Credentials, Object, Request};
use tillback::gateway::{ApiToken, Evidence, QueryAnswer, verify_sign};

const NUMBER: &str = "297553638301777927";
const INVOICE: &str = "test20200101306";
const REFUND: &str = "refund2020101305";
const STATUSES: [u16; 12] = [200, 200, 200, 201, 204, 302, 400, 401, 403, 408, 429, 503];
/// The vendor's published sample, not a credential of anybody.
const TOKEN: &str = "5cbfb079f15b150122261c8537086d77a";

fn usd(minor: i64) -> Money {
    Money::from_minor(minor, Currency::USD).unwrap()
}

fn key(by_reference: bool) -> SaleKey {
    if by_reference {
        SaleKey::Reference(InvoiceReference::parse(INVOICE).unwrap())
    } else {
        SaleKey::Transaction(TransactionNo::parse(NUMBER).unwrap())
    }
}

fn asked(by_reference: bool) -> Asked {
    Asked { sale_key: key(by_reference), amount: usd(1250), reference: RefundReference::parse(REFUND).unwrap() }
}

// ---- a second reader of answers, of other parts, to hold the first against -----------------------------------------

/// The members of a JSON object in their order, doubled ones too; `None` for what is no object.
fn members(json: &str) -> Option<Vec<(String, String)>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, String)>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
            let mut found = Vec::new();
            while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
                found.push((name, value.get().to_owned()));
            }
            Ok(found)
        }
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    let found = reader.deserialize_map(Members).ok()?;
    reader.end().ok().map(|()| found)
}

/// The one value of that name as text: a string's content, or a number's digits as they stand.
fn one(object: &[(String, String)], name: &str) -> Option<String> {
    let mut values = object.iter().filter(|(known, _)| known == name).map(|(_, value)| value);
    let (value, None) = (values.next()?, values.next()) else { return None };
    let text = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.clone());
    Some(text.trim().to_owned())
}

/// The number a decimal text stands for, as digits and the place of its point; good for comparing only.
fn number(text: &str) -> Option<(String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent.parse::<i64>().ok()?)?;
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() {
        // Nothing is nothing, with however many zeros.
        return Some((String::new(), 0));
    }
    let point = point.checked_sub(i64::try_from(digits.len() - trimmed.len()).ok()?)?;
    Some((trimmed.trim_end_matches('0').to_owned(), point))
}

/// True where the answer says, in every one of its parts, that this refund was made.
fn says_refunded(http_status: u16, body: &[u8], asked: &Asked) -> bool {
    let says = || {
        let whole = members(std::str::from_utf8(body).ok()?)?;
        let (_, result) = whole.iter().find(|(name, _)| name == "result")?;
        let result = members(result)?;
        let named = |name: &str, expected: &str| one(&result, name).as_deref() == Some(expected);
        let key_name = if matches!(asked.sale_key, SaleKey::Transaction(_)) { "transactionNo" } else { "reference" };
        let amount = one(&result, "refundAmount").filter(|text| !text.is_empty() && text != "null");
        let amount = amount.or_else(|| one(&result, "amount"))?;
        Some(
            http_status == 200
                && one(&whole, "ret_code").as_deref() == Some("000100")
                && one(&result, "status")?.eq_ignore_ascii_case("success")
                && named(key_name, asked.sale_key.as_str())
                && named("refundReference", asked.reference.as_str())
                && one(&result, "currency")?.eq_ignore_ascii_case(asked.amount.currency().code())
                && number(&amount) == number(&asked.amount.decimal()),
        )
    };
    says().unwrap_or(false)
}

/// The same without anything beside it that might contradict: no name twice, no other amount.
fn says_plainly(http_status: u16, body: &[u8], asked: &Asked) -> bool {
    let once = |object: &[(String, String)]| {
        let names: std::collections::BTreeSet<_> = object.iter().map(|(name, _)| name).collect();
        names.len() == object.len()
    };
    let plain = || {
        let whole = members(std::str::from_utf8(body).ok()?)?;
        let (_, result) = whole.iter().find(|(name, _)| name == "result")?;
        let result = members(result)?;
        let amounts = result.iter().filter(|(name, _)| name == "amount" || name == "refundAmount").count();
        Some(once(&whole) && once(&result) && amounts == 1)
    };
    says_refunded(http_status, body, asked) && plain().unwrap_or(false)
}

fn check_refund(http_status: u16, body: &[u8], asked: &Asked) -> Outcome {
    let outcome = of_refund(http_status, body, asked);
    let text = String::from_utf8_lossy(body);
    match &outcome {
        Outcome::Refunded { gateway_refund_no } => {
            assert!(says_refunded(http_status, body, asked), "taken for refunded: HTTP {http_status} {text}");
            if let Some(id) = gateway_refund_no {
                assert!(id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_graphic()), "{id:?}");
            }
        }
        Outcome::Declined { code, .. } => {
            let definite = ["000010", "000020", "000021", "000022", "000023", "000030", "000040", "failed", "closed"];
            assert!(definite.contains(&code.as_str()), "declined by {code:?}: {text}");
            assert!((200..300).contains(&http_status) || (400..500).contains(&http_status));
            assert!(!says_refunded(http_status, body, asked), "{text}");
        }
        Outcome::Pending => {
            let code = members(&text).and_then(|whole| one(&whole, "ret_code"));
            assert!(http_status == 200 && code.as_deref() == Some("000100"), "{text}");
            assert!(!says_refunded(http_status, body, asked), "{text}");
        }
        Outcome::Unknown { code, .. } => {
            assert!(code.as_ref().is_none_or(|code| code.len() <= 16 && code.is_ascii()), "{code:?}");
            assert!(!says_plainly(http_status, body, asked), "a plain success was not taken for one: {text}");
        }
        // Those are said of requests that never left, or by queries.
        Outcome::NotSent { .. } | Outcome::NotExecuted => panic!("{outcome:?} by an answer: {text}"),
    }
    outcome
}

/// Any bytes for an answer to a refund; the first one says under which HTTP status, and how the sale was named.
pub fn refund(data: &[u8]) {
    let Some((how, body)) = data.split_first() else { return };
    let http_status = STATUSES[usize::from(how & 0x7f) % STATUSES.len()];
    check_refund(http_status, body, &asked(how & 0x80 != 0));
}

/// A value of a field and whether it is the right one.
type Written = (Option<String>, bool);

fn field(choices: &mut Unstructured<'_>, right: &[&str], wrong: &[&str]) -> Result<Written> {
    // Mostly right, so that answers with one fault, the dangerous ones, are common.
    if choices.ratio(7, 8)? {
        return Ok((Some((*choices.choose(right)?).to_owned()), true));
    }
    Ok(match wrong.get(choices.int_in_range(0..=wrong.len())?) {
        Some(wrong) => (Some((*wrong).to_owned()), false),
        None => (None, false),
    })
}

/// An answer built field by field, each right, wrong or left out: refunded where all are right, and only there.
pub fn refund_built(data: &[u8]) {
    let _ = build(&mut Unstructured::new(data));
}

fn build(choices: &mut Unstructured<'_>) -> Result<()> {
    let http = choices.ratio(7, 8)?;
    let http_status = if http { 200 } else { *choices.choose(&STATUSES[3..])? };
    let code = field(
        choices,
        &[r#""000100""#, r#"" 000100 ""#],
        &[r#""000080""#, r#""000000""#, r#""100""#, "100", r#""000040""#, r#""000101""#, "null", "[]"],
    )?;
    let fields = [
        (
            "status",
            field(choices, &[r#""success""#, r#""SUCCESS""#], &[r#""pending""#, r#""failed""#, r#""done""#, "1"])?,
        ),
        (
            "transactionNo",
            field(
                choices,
                &[r#""297553638301777927""#, "297553638301777927"],
                &[r#""297553638301777928""#, "297553638301777920", "2.97553638301777927e17", r#""""#],
            )?,
        ),
        (
            "refundReference",
            field(choices, &[r#""refund2020101305""#], &[r#""refund2020101306""#, r#""REFUND2020101305""#, "{}"])?,
        ),
        ("currency", field(choices, &[r#""USD""#, r#""usd""#], &[r#""CNY""#, r#""US""#, "840"])?),
        (
            "refundAmount",
            field(
                choices,
                &[r#""12.50""#, r#""12.5""#, "12.5", "12.50", "1.25e1", "1250E-2", r#""12.500""#],
                &[r#""12.51""#, "12.49", "1250", r#""-12.50""#, r#""12,50""#, "0", r#""0x12""#, "true"],
            )?,
        ),
    ];
    let mut result: Vec<String> = Vec::new();
    // The whole sale's amount beside the refund's, which may be more and never less; right or left out either way.
    let amount = *choices.choose(&["", r#""amount":"39.90""#, r#""amount":12.50"#])?;
    result.extend((!amount.is_empty()).then(|| amount.to_owned()));
    result.extend(
        fields.iter().filter_map(|(name, (value, _))| value.as_ref().map(|value| format!(r#""{name}":{value}"#))),
    );
    let turned = choices.int_in_range(0..=result.len())?;
    result.rotate_left(turned);
    let code_text = code.0.as_ref().map_or(String::new(), |code| format!(r#""ret_code":{code},"#));
    let body = format!(r#"{{{code_text}"result":{{{}}},"ret_msg":" refund success "}}"#, result.join(","));
    let mut right = http && code.1 && fields.iter().all(|(_, (_, right))| *right);
    // Where `refundAmount` is left out, `amount` may stand for it, and has to be it to the cent.
    let (amount_given, amount_right) = (&fields[4].1.0, amount.contains("12.50"));
    let others = http && code.1 && fields[..4].iter().all(|(_, (_, right))| *right);
    right |= others && amount_given.is_none() && amount_right;
    let outcome = check_refund(http_status, body.as_bytes(), &asked(false));
    assert_eq!(matches!(outcome, Outcome::Refunded { .. }), right, "HTTP {http_status} {body}: {outcome:?}");
    Ok(())
}

/// Any bytes for an answer to a query.
pub fn query(data: &[u8]) {
    let Some((how, body)) = data.split_first() else { return };
    let http_status = STATUSES[usize::from(how & 0x7f) % STATUSES.len()];
    let key = key(how & 0x80 != 0);
    let text = String::from_utf8_lossy(body);
    match of_query(http_status, body, &key) {
        QueryAnswer::Found(sale) => {
            assert_eq!(http_status, 200);
            let whole = members(&text).expect("an object");
            let (_, result) = whole.iter().find(|(name, _)| name == "result").expect("a result");
            let result = members(result).expect("an object");
            let name = if matches!(key, SaleKey::Transaction(_)) { "transactionNo" } else { "reference" };
            assert_eq!(one(&whole, "ret_code").as_deref(), Some("000100"), "{text}");
            assert_eq!(one(&result, name).as_deref(), Some(key.as_str()), "another sale's answer: {text}");
            assert_eq!(one(&result, "status").and_then(|word| SaleStatus::parse(&word)), Some(sale.status), "{text}");
            let amount = one(&result, "amount").expect("an amount");
            assert_eq!(number(&amount), number(&sale.amount.decimal()), "{text}");
            let evidence = sale.evidence_of(&RefundReference::parse(REFUND).unwrap(), usd(1250));
            let ours = sale.refunds.iter().filter(|refund| refund.reference.as_deref() == Some(REFUND));
            match evidence {
                // Executed needs our own reference with our own amount; nothing else comes near it.
                Evidence::Executed { .. } => assert!(ours.clone().any(|refund| refund.amount == usd(1250)), "{text}"),
                Evidence::NotThere => assert_eq!(ours.count(), 0, "{text}"),
                Evidence::InProgress | Evidence::Failed | Evidence::Mismatch => assert!(ours.count() > 0, "{text}"),
            }
        }
        QueryAnswer::NoSuchSale => assert!(text.contains("000021"), "{text}"),
        QueryAnswer::Failed(_) => {}
    }
}

/// What is signed: the documented formula, whatever the order, and every value counts.
pub fn signing(data: &[u8]) {
    let _ = sign(&mut Unstructured::new(data));
}

fn sign(choices: &mut Unstructured<'_>) -> Result<()> {
    let token = ApiToken::parse(TOKEN).unwrap();
    let minor = choices.int_in_range(1..=i64::MAX)?;
    let currency = Currency::parse(choices.choose(&["USD", "KRW", "KWD"])?).unwrap();
    let amount = Money::from_minor(minor, currency).unwrap();
    let take: u8 = choices.arbitrary()?;
    let reference = RefundReference::parse(<&str>::arbitrary_of(choices, take)?);
    let invoice = InvoiceReference::parse(<&str>::arbitrary_of(choices, take)?);
    let (Ok(reference), Ok(invoice)) = (reference, invoice) else { return Ok(()) };
    let key = if choices.arbitrary()? { SaleKey::Reference(invoice) } else { key(false) };
    let credentials = Credentials { merchant_no: "200043".into(), store_no: "300014".into(), token: token.clone() };
    let body = Request::refund(&credentials, &key, amount, currency, &reference).to_json().expect("JSON");
    let object = Object::read(&body).expect("our own request is readable");
    let texts = object.texts().expect("all of them texts");
    let value = |name: &str| texts.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!(value("refundReference"), Some(reference.as_str()));
    assert_eq!(value("refundAmount").map(|text| Money::parse(text, currency)), Some(Ok(amount)));
    assert!(value("transactionNo").is_some() != value("reference").is_some(), "exactly one name for the sale");
    assert!(!String::from_utf8_lossy(&body).contains(TOKEN));
    // The formula of the page, written again.
    let mut sorted: Vec<_> = texts.iter().filter(|(name, value)| *name != "verifySign" && !value.is_empty()).collect();
    sorted.sort();
    let joined: String = sorted.iter().map(|(name, value)| format!("{name}={value}&")).collect();
    let digest = |text: &str| hex::encode(Md5::digest(text.as_bytes()));
    assert_eq!(value("verifySign"), Some(digest(&format!("{joined}{}", digest(TOKEN))).as_str()));
    // Another value, another signature.
    let mut changed: Vec<(&str, &str)> = texts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let at = choices.choose_index(changed.len())?;
    let longer = format!("{}1", changed[at].1);
    let was = verify_sign(changed.iter().copied(), &token);
    changed[at].1 = &longer;
    assert_eq!(verify_sign(changed.iter().copied(), &token) == was, changed[at].0 == "verifySign");
    Ok(())
}

/// Short texts out of the bytes.
trait ArbitraryOf<'a>: Sized {
    fn arbitrary_of(choices: &mut Unstructured<'a>, length: u8) -> Result<Self>;
}

impl<'a> ArbitraryOf<'a> for &'a str {
    fn arbitrary_of(choices: &mut Unstructured<'a>, length: u8) -> Result<Self> {
        let length = usize::from(length % 64).min(choices.len());
        Ok(std::str::from_utf8(choices.bytes(length)?).unwrap_or(REFUND))
    }
}
