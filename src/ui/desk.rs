//! What a screen has in its hands while it is drawn, and what it leaves behind: the things a person wants done.
//!
//! **A screen does nothing itself**: it returns wants, and [`super::App`] passes them on. What is kept from frame to
//! frame is only what somebody has typed or opened ([`Local`]), and it is gone when the screen changes.

use zeroize::{Zeroize, Zeroizing};

use super::appearance::Appearance;
use super::format::StoreTime;
use super::i18n::Words;
use super::keys::Keys;
use super::theme::Theme;
use crate::domain::{
    ApprovalFault, GatewayAccount, Operator, OperatorId, Pin, Role, RuleKey, ScanSource, Timestamp, TypedToken, Verdict,
};
use crate::flow::{SettingsPage, What};
use crate::terminal::TillView;

/// Something a person wants.
#[derive(Debug, Clone)]
pub enum Want {
    /// An event for the flow.
    Tell(What),
    /// A number to be read.
    Read(String, ScanSource),
}

/// What of a report is shown beside its sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReportPart {
    /// Refunds by hour of the day.
    #[default]
    Hours,
    /// Amounts by wallet.
    Wallets,
    /// By reason.
    Reasons,
    /// By who asked.
    People,
    /// By how they stand.
    States,
}

impl ReportPart {
    /// Every part, in the order of the buttons.
    pub const ALL: [Self; 5] = [Self::Hours, Self::Wallets, Self::Reasons, Self::People, Self::States];
}

/// What is typed or opened on the present screen.
#[derive(Debug)]
pub struct Local {
    /// The choice of language and colours is open on the Locked screen.
    pub display: bool,
    /// Who is chosen in the picker, once somebody is.
    pub person: Option<OperatorId>,
    /// The picker's list is open.
    pub picking: bool,
    /// The digits of a PIN so far. Wiped when dropped.
    pub pin: Zeroizing<String>,
    /// The number typed on Scan; what a decision rests on.
    pub number: String,
    /// The last scan came in pieces and was not read.
    pub torn_scan: bool,
    /// The number pad is open.
    pub number_pad: bool,
    /// The amount typed on Sale, while its keypad is open.
    pub amount: Option<String>,
    /// The reason written on Sale, while its field is open.
    pub reason: Option<String>,
    /// What came key by key on the scanner page, as a scanner sends it that is too slow to be known as one.
    pub typed_slowly: String,
    /// The words typed into the search of Refunds, once somebody typed some.
    pub search: Option<String>,
    /// What of a report is shown at the right.
    pub report_part: ReportPart,
    /// The state of a refund whose outcome has been given the focus: each new one gets it once.
    pub outcome_shown: Option<crate::domain::RefundState>,
    /// The row of Refunds that the arrow keys stand on.
    pub row: usize,
    /// What a manager says became of a refund.
    pub verdict: Option<Verdict>,
    /// The reason of an order so far.
    pub order_reason: String,
    /// The note a manager writes on Approval, while its field is open.
    pub note: Option<String>,
    /// The page of Settings that was brought into sight in their list.
    pub settings_listed: Option<SettingsPage>,
    /// Which group of rules is looked at.
    pub rule_group: usize,
    /// The rule that is being changed.
    pub rule: Option<RuleKey>,
    /// Its value was given on, and how many changes had been answered before.
    pub rule_sent: bool,
    /// See [`Local::rule_sent`].
    pub rule_answers: u32,
    /// The gateway's account as it is being changed.
    pub account: Option<GatewayAccount>,
    /// The gateway's token as it is typed. Wiped when dropped.
    pub token: Zeroizing<String>,
    /// Where a network printer is, while it is typed.
    pub printer_address: Option<String>,
    /// What store and till are to be called, at the first start.
    pub names: Option<(String, String)>,
    /// Whose badge was asked for last.
    pub badge_of: Option<OperatorId>,
    /// A person as they are being named, or given a PIN.
    pub person_draft: PersonDraft,
    /// The last refused PIN and when it was refused, for the Locked screen's wait.
    pub refused: Option<(ApprovalFault, Timestamp)>,
}

impl Default for Local {
    fn default() -> Self {
        Self {
            display: false,
            person: None,
            picking: false,
            // Room for all of it from the start: a text that grows leaves copies of itself behind.
            pin: Zeroizing::new(String::with_capacity(Pin::MAX_DIGITS)),
            number: String::new(),
            torn_scan: false,
            number_pad: false,
            amount: None,
            reason: None,
            typed_slowly: String::new(),
            search: None,
            report_part: ReportPart::default(),
            outcome_shown: None,
            row: 0,
            verdict: None,
            order_reason: String::new(),
            note: None,
            settings_listed: None,
            rule_group: 0,
            rule: None,
            rule_sent: false,
            rule_answers: 0,
            account: None,
            token: super::widgets::secret_of(TypedToken::MAX_CHARS),
            printer_address: None,
            names: None,
            badge_of: None,
            person_draft: PersonDraft::default(),
            refused: None,
        }
    }
}

