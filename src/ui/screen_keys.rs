//! A keyboard on the screen, for a till that has none: it comes when a finger (or a mouse, where nobody types on keys) goes
//! into a text field, and goes when somebody types on keys, is done, or leaves the field.
//!
//! **It never lies over the field it writes into. No key of a keyboard and so no scanner can press it**: its keys take
//! pointers and screen readers alone, and what it types goes past the scanner's filter, which is for keys. Latin letters;
//! what is written otherwise comes from the system's own input method, with the system's own keyboard.

use egui::{Area, CornerRadius, Event, Id, Key, Modifiers, Order, PointerButton, Rect, Sense, Stroke, StrokeKind, Ui};
use egui::{Role, WidgetInfo, pos2, vec2};

use super::i18n::Words;
use super::keys::{TEXT_FIELDS, field_id};
use super::theme::{self, RADIUS, Theme, space};
use super::widgets::{Icon, icons};
use crate::domain::Timestamp;

/// Whoever typed on keys so short a time ago has some: a click of the mouse brings no others. A shift's quiet quarter.
const KEYS_ARE_THERE_MS: i64 = 15 * 60_000;
/// Rows of keys, the one with the space bar among them.
const ROWS: f32 = 5.0;
/// The widest a key is, in points: a hand's breadth of keys stays together on a wide screen.
const WIDEST_KEY: f32 = 88.0;
/// Where a finger that comes by the way means something else more often than writing: the camera, the list.
const NOT_BY_ITSELF: [&str; 2] = ["scan-number", "refunds-search"];

const LETTERS: [&str; 4] = ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm"];
const SYMBOLS: [&str; 4] = ["!\"#$%&'()*", "+,-./:;<=>", "?@[\\]^_`{|", "}~€£¥¿¡"];
/// One by one: a text of such letters is a word for people to whoever reads the source.
const ACCENTS: [&[char]; 4] = [
    &['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'],
    &['à', 'á', 'â', 'ã', 'ä', 'å', 'æ', 'ç', 'è', 'é', 'ê'],
    &['ë', 'ì', 'í', 'î', 'ï', 'ñ', 'ò', 'ó', 'ô', 'õ', 'ö'],
    &['ø', 'œ', 'ù', 'ú', 'û', 'ü', 'ß'],
];

/// What it is drawn with.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// Colours and sizes.
    pub theme: &'a Theme,
    /// The words on its keys.
    pub words: &'a Words,
    /// Now.
    pub now: Timestamp,
}

impl Look<'_> {
    fn say(&self, key: &str) -> String {
        self.words.say(key)
    }
}

/// Which letters are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Layer {
    #[default]
    Letters,
    Symbols,
    Accents,
}

impl Layer {
    fn rows(self) -> [Vec<char>; 4] {
        match self {
            Self::Letters => LETTERS.map(|row| row.chars().collect()),
            Self::Symbols => SYMBOLS.map(|row| row.chars().collect()),
            Self::Accents => ACCENTS.map(<[char]>::to_vec),
        }
    }
}

/// A key that is no character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Write(char),
    Back,
    Capitals,
    Turn(Layer),
    Done,
}

/// The keyboard, and what it has typed.
#[derive(Debug, Default)]
pub struct ScreenKeys {
    field: Option<Id>,
    /// Where it lay when it was drawn last.
    place: Option<Rect>,
    layer: Layer,
    capitals: bool,
    typed: Vec<Event>,
    keys_at: Option<Timestamp>,
    finger: bool,
    focused: Option<Id>,
}

impl ScreenKeys {
    /// What is left of the input once a scanner's keys were taken out: a person at keys needs none on the screen.
    pub fn hear(&mut self, events: &[Event], now: Timestamp) {
        if events.iter().any(|event| matches!(event, Event::Text(_) | Event::Key { pressed: true, .. })) {
            (self.field, self.keys_at, self.finger) = (None, Some(now), false);
        } else if events.iter().any(|event| matches!(event, Event::Touch { .. })) {
            self.finger = true;
        } else if events.iter().any(|event| matches!(event, Event::PointerButton { .. })) {
            self.finger = false;
        }
    }

