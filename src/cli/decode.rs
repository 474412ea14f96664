//! `tillback decode`: what the camera would read in these pictures, and what the terminal would make of it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::domain::{Doubt, SaleKey, ScanRefusal, ScanSource, Scanned};
use crate::scan::payload;
use crate::scan::symbol::{Decoder, LumaFrame, Reading, Settings};

/// The largest picture file that is opened.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Endings of the pictures looked for in a folder.
const ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// One JSON object a picture, on standard output
    #[arg(long)]
    json: bool,
    /// Time for one picture, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    deadline_ms: u64,
    /// Pictures (PNG, JPEG), or folders of them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Line {
    file: String,
    codes: Vec<Code>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// What the terminal would make of the picture: of its first code that names a sale, else of its first code.
    meaning: String,
    ms: f64,
}

#[derive(Serialize)]
struct Code {
    text: String,
    symbology: String,
    corners: [[f32; 2]; 4],
    confidence: f32,
    pass: String,
    meaning: String,
    #[serde(skip)]
    names_a_sale: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let files = pictures(&arguments.files)?;
    let settings = Settings { deadline: Duration::from_millis(arguments.deadline_ms), ..Settings::default() };
    let lines = decode_all(&files, &settings);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in &lines {
        if arguments.json {
            serde_json::to_writer(&mut out, line)?;
            writeln!(out)?;
        } else {
            write_plain(&mut out, line)?;
        }
    }
    out.flush()?;
    let unreadable = lines.iter().filter(|line| line.error.is_some()).count();
    if files.len() > 1 {
        let with_code = lines.iter().filter(|line| !line.codes.is_empty()).count();
        eprintln!("{} pictures, {with_code} with a code, {unreadable} that could not be opened", files.len());
    }
    Ok(if unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files named, and the pictures directly in the folders named, in order.
fn pictures(named: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in named {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| format!("{} can't be listed", path.display()))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        inside.retain(|file| {
            let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
            ENDINGS.contains(&ending.as_str())
        });
        inside.sort();
        files.append(&mut inside);
    }
    anyhow::ensure!(!files.is_empty(), "there is no PNG or JPEG in that folder");
    Ok(files)
}

/// Decodes on all cores; the answers stand in the order of the files.
fn decode_all(files: &[PathBuf], settings: &Settings) -> Vec<Line> {
    let style =
        ProgressStyle::with_template("{bar:32} {pos}/{len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar =
        if files.len() > 8 { ProgressBar::new(files.len() as u64).with_style(style) } else { ProgressBar::hidden() };
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let mut lines: Vec<(usize, Line)> = std::thread::scope(|scope| {
        let work = || {
            let mut decoder = Decoder::new(settings.clone());
            let mut done = Vec::new();
            while let Some((at, file)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                files.get(at).map(|file| (at, file))
            } {
                done.push((at, decode_one(&mut decoder, file)));
                bar.inc(1);
            }
            done
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    bar.finish_and_clear();
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn decode_one(decoder: &mut Decoder, file: &Path) -> Line {
    let name = file.display().to_string();
    let frame = match open(file) {
        Ok(frame) => frame,
        Err(error) => {
            let error = format!("{error:#}");
            return Line {
                file: name,
                codes: vec![],
                meaning: "unreadable picture".into(),
                error: Some(error),
                ms: 0.0,
            };
        }
    };
    let started = Instant::now();
    let codes: Vec<Code> = decoder.decode(&frame).into_iter().map(code).collect();
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    let best = codes.iter().find(|code| code.names_a_sale).or(codes.first());
    let meaning = best.map_or_else(|| "no code".to_owned(), |code| code.meaning.clone());
    Line { file: name, codes, error: None, meaning, ms: (ms * 1000.0).round() / 1000.0 }
}

fn open(file: &Path) -> anyhow::Result<LumaFrame> {
    let bytes = std::fs::metadata(file).context("it can't be opened")?.len();
    anyhow::ensure!(bytes <= MAX_FILE_BYTES, "it is larger than {} MiB", MAX_FILE_BYTES / (1024 * 1024));
    Ok(LumaFrame::from_image_bytes(&std::fs::read(file).context("it can't be read")?)?)
}

fn code(reading: Reading) -> Code {
    let scanned = payload::read(&reading.text, ScanSource::Camera, Some(reading.symbology));
    Code {
        corners: reading.corners.map(|corner| [corner.x, corner.y]),
        confidence: reading.confidence,
        pass: format!("{:?}", reading.pass).to_lowercase(),
        symbology: reading.symbology.to_string(),
        names_a_sale: matches!(&scanned, Scanned::Candidate(candidate) if candidate.doubt.is_none()),
        meaning: meaning(&scanned),
        text: reading.text,
    }
}

/// What the terminal would make of a code, in words for a person at a shell.
fn meaning(scanned: &Scanned) -> String {
    match scanned {
        Scanned::Candidate(candidate) => {
            let what = match &candidate.key {
                SaleKey::Transaction(number) => format!("transaction number {number}"),
                SaleKey::Reference(reference) => format!("invoice reference {reference}"),
            };
            match candidate.doubt {
                None => what,
                Some(Doubt::PaymentCode) => format!("payment code, unless our ledger has it as {what}"),
                Some(Doubt::ProductBarcode) => format!("product barcode, unless our ledger has it as {what}"),
            }
        }
        Scanned::Refused(refusal) => match refusal {
            ScanRefusal::ProductBarcode => "product barcode".to_owned(),
            ScanRefusal::PaymentCode => "payment code".to_owned(),
            ScanRefusal::ForeignUrl { host } => format!("web address of {host}, without a number of ours"),
            ScanRefusal::Empty => "nothing but white space".to_owned(),
            ScanRefusal::TooLong { length } => format!("too long ({length} characters)"),
            ScanRefusal::NotANumber => "not a number of ours".to_owned(),
            ScanRefusal::WrongLength { digits } => format!("{digits} digits, a transaction number has 18"),
        },
    }
}

fn write_plain(out: &mut impl Write, line: &Line) -> io::Result<()> {
    if let Some(error) = &line.error {
        return writeln!(out, "{}: {error}", line.file);
    }
    if line.codes.is_empty() {
        return writeln!(out, "{}: no code ({:.1} ms)", line.file, line.ms);
    }
    for code in &line.codes {
        writeln!(out, "{}: {} {:?}: {} ({:.1} ms)", line.file, code.symbology, code.text, code.meaning, line.ms)?;
    }
    Ok(())
}
