//! The Settings pages in every state worth looking at.

use tillback::domain::{CameraChoice, KeepFault, Pin, ScannerFault, ScannerKind, SettingChange};
use tillback::flow::{SettingsPage, What};
use tillback::scan::wedge::{BurstEnd, ScanText, TEST_CODE};
use tillback::terminal::{CameraTrouble, KnownCamera, Light, ScannerView, Till};

use super::scenes::{Make, Scene, preview, with};
use super::{FakeTill, World, dana, luis};

/// A manager is signed in; three scanners, each in another state.
pub fn world() -> World {
    with(|world| {
        world.signed_in = Some(luis());
        let view = |kind, light, name: &str, fault| ScannerView { kind, light, name: Some(name.to_owned()), fault };
        world.equipment.scanners = vec![
            view(ScannerKind::Serial, Light::Good, "Voyager 1472g with a long name of its own", None),
            view(ScannerKind::HidPos, Light::Bad, "DS2208", Some(ScannerFault::NotAllowed)),
        ];
        world.preview = Some(preview());
        world.equipment.camera.open = Some(("HD Pro Webcam C920".to_owned(), "1280x720 MJPG 30".to_owned()));
        world.equipment.camera.known = Some(vec![camera("HD Pro Webcam C920"), camera("USB2.0 Camera: USB2.0 Camera")]);
    })
}

fn camera(name: &str) -> KnownCamera {
    KnownCamera { name: name.to_owned(), place: "/dev/video0".to_owned() }
}

pub fn scan(text: &str) -> ScanText {
    ScanText { text: text.to_owned(), shown: text.to_owned(), end: BurstEnd::Enter, torn: false }
}

fn open(till: &FakeTill) {
    till.tell(What::SettingsPressed);
}

fn open_camera(till: &FakeTill) {
    open(till);
    till.tell(What::SettingsPageChosen(SettingsPage::Camera));
}

pub fn scenes(scene: Make<'_>) -> Vec<Scene> {
    let mut all = doors(scene);
    all.extend(scanners(scene));
    all.extend(cameras(scene));
    all
}

fn doors(scene: Make<'_>) -> Vec<Scene> {
    vec![
        scene("settings, a manager's PIN", with(|world| world.operators.push(dana())), open),
        scene("settings, wrong PIN", World::default(), |till| {
            open(till);
            till.tell(What::ManagerPinGiven { operator: luis().id, pin: Pin::parse("0000").unwrap() });
        }),
        scene("settings, no manager", with(|world| world.operators.retain(|person| person.id != luis().id)), open),
    ]
}

fn scanners(scene: Make<'_>) -> Vec<Scene> {
    vec![
        scene("settings, scanner", world(), open),
        scene("settings, scanner in order", world(), |till| {
            open(till);
            till.try_out(ScannerKind::Serial, scan(&format!("]C1{TEST_CODE}")));
        }),
        scene("settings, scanner with everything wrong", world(), |till| {
            open(till);
            let sent = "~Tillback~tEST&2975|/ZAy@$";
            till.try_out(ScannerKind::Keyboard, ScanText { end: BurstEnd::Quiet, ..scan(sent) });
        }),
        scene("settings, another code", world(), |till| {
            open(till);
            till.try_out(ScannerKind::HidPos, scan("4006381333931"));
        }),
    ]
}

fn cameras(scene: Make<'_>) -> Vec<Scene> {
    let missing = || {
        let mut world = world();
        world.preview = None;
        world.devices.camera = Light::Bad;
        world.equipment.camera.open = None;
        world.equipment.camera.choice = CameraChoice::Named("Logitech BRIO with a rather long name".to_owned());
        world.equipment.camera.trouble = Some(CameraTrouble::NotConnected);
        world.equipment.camera.has_folder = true;
        world
    };
    let none = || {
        let mut world = missing();
        world.equipment.camera.known = Some(vec![]);
        world.equipment.camera.trouble = Some(CameraTrouble::NoneConnected);
        world.keeps = Err(KeepFault::ReadOnly);
        world
    };
    vec![
        scene("settings, camera", world(), open_camera),
        scene("settings, camera not connected", missing(), open_camera),
        scene("settings, camera not kept", none(), |till| {
            open_camera(till);
            till.tell(What::SettingChosen(SettingChange::Camera(CameraChoice::First)));
        }),
    ]
}
