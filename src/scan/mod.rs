//! The scan room.
pub mod symbol;
