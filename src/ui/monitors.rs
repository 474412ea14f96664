//! The screens there are now, for the customer's display.
//!
//! **The window system is asked, not the window's library**: on X11 winit 0.30 keeps the list it read first, whatever is plugged
//! in or out (its RandR events do not arrive). Elsewhere its list is of now. **Not knowing is no fault**: the list is empty
//! then.

/// Where a screen begins and how large it is, in the window system's pixels.
pub type ScreenAt = ((i32, i32), (u32, u32));

/// Asks, at most once a second: a window may be painted sixty times in it.
#[derive(Default)]
pub struct Monitors {
    asked_at: Option<f64>,
    known: Vec<ScreenAt>,
    #[cfg(target_os = "linux")]
    server: x11::Server,
    /// Nothing before it was asked for; then nothing inside where nobody tells.
    #[cfg(target_os = "linux")]
    told: Option<Option<x11::Told>>,
}

/// Between two questions, in seconds.
const ASK_SECONDS: f64 = 1.0;

impl Monitors {
    /// Looks which there are, where the last look was longer ago or they have changed since.
    pub fn look(&mut self, context: &egui::Context, frame: &eframe::Frame) {
        let time = context.input(|input| input.time);
        #[cfg(target_os = "linux")]
        {
            let told = self.told.get_or_insert_with(|| x11::Told::start(context.clone()));
            if told.as_ref().is_some_and(x11::Told::has_changed) {
                self.asked_at = None;
            }
        }
        if self.asked_at.is_none_or(|asked| time - asked >= ASK_SECONDS) {
            self.asked_at = Some(time);
            self.known = self.ask(frame);
        }
    }

    /// Whether a change of the screens wakes the window by itself.
    pub fn tells(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.told.iter().flatten().any(x11::Told::listens);
        #[cfg(not(target_os = "linux"))]
        false
    }

    /// The screens that were there, in the order in which they are chosen.
    pub fn known(&self) -> &[ScreenAt] {
        &self.known
    }

    fn ask(&mut self, frame: &eframe::Frame) -> Vec<ScreenAt> {
        let Some(window) = frame.winit_window() else { return vec![] };
        #[cfg(target_os = "linux")]
        if let Some(screens) = self.server.screens() {
            return screens;
        }
        window.available_monitors().map(|screen| (screen.position().into(), screen.size().into())).collect()
    }
}

#[cfg(target_os = "linux")]
pub(super) use x11::connect;

#[cfg(target_os = "linux")]
mod x11 {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    use x11rb::connection::Connection as _;
    use x11rb::errors::ReplyOrIdError;
    use x11rb::protocol::randr::{ConnectionExt as _, NotifyMask};
    use x11rb::rust_connection::RustConnection;

    use super::ScreenAt;

    /// A connection of its own to the X server, once it was asked for; for good none where that fails.
    #[derive(Default)]
    pub enum Server {
        #[default]
        NotAsked,
        There(Box<RustConnection>, u32),
        None,
    }

    impl Server {
        /// The screens that are on, in winit's order; nothing where the window is on no X server.
        pub fn screens(&mut self) -> Option<Vec<ScreenAt>> {
            if matches!(self, Self::NotAsked) {
                *self = connect().map_or(Self::None, |(server, root)| Self::There(Box::new(server), root));
            }
            let Self::There(server, root) = self else { return None };
            match ask(server, *root) {
                Ok(screens) => Some(screens),
                Err(error) => {
                    tracing::warn!(%error, "the X server does not say which screens there are");
                    *self = Self::None;
                    None
                }
            }
        }
    }

    /// A connection to the X server that the window is on, and that server's root; nothing where it is on none.
    pub fn connect() -> Option<(RustConnection, u32)> {
        // winit prefers Wayland by the same two.
        let mut wayland = ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().filter_map(std::env::var_os);
        if wayland.any(|name| !name.is_empty()) {
            return None;
        }
        let (server, at) = RustConnection::connect(None).ok()?;
        let root = server.setup().roots.get(at)?.root;
        Some((server, root))
    }

    /// One change comes as several events, within so long.
    const ONE_CHANGE: Duration = Duration::from_millis(200);

    /// Hears of screens that are plugged in and out, and wakes the window then.
    pub struct Told {
        changed: Arc<AtomicBool>,
        listens: Arc<AtomicBool>,
    }

    impl Told {
        /// Begins to listen; nothing where that cannot be.
        pub fn start(context: egui::Context) -> Option<Self> {
            let (server, root) = connect()?;
            let told = Self { changed: Arc::default(), listens: Arc::new(AtomicBool::new(true)) };
            let (changed, listens) = (Arc::clone(&told.changed), Arc::clone(&told.listens));
            let listen = move || {
                let wake = || {
                    changed.store(true, Ordering::Relaxed);
                    context.request_repaint_after(Duration::from_millis(1));
                };
                if let Err(error) = listen(&server, root, wake) {
                    tracing::warn!(%error, "nobody tells which screens there are any more");
                }
                // From here on they are looked for.
                listens.store(false, Ordering::Relaxed);
                context.request_repaint();
            };
            let begun = std::thread::Builder::new().name("screens".to_owned()).spawn(listen);
            begun.ok().map(|_| told)
        }

        /// True once after a change.
        pub fn has_changed(&self) -> bool {
            self.changed.swap(false, Ordering::Relaxed)
        }

        /// Whether a change is told.
        pub fn listens(&self) -> bool {
            self.listens.load(Ordering::Relaxed)
        }
    }

    fn listen(server: &RustConnection, root: u32, wake: impl Fn()) -> Result<(), ReplyOrIdError> {
        // A server without RandR answers this with an error.
        server.randr_query_version(1, 3)?.reply()?;
        let changes = NotifyMask::SCREEN_CHANGE | NotifyMask::CRTC_CHANGE | NotifyMask::OUTPUT_CHANGE;
        server.randr_select_input(root, changes)?.check()?;
        loop {
            server.wait_for_event()?;
            std::thread::sleep(ONE_CHANGE);
            while server.poll_for_event()?.is_some() {}
            wake();
        }
    }

    fn ask(server: &RustConnection, root: u32) -> Result<Vec<ScreenAt>, ReplyOrIdError> {
        let resources = server.randr_get_screen_resources_current(root)?.reply()?;
        let asked: Result<Vec<_>, _> =
            resources.crtcs.iter().map(|crtc| server.randr_get_crtc_info(*crtc, x11rb::CURRENT_TIME)).collect();
        let mut screens = vec![];
        for answer in asked? {
            let crtc = answer.reply()?;
            if crtc.width > 0 && crtc.height > 0 && !crtc.outputs.is_empty() {
                screens.push(((i32::from(crtc.x), i32::from(crtc.y)), (u32::from(crtc.width), u32::from(crtc.height))));
            }
        }
        Ok(screens)
    }
}
