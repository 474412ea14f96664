//! What demo and training are made of: sales, receipts, people with known PINs, a gateway on this machine.
//!
//! **Every client made here can reach nothing but this machine** (promise I9). **The token is the published sample's**, and
//! the PINs open nothing but practice: they stand on the screen.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::domain::{
    Currency, InvoiceReference, Money, Operator, Pin, Role, SaleStatus, Timestamp, TransactionNo,
    operator::OperatorName,
};
use crate::gateway::{ApiToken, Client, ClientSettings, Environment};
use crate::ledger::{ImportFormat, ImportOptions, Ledger};
use crate::sandbox::{Behaviour, Sandbox, SandboxSale, SandboxSettings};
use crate::terminal::PracticePins;

/// The demo's sales; `assets/demo/README.md` says what each one shows.
const SALES: &str = include_str!("../../assets/demo/sales.jsonl");

/// The demo's receipts, as the camera sees them.
const RECEIPTS: [(&str, &[u8]); 8] = [
    ("01-tea-alipay.png", include_bytes!("../../assets/demo/receipts/01-tea-alipay.png")),
    ("02-teapot-wechat.png", include_bytes!("../../assets/demo/receipts/02-teapot-wechat.png")),
    ("03-steamer-paypal.png", include_bytes!("../../assets/demo/receipts/03-steamer-paypal.png")),
    ("04-noodles-venmo.png", include_bytes!("../../assets/demo/receipts/04-noodles-venmo.png")),
    ("05-ginseng-kakaopay.png", include_bytes!("../../assets/demo/receipts/05-ginseng-kakaopay.png")),
    ("06-bill-alipay.png", include_bytes!("../../assets/demo/receipts/06-bill-alipay.png")),
    ("07-soymilk-reference.png", include_bytes!("../../assets/demo/receipts/07-soymilk-reference.png")),
    ("08-product.png", include_bytes!("../../assets/demo/receipts/08-product.png")),
];

/// The published sample credentials (docs.yuansfer.com); the sandbox accepts them, no real gateway does.
pub(super) const TOKEN: &str = "5cbfb079f15b150122261c8537086d77a";
pub(super) const MERCHANT_NO: &str = "200043";
pub(super) const STORE_NO: &str = "300014";

/// The demo's people. Their PINs open nothing but the demo.
pub(super) const MANAGER: (&str, &str) = ("Luis Ortega", "482913");
pub(super) const CASHIER: (&str, &str) = ("Mei Chen", "7391");

/// How long the demo's till waits for an answer: short, so that a lost answer is seen without waiting half a minute.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(6);

/// One line of the demo's sales: an import line and what only the demo knows.
#[derive(Deserialize)]
pub(super) struct DemoSale {
    paid_ago_minutes: i64,
    #[serde(default)]
    behaviour: Option<String>,
    #[serde(default)]
    elsewhere_refunded: Option<String>,
    #[serde(default)]
    gateway_only: bool,
    #[serde(flatten)]
    line: Map<String, Value>,
}

/// The PINs of practice, for the screen.
pub(super) fn practice_pins() -> PracticePins {
    PracticePins { manager: MANAGER.1.to_owned(), cashier: CASHIER.1.to_owned() }
}

/// Writes the receipts into a folder that stands in for a camera, an empty counter between each two.
pub(super) fn lay_receipts(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir(folder)?;
    let counter = empty_counter()?;
    for (name, picture) in RECEIPTS {
        fs::write(folder.join(name), picture)?;
        // The counter's name sorts before the receipt's.
        let number: String = name.chars().take_while(char::is_ascii_digit).collect();
        fs::write(folder.join(format!("{number}-.png")), &counter)?;
    }
    Ok(())
}

/// A picture of a counter with nothing on it: grey, a little darker towards the edges.
fn empty_counter() -> anyhow::Result<Vec<u8>> {
    let shade = |x: u32, y: u32| {
        let away = (x.abs_diff(640).pow(2) + y.abs_diff(360).pow(2)) / 9_000;
        image::Luma([u8::try_from(120_u32.saturating_sub(away)).unwrap_or(0)])
    };
    let mut png = std::io::Cursor::new(Vec::new());
    image::GrayImage::from_fn(1280, 720, shade).write_to(&mut png, image::ImageFormat::Png)?;
    Ok(png.into_inner())
}

