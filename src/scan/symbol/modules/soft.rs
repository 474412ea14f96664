//! From how sure each bit is to what the code says.
//!
//! The bits of a block, with the known ones of a [`Shape`] fixed, are a binary linear code. Its most reliable
//! independent bits are believed, the others follow; then single and paired doubts among the believed are tried, and the
//! word nearest to the picture wins (ordered statistics decoding). Where byte-wise correction gives up at a handful of
//! wrong bytes, this reads codes with every tenth bit wrong.
//!
//! **A word counts only when a random picture would almost never be as near to any word.** How many pictures lie as near
//! is bounded from the bits' weights; the check bits left over after that are the certainty, in bits ([`LEAST_CHECK`],
//! [`LEAST_ALL`]). It holds for every word of the code, found or not, so it does not depend on how the search goes.

use super::super::numbers::{index, real};
use super::galois::{scaled, unit_check_words};
use super::layout::{Level, blocks, codewords, data_path, format_places, formats, masked};
use super::shape::Shape;

/// The least certainty of each block's text given its shape, in bits: error correction alone, one in 2^18.
pub const LEAST_CHECK: f32 = 18.0;
/// The least certainty of the whole message, known bits included: one in 2^36.
pub const LEAST_ALL: f32 = 36.0;
/// Formats tried, the likeliest first.
const FORMATS: usize = 4;
/// The least share of what the picture says that agrees with a format, or with what a shape knows. Of the codes read on
/// the receipts none had less than 0.66 and 0.72; by chance the best of all lies near 0.4.
const LEAST_AGREEMENT: f32 = 0.5;
/// Shapes tried per format, the likeliest first.
const SHAPES: usize = 3;
/// Doubts followed up at most; the nearest word was never further.
const MOST_DOUBTS: usize = 40;
/// Believed bits whose pairs are doubted: the least reliable ones.
const PAIRS: usize = 64;

/// A text read softly, and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// What the code says.
    pub text: String,
    /// Certainty of the text given its shape, in bits; the least of the blocks.
    pub check: f32,
    /// Certainty of the whole message, in bits.
    pub all: f32,
    /// What the picture had to say itself, on a certain message: the modules whose ink no shape knew beforehand.
    pub free: Vec<(usize, usize, bool)>,
}

impl Message {
    /// True when no noise would have said this.
    pub fn is_certain(&self) -> bool {
        self.check >= LEAST_CHECK && self.all >= LEAST_ALL
    }
}

/// Reads the symbol of `version` whose module at `x`, `y` has ink with log-likelihood `ink(x, y)`; the surest message.
pub fn read(version: usize, ink: &dyn Fn(usize, usize) -> f32) -> Option<Message> {
    let path = data_path(version);
    let mut best: Option<Message> = None;
    for (level, mask) in likeliest_formats(version, ink) {
        let bits: Vec<f32> = path
            .iter()
            .map(|(x, y)| if masked(mask, *x, *y) { -ink(*x, *y) } else { ink(*x, *y) })
            .take(codewords(version) * 8)
            .collect();
        let (data, check) = blocks(version, level);
        let parts = parted(&bits, &data, check);
        let said: Vec<f32> =
            parts.iter().zip(&data).flat_map(|(part, words)| part.iter().take(words * 8)).copied().collect();
        for shape in Shape::likeliest(version, &said, SHAPES) {
            if shape.agreement(&said) < LEAST_AGREEMENT {
                continue;
            }
            let Some((mut message, words)) = read_shape(&shape, &parts, &data, check) else { continue };
            if message.is_certain() {
                let known = shape.bits.as_slice();
                message.free = free_modules(&path, mask, known, &words, (&data, check));
                return Some(message);
            }
            if best.as_ref().is_none_or(|best| message.check > best.check) {
                best = Some(message);
            }
        }
    }
    best
}

