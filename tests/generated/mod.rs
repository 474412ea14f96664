//! Pictures made up to mislead the decoder, each from its number alone.
//!
//! Noise, waves, weaves, rows of digits, bars of no code, right symbols in wrong rows, codes cut off, joined, hidden or
//! damaged, QR codes of right patterns and wrong modules. **Every frame knows what may be read in it**: nothing, or the
//! text of the code that was damaged. Codes come from zxing-cpp's writer, never from the decoder under test.

mod paint;

use paint::{Damage, Print};
use zxingcpp::BarcodeFormat;

/// Pixels of a frame.
pub const WIDTH: u32 = 320;
/// Pixels of a frame.
pub const HEIGHT: u32 = 240;

/// One picture.
pub struct Frame {
    /// What it is, in a word or two.
    pub kind: &'static str,
    /// Grey, row by row.
    pub pixels: Vec<u8>,
    /// What may be read: the text of the code that is there, and nothing else.
    pub allowed: Vec<String>,
}

/// Random numbers from a seed (Vigna's SplitMix64).
pub struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// 0 to just below `n`.
    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    /// Evenly between `low` and `high`.
    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * (self.next() >> 40) as f32 / (1u64 << 24) as f32
    }

    /// True so many times in a hundred.
    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// About normal: mean 0, deviation 1.
    fn normal(&mut self) -> f32 {
        (0..6).map(|_| self.between(-1.0, 1.0)).sum::<f32>() / 2f32.sqrt()
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    /// A transaction number, a reference or a web address, as receipts carry them.
    fn text(&mut self) -> String {
        match self.below(4) {
            0 | 1 => format!("3{}", self.digits(17)),
            2 => format!("POS{:02}-202{}-{}", self.below(30), self.digits(5), self.digits(6)),
            _ => format!("https://pay.example-store.com/refund?transactionNo=3{}", self.digits(17)),
        }
    }
}

/// What is printed, and the texts that may be read in it.
type Made = (Print, Vec<String>);

type Make = fn(&mut Dice) -> Made;

/// The kinds, as often as each other.
const KINDS: [(&str, Make); 14] = [
    ("noise", |_| (Print::Nothing, Vec::new())),
    ("waves", waves),
    ("weave", weave),
    ("rows of digits", digits),
    ("bars of random widths", bars),
    ("wide and narrow bars", wide_and_narrow),
    ("a wrong symbol", wrong_symbol),
    ("random symbols", random_symbols),
    ("two codes joined", joined),
    ("a code cut off", cut_off),
    ("random modules in a QR code", random_modules),
    ("a damaged QR code", damaged_qr),
    ("another symbology", another),
    ("a damaged Code 128", damaged_code128),
];

/// The frame of a number.
pub fn frame(number: u64) -> Frame {
    let mut dice = Dice(number.wrapping_mul(0xD134_2543_DE82_EF95));
    let (kind, make) = KINDS[usize::try_from(number % KINDS.len() as u64).unwrap()];
    let (print, allowed) = make(&mut dice);
    let damage = Damage::at_random(&mut dice);
    Frame { kind, pixels: paint::paint(&print, &damage, &mut dice), allowed }
}

/// A code's modules from zxing-cpp's writer, row by row, and the modules in a row.
fn written(format: BarcodeFormat, text: &str) -> (Vec<bool>, usize) {
    let code = zxingcpp::create(format).from_str(text).unwrap();
    let image = code.to_image_with(&zxingcpp::write().scale(1).add_quiet_zones(false)).unwrap();
    let width = usize::try_from(image.width()).unwrap();
    (image.data().iter().map(|grey| *grey < 128).collect(), width)
}

/// The modules of one row of a linear code.
fn row_of(format: BarcodeFormat, text: &str) -> Vec<bool> {
    let (modules, width) = written(format, text);
    modules[..width].to_vec()
}

fn bars_of(modules: Vec<bool>, dice: &mut Dice) -> Print {
    Print::Bars { modules, module: dice.between(0.9, 2.6), half_height: dice.between(10.0, 55.0) }
}

fn waves(dice: &mut Dice) -> Made {
    (Print::Waves { along: dice.between(0.05, 1.6), across: 0.0, level: dice.between(-0.5, 0.5) }, Vec::new())
}

