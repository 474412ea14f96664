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
}

/// Between two questions, in seconds.
const ASK_SECONDS: f64 = 1.0;

impl Monitors {
    /// Looks which there are, where the last look was longer ago.
    pub fn look(&mut self, time: f64, frame: &eframe::Frame) {
        if self.asked_at.is_none_or(|asked| time - asked >= ASK_SECONDS) {
            self.asked_at = Some(time);
            self.known = self.ask(frame);
        }
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
    use x11rb::connection::Connection as _;
    use x11rb::errors::ReplyOrIdError;
    use x11rb::protocol::randr::ConnectionExt as _;
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
