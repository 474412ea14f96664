//! Camera, scanners, printer, sound: what is connected, and what to do about what is not.
//!
//! **Looked at as a running till would**, which may be running: what it uses is told as in use, not as broken.

use super::super::house::House;
use super::super::{paper, window};
use super::{Check, Finding};
use crate::config::CameraSource;
use crate::domain::{ScannerFault, SoundLevel};
use crate::scan::camera;
use crate::scan::hid_pos::{self, HidPosSettings};
use crate::scan::scanner::Trouble;
use crate::scan::serial::{self, PortName, SerialSettings};

pub(super) fn camera(house: &House) -> Check {
    let finding = match &house.config.camera.source {
        CameraSource::Off => Finding::Note("off, by configuration".to_owned()),
        CameraSource::Folder(folder) if folder.is_dir() => {
            Finding::Note(format!("the pictures in {} stand in for one", folder.display()))
        }
        CameraSource::Folder(folder) => Finding::Bad(
            format!("the folder {} is not there", folder.display()),
            "Make it, or set camera.source = \"device\".".to_owned(),
        ),
        CameraSource::Device(name) => device(name.as_deref()),
    };
    Check { what: "camera", finding }
}

/// Whatever camera there is, where no settings say which.
pub(super) fn any_camera() -> Check {
    let finding = match device(None) {
        Finding::Bad(found, fix) => Finding::Hint(found, fix),
        finding => finding,
    };
    Check { what: "camera", finding }
}

fn device(wanted: Option<&str>) -> Finding {
    let cameras = match camera::list_cameras() {
        Ok(cameras) => cameras,
        Err(error) => {
            let fix = if cfg!(windows) {
                "Plug a USB camera in. Windows must let programs use it: Settings, Privacy, Camera, \"desktop apps\"."
            } else {
                "Plug a USB camera in. This user must be in the group \"video\"."
            };
            return Finding::Bad(format!("{} ({:?})", error.detail, error.kind), fix.to_owned());
        }
    };
    let names: Vec<String> = cameras.iter().map(|camera| camera.name.clone()).collect();
    match wanted {
        _ if names.is_empty() => Finding::Bad(
            "there is none".to_owned(),
            "Plug one in, or set camera.source = \"off\" and work with a barcode scanner.".to_owned(),
        ),
        Some(name) if !names.iter().any(|known| known == name) => {
            Finding::Bad(format!("{name:?} is not there"), format!("Set camera.device to one of: {}", names.join("; ")))
        }
        _ => Finding::Good(names.join("; ")),
    }
}

pub(super) fn scanners(house: &House) -> Vec<Check> {
    let config = &house.config.scanner;
    let typed = if config.wedge {
        "scanners that type are listened to; Settings, Scanner has a code to try one with"
    } else {
        "scanners that type are not read, by configuration"
    };
    let mut checks = vec![Check { what: "scanner", finding: Finding::Note(typed.to_owned()) }];
    if let Some(serial) = &config.serial {
        let settings = window::serial_settings(serial);
        let found = serial::look_for(&settings);
        let finding = scanner(found, |fault| serial_fix(fault, &settings));
        checks.push(Check { what: "serial scanner", finding });
    }
    if config.hid {
        let found = hid_pos::look_for(&HidPosSettings { device: config.hid_device.clone() });
        checks.push(Check { what: "USB scanner", finding: scanner(found, hid_fix) });
    }
    checks
}

fn scanner(found: Result<String, Trouble>, fix: impl FnOnce(ScannerFault) -> String) -> Finding {
    match found {
        Ok(name) => Finding::Good(name),
        Err(Trouble { fault: ScannerFault::InUse, detail }) => {
            Finding::Note(format!("in use, by a running till most likely ({detail})"))
        }
        Err(Trouble { fault, detail }) => {
            let what = match fault {
                ScannerFault::NotThere => "it is not there",
                ScannerFault::NotAllowed => "this user may not use it",
                ScannerFault::InUse | ScannerFault::Lost => "it stopped",
                ScannerFault::NotUnderstood => "it cannot be used",
            };
            Finding::Bad(format!("{what} ({detail})"), fix(fault))
        }
    }
}

fn serial_fix(fault: ScannerFault, settings: &SerialSettings) -> String {
    match fault {
        ScannerFault::NotAllowed if cfg!(windows) => "Close the program that has the port.".to_owned(),
        ScannerFault::NotAllowed => {
            "Put this user into the group \"dialout\" (sudo usermod -aG dialout USER), then sign in again.".to_owned()
        }
        ScannerFault::NotThere => {
            let known = serial::connected();
            let known = if known.is_empty() { "no USB serial port".to_owned() } else { known.join("; ") };
            format!(
                "Plug it in and set it to \"USB serial\" (CDC, virtual COM port) with the maker's own codes, or correct \
                 scanner.serial_port. Connected now: {known}."
            )
        }
        _ => match &settings.port {
            PortName::Path(path) => format!("See that {path} is the scanner's port, or name its USB device instead."),
            PortName::Usb(_) => "Unplug it and plug it in again.".to_owned(),
        },
    }
}

fn hid_fix(fault: ScannerFault) -> String {
    match fault {
        ScannerFault::NotAllowed => "Install assets/udev/60-tillback-scanners.rules as /etc/udev/rules.d/\
             60-tillback-scanners.rules, run \"sudo udevadm control --reload\", and plug the scanner in again."
            .to_owned(),
        ScannerFault::NotThere => "Plug it in and set it to \"USB HID POS\" (sometimes \"OPOS\") with the maker's own \
             codes, or correct scanner.hid_device."
            .to_owned(),
        _ => {
            "Unplug it and plug it in again. If it stays so, set it to type (USB keyboard) or to USB serial.".to_owned()
        }
    }
}

/// A printer that does not print keeps nobody from refunding: it is told, and no fault of the till's.
pub(super) fn printer(house: &House) -> Check {
    let finding = match paper::look(&house.config) {
        None => Finding::Note("none, by configuration".to_owned()),
        Some(Ok(name)) => Finding::Good(name),
        Some(Err((what, fix))) => Finding::Hint(what, fix.to_owned()),
    };
    Check { what: "printer", finding }
}

pub(super) fn sound(level: SoundLevel) -> Check {
    let players = crate::devices::sound::players();
    let finding = match players.first() {
        _ if level.muted => Finding::Note("off, by configuration".to_owned()),
        Some(player) => Finding::Good(format!("{}, volume {}", player.display(), level.volume)),
        None => Finding::Hint(
            "no program that plays any; the screen shows each sound too".to_owned(),
            if cfg!(windows) {
                "Windows PowerShell is missing: let whoever looks after this computer put it back.".to_owned()
            } else {
                "To hear the till, install one of pipewire-bin, pulseaudio-utils and alsa-utils.".to_owned()
            },
        ),
    };
    Check { what: "sound", finding }
}
