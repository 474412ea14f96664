//! The window: draws the till's state and sends events, with egui.
//!
//! **It never waits, never does the work itself and never touches ledger, gateway or devices.** What a person reads
//! comes from `assets/locales`; what it looks like comes from [`theme`]; one file in `screens` for each state.

mod app;
mod appearance;
pub mod customer;
mod desk;
mod fault;
pub mod fonts;
pub mod format;
mod frame;
pub mod i18n;
mod input;
mod keys;
#[cfg(target_os = "linux")]
mod kiosk_guard;
pub mod messages;
mod monitors;
mod passphrase;
mod recovery;
mod report_paper;
mod screen_keys;
mod screens;
pub mod slips;
pub mod theme;
mod wedge_adapter;
mod widgets;
mod window;

pub use app::{App, AppOptions, Clock, must_close};
pub use appearance::{Appearance, zoom_of};
pub use fault::FaultPage;
pub use fonts::dress;
pub use monitors::ScreenAt;
pub use passphrase::{PassphrasePage, Typed};
pub use recovery::RecoveryPage;
pub use theme::Look;
pub use window::{UiError, Waker, WindowOptions, ask_passphrase, run, run_with, show_fault, show_recovery};
