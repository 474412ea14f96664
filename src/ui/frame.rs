//! What surrounds every screen: the bar at the top, the training band, the strip at the bottom.
//!
//! **The same things stand in the same places on every screen.** Where the window is narrow, what matters least goes
//! first: the store, then the role, then the names of the steps that are not the present one.

use egui::{Color32, CornerRadius, FontId, Id, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::desk::Desk;
use super::i18n::{count, text};
use super::theme::{self, space};
use super::widgets::{Column, Icon, Style, icons, measure, write_in};
use crate::domain::{
    DeclineCause, LookupFault, Outcome, SalesFolderFault, SalesTrouble, ScannerKind, SetupPage, Timestamp,
};
use crate::flow::{Locked, ScanProblem, Signal, State};
use crate::terminal::{CopyTrouble, Light, RecordStanding, ScannerView, TillView};

/// Which of the four steps a screen belongs to.
const fn step_of(state: &State) -> Option<usize> {
    match state {
        State::Scan(_) => Some(0),
        State::Sale(_) => Some(1),
        State::Approval(_) | State::Sending(_) | State::Problem(_) => Some(2),
        State::Result(_) => Some(3),
        State::Locked(_) | State::Ready | State::Refunds(_) | State::Report(_) | State::Settings(_) => None,
    }
}

const STEPS: [&str; 4] = ["step-scan", "step-sale", "step-approve", "step-done"];

/// The words for a step of the first start.
pub const fn setup_step(page: SetupPage) -> &'static str {
    match page {
        SetupPage::Names => "setup-names",
        SetupPage::Manager => "setup-manager",
        SetupPage::Gateway => "setup-gateway",
        SetupPage::Camera => "setup-camera",
        SetupPage::Scanner => "setup-scanner",
        SetupPage::Printer => "setup-printer",
        SetupPage::Limits => "setup-limits",
        SetupPage::Done => "setup-done",
    }
}

/// The steps that a screen is one of, by their words, and which it is.
fn steps_of(view: &TillView) -> Option<(Vec<&'static str>, usize)> {
    let page = match &view.state {
        State::Locked(Locked { first: Some(_), naming, .. }) if view.sets_up => {
            if naming.is_some() {
                SetupPage::Names
            } else {
                SetupPage::Manager
            }
        }
        State::Settings(settings) => settings.guide?.page,
        state => return Some((STEPS.to_vec(), step_of(state)?)),
    };
    Some((SetupPage::ALL.map(setup_step).to_vec(), page.place()))
}

/// Draws the surroundings and gives back the room for the screen. The page itself is what the window is cleared with
/// (`App::clear_color`): painting it as well would cost as much as all the rest where the processor draws.
pub fn surround(ui: &mut Ui, desk: &mut Desk<'_>, window: Rect) -> Rect {
    let mut column = Column::new(window);
    top_bar(ui, desk, column.take(desk.theme.size.bar));
    if desk.view.training {
        band(ui, desk, column.take(desk.theme.size.band));
    }
    strip(ui, desk, column.take_bottom(desk.theme.size.strip));
    column.rest().shrink(desk.theme.size.margin)
}

fn band(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    let pair = desk.theme.color.training;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, pair.ground);
    let asks_pin = match &desk.view.state {
        State::Settings(settings) => !settings.is_open(),
        State::Refunds(refunds) => {
            let ordering = refunds.open.as_ref().and_then(|open| open.ordering.as_ref());
            ordering.is_some_and(|ordering| ordering.order.is_some())
        }
        state => matches!(state, State::Locked(_) | State::Approval(_)),
    };
    let words = match &desk.view.practice_pins {
        Some(pins) if matches!(desk.view.state, State::Locked(_)) => desk.words.with(
            "training-band-pins",
            &[("manager", text(pins.manager.as_str())), ("cashier", text(pins.cashier.as_str()))],
        ),
        Some(pins) if asks_pin => desk.words.with("training-band-pin", &[("pin", text(pins.manager.as_str()))]),
        Some(_) | None => desk.say("training-band"),
    };
    let style = Style::new(theme::strong(theme::size::SMALL + 1.0), pair.text).middle();
    let width = measure(ui, &words, style.font.clone(), pair.text, rect.width()).size().x;
    write_in(ui, rect, &style, &words);
    for side in [-1.0, 1.0] {
        let center = pos2(rect.center().x + side * (width / 2.0 + space::THREE), rect.center().y);
        icons::draw(ui.painter(), Icon::Diamond, icons::square(center, 14.0), pair.text);
    }
}

