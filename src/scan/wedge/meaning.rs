//! What a key says while a burst may be going on: a character, an end, or nothing of a text.

use super::{BurstEnd, PhysicalKey};

#[derive(Debug, Clone, Copy)]
pub(super) struct Modifiers {
    pub(super) shift: bool,
    pub(super) ctrl: bool,
    pub(super) alt: bool,
}

/// What a key says.
pub(super) enum Meaning {
    Character(char),
    End(BurstEnd),
    /// Ctrl and a letter, which is the character for the end of a line.
    ControlEnd(BurstEnd),
    /// A digit with Alt: part of a character's number.
    Number,
    Nothing,
}

pub(super) fn meaning(key: PhysicalKey, with: Modifiers) -> Meaning {
    match (key, with.ctrl) {
        (PhysicalKey::Typing('0'..='9'), false) if with.alt => Meaning::Number,
        _ if with.alt => Meaning::Nothing,
        (PhysicalKey::Enter, false) => Meaning::End(BurstEnd::Enter),
        (PhysicalKey::Tab, false) if !with.shift => Meaning::End(BurstEnd::Tab),
        (PhysicalKey::Typing(']'), true) => Meaning::Character('\u{1d}'),
        (PhysicalKey::Typing('m' | 'j'), true) => Meaning::ControlEnd(BurstEnd::Enter),
        (PhysicalKey::Typing('i'), true) => Meaning::ControlEnd(BurstEnd::Tab),
        (key, false) => key.character(with.shift).map_or(Meaning::Nothing, Meaning::Character),
        (_, true) => Meaning::Nothing,
    }
}
