//! The settings file: the example, its defaults, and a plain complaint with its line for everything else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::path::Path;

use tillback::config::{CameraSource, Config, EXAMPLE, PortName, PrinterKind, SECTIONS, SerialConfig};
use tillback::domain::{Currency, DayHours, Money, OpeningHours, Policy, ResolvePolicy, ThemeChoice, UsbName, Weekday};

const LEAST: &str = "[terminal]\nname = \"FRONT-1\"\n[gateway]\nenvironment = \"sandbox\"\nmerchant_no = \"200043\"\n\
                     store_no = \"300014\"\n";

fn read(text: &str) -> Config {
    Config::parse(text, Path::new("shop/tillback.toml")).unwrap_or_else(|error| panic!("{error}"))
}

/// The line and parts of the two sentences that a broken file gets. `change` is put in for `part` of the least file, or
/// behind it.
#[track_caller]
fn refused(part: &str, change: &str, line: Option<usize>, what: &str, allowed: &str) {
    let text = if part.is_empty() { format!("{LEAST}{change}") } else { LEAST.replace(part, change) };
    assert_ne!(text, LEAST);
    let error = Config::parse(&text, Path::new("tillback.toml")).expect_err(change);
    assert_eq!(error.line, line, "{error}");
    assert!(error.what.contains(what), "{error}");
    assert!(error.allowed.contains(allowed), "{error}");
    assert!(error.to_string().starts_with("tillback.toml"), "{error}");
}

#[test]
fn the_example_is_read_and_says_the_defaults() {
    let example = read(EXAMPLE);
    // With every documented default made explicit it says the same.
    let explicit: String =
        EXAMPLE.lines().map(|line| format!("{}\n", line.strip_prefix("#: ").unwrap_or(line))).collect();
    assert_eq!(read(&explicit), example);
    assert_eq!(example.policy, Policy::default());
    assert_eq!(example.resolve, ResolvePolicy::default());
    let least = read(LEAST);
    assert_eq!(least.terminal.store_name, "FRONT-1");
    assert_eq!((&least.gateway, &least.policy, &least.ui), (&example.gateway, &example.policy, &example.ui));
    assert_eq!((&least.camera, &least.scanner, &least.printer), (&example.camera, &example.scanner, &example.printer));
    assert_eq!((&least.data, &least.resolve), (&example.data, &example.resolve));
    assert_eq!(example.camera.source, CameraSource::Device(None));
    assert_eq!((&example.printer.kind, example.ui.theme), (&PrinterKind::None, ThemeChoice::System));
}

#[test]
fn the_example_explains_every_key_and_no_other() {
    for (section, keys) in SECTIONS {
        let body = EXAMPLE.split(&format!("\n[{section}]\n")).nth(1).unwrap_or_else(|| panic!("[{section}]"));
        let body = body.split("\n[").next().unwrap();
        for key in keys {
            let named = |line: &str| line.trim_start_matches(['#', ':', ' ']).starts_with(&format!("{key} ="));
            assert!(body.lines().any(named), "{section}.{key}");
        }
    }
}

#[test]
fn what_is_written_is_what_holds() {
    let text =
        LEAST.replace("\"sandbox\"", "\"http://127.0.0.1:8099\"").replace("[gateway]", "training = true\n[gateway]");
    let config = read(&format!(
        "{text}currency = \"gbp\"\n[policy]\ncashier_alone_up_to = \"5.00\"\nown_approval = true\napproval_seconds = 90\n\
         [camera]\nsource = \"folder\"\nfolder = \"pictures\"\n[data]\nfolder = \"data\"\n\
         [ui]\ntheme = \"dark\"\nlanguage = \"en\"\nreasons = [\"Damaged\"]\n[scanner]\nprefix = \"~\"\n"
    ));
    let gbp = Currency::parse("GBP").unwrap();
    assert_eq!(config.policy.cashier_alone_up_to, Some(Money::parse("5.00", gbp).unwrap()));
    assert!(config.terminal.training && config.policy.own_approval);
    assert_eq!(config.camera.source, CameraSource::Folder("shop/pictures".into()));
    assert_eq!(config.data.ledger_path(true), Path::new("shop/data/training.db"));
    assert_eq!(config.ui.reasons.len(), 1);
    assert_eq!(config.scanner.prefix, "~");
    // A byte-order mark and Windows line ends are no fault.
    assert_eq!(read(&format!("\u{feff}{}", LEAST.replace('\n', "\r\n"))), read(LEAST));
}

