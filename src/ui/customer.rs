//! The customer's display: a second window with amount, wallet and result, in the store's language.
//!
//! **What it draws is four texts that are made here out of the till's picture**: no PIN, no name of anybody and no number of a
//! sale is among them, and the window has nothing else to draw from. **It is painted when one of them changes and at no other
//! time.** It is another window on another screen, below all others and never the one that has the keys: whatever becomes of
//! it, the cashier's is where it was.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use egui::accesskit::Live;
use egui::{
    CornerRadius, Galley, Id, Rect, Role, Sense, Ui, Vec2, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId,
    WidgetInfo, WindowLevel, pos2, vec2,
};

use super::format;
use super::i18n::{Language, Words, text};
use super::monitors::ScreenAt;
use super::theme::{self, Look, Theme, space};
use super::widgets::{Column, Tone, icons, measure, outcome_ground};
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
/// How often it is looked whether its screen is there, after it was opened; less often from then on.
const LOOKS: u32 = 20;
/// Between two of these looks.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Between two looks later, where nobody tells that a screen was plugged in.
const WATCH_EVERY: Duration = Duration::from_secs(3);
/// What neighbouring screens may have in common, in points.
const EDGE: f32 = 16.0;

/// Whether two screens show some of the same: one of them mirrors the other.
fn share(((x, y), (wide, high)): ScreenAt, ((other_x, other_y), (other_wide, other_high)): ScreenAt) -> bool {
    let meet = |at: i32, long: u32, other: i32, other_long: u32| {
        i64::from(at) < i64::from(other) + i64::from(other_long) && i64::from(other) < i64::from(at) + i64::from(long)
    };
    meet(x, wide, other_x, other_wide) && meet(y, high, other_y, other_high)
}

/// What becomes of the second window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// There is none.
    Gone,
    /// It is there and not seen: the window system has not put it on its screen yet.
    Hidden,
    /// It is seen.
    Seen,
}

/// Whether the second window may be there. **Never seen before it is known to fill a screen of its own; gone once it lies over
/// the cashier's; made anew when the screens change**, so that it comes back with a screen that is plugged in again.
#[derive(Debug, Default)]
struct Place {
    screen: Option<u8>,
    screens: Vec<ScreenAt>,
    shown_at: Option<f64>,
    covered: bool,
    looks: u32,
}

impl Place {
    /// Judges by what the window system says now. Nothing is known of the screens where there are none.
    fn judge(&mut self, screen: u8, screens: &[ScreenAt], (time, fills, covers): (f64, bool, bool)) -> Stand {
        if self.screen != Some(screen) || self.screens != screens {
            let is_first = self.screen.is_none();
            *self = Self { screen: Some(screen), screens: screens.to_vec(), ..Self::default() };
            if !is_first {
                return Stand::Gone;
            }
        }
        self.looks = self.looks.saturating_add(1);
        if !screens.is_empty() && !self.is_of_its_own() {
            return Stand::Gone;
        }
        if fills && self.shown_at.is_none() {
            self.shown_at = Some(time);
        }
        self.covered |= covers && self.shown_at.is_some_and(|at| time - at >= GRACE_SECONDS);
        match (self.covered, fills) {
            (true, _) => Stand::Gone,
            (false, true) => Stand::Seen,
            (false, false) => Stand::Hidden,
        }
    }

    /// Its screen is there and shows nothing that another one shows.
    fn is_of_its_own(&self) -> bool {
        let at = usize::from(self.screen.unwrap_or(1).saturating_sub(1));
        let own = self.screens.get(at).copied();
        let mut others = self.screens.iter().enumerate().filter(|(other, _)| *other != at);
        own.is_some_and(|own| others.all(|(_, other)| !share(own, *other)))
    }

    /// When to judge again though nothing happens.
    fn look_again(&self, time: f64) -> Duration {
        match self.shown_at {
            None if self.looks < LOOKS && !self.covered => LOOK_EVERY,
            Some(at) if time - at < GRACE_SECONDS => Duration::from_secs_f64(GRACE_SECONDS),
            _ => WATCH_EVERY,
        }
    }
}

/// Where the second window stood when it was drawn last, and whether it had the keys.
type Stood = (Option<Rect>, Option<bool>);

/// The second window, as long as it is wanted.
#[derive(Default)]
pub struct CustomerDisplay {
    drawn: Arc<Mutex<Option<(Shown, Look)>>>,
    stood: Arc<Mutex<Option<Stood>>>,
    words: Option<Words>,
    place: Place,
    had_keys: bool,
}

impl CustomerDisplay {
    /// The second window's own.
    #[must_use]
    pub fn viewport() -> ViewportId {
        ViewportId::from_hash_of("customer")
    }

