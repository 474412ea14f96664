//! The settings file: one TOML file, read once, checked in full, then a value that nothing re-reads.
//!
//! **No secret stands in it**: the gateway's token is [`crate::vault`]'s. **What is not understood is refused**, with the
//! file, the line and what is allowed there: a misspelt limit must not silently be the default. **Production is never a
//! default.** `assets/tillback.example.toml` explains every key and a test reads it.

mod first;
mod keep;
mod paper;
mod places;
mod reader;
mod rules;
mod sales;
mod scanner;
mod seen;
mod training;
mod window;

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use crate::domain::{
    CameraChoice, Currency, Language, Money, Policy, PrinterChoice, Reason, ResolvePolicy, RuleKey, SetupPage,
    SoundLevel, ThemeChoice, TillName, TokenStore, WindowChoice,
};
use reader::{Complaint, Read, Section, complaint};

pub use first::begin;
pub(crate) use keep::printer_setting;
pub use keep::{Kept, keep};
pub use paper::{DrawerConfig, PrinterConfig, PrinterKind};
pub use sales::SalesConfig;
pub use scanner::{PortName, ScannerConfig, SerialConfig};
pub use seen::seen;
pub use training::{TrainingSite, for_training};

/// The example file, every key explained.
pub const EXAMPLE: &str = include_str!("../../assets/tillback.example.toml");

/// Every section and its keys, in the example file's order.
pub const SECTIONS: [(&str, &[&str]); 15] = [
    ("terminal", &["name", "store_name", "training", "shift_at_sign_in", "setup"]),
    (
        "gateway",
        &[
            "environment",
            "merchant_no",
            "store_no",
            "currency",
            "settle_currency",
            "token_store",
            "connect_timeout_seconds",
            "total_timeout_seconds",
        ],
    ),
    (
        "policy",
        &[
            "max_sale_age_days",
            "max_refunds_per_sale",
            "min_seconds_between_refunds",
            "cashier_alone_up_to",
            "own_approval",
            "approval_seconds",
        ],
    ),
    ("rules", rules::KEYS),
    ("resolve", &["not_found_answers", "not_found_span_seconds"]),
    ("camera", &["source", "device", "folder", "frames_per_second", "deadline_ms"]),
    ("scanner", &["wedge", "prefix", "suffix", "short_references", "serial_port", "serial_baud", "hid", "hid_device"]),
    ("printer", paper::PRINTER_KEYS),
    ("drawer", paper::DRAWER_KEYS),
    ("sounds", paper::SOUND_KEYS),
    ("sales", &["folder", "port", "zone"]),
    ("data", &["folder", "backups"]),
    ("ui", &["language", "theme", "idle_lock_seconds", "reasons"]),
    ("window", window::WINDOW_KEYS),
    ("customer_display", window::CUSTOMER_KEYS),
];

/// Far more than the example file's size; a file beyond it is something else.
const MAX_FILE_BYTES: u64 = 256 * 1024;
const FILE_NAME: &str = "tillback.toml";
/// The reasons a store begins with.
const REASONS: [&str; 5] =
    ["Customer returned goods", "Damaged goods", "Wrong price", "Charged twice", "Order cancelled"];

/// Why there are no settings: one sentence on what is wrong, one on what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1, where it is about one.
    pub line: Option<usize>,
    /// The column, from 1.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What is allowed there, or what to do.
    pub allowed: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let (Some(line), Some(column)) = (self.line, self.column) {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": {} (allowed: {})", self.what, self.allowed)
    }
}

impl std::error::Error for ConfigError {}

/// Everything the settings file says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Where it was read.
    pub file: PathBuf,
    /// `[terminal]`
    pub terminal: TerminalConfig,
    /// `[gateway]`
    pub gateway: GatewayConfig,
    /// `[policy]`
    pub policy: Policy,
    /// `[resolve]`
    pub resolve: ResolvePolicy,
    /// `[camera]`
    pub camera: CameraConfig,
    /// `[scanner]`
    pub scanner: ScannerConfig,
    /// `[printer]`
    pub printer: PrinterConfig,
    /// `[drawer]`
    pub drawer: DrawerConfig,
    /// `[sounds]`
    pub sounds: SoundLevel,
    /// `[sales]`
    pub sales: SalesConfig,
    /// `[data]`
    pub data: DataConfig,
    /// `[ui]`
    pub ui: UiConfig,
    /// `[window]` and `[customer_display]`
    pub window: WindowChoice,
}