fn weave(dice: &mut Dice) -> Made {
    let (along, across) = (dice.between(0.05, 1.6), dice.between(0.05, 1.6));
    (Print::Waves { along, across, level: dice.between(-0.3, 0.3) }, Vec::new())
}

fn digits(dice: &mut Dice) -> Made {
    (Print::Digits { seed: dice.next(), dot: dice.between(0.7, 3.0), gap: 1 + dice.below(3) }, Vec::new())
}

fn bars(dice: &mut Dice) -> Made {
    let (mut modules, mut ink) = (Vec::new(), true);
    let length = 60 + dice.below(200);
    while modules.len() < length {
        modules.extend(vec![ink; 1 + dice.below(4)]);
        ink = !ink;
    }
    (bars_of(modules, dice), Vec::new())
}

fn wide_and_narrow(dice: &mut Dice) -> Made {
    let (mut modules, mut ink) = (Vec::new(), true);
    let wide = 2 + dice.below(2);
    for _ in 0..40 + dice.below(80) {
        modules.extend(vec![ink; if dice.percent(35) { wide } else { 1 }]);
        ink = !ink;
    }
    (bars_of(modules, dice), Vec::new())
}

/// Modules of a Code 128 symbol; the stop has two more.
const SYMBOL: usize = 11;

/// The values of a number's symbols in code set C, checksum and stop left out.
fn values(digits: &str) -> Vec<usize> {
    std::iter::once(105)
        .chain(digits.as_bytes().chunks(2).map(|pair| usize::from((pair[0] - b'0') * 10 + pair[1] - b'0')))
        .collect()
}

fn checksum(values: &[usize]) -> usize {
    values.iter().enumerate().map(|(place, value)| place.max(1) * value).sum::<usize>() % 103
}

/// A right Code 128 of digits in which some symbols are replaced, its checksum left as it was.
fn wrong_symbol(dice: &mut Dice) -> Made {
    let pairs = 5 + dice.below(7);
    let (text, other) = (dice.digits(2 * pairs), dice.digits(2 * pairs));
    let (mut row, from) = (row_of(BarcodeFormat::Code128, &text), row_of(BarcodeFormat::Code128, &other));
    assert_eq!(row.len(), (pairs + 2) * SYMBOL + 13, "one code set throughout");
    let mut said = values(&text);
    for _ in 0..=dice.below(3) {
        let (to, of) = (1 + dice.below(pairs), 1 + dice.below(pairs));
        row[to * SYMBOL..(to + 1) * SYMBOL].copy_from_slice(&from[of * SYMBOL..(of + 1) * SYMBOL]);
        said[to] = values(&other)[of];
    }
    // One time in some hundred the checksum is right again, and the new text with it.
    let allowed = if checksum(&said) == checksum(&values(&text)) { vec![number_of(&said)] } else { Vec::new() };
    (bars_of(row, dice), allowed)
}

fn number_of(values: &[usize]) -> String {
    values.iter().skip(1).map(|value| format!("{value:02}")).collect()
}

/// Start and stop with symbols at random between, some of them not digits.
fn random_symbols(dice: &mut Dice) -> Made {
    let text = dice.digits(20);
    let right = row_of(BarcodeFormat::Code128, &text);
    let mut row = right[..SYMBOL].to_vec();
    let mut said = vec![105];
    for _ in 0..7 + dice.below(8) {
        let digits = dice.digits(2);
        said.push(digits.parse().unwrap());
        row.extend_from_slice(&row_of(BarcodeFormat::Code128, &digits.repeat(4))[SYMBOL..2 * SYMBOL]);
    }
    row.extend_from_slice(&right[right.len() - 13..]);
    let check = said.pop().unwrap_or(0);
    let allowed = if checksum(&said) == check { vec![number_of(&said)] } else { Vec::new() };
    (bars_of(row, dice), allowed)
}

