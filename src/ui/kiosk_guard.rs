//! Keeps a kiosk in front on an X server, where a window is not always told that it lost the keys: showing the desktop, another
//! desktop and Alt+Tab go by winit, whose own keys were the window manager's at that moment.
//!
//! **It listens to the window manager and asks as a taskbar does** (EWMH, `_NET_ACTIVE_WINDOW` from a "pager"), so that a request
//! is taken for a person's. **Once a second at most**: two programs that both want to be in front do not tear the keys to and
//! fro. **Nothing is done while nothing happens**, and where there is no X server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use x11rb::connection::Connection as _;
use x11rb::errors::ReplyOrIdError;
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _, EventMask, Window,
};
use x11rb::rust_connection::RustConnection;

/// Between two requests.
const PAUSE: Duration = Duration::from_secs(1);
/// How often it is asked for before the next change is waited for.
const ASKS: u32 = 10;
/// EWMH's number for a request that a person made through a taskbar.
const FROM_A_PERSON: u32 = 2;

/// The guard of one window, switched on and off.
pub struct KioskGuard {
    on: Arc<AtomicBool>,
}

impl KioskGuard {
    /// Begins to listen; nothing where that cannot be.
    pub fn start(window: u64) -> Option<Self> {
        let window = Window::try_from(window).ok()?;
        let (server, root) = super::monitors::connect()?;
        let on = Arc::new(AtomicBool::new(true));
        let is_on = Arc::clone(&on);
        let guard = move || {
            if let Err(error) = listen(&server, root, window, &is_on) {
                tracing::warn!(%error, "nothing keeps the window in front any more");
            }
        };
        let begun = std::thread::Builder::new().name("kiosk".to_owned()).spawn(guard);
        begun.ok().map(|_| Self { on })
    }

    /// Whether it keeps the window in front.
    pub fn set(&self, on: bool) {
        self.on.store(on, Ordering::Relaxed);
    }
}

impl Drop for KioskGuard {
    fn drop(&mut self) {
        self.set(false);
    }
}

fn listen(server: &RustConnection, root: Window, window: Window, on: &AtomicBool) -> Result<(), ReplyOrIdError> {
    let changes = ChangeWindowAttributesAux::new().event_mask(EventMask::PROPERTY_CHANGE);
    server.change_window_attributes(root, &changes)?.check()?;
    let atom = |name: &[u8]| Ok::<_, ReplyOrIdError>(server.intern_atom(false, name)?.reply()?.atom);
    let active = atom(b"_NET_ACTIVE_WINDOW")?;
    let (desktop, desktop_shown) = (atom(b"_NET_WM_DESKTOP")?, atom(b"_NET_CURRENT_DESKTOP")?);
    let ask = |window: Window, what: u32, data: [u32; 5]| {
        let request = ClientMessageEvent::new(32, window, what, data);
        let to = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_REDIRECT;
        server.send_event(false, root, to, request)?.check()?;
        Ok::<_, ReplyOrIdError>(())
    };
    loop {
        server.wait_for_event()?;
        // Before it is looked, and not after: what comes from here on is looked at in the next turn.
        while server.poll_for_event()?.is_some() {}
        let mut asked = 0;
        while on.load(Ordering::Relaxed) && asked < ASKS && number(server, (root, active))? != Some(window) {
            // Its own desktop first: some bring no window to the front of one that is not shown.
            if let Some(own) = number(server, (window, desktop))? {
                ask(root, desktop_shown, [own, x11rb::CURRENT_TIME, 0, 0, 0])?;
            }
            ask(window, active, [FROM_A_PERSON, x11rb::CURRENT_TIME, 0, 0, 0])?;
            asked += 1;
            std::thread::sleep(PAUSE);
        }
    }
}

/// What a window's property of one number says.
fn number(server: &RustConnection, (of, property): (Window, u32)) -> Result<Option<u32>, ReplyOrIdError> {
    let said = server.get_property(false, of, property, AtomEnum::ANY, 0, 1)?.reply()?;
    Ok(said.value32().and_then(|mut numbers| numbers.next()))
}
