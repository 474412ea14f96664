//! Feeds `fuzzed::scan::hid_reports`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::scan::hid_reports(data));