    /// Keeps it open on its screen with what the customer may see; asks for a new picture where that is another than before.
    /// `screens` are those there are, none where that is not known, and whether a change of them is told.
    pub fn keep(
        &mut self,
        context: &egui::Context,
        view: &TillView,
        (language, look): (Language, Look),
        (screens, told): (&[ScreenAt], bool),
    ) {
        // Where windows of one's own cannot be had, it would lie inside the cashier's.
        let Some(screen) = view.equipment.window.customer.filter(|_| !context.embed_viewports()) else { return };
        let id = Self::viewport();
        let (time, fills, covers, has_keys) = context.input(|input| {
            let there = input.raw.viewports.get(&id);
            let has_keys = there.and_then(|info| info.focused) == Some(true);
            let fills = there.and_then(|info| info.fullscreen) == Some(true);
            let places = input.viewport().outer_rect.zip(there.and_then(|info| info.outer_rect));
            (input.time, fills, places.is_some_and(|(own, other)| own.shrink(EDGE).intersects(other)), has_keys)
        });
        // Window managers give the keys to a window that comes, whatever it asked for; a scan would be lost there.
        if has_keys && !self.had_keys {
            context.send_viewport_cmd_to(ViewportId::ROOT, ViewportCommand::Focus);
        }
        self.had_keys = has_keys;
        let stand = self.place.judge(screen, screens, (time, fills, covers));
        let wait = self.place.look_again(time);
        if !told || wait < WATCH_EVERY {
            context.request_repaint_after(wait);
        }
        if stand != Stand::Gone {
            self.show(context, view, (language, look), (screen, stand == Stand::Seen));
        }
    }

