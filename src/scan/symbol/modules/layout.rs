//! The plan of a QR code: which module is what, in versions 1 to 10.
//!
//! From ISO/IEC 18004. Versions beyond 10 carry more than a receipt says; the library's passes read them when they are
//! clear.

/// The largest version read here.
pub const MAX_VERSION: usize = 10;

/// How much error correction a code carries, in the order of the format bits' meaning here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
    /// 30 %.
    H,
}

impl Level {
    const ALL: [Self; 4] = [Self::L, Self::M, Self::Q, Self::H];

    fn format_bits(self) -> u32 {
        match self {
            Self::L => 0b01,
            Self::M => 0b00,
            Self::Q => 0b11,
            Self::H => 0b10,
        }
    }
}

/// Error correction codewords, then how many blocks of how many data codewords, twice.
type Blocks = (usize, (usize, usize), (usize, usize));

/// Error correction codewords a block, then (blocks, data codewords each) twice; by version, then level L M Q H.
const BLOCKS: [[Blocks; 4]; MAX_VERSION] = [
    [(7, (1, 19), (0, 0)), (10, (1, 16), (0, 0)), (13, (1, 13), (0, 0)), (17, (1, 9), (0, 0))],
    [(10, (1, 34), (0, 0)), (16, (1, 28), (0, 0)), (22, (1, 22), (0, 0)), (28, (1, 16), (0, 0))],
    [(15, (1, 55), (0, 0)), (26, (1, 44), (0, 0)), (18, (2, 17), (0, 0)), (22, (2, 13), (0, 0))],
    [(20, (1, 80), (0, 0)), (18, (2, 32), (0, 0)), (26, (2, 24), (0, 0)), (16, (4, 9), (0, 0))],
    [(26, (1, 108), (0, 0)), (24, (2, 43), (0, 0)), (18, (2, 15), (2, 16)), (22, (2, 11), (2, 12))],
    [(18, (2, 68), (0, 0)), (16, (4, 27), (0, 0)), (24, (4, 19), (0, 0)), (28, (4, 15), (0, 0))],
    [(20, (2, 78), (0, 0)), (18, (4, 31), (0, 0)), (18, (2, 14), (4, 15)), (26, (4, 13), (1, 14))],
    [(24, (2, 97), (0, 0)), (22, (2, 38), (2, 39)), (22, (4, 18), (2, 19)), (26, (4, 14), (2, 15))],
    [(30, (2, 116), (0, 0)), (22, (3, 36), (2, 37)), (20, (4, 16), (4, 17)), (24, (4, 12), (4, 13))],
    [(18, (2, 68), (2, 69)), (26, (4, 43), (1, 44)), (24, (6, 19), (2, 20)), (28, (6, 15), (2, 16))],
];

/// Codewords in all, by version.
const CODEWORDS: [usize; MAX_VERSION] = [26, 44, 70, 100, 134, 172, 196, 242, 292, 346];

/// Centres of the alignment patterns along each axis, by version.
const ALIGNMENT: [&[usize]; MAX_VERSION] =
    [&[], &[6, 18], &[6, 22], &[6, 26], &[6, 30], &[6, 34], &[6, 22, 38], &[6, 24, 42], &[6, 26, 46], &[6, 28, 50]];

/// Modules along a side.
pub fn side(version: usize) -> usize {
    17 + 4 * version
}

/// Codewords in all.
pub fn codewords(version: usize) -> usize {
    CODEWORDS.get(version.wrapping_sub(1)).copied().unwrap_or(0)
}

/// Data codewords of each block, in order, and the error correction codewords of every block.
pub fn blocks(version: usize, level: Level) -> (Vec<usize>, usize) {
    let place = Level::ALL.iter().position(|other| *other == level).unwrap_or(0);
    let Some((check, first, second)) = BLOCKS.get(version.wrapping_sub(1)).and_then(|levels| levels.get(place)) else {
        return (Vec::new(), 0);
    };
    let mut data = vec![first.1; first.0];
    data.extend(vec![second.1; second.0]);
    (data, *check)
}

/// Centres of the alignment patterns.
pub fn alignment_centres(version: usize) -> Vec<(usize, usize)> {
    let axis = ALIGNMENT.get(version.wrapping_sub(1)).copied().unwrap_or(&[]);
    let last = axis.last().copied().unwrap_or(0);
    let mut centres = Vec::new();
    for &y in axis {
        for &x in axis {
            let finders = [(6, 6), (6, last), (last, 6)];
            if !finders.contains(&(x, y)) {
                centres.push((x, y));
            }
        }
    }
    centres
}

