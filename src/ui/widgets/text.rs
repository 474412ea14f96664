//! Text that a screen reader reads too.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, Galley, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::column::Column;
use crate::ui::theme::{self, Theme};

/// Where a text stands in the width it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// At the right.
    Right,
}

/// How a text looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Style {
    /// The face and its size.
    pub font: FontId,
    /// The colour.
    pub color: Color32,
    /// Where it stands.
    pub align: Align,
    /// What it is: a label or a heading.
    pub role: Role,
}

impl Style {
    /// A label.
    pub const fn new(font: FontId, color: Color32) -> Self {
        Self { font, color, align: Align::Left, role: Role::Label }
    }

    /// In the middle.
    pub fn middle(self) -> Self {
        Self { align: Align::Middle, ..self }
    }

    /// At the right.
    pub fn right(self) -> Self {
        Self { align: Align::Right, ..self }
    }

    /// A heading, which a screen reader can jump to.
    pub fn heading(self) -> Self {
        Self { role: Role::Heading, ..self }
    }
}

/// Running text of less weight.
pub fn quiet(theme: &Theme) -> Style {
    Style::new(theme::plain(theme.size.body), theme.color.quiet)
}

/// Running text.
pub fn run(theme: &Theme) -> Style {
    Style::new(theme::plain(theme.size.body), theme.color.ink)
}

/// Lays a text out in that width.
pub fn measure(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    ui.painter().layout_job(job_of(text, font, color, width.max(1.0)))
}

/// After these of full width a line may end, whatever follows. The layout knows so only where Chinese or Japanese
/// follows: before a path or a number it would break within the word before the mark.
const ENDS: &str = "：，。；！？、）」』》】";

/// A space too narrow to be seen, where a line may end.
const HAIR: f32 = 0.5;

fn job_of(text: &str, font: FontId, color: Color32, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let format = TextFormat::simple(font.clone(), color);
    let hair = TextFormat::simple(FontId::new(HAIR, font.family), color);
    let mut parts = pieces(text).into_iter().peekable();
    while let Some(part) = parts.next() {
        job.append(part, 0.0, format.clone());
        if parts.peek().is_some() {
            job.append(" ", 0.0, hair.clone());
        }
    }
    job
}

/// A text in pieces between which a line may end, beside what the layout knows by itself.
fn pieces(text: &str) -> Vec<&str> {
    let mut all = vec![];
    let mut rest = text;
    let mut from = 0;
    while let Some((at, mark)) = rest.get(from..).and_then(|text| text.char_indices().find(|(_, c)| ENDS.contains(*c)))
    {
        let end = from + at + mark.len_utf8();
        let next = rest.get(end..).and_then(|text| text.chars().next());
        match rest.split_at_checked(end) {
            Some((piece, after)) if next.is_some_and(|next| next.is_ascii_graphic() && !is_closing(next)) => {
                all.push(piece);
                (rest, from) = (after, 0);
            }
            _ => from = end,
        }
    }
    all.push(rest);
    all
}

/// Never at the start of a line.
const fn is_closing(letter: char) -> bool {
    matches!(letter, ')' | ']' | '}' | '.' | ',' | ':' | ';' | '!' | '?' | '"' | '\'' | '%')
}

/// The face of a number that is read aloud, as large as all of it fits one line: a number in two pieces is read wrongly.
/// None where even small print needs two lines.
pub fn on_one_line(ui: &Ui, text: &str, wanted: &FontId, width: f32) -> Option<FontId> {
    let fits = |size: &f32| {
        let font = FontId::new(*size, wanted.family.clone());
        ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x <= width
    };
    let sizes = [wanted.size, wanted.size - 1.0, theme::size::SMALL, theme::size::FOOT];
    sizes.into_iter().find(fits).map(|size| FontId::new(size, wanted.family.clone()))
}

/// Lays a number out in that width. One whose longest part would fill most of a line is broken where the line ends: broken
/// before that part, its beginning would stand alone.
pub fn measure_number(ui: &Ui, number: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let wide = |part: &str| ui.painter().layout_no_wrap(part.to_owned(), font.clone(), color).size().x;
    let longest = number.split([' ', '-']).map(wide).fold(0.0, f32::max);
    let mut job = LayoutJob::simple(number.to_owned(), font.clone(), color, width.max(1.0));
    job.wrap.break_anywhere = longest > width * 0.75;
    ui.painter().layout_job(job)
}

/// Writes a text at the top of a column, as many lines as it needs.
pub fn write(ui: &mut Ui, column: &mut Column, style: &Style, text: &str) {
    let galley = measure(ui, text, style.font.clone(), style.color, column.width());
    let rect = column.take(galley.size().y);
    place(ui, rect, style, text, galley);
}

/// Writes one line or more into a rectangle, centred in its height.
pub fn write_in(ui: &mut Ui, rect: Rect, style: &Style, text: &str) {
    let galley = measure(ui, text, style.font.clone(), style.color, rect.width());
    write_laid(ui, rect, style, text, galley);
}