fn top_bar(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    let color = &desk.theme.color;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, color.card);
    ui.painter().hline(rect.x_range(), rect.max.y - 0.5, Stroke::new(1.0, color.line));
    let inner = rect.shrink2(vec2(desk.theme.size.margin, 0.0));
    let steps = steps_of(desk.view).map(|(names, at)| Steps::lay_out(ui, desk, &names, at, inner.width()));
    let steps_width = steps.as_ref().map_or(0.0, |steps| steps.width);
    let side = (inner.width() - steps_width) / 2.0 - space::TWO;
    left_side(ui, desk, inner, side);
    right_side(ui, desk, inner, side);
    if let Some(steps) = steps {
        draw_steps(ui, desk, inner, &steps);
    }
}

fn left_side(ui: &mut Ui, desk: &Desk<'_>, inner: Rect, room: f32) {
    let color = &desk.theme.color;
    let name = desk.say("app-name");
    let style = Style::new(theme::strong(theme::size::BODY), color.ink);
    let width = measure(ui, &name, style.font.clone(), color.ink, room).size().x;
    write_in(ui, Rect::from_min_size(inner.min, vec2(width + 1.0, inner.height())), &style, &name);
    let place = [("store", text(desk.view.store.as_str())), ("till", text(desk.view.till.as_str()))];
    let quiet = Style::new(theme::plain(theme::size::SMALL + 1.0), color.quiet);
    let left = inner.min.x + width + space::TWO;
    for words in [desk.words.with("place", &place), desk.view.till.clone()] {
        let wide = ui.painter().layout_no_wrap(words.clone(), quiet.font.clone(), color.quiet).size().x;
        if width + space::TWO + wide <= room {
            let at = Rect::from_min_size(pos2(left, inner.min.y), vec2(wide + 1.0, inner.height()));
            write_in(ui, at, &quiet, &words);
            return;
        }
    }
}

fn right_side(ui: &mut Ui, desk: &Desk<'_>, inner: Rect, room: f32) {
    let color = &desk.theme.color;
    let size = theme::size::SMALL + 1.0;
    let quiet = Style::new(theme::plain(size), color.quiet).right();
    let clock = desk.time.clock(desk.now);
    let wide = |words: &str| ui.painter().layout_no_wrap(words.to_owned(), theme::plain(size), color.ink).size().x;
    let clock_width = wide(&clock);
    let Some(operator) = &desk.view.operator else {
        write_in(ui, inner, &quiet, &clock);
        return;
    };
    let role = desk.say(match operator.role {
        crate::domain::Role::Cashier => "role-cashier",
        crate::domain::Role::Manager => "role-manager",
    });
    let name = operator.name.as_str();
    let (name_width, role_width) = (wide(name), wide(&role));
    write_in(ui, inner, &quiet, &clock);
    let mut right = inner.max.x - clock_width - space::TWO;
    let cell =
        |right: f32, width: f32| Rect::from_min_max(pos2(right - width - 1.0, inner.min.y), pos2(right, inner.max.y));
    let all = clock_width + space::TWO + name_width + 6.0 + role_width;
    if all <= room {
        write_in(ui, cell(right, role_width), &quiet, &role);
        right -= role_width + 6.0;
    }
    let fits = (right - (inner.max.x - room)).max(0.0);
    let shown = shorten(ui, name, size, fits);
    let ink = Style::new(theme::plain(size), color.ink).right();
    let width = ui.painter().layout_no_wrap(shown.clone(), theme::plain(size), color.ink).size().x;
    write_in(ui, cell(right, width), &ink, &shown);
}

