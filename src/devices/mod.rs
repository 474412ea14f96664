//! What the till prints, opens and sounds: receipt printers, the cash drawer, files in place of paper, four sounds.
//!
//! **Nothing here waits without an end**, and nothing here knows a refund: it prints documents that others made, in words
//! that others chose. **A fault is told, never worked around**: whoever asked for a slip learns whether it came out.
//! No sale, ledger or gateway is in reach of this room.

pub mod code_page;
pub mod codes;
pub mod document;
pub mod escpos;
pub mod file;
pub mod font;
pub mod layout;
pub mod printer;
pub mod raster;
pub mod sound;
mod spooler;
pub mod wire;
