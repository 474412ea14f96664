//! A document on paper of a width: lines, each where it stands. What prints and what draws go by the same lines.
//!
//! **No line is wider than the paper**, whatever the document holds. **A number in groups is broken between groups
//! alone.** A code that does not fit with its quiet zones is left out: its digits stand beside it on every slip of ours.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::codes::{self, Modules};
use super::document::{Align, Document, Row, Size};
use crate::domain::PaperWidth;

/// Dots of one character of a printer's font A, across and down; the fonts of all ESC/POS printers are so wide.
pub const CELL: (usize, usize) = (12, 24);
/// Dots from one line to the next: a character and a quarter of one.
pub const LINE_DOTS: usize = 30;
/// Dots of one module of a QR code: 0.75 mm at 203 dots an inch, which a telephone and a scanner read at arm's length.
pub const QR_DOTS: usize = 6;
/// Dots of one module of a linear code. With 2 (0.25 mm) an 18-digit number would go on 58 mm, and thermal heads smear
/// that; with 3 (0.375 mm) it does not fit.
pub const BAR_DOTS: usize = 3;
/// How high a linear code's bars are: 9 mm.
pub const BAR_HEIGHT: usize = 72;
/// The quiet zones: 4 modules around a QR code (ISO/IEC 18004), 10 beside a Code 128 (ISO/IEC 15417).
pub const QR_QUIET: usize = 4;
/// See [`QR_QUIET`].
pub const BAR_QUIET: usize = 10;

/// What a width of paper holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// Characters on a line.
    pub columns: usize,
    /// Dots on a line.
    pub dots: usize,
    /// The whole paper, in mm.
    pub width_mm: usize,
}

/// The paper of that width, at 8 dots a mm.
#[must_use]
pub const fn paper(width: PaperWidth) -> Paper {
    match width {
        PaperWidth::Mm58 => Paper { columns: 32, dots: 384, width_mm: 58 },
        PaperWidth::Mm80 => Paper { columns: 48, dots: 576, width_mm: 80 },
    }
}

/// Which kind of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// QR.
    Qr,
    /// Code 128.
    Code128,
}

/// One line, as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A text.
    Text {
        /// It.
        text: String,
        /// Plain columns before it.
        indent: usize,
        /// How large.
        size: Size,
        /// Bold.
        strong: bool,
    },
    /// A line across.
    Rule,
    /// An empty line.
    Space,
    /// A code in the middle.
    Code {
        /// Of which kind.
        kind: CodeKind,
        /// What it says.
        text: String,
        /// How it looks.
        modules: Modules,
    },
    /// Cut here.
    Cut,
}

/// How many plain columns a text takes: two for a Chinese or Korean character.
#[must_use]
pub fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// How many columns and lines one character of that size takes.
#[must_use]
pub const fn scale(size: Size) -> (usize, usize) {
    match size {
        Size::Plain => (1, 1),
        Size::Tall => (1, 2),
        Size::Large => (2, 2),
    }
}

/// The lines of a document.
#[must_use]
pub fn layout(document: &Document, width: PaperWidth) -> Vec<Line> {
    let paper = paper(width);
    let mut lines = vec![];
    for row in &document.rows {
        match row {
            Row::Text { text, align, size, strong } => texts(&mut lines, paper, text, (*align, *size), *strong),
            Row::Pair { label, value, strong } => pair(&mut lines, paper, label, value, *strong),
            Row::Digits(number) => digits(&mut lines, paper, number),
            Row::Rule => lines.push(Line::Rule),
            Row::Space => lines.push(Line::Space),
            Row::Cut => lines.push(Line::Cut),
            Row::Qr(text) => lines.extend(code(paper, CodeKind::Qr, text)),
            Row::Code128(text) => lines.extend(code(paper, CodeKind::Code128, text)),
        }
    }
    lines
}

fn texts(lines: &mut Vec<Line>, paper: Paper, text: &str, (align, size): (Align, Size), strong: bool) {
    let size = if columns(text) * scale(size).0 > paper.columns && size == Size::Large { Size::Tall } else { size };
    let across = scale(size).0;
    for text in wrap(text, paper.columns / across) {
        let free = paper.columns.saturating_sub(columns(&text) * across);
        let indent = match align {
            Align::Left => 0,
            Align::Centre => free / 2,
            Align::Right => free,
        };
        lines.push(Line::Text { text, indent, size, strong });
    }
}

fn pair(lines: &mut Vec<Line>, paper: Paper, label: &str, value: &str, strong: bool) {
    let free = paper.columns.checked_sub(columns(label) + columns(value));
    match free.filter(|free| *free > 0) {
        Some(free) => {
            let text = format!("{label}{}{value}", " ".repeat(free));
            lines.push(Line::Text { text, indent: 0, size: Size::Plain, strong });
        }
        None => {
            texts(lines, paper, label, (Align::Left, Size::Plain), strong);
            texts(lines, paper, value, (Align::Right, Size::Plain), strong);
        }
    }
}

