//! The first start: names, the first manager, then the pages of Settings one after another, until the last one is left.
//!
//! **Until there is a manager nothing can be set but what store and till are called; from then on every page takes one**:
//! whoever made themselves the first manager goes on, and after a start that broke off whichever manager signs in. **Nobody
//! goes back behind the first manager.** Each page is left with its outcome in the settings file, together with the page
//! that comes next.

use super::effect::{Effect, Leaving, Signal};
use super::note::Note;
use super::on_settings::KeptSetting;
use super::state::{Door, Guide, Locked, Naming, Settings, SettingsPage, State};
use super::step::Flow;
use crate::domain::{Act, Asking, KeepFault, OperatorId, SettingChange, SetupPage, TillName, may};

/// What happened in the first start.
#[derive(Debug, Clone)]
pub enum OnSetup {
    /// What store and till are called was given.
    NamesGiven {
        /// The store.
        store: String,
        /// The till.
        till: TillName,
    },
    /// "Next" was pressed.
    NextPressed,
    /// "Back" was pressed.
    BackPressed,
}

/// The page of Settings that a page of the first start shows.
const fn shown(page: SetupPage) -> SettingsPage {
    match page {
        SetupPage::Names | SetupPage::Manager | SetupPage::Gateway => SettingsPage::Gateway,
        SetupPage::Camera => SettingsPage::Camera,
        SetupPage::Scanner => SettingsPage::Scanner,
        SetupPage::Printer => SettingsPage::Printer,
        SetupPage::Limits => SettingsPage::Rules,
        SetupPage::Done => SettingsPage::Display,
    }
}

impl Flow {
    /// The first page, where nobody works here yet and the names were not given before.
    pub(super) fn naming(setup: Option<SetupPage>) -> Option<Naming> {
        (setup == Some(SetupPage::Names)).then(Naming::default)
    }

    /// Whether this is the first start, and it is not over.
    pub fn sets_up(&self) -> bool {
        self.setting.setup.is_some()
    }

    pub(super) fn on_setup(&mut self, what: OnSetup) -> Vec<Effect> {
        match what {
            OnSetup::NamesGiven { store, till } => self.give_names(store, till),
            OnSetup::NextPressed => self.setup_next(),
            OnSetup::BackPressed => self.setup_back(),
        }
    }

    /// The page before anybody works here, if it is on the screen and nothing is awaited on it.
    fn naming_now(&mut self) -> Option<&mut Naming> {
        match &mut self.state {
            State::Locked(Locked { first: Some(_), naming: Some(naming), .. }) if !naming.waiting => Some(naming),
            _ => None,
        }
    }

    fn give_names(&mut self, store: String, till: TillName) -> Vec<Effect> {
        let Some(naming) = self.naming_now() else { return vec![] };
        *naming = Naming { waiting: true, fault: None };
        vec![Effect::KeepSetting { by: None, change: SettingChange::Names { store, till } }]
    }

    /// A setting was kept, or was not: what that means here, if it is about the first start.
    pub(super) fn setup_heard(&mut self, kept: &Result<Box<KeptSetting>, KeepFault>) -> Option<Vec<Effect>> {
        match kept {
            Ok(kept) => match kept.change {
                SettingChange::Names { .. } => self.names_kept(None),
                SettingChange::Setup(_) => Some(self.setup_finished().unwrap_or_default()),
                _ => None,
            },
            Err(why) => self.setup_finished().or_else(|| self.names_kept(Some(why))),
        }
    }

    fn names_kept(&mut self, fault: Option<&KeepFault>) -> Option<Vec<Effect>> {
        let State::Locked(Locked { first: Some(_), naming, .. }) = &mut self.state else { return None };
        if !naming.as_ref()?.waiting {
            return None;
        }
        if let Some(why) = fault {
            *naming = Some(Naming { waiting: false, fault: Some(why.clone()) });
            return Some(vec![Effect::Signal(Signal::Refused)]);
        }
        *naming = None;
        Some(self.remember(None, SetupPage::Manager))
    }

    fn remember(&mut self, by: Option<OperatorId>, page: SetupPage) -> Vec<Effect> {
        self.setting.setup = Some(page);
        vec![Effect::KeepSetting { by, change: SettingChange::Setup(Some(page)) }]
    }

    /// Somebody signed in: a manager goes on with a first start that is not over.
    pub(super) fn go_on_with_setup(&mut self) -> Vec<Effect> {
        let (Some(page), Some(operator), State::Ready) = (self.setting.setup, &self.operator, &self.state) else {
            return vec![];
        };
        if !may(Act::ChangeSettings, Asking::of(operator.role)).is_allowed() {
            return vec![];
        }
        let by = operator.id.clone();
        let page = page.max(SetupPage::Gateway);
        self.state = State::Settings(Box::new(Settings::at(Door::Open { by: by.clone() })));
        let mut effects = vec![Effect::Note { who: Some(by.clone()), note: Note::SettingsOpened }];
        effects.extend(self.remember(Some(by), page));
        effects.extend(self.enter(page));
        effects
    }

    fn enter(&mut self, page: SetupPage) -> Vec<Effect> {
        let State::Settings(settings) = &mut self.state else { return vec![] };
        settings.guide = Some(Guide { page, finishing: false });
        let mut effects = self.turn_to(shown(page));
        if page == SetupPage::Done {
            // It says whether there is one, and the page that found out may have been left before a crash.
            effects.extend(self.look_for_token());
        }
        effects
    }

    /// The page of the first start on the screen, and the manager before it.
    fn guided(&self) -> Option<(Guide, OperatorId)> {
        let State::Settings(settings) = &self.state else { return None };
        let guide = settings.guide.filter(|guide| !guide.finishing)?;
        Some((guide, self.here_for(Act::ChangeSettings)?))
    }

    fn setup_next(&mut self) -> Vec<Effect> {
        // Names that cannot be written are no reason to stop: whoever read why may go on.
        if self.naming_now().is_some_and(|naming| naming.fault.is_some())
            && let State::Locked(locked) = &mut self.state
        {
            locked.naming = None;
            return vec![];
        }
        let Some((guide, by)) = self.guided() else { return vec![] };
        if let Some(next) = guide.page.next() {
            let mut effects = self.leave_settings();
            effects.extend(self.remember(Some(by), next));
            effects.extend(self.enter(next));
            return effects;
        }
        if let State::Settings(settings) = &mut self.state {
            settings.guide = Some(Guide { finishing: true, ..guide });
        }
        vec![Effect::KeepSetting { by: Some(by), change: SettingChange::Setup(None) }]
    }

    pub(super) fn setup_back(&mut self) -> Vec<Effect> {
        if let State::Locked(Locked { first: Some(first), naming: naming @ None, .. }) = &mut self.state
            && self.setting.setup.is_some()
            && first.waiting.is_none()
        {
            *naming = Some(Naming::default());
            return vec![];
        }
        let Some((guide, _)) = self.guided() else { return vec![] };
        let Some(before) = guide.page.before() else { return vec![] };
        let mut effects = self.leave_settings();
        effects.extend(self.enter(before));
        effects
    }

    /// The last page was left, and that stands in the file or cannot: the till begins with what was set.
    fn setup_finished(&mut self) -> Option<Vec<Effect>> {
        match &self.state {
            State::Settings(settings) if settings.guide.is_some_and(|guide| guide.finishing) => {}
            _ => return None,
        }
        self.setting.setup = None;
        self.operator = None;
        self.next_turn();
        self.state = State::Locked(Locked::default());
        Some(vec![Effect::Leave(Leaving::Reopened)])
    }
}
