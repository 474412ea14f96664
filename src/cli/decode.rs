//! `tillback decode`: what the camera would read in these pictures, and what the terminal would make of it.
//!
//! **A line of JSON has `file`, `codes`, `meaning` and `ms`, and nothing else** but `unread` when it is asked for: scripts
//! rely on it. **Of a badge no digit is printed**: whoever has them has the badge.

mod explain;

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::domain::{Badge, Doubt, SaleKey, ScanRefusal, ScanSource, Scanned};
use crate::scan::payload;
use crate::scan::symbol::{Decoder, Evidence, LumaFrame, Reading, Settings, near_misses};

/// The largest picture file that is opened.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// Endings of the pictures looked for in a folder.
const ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

/// How deep folders are looked into; a link that leads back up ends here.
const DEEPEST: usize = 12;
/// Pictures from which a bar shows how far it is; it is drawn on a terminal only.
const MANY: usize = 4;
/// Between the frames of a burst, as a till's camera looks at them.
const FRAME_EVERY: Duration = Duration::from_millis(125);

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Each picture is read as one frame of the till's camera would be, on all cores, in the order given. With --burst the
pictures given together, or those of each folder, are the frames of one receipt in the order of their names: what no
single frame shows is added up, and one reading comes out.

Examples:
  tillback decode receipt.jpg              what is in this picture
  tillback decode --explain photographs/   and, where nothing was read, why not and what would help
  tillback decode --json photographs/      one line of JSON a picture, for a script
  tillback decode --burst frames/          frame after frame of one receipt")]
pub(super) struct Arguments {
    /// One JSON object a picture, on standard output
    #[arg(long)]
    json: bool,
    /// Say why what looks like a code was not read, and what would help
    #[arg(long)]
    explain: bool,
    /// The pictures, or those of each folder, are frames of one receipt
    #[arg(long)]
    burst: bool,
    /// Time for one picture, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 1000)]
    deadline_ms: u64,
    /// Pictures (PNG, JPEG), or folders of them; folders inside folders too
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Line {
    file: String,
    codes: Vec<Code>,
    /// What the terminal would make of the picture: of its first code that names a sale, else of its first code.
    meaning: String,
    ms: f64,
    /// Why what looks like a code was not read, when that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<Vec<String>>,
    #[serde(skip)]
    is_unreadable: bool,
}

#[derive(Serialize)]
struct Code {
    text: String,
    symbology: String,
    corners: [[f32; 2]; 4],
    confidence: f32,
    pass: String,
    #[serde(skip)]
    meaning: String,
    #[serde(skip)]
    names_a_sale: bool,
}

/// What is decoded together: one picture, or the frames of a burst.
struct Work {
    name: String,
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let work = if arguments.burst { bursts(&arguments.files)? } else { singles(&arguments.files)? };
    anyhow::ensure!(!work.is_empty(), "there is no PNG or JPEG in that folder");
    let lines = decode_all(&work, arguments);
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
    let unreadable = lines.iter().filter(|line| line.is_unreadable).count();
    if lines.len() > 1 {
        let with_code = lines.iter().filter(|line| !line.codes.is_empty()).count();
        let what = if arguments.burst { "bursts" } else { "pictures" };
        tell!("{} {what}, {with_code} with a code, {unreadable} that could not be opened", lines.len());
    }
    Ok(if unreadable == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The files named, and the pictures in the folders named and in folders inside them, in order.
fn singles(named: &[PathBuf]) -> anyhow::Result<Vec<Work>> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            gather(path, 0, &mut files)?;
        } else {
            files.push(path.clone());
        }
    }
    Ok(files.into_iter().map(|file| Work { name: file.display().to_string(), files: vec![file] }).collect())
}

/// The files named as one burst in the order of their names; the pictures of each folder as one of their own.
fn bursts(named: &[PathBuf]) -> anyhow::Result<Vec<Work>> {
    let mut loose: Vec<PathBuf> = Vec::new();
    let mut inside: Vec<PathBuf> = Vec::new();
    for path in named {
        if path.is_dir() {
            gather(path, 0, &mut inside)?;
        } else {
            loose.push(path.clone());
        }
    }
    loose.sort();
    let mut all: Vec<Work> = Vec::new();
    if let Some(first) = loose.first() {
        all.push(Work { name: first.display().to_string(), files: loose });
    }
    for file in inside {
        let folder = file.parent().unwrap_or(Path::new("")).display().to_string();
        match all.iter_mut().find(|work| work.name == folder) {
            Some(work) => work.files.push(file),
            None => all.push(Work { name: folder, files: vec![file] }),
        }
    }
    Ok(all)
}

/// Adds the pictures of a folder, then those of the folders in it, each in the order of their names.
fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} can't be listed", folder.display()))?;
    let mut inside: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    inside.sort();
    let (folders, pictures): (Vec<PathBuf>, Vec<PathBuf>) = inside.into_iter().partition(|path| path.is_dir());
    files.extend(pictures.into_iter().filter(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        ENDINGS.contains(&ending.as_str())
    }));
    for folder in folders.iter().filter(|_| depth < DEEPEST) {
        gather(folder, depth + 1, files)?;
    }
    Ok(())
}

