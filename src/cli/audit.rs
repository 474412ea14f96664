//! `tillback audit`: checks the record of who did what.

use std::process::ExitCode;

use super::Places;
use super::house::House;
use crate::ledger::{AuditHash, AuditHead};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check that no row was changed, removed, added or put elsewhere
    Verify {
        /// The head hash of an earlier report: rows cut off the end are found only with it
        #[arg(long, value_name = "HASH", requires = "count")]
        head: Option<String>,
        /// The count of rows that stood beside it
        #[arg(long, value_name = "N", requires = "head")]
        count: Option<u64>,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Verify { head, count } = command;
    let printed = match (head, count) {
        (Some(hash), Some(count)) => {
            let hash = AuditHash::parse(hash).ok_or_else(|| anyhow::anyhow!("--head is not 64 hexadecimal digits"))?;
            Some(AuditHead { count: *count, hash })
        }
        _ => None,
    };
    let ledger = House::open(places)?.readable_ledger()?;
    match ledger.audit_verify(printed.as_ref()) {
        Ok(head) => {
            println!("{} rows, head {}", head.count, head.hash);
            eprintln!(
                "The record is whole. Keep the head and the count: rows cut off the end are found only with them."
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            eprintln!("The record is NOT whole: {fault}");
            Ok(ExitCode::FAILURE)
        }
    }
}
