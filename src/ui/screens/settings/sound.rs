//! The sound page: how loud, and each sound to be heard with what it says.

use egui::{Rect, Ui};

use crate::domain::{SettingChange, SoundLevel};
use crate::flow::{OnDevices, Settings, Signal, What};
use crate::ui::desk::Desk;
use crate::ui::i18n::{count, text};
use crate::ui::theme::{self, space};
use crate::ui::widgets::{Column, Kind, Notice, Press, Style, Tone, press, quiet, write};

/// A press makes it so much louder or quieter.
const STEP: u8 = 20;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, area: Rect, settings: &Settings) {
    let size = desk.theme.size;
    let level = desk.view.equipment.sound;
    let mut column = Column::new(area);
    super::kept(ui, desk, &mut column, settings);
    if !desk.view.equipment.has_sound {
        let (strong, plain) = (desk.say("sound-none"), super::part(desk, "sound-none", "do"));
        let notice = Notice::new(ui, desk.theme, column.width(), Tone::Tell, &strong, &plain, None);
        let at = column.take_bottom(notice.height());
        column.gap_bottom(size.gap);
        notice.draw(ui, desk.theme, at);
    }
    let strong = Style::new(theme::strong(size.large), desk.theme.color.ink).heading();
    let words = if level.muted {
        desk.say("sound-muted")
    } else {
        desk.words.with("sound-volume", &[("volume", count(usize::from(level.volume)))])
    };
    write(ui, &mut column, &strong, &words);
    column.gap(size.gap);
    let line = column.take(size.grid_button);
    if let Some(changed) = level_buttons(ui, desk, line, level) {
        desk.tell(What::SettingChosen(SettingChange::Sounds(changed)));
    }
    column.gap(space::ONE);
    write(ui, &mut column, &quiet(desk.theme), &desk.say("sound-twin"));
    column.gap(size.gap);
    write(ui, &mut column, &strong, &desk.say("sound-each"));
    column.gap(size.gap);
    let each = [Signal::Read, Signal::Refused, Signal::Done, Signal::Attention].map(|signal| (signal, name_of(signal)));
    for (signal, key) in each {
        let button = Press::new(key, Kind::Quiet, desk.say(key)).text_size(size.body);
        if press(ui, desk, column.take(size.grid_button), &button) {
            desk.tell(What::OnDevices(OnDevices::SoundTried(signal)));
        }
        column.gap(size.gap.min(space::GRID));
    }
    if let Some((_, last)) = desk.view.signal {
        let words = desk.words.with("sound-last", &[("sound", text(desk.say(name_of(last))))]);
        write(ui, &mut column, &quiet(desk.theme), &words);
    }
}

/// What a sound says, in words.
const fn name_of(signal: Signal) -> &'static str {
    match signal {
        Signal::Read => "sound-read",
        Signal::Refused => "sound-refused",
        Signal::Done => "sound-done",
        Signal::Attention | Signal::Torn => "sound-attention",
    }
}

/// Quieter, louder, and off or on.
fn level_buttons(ui: &mut Ui, desk: &mut Desk<'_>, line: Rect, level: SoundLevel) -> Option<SoundLevel> {
    let places = super::super::side_by_side(line, 3, desk.theme.size.gap);
    let place = |at: usize| places.get(at).copied().unwrap_or(line);
    let mut changed = None;
    let quieter = Press::new("quieter", Kind::Quiet, desk.say("sound-quieter")).text_size(desk.theme.size.body);
    if press(ui, desk, place(0), &quieter.enabled(level.volume > 0 && !level.muted)) {
        changed = Some(SoundLevel { volume: level.volume.saturating_sub(STEP), ..level });
    }
    let louder = Press::new("louder", Kind::Quiet, desk.say("sound-louder")).text_size(desk.theme.size.body);
    if press(ui, desk, place(1), &louder.enabled(level.volume < 100 && !level.muted)) {
        changed = Some(SoundLevel { volume: level.volume.saturating_add(STEP).min(100), ..level });
    }
    let mute = Press::new("mute", Kind::Switch(level.muted), desk.say("sound-mute")).text_size(desk.theme.size.body);
    if press(ui, desk, place(2), &mute) {
        changed = Some(SoundLevel { muted: !level.muted, ..level });
    }
    changed
}
