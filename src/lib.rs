//! Tillback: a refund terminal for the till.
//!
//! The rooms of the house, ground floor first; `ARCHITECTURE.md` says what each holds and may use, and
//! `tests/tidy.rs` fails the build on an arrow that is not allowed there.

#[macro_use]
mod planted;

pub mod domain;
pub mod failpoint;

pub mod config;
pub mod devices;
pub mod flow;
pub mod gateway;
pub mod ledger;
pub mod scan;
pub mod vault;

pub mod intake;
pub mod terminal;

pub mod sandbox;
pub mod ui;

pub mod cli;
