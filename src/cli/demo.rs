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

use super::account::PracticeAccount;
use super::checkup::HouseChecks;
use super::house::now;
use super::practice::{
    CASHIER, MANAGER, MERCHANT_NO, STORE_NO, TOKEN, client, demo_sales, hire, import, lay_receipts, practice_pins,
    start_sandbox,
};
use super::{Places, logging, paper, window};
use crate::config::Config;
use crate::domain::{AfterRefund, CameraChoice, Currency, Operator, Policy, Reason, Role, SoundLevel, TillName};
use crate::flow::{Flow, Setting};
use crate::ledger::{Ledger, LedgerSettings};
use crate::scan::camera::{CameraSettings, CameraSource};
use crate::scan::payload::Affixes;
use crate::terminal::{CameraView, Duties, ScannerSettings, Signboard, SystemClock};
use crate::ui::Appearance;

/// How long each picture lies before the demo's camera: long enough to see what happens.
const PICTURE_TIME: Duration = Duration::from_millis(2500);

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Use this folder of pictures as the camera, in place of the demo's own receipts
    #[arg(long, value_name = "DIR")]
    receipts: Option<PathBuf>,
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
        lay_receipts(&receipts)?;
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
        let duties = Duties::new(ledger, Arc::new(client), Arc::new(SystemClock))
            .with_account(Box::new(account))
            .with_checks(HouseChecks::made_up());
        let duties = Arc::new(duties);
        // In the ledger's own order, in which they are after the first change too.
        let mut operators = vec![cashier.clone(), manager];
        operators.sort_by_key(|person| person.name.as_str().to_lowercase());
        Ok(Self { duties, operators, cashier, policy, sandbox, receipts, folder })
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
        self.flow_with(AfterRefund::default())
    }

    /// The same, with something printed or opened by itself.
    pub fn flow_with(&self, after_refund: AfterRefund) -> Flow {
        let setting =
            Setting { policy: self.policy.clone(), ask_gateway_first: true, after_refund, ..Setting::default() };
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
            practice_pins: Some(practice_pins()),
            currency: Currency::USD,
        })
    }

    /// A settings file of its own, so that what is changed on the screen is kept as it is in a real till: until the
    /// demo is closed.
    fn settings_file(&self) -> anyhow::Result<PathBuf> {
        let file = self.folder.path().join("tillback.toml");
        let text = format!(
            "[terminal]\nname = \"T3\"\nstore_name = \"Harbor View\"\ntraining = true\n\n[gateway]\nenvironment = \"{}\"\n\
             merchant_no = \"{MERCHANT_NO}\"\nstore_no = \"{STORE_NO}\"\n\n\
             [camera]\nsource = \"folder\"\nfolder = \"receipts\"\n\n\
             [printer]\nkind = \"pdf\"\nfolder = \"slips\"\nautomatic = false\n",
            self.sandbox.url()
        );
        fs::create_dir_all(self.folder.path().join("slips"))?;
        fs::write(&file, text)?;
        Ok(file)
    }

    /// The picture folder that stands in for a camera.
    pub fn camera(&self, receipts: Option<&Path>) -> CameraSettings {
        let folder = receipts.unwrap_or(&self.receipts).to_owned();
        CameraSettings { source: CameraSource::Folder(folder), picture_time: PICTURE_TIME, ..CameraSettings::default() }
    }
}

/// Runs `tillback demo`.
pub(super) fn run(_: &Places, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    logging::to_stderr();
    let demo = Demo::set_up()?;
    let camera = demo.camera(arguments.receipts.as_deref());
    tell!("Tillback demo: nothing here reaches a real wallet.");
    tell!("  gateway   {} (a sandbox on this machine)", demo.sandbox.url());
    tell!("  manager   {}, PIN {}", MANAGER.0, MANAGER.1);
    tell!("  cashier   {}, PIN {}", CASHIER.0, CASHIER.1);
    tell!("  receipts  {}", demo.receipts.display());
    tell!("  or type   297553638301777927 (refunded), 301846290573318462 (declined), 312097754168830295 (answer lost)");
    let file = demo.settings_file()?;
    let config = Config::load(&file)?;
    tell!("  slips     {}", demo.folder().join("slips").display());
    let ledger = demo.duties().ledger().path().to_owned();
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
        settings_file: Some(file),
        printing: Some(paper::printing(&config, &ledger)),
        sound_level: SoundLevel::default(),
        window: config.window,
        front: None,
        appearance: Appearance::OF_SYSTEM,
    })?;
    Ok(ExitCode::SUCCESS)
}
