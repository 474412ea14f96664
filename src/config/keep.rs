//! Writes what was chosen on the screen into the settings file, which stays the one truth.
//!
//! **Everything else in the file stays as it is**: comments, order, blank lines, line ends. **The file is whole at every
//! moment**: the new one is written beside it, brought to the disk and put in its place in one step. **Nothing is written
//! that the program would not read**: the new text is checked like any settings file first.

use std::io::{ErrorKind, Write};
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::Config;
use crate::domain::{
    CameraChoice, ChangedKey, KeepFault, Language, PaperWidth, PrinterChoice, PrinterPlace, RefundState, RuleKind,
    SettingChange,
};

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The keys that are different now.
    pub changed: Vec<ChangedKey>,
    /// The settings as the file has them now.
    pub config: Config,
}

/// Changes one setting in the file.
///
/// # Errors
/// Why it was not kept; the file is as it was then.
pub fn keep(file: &Path, change: &SettingChange) -> Result<Kept, KeepFault> {
    // A link is followed, so that the file it leads to is replaced and not the link.
    let file = std::fs::canonicalize(file).map_err(|error| fault_of(&error))?;
    let before = std::fs::metadata(&file).map_err(|error| fault_of(&error))?;
    if before.permissions().readonly() {
        return Err(KeepFault::ReadOnly);
    }
    let text = std::fs::read_to_string(&file).map_err(|error| fault_of(&error))?;
    let (written, changed) = changed(&text, change)?;
    let config = Config::parse(&written, &file).map_err(|error| match Config::parse(&text, &file) {
        // The file was good, so it is the new value that is not.
        Ok(_) => KeepFault::Refused { what: error.what, allowed: error.allowed },
        Err(error) => {
            tracing::warn!(%error, "the settings file cannot be read any more");
            KeepFault::Unreadable
        }
    })?;
    if written != text {
        replace(&file, &before.permissions(), &written).map_err(|error| {
            tracing::warn!(%error, "the settings file was not written");
            fault_of(&error)
        })?;
    }
    Ok(Kept { changed, config })
}

/// The file's sections while a change is made, and what became different.
struct Changing {
    document: DocumentMut,
    changed: Vec<ChangedKey>,
}

/// The text with the change in it, and the keys that are different in it.
fn changed(text: &str, change: &SettingChange) -> Result<(String, Vec<ChangedKey>), KeepFault> {
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let is_windows = text.contains("\r\n");
    let document: DocumentMut = text.trim_start_matches('\u{feff}').parse().map_err(|_| KeepFault::Unreadable)?;
    let mut changing = Changing { document, changed: vec![] };
    match change {
        SettingChange::Camera(choice) => changing.camera(choice)?,
        SettingChange::ScannerPrefix(prefix) => changing.set("scanner", "prefix", prefix.as_str().into())?,
        SettingChange::ScannerSuffix(suffix) => changing.set("scanner", "suffix", suffix.as_str().into())?,
        SettingChange::Printer(choice) => {
            let now = Config::parse(text, Path::new("")).map_err(|_| KeepFault::Unreadable)?.printer_choice();
            changing.printer(choice, &now)?;
        }
        SettingChange::Rule { key, to } => {
            let (section, name) = key.path();
            match to {
                Some(text) => changing.set(section, name, value_of(key.kind(), text.trim()))?,
                None => changing.remove(section, name)?,
            }
        }
        SettingChange::Reasons(reasons) => {
            let list: Array = reasons.iter().map(|reason| Value::from(reason.as_str())).collect();
            changing.set("ui", "reasons", Value::Array(list))?;
        }
        SettingChange::Account(account) => {
            changing.set("gateway", "environment", account.environment.as_str().into())?;
            changing.set("gateway", "merchant_no", account.merchant_no.as_str().into())?;
            changing.set("gateway", "store_no", account.store_no.as_str().into())?;
        }
        SettingChange::Language(language) => {
            changing.set("ui", "language", language.map_or("", Language::tag).into())?;
        }
        SettingChange::Window(choice) => {
            changing.set("window", "kiosk", choice.kiosk.into())?;
            changing.set("customer_display", "on", choice.customer.is_some().into())?;
            if let Some(screen) = choice.customer {
                changing.set("customer_display", "monitor", i64::from(screen).into())?;
            }
        }
        SettingChange::Names { store, till } => {
            changing.set("terminal", "name", till.as_str().into())?;
            changing.set("terminal", "store_name", store.as_str().into())?;
        }
        SettingChange::Setup(Some(page)) => changing.set("terminal", "setup", page.as_str().into())?,
        SettingChange::Setup(None) => changing.remove("terminal", "setup")?,
        SettingChange::Theme(theme) => changing.set("ui", "theme", theme.as_str().into())?,
        SettingChange::Sounds(level) => {
            changing.set("sounds", "volume", i64::from(level.volume).into())?;
            changing.set("sounds", "muted", level.muted.into())?;
        }
    }
    // The library writes line feeds alone.
    let written = changing.document.to_string().replace("\r\n", "\n");
    let written = if is_windows { written.replace('\n', "\r\n") } else { written };
    Ok((format!("{mark}{written}"), changing.changed))
}