/// The same of a text that was laid out already.
pub fn write_laid(ui: &mut Ui, rect: Rect, style: &Style, text: &str, galley: Arc<Galley>) {
    let height = galley.size().y;
    let top = rect.center().y - height / 2.0;
    let line = Rect::from_min_size(pos2(rect.min.x, top), vec2(rect.width(), height));
    place(ui, line, style, text, galley);
}

/// Writes one line into a rectangle, as large as it fits there, down to small print: a language may need more room for
/// a word than another. What does not fit even so is cut.
pub fn write_fit(ui: &mut Ui, rect: Rect, style: &Style, text: &str) {
    let sizes = theme::SHRINK.map(|part| (style.font.size * part).max(theme::size::FOOT));
    let wide = |size: f32| {
        let font = FontId::new(size, style.font.family.clone());
        ui.painter().layout_no_wrap(text.to_owned(), font, style.color).size().x
    };
    let size = sizes.into_iter().find(|size| wide(*size) <= rect.width()).unwrap_or(theme::size::FOOT);
    write_line(ui, rect, &Style { font: FontId::new(size, style.font.family.clone()), ..style.clone() }, text);
}

/// Writes one line into a rectangle, cut with an ellipsis where it is too long. A screen reader reads all of it.
pub fn write_line(ui: &mut Ui, rect: Rect, style: &Style, text: &str) {
    let mut job = LayoutJob::simple(text.to_owned(), style.font.clone(), style.color, rect.width());
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = ui.painter().layout_job(job);
    let top = rect.center().y - galley.size().y / 2.0;
    let line = Rect::from_min_size(pos2(rect.min.x, top), vec2(rect.width(), galley.size().y));
    place(ui, line, style, text, galley);
}

/// Writes one line of something that is long, in a form for the eye. A screen reader reads all of it, and so does whoever
/// stays on it with the mouse.
pub fn write_short(ui: &mut Ui, column: &mut Column, style: &Style, shown: &str, whole: &str) {
    let mut job = LayoutJob::simple(shown.to_owned(), style.font.clone(), style.color, column.width());
    (job.wrap.max_rows, job.wrap.break_anywhere) = (1, true);
    let galley = ui.painter().layout_job(job);
    let rect = column.take(galley.size().y);
    let response = place(ui, rect, style, whole, galley);
    response.on_hover_text(whole);
}

/// The same text with each of its lines in the middle; it is drawn around the point in the middle of its top.
pub fn middle_lines(ui: &Ui, galley: &Galley) -> Arc<Galley> {
    let mut job = LayoutJob::clone(&galley.job);
    job.halign = egui::Align::Center;
    ui.painter().layout_job(job)
}

fn place(ui: &mut Ui, rect: Rect, style: &Style, text: &str, galley: Arc<Galley>) -> Response {
    let free = rect.width() - galley.size().x;
    let left = match style.align {
        Align::Left => rect.min.x,
        Align::Middle => rect.min.x + free / 2.0,
        Align::Right => rect.min.x + free,
    };
    let drawn = Rect::from_min_size(pos2(left, rect.min.y), galley.size());
    if style.align == Align::Middle && galley.rows.len() > 1 {
        let lines = middle_lines(ui, &galley);
        ui.painter().galley(pos2(rect.center().x, rect.min.y), lines, style.color);
    } else {
        ui.painter().galley(drawn.min, galley, style.color);
    }
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    let response = ui.interact(drawn, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(style.role, true, text));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Language;
    use crate::ui::Look;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(pieces(text), expected);
        assert_eq!(pieces(text).concat(), text);
    }

    #[test]
    fn a_line_may_end_after_a_mark_of_full_width() {
        check("打不开文件：/var/lib/tillback/ledger.db", &["打不开文件：", "/var/lib/tillback/ledger.db"]);
        check("记录：12345 行，head 8f0c", &["记录：", "12345 行，", "head 8f0c"]);
        // Before Chinese the layout knows it; a mark that closes stays with what it closes.
        check("请经理：看一下。", &["请经理：看一下。"]);
        check("（“好”）。)", &["（“好”）。)"]);
        check("Nothing: here/to-do", &["Nothing: here/to-do"]);
        check("：", &["："]);
        check("", &[""]);
    }

    #[test]
    fn before_a_path_a_line_ends_after_the_mark_and_not_within_the_word() {
        let path = "/var/lib/tillback/records/ledger.db";
        let mut harness = egui_kittest::Harness::builder()
            .with_context_setup(|context| crate::ui::dress(context, Look::Light, Language::ChineseSimplified))
            .build_ui(|ui| {
                let (text, font) = (format!("无法打开记录文件：{path}"), theme::plain(18.0));
                let wide = ui.painter().layout_no_wrap(path.to_owned(), font.clone(), Color32::BLACK).size().x;
                let galley = measure(ui, &text, font, Color32::BLACK, wide + 40.0);
                let rows: Vec<String> = galley.rows.iter().map(|row| row.text().trim().to_owned()).collect();
                assert_eq!(rows, ["无法打开记录文件：", path]);
            });
        harness.run();
    }
}
