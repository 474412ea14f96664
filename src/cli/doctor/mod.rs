//! `tillback doctor`: checks everything a refund needs and says what to do about each fault.
//!
//! **Nothing is changed by a check**, and a till may be running beside it. **A fault is what keeps this till from
//! refunding**; whatever else somebody should know is a note.

mod devices;
mod gateway;
mod record;
mod system;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::house::{House, NoDataFolder};
use super::{Places, out};
use crate::config::Config;
use crate::domain::SoundLevel;

/// How one check went.
enum Finding {
    Good(String),
    /// It works, but somebody should know.
    Note(String),
    /// The same, and what can be done.
    Hint(String, String),
    /// It does not work; what to do.
    Bad(String, String),
}

/// What is checked, and how it went.
struct Check {
    what: &'static str,
    finding: Finding,
}

impl Check {
    /// The word for how it went, what was found, what to do.
    fn parts(&self) -> (&'static str, &str, Option<&str>) {
        match &self.finding {
            Finding::Good(found) => ("ok", found, None),
            Finding::Note(found) => ("note", found, None),
            Finding::Hint(found, fix) => ("note", found, Some(fix)),
            Finding::Bad(found, fix) => ("FAIL", found, Some(fix)),
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Pack what the checks say, versions, settings and logs into one file for support (.zip); no secret is in it
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// Print the checks as one JSON object, for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(places: &Places, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let house = House::open(places);
    let checks = all(&house, places);
    let faults = checks.iter().filter(|check| matches!(check.finding, Finding::Bad(..))).count();
    let told = told(&checks);
    if arguments.json {
        say!("{:#}", as_json(&checks, faults));
    } else {
        out::lines(&told)?;
    }
    match faults {
        0 => tell!("Nothing is wrong."),
        1 => tell!("One thing must be put right before this till can refund."),
        faults => tell!("{faults} things must be put right before this till can refund."),
    }
    if let Some(file) = &arguments.bundle {
        // A settings file that cannot be read is what support wants to see most.
        let settings = places.config.clone().or_else(Config::default_file);
        let data = house.as_ref().ok().map(|house| house.config.data.folder.as_path());
        super::bundle::pack(file, &told, settings.as_deref(), data)?;
        tell!(
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
    let mut text = format!("tillback {}\n", *super::VERSION);
    for check in checks {
        let (how, found, fix) = check.parts();
        let what = check.what;
        text.push_str(&format!("{how:<5} {what}: {found}\n"));
        if let Some(fix) = fix {
            text.push_str(&format!("      -> {fix}\n"));
        }
    }
    text
}

/// The checks for programs: names and words may be added with any version, none is taken away.
fn as_json(checks: &[Check], faults: usize) -> serde_json::Value {
    let each = checks.iter().map(|check| {
        let (how, found, fix) = check.parts();
        json!({ "check": check.what, "result": how.to_ascii_lowercase(), "found": found, "fix": fix })
    });
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "ledger_schema": crate::ledger::KNOWN_SCHEMA,
        "faults": faults,
        "checks": each.collect::<Vec<_>>(),
    })
}

fn all(house: &anyhow::Result<House>, places: &Places) -> Vec<Check> {
    let mut checks = vec![];
    match house {
        Ok(house) => {
            let text = format!("{} ({})", house.config.file.display(), summary(&house.config));
            checks.push(Check { what: "configuration", finding: Finding::Good(text) });
            checks.push(record::ledger(house));
            checks.extend(record::care(house));
            checks.push(record::people(house));
            checks.extend(system::clock(house));
            checks.extend(system::room(house));
            checks.extend(gateway::gateway(house));
            checks.push(devices::camera(house));
            checks.extend(devices::scanners(house));
            checks.extend(record::sales(house));
            checks.push(devices::printer(house));
            checks.push(devices::sound(house.config.sounds));
        }
        Err(error) => {
            checks.push(configuration(error, places));
            // What needs no settings is looked at all the same.
            checks.push(devices::any_camera());
            checks.push(devices::sound(SoundLevel::default()));
        }
    }
    checks.push(system::zone());
    checks.push(system::display());
    checks.push(system::fonts());
    checks
}

/// Why there is no configuration to go by.
fn configuration(error: &anyhow::Error, places: &Places) -> Check {
    let file = places.config.clone().or_else(Config::default_file);
    let fix = if error.downcast_ref::<NoDataFolder>().is_some() {
        "Connect the disk it is on, make the folder, or name another as data.folder."
    } else if file.as_deref().is_some_and(Path::exists) {
        "Put that right in the file; tillback.example.toml explains every key. Nothing was read from it."
    } else {
        "Copy tillback.example.toml there and fill it in, or name a file with --config. To look around without one: \
         tillback demo"
    };
    Check { what: "configuration", finding: Finding::Bad(format!("{error:#}"), fix.to_owned()) }
}

fn summary(config: &Config) -> String {
    let training = if config.terminal.training { ", training" } else { "" };
    format!("{}, {}{training}", config.terminal.name, config.gateway.environment)
}
