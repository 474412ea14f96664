//! The Settings pages in every state worth looking at.

use std::sync::Arc;

use tillback::domain::{
    AboutTill, CameraChoice, CheckLine, CheckResult, Checkup, GatewayTest, KeepFault, NoCheckup, Pin, RuleKey,
    ScannerFault, ScannerKind, SettingChange, TokenFault, TokenPlace, WindowChoice,
};
use tillback::flow::{OnAbout, OnPeople, OnSettings, SettingsPage, What};
use tillback::scan::wedge::{BurstEnd, ScanText, TEST_CODE};
use tillback::terminal::{CameraTrouble, KnownCamera, Light, ScannerView, Till};

use super::scenes::{Make, Scene, preview, with};
use super::{FakeTill, World, dana, luis, mei};

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
    all.extend(rules(scene));
    all.extend(gateways(scene));
    let mut kiosk = world();
    kiosk.equipment.window = WindowChoice { kiosk: true, customer: Some(2) };
    all.push(scene("settings, display of a kiosk", kiosk, |till| {
        open(till);
        till.tell(What::SettingsPageChosen(SettingsPage::Display));
    }));
    all.push(scene("settings, display", world(), |till| {
        open(till);
        till.tell(What::SettingsPageChosen(SettingsPage::Display));
    }));
    all.extend(people(scene));
    all.extend(abouts(scene));
    all
}

/// A store's till that has been checked: something is wrong, something is worth knowing, the rest is in order.
pub fn about_world() -> World {
    let mut world = world();
    world.equipment.about = Arc::new(AboutTill {
        version: "0.1.0".to_owned(),
        schema: 4,
        decoder: "zxing-cpp 0.5.1, rqrr 0.11.0".to_owned(),
        settings: Some("/srv/till/.config/tillback/tillback.toml".into()),
        data: Some("/srv/till/.local/share/tillback/a-folder-with-a-rather-long-name".into()),
        licences: Some("/usr/share/doc/tillback/LIBRARIES.txt".into()),
    });
    let line = |what: &str, result, found: &str, fix: Option<&str>| CheckLine {
        what: what.to_owned(),
        result,
        found: found.to_owned(),
        fix: fix.map(str::to_owned),
    };
    let lines = vec![
        line("ledger", CheckResult::Good, "/srv/till/tillback.db, schema 4, 218 audit rows, whole", None),
        line("printer", CheckResult::Note, "out of paper", Some("Put a roll in, then press Look again.")),
        line("credentials", CheckResult::Bad, "there is no token", Some("tillback token set")),
    ];
    let packed = Some("/srv/till/.local/share/tillback/exports/support-20261122-210000.zip".into());
    world.checkup = Some(Ok(Checkup { lines, packed }));
    world
}

fn abouts(scene: Make<'_>) -> Vec<Scene> {
    let asked = |till: &FakeTill| {
        page(till, SettingsPage::About);
        till.tell(What::OnSettings(OnSettings::About(OnAbout::CheckPressed { pack: true })));
    };
    let but = |checkup| World { checkup, ..about_world() };
    vec![
        scene("settings, about", about_world(), |till| page(till, SettingsPage::About)),
        scene("settings, about, checking", but(None), asked),
        scene("settings, about, checked", about_world(), asked),
        scene("settings, about, nothing wrong", but(Some(Ok(Checkup::default()))), asked),
        scene("settings, about, made up", but(Some(Err(NoCheckup::MadeUp))), asked),
        scene("settings, about, not written", but(Some(Err(NoCheckup::NotWritten))), asked),
        scene("settings, about, failed", but(Some(Err(NoCheckup::Failed))), asked),
    ]
}

fn open_people(till: &FakeTill) {
    open(till);
    till.tell(What::SettingsPageChosen(SettingsPage::People));
    till.happen(What::OnPeople(OnPeople::Known {
        operators: vec![mei(), luis(), dana()],
        holders: vec![luis().id],
        languages: vec![],
    }));
}

