//! Five keyboards as the till's system may be set to, and scanners that know nothing of it.
//!
//! A scanner presses keys by their places on a US keyboard. What the system makes of them depends on its layout and on
//! Caps Lock: **the place stays right, the text and the logical key do not**. The tables hold what differs from the US
//! layout among the keys that codes use. Sources: ISO/IEC 9995 national layouts as xkeyboard-config has them (gb, de,
//! fr, es).

use egui::{Event, Key, Modifiers};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Us,
    Uk,
    German,
    French,
    Spanish,
}

impl Layout {
    pub const ALL: [Self; 5] = [Self::Us, Self::Uk, Self::German, Self::French, Self::Spanish];

    /// What the key at that place types, where it is something else than on a US keyboard.
    fn differs(self, place: char, shift: bool) -> Option<char> {
        let table: &[(char, char, char)] = match self {
            Self::Us => &[],
            Self::Uk => &[('2', '2', '"'), ('3', '3', '\u{a3}'), ('\'', '\'', '@'), ('\\', '#', '~')],
            Self::German => &[
                ('y', 'z', 'Z'),
                ('z', 'y', 'Y'),
                ('2', '2', '"'),
                ('3', '3', '\u{a7}'),
                ('6', '6', '&'),
                ('7', '7', '/'),
                ('8', '8', '('),
                ('9', '9', ')'),
                ('0', '0', '='),
                ('-', '\u{df}', '?'),
                ('=', '\u{b4}', '`'),
                ('[', '\u{fc}', '\u{dc}'),
                (']', '+', '*'),
                ('/', '-', '_'),
                (';', '\u{f6}', '\u{d6}'),
            ],
            Self::French => &[
                ('1', '&', '1'),
                ('2', '\u{e9}', '2'),
                ('3', '"', '3'),
                ('4', '\'', '4'),
                ('5', '(', '5'),
                ('6', '-', '6'),
                ('7', '\u{e8}', '7'),
                ('8', '_', '8'),
                ('9', '\u{e7}', '9'),
                ('0', '\u{e0}', '0'),
                ('a', 'q', 'Q'),
                ('q', 'a', 'A'),
                ('w', 'z', 'Z'),
                ('z', 'w', 'W'),
                ('m', ',', '?'),
                (';', 'm', 'M'),
                ('-', ')', '\u{b0}'),
                (']', '$', '\u{a3}'),
                ('/', '!', '\u{a7}'),
                ('.', ':', '/'),
            ],
            Self::Spanish => &[
                ('2', '2', '"'),
                ('3', '3', '\u{b7}'),
                ('6', '6', '&'),
                ('7', '7', '/'),
                ('8', '8', '('),
                ('9', '9', ')'),
                ('0', '0', '='),
                ('-', '\'', '?'),
                ('=', '\u{a1}', '\u{bf}'),
                ('[', '`', '^'),
                (']', '+', '*'),
                ('/', '-', '_'),
                (';', '\u{f1}', '\u{d1}'),
            ],
        };
        table.iter().find(|(key, _, _)| *key == place).map(|(_, plain, shifted)| if shift { *shifted } else { *plain })
    }

    /// The text of a key: the layout's, with Caps Lock as Windows has it (French: the digit row is locked as well).
    fn text(self, place: char, shift: bool, caps_lock: bool) -> char {
        let digits_lock = self == Self::French && place.is_ascii_digit();
        let plain = self.differs(place, shift).unwrap_or_else(|| us(place, shift));
        if caps_lock && (plain.is_alphabetic() || digits_lock) {
            return self.differs(place, !shift).unwrap_or_else(|| us(place, !shift));
        }
        plain
    }

    /// The place and shift of the key that types `character` on this layout: what a scanner set to it presses.
    fn key_for(self, character: char) -> Option<(char, bool)> {
        PLACES
            .chars()
            .flat_map(|place| [(place, false), (place, true)])
            .find(|(place, shift)| self.differs(*place, *shift).unwrap_or_else(|| us(*place, *shift)) == character)
    }
}

const PLACES: &str = "1234567890abcdefghijklmnopqrstuvwxyz-=[]\\;'`,./";

fn us(place: char, shift: bool) -> char {
    if !shift {
        return place;
    }
    let pairs = "1!2@3#4$5%6^7&8*9(0)-_=+[{]}\\|;:'\"`~,<.>/?";
    let at = pairs.chars().step_by(2).position(|plain| plain == place);
    at.and_then(|at| pairs.chars().nth(2 * at + 1)).unwrap_or_else(|| place.to_ascii_uppercase())
}

/// What stands between the fields of a GS1 code.
pub const GS: char = '\u{1d}';

/// A scanner at a till.
#[derive(Debug, Clone, Copy)]
pub struct Scanner {
    /// The system's layout.
    pub system: Layout,
    /// The layout the scanner is set to: the US one, as it comes from its maker, or the system's.
    pub own: Layout,
    /// Caps Lock is on at the till.
    pub caps_lock: bool,
}

impl Scanner {
    /// The events of one character: shift where it needs it, press, text, release. As `egui-winit` makes them: the
    /// logical key where there is one by that name, else the physical one.
    pub fn key(&self, character: char) -> Vec<Event> {
        if character == GS {
            return control(self.system, ']');
        }
        let Some((place, shift)) = self.own.key_for(character) else { return vec![] };
        let modifiers = Modifiers { shift, ..Modifiers::NONE };
        let text = self.system.text(place, shift, self.caps_lock);
        let physical = Key::from_name(&place.to_string());
        let key = Key::from_name(&text.to_string()).or(physical).expect("a key of a code");
        let event = |pressed| Event::Key { key, physical_key: physical, pressed, repeat: false, modifiers };
        let mut events = vec![event(true), Event::Text(text.to_string()), event(false)];
        if shift {
            events.insert(0, plain(Key::ShiftLeft, true));
            events.push(plain(Key::ShiftLeft, false));
        }
        events
    }
}

/// A key that types nothing, or the same everywhere.
pub fn plain(key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE }
}

/// Ctrl and a key, whose character the layout may have moved: how scanners send CR (`m`), LF (`j`) and GS (`]`).
pub fn control(layout: Layout, place: char) -> Vec<Event> {
    let modifiers = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
    let physical = Key::from_name(&place.to_string());
    // On a German keyboard the key of `]` is a plus, and Ctrl and plus enlarge the window.
    let key = Key::from_name(&layout.text(place, false, false).to_string()).or(physical).expect("a key of a code");
    let event = |pressed| Event::Key { key, physical_key: physical, pressed, repeat: false, modifiers };
    vec![plain(Key::ControlLeft, true), event(true), event(false), plain(Key::ControlLeft, false)]
}
