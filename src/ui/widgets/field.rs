//! A line to write into.

use egui::{
    Align2, CornerRadius, FontId, Frame, Margin, Rect, Stroke, StrokeKind, TextEdit, Ui, pos2, text::LayoutJob, vec2,
};

use super::buttons::focus_ring;
use crate::ui::keys::field_id;
use crate::ui::theme::{RADIUS, Theme, space};

/// How a field is drawn.
#[derive(Debug, Clone)]
pub struct Field<'a> {
    /// One of [`crate::ui::keys::TEXT_FIELDS`].
    pub id: &'static str,
    /// Its name for a screen reader; also what stands in it while it is empty.
    pub name: &'a str,
    /// Its letters.
    pub font: FontId,
    /// The most characters it takes.
    pub limit: usize,
    /// Whoever types means this field, while nothing else has the focus.
    pub eager: bool,
}

/// Draws it, and says whether the text was changed.
pub fn field(ui: &mut Ui, theme: &Theme, rect: Rect, how: &Field<'_>, text: &mut String) -> bool {
    let id = field_id(how.id);
    let color = &theme.color;
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let line = Stroke::new(space::LINE, if has_focus { color.act.ground } else { color.outline });
    ui.painter().rect(rect, CornerRadius::same(RADIUS), color.card, line, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(space::TWO, 0.0));
    let edit = TextEdit::singleline(text)
        .id(id)
        .font(how.font.clone())
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .align(Align2::LEFT_CENTER)
        .char_limit(how.limit)
        .desired_width(inner.width());
    let response = ui.put(inner, edit.min_size(inner.size())).accessible_name(how.name);
    if text.is_empty() {
        // egui's own hint is too faint to be read in a bright shop.
        let mut job = LayoutJob::simple(how.name.to_owned(), how.font.clone(), color.quiet, inner.width());
        (job.wrap.max_rows, job.wrap.break_anywhere) = (1, true);
        let hint = ui.painter().layout_job(job);
        ui.painter().galley(pos2(inner.min.x + 2.0, inner.center().y - hint.size().y / 2.0), hint, color.quiet);
    }
    if has_focus {
        focus_ring(ui, theme, rect);
    } else if how.eager && !response.lost_focus() && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response.changed()
}
