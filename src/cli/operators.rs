//! `tillback operators`: who may ask for refunds and who may approve them, their PINs and badges.
//!
//! **A PIN is read from the terminal without being shown, from standard input or from a file descriptor, never from the
//! arguments**, which others on the machine can see. **A badge's secret is in its file alone.**

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use zeroize::Zeroizing;

use super::Places;
use super::house::{House, now};
use super::token::open_fd;
use crate::domain::{Language, Operator, OperatorId, Pin, Role, operator::OperatorName};
use crate::terminal::BadgeFile;

/// More than a PIN and its line end have; the rest is not read.
const MAX_PIN_BYTES: u64 = 64;
const PIN_PROMPT: &str = "PIN (4 to 12 digits, a manager's at least 6; it is not shown): ";

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Add a person; the PIN is asked for, or read as one line
    Add {
        /// Their name
        #[arg(value_parser = OperatorName::parse)]
        name: OperatorName,
        /// cashier or manager
        #[arg(long, default_value = "cashier", value_parser = role_of)]
        role: Role,
        #[command(flatten)]
        from: PinFrom,
    },
    /// Everybody, and who has a badge
    List,
    /// Remove a person; their refunds keep their name, their badge is revoked
    Remove {
        /// Their name or id
        name: String,
    },
    /// Call a person by another name
    Rename {
        /// Their name or id
        name: String,
        /// What they are to be called
        #[arg(value_parser = OperatorName::parse)]
        to: OperatorName,
    },
    /// Give a person another PIN
    Pin {
        /// Their name or id
        name: String,
        #[command(flatten)]
        from: PinFrom,
    },
    /// Make a cashier a manager (with a new PIN), or a manager a cashier
    Role {
        /// Their name or id
        name: String,
        /// cashier or manager
        #[arg(value_parser = role_of)]
        role: Role,
        #[command(flatten)]
        from: PinFrom,
    },
    /// Make a badge for a manager, in place of one they have; print the file and remove it
    Badge {
        /// Their name or id
        name: String,
        /// The file to make, an SVG picture of a card
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// The language a person reads the window in
    Language {
        /// Their name or id
        name: String,
        /// en, es, zh-Hans, zh-Hant, fr or ko; store for the store's own
        #[arg(value_parser = language_of)]
        language: Spoken,
    },
    /// Revoke a manager's badge
    Revoke {
        /// Their name or id
        name: String,
    },
}

/// Where a PIN comes from.
#[derive(Debug, clap::Args)]
pub(super) struct PinFrom {
    /// Read the PIN from this file descriptor instead of asking
    #[arg(long, value_name = "N")]
    pin_fd: Option<u32>,
}

impl PinFrom {
    fn read(&self) -> anyhow::Result<Pin> {
        let text = match self.pin_fd {
            None => read_pin(PIN_PROMPT)?,
            Some(0) => read_line(io::stdin().lock())?,
            Some(fd) => read_line(io::BufReader::new(File::take(open_fd(fd)?, MAX_PIN_BYTES)))?,
        };
        Pin::parse(&text).context("that PIN can't be used")
    }
}

/// A person's language; the store's own where there is none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spoken(Option<Language>);

fn role_of(word: &str) -> Result<Role, String> {
    Role::parse(word).ok_or_else(|| "a role is cashier or manager".to_owned())
}

fn language_of(word: &str) -> Result<Spoken, String> {
    if word == "store" {
        return Ok(Spoken(None));
    }
    let known = Language::parse(word).map(|language| Spoken(Some(language)));
    known.ok_or_else(|| "a language is en, es, zh-Hans, zh-Hant, fr or ko, or store for the store's".to_owned())
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::Add { name, role, from } => {
            let pin = from.read()?;
            let id = house.shared_ledger()?.add_operator(name, *role, &pin, None, now())?;
            say!("{id}  {:<8}  {name}", role.as_str());
        }
        Command::List => {
            let ledger = house.readable_ledger()?;
            let holders = ledger.badge_holders()?;
            let languages = ledger.languages()?;
            for Operator { id, name, role } in ledger.operators()? {
                let badge = if holders.contains(&id) { "  (badge)" } else { "" };
                let language = languages.iter().find(|(whose, _)| *whose == id);
                let language = language.map_or_else(String::new, |(_, language)| format!("  [{}]", language.tag()));
                say!("{id}  {:<8}  {name}{badge}{language}", role.as_str());
            }
        }
        Command::Remove { name } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            ledger.remove_operator(&id, None, now())?;
        }
        Command::Rename { name, to } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            ledger.rename_operator(&id, to, None, now())?;
        }
        Command::Pin { name, from } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            ledger.set_pin(&id, &from.read()?, None, now())?;
        }
        Command::Role { name, role, from } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            let pin = if *role == Role::Manager { Some(from.read()?) } else { None };
            ledger.set_role(&id, *role, pin.as_ref(), None, now())?;
        }
        Command::Language { name, language } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            ledger.set_language(&id, language.0, None, now())?;
        }
        Command::Badge { name, out } => make_badge(&house, name, out)?,
        Command::Revoke { name } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            anyhow::ensure!(ledger.revoke_badge(&id, None, now())?, "{name} has no badge");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The file first: a badge that could not be printed would have revoked the old one for nothing.
fn make_badge(house: &House, name: &str, out: &Path) -> anyhow::Result<()> {
    let mut ledger = house.shared_ledger()?;
    let people = ledger.operators()?;
    let id = find(&people, name)?;
    let name = people.iter().find(|person| person.id == id).map_or(name, |person| person.name.as_str());
    let file = BadgeFile::create(out)?;
    let made = ledger.make_badge(&id, None, now()).map_err(anyhow::Error::from);
    let drawn = made.and_then(|badge| Ok(file.draw(&badge, name, &house.config.terminal.store_name)?));
    if let Err(error) = drawn {
        let _ = std::fs::remove_file(out);
        return Err(error);
    }
    say!("{}", out.display());
    tell!("Print it at its own size and remove the file: whoever has it can approve as {name}.");
    Ok(())
}

/// Somebody by name or id.
pub(super) fn find(operators: &[Operator], name: &str) -> anyhow::Result<OperatorId> {
    let is =
        |operator: &&Operator| operator.id.as_str() == name || operator.name.as_str().eq_ignore_ascii_case(name.trim());
    operators
        .iter()
        .find(is)
        .map(|operator| operator.id.clone())
        .with_context(|| format!("there is nobody called {name:?}"))
}

/// A PIN, unseen from the terminal, or one line of standard input.
pub(super) fn read_pin(prompt: &str) -> anyhow::Result<Zeroizing<String>> {
    if io::stdin().is_terminal() {
        return Ok(Zeroizing::new(rpassword::prompt_password(prompt)?));
    }
    read_line(io::stdin().lock())
}

fn read_line(mut from: impl BufRead) -> anyhow::Result<Zeroizing<String>> {
    let mut line = Zeroizing::new(String::new());
    from.read_line(&mut line).context("the PIN can't be read")?;
    Ok(Zeroizing::new(line.trim().to_owned()))
}