/// `[terminal]`: which till this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerminalConfig {
    /// This till's name, unlike any other till's of the store.
    pub name: TillName,
    /// The store's name, as screens and receipts show it.
    pub store_name: String,
    /// Practice: its own ledger, and no gateway but one on this machine.
    pub training: bool,
    /// A sign-in begins that person's shift, where none is open.
    pub shift_at_sign_in: bool,
    /// The page on which the first start goes on; nothing once it is over.
    pub setup: Option<SetupPage>,
}

/// `[gateway]`: whom the refunds are asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatewayConfig {
    /// `production`, `sandbox`, `sandbox-old`, or the address of a gateway on this machine.
    pub environment: String,
    /// The merchant's number there.
    pub merchant_no: String,
    /// The store's number there.
    pub store_no: String,
    /// The currency the store sells in, where nothing says otherwise.
    pub currency: Currency,
    /// The currency the store is settled in, where nothing says otherwise.
    pub settle_currency: Currency,
    /// Where the API token is kept.
    pub token_store: TokenStore,
    /// How long to wait for a connection.
    pub connect_timeout_seconds: u32,
    /// How long to wait for an answer in all.
    pub total_timeout_seconds: u32,
}

/// Where camera pictures come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraSource {
    /// A camera, by name; the first one found when there is no name.
    Device(Option<String>),
    /// A folder of pictures that stands in for one.
    Folder(PathBuf),
    /// None.
    Off,
}

/// `[camera]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraConfig {
    /// Where pictures come from.
    pub source: CameraSource,
    /// Pictures looked at per second.
    pub frames_per_second: u32,
    /// The longest a picture is looked at, in milliseconds.
    pub deadline_ms: u32,
    /// The folder of pictures the file names, whether or not it is the source.
    pub folder: Option<PathBuf>,
}

impl CameraConfig {
    /// The source, in the words of a choice.
    pub fn choice(&self) -> CameraChoice {
        match &self.source {
            CameraSource::Device(None) => CameraChoice::First,
            CameraSource::Device(Some(name)) => CameraChoice::Named(name.clone()),
            CameraSource::Folder(_) => CameraChoice::Folder,
            CameraSource::Off => CameraChoice::Off,
        }
    }
}

/// `[data]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataConfig {
    /// Where the ledger, the logs and the sealed token are.
    pub folder: PathBuf,
    /// Where copies of the ledger are kept; in the data folder, where nothing is said.
    pub backups: Option<PathBuf>,
}

impl DataConfig {
    /// The ledger's file; training has its own.
    pub fn ledger_path(&self, training: bool) -> PathBuf {
        self.folder.join(if training { "training.db" } else { "ledger.db" })
    }
}

/// `[ui]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UiConfig {
    /// The language of the window; the computer's own, when none is named.
    pub language: Option<Language>,
    /// How the window is coloured.
    pub theme: ThemeChoice,
    /// The window locks itself after this long without a touch or a key.
    pub idle_lock_seconds: u32,
    /// The reasons to choose from.
    pub reasons: Vec<Reason>,
}

impl Config {
    /// What prints and what the till does with it by itself, in the words of a choice.
    pub fn printer_choice(&self) -> PrinterChoice {
        paper::choice(&self.printer, &self.drawer)
    }

