//! The Settings pages in the conversation: who may open them, which page is open, what was chosen there.
//!
//! **Only a manager gets in**: one who is signed in, or one who gives their PIN; that does not sign them in. **A scan on
//! these pages never starts a refund.** The camera is on while its page is open, and at no other time here.

use super::effect::{Effect, Signal};
use super::note::{Note, RefusedAt};
use super::people::PeopleWork;
use super::state::{Door, Settings, SettingsPage, State};
use super::step::{Flow, Turn};
use crate::domain::{Act, ApprovalFault, Asking, Operator, OperatorId, Pin, SettingChange, Timestamp, may};

impl Flow {
    pub(super) fn open_settings(&mut self) -> Vec<Effect> {
        let State::Ready = self.state else { return vec![] };
        let Some(operator) = &self.operator else { return vec![] };
        if may(Act::ChangeSettings, Asking::of(operator.role)).is_allowed() {
            let by = operator.id.clone();
            return self.let_in(by);
        }
        let door = Door::Closed { checking: None, refused: None, refused_at: None };
        self.state = State::Settings(Box::new(Settings::at(door)));
        vec![]
    }

    fn let_in(&mut self, by: OperatorId) -> Vec<Effect> {
        let settings = Settings::at(Door::Open { by: by.clone() });
        let page = settings.page;
        let mut effects = vec![Effect::Note { who: Some(by), note: Note::SettingsOpened }];
        self.state = State::Settings(Box::new(settings));
        effects.extend(self.on_page(page));
        effects
    }

    pub(super) fn manager_pin(&mut self, operator: OperatorId, pin: Pin) -> Vec<Effect> {
        let turn = self.next_turn();
        match &mut self.state {
            State::Settings(settings) => match &mut settings.door {
                Door::Closed { checking, refused, .. } if checking.is_none() => {
                    (*checking, *refused) = (Some(turn), None);
                    vec![Effect::SignIn { turn, operator, pin }]
                }
                Door::Closed { .. } | Door::Open { .. } => vec![],
            },
            _ => vec![],
        }
    }

    /// The answer to a PIN that was given on the way in; none of ours when it is about another screen.
    pub(super) fn manager_came(&mut self, turn: Turn, operator: &Operator, at: Timestamp) -> Vec<Effect> {
        if !self.is_checking(turn) {
            return vec![];
        }
        if may(Act::ChangeSettings, Asking::of(operator.role)).is_allowed() {
            return self.let_in(operator.id.clone());
        }
        // The list has managers alone; a role that changed meanwhile is no way in.
        self.manager_refused(turn, ApprovalFault::Refused(crate::domain::Refusal::NotYourApproval), at)
    }

    pub(super) fn manager_refused(&mut self, turn: Turn, why: ApprovalFault, at: Timestamp) -> Vec<Effect> {
        if !self.is_checking(turn) {
            return vec![];
        }
        let mut effects = vec![Effect::Signal(Signal::Refused)];
        effects.extend(self.refused(RefusedAt::SignIn, String::new(), &why));
        if let State::Settings(settings) = &mut self.state {
            settings.door = Door::Closed { checking: None, refused: Some(why), refused_at: Some(at) };
        }
        effects
    }

    fn is_checking(&self, turn: Turn) -> bool {
        matches!(&self.state, State::Settings(settings)
            if matches!(settings.door, Door::Closed { checking: Some(asked), .. } if asked == turn))
    }

    pub(super) fn open_page(&mut self, page: SettingsPage) -> Vec<Effect> {
        let State::Settings(settings) = &mut self.state else { return vec![] };
        if !settings.is_open() || settings.page == page || settings.guide.is_some() {
            return vec![];
        }
        let mut effects = leave_page(settings.page);
        effects.extend(self.turn_to(page));
        effects
    }

    pub(super) fn turn_to(&mut self, page: SettingsPage) -> Vec<Effect> {
        if let State::Settings(settings) = &mut self.state {
            (settings.page, settings.kept, settings.people) = (page, None, PeopleWork::default());
        }
        self.on_page(page)
    }

    fn on_page(&mut self, page: SettingsPage) -> Vec<Effect> {
        match page {
            SettingsPage::Camera => vec![Effect::ListCameras, Effect::StartCamera],
            SettingsPage::Gateway => self.look_for_token(),
            SettingsPage::Printer => vec![Effect::LookAtPrinter],
            SettingsPage::Scanner
            | SettingsPage::Sound
            | SettingsPage::Rules
            | SettingsPage::People
            | SettingsPage::Training
            | SettingsPage::Display
            | SettingsPage::About => vec![],
        }
    }

    pub(super) fn change_setting(&mut self, change: SettingChange) -> Vec<Effect> {
        if matches!(self.state, State::Locked(_)) && change.is_anybodys() {
            return vec![Effect::KeepSetting { by: None, change }];
        }
        let Some(by) = self.here_for(change.act()) else { return vec![] };
        if let State::Settings(settings) = &mut self.state {
            settings.kept = None;
        }
        if let SettingChange::Printer(choice) = &change {
            self.setting.after_refund = choice.after_refund();
        }
        vec![Effect::KeepSetting { by: Some(by), change }]
    }

    pub(super) fn look_for_cameras(&self) -> Vec<Effect> {
        match &self.state {
            State::Settings(settings) if settings.is_open() => vec![Effect::ListCameras],
            _ => vec![],
        }
    }

    /// What has to be put away when Settings is left, to wherever.
    pub(super) fn leave_settings(&self) -> Vec<Effect> {
        match &self.state {
            State::Settings(settings) if settings.is_open() => leave_page(settings.page),
            _ => vec![],
        }
    }
}

fn leave_page(page: SettingsPage) -> Vec<Effect> {
    match page {
        SettingsPage::Camera => vec![Effect::StopCamera],
        SettingsPage::Scanner
        | SettingsPage::Rules
        | SettingsPage::Gateway
        | SettingsPage::People
        | SettingsPage::Training
        | SettingsPage::Display
        | SettingsPage::Printer
        | SettingsPage::About
        | SettingsPage::Sound => vec![],
    }
}
