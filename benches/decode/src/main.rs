//! Tillback's decoder beside other readers: the same frames, one run, one core each.
//!
//! `cargo run --release --manifest-path benches/decode/Cargo.toml [-- FOLDER...]`, with the corpus beside the repository
//! or where `TILLBACK_CORPUS` says; `--threads N` runs N frames at a time (times are the thread's own processor time, so
//! a busy machine changes them little). `--features zbar` adds ZBar's C library where the system has it. Prints Markdown: reads, misreads and times per reader, then reads per class of
//! damage. A misread is a text of 15 to 24 digits that no code of the frame carries.

#[path = "../../../src/scan/symbol/mod.rs"]
#[allow(dead_code, unused_imports)]
mod symbol;

mod readers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cpu_time::ThreadTime;
use readers::{Reader, all};
use symbol::LumaFrame;

/// A frame and what is in it.
#[derive(Default, Clone)]
struct Picture {
    targets: Vec<(String, String)>,
    others: Vec<String>,
    class: String,
}

impl Picture {
    fn kind(&self) -> String {
        match self.targets.as_slice() {
            [] => "none".to_owned(),
            [(kind, _)] => kind.clone(),
            _ => "both".to_owned(),
        }
    }
}

/// What one reader made of one frame.
struct Outcome {
    read: bool,
    misread: bool,
    ms: f64,
}

fn main() {
    let mut folders = Vec::new();
    let mut threads = 1usize;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--threads" => threads = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(1),
            "--bench" => {}
            folder => folders.push(folder.to_owned()),
        }
    }
    if folders.is_empty() {
        folders = ["receipts", "photographs", "negative"].map(str::to_owned).to_vec();
    }
    let root = std::env::var_os("TILLBACK_CORPUS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"), PathBuf::from);
    std::panic::set_hook(Box::new(|_| {})); // readers that panic are counted, not shown
    for folder in folders {
        let path = root.join(&folder);
        if !path.join("truth.csv").is_file() {
            println!("no corpus at {}: skipped", path.display());
            continue;
        }
        run(&folder, &path, threads);
    }
}

fn truth(folder: &Path) -> Vec<(String, Picture)> {
    let mut reader = csv::Reader::from_path(folder.join("truth.csv")).expect("truth.csv opens");
    let mut pictures: BTreeMap<String, Picture> = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row of truth.csv");
        let picture = pictures.entry(row[0].to_owned()).or_default();
        picture.class = row[5].to_owned();
        if &row[1] == "target" {
            picture.targets.push((row[2].to_owned(), row[3].to_owned()));
        } else {
            picture.others.push(row[3].to_owned());
        }
    }
    let ours = |picture: &Picture| {
        picture.targets.is_empty() || picture.targets.iter().any(|(kind, _)| kind == "QRCode" || kind == "Code128")
    };
    pictures.into_iter().filter(|(_, picture)| ours(picture)).collect()
}

fn run(name: &str, folder: &Path, threads: usize) {
    let pictures = truth(folder);
    let readers = all();
    let next = AtomicUsize::new(0);
    let mut outcomes: Vec<(usize, Vec<Outcome>)> = std::thread::scope(|scope| {
        let work = || {
            let mut done = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some((file, picture)) = pictures.get(index) else { return done };
                let bytes = std::fs::read(folder.join(file)).expect("the picture opens");
                let frame = LumaFrame::from_image_bytes(&bytes).expect("the picture decodes");
                done.push((index, readers.iter().map(|reader| look(reader, &frame, picture)).collect()));
            }
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no panic")).collect()
    });
    outcomes.sort_by_key(|(index, _)| *index);
    let rows: Vec<(&Picture, Vec<Outcome>)> =
        pictures.iter().map(|(_, picture)| picture).zip(outcomes.into_iter().map(|(_, row)| row)).collect();
    report(name, &readers, &rows);
}

fn look(reader: &Reader, frame: &LumaFrame, picture: &Picture) -> Outcome {
    let started = ThreadTime::now();
    let texts = (reader.read)(frame);
    let ms = started.elapsed().as_secs_f64() * 1000.0;
    let is_target = |text: &String| picture.targets.iter().any(|(_, target)| target == text);
    let is_number = |text: &str| (15..=24).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    Outcome {
        read: texts.iter().any(is_target),
        misread: texts.iter().any(|text| is_number(text) && !is_target(text) && !picture.others.contains(text)),
        ms,
    }
}

fn report(name: &str, readers: &[Reader], rows: &[(&Picture, Vec<Outcome>)]) {
    let mut kinds: Vec<String> = rows.iter().map(|(picture, _)| picture.kind()).collect();
    kinds.sort();
    kinds.dedup();
    println!("\n## {name}: {} frames\n", rows.len());
    print!("| reader | read |");
    for kind in &kinds {
        print!(" {kind} ({}) |", rows.iter().filter(|(picture, _)| picture.kind() == *kind).count());
    }
    println!(" misread | p50 ms | p95 ms | p99 ms |");
    println!("|{}", " --- |".repeat(kinds.len() + 6));
    for (place, reader) in readers.iter().enumerate() {
        let of =
            |wanted: &dyn Fn(&Picture) -> bool| rows.iter().filter(|(p, row)| wanted(p) && row[place].read).count();
        print!("| {} | {} |", reader.name, of(&|_| true));
        for kind in &kinds {
            print!(" {} |", of(&|picture| picture.kind() == *kind));
        }
        let mut times: Vec<f64> = rows.iter().map(|(_, row)| row[place].ms).collect();
        let misread = rows.iter().filter(|(_, row)| row[place].misread).count();
        let [p50, p95, p99] = percentiles(&mut times);
        println!(" {misread} | {p50:.1} | {p95:.1} | {p99:.1} |");
    }
    let mut classes: Vec<String> = rows.iter().map(|(picture, _)| picture.class.clone()).collect();
    classes.sort();
    classes.dedup();
    if classes.len() < 2 || rows.iter().all(|(picture, _)| picture.targets.is_empty()) {
        return;
    }
    println!("\nRead per class of damage, with p50 / p95 ms:\n");
    println!("| class | frames | {} |", readers.iter().map(|reader| reader.name).collect::<Vec<_>>().join(" | "));
    println!("|{}", " --- |".repeat(readers.len() + 2));
    for class in classes {
        let of: Vec<_> = rows.iter().filter(|(picture, _)| picture.class == class).collect();
        print!("| {class} | {} |", of.len());
        for place in 0..readers.len() {
            let mut times: Vec<f64> = of.iter().map(|(_, row)| row[place].ms).collect();
            let [p50, p95, _] = percentiles(&mut times);
            print!(" {} ({p50:.0} / {p95:.0}) |", of.iter().filter(|(_, row)| row[place].read).count());
        }
        println!();
    }
}

fn percentiles(times: &mut [f64]) -> [f64; 3] {
    times.sort_by(f64::total_cmp);
    [0.5, 0.95, 0.99].map(|share| times[((times.len() - 1) as f64 * share).round() as usize])
}
