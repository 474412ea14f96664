//! Every row of the gateway's table, and every way an answer can disagree with what was asked.

use proptest::prelude::*;

use super::outcome::*;
use crate::domain::*;

const SAMPLE: &str = r#"{ "result": { "amount": "0.01", "currency": "USD", "reference": "test20200101306", "refundAmount": "0.01",
    "refundReference": "refund2020101305", "refundTransactionNo": "297553638302358781", "settleCurrency": "USD",
    "status": "success", "transactionNo": "297553638301777927" },
  "ret_msg": "refund success ", "ret_code": "000100" }"#;

fn asked(minor: i64) -> Asked {
    Asked {
        sale_key: SaleKey::Transaction(TransactionNo::parse("297553638301777927").unwrap()),
        amount: Money::from_minor(minor, Currency::USD).unwrap(),
        reference: RefundReference::parse("refund2020101305").unwrap(),
    }
}

/// A few letters for an outcome: what the one-line cases below are held against.
fn short(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refunded { gateway_refund_no } => format!("refunded {}", gateway_refund_no.as_deref().unwrap_or("-")),
        Outcome::Declined { cause, code } => format!("declined {} {code}", cause.as_str()),
        Outcome::Pending => "pending".to_owned(),
        Outcome::Unknown { cause, code } => format!("unknown {} {}", cause.as_str(), code.as_deref().unwrap_or("-")),
        Outcome::NotSent { cause } => format!("not sent {}", cause.as_str()),
        Outcome::NotExecuted => "not executed".to_owned(),
    }
}

#[track_caller]
fn check(http_status: u16, body: &str, expected: &str) {
    assert_eq!(short(&of_refund(http_status, body.as_bytes(), &asked(1))), expected, "HTTP {http_status} {body}");
}

/// The sample with one thing replaced.
#[track_caller]
fn check_with(from: &str, to: &str, expected: &str) {
    assert!(SAMPLE.contains(from), "{from}");
    check(200, &SAMPLE.replacen(from, to, 1), expected);
}

#[test]
fn the_published_answer_is_a_refund() {
    check(200, SAMPLE, "refunded 297553638302358781");
}

