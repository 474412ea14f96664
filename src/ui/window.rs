//! Opens the window, and says in a sentence why it could not.
//!
//! **glow, chosen explicitly**: on a machine without a graphics card it shows the camera three times as fast as wgpu.
//! **A missing library or display is an error with a way out, never a panic**: winit panics when it cannot load
//! libxkbcommon-x11, so the panic is caught here and turned into words.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::ViewportCommand;

use super::app::{App, AppOptions};
use super::appearance::Appearance;
use super::fault::FaultPage;
use super::fonts;
use super::i18n::{Language, Words, text};
use super::passphrase::{PassphrasePage, Typed};
use super::recovery::RecoveryPage;
use crate::terminal::Till;
use crate::terminal::recovery::Recovery;
use zeroize::Zeroizing;

/// Asks the window to look at the till again. Cheap; may be called from any thread and as often as one likes.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// What the window is like.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowOptions {
    /// Without borders, over the whole screen.
    pub full_screen: bool,
    /// Width and height in points, when it is not.
    pub size: (f32, f32),
    /// What stands in its title bar.
    pub title: String,
    /// The language and the colours.
    pub appearance: Appearance,
}

impl Default for WindowOptions {
    fn default() -> Self {
        Self {
            full_screen: false,
            size: (1024.0, 768.0),
            title: "Tillback".to_owned(),
            appearance: Appearance::OF_SYSTEM,
        }
    }
}

/// Why there is no window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UiError {
    /// No display to open it on.
    NoDisplay(String),
    /// OpenGL is not there or does not work.
    NoGraphics(String),
    /// A library that is loaded while running is missing.
    MissingLibrary(String),
    /// The window was open and broke down.
    Broken(String),
}

impl std::fmt::Display for UiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = Words::new(Language::English);
        let (key, why) = match self {
            Self::NoDisplay(why) => ("window-no-display", why),
            Self::NoGraphics(why) => ("window-no-graphics", why),
            Self::MissingLibrary(why) => ("window-no-library", why),
            Self::Broken(why) => ("window-broken", why),
        };
        let gifts = [("why", text(why.as_str()))];
        let way_out = words.with(&format!("{key}.do"), &gifts);
        write!(f, "{} {way_out}", words.with(key, &gifts))
    }
}

impl std::error::Error for UiError {}

/// Opens the window and returns when it is closed. `on_ready` gets what wakes it, once it is there.
pub fn run(till: Arc<dyn Till>, options: WindowOptions, on_ready: impl FnOnce(Waker)) -> Result<(), UiError> {
    let app = AppOptions { appearance: options.appearance, ..AppOptions::default() };
    run_with(till, options, app, |waker, _| on_ready(waker))
}

/// [`run`] with the store's zone, a language or a clock of the caller's. `on_ready` also gets what brings the window to the
/// front.
pub fn run_with(
    till: Arc<dyn Till>,
    options: WindowOptions,
    app: AppOptions,
    on_ready: impl FnOnce(Waker, Box<dyn Fn() + Send>),
) -> Result<(), UiError> {
    let open = AtomicBool::new(false);
    let native = native_options(&options);
    let creator: eframe::AppCreator<'_> = Box::new(|creation| {
        let appearance = app.appearance;
        fonts::dress(&creation.egui_ctx, appearance.look(&creation.egui_ctx), appearance.speaks());
        creation.egui_ctx.options_mut(|egui| egui.zoom_with_keyboard = false);
        let context = creation.egui_ctx.clone();
        // Once after a moment: a plain request_repaint from another thread paints twice.
        let waker = Arc::new(move || context.request_repaint_after(Duration::from_millis(1)));
        let context = creation.egui_ctx.clone();
        let raise = move || {
            for command in [ViewportCommand::Minimized(false), ViewportCommand::Focus] {
                context.send_viewport_cmd_to(egui::ViewportId::ROOT, command);
            }
            context.request_repaint();
        };
        on_ready(waker, Box::new(raise));
        open.store(true, Ordering::Relaxed);
        Ok(Box::new(App::new(till, app)))
    });
    until_closed(&options.title, native, &open, creator)
}

/// Runs the window on this thread. A panic before it is open is that of a library that is missing, and its words name the
/// library. **Of a later one the place is told alone**: its words could hold what somebody was typing.
fn until_closed(
    title: &str,
    native: eframe::NativeOptions,
    open: &AtomicBool,
    creator: eframe::AppCreator<'_>,
) -> Result<(), UiError> {
    let said = SaidInPanic::listen();
    let ended = catch_unwind(AssertUnwindSafe(|| eframe::run_native(title, native, creator)));
    let said = said.stop();
    match ended {
        Ok(Ok(())) => Ok(()),
        Ok(Err(fault)) => Err(explain(fault)),
        Err(_) => Err(of_panic(said, open.load(Ordering::Relaxed))),
    }
}

fn of_panic(InPanic { words, place }: InPanic, was_open: bool) -> UiError {
    if was_open { UiError::Broken(place) } else { UiError::MissingLibrary(brief(&words)) }
}

/// Opens a window that says why the till cannot start, and returns when it is closed.
pub fn show_fault(options: WindowOptions, reason: &str) -> Result<(), UiError> {
    let page = FaultPage::new(options.appearance, reason);
    show_page(options, page)
}

/// Opens a window with the ways out while the ledger cannot be opened, and returns when it is closed: because the
/// ledger is open again, or because somebody gave up.
pub fn show_recovery(options: WindowOptions, recovery: Arc<dyn Recovery>) -> Result<(), UiError> {
    let AppOptions { zone, clock, .. } = AppOptions::default();
    let page = RecoveryPage::new(recovery, options.appearance, zone, clock);
    show_page(options, page)
}