pub(super) fn hire(
    ledger: &mut Ledger,
    (name, pin): (&str, &str),
    role: Role,
    at: Timestamp,
) -> anyhow::Result<Operator> {
    let name = OperatorName::parse(name)?;
    let id = ledger.add_operator(&name, role, &Pin::parse(pin)?, None, at)?;
    Ok(Operator { id, name, role })
}

pub(super) fn client(url: &str) -> anyhow::Result<Client> {
    let mut settings = ClientSettings::new(Environment::parse(url)?, MERCHANT_NO, STORE_NO, ApiToken::parse(TOKEN)?);
    settings.loopback_only = true;
    settings.total_timeout = ANSWER_TIMEOUT;
    Ok(Client::new(settings)?)
}

pub(super) fn demo_sales() -> anyhow::Result<Vec<DemoSale>> {
    SALES.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("the demo's sales can't be read")
}

/// The demo's sales as the gateway knows them.
pub(super) fn sandbox_sales() -> anyhow::Result<Vec<SandboxSale>> {
    demo_sales()?.iter().map(DemoSale::at_the_gateway).collect()
}

pub(super) fn start_sandbox(sales: &[DemoSale]) -> anyhow::Result<crate::sandbox::SandboxHandle> {
    let known = sales.iter().map(DemoSale::at_the_gateway).collect::<anyhow::Result<Vec<_>>>()?;
    let sandbox = Sandbox::start(SandboxSettings { sales: known, ..SandboxSettings::default() })?;
    for sale in sales {
        if let Some(amount) = &sale.elsewhere_refunded {
            let known = sale.at_the_gateway()?;
            sandbox.refund_elsewhere(&known.transaction_no, Money::parse(amount, known.amount.currency())?)?;
        }
    }
    Ok(sandbox)
}

/// Loads the demo's sales the way a store does: from a file of JSON lines.
pub(super) fn import(ledger: &mut Ledger, sales: &[DemoSale], folder: &Path, at: Timestamp) -> anyhow::Result<()> {
    let lines: Vec<String> = sales.iter().filter(|sale| !sale.gateway_only).map(|sale| sale.import_line(at)).collect();
    let file = folder.join("sales.jsonl");
    fs::write(&file, lines.join("\n"))?;
    ledger.import_file(&file, &ImportOptions::new(ImportFormat::JsonLines, "the demo's sales"), at, &mut |_| ())?;
    Ok(())
}

impl DemoSale {
    fn text(&self, field: &str) -> anyhow::Result<&str> {
        self.line.get(field).and_then(Value::as_str).with_context(|| format!("a demo sale has no {field}"))
    }

    /// The line as the point of sale would have written it.
    fn import_line(&self, at: Timestamp) -> String {
        let mut line = self.line.clone();
        line.remove("gateway_transaction_no");
        let paid_at = at.plus_ms(self.paid_ago_minutes.saturating_mul(-60_000));
        let paid_at = jiff::Timestamp::from_millisecond(paid_at.ms()).map(|at| at.to_string()).unwrap_or_default();
        line.insert("paid_at".to_owned(), json!(paid_at));
        Value::Object(line).to_string()
    }

    fn at_the_gateway(&self) -> anyhow::Result<SandboxSale> {
        let number = self.text("transaction_no").or_else(|_| self.text("gateway_transaction_no"))?;
        let currency = Currency::parse(self.text("currency")?)?;
        let reference = self.text("reference").ok().map(InvoiceReference::parse).transpose()?;
        let amount = Money::parse(self.text("amount")?, currency)?;
        let behaviour = match &self.behaviour {
            Some(word) => serde_json::from_value::<Behaviour>(json!(word)).context("a demo sale's behaviour")?,
            None => Behaviour::default(),
        };
        Ok(SandboxSale {
            settle_currency: Currency::parse(self.text("settle_currency")?)?,
            status: SaleStatus::parse(self.text("status")?).context("a demo sale's status")?,
            wallet: self.text("wallet").ok().map(str::to_owned),
            behaviour,
            ..SandboxSale::paid(TransactionNo::parse(number)?, reference, amount)
        })
    }
}
