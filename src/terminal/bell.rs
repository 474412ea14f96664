//! Sounds and their visible twins.
//!
//! **No sound is played without its twin**: whoever plays one writes down in the same step that it is shown, and there is no
//! other way to the player from here. Muted or without a player, the twin alone is left.

use crate::devices::sound::{Sound, Sounds};
use crate::domain::{SoundLevel, Timestamp};
use crate::flow::Signal;

/// What plays, and what was last to be heard.
pub(super) struct Bell {
    sounds: Option<Sounds>,
    shown: Option<(Timestamp, Signal)>,
}

impl Bell {
    /// With that player, where there is one.
    pub(super) const fn new(sounds: Option<Sounds>) -> Self {
        Self { sounds, shown: None }
    }

    /// Gives a sign, to be seen and to be heard.
    pub(super) fn ring(&mut self, at: Timestamp, signal: Signal) {
        self.shown = Some((at, signal));
        if let Some(sounds) = &self.sounds {
            sounds.play(sound_of(signal));
        }
    }

    /// The last sign, and when it was given.
    pub(super) const fn shown(&self) -> Option<(Timestamp, Signal)> {
        self.shown
    }

    /// From now on so loud.
    pub(super) fn set(&self, level: SoundLevel) {
        if let Some(sounds) = &self.sounds {
            sounds.set(level);
        }
    }
}

const fn sound_of(signal: Signal) -> Sound {
    match signal {
        Signal::Read => Sound::Read,
        Signal::Refused => Sound::Refused,
        Signal::Done => Sound::Done,
        Signal::Attention | Signal::Torn => Sound::Attention,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sound_has_its_twin_with_a_player_or_without() {
        for player in [None, Sounds::start(SoundLevel { volume: 0, muted: true })] {
            let mut bell = Bell::new(player);
            assert_eq!(bell.shown(), None);
            let all = [Signal::Read, Signal::Refused, Signal::Done, Signal::Attention, Signal::Torn];
            for (at, signal) in (1..).zip(all) {
                bell.ring(Timestamp::from_ms(at), signal);
                assert_eq!(bell.shown(), Some((Timestamp::from_ms(at), signal)));
            }
        }
    }
}