    /// What was typed on it since.
    pub fn take_typed(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.typed)
    }

    /// Draws it over the window, where it is wanted.
    pub fn show(&mut self, ui: &Ui, look: Look<'_>, window: Rect) {
        // Asked first: the answer takes the focus from a field that a finger is not on.
        let before = self.field.and_then(|field| ui.ctx().read_response(field));
        self.follow_focus(ui, look.now);
        let opened = || self.field.and_then(|field| ui.ctx().read_response(field));
        let field = before.filter(|field| self.field == Some(field.id)).or_else(opened);
        let Some(field) = field else {
            (self.field, self.place) = (None, None);
            return;
        };
        let place = place(window, field.rect, look.theme.size.grid_button);
        self.place = Some(place);
        let area = Area::new(Id::unique("screen-keys")).order(Order::Foreground).fixed_pos(place.min);
        let area = area.constrain(false).fade_in(false).default_size(place.size());
        let pressed = area.show(ui.ctx(), |ui| self.draw(ui, look, place)).inner;
        if let Some(does) = pressed {
            self.carry_out(does);
            ui.ctx().request_repaint();
        }
    }

    /// Opens and closes with the focus. A finger on its keys takes the focus from the field, which gets it back at once.
    fn follow_focus(&mut self, ui: &Ui, now: Timestamp) {
        let context = ui.ctx();
        // By the events: a finger that was lifted is nowhere any more.
        let on_keys = |event: &Event| match event {
            Event::PointerButton { pos, .. } => self.place.is_some_and(|place| place.contains(*pos)),
            _ => false,
        };
        let on_keys = context.input(|input| input.events.iter().any(on_keys));
        if let Some(field) = self.field.filter(|_| on_keys)
            && context.memory(|memory| memory.focused().is_none())
        {
            context.memory_mut(|memory| memory.request_focus(field));
        }
        let focused = context.memory(|memory| memory.focused());
        let name = TEXT_FIELDS.iter().find(|name| focused == Some(field_id(name)));
        if self.field.is_some() && self.field != focused {
            self.field = None;
        }
        let came = focused != self.focused;
        self.focused = focused;
        let (Some(name), Some(id), None) = (name, focused, self.field) else { return };
        let has_keys = self.keys_at.is_some_and(|at| now.ms_since(at) < KEYS_ARE_THERE_MS);
        let pressed = context.read_response(id).is_some_and(|field| field.clicked_by(PointerButton::Primary));
        let by_itself = came && self.finger && !NOT_BY_ITSELF.contains(name);
        if by_itself || pressed && (self.finger || !has_keys) {
            (self.field, self.layer, self.capitals) = (Some(id), Layer::Letters, false);
            context.request_repaint();
        }
    }

    fn carry_out(&mut self, does: Does) {
        match does {
            Does::Write(character) => {
                self.capitals = false;
                self.typed.push(Event::Text(character.to_string()));
            }
            Does::Back => self.typed.extend([true, false].map(backspace)),
            Does::Capitals => self.capitals = !self.capitals,
            Does::Turn(layer) => self.layer = layer,
            Does::Done => self.field = None,
        }
    }

    fn draw(&self, ui: &mut Ui, look: Look<'_>, place: Rect) -> Option<Does> {
        let color = &look.theme.color;
        let name = look.say("keyboard");
        // Whatever lies below is not pressed through it.
        let ground = ui.interact(place, Id::unique("screen-keys-ground"), Sense::CLICK | Sense::DRAG);
        ground.widget_info(|| WidgetInfo::labeled(Role::Group, true, &name));
        ui.painter().rect_filled(place, CornerRadius::ZERO, color.page);
        ui.painter().hline(place.x_range(), place.min.y + 1.0, Stroke::new(space::LINE, color.outline));
        let high = look.theme.size.grid_button;
        let wide = place.width().min(11.0 * WIDEST_KEY) - 2.0 * space::ONE;
        let left = place.center().x - wide / 2.0;
        let row = |at: f32| {
            Rect::from_min_size(pos2(left, place.min.y + space::ONE + at * (high + space::HALF)), vec2(wide, high))
        };
        let mut pressed = None;
        for (at, letters) in [0.0, 1.0, 2.0, 3.0].into_iter().zip(self.layer.rows()) {
            let keys = self.row_of(&letters, at > 2.0);
            for (cell, does) in cells(row(at), &keys).into_iter().zip(keys) {
                pressed = pressed.or(self.key(ui, look, ("letters", cell), does.0));
            }
        }
        let turn = |layer: Layer| if self.layer == layer { Layer::Letters } else { layer };
        let last = [
            (Does::Turn(turn(Layer::Symbols)), 1.5),
            (Does::Turn(turn(Layer::Accents)), 1.5),
            (Does::Write(' '), 4.0),
            (Does::Write('.'), 1.0),
            (Does::Done, 2.0),
        ];
        for (cell, (does, _)) in cells(row(4.0), &last).into_iter().zip(last) {
            pressed = pressed.or(self.key(ui, look, ("last", cell), does));
        }
        pressed
    }

    /// A row's keys and how wide each is; the last row of letters has the two that are none.
    fn row_of(&self, letters: &[char], is_last: bool) -> Vec<(Does, f32)> {
        let written = letters.iter().map(|letter| (Does::Write(self.case(*letter)), 1.0));
        if !is_last {
            return written.collect();
        }
        std::iter::once((Does::Capitals, 1.5)).chain(written).chain([(Does::Back, 1.5)]).collect()
    }

    fn case(&self, letter: char) -> char {
        if !self.capitals {
            return letter;
        }
        let mut upper = letter.to_uppercase();
        match (upper.next(), upper.next()) {
            (Some(one), None) => one,
            // What has no capital of one letter stays.
            _ => letter,
        }
    }

    fn key(&self, ui: &Ui, look: Look<'_>, (row, cell): (&str, Rect), does: Does) -> Option<Does> {
        let (shown, name) = self.words_of(look, does);
        let enabled = does != Does::Capitals || self.layer != Layer::Symbols;
        // Without a focus of its own: the arrow and Tab keys do not wander through forty of them.
        let response = ui.interact(cell, Id::unique(("screen-key", row, name.as_str())), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &name));
        let color = &look.theme.color;
        let full = does == Does::Done || does == Does::Capitals && self.capitals;
        let pair = if full { color.act } else { theme::Pair { ground: color.card, text: color.ink } };
        let mut ground = if enabled { pair.ground } else { color.page };
        if enabled && response.is_pointer_button_down_on() {
            ground = ground.lerp_to_gamma(color.ink, 0.12);
        }
        let line = Stroke::new(1.0, if full { pair.ground } else { color.outline });
        ui.painter().rect(cell, CornerRadius::same(RADIUS / 2), ground, line, StrokeKind::Inside);
        let ink = if enabled { pair.text } else { color.quiet };
        if does == Does::Back {
            icons::draw(ui.painter(), Icon::Backspace, icons::square(cell.center(), look.theme.size.large * 1.1), ink);
        } else {
            let size = match does {
                Does::Write(letter) if letter != ' ' => look.theme.size.large,
                _ => look.theme.size.body,
            };
            let mut font = theme::strong(size);
            let wide = |font: &egui::FontId| ui.painter().layout_no_wrap(shown.clone(), font.clone(), ink).size().x;
            while wide(&font) > cell.width() - space::ONE && font.size > theme::size::SMALL - 3.0 {
                font.size -= 1.0;
            }
            ui.painter().text(cell.center(), egui::Align2::CENTER_CENTER, &shown, font, ink);
        }
        (enabled && response.clicked()).then_some(does)
    }

    /// What stands on a key, and what it is called.
    fn words_of(&self, look: Look<'_>, does: Does) -> (String, String) {
        let named = |shown: &str, key: &str| (shown.to_owned(), look.say(key));
        match does {
            Does::Write(' ') => (look.say("keyboard-space"), look.say("keyboard-space")),
            Does::Write(letter) => (letter.to_string(), letter.to_string()),
            Does::Back => named("", "keyboard-back"),
            Does::Capitals if self.capitals => named("abc", "keyboard-capitals"),
            Does::Capitals => named(&"abc".to_uppercase(), "keyboard-capitals"),
            Does::Turn(Layer::Letters) => named("abc", "keyboard-letters"),
            Does::Turn(Layer::Symbols) => named("?#&", "keyboard-symbols"),
            Does::Turn(Layer::Accents) => named(&String::from_iter(['é', 'ñ', 'ü']), "keyboard-accents"),
            Does::Done => (look.say("keyboard-done"), look.say("keyboard-done")),
        }
    }
}

