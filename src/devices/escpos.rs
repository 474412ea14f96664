//! Lines as the bytes of an ESC/POS printer, and what its status bytes say.
//!
//! **A document's text cannot become a command**: text bytes come from [`code_page::encode`] alone, which gives no
//! control characters, and pictures hold no real-time command. **A line with a character that the page does not have is sent as a picture.**
//!
//! Commands after Epson's "ESC/POS Command Reference"; those used here are in its compatibles too.

use super::code_page;
use super::document::Size;
use super::font::Pen;
use super::layout::{BAR_DOTS, BAR_HEIGHT, CodeKind, Line, Paper, QR_DOTS, paper};
use super::raster::{Raster, code_raster, line_raster};
use crate::domain::{CodePage, CodeStyle, DrawerPin, PaperWidth, PrinterFault};

/// How a printer is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tongue {
    /// Its paper.
    pub paper: PaperWidth,
    /// Its characters.
    pub code_page: CodePage,
    /// Who draws codes.
    pub codes: CodeStyle,
}

const ESC: u8 = 0x1b;
const GS: u8 = 0x1d;
const FS: u8 = 0x1c;
const DLE: u8 = 0x10;
const EOT: u8 = 0x04;
/// Rows of a picture in one command: a printer's buffer holds some 4 kB, 72 bytes a row on 80 mm.
const BAND: usize = 48;
/// Lines fed before a cut: the knife is so far above the head.
const FEED: u8 = 4;

/// The bytes of all lines, from a printer's fresh start to the cut behind the last.
#[must_use]
pub fn encode(lines: &[Line], tongue: Tongue, pen: &Pen) -> Vec<u8> {
    // Start afresh; the page; no two-byte characters, which Chinese printers begin with; no national variants of ASCII.
    let mut bytes = vec![ESC, b'@', ESC, b't', code_page::number(tongue.code_page), FS, b'.', ESC, b'R', 0];
    let paper = paper(tongue.paper);
    for line in lines {
        one(&mut bytes, line, tongue, paper, pen);
    }
    if lines.last() != Some(&Line::Cut) {
        cut(&mut bytes);
    }
    bytes
}

fn one(bytes: &mut Vec<u8>, line: &Line, tongue: Tongue, paper: Paper, pen: &Pen) {
    match line {
        Line::Text { text, indent, size, strong } => match code_page::encode(text, tongue.code_page) {
            Some(text) => {
                bytes.extend([ESC, b'E', u8::from(*strong)]);
                bytes.extend(std::iter::repeat_n(b' ', *indent));
                bytes.extend([GS, b'!', size_byte(*size)]);
                bytes.extend(text);
                bytes.extend([b'\n', GS, b'!', 0, ESC, b'E', 0]);
            }
            None => picture(bytes, &line_raster(line, paper, pen, 1)),
        },
        Line::Rule => picture(bytes, &line_raster(line, paper, pen, 1)),
        Line::Space => bytes.push(b'\n'),
        Line::Code { kind, text, modules } => match tongue.codes {
            CodeStyle::Picture => picture(bytes, &code_raster(*kind, modules, paper.dots, 1)),
            CodeStyle::Printer => own_code(bytes, *kind, text),
        },
        Line::Cut => cut(bytes),
    }
}

const fn size_byte(size: Size) -> u8 {
    match size {
        Size::Plain => 0x00,
        Size::Tall => 0x01,
        Size::Large => 0x11,
    }
}

/// GS v 0, band by band: they join without a gap.
fn picture(bytes: &mut Vec<u8>, raster: &Raster) {
    let across = raster.width.div_ceil(8);
    let mut packed = raster.packed();
    without_commands(&mut packed);
    for band in packed.chunks(across.max(1) * BAND) {
        bytes.extend([GS, b'v', b'0', 0]);
        bytes.extend(two(across));
        bytes.extend(two(band.len() / across.max(1)));
        bytes.extend_from_slice(band);
    }
}

/// Printers look for real-time commands in the middle of pictures too: ask, recover, open the drawer. A lone dot of a
/// letter becomes two where it would be one; codes have no lone dots.
fn without_commands(packed: &mut [u8]) {
    for at in 1..packed.len() {
        let is_command = matches!(packed.get(at), Some(0x04 | 0x05 | 0x14));
        if let Some(before) = packed.get_mut(at - 1).filter(|before| is_command && **before == DLE) {
            *before = 0x18;
        }
    }
}

