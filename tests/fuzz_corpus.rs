//! Plays every input that fuzzing has kept through its target (T13), so that what was found once stays found.
#![cfg(test)]

mod fuzzed;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tillback::ledger::{Randomness, SeededRandomness};

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

/// One small change to an input: a bit, a byte, a piece taken out, doubled, or moved.
fn change(random: &mut SeededRandomness, data: &mut Vec<u8>) {
    let mut below = |n: usize| {
        let mut bytes = [0; 8];
        random.fill(&mut bytes).unwrap();
        usize::try_from(u64::from_le_bytes(bytes) % u64::try_from(n.max(1)).unwrap()).unwrap()
    };
    let (kind, at, other) = (below(6), below(data.len()), below(data.len()));
    let (from, to) = (at.min(other), at.max(other));
    match kind {
        _ if data.is_empty() => data.push(7),
        0 => data[at] ^= 1 << below(8),
        1 => data[at] = [0, 1, 0x7f, 0x80, 0xff, b'0', b'9', b'"'][below(8)],
        2 => drop(data.drain(from..to.min(from + 16))),
        3 => {
            let piece = data[from..to.min(from + 16)].to_vec();
            data.splice(at..at, piece);
        }
        4 => data.truncate(to),
        _ => data.swap(at, other),
    }
}

/// Without a fuzzer and without coverage: each kept input changed in a few places, `TILLBACK_MUTATIONS` times (2 where
/// nothing is said), the same changes in every run. Targets that look for codes in pictures are too slow for it.
#[test]
fn kept_inputs_a_little_changed_hold_as_well() {
    let times = std::env::var("TILLBACK_MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(2_u64);
    let only = std::env::var("TILLBACK_TARGET").ok();
    let mut played = 0_u64;
    for (target, run) in fuzzed::TARGETS {
        let slow = matches!(target, "symbols" | "picture_file");
        if slow || only.as_ref().is_some_and(|only| only != target) {
            continue;
        }
        for (place, input) in (0..).zip(inputs(target)) {
            let kept = std::fs::read(&input).unwrap();
            for time in 0..times {
                let mut random = SeededRandomness::new(time * 100_000 + place);
                let mut data = kept.clone();
                for _ in 0..=time % 4 {
                    change(&mut random, &mut data);
                }
                let fine = std::panic::catch_unwind(|| run(&data)).is_ok();
                assert!(fine, "{target} fails on {} changed, time {time}: {data:?}", input.display());
                played += 1;
            }
        }
    }
    println!("T13: {played} changed inputs played");
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