#[test]
fn scanners_of_every_kind_are_named() {
    let scanner = |lines: &str| read(&format!("{LEAST}[scanner]\n{lines}")).scanner;
    let usual = scanner("");
    assert!(usual.wedge && !usual.hid && usual.serial.is_none() && usual.hid_device.is_none());
    assert!(!scanner("wedge = false\n").wedge);
    let serial = |port: &str| scanner(&format!("serial_port = \"{port}\"\nserial_baud = 115200\n")).serial.unwrap();
    assert_eq!(serial("COM3"), SerialConfig { port: PortName::Path("COM3".to_owned()), baud: 115_200 });
    let usb = UsbName { vendor: 0x05e0, product: 0x1300, serial: Some("S123".to_owned()) };
    assert_eq!(serial("usb:05e0:1300:S123").port, PortName::Usb(usb.clone()));
    let hid = scanner("hid = true\nhid_device = \"usb:05E0:1300:S123\"\n");
    assert!(hid.hid && hid.hid_device == Some(usb));
}

#[test]
fn every_fault_names_its_line_and_what_is_allowed() {
    refused("merchant_no", "mechant_no", Some(5), "no key \"mechant_no\" in [gateway]", "did you mean merchant_no?");
    refused("[gateway]", "[gatway]", Some(3), "no section [gatway]", "did you mean gateway?");
    refused("name = \"FRONT-1\"\n", "", Some(1), "terminal.name is missing", "letters, digits and dashes");
    refused("FRONT-1", "front desk", Some(2), "terminal.name: it holds ' '", "letters, digits and dashes");
    refused("\"200043\"", "200043", Some(5), "gateway.merchant_no is a number", "in quotes");
    refused("\"200043\"", "\"\"", Some(5), "it is empty", "Pockyt account");
    refused("\"200043\"", "\"20&43\"", Some(5), "not such a number", "letters and digits");
    refused("\"sandbox\"", "\"sandbx\"", Some(4), "none of the environments", "\"production\", \"sandbox\"");
    refused("", "connect_timeout_seconds = 0\n", Some(7), "0 is out of range", "from 1 to 60");
    refused("", "connect_timeout_seconds = 4.5\n", Some(7), "a number with a point", "a whole number");
    refused("", "connect_timeout_seconds = 20\ntotal_timeout_seconds = 10\n", Some(8), "shorter", "at least");
    refused("", "currency = \"US\"\n", Some(7), "not a currency code", "ISO 4217");
    refused("", "[policy]\ncashier_alone_up_to = 5.0\n", Some(8), "a number with a point", "\"5.00\", in quotes");
    refused("", "[policy]\ncashier_alone_up_to = \"5.001\"\n", Some(8), "2 decimals", "\"5.00\"");
    refused("", "[rules]\ncashier_per_day = \"1,5\"\n", Some(8), "rules.cashier_per_day", "\"250.00\"");
    refused("", "[rules]\nhours = \"9:00-21:00\"\n", Some(8), "not two times of the day", "\"09:00-21:00\"");
    refused("", "[rules]\nhours_friday = \"09:00\"\n", Some(8), "rules.hours_friday", "over midnight");
    refused("", "[rules]\nhours = \"09:00-09:00\"\n", Some(8), "closes at the minute it opens", "\"closed\"");
    refused("", "[rules]\nrefunds_per_sale = 0\n", Some(8), "out of range", "1 to 1000");
    refused("", "[policy]\nown_approval = \"yes\"\n", Some(8), "is text", "true or false");
    refused("", "[camera]\nsource = \"foldr\"\n", Some(8), "\"foldr\" is not known", "did you mean folder?");
    refused("", "[camera]\nsource = \"folder\"\n", Some(7), "camera.folder: it is missing", "a folder of pictures");
    refused("", "[ui]\nreasons = []\n", Some(8), "it holds 0", "1 to 20 reasons");
    refused("", "[ui]\nreasons = [1]\n", Some(8), "ui.reasons is a number", "a list");
    refused("", "[ui]\nlanguage = \"../x\"\n", Some(8), "does not speak", "\"zh-Hant\"");
    refused("", "[scanner]\nserial_port = \"usb:5e0:1300\"\n", Some(8), "names no USB device", "usb:05e0:1300");
    refused("", "[scanner]\nserial_baud = 110\n", Some(8), "out of range", "300");
    refused("", "[scanner]\nhid_device = \"/dev/hidraw0\"\n", Some(8), "names no USB device", "usb:05e0:1300");
    refused("", "[scanner]\nserial_port = 3\n", Some(8), "serial_port is a number", "COM3");
    refused("[gateway]", "[gateway", Some(3), "not TOML", "sections such as");
    refused("", "store_no = \"1\"\n", Some(7), "not TOML", "");
    refused("[gateway]", "training = true\n[gateway]", None, "training is on", "a gateway on this machine");
    refused("", "printer = \"none\"\n", Some(7), "no key \"printer\" in [gateway]", "in [gateway]: environment");
}

