//! From the text of a code, or of what was typed, to what it names: a sale, or a refusal with a name of its own.
//!
//! **Pure and total: no text makes it fail, panic or take long.** **The eighteen digits of a `TransactionNo` always
//! stood side by side in the text** (for typed text: once the spaces and dashes of its groups are out), and were never
//! a number on the way. **A text that holds two different numbers names neither.** Shape alone never refuses what our
//! ledger might know: a doubtful shape goes on as a candidate with its doubt. Whether a sale exists is not asked here.

mod affix;
mod keyed;
#[cfg(test)]
mod tests;

use super::symbol::Symbology;
use crate::domain::{
    Badge, Candidate, Doubt, InvoiceReference, Pin, SaleKey, ScanRefusal, ScanSource, Scanned, TransactionNo,
};

pub use affix::Affixes;

/// Characters beyond which a text is not looked into: a receipt's address or JSON has at most a few hundred.
pub const MAX_CHARACTERS: usize = 2048;

/// Digits of a transaction number (docs.pockyt.io: every published example).
const NUMBER_DIGITS: usize = 18;

/// What is known about the kind of code a text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// EAN or UPC.
    Product,
    /// Some other kind, known by name.
    Other,
    /// A scanner that does not say, or a hand.
    Unknown,
}

/// What `text` names. `symbology` is the kind of code when the reader knows it; an AIM identifier in the text says it
/// as well.
#[must_use]
pub fn read(text: &str, source: ScanSource, symbology: Option<Symbology>) -> Scanned {
    read_with(text, source, symbology, &Affixes::default())
}

/// [`read`] for a scanner that puts characters of its own around each code.
#[must_use]
pub fn read_with(text: &str, source: ScanSource, symbology: Option<Symbology>, affixes: &Affixes) -> Scanned {
    // Bytes first: counting the characters of a megabyte is itself too long.
    if text.len() > MAX_CHARACTERS * 4 {
        return Scanned::Refused(ScanRefusal::TooLong { length: text.len() });
    }
    let bare = affix::strip(text, source, affixes);
    let length = bare.text.chars().count();
    if length > MAX_CHARACTERS {
        return Scanned::Refused(ScanRefusal::TooLong { length });
    }
    if length == 0 {
        return Scanned::Refused(ScanRefusal::Empty);
    }
    if Badge::is_in(bare.text) {
        return Scanned::Refused(ScanRefusal::Badge);
    }
    let kind = match (symbology, bare.kind) {
        (Some(symbology), _) if symbology.is_product() => Kind::Product,
        (Some(_), _) => Kind::Other,
        (None, kind) => kind,
    };
    doubt_part(match keyed::read(bare.text) {
        Some(scanned) => scanned,
        None if source == ScanSource::Typed => doubt_short(typed(bare.text), affixes),
        None => coded(bare.text, kind),
    })
}

/// A scan that was torn in two leaves digits that name nothing: of a badge they are asked of nobody but our own ledger.
fn doubt_part(scanned: Scanned) -> Scanned {
    match &scanned {
        Scanned::Candidate(candidate) if Badge::may_be_part(candidate.key.as_str()) => {
            with_doubt(scanned, Some(Doubt::BadgePart))
        }
        Scanned::Candidate(_) | Scanned::Refused(_) => scanned,
    }
}

/// A code's text, which is exact: nothing in it is taken out.
fn coded(text: &str, kind: Kind) -> Scanned {
    if !is_digits(text) {
        return reference(text);
    }
    if kind == Kind::Product {
        return Scanned::Refused(ScanRefusal::ProductBarcode);
    }
    if text.len() == NUMBER_DIGITS {
        return number(text);
    }
    let doubt = if is_payment_code_shape(text) {
        Some(Doubt::PaymentCode)
    } else if kind == Kind::Unknown && is_product_shape(text) {
        Some(Doubt::ProductBarcode)
    } else {
        None
    };
    with_doubt(reference(text), doubt)
}

/// Text from a hand: groups, wide digits and soft hyphens of an input method are taken for what they mean.
fn typed(text: &str) -> Scanned {
    let plain: String = text.chars().filter(|c| !affix::is_invisible(*c)).map(plain_character).collect();
    let plain = plain.trim();
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let only_groups = plain.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-') && !digits.is_empty();
    // A reference may be digits with dashes as well (`20261106-4704680001`), but it has no spaces, and nobody groups a
    // long number unevenly with dashes.
    if !only_groups || !(plain.contains(' ') || is_evenly_grouped(plain)) {
        return reference(plain);
    }
    match digits.len() {
        NUMBER_DIGITS => number(&digits),
        // What was meant to be a transaction number: a digit lost or doubled is better said than looked up.
        15..=21 => Scanned::Refused(ScanRefusal::WrongLength { digits: digits.len() }),
        _ if is_payment_code_shape(&digits) => with_doubt(reference(&digits), Some(Doubt::PaymentCode)),
        // Dashes may belong to a short reference; spaces cannot.
        _ if plain.contains(' ') => reference(&digits),
        _ => reference(plain),
    }
}

