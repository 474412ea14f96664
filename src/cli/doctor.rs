//! `tillback doctor`: checks everything a refund needs and says what to do about each fault.

use std::path::PathBuf;
use std::process::ExitCode;

use super::Places;
use super::house::House;
use super::ledger::local;
use crate::config::{CameraSource, Config};
use crate::domain::ScannerFault;
use crate::gateway::{CredentialCheck, QueryFailure, Reachability};
use crate::intake::FAILED;
use crate::ledger::{CheckDepth, StopSign, check_ledger};
use crate::scan::camera;
use crate::scan::hid_pos::{self, HidPosSettings};
use crate::scan::scanner::Trouble;
use crate::scan::serial::{self, PortName, SerialSettings};
use crate::vault::{SealedBy, TokenSource};

/// How one check went.
enum Finding {
    Good(String),
    /// It works, but somebody should know.
    Note(String),
    /// It does not work; what to do.
    Bad(String, String),
}

/// What is checked, and how it went.
struct Check {
    what: &'static str,
    finding: Finding,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Pack what the checks say, versions, settings and logs into one file for support (.zip); no secret is in it
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
}

pub(super) fn run(places: &Places, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let house = House::open(places);
    let checks = all(&house);
    let faults = checks.iter().filter(|check| matches!(check.finding, Finding::Bad(..))).count();
    let told = told(&checks);
    print!("{told}");
    match faults {
        0 => eprintln!("Nothing is wrong."),
        1 => eprintln!("One thing must be put right before this till can refund."),
        faults => eprintln!("{faults} things must be put right before this till can refund."),
    }
    if let Some(file) = &arguments.bundle {
        // A settings file that cannot be read is what support wants to see most.
        let settings = places.config.clone().or_else(Config::default_file);
        let data = house.as_ref().ok().map(|house| house.config.data.folder.as_path());
        super::bundle::pack(file, &told, settings.as_deref(), data)?;
        eprintln!(
            "{} holds what support needs. No secret is in it; it may be looked at before it is sent.",
            file.display()
        );
        // Packing it is what was asked for, whatever is wrong with the till.
        return Ok(ExitCode::SUCCESS);
    }
    Ok(if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The checks as they are printed.
fn told(checks: &[Check]) -> String {
    let mut text = format!("tillback {}, ledger schema {}\n", env!("CARGO_PKG_VERSION"), crate::ledger::KNOWN_SCHEMA);
    for Check { what, finding } in checks {
        let lines = match finding {
            Finding::Good(good) => format!("ok    {what}: {good}\n"),
            Finding::Note(note) => format!("note  {what}: {note}\n"),
            Finding::Bad(bad, fix) => format!("FAIL  {what}: {bad}\n      -> {fix}\n"),
        };
        text.push_str(&lines);
    }
    text
}

fn all(house: &anyhow::Result<House>) -> Vec<Check> {
    let mut checks = vec![];
    match house {
        Ok(house) => {
            let text = format!("{} ({})", house.config.file.display(), summary(&house.config));
            checks.push(Check { what: "configuration", finding: Finding::Good(text) });
            checks.push(ledger(house));
            checks.extend(care(house));
            checks.push(people(house));
            checks.extend(gateway(house));
            checks.push(camera(house));
            checks.extend(scanners(house));
            checks.extend(sales(house));
            checks.push(printer(house));
            checks.push(sound(house));
        }
        Err(error) => {
            let fix = "Copy assets/tillback.example.toml there and fill it in, or name a file with --config. \
                       To look around without one: tillback demo";
            checks.push(Check { what: "configuration", finding: Finding::Bad(format!("{error:#}"), fix.to_owned()) });
        }
    }
    checks.push(display());
    checks.push(Check { what: "printer", finding: Finding::Note("none: this version prints no slips".to_owned()) });
    checks
}

fn summary(config: &Config) -> String {
    let training = if config.terminal.training { ", training" } else { "" };
    format!("{}, {}{training}", config.terminal.name, config.gateway.environment)
}

fn ledger(house: &House) -> Check {
    let path = house.ledger_path();
    let sound = || -> anyhow::Result<(u64, usize)> {
        let ledger = house.readable_ledger()?;
        let head = check_ledger(&path, CheckDepth::Full, &StopSign::new())?;
        ledger.check_mark()?;
        Ok((head.count, ledger.unresolved()?.len()))
    };
    let finding = if path.exists() {
        match sound() {
            Ok((rows, 0)) => Finding::Good(format!("{}, {rows} audit rows, whole", path.display())),
            Ok((rows, unresolved)) => Finding::Note(format!(
                "{}, {rows} audit rows, whole; {unresolved} refunds are being checked",
                path.display()
            )),
            Err(error) => Finding::Bad(
                format!("{error:#}"),
                "Make no refunds on this till. Start it: its window offers what can be done. Or: tillback ledger list, \
                 tillback ledger restore FILE (OPERATIONS.md, \"When the ledger cannot be opened\")."
                    .to_owned(),
            ),
        }
    } else {
        Finding::Note(format!("{} is not there yet; the first start makes it", path.display()))
    };
    Check { what: "ledger", finding }
}

/// A copy older than this is told: the till makes one a day, whoever is at it.
const OLD_COPY_MS: i64 = 2 * crate::domain::time::DAY_MS;

/// How the caretaker's work stands: the last copy and the last full check, and what went wrong with either.
fn care(house: &House) -> Vec<Check> {
    let Some(ledger) = house.ledger_path().exists().then(|| house.readable_ledger().ok()).flatten() else {
        return vec![];
    };
    let now = super::house::now();
    let since = now.plus_ms(-30 * crate::domain::time::DAY_MS);
    let last = |what: &[&str]| ledger.last_fact(what, since).ok().flatten();
    let place = ledger.backup_place();
    let folder = place.folder().display();
    let newest = place.list().into_iter().next();
    let trouble = last(&["ledger_copied", "ledger_not_copied"]).filter(|row| row.what == "ledger_not_copied");
    let fix = format!(
        "Make room, plug the disk in, or set data.backups to another folder; then: tillback ledger backup. Now: {folder}"
    );
    let copies = match (newest, trouble) {
        (_, Some(row)) => Finding::Bad(format!("the last one failed on {}: {}", local(row.at), row.detail), fix),
        (None, None) => Finding::Note(format!("none in {folder} yet; the till makes one a day when nobody is at it")),
        (Some(copy), None) if now.ms_since(copy.made_at) > OLD_COPY_MS => {
            Finding::Bad(format!("the last one is of {}", local(copy.made_at)), fix)
        }
        (Some(copy), None) => Finding::Good(format!("the last one is of {}, in {folder}", local(copy.made_at))),
    };
    let check = match last(&["ledger_checked", "ledger_quick_checked", "ledger_check_failed"]) {
        None => Finding::Note("none in the last 30 days; just now it was sound, or see the ledger's line".to_owned()),
        Some(row) if row.what == "ledger_check_failed" => {
            Finding::Bad(format!("it failed on {}: {}", local(row.at), row.detail), "See the ledger's line.".to_owned())
        }
        Some(row) => Finding::Good(format!("passed on {}", local(row.at))),
    };
    let mut checks = vec![Check { what: "copies", finding: copies }, Check { what: "daily check", finding: check }];
    if let Ok(Some(at)) = ledger.last_row_at()
        && at > now.plus_ms(300_000)
    {
        let text = format!("the last entry was written on {}, the clock says {}", local(at), local(now));
        let fix = "Set this computer's date and time, and let a time server keep them.".to_owned();
        checks.push(Check { what: "clock", finding: Finding::Bad(text, fix) });
    }
    checks
}

/// How the till program's sales come in, where they do.
fn sales(house: &House) -> Vec<Check> {
    let Some(intake) = house.intake() else { return vec![] };
    let mut checks = vec![];
    if let Some(folder) = intake.folder {
        let shown = folder.display();
        let finding = match (std::fs::read_dir(&folder), crate::intake::failed_files(&folder)) {
            (Err(error), _) => Finding::Bad(
                format!("{shown} can't be read: {error}"),
                "Make it, or name another as sales.folder; the till takes files as soon as it is there.".to_owned(),
            ),
            (Ok(_), 0) => Finding::Good(shown.to_string()),
            (Ok(_), failed) => Finding::Note(format!(
                "{shown}: {failed} files were not taken in; beside each in {FAILED} is a file that says why, by line"
            )),
        };
        checks.push(Check { what: "sales folder", finding });
    }
    if let Some(port) = intake.port {
        let made = intake.key.exists();
        let finding = if made {
            Finding::Good(format!("http://127.0.0.1:{port}/sales, while the till runs"))
        } else {
            let fix = "Make a key and give it to the till program: tillback sales key".to_owned();
            Finding::Bad(format!("http://127.0.0.1:{port}/sales refuses everything: there is no key"), fix)
        };
        checks.push(Check { what: "sales endpoint", finding });
    }
    checks
}

fn people(house: &House) -> Check {
    let what = "operators";
    let add = "Add them: tillback operators add \"NAME\" --role manager, and --role cashier".to_owned();
    if !house.ledger_path().exists() {
        return Check { what, finding: Finding::Bad("nobody may use this till yet".to_owned(), add) };
    }
    let finding = match house.readable_ledger().and_then(|ledger| Ok(ledger.operators()?)) {
        Ok(operators) => {
            let managers = operators.iter().filter(|o| o.role == crate::domain::Role::Manager).count();
            let text = format!("{managers} managers, {} cashiers", operators.len() - managers);
            if managers == 0 { Finding::Bad(text, add) } else { Finding::Good(text) }
        }
        Err(error) => Finding::Bad(format!("{error:#}"), "See the ledger's line.".to_owned()),
    };
    Check { what, finding }
}

fn gateway(house: &House) -> Vec<Check> {
    let found = house.unlocked().and_then(|house| {
        let (_, source) = house.vault().token(house.passphrase()?.as_ref())?;
        Ok((house.client()?, source))
    });
    let (client, source) = match found {
        Ok(found) => found,
        Err(error) => {
            let fix = "Give the gateway's API token: tillback token set".to_owned();
            return vec![Check { what: "token", finding: Finding::Bad(format!("{error:#}"), fix) }];
        }
    };
    let text = format!("kept {}", super::token::in_words(&source));
    let weak = matches!(source, TokenSource::Environment | TokenSource::Sealed(_, SealedBy::Machine));
    let finding = if weak { Finding::Note(text) } else { Finding::Good(text) };
    let token = Check { what: "token", finding };
    let reachable = match client.ping() {
        Reachability::Reachable => Finding::Good(format!("{} answers", house.config.gateway.environment)),
        Reachability::NoAnswer => Finding::Bad(
            "it takes the connection and says nothing".to_owned(),
            "Try again in a minute; if it stays so, call the gateway's support.".to_owned(),
        ),
        Reachability::NotReached(cause) => Finding::Bad(
            format!("it cannot be reached ({})", cause.as_str().replace('_', " ")),
            "Check the network cable, the router and this computer's clock; a firewall must let HTTPS (port 443) out."
                .to_owned(),
        ),
    };
    let answers = matches!(reachable, Finding::Good(_));
    let mut checks = vec![token, Check { what: "gateway", finding: reachable }];
    if answers {
        checks.push(Check { what: "credentials", finding: credentials(client.check_credentials()) });
    }
    checks
}

fn credentials(check: CredentialCheck) -> Finding {
    match check {
        CredentialCheck::Accepted => Finding::Good("the gateway accepts our signature".to_owned()),
        CredentialCheck::Refused => Finding::Bad(
            "the gateway refuses our signature".to_owned(),
            "Compare merchant_no, store_no, the environment and the token with what Pockyt gave you.".to_owned(),
        ),
        CredentialCheck::Unclear(failure) => {
            let why = match failure {
                QueryFailure::NotReached(_) | QueryFailure::NoAnswer => "it did not answer",
                _ => "its answer could not be read",
            };
            Finding::Bad(why.to_owned(), "Try again in a minute.".to_owned())
        }
    }
}

fn camera(house: &House) -> Check {
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

fn device(wanted: Option<&str>) -> Finding {
    let cameras = match camera::list_cameras() {
        Ok(cameras) => cameras,
        Err(error) => {
            let fix = "Plug a USB camera in. On Linux this user must be in the group \"video\".".to_owned();
            return Finding::Bad(format!("{} ({:?})", error.detail, error.kind), fix);
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

fn scanners(house: &House) -> Vec<Check> {
    let config = &house.config.scanner;
    let typed = if config.wedge {
        "scanners that type are listened to; Settings, Scanner has a code to try one with"
    } else {
        "scanners that type are not read, by configuration"
    };
    let mut checks = vec![Check { what: "scanner", finding: Finding::Note(typed.to_owned()) }];
    if let Some(serial) = &config.serial {
        let settings = super::window::serial_settings(serial);
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
fn printer(house: &House) -> Check {
    let finding = match super::paper::look(&house.config) {
        None => Finding::Note("none, by configuration".to_owned()),
        Some(Ok(name)) => Finding::Good(name),
        Some(Err((what, fix))) => Finding::Note(format!("{what}. {fix}")),
    };
    Check { what: "printer", finding }
}

fn sound(house: &House) -> Check {
    let players = crate::devices::sound::players();
    let finding = match players.first() {
        _ if house.config.sounds.muted => Finding::Note("off, by configuration".to_owned()),
        Some(player) => Finding::Good(format!("{}, volume {}", player.display(), house.config.sounds.volume)),
        None => Finding::Note(
            "none: install pipewire-bin, pulseaudio-utils or alsa-utils to hear the till; the screen shows each sound too"
                .to_owned(),
        ),
    };
    Check { what: "sound", finding }
}

fn display() -> Check {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let finding = if cfg!(windows) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") {
        Finding::Good("there".to_owned())
    } else {
        Finding::Bad(
            "neither DISPLAY nor WAYLAND_DISPLAY is set".to_owned(),
            "Start it from a desktop session, or try: xvfb-run -a tillback demo".to_owned(),
        )
    };
    Check { what: "display", finding }
}
