//! The People page: who works here, and what a manager changes about them.
//!
//! **What cannot be taken back says what it does before it is done**: removing somebody and revoking a badge ask once
//! more. **A badge is never shown**: it is in a file to be printed, whose place is said.

use egui::{Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::super::entry;
use crate::domain::{Language, Operator, OperatorId, OperatorName, PersonChange, Role};
use crate::flow::{OnPeople, PeopleDone, Settings, What};
use crate::ui::desk::{Desk, PersonStep};
use crate::ui::i18n::{own_name, text};
use crate::ui::messages;
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Field, Kind, Notice, Press, Style, Tone, field, press, quiet, side_by_side, write};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    // What was changed is changed: the page goes back to the person.
    let work = &settings.people;
    if desk.local.person_draft.answers != work.answers {
        desk.local.forget_pins();
        if matches!(work.answer, Some(Ok(_))) {
            let draft = std::mem::take(&mut desk.local.person_draft);
            // Who was added is who the page is about now.
            if draft.step == PersonStep::Add {
                let added = desk.view.operators.iter().find(|person| person.name.as_str() == draft.name.trim());
                desk.local.person = added.map(|person| person.id.clone());
            }
        }
        (desk.local.person_draft.answers, desk.local.person_draft.moved_on) = (work.answers, false);
    }
    let size = desk.theme.size;
    let (left, right) = super::beside(area, area.width() * 0.42, size.gap);
    list(ui, desk, left, settings);
    let chosen = desk.local.person.clone();
    let person = desk.view.operators.iter().find(|person| Some(&person.id) == chosen.as_ref()).cloned();
    match (desk.local.person_draft.step, person) {
        (PersonStep::Add, _) => add(ui, desk, right, settings),
        (PersonStep::Look, Some(person)) => look(ui, desk, right, settings, &person),
        (PersonStep::Pin, Some(person)) => set_pin(ui, desk, right, settings, &person),
        (PersonStep::Role, Some(person)) => set_role(ui, desk, right, settings, &person),
        (PersonStep::Remove, Some(person)) => sure(ui, desk, right, settings, &person, Sure::Remove),
        (PersonStep::Revoke, Some(person)) => sure(ui, desk, right, settings, &person, Sure::Revoke),
        (_, None) => {
            let mut column = Column::new(right);
            write(ui, &mut column, &quiet(desk.theme), &desk.say("people-choose"));
        }
    }
}

/// Everybody, each with what they may do and whether they have a badge.
fn list(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let add_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    told(ui, desk, &mut column, settings);
    let gap = size.gap.min(space::GRID);
    let those = desk.view.operators.clone();
    let mut pressed = None;
    ui.scope_builder(UiBuilder::new().max_rect(column.rest().expand(space::RING)).id_salt("people-page"), |ui| {
        let scroll = ScrollArea::vertical().id_salt("people-page-list").auto_shrink([false, true]);
        scroll.content_margin(space::RING).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, gap);
            for person in &those {
                let (_, cell) = ui.allocate_space(vec2(ui.available_width(), size.grid_button));
                let chosen = desk.local.person.as_ref() == Some(&person.id);
                let button = Press::new(person.id.as_str(), Kind::Choice(chosen), line_of(desk, person));
                if press(ui, desk, cell, &button.bare().text_size(size.body)) {
                    pressed = Some(person.id.clone());
                }
            }
        });
    });
    if let Some(id) = pressed {
        start(desk, PersonStep::Look);
        desk.local.person = Some(id);
    }
    let add = Press::new("person-add", Kind::Second, desk.say("people-add"));
    if press(ui, desk, add_at, &add) {
        desk.local.person = None;
        start(desk, PersonStep::Add);
    }
}

fn line_of(desk: &Desk<'_>, person: &Operator) -> String {
    let role = desk.say(role_key(person.role));
    let key = if has_badge(desk, &person.id) { "people-line-badge" } else { "people-line" };
    desk.words.with(key, &[("name", text(person.name.as_str())), ("role", text(role))])
}

