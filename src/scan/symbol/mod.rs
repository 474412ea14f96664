//! The scan/symbol room.
