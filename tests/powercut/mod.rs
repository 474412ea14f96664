//! Power cuts of a recorded run: the record of what was written and fsynced, and the disk a cut can leave behind.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod disk;
pub mod trace;
