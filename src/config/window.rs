//! `[window]` and `[customer_display]`: how the window stands on the screen, and the customer's own.

use super::reader::{Read, Section};
use crate::domain::WindowChoice;

/// The keys of `[window]`.
pub(super) const WINDOW_KEYS: &[&str] = &["kiosk"];
/// The keys of `[customer_display]`.
pub(super) const CUSTOMER_KEYS: &[&str] = &["on", "monitor"];
/// The screen beside the cashier's.
const USUAL_SCREEN: u32 = 2;

pub(super) fn read(window: &Section<'_>, customer: &Section<'_>) -> Read<WindowChoice> {
    let kiosk = window.flag("kiosk", false)?;
    let is_on = customer.flag("on", false)?;
    let screen = customer.number("monitor", USUAL_SCREEN, 1..=u32::from(WindowChoice::MAX_SCREENS))?;
    Ok(WindowChoice { kiosk, customer: u8::try_from(screen).ok().filter(|_| is_on) })
}