    /// Reads and checks the file. Paths in it are relative to its folder.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let whole = |what: String, allowed: &str| ConfigError {
            file: file.to_owned(),
            line: None,
            column: None,
            what,
            allowed: allowed.to_owned(),
        };
        let readable = "a text file in UTF-8 that this user may read";
        let size = match std::fs::metadata(file) {
            Ok(data) if data.is_dir() => return Err(whole("it is a folder".to_owned(), readable)),
            Ok(data) => data.len(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let what = "there is no settings file there".to_owned();
                let allowed = "to try the terminal without one, run `tillback demo`; to set it up, copy \
                               assets/tillback.example.toml to that place and fill it in, or name another with --config";
                return Err(whole(what, allowed));
            }
            Err(error) => return Err(whole(format!("it cannot be read: {error}"), readable)),
        };
        if size > MAX_FILE_BYTES {
            return Err(whole(format!("it has {size} bytes"), "at most 262144 bytes; the example has a few thousand"));
        }
        let bytes = std::fs::read(file).map_err(|error| whole(format!("it cannot be read: {error}"), readable))?;
        let text = String::from_utf8(bytes).map_err(|_| whole("it is not text in UTF-8".to_owned(), readable))?;
        Self::parse(&text, file)
    }

    /// Checks the text of a settings file; `file` is for messages and relative paths.
    pub fn parse(text: &str, file: &Path) -> Result<Self, ConfigError> {
        // Windows editors begin a file with a byte-order mark.
        let text = text.trim_start_matches('\u{feff}');
        read(text, file).map_err(|complaint| complaint.in_file(file, text))
    }
}

fn read(text: &str, file: &Path) -> Read<Config> {
    let table = reader::parse(text)?;
    let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    let root = Section::root(&table, &names)?;
    // Every misspelt key before anything else: what seems to be missing is often there under another name.
    let [
        terminal,
        gateway,
        policy,
        rules,
        resolve,
        camera,
        scanner,
        printer,
        drawer,
        sounds,
        sales,
        data,
        ui,
        window,
        customer,
    ] = SECTIONS.map(|(name, keys)| root.section(name, keys));
    let base = file.parent().unwrap_or(Path::new(""));
    let terminal = read_terminal(&terminal?)?;
    let gateway = read_gateway(&gateway?)?;
    check_training(&terminal, &gateway)?;
    Ok(Config {
        file: file.to_owned(),
        policy: Policy { rules: rules::read(&rules?, gateway.currency)?, ..read_policy(&policy?, gateway.currency)? },
        resolve: read_resolve(&resolve?)?,
        camera: read_camera(&camera?, base)?,
        scanner: scanner::read(&scanner?)?,
        printer: paper::read_printer(&printer?, base)?,
        drawer: paper::read_drawer(&drawer?)?,
        sounds: paper::read_sounds(&sounds?)?,
        sales: sales::read(&sales?, base)?,
        data: read_data(&data?, base)?,
        ui: read_ui(&ui?)?,
        window: window::read(&window?, &customer?)?,
        terminal,
        gateway,
    })
}

fn short(section: &Section<'_>, key: &'static str, text: &str, max: usize) -> Read<String> {
    if text.chars().count() > max || text.chars().any(char::is_control) {
        return Err(section.refuse(
            key,
            "it is too long or holds a control character",
            format!("up to {max} characters"),
        ));
    }
    Ok(text.to_owned())
}

fn read_terminal(section: &Section<'_>) -> Read<TerminalConfig> {
    let allowed = "this till's own name, up to 24 letters, digits and dashes";
    let name = section.needed("name", allowed)?;
    let name = TillName::parse(name).map_err(|why| section.refuse("name", why, allowed))?;
    let store_name = section.text("store_name", "the store's name")?.unwrap_or(name.as_str());
    let store_name = short(section, "store_name", store_name, 60)?;
    let shift_at_sign_in = section.flag("shift_at_sign_in", false)?;
    let pages = SetupPage::ALL.map(|page| (page.as_str(), Some(page)));
    let setup = section.word("setup", None, &pages)?;
    Ok(TerminalConfig { name, store_name, training: section.flag("training", false)?, shift_at_sign_in, setup })
}

