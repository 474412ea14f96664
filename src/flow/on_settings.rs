//! What happens on the pages of Settings beyond choosing: the gateway tried out, its token given, the store's rules
//! changed, training begun or ended.
//!
//! **A rule holds once the record has it**: the file is written first, then the ledger takes the rule over together with
//! the row that says who changed it. **A token is in no state**: it goes from the field to the vault.

use super::about::OnAbout;
use super::effect::{Effect, Leaving, Signal};
use super::note::Note;
use super::state::{Door, Locked, State};
use super::step::{Flow, Turn};
use crate::domain::{
    Act, Asking, GatewayAccount, GatewayTest, KeepFault, OperatorId, SettingChange, SettingsSeen, StoreRules,
    TokenFault, TokenPlace, TypedToken, may,
};

/// What happened on a page of Settings.
#[derive(Debug, Clone)]
pub enum OnSettings {
    /// "Test now" was pressed.
    TestAsked {
        /// The account as it stands on the page.
        account: GatewayAccount,
        /// The token as it stands there; the kept one, where none is typed.
        token: Option<TypedToken>,
    },
    /// "Keep this token" was pressed.
    TokenGiven(TypedToken),
    /// Something on the page "About".
    About(OnAbout),
    /// "Begin training" or "End training" was pressed.
    TrainingPressed,
    /// "Close Tillback" was pressed, where nobody else may.
    ClosePressed,
    /// The gateway was tried.
    Tested {
        /// Whose answer this is.
        turn: Turn,
        /// How it ended.
        test: GatewayTest,
    },
    /// Where the token is kept is known.
    TokenFound {
        /// Whose answer this is.
        turn: Turn,
        /// Where, or why not.
        place: Result<TokenPlace, TokenFault>,
    },
    /// A new token was kept, or was not.
    TokenKept {
        /// Whose answer this is.
        turn: Turn,
        /// Where, or why not.
        kept: Result<TokenPlace, TokenFault>,
    },
    /// The changed settings stand in the record, and the rules hold.
    Adopted {
        /// The rules that hold now.
        rules: Box<StoreRules>,
    },
    /// The record could not take them.
    NotAdopted,
}

/// A change that stands in the settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSetting {
    /// Who changed it; nobody knows who, before anybody has signed in.
    pub by: Option<OperatorId>,
    /// What they chose.
    pub change: SettingChange,
    /// The file as it stands now.
    pub seen: SettingsSeen,
    /// The rules and reasons as the file has them now.
    pub rules: Box<StoreRules>,
}

/// The gateway page: what is waited for and what was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GatewayTrial {
    /// The turn whose answer is awaited.
    pub waiting: Option<Turn>,
    /// How the last trial ended.
    pub test: Option<GatewayTest>,
    /// Where the token is kept, once that is known.
    pub token: Option<Result<TokenPlace, TokenFault>>,
    /// A token given on this page was kept.
    pub token_kept: bool,
    /// The account as it stands in the settings file since it was changed here: the one of the next start.
    pub account: Option<GatewayAccount>,
}

impl Flow {
    /// Who is in Settings, if they may do that.
    pub(super) fn here_for(&self, act: Act) -> Option<OperatorId> {
        let State::Settings(settings) = &self.state else { return None };
        let Door::Open { by } = &settings.door else { return None };
        let role = self.operators().iter().find(|person| person.id == *by)?.role;
        may(act, Asking::of(role)).is_allowed().then(|| by.clone())
    }

    /// The gateway page was opened: where is its token?
    pub(super) fn look_for_token(&mut self) -> Vec<Effect> {
        let turn = self.next_turn();
        if let State::Settings(settings) = &mut self.state {
            let account = settings.gateway.account.take();
            settings.gateway = GatewayTrial { waiting: Some(turn), account, ..GatewayTrial::default() };
        }
        vec![Effect::FindToken { turn }]
    }

