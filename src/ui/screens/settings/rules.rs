//! The rules page: every rule of the store's with its present value in words, and the reasons to choose from.
//!
//! **A rule is shown as it holds**, and what the settings file would not take is refused with what it would.

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::rule_edit;
use crate::domain::{DayHours, KeepFault, Money, Reason, RuleKey, RuleKind, SettingChange, Weekday};
use crate::flow::{Settings, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::{Given, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{
    Column, Field, Icon, Kind, Notice, Press, Style, Tone, field as write_into, press, quiet, side_by_side, write,
};

/// The rules in groups, each with its name; the reasons are the last, without rules.
pub(super) const GROUPS: [(&str, &[RuleKey]); 6] = [
    ("rules-approval", &[RuleKey::CashierAlone, RuleKey::OwnApproval, RuleKey::ApprovalSeconds]),
    ("rules-cashiers", &[RuleKey::CashierPerRefund, RuleKey::CashierPerShift, RuleKey::CashierPerDay]),
    ("rules-managers", &[RuleKey::ManagerPerRefund, RuleKey::ManagerPerShift, RuleKey::ManagerPerDay]),
    ("rules-sales", &[RuleKey::SaleAgeDays, RuleKey::RefundsPerSale, RuleKey::SameAmountMinutes]),
    (
        "rules-hours",
        &[
            RuleKey::Hours,
            RuleKey::HoursMonday,
            RuleKey::HoursTuesday,
            RuleKey::HoursWednesday,
            RuleKey::HoursThursday,
            RuleKey::HoursFriday,
            RuleKey::HoursSaturday,
            RuleKey::HoursSunday,
        ],
    ),
    ("rules-reasons", &[]),
];
/// The most characters of a reason: the domain's limit.
const MAX_REASON: usize = 120;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    if let Some(key) = desk.local.rule {
        return rule_edit::show(ui, desk, area, settings, key);
    }
    let size = desk.theme.size;
    let mut column = Column::new(area);
    groups(ui, desk, &mut column);
    column.gap(size.gap);
    let Some((name, keys)) = GROUPS.get(desk.local.rule_group) else { return };
    if keys.is_empty() {
        // The field stays where it is when something is told above it.
        let line = column.take_bottom(size.button);
        column.gap_bottom(size.gap);
        told(ui, desk, &mut column, settings);
        return reasons(ui, desk, column, line);
    }
    told(ui, desk, &mut column, settings);
    write(ui, &mut column, &quiet(desk.theme), &desk.say(about(name)));
    column.gap(size.gap);
    let columns: u8 = if keys.len() > 4 { 2 } else { 1 };
    for line in keys.chunks(usize::from(columns)) {
        let cells = side_by_side(column.take(size.button), columns, size.gap);
        for (key, cell) in line.iter().zip(cells) {
            let label = desk
                .words
                .with("rules-line", &[("name", text(desk.say(name_of(*key)))), ("value", text(in_words(desk, *key)))]);
            if press(ui, desk, cell, &Press::new(name_of(*key), Kind::Quiet, label).text_size(size.body)) {
                rule_edit::open(desk, settings, *key);
            }
        }
        column.gap(size.gap.min(space::GRID));
    }
}

/// What can be looked at, in two rows where one is too narrow.
fn groups(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column) {
    let size = desk.theme.size;
    let mut places = vec![];
    for _ in 0..2 {
        places.extend(side_by_side(column.take(size.grid_button), 3, space::ONE));
        column.gap(space::ONE);
    }
    for (at, ((name, _), place)) in GROUPS.iter().zip(places).enumerate() {
        let chosen = at == desk.local.rule_group;
        let button = Press::new(name, Kind::Choice(chosen), desk.say(name)).bare().text_size(size.body);
        if press(ui, desk, place, &button) {
            desk.local.rule_group = at;
        }
    }
}

const fn about(group: &'static str) -> &'static str {
    match group.as_bytes() {
        b"rules-approval" => "rules-approval-about",
        b"rules-sales" => "rules-sales-about",
        b"rules-hours" => "rules-hours-about",
        _ => "rules-people-about",
    }
}

/// Whether the last change was kept, and in which words it was refused.
pub(super) fn told(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, settings: &Settings) {
    let (tone, strong, plain) = match &settings.kept {
        None => return,
        Some(Ok(())) => (Tone::Good, desk.say("rules-kept"), String::new()),
        Some(Err(KeepFault::Refused { .. })) => (Tone::Bad, desk.say("rules-refused"), allowed(desk)),
        Some(Err(KeepFault::NextStart)) => (Tone::Ask, desk.say("rules-next-start"), String::new()),
        Some(Err(_)) => (Tone::Bad, desk.say("rules-not-kept"), super::part(desk, "rules-not-kept", "do")),
    };
    let notice = Notice::new(ui, desk.theme, column.width(), tone, &strong, &plain, None);
    let at = column.take_bottom(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap_bottom(desk.theme.size.gap);
}

/// What would be taken: of the rule that is being changed, or of the reasons.
fn allowed(desk: &Desk<'_>) -> String {
    let Some(key) = desk.local.rule else { return desk.say("rules-allowed-reasons") };
    match (key.kind(), key.bounds()) {
        (RuleKind::Number, Some((least, most))) => {
            desk.words.with("rules-allowed-number", &[("least", Given::Count(least)), ("most", Given::Count(most))])
        }
        (RuleKind::Amount, _) => desk.say("rules-allowed-amount"),
        (RuleKind::Hours, _) => desk.say("rules-allowed-hours"),
        (RuleKind::Number | RuleKind::Flag, _) => String::new(),
    }
}

pub(super) const fn name_of(key: RuleKey) -> &'static str {
    match key {
        RuleKey::CashierAlone => "rule-name-cashier-alone",
        RuleKey::OwnApproval => "rule-name-own-approval",
        RuleKey::ApprovalSeconds => "rule-name-approval-seconds",
        RuleKey::CashierPerRefund | RuleKey::ManagerPerRefund => "rule-name-per-refund",
        RuleKey::CashierPerShift | RuleKey::ManagerPerShift => "rule-name-per-shift",
        RuleKey::CashierPerDay | RuleKey::ManagerPerDay => "rule-name-per-day",
        RuleKey::SaleAgeDays => "rule-name-sale-age",
        RuleKey::RefundsPerSale => "rule-name-refunds-per-sale",
        RuleKey::SameAmountMinutes => "rule-name-same-amount",
        RuleKey::Hours => "rule-name-hours",
        RuleKey::HoursMonday => "rule-name-monday",
        RuleKey::HoursTuesday => "rule-name-tuesday",
        RuleKey::HoursWednesday => "rule-name-wednesday",
        RuleKey::HoursThursday => "rule-name-thursday",
        RuleKey::HoursFriday => "rule-name-friday",
        RuleKey::HoursSaturday => "rule-name-saturday",
        RuleKey::HoursSunday => "rule-name-sunday",
    }
}

/// What holds now, as the settings file would have it; nothing where there is no line for it.
pub(super) fn as_written(desk: &Desk<'_>, key: RuleKey) -> Option<String> {
    let policy = &desk.view.policy;
    let rules = &policy.rules;
    let money = |amount: Option<Money>| amount.map(Money::decimal);
    let hours = |day: Option<DayHours>| {
        day.map(|day| match day {
            DayHours::Open(hours) => hours.to_string(),
            DayHours::Closed => "closed".to_owned(),
        })
    };
    let own = |day: Weekday| {
        let at = Weekday::ALL.iter().position(|other| *other == day)?;
        rules.hours.days.get(at).copied().flatten()
    };
    match key {
        RuleKey::CashierAlone => money(policy.cashier_alone_up_to),
        RuleKey::OwnApproval => Some(policy.own_approval.to_string()),
        RuleKey::ApprovalSeconds => Some(policy.approval_seconds.to_string()),
        RuleKey::CashierPerRefund => money(rules.cashier.per_refund),
        RuleKey::CashierPerShift => money(rules.cashier.per_shift),
        RuleKey::CashierPerDay => money(rules.cashier.per_day),
        RuleKey::ManagerPerRefund => money(rules.manager.per_refund),
        RuleKey::ManagerPerShift => money(rules.manager.per_shift),
        RuleKey::ManagerPerDay => money(rules.manager.per_day),
        RuleKey::SaleAgeDays => rules.sale_age_days.map(|days| days.to_string()),
        RuleKey::RefundsPerSale => rules.refunds_per_sale.map(|count| count.to_string()),
        RuleKey::SameAmountMinutes => (rules.same_amount_minutes > 0).then(|| rules.same_amount_minutes.to_string()),
        RuleKey::Hours => hours(rules.hours.every_day),
        RuleKey::HoursMonday => hours(own(Weekday::Monday)),
        RuleKey::HoursTuesday => hours(own(Weekday::Tuesday)),
        RuleKey::HoursWednesday => hours(own(Weekday::Wednesday)),
        RuleKey::HoursThursday => hours(own(Weekday::Thursday)),
        RuleKey::HoursFriday => hours(own(Weekday::Friday)),
        RuleKey::HoursSaturday => hours(own(Weekday::Saturday)),
        RuleKey::HoursSunday => hours(own(Weekday::Sunday)),
    }
}

/// What holds now, in words.
pub(super) fn in_words(desk: &Desk<'_>, key: RuleKey) -> String {
    let policy = &desk.view.policy;
    let rules = &policy.rules;
    let money =
        |limit: Option<Money>, none: &str| limit.map_or_else(|| desk.say(none), |money| desk.words.amount(money));
    let count = |words: &str, number: u32| desk.words.with(words, &[("count", Given::Count(number))]);
    match key {
        RuleKey::CashierAlone => money(policy.cashier_alone_up_to, "rule-never"),
        RuleKey::OwnApproval => desk.say(if policy.own_approval { "rule-yes" } else { "rule-no" }),
        RuleKey::ApprovalSeconds => count("rule-seconds", policy.approval_seconds),
        RuleKey::CashierPerRefund => money(rules.cashier.per_refund, "rule-no-limit"),
        RuleKey::CashierPerShift => money(rules.cashier.per_shift, "rule-no-limit"),
        RuleKey::CashierPerDay => money(rules.cashier.per_day, "rule-no-limit"),
        RuleKey::ManagerPerRefund => money(rules.manager.per_refund, "rule-no-limit"),
        RuleKey::ManagerPerShift => money(rules.manager.per_shift, "rule-no-limit"),
        RuleKey::ManagerPerDay => money(rules.manager.per_day, "rule-no-limit"),
        RuleKey::SaleAgeDays => {
            rules.sale_age_days.map_or_else(|| desk.say("rule-no-limit"), |days| count("rule-days", days))
        }
        RuleKey::RefundsPerSale => {
            rules.refunds_per_sale.map_or_else(|| desk.say("rule-no-limit"), |times| count("rule-times", times))
        }
        RuleKey::SameAmountMinutes if rules.same_amount_minutes == 0 => desk.say("rule-never"),
        RuleKey::SameAmountMinutes => count("rule-minutes", rules.same_amount_minutes),
        RuleKey::Hours
        | RuleKey::HoursMonday
        | RuleKey::HoursTuesday
        | RuleKey::HoursWednesday
        | RuleKey::HoursThursday
        | RuleKey::HoursFriday
        | RuleKey::HoursSaturday
        | RuleKey::HoursSunday => match as_written(desk, key).as_deref() {
            None if key == RuleKey::Hours => desk.say("rule-hours-none"),
            None => desk.say("rule-hours-usual"),
            Some("closed") => desk.say("rule-hours-closed"),
            Some(hours) => hours.to_owned(),
        },
    }
}

/// The reasons: a press takes one away, the field adds one.
fn reasons(ui: &mut Ui, desk: &mut Desk<'_>, mut column: Column, line: Rect) {
    let size = desk.theme.size;
    let present: Vec<String> = desk.view.reasons.iter().map(|reason| reason.as_str().to_owned()).collect();
    let mut wanted = None;
    let name = desk.say("rules-reason-new");
    let mut parts = Column::new(line).rest();
    let add_at = Rect::from_min_max(egui::pos2(parts.max.x - (parts.width() * 0.3), parts.min.y), parts.max);
    parts.max.x = add_at.min.x - size.gap;
    let mut typed = desk.local.reason.take().unwrap_or_default();
    let how = Field { id: "rule-reason", name: &name, font: theme::plain(size.body), limit: MAX_REASON, eager: false };
    write_into(ui, desk.theme, parts, &how, &mut typed);
    let good = Reason::parse(typed.trim()).is_ok() && !present.iter().any(|one| one == typed.trim());
    let add = Press::new("reason-add", Kind::Primary, desk.say("rules-reason-add"))
        .key(Key::Enter, desk.say("key-enter"))
        .enabled(good);
    if press(ui, desk, add_at, &add) {
        wanted = Some(present.iter().cloned().chain([typed.trim().to_owned()]).collect());
        typed.clear();
    }
    desk.local.reason = Some(typed);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("rules-reasons-about"));
    column.gap(space::ONE);
    let ring = space::RING;
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(ring)).id_salt("reasons"), |ui| {
        ScrollArea::vertical().id_salt("reason-list").auto_shrink([false, true]).content_margin(ring).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, space::ONE);
            for (at, reason) in present.iter().enumerate() {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), size.grid_button));
                let salt = format!("reason-{at}");
                let named = desk.words.with("rules-reason-remove", &[("reason", Given::Text(reason.clone()))]);
                let button = Press::new(&salt, Kind::Quiet, reason.clone()).icon(Icon::Cross).named(named);
                if press(ui, desk, cell, &button.text_size(size.body)) {
                    wanted = Some(present.iter().filter(|other| *other != reason).cloned().collect());
                }
            }
        });
    });
    if let Some(reasons) = wanted {
        desk.tell(What::SettingChosen(SettingChange::Reasons(reasons)));
    }
}

/// A heading of the page's parts.
pub(super) fn heading(desk: &Desk<'_>) -> Style {
    Style::new(theme::strong(desk.theme.size.large), desk.theme.color.ink).heading()
}
