//! `tillback sales`: loads the point of sale's file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::{PathBufValueParser, TypedValueParser};
use indicatif::{ProgressBar, ProgressStyle};

use super::house::{House, now};
use super::{Places, out};
use crate::intake::SalesKey;
use crate::ledger::{ImportError, ImportFormat, ImportOptions, ImportSummary};

/// What the record calls it.
const KEY: &str = "sales key";

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Load sales from CSV or JSON lines into the ledger: all rows, or none and the errors by line
    Import {
        /// The file (.csv, .jsonl, .ndjson, .json)
        #[arg(value_parser = sales_file_parser())]
        file: SalesFile,
    },
    /// Make the key that a till program shows when it posts sales, and print it once; a key before it is void
    Key {
        /// Make none: forget the one there is, so that nothing is taken any more
        #[arg(long)]
        remove: bool,
    },
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Import { file } => import(places, &file.path, file.format),
        Command::Key { remove } => key(places, *remove),
    }
}

fn key(places: &Places, remove: bool) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    let file = house.sales_key();
    if remove {
        let was = SalesKey::remove(&file).with_context(|| format!("{} can't be removed", file.display()))?;
        if was {
            house.note_secret("sales_key_removed", KEY, vec![]);
        }
        tell!("{}", if was { "The key is void: posted sales are refused." } else { "There was no key." });
        return Ok(ExitCode::SUCCESS);
    }
    let key = SalesKey::make(&file)?;
    house.note_secret("sales_key_made", KEY, vec![]);
    tell!("Give this key to the till program; it can't be shown again. A key made before is void now.");
    say!("{}", key.expose());
    if house.config.sales.port.is_none() {
        tell!("Nothing listens yet: set sales.port in {} and start the terminal again.", house.config.file.display());
    }
    Ok(ExitCode::SUCCESS)
}

/// A file of sales, by its name.
#[derive(Debug, Clone)]
pub(super) struct SalesFile {
    path: PathBuf,
    format: ImportFormat,
}

fn sales_file_parser() -> impl TypedValueParser<Value = SalesFile> {
    PathBufValueParser::new().try_map(|path| {
        let format =
            ImportFormat::of(&path).ok_or("neither .csv nor .jsonl, .ndjson or .json: name it by what it holds");
        format.map(|format| SalesFile { path, format })
    })
}

fn import(places: &Places, file: &Path, format: ImportFormat) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    let bytes = std::fs::metadata(file).with_context(|| format!("{} can't be opened", file.display()))?.len();
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let options = ImportOptions {
        currency: house.config.gateway.currency,
        settle_currency: house.config.gateway.settle_currency,
        zone: house.config.sales.zone.clone(),
        ..ImportOptions::new(format, &name)
    };
    let style = ProgressStyle::with_template("{bar:32} {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::new(bytes).with_style(style);
    let mut ledger = house.shared_ledger()?;
    let done = ledger.import_file(file, &options, now(), &mut |progress| bar.set_position(progress.bytes));
    bar.finish_and_clear();
    match done {
        Ok(summary) => {
            let ImportSummary { rows, added, completed, skipped } = summary;
            say!("{rows} rows: {added} added, {completed} completed, {skipped} known already");
            Ok(ExitCode::SUCCESS)
        }
        Err(ImportError::Lines { faults, more }) => {
            for fault in &faults {
                tell!("{}:{}: {}", file.display(), fault.line, fault.what);
            }
            let more = if more > 0 { format!(", and {more} more") } else { String::new() };
            let lines = out::count(faults.len(), "line", "lines");
            tell!("Nothing was imported: {lines} can't be taken in{more}.");
            Ok(ExitCode::FAILURE)
        }
        Err(error) => Err(error).with_context(|| format!("nothing was imported from {}", file.display())),
    }
}