/// Groups of four, as many on a line as fit.
fn digits(lines: &mut Vec<Line>, paper: Paper, number: &str) {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return texts(lines, paper, number, (Align::Centre, Size::Plain), true);
    }
    let digits: Vec<char> = number.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    for line in groups.chunks(((paper.columns + 1) / 5).max(1)) {
        texts(lines, paper, &line.join(" "), (Align::Centre, Size::Plain), true);
    }
}

fn code(paper: Paper, kind: CodeKind, text: &str) -> Option<Line> {
    let (modules, dots, quiet) = match kind {
        CodeKind::Qr => (codes::qr(text), QR_DOTS, QR_QUIET),
        CodeKind::Code128 => (codes::code128(text), BAR_DOTS, BAR_QUIET),
    };
    let modules = modules?;
    let fits = (modules.width + 2 * quiet) * dots <= paper.dots;
    fits.then(|| Line::Code { kind, text: text.to_owned(), modules })
}

/// Cuts a text into lines of so many columns, between words where it can. At least one line.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = vec![];
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if columns(&line) + gap + columns(word) <= room {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            if columns(&line) + c.width().unwrap_or(0) > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: Document, width: PaperWidth, expected: &[&str]) {
        let shown: Vec<String> = layout(&document, width)
            .iter()
            .map(|line| match line {
                Line::Text { text, indent, size, .. } => format!("{}{text}|{size:?}", ".".repeat(*indent)),
                other => format!("{other:?}").chars().take(4).collect(),
            })
            .collect();
        let shown: Vec<&str> = shown.iter().map(|line| line.trim_end_matches("|Plain")).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn texts_wrap_between_words_and_what_is_too_long_is_broken() {
        let new = || Document::new("x");
        check(
            new().text("Do not refund this again. It is being checked."),
            PaperWidth::Mm58,
            &["Do not refund this again. It is", "being checked."],
        );
        check(new().text(&"x".repeat(40)), PaperWidth::Mm58, &["x".repeat(32).as_str(), "xxxxxxxx"]);
        check(new().text(""), PaperWidth::Mm58, &[""]);
        // A Chinese character takes two columns and may stand at the end of any line.
        check(new().text(&"退".repeat(17)), PaperWidth::Mm58, &["退".repeat(16).as_str(), "退"]);
    }

    #[test]
    fn labels_and_values_share_a_line_where_they_fit() {
        let new = || Document::new("x");
        check(new().pair("Approved by", "Luis"), PaperWidth::Mm58, &["Approved by                 Luis"]);
        check(
            new().pair("Reference", "FRONT-1-01JD9ZQ3K4M5N6P7Q8R9S0T1V2"),
            PaperWidth::Mm58,
            &["Reference", "FRONT-1-01JD9ZQ3K4M5N6P7Q8R9S0T1", "..............................V2"],
        );
    }

    #[test]
    fn an_amount_is_large_where_it_fits_and_never_wrapped_by_its_size() {
        let large = |text: &str| Document::new("x").centred(text, Size::Large, true);
        check(large("$27.40 USD"), PaperWidth::Mm58, &["......$27.40 USD|Large"]);
        check(large("₩123,456,789,000 KRW"), PaperWidth::Mm58, &["......₩123,456,789,000 KRW|Tall"]);
    }

    #[test]
    fn a_number_is_broken_between_groups() {
        let digits = |n: &str| Document::new("x").digits(n);
        check(digits("297553638301777927"), PaperWidth::Mm58, &[".....2975 5363 8301 7779 27"]);
        let long = "1234".repeat(9);
        check(digits(&long), PaperWidth::Mm58, &[".1234 1234 1234 1234 1234 1234", ".........1234 1234 1234"]);
    }

    #[test]
    fn a_linear_code_of_eighteen_digits_stands_on_the_wide_paper_alone() {
        let code = || Document::new("x").row(Row::Code128("297553638301777927".to_owned()));
        assert_eq!(layout(&code(), PaperWidth::Mm58), []);
        assert!(matches!(&layout(&code(), PaperWidth::Mm80)[..], [Line::Code { kind: CodeKind::Code128, .. }]));
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_wider_than_the_paper(text in "\\PC{0,80}", value in "\\PC{0,60}", wide in proptest::bool::ANY) {
            let width = if wide { PaperWidth::Mm80 } else { PaperWidth::Mm58 };
            let mut document = Document::new("x").pair(&text, &value).digits(&value);
            for (align, size) in [(Align::Left, Size::Plain), (Align::Centre, Size::Large), (Align::Right, Size::Tall)] {
                document = document.row(Row::Text { text: text.clone(), align, size, strong: false });
            }
            for line in layout(&document, width) {
                if let Line::Text { text, indent, size, .. } = line {
                    proptest::prop_assert!(indent + columns(&text) * scale(size).0 <= paper(width).columns, "{text}");
                }
            }
        }
    }
}
