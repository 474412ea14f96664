//! `tillback` alone: the terminal window over a configured till.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::Places;
use super::front::{self, Front};
use super::house::House;
use super::{logging, paper, recovery, training};
use crate::config::{self, Config};
use crate::devices::sound::Sounds;
use crate::domain::{SetupPage, SoundLevel, WindowChoice};
use crate::flow::{Flow, Leaving, Setting};
use crate::intake::Intake;
use crate::scan::camera::{CameraSettings, CameraSource};
use crate::scan::hid_pos::HidPosSettings;
use crate::scan::payload::Affixes;
use crate::scan::serial::{PortName, SerialSettings};
use crate::terminal::recovery::LedgerFault;
use crate::terminal::{
    CameraView, CarePlan, Devices, Duties, Light, Parts, PrintingParts, ScannerSettings, Signboard, Terminal, Till,
};
use crate::ui::{AppOptions, Appearance, WindowOptions};
use crate::vault::{SealedBy, Secret, VaultError};

/// How a till's window ended.
pub(super) enum Ended {
    /// Somebody closed it.
    Closed,
    /// The ledger turned out to be damaged.
    Damaged(String),
    /// A manager left it for training, or to have the settings read again.
    Left(Leaving),
}

/// Opens the window; where the till cannot start, a window says so too, for whoever sees no shell. Where the ledger is
/// in the way, that window has the ways out, and the till opens when one of them leads there.
pub(super) fn run(places: &Places) -> anyhow::Result<ExitCode> {
    if front::is_there(places) {
        tell!("tillback: this till runs already; its window was brought to the front");
        return Ok(ExitCode::SUCCESS);
    }
    let mut house = None;
    let mut prepared = prepare(places).or_else(|error| with_passphrase(places, error, &mut house));
    loop {
        let (fault, detail) = match prepared {
            Ok(till) => match open(till)? {
                Ended::Closed | Ended::Left(Leaving::Closed) => return Ok(ExitCode::SUCCESS),
                Ended::Left(Leaving::Reopened) => {
                    let again = || house.as_ref().map_or_else(|| House::open(places), House::read_again);
                    prepared = again().and_then(prepare_house).or_else(|e| with_passphrase(places, e, &mut house));
                    continue;
                }
                Ended::Left(Leaving::Training) => {
                    prepared =
                        after_training(places, house.as_ref()).or_else(|e| with_passphrase(places, e, &mut house));
                    continue;
                }
                Ended::Damaged(what) => {
                    tell!("tillback: the ledger is damaged: {what}");
                    (LedgerFault::Damaged, what)
                }
            },
            Err(error) => {
                let detail = format!("{error:#}");
                let Some(fault) = recovery::fault_of(&error) else {
                    tell!("tillback: {detail}");
                    if let Err(no_window) = crate::ui::show_fault(WindowOptions::default(), &detail) {
                        tell!("tillback: {no_window}");
                    }
                    return Ok(ExitCode::FAILURE);
                };
                tell!("tillback: {detail}");
                (fault, recovery::detail_of(&error))
            }
        };
        match recovery::recover(places, house.as_ref(), fault, detail) {
            Ok(till) => prepared = Ok(till),
            Err(code) => return Ok(code),
        }
    }
}

/// The till again, once training has ended. Training that cannot begin is logged: the till is there all the same, locked.
fn after_training(places: &Places, known: Option<&House>) -> anyhow::Result<OpenTill> {
    let house = known.map_or_else(|| House::open(places), House::with_folder)?;
    if let Err(error) = training::practise(&house) {
        tracing::error!(error = %format!("{error:#}"), "training");
        tell!("tillback: {error:#}");
    }
    prepare_house(house)
}

/// Asks for the token's passphrase as long as that is what is missing; any other error comes back. The house that knows
/// the words is kept for whoever tries again.
fn with_passphrase(places: &Places, mut error: anyhow::Error, kept: &mut Option<House>) -> anyhow::Result<OpenTill> {
    let mut wrong = false;
    loop {
        match error.downcast_ref::<VaultError>() {
            Some(VaultError::Locked { .. }) => {}
            Some(VaultError::WrongKey { sealed_by: SealedBy::Passphrase, .. }) => wrong = true,
            _ => return Err(error),
        }
        let Ok(Some(typed)) = crate::ui::ask_passphrase(WindowOptions::default(), wrong) else { return Err(error) };
        let Some(words) = Secret::passphrase(&typed) else {
            wrong = true;
            continue;
        };
        let house = House::open(places)?.with_passphrase(words);
        *kept = Some(house.clone());
        match prepare_house(house) {
            Ok(till) => return Ok(till),
            Err(next) => error = next,
        }
    }
}

