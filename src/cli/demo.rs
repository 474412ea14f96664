//! `tillback demo`: the window with demo sales, the sandbox gateway on loopback, and receipts before the camera.
//!
//! **Nothing but loopback can be reached** (promise I9): the client is built for loopback alone. **Everything lives in a
//! temporary folder** that is removed when the window is closed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::account::PracticeAccount;
use super::house::now;
use super::{Places, logging, window};
use crate::domain::{
    CameraChoice, Currency, InvoiceReference, Money, Operator, Pin, Policy, Reason, Role, SaleStatus, TillName,
    Timestamp, TransactionNo, operator::OperatorName,
};
use crate::flow::{Flow, Setting};
use crate::gateway::{ApiToken, Client, ClientSettings, Environment};
use crate::ledger::{ImportFormat, ImportOptions, Ledger, LedgerSettings};
use crate::sandbox::{Behaviour, Sandbox, SandboxSale, SandboxSettings};
use crate::scan::camera::{CameraSettings, CameraSource};
use crate::scan::payload::Affixes;
use crate::terminal::{CameraView, Duties, ScannerSettings, Signboard, SystemClock};
use crate::ui::Appearance;

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
const TOKEN: &str = "5cbfb079f15b150122261c8537086d77a";
const MERCHANT_NO: &str = "200043";
const STORE_NO: &str = "300014";

/// The demo's people. Their PINs open nothing but the demo.
const MANAGER: (&str, &str) = ("Luis Ortega", "482913");
const CASHIER: (&str, &str) = ("Mei Chen", "7391");

/// How long the demo's till waits for an answer: short, so that a lost answer is seen without waiting half a minute.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(6);

/// How long each picture lies before the demo's camera: long enough to see what happens.
const PICTURE_TIME: Duration = Duration::from_millis(2500);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Use this folder of pictures as the camera, in place of the demo's own receipts
    #[arg(long, value_name = "DIR")]
    receipts: Option<PathBuf>,
}

/// One line of the demo's sales: an import line and what only the demo knows.
#[derive(Deserialize)]
struct DemoSale {
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

/// A demo that is set up: its ledger, gateway and people, all in one temporary folder.
pub struct Demo {
    duties: Arc<Duties>,
    operators: Vec<Operator>,
    cashier: Operator,
    policy: Policy,
    sandbox: crate::sandbox::SandboxHandle,
    receipts: PathBuf,
    folder: tempfile::TempDir,
}

impl Demo {
    /// Sets the demo up in a folder of its own.
    pub fn set_up() -> anyhow::Result<Self> {
        let at = now();
        let folder = tempfile::Builder::new().prefix("tillback-demo-").tempdir().context("no temporary folder")?;
        let receipts = folder.path().join("receipts");
        fs::create_dir(&receipts)?;
        let counter = empty_counter()?;
        for (name, picture) in RECEIPTS {
            fs::write(receipts.join(name), picture)?;
            // Between two receipts the counter is empty; its name sorts before the receipt's.
            let number: String = name.chars().take_while(char::is_ascii_digit).collect();
            fs::write(receipts.join(format!("{number}-.png")), &counter)?;
        }
        let sales = demo_sales()?;
        let sandbox = start_sandbox(&sales)?;
        let policy = Policy::default();
        let mut settings = LedgerSettings::new(TillName::parse("T3")?, policy.clone());
        settings.training = true;
        let mut ledger = Ledger::open(&folder.path().join("demo.db"), settings, at)?;
        let cashier = hire(&mut ledger, CASHIER, Role::Cashier, at)?;
        let manager = hire(&mut ledger, MANAGER, Role::Manager, at)?;
        import(&mut ledger, &sales, folder.path(), at)?;
        let client = client(&sandbox.url())?;
        let account = PracticeAccount::new(&sandbox.url(), MERCHANT_NO, STORE_NO, TOKEN);
        let duties = Duties::new(ledger, Arc::new(client), Arc::new(SystemClock)).with_account(Box::new(account));
        let duties = Arc::new(duties);
        Ok(Self { duties, operators: vec![cashier.clone(), manager], cashier, policy, sandbox, receipts, folder })
    }

    /// The gateway that plays in this demo.
    pub const fn sandbox(&self) -> &crate::sandbox::SandboxHandle {
        &self.sandbox
    }

    /// Ledger, gateway and clock.
    pub fn duties(&self) -> Arc<Duties> {
        Arc::clone(&self.duties)
    }