fn two(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

/// The printer's own codes, in the middle.
fn own_code(bytes: &mut Vec<u8>, kind: CodeKind, text: &str) {
    bytes.extend([ESC, b'a', 1]);
    match kind {
        CodeKind::Qr => {
            let dots = u8::try_from(QR_DOTS).unwrap_or(6);
            // Model 2; dots a module; error correction M; the text; print.
            bytes.extend([GS, b'(', b'k', 4, 0, 49, 65, 50, 0]);
            bytes.extend([GS, b'(', b'k', 3, 0, 49, 67, dots]);
            bytes.extend([GS, b'(', b'k', 3, 0, 49, 69, 49]);
            bytes.extend([GS, b'(', b'k']);
            bytes.extend(two(text.len() + 3));
            bytes.extend([49, 80, 48]);
            bytes.extend_from_slice(text.as_bytes());
            bytes.extend([GS, b'(', b'k', 3, 0, 49, 81, 48]);
        }
        CodeKind::Code128 => {
            let digits: Vec<u8> = text.bytes().collect();
            let is_pairs = digits.len().is_multiple_of(2) && digits.iter().all(u8::is_ascii_digit);
            // Code set C takes pairs of digits as one byte each; B everything else, a brace doubled.
            let data: Vec<u8> = if is_pairs {
                let pair =
                    |pair: &[u8]| pair.iter().fold(0_u8, |n, digit| n.wrapping_mul(10).wrapping_add(digit - b'0'));
                b"{C".iter().copied().chain(digits.chunks(2).map(pair)).collect()
            } else {
                let doubled = digits.iter().flat_map(|byte| std::iter::repeat_n(*byte, 1 + usize::from(*byte == b'{')));
                b"{B".iter().copied().chain(doubled).collect()
            };
            let (high, wide) = (u8::try_from(BAR_HEIGHT).unwrap_or(72), u8::try_from(BAR_DOTS).unwrap_or(3));
            bytes.extend([GS, b'h', high, GS, b'w', wide, GS, b'H', 0, GS, b'k', 73]);
            bytes.push(u8::try_from(data.len()).unwrap_or(u8::MAX));
            bytes.extend(data.into_iter().take(usize::from(u8::MAX)));
        }
    }
    bytes.extend([b'\n', ESC, b'a', 0]);
}

fn cut(bytes: &mut Vec<u8>) {
    // Feed, then a partial cut; a printer without a knife feeds.
    bytes.extend([ESC, b'd', FEED, GS, b'V', 66, 0]);
}

/// Opens the drawer: the pulse in units of 2 ms.
#[must_use]
pub fn drawer(pin: DrawerPin, pulse_ms: u32) -> Vec<u8> {
    let pulse = u8::try_from(pulse_ms / 2).unwrap_or(u8::MAX).max(1);
    let pin = match pin {
        DrawerPin::Two => 0,
        DrawerPin::Five => 1,
    };
    vec![ESC, b'p', pin, pulse, pulse.saturating_mul(2)]
}

/// What a printer is asked in real time, in this order; any of them it may leave unanswered.
pub(super) const QUESTIONS: [Question; 3] = [Question::OffLine, Question::Paper, Question::Printer];

/// A real-time question (DLE EOT n).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// Is it on line?
    Printer,
    /// Why is it off line?
    OffLine,
    /// Is there paper?
    Paper,
}

impl Question {
    /// What is sent.
    pub(super) const fn bytes(self) -> [u8; 3] {
        let number = match self {
            Self::Printer => 1,
            Self::OffLine => 2,
            Self::Paper => 4,
        };
        [DLE, EOT, number]
    }

    /// What the answer says is wrong.
    pub(super) fn fault(self, answer: u8) -> Option<PrinterFault> {
        let bit = |number: u8| answer & (1 << number) != 0;
        match self {
            Self::OffLine if bit(2) => Some(PrinterFault::CoverOpen),
            Self::OffLine if bit(5) => Some(PrinterFault::PaperOut),
            Self::OffLine if bit(6) => Some(PrinterFault::Trouble),
            Self::Paper if bit(5) || bit(6) => Some(PrinterFault::PaperOut),
            Self::Printer if bit(3) => Some(PrinterFault::OffLine),
            Self::OffLine | Self::Paper | Self::Printer => None,
        }
    }
}

/// Every answer to a real-time question has bits 0 and 7 off and bits 1 and 4 on.
pub(super) const fn is_answer(byte: u8) -> bool {
    byte & 0b1001_0011 == 0b0001_0010
}

/// GS r 1: answered only once everything before it was worked off.
pub(super) const DONE_QUESTION: [u8; 3] = [GS, b'r', 1];

/// An answer to [`DONE_QUESTION`] has bits 4 and 7 off.
pub(super) const fn is_done_answer(byte: u8) -> bool {
    byte & 0b1001_0000 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(question: Question, answer: u8, expected: Option<PrinterFault>) {
        assert!(is_answer(answer), "{answer:#x}");
        assert!(!is_done_answer(answer));
        assert_eq!(question.fault(answer), expected, "{question:?} {answer:#x}");
    }

    #[test]
    fn status_bytes_as_the_reference_has_them() {
        check(Question::Printer, 0x12, None);
        check(Question::Printer, 0x1a, Some(PrinterFault::OffLine));
        // The drawer's own switch is no fault.
        check(Question::Printer, 0x16, None);
        check(Question::OffLine, 0x12, None);
        check(Question::OffLine, 0x16, Some(PrinterFault::CoverOpen));
        check(Question::OffLine, 0x32, Some(PrinterFault::PaperOut));
        check(Question::OffLine, 0x52, Some(PrinterFault::Trouble));
        check(Question::Paper, 0x12, None);
        // Near its end: bits 2 and 3. It still prints.
        check(Question::Paper, 0x1e, None);
        check(Question::Paper, 0x72, Some(PrinterFault::PaperOut));
        assert!(is_done_answer(0x00) && is_done_answer(0x03) && is_done_answer(0x0f));
        assert!(!is_answer(0x00) && !is_answer(0xff));
    }

    #[test]
    fn a_picture_holds_no_real_time_command() {
        let mut packed = vec![0x10, 0x14, 0x01, 0x10, 0x10, 0x04, 0x10, 0x00, 0x10];
        without_commands(&mut packed);
        assert_eq!(packed, [0x18, 0x14, 0x01, 0x10, 0x18, 0x04, 0x10, 0x00, 0x10]);
    }

    #[test]
    fn a_drawers_pulse_stays_in_its_byte() {
        assert_eq!(drawer(DrawerPin::Two, 120), [0x1b, b'p', 0, 60, 120]);
        assert_eq!(drawer(DrawerPin::Five, 10_000), [0x1b, b'p', 1, 255, 255]);
        assert_eq!(drawer(DrawerPin::Five, 0), [0x1b, b'p', 1, 1, 2]);
    }
}
