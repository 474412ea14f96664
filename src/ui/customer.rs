//! The customer's display: a second window with amount, wallet and result, in the store's language.
//!
//! **What it draws is four texts that are made here out of the till's picture**: no PIN, no name of anybody and no number of a
//! sale is among them, and the window has nothing else to draw from. **It is painted when one of them changes and at no other
//! time.** It is another window on another screen, below all others and never the one that has the keys: whatever becomes of
//! it, the cashier's is where it was.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::{
    CornerRadius, Id, Rect, Role, Sense, Ui, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId, WidgetInfo,
    WindowLevel, pos2, vec2,
};

use super::format;
use super::i18n::{Language, Words, text};
use super::theme::{self, Look, Theme, space};
use super::widgets::{Column, Icon, Tone, icons, measure};
use crate::domain::{Money, RefundState, Sale};
use crate::flow::State;
use crate::terminal::TillView;

/// What stands on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What it is about: the store's name while nothing goes on.
    pub heading: String,
    /// How much, with its symbol and code.
    pub amount: Option<String>,
    /// Where it goes.
    pub wallet: Option<String>,
    /// How it ended, and in which of the looks of a notice.
    pub result: Option<(Tone, String)>,
    /// Nothing here is real.
    pub training: Option<String>,
}

impl Shown {
    /// What the customer may see of the till as it is now.
    pub fn of(view: &TillView, words: &Words) -> Self {
        let idle = || Self { heading: view.store.clone(), amount: None, wallet: None, result: None, training: None };
        let about = |sale: &Sale, amount: Option<Money>, result: Option<(Tone, String)>| Self {
            heading: words.say("customer-refund"),
            amount: amount.map(|amount| words.amount(amount)),
            wallet: sale
                .wallet
                .as_deref()
                .map(|name| words.with("customer-to", &[("wallet", text(format::wallet(name)))])),
            result,
            training: None,
        };
        let shown = match &view.state {
            State::Sale(review) => about(&review.view.sale, review.amount.as_ref().ok().copied(), None),
            State::Approval(approving) => about(&approving.review.view.sale, Some(approving.intention.amount), None),
            State::Sending(sending) => {
                let wait = Some((Tone::Tell, words.say("customer-sending")));
                about(&sending.review.view.sale, Some(sending.intention.amount), wait)
            }
            State::Result(result) => {
                let (tone, key) = outcome(result.refund.state);
                about(&result.view.sale, Some(result.refund.amount), Some((tone, words.say(key))))
            }
            State::Problem(problem) => {
                let not = Some((Tone::Bad, words.say("customer-not-refunded")));
                about(&problem.review.view.sale, Some(problem.intention.amount), not)
            }
            State::Locked(_)
            | State::Ready
            | State::Scan(_)
            | State::Refunds(_)
            | State::Report(_)
            | State::Settings(_) => idle(),
        };
        Self { training: view.training.then(|| words.say("customer-training")), ..shown }
    }
}

/// What a refund's state is to whom the money belongs.
const fn outcome(state: RefundState) -> (Tone, &'static str) {
    match state {
        RefundState::Refunded => (Tone::Good, "customer-refunded"),
        RefundState::Prepared | RefundState::Sent => (Tone::Tell, "customer-sending"),
        RefundState::Pending | RefundState::Unknown => (Tone::Ask, "customer-checking"),
        RefundState::Declined | RefundState::NotSent | RefundState::NotExecuted | RefundState::Abandoned => {
            (Tone::Bad, "customer-not-refunded")
        }
    }
}

/// For so long after it was shown its place is not judged, in seconds: the window system moves it there meanwhile.
const GRACE_SECONDS: f64 = 2.0;
/// How often it is looked whether its screen is there, after it was opened; then it is not there.
const LOOKS: u32 = 20;
/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// What neighbouring screens may have in common, in points.
const EDGE: f32 = 16.0;

/// Whether the second window may be seen. **Never before it is known to fill a screen of its own, and never again once it lay
/// over the cashier's.**
#[derive(Debug, Default)]
struct Place {
    screen: Option<u8>,
    shown_at: Option<f64>,
    covered: bool,
    looks: u32,
}

impl Place {
    /// Judges by what the window system says now.
    fn judge(&mut self, screen: u8, time: f64, (fills, covers): (bool, bool)) -> bool {
        if self.screen != Some(screen) {
            *self = Self { screen: Some(screen), ..Self::default() };
        }
        self.looks = self.looks.saturating_add(1);
        if fills && self.shown_at.is_none() {
            self.shown_at = Some(time);
        }
        self.covered |= covers && self.shown_at.is_some_and(|at| time - at >= GRACE_SECONDS);
        fills && !self.covered
    }

    /// When to judge again though nothing happens.
    fn look_again(&self, time: f64) -> Option<Duration> {
        match self.shown_at {
            None => (self.looks < LOOKS).then_some(LOOK_EVERY),
            Some(at) => (time - at < GRACE_SECONDS).then_some(Duration::from_secs_f64(GRACE_SECONDS)),
        }
    }
}

/// The second window, as long as it is wanted.
#[derive(Default)]
pub struct CustomerDisplay {
    drawn: Arc<Mutex<Option<(Shown, Look)>>>,
    words: Option<Words>,
    place: Place,
    had_keys: bool,
}

