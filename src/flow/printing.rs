//! Paper, drawer and sounds in the conversation: what is printed by itself, what is asked for, what went wrong.
//!
//! **Nothing here waits for a printer**: a result is on the screen whether or not paper comes out. **Only what is on the
//! screen is printed**, and only by somebody who is signed in.

use super::effect::{Effect, Signal};
use super::state::{Door, SettingsPage, State};
use super::step::Flow;
use crate::domain::{OperatorId, PrintSubject, PrinterFault, Refund, RefundState};

/// What happened with paper, drawer and sounds, in the past tense.
#[derive(Debug, Clone)]
pub enum OnDevices {
    /// "Print" or "Print again" was pressed on a refund or a report, or "Print a test page" in Settings.
    PrintPressed,
    /// "Open the drawer" was pressed in Settings.
    DrawerPressed,
    /// "Look again" was pressed on the printer's page.
    PrinterAsked,
    /// Something came out, or did not.
    PrintEnded {
        /// What.
        subject: PrintSubject,
        /// Why not.
        fault: Option<PrinterFault>,
    },
    /// One of the sounds was asked for in Settings.
    SoundTried(Signal),
}

impl Flow {
    /// Takes what happened with paper, drawer and sounds.
    pub(super) fn on_devices(&mut self, what: OnDevices) -> Vec<Effect> {
        match what {
            OnDevices::PrintPressed => self.print_pressed(),
            OnDevices::DrawerPressed => self.on_page_of(SettingsPage::Printer, |who| {
                vec![Effect::Print { subject: PrintSubject::Drawer, who: Some(who) }]
            }),
            OnDevices::PrinterAsked => self.on_page_of(SettingsPage::Printer, |_| vec![Effect::LookAtPrinter]),
            OnDevices::SoundTried(signal) => self.on_page_of(SettingsPage::Sound, |_| vec![Effect::Signal(signal)]),
            OnDevices::PrintEnded { fault: Some(_), .. } => vec![Effect::Signal(Signal::Attention)],
            OnDevices::PrintEnded { fault: None, .. } => vec![],
        }
    }

    fn print_pressed(&mut self) -> Vec<Effect> {
        if let State::Report(_) = &self.state {
            return self.print_report();
        }
        let who = self.operator.as_ref().map(|operator| operator.id.clone());
        let refund = match &self.state {
            State::Result(result) => &result.refund,
            State::Refunds(refunds) => match &refunds.open {
                Some(open) if open.ordering.is_none() => &open.detail.refund,
                Some(_) | None => return vec![],
            },
            State::Settings(_) => {
                return self.on_page_of(SettingsPage::Printer, |who| {
                    vec![Effect::Print { subject: PrintSubject::Test, who: Some(who) }]
                });
            }
            _ => return vec![],
        };
        vec![Effect::Print { subject: PrintSubject::Slip(refund.reference.clone()), who }]
    }

    fn on_page_of(&self, page: SettingsPage, then: impl FnOnce(OperatorId) -> Vec<Effect>) -> Vec<Effect> {
        match &self.state {
            State::Settings(settings) if settings.shows(page) => match &settings.door {
                Door::Open { by } => then(by.clone()),
                Door::Closed { .. } => vec![],
            },
            _ => vec![],
        }
    }

    /// What a till does by itself as a refund on its screen comes to this state.
    pub(super) fn after_refund(&self, refund: &Refund) -> Vec<Effect> {
        use RefundState as S;
        let who = || self.operator.as_ref().map(|operator| operator.id.clone());
        let after = &self.setting.after_refund;
        let mut effects = vec![];
        if after.open_drawer.contains(&refund.state) {
            effects.push(Effect::Print { subject: PrintSubject::Drawer, who: who() });
        }
        // What was never sent has nothing to show: the customer waits for the next attempt.
        let is_told = matches!(refund.state, S::Refunded | S::Declined | S::Pending | S::Unknown | S::NotExecuted);
        if after.print && is_told {
            effects.push(Effect::Print { subject: PrintSubject::Slip(refund.reference.clone()), who: who() });
        }
        effects
    }
}
