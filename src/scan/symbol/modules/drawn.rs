//! QR codes of version 1-M with a number in them, drawn for tests.

use super::galois::check_words;
use super::layout::{Level, data_path, fixed, format_places, formats, masked, side};
use super::shape::{Mode, Shape};

/// The modules of the code of `digits` (up to 18) with `mask`, row by row.
pub fn numeric(digits: &str, mask: usize) -> Vec<bool> {
    let Some(shape) = Shape::new(Mode::Numeric, digits.len(), 1, 16, false) else { panic!("18 digits fit") };
    let mut text = Vec::new();
    for group in digits.as_bytes().chunks(3) {
        let value = group.iter().fold(0usize, |sum, digit| sum * 10 + usize::from(digit - b'0'));
        let count = [0, 4, 7, 10][group.len()];
        text.extend((0..count).rev().map(|shift| value >> shift & 1 == 1));
    }
    let mut text = text.into_iter();
    let data: Vec<bool> = shape.bits.iter().map(|bit| bit.unwrap_or_else(|| text.next() == Some(true))).collect();
    let byte = |bits: &[bool]| bits.iter().fold(0u8, |sum, bit| sum << 1 | u8::from(*bit));
    let mut words: Vec<u8> = data.chunks(8).map(byte).collect();
    words.extend(check_words(&words.clone(), 10));
    let n = side(1);
    let mut modules: Vec<bool> = (0..n * n).map(|place| fixed(1, place % n, place / n) == Some(true)).collect();
    let bits = words.iter().flat_map(|word| (0..8).rev().map(move |shift| word >> shift & 1 == 1));
    for ((x, y), bit) in data_path(1).into_iter().zip(bits) {
        modules[y * n + x] = bit != masked(mask, x, y);
    }
    let format = formats().into_iter().find(|(level, other, _)| *level == Level::M && *other == mask);
    let Some((_, _, word)) = format else { panic!("a format") };
    for copy in format_places(1) {
        for (i, (x, y)) in copy.into_iter().enumerate() {
            modules[y * n + x] = word >> (14 - i) & 1 == 1;
        }
    }
    modules
}
