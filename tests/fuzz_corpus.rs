//! Plays every input that fuzzing has kept through its target (T13), so that what was found once stays found.
#![cfg(test)]

mod fuzzed;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// All inputs together stay below this, so that a checkout stays small.
const MAX_CORPUS_BYTES: u64 = 1024 * 1024;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus")
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = corpus().join(target);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut inputs: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    inputs
}

#[test]
fn every_kept_input_holds() {
    let (mut played, mut bytes) = (0_u32, 0);
    for (target, run) in fuzzed::TARGETS {
        let inputs = inputs(target);
        assert!(!inputs.is_empty(), "{target} has no inputs: nothing is shown");
        for input in &inputs {
            let data = std::fs::read(input).unwrap();
            bytes += u64::try_from(data.len()).unwrap();
            let fine = std::panic::catch_unwind(|| run(&data)).is_ok();
            assert!(fine, "{target} fails on {}", input.display());
            played += 1;
        }
        // Nothing, and one byte, are inputs too.
        run(&[]);
        run(&[0]);
    }
    println!("T13: {} targets, {played} inputs played, {bytes} bytes", fuzzed::TARGETS.len());
    assert!(bytes <= MAX_CORPUS_BYTES, "{bytes} bytes of corpus: make it smaller with cargo fuzz cmin");
}

#[test]
fn every_target_has_its_binary_and_its_corpus() {
    let manifest = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    let binaries: BTreeSet<&str> =
        manifest.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).skip(1).collect();
    let targets: BTreeSet<&str> = fuzzed::TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(binaries, targets);
    let folders: BTreeSet<String> = std::fs::read_dir(corpus())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, targets.iter().map(|name| (*name).to_owned()).collect());
}