/// Cuts a name that is too long for its place.
fn shorten(ui: &Ui, name: &str, size: f32, room: f32) -> String {
    let wide =
        |text: &str| ui.painter().layout_no_wrap(text.to_owned(), theme::plain(size), egui::Color32::BLACK).size().x;
    if wide(name) <= room {
        return name.to_owned();
    }
    let mut kept = name.to_owned();
    while kept.pop().is_some() {
        let cut = format!("{}…", kept.trim_end());
        if wide(&cut) <= room {
            return cut;
        }
    }
    String::new()
}

/// The steps as they are drawn.
struct Steps {
    /// Width, name and place of each; those not current lose their names where the window is narrow.
    each: Vec<(f32, String, usize)>,
    current: usize,
    narrow: bool,
    width: f32,
    /// The name of the current one.
    name: String,
}

/// The most of the bar that steps may take with all their names.
const STEPS_SHARE: f32 = 0.55;

impl Steps {
    fn lay_out(ui: &Ui, desk: &Desk<'_>, names: &[&str], current: usize, room: f32) -> Self {
        let whole = Self::with(ui, desk, names, current, desk.theme.size.bar < 50.0);
        if whole.width <= room * STEPS_SHARE { whole } else { Self::with(ui, desk, names, current, true) }
    }

    fn with(ui: &Ui, desk: &Desk<'_>, names: &[&str], current: usize, narrow: bool) -> Self {
        let size = theme::size::SMALL + 1.0;
        let one = |(at, key): (usize, &&str)| {
            let name = if narrow && at > current { String::new() } else { desk.say(key) };
            let wide = ui.painter().layout_no_wrap(name.clone(), theme::strong(size), egui::Color32::BLACK).size().x;
            let pad = if at == current { 28.0 } else { 16.0 };
            let sign = if at < current { 19.0 } else { 0.0 };
            let shown = if narrow && at != current { 26.0 } else { wide + sign + pad };
            (shown + if at + 1 < names.len() { 20.0 } else { 0.0 }, name, at)
        };
        let each: Vec<(f32, String, usize)> = names.iter().enumerate().map(one).collect();
        let width = each.iter().map(|(width, ..)| width).sum();
        let name = names.get(current).map(|key| desk.say(key)).unwrap_or_default();
        Self { each, current, narrow, width, name }
    }
}

