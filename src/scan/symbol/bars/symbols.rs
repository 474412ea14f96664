//! The Code 128 alphabet: the bar widths of each symbol, and what a row of symbols says.
//!
//! From ISO/IEC 15417. **Only code sets B and C are spoken here**: receipts and wallets print nothing else,
//! and each symbol left out is one that noise cannot be taken for. zxing-cpp's passes read the rest.

/// Modules in a symbol other than the stop.
pub const MODULES: usize = 11;
/// Modules in the stop symbol.
pub const STOP_MODULES: usize = 13;
/// Symbol values: 0 to 102 data and functions, 103 to 105 the starts.
pub const VALUES: usize = 106;
/// The modulus of the checksum.
pub const CHECK: usize = 103;
/// "Code set C follows" (in B).
pub const TO_C: usize = 99;
/// "Code set B follows" (in C).
pub const TO_B: usize = 100;
/// Start in code set B.
pub const START_B: usize = 104;
/// Start in code set C.
pub const START_C: usize = 105;

/// Widths of bar, space, bar, space, bar, space by symbol value.
const WIDTHS: [u32; VALUES] = [
    212222, 222122, 222221, 121223, 121322, 131222, 122213, 122312, 132212, 221213, 221312, 231212, 112232, 122132,
    122231, 113222, 123122, 123221, 223211, 221132, 221231, 213212, 223112, 312131, 311222, 321122, 321221, 312212,
    322112, 322211, 212123, 212321, 232121, 111323, 131123, 131321, 112313, 132113, 132311, 211313, 231113, 231311,
    112133, 112331, 132131, 113123, 113321, 133121, 313121, 211331, 231131, 213113, 213311, 213131, 311123, 311321,
    331121, 312113, 312311, 332111, 314111, 221411, 431111, 111224, 111422, 121124, 121421, 141122, 141221, 112214,
    112412, 122114, 122411, 142112, 142211, 241211, 221114, 413111, 241112, 134111, 111242, 121142, 121241, 114212,
    124112, 124211, 411212, 421112, 421211, 212141, 214121, 412121, 111143, 111341, 131141, 114113, 114311, 411113,
    411311, 113141, 114131, 311141, 411131, 211412, 211214, 211232,
];

/// The stop symbol, with its last bar.
const STOP: u32 = 2_331_112;

/// The modules of a symbol, 1 for bar and 0 for space.
pub fn modules(value: usize) -> Vec<f32> {
    expand(WIDTHS.get(value).copied().unwrap_or(STOP))
}

/// The modules of the stop symbol.
pub fn stop_modules() -> Vec<f32> {
    expand(STOP)
}

fn expand(widths: u32) -> Vec<f32> {
    let mut out = Vec::with_capacity(STOP_MODULES);
    let mut ink = 1.0;
    for digit in widths.to_string().bytes() {
        for _ in b'0'..digit {
            out.push(ink);
        }
        ink = 1.0 - ink;
    }
    out
}

/// The code set a symbol is read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// Printable ASCII.
    B,
    /// Pairs of digits.
    C,
}

/// The set that holds after `value` in `set`, and what it costs in likelihood beyond its fit; `None` when our codes
/// never carry it there.
pub fn step(set: Set, value: usize) -> Option<(Set, f32)> {
    match (set, value) {
        (Set::C, 0..100) => Some((Set::C, 0.0)),
        (Set::C, TO_B) => Some((Set::B, 0.03)),
        (Set::B, TO_C) => Some((Set::C, 0.03)),
        (Set::B, 0..95) => Some((Set::B, unusual(value))),
        _ => None,
    }
}

/// Letters, digits and what stands in references and web addresses are usual; the rest is possible.
fn unusual(value: usize) -> f32 {
    match u8::try_from(value + 32) {
        Ok(byte) if byte.is_ascii_alphanumeric() || b"-/:.?=&_#".contains(&byte) => 0.0,
        _ => 0.08,
    }
}

/// The text of the symbols from the start to the last data symbol, checksum and stop left out; `None` when they make
/// none.
pub fn text(values: &[usize]) -> Option<String> {
    let (start, data) = values.split_first()?;
    let mut set = match *start {
        START_B => Set::B,
        START_C => Set::C,
        _ => return None,
    };
    let mut text = String::new();
    for &value in data {
        match (set, value) {
            (Set::C, 0..100) => text.push_str(&format!("{value:02}")),
            (Set::B, 0..95) => text.push(char::from(u8::try_from(value + 32).ok()?)),
            _ => {}
        }
        set = step(set, value)?.0;
    }
    (!text.is_empty()).then_some(text)
}

/// The checksum of the symbols from the start to the last data symbol.
#[cfg(test)]
pub fn checksum(values: &[usize]) -> usize {
    values.iter().enumerate().map(|(place, value)| value * place.max(1)).sum::<usize>() % CHECK
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_eleven_modules_of_its_own() {
        let mut seen = std::collections::BTreeSet::new();
        for (value, widths) in WIDTHS.iter().enumerate() {
            let modules = modules(value);
            assert_eq!(modules.len(), MODULES, "{value}");
            let bars: f32 = modules.iter().sum();
            assert!(bars % 2.0 < 0.5, "{value}: the bars of a symbol make an even number of modules");
            assert!(seen.insert(*widths), "{value}");
        }
        assert_eq!(stop_modules().len(), STOP_MODULES);
    }

    #[test]
    fn texts_in_b_and_c() {
        assert_eq!(text(&[START_C, 12, 34, 0]).as_deref(), Some("123400"));
        assert_eq!(text(&[START_B, 48, 47, 51, TO_C, 20, 26, TO_B, 13]).as_deref(), Some("POS2026-"));
        assert_eq!(text(&[103, 1]), None);
        assert_eq!(checksum(&[START_C, 12, 34, 0]), (105 + 12 + 68) % 103);
    }
}
