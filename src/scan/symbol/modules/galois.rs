//! The field and the error correction code of QR, as a linear code over bits.
//!
//! GF(256) with the polynomial 0x11D, generator element 2. Only encoding is needed: decoding is done softly, in
//! [`soft`](super::soft).

/// The product in the field.
fn product(a: u8, b: u8) -> u8 {
    let (mut a, mut b, mut sum) = (a, b, 0u8);
    while b != 0 {
        if b & 1 == 1 {
            sum ^= a;
        }
        let carry = a & 0x80 != 0;
        a <<= 1;
        if carry {
            a ^= 0x1D;
        }
        b >>= 1;
    }
    sum
}

/// The generator polynomial for `check` codewords, without its leading one, highest power first.
fn generator(check: usize) -> Vec<u8> {
    let mut polynomial = vec![0u8; check];
    if let Some(last) = polynomial.last_mut() {
        *last = 1;
    }
    let mut root = 1u8;
    for _ in 0..check {
        let shifted: Vec<u8> = polynomial.iter().skip(1).copied().chain(std::iter::once(0)).collect();
        for (coefficient, next) in polynomial.iter_mut().zip(shifted) {
            *coefficient = product(*coefficient, root) ^ next;
        }
        root = product(root, 2);
    }
    polynomial
}

/// The error correction codewords of each single data codeword of value 1, by its place among `data` codewords.
pub fn unit_check_words(data: usize, check: usize) -> Vec<Vec<u8>> {
    let generator = generator(check);
    let mut rest = generator.clone(); // the last data codeword's: x^check mod the generator
    let mut all = Vec::with_capacity(data);
    for _ in 0..data {
        all.push(rest.clone());
        let factor = rest.first().copied().unwrap_or(0);
        rest.rotate_left(1);
        if let Some(last) = rest.last_mut() {
            *last = 0;
        }
        for (slot, coefficient) in rest.iter_mut().zip(&generator) {
            *slot ^= product(*coefficient, factor);
        }
    }
    all.reverse();
    all
}

/// `words` times `factor`, each.
pub fn scaled(words: &[u8], factor: u8) -> Vec<u8> {
    words.iter().map(|word| product(*word, factor)).collect()
}

/// The error correction codewords of `data`.
#[cfg(test)]
pub fn check_words(data: &[u8], check: usize) -> Vec<u8> {
    let mut sum = vec![0u8; check];
    for (byte, unit) in data.iter().zip(unit_check_words(data.len(), check)) {
        for (slot, word) in sum.iter_mut().zip(unit) {
            *slot ^= product(word, *byte);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example() {
        // ISO/IEC 18004, annex on the symbol 1-M of "01234567".
        let data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11];
        let check = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55];
        assert_eq!(check_words(&data, 10), check);
    }
}
