//! Keys by their place on the keyboard, and the characters a scanner means by them.
//!
//! **A scanner that has not been told the till's layout sends the keys of a US keyboard**, so the place of the key and
//! the shift say what was printed, whatever the layout or Caps Lock makes of it.

/// A key by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhysicalKey {
    /// A key that types, as the US keyboard's unshifted character.
    Typing(char),
    /// Either Enter.
    Enter,
    /// Tab.
    Tab,
    /// Shift, Ctrl, Alt and their kind: never part of a text.
    Modifier,
    /// Every other key: arrows, Escape, Backspace, F keys.
    Other,
}

/// The US layout: unshifted and shifted, and the name `egui::Key::name()` has for the key.
const TYPING: [(char, char, &str); 49] = [
    ('0', ')', "0"),
    ('1', '!', "1"),
    ('2', '@', "2"),
    ('3', '#', "3"),
    ('4', '$', "4"),
    ('5', '%', "5"),
    ('6', '^', "6"),
    ('7', '&', "7"),
    ('8', '*', "8"),
    ('9', '(', "9"),
    ('a', 'A', "A"),
    ('b', 'B', "B"),
    ('c', 'C', "C"),
    ('d', 'D', "D"),
    ('e', 'E', "E"),
    ('f', 'F', "F"),
    ('g', 'G', "G"),
    ('h', 'H', "H"),
    ('i', 'I', "I"),
    ('j', 'J', "J"),
    ('k', 'K', "K"),
    ('l', 'L', "L"),
    ('m', 'M', "M"),
    ('n', 'N', "N"),
    ('o', 'O', "O"),
    ('p', 'P', "P"),
    ('q', 'Q', "Q"),
    ('r', 'R', "R"),
    ('s', 'S', "S"),
    ('t', 'T', "T"),
    ('u', 'U', "U"),
    ('v', 'V', "V"),
    ('w', 'W', "W"),
    ('x', 'X', "X"),
    ('y', 'Y', "Y"),
    ('z', 'Z', "Z"),
    (' ', ' ', "Space"),
    ('-', '_', "Minus"),
    ('=', '+', "Equals"),
    ('[', '{', "OpenBracket"),
    (']', '}', "CloseBracket"),
    ('\\', '|', "Backslash"),
    (';', ':', "Semicolon"),
    ('\'', '"', "Quote"),
    ('`', '~', "Backtick"),
    (',', '<', "Comma"),
    ('.', '>', "Period"),
    ('/', '?', "Slash"),
    // The number pad's, the only physical plus there is.
    ('+', '+', "Plus"),
];

impl PhysicalKey {
    /// The key that `egui::Key::name()` calls so. Pass the event's physical key, or its logical one where there is no
    /// physical one.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        if let Some((plain, _, _)) = TYPING.iter().find(|(_, _, known)| *known == name) {
            return Self::Typing(*plain);
        }
        match name {
            "Enter" => Self::Enter,
            "Tab" => Self::Tab,
            "ShiftLeft" | "ShiftRight" | "ControlLeft" | "ControlRight" | "AltLeft" | "AltRight" | "SuperLeft"
            | "SuperRight" | "CapsLock" | "NumLock" | "ScrollLock" | "Fn" => Self::Modifier,
            _ => Self::Other,
        }
    }

    /// The character a US keyboard types with it.
    #[must_use]
    pub fn character(self, shift: bool) -> Option<char> {
        let Self::Typing(key) = self else { return None };
        TYPING
            .iter()
            .find(|(plain, _, _)| *plain == key)
            .map(|(plain, shifted, _)| if shift { *shifted } else { *plain })
    }
}