/// Asks for what the gateway's token is sealed by; nothing when nobody wants to type it.
pub fn ask_passphrase(options: WindowOptions, wrong: bool) -> Result<Option<Zeroizing<String>>, UiError> {
    let typed = Typed::default();
    let page = PassphrasePage::new(options.appearance, wrong, Arc::clone(&typed));
    show_page(options, page)?;
    Ok(typed.lock().unwrap_or_else(PoisonError::into_inner).take())
}

/// A window with one page and no till behind it.
fn show_page(options: WindowOptions, page: impl eframe::App + 'static) -> Result<(), UiError> {
    let open = AtomicBool::new(false);
    let native = native_options(&options);
    let creator: eframe::AppCreator<'_> = Box::new(|creation| {
        let appearance = options.appearance;
        fonts::dress(&creation.egui_ctx, appearance.look(&creation.egui_ctx), appearance.speaks());
        open.store(true, Ordering::Relaxed);
        Ok(Box::new(page))
    });
    until_closed(&options.title, native, &open, creator)
}

fn native_options(options: &WindowOptions) -> eframe::NativeOptions {
    let (width, height) = options.size;
    let mut viewport = egui::ViewportBuilder::default()
        .with_title(&options.title)
        .with_app_id("tillback")
        .with_inner_size([width, height])
        // What the screens fit at three times the scale; where there is less, everything is smaller.
        .with_min_inner_size([800.0 / 3.0, 200.0])
        .with_fullscreen(options.full_screen)
        .with_decorations(!options.full_screen);
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(icon);
    }
    eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        centered: true,
        // Noise for each pixel of each layer, against bands where colours run into each other. Here none do, and where the
        // processor draws, a frame takes a fifth longer with it (docs/bench.md).
        dithering: false,
        ..Default::default()
    }
}

fn icon() -> Option<egui::IconData> {
    let image = image::load_from_memory(include_bytes!("../../assets/icon.png")).ok()?.into_rgba8();
    let (width, height) = image.dimensions();
    Some(egui::IconData { rgba: image.into_raw(), width, height })
}

fn explain(fault: eframe::Error) -> UiError {
    let why = brief(&fault.to_string());
    match fault {
        // winit says it in words only: "Failed to load one of xlib's shared libraries".
        eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_) if why.contains("librar") => {
            UiError::MissingLibrary(why)
        }
        eframe::Error::WinitEventLoop(_) | eframe::Error::Winit(_) => UiError::NoDisplay(why),
        eframe::Error::AppCreation(_)
        | eframe::Error::Glutin(_)
        | eframe::Error::NoGlutinConfigs(..)
        | eframe::Error::OpenGL(_) => UiError::NoGraphics(why),
    }
}

/// What went wrong, without the place in somebody's source before it and the structure printed after it.
fn brief(why: &str) -> String {
    let after_place = why.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": ")).map_or(why, |(_, said)| said);
    let said = after_place.split(['{', ':']).next().unwrap_or(after_place);
    said.trim().trim_end_matches('.').to_owned()
}

/// The words of a panic, and where in the source it was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct InPanic {
    words: String,
    place: String,
}

/// Keeps what a panic on this thread said for the error, and off the terminal.
struct SaidInPanic {
    kept: Arc<Mutex<InPanic>>,
    before: Arc<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync>,
}

impl SaidInPanic {
    fn listen() -> Self {
        let kept = Arc::<Mutex<InPanic>>::default();
        let keeps = Arc::clone(&kept);
        let listener = std::thread::current().id();
        let before: Arc<dyn Fn(&std::panic::PanicHookInfo<'_>) + Send + Sync> = Arc::from(std::panic::take_hook());
        let others = Arc::clone(&before);
        std::panic::set_hook(Box::new(move |panic| {
            if std::thread::current().id() == listener {
                let words = panic.payload_as_str().unwrap_or("no words").to_owned();
                let place = panic.location().map(ToString::to_string).unwrap_or_default();
                *keeps.lock().unwrap_or_else(PoisonError::into_inner) = InPanic { words, place };
            } else {
                others(panic);
            }
        }));
        Self { kept, before }
    }

    fn stop(self) -> InPanic {
        let before = self.before;
        std::panic::set_hook(Box::new(move |panic| before(panic)));
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(why: &str, expected: &str) {
        assert_eq!(brief(why), expected);
    }

    #[test]
    fn a_fault_is_cut_to_its_sentence() {
        check(
            "winit EventLoopError: os error at /a/linux/mod.rs:788: Failed to open connection.",
            "Failed to open connection",
        );
        check("Found no configs: Template { alpha_size: 8 }. Error: not found", "Found no configs");
        check("Library x.so could not be loaded.", "Library x.so could not be loaded");
    }

    #[test]
    fn what_was_typed_is_in_no_error() {
        let typed = "482913";
        let said = SaidInPanic::listen();
        assert!(catch_unwind(|| panic!("byte index 9 is out of bounds of `{typed}`")).is_err());
        let said = said.stop();
        let shown = of_panic(said.clone(), true).to_string();
        assert!(shown.contains("window.rs") && !shown.contains(typed), "{shown}");
        assert!(of_panic(said, false).to_string().contains("byte index 9"), "a library's words name it");
    }

    #[test]
    fn every_error_is_a_sentence_with_a_way_out() {
        let why = || "no such thing".to_owned();
        let all = [
            UiError::NoDisplay(why()),
            UiError::NoGraphics(why()),
            UiError::MissingLibrary(why()),
            UiError::Broken(why()),
        ];
        for error in all {
            let said = error.to_string();
            assert!(said.matches(". ").count() >= 1 && !said.contains("window-"), "{said}");
        }
    }
}
