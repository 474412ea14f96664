//! Locked: who is at the till, and their PIN; or the PIN alone; or a badge.

use egui::{Rect, Ui};
use zeroize::Zeroize;

use super::entry::{self, Asked, Given};
use super::{display, halves};
use crate::domain::{Operator, OperatorId};
use crate::flow::{Locked, OnPeople, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::{own_name, sentences, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Icon, Kind, Notice, Press, Style, Tone, press, quiet, write};

/// Draws it.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, locked: &Locked) {
    if desk.local.display {
        return display::show(ui, desk, area);
    }
    let (known, todo) = halves(desk, area, 0.54);
    let those = desk.view.operators.clone();
    let chosen = entry::chosen(desk, &those);
    left(ui, desk, known, &those, chosen.as_ref(), locked);
    let refused = desk.local.refused.clone();
    let at = refused.as_ref().map(|(_, at)| *at);
    let given = Given { checking: locked.checking.is_some(), refused: locked.refused.as_ref(), at };
    let label = if chosen.is_some() { "locked-pin" } else { "locked-pin-alone" };
    let asked = Asked { given, open: !those.is_empty(), label, button: ("unlock", "locked-unlock") };
    if let Some(pin) = entry::pin(ui, desk, todo, &asked) {
        desk.tell(match chosen {
            Some(operator) => What::SignInAsked { operator, pin },
            None => What::OnPeople(OnPeople::PinAloneGiven(pin)),
        });
    }
}

fn left(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    rect: Rect,
    those: &[Operator],
    chosen: Option<&OperatorId>,
    locked: &Locked,
) {
    let color = desk.theme.color.clone();
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    language_button(ui, desk, column.take_bottom(size.grid_button));
    column.gap_bottom(size.gap);
    let place = [("store", text(desk.view.store.as_str())), ("till", text(desk.view.till.as_str()))];
    let heading = Style::new(theme::display(size.heading), color.ink).heading();
    write(ui, &mut column, &heading, &desk.words.with("place", &place));
    let clock = Style::new(theme::display(size.amount), color.ink);
    write(ui, &mut column, &clock, &desk.time.clock(desk.now));
    write(ui, &mut column, &quiet(desk.theme), &desk.time.day(desk.words, desk.now));
    column.gap(size.margin);
    if those.is_empty() {
        let message = desk.words.say("locked-nobody");
        let rest = sentences(&[&desk.say("locked-nobody.money"), &desk.say("locked-nobody.do")]);
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &message, &rest, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        return;
    }
    if let Some(whose) = &locked.waits_for {
        let strong = desk.words.with("locked-waits", &[("name", text(desk.name_of(whose)))]);
        let plain = desk.say("locked-waits-do");
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
        column.gap(size.gap);
    }
    write(ui, &mut column, &quiet(desk.theme), &desk.say("locked-who"));
    column.gap(space::ONE);
    entry::names(ui, desk, column.rest(), those, chosen);
}

/// The way to language and colours. A globe and the language's own name say it to whoever cannot read the rest.
pub(super) fn language_button(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let own = own_name(desk.words.language());
    let name = format!("{}: {own}", desk.say("display-button"));
    let button = Press::new("display", Kind::Quiet, own).icon(Icon::Globe).named(name).text_size(desk.theme.size.body);
    if press(ui, desk, rect, &button) {
        desk.local.pin.zeroize();
        desk.local.display = true;
    }
}
