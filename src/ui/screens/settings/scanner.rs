//! The scanner page: two codes to scan, how the scanner that read them is set, and how each scanner is.

use std::sync::Arc;

use egui::epaint::RectShape;
use egui::{Color32, CornerRadius, Galley, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::findings::{self, Fact};
use crate::domain::{ScannerFault, ScannerKind, SettingChange};
use crate::flow::{Settings, What};
use crate::terminal::{Light, ScannerView};
use crate::ui::desk::{CodeTexture, Desk};
use crate::ui::theme::{self, RADIUS, space};
use crate::ui::widgets::{
    Column, Icon, Kind, Notice, Press, Style, Tone, card, focus_ring, icons, measure, press, quiet, write,
};

/// The least side of a module on the screen, in pixels of the screen; imagers read less, but not all of them.
const MODULE: f32 = 2.0;
/// The height of the test codes, on a small window and on others.
const CODE_COMPACT: f32 = 132.0;
const CODE_FULL: f32 = 196.0;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let height = if size.gap < space::TWO { CODE_COMPACT } else { CODE_FULL };
    codes(ui, desk, column.take(height));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("scanner-how"));
    column.gap(size.gap);
    let (left, right) = super::beside(column.rest(), column.width() * 0.58, size.gap);
    let mut left = Column::new(left);
    super::kept(ui, desk, &mut left, settings);
    result(ui, desk, left.rest());
    scanners(ui, desk, right);
}

/// The two codes, on white whatever the look: that is what scanners read.
fn codes(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    ui.painter().rect_filled(rect, CornerRadius::same(RADIUS), theme::CODE_GROUND);
    card_line(ui, desk, rect);
    let Some([qr, code128]) = desk.codes else { return };
    let pixel = 1.0 / ui.ctx().pixels_per_point();
    let inner = rect.shrink(space::ONE);
    // Code 128 has its modules first: it is the one that needs width.
    let wide = (inner.width() * 0.78 / code128.width / pixel).floor().max(MODULE) * pixel;
    let code_at = Rect::from_min_size(
        pos2(inner.max.x - code128.width * wide, inner.min.y + space::TWO),
        vec2(code128.width * wide, inner.height() - space::FOUR),
    );
    draw_code(ui, code128, code_at, &desk.say("scanner-code128"));
    let room = (code_at.min.x - inner.min.x).min(inner.height());
    let module = (room / qr.width / pixel).floor().max(MODULE) * pixel;
    let side = qr.width * module;
    let middle = pos2(f32::midpoint(inner.min.x, code_at.min.x), inner.center().y);
    draw_code(ui, qr, Rect::from_center_size(middle, vec2(side, side)), &desk.say("scanner-qr"));
}

fn card_line(ui: &Ui, desk: &Desk<'_>, rect: Rect) {
    let line = egui::Stroke::new(1.0, desk.theme.color.line);
    ui.painter().rect_stroke(rect, CornerRadius::same(RADIUS), line, egui::StrokeKind::Inside);
}

/// Draws a code on whole pixels, so that no edge is grey.
fn draw_code(ui: &Ui, code: &CodeTexture, rect: Rect, name: &str) {
    let scale = ui.ctx().pixels_per_point();
    let whole = |at: f32| (at * scale).round() / scale;
    let min = pos2(whole(rect.min.x), whole(rect.min.y));
    let rect = Rect::from_min_size(min, vec2(whole(rect.width()), whole(rect.height())));
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let shape = RectShape::filled(rect, CornerRadius::ZERO, theme::UNTINTED).with_texture(code.texture.id(), all);
    ui.painter().add(shape);
    let id = Id::unique(("test-code", name));
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Image, true, name));
}

/// What the last trial scan said.
fn result(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let (facts, from) = match &desk.view.equipment.tried {
        Some(tried) => (findings::of_scan(desk, tried), Some(tried.scanner)),
        None if crate::scan::wedge::is_typed_slowly(&desk.local.typed_slowly) => (vec![findings::slow(desk)], None),
        None => {
            write(
                ui,
                &mut column,
                &Style::new(theme::strong(size.large), desk.theme.color.ink),
                &desk.say("scanner-waiting"),
            );
            return;
        }
    };
    let wrong = facts.iter().filter(|fact| !fact.works).count();
    let (tone, key) = if wrong == 0 { (Tone::Good, "scanner-good") } else { (Tone::Ask, "scanner-change") };
    let from = desk.say(from.map_or("scanner-typed", from_key));
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &desk.say(key), &from, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap(size.gap);
    let wanted = list(ui, desk, column.rest(), &facts);
    if let Some(change) = wanted {
        desk.tell(What::SettingChosen(change));
    }
}

