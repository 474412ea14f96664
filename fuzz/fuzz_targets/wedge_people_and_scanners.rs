//! Feeds `fuzzed::wedge::people_and_scanners`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::wedge::people_and_scanners(data));