/// A few digits from a hand may be a PIN, typed in the wrong place: they are asked of nobody but our own ledger, unless
/// the store says that its references are that short.
fn doubt_short(scanned: Scanned, affixes: &Affixes) -> Scanned {
    let is_pin_like = |candidate: &Candidate| {
        let text = candidate.key.as_str();
        is_digits(text) && (Pin::MIN_DIGITS..=Pin::MAX_DIGITS).contains(&text.len())
    };
    match &scanned {
        Scanned::Candidate(candidate) if is_pin_like(candidate) && !affixes.short_references => {
            with_doubt(scanned, Some(Doubt::ShortNumber))
        }
        Scanned::Candidate(_) | Scanned::Refused(_) => scanned,
    }
}

/// Eighteen digits.
fn number(digits: &str) -> Scanned {
    let Ok(number) = TransactionNo::parse(digits) else {
        return Scanned::Refused(ScanRefusal::NotANumber);
    };
    // WeChat Pay: payment codes are 18 digits beginning 10 to 15. Alipay+ ones of 18 digits begin as the gateway's own
    // numbers do (25 to 30), so there shape says nothing.
    let doubt = leading_pair(digits).filter(|pair| (10..=15).contains(pair)).map(|_| Doubt::PaymentCode);
    Scanned::Candidate(Candidate { key: SaleKey::Transaction(number), doubt })
}

/// A text that may be the merchant's own number: letters, digits and the few marks such numbers have, with at least
/// one digit. Narrower than `InvoiceReference` allows, because Wi-Fi codes, contacts and words are printed as well.
fn reference(text: &str) -> Scanned {
    let has_form = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '#'))
        && text.chars().any(|c| c.is_ascii_digit());
    if !has_form {
        return Scanned::Refused(ScanRefusal::NotANumber);
    }
    match InvoiceReference::parse(text) {
        Ok(reference) => Scanned::Candidate(Candidate { key: SaleKey::Reference(reference), doubt: None }),
        Err(_) => Scanned::Refused(ScanRefusal::TooLong { length: text.chars().count() }),
    }
}

fn with_doubt(scanned: Scanned, doubt: Option<Doubt>) -> Scanned {
    match scanned {
        Scanned::Candidate(Candidate { key, doubt: None }) => Scanned::Candidate(Candidate { key, doubt }),
        other => other,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number its first two digits make.
fn leading_pair(digits: &str) -> Option<u8> {
    digits.get(..2)?.parse().ok()
}

/// Alipay+ payment codes: 16 to 24 digits beginning 25 to 30 (`gateway.md`, "What the code holds"). Eighteen digits
/// never come here.
fn is_payment_code_shape(digits: &str) -> bool {
    (16..=24).contains(&digits.len()) && leading_pair(digits).is_some_and(|pair| (25..=30).contains(&pair))
}

/// EAN-8, UPC-A or EAN-13 by length and check digit: one text in ten of that length by chance.
fn is_product_shape(digits: &str) -> bool {
    // GS1 General Specifications 7.9.1: weights 3 and 1 in turn, from the digit before the check digit leftwards, so
    // from the right the check digit itself has weight 1.
    let sum: u32 = digits
        .bytes()
        .rev()
        .zip([1u32, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    matches!(digits.len(), 8 | 12 | 13) && sum.is_multiple_of(10)
}

/// One group, or groups of one size whose last may be shorter: `2975-5363-8301-7779-27`.
fn is_evenly_grouped(text: &str) -> bool {
    let mut groups = text.split('-').map(str::len);
    let Some(size) = groups.next() else { return false };
    let mut last = size;
    for group in groups {
        if last != size || group == 0 || group > size {
            return false;
        }
        last = group;
    }
    size > 0
}

/// What a Chinese, Japanese or Korean input method, or a word processor, writes for a digit, a space or a dash.
fn plain_character(character: char) -> char {
    match character {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(character) - 0xff10 + u32::from('0')).unwrap_or(character),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' => '-',
        other if other.is_whitespace() => ' ',
        other => other,
    }
}
