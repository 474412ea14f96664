//! The command line: arguments in, rooms set to work, words for people on stderr, output for machines on stdout.
//!
//! **Exit code 0: done; 1: failed; 2: wrong usage.** Arguments are parsed once into checked values; nothing below
//! reads them again. **No secret is an argument.** Only `out` writes to standard output and error.

#[macro_use]
mod out;

mod account;
mod audit;
mod bundle;
mod checkup;
mod decode;
pub mod demo;
mod doctor;
mod front;
mod headless;
mod house;
mod ledger;
mod logging;
mod memory;
mod operators;
mod paper;
mod policy;
mod practice;
mod recovery;
mod refund_orders;
mod refunds;
mod report;
mod rotating;
mod sales;
mod sandbox;
mod token;
pub mod training;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};

/// The program's version and the newest schema of a ledger it can work with.
static VERSION: LazyLock<String> =
    LazyLock::new(|| format!("{}, ledger schema {}", env!("CARGO_PKG_VERSION"), crate::ledger::KNOWN_SCHEMA));

/// A refund terminal for the till.
#[derive(Debug, Parser)]
#[command(name = "tillback", version = VERSION.as_str(), about, disable_help_subcommand = true)]
#[command(after_help = "\
Without a command the window opens. --config and --data go before a command or behind it.
Exit code 0: done; 1: it failed, and standard error says why; 2: it was asked for in a way that can't be understood.")]
struct Arguments {
    /// The configuration file (default: where your system keeps settings; `tillback doctor` says where)
    #[arg(long, value_name = "FILE", global = true, help_heading = "Which till")]
    config: Option<PathBuf>,
    /// The data folder, in place of the configuration's: one folder is one till
    #[arg(long, value_name = "DIR", global = true, help_heading = "Which till")]
    data: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the window with demo sales, a sandbox gateway and demo receipts; nothing to configure
    Demo(demo::Arguments),
    /// Open the window for practice beside this store's till: its rules, and a record, sales and gateway of their own
    Training(training::Arguments),
    /// Run the sandbox gateway alone, on this machine only
    Sandbox(sandbox::Arguments),
    /// Read codes from pictures as the camera would
    Decode(decode::Arguments),
    /// The sales a refund is looked up in
    #[command(subcommand)]
    Sales(sales::Command),
    /// The refunds made
    #[command(subcommand)]
    Refunds(refunds::Command),
    /// A day's or a shift's report
    #[command(subcommand)]
    Report(report::Command),
    /// Shifts: open, close, list, report
    #[command(subcommand)]
    Shift(report::ShiftCommand),
    /// The record of who did what
    #[command(subcommand)]
    Audit(audit::Command),
    /// Copies of the ledger, checks, and the way back
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Cashiers and managers
    #[command(subcommand)]
    Operators(operators::Command),
    /// Who may do what
    #[command(subcommand)]
    Policy(policy::Command),
    /// The gateway's API token: give it, move it, remove it
    #[command(subcommand)]
    Token(token::Command),
    /// The receipt printer: what is there, a test page, a refund's slip again
    #[command(subcommand)]
    Print(paper::Command),
    /// Check configuration, token, ledger, gateway, camera and printer, and say what to do about each fault
    Doctor(doctor::Arguments),
    /// The terminal without a window, driven by JSON lines: for tests and proofs
    #[command(hide = true)]
    Headless,
    /// The camera's own process; started by the terminal, not by people
    #[command(hide = true)]
    CameraWorker,
}

/// Where the configuration and the data are, when the command line says so.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    config: Option<PathBuf>,
    data: Option<PathBuf>,
}

/// Parses the arguments, runs the command and gives the exit code.
pub fn main() -> ExitCode {
    memory::keep_private();
    let arguments = Arguments::parse();
    let places = Places { config: arguments.config, data: arguments.data };
    let done = match arguments.command {
        None => window::run(&places),
        Some(Command::Demo(arguments)) => demo::run(&places, &arguments),
        Some(Command::Training(arguments)) => training::run(&places, &arguments),
        Some(Command::Sandbox(arguments)) => sandbox::run(&arguments),
        Some(Command::Decode(arguments)) => decode::run(&arguments),
        Some(Command::Sales(command)) => sales::run(&places, &command),
        Some(Command::Refunds(command)) => refunds::run(&places, &command),
        Some(Command::Report(command)) => report::run(&places, &command),
        Some(Command::Shift(command)) => report::run_shift(&places, &command),
        Some(Command::Audit(command)) => audit::run(&places, &command),
        Some(Command::Ledger(command)) => ledger::run(&places, &command),
        Some(Command::Operators(command)) => operators::run(&places, &command),
        Some(Command::Policy(command)) => policy::run(&command),
        Some(Command::Token(command)) => token::run(&places, &command),
        Some(Command::Print(command)) => paper::run(&places, &command),
        Some(Command::Doctor(arguments)) => doctor::run(&places, &arguments),
        Some(Command::Headless) => headless::run(&places),
        Some(Command::CameraWorker) => return crate::scan::camera::worker_main(),
    };
    match done {
        Ok(code) => code,
        Err(error) if out::is_gone(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell!("tillback: {error:#}");
            ExitCode::FAILURE
        }
    }
}
