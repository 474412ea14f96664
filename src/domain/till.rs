//! The name of one till.
//!
//! **It stands at the head of every refund reference the till makes**, so it holds nothing but letters, digits and dashes.

use super::text::{only, text_id};

text_id!(
    /// One till's name within its store: it leaves room for a dash and a ULID within a reference's 64 characters.
    TillName, max 24, |text| only(text, |c| c.is_ascii_alphanumeric() || c == '-')
);