fn draw_steps(ui: &mut Ui, desk: &Desk<'_>, inner: Rect, steps: &Steps) {
    let Steps { each, current, narrow, width, name } = steps;
    let (current, narrow, width) = (*current, *narrow, *width);
    let color = &desk.theme.color;
    let font = theme::strong(theme::size::SMALL + 1.0);
    let mut left = inner.center().x - width / 2.0;
    for (wide, name, at) in each {
        let last = *at + 1 == each.len();
        let pill = Rect::from_min_max(
            pos2(left, inner.center().y - 16.0),
            pos2(left + wide - if last { 0.0 } else { 20.0 }, inner.center().y + 16.0),
        );
        if *at == current {
            ui.painter().rect_filled(pill, CornerRadius::same(16), color.act.ground);
            ui.painter().text(pill.center(), egui::Align2::CENTER_CENTER, name, font.clone(), color.act.text);
        } else if *at < current {
            let tick = pos2(if narrow { pill.center().x } else { pill.min.x + 14.5 }, pill.center().y);
            icons::draw(ui.painter(), Icon::Tick, icons::square(tick, 13.0), color.good.text);
            if !narrow {
                let at = pos2(pill.min.x + 27.0, pill.center().y);
                ui.painter().text(at, egui::Align2::LEFT_CENTER, name, font.clone(), color.good.text);
            }
        } else if narrow {
            icons::draw(ui.painter(), Icon::Ring, icons::square(pill.center(), 12.0), color.quiet);
        } else {
            let plain = theme::plain(theme::size::SMALL + 1.0);
            ui.painter().text(pill.center(), egui::Align2::CENTER_CENTER, name, plain, color.quiet);
        }
        if !last {
            let sign = icons::square(pos2(pill.max.x + 10.0, pill.center().y), 13.0);
            icons::draw(ui.painter(), Icon::Next, sign, color.quiet);
        }
        left += wide;
    }
    let label = if each.len() == STEPS.len() { "steps-label" } else { "setup-steps-label" };
    let said = desk.words.with(label, &[("number", count(current + 1)), ("name", text(name.as_str()))]);
    let rect = Rect::from_center_size(inner.center(), vec2(width, 32.0));
    let id = Id::unique("steps");
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Status, true, &said));
    // Where a screen reader learns that another screen came.
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn strip(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    let color = &desk.theme.color;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, color.card);
    ui.painter().hline(rect.x_range(), rect.min.y + 0.5, Stroke::new(1.0, color.line));
    let inner = rect.shrink2(vec2(desk.theme.size.margin, 0.0));
    let devices = desk.view.devices;
    let mut left = inner.min.x;
    let mut lights = vec![("strip-gateway", devices.gateway, None), ("strip-scanner", devices.scanner, None)];
    for scanner in &desk.view.equipment.scanners {
        let key = match scanner.kind {
            ScannerKind::Keyboard => "strip-scanner",
            ScannerKind::Serial => "strip-serial",
            ScannerKind::HidPos => "strip-hid",
        };
        // One device with two interfaces is two scanners of one name, which would not tell them apart.
        let same = |other: &&ScannerView| other.name == scanner.name;
        let name = scanner.name.as_deref().filter(|_| desk.view.equipment.scanners.iter().filter(same).count() == 1);
        lights.push((key, scanner.light, name));
    }
    lights.push(("strip-camera", devices.camera, None));
    let printer = &desk.view.equipment.printer;
    if printer.name.is_some() {
        lights.push(("strip-printer", printer.light, None));
    }
    let mut lamps: Vec<Lamp> = lights.into_iter().map(|(key, light, name)| lamp(ui, desk, key, light, name)).collect();
    let mut right = sign(ui, desk, inner);
    let wide = |lamps: &[Lamp]| -> f32 { lamps.iter().map(|lamp| lamp.width(ui) + space::THREE).sum() };
    // Where all of them do not fit, the shapes alone say how each is; its state is still there to be read out.
    if wide(&lamps) > right - inner.min.x {
        lamps.iter_mut().for_each(|lamp| lamp.shown.clone_from(&lamp.device));
    }
    for lamp in &lamps {
        // A word for a sound stays a moment, and what it hides comes back.
        if left + lamp.width(ui) > right {
            break;
        }
        left = draw_lamp(ui, pos2(left, inner.center().y), lamp) + space::THREE;
    }
    for (words, ink, icon) in notes(desk) {
        let style = Style::new(theme::strong(theme::size::SMALL), ink);
        let width = ui.painter().layout_no_wrap(words.clone(), style.font.clone(), ink).size().x;
        if right - width - 24.0 < left {
            break;
        }
        let at = Rect::from_min_max(pos2(right - width - 1.0, inner.min.y), pos2(right, inner.max.y));
        write_in(ui, at, &style, &words);
        let sign = icons::square(pos2(at.min.x - 15.0, inner.center().y), 15.0);
        icons::draw(ui.painter(), icon, sign, ink);
        right = at.min.x - 24.0 - space::THREE;
    }
}

/// For so long it is said that the window stays, in milliseconds.
pub const STAYS_MS: i64 = 8_000;
/// For so long a sound's twin stands in the strip, in milliseconds: long enough for whoever looked elsewhere.
const SIGN_MS: i64 = 4_000;

/// When the last sign goes away again.
pub fn sign_until(view: &TillView, now: Timestamp) -> Option<Timestamp> {
    let (at, _) = view.signal?;
    let until = at.plus_ms(SIGN_MS);
    (now < until && now >= at).then_some(until)
}

/// Whether that was last to be heard, so short a time ago that its twin is there.
pub fn is_shown(desk: &Desk<'_>, signal: Signal) -> bool {
    sign_until(desk.view, desk.now).is_some() && desk.view.signal.is_some_and(|(_, last)| last == signal)
}

