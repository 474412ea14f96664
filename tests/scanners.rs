//! Scanners and the camera's choice through the running terminal: a serial scanner (a pseudo-terminal that the real
//! library opens) starts a refund, is unplugged and comes back; on the scanner page it is tried and starts none; what a
//! manager chooses holds at once and stands in the settings file.
#![cfg(unix)] // pseudo-terminals are Unix's
#![cfg(test)] // clippy: a test throughout, helpers too

mod terminal_support;

use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serialport::{SerialPort, TTYPort};
use terminal_support::wait;
use tillback::cli::demo::Demo;
use tillback::config::{CameraSource, Config, EXAMPLE};
use tillback::domain::{CameraChoice, KeepFault, Operator, Pin, Role, ScannerFault, ScannerKind, SettingChange};
use tillback::flow::{SettingsPage, State, What};
use tillback::scan::serial::{PortName, SerialSettings};
use tillback::scan::wedge::{Finding, TEST_CODE, findings};
use tillback::terminal::{Eyes, Light, Parts, ScannerSettings, Terminal, Till, TillView, test_codes};

const NUMBER: &str = "297553638301777927";

/// Remembers what was asked of it.
struct NotedEyes(Arc<Mutex<Vec<String>>>);

impl NotedEyes {
    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }
}

impl Eyes for NotedEyes {
    fn open(&mut self) {
        self.note("open".to_owned());
    }

    fn close(&mut self) {
        self.note("close".to_owned());
    }

    fn choose(&mut self, choice: &CameraChoice) {
        self.note(format!("{choice:?}"));
    }

    fn list(&mut self) {
        self.note("list".to_owned());
    }
}

struct Shop {
    terminal: Terminal,
    eyes: Arc<Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
    _demo: Demo,
}

impl Shop {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo::set_up().unwrap();
        std::fs::write(folder.path().join("tillback.toml"), EXAMPLE).unwrap();
        let eyes = Arc::new(Mutex::new(vec![]));
        let noted = Arc::clone(&eyes);
        let port = folder.path().join("scanner").to_str().unwrap().to_owned();
        let serial = SerialSettings { port: PortName::Path(port), baud: 9600 };
        let parts = Parts {
            eyes: Box::new(move |_| Box::new(NotedEyes(noted))),
            scanners: ScannerSettings { serial: Some(serial), ..ScannerSettings::default() },
            settings_file: Some(folder.path().join("tillback.toml")),
            ..Parts::new(demo.flow(), Demo::signboard().unwrap(), demo.duties())
        };
        Self { terminal: Terminal::start(parts).unwrap(), eyes, folder, _demo: demo }
    }

    fn plug_in(&self) -> TTYPort {
        let place = self.folder.path().join("scanner");
        let (scanner, till) = TTYPort::pair().unwrap();
        let _ = std::fs::remove_file(&place);
        symlink(till.name().unwrap(), &place).unwrap();
        drop(till);
        self.wait("the scanner", |view| view.equipment.scanners[0].light == Light::Good);
        scanner
    }

    #[track_caller]
    fn wait(&self, what: &str, until: impl Fn(&TillView) -> bool) -> Arc<TillView> {
        wait(&self.terminal, what, until)
    }

    fn manager(&self) -> Operator {
        self.terminal.view().operators.iter().find(|person| person.role == Role::Manager).unwrap().clone()
    }

    fn open_settings(&self) {
        self.terminal.tell(What::SettingsPressed);
        let pin = Pin::parse("482913").unwrap();
        self.terminal.tell(What::ManagerPinGiven { operator: self.manager().id, pin });
        self.wait("the settings", |view| matches!(&view.state, State::Settings(settings) if settings.is_open()));
    }

    fn config(&self) -> Config {
        Config::load(&self.folder.path().join("tillback.toml")).unwrap()
    }
}

fn is_sale(view: &TillView) -> bool {
    matches!(view.state, State::Sale(_))
}

