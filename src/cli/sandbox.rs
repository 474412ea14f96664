//! `tillback sandbox`: the sandbox gateway alone, on this machine.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use super::logging;
use crate::sandbox::{Sandbox, SandboxSettings};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where to listen: an address of this machine, such as 127.0.0.1:8080
    #[arg(long, value_name = "ADDR")]
    listen: SocketAddr,
    /// Keep the book of executed refunds in this file, across restarts
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    logging::to_stderr();
    let settings = SandboxSettings {
        listen: arguments.listen,
        state_file: arguments.state.clone(),
        sales: super::practice::sandbox_sales()?,
        ..SandboxSettings::default()
    };
    let sandbox = Sandbox::start(settings)?;
    say!("{}", sandbox.url());
    tell!("The sandbox knows the demo's sales and the published sample credentials:");
    tell!("  GET  /sandbox/book    the refunds it has executed");
    tell!("  POST /sandbox/fault   plays a fault on requests to come");
    tell!("  POST /sandbox/sale    adds a sale");
    sandbox.wait();
    Ok(ExitCode::SUCCESS)
}