/// A rule's value as the file writes it. What is no number is written as it is: reading it says what is allowed.
fn value_of(kind: RuleKind, text: &str) -> Value {
    match kind {
        RuleKind::Number => text.parse::<i64>().map_or_else(|_| Value::from(text), Value::from),
        RuleKind::Flag => text.parse::<bool>().map_or_else(|_| Value::from(text), Value::from),
        RuleKind::Amount | RuleKind::Hours => Value::from(text),
    }
}

/// A value as the record shows it: a text without its quotes.
fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.clone().decorated("", "").to_string(), str::to_owned)
}

impl Changing {
    fn camera(&mut self, choice: &CameraChoice) -> Result<(), KeepFault> {
        match choice {
            CameraChoice::First => {
                self.set("camera", "source", "device".into())?;
                // Left out it is the same; a key that is there is kept, with its comment.
                if self.section("camera")?.contains_key("device") {
                    self.set("camera", "device", "".into())?;
                }
                Ok(())
            }
            CameraChoice::Named(name) => {
                self.set("camera", "source", "device".into())?;
                self.set("camera", "device", name.as_str().into())
            }
            CameraChoice::Folder => self.set("camera", "source", "folder".into()),
            CameraChoice::Off => self.set("camera", "source", "off".into()),
        }
    }

    /// Only what is chosen otherwise than it stands: what a file leaves out stays left out.
    fn printer(&mut self, choice: &PrinterChoice, now: &PrinterChoice) -> Result<(), KeepFault> {
        if choice.place != now.place {
            self.printer_place(&choice.place)?;
        }
        if choice.paper != now.paper {
            let wide: i64 = match choice.paper {
                PaperWidth::Mm58 => 58,
                PaperWidth::Mm80 => 80,
            };
            self.set("printer", "paper_mm", wide.into())?;
        }
        if choice.code_page != now.code_page {
            self.set("printer", "code_page", choice.code_page.as_str().into())?;
        }
        if choice.automatic != now.automatic {
            self.set("printer", "automatic", choice.automatic.into())?;
        }
        if choice.open_on != now.open_on {
            let states: Array = choice.open_on.iter().copied().map(RefundState::as_str).map(Value::from).collect();
            self.set("drawer", "open_on", Value::Array(states))?;
        }
        Ok(())
    }

    fn printer_place(&mut self, place: &PrinterPlace) -> Result<(), KeepFault> {
        let (kind, device) = printer_setting(place);
        self.set("printer", "kind", kind.into())?;
        // The first USB printer is meant where none is named.
        if let Some(device) = device.filter(|device| !device.is_empty() || self.has("printer", "device")) {
            self.set("printer", "device", device.into())?;
        }
        if let PrinterPlace::Serial { baud, .. } = place {
            self.set("printer", "baud", i64::from(*baud).into())?;
        }
        Ok(())
    }

    fn has(&self, section: &str, key: &str) -> bool {
        let section = self.document.get(section).and_then(Item::as_table_like);
        section.is_some_and(|section| section.contains_key(key))
    }

    fn section(&mut self, name: &str) -> Result<&mut dyn TableLike, KeepFault> {
        self.document.entry(name).or_insert(Item::Table(Table::new())).as_table_like_mut().ok_or(KeepFault::Unreadable)
    }

