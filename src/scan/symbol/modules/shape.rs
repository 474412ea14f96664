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
        let zeros = zeros(bits.len(), capacity * 8, zero_byte)?;
        push(&mut bits, 0, zeros);
        for pad in PADDING.into_iter().cycle() {
            if bits.len() >= capacity * 8 {
                break;
            }
            push(&mut bits, pad, 8);
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

    /// The shapes that the data bits' likelihoods speak for most, of all that fit the symbol and are long enough to be
    /// a transaction number or reference; at most `limit`.
    pub fn likeliest(version: usize, likelihoods: &[f32], limit: usize) -> Vec<Self> {
        let capacity = likelihoods.len() / 8;
        let votes = Votes::new(likelihoods);
        let mut all: Vec<(f32, Mode, usize, bool)> = Vec::new();
        for mode in Mode::ALL {
            let head = 4 + mode.count_bits(version);
            let mut text = votes.of(0, mode.indicator(), 4);
            for count in 1..=LONGEST {
                let end = head + mode.text_bits(count);
                if end > capacity * 8 {
                    break;
                }
                if mode == Mode::Bytes {
                    text += votes.of(end - 8, 0, 1); // no printable sign has the high bit
                }
                if count >= SHORTEST {
                    let said = text + votes.of(4, count, head - 4);
                    for zero_byte in [false, true] {
                        let rest = votes.rest(end, capacity * 8, zero_byte);
                        all.extend(rest.map(|rest| (said + rest, mode, count, zero_byte)));
                    }
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let new = |(_, mode, count, zero): (f32, Mode, usize, bool)| Self::new(mode, count, version, capacity, zero);
        all.into_iter().take(limit).filter_map(new).collect()
    }

    /// How much of what the picture says about the known bits agrees with them: 1 is all, 0 is chance.
    pub fn agreement(&self, likelihoods: &[f32]) -> f32 {
        let (mut agree, mut all) = (0.0f32, 0.0f32);
        for (known, likelihood) in self.bits.iter().zip(likelihoods) {
            if let Some(known) = known {
                agree += if *known { *likelihood } else { -likelihood };
                all += likelihood.abs();
            }
        }
        agree / all.max(f32::MIN_POSITIVE)
    }
}

/// How much more a known bit that disagrees says against a shape than one that agrees says for it: by chance half agree,
/// in the right shape nearly all do.
const AGAINST: f32 = 2.5;

/// What the data bits say for and against known ones.
struct Votes<'a> {
    likelihoods: &'a [f32],
    /// For padding from each byte on to the end, when it begins with the first or the second padding byte there.
    padding: Vec<[f32; 2]>,
}

impl<'a> Votes<'a> {
    fn new(likelihoods: &'a [f32]) -> Self {
        let bytes = likelihoods.len() / 8;
        let mut votes = Self { likelihoods, padding: Vec::new() };
        let (mut after, mut padding) = ([0.0f32; 2], Vec::with_capacity(bytes + 1));
        padding.push(after);
        for byte in (0..bytes).rev() {
            let [first, second] = PADDING.map(|value| votes.of(byte * 8, value, 8));
            after = [first + after[1], second + after[0]];
            padding.push(after);
        }
        padding.reverse();
        votes.padding = padding;
        votes
    }

    /// The votes for the bits of `value` at `from`.
    fn of(&self, from: usize, value: usize, count: usize) -> f32 {
        let bits = self.likelihoods.iter().skip(from).take(count).enumerate();
        bits.map(|(i, likelihood)| {
            let agrees = if value >> (count - 1 - i) & 1 == 1 { *likelihood } else { -likelihood };
            if agrees < 0.0 { AGAINST * agrees } else { agrees }
        })
        .sum()
    }

    /// The votes for what follows a text that ends at bit `end`: terminator, zeros, padding.
    fn rest(&self, end: usize, all: usize, zero_byte: bool) -> Option<f32> {
        let start = end + zeros(end, all, zero_byte)?;
        Some(self.of(end, 0, start - end) + self.padding.get(start / 8).map_or(0.0, |votes| votes[0]))
    }
}

/// The bytes of padding, by turns.
const PADDING: [usize; 2] = [0xEC, 0x11];

/// Zeros between the end of a text and the padding: the terminator, then up to a byte's border, then the zero byte.
fn zeros(end: usize, all: usize, zero_byte: bool) -> Option<usize> {
    let terminator = all.checked_sub(end)?.min(4);
    match (end + terminator) % 8 {
        0 if zero_byte => (end + terminator + 8 <= all).then_some(terminator + 8),
        _ if zero_byte => None,
        0 => Some(terminator),
        rest => Some(terminator + 8 - rest),
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
    fn the_likeliest_shape_is_the_right_one() {
        for (mode, count, zero_byte) in
            [(Mode::Numeric, 18, false), (Mode::Bytes, 14, true), (Mode::Alphanumeric, 12, false)]
        {
            let Some(right) = Shape::new(mode, count, 1, 19, zero_byte) else { panic!("a shape") };
            // Free bits say something, known ones nearly always the right thing.
            let likelihoods: Vec<f32> = right
                .bits
                .iter()
                .enumerate()
                .map(|(i, known)| match known {
                    Some(known) if *known != i.is_multiple_of(13) => 1.0,
                    Some(_) => -1.0,
                    None => {
                        if i.is_multiple_of(3) {
                            0.8
                        } else {
                            -0.6
                        }
                    }
                })
                .collect();
            let found = Shape::likeliest(1, &likelihoods, 1);
            assert_eq!(found, [right]);
            let agreement = found.first().map_or(0.0, |shape| shape.agreement(&likelihoods));
            assert!(agreement > 0.75 && agreement < 0.95, "{agreement}");
        }
    }

    #[test]
    fn what_does_not_fit_is_no_shape() {
        assert!(Shape::new(Mode::Bytes, 40, 1, 19, false).is_none());
        assert!(Shape::new(Mode::Bytes, 17, 1, 19, false).is_some());
    }
}