    /// The demo's folder, gone when the demo is dropped.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The conversation, with the cashier signed in.
    pub fn flow(&self) -> Flow {
        let setting = Setting { policy: self.policy.clone(), ask_gateway_first: true };
        Flow::signed_in(setting, self.operators.clone(), self.cashier.clone())
    }

    /// What stands on every screen.
    pub fn signboard() -> anyhow::Result<Signboard> {
        let reasons = ["Damaged", "Changed mind", "Wrong price", "Wrong item"];
        Ok(Signboard {
            store: "Harbor View".to_owned(),
            till: "Till 3".to_owned(),
            training: true,
            reasons: reasons.into_iter().map(Reason::parse).collect::<Result<_, _>>()?,
            demo_pin: Some(MANAGER.1.to_owned()),
        })
    }

    /// A settings file of its own, so that what is changed on the screen is kept as it is in a real till: until the
    /// demo is closed.
    fn settings_file(&self) -> anyhow::Result<PathBuf> {
        let file = self.folder.path().join("tillback.toml");
        let text = format!(
            "[terminal]\nname = \"T3\"\ntraining = true\n\n[gateway]\nenvironment = \"{}\"\n\
             merchant_no = \"{MERCHANT_NO}\"\nstore_no = \"{STORE_NO}\"\n\n\
             [camera]\nsource = \"folder\"\nfolder = \"receipts\"\n",
            self.sandbox.url()
        );
        fs::write(&file, text)?;
        Ok(file)
    }

    /// The picture folder that stands in for a camera.
    pub fn camera(&self, receipts: Option<&Path>) -> CameraSettings {
        let folder = receipts.unwrap_or(&self.receipts).to_owned();
        CameraSettings { source: CameraSource::Folder(folder), picture_time: PICTURE_TIME, ..CameraSettings::default() }
    }
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

fn hire(ledger: &mut Ledger, (name, pin): (&str, &str), role: Role, at: Timestamp) -> anyhow::Result<Operator> {
    let name = OperatorName::parse(name)?;
    let id = ledger.add_operator(&name, role, &Pin::parse(pin)?, None, at)?;
    Ok(Operator { id, name, role })
}

fn client(url: &str) -> anyhow::Result<Client> {
    let mut settings = ClientSettings::new(Environment::parse(url)?, MERCHANT_NO, STORE_NO, ApiToken::parse(TOKEN)?);
    settings.loopback_only = true;
    settings.total_timeout = ANSWER_TIMEOUT;
    Ok(Client::new(settings)?)
}

fn demo_sales() -> anyhow::Result<Vec<DemoSale>> {
    SALES.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("the demo's sales can't be read")
}

/// The demo's sales as the gateway knows them.
pub(super) fn sandbox_sales() -> anyhow::Result<Vec<SandboxSale>> {
    demo_sales()?.iter().map(DemoSale::at_the_gateway).collect()
}

fn start_sandbox(sales: &[DemoSale]) -> anyhow::Result<crate::sandbox::SandboxHandle> {
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
fn import(ledger: &mut Ledger, sales: &[DemoSale], folder: &Path, at: Timestamp) -> anyhow::Result<()> {
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

/// Runs `tillback demo`.
pub(super) fn run(_: &Places, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    logging::to_stderr();
    let demo = Demo::set_up()?;
    let camera = demo.camera(arguments.receipts.as_deref());
    eprintln!("Tillback demo: nothing here reaches a real wallet.");
    eprintln!("  gateway   {} (a sandbox on this machine)", demo.sandbox.url());
    eprintln!("  manager   {}, PIN {}", MANAGER.0, MANAGER.1);
    eprintln!("  cashier   {}, PIN {}", CASHIER.0, CASHIER.1);
    eprintln!("  receipts  {}", demo.receipts.display());
    eprintln!(
        "  or type   297553638301777927 (refunded), 301846290573318462 (declined), 312097754168830295 (answer lost)"
    );
    window::open(window::OpenTill {
        intake: None,
        flow: demo.flow(),
        signboard: Demo::signboard()?,
        duties: demo.duties(),
        camera,
        idle_lock: None,
        affixes: Affixes::default(),
        scanners: ScannerSettings::default(),
        camera_view: CameraView { choice: CameraChoice::Folder, has_folder: true, ..CameraView::default() },
        camera_folder: Some(arguments.receipts.clone().unwrap_or_else(|| demo.receipts.clone())),
        settings_file: Some(demo.settings_file()?),
        appearance: Appearance::OF_SYSTEM,
    })?;
    Ok(ExitCode::SUCCESS)
}
