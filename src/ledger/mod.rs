//! The ledger room.

mod recorded;

pub use recorded::Recorded;