    fn show(
        &mut self,
        context: &egui::Context,
        view: &TillView,
        (language, look): (Language, Look),
        (screen, visible): (u8, bool),
    ) {
        let id = Self::viewport();
        let words = self.words(language);
        let title = words.say("display-customer");
        let now = Some((Shown::of(view, words), look));
        {
            let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
            if *drawn != now {
                *drawn = now;
                context.request_repaint_of(id);
            }
        }
        let builder = ViewportBuilder::default()
            .with_title(title)
            .with_app_id("tillback-customer")
            .with_monitor(usize::from(screen.saturating_sub(1)))
            .with_visible(visible)
            .with_active(false)
            .with_decorations(false)
            .with_taskbar(false)
            .with_window_level(WindowLevel::AlwaysOnBottom);
        let (drawn, stood) = (Arc::clone(&self.drawn), Arc::clone(&self.stood));
        context.show_viewport_deferred(id, builder, move |ui, _: ViewportClass| {
            // What became of it is judged with the cashier's window.
            let now = ui.input(|input| (input.viewport().outer_rect, input.viewport().focused));
            let before = stood.lock().unwrap_or_else(PoisonError::into_inner).replace(now);
            if before != Some(now) {
                ui.ctx().request_repaint_of(ViewportId::ROOT);
            }
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
        line(ui, band, ("training", Role::Label), words, (high * 0.05, pair.text));
    }
    let Some(amount) = &shown.amount else {
        line(ui, column.rest(), ("store", Role::Heading), &shown.heading, (high * 0.16, theme.color.ink));
        return;
    };
    line(ui, column.take(high * 0.14), ("heading", Role::Heading), &shown.heading, (high * 0.07, theme.color.quiet));
    if let Some((tone, words)) = &shown.result {
        let pair = tone.pair(&theme);
        let band = column.take_bottom(high * 0.2);
        outcome_ground(ui, &theme, band, *tone);
        // The sign stands beside its words, however few they are.
        let (side, gap) = (high * 0.08, space::THREE);
        let most = band.width() - 2.0 * space::FOUR - side - gap;
        let wide = fitted(ui, words, vec2(most, band.height()), (side, pair.text)).size().x;
        let left = band.center().x - (side + gap + wide) / 2.0;
        let sign = icons::square(pos2(left + side / 2.0, band.center().y), side);
        icons::draw(ui.painter(), tone.icon(), sign, pair.text);
        let inside = Rect::from_x_y_ranges(left + side + gap..=left + side + gap + wide + 0.5, band.y_range());
        let said = line(ui, inside, ("result", Role::Alert), words, (side, pair.text));
        // What is still to come is not said over what is.
        let live = if *tone == Tone::Tell { Live::Polite } else { Live::Assertive };
        ui.ctx().accesskit_node_builder(said, |node| node.set_live(live));
    }
    if let Some(wallet) = &shown.wallet {
        line(ui, column.take_bottom(high * 0.16), ("wallet", Role::Label), wallet, (high * 0.08, theme.color.ink));
    }
    let said = line(ui, column.rest(), ("amount", Role::Label), amount, (high * 0.26, theme.color.ink));
    ui.ctx().accesskit_node_builder(said, |node| node.set_live(Live::Polite));
}

/// A text in one line, smaller where it is long.
fn fitted(ui: &Ui, words: &str, room: Vec2, (size, ink): (f32, egui::Color32)) -> Arc<Galley> {
    let mut size = size.min(room.y * 0.9);
    let wide = |size: f32| measure(ui, words, theme::display(size), ink, f32::INFINITY);
    let mut galley = wide(size);
    while galley.size().x > room.x && size > theme::size::SMALL {
        size *= 0.9;
        galley = wide(size);
    }
    galley
}

/// One text in the middle of its place, smaller where it is long; what a screen reader knows it by.
fn line(ui: &mut Ui, rect: Rect, (id, role): (&str, Role), words: &str, (size, ink): (f32, egui::Color32)) -> Id {
    let galley = fitted(ui, words, rect.size(), (size, ink));
    let at = rect.center() - galley.size() / 2.0;
    let seen = Rect::from_min_size(at, galley.size());
    ui.painter().galley(at, galley, ink);
    let id = Id::unique(("customer", id));
    ui.interact(seen, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(role, true, words));
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILL: ScreenAt = ((0, 0), (1024, 768));
    const BESIDE: ScreenAt = ((1024, 0), (800, 600));

    /// Filling its screen and lying over the cashier's window or not, at that time.
    fn at(time: f64, covers: bool) -> (f64, bool, bool) {
        (time, true, covers)
    }

    #[test]
    fn it_is_seen_on_a_screen_of_its_own_and_never_over_the_cashiers() {
        let mut place = Place::default();
        let both = [TILL, BESIDE];
        assert_eq!(place.judge(2, &both, (0.0, false, true)), Stand::Hidden, "its screen is not known yet");
        assert_eq!(place.look_again(0.0), LOOK_EVERY);
        assert_eq!(place.judge(2, &both, at(1.0, true)), Stand::Seen, "it is on its way there");
        assert_eq!(place.judge(2, &both, at(9.0, false)), Stand::Seen);
        assert_eq!(place.look_again(9.0), WATCH_EVERY);
        assert_eq!(place.judge(2, &both, at(20.0, true)), Stand::Gone, "somebody moved it over the cashier's");
        assert_eq!(place.judge(2, &both, (30.0, false, false)), Stand::Gone, "and it does not come back by itself");
        assert_eq!(place.judge(3, &both, at(40.0, false)), Stand::Gone, "another was chosen, which is not there");
        assert_eq!(place.judge(1, &both, at(50.0, false)), Stand::Gone, "the window on the old screen goes first");
        assert_eq!(place.judge(1, &both, at(50.1, false)), Stand::Seen);
    }

    #[test]
    fn it_goes_with_its_screen_and_comes_back_with_it() {
        let mut place = Place::default();
        let both = [TILL, BESIDE];
        assert_eq!(place.judge(2, &both, at(0.0, false)), Stand::Seen);
        for time in 0..100 {
            assert_eq!(place.judge(2, &[TILL], at(10.0 + f64::from(time) / 10.0, true)), Stand::Gone, "unplugged");
        }
        assert_eq!(place.look_again(20.0), WATCH_EVERY, "a screen that is away costs next to nothing");
        assert_eq!(place.judge(2, &both, (20.0, false, false)), Stand::Gone, "plugged in: what was there is let go");
        assert_eq!(place.judge(2, &both, (20.3, false, false)), Stand::Hidden, "a new window");
        assert_eq!(place.judge(2, &both, at(20.6, true)), Stand::Seen, "on its way there");
        assert_eq!(place.judge(2, &both, at(30.0, false)), Stand::Seen);
    }

    #[test]
    fn a_screen_that_shows_what_the_tills_shows_is_none_of_its_own() {
        let mut place = Place::default();
        assert_eq!(place.judge(2, &[TILL, TILL], at(0.0, false)), Stand::Gone, "mirrored");
        assert_eq!(place.judge(2, &[TILL, ((1023, 0), (800, 600))], at(1.0, false)), Stand::Gone);
        assert_eq!(
            place.judge(2, &[TILL, ((1023, 0), (800, 600))], at(2.0, false)),
            Stand::Gone,
            "one column in common"
        );
        place.judge(2, &[TILL, ((0, 768), (800, 600))], at(3.0, false));
        assert_eq!(place.judge(2, &[TILL, ((0, 768), (800, 600))], at(4.0, false)), Stand::Seen, "below the till's");
        assert_eq!(Place::default().judge(2, &[], at(5.0, false)), Stand::Seen, "nothing is known of the screens");
    }

    #[test]
    fn a_screen_that_never_comes_is_looked_for_now_and_then() {
        let mut place = Place::default();
        let mut often = 0;
        for at in 1..1000 {
            let time = f64::from(at);
            assert_ne!(place.judge(2, &[], (time, false, false)), Stand::Seen);
            often += u32::from(place.look_again(time) == LOOK_EVERY);
        }
        assert_eq!(often, LOOKS - 1);
    }
}
