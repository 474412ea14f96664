//! The conversation with the cashier as a pure state machine: [`Flow::step`] takes an [`Event`] and gives [`Effect`]s.
//!
//! **No clock, no disk, no socket, no window**: time and ids come in with events, and everything that takes time is an
//! effect whose answer comes back as an event carrying the same [`Turn`]. An answer to an older turn changes nothing.
//! **An event that the present state does not know is dropped**, so a key held down or pressed twice cannot walk
//! through two screens, and a late answer cannot send anything.

mod about;
mod approval;
mod effect;
mod event;
mod note;
mod on_settings;
mod parked;
mod people;
mod printing;
mod refund_steps;
mod refunds;
mod report;
mod settings;
mod setup;
mod state;
mod step;
#[cfg(test)]
mod tests;

pub use about::{AboutPage, OnAbout};
pub use effect::{Effect, Leaving, Signal};
pub use event::{Event, Evidence, What};
pub use note::{Note, NoteFacts, RefusedAt};
pub use on_settings::{GatewayTrial, KeptSetting, OnSettings};
pub use people::{OnPeople, PeopleDone, PeopleTask, PeopleWork};
pub use printing::OnDevices;
pub use refunds::{
    CheckShown, OnRefunds, OpenRefund, OrderKind, Ordering, RefundDetail, RefundOrder, RefundPage, RefundQuery,
    RefundShow, Refunds,
};
pub use report::{Made, NoReport, OnReport, ReportKind, Reporting};
pub use setup::OnSetup;
pub use state::{
    AmountChoice, AmountProblem, Approving, Door, Draft, Finding, FirstYes, Guide, Locked, Naming, Problem, Resulting,
    SaleCheck, SaleReview, ScanProblem, Scanning, Sending, SendingStage, Settings, SettingsPage, State, Step, StepKind,
};
pub use step::{Flow, Setting, Turn};