impl Local {
    /// Wipes every PIN that was typed.
    pub fn forget_pins(&mut self) {
        self.pin.zeroize();
        (self.person_draft.first, self.person_draft.old, self.person_draft.differ) = (None, None, false);
    }
}

/// What is being done about a person on the People page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PersonStep {
    /// They are looked at.
    #[default]
    Look,
    /// Somebody is added.
    Add,
    /// They are given a PIN.
    Pin,
    /// They are given a role.
    Role,
    /// They are removed.
    Remove,
    /// Their badge is revoked.
    Revoke,
}

/// A person as they are being named, or given a PIN. PINs are wiped when dropped.
pub struct PersonDraft {
    /// What is being done.
    pub step: PersonStep,
    /// The name so far.
    pub name: String,
    /// The name stands; the PIN is next.
    pub named: bool,
    /// The role of somebody new.
    pub role: Role,
    /// The PIN that they have.
    pub old: Option<Zeroizing<String>>,
    /// The new PIN, once it was typed the first time.
    pub first: Option<Zeroizing<String>>,
    /// It was typed otherwise the second time.
    pub differ: bool,
    /// How many changes had been answered when this was begun.
    pub answers: u32,
    /// Something was chosen since the last answer, so that it is about something else.
    pub moved_on: bool,
}

impl Default for PersonDraft {
    fn default() -> Self {
        Self {
            step: PersonStep::Look,
            name: String::new(),
            named: false,
            role: Role::Cashier,
            old: None,
            first: None,
            differ: false,
            answers: 0,
            moved_on: false,
        }
    }
}

impl std::fmt::Debug for PersonDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonDraft").field("step", &self.step).field("name", &self.name).finish_non_exhaustive()
    }
}

/// The camera's picture as a texture, and where a code was found in it.
pub struct Picture<'a> {
    /// The texture.
    pub texture: &'a egui::TextureHandle,
    /// Corners of the code, from 0 to 1 across and down.
    pub outline: Option<[(f32, f32); 4]>,
}

/// A code to be scanned from the screen, as a texture with one pixel a module.
pub struct CodeTexture {
    /// The texture.
    pub texture: egui::TextureHandle,
    /// Modules across, the quiet zone among them.
    pub width: f32,
}

/// What a screen draws with.
pub struct Desk<'a> {
    /// The till.
    pub view: &'a TillView,
    /// The words.
    pub words: &'a Words,
    /// Colours and sizes.
    pub theme: &'a Theme,
    /// The store's clock.
    pub time: &'a StoreTime,
    /// Now.
    pub now: Timestamp,
    /// This frame's keys.
    pub keys: &'a mut Keys,
    /// What is typed or opened.
    pub local: &'a mut Local,
    /// The camera's picture, on Scan.
    pub picture: Option<Picture<'a>>,
    /// The test codes, on the scanner page: QR and Code 128.
    pub codes: Option<&'a [CodeTexture; 2]>,
    /// Language and colours, as chosen.
    pub appearance: Appearance,
    /// Somebody tried to close a window that only managers close.
    pub stays: bool,
    /// What the person wants.
    pub wants: Vec<Want>,
}

impl Desk<'_> {
    /// Leaves an event for the flow.
    pub fn tell(&mut self, what: What) {
        self.wants.push(Want::Tell(what));
    }

    /// Whole seconds from `since` to now.
    pub fn seconds_since(&self, since: Timestamp) -> u32 {
        u32::try_from(self.now.ms_since(since) / 1000).unwrap_or(u32::MAX)
    }

    /// Whole seconds until `when`, rounded up; zero once it is past.
    pub fn seconds_until(&self, when: Timestamp) -> u32 {
        u32::try_from(when.ms_since(self.now).saturating_add(999) / 1000).unwrap_or(u32::MAX)
    }

    /// What somebody is called.
    pub fn name_of(&self, id: &OperatorId) -> String {
        let known = self.view.operators.iter().find(|operator| operator.id == *id);
        known.map_or_else(|| id.as_str().to_owned(), |operator| operator.name.as_str().to_owned())
    }

    /// What somebody is called, who may have left and stand among `others`.
    pub fn name_among(&self, id: &OperatorId, others: &[Operator]) -> String {
        let known = others.iter().find(|operator| operator.id == *id);
        known.map_or_else(|| self.name_of(id), |operator| operator.name.as_str().to_owned())
    }

    /// The words of that key.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }
}