/// What is shown is a sale that nobody has: nothing was refused.
fn is_not_found(state: &State) -> bool {
    match state {
        State::Scan(scanning) => {
            matches!(scanning.problem, Some(ScanProblem::Lookup { why: LookupFault::NotFound, .. }))
        }
        State::Result(result) => {
            matches!(result.refund.outcome, Some(Outcome::Declined { cause: DeclineCause::NoSuchSale, .. }))
        }
        _ => false,
    }
}

/// What was last to be heard, as a word in a colour and a shape of its own, always in the same corner; gives back what is
/// left of the strip.
fn sign(ui: &mut Ui, desk: &Desk<'_>, inner: Rect) -> f32 {
    let Some((_, signal)) = desk.view.signal.filter(|_| sign_until(desk.view, desk.now).is_some()) else {
        return inner.max.x;
    };
    let color = &desk.theme.color;
    let (key, icon, pair) = match signal {
        Signal::Read => ("sign-read", Icon::Dot, color.tell),
        Signal::Refused if is_not_found(&desk.view.state) => ("sign-not-found", Icon::Cross, color.bad),
        Signal::Refused => ("sign-refused", Icon::Cross, color.bad),
        Signal::Done => ("sign-done", Icon::Tick, color.good),
        Signal::Attention => ("sign-attention", Icon::Diamond, color.ask),
        Signal::Torn => ("scan-torn", Icon::Diamond, color.ask),
    };
    let words = desk.say(key);
    let style = Style::new(theme::strong(theme::size::SMALL + 1.0), pair.text);
    let width = ui.painter().layout_no_wrap(words.clone(), style.font.clone(), pair.text).size().x;
    let wide = width + SIGN_PAD + LIGHT_INDENT + space::ONE;
    let pill =
        Rect::from_min_max(pos2(inner.max.x - wide, inner.min.y + SIGN_GAP), pos2(inner.max.x, inner.max.y - SIGN_GAP));
    ui.painter().rect_filled(pill, CornerRadius::same(theme::RADIUS), pair.ground);
    icons::draw(ui.painter(), icon, icons::square(pos2(pill.min.x + LIGHT_INDENT, pill.center().y), 15.0), pair.text);
    let at = Rect::from_min_max(pos2(pill.min.x + LIGHT_INDENT + SIGN_PAD - 2.0, pill.min.y), pill.max);
    ui.painter().text(at.left_center(), egui::Align2::LEFT_CENTER, &words, style.font.clone(), pair.text);
    let id = Id::unique("sign");
    ui.interact(pill, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));
    pill.min.x - space::TWO
}

/// What stands at the right of the strip, what matters most first: where the window is narrow, the rest is left out.
fn notes(desk: &Desk<'_>) -> Vec<(String, Color32, Icon)> {
    let color = &desk.theme.color;
    let mut notes = vec![];
    if desk.stays {
        notes.push((desk.say("strip-kiosk"), color.ask.text, Icon::Diamond));
    }
    match desk.view.care.record {
        RecordStanding::Damaged => notes.push((desk.say("strip-record-damaged"), color.bad.text, Icon::Cross)),
        RecordStanding::Checking => notes.push((desk.say("strip-record-checking"), color.quiet, Icon::Ring)),
        RecordStanding::NotAsked | RecordStanding::Sound => {}
    }
    let counts = [
        ("strip-contradicted", desk.view.contradicted),
        ("strip-waiting", desk.view.waiting),
        ("strip-unresolved", desk.view.unresolved),
    ];
    for (key, number) in counts.into_iter().filter(|(_, number)| *number > 0) {
        notes.push((desk.words.with(key, &[("count", count(number))]), color.ask.text, Icon::Diamond));
    }
    let trouble = desk.view.care.copies.map(|trouble| match trouble {
        CopyTrouble::NoRoom => desk.say("strip-copy-room"),
        CopyTrouble::Folder => desk.say("strip-copy-folder"),
        CopyTrouble::Other => desk.say("strip-copy-other"),
    });
    notes.extend(trouble.map(|words| (words, color.bad.text, Icon::Cross)));
    notes.extend(sales(desk).into_iter().map(|words| (words, color.bad.text, Icon::Cross)));
    notes
}

