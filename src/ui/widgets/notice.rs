//! A notice: good, take care, refused, or good to know. **Never colour alone**: each tone has its own shape.

use std::sync::Arc;

use egui::{Galley, Rect, Role, Sense, Ui, WidgetInfo, accesskit, pos2, vec2};

use super::icons::{self, Icon};
use super::rows::ground;
use super::text::measure;
use crate::ui::i18n::sentences;
use crate::ui::messages::UserMessage;
use crate::ui::theme::{self, Pair, Theme, space};

/// How grave a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// Take care, or not known yet.
    Ask,
    /// Refused.
    Bad,
    /// Good to know.
    Tell,
}

impl Tone {
    /// Its colours.
    pub const fn pair(self, theme: &Theme) -> Pair {
        match self {
            Self::Good => theme.color.good,
            Self::Ask => theme.color.ask,
            Self::Bad => theme.color.bad,
            Self::Tell => theme.color.tell,
        }
    }

    /// Its shape.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Tick,
            Self::Ask => Icon::Diamond,
            Self::Bad => Icon::Cross,
            Self::Tell => Icon::Info,
        }
    }
}

/// A notice laid out for a width, to be drawn where there is room for it.
pub struct Notice {
    tone: Tone,
    lines: Vec<(Arc<Galley>, f32)>,
    said: String,
    sign: f32,
    pad: f32,
}

impl Notice {
    /// A message with its parts: what happened stands out, the rest explains.
    pub fn message(
        ui: &Ui,
        theme: &Theme,
        width: f32,
        tone: Tone,
        message: &UserMessage,
        code: Option<String>,
    ) -> Self {
        let rest = sentences(&[&message.what_about_the_money, &message.what_to_do]);
        Self::new(ui, theme, width, tone, &message.what_happened, &rest, code)
    }

    /// One strong sentence and one that explains; either may be empty.
    pub fn new(
        ui: &Ui,
        theme: &Theme,
        width: f32,
        tone: Tone,
        strong: &str,
        plain: &str,
        code: Option<String>,
    ) -> Self {
        let pair = tone.pair(theme);
        let body = theme.size.body;
        let (sign, pad) = (body * 1.15, if theme.size.gap < space::TWO { 12.0 } else { space::TWO });
        let room = width - 2.0 * pad - sign - 12.0;
        let mut lines: Vec<(Arc<Galley>, f32)> = vec![];
        let parts = [
            (strong, theme::strong(body), 0.0),
            (plain, theme::plain(body), space::HALF),
            (code.as_deref().unwrap_or(""), theme::plain(theme.size.small), space::HALF),
        ];
        for (text, font, gap) in parts.into_iter().filter(|(text, ..)| !text.is_empty()) {
            let above = if lines.is_empty() { 0.0 } else { gap };
            lines.push((measure(ui, text, font, pair.text, room), above));
        }
        let said: Vec<&str> = [strong, plain].into_iter().filter(|part| !part.is_empty()).collect();
        Self { tone, lines, said: said.join(" "), sign, pad }
    }

    /// How high it is.
    pub fn height(&self) -> f32 {
        let text: f32 = self.lines.iter().map(|(galley, gap)| galley.size().y + gap).sum();
        text + 2.0 * self.pad
    }

    /// Draws it at the top of a rectangle of its width. A screen reader says it at once; what is good to know waits until the
    /// rest is said.
    pub fn draw(self, ui: &mut Ui, theme: &Theme, rect: Rect) {
        let pair = self.tone.pair(theme);
        let rect = Rect::from_min_size(rect.min, vec2(rect.width(), self.height()));
        ground(ui, theme, rect, pair);
        let first = self
            .lines
            .first()
            .map_or(self.sign, |(galley, _)| galley.rows.first().map_or(self.sign, |row| row.row.size.y));
        let sign = icons::square(
            pos2(rect.min.x + self.pad + self.sign / 2.0, rect.min.y + self.pad + first / 2.0),
            self.sign,
        );
        icons::draw(ui.painter(), self.tone.icon(), sign, pair.text);
        let mut at = pos2(rect.min.x + self.pad + self.sign + 12.0, rect.min.y + self.pad);
        for (galley, gap) in self.lines {
            at.y += gap;
            let height = galley.size().y;
            ui.painter().galley(at, galley, pair.text);
            at.y += height;
        }
        let live = if self.tone == Tone::Tell { accesskit::Live::Polite } else { accesskit::Live::Assertive };
        alert(ui, rect, &self.said, live);
    }
}

/// The height of [`refused_line`], kept free where one may appear, so that nothing moves.
pub const REFUSED_LINE: f32 = 56.0;

/// What is wrong with what is being typed, in a place of its own: a notice whose text is smaller than others'.
pub fn refused_line(ui: &mut Ui, theme: &Theme, rect: Rect, what_happened: &str, more: &str) {
    let pair = Tone::Bad.pair(theme);
    ground(ui, theme, rect, pair);
    let said = sentences(&[what_happened, more]);
    let side = theme::size::BODY;
    let left = rect.min.x + space::TWO + side + 12.0;
    let text = measure(ui, &said, theme::strong(theme::size::SMALL), pair.text, rect.max.x - left - space::ONE);
    let sign = icons::square(pos2(rect.min.x + space::TWO + side / 2.0, rect.center().y), side);
    icons::draw(ui.painter(), Tone::Bad.icon(), sign, pair.text);
    let top = rect.center().y - text.size().y / 2.0;
    ui.painter().galley(pos2(left, top), text, pair.text);
    alert(ui, rect, &said, accesskit::Live::Assertive);
}

/// Lets a screen reader say it.
fn alert(ui: &mut Ui, rect: Rect, said: &str, live: accesskit::Live) {
    let id = ui.next_auto_id();
    ui.skip_ahead_auto_ids(1);
    ui.interact(rect, id, Sense::hover()).widget_info(|| WidgetInfo::labeled(Role::Alert, true, said));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(live));
}
