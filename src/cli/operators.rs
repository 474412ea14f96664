//! `tillback operators`: who may ask for refunds and who may approve them.
//!
//! **A PIN is read from standard input, never from the arguments**, which others on the machine can see.

use std::io::{self, BufRead, IsTerminal};
use std::process::ExitCode;

use anyhow::Context;
use zeroize::Zeroizing;

use super::Places;
use super::house::{House, now};
use crate::domain::{OperatorId, Pin, Role, operator::OperatorName};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Add a person; the PIN is asked for, or read as one line from standard input
    Add {
        /// Their name
        name: String,
        /// cashier or manager
        #[arg(long, default_value = "cashier")]
        role: String,
    },
    /// Everybody
    List,
    /// Remove a person; their refunds keep their name
    Remove {
        /// Their name or id
        name: String,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    match command {
        Command::Add { name, role } => {
            let name = OperatorName::parse(name).context("that name can't be used")?;
            let role = Role::parse(role).context("--role is cashier or manager")?;
            let pin = Pin::parse(&read_pin("PIN (4 to 12 digits, a manager's at least 6): ")?)
                .context("that PIN can't be used")?;
            let id = house.shared_ledger()?.add_operator(&name, role, &pin, None, now())?;
            println!("{id}  {:<8}  {name}", role.as_str());
        }
        Command::List => {
            for operator in house.readable_ledger()?.operators()? {
                println!("{}  {:<8}  {}", operator.id, operator.role.as_str(), operator.name);
            }
        }
        Command::Remove { name } => {
            let mut ledger = house.shared_ledger()?;
            let id = find(&ledger.operators()?, name)?;
            ledger.remove_operator(&id, None, now())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Somebody by name or id.
pub(super) fn find(operators: &[crate::domain::Operator], name: &str) -> anyhow::Result<OperatorId> {
    let is = |operator: &&crate::domain::Operator| {
        operator.id.as_str() == name || operator.name.as_str().eq_ignore_ascii_case(name.trim())
    };
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
    let mut line = Zeroizing::new(String::new());
    io::stdin().lock().read_line(&mut line)?;
    Ok(Zeroizing::new(line.trim().to_owned()))
}
