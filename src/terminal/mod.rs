//! The running till without a window: owns the threads, carries out the flow's effects, resolves unknown refunds.
//!
//! **The window never waits on anything in here**: it reads the last [`TillView`] and leaves events in a queue.

mod view;

pub use view::{CameraHint, Devices, Light, Preview, TillView};

use std::sync::Arc;

use crate::domain::ScanSource;
use crate::flow::What;

/// What the window holds of the till. Nothing in it waits.
pub trait Till: Send + Sync {
    /// The till as it is now.
    fn view(&self) -> Arc<TillView>;

    /// The latest camera picture, while the camera is on.
    fn preview(&self) -> Option<Arc<Preview>>;

    /// Says what a person did. Dropped (and logged) when the till is so far behind that its queue is full.
    fn tell(&self, what: What);

    /// Hands over a text that a scanner or a person typed; the till reads what it means and tells the flow.
    fn scanned(&self, text: &str, source: ScanSource);
}
