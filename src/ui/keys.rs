//! The keyboard, as the screens see it: each key acts once, when it goes down, and not again before it was released.
//!
//! **Holding Enter cannot walk through two screens**: repeats of keys that act are taken out of the input before any
//! widget sees them, egui's own buttons included. **A key is used by one thing**: who takes it, has it. **Nobody takes a key
//! without saying what it does**: what was said is the sheet of keys (F1), and there is no other list.

use std::collections::BTreeSet;

use egui::{Event, Id, Key, RawInput};

use super::i18n::Words;

/// Where the cursor of a text field may stand; Enter there means the screen's primary button.
pub const TEXT_FIELDS: [&str; 15] = [
    "scan-number",
    "sale-reason",
    "approval-note",
    "refunds-search",
    "order-reason",
    "order-evidence",
    "rule-reason",
    "gateway-merchant",
    "gateway-store",
    "gateway-token",
    "person-name",
    "names-store",
    "names-till",
    "printer-address",
    "passphrase",
];

/// The id of one of [`TEXT_FIELDS`].
pub fn field_id(name: &str) -> Id {
    Id::unique(("field", name))
}

/// Where it is kept which choice had the focus when it was last drawn.
fn choice_key() -> Id {
    Id::unique("choice-with-focus")
}

/// Whether something to choose (a reason, a person, a line) was pressed. **Space chooses; Enter is left to the screen's
/// primary button**, which says so, wherever among the choices the focus stands.
pub fn choice_pressed(context: &egui::Context, response: &egui::Response) -> bool {
    if response.has_focus() {
        context.data_mut(|data| data.insert_temp(choice_key(), response.id));
    }
    let by_enter = response.has_focus() && context.input(|input| input.key_pressed(Key::Enter));
    response.clicked_by(egui::PointerButton::Primary) || (response.clicked() && !by_enter)
}

/// Whether a key was pressed after the last press of a finger or a button of the mouse.
fn keyboard_in_use(context: &egui::Context) -> bool {
    let id = Id::unique("keyboard-in-use");
    let now = context.input(|input| {
        input.events.iter().rev().find_map(|event| match event {
            // The keyboard on the screen has no other.
            Event::Key { key: Key::Backspace, .. } => None,
            Event::Key { pressed: true, .. } => Some(true),
            Event::PointerButton { pressed: true, .. } | Event::Touch { .. } => Some(false),
            _ => None,
        })
    });
    context.data_mut(|data| {
        let in_use = data.get_temp_mut_or_default::<bool>(id);
        *in_use = now.unwrap_or(*in_use);
        *in_use
    })
}

/// Which keys are down, over all frames.
#[derive(Debug, Default)]
pub struct HeldKeys {
    down: BTreeSet<Key>,
}

impl HeldKeys {
    /// Takes out every press of a key that is down already, if that key acts.
    pub fn filter(&mut self, input: &mut RawInput) {
        if !input.focused {
            // Keys released in another window are not heard here.
            self.down.clear();
        }
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, .. } => self.down.insert(*key) || !acts(*key),
            Event::Key { key, pressed: false, .. } => {
                self.down.remove(key);
                true
            }
            _ => true,
        });
    }
}

/// True for keys that do something when pressed, other than moving about in a text.
fn acts(key: Key) -> bool {
    matches!(
        key,
        Key::Enter
            | Key::Space
            | Key::Escape
            | Key::F1
            | Key::F2
            | Key::F3
            | Key::F4
            | Key::F5
            | Key::F8
            | Key::F9
            | Key::F12
    ) || digit_of(key).is_some()
}

fn digit_of(key: Key) -> Option<char> {
    Some(match key {
        Key::Num0 => '0',
        Key::Num1 => '1',
        Key::Num2 => '2',
        Key::Num3 => '3',
        Key::Num4 => '4',
        Key::Num5 => '5',
        Key::Num6 => '6',
        Key::Num7 => '7',
        Key::Num8 => '8',
        Key::Num9 => '9',
        _ => return None,
    })
}

/// One thing typed on the number keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A digit.
    Digit(char),
    /// The decimal point or comma.
    Point,
    /// Backspace.
    Back,
    /// Delete: everything goes.
    Clear,
}

/// What a key of the present screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offered {
    /// One key.
    Key(Key),
    /// The number keys.
    Digits,
    /// Arrow up and down.
    Arrows,
}

impl Offered {
    /// What stands on it.
    pub fn name(self, words: &Words) -> String {
        match self {
            Self::Key(Key::Enter) => words.say("key-enter"),
            Self::Key(Key::Escape) => words.say("key-escape"),
            Self::Key(Key::PageUp) => words.say("key-page-up"),
            Self::Key(Key::PageDown) => words.say("key-page-down"),
            Self::Key(Key::Delete) => words.say("key-delete"),
            Self::Key(key) => key.name().to_owned(),
            Self::Digits => words.say("key-digits"),
            Self::Arrows => words.say("key-arrows"),
        }
    }
}

