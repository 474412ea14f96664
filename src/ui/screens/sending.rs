//! Sending: the amount, the seconds, what is happening. **Nothing can be pressed**, so nothing can be sent twice.

use egui::{Rect, Role, Ui};

use super::halves;
use super::steps::steps_card;
use crate::flow::{Sending, SendingStage};
use crate::ui::desk::Desk;
use crate::ui::i18n::{Given, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Amount, Column, Notice, Style, Tone, amount, ground, write};

/// From this many seconds on it is said that it takes long: most answers come within a few.
const LONG_SECONDS: u32 = 10;

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, sending: &Sending) {
    let (known, todo) = halves(desk, area, 0.55);
    let size = desk.theme.size;
    let pair = desk.theme.color.tell;
    ground(ui, desk.theme, known, pair);
    let mut column = Column::new(known.shrink(size.margin * 1.5));
    let content = size.huge * 1.3 + size.amount_large * 1.25 + size.large * 3.2;
    column.gap((column.height() - content).max(0.0) / 2.0);
    let title = Style::new(theme::display(size.huge), pair.text).heading();
    let key = match sending.stage {
        SendingStage::Recording(_) => "sending-recording",
        SendingStage::Sent => "sending-title",
    };
    write(ui, &mut column, &title, &desk.say(key));
    column.gap(space::ONE);
    let how = Amount { size: size.amount_large, color: pair.text, height: size.amount_large * 1.2 };
    amount(ui, &mut column, how, desk.words, sending.intention.amount);
    column.gap(space::ONE);
    let seconds = desk.seconds_since(sending.since);
    let running = Style::new(theme::plain(size.large), pair.text);
    write(ui, &mut column, &running, &desk.words.with("sending-seconds", &[("count", Given::Count(seconds))]));
    column.gap(space::HALF);
    write(ui, &mut column, &running, &desk.say("sending-wait"));
    let what = [("what", text(desk.say(key))), ("amount", Given::Amount(sending.intention.amount))];
    let said = desk.words.with("result-said", &what);
    let id = egui::Id::unique("sending");
    ui.interact(known, id, egui::Sense::hover()).widget_info(|| egui::WidgetInfo::labeled(Role::Status, true, &said));
    ui.ctx().accesskit_node_builder(id, |node| node.set_live(egui::accesskit::Live::Polite));

    let mut right = Column::new(todo);
    if !sending.steps.is_empty() {
        steps_card(ui, desk, &mut right, &sending.steps, None, 6);
        right.gap(size.gap);
    }
    if seconds >= LONG_SECONDS {
        let notice = Notice::new(ui, desk.theme, right.width(), Tone::Tell, "", &desk.say("sending-long"), None);
        let at = right.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
}
