//! What stands around a code's text and is not part of it: white space, control characters, AIM identifiers, and the
//! characters a store has set its scanner to add.
//!
//! **Only ends are trimmed**: a separator between two fields (FNC1 arrives as GS, 0x1D) keeps them apart, because
//! joining them would make a number nobody printed.

use super::Kind;
use crate::domain::ScanSource;

/// What a scanner is set to put around each code, empty when nothing; and what the store's own numbers look like.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Affixes {
    /// Before the code.
    pub prefix: String,
    /// After the code, before the Enter.
    pub suffix: String,
    /// The store's references may be 4 to 12 digits: those that people type are asked of the gateway too.
    pub short_references: bool,
}

/// A text without what stands around it.
pub(super) struct Bare<'a> {
    pub(super) text: &'a str,
    /// What the AIM identifier said.
    pub(super) kind: Kind,
}

pub(super) fn strip<'a>(text: &'a str, source: ScanSource, affixes: &Affixes) -> Bare<'a> {
    let mut text = trim(text);
    if source == ScanSource::Scanner {
        text = trim(text.strip_suffix(affixes.suffix.as_str()).unwrap_or(text));
    }
    let mut kind = Kind::Unknown;
    // Scanners differ in which comes first, the prefix or the identifier.
    for _ in 0..2 {
        if source == ScanSource::Scanner {
            text = trim(text.strip_prefix(affixes.prefix.as_str()).unwrap_or(text));
        }
        if let (Kind::Unknown, Some((named, rest))) = (kind, aim(text)) {
            kind = named;
            text = trim(rest);
        }
    }
    Bare { text, kind }
}

/// An AIM symbology identifier (ISO/IEC 15424): `]`, a letter for the kind of code, a digit or letter for its options.
fn aim(text: &str) -> Option<(Kind, &str)> {
    let mut characters = text.strip_prefix(']')?.chars();
    let letter = characters.next().filter(char::is_ascii_alphabetic)?;
    characters.next().filter(char::is_ascii_alphanumeric)?;
    // Upper case E is EAN and UPC; lower case e is GS1 DataBar, which is printed on goods as well but carries more.
    let kind = if letter == 'E' { Kind::Product } else { Kind::Other };
    Some((kind, characters.as_str()))
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// Characters that show nothing and are pasted along unseen: soft hyphen, zero-width ones, direction marks, byte order
/// mark.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