/// Decodes on all cores; the answers stand in the order of the work.
fn decode_all(work: &[Work], arguments: &Arguments) -> Vec<Line> {
    let settings = Settings { deadline: Duration::from_millis(arguments.deadline_ms), ..Settings::default() };
    let style =
        ProgressStyle::with_template("{bar:32} {pos}/{len} {eta}").unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar =
        if work.len() >= MANY { ProgressBar::new(work.len() as u64).with_style(style) } else { ProgressBar::hidden() };
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(work.len());
    let mut lines: Vec<(usize, Line)> = std::thread::scope(|scope| {
        let run = || {
            let mut decoder = Decoder::new(settings.clone());
            let mut done = Vec::new();
            while let Some((at, work)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                work.get(at).map(|work| (at, work))
            } {
                // The camera's process is started again after a picture that makes a library panic; here the picture is
                // told, and the others are read all the same.
                let line = catch_unwind(AssertUnwindSafe(|| decode_work(&mut decoder, work, arguments)));
                let line = line.unwrap_or_else(|_| {
                    decoder = Decoder::new(settings.clone());
                    Err(anyhow::anyhow!("the decoder panicked over it"))
                });
                done.push((at, line.unwrap_or_else(|error| unreadable(work, &error))));
                bar.inc(1);
            }
            done
        };
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(run)).collect();
        // No worker ends but by its last picture.
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_default()).collect()
    });
    bar.finish_and_clear();
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn unreadable(work: &Work, error: &anyhow::Error) -> Line {
    let meaning = format!("unreadable picture: {error:#}");
    Line { file: work.name.clone(), codes: vec![], meaning, ms: 0.0, unread: None, is_unreadable: true }
}

fn decode_work(decoder: &mut Decoder, work: &Work, arguments: &Arguments) -> anyhow::Result<Line> {
    decoder.forget();
    let (mut evidence, mut readings, mut took) = (Evidence::new(), Vec::new(), Duration::ZERO);
    let mut last = None;
    for (file, number) in work.files.iter().zip(0u32..) {
        let frame = open(file)?;
        let started = Instant::now();
        if arguments.burst {
            let seen = decoder.decode_next(&frame);
            let accepted = evidence.observe(&seen, FRAME_EVERY * number, !decoder.suspects().is_empty());
            readings.extend(accepted.map(|accepted| accepted.reading));
        } else {
            readings = decoder.decode(&frame);
        }
        took += started.elapsed();
        last = Some(frame);
    }
    let codes: Vec<Code> = readings.into_iter().map(code).collect();
    let best = codes.iter().find(|code| code.names_a_sale).or(codes.first());
    let meaning = best.map_or_else(|| "no code".to_owned(), |code| code.meaning.clone());
    let is_asked = arguments.explain && !codes.iter().any(|code| code.names_a_sale);
    let unread = last.filter(|_| is_asked).map(|frame| explain::all(&near_misses(&frame), &frame));
    let ms = (took.as_secs_f64() * 1_000_000.0).round() / 1000.0;
    Ok(Line { file: work.name.clone(), codes, meaning, ms, unread, is_unreadable: false })
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
        pass: reading.pass.to_string(),
        symbology: reading.symbology.to_string(),
        names_a_sale: matches!(&scanned, Scanned::Candidate(candidate) if candidate.doubt.is_none()),
        meaning: meaning(&scanned),
        text: if Badge::is_in(&reading.text) { "(a badge)".to_owned() } else { reading.text },
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
                Some(Doubt::ShortNumber) => format!("so short that it is looked up here alone, as {what}"),
                Some(Doubt::BadgePart) => "perhaps a part of a badge, looked up here alone".to_owned(),
                Some(Doubt::ProductBarcode) => format!("product barcode, unless our ledger has it as {what}"),
            }
        }
        Scanned::Refused(refusal) => match refusal {
            ScanRefusal::ProductBarcode => "product barcode".to_owned(),
            ScanRefusal::PaymentCode => "payment code".to_owned(),
            ScanRefusal::ForeignUrl { host } => format!("web address of {host}, without a number of ours"),
            ScanRefusal::Empty => "nothing but white space".to_owned(),
            ScanRefusal::TooLong { length } => format!("too long ({length} characters)"),
            ScanRefusal::Badge => "a manager's badge".to_owned(),
            ScanRefusal::NotANumber => "not a number of ours".to_owned(),
            ScanRefusal::WrongLength { digits } => format!("{digits} digits, a transaction number has 18"),
        },
    }
}

fn write_plain(out: &mut impl Write, line: &Line) -> io::Result<()> {
    if line.is_unreadable {
        return writeln!(out, "{}: {}", line.file, line.meaning);
    }
    if line.codes.is_empty() {
        writeln!(out, "{}: no code ({:.1} ms)", line.file, line.ms)?;
    }
    for code in &line.codes {
        writeln!(out, "{}: {} {:?}: {} ({:.1} ms)", line.file, code.symbology, code.text, code.meaning, line.ms)?;
    }
    for words in line.unread.iter().flatten() {
        writeln!(out, "    {words}")?;
    }
    Ok(())
}
