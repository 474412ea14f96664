//! What stands on paper, whatever prints it: rows of text, amounts, rules and codes.
//!
//! **Pure, and no words of its own**: whoever makes a document brings them. **No text in it can command a printer**:
//! control characters are taken out when a row is made. How wide the paper is, a document does not know.

/// Where a text stands on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// How large a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Size {
    /// As everything.
    #[default]
    Plain,
    /// Twice as high.
    Tall,
    /// Twice as high and twice as wide; [`Size::Tall`] where it would not fit on a line.
    Large,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A text, wrapped where it has to be.
    Text {
        /// It.
        text: String,
        /// Where it stands.
        align: Align,
        /// How large.
        size: Size,
        /// Bold.
        strong: bool,
    },
    /// A label at the left and its value at the right; the value on lines of its own where both do not fit.
    Pair {
        /// At the left.
        label: String,
        /// At the right.
        value: String,
        /// Bold.
        strong: bool,
    },
    /// A long number in groups of four, broken between groups alone.
    Digits(String),
    /// A line across.
    Rule,
    /// An empty line.
    Space,
    /// A QR code of this text.
    Qr(String),
    /// A Code 128 of this text, where it fits with its quiet zones; nothing where it does not.
    Code128(String),
    /// The end of one slip: cut here.
    Cut,
}

/// Something to print.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// A name for a file: letters, digits and dashes.
    pub name: String,
    /// Its rows, from above.
    pub rows: Vec<Row>,
}

impl Document {
    /// An empty one; whatever a file's name may not hold becomes a dash.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(100).collect();
        Self { name, rows: vec![] }
    }

    /// Adds a text at the left.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.row(Row::Text { text: clean(text), align: Align::Left, size: Size::Plain, strong: false })
    }

    /// Adds a text in the middle.
    #[must_use]
    pub fn centred(self, text: &str, size: Size, strong: bool) -> Self {
        self.row(Row::Text { text: clean(text), align: Align::Centre, size, strong })
    }

    /// Adds a heading: bold, at the left, an empty line above it.
    #[must_use]
    pub fn heading(self, text: &str) -> Self {
        self.row(Row::Space).row(Row::Text { text: clean(text), align: Align::Left, size: Size::Plain, strong: true })
    }

    /// Adds a label and its value.
    #[must_use]
    pub fn pair(self, label: &str, value: &str) -> Self {
        self.row(Row::Pair { label: clean(label), value: clean(value), strong: false })
    }

    /// Adds a label and its value, bold: a total.
    #[must_use]
    pub fn total(self, label: &str, value: &str) -> Self {
        self.row(Row::Pair { label: clean(label), value: clean(value), strong: true })
    }

    /// Adds a long number in groups.
    #[must_use]
    pub fn digits(self, number: &str) -> Self {
        self.row(Row::Digits(clean(number)))
    }

    /// Adds a line across.
    #[must_use]
    pub fn rule(self) -> Self {
        self.row(Row::Rule)
    }

    /// Adds an empty line.
    #[must_use]
    pub fn space(self) -> Self {
        self.row(Row::Space)
    }

    /// Adds a row as it is; its texts are cleaned.
    #[must_use]
    pub fn row(mut self, row: Row) -> Self {
        self.rows.push(cleaned(row));
        self
    }

    /// Adds all of another document behind this one.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        self
    }
}

fn cleaned(row: Row) -> Row {
    match row {
        Row::Text { text, align, size, strong } => Row::Text { text: clean(&text), align, size, strong },
        Row::Pair { label, value, strong } => Row::Pair { label: clean(&label), value: clean(&value), strong },
        Row::Digits(text) => Row::Digits(clean(&text)),
        Row::Qr(text) => Row::Qr(clean(&text)),
        Row::Code128(text) => Row::Code128(clean(&text)),
        row @ (Row::Rule | Row::Space | Row::Cut) => row,
    }
}

/// The text without what a printer would take for a command.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_holds_a_control_character_and_no_name_a_path() {
        let nasty = "a\x1b@\x1dV\0\n\u{9b}b";
        let document = Document::new("../x/y")
            .text(nasty)
            .heading(nasty)
            .centred(nasty, Size::Large, true)
            .pair(nasty, nasty)
            .total(nasty, nasty)
            .digits(nasty)
            .row(Row::Qr(nasty.to_owned()))
            .row(Row::Code128(nasty.to_owned()));
        assert!(!format!("{:?}", document.rows).contains('\\'), "{document:?}");
        assert_eq!(document.name, "---x-y");
    }
}
