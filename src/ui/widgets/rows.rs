//! Cards and the rows in them: what it is on the left, how it stands on the right.

use std::sync::Arc;

use egui::{CornerRadius, FontId, Galley, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::buttons::focus_ring;
use super::column::Column;
use super::icons;
use super::notice::Tone;
use super::text::{Style, measure, measure_number, on_one_line, quiet, run, write_in, write_laid};
use crate::ui::keys::choice_pressed;
use crate::ui::theme::{self, Pair, RADIUS, Theme, space};

/// Draws a card's ground and line.
pub fn card(ui: &Ui, theme: &Theme, rect: Rect) {
    let line = Stroke::new(1.0, theme.color.line);
    ui.painter().rect(rect, CornerRadius::same(RADIUS), theme.color.card, line, StrokeKind::Inside);
}

/// Draws a ground of a tone's colours; with an outline where the ground is the page's own, in high contrast.
pub fn ground(ui: &Ui, theme: &Theme, rect: Rect, pair: Pair) {
    let width = if pair.ground == theme.color.page { space::LINE } else { 0.0 };
    let line = Stroke::new(width, pair.text);
    ui.painter().rect(rect, CornerRadius::same(RADIUS), pair.ground, line, StrokeKind::Inside);
}

/// Draws the ground of an outcome. Where no colour tells one from another its frame does, from across the shop: broken while
/// nobody knows, heavy where the money went back, thin where it did not.
pub fn outcome_ground(ui: &Ui, theme: &Theme, rect: Rect, tone: Tone) {
    let pair = tone.pair(theme);
    if pair.ground != theme.color.page || matches!(tone, Tone::Bad | Tone::Tell) {
        return ground(ui, theme, rect, pair);
    }
    let heavy = Stroke::new(theme.size.gap / 2.0, pair.text);
    let corner = CornerRadius::same(RADIUS);
    if tone == Tone::Good {
        ui.painter().rect(rect, corner, pair.ground, heavy, StrokeKind::Inside);
        return;
    }
    ui.painter().rect_filled(rect, corner, pair.ground);
    let inside = rect.shrink(heavy.width / 2.0);
    let corners =
        [inside.left_top(), inside.right_top(), inside.right_bottom(), inside.left_bottom(), inside.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, heavy, space::FOUR, space::TWO));
}

/// Draws a hairline across a column, with a gap above and below.
pub fn rule(ui: &Ui, theme: &Theme, column: &mut Column) {
    let rect = column.take(theme.size.gap + 1.0);
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, theme.color.line));
}

/// One row of a card.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// What it is.
    pub label: &'a str,
    /// How it stands.
    pub value: &'a str,
    /// More about it, smaller, on a line below.
    pub note: Option<&'a str>,
    /// The value is a number that is read aloud.
    pub mono: bool,
    /// The value stands out.
    pub strong: bool,
    /// The value stands at the right; else where the labels end.
    pub right: bool,
    /// A value at the left starts no further left than here: where those of its neighbours do ([`level`]).
    pub indent: f32,
}

impl<'a> Row<'a> {
    /// A plain row, its value at the right.
    pub const fn new(label: &'a str, value: &'a str) -> Self {
        Self { label, value, note: None, mono: false, strong: false, right: true, indent: 0.0 }
    }

    /// A row whose value is read aloud.
    pub const fn mono(label: &'a str, value: &'a str) -> Self {
        Self { mono: true, ..Self::new(label, value) }
    }

    /// A row whose value starts where the labels end.
    pub const fn left(self) -> Self {
        Self { right: false, ..self }
    }

