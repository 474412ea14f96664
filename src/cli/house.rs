//! Puts the rooms together from a configuration: which ledger, which gateway, which token.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use super::Places;
use super::account::HouseAccount;
use super::checkup::HouseChecks;
use super::rotating::RotatingGateway;
use crate::config::Config;
use crate::domain::Timestamp;
use crate::gateway::{ApiToken, Client, ClientSettings, Environment};
use crate::intake::{self, Intake, IntakeSettings};
use crate::ledger::{AuditFact, KNOWN_SCHEMA, Ledger, LedgerSettings, schema_of};
use crate::terminal::{Clock, SystemClock, SystemSteadyClock};
use crate::vault::{Secret, Vault, VaultError};
use zeroize::Zeroizing;

/// A configuration that was found and read; its data folder is there.
#[derive(Clone)]
pub(super) struct House {
    pub(super) config: Config,
    passphrase: Option<Secret>,
}

/// The present moment.
pub(super) fn now() -> Timestamp {
    SystemClock.now()
}

impl House {
    /// Reads the configuration the places name, or the one where the system keeps settings.
    pub(super) fn open(places: &Places) -> anyhow::Result<Self> {
        Self::read(places)?.with_folder()
    }

    /// The same, its data folder made where it is not there.
    pub(super) fn with_folder(&self) -> anyhow::Result<Self> {
        make_data_folder(&self.config)?;
        Ok(self.clone())
    }

    /// The same with its settings as the file has them now.
    pub(super) fn read_again(&self) -> anyhow::Result<Self> {
        let mut config = Config::load(&self.config.file)?;
        config.data = self.config.data.clone();
        Ok(Self { config, passphrase: self.passphrase.clone() })
    }

    /// The same, its data folder there or not.
    pub(super) fn read(places: &Places) -> anyhow::Result<Self> {
        let config_path = match &places.config {
            Some(path) => path.clone(),
            None => Config::default_file().context("this system has no place for settings: use --config FILE")?,
        };
        let mut config = Config::load(&config_path)?;
        if let Some(folder) = &places.data {
            config.data.folder = folder.clone();
        }
        Ok(Self { config, passphrase: None })
    }

    /// Where the ledger is; training has its own.
    pub(super) fn ledger_path(&self) -> PathBuf {
        self.config.data.ledger_path(self.config.terminal.training)
    }

    /// How this till's ledger is used.
    pub(super) fn ledger_settings(&self) -> LedgerSettings {
        let mut settings = LedgerSettings::new(self.config.terminal.name.clone(), self.config.policy.clone());
        settings.training = self.config.terminal.training;
        settings.resolve = self.config.resolve;
        settings.zone = jiff::tz::TimeZone::system();
        settings.backups = self.config.data.backups.clone();
        settings.steady = Some(Box::new(SystemSteadyClock));
        settings
    }

    /// Opens the ledger for the terminal, which holds it alone.
    pub(super) fn ledger(&self) -> anyhow::Result<Ledger> {
        let path = self.ledger_path();
        Ledger::open(&path, self.ledger_settings(), now()).with_context(|| opening(&path))
    }

    /// Opens the ledger beside a terminal that may be running.
    pub(super) fn shared_ledger(&self) -> anyhow::Result<Ledger> {
        let path = self.ledger_path();
        Ledger::open_shared(&path, self.ledger_settings(), now()).with_context(|| opening(&path))
    }

    /// Writes into the record that something was exported. What cannot be written is said; a record that is damaged
    /// has to be exported all the more.
    pub(super) fn note_export(
        &self,
        what: &str,
        format: &'static str,
        rows: usize,
        mut detail: Vec<(&'static str, String)>,
    ) {
        detail.extend([("format", format.to_owned()), ("rows", rows.to_string())]);
        let fact = AuditFact { who: None, what: "exported", subject: what.to_owned(), detail };
        if let Err(error) = self.note(&fact) {
            tell!("tillback: the record does not show this export: {error:#}");
        }
    }

    /// Writes something into the record, beside a terminal that may be running.
    pub(super) fn note(&self, fact: &AuditFact) -> anyhow::Result<()> {
        Ok(self.shared_ledger()?.audit_append(fact, now())?)
    }

    /// Writes down what became of a secret, where a ledger is: one may be given before the first.
    pub(super) fn note_secret(&self, what: &'static str, subject: &str, detail: Vec<(&'static str, String)>) {
        let fact = AuditFact { who: None, what, subject: subject.to_owned(), detail };
        if !self.ledger_path().exists() {
            return;
        }
        if let Err(error) = self.note(&fact) {
            tell!("tillback: the record does not show it: {error:#}");
        }
    }

    /// Opens the ledger to read.
    pub(super) fn readable_ledger(&self) -> anyhow::Result<Ledger> {
        let path = self.ledger_path();
        Ledger::open_read_only(&path, self.ledger_settings()).with_context(|| opening(&path))
    }

    /// The same, where that changes nothing: an older version's ledger is left as it is.
    pub(super) fn ledger_as_it_is(&self) -> Option<Ledger> {
        let is_current = || schema_of(&self.ledger_path()).is_ok_and(|schema| schema == KNOWN_SCHEMA);
        (self.ledger_path().exists() && is_current()).then(|| self.readable_ledger().ok()).flatten()
    }

    pub(super) fn environment(&self) -> anyhow::Result<Environment> {
        let text = self.config.gateway.environment.as_str();
        Environment::parse(text).with_context(|| format!("gateway.environment {text:?} can't be used"))
    }

