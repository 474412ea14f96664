//! T3: many seeds of the simulated shop. `TILLBACK_SEEDS` sets how many, `TILLBACK_SEED` replays one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod simulated;

use std::panic;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use simulated::gateway::Accident;
use simulated::shop::{Shop, Stats};

/// Seeds in CI.
const SEEDS: u64 = 400;
const STEPS: u64 = 300;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Memory rather than a disk, where there is one: these are not tests of the disk.
fn folder() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("a folder")
}

fn one(seed: u64) -> Result<Stats, String> {
    let folder = folder();
    let mut shop = Shop::open(seed, folder.path());
    for step in 0..STEPS {
        if step % 100 == 99 {
            shop.refund_elsewhere();
        }
        shop.step().map_err(|broken| format!("seed {seed}, step {step}: {broken}"))?;
    }
    shop.close().map_err(|broken| format!("seed {seed}, closing: {broken}"))
}

#[test]
fn every_promise_holds_for_every_seed() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !info.payload().is::<Accident>() {
            before(info);
        }
    }));
    if let Some(seed) = number("TILLBACK_SEED") {
        println!("{:?}", one(seed).unwrap_or_else(|broken| panic!("{broken}")));
        return;
    }
    let seeds = number("TILLBACK_SEEDS").unwrap_or(SEEDS);
    let next = AtomicU64::new(0);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut sum = Stats::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds {
                return sum;
            }
            let stats = one(seed).unwrap_or_else(|broken| panic!("{broken}; replay with TILLBACK_SEED={seed}"));
            sum.steps += stats.steps;
            sum.accidents += stats.accidents;
            sum.sent += stats.sent;
            sum.refunded += stats.refunded;
            sum.unknown += stats.unknown;
        }
    };
    let mut sum = Stats::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            let part = worker.join().unwrap_or_else(|panic| panic::resume_unwind(panic));
            sum.steps += part.steps;
            sum.accidents += part.accidents;
            sum.sent += part.sent;
            sum.refunded += part.refunded;
            sum.unknown += part.unknown;
        }
    });
    println!("T3: {seeds} seeds, {seeds} passed: {sum:?}");
    assert!(sum.accidents > seeds && sum.sent > seeds / 2 && sum.refunded > seeds / 4 && sum.unknown > seeds / 10);
}
