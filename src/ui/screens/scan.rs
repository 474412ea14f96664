//! Scan: the camera's picture on the left, how to do it and a field for typing on the right.
//!
//! **A code moves on by itself**; what is wrong with one is said where the eyes are, above the field.

use egui::epaint::RectShape;
use egui::text::{CCursor, CCursorRange};
use egui::{
    CornerRadius, Event, Id, Key, Rect, Role, Sense, Shape, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use super::halves;
use crate::domain::ScanSource;
use crate::flow::{Finding, Scanning, State, What};
use crate::terminal::{CameraHint, CameraTrouble, Light};
use crate::ui::desk::{Desk, Want};
use crate::ui::format;
use crate::ui::i18n::text;
use crate::ui::keys::field_id;
use crate::ui::messages;
use crate::ui::theme::{self, RADIUS, space};
use crate::ui::widgets::{
    Column, Icon, Kind, Notice, Press, Style, Tone, card, ground, icons, number_pad, press, quiet, write, write_fit,
    write_in,
};

/// The height of the field for the number, where there is room.
const FIELD: f32 = 64.0;
/// The characters of a whole number in groups, and the width of one as a part of its size.
const DIGITS: f32 = 22.0;
const DIGIT_WIDTH: f32 = 0.6;
/// More than any number and its spaces; what is longer is not typed by hand.
const MAX_TYPED: usize = 80;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, scanning: &Scanning) {
    let (known, todo) = halves(desk, area, 0.575);
    picture(ui, desk, known, scanning.finding.is_some());
    let size = desk.theme.size;
    let mut column = Column::new(todo);
    let bottom = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    match &scanning.finding {
        Some(finding) => looking(ui, desk, &mut column, finding),
        None => asking(ui, desk, &mut column, scanning),
    }
    let cancel = Press::new("cancel", Kind::Quiet, desk.say("button-cancel")).key(Key::Escape, desk.say("key-escape"));
    if press(ui, desk, bottom, &cancel) {
        desk.tell(What::CancelPressed);
    }
}

fn asking(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, scanning: &Scanning) {
    let size = desk.theme.size;
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    match &scanning.problem {
        // The number pad takes the place of the words that say what it is for.
        None if desk.local.torn_scan => {
            let (strong, plain) = (desk.say("scan-torn"), desk.say("scan-torn.do"));
            let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
            let at = column.take(notice.height());
            notice.draw(ui, desk.theme, at);
        }
        None if desk.local.number_pad => {}
        None => {
            write(ui, column, &heading, &desk.say("scan-title"));
            column.gap(size.gap);
            write(ui, column, &quiet(desk.theme), &desk.say("scan-how"));
        }
        Some(problem) => {
            desk.local.number_pad = false;
            write(ui, column, &heading, &desk.say("scan-again"));
            column.gap(size.gap);
            let message = messages::scan_problem(problem).say(desk.words);
            let code = message.code.clone().filter(|code| !code.is_empty());
            let notice = Notice::message(ui, desk.theme, column.width(), Tone::Ask, &message, code);
            let at = column.take(notice.height());
            notice.draw(ui, desk.theme, at);
        }
    }
    if !desk.local.number_pad {
        column.gap(size.gap);
    }
    number_card(ui, desk, column);
}