fn read_gateway(section: &Section<'_>) -> Read<GatewayConfig> {
    let environment = section.needed("environment", ENVIRONMENTS)?;
    check_environment(environment).map_err(|why| section.refuse("environment", why, ENVIRONMENTS))?;
    let environment = environment.to_owned();
    let account = |key: &'static str| {
        let allowed = "the number from your Pockyt account, in quotes: letters and digits, up to 32";
        let text = section.needed(key, allowed)?;
        let good = text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if good { Ok(text.to_owned()) } else { Err(section.refuse(key, "it is not such a number", allowed)) }
    };
    let currency = |key: &'static str| {
        let allowed = "an ISO 4217 code such as \"USD\"";
        let text = section.text(key, allowed)?.unwrap_or("USD");
        Currency::parse(text).map_err(|why| section.refuse(key, why, allowed))
    };
    let merchant_no = account("merchant_no")?;
    let store_no = account("store_no")?;
    let (currency, settle_currency) = (currency("currency")?, currency("settle_currency")?);
    let stores = [("auto", TokenStore::Auto), ("keyring", TokenStore::Keyring), ("file", TokenStore::File)];
    let token_store = section.word("token_store", TokenStore::Auto, &stores)?;
    let connect_timeout_seconds = section.number("connect_timeout_seconds", 8, 1..=60)?;
    let total_timeout_seconds = section.number("total_timeout_seconds", 30, 5..=300)?;
    if connect_timeout_seconds > total_timeout_seconds {
        let why = "it is shorter than connect_timeout_seconds";
        return Err(section.refuse("total_timeout_seconds", why, "at least connect_timeout_seconds"));
    }
    Ok(GatewayConfig {
        environment,
        merchant_no,
        store_no,
        currency,
        settle_currency,
        token_store,
        connect_timeout_seconds,
        total_timeout_seconds,
    })
}

const ENVIRONMENTS: &str =
    "\"production\", \"sandbox\", \"sandbox-old\", or a gateway on this machine such as \"http://127.0.0.1:8080\"";

/// The gateway room reads it for itself; here only so that a wrong one is found with its line.
fn check_environment(text: &str) -> Result<(), &'static str> {
    if matches!(text, "production" | "sandbox" | "sandbox-old") {
        return Ok(());
    }
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    let rest = rest.ok_or("it is none of the environments, nor a web address")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    if authority.contains(['/', '?', '#', '@']) {
        return Err("the address holds more than a host and a port");
    }
    let (loopback, port) = match authority.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((host, rest)) => (host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()), rest),
        None => {
            let (host, rest) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
            (host == "localhost" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback()), rest)
        }
    };
    if !loopback {
        return Err("only this machine may be named by its address");
    }
    let number = port.strip_prefix(':').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    match number.map(str::parse::<u16>) {
        None if port.is_empty() => Ok(()),
        Some(Ok(1..)) => Ok(()),
        _ => Err("the port is not a number from 1 to 65535"),
    }
}

/// Promise I9 begins here: practice with a real gateway is refused before anything is opened.
fn check_training(terminal: &TerminalConfig, gateway: &GatewayConfig) -> Read<()> {
    let loopback = gateway.environment.starts_with("http");
    if terminal.training && !loopback {
        let what = format!("terminal.training is on and gateway.environment is {:?}", gateway.environment);
        return Err(complaint(what, "in training, a gateway on this machine such as \"http://127.0.0.1:8080\""));
    }
    Ok(())
}

fn read_policy(section: &Section<'_>, currency: Currency) -> Read<Policy> {
    let usual = Policy::default();
    let allowed = format!("an amount in {currency} such as \"5.00\", in quotes; leave it out for never");
    let cashier_alone_up_to = match section.text("cashier_alone_up_to", &allowed)? {
        None => None,
        Some(text) => Some(
            Money::parse(text, currency).map_err(|why| section.refuse("cashier_alone_up_to", why, allowed.as_str()))?,
        ),
    };
    Ok(Policy {
        max_sale_age_days: section.number("max_sale_age_days", usual.max_sale_age_days, 1..=3650)?,
        max_refunds_per_sale: section.number("max_refunds_per_sale", usual.max_refunds_per_sale, 1..=1000)?,
        min_seconds_between_refunds: section.number(
            "min_seconds_between_refunds",
            usual.min_seconds_between_refunds,
            0..=86_400,
        )?,
        cashier_alone_up_to,
        own_approval: section.flag("own_approval", usual.own_approval)?,
        approval_seconds: section.rule(RuleKey::ApprovalSeconds, usual.approval_seconds)?,
        rules: usual.rules,
    })
}

