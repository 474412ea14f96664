//! Waiting for what a running terminal shows. Waits for events, never for a time: the deadline only ends a test that hangs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tillback::terminal::{Terminal, Till, TillView};

/// Long enough for a loaded machine; nothing here asserts a time.
const PATIENCE: Duration = Duration::from_secs(120);

/// The first view that is so.
#[track_caller]
pub fn wait(terminal: &Terminal, what: &str, until: impl Fn(&TillView) -> bool) -> Arc<TillView> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let view = terminal.view();
        if until(&view) {
            return view;
        }
        assert!(Instant::now() < deadline, "{what} never came; the till shows {:?} {:?}", view.state, view.equipment);
        std::thread::sleep(Duration::from_millis(5));
    }
}