fn likeliest_formats(version: usize, ink: &dyn Fn(usize, usize) -> f32) -> Vec<(Level, usize)> {
    let copies = format_places(version).map(|copy| copy.into_iter().map(|(x, y)| ink(x, y)).collect::<Vec<f32>>());
    let clear: f32 = copies.iter().flatten().map(|ink| ink.abs()).sum();
    let mut all: Vec<(f32, Level, usize)> = formats()
        .into_iter()
        .map(|(level, mask, word)| {
            let bits = copies.iter().flat_map(|copy| copy.iter().enumerate());
            let score: f32 = bits.map(|(i, ink)| if word >> (14 - i) & 1 == 1 { *ink } else { -ink }).sum();
            (score, level, mask)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let least = all.first().map_or(0.0, |best| best.0 * 0.5).max(clear * LEAST_AGREEMENT);
    all.into_iter().take(FORMATS).filter(|found| found.0 > least).map(|(_, level, mask)| (level, mask)).collect()
}

/// The bits of each block, in the block's own order, from the interleaved bits of the symbol.
fn parted(bits: &[f32], data: &[usize], check: usize) -> Vec<Vec<f32>> {
    let mut parts: Vec<Vec<f32>> = data.iter().map(|words| Vec::with_capacity((words + check) * 8)).collect();
    let mut words = bits.chunks_exact(8);
    let longest = data.iter().copied().max().unwrap_or(0);
    for i in 0..longest {
        for (part, length) in parts.iter_mut().zip(data) {
            if i < *length {
                part.extend(words.next().unwrap_or(&[]));
            }
        }
    }
    for _ in 0..check {
        for part in &mut parts {
            part.extend(words.next().unwrap_or(&[]));
        }
    }
    parts
}

/// Where the bits that were not known stand in the symbol, and their ink in the words found.
fn free_modules(
    path: &[(usize, usize)],
    mask: usize,
    mut known: &[Option<bool>],
    words: &[Vec<bool>],
    (data, check): (&[usize], usize),
) -> Vec<(usize, usize, bool)> {
    // Their own numbers, sent the same way as the bits, say where each came from; they are far below 2^24.
    let numbers: Vec<f32> = (0..path.len() / 8 * 8).map(real).collect();
    let mut free = Vec::new();
    for ((part, word), length) in parted(&numbers, data, check).iter().zip(words).zip(data) {
        let (now, after) = known.split_at_checked(length * 8).unwrap_or((known, &[]));
        known = after;
        for (i, (number, bit)) in part.iter().zip(word).enumerate() {
            if now.get(i).is_none_or(Option::is_none)
                && let Some((x, y)) = path.get(index(*number))
            {
                free.push((*x, *y, *bit != masked(mask, *x, *y)));
            }
        }
    }
    free
}

fn read_shape(shape: &Shape, parts: &[Vec<f32>], data: &[usize], check: usize) -> Option<(Message, Vec<Vec<bool>>)> {
    let mut known = shape.bits.as_slice();
    let (mut all, mut whole) = (Vec::with_capacity(known.len()), Vec::with_capacity(parts.len()));
    let (mut least, mut sum) = (f32::INFINITY, 0.0);
    for (part, words) in parts.iter().zip(data) {
        let (now, after) = known.split_at_checked(words * 8)?;
        known = after;
        let word = nearest(part, now, check)?;
        if word.check < 0.0 {
            return None; // the others will not make up for it
        }
        least = word.check.min(least);
        sum += word.all;
        all.extend(word.bits.iter().take(words * 8));
        whole.push(word.bits);
    }
    Some((Message { text: shape.text(&all)?, check: least, all: sum, free: Vec::new() }, whole))
}

/// The nearest word of a block.
struct Nearest {
    bits: Vec<bool>,
    check: f32,
    all: f32,
}

/// Bits, 64 to a piece.
type Row = Vec<u64>;

fn get(row: &Row, bit: usize) -> bool {
    row.get(bit / 64).is_some_and(|piece| piece >> (bit % 64) & 1 == 1)
}

fn set(row: &mut Row, bit: usize) {
    if let Some(piece) = row.get_mut(bit / 64) {
        *piece |= 1 << (bit % 64);
    }
}

fn add(row: &mut Row, other: &Row) {
    for (piece, more) in row.iter_mut().zip(other) {
        *piece ^= more;
    }
}

/// What rows weigh once added to an error, byte by byte from a table.
struct Scales(Vec<[f32; 256]>);

impl Scales {
    fn new(error: &Row, doubts: &[f32]) -> Self {
        let mut tables = Vec::with_capacity(doubts.len() / 8 + 1);
        for (byte, doubts) in doubts.chunks(8).enumerate() {
            let mut table = [0.0f32; 256];
            let mut filled = 1;
            for (bit, doubt) in doubts.iter().enumerate() {
                // A bit set in the row and in the error makes the sum lighter.
                let change = if get(error, byte * 8 + bit) { -doubt } else { *doubt };
                let (done, rest) = table.split_at_mut(filled);
                for (slot, before) in rest.iter_mut().zip(done.iter()) {
                    *slot = before + change;
                }
                filled *= 2;
            }
            tables.push(table);
        }
        Self(tables)
    }

    /// How much heavier the error is with `row` added.
    fn change(&self, row: &Row) -> f32 {
        let bytes = row.iter().flat_map(|piece| piece.to_le_bytes());
        self.0.iter().zip(bytes).map(|(table, byte)| table.get(usize::from(byte)).copied().unwrap_or(0.0)).sum()
    }

    /// The same with two rows added.
    fn change_both(&self, first: &Row, second: &Row) -> f32 {
        let bytes = first.iter().zip(second).flat_map(|(first, second)| (first ^ second).to_le_bytes());
        self.0.iter().zip(bytes).map(|(table, byte)| table.get(usize::from(byte)).copied().unwrap_or(0.0)).sum()
    }
}

/// Sets the bits of `bytes` in `row`, from codeword `from` on.
fn place(row: &mut Row, bytes: &[u8], from: usize) {
    for (i, byte) in bytes.iter().enumerate() {
        for bit in 0..8 {
            if byte >> (7 - bit) & 1 == 1 {
                set(row, (from + i) * 8 + bit);
            }
        }
    }
}

/// The code word that the known bits make alone, and that of each free bit.
fn words(known: &[Option<bool>], check: usize, pieces: usize) -> (Row, Vec<Row>) {
    let data = known.len() / 8;
    let units = unit_check_words(data, check);
    let mut fixed = vec![0u64; pieces];
    let mut rows: Vec<Row> = Vec::new();
    for (i, (bits, unit)) in known.chunks_exact(8).zip(&units).enumerate() {
        for (bit, known) in bits.iter().enumerate() {
            if *known == Some(false) {
                continue;
            }
            let value = 0x80u8 >> bit;
            let mut row = vec![0u64; pieces];
            place(&mut row, &[value], i);
            place(&mut row, &scaled(unit, value), data);
            match known {
                Some(_) => add(&mut fixed, &row),
                None => rows.push(row),
            }
        }
    }
    (fixed, rows)
}

fn nearest(likelihoods: &[f32], known: &[Option<bool>], check: usize) -> Option<Nearest> {
    let pieces = likelihoods.len().div_ceil(64);
    let (mut error, mut rows) = words(known, check, pieces);
    if rows.is_empty() {
        return None;
    }
    let doubts: Vec<f32> = likelihoods.iter().map(|likelihood| likelihood.abs()).collect();
    let mut hard = vec![0u64; pieces];
    for (i, likelihood) in likelihoods.iter().enumerate() {
        if *likelihood > 0.0 {
            set(&mut hard, i);
        }
    }
    let believed = reduce(&mut rows, &doubts);
    add(&mut error, &hard);
    for (row, bit) in rows.iter().zip(&believed) {
        if get(&error, *bit) {
            add(&mut error, row);
        }
    }
    let free = rows.len();
    let unknown = |bit: &usize| known.get(*bit).is_none_or(Option::is_none);
    let certainties = |error: &Row| {
        let check = certainty((0..doubts.len()).filter(unknown), error, &doubts, free);
        (check, certainty(0..doubts.len(), error, &doubts, free))
    };
    let (mut check, mut all) = certainties(&error);
    if check < LEAST_CHECK || all < LEAST_ALL {
        search(&rows, &mut error, &doubts);
        (check, all) = certainties(&error);
    }
    let mut answer = hard;
    add(&mut answer, &error);
    Some(Nearest { bits: (0..likelihoods.len()).map(|bit| get(&answer, bit)).collect(), check, all })
}

/// Brings `rows` into the form in which each owns one of the most reliable independent bits; those bits, by row.
fn reduce(rows: &mut Vec<Row>, doubts: &[f32]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..doubts.len()).collect();
    let doubt = |bit: &usize| doubts.get(*bit).copied().unwrap_or(0.0);
    order.sort_by(|a, b| doubt(b).total_cmp(&doubt(a)));
    let mut believed = Vec::with_capacity(rows.len());
    for bit in order {
        let rank = believed.len();
        if rank == rows.len() {
            break;
        }
        let Some(found) = rows.iter().skip(rank).position(|row| get(row, bit)) else { continue };
        rows.swap(rank, rank + found);
        let Some(pivot) = rows.get(rank).cloned() else { break };
        for (i, row) in rows.iter_mut().enumerate() {
            if i != rank && get(row, bit) {
                add(row, &pivot);
            }
        }
        believed.push(bit);
    }
    rows.truncate(believed.len());
    believed
}

/// Moves `error` to the lightest word found by doubting believed bits, one at a time and in pairs.
fn search(rows: &[Row], error: &mut Row, doubts: &[f32]) {
    for _ in 0..MOST_DOUBTS {
        let scales = Scales::new(error, doubts);
        let mut best: (f32, Option<(&Row, Option<&Row>)>) = (-1e-3, None);
        for row in rows {
            let change = scales.change(row);
            if change < best.0 {
                best = (change, Some((row, None)));
            }
        }
        let shaky = rows.get(rows.len().saturating_sub(PAIRS)..).unwrap_or(&[]);
        for (i, first) in shaky.iter().enumerate() {
            for second in shaky.iter().skip(i + 1) {
                let change = scales.change_both(first, second);
                if change < best.0 {
                    best = (change, Some((first, Some(second))));
                }
            }
        }
        let Some((first, second)) = best.1 else { return };
        add(error, first);
        if let Some(second) = second {
            add(error, second);
        }
    }
}

/// The bits by which a random picture misses being as near to any word of the code as this one is to its nearest, over
/// `places` of which `free` can be chosen.
///
/// The pictures as near are those whose differing bits weigh no more in sum; there are at most 2^(the least over t of
/// sum(log2(1 + 2^(-t w))) + t d), for weights w and the weight d that differs (Chernoff's bound).
fn certainty(places: impl Iterator<Item = usize>, error: &Row, doubts: &[f32], free: usize) -> f32 {
    let (mut weights, mut differing) = (Vec::with_capacity(doubts.len()), 0.0f32);
    for bit in places {
        let weight = doubts.get(bit).copied().unwrap_or(0.0);
        weights.push(weight);
        if get(error, bit) {
            differing += weight;
        }
    }
    let count = real(weights.len());
    let usual = (weights.iter().sum::<f32>() / count.max(1.0)).max(1e-6);
    let near = |t: f32| weights.iter().map(|weight| (1.0 + (-t * weight).exp2()).log2()).sum::<f32>() + t * differing;
    let nearest = (0..14).map(|step| near(0.5 * 1.4f32.powi(step) / usual)).fold(count, f32::min);
    count - real(free) - nearest
}

#[cfg(test)]
mod tests {
    use super::super::shape::Mode;
    use super::*;

    fn bits_of(data: &[u8]) -> Vec<bool> {
        data.iter().flat_map(|byte| (0..8).rev().map(move |i| byte >> i & 1 == 1)).collect()
    }

    /// A fixed row of pseudo-random numbers in 0..1.
    fn noise(seed: u64) -> impl FnMut() -> f32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1u64 << 24) as f32
        }
    }

    #[test]
    fn the_published_symbol_is_read_with_many_of_its_bits_wrong() {
        let data = [0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11u8];
        let mut all = data.to_vec();
        all.extend(super::super::galois::check_words(&data, 10));
        let mut random = noise(7);
        let likelihoods: Vec<f32> = bits_of(&all)
            .into_iter()
            .map(|bit| {
                let sure = 0.2 + random();
                if bit == (random() > 0.10) { sure } else { -sure }
            })
            .collect();
        let Some(shape) = Shape::new(Mode::Numeric, 8, 1, 16, false) else { panic!("a shape") };
        let Some((message, _)) = read_shape(&shape, &[likelihoods], &[16], 10) else { panic!("a message") };
        assert_eq!(message.text, "01234567");
        assert!(message.is_certain(), "{message:?}");
    }

    #[test]
    fn what_a_row_weighs_is_the_doubts_of_its_bits() {
        let mut random = noise(3);
        let doubts: Vec<f32> = (0..203).map(|_| random()).collect();
        let mut row = || -> Row {
            let mut row = vec![0u64; 4];
            (0..203).filter(|_| random() < 0.4).for_each(|bit| set(&mut row, bit));
            row
        };
        let (error, first, second) = (row(), row(), row());
        let weight = |rows: [&Row; 3]| -> f32 {
            let bit = |i: &usize| rows.iter().filter(|row| get(row, *i)).count() % 2 == 1;
            (0..doubts.len()).filter(bit).filter_map(|i| doubts.get(i)).sum()
        };
        let none = vec![0u64; 4];
        let scales = Scales::new(&error, &doubts);
        let before = weight([&error, &none, &none]);
        assert!((scales.change(&first) - (weight([&error, &first, &none]) - before)).abs() < 1e-3);
        assert!((scales.change_both(&first, &second) - (weight([&error, &first, &second]) - before)).abs() < 1e-3);
    }

    #[test]
    fn noise_says_nothing() {
        for seed in 0..200 {
            let mut random = noise(seed);
            let likelihoods: Vec<f32> = (0..208).map(|_| random() - 0.5).collect();
            let Some(shape) = Shape::new(Mode::Numeric, 18, 1, 16, false) else { panic!("a shape") };
            let message = read_shape(&shape, &[likelihoods], &[16], 10);
            assert!(!message.as_ref().is_some_and(|(message, _)| message.is_certain()), "{message:?}");
        }
    }
}
