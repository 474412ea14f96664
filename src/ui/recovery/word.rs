//! A manager's word: who, why, and their PIN; and what was done on it.

use egui::{Key, Rect, Ui, pos2};
use zeroize::Zeroize;

use super::copies::name_of;
use super::{Stage, Step};
use crate::domain::{Operator, Pin, Reason};
use crate::terminal::recovery::{Account, Doing, GoodCopy, RecoveryView, Said, Wish};
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, text};
use crate::ui::keys::field_id;
use crate::ui::screens::{halves, pair_of};
use crate::ui::theme::{self, RADIUS, space};
use crate::ui::widgets::{
    Column, Kind, Notice, Press, REFUSED_LINE, Style, Tone, focus_ring, ground, icons, measure, people, pin_dots,
    pin_pad, press, quiet, refused_line, write, write_in,
};

/// The reasons that need no typing; the last button opens a field.
const REASONS: [&str; 3] = ["recovery-reason-disk", "recovery-reason-damage", "recovery-reason-wrong-file"];
/// As long as [`Reason`] allows.
const MAX_REASON: usize = 120;

/// Draws it.
pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, view: &RecoveryView, copy: usize) -> Option<Step> {
    let Some(copy) = view.copies.as_ref().and_then(|copies| copies.get(copy)) else {
        return Some(Step::Go(Stage::Copies));
    };
    let (known, todo) = halves(desk, area, 0.54);
    let back = left(ui, desk, known, view, copy);
    right(ui, desk, todo, view, copy).or(back)
}

fn left(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, view: &RecoveryView, copy: &GoodCopy) -> Option<Step> {
    let size = desk.theme.size;
    let gap = size.gap.min(12.0);
    let mut column = Column::new(rect);
    let (back_at, _) = pair_of(column.take_bottom(size.button), gap);
    column.gap_bottom(size.gap);
    let back = Press::new("back", Kind::Quiet, desk.say("recovery-back")).key(Key::Escape, desk.say("key-escape"));
    let back = press(ui, desk, back_at, &back.enabled(view.doing.is_none()));
    let heading = Style::new(theme::display(size.heading), desk.theme.color.ink).heading();
    write(ui, &mut column, &heading, &desk.say("recovery-word"));
    write(ui, &mut column, &quiet(desk.theme), &name_of(desk, copy));
    column.gap(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("recovery-why"));
    column.gap(space::HALF);
    for key in REASONS {
        let words = desk.say(key);
        let chosen = desk.local.reason.as_deref() == Some(words.as_str());
        let at = column.take(size.grid_button);
        column.gap(gap);
        if press(ui, desk, at, &Press::new(key, Kind::Choice(chosen), words.clone()).text_size(size.body)) {
            desk.local.reason = Some(words);
        }
    }
    let own = desk.local.reason.as_ref().is_some_and(|text| REASONS.iter().all(|key| desk.say(key) != *text));
    let at = column.take(size.grid_button);
    if own {
        field(ui, desk, at);
    } else {
        let other = Press::new("other", Kind::Choice(false), desk.say("sale-reason-other")).text_size(size.body);
        if press(ui, desk, at, &other) {
            desk.local.reason = Some(String::new());
        }
    }
    column.gap(size.gap);
    if let Some(Said::NotRestored(why)) = &view.said {
        let code = desk.words.with("support-code", &[("code", text(&**why))]);
        let (strong, plain) = (desk.say("recovery-not-restored"), desk.say("recovery-not-restored.do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Bad, &strong, &plain, Some(code));
        let at = column.take(notice.height());
        notice.draw(ui, desk.theme, at);
    }
    back.then_some(Step::Go(Stage::Copies))
}

/// Where a reason is typed.
fn field(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let color = &desk.theme.color;
    let id = field_id("sale-reason");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    let line = egui::Stroke::new(space::LINE, if has_focus { color.act.ground } else { color.outline });
    ui.painter().rect(rect, egui::CornerRadius::same(RADIUS), color.card, line, egui::StrokeKind::Inside);
    let name = desk.say("sale-reason-field");
    let inner = rect.shrink2(egui::vec2(space::TWO, 0.0));
    let size = desk.theme.size.body;
    let Some(text) = desk.local.reason.as_mut() else { return };
    let edit = egui::TextEdit::singleline(text)
        .id(id)
        .font(theme::plain(size))
        .frame(egui::Frame::NONE)
        .margin(egui::Margin::ZERO)
        .align(egui::Align2::LEFT_CENTER)
        .hint_text(name.clone())
        .char_limit(MAX_REASON)
        .desired_width(inner.width());
    let response = ui.put(inner, edit.min_size(inner.size())).accessible_name(name);
    if has_focus {
        focus_ring(ui, desk.theme, rect);
    } else if text_is_new(desk) && ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
}

/// Nothing was typed into the field yet; once it was left, it does not take the focus back.
fn text_is_new(desk: &Desk<'_>) -> bool {
    desk.local.reason.as_ref().is_some_and(String::is_empty)
}

fn manager(desk: &Desk<'_>, copy: &GoodCopy) -> Option<Operator> {
    let picked = copy.managers.iter().find(|person| Some(&person.id) == desk.local.person.as_ref());
    picked.or(if let [only] = copy.managers.as_slice() { Some(only) } else { None }).cloned()
}

fn right(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, view: &RecoveryView, copy: &GoodCopy) -> Option<Step> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let go_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("recovery-who"));
    column.gap(space::HALF);
    let rows = if copy.managers.len() > 1 && size.gap >= space::TWO { 2.0 } else { 1.0 };
    let list = column.take(size.grid_button * rows + size.gap.min(12.0) * (rows - 1.0));
    let chosen = manager(desk, copy).map(|person| person.id);
    if let Some(id) = people(ui, desk, list, &copy.managers, chosen.as_ref()) {
        desk.local.pin.zeroize();
        desk.local.person = Some(id);
    }
    column.gap(space::ONE);
    let line = column.take(REFUSED_LINE);
    match &view.said {
        Some(Said::WrongPin { wait_seconds }) if desk.local.pin.is_empty() => {
            let key = if *wait_seconds == 0 { "sign-in-wrong-pin" } else { "sign-in-wrong-pin-wait" };
            let gifts = [("seconds", count(usize::try_from(*wait_seconds).unwrap_or(0)))];
            let (what, more) = (desk.words.with(key, &gifts), desk.words.with(&format!("{key}.do"), &gifts));
            refused_line(ui, desk.theme, line, &what, &more);
        }
        _ => pin_dots(ui, desk, line),
    }
    column.gap(space::ONE);
    let idle = view.doing.is_none();
    pin_pad(ui, desk, column.rest(), idle && chosen.is_some());
    let pin = Pin::parse(&desk.local.pin).ok();
    let reason = desk.local.reason.as_ref().and_then(|text| Reason::parse(text.trim()).ok());
    let key = match (view.doing, &reason) {
        (Some(Doing::Restoring), _) => "recovery-restoring",
        (_, None) => "sale-ask-reason",
        (_, Some(_)) => "recovery-put-back",
    };
    let ready = idle && pin.is_some() && reason.is_some() && chosen.is_some();
    let go = Press::new("put-back", Kind::Primary, desk.say(key)).key(Key::Enter, desk.say("key-enter")).enabled(ready);
    if press(ui, desk, go_at, &go)
        && let (Some(manager), Some(pin), Some(reason)) = (chosen, pin, reason)
    {
        desk.local.pin.zeroize();
        return Some(Step::Wish(Wish::Restore { from: copy.path.clone(), manager, pin, reason }));
    }
    None
}