    /// Where the token is kept: one for each gateway, merchant and store.
    pub(super) fn vault(&self) -> Vault {
        let gateway = &self.config.gateway;
        let account = format!("{} {} {}", gateway.environment, gateway.merchant_no, gateway.store_no);
        Vault::new(&self.config.data.folder, &account, gateway.token_store)
    }

    /// The house once somebody has typed what the token is sealed by.
    pub(super) fn with_passphrase(self, words: Secret) -> Self {
        Self { passphrase: Some(words), ..self }
    }

    /// The house, once whoever sits at the terminal has typed what the token is sealed by, where it is.
    pub(super) fn unlocked(&self) -> anyhow::Result<Self> {
        let passphrase = self.passphrase()?;
        Ok(Self { passphrase, ..self.clone() })
    }

    /// What the token is sealed by, where somebody has typed it.
    pub(super) fn known_passphrase(&self) -> Option<Secret> {
        self.passphrase.clone()
    }

    /// What the token is sealed by: typed before, or asked for now where there is a terminal and it is needed.
    pub(super) fn passphrase(&self) -> anyhow::Result<Option<Secret>> {
        let locked = || matches!(self.vault().token(None), Err(VaultError::Locked { .. }));
        if self.passphrase.is_some() || !io::stdin().is_terminal() || !locked() {
            return Ok(self.passphrase.clone());
        }
        let words = Zeroizing::new(rpassword::prompt_password("The passphrase of the API token (it is not shown): ")?);
        Ok(Secret::passphrase(&words))
    }

    /// The gateway's client, with the token from the vault.
    pub(super) fn client(&self) -> anyhow::Result<Client> {
        let (secret, _) = self.vault().token(self.passphrase.as_ref())?;
        let token = ApiToken::parse(secret.expose()).context("the token can't be used")?;
        let gateway = &self.config.gateway;
        let mut settings = ClientSettings::new(self.environment()?, &gateway.merchant_no, &gateway.store_no, token);
        settings.connect_timeout = Duration::from_secs(u64::from(gateway.connect_timeout_seconds));
        settings.total_timeout = Duration::from_secs(u64::from(gateway.total_timeout_seconds));
        settings.loopback_only = self.config.terminal.training;
        Ok(Client::new(settings)?)
    }

    /// The file with the fingerprint of the key for posted sales.
    pub(super) fn sales_key(&self) -> PathBuf {
        self.config.data.folder.join("sales-key.sha256")
    }

    /// How sales come in while the terminal runs. Nothing comes in where nothing is set, nor in training: a real sale
    /// would end up in the ledger for practice, and be missing in the other.
    pub(super) fn intake(&self) -> Option<IntakeSettings> {
        let config = &self.config.sales;
        if self.config.terminal.training || (config.folder.is_none() && config.port.is_none()) {
            return None;
        }
        Some(IntakeSettings {
            folder: config.folder.clone(),
            port: config.port,
            key: self.sales_key(),
            currency: self.config.gateway.currency,
            settle_currency: self.config.gateway.settle_currency,
            zone: config.zone.clone(),
            every: intake::EVERY,
        })
    }

    /// Starts taking sales in, where that is set. A till whose port is taken still refunds, and says so.
    pub(super) fn start_intake(&self) -> Option<Intake> {
        let house = self.clone();
        let open = move || Ledger::open_shared(&house.ledger_path(), house.ledger_settings(), now());
        match Intake::start(self.intake()?, Arc::new(open), Arc::new(now)) {
            Ok(intake) => Some(intake),
            Err(error) => {
                tracing::error!(%error, "sales of the till program can't be taken in");
                None
            }
        }
    }

    /// Ledger, gateway and clock as the terminal uses them.
    pub(super) fn duties(&self) -> anyhow::Result<Arc<crate::terminal::Duties>> {
        self.duties_with(RotatingGateway::new(self.clone())?)
    }

    /// The same for a window, on which a token can still be given.
    pub(super) fn duties_of_window(&self) -> anyhow::Result<Arc<crate::terminal::Duties>> {
        self.duties_with(RotatingGateway::before_a_token(self.clone())?)
    }

    fn duties_with(&self, client: RotatingGateway) -> anyhow::Result<Arc<crate::terminal::Duties>> {
        let duties = crate::terminal::Duties::new(self.ledger()?, Arc::new(client), Arc::new(SystemClock));
        Ok(Arc::new(
            duties.with_account(Box::new(HouseAccount::new(self.clone()))).with_checks(HouseChecks::of(self.clone())),
        ))
    }
}

/// There is nowhere to keep the data: another sentence than any of the ledger's own.
#[derive(Debug, thiserror::Error)]
#[error("the data folder {} is not there and can't be made: {why}", folder.display())]
pub(super) struct NoDataFolder {
    pub(super) folder: PathBuf,
    pub(super) why: io::Error,
}

/// Makes the data folder. Only the system's usual one is made with all that is above it: anywhere else a folder that is
/// missing is a disk that is not plugged in, and a new ledger in its place would have forgotten every refund.
fn make_data_folder(config: &Config) -> Result<(), NoDataFolder> {
    let folder = &config.data.folder;
    let usual = Config::default_data_folder().as_ref() == Some(folder);
    let made = if usual { std::fs::create_dir_all(folder) } else { std::fs::create_dir(folder) };
    match made {
        Err(why) if !folder.is_dir() => Err(NoDataFolder { folder: folder.clone(), why }),
        _ => Ok(()),
    }
}

fn opening(path: &Path) -> String {
    format!("the ledger {} can't be opened", path.display())
}
