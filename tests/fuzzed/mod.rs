//! What the fuzzer and the ordinary tests feed with bytes from outside: one function for each place where they come in.
//!
//! **A target asserts what must hold of every input, not only that nothing panics.** `fuzz/` drives these for as long as
//! one likes; `tests/fuzz_corpus.rs` plays the inputs that were kept, in every `cargo test`. Nothing here knows which of
//! the two calls.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

pub mod answers;
pub mod camera;
pub mod money;
pub mod sales;
pub mod scan;
pub mod settings;
pub mod wedge;

/// A target: the name of the fuzzer's binary and of its corpus's folder, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 16] = [
    ("scan_text", scan::text),
    ("hid_reports", scan::hid_reports),
    ("wedge_people_and_scanners", wedge::people_and_scanners),
    ("wedge_any_keys", wedge::any_keys),
    ("refund_answer", answers::refund),
    ("refund_answer_built", answers::refund_built),
    ("query_answer", answers::query),
    ("signing", answers::signing),
    ("amounts", money::amount),
    ("settings", settings::parse),
    ("sales_csv", sales::csv),
    ("sales_json", sales::json_lines),
    ("picture_file", camera::picture_file),
    ("camera_frame", camera::camera_frame),
    ("symbols", camera::symbols),
    ("camera_pipe", camera::pipe),
];