/// True when the finder pattern (with its separator, seen from its own corner at 0, 0) has ink at `x`, `y`.
pub fn finder_ink(x: usize, y: usize) -> bool {
    if x > 6 || y > 6 {
        return false;
    }
    let ring = x.min(y).min(6 - x).min(6 - y);
    ring != 1
}

/// What is fixed at a module: `Some(ink)` for function patterns, `None` for format, version and data.
pub fn fixed(version: usize, x: usize, y: usize) -> Option<bool> {
    let n = side(version);
    let far = n - 8;
    if x < 8 && y < 8 {
        return Some(finder_ink(x, y));
    }
    if x >= far && y < 8 {
        return Some(finder_ink(n - 1 - x, y));
    }
    if x < 8 && y >= far {
        return Some(finder_ink(x, n - 1 - y));
    }
    if x == 8 && y == far {
        return Some(true);
    }
    let near = alignment_centres(version).into_iter().find(|(cx, cy)| x.abs_diff(*cx) <= 2 && y.abs_diff(*cy) <= 2);
    if let Some((cx, cy)) = near {
        return Some(x.abs_diff(cx).max(y.abs_diff(cy)) != 1);
    }
    if y == 6 {
        return Some(x.is_multiple_of(2));
    }
    if x == 6 {
        return Some(y.is_multiple_of(2));
    }
    None
}

/// True for the modules of format and version information.
fn is_information(version: usize, x: usize, y: usize) -> bool {
    let n = side(version);
    let format = (x == 8 && (y < 9 || y >= n - 8)) || (y == 8 && (x < 9 || x >= n - 8));
    let told = version >= 7 && ((x < 6 && (n - 11..n - 8).contains(&y)) || (y < 6 && (n - 11..n - 8).contains(&x)));
    format || told
}

/// The data modules in the order of their bits.
pub fn data_path(version: usize) -> Vec<(usize, usize)> {
    let n = side(version);
    let mut path = Vec::with_capacity(codewords(version) * 8 + 7);
    let mut right = n - 1;
    let mut upwards = true;
    loop {
        for step in 0..n {
            let y = if upwards { n - 1 - step } else { step };
            for x in [right, right - 1] {
                if fixed(version, x, y).is_none() && !is_information(version, x, y) {
                    path.push((x, y));
                }
            }
        }
        upwards = !upwards;
        if right < 3 {
            return path;
        }
        right -= if right == 8 { 3 } else { 2 }; // column 6 is timing
    }
}

/// True when `mask` turns the module over.
pub fn masked(mask: usize, x: usize, y: usize) -> bool {
    let product = x * y;
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (y / 2 + x / 3).is_multiple_of(2),
        5 => (product % 2 + product % 3) == 0,
        6 => (product % 2 + product % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + product % 3).is_multiple_of(2),
    }
}

/// All format words: level, mask, and the fifteen bits, most significant first.
pub fn formats() -> Vec<(Level, usize, u32)> {
    let mut all = Vec::with_capacity(32);
    for level in Level::ALL {
        for mask in 0..8u32 {
            let data = level.format_bits() << 3 | mask;
            let mut rest = data << 10;
            for shift in (0..5).rev() {
                if rest >> (shift + 10) & 1 == 1 {
                    rest ^= 0x537 << shift;
                }
            }
            let word = (data << 10 | rest) ^ 0x5412;
            all.push((level, usize::try_from(mask).unwrap_or(0), word));
        }
    }
    all
}

/// Where the two copies of the format bits stand, most significant first.
pub fn format_places(version: usize) -> [Vec<(usize, usize)>; 2] {
    let n = side(version);
    let mut first: Vec<(usize, usize)> = (0..6).map(|x| (x, 8)).collect();
    first.extend([(7, 8), (8, 8), (8, 7)]);
    first.extend((0..6).rev().map(|y| (8, y)));
    let mut second: Vec<(usize, usize)> = (0..7).map(|i| (8, n - 1 - i)).collect();
    second.extend((n - 8..n).map(|x| (x, 8)));
    [first, second]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_and_level_uses_all_codewords() {
        for version in 1..=MAX_VERSION {
            for level in Level::ALL {
                let (data, check) = blocks(version, level);
                let all: usize = data.iter().map(|block| block + check).sum();
                assert_eq!(all, codewords(version), "{version} {level:?}");
            }
            let bits = data_path(version).len();
            let rest = if (2..=6).contains(&version) { 7 } else { 0 };
            assert_eq!(bits, codewords(version) * 8 + rest, "{version}");
        }
    }

    #[test]
    fn the_published_format_word() {
        let found = formats().into_iter().find(|(level, mask, _)| *level == Level::M && *mask == 5);
        assert_eq!(found.map(|(_, _, word)| word), Some(0b100_0000_1100_1110), "ISO/IEC 18004, annex on format");
    }
}
