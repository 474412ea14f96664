//! Validated text: the macro behind every id that is "a newtype over text".
//!
//! **Ids are never numbers** and never hold a character that could break a log line, a URL or a barcode.

/// Why a text is not the id it was offered as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing is left after trimming.
    #[error("it is empty")]
    Empty,
    /// Longer than the field allows.
    #[error("it has {length} characters, at most {max} are allowed")]
    TooLong {
        /// Characters offered.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A character outside the field's alphabet.
    #[error("it holds {0:?}, which is not allowed there")]
    Character(char),
    /// The right alphabet but not the right shape.
    #[error("it is not of the form {0}")]
    Form(&'static str),
}

/// Makes a private-field newtype over `String` with `parse`, `as_str`, `Display` and a `Debug` that shows the text.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, max $max:expr, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text if it is one, trimmed of white space at its ends.
            pub fn parse(text: &str) -> Result<Self, $crate::domain::text::TextError> {
                use $crate::domain::text::TextError;
                let text = text.trim();
                if text.is_empty() {
                    return Err(TextError::Empty);
                }
                let length = text.chars().count();
                if length > $max {
                    return Err(TextError::TooLong { length, max: $max });
                }
                let check: fn(&str) -> Result<(), TextError> = $check;
                check(text)?;
                Ok(Self(text.to_owned()))
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}
pub(crate) use text_id;

/// Refuses the first character that `allowed` does not name.
pub(crate) fn only(text: &str, allowed: fn(char) -> bool) -> Result<(), TextError> {
    match text.chars().find(|character| !allowed(*character)) {
        Some(character) => Err(TextError::Character(character)),
        None => Ok(()),
    }
}

/// A ULID's text: 26 characters of Crockford's base 32, upper case (github.com/ulid/spec).
pub(crate) fn is_ulid(text: &str) -> Result<(), TextError> {
    let crockford = |c: char| c.is_ascii_digit() || (c.is_ascii_uppercase() && !matches!(c, 'I' | 'L' | 'O' | 'U'));
    only(text, crockford)?;
    if text.len() == 26 { Ok(()) } else { Err(TextError::Form("a ULID of 26 characters")) }
}

/// First four and last two characters, the rest as dots: how anything that is not one of our sales is written down.
/// Of a badge nothing is shown, nor of what may be a part of one.
pub fn masked(text: &str) -> String {
    use super::badge::Badge;
    if Badge::is_in(text) || Badge::may_be_part(text) {
        return "\u{2022}".repeat(6);
    }
    let characters: Vec<char> = text.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    let count = characters.len();
    if count <= 6 {
        return "\u{2022}".repeat(count);
    }
    let head: String = characters.iter().take(4).collect();
    let tail: String = characters.iter().skip(count - 2).collect();
    format!("{head}{}{tail}", "\u{2022}".repeat((count - 6).min(20)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masking_keeps_four_and_two() {
        assert_eq!(masked("130123456789012345"), format!("1301{}45", "\u{2022}".repeat(12)));
        assert_eq!(masked("123456"), "\u{2022}".repeat(6));
        assert_eq!(masked("a\nbcdefgh"), format!("a?bc{}gh", "\u{2022}".repeat(3)));
    }
}