    /// Sets a value; the comment behind the old one stays.
    fn set(&mut self, section: &str, key: &str, mut value: Value) -> Result<(), KeepFault> {
        let is = shown(&value);
        let table = self.section(section)?;
        let was = match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) => {
                let was = shown(old);
                *value.decor_mut() = old.decor().clone();
                if was != is {
                    *old = value;
                }
                Some(was)
            }
            None => {
                table.insert(key, Item::Value(value));
                None
            }
        };
        if was.as_ref() != Some(&is) {
            self.changed.push(ChangedKey { key: format!("{section}.{key}"), was, is: Some(is) });
        }
        Ok(())
    }

    fn remove(&mut self, section: &str, key: &str) -> Result<(), KeepFault> {
        // A section that is not there has nothing to be taken out of.
        if self.document.contains_key(section)
            && let Some(old) = self.section(section)?.remove(key)
        {
            let was = old.as_value().map(shown);
            self.changed.push(ChangedKey { key: format!("{section}.{key}"), was, is: None });
        }
        Ok(())
    }
}

/// Puts a file with that text in this one's place.
fn replace(file: &Path, permissions: &std::fs::Permissions, text: &str) -> std::io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::NotFound)?;
    let mut fresh = tempfile::Builder::new().prefix(".tillback-").suffix(".toml").tempfile_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.as_file().set_permissions(permissions.clone())?;
    fresh.as_file().sync_all()?;
    fresh.persist(file).map_err(|error| error.error)?;
    // The new name is on the disk once the folder is. Folders cannot be opened so on Windows.
    if cfg!(unix) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn fault_of(error: &std::io::Error) -> KeepFault {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => KeepFault::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => KeepFault::DiskFull,
        ErrorKind::NotFound | ErrorKind::InvalidData => KeepFault::Unreadable,
        _ => KeepFault::Failed,
    }
}