const fn backspace(pressed: bool) -> Event {
    Event::Key { key: Key::Backspace, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
}

/// At the bottom of the window, or at its top where the field is too far down. A window of 600 points has room for one of
/// them beside a field anywhere.
fn place(window: Rect, field: Rect, key: f32) -> Rect {
    let high = ROWS * key + (ROWS - 1.0) * space::HALF + 2.0 * space::ONE;
    let bottom = Rect::from_min_max(pos2(window.min.x, window.max.y - high), window.max);
    if field.max.y + space::ONE <= bottom.min.y {
        return bottom;
    }
    Rect::from_min_size(window.min, vec2(window.width(), high))
}

/// A row cut by how wide each key is beside the others.
fn cells(row: Rect, keys: &[(Does, f32)]) -> Vec<Rect> {
    let all: f32 = keys.iter().map(|(_, wide)| wide).sum();
    let gaps = keys.iter().skip(1).map(|_| space::HALF).sum::<f32>();
    let one = (row.width() - gaps) / all.max(1.0);
    let mut left = row.min.x;
    let cell = |(_, wide): &(Does, f32)| {
        let cell = Rect::from_min_size(pos2(left, row.min.y), vec2(one * wide, row.height()));
        left = cell.max.x + space::HALF;
        cell
    };
    keys.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lies_beside_a_field_that_stands_anywhere() {
        for (height, key) in [(600.0, 48.0), (768.0, 56.0), (1080.0, 56.0)] {
            let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(800.0, height));
            for top in 0..600 {
                let field = Rect::from_min_size(pos2(100.0, top as f32), vec2(300.0, key));
                let place = place(window, field, key);
                assert!(window.contains_rect(place) && (!place.intersects(field) || field.max.y > height), "{top}");
            }
        }
    }

    #[test]
    fn every_character_of_a_secret_and_of_a_name_is_on_it() {
        let layers = [Layer::Letters, Layer::Symbols, Layer::Accents];
        let there: String = layers.iter().flat_map(|layer| layer.rows().concat()).collect();
        let capitals = there.to_uppercase();
        for character in ('!'..='~').chain("áéíóúñüçàèùâêîôûëïœÁÉÍÓÚÑÜÇ".chars()) {
            assert!(there.contains(character) || capitals.contains(character), "{character}");
        }
    }
}
