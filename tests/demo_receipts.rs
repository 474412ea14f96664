//! The demo's sales and pictures: every picture is read, as the camera reads it, and names a sale of `sales.jsonl`.
//!
//! What the demo promises in `assets/demo/README.md` must be in the file; a demo that does not show it is broken.

#![cfg(test)] // clippy: a test throughout, helpers too

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use tillback::domain::{Currency, InvoiceReference, Money, SaleStatus, TransactionNo};
use tillback::scan::symbol::{Decoder, LumaFrame, Settings, Symbology};

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo")
}

fn sales() -> Vec<Value> {
    let text = std::fs::read_to_string(demo().join("sales.jsonl")).expect("sales.jsonl opens");
    text.lines().map(|line| serde_json::from_str(line).expect("a sale a line")).collect()
}

/// The text of a field that must be there.
fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no text in {field:?} of {value}"))
}

fn money(value: &Value, field: &str, currency: Currency) -> Money {
    Money::parse(text(value, field), currency).unwrap_or_else(|error| panic!("{field} of {value}: {error}"))
}

#[test]
fn every_picture_is_read_and_its_sale_is_there() {
    let sales = sales();
    let known = |code: &str| {
        let number = code.split_once("transactionNo=").map_or(code, |(_, number)| number);
        sales.iter().any(|sale| sale["transaction_no"] == number || sale["reference"] == number)
    };
    // Settings as the camera's, but for the deadline: a busy machine reads what an idle one reads.
    let mut decoder = Decoder::new(Settings { deadline: Duration::from_secs(60), ..Settings::default() });
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut pictures: Vec<PathBuf> = std::fs::read_dir(demo().join("receipts"))
        .expect("the folder of pictures opens")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    pictures.sort();
    for picture in &pictures {
        let name = picture.file_name().expect("a name").to_string_lossy().into_owned();
        let bytes = std::fs::read(picture).expect("the picture opens");
        assert!(bytes.len() < 120 * 1024, "{name} has {} bytes", bytes.len());
        let frame = LumaFrame::from_image_bytes(&bytes).expect("the picture decodes");
        assert_eq!((frame.width(), frame.height()), (1280, 720), "{name}");
        let readings = decoder.decode(&frame);
        assert!(!readings.is_empty(), "{name}: nothing is read");
        for reading in readings {
            assert_ne!(reading.symbology.is_product(), known(&reading.text), "{name}: {}", reading.text);
            assert_eq!(name.contains("product"), reading.symbology.is_product(), "{name}: {}", reading.text);
            *seen.entry(reading.symbology.to_string()).or_default() += 1;
            if reading.text.contains("://") {
                *seen.entry("web address".to_owned()).or_default() += 1;
            }
        }
    }
    assert!(!pictures.is_empty() && pictures.len() <= 8, "{} pictures", pictures.len());
    for kind in [Symbology::Code128, Symbology::QrCode, Symbology::Ean13] {
        assert!(seen.contains_key(&kind.to_string()), "no {kind} among {seen:?}");
    }
    assert!(seen.contains_key("web address"), "{seen:?}");
}

#[test]
fn every_sale_is_one() {
    for sale in sales() {
        let currency = Currency::parse(text(&sale, "currency")).expect("a currency");
        Currency::parse(text(&sale, "settle_currency")).expect("a currency to settle in");
        InvoiceReference::parse(text(&sale, "reference")).expect("a reference");
        if !sale["transaction_no"].is_null() {
            TransactionNo::parse(text(&sale, "transaction_no")).expect("a transaction number");
        }
        SaleStatus::parse(text(&sale, "status")).expect("a status");
        assert!(!text(&sale, "wallet").is_empty() && sale["paid_ago_minutes"].is_u64(), "{sale}");
        let paid = money(&sale, "amount", currency);
        let items = sale["items"].as_array().expect("a list of items");
        let sum = items.iter().try_fold(Money::zero(currency), |sum, item| {
            assert!(!text(item, "description").is_empty() && item["quantity"].as_u64() > Some(0), "{item}");
            sum.plus(money(item, "amount", currency))
        });
        assert!(items.is_empty() || sum == Ok(paid), "the items of {sale} make {sum:?}");
        if !sale["elsewhere_refunded"].is_null() {
            assert!(paid.minus(money(&sale, "elsewhere_refunded", currency)).is_ok(), "{sale}");
        }
    }
}

#[test]
fn numbers_begin_as_the_gateways_do_and_none_is_mistaken_for_another() {
    let sales = sales();
    let numbers: Vec<&str> = sales.iter().filter_map(|sale| sale["transaction_no"].as_str()).collect();
    for (at, number) in numbers.iter().enumerate() {
        assert!(["29", "30", "31"].iter().any(|start| number.starts_with(start)), "{number}");
        for other in &numbers[..at] {
            let apart = number.bytes().zip(other.bytes()).filter(|(a, b)| a != b).count();
            assert!(apart >= 10, "{number} and {other} differ in {apart} digits only");
        }
    }
}

#[test]
fn the_demo_shows_what_it_promises() {
    let sales = sales();
    let check = |what: &str, holds: &dyn Fn(&Value) -> bool| {
        assert!(sales.iter().any(holds), "no sale shows: {what}");
    };
    for behaviour in ["normal", "declines", "answer_lost", "request_lost", "pending_then_success"] {
        check(behaviour, &|sale| sale["behaviour"] == behaviour);
    }
    for currency in ["USD", "KRW", "CNY", "GBP"] {
        check(currency, &|sale| sale["currency"] == currency);
    }
    check("all refunded elsewhere", &|sale| sale["elsewhere_refunded"] == sale["amount"]);
    check("part refunded elsewhere", &|sale| {
        !sale["elsewhere_refunded"].is_null() && sale["elsewhere_refunded"] != sale["amount"]
    });
    check("not paid", &|sale| sale["status"] != "success");
    check("too old", &|sale| sale["paid_ago_minutes"].as_u64() > Some(366 * 24 * 60));
    check("only at the gateway", &|sale| sale["gateway_only"] == true);
    check("only a reference", &|sale| sale["transaction_no"].is_null());
}
