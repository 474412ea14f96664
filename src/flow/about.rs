//! The page "About" in the conversation: the checks asked for, a file for support, and what came of it.
//!
//! **Only a manager asks**, and one question at a time. A look changes nothing; a file that was packed is on the record.

use super::effect::{Effect, Signal};
use super::state::{SettingsPage, State};
use super::step::{Flow, Turn};
use crate::domain::{Act, Checkup, NoCheckup};

/// What happened on the page "About".
#[derive(Debug, Clone)]
pub enum OnAbout {
    /// "Check this till" was pressed, or with `pack`, "Pack a file for support".
    CheckPressed {
        /// A file for support is wanted as well.
        pack: bool,
    },
    /// The checks ended.
    Checked {
        /// Whose answer this is.
        turn: Turn,
        /// What they found, or why there is nothing.
        checkup: Result<Box<Checkup>, NoCheckup>,
    },
}

/// The page: what is waited for and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AboutPage {
    /// The turn whose answer is awaited.
    pub waiting: Option<Turn>,
    /// What the last checks found.
    pub checkup: Option<Result<Box<Checkup>, NoCheckup>>,
}

impl Flow {
    pub(super) fn on_about(&mut self, what: OnAbout) -> Vec<Effect> {
        match what {
            OnAbout::CheckPressed { pack } => self.check_up(pack),
            OnAbout::Checked { turn, checkup } => {
                let State::Settings(settings) = &mut self.state else { return vec![] };
                if settings.about.waiting != Some(turn) {
                    return vec![];
                }
                let well = checkup.as_ref().is_ok_and(|checkup| checkup.faults() == 0);
                settings.about = AboutPage { waiting: None, checkup: Some(checkup) };
                vec![Effect::Signal(if well { Signal::Done } else { Signal::Attention })]
            }
        }
    }

    fn check_up(&mut self, pack: bool) -> Vec<Effect> {
        let Some(by) = self.here_for(Act::ChangeSettings) else { return vec![] };
        let turn = self.turn.following();
        match &mut self.state {
            State::Settings(settings) if settings.page == SettingsPage::About && settings.about.waiting.is_none() => {
                settings.about = AboutPage { waiting: Some(turn), checkup: None };
            }
            _ => return vec![],
        }
        self.turn = turn;
        vec![Effect::CheckUp { turn, by, pack }]
    }
}
