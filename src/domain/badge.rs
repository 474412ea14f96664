//! A manager's badge: a barcode with a secret of 128 bits in place of a typed PIN.
//!
//! **A badge is digits alone**, which every scanner on every keyboard layout types right, and is known by its form: a
//! mark that no number of ours begins with, the secret, and a check. **Whatever is not a badge to the last digit is none.**
//! **A badge is never shown, and no part of one either**: its `Debug` is a row of dots and its memory is wiped when the last hand lets go of it.

use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::pin::Pin;

/// What every badge begins with. Payment codes and the gateway's numbers begin with 10 to 15 and 25 to 30, dates with 19
/// and 20; the letters of a telephone's keys say TILLB.
const MARK: &str = "84552";
/// Digits of the largest number of 128 bits.
const SECRET_DIGITS: usize = 39;
/// Digits of the whole: an even number, which Code 128 writes two to a symbol.
pub const BADGE_DIGITS: usize = MARK.len() + SECRET_DIGITS + 2;
/// A text that begins as a badge does and has so many digits was meant to be one.
const PART_DIGITS: usize = 20;
/// The first so many digits of a badge say little of its secret; anything from here on that begins as one may be a part.
const LEAST_PART: usize = 8;

/// A badge on its way to be checked. Copies share one memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Badge(Arc<Zeroizing<[u8; 16]>>);

impl Badge {
    /// The badge of that secret, which must come from a good source.
    pub fn of(secret: [u8; 16]) -> Self {
        Self(Arc::new(Zeroizing::new(secret)))
    }

    /// The badge in what a scanner gave, wherever it stands there: scanners put signs of their own around a code.
    pub fn find(text: &str) -> Option<Self> {
        let starts = text.match_indices(MARK).map(|(at, _)| at);
        starts.filter_map(|at| text.get(at..at + BADGE_DIGITS)).find_map(Self::parse)
    }

    /// Whether the text is a badge, or what is left of one.
    pub fn is_in(text: &str) -> bool {
        Self::find(text).is_some()
            || text.match_indices(MARK).any(|(at, _)| {
                let rest = text.get(at..).unwrap_or_default();
                rest.bytes().take_while(u8::is_ascii_digit).count() >= PART_DIGITS
            })
    }

    /// Whether the text may be one end of a badge whose scan was torn in two: digits alone, that begin as a badge does, or
    /// nearly as many as a badge has. A merchant's number may look so too, so our own ledger is still asked.
    pub fn may_be_part(text: &str) -> bool {
        let length = text.len();
        let begins = text.starts_with(MARK) && length >= LEAST_PART;
        text.bytes().all(|byte| byte.is_ascii_digit())
            && length < BADGE_DIGITS
            && (begins || length > BADGE_DIGITS - LEAST_PART)
    }

    fn parse(digits: &str) -> Option<Self> {
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) || remainder(digits) != 1 {
            return None;
        }
        let secret: u128 = digits.get(MARK.len()..MARK.len() + SECRET_DIGITS)?.parse().ok()?;
        Some(Self::of(secret.to_be_bytes()))
    }

    /// The digits of the barcode.
    pub fn digits(&self) -> Zeroizing<String> {
        let secret = u128::from_be_bytes(**self.0);
        // Room for all of it from the start: a text that grows leaves copies of itself behind.
        let mut text = Zeroizing::new(String::with_capacity(BADGE_DIGITS));
        let body = Zeroizing::new(format!("{MARK}{secret:0width$}", width = SECRET_DIGITS));
        text.push_str(&body);
        // ISO/IEC 7064, MOD 97-10, as on bank accounts: finds each single wrong digit and each swapped pair.
        let check = 98 - remainder(&Zeroizing::new(format!("{}00", *body)));
        text.push_str(&format!("{check:02}"));
        text
    }

    /// The secret, for the one place that checks it.
    pub fn expose(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Debug for Badge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if planted!("badge-shown") {
            return f.write_str(&self.digits());
        }
        f.write_str("Badge(\u{2022}\u{2022}\u{2022}\u{2022})")
    }
}