fn people(scene: Make<'_>) -> Vec<Scene> {
    let many = || {
        let mut world = world();
        world.operators = vec![mei(), luis(), dana()];
        world.holders = vec![luis().id];
        world
    };
    let tapped = |name, taps| Scene { taps, ..scene(name, many(), open_people) };
    vec![
        scene("own pin", World::default(), |till| {
            open(till);
            till.tell(What::OnPeople(OnPeople::OwnPinPressed));
        }),
        scene("settings, people", many(), open_people),
        tapped("settings, people, one of them", &["Luis Ortega · manager · badge"]),
        tapped("settings, people, a badge", &["Luis Ortega · manager · badge", "Make a new badge"]),
        tapped("settings, people, a new PIN", &["Mei Chen · cashier", "Set a new PIN…"]),
        tapped("settings, people, gone", &["Mei Chen · cashier", "Remove…"]),
        tapped("settings, people, somebody new", &["Add a person…"]),
    ]
}

fn page(till: &FakeTill, page: SettingsPage) {
    open(till);
    till.tell(What::SettingsPageChosen(page));
}

/// A store with a rule of each kind.
fn ruled() -> World {
    let mut world = world();
    world.settings.push_str(
        "[policy]\ncashier_alone_up_to = \"5.00\"\n[rules]\ncashier_per_refund = \"250.00\"\nmanager_per_day = \"8000\"\n\
         sale_age_days = 30\nsame_amount_minutes = 10\nhours = \"09:00-21:00\"\nhours_friday = \"18:00-02:00\"\n\
         hours_sunday = \"closed\"\n",
    );
    let config = tillback::config::Config::parse(&world.settings, std::path::Path::new("tillback.toml")).unwrap();
    world.policy = config.policy;
    world
}

fn rules(scene: Make<'_>) -> Vec<Scene> {
    let at = |name, taps| Scene { taps, ..scene(name, ruled(), |till| page(till, SettingsPage::Rules)) };
    vec![
        at("settings, rules", &[]),
        at("settings, rules of sales", &["Sales"]),
        at("settings, hours", &["Hours"]),
        at("settings, reasons", &["Reasons"]),
        at("settings, an amount", &["Cashiers", "In one refund: $250.00 USD"]),
        at("settings, a number", &["Sales", "Oldest sale: 30 days"]),
        at("settings, hours of a day", &["Hours", "Sunday: closed"]),
        at("settings, a yes or no", &["Managers, for what they ask for: no"]),
        at(
            "settings, an amount refused",
            &["Cashiers", "In one refund: $250.00 USD", "Decimal point", "1", "1", "1", "Keep"],
        ),
        scene("settings, rules not kept", ruled_but(KeepFault::DiskFull), |till| {
            page(till, SettingsPage::Rules);
            till.tell(What::SettingChosen(SettingChange::Rule { key: RuleKey::SaleAgeDays, to: None }));
        }),
        scene("settings, rules kept", ruled(), |till| {
            page(till, SettingsPage::Rules);
            till.tell(What::SettingChosen(SettingChange::Rule { key: RuleKey::SaleAgeDays, to: None }));
        }),
        scene("settings, training", world(), |till| page(till, SettingsPage::Training)),
    ]
}

fn ruled_but(why: KeepFault) -> World {
    World { keeps: Err(why), ..ruled() }
}

fn gateways(scene: Make<'_>) -> Vec<Scene> {
    let with = |token: Result<TokenPlace, TokenFault>, test: GatewayTest| World { token, test, ..world() };
    let tried = |till: &FakeTill| {
        page(till, SettingsPage::Gateway);
        let account = till.world.lock().unwrap().account.clone();
        till.tell(What::OnSettings(OnSettings::TestAsked { account, token: None }));
    };
    let gateway = |till: &FakeTill| page(till, SettingsPage::Gateway);
    vec![
        scene("settings, gateway", world(), gateway),
        scene("settings, gateway, no token", with(Err(TokenFault::Missing), GatewayTest::Accepted), gateway),
        scene("settings, gateway accepts", with(Ok(TokenPlace::Keyring), GatewayTest::Accepted), tried),
        scene("settings, gateway refuses", with(Ok(TokenPlace::SealedToMachine), GatewayTest::Refused), tried),
        scene(
            "settings, gateway unclear",
            with(Ok(TokenPlace::SealedByPassphrase), GatewayTest::Unclear("000000".to_owned())),
            tried,
        ),
        scene("settings, gateway asked", World { hold_test: true, ..world() }, tried),
    ]
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