/// What keeps the till program's sales from coming in.
fn sales(desk: &Desk<'_>) -> Vec<String> {
    let SalesTrouble { folder, failed_files, port } = desk.view.equipment.sales;
    let folder = folder.map(|fault| match fault {
        SalesFolderFault::NotThere => desk.say("strip-sales-folder"),
        SalesFolderFault::FileHeld => desk.say("strip-sales-held"),
    });
    let failed = (failed_files > 0).then(|| desk.words.with("strip-sales-failed", &[("count", count(failed_files))]));
    let port = port.map(|port| desk.words.with("strip-sales-port", &[("port", text(port.to_string()))]));
    [folder, failed, port].into_iter().flatten().collect()
}

/// The width a scanner's own name may have in the strip.
const LIGHT_NAME: f32 = 150.0;
/// Around a sign.
const SIGN_PAD: f32 = 16.0;
const SIGN_GAP: f32 = 4.0;
/// Between a light's shape and its words.
const LIGHT_INDENT: f32 = 20.0;

/// One device's light, ready to be drawn.
struct Lamp {
    key: &'static str,
    icon: Icon,
    ink: Color32,
    font: FontId,
    text_color: Color32,
    device: String,
    shown: String,
    said: String,
}

impl Lamp {
    fn width(&self, ui: &Ui) -> f32 {
        let galley = ui.painter().layout_no_wrap(self.shown.clone(), self.font.clone(), self.text_color);
        LIGHT_INDENT + galley.size().x
    }
}

fn lamp(ui: &Ui, desk: &Desk<'_>, key: &'static str, light: Light, name: Option<&str>) -> Lamp {
    let color = &desk.theme.color;
    let kind = desk.say(key);
    // What works goes by its own name; what does not by what it is.
    let device = match name.filter(|_| light == Light::Good) {
        Some(name) => shorten(ui, name, theme::size::SMALL, LIGHT_NAME),
        None => kind.clone(),
    };
    let (icon, ink, words, state) = match light {
        Light::Good => (Icon::Dot, color.good.text, "light-good", "light-state-good"),
        Light::Waiting => (Icon::Ring, color.quiet, "light-waiting", "light-state-waiting"),
        Light::Bad => (Icon::Cross, color.bad.text, "light-bad", "light-state-bad"),
        Light::Off => (Icon::Dash, color.quiet, "light-off", "light-state-off"),
    };
    // A scanner that has not typed yet is nothing to worry about: the ring says it.
    let shown =
        if light == Light::Waiting { device.clone() } else { desk.words.with(words, &[("device", text(&*device))]) };
    let (text_color, font) = if light == Light::Bad {
        (ink, theme::strong(theme::size::SMALL))
    } else {
        (color.quiet, theme::plain(theme::size::SMALL))
    };
    let said = match name {
        Some(name) => format!("{kind} {name}: {}", desk.say(state)),
        None => format!("{kind}: {}", desk.say(state)),
    };
    Lamp { key, icon, ink, font, text_color, device, shown, said }
}

/// Draws one device's light, and gives back where it ends.
fn draw_lamp(ui: &mut Ui, at: egui::Pos2, lamp: &Lamp) -> f32 {
    icons::draw(ui.painter(), lamp.icon, icons::square(pos2(at.x + 6.0, at.y), 13.0), lamp.ink);
    let galley = ui.painter().layout_no_wrap(lamp.shown.clone(), lamp.font.clone(), lamp.text_color);
    let rect = Rect::from_min_size(pos2(at.x + LIGHT_INDENT, at.y - galley.size().y / 2.0), galley.size());
    ui.painter().galley(rect.min, galley, lamp.text_color);
    let all = Rect::from_min_max(pos2(at.x, rect.min.y), rect.max);
    ui.interact(all, Id::unique(("light", lamp.key)), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Status, true, &lamp.said));
    rect.max.x
}