fn read_resolve(section: &Section<'_>) -> Read<ResolvePolicy> {
    let usual = ResolvePolicy::default();
    let span = usual.not_found_span_seconds;
    Ok(ResolvePolicy {
        not_found_answers: section.number("not_found_answers", usual.not_found_answers, 1..=100)?,
        not_found_span_seconds: section.number("not_found_span_seconds", span, 0..=86_400)?,
    })
}

fn read_camera(section: &Section<'_>, base: &Path) -> Read<CameraConfig> {
    #[derive(Clone, Copy)]
    enum Kind {
        Device,
        Folder,
        Off,
    }
    let words = [("device", Kind::Device), ("folder", Kind::Folder), ("off", Kind::Off)];
    let kind = section.word("source", Kind::Device, &words)?;
    let device = section.text("device", "the camera's name as `tillback doctor` shows it")?;
    let folder = section.text("folder", "a folder of pictures")?.map(|folder| base.join(folder));
    let source = match (kind, folder.clone()) {
        (Kind::Device, _) => CameraSource::Device(device.filter(|name| !name.is_empty()).map(str::to_owned)),
        (Kind::Folder, Some(folder)) => CameraSource::Folder(folder),
        (Kind::Folder, None) => {
            return Err(section.refuse("folder", "it is missing", "a folder of pictures, as source is \"folder\""));
        }
        (Kind::Off, _) => CameraSource::Off,
    };
    Ok(CameraConfig {
        source,
        folder,
        frames_per_second: section.number("frames_per_second", 10, 1..=60)?,
        deadline_ms: section.number("deadline_ms", 60, 20..=5_000)?,
    })
}

fn read_data(section: &Section<'_>, base: &Path) -> Read<DataConfig> {
    let allowed = "a folder that this user may write";
    let backups = section.text("backups", allowed)?.filter(|folder| !folder.is_empty());
    let backups = backups.map(|folder| base.join(folder));
    if let Some(folder) = section.text("folder", allowed)?.filter(|folder| !folder.is_empty()) {
        return Ok(DataConfig { folder: base.join(folder), backups });
    }
    let usual = || section.refuse("folder", "this user has no home folder", allowed);
    let usual = Config::default_data_folder().ok_or_else(usual)?;
    Ok(DataConfig { folder: usual, backups })
}

fn read_ui(section: &Section<'_>) -> Read<UiConfig> {
    let allowed = "\"en\", \"es\", \"zh-Hans\", \"zh-Hant\", \"fr\", \"ko\", or nothing: the computer's own";
    let language = match section.text("language", allowed)?.unwrap_or_default() {
        "" => None,
        tag => Some(
            Language::parse(tag).ok_or_else(|| section.refuse("language", "the window does not speak it", allowed))?,
        ),
    };
    let theme = section.word("theme", ThemeChoice::System, &ThemeChoice::ALL.map(|theme| (theme.as_str(), theme)))?;
    let idle_lock_seconds = section.number("idle_lock_seconds", 120, 15..=900)?;
    let allowed = "a list of 1 to 20 reasons, each up to 120 characters";
    let texts = section.list("reasons", allowed)?.unwrap_or_else(|| REASONS.to_vec());
    if texts.is_empty() || texts.len() > 20 {
        return Err(section.refuse("reasons", format!("it holds {}", texts.len()), allowed));
    }
    let reason = |text: &&str| Reason::parse(text).map_err(|why| section.refuse("reasons", why, allowed));
    let reasons = texts.iter().map(reason).collect::<Result<Vec<_>, Complaint>>()?;
    Ok(UiConfig { language, theme, idle_lock_seconds, reasons })
}