/// What was found, what must be changed first. Longer than the place, it scrolls: by touch, by wheel, and by keys, for
/// then each fact takes the focus and comes into sight. Gives back what is to be written in the settings file.
fn list(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, facts: &[Fact]) -> Option<SettingChange> {
    let (ring, gap) = (space::RING, desk.theme.size.gap.min(space::GRID));
    let button = desk.theme.size.grid_button;
    let mut wanted = None;
    let width = rect.width() - SCROLL_BAR;
    let laid_out: Vec<Laid> = facts.iter().map(|fact| Laid::of(ui, desk, width, fact)).collect();
    let remedies = facts.iter().filter(|fact| fact.remedy.is_some()).count();
    let high = laid_out.iter().map(|laid| laid.height() + gap).sum::<f32>() + remedies as f32 * (button + gap);
    let scrolls = high - gap > rect.height();
    ui.scope_builder(UiBuilder::new().max_rect(rect.expand(ring)).id_salt("findings"), |ui| {
        ScrollArea::vertical().id_salt("finding-list").auto_shrink([false, true]).content_margin(ring).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, gap);
            for (shown, laid) in facts.iter().zip(laid_out) {
                let (_, place) = ui.allocate_space(vec2(width, laid.height()));
                fact(ui, desk, place, shown, laid, scrolls);
                let Some(change) = &shown.remedy else { continue };
                let (_, cell) = ui.allocate_space(vec2(width, button));
                let salt = format!("{change:?}");
                if press(ui, desk, cell, &Press::new(&salt, Kind::Quiet, desk.say("finding-keep"))) {
                    wanted = Some(change.clone());
                }
            }
        });
    });
    wanted
}

/// What the bar of a list takes at the right, with a gap.
const SCROLL_BAR: f32 = 12.0;

const fn from_key(kind: ScannerKind) -> &'static str {
    match kind {
        ScannerKind::Keyboard => "scanner-from-keyboard",
        ScannerKind::Serial => "scanner-from-serial",
        ScannerKind::HidPos => "scanner-from-hid",
    }
}

/// A fact, laid out: what it is, and what to do about it.
struct Laid {
    what: Arc<Galley>,
    more: Arc<Galley>,
}

impl Laid {
    fn of(ui: &Ui, desk: &Desk<'_>, width: f32, fact: &Fact) -> Self {
        let (size, color) = (desk.theme.size, &desk.theme.color);
        let room = width - size.body - space::GRID;
        let (ink, font) =
            if fact.works { (color.quiet, theme::plain(size.body)) } else { (color.ink, theme::strong(size.body)) };
        let what = measure(ui, &fact.what, font, ink, room);
        Self { what, more: measure(ui, &fact.what_to_do, theme::plain(size.small), color.quiet, room) }
    }

    fn height(&self) -> f32 {
        self.what.size().y + self.more.size().y
    }
}

/// Draws a fact: its sign, what it is, what to do. Where the list scrolls, it can take the focus.
fn fact(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, fact: &Fact, laid: Laid, focus: bool) {
    let color = &desk.theme.color;
    let sign = desk.theme.size.body;
    let (tone, icon) = if fact.works { (color.good.text, Icon::Tick) } else { (color.ask.text, Icon::Diamond) };
    let middle = pos2(rect.min.x + sign / 2.0, rect.min.y + sign * 0.62);
    icons::draw(ui.painter(), icon, icons::square(middle, sign * 0.9), tone);
    let left = rect.min.x + sign + space::GRID;
    let below = rect.min.y + laid.what.size().y;
    ui.painter().galley(pos2(left, rect.min.y), laid.what, color.ink);
    ui.painter().galley(pos2(left, below), laid.more, color.quiet);
    let id = Id::unique(("finding", &fact.what));
    let sense = if focus { Sense::focusable_noninteractive() } else { Sense::hover() };
    let response = ui.interact(rect, id, sense);
    let said = format!("{} {}", fact.what, fact.what_to_do);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &said));
    if response.gained_focus() && !ui.clip_rect().contains_rect(rect) {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        focus_ring(ui, desk.theme, rect);
    }
}

