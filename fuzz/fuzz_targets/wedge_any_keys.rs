//! Feeds `fuzzed::wedge::any_keys`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::wedge::any_keys(data));