/// The field for typing and its button, in a card; with the number pad, where there is no keyboard.
fn number_card(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    let size = desk.theme.size;
    let small = size.gap < space::TWO;
    let pad = if small { space::ONE } else { size.margin };
    let field = if small { theme::TARGET_MIN } else { FIELD };
    let open = desk.local.number_pad;
    let above = if open {
        4.0 * size.grid_button + 3.0 * size.gap.min(space::GRID) + space::ONE
    } else {
        size.body * 1.4 + space::ONE
    };
    let without = 2.0 * pad + field + space::ONE + size.button;
    // A long notice on a small window leaves no room for the words above the field.
    let above = if !open && column.height() < without + above { 0.0 } else { above };
    let outside = column.take(without + above);
    card(ui, desk.theme, outside);
    let mut inside = Column::new(outside.shrink(pad));
    let top = inside.take((above - space::ONE).max(0.0));
    if above > 0.0 {
        if !open {
            write_fit(ui, top, &quiet(desk.theme), &desk.say("scan-type"));
        }
        inside.gap(space::ONE);
    }
    number_field(ui, desk, inside.take(field));
    if open {
        number_pad(ui, desk, top);
    }
    inside.gap(space::ONE);
    let typed = desk.local.number.trim().to_owned();
    if matches!(&desk.view.state, State::Scan(scanning) if scanning.typing == typed.is_empty()) {
        desk.tell(What::Typing(!typed.is_empty()));
    }
    let line = inside.take(size.button);
    let toggle = Rect::from_min_max(pos2(line.max.x - size.toggle, line.min.y), line.max);
    let find = Rect::from_min_max(line.min, pos2(toggle.min.x - space::ONE, line.max.y));
    let button = Press::new("find", Kind::Primary, desk.say("scan-find"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(!typed.is_empty());
    if press(ui, desk, find, &button) {
        desk.wants.push(Want::Read(typed, ScanSource::Typed));
    }
    let label = Press::new("number-pad", Kind::Choice(open), desk.say("scan-pad")).named(desk.say("scan-pad-label"));
    if press(ui, desk, toggle, &label.text_size(size.body).bare()) {
        desk.local.number_pad = !open;
    }
}

/// The size at which a whole number in groups fits.
fn number_size(width: f32) -> f32 {
    (width / DIGITS / DIGIT_WIDTH).floor().clamp(theme::size::SMALL, theme::size::LARGE)
}

/// Takes what is typed in this frame behind a number that no field has the cursor in yet.
pub(super) fn go_on_typing(ui: &Ui, number: &mut String) {
    ui.input(|input| {
        for event in &input.events {
            if let Event::Text(text) = event {
                let room = MAX_TYPED.saturating_sub(number.chars().count());
                let fits = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '-';
                number.extend(text.chars().filter(fits).take(room));
            }
        }
    });
}

/// A field that gets the cursor has it behind what stands there, wherever it was before.
fn put_cursor_behind(ui: &Ui, id: Id, text: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let end = CCursor::new(text.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::one(end)));
    state.store(ui.ctx(), id);
}

fn number_field(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let id = field_id("scan-number");
    let color = desk.theme.color.clone();
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let line = Stroke::new(space::LINE, if has_focus { color.act.ground } else { color.outline });
    ui.painter().rect(rect, CornerRadius::same(RADIUS), color.card, line, StrokeKind::Inside);
    let font = theme::mono(number_size(rect.width() - 2.0 * space::TWO));
    let name = desk.say("scan-field");
    let inner = rect.shrink2(vec2(space::TWO, 0.0));
    if ui.memory(|memory| memory.focused().is_none()) {
        // Between two screens, or before the field was drawn: nothing that is typed is lost.
        let _ = desk.keys.take_typed(&name);
        go_on_typing(ui, &mut desk.local.number);
        put_cursor_behind(ui, id, &desk.local.number);
    }
    let edit = TextEdit::singleline(&mut desk.local.number)
        .id(id)
        .font(font)
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .char_limit(MAX_TYPED)
        .desired_width(inner.width());
    let response = ui.put(inner, edit.min_size(inner.size())).accessible_name(name);
    if has_focus {
        crate::ui::widgets::focus_ring(ui, desk.theme, rect);
    }
    // Whoever types a digit means this field, wherever the focus is.
    let nothing_has_focus = ui.memory(|memory| memory.focused().is_none());
    if nothing_has_focus && !response.lost_focus() {
        response.request_focus();
    }
}

fn looking(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, finding: &Finding) {
    let size = desk.theme.size;
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, column, &heading, &desk.say("scan-finding"));
    column.gap(size.gap);
    let outside = column.take(size.margin * 2.0 + size.large * 1.5);
    card(ui, desk.theme, outside);
    let number = desk.words.with("scan-finding-number", &[("number", text(format::grouped(&finding.text)))]);
    let mono = Style::new(theme::mono(size.large), desk.theme.color.ink);
    write_in(ui, outside.shrink2(vec2(size.margin, 0.0)), &mono, &number);
}

