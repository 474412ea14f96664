//! `tillback` alone: the terminal window over a configured till.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use super::Places;
use super::house::House;
use super::logging;
use crate::config;
use crate::flow::{Flow, Setting};
use crate::scan::camera::{CameraSettings, CameraSource};
use crate::terminal::{Devices, Duties, Light, Parts, Signboard, SystemClock, Terminal};

pub(super) fn run(places: &Places) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    logging::to_folder(&house.config.data.folder);
    let duties = house.duties()?;
    let operators = duties.ledger().operators()?;
    anyhow::ensure!(
        !operators.is_empty(),
        "nobody may use this till yet: add a manager and a cashier, for example\n  \
         tillback operators add \"Luis Ortega\" --role manager\n  tillback operators add \"Mei Chen\""
    );
    let flow = Flow::new(setting(&house), operators);
    let signboard = signboard(&house);
    let idle = Some(Duration::from_secs(u64::from(house.config.ui.idle_lock_seconds)));
    open(flow, signboard, duties, camera(&house), idle)
}

/// What the flow goes by.
pub(super) fn setting(house: &House) -> Setting {
    Setting { policy: house.config.policy.clone(), ask_gateway_first: true }
}

/// What stands on every screen.
pub(super) fn signboard(house: &House) -> Signboard {
    Signboard {
        store: house.config.terminal.store_name.clone(),
        till: house.config.terminal.name.to_string(),
        training: house.config.terminal.training,
        reasons: house.config.ui.reasons.clone(),
        demo_pin: None,
    }
}

/// Starts the threads and shows the window until it is closed.
pub(super) fn open(
    flow: Flow,
    signboard: Signboard,
    duties: Arc<Duties>,
    camera: CameraSettings,
    idle_lock: Option<Duration>,
) -> anyhow::Result<ExitCode> {
    let devices =
        Devices { gateway: Light::Waiting, scanner: Light::Waiting, camera: crate::terminal::camera_light(&camera) };
    let title = format!("Tillback - {} - {}", signboard.store, signboard.till);
    let parts = Parts {
        flow,
        signboard,
        duties,
        clock: Arc::new(SystemClock),
        eyes: Box::new(move |seen| crate::terminal::camera_eyes(camera, seen)),
        devices,
        idle_lock,
    };
    let terminal = Arc::new(Terminal::start(parts)?);
    let till: Arc<dyn crate::terminal::Till> = Arc::<Terminal>::clone(&terminal);
    let shown = Arc::clone(&terminal);
    let options = crate::ui::WindowOptions { title, ..crate::ui::WindowOptions::default() };
    let done = crate::ui::run(till, options, move |waker| shown.on_change(waker));
    terminal.stop();
    done?;
    Ok(ExitCode::SUCCESS)
}

/// The camera as the configuration wants it.
fn camera(house: &House) -> CameraSettings {
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
