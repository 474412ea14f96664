//! `tillback training`: the store's till for practice, with a record, sales, people and a gateway of its own.
//!
//! **No host but this machine can be reached from this process** (promise I9): it makes no client but for loopback, and is
//! not handed the store's token. **It begins anew each time**; what was practised before is kept once. **Neither ledger is
//! ever opened by the other's till**: each is marked inside. A till goes into training by starting this as a process of its
//! own and waiting for its end (`practise`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use anyhow::Context;

use super::account::PracticeAccount;
use super::checkup::HouseChecks;
use super::house::{House, now};
use super::practice::{
    CASHIER, MANAGER, MERCHANT_NO, STORE_NO, TOKEN, client, demo_sales, hire, import, lay_receipts, practice_pins,
    start_sandbox,
};
use super::window::{self, OpenTill};
use super::{Places, headless, logging};
use crate::config::{self, TrainingSite};
use crate::domain::{Role, TillName};
use crate::ledger::{Ledger, LedgerSettings};
use crate::sandbox::SandboxHandle;
use crate::terminal::{Duties, Signboard, SystemClock};
use crate::vault::TOKEN_VARIABLE;

/// In the data folder: what is practised, and what was before.
const FOLDER: &str = "training";
const BEFORE: &str = "training-before";
const FILE: &str = "tillback.toml";
const PICTURES: &str = "receipts";

/// Training that is set up, beside a store's till.
pub struct Training {
    house: House,
    duties: Arc<Duties>,
    sandbox: SandboxHandle,
}

impl Training {
    /// Sets it up beside the till of that settings file.
    pub fn set_up(config: &Path, data: Option<&Path>) -> anyhow::Result<Self> {
        let places = Places { config: Some(config.to_owned()), data: data.map(Path::to_owned) };
        Self::beside(&House::open(&places)?)
    }

    fn beside(real: &House) -> anyhow::Result<Self> {
        let folder = fresh_folder(&real.config.data.folder, &real.config.terminal.name)?;
        lay_receipts(&folder.join(PICTURES))?;
        let sales = demo_sales()?;
        let sandbox = start_sandbox(&sales)?;
        let file = folder.join(FILE);
        let text = fs::read_to_string(&real.config.file)?;
        let url = sandbox.url();
        let site = TrainingSite { url: &url, merchant_no: MERCHANT_NO, store_no: STORE_NO, pictures: PICTURES };
        let text = config::for_training(&text, site).context("the settings file can't be made into training's")?;
        fs::write(&file, text)?;
        let house = House::open(&Places { config: Some(file), data: Some(folder.clone()) })?;
        anyhow::ensure!(house.config.terminal.training, "training's settings are not for training");
        let at = now();
        let mut ledger = house.ledger()?;
        hire(&mut ledger, CASHIER, Role::Cashier, at)?;
        hire(&mut ledger, MANAGER, Role::Manager, at)?;
        import(&mut ledger, &sales, &folder, at)?;
        let account = PracticeAccount::new(&url, MERCHANT_NO, STORE_NO, TOKEN);
        let client = Arc::new(client(&url)?);
        let duties = Duties::new(ledger, client, Arc::new(SystemClock))
            .with_account(Box::new(account))
            .with_checks(HouseChecks::made_up());
        Ok(Self { house, duties: Arc::new(duties), sandbox })
    }

    /// Ledger, gateway and clock.
    pub fn duties(&self) -> Arc<Duties> {
        Arc::clone(&self.duties)
    }

    /// The gateway that plays here.
    pub const fn sandbox(&self) -> &SandboxHandle {
        &self.sandbox
    }

    /// What stands on every screen.
    pub fn signboard(&self) -> Signboard {
        Signboard { practice_pins: Some(practice_pins()), ..window::signboard(&self.house) }
    }

    /// Where everything of it is.
    pub fn folder(&self) -> &Path {
        &self.house.config.data.folder
    }

    fn till(&self) -> anyhow::Result<OpenTill> {
        let till = window::till_of(&self.house, self.duties())?;
        Ok(OpenTill { signboard: self.signboard(), ..till })
    }
}

/// An empty folder for practice; what was practised last is set aside, and what was set aside before is removed.
fn fresh_folder(data: &Path, till: &TillName) -> anyhow::Result<PathBuf> {
    let (folder, before) = (data.join(FOLDER), data.join(BEFORE));
    if folder.exists() {
        // Somebody may be practising in it.
        Ledger::is_free(&folder.join("training.db"), till, now())?;
        if before.exists() {
            anyhow::ensure!(is_ours(&before), "{} is not training's: move it away", before.display());
            fs::remove_dir_all(&before)?;
        }
        fs::rename(&folder, &before)?;
    }
    fs::create_dir(&folder)?;
    Ok(folder)
}

/// Whether a folder holds what was practised and nothing else: its ledger says that it is for training.
fn is_ours(folder: &Path) -> bool {
    let Ok(till) = TillName::parse("T") else { return false };
    let settings = LedgerSettings { training: true, ..LedgerSettings::new(till, Default::default()) };
    let ledger = folder.join("training.db");
    !ledger.exists() || Ledger::open_read_only(&ledger, settings).is_ok()
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Without a window, driven by JSON lines: for tests and proofs
    #[arg(long, hide = true)]
    headless: bool,
}

/// Runs `tillback training`.
pub(super) fn run(places: &Places, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let real = House::open(places)?;
    anyhow::ensure!(!real.config.terminal.training, "this settings file is for training already: run `tillback`");
    if arguments.headless {
        logging::to_stderr();
        let training = Training::beside(&real)?;
        return headless::drive(&training.house, training.duties(), training.signboard(), None);
    }
    let training = Training::beside(&real)?;
    logging::to_folder(training.folder());
    window::open(training.till()?)?;
    Ok(ExitCode::SUCCESS)
}

/// Starts training as a process of its own and waits for its end. The store's token does not go along.
pub(super) fn practise(house: &House) -> anyhow::Result<()> {
    let mut command = command(&std::env::current_exe()?, house);
    let ended = command.status().context("training can't be started")?;
    anyhow::ensure!(ended.success(), "training ended with an error");
    Ok(())
}

fn command(program: &Path, house: &House) -> Command {
    let mut command = Command::new(program);
    command.arg("--config").arg(&house.config.file).arg("--data").arg(&house.config.data.folder).arg("training");
    command.env_remove(TOKEN_VARIABLE).stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn training_is_started_without_the_token() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        fs::write(&file, crate::config::EXAMPLE).unwrap();
        let house = House::read(&Places { config: Some(file), data: Some(folder.path().to_owned()) }).unwrap();
        let command = command(Path::new("tillback"), &house);
        assert!(command.get_envs().any(|(name, value)| name == TOKEN_VARIABLE && value.is_none()));
        assert_eq!(command.get_args().last().and_then(|word| word.to_str()), Some("training"));
    }
}