#[test]
fn every_return_code() {
    for (code, expected) in [
        ("000010", "declined bad_request 000010"),
        ("000020", "declined bad_request 000020"),
        ("000021", "declined no_such_sale 000021"),
        ("000022", "declined bad_request 000022"),
        ("000023", "declined bad_request 000023"),
        ("000030", "declined access_denied 000030"),
        ("000040", "declined sale_status 000040"),
        ("000000", "unknown gateway_error 000000"),
        ("000080", "unknown gateway_error 000080"),
        ("000099", "unknown unheard_of 000099"),
        ("100", "unknown unheard_of 100"),
        ("success", "unknown unheard_of success"),
        ("<script>", "unknown unheard_of -"),
        ("00010000000000000000000000000000000", "unknown unheard_of -"),
    ] {
        for rest in ["", r#","result":null"#, r#","result":{}"#, r#","result":"","#, r#","result":[]"#] {
            let rest = rest.trim_end_matches(',');
            check(200, &format!(r#"{{"ret_code":"{code}","ret_msg":" x "{rest}}}"#), expected);
        }
    }
    check(200, r#"{"ret_code":"000100"}"#, "unknown mismatch 000100");
    check(200, r#"{"ret_code":"000100","result":null}"#, "unknown mismatch 000100");
    check(200, r#"{"ret_code":" 000040 "}"#, "declined sale_status 000040");
    check(200, r#"{"ret_code":40}"#, "unknown unheard_of 40");
}

#[test]
fn every_status() {
    for (status, expected) in [
        ("success", "refunded 297553638302358781"),
        ("SUCCESS ", "refunded 297553638302358781"),
        ("init", "pending"),
        ("dealing", "pending"),
        ("pending", "pending"),
        ("failed", "declined wallet failed"),
        ("closed", "declined wallet closed"),
        ("refunded", "unknown unheard_of 000100"),
        ("", "unknown mismatch 000100"),
    ] {
        check_with(r#""status": "success""#, &format!(r#""status": "{status}""#), expected);
    }
    check_with(r#""status": "success""#, r#""status": null"#, "unknown mismatch 000100");
    check_with(r#""status": "success""#, r#""status": ["success"]"#, "unknown unreadable 000100");
    check_with(r#""status": "success", "#, "", "unknown mismatch 000100");
}

#[test]
fn every_echo() {
    let mismatch = "unknown mismatch 000100";
    check_with(r#""transactionNo": "297553638301777927""#, r#""transactionNo": "297553638301777928""#, mismatch);
    check_with(r#","transactionNo""#.trim_start_matches(','), r#""other""#, mismatch);
    check_with(r#""refundReference": "refund2020101305""#, r#""refundReference": "refund2020101306""#, mismatch);
    check_with(r#""refundReference": "refund2020101305""#, r#""refundReference": "REFUND2020101305""#, mismatch);
    check_with(r#""refundReference""#, r#""other""#, mismatch);
    check_with(r#""currency": "USD""#, r#""currency": "CNY""#, mismatch);
    check_with(r#""currency": "USD""#, r#""currency": "dollars""#, mismatch);
    check_with(r#""currency""#, r#""other""#, mismatch);
    for wrong in ["0.02", "0.00", "1", "0.011", "-0.01", "1e400", "ten", "0,01", "NaN"] {
        check_with(r#""refundAmount": "0.01""#, &format!(r#""refundAmount": "{wrong}""#), mismatch);
    }
    check_with(r#""amount": "0.01""#, r#""amount": "0.00""#, mismatch);
    check_with(r#""amount": "0.01""#, r#""amount": "x""#, mismatch);
}

#[test]
fn amounts_may_be_text_or_numbers() {
    let refunded = "refunded 297553638302358781";
    for right in ["0.01", "\"0.010\"", "0.0100", "1e-2", "\"1E-2\"", "\" 0.01 \""] {
        check_with(r#""refundAmount": "0.01""#, &format!(r#""refundAmount": {right}"#), refunded);
    }
    check_with(r#""transactionNo": "297553638301777927""#, r#""transactionNo": 297553638301777927"#, refunded);
    let large = SAMPLE.replace("\"0.01\"", "92233720368547758.07");
    assert_eq!(short(&of_refund(200, large.as_bytes(), &asked(i64::MAX))), refunded);
    let off_by_a_cent = SAMPLE.replace("\"0.01\"", "92233720368547758.06");
    assert_eq!(short(&of_refund(200, off_by_a_cent.as_bytes(), &asked(i64::MAX))), "unknown mismatch 000100");
}

#[test]
fn the_sales_amount_is_no_mismatch_but_proves_nothing_alone() {
    let refunded = "refunded 297553638302358781";
    check_with(r#""amount": "0.01""#, r#""amount": "39.90""#, refunded);
    check_with(r#""amount": "0.01", "#, "", refunded);
    check_with(r#""refundAmount": "0.01","#, "", refunded);
    let alone = SAMPLE.replace(r#""refundAmount": "0.01","#, "").replace(r#""amount": "0.01""#, r#""amount": "39.90""#);
    check(200, &alone, "unknown mismatch 000100");
}

#[test]
fn other_names_and_fields_do_no_harm() {
    check_with("refundTransactionNo", "refundYuansferId", "refunded 297553638302358781");
    check_with("refundTransactionNo", "refundTransactionId", "refunded 297553638302358781");
    check_with("refundTransactionNo", "somethingNew", "refunded -");
    check_with(r#""297553638302358781""#, r#""<b>&""#, "refunded <b>&");
    check_with(r#""297553638302358781""#, r#""a\nb""#, "refunded -");
    check_with(r#""297553638302358781""#, "{}", "refunded -");
    check_with(r#""amount""#, r#""extra":{"a":[1,{}]},"amount""#, "refunded 297553638302358781");
}

#[test]
fn a_refusal_that_speaks_of_another_refund_is_not_ours() {
    let refusal = |result: &str| format!(r#"{{"ret_code":"000040","result":{{{result}}}}}"#);
    check(200, &refusal(r#""refundReference":"refund2020101305""#), "declined sale_status 000040");
    check(200, &refusal(r#""refundReference":"another""#), "unknown mismatch 000040");
    check(200, &refusal(r#""transactionNo":"1""#), "unknown mismatch 000040");
    check(200, &refusal(r#""refundAmount":"5.00""#), "unknown mismatch 000040");
    let pending = SAMPLE.replace(r#""status": "success""#, r#""status": "pending""#);
    check(200, &pending.replace("refund2020101305", "another"), "unknown mismatch 000100");
}

#[test]
fn every_http_status() {
    let declined = r#"{"ret_code":"000030"}"#;
    for status in [200, 201, 204, 400, 401, 403, 404, 422] {
        check(status, declined, "declined access_denied 000030");
    }
    for (status, cause) in
        [(100, "unreadable"), (301, "unreadable"), (302, "unreadable"), (307, "unreadable"), (308, "unreadable")]
            .into_iter()
            .chain([(408, "unreadable"), (425, "unreadable"), (429, "unreadable")])
            .chain([
                (500, "gateway_error"),
                (502, "gateway_error"),
                (503, "gateway_error"),
                (504, "gateway_error"),
                (599, "gateway_error"),
            ])
    {
        for body in ["", "<html>", declined, SAMPLE] {
            check(status, body, &format!("unknown {cause} HTTP {status}"));
        }
    }
    for status in [201, 202, 204, 206, 400, 401, 403, 404] {
        check(status, SAMPLE, &format!("unknown unheard_of HTTP {status}"));
        check(status, "", &format!("unknown unreadable HTTP {status}"));
        check(status, "<html>", &format!("unknown unreadable HTTP {status}"));
    }
}

#[test]
fn what_is_no_answer() {
    for body in
        ["", "<html></html>", "{", "null", "[]", "\"000100\"", "{}", r#"{"ret_code":null}"#, r#"{"ret_code":{}}"#]
    {
        check(200, body, "unknown unreadable HTTP 200");
    }
    for end in [1, 30, 100, SAMPLE.len() - 1] {
        check(200, &SAMPLE[..end], "unknown unreadable HTTP 200");
    }
    let twice = [r#""ret_code": "000100", "ret_code": "000040""#, r#""ret_code": "000100", "result": {}"#];
    for twice in twice {
        check_with(r#""ret_code": "000100""#, twice, "unknown unreadable HTTP 200");
    }
    check_with(r#""status": "success""#, r#""status": "success", "status": "failed""#, "unknown unreadable HTTP 200");
    check(200, r#"{"ret_code":"000100","result":7}"#, "unknown unreadable HTTP 200");
    check(200, r#"{"ret_code":"000100","result":"text"}"#, "unknown unreadable HTTP 200");
}

#[test]
fn a_refund_by_the_merchants_number_is_held_against_that() {
    let by_reference = |reference: &str| Asked {
        sale_key: SaleKey::Reference(InvoiceReference::parse(reference).unwrap()),
        ..asked(1)
    };
    let outcome = |asked: &Asked| short(&of_refund(200, SAMPLE.as_bytes(), asked));
    assert_eq!(outcome(&by_reference("test20200101306")), "refunded 297553638302358781");
    assert_eq!(outcome(&by_reference("test20200101307")), "unknown mismatch 000100");
}

#[test]
fn currencies_without_decimals() {
    let krw = Currency::parse("KRW").unwrap();
    let asked = Asked { amount: Money::from_minor(1500, krw).unwrap(), ..asked(1) };
    let with = |amount: &str| SAMPLE.replace("USD", "KRW").replace("\"0.01\"", amount);
    for amount in ["\"1500\"", "1500", "1500.00", "1.5E+3"] {
        assert_eq!(short(&of_refund(200, with(amount).as_bytes(), &asked)), "refunded 297553638302358781", "{amount}");
    }
    assert_eq!(short(&of_refund(200, with("1500.50").as_bytes(), &asked)), "unknown mismatch 000100");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Damage never makes a refund of another amount, sale or reference, and never a panic.
    #[test]
    fn damaged_answers(at in 0..SAMPLE.len(), byte in any::<u8>(), cut in 0..SAMPLE.len(), keep in any::<bool>()) {
        let mut body = SAMPLE.as_bytes().to_vec();
        body[at] = byte;
        body.truncate(if keep { SAMPLE.len() } else { cut });
        let outcome = of_refund(200, &body, &asked(1));
        of_query(200, &body, &key());
        let refunded = |outcome: &Outcome| matches!(outcome, Outcome::Refunded { .. });
        prop_assert!(keep || !refunded(&outcome));
        for other in [asked(2), Asked { reference: RefundReference::parse("another").unwrap(), ..asked(1) }] {
            let outcome = of_refund(200, &body, &other);
            prop_assert!(!refunded(&outcome), "{outcome:?}");
        }
    }

    #[test]
    fn any_bytes(body in prop::collection::vec(any::<u8>(), 0..200), status in 100u16..600) {
        let outcome = of_refund(status, &body, &asked(1));
        let unknown = matches!(outcome, Outcome::Unknown { .. });
        prop_assert!(unknown);
        let failed = matches!(of_query(status, &body, &key()), QueryAnswer::Failed(_));
        prop_assert!(failed);
    }
}

// Queries.

const QUERY_SAMPLE: &str = r#"{"result":{"amount":"10.00","currency":"CNY","reference":"test202001011305","settleCurrency":"USD",
  "status":"success","transactionNo":"297553638300708562","transactionType":"payment"},"ret_code":"000100","ret_msg":"query success "}"#;

fn key() -> SaleKey {
    SaleKey::Transaction(TransactionNo::parse("297553638300708562").unwrap())
}

fn query(http_status: u16, body: &str) -> QueryAnswer {
    of_query(http_status, body.as_bytes(), &key())
}

#[track_caller]
fn found(body: &str) -> QueriedSale {
    match query(200, body) {
        QueryAnswer::Found(sale) => sale,
        other => panic!("{other:?}: {body}"),
    }
}

#[track_caller]
fn check_failure(http_status: u16, body: &str, expected: QueryFailure) {
    assert_eq!(query(http_status, body), QueryAnswer::Failed(expected), "HTTP {http_status} {body}");
}

#[test]
fn the_published_query() {
    let cny = Currency::parse("CNY").unwrap();
    let sale = found(QUERY_SAMPLE);
    assert_eq!(sale.amount, Money::from_minor(1000, cny).unwrap());
    assert_eq!((sale.settle_currency, sale.status), (Currency::USD, SaleStatus::Success));
    assert_eq!(sale.transaction_type, TransactionType::Payment);
    assert_eq!(sale.reference.unwrap().as_str(), "test202001011305");
    assert!(sale.refunds.is_empty() && sale.paid_at.is_none());
    let by_reference = SaleKey::Reference(InvoiceReference::parse("test202001011305").unwrap());
    assert!(matches!(of_query(200, QUERY_SAMPLE.as_bytes(), &by_reference), QueryAnswer::Found(_)));
    let number = QUERY_SAMPLE.replace("\"10.00\"", "10.0").replace("\"297553638300708562\"", "297553638300708562");
    assert_eq!(found(&number).amount.minor(), 1000);
}

#[test]
fn a_query_that_does_not_answer_for_the_sale_that_was_asked() {
    let with = |from: &str, to: &str| QUERY_SAMPLE.replacen(from, to, 1);
    check_failure(200, &with("297553638300708562", "297553638300708563"), QueryFailure::Mismatch);
    check_failure(200, &with("transactionNo", "other"), QueryFailure::Mismatch);
    let other = SaleKey::Reference(InvoiceReference::parse("another").unwrap());
    let answer = of_query(200, QUERY_SAMPLE.as_bytes(), &other);
    assert_eq!(answer, QueryAnswer::Failed(QueryFailure::Mismatch));
    for (from, to) in [
        ("\"CNY\"", "\"yuan\""),
        ("\"currency\"", "\"other\""),
        ("\"10.00\"", "\"10.001\""),
        ("\"10.00\"", "null"),
        ("\"success\"", "\"paid\""),
        ("\"amount\"", "\"status\""),
        ("\"settleCurrency\":\"USD\"", "\"refundInfo\":7"),
        ("\"settleCurrency\":\"USD\"", "\"refundInfo\":[{}]"),
        ("\"settleCurrency\":\"USD\"", "\"refundInfo\":[{\"refundAmount\":\"x\"}]"),
        ("\"settleCurrency\":\"USD\"", "\"refundInfo\":[{\"refundAmount\":\"1\",\"status\":\"?\"}]"),
    ] {
        check_failure(200, &with(from, to), QueryFailure::Unreadable);
    }
    for body in ["", "<html>", "{", "{}", r#"{"ret_code":"000100"}"#, r#"{"ret_code":"000100","result":null}"#] {
        check_failure(200, body, QueryFailure::Unreadable);
    }
}

#[test]
fn a_querys_codes_and_statuses() {
    let code = |code: &str| format!(r#"{{"ret_code":"{code}"}}"#);
    assert_eq!(query(200, &code("000021")), QueryAnswer::NoSuchSale);
    assert_eq!(query(404, &code("000021")), QueryAnswer::NoSuchSale);
    check_failure(200, &code("000030"), QueryFailure::AccessDenied);
    check_failure(401, &code("000030"), QueryFailure::AccessDenied);
    for word in ["000000", "000010", "000020", "000022", "000023", "000040", "000080", "000099"] {
        check_failure(200, &code(word), QueryFailure::Gateway(word.to_owned()));
    }
    for status in [301, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504] {
        for body in ["", "<html>", QUERY_SAMPLE] {
            check_failure(status, body, QueryFailure::Gateway(format!("HTTP {status}")));
        }
    }
    check_failure(503, &code("000021"), QueryFailure::Gateway("HTTP 503".to_owned()));
    assert_eq!(found(&QUERY_SAMPLE.replace("payment", "refund")).transaction_type, TransactionType::Refund);
    assert_eq!(found(&QUERY_SAMPLE.replace("payment", "payout")).transaction_type, TransactionType::Other);
    assert_eq!(found(&QUERY_SAMPLE.replace("success\"", "closed\"")).status, SaleStatus::Closed);
}

#[track_caller]
fn refunds(info: &str) -> Vec<QueriedRefund> {
    found(&QUERY_SAMPLE.replace("\"settleCurrency\":\"USD\"", &format!("\"refundInfo\":{info}"))).refunds
}

#[test]
fn refunds_in_all_their_shapes() {
    let cny = Currency::parse("CNY").unwrap();
    let yuan = |minor| Money::from_minor(minor, cny).unwrap();
    for none in ["null", "[]", "{}", "\"\""] {
        assert_eq!(refunds(none), [], "{none}");
    }
    let one = r#"{"refundTransactionId":"2","refundReference":"T1-A","refundAmount":"2.50","currency":"CNY"}"#;
    let expected =
        QueriedRefund { id: Some("2".into()), reference: Some("T1-A".into()), amount: yuan(250), status: None };
    assert_eq!(refunds(one), std::slice::from_ref(&expected));
    assert_eq!(refunds(&format!("[{one},{one}]")), [expected.clone(), expected]);
    let old = refunds(r#"[{"refundYuansferId":"297553546536987987","refundAmount":0.01}]"#);
    assert_eq!((old[0].id.as_deref(), old[0].amount), (Some("297553546536987987"), yuan(1)));
    let rmb = refunds(r#"{"refundRmbAmount":"3.00","refundReference":"x"}"#);
    assert_eq!(rmb[0].amount, yuan(300));
}

#[test]
fn what_a_query_shows_of_our_refund() {
    let cny = Currency::parse("CNY").unwrap();
    let reference = RefundReference::parse("T1-A").unwrap();
    let evidence = |info: &str| {
        let sale = found(&QUERY_SAMPLE.replace("\"settleCurrency\":\"USD\"", &format!("\"refundInfo\":{info}")));
        sale.evidence_of(&reference, Money::from_minor(250, cny).unwrap())
    };
    let entry = |reference: &str, amount: &str, rest: &str| {
        format!(r#"{{"refundTransactionId":"2","refundReference":"{reference}","refundAmount":"{amount}"{rest}}}"#)
    };
    let executed = Evidence::Executed { gateway_refund_no: Some("2".into()) };
    assert_eq!(evidence("[]"), Evidence::NotThere);
    assert_eq!(evidence(&entry("T1-B", "2.50", "")), Evidence::NotThere);
    assert_eq!(evidence(&entry("T1-A", "2.50", "")), executed);
    assert_eq!(evidence(&entry("T1-A", "2.5", r#","status":"success""#)), executed);
    assert_eq!(evidence(&entry("T1-A", "2.51", "")), Evidence::Mismatch);
    assert_eq!(evidence(&entry("T1-A", "2.50", r#","currency":"USD""#)), Evidence::Mismatch);
    assert_eq!(evidence(&entry("T1-A", "2.50", r#","status":"dealing""#)), Evidence::InProgress);
    assert_eq!(evidence(&entry("T1-A", "2.50", r#","status":"failed""#)), Evidence::Failed);
    // Listed twice: what weighs most, wherever it stands.
    let status = |word: &str| entry("T1-A", "2.50", &format!(r#","status":"{word}""#));
    for (weighs, other, expected) in [
        (entry("T1-A", "2.50", ""), status("failed"), executed.clone()),
        (status("success"), status("dealing"), executed),
        (status("dealing"), status("closed"), Evidence::InProgress),
    ] {
        assert_eq!(evidence(&format!("[{other},{weighs}]")), expected);
        assert_eq!(evidence(&format!("[{weighs},{other}]")), expected);
    }
}
