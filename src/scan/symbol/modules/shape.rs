//! What the data of a QR code must look like whatever it says: mode, length, terminator, padding, printable text.
//!
//! Of an 18-digit number in a version 1-L symbol, 60 of the 152 data bits are free; the rest is known once mode and
//! length are. Soft decoding turns every known bit into error correction. **A shape is a hypothesis: it is confirmed by
//! the bits it fixes, or it is not used.**

/// How the text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Digits, three to ten bits.
    Numeric,
    /// Capitals, digits and a few signs, two to eleven bits.
    Alphanumeric,
    /// Bytes; only printable ASCII is hypothesised.
    Bytes,
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

impl Mode {
    /// All modes.
    pub const ALL: [Self; 3] = [Self::Numeric, Self::Alphanumeric, Self::Bytes];

    fn indicator(self) -> usize {
        match self {
            Self::Numeric => 0b0001,
            Self::Alphanumeric => 0b0010,
            Self::Bytes => 0b0100,
        }
    }

    fn count_bits(self, version: usize) -> usize {
        match (self, version < 10) {
            (Self::Numeric, true) => 10,
            (Self::Numeric, false) => 12,
            (Self::Alphanumeric, true) => 9,
            (Self::Alphanumeric, false) => 11,
            (Self::Bytes, true) => 8,
            (Self::Bytes, false) => 16,
        }
    }

    fn text_bits(self, count: usize) -> usize {
        match self {
            Self::Numeric => count / 3 * 10 + [0, 4, 7].get(count % 3).copied().unwrap_or(0),
            Self::Alphanumeric => count / 2 * 11 + count % 2 * 6,
            Self::Bytes => count * 8,
        }
    }
}

/// The known bits of a message: one segment of one mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// How the text is written.
    pub mode: Mode,
    /// Characters.
    pub count: usize,
    /// Each data bit: known, or free.
    pub bits: Vec<Option<bool>>,
    first: usize,
}

impl Shape {
    /// The shape of `count` characters in `mode` in a symbol of `capacity` data codewords; `None` when they do not fit.
    ///
    /// `zero_byte`: some encoders put a zero byte between a terminator that ends on a byte's border and the padding.
    pub fn new(mode: Mode, count: usize, version: usize, capacity: usize, zero_byte: bool) -> Option<Self> {
        let mut bits: Vec<Option<bool>> = Vec::with_capacity(capacity * 8);
        push(&mut bits, mode.indicator(), 4);
        push(&mut bits, count, mode.count_bits(version));
        let first = bits.len();
        for i in 0..mode.text_bits(count) {
            bits.push(if mode == Mode::Bytes && i % 8 == 0 { Some(false) } else { None });
        }
        if bits.len() > capacity * 8 {
            return None;
        }
        let terminator = (capacity * 8 - bits.len()).min(4);
        push(&mut bits, 0, terminator);
        let zeros = match bits.len() % 8 {
            0 if zero_byte && bits.len() + 8 <= capacity * 8 => 8,
            _ if zero_byte => return None,
            0 => 0,
            rest => 8 - rest,
        };
        push(&mut bits, 0, zeros);
        let mut pad = 0xEC;
        while bits.len() < capacity * 8 {
            push(&mut bits, pad, 8);
            pad ^= 0xEC ^ 0x11;
        }
        Some(Self { mode, count, bits, first })
    }

    /// The text in `data` (all data bits); `None` when the bits are no text of this mode.
    pub fn text(&self, data: &[bool]) -> Option<String> {
        let mut rest = data.get(self.first..self.first + self.mode.text_bits(self.count))?;
        let mut text = String::with_capacity(self.count);
        let mut left = self.count;
        while left > 0 {
            let (chars, bits) = match self.mode {
                Mode::Numeric => (left.min(3), [0, 4, 7, 10].get(left.min(3)).copied()?),
                Mode::Alphanumeric => (left.min(2), if left == 1 { 6 } else { 11 }),
                Mode::Bytes => (1, 8),
            };
            let (now, after) = rest.split_at_checked(bits)?;
            rest = after;
            left -= chars;
            let value = now.iter().fold(0usize, |sum, bit| sum * 2 + usize::from(*bit));
            match self.mode {
                Mode::Numeric => {
                    if value >= 10usize.pow(u32::try_from(chars).ok()?) {
                        return None;
                    }
                    text.push_str(&format!("{value:0chars$}"));
                }
                Mode::Alphanumeric => {
                    if chars == 2 {
                        text.push(char::from(*ALPHANUMERIC.get(value / 45)?));
                    }
                    text.push(char::from(*ALPHANUMERIC.get(value % 45)?));
                }
                Mode::Bytes => {
                    let byte = u8::try_from(value).ok()?;
                    if !(32..127).contains(&byte) {
                        return None;
                    }
                    text.push(char::from(byte));
                }
            }
        }
        Some(text)
    }

    /// Every shape that fits the symbol and is long enough to be a transaction number or reference.
    pub fn all(version: usize, capacity: usize) -> Vec<Self> {
        let mut all = Vec::new();
        for mode in Mode::ALL {
            for count in SHORTEST..=LONGEST {
                all.extend(Self::new(mode, count, version, capacity, true));
                match Self::new(mode, count, version, capacity, false) {
                    Some(shape) => all.push(shape),
                    None => break,
                }
            }
        }
        all
    }
}

/// Characters of the shortest text read softly.
const SHORTEST: usize = 10;
/// Characters of the longest.
const LONGEST: usize = 150;

fn push(bits: &mut Vec<Option<bool>>, value: usize, count: usize) {
    for shift in (0..count).rev() {
        bits.push(Some(value >> shift & 1 == 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_has_its_shape() {
        let data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11u8];
        let bits: Vec<bool> = data.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1 == 1)).collect();
        let Some(shape) = Shape::new(Mode::Numeric, 8, 1, 16, false) else { panic!("a shape") };
        assert_eq!(shape.bits.len(), bits.len());
        assert!(shape.bits.iter().zip(&bits).all(|(known, bit)| known.is_none_or(|known| known == *bit)));
        assert_eq!(shape.text(&bits).as_deref(), Some("01234567"));
    }

    #[test]
    fn what_does_not_fit_is_no_shape() {
        assert!(Shape::new(Mode::Bytes, 40, 1, 19, false).is_none());
        assert!(Shape::new(Mode::Bytes, 17, 1, 19, false).is_some());
    }
}
