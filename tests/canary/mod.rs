//! The secret canary's parts: what is looked for, and the day it goes through.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

pub mod badge;
pub mod day;
pub mod kept;
pub mod needles;
mod post;
