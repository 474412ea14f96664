//! The page "About" of the window: facts of this till, and `tillback doctor` run beside it.
//!
//! **The checks run in a process of their own**: whatever they meet in a device or a file, the till goes on. **The same
//! words as on the command line**, so that support hears what it knows.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::house::{House, now};
use crate::devices::file::make_folder;
use crate::domain::{AboutTill, CheckLine, CheckResult, Checkup, NoCheckup, Timestamp};
use crate::terminal::{CheckDesk, EXPORTS};

/// A store's own till: its checks look at what it works with. The demo and training have none.
pub(super) struct HouseChecks {
    house: Option<House>,
}

impl HouseChecks {
    pub(super) fn of(house: House) -> Box<dyn CheckDesk> {
        Box::new(Self { house: Some(house) })
    }

    /// For a till in which everything is made up.
    pub(super) fn made_up() -> Box<dyn CheckDesk> {
        Box::new(Self { house: None })
    }
}

impl CheckDesk for HouseChecks {
    fn about(&self) -> AboutTill {
        let config = self.house.as_ref().map(|house| &house.config);
        AboutTill {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: crate::ledger::KNOWN_SCHEMA,
            decoder: env!("TILLBACK_DECODER").to_owned(),
            settings: config.map(|config| config.file.clone()),
            data: config.map(|config| config.data.folder.clone()),
            licences: std::env::current_exe().ok().and_then(|program| licences(&program)),
        }
    }

    fn check(&self, pack: bool) -> Result<Checkup, NoCheckup> {
        let house = self.house.as_ref().ok_or(NoCheckup::MadeUp)?;
        let packed = if pack { Some(file_for_support(house)?) } else { None };
        let program = std::env::current_exe().map_err(|_| NoCheckup::Failed)?;
        let output = doctor(&program, house, packed.as_deref()).output().map_err(|error| {
            tracing::error!(%error, "the checks could not be started");
            NoCheckup::Failed
        })?;
        let checks: Checks = serde_json::from_slice(&output.stdout).map_err(|error| {
            tracing::error!(%error, ended = %output.status, "the checks said nothing that can be read");
            NoCheckup::Failed
        })?;
        if packed.as_deref().is_some_and(|file| !file.exists()) {
            return Err(NoCheckup::NotWritten);
        }
        Ok(Checkup { lines: checks.checks.into_iter().map(CheckLine::from).collect(), packed })
    }
}

/// As `tillback doctor --json` prints them.
#[derive(Deserialize)]
struct Checks {
    checks: Vec<OneCheck>,
}

#[derive(Deserialize)]
struct OneCheck {
    check: String,
    result: String,
    found: String,
    fix: Option<String>,
}

impl From<OneCheck> for CheckLine {
    fn from(one: OneCheck) -> Self {
        let result = match one.result.as_str() {
            "ok" => CheckResult::Good,
            "note" => CheckResult::Note,
            _ => CheckResult::Bad,
        };
        Self { what: one.check, result, found: one.found, fix: one.fix }
    }
}

fn doctor(program: &Path, house: &House, packed: Option<&Path>) -> Command {
    let mut command = Command::new(program);
    command.arg("--config").arg(&house.config.file).arg("--data").arg(&house.config.data.folder);
    command.args(["doctor", "--json"]).stdin(Stdio::null()).stderr(Stdio::null());
    if let Some(file) = packed {
        command.arg("--bundle").arg(file);
    }
    without_a_console(&mut command);
    command
}

/// On Windows a child of a window would open a console of its own.
fn without_a_console(command: &mut Command) {
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NO_WINDOW);
    }
    #[cfg(not(windows))]
    let _ = command;
}

/// Beside what else was written out of this till, with the moment in its name.
fn file_for_support(house: &House) -> Result<PathBuf, NoCheckup> {
    let folder = house.config.data.folder.join(EXPORTS);
    make_folder(&folder).map_err(|error| {
        tracing::error!(%error, "there is no folder for a file for support");
        NoCheckup::NotWritten
    })?;
    Ok(folder.join(support_name(now())))
}

fn support_name(at: Timestamp) -> String {
    let moment = jiff::Timestamp::from_millisecond(at.ms()).unwrap_or_default();
    format!("support-{}.zip", moment.strftime("%Y%m%d-%H%M%S"))
}

/// Where the packages put the licences of the libraries: beside the program, or in the system's folder of documents; a
/// checkout has them in `packaging`.
fn licences(program: &Path) -> Option<PathBuf> {
    const NAME: &str = "LIBRARIES.txt";
    let folder = program.parent()?;
    let above = folder.ancestors().map(|folder| folder.join("packaging").join(NAME));
    [folder.join(NAME), folder.join("../share/doc/tillback").join(NAME)]
        .into_iter()
        .chain(above)
        .find(|file| file.is_file())
        .map(|file| std::path::absolute(&file).unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_found_where_packages_and_checkouts_have_them() {
        let room = tempfile::tempdir().unwrap();
        let program = room.path().join("usr/bin/tillback");
        std::fs::create_dir_all(room.path().join("usr/bin")).unwrap();
        assert_eq!(licences(&program), None);
        let put = |place: &str| {
            std::fs::create_dir_all(room.path().join(place).parent().unwrap()).unwrap();
            std::fs::write(room.path().join(place), "x").unwrap();
            let found = licences(&program).unwrap();
            assert!(found.canonicalize().unwrap().ends_with(place), "{found:?} for {place}");
        };
        put("packaging/LIBRARIES.txt");
        put("usr/share/doc/tillback/LIBRARIES.txt");
        put("usr/bin/LIBRARIES.txt");
    }

    #[test]
    fn a_check_that_nobody_knows_is_a_fault() {
        let line = |result: &str| {
            let one = OneCheck { check: "x".to_owned(), result: result.to_owned(), found: String::new(), fix: None };
            CheckLine::from(one).result
        };
        assert_eq!([line("ok"), line("note"), line("fail"), line("?")], {
            use CheckResult::{Bad, Good, Note};
            [Good, Note, Bad, Bad]
        });
        assert_eq!(support_name(Timestamp::from_ms(0)), "support-19700101-000000.zip");
    }
}