/// What was done, and what is still to be done by hand.
pub(super) fn done(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, view: &RecoveryView) -> Option<Step> {
    let account = view.restored.as_ref()?;
    let (known, todo) = halves(desk, area, 0.6);
    let size = desk.theme.size;
    let whole = account.old_was_whole && account.left_behind.is_empty();
    let tone = if whole { Tone::Good } else { Tone::Ask };
    let pair = tone.pair(desk.theme);
    ground(ui, desk.theme, known, pair);
    let mut column = Column::new(known.shrink(size.margin * 1.25));
    let sign = column.take(size.huge);
    let at = icons::square(pos2(sign.min.x + size.huge * 0.4, sign.center().y), size.huge * 0.8);
    icons::draw(ui.painter(), tone.icon(), at, pair.text);
    column.gap(space::TWO);
    let heading = Style::new(theme::display(size.heading), pair.text).heading();
    write(ui, &mut column, &heading, &desk.say("recovery-done"));
    column.gap(space::TWO);
    let told = told(desk, account);
    let mut body = Style::new(theme::plain(size.body + 1.0), pair.text);
    let mut high = 0.0;
    for words in &told {
        high += measure(ui, words, body.font.clone(), body.color, column.width()).size().y + space::ONE;
    }
    if high > column.height() {
        body.font.size = size.small;
    }
    for words in told {
        write(ui, &mut column, &body, &words);
        column.gap(space::ONE);
    }
    let mut right = Column::new(todo);
    let go_at = right.take_bottom(size.button);
    let idle = view.doing.is_none();
    if !idle {
        write_in(ui, right.take(size.body * 2.0), &quiet(desk.theme), &desk.say("recovery-trying"));
    }
    let go = Press::new("start", Kind::Primary, desk.say("recovery-start")).key(Key::Enter, desk.say("key-enter"));
    press(ui, desk, go_at, &go.enabled(idle)).then_some(Step::Wish(Wish::TryAgain))
}

fn told(desk: &Desk<'_>, account: &Account) -> Vec<String> {
    let mut told = vec![];
    if account.brought_over > 0 {
        told.push(desk.words.with("recovery-brought-over", &[("count", count(account.brought_over))]));
    }
    if account.given_up > 0 {
        told.push(desk.words.with("recovery-given-up", &[("count", count(account.given_up))]));
    }
    if !account.left_behind.is_empty() {
        let shown: Vec<&str> = account.left_behind.iter().take(4).map(String::as_str).collect();
        told.push(desk.words.with("recovery-left-behind", &[("references", text(shown.join(", ")))]));
    }
    if !account.old_was_whole {
        told.push(desk.say("recovery-compare"));
    }
    if let Some(folder) = &account.set_aside {
        told.push(desk.words.with("recovery-aside-at", &[("path", text(folder.display().to_string()))]));
    }
    told
}