fn prepare(places: &Places) -> anyhow::Result<OpenTill> {
    begin(places);
    House::open(places).and_then(prepare_house)
}

/// Writes a settings file to begin with, where this user has neither one nor a ledger. A file that somebody named and that
/// is not there is a slip of the hand, and one that is gone while its ledger is there was lost: both are said.
fn begin(places: &Places) {
    let (Some(file), Some(data)) = (Config::default_file(), Config::default_data_folder()) else { return };
    if places.config.is_some() || places.data.is_some() || file.exists() || data.join("ledger.db").exists() {
        return;
    }
    let machine = gethostname::gethostname();
    match config::begin(&file, &machine.to_string_lossy()) {
        Ok(()) => tell!("tillback: settings to begin with are in {}", file.display()),
        Err(error) => tell!("tillback: no settings could be written to {}: {error}", file.display()),
    }
}

/// Everything a window needs, in the order in which it can fail.
pub(super) fn prepare_house(house: House) -> anyhow::Result<OpenTill> {
    logging::to_folder(&house.config.data.folder);
    let duties = house.duties_of_window()?;
    let intake = house.start_intake();
    let till = till_of(&house, duties)?;
    Ok(OpenTill { intake, ..till })
}

/// The same for a ledger that is open, without what the till program hands over.
pub(super) fn till_of(house: &House, duties: Arc<Duties>) -> anyhow::Result<OpenTill> {
    let operators = duties.ledger().operators()?;
    duties.care().wanted(CarePlan::default());
    let scanner = &house.config.scanner;
    // Where nobody works yet, this is the first start, whatever the file says.
    let begins = operators.is_empty() && !house.config.terminal.training;
    let setup = house.config.terminal.setup.or(begins.then_some(SetupPage::Names));
    Ok(OpenTill {
        intake: None,
        flow: Flow::new(Setting { setup, ..setting(house) }, operators),
        signboard: signboard(house),
        duties,
        camera: camera(house),
        idle_lock: Some(Duration::from_secs(u64::from(house.config.ui.idle_lock_seconds))),
        affixes: Affixes {
            prefix: scanner.prefix.clone(),
            suffix: scanner.suffix.clone(),
            short_references: scanner.short_references,
        },
        scanners: scanners(house),
        camera_view: camera_view(house),
        camera_folder: house.config.camera.folder.clone(),
        settings_file: Some(house.config.file.clone()),
        printing: Some(paper::printing(&house.config, &house.ledger_path())),
        sound_level: house.config.sounds,
        window: house.config.window,
        front: Some(house.config.data.folder.clone()),
        appearance: appearance(house),
    })
}

/// Language and colours as the configuration wants them.
pub(super) fn appearance(house: &House) -> Appearance {
    Appearance { language: house.config.ui.language, theme: house.config.ui.theme }
}

/// What the flow goes by.
pub(super) fn setting(house: &House) -> Setting {
    Setting {
        policy: house.config.policy.clone(),
        ask_gateway_first: true,
        after_refund: paper::after_refund(&house.config),
        shift_at_sign_in: house.config.terminal.shift_at_sign_in,
        setup: None,
    }
}

/// What stands on every screen.
pub(super) fn signboard(house: &House) -> Signboard {
    Signboard {
        store: house.config.terminal.store_name.clone(),
        till: house.config.terminal.name.to_string(),
        training: house.config.terminal.training,
        reasons: house.config.ui.reasons.clone(),
        practice_pins: None,
        currency: house.config.gateway.currency,
    }
}