impl CustomerDisplay {
    /// Keeps it open on its screen with what the customer may see; asks for a new picture where that is another than before.
    pub fn keep(&mut self, context: &egui::Context, view: &TillView, language: Language, look: Look) {
        // Where windows of one's own cannot be had, it would lie inside the cashier's.
        let Some(screen) = view.equipment.window.customer.filter(|_| !context.embed_viewports()) else { return };
        let id = ViewportId::from_hash_of("customer");
        let now = Some((Shown::of(view, self.words(language)), look));
        {
            let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
            if *drawn != now {
                *drawn = now;
                context.request_repaint_of(id);
            }
        }
        let (time, stands, has_keys) = context.input(|input| {
            let there = input.raw.viewports.get(&id);
            let has_keys = there.and_then(|info| info.focused) == Some(true);
            let fills = there.and_then(|info| info.fullscreen) == Some(true);
            let places = input.viewport().outer_rect.zip(there.and_then(|info| info.outer_rect));
            (input.time, (fills, places.is_some_and(|(own, other)| own.shrink(EDGE).intersects(other))), has_keys)
        });
        // Window managers give the keys to a window that comes, whatever it asked for; a scan would be lost there.
        if has_keys && !self.had_keys {
            context.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
        }
        self.had_keys = has_keys;
        let visible = self.place.judge(screen, time, stands);
        if let Some(wait) = self.place.look_again(time) {
            context.request_repaint_after(wait);
        }
        let builder = ViewportBuilder::default()
            .with_title("Tillback")
            .with_app_id("tillback-customer")
            .with_monitor(usize::from(screen.saturating_sub(1)))
            .with_visible(visible)
            .with_active(false)
            .with_decorations(false)
            .with_taskbar(false)
            .with_window_level(WindowLevel::AlwaysOnBottom);
        let drawn = Arc::clone(&self.drawn);
        context.show_viewport_deferred(id, builder, move |ui, _: ViewportClass| {
            let drawn = drawn.lock().unwrap_or_else(PoisonError::into_inner).clone();
            if let Some((shown, look)) = drawn {
                draw(ui, &shown, look);
            }
        });
    }

    /// The store's words, whatever whoever is signed in reads.
    fn words(&mut self, language: Language) -> &Words {
        if self.words.as_ref().is_none_or(|words| words.language() != language) {
            self.words = None;
        }
        self.words.get_or_insert_with(|| Words::new(language))
    }
}

/// Draws it, as large as the screen lets it be.
pub fn draw(ui: &mut Ui, shown: &Shown, look: Look) {
    let rect = ui.ctx().content_rect();
    let theme = Theme::new(look, rect.size());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.color.page);
    let mut column = Column::new(rect.shrink(space::FOUR));
    let high = column.height();
    if let Some(words) = &shown.training {
        let pair = theme.color.training;
        let band = column.take(high * 0.1);
        ui.painter().rect_filled(band, CornerRadius::ZERO, pair.ground);
        line(ui, band, "training", words, (high * 0.05, pair.text));
    }
    let Some(amount) = &shown.amount else {
        return line(ui, column.rest(), "store", &shown.heading, (high * 0.16, theme.color.ink));
    };
    line(ui, column.take(high * 0.14), "heading", &shown.heading, (high * 0.07, theme.color.quiet));
    if let Some((tone, words)) = &shown.result {
        let pair = tone.pair(&theme);
        let band = column.take_bottom(high * 0.2);
        ui.painter().rect_filled(band, CornerRadius::same(theme::RADIUS), pair.ground);
        let sign = icons::square(pos2(band.min.x + band.height() / 2.0, band.center().y), high * 0.08);
        icons::draw(ui.painter(), sign_of(*tone), sign, pair.text);
        let mut inside = band.shrink2(vec2(space::TWO, 0.0));
        inside.min.x = sign.max.x + space::TWO;
        line(ui, inside, "result", words, (high * 0.08, pair.text));
    }
    if let Some(wallet) = &shown.wallet {
        line(ui, column.take_bottom(high * 0.16), "wallet", wallet, (high * 0.08, theme.color.ink));
    }
    line(ui, column.rest(), "amount", amount, (high * 0.26, theme.color.ink));
}

const fn sign_of(tone: Tone) -> Icon {
    match tone {
        Tone::Good => Icon::Tick,
        Tone::Ask => Icon::Diamond,
        Tone::Bad => Icon::Cross,
        Tone::Tell => Icon::Info,
    }
}

/// One text in the middle of its place, smaller where it is long.
fn line(ui: &mut Ui, rect: Rect, id: &str, words: &str, (size, ink): (f32, egui::Color32)) {
    let mut size = size.min(rect.height() * 0.9);
    let wide = |size: f32| measure(ui, words, theme::display(size), ink, f32::INFINITY);
    let mut galley = wide(size);
    while galley.size().x > rect.width() && size > theme::size::SMALL {
        size *= 0.9;
        galley = wide(size);
    }
    let at = rect.center() - galley.size() / 2.0;
    let seen = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, ink);
    ui.interact(seen, Id::unique(("customer", id)), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_seen_on_a_screen_of_its_own_and_never_over_the_cashiers() {
        let mut place = Place::default();
        assert!(!place.judge(2, 0.0, (false, true)), "its screen is not known yet");
        assert_eq!(place.look_again(0.0), Some(LOOK_EVERY));
        assert!(place.judge(2, 1.0, (true, true)), "it is on its way there");
        assert!(place.judge(2, 9.0, (true, false)) && place.look_again(9.0).is_none());
        assert!(!place.judge(2, 20.0, (true, true)), "its screen was unplugged");
        assert!(!place.judge(2, 30.0, (true, false)), "and it does not come back by itself");
        assert!(place.judge(3, 40.0, (true, false)), "another screen was chosen");
    }

    #[test]
    fn a_screen_that_never_comes_is_looked_for_a_while_and_costs_nothing_then() {
        let mut place = Place::default();
        let looks = (1..1000).filter(|at| {
            let time = f64::from(*at);
            !place.judge(2, time, (false, false)) && place.look_again(time).is_some()
        });
        assert_eq!(looks.count(), 19);
    }
}