    /// Its value stands out.
    pub const fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    /// With a note.
    pub const fn note(self, note: &'a str) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// Where values start that do not stand at the right.
pub const LABEL_WIDTH: f32 = 112.0;

/// How a row is laid out in so much width.
struct Layout {
    font: FontId,
    label: Vec2,
    value: Arc<Galley>,
    /// Where a value starts that does not stand at the right.
    indent: f32,
    /// The value stands below its label.
    below: bool,
}

impl Layout {
    fn of(ui: &Ui, theme: &Theme, width: f32, row: &Row<'_>) -> Self {
        let body = theme.size.body;
        let font = match (row.mono, row.strong) {
            (true, _) => theme::mono(body - 1.0),
            (false, true) => theme::strong(body),
            (false, false) => theme::plain(body),
        };
        let label = measure(ui, row.label, theme::plain(body), theme.color.quiet, width).size();
        // A language may have a longer word for it.
        let indent = LABEL_WIDTH.max(label.x + space::ONE).max(row.indent);
        let room = if row.right { width - label.x - space::ONE } else { width - indent };
        // A number that fits no line beside its label is read in one piece below it.
        let beside = if row.mono { on_one_line(ui, row.value, &font, room) } else { Some(font.clone()) };
        let alone = if beside.is_none() { on_one_line(ui, row.value, &font, width) } else { None };
        let below = alone.is_some();
        let lay_out = if row.mono && beside.is_none() && !below { measure_number } else { measure };
        let font = beside.or(alone).unwrap_or(font);
        let room = if below { width } else { room };
        let value = lay_out(ui, row.value, font.clone(), theme.color.ink, room);
        Self { font, label, value, indent, below }
    }

    fn height(&self) -> f32 {
        let value = self.value.size().y;
        if self.below { self.label.y + value } else { value.max(self.label.y) }
    }
}

/// Has the values of rows that stand one below the other start at one place, after the longest label.
pub fn level(ui: &Ui, theme: &Theme, width: f32, rows: &mut [Row<'_>]) {
    let furthest = rows.iter().map(|row| Layout::of(ui, theme, width, row).indent).fold(0.0, f32::max);
    rows.iter_mut().for_each(|row| row.indent = furthest);
}

/// How high rows without notes are, one below the other in so much width.
pub fn rows_height(ui: &Ui, theme: &Theme, width: f32, rows: &[Row<'_>]) -> f32 {
    rows.iter().map(|row| Layout::of(ui, theme, width, row).height() + theme.size.gap / 2.0).sum()
}

/// Draws a row at the top of a column.
pub fn row(ui: &mut Ui, theme: &Theme, column: &mut Column, row: &Row<'_>) {
    let layout = Layout::of(ui, theme, column.width(), row);
    let height = layout.height();
    let Layout { font, label, value, indent, below: is_below } = layout;
    let below = theme.size.gap / 2.0;
    let line = column.take(height + if row.note.is_some() { 0.0 } else { below });
    let name = Rect::from_min_size(line.min, label);
    write_in(ui, name, &quiet(theme), row.label);
    let style = Style { font, ..run(theme) };
    let left = match (row.right, is_below) {
        (true, _) => line.max.x - value.size().x,
        (false, true) => line.min.x,
        (false, false) => line.min.x + indent,
    };
    let top = if is_below { line.min.y + label.y } else { line.min.y };
    let at = Rect::from_min_size(pos2(left, top), value.size());
    write_laid(ui, at, &style, row.value, value);
    if let Some(note) = row.note {
        let style = Style::new(theme::plain(theme.size.small), theme.color.quiet);
        super::text::write(ui, column, &style, note);
        column.gap(below);
    }
}

/// A line of the sale that can be ticked. Says whether it was pressed.
pub fn tick_row(ui: &mut Ui, theme: &Theme, salt: usize, ticked: Option<bool>, label: &str, amount: &str) -> bool {
    let width = ui.available_width();
    let (_, rect) = ui.allocate_space(vec2(width, theme::TARGET_MIN));
    let id = Id::unique(("tick", salt));
    let sense = if ticked.is_some() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect, id, sense);
    let name = format!("{label}, {amount}");
    response.widget_info(|| match ticked {
        Some(ticked) => WidgetInfo::selected(Role::CheckBox, true, ticked, &name),
        None => WidgetInfo::labeled(Role::Label, true, &name),
    });
    let color = &theme.color;
    let mut left = rect.min.x;
    if let Some(ticked) = ticked {
        icons::tick_box(ui.painter(), theme, pos2(rect.min.x + icons::BOX / 2.0, rect.center().y), ticked);
        left += icons::BOX + space::GRID;
    }
    let price = measure(ui, amount, theme::plain(theme.size.body), color.ink, rect.width());
    let room = rect.max.x - left - price.size().x - space::TWO;
    let mut job = egui::text::LayoutJob::simple(label.to_owned(), theme::plain(theme.size.body), color.ink, room);
    job.wrap.max_rows = 2;
    let text = ui.painter().layout_job(job);
    let top = |height: f32| rect.center().y - height / 2.0;
    ui.painter().galley(pos2(left, top(text.size().y)), text, color.ink);
    ui.painter().galley(pos2(rect.max.x - price.size().x, top(price.size().y)), price, color.ink);
    if response.has_focus() {
        focus_ring(ui, theme, rect.shrink2(vec2(4.0, 2.0)));
    }
    choice_pressed(ui.ctx(), &response)
}
