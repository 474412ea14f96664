//! Ready: one very large button. A scan here starts a refund at once; whoever types a number goes on typing it on Scan.

use egui::{CornerRadius, Id, Key, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::domain::{Act, Asking, may};
use crate::flow::{OnRefunds, OnReport, ReportKind, Signal, What};
use crate::ui::desk::Desk;
use crate::ui::frame;
use crate::ui::i18n::count;
use crate::ui::theme::{self, RADIUS, space};
use crate::ui::widgets::{Column, Icon, Kind, Press, icons, press, side_by_side};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect) {
    let size = desk.theme.size;
    let mut column = Column::new(area);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.margin);
    if refund_button(ui, desk, column.rest()) {
        desk.tell(What::RefundPressed);
    }
    type_number(ui, desk);
    let places = side_by_side(bottom, 5, size.gap);
    let place = |at: usize| places.get(at).copied().unwrap_or(bottom);
    let (report, settings, lock) = (place(2), place(3), place(4));
    let wanting = desk.view.unresolved + desk.view.waiting + desk.view.contradicted;
    let label = match wanting {
        0 => desk.say("ready-refunds"),
        _ => desk.words.with("ready-refunds-waiting", &[("count", count(wanting))]),
    };
    let refunds = place(0).union(place(1));
    let kind = if wanting > 0 { Kind::Second } else { Kind::Quiet };
    if press(ui, desk, refunds, &Press::new("refunds", kind, label).key(Key::F3, "F3")) {
        desk.tell(What::OnRefunds(OnRefunds::Pressed));
    }
    // A cashier comes to their own shift, a manager to the day.
    let oversees =
        desk.view.operator.as_ref().is_some_and(|who| may(Act::OverseeShifts, Asking::of(who.role)).is_allowed());
    let (words, kind) = if oversees { ("ready-report", ReportKind::Day) } else { ("ready-shift", ReportKind::Shift) };
    if press(ui, desk, report, &Press::new("report", Kind::Quiet, desk.say(words)).key(Key::F5, "F5")) {
        desk.tell(What::OnReport(OnReport::Pressed(kind)));
    }
    let button = Press::new("settings", Kind::Quiet, desk.say("ready-settings")).key(Key::F4, "F4");
    if press(ui, desk, settings, &button) {
        desk.tell(What::SettingsPressed);
    }
    let button = Press::new("lock", Kind::Quiet, desk.say("ready-lock")).key(Key::F12, "F12");
    if press(ui, desk, lock, &button) {
        desk.tell(What::LockPressed);
    }
}

/// The digits of a number that somebody types: on the way to Scan, whose field goes on with them. What a scanner types
/// never comes here.
fn type_number(ui: &Ui, desk: &mut Desk<'_>) {
    let does = desk.say("scan-type");
    let begins = !desk.keys.take_typed(&does).is_empty();
    if begins || !desk.local.number.is_empty() {
        super::scan::go_on_typing(ui, &mut desk.local.number);
    }
    if !desk.local.number.is_empty() {
        // Again until the screen is another: what is told while a screen is new is dropped.
        desk.tell(What::RefundPressed);
        ui.ctx().request_repaint();
    }
}

fn refund_button(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) -> bool {
    let id = Id::unique("ready-refund");
    let response = ui.interact(rect, id, Sense::click());
    let label = desk.say("ready-refund");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    ui.ctx().accesskit_node_builder(id, |node| node.set_keyboard_shortcut("F2"));
    let color = &desk.theme.color;
    let mut ground = color.act.ground;
    if response.is_pointer_button_down_on() {
        ground = ground.lerp_to_gamma(color.ink, 0.12);
    }
    ui.painter().rect_filled(rect, CornerRadius::same(RADIUS), ground);
    let big = desk.theme.size.amount;
    let title = ui.painter().layout_no_wrap(label.clone(), theme::display(big), color.act.text);
    // Nothing else on the screen tells that a scan did nothing.
    let words = if frame::is_shown(desk, Signal::Torn) {
        format!("{} {}", desk.say("scan-torn"), desk.say("scan-torn.do"))
    } else {
        format!("{}  ·  F2", desk.say("ready-or-scan"))
    };
    let below = ui.painter().layout_no_wrap(words, theme::plain(desk.theme.size.large), color.act_key);
    let sign = big * 0.95;
    let width = sign + space::FOUR + title.size().x;
    let height = title.size().y + space::ONE + below.size().y;
    let top = rect.center().y - height / 2.0;
    let left = rect.center().x - width / 2.0;
    let square = icons::square(pos2(left + sign / 2.0, top + title.size().y / 2.0), sign);
    icons::draw(ui.painter(), Icon::Return, square, color.act.text);
    let title_height = title.size().y;
    ui.painter().galley(pos2(left + sign + space::FOUR, top), title, color.act.text);
    let at = pos2(rect.center().x - below.size().x / 2.0, top + title_height + space::ONE);
    ui.painter().galley(at, below, color.act_key);
    if response.has_focus() {
        // Inside: the button fills the page, a ring outside would touch the bar.
        let ring = rect.shrink(space::ONE);
        let stroke = egui::Stroke::new(space::FOCUS.0, color.act.text);
        ui.painter().rect_stroke(ring, CornerRadius::same(RADIUS), stroke, egui::StrokeKind::Inside);
    }
    let by_key = desk.keys.take(Key::F2, &label);
    response.clicked() || by_key
}