/// The camera's picture, or why there is none.
pub(super) fn picture(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, found: bool) {
    let pair = desk.theme.color.camera;
    let corner = CornerRadius::same(RADIUS);
    ground(ui, desk.theme, rect, pair);
    let mut name = "camera-picture";
    match &desk.picture {
        Some(shown) => {
            let (image, part) = fill(rect, shown.texture.size_vec2());
            let shape = RectShape::filled(image, corner, theme::UNTINTED).with_texture(shown.texture.id(), part);
            ui.painter().add(shape);
            if let Some(corners) = shown.outline {
                name = "camera-found";
                let place = |x: f32, y: f32| {
                    let across = (x - part.min.x) / part.width();
                    image.lerp_inside(vec2(across, (y - part.min.y) / part.height()))
                };
                let points = corners.iter().map(|(x, y)| place(*x, *y)).collect();
                let line = Stroke::new(space::HALF, desk.theme.color.found);
                ui.painter().with_clip_rect(rect).add(Shape::closed_line(points, line));
            }
        }
        None => no_picture(ui, desk, rect, found),
    }
    let said = desk.say(name);
    ui.interact(rect, Id::unique("camera"), Sense::hover())
        .widget_info(|| WidgetInfo::labeled(Role::Image, true, &said));
    if desk.picture.is_some()
        && !found
        && let Some(hint) = desk.view.hint
    {
        let key = hint_key(hint);
        let (strong, plain) = (desk.say(key), desk.say(&format!("{key}.do")));
        let inner = rect.shrink(space::TWO);
        let notice = Notice::new(ui, desk.theme, inner.width(), Tone::Tell, &strong, &plain, None);
        let top = inner.max.y - notice.height();
        notice.draw(ui, desk.theme, Rect::from_min_max(pos2(inner.min.x, top), inner.max));
    }
}

const fn hint_key(hint: CameraHint) -> &'static str {
    match hint {
        CameraHint::HoldCloser => "hint-closer",
        CameraHint::HoldStill => "hint-still",
        CameraHint::MoreLight => "hint-light",
        CameraHint::TiltAway => "hint-tilt",
    }
}

fn no_picture(ui: &mut Ui, desk: &Desk<'_>, rect: Rect, found: bool) {
    let (key, more) = match desk.view.devices.camera {
        Light::Good | Light::Waiting => ("camera-starting", None),
        Light::Off => ("camera-off", Some("camera-off.do")),
        Light::Bad => trouble_key(desk.view.equipment.camera.trouble),
    };
    if found {
        return;
    }
    let size = desk.theme.size;
    let ink = desk.theme.color.camera.text;
    let mut column = Column::new(rect.shrink(size.margin));
    column.gap(column.height() / 2.0 - size.large * 2.5);
    let sign = column.take(size.large * 2.0);
    let icon = if more.is_some() { Icon::Info } else { Icon::Ring };
    icons::draw(ui.painter(), icon, icons::square(sign.center(), size.large * 1.6), ink);
    column.gap(space::ONE);
    write(ui, &mut column, &Style::new(theme::strong(size.large), ink).middle(), &desk.say(key));
    if let Some(more) = more {
        column.gap(space::HALF);
        write(ui, &mut column, &Style::new(theme::plain(size.body), ink).middle(), &desk.say(more));
    }
}

/// Why there is no picture, and what to do.
const fn trouble_key(trouble: Option<CameraTrouble>) -> (&'static str, Option<&'static str>) {
    match trouble {
        Some(CameraTrouble::NoneConnected) => ("camera-no-camera", Some("camera-no-camera.do")),
        Some(CameraTrouble::NotConnected) => ("camera-other", Some("camera-other.do")),
        Some(CameraTrouble::NotOpened) => ("camera-busy", Some("camera-busy.do")),
        Some(CameraTrouble::Lost) => ("camera-lost", Some("camera-lost.do")),
        Some(CameraTrouble::Folder) => ("camera-no-folder", Some("camera-no-folder.do")),
        Some(CameraTrouble::Failed) | None => ("camera-bad", Some("camera-bad.do")),
    }
}

/// How much larger than it fits the picture may be shown, so that it fills its place; its edges are cut then.
const MOST_ZOOM: f32 = 1.4;

/// Where the picture is drawn, and which part of it, from 0 to 1: as large as its place allows with little cut away.
fn fill(rect: Rect, picture: egui::Vec2) -> (Rect, Rect) {
    let (across, down) = (rect.width() / picture.x.max(1.0), rect.height() / picture.y.max(1.0));
    let fits = across.min(down);
    let scale = across.max(down).min(fits * MOST_ZOOM);
    let whole = Rect::from_center_size(rect.center(), picture * scale);
    let image = whole.intersect(rect);
    let part = |at: egui::Pos2| pos2((at.x - whole.min.x) / whole.width(), (at.y - whole.min.y) / whole.height());
    (image, Rect::from_min_max(part(image.min), part(image.max)))
}