    pub(super) fn on_settings(&mut self, what: OnSettings) -> Vec<Effect> {
        match what {
            OnSettings::TestAsked { account, token } => self.test_gateway(account, token),
            OnSettings::TokenGiven(token) => self.give_token(token),
            OnSettings::About(what) => self.on_about(what),
            OnSettings::TrainingPressed => self.leave_window(Act::Train, Note::ModeChanged, Leaving::Training),
            OnSettings::ClosePressed => self.leave_window(Act::ChangeSettings, Note::WindowClosed, Leaving::Closed),
            OnSettings::Tested { turn, test } => {
                let signal = if test == GatewayTest::Accepted { Signal::Done } else { Signal::Refused };
                self.answered(turn, |trial| trial.test = Some(test), Some(signal))
            }
            OnSettings::TokenFound { turn, place } => self.answered(turn, |trial| trial.token = Some(place), None),
            OnSettings::TokenKept { turn, kept } => {
                let signal = if kept.is_ok() { Signal::Done } else { Signal::Refused };
                let shown = |trial: &mut GatewayTrial| {
                    (trial.token_kept, trial.token, trial.test) = (kept.is_ok(), Some(kept), None);
                };
                self.answered(turn, shown, Some(signal))
            }
            OnSettings::Adopted { rules } => {
                self.setting.policy = rules.policy;
                self.say_kept(Ok(()))
            }
            OnSettings::NotAdopted => self.say_kept(Err(KeepFault::NextStart)),
        }
    }

    fn test_gateway(&mut self, account: GatewayAccount, token: Option<TypedToken>) -> Vec<Effect> {
        match self.begin_trial() {
            Some((turn, _)) => vec![Effect::TestGateway { turn, account, token }],
            None => vec![],
        }
    }

    fn give_token(&mut self, token: TypedToken) -> Vec<Effect> {
        match self.begin_trial() {
            Some((turn, by)) => vec![Effect::KeepToken { turn, by, token }],
            None => vec![],
        }
    }

    /// One trial at a time.
    fn begin_trial(&mut self) -> Option<(Turn, OperatorId)> {
        let by = self.here_for(Act::ChangeGateway)?;
        let turn = self.turn.following();
        let State::Settings(settings) = &mut self.state else { return None };
        if settings.gateway.waiting.is_some() {
            return None;
        }
        (settings.gateway.waiting, settings.gateway.test, settings.gateway.token_kept) = (Some(turn), None, false);
        self.turn = turn;
        Some((turn, by))
    }

    fn answered(&mut self, turn: Turn, show: impl FnOnce(&mut GatewayTrial), signal: Option<Signal>) -> Vec<Effect> {
        let State::Settings(settings) = &mut self.state else { return vec![] };
        if settings.gateway.waiting != Some(turn) {
            return vec![];
        }
        settings.gateway.waiting = None;
        show(&mut settings.gateway);
        signal.map(Effect::Signal).into_iter().collect()
    }

    /// Nobody stays signed in behind a window that is left.
    fn leave_window(&mut self, act: Act, note: Note, leaving: Leaving) -> Vec<Effect> {
        let Some(by) = self.here_for(act) else { return vec![] };
        let mut effects = self.leave_settings();
        effects.push(Effect::Note { who: Some(by), note });
        effects.push(Effect::Leave(leaving));
        self.operator = None;
        self.next_turn();
        self.state = State::Locked(Locked::default());
        effects
    }

    /// A change stands in the file; a rule, a reason or an account now goes into the record.
    pub(super) fn setting_kept(&mut self, kept: Result<Box<KeptSetting>, KeepFault>) -> Vec<Effect> {
        if let Some(effects) = self.setup_heard(&kept) {
            return effects;
        }
        match kept {
            Err(why) => self.say_kept(Err(why)),
            Ok(kept) if kept.change.holds_at_once() => self.say_kept(Ok(())),
            Ok(kept) => {
                if let (SettingChange::Account(account), State::Settings(settings)) = (&kept.change, &mut self.state) {
                    settings.gateway.account = Some(account.clone());
                }
                vec![Effect::AdoptSettings { kept }]
            }
        }
    }

    fn say_kept(&mut self, kept: Result<(), KeepFault>) -> Vec<Effect> {
        let failed = kept.is_err();
        if let State::Settings(settings) = &mut self.state {
            settings.answers = settings.answers.wrapping_add(1);
            settings.kept = Some(kept);
        }
        if failed { vec![Effect::Signal(Signal::Refused)] } else { vec![] }
    }
}