/// The first symbols of one code and the last of another.
fn joined(dice: &mut Dice) -> Made {
    let pairs = 6 + dice.below(5);
    let (one, other) = (dice.digits(2 * pairs), dice.digits(2 * pairs));
    let cut = 2 + dice.below(pairs - 2);
    let mut row = row_of(BarcodeFormat::Code128, &one)[..cut * SYMBOL].to_vec();
    row.extend_from_slice(&row_of(BarcodeFormat::Code128, &other)[cut * SYMBOL..]);
    let mut said = values(&one);
    said.truncate(cut);
    said.extend_from_slice(&values(&other)[cut..]);
    let allowed = if checksum(&said) == checksum(&values(&other)) { vec![number_of(&said)] } else { Vec::new() };
    (bars_of(row, dice), allowed)
}

/// A right Code 128 of which some symbols are missing at one end or both.
fn cut_off(dice: &mut Dice) -> Made {
    let text = if dice.percent(60) { dice.digits(18) } else { format!("POS{}", dice.digits(12)) };
    let row = row_of(BarcodeFormat::Code128, &text);
    let most = row.len() / 3;
    let (from, to) = match dice.below(3) {
        0 => (3 + dice.below(most), row.len()),
        1 => (0, row.len() - 3 - dice.below(most)),
        _ => (3 + dice.below(most), row.len() - 3 - dice.below(most)),
    };
    // Less than two symbols missing may still be read rightly.
    (bars_of(row[from..to].to_vec(), dice), vec![text])
}

/// True for the finder patterns with the white around them and the timing patterns.
fn is_pattern(side: usize, x: usize, y: usize) -> bool {
    let (near, far) = (|place: usize| place < 8, |place: usize| place + 8 >= side);
    (near(x) && near(y)) || (far(x) && near(y)) || (near(x) && far(y)) || x == 6 || y == 6
}

fn random_modules(dice: &mut Dice) -> Made {
    let text = dice.text();
    let (mut modules, side) = written(BarcodeFormat::QRCode, &text);
    // All of them, or all but the modules of the format and the first bits.
    let keep_format = dice.percent(50);
    for y in 0..side {
        for x in 0..side {
            let format = x == 8 || y == 8 || (x + 3 > side && y + 5 > side);
            if !(is_pattern(side, x, y) || keep_format && format) {
                modules[y * side + x] = dice.percent(50);
            }
        }
    }
    (Print::Square { modules, side, module: dice.between(1.2, 4.5) }, Vec::new())
}

/// A right QR code with a share of its modules wrong, or a piece of it hidden.
fn damaged_qr(dice: &mut Dice) -> Made {
    let text = dice.text();
    let (mut modules, side) = written(BarcodeFormat::QRCode, &text);
    if dice.percent(60) {
        let share = dice.below(20);
        for module in &mut modules {
            *module ^= dice.percent(share);
        }
    } else {
        let (left, top, wide) = (dice.below(side), dice.below(side), side / 6 + dice.below(side / 3));
        let ink = dice.percent(50);
        for y in top..(top + wide).min(side) {
            for x in left..(left + wide).min(side) {
                modules[y * side + x] = ink;
            }
        }
    }
    (Print::Square { modules, side, module: dice.between(1.0, 4.5) }, vec![text])
}

/// Codes that are not looked for; a product may be named as one.
fn another(dice: &mut Dice) -> Made {
    let row = match dice.below(4) {
        0 => row_of(BarcodeFormat::EAN13, &dice.digits(12)),
        1 => row_of(BarcodeFormat::EAN8, &dice.digits(7)),
        2 => row_of(BarcodeFormat::ITF, &dice.digits(18)),
        _ => row_of(BarcodeFormat::Code39, &dice.digits(10)),
    };
    (bars_of(row, dice), Vec::new())
}

fn damaged_code128(dice: &mut Dice) -> Made {
    let text = if dice.percent(60) { format!("3{}", dice.digits(17)) } else { format!("POS{}", dice.digits(12)) };
    let mut row = row_of(BarcodeFormat::Code128, &text);
    if dice.percent(50) {
        // A stroke over some bars, or some bars not printed.
        let (from, wide, ink) = (dice.below(row.len()), 1 + dice.below(20), dice.percent(50));
        row.iter_mut().skip(from).take(wide).for_each(|module| *module = ink);
    }
    (bars_of(row, dice), vec![text])
}
