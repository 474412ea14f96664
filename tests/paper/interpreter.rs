//! What a printer makes of its bytes: a small ESC/POS interpreter that draws on a roll of paper.
//!
//! **Strict where printers are lenient**: an unknown command, a byte its page does not have and a line that runs over the
//! paper's edge are failures here.

use tillback::devices::code_page::decode;
use tillback::devices::codes;
use tillback::devices::document::Size;
use tillback::devices::font::Pen;
use tillback::devices::layout::{CodeKind, Line, Paper, columns, paper, scale};
use tillback::devices::raster::{Raster, draw};
use tillback::domain::{CodePage, PaperWidth};

/// What came out.
pub struct Printed {
    pub raster: Raster,
    /// Every line of text, as its page has it.
    pub texts: Vec<String>,
    pub cuts: usize,
    pub drawer: Vec<(u8, u8, u8)>,
    /// Commands seen, for those that leave no dots.
    pub code_page: Option<u8>,
}

struct Machine<'a> {
    bytes: &'a [u8],
    at: usize,
    paper: Paper,
    page: CodePage,
    pen: Pen,
    out: Printed,
    line: String,
    size: Size,
    line_size: Size,
    strong: bool,
    centred: bool,
    qr: Vec<u8>,
}

/// Prints on that paper; the printer has that page.
pub fn print(bytes: &[u8], width: PaperWidth, page: CodePage) -> Printed {
    let paper = paper(width);
    let out = Printed { raster: Raster::blank(paper.dots, 0), texts: vec![], cuts: 0, drawer: vec![], code_page: None };
    let mut machine = Machine {
        bytes,
        at: 0,
        paper,
        page,
        pen: Pen::new(&[]),
        out,
        line: String::new(),
        size: Size::Plain,
        line_size: Size::Plain,
        strong: false,
        centred: false,
        qr: vec![],
    };
    while machine.at < bytes.len() {
        machine.one();
    }
    assert!(machine.line.trim().is_empty(), "text without an end of line: {:?}", machine.line);
    machine.out
}

impl Machine<'_> {
    fn next(&mut self) -> u8 {
        self.at += 1;
        *self.bytes.get(self.at - 1).expect("a command ends early")
    }

    fn one(&mut self) {
        match self.next() {
            b'\n' => self.feed(),
            0x1b => self.escape(),
            0x1d => self.group(),
            0x1c => assert_eq!(self.next(), b'.', "FS"),
            byte => {
                let c = decode(byte, self.page).unwrap_or_else(|| panic!("byte {byte:#04x} prints nothing"));
                if self.line.trim().is_empty() && c != ' ' {
                    self.line_size = self.size;
                }
                self.line.push(c);
            }
        }
    }

    fn escape(&mut self) {
        match self.next() {
            b'@' => assert_eq!(self.at, 2, "a fresh start in the middle"),
            b't' => self.out.code_page = Some(self.next()),
            b'R' => assert_eq!(self.next(), 0),
            b'E' => self.strong = self.next() == 1,
            b'a' => self.centred = self.next() == 1,
            b'd' => {
                let lines = self.next();
                self.out.raster.grow(usize::from(lines) * 30);
            }
            b'p' => {
                let pulse = (self.next(), self.next(), self.next());
                self.out.drawer.push(pulse);
            }
            other => panic!("ESC {other:#04x}"),
        }
    }

    fn group(&mut self) {
        match self.next() {
            b'!' => {
                self.size = match self.next() {
                    0x00 => Size::Plain,
                    0x01 => Size::Tall,
                    0x11 => Size::Large,
                    other => panic!("GS ! {other:#04x}"),
                }
            }
            b'v' => self.picture(),
            b'V' => {
                assert_eq!((self.next(), self.next()), (66, 0));
                self.out.cuts += 1;
            }
            b'(' => self.qr_command(),
            b'h' | b'w' | b'H' => drop(self.next()),
            b'k' => self.linear(),
            other => panic!("GS {other:#04x}"),
        }
    }

    /// Text stands where it stands; spaces before it were plain ones.
    fn feed(&mut self) {
        let text = std::mem::take(&mut self.line);
        let shown = text.trim_start();
        let line = if shown.is_empty() {
            Line::Space
        } else {
            let indent = if self.line_size == Size::Plain { 0 } else { columns(&text) - columns(shown) };
            let text = if self.line_size == Size::Plain { text.clone() } else { shown.to_owned() };
            let wide = indent + columns(&text) * scale(self.line_size).0;
            assert!(wide <= self.paper.columns, "{wide} columns: {text:?}");
            self.out.texts.push(text.trim_end().to_owned());
            Line::Text { text, indent, size: self.line_size, strong: self.strong }
        };
        self.line_size = Size::Plain;
        self.add(&draw(&[line], self.paper, &self.pen, 1));
    }

    fn add(&mut self, part: &Raster) {
        assert_eq!(part.width, self.paper.dots);
        self.out.raster.luma.extend_from_slice(&part.luma);
        self.out.raster.height += part.height;
    }

    fn picture(&mut self) {
        assert_eq!((self.next(), self.next()), (b'0', 0), "GS v");
        assert!(self.line.is_empty(), "a picture in the middle of a line");
        let across = usize::from(u16::from_le_bytes([self.next(), self.next()]));
        let rows = usize::from(u16::from_le_bytes([self.next(), self.next()]));
        assert!(across * 8 <= self.paper.dots, "{} dots across", across * 8);
        let mut part = Raster::blank(self.paper.dots, rows);
        for row in 0..rows {
            for byte in 0..across {
                let bits = self.next();
                (0..8).filter(|bit| bits & (0x80 >> bit) != 0).for_each(|bit| part.ink(byte * 8 + bit, row));
            }
        }
        self.add(&part);
    }

    fn qr_command(&mut self) {
        assert_eq!(self.next(), b'k');
        let length = usize::from(u16::from_le_bytes([self.next(), self.next()]));
        let body: Vec<u8> = (0..length).map(|_| self.next()).collect();
        assert_eq!(body[0], 49);
        match body[1] {
            65 | 67 | 69 => {}
            80 => self.qr = body[3..].to_vec(),
            81 => {
                assert!(self.centred);
                let text = String::from_utf8(self.qr.clone()).unwrap();
                let modules = codes::qr(&text).unwrap();
                let line = Line::Code { kind: CodeKind::Qr, text, modules };
                self.add(&draw(&[line], self.paper, &self.pen, 1));
            }
            other => panic!("GS ( k {other}"),
        }
    }

    fn linear(&mut self) {
        assert_eq!(self.next(), 73, "GS k");
        let length = usize::from(self.next());
        let data: Vec<u8> = (0..length).map(|_| self.next()).collect();
        assert!(data.starts_with(b"{C"), "code set");
        let text: String = data[2..].iter().map(|pair| format!("{pair:02}")).collect();
        let modules = codes::code128(&text).unwrap();
        let line = Line::Code { kind: CodeKind::Code128, text, modules };
        self.add(&draw(&[line], self.paper, &self.pen, 1));
    }
}