/// A printer as `printer.kind` and `printer.device` name it.
pub(crate) fn printer_setting(place: &PrinterPlace) -> (&'static str, Option<String>) {
    match place {
        PrinterPlace::None => ("none", None),
        PrinterPlace::Files { pdf: true } => ("pdf", None),
        PrinterPlace::Files { pdf: false } => ("text", None),
        PrinterPlace::Usb(device) => ("usb", Some(device.clone().unwrap_or_default())),
        PrinterPlace::Serial { port, .. } => ("serial", Some(port.clone())),
        PrinterPlace::Network(address) => ("network", Some(address.clone())),
        PrinterPlace::Shared(name) => ("spooler", Some(name.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CameraSource, EXAMPLE};
    use crate::domain::{GatewayAccount, RuleKey, ThemeChoice};

    const LEAST: &str = "# Our till.\n[terminal]\nname = \"FRONT-1\" # by the door\n\n[gateway]\n\
                         environment = \"sandbox\"\nmerchant_no = \"200043\"\nstore_no = \"300014\"\n";

    fn camera(choice: CameraChoice) -> SettingChange {
        SettingChange::Camera(choice)
    }

    fn named(name: &str) -> SettingChange {
        camera(CameraChoice::Named(name.to_owned()))
    }

    /// Every line of the old file, in its order, is a line of the new one, but for these.
    #[track_caller]
    fn check(before: &str, change: &SettingChange, gone: &[&str], new: &[&str]) {
        let (after, _) = changed(before, change).unwrap();
        let (old, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        assert_eq!(old.iter().filter(|line| !now.contains(line)).copied().collect::<Vec<_>>(), gone);
        assert_eq!(now.iter().filter(|line| !old.contains(line)).copied().collect::<Vec<_>>(), new);
        Config::parse(&after, Path::new("tillback.toml")).unwrap();
    }

    #[test]
    fn language_and_theme_are_written_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, LEAST).unwrap();
        let korean = SettingChange::Language(Some(Language::Korean));
        for change in [korean, SettingChange::Theme(ThemeChoice::HighContrast)] {
            assert!(keep(&file, &change).is_ok());
        }
        let ui = Config::load(&file).unwrap().ui;
        assert_eq!((ui.language, ui.theme), (Some(Language::Korean), ThemeChoice::HighContrast));
        assert!(keep(&file, &SettingChange::Language(None)).is_ok());
        assert_eq!(Config::load(&file).unwrap().ui.language, None);
    }

    #[test]
    fn a_camera_is_written_and_all_else_stays() {
        check(LEAST, &named("HD Cam"), &[], &["[camera]", "source = \"device\"", "device = \"HD Cam\""]);
        check(EXAMPLE, &named("HD \"Cam\""), &[], &["source = \"device\"", "device = 'HD \"Cam\"'"]);
        check(EXAMPLE, &camera(CameraChoice::Off), &[], &["source = \"off\""]);
        let with = format!("{LEAST}[camera]\nsource = \"off\"   # none yet\ndevice = \"Old\"\nfolder = \"pictures\"\n");
        check(
            &with,
            &named("New"),
            &["source = \"off\"   # none yet", "device = \"Old\""],
            &["source = \"device\"   # none yet", "device = \"New\""],
        );
        check(
            &with,
            &camera(CameraChoice::Folder),
            &["source = \"off\"   # none yet"],
            &["source = \"folder\"   # none yet"],
        );
        check(&with, &camera(CameraChoice::Off), &[], &[]);
        let inline = format!("camera = {{ source = \"off\" }}\n{LEAST}");
        check(
            &inline,
            &camera(CameraChoice::First),
            &["camera = { source = \"off\" }"],
            &["camera = { source = \"device\" }"],
        );
    }

    #[test]
    fn how_loud_it_is_stands_in_the_file() {
        let quiet = SettingChange::Sounds(crate::domain::SoundLevel { volume: 20, muted: true });
        check(LEAST, &quiet, &[], &["[sounds]", "volume = 20", "muted = true"]);
    }

    #[test]
    fn what_scanners_send_is_written_and_all_else_stays() {
        let prefix = SettingChange::ScannerPrefix("~S".to_owned());
        check(LEAST, &prefix, &[], &["[scanner]", "prefix = \"~S\""]);
        let with = format!("{LEAST}[scanner]\nwedge = true\nsuffix = \"$\" # ours\n");
        let suffix = SettingChange::ScannerSuffix("%".to_owned());
        check(&with, &suffix, &["suffix = \"$\" # ours"], &["suffix = \"%\" # ours"]);
    }

    #[test]
    fn marks_and_line_ends_of_windows_stay() {
        let windows = format!("\u{feff}{}", LEAST.replace('\n', "\r\n"));
        let (after, _) = changed(&windows, &named("Cam")).unwrap();
        assert!(after.starts_with('\u{feff}') && !after.replace("\r\n", "").contains('\n'), "{after:?}");
    }

    #[test]
    fn a_file_is_changed_in_place_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, EXAMPLE).unwrap();
        keep(&file, &named("HD Cam")).unwrap();
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Device(Some("HD Cam".to_owned())));
        keep(&file, &camera(CameraChoice::First)).unwrap();
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Device(None));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.toml"), folder.path().join("tillback.toml"));
        std::fs::write(&file, LEAST).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        keep(&link, &camera(CameraChoice::Off)).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Off);
    }

    #[test]
    fn what_cannot_be_kept_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::Unreadable), "not there");
        for broken in ["[camera\n", "[terminal]\nname = \"FRONT-1\"\n", "camera = 5\n"] {
            std::fs::write(&file, broken).unwrap();
            assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::Unreadable), "{broken}");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
        }
        // A folder where there is none: what would be written is not what the program reads.
        std::fs::write(&file, LEAST).unwrap();
        let refused = keep(&file, &camera(CameraChoice::Folder));
        assert!(
            matches!(&refused, Err(KeepFault::Refused { what, .. }) if what.contains("camera.folder")),
            "{refused:?}"
        );
        assert_eq!(std::fs::read_to_string(&file).unwrap(), LEAST);
        let mut permissions = std::fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&file, permissions).unwrap();
        assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::ReadOnly));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), LEAST);
    }

    fn rule(key: RuleKey, to: Option<&str>) -> SettingChange {
        SettingChange::Rule { key, to: to.map(str::to_owned) }
    }

    #[test]
    fn rules_are_written_as_the_file_has_them_and_taken_out_again() {
        let with = format!("{LEAST}\n[rules]\n# Ours.\ncashier_per_day = \"100.00\" # since May\n");
        check(
            &with,
            &rule(RuleKey::CashierPerDay, Some(" 250.00 ")),
            &["cashier_per_day = \"100.00\" # since May"],
            &["cashier_per_day = \"250.00\" # since May"],
        );
        check(&with, &rule(RuleKey::SaleAgeDays, Some("30")), &[], &["sale_age_days = 30"]);
        check(&with, &rule(RuleKey::OwnApproval, Some("true")), &[], &["[policy]", "own_approval = true"]);
        check(&with, &rule(RuleKey::HoursSunday, Some("closed")), &[], &["hours_sunday = \"closed\""]);
        let (without, gone) = changed(&with, &rule(RuleKey::CashierPerDay, None)).unwrap();
        assert!(!without.contains("cashier_per_day"), "{without}");
        let was = Some("100.00".to_owned());
        assert_eq!(gone, [ChangedKey { key: "rules.cashier_per_day".to_owned(), was, is: None }]);
        assert_eq!(changed(LEAST, &rule(RuleKey::CashierPerDay, None)).unwrap(), (LEAST.to_owned(), vec![]));
        check(EXAMPLE, &SettingChange::Reasons(vec!["Too small".to_owned()]), &[], &["reasons = [\"Too small\"]"]);
    }

    #[test]
    fn every_rule_can_be_set_and_what_is_refused_is_refused_in_the_files_own_words() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, EXAMPLE).unwrap();
        for key in RuleKey::ALL {
            let good = match key.kind() {
                RuleKind::Amount => "12.50",
                RuleKind::Number => "30",
                RuleKind::Flag => "true",
                RuleKind::Hours => "18:00-02:00",
            };
            let kept = keep(&file, &rule(key, Some(good))).unwrap();
            let [changed] = kept.changed.as_slice() else { panic!("{key:?}: {:?}", kept.changed) };
            assert_eq!((changed.was.as_deref(), changed.is.as_deref()), (None, Some(good)), "{key:?}");
            assert_eq!(Config::load(&file).unwrap().policy, kept.config.policy);
            let before = std::fs::read_to_string(&file).unwrap();
            let Err(KeepFault::Refused { what, allowed }) = keep(&file, &rule(key, Some("many"))) else {
                panic!("{key:?}")
            };
            assert!(what.starts_with(&key.path().0.to_owned()) && !allowed.is_empty(), "{what} ({allowed})");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), before);
        }
        assert_eq!(keep(&file, &rule(RuleKey::SaleAgeDays, Some("30"))).unwrap().changed, [], "the same again");
        let none = keep(&file, &SettingChange::Reasons(vec![]));
        assert!(matches!(none, Err(KeepFault::Refused { .. })), "{none:?}");
    }

    #[test]
    fn an_account_is_three_lines_and_names_no_gateway_that_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, LEAST).unwrap();
        let account = |environment: &str| {
            let (merchant_no, store_no) = ("200043".to_owned(), "303660".to_owned());
            SettingChange::Account(GatewayAccount { environment: environment.to_owned(), merchant_no, store_no })
        };
        let changed = keep(&file, &account("production")).unwrap().changed;
        let keys: Vec<&str> = changed.iter().map(|changed| changed.key.as_str()).collect();
        assert_eq!(keys, ["gateway.environment", "gateway.store_no"]);
        assert!(matches!(keep(&file, &account("live")), Err(KeepFault::Refused { .. })));
    }

    #[test]
    fn a_printer_is_written_as_far_as_it_is_another_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        let choice = |place| PrinterChoice { place, ..PrinterChoice::default() };
        let printer = |choice: PrinterChoice| SettingChange::Printer(choice);
        check(LEAST, &printer(choice(PrinterPlace::None)), &[], &[]);
        check(LEAST, &printer(choice(PrinterPlace::Usb(None))), &[], &["[printer]", "kind = \"usb\""]);
        let open_on = vec![RefundState::Refunded];
        let all = PrinterChoice {
            place: PrinterPlace::Serial { port: "COM3".to_owned(), baud: 9_600 },
            paper: PaperWidth::Mm58,
            code_page: crate::domain::CodePage::Windows1252,
            automatic: false,
            open_on,
        };
        for text in [LEAST, EXAMPLE] {
            std::fs::write(&file, text).unwrap();
            for place in [
                PrinterPlace::Usb(Some("/dev/usb/lp1".to_owned())),
                PrinterPlace::Usb(None),
                PrinterPlace::serial("usb:04b8:0202"),
                PrinterPlace::Network("10.0.0.7:9100".to_owned()),
                PrinterPlace::Shared(r"\\localhost\Receipts".to_owned()),
                PrinterPlace::Files { pdf: true },
                PrinterPlace::Files { pdf: false },
            ] {
                let kept = keep(&file, &printer(choice(place.clone()))).unwrap();
                assert_eq!(kept.config.printer_choice(), choice(place));
            }
            assert_eq!(keep(&file, &printer(all.clone())).unwrap().config.printer_choice(), all);
            assert_eq!(keep(&file, &printer(all.clone())).unwrap().changed, []);
        }
        let with = format!("{LEAST}[printer]\nkind = \"network\" # by the door\ndevice = \"10.0.0.7\"\n");
        let gone = ["kind = \"network\" # by the door", "device = \"10.0.0.7\""];
        check(
            &with,
            &printer(choice(PrinterPlace::Usb(None))),
            &gone,
            &["kind = \"usb\" # by the door", "device = \"\""],
        );
    }
}