/// A till that is ready to be shown.
pub(super) struct OpenTill {
    pub(super) flow: Flow,
    pub(super) signboard: Signboard,
    pub(super) duties: Arc<Duties>,
    pub(super) camera: CameraSettings,
    pub(super) idle_lock: Option<Duration>,
    pub(super) affixes: Affixes,
    pub(super) scanners: ScannerSettings,
    pub(super) camera_view: CameraView,
    /// The pictures that can stand in for a camera.
    pub(super) camera_folder: Option<PathBuf>,
    pub(super) settings_file: Option<PathBuf>,
    pub(super) printing: Option<PrintingParts>,
    pub(super) sound_level: SoundLevel,
    pub(super) window: WindowChoice,
    /// Where a second start finds this one, to bring it to the front.
    pub(super) front: Option<PathBuf>,
    pub(super) appearance: Appearance,
    /// Takes in what the till program hands over, as long as it is kept.
    pub(super) intake: Option<Intake>,
}

/// Starts the threads and shows the window until it is closed.
pub(super) fn open(till: OpenTill) -> anyhow::Result<Ended> {
    logging::log_panics();
    let OpenTill { flow, signboard, duties, camera, idle_lock, affixes, appearance, intake, .. } = till;
    let devices = Devices {
        gateway: Light::Waiting,
        scanner: if till.scanners.keyboard { Light::Waiting } else { Light::Off },
        camera: crate::terminal::camera_light(&camera),
    };
    let mode = if signboard.training { " - TRAINING" } else { "" };
    let title = format!("Tillback{mode} - {} - {}", signboard.store, signboard.till);
    let app = AppOptions {
        appearance,
        scanner_prefix: affixes.prefix.clone(),
        reads_what_scanners_type: till.scanners.keyboard,
        ..AppOptions::default()
    };
    let folder = till.camera_folder;
    let (window, front) = (till.window, till.front);
    let kept = Arc::clone(&duties);
    let parts = Parts {
        eyes: Box::new(move |seen| crate::terminal::camera_eyes(camera, folder, seen)),
        devices,
        idle_lock,
        affixes,
        scanners: till.scanners,
        camera: till.camera_view,
        settings_file: till.settings_file,
        printing: till.printing,
        sounds: Sounds::start(till.sound_level),
        sound_level: till.sound_level,
        window,
        ..Parts::new(flow, signboard, duties)
    };
    let terminal = Arc::new(Terminal::start(parts)?);
    let till: Arc<dyn crate::terminal::Till> = Arc::<Terminal>::clone(&terminal);
    let shown = Arc::clone(&terminal);
    if let Some(intake) = &intake {
        intake.on_change(terminal.sales_light());
    }
    let options = WindowOptions { title, appearance, full_screen: window.kiosk, ..WindowOptions::default() };
    let mut there = None;
    let done = crate::ui::run_with(till, options, app, |waker, raise| {
        shown.on_change(waker);
        there = front.and_then(|folder| Front::listen(&folder, raise));
    });
    drop((intake, there));
    let leaving = terminal.view().leaving;
    terminal.stop();
    done?;
    if let Some(leaving) = leaving {
        return Ok(Ended::Left(leaving));
    }
    Ok(kept.care().damage().map_or(Ended::Closed, Ended::Damaged))
}

/// The scanners as the configuration wants them.
pub(super) fn scanners(house: &House) -> ScannerSettings {
    let config = &house.config.scanner;
    ScannerSettings {
        keyboard: config.wedge,
        serial: config.serial.as_ref().map(serial_settings),
        hid_pos: config.hid.then(|| HidPosSettings { device: config.hid_device.clone() }),
    }
}

/// The serial port as the configuration wants it.
pub(super) fn serial_settings(serial: &config::SerialConfig) -> SerialSettings {
    let port = match &serial.port {
        config::PortName::Path(path) => PortName::Path(path.clone()),
        config::PortName::Usb(name) => PortName::Usb(name.clone()),
    };
    SerialSettings { port, baud: serial.baud }
}

/// The camera as Settings shows it.
fn camera_view(house: &House) -> CameraView {
    let config = &house.config.camera;
    CameraView { choice: config.choice(), has_folder: config.folder.is_some(), ..CameraView::default() }
}

/// The camera as the configuration wants it.
pub(super) fn camera(house: &House) -> CameraSettings {
    let config = &house.config.camera;
    CameraSettings {
        source: match &config.source {
            config::CameraSource::Device(name) => CameraSource::Device { name: name.clone() },
            config::CameraSource::Folder(folder) => CameraSource::Folder(folder.clone()),
            config::CameraSource::Off => CameraSource::Off,
        },
        frames_per_second: config.frames_per_second,
        deadline: Duration::from_millis(u64::from(config.deadline_ms)),
        ..CameraSettings::default()
    }
}