/// How each scanner is.
fn scanners(ui: &mut Ui, desk: &Desk<'_>, rect: Rect) {
    let size = desk.theme.size;
    let pad = if size.gap < space::TWO { space::GRID } else { space::TWO };
    let typing = ScannerView { kind: ScannerKind::Keyboard, light: desk.view.devices.scanner, name: None, fault: None };
    let all: Vec<&ScannerView> = std::iter::once(&typing).chain(&desk.view.equipment.scanners).collect();
    let room = rect.width() - 2.0 * pad - size.body - space::ONE;
    let texts: Vec<(Icon, Color32, String, String)> = all.into_iter().map(|view| row_of(desk, view)).collect();
    let small = theme::plain(size.small);
    let ink = desk.theme.color.ink;
    let high = |ui: &Ui, name: &str, state: &str| {
        let name = measure(ui, name, theme::strong(size.body), ink, room).size().y;
        name + measure(ui, state, small.clone(), ink, room).size().y + size.gap
    };
    let total: f32 = texts.iter().map(|(_, _, name, state)| high(ui, name, state)).sum();
    let outside = Rect::from_min_size(rect.min, vec2(rect.width(), (total + 2.0 * pad - size.gap).min(rect.height())));
    card(ui, desk.theme, outside);
    let mut column = Column::new(outside.shrink(pad));
    for (icon, tone, name, state) in texts {
        let height = high(ui, &name, &state);
        if column.height() + size.gap + 0.5 < height {
            return;
        }
        let line = column.take(height);
        let middle = pos2(line.min.x + size.body / 2.0, line.min.y + size.body * 0.62);
        icons::draw(ui.painter(), icon, icons::square(middle, theme::size::SIGN), tone);
        let left = line.min.x + size.body + space::ONE;
        let mut inside = Column::new(Rect::from_min_max(pos2(left, line.min.y), line.max));
        write(ui, &mut inside, &Style::new(theme::strong(size.body), ink), &name);
        write(ui, &mut inside, &Style::new(small.clone(), desk.theme.color.quiet), &state);
    }
}

fn row_of(desk: &Desk<'_>, view: &ScannerView) -> (Icon, Color32, String, String) {
    let color = &desk.theme.color;
    let kind = match view.kind {
        ScannerKind::Keyboard => "scanner-kind-keyboard",
        ScannerKind::Serial => "scanner-kind-serial",
        ScannerKind::HidPos => "scanner-kind-hid",
    };
    let (icon, tone) = match view.light {
        Light::Good => (Icon::Dot, color.good.text),
        Light::Waiting => (Icon::Ring, color.quiet),
        Light::Bad => (Icon::Cross, color.bad.text),
        Light::Off => (Icon::Dash, color.quiet),
    };
    let state = match (view.fault, view.light, view.kind) {
        (Some(ScannerFault::NotThere), ..) => "scanner-not-there",
        (Some(ScannerFault::NotAllowed), _, ScannerKind::Serial) => "scanner-not-allowed-serial",
        (Some(ScannerFault::NotAllowed), ..) => "scanner-not-allowed-hid",
        (Some(ScannerFault::InUse), ..) => "scanner-in-use",
        (Some(ScannerFault::Lost), ..) => "scanner-lost",
        (Some(ScannerFault::NotUnderstood), ..) => "scanner-not-understood",
        (None, Light::Good, ScannerKind::Keyboard) => "scanner-has-typed",
        (None, Light::Good, _) => "scanner-working",
        (None, Light::Waiting, ScannerKind::Keyboard) => "scanner-not-typed-yet",
        (None, Light::Waiting | Light::Bad, _) => "scanner-starting",
        (None, Light::Off, _) => "scanner-off",
    };
    let mut said = desk.say(state);
    if let Some(name) = &view.name {
        said = format!("{name}. {said}");
    }
    (icon, tone, desk.say(kind), said)
}
