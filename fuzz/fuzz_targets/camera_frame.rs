//! Feeds `fuzzed::camera::camera_frame`.
#![no_main]

#[path = "../../tests/fuzzed/mod.rs"]
mod fuzzed;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzzed::camera::camera_frame(data));
