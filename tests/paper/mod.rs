//! An ESC/POS printer in pieces: bytes to dots as a printer would, and printers on loopback and on a pseudo-terminal.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod interpreter;
pub mod machine;