#[test]
fn plain_http_is_for_this_machine_alone() {
    let good = ["http://127.0.0.1:8080", "http://[::1]:80/", "http://localhost", "https://127.9.9.9:1", "production"];
    for environment in good {
        read(&LEAST.replace("\"sandbox\"", &format!("{environment:?}")));
    }
    let bad = [
        "http://mapi.yuansfer.com",
        "https://mapi.yuansfer.com",
        "http://127.0.0.1.example.com",
        "http://127.0.0.1@example.com",
        "http://127.0.0.1:80/path",
        "http://127.0.0.1:0",
        "http://127.0.0.1:http",
        "http://127.0.0.1:+80",
        "http://[::1]]:80",
        "http://[::1]80",
        "http://[127.0.0.1]:80",
        "http://2130706433",
        "http://[::2]",
        "ftp://127.0.0.1",
        "PRODUCTION",
        "http://",
    ];
    for environment in bad {
        refused("\"sandbox\"", &format!("{environment:?}"), Some(4), "gateway.environment", "\"production\"");
    }
}

#[test]
fn a_file_that_is_not_there_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tillback.toml");
    let error = Config::load(&file).unwrap_err();
    assert!(error.allowed.contains("tillback demo") && error.allowed.contains("tillback.example.toml"), "{error}");
    assert!(error.to_string().contains(&file.display().to_string()));
    assert!(Config::load(folder.path()).unwrap_err().what.contains("folder"));
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    assert!(Config::load(&file).unwrap_err().what.contains("UTF-8"));
    std::fs::write(&file, "#".repeat(300_000)).unwrap();
    assert!(Config::load(&file).unwrap_err().what.contains("300000 bytes"));
    std::fs::write(&file, LEAST).unwrap();
    assert!(Config::load(&file).is_ok());
}

#[test]
fn the_stores_rules_are_read() {
    let config = read(&format!(
        "{LEAST}[rules]\ncashier_per_refund = \"250.00\"\nmanager_per_day = \"8000\"\nsale_age_days = 30\n\
         same_amount_minutes = 10\nhours = \"09:30-24:00\"\nhours_sunday = \"closed\"\n"
    ));
    let rules = &config.policy.rules;
    let usd = |text| Some(Money::parse(text, Currency::USD).unwrap());
    assert_eq!((rules.cashier.per_refund, rules.cashier.per_day), (usd("250.00"), None));
    assert_eq!((rules.manager.per_day, rules.sale_age_days, rules.same_amount_minutes), (usd("8000.00"), Some(30), 10));
    assert_eq!(rules.hours.of(Weekday::Friday), Some(DayHours::Open(OpeningHours::parse("09:30-24:00").unwrap())));
    assert_eq!(rules.hours.of(Weekday::Sunday), Some(DayHours::Closed));
}