/// A number of any length modulo 97, digit by digit.
fn remainder(digits: &str) -> u32 {
    digits.bytes().fold(0, |rest, digit| (rest * 10 + u32::from(digit.wrapping_sub(b'0'))) % 97)
}

/// What somebody shows to be taken for who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// A PIN that they typed.
    Pin(Pin),
    /// A badge that they scanned.
    Badge(Badge),
}

impl Proof {
    /// The word in the record.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pin(_) => "pin",
            Self::Badge(_) => "badge",
        }
    }
}

impl From<&Pin> for Proof {
    fn from(pin: &Pin) -> Self {
        Self::Pin(pin.clone())
    }
}

impl From<&Badge> for Proof {
    fn from(badge: &Badge) -> Self {
        Self::Badge(badge.clone())
    }
}

impl From<&Self> for Proof {
    fn from(proof: &Self) -> Self {
        proof.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badge(secret: u128) -> Badge {
        Badge::of(secret.to_be_bytes())
    }

    #[test]
    fn a_badge_is_digits_and_comes_back_whole_whatever_stands_around_it() {
        for secret in [0, 1, u128::MAX, 0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210] {
            let badge = badge(secret);
            let digits = badge.digits();
            assert_eq!(digits.len(), BADGE_DIGITS);
            assert!(digits.bytes().all(|byte| byte.is_ascii_digit()));
            for text in [digits.to_string(), format!("]C1{}", *digits), format!("0{}\r", *digits)] {
                assert_eq!(Badge::find(&text).as_ref(), Some(&badge));
                assert!(Badge::is_in(&text));
            }
        }
    }

    #[test]
    fn a_badge_with_another_digit_is_none_and_still_not_taken_for_a_number() {
        let digits = badge(0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210).digits();
        for at in 0..BADGE_DIGITS {
            let mut other = digits.as_bytes().to_vec();
            other[at] = b'0' + (other[at] - b'0' + 1) % 10;
            let other = String::from_utf8(other).unwrap();
            assert_eq!(Badge::find(&other), None, "digit {at}");
            assert_eq!(Badge::is_in(&other), at >= MARK.len(), "digit {at}");
        }
        assert!(Badge::is_in(&digits[..20]) && !Badge::is_in(&digits[..19]));
        // A secret beyond 128 bits.
        assert_eq!(Badge::find(&format!("{MARK}{}00", "9".repeat(39))), None);
        for number in ["297553638301777927", "845520000000000000", "01095060001343521726112210ABC", ""] {
            assert!(!Badge::is_in(number), "{number}");
        }
    }

    /// Wherever it is cut, both ends are known as what they may be, or are too short to say anything.
    #[test]
    fn a_badge_that_is_torn_in_two_is_known_by_one_end_at_least() {
        let digits = badge(0x0123_4567_89AB_CDEF_FEDC_BA98_7654_3210).digits();
        for cut in 1..BADGE_DIGITS {
            let (first, last) = digits.split_at(cut);
            let known = |part: &str| Badge::is_in(part) || Badge::may_be_part(part);
            assert_eq!(known(first), cut >= LEAST_PART, "{cut}");
            assert!(known(first) || known(last), "{cut}");
        }
        for other in ["297553638301777927", "8455200", "POS-84552-0000001", "", "2026112222001456781234567890123456"] {
            assert!(!Badge::may_be_part(other), "{other}");
        }
        assert!(Badge::may_be_part("84552000") && !Badge::may_be_part(&digits));
    }

    #[test]
    fn a_badge_shows_no_digit() {
        let shown = format!("{:?} {:?}", badge(7), Proof::Badge(badge(7)));
        assert!(!shown.contains(|c: char| c.is_ascii_digit()), "{shown}");
    }
}