#[test]
fn a_serial_scan_starts_a_refund_also_after_it_was_unplugged() {
    let shop = Shop::open();
    shop.wait("that it is missing", |view| view.equipment.scanners[0].fault == Some(ScannerFault::NotThere));
    for _ in 0..2 {
        let mut scanner = shop.plug_in();
        scanner.write_all(format!("]C1{NUMBER}\r\n").as_bytes()).unwrap();
        shop.wait("the sale", is_sale);
        shop.terminal.tell(What::CancelPressed);
        shop.wait("ready", |view| matches!(view.state, State::Ready));
        std::fs::remove_file(shop.folder.path().join("scanner")).unwrap();
        drop(scanner);
        shop.wait("that it is gone", |view| view.equipment.scanners[0].light == Light::Bad);
    }
    shop.terminal.stop();
}

#[test]
fn on_the_scanner_page_a_scan_is_looked_at_and_starts_nothing() {
    let shop = Shop::open();
    let mut scanner = shop.plug_in();
    shop.open_settings();
    scanner.write_all(format!("]Q1{TEST_CODE}\r").as_bytes()).unwrap();
    let tried = shop.wait("the scan", |view| view.equipment.tried.is_some()).equipment.tried.clone().unwrap();
    assert_eq!(tried.scanner, ScannerKind::Serial);
    assert_eq!(findings(&tried.scan), [Finding::AimIdentifier("]Q1".to_owned())]);
    scanner.write_all(format!("{NUMBER}\r").as_bytes()).unwrap();
    shop.wait("the next", |view| view.equipment.tried.as_ref().is_some_and(|next| next.number > tried.number));
    // What was tried is shown on that page alone.
    shop.terminal.tell(What::SettingsPageChosen(SettingsPage::Camera));
    let view = shop.wait("the page", |view| matches!(&view.state, State::Settings(s) if s.shows(SettingsPage::Camera)));
    assert_eq!(view.equipment.tried, None);
    assert!(test_codes().iter().all(Option::is_some));
    shop.terminal.stop();
}

#[test]
fn a_camera_that_is_chosen_is_used_and_kept() {
    let shop = Shop::open();
    shop.open_settings();
    shop.terminal.tell(What::SettingsPageChosen(SettingsPage::Camera));
    let choice = CameraChoice::Named("HD Cam".to_owned());
    shop.terminal.tell(What::SettingChosen(SettingChange::Camera(choice.clone())));
    let kept = |wanted: Result<(), KeepFault>| move |view: &TillView| matches!(&view.state, State::Settings(s) if s.kept.as_ref() == Some(&wanted));
    let view = shop.wait("that it is kept", kept(Ok(())));
    assert_eq!(view.equipment.camera.choice, choice);
    assert_eq!(shop.config().camera.source, CameraSource::Device(Some("HD Cam".to_owned())));
    let text = std::fs::read_to_string(shop.folder.path().join("tillback.toml")).unwrap();
    assert!(EXAMPLE.lines().all(|line| text.lines().any(|kept| kept == line)), "every comment stays");
    // A file that may not be written: it holds all the same, and that is said.
    let file = shop.folder.path().join("tillback.toml");
    read_only(&file, true);
    shop.terminal.tell(What::SettingChosen(SettingChange::Camera(CameraChoice::Off)));
    let view = shop.wait("that it is not kept", kept(Err(KeepFault::ReadOnly)));
    assert_eq!(view.equipment.camera.choice, CameraChoice::Off);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    read_only(&file, false);
    shop.terminal.tell(What::CancelPressed);
    shop.wait("ready", |view| matches!(view.state, State::Ready));
    let asked = shop.eyes.lock().unwrap().clone();
    assert_eq!(asked, ["list", "open", "Named(\"HD Cam\")", "Off", "close"]);
    shop.terminal.stop();
}

fn read_only(file: &Path, on: bool) {
    let mut permissions = std::fs::metadata(file).unwrap().permissions();
    permissions.set_readonly(on);
    std::fs::set_permissions(file, permissions).unwrap();
}