fn has_badge(desk: &Desk<'_>, id: &OperatorId) -> bool {
    desk.view.badge_holders.contains(id)
}

const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Cashier => "role-cashier",
        Role::Manager => "role-manager",
    }
}

/// Another step; nothing that was typed in the one before goes along.
fn start(desk: &mut Desk<'_>, step: PersonStep) {
    let answers = desk.local.person_draft.answers;
    desk.local.forget_pins();
    desk.local.person_draft = crate::ui::desk::PersonDraft { step, answers, moved_on: true, ..Default::default() };
}

fn change(desk: &mut Desk<'_>, change: PersonChange) {
    desk.tell(What::OnPeople(OnPeople::Changed(change)));
}

/// What became of the last change, below the list, until somebody or something else is chosen: no button of the page moves, and the list is shorter by it. A PIN that
/// is refused is said above its pad.
fn told(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, settings: &Settings) {
    let pad = matches!(desk.local.person_draft.step, PersonStep::Add | PersonStep::Pin | PersonStep::Role);
    if desk.local.person_draft.moved_on {
        return;
    }
    let notice = match &settings.people.answer {
        None | Some(Ok(PeopleDone::OwnPin | PeopleDone::BadgeMade { .. })) => return,
        Some(Err(_)) if pad => return,
        Some(Ok(PeopleDone::Changed)) => {
            Notice::new(ui, desk.theme, column.width(), Tone::Good, &desk.say("people-done"), "", None)
        }
        Some(Ok(PeopleDone::BadgeFileRemoved)) => {
            Notice::new(ui, desk.theme, column.width(), Tone::Good, &desk.say("badge-file-gone"), "", None)
        }
        Some(Err(why)) => {
            let message = messages::people(why, 0).say(desk.words);
            Notice::message(ui, desk.theme, column.width(), Tone::Bad, &message, None)
        }
    };
    let at = column.take_bottom(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap_bottom(desk.theme.size.gap);
}

/// Where the file with the new badge is, and the way to have it removed.
fn badge_made(ui: &mut Ui, desk: &mut Desk<'_>, column: &mut Column, file: &str, free: bool) {
    let plain = desk.words.with("badge-made-do", &[("file", text(file.to_owned()))]);
    let notice = Notice::new(ui, desk.theme, column.width(), Tone::Ask, &desk.say("badge-made"), &plain, None);
    let at = column.take(notice.height());
    notice.draw(ui, desk.theme, at);
    column.gap(desk.theme.size.gap);
    let at = column.take(desk.theme.size.button);
    let printed = Press::new("badge-printed", Kind::Primary, desk.say("badge-file-remove"));
    if press(ui, desk, at, &printed.enabled(free)) {
        desk.tell(What::OnPeople(OnPeople::BadgeFilePrinted));
    }
}

fn heading(ui: &mut Ui, desk: &Desk<'_>, column: &mut Column, words: &str) {
    let style = Style::new(theme::strong(desk.theme.size.large), desk.theme.color.ink).heading();
    write(ui, column, &style, words);
    column.gap(desk.theme.size.gap);
}

/// One person, and all that can be done about them.
fn look(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, person: &Operator) {
    let size = desk.theme.size;
    let free = settings.people.waiting.is_none();
    let mut column = Column::new(rect);
    heading(ui, desk, &mut column, person.name.as_str());
    // Of whoever it was made for, and nobody else.
    let is_theirs = desk.local.badge_of.as_ref().is_none_or(|who| *who == person.id);
    if let (Some(Ok(PeopleDone::BadgeMade { file })), true) = (&settings.people.answer, is_theirs) {
        return badge_made(ui, desk, &mut column, file, free);
    }
    if !desk.local.person_draft.named {
        desk.local.person_draft.name = person.name.to_string();
        desk.local.person_draft.named = true;
    }
    let (wide, keep) = super::beside(column.take(size.grid_button), rect.width() * 0.62, space::ONE);
    name_field(ui, desk, wide, false);
    let name = OperatorName::parse(&desk.local.person_draft.name).ok().filter(|name| *name != person.name);
    let button = Press::new("person-rename", Kind::Second, desk.say("people-rename")).text_size(size.body);
    if press(ui, desk, keep, &button.enabled(free && name.is_some()))
        && let Some(name) = name
    {
        change(desk, PersonChange::Rename { who: person.id.clone(), name });
    }
    column.gap(size.gap);
    let is_manager = person.role == Role::Manager;
    let badge = has_badge(desk, &person.id);
    let role = if is_manager { "people-make-cashier" } else { "people-make-manager" };
    let mut rows = vec![("people-set-pin", PersonStep::Pin), (role, PersonStep::Role)];
    if badge {
        rows.push(("badge-revoke", PersonStep::Revoke));
    }
    rows.push(("people-remove", PersonStep::Remove));
    if is_manager {
        let words = if badge { "badge-replace" } else { "badge-make" };
        let at = column.take(size.grid_button);
        if press(ui, desk, at, &Press::new("badge-make", Kind::Quiet, desk.say(words)).enabled(free)) {
            desk.local.badge_of = Some(person.id.clone());
            change(desk, PersonChange::MakeBadge { who: person.id.clone() });
        }
        column.gap(space::ONE);
    }
    let at = column.take(size.grid_button);
    let own = desk.view.languages.iter().find(|(id, _)| *id == person.id).map(|(_, language)| *language);
    let spoken = own.map_or_else(|| desk.say("people-language-store"), |language| own_name(language).to_owned());
    let label = desk.words.with("people-language", &[("language", text(spoken))]);
    if press(ui, desk, at, &Press::new("person-language", Kind::Quiet, label).enabled(free)) {
        change(desk, PersonChange::SetLanguage { who: person.id.clone(), language: after(own) });
    }
    column.gap(space::ONE);
    for (words, step) in rows {
        let at = column.take(size.grid_button);
        if press(ui, desk, at, &Press::new(words, Kind::Quiet, desk.say(words)).enabled(free)) {
            start(desk, step);
        }
        column.gap(space::ONE);
    }
}

/// The language after that one; after the last the store's again.
fn after(language: Option<Language>) -> Option<Language> {
    let at = language.and_then(|language| Language::ALL.iter().position(|each| *each == language));
    Language::ALL.get(at.map_or(0, |at| at + 1)).copied()
}

fn name_field(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, eager: bool) {
    let label = desk.say("person-name");
    let font = theme::plain(desk.theme.size.body);
    let mut typed = std::mem::take(&mut desk.local.person_draft.name);
    field(ui, desk.theme, rect, &Field { id: "person-name", name: &label, font, limit: 60, eager }, &mut typed);
    desk.local.person_draft.name = typed;
}

fn refusal(desk: &Desk<'_>, settings: &Settings) -> Option<(String, String)> {
    match &settings.people.answer {
        Some(Err(why)) => {
            let message = messages::people(why, 0).say(desk.words);
            Some((message.what_happened, message.what_to_do))
        }
        Some(Ok(_)) | None => None,
    }
}

/// The new PIN's part of a step, with a way back above it.
fn typed_pin(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    column: &mut Column,
    settings: &Settings,
    (role, done): (Role, &str),
) -> Option<crate::domain::Pin> {
    let label = if role == Role::Manager { "new-pin-manager" } else { "new-pin-first" };
    let refused = refusal(desk, settings);
    let asked = entry::NewPin { waiting: settings.people.waiting.is_some(), refused, label, done };
    entry::new_pin(ui, desk, column.rest(), &asked)
}

fn add(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    heading(ui, desk, &mut column, &desk.say("people-add"));
    let named = desk.local.person_draft.named;
    let name = OperatorName::parse(&desk.local.person_draft.name).ok();
    if let (true, Some(name)) = (named, name.clone()) {
        let role = desk.local.person_draft.role;
        let told = [("name", text(name.as_str())), ("role", text(desk.say(role_key(role))))];
        write(ui, &mut column, &quiet(desk.theme), &desk.words.with("people-line", &told));
        column.gap(space::ONE);
        if let Some(pin) = typed_pin(ui, desk, &mut column, settings, (role, "people-add-done")) {
            change(desk, PersonChange::Add { name, role, pin });
        }
        return;
    }
    write(ui, &mut column, &quiet(desk.theme), &desk.say("person-name"));
    column.gap(space::HALF);
    let at = column.take(size.grid_button);
    name_field(ui, desk, at, true);
    column.gap(size.gap);
    let cells = side_by_side(column.take(size.grid_button), 2, space::ONE);
    for (cell, role) in cells.into_iter().zip([Role::Cashier, Role::Manager]) {
        let chosen = desk.local.person_draft.role == role;
        if press(ui, desk, cell, &Press::new(role.as_str(), Kind::Choice(chosen), desk.say(role_key(role)))) {
            desk.local.person_draft.role = role;
        }
    }
    column.gap(size.gap);
    let at = column.take(size.button);
    let next = Press::new("name-next", Kind::Primary, desk.say("person-name-next"));
    let next = next.key(egui::Key::Enter, desk.say("key-enter"));
    if press(ui, desk, at, &next.enabled(name.is_some())) {
        desk.local.person_draft.named = true;
    }
}

fn set_pin(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, person: &Operator) {
    let mut column = Column::new(rect);
    let name = [("name", text(person.name.as_str()))];
    heading(ui, desk, &mut column, &desk.words.with("people-pin-of", &name));
    if let Some(pin) = typed_pin(ui, desk, &mut column, settings, (person.role, "people-set-pin-done")) {
        change(desk, PersonChange::SetPin { who: person.id.clone(), pin });
    }
}

fn set_role(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, person: &Operator) {
    if person.role == Role::Manager {
        return sure(ui, desk, rect, settings, person, Sure::MakeCashier);
    }
    let mut column = Column::new(rect);
    let name = [("name", text(person.name.as_str()))];
    heading(ui, desk, &mut column, &desk.words.with("people-manager-of", &name));
    if let Some(pin) = typed_pin(ui, desk, &mut column, settings, (Role::Manager, "people-make-manager-done")) {
        change(desk, PersonChange::SetRole { who: person.id.clone(), role: Role::Manager, pin: Some(pin) });
    }
}

/// What is asked once more.
#[derive(Clone, Copy)]
enum Sure {
    Remove,
    MakeCashier,
    Revoke,
}

fn sure(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, settings: &Settings, person: &Operator, what: Sure) {
    let size = desk.theme.size;
    let mut column = Column::new(rect);
    let go_at = column.take_bottom(size.button);
    column.gap_bottom(size.gap);
    let (title, about, go) = match what {
        Sure::Remove => ("people-remove-of", "people-remove-about", "people-remove-done"),
        Sure::MakeCashier => ("people-cashier-of", "people-cashier-about", "people-make-cashier-done"),
        Sure::Revoke => ("badge-revoke-of", "badge-revoke-about", "badge-revoke-done"),
    };
    heading(ui, desk, &mut column, &desk.words.with(title, &[("name", text(person.name.as_str()))]));
    write(ui, &mut column, &quiet(desk.theme), &desk.say(about));
    let free = settings.people.waiting.is_none();
    let (no, yes) = super::beside(go_at, rect.width() * 0.4, space::ONE);
    if press(ui, desk, no, &Press::new("sure-no", Kind::Quiet, desk.say("people-keep"))) {
        start(desk, PersonStep::Look);
    }
    if press(ui, desk, yes, &Press::new("sure-yes", Kind::Primary, desk.say(go)).enabled(free)) {
        let who = person.id.clone();
        change(
            desk,
            match what {
                Sure::Remove => PersonChange::Remove { who },
                Sure::MakeCashier => PersonChange::SetRole { who, role: Role::Cashier, pin: None },
                Sure::Revoke => PersonChange::RevokeBadge { who },
            },
        );
    }
}