/// What was pressed in this frame and not used yet.
#[derive(Debug, Default)]
pub struct Keys {
    /// What does something now, in the words of what it does.
    offered: Vec<(Offered, String)>,
    pressed: Vec<Key>,
    typed: Vec<Typed>,
    button_has_focus: bool,
    in_use: bool,
    field_has_focus: bool,
}

impl Keys {
    /// Reads this frame's keys. The digit is the physical key's, so that a French layout needs no Shift for a PIN.
    pub fn read(context: &egui::Context) -> Self {
        let focused = context.memory(|memory| memory.focused());
        let field_has_focus = focused.is_some_and(|id| TEXT_FIELDS.iter().any(|name| field_id(name) == id));
        let choice: Option<Id> = context.data(|data| data.get_temp(choice_key()));
        let on_choice = focused.is_some() && focused == choice;
        let in_use = keyboard_in_use(context);
        let mut keys = Self {
            button_has_focus: focused.is_some() && !field_has_focus && !on_choice,
            field_has_focus,
            in_use,
            ..Self::default()
        };
        context.input(|input| {
            for event in &input.events {
                let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { continue };
                if modifiers.ctrl || modifiers.alt || modifiers.command {
                    continue;
                }
                keys.pressed.push(*key);
                let digit = physical_key.and_then(digit_of).or_else(|| digit_of(*key));
                match (digit, key) {
                    (Some(digit), _) if !modifiers.shift => keys.typed.push(Typed::Digit(digit)),
                    (_, Key::Period | Key::Comma) => keys.typed.push(Typed::Point),
                    (_, Key::Backspace) => keys.typed.push(Typed::Back),
                    (_, Key::Delete) => keys.typed.push(Typed::Clear),
                    _ => {}
                }
            }
        });
        keys
    }

    fn offer(&mut self, key: Offered, does: &str) {
        if !self.offered.iter().any(|(known, _)| *known == key) {
            self.offered.push((key, does.to_owned()));
        }
    }

    /// Every key that does something on this screen now.
    pub fn offered(&mut self) -> Vec<(Offered, String)> {
        std::mem::take(&mut self.offered)
    }

    /// True once if that key was pressed. Enter belongs to the button that has the focus, if one has; the number keys
    /// and arrows belong to a text field while the cursor stands in it.
    pub fn take(&mut self, key: Key, does: &str) -> bool {
        self.offer(Offered::Key(key), does);
        self.was_pressed(key)
    }

    fn was_pressed(&mut self, key: Key) -> bool {
        if key == Key::Enter && self.button_has_focus {
            return false;
        }
        match self.pressed.iter().position(|pressed| *pressed == key) {
            Some(at) => {
                self.pressed.remove(at);
                true
            }
            None => false,
        }
    }

    /// Whether the last thing pressed was a key: somebody works without touch and mouse, and looks for the focus.
    pub const fn in_use(&self) -> bool {
        self.in_use
    }

    /// An arrow up (-1) or down (+1).
    pub fn take_arrow(&mut self, does: &str) -> i32 {
        self.offer(Offered::Arrows, does);
        if self.was_pressed(Key::ArrowUp) {
            -1
        } else if self.was_pressed(Key::ArrowDown) {
            1
        } else {
            0
        }
    }

    /// Everything typed on the number keys, for a PIN pad or a keypad.
    pub fn take_typed(&mut self, does: &str) -> Vec<Typed> {
        self.offer(Offered::Digits, does);
        if self.field_has_focus { vec![] } else { std::mem::take(&mut self.typed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: egui::Modifiers::NONE }
    }

    #[track_caller]
    fn check(events: Vec<Event>, expected: usize) {
        let mut held = HeldKeys::default();
        let mut input = RawInput { events, focused: true, ..RawInput::default() };
        held.filter(&mut input);
        let presses = input.events.iter().filter(|event| matches!(event, Event::Key { pressed: true, .. })).count();
        assert_eq!(presses, expected);
    }

    #[test]
    fn a_key_acts_once_until_it_is_released() {
        check(vec![key(Key::Enter, true); 40], 1);
        check(vec![key(Key::Num1, true), key(Key::Num1, true)], 1);
        check(vec![key(Key::Enter, true), key(Key::Enter, false), key(Key::Enter, true)], 2);
        check(vec![key(Key::Backspace, true), key(Key::Backspace, true)], 2);
    }
}
