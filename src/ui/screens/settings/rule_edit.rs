//! One rule being changed: what it is, the pad to type its value with, and the way back.

use egui::{Key, Rect, Ui};

use super::rules;
use crate::domain::{RuleKey, RuleKind, SettingChange};
use crate::flow::{Settings, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::text;
use crate::ui::theme;
use crate::ui::widgets::{Column, Kind, Press, Style, keypad, number_pad, press, quiet, write, write_in};

/// Digits of hours: two times of four.
const HOURS_DIGITS: usize = 8;

/// Opens it. What holds stands beside the pad, and typing begins at nothing.
pub(super) fn open(desk: &mut Desk<'_>, settings: &Settings, key: RuleKey) {
    close(desk);
    desk.local.rule = Some(key);
    desk.local.rule_answers = settings.answers;
    desk.local.amount = Some(String::new());
}

/// Back to the list.
pub(super) fn close(desk: &mut Desk<'_>) {
    (desk.local.rule, desk.local.amount, desk.local.rule_sent) = (None, None, false);
    desk.local.number.clear();
}

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings, key: RuleKey) {
    let answered = desk.local.rule_sent && settings.answers != desk.local.rule_answers;
    if answered && matches!(settings.kept, Some(Ok(()))) {
        close(desk);
        return rules::show(ui, desk, area, settings);
    }
    let size = desk.theme.size;
    let (left, right) = super::beside(area, area.width() * 0.5, size.gap);
    let mut column = Column::new(left);
    let keep_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    if let Some((name, group)) = group_of(key) {
        write(ui, &mut column, &quiet(desk.theme), &desk.say(name));
        debug_assert!(group.contains(&key));
    }
    write(ui, &mut column, &rules::heading(desk), &desk.say(rules::name_of(key)));
    column.gap(size.gap);
    let now = desk.words.with("rules-now", &[("value", text(rules::in_words(desk, key)))]);
    write(ui, &mut column, &quiet(desk.theme), &now);
    if let Some(none) = without(key) {
        let at = column.take_bottom(size.button);
        column.gap_bottom(size.gap);
        if press(ui, desk, at, &Press::new("rule-none", Kind::Quiet, desk.say(none)).text_size(size.body)) {
            send(desk, settings, key, None);
        }
    }
    if key.kind() == RuleKind::Hours {
        let at = column.take_bottom(size.button);
        column.gap_bottom(size.gap);
        let closed = Press::new("rule-closed", Kind::Quiet, desk.say("rule-hours-closed-all-day"));
        if press(ui, desk, at, &closed.text_size(size.body)) {
            send(desk, settings, key, Some("closed".to_owned()));
        }
    }
    if answered {
        rules::told(ui, desk, &mut column, settings);
    }
    let value = value(ui, desk, right, settings, key);
    let keep = Press::new("rule-keep", Kind::Primary, desk.say("rules-keep"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(value.is_some());
    if press(ui, desk, keep_at, &keep) {
        send(desk, settings, key, value);
    }
}

fn group_of(key: RuleKey) -> Option<(&'static str, &'static [RuleKey])> {
    rules::GROUPS.into_iter().find(|(_, keys)| keys.contains(&key))
}

/// What a rule without a line is called; nothing where there is always one.
const fn without(key: RuleKey) -> Option<&'static str> {
    match (key, key.kind()) {
        (RuleKey::CashierAlone | RuleKey::SameAmountMinutes, _) => Some("rule-set-never"),
        (RuleKey::ApprovalSeconds, _) => Some("rule-set-usual"),
        (RuleKey::Hours, _) => Some("rule-set-no-hours"),
        (_, RuleKind::Hours) => Some("rule-set-as-every-day"),
        (_, RuleKind::Amount | RuleKind::Number) => Some("rule-set-no-limit"),
        (_, RuleKind::Flag) => None,
    }
}

/// The value as it is typed, above its pad; nothing while there is none to keep.
fn value(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, key: RuleKey) -> Option<String> {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let shown = column.take(size.button);
    column.gap(size.gap);
    let (typed, value) = match key.kind() {
        RuleKind::Flag => {
            flags(ui, desk, column, settings, key);
            return None;
        }
        RuleKind::Amount => {
            keypad(ui, desk, column.rest());
            let typed = desk.local.amount.clone().unwrap_or_default();
            (typed.clone(), (!typed.is_empty()).then_some(typed))
        }
        RuleKind::Number => {
            pad(ui, desk, column.rest());
            let typed = desk.local.number.clone();
            (typed.clone(), (!typed.is_empty()).then_some(typed))
        }
        RuleKind::Hours => {
            pad(ui, desk, column.rest());
            desk.local.number.truncate(HOURS_DIGITS);
            let digits = &desk.local.number;
            let shown = if digits.is_empty() { String::new() } else { masked_hours(digits) };
            (shown, (digits.len() == HOURS_DIGITS).then(|| masked_hours(digits)))
        }
    };
    let said = if typed.is_empty() { desk.say("rules-nothing-typed") } else { desk.words.numbers().typed(&typed) };
    let style = Style::new(theme::strong(size.heading), desk.theme.color.ink).middle();
    write_in(ui, shown, &style, &said);
    value
}

/// The number pad, and the number keys.
fn pad(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    number_pad(ui, desk, rect);
    let does = desk.say("sheet-digits");
    for key in desk.keys.take_typed(&does) {
        crate::ui::widgets::type_number(desk, key);
    }
}

/// `0900` as `09:00-__:__`.
fn masked_hours(digits: &str) -> String {
    let mut rest = digits.chars();
    let mut next = || rest.next().unwrap_or('_');
    format!("{}{}:{}{}-{}{}:{}{}", next(), next(), next(), next(), next(), next(), next(), next())
}

fn flags(ui: &mut Ui, desk: &mut Desk<'_>, mut column: Column, settings: &Settings, key: RuleKey) {
    let size = desk.theme.size;
    let now = rules::as_written(desk, key).is_some_and(|written| written == "true");
    for (salt, words, value) in [("rule-flag-yes", "rule-yes", true), ("rule-flag-no", "rule-no", false)] {
        let at = column.take(size.button);
        column.gap(size.gap);
        if press(ui, desk, at, &Press::new(salt, Kind::Choice(now == value), desk.say(words))) && now != value {
            send(desk, settings, key, Some(value.to_string()));
        }
    }
}

fn send(desk: &mut Desk<'_>, settings: &Settings, key: RuleKey, to: Option<String>) {
    (desk.local.rule_answers, desk.local.rule_sent) = (settings.answers, true);
    desk.tell(What::SettingChosen(SettingChange::Rule { key, to }));
}
