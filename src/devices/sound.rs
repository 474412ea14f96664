//! Four sounds, made here from a few notes and played by the system's own player.
//!
//! **Played by another process**: no sound library is linked, a till without one starts all the same, and a sound system
//! that hangs holds up nothing. **Nothing is said by a sound alone**: each has its twin on the screen. Without a player
//! or a loudspeaker there is silence, and one line in the log.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::domain::SoundLevel;

/// What a sound says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sound {
    /// A code was read: one short high note.
    Read,
    /// Something was refused: two low notes, falling.
    Refused,
    /// The money went back: three notes, rising.
    Done,
    /// Somebody has to look: two notes in turn, twice.
    Attention,
}

impl Sound {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Read, Self::Refused, Self::Done, Self::Attention];

    const fn name(self) -> &'static str {
        match self {
            Self::Read => "read.wav",
            Self::Refused => "refused.wav",
            Self::Done => "done.wav",
            Self::Attention => "attention.wav",
        }
    }

    /// Its notes: hertz and milliseconds. Equal temperament, A4 = 440 Hz: all within what a till's small loudspeaker
    /// gives (300 Hz to 4 kHz) but for the lowest, whose overtones are.
    #[must_use]
    pub const fn notes(self) -> &'static [(f32, u32)] {
        match self {
            // G6.
            Self::Read => &[(1567.98, 110)],
            // E4, B3.
            Self::Refused => &[(329.63, 170), (246.94, 320)],
            // C5, E5, G5: a major chord.
            Self::Done => &[(523.25, 110), (659.26, 110), (783.99, 340)],
            // A5, E5.
            Self::Attention => &[(880.0, 160), (659.26, 160), (880.0, 160), (659.26, 260)],
        }
    }
}

/// Samples a second.
const RATE: u32 = 44_100;
/// So that no note begins or ends with a click.
const EDGE_MS: f32 = 6.0;
/// Each overtone's share: a plain sine is hard to hear in a loud shop.
const OVERTONES: [f32; 3] = [0.62, 0.24, 0.14];
/// The longest sound lasts under a second; a player that is not done by then hangs.
const PATIENCE: Duration = Duration::from_secs(5);
/// More sounds than a person can tell apart are dropped.
const QUEUE: usize = 4;

/// The samples of a sound, from -1 to 1.
#[must_use]
pub fn samples(sound: Sound, volume: u8) -> Vec<f32> {
    // What is heard as half as loud has about a tenth of the power: loudness follows the cube of the setting well enough.
    let share = f32::from(volume.min(100)) / 100.0;
    let level = share * share;
    let mut all = vec![];
    for (hertz, ms) in sound.notes() {
        let count = RATE * ms / 1000;
        let seconds = |at: u32| at_rate(at) / at_rate(RATE);
        for at in 0..count {
            let overtone = |(number, share): (usize, &f32)| {
                let turns = hertz * seconds(at) * f32::from(u8::try_from(number + 1).unwrap_or(1));
                share * (turns * std::f32::consts::TAU).sin()
            };
            let tone: f32 = OVERTONES.iter().enumerate().map(overtone).sum();
            let from_edge = seconds(at.min(count - at)) * 1000.0 / EDGE_MS;
            let fading = 1.0 - 0.6 * at_rate(at) / at_rate(count);
            all.push(tone * from_edge.min(1.0) * fading * level);
        }
    }
    all
}

/// Numbers of samples are far below what an `f32` holds exactly.
fn at_rate(samples: u32) -> f32 {
    #[allow(clippy::cast_precision_loss)]
    let samples = samples as f32;
    samples
}

/// The sound as a WAV file: 16 bits, one channel.
#[must_use]
pub fn wav(sound: Sound, volume: u8) -> Vec<u8> {
    let samples = samples(sound, volume);
    let size = u32::try_from(samples.len() * 2).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(samples.len() * 2 + 44);
    bytes.extend(b"RIFF");
    bytes.extend((size + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    // PCM, one channel; bytes a second, bytes and bits a sample.
    for word in [1_u16, 1] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(RATE.to_le_bytes());
    bytes.extend((RATE * 2).to_le_bytes());
    for word in [2_u16, 16] {
        bytes.extend(word.to_le_bytes());
    }
    bytes.extend(b"data");
    bytes.extend(size.to_le_bytes());
    for sample in samples {
        #[allow(clippy::cast_possible_truncation)]
        let whole = (sample * f32::from(i16::MAX)) as i16;
        bytes.extend(whole.to_le_bytes());
    }
    bytes
}

/// A program that plays a file, and what it is given before the file's name.
type Player = (PathBuf, &'static [&'static str]);

/// The players that systems have, the better first: PipeWire's, PulseAudio's, ALSA's.
const PLAYERS: [(&str, &[&str]); 3] = [("pw-play", &[]), ("paplay", &[]), ("aplay", &["-q"])];

/// The players that are there.
#[must_use]
pub fn players() -> Vec<PathBuf> {
    found_players().into_iter().map(|(path, _)| path).collect()
}

fn found_players() -> Vec<Player> {
    if cfg!(windows) {
        return vec![(PathBuf::from("powershell.exe"), &["-NoProfile", "-NonInteractive", "-Command"])];
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let places = PLAYERS.iter().filter_map(|(name, before)| {
        let found = folders.iter().map(|folder| folder.join(name)).find(|place| place.is_file())?;
        Some((found, *before))
    });
    places.collect()
}

enum Order {
    Play(Sound),
    Level(SoundLevel),
}

/// What sounds, on a thread of its own.
pub struct Sounds {
    orders: Sender<Order>,
}

impl Sounds {
    /// Nothing where the system has no player.
    #[must_use]
    pub fn start(level: SoundLevel) -> Option<Self> {
        Self::with(found_players(), level)
    }

    fn with(players: Vec<Player>, level: SoundLevel) -> Option<Self> {
        if players.is_empty() {
            tracing::warn!("no sound: none of pw-play, paplay and aplay is installed");
            return None;
        }
        let (orders, waiting) = bounded(QUEUE);
        let work = move || run(players, level, &waiting);
        let thread = std::thread::Builder::new().name("sound".to_owned()).spawn(work);
        thread.inspect_err(|error| tracing::warn!(%error, "no sound")).is_ok().then_some(Self { orders })
    }

    /// Never waits; what comes too fast is not heard.
    pub fn play(&self, sound: Sound) {
        let _ = self.orders.try_send(Order::Play(sound));
    }

    /// From now on so loud.
    pub fn set(&self, level: SoundLevel) {
        let _ = self.orders.send_timeout(Order::Level(level), Duration::from_millis(50));
    }
}

fn run(mut players: Vec<Player>, mut level: SoundLevel, orders: &Receiver<Order>) {
    let mut files = Files::default();
    let mut is_heard = true;
    for order in orders {
        match order {
            Order::Level(new) => (level, files) = (new, Files::default()),
            Order::Play(_) if level.muted || level.volume == 0 => {}
            Order::Play(sound) => match files.file(sound, level) {
                Ok(file) => is_heard = play_by_one(&mut players, &file, is_heard),
                Err(error) => tracing::warn!(%error, "a sound could not be made"),
            },
        }
    }
}

/// The sounds as files, for players to open.
#[derive(Default)]
struct Files {
    folder: Option<tempfile::TempDir>,
}

impl Files {
    /// The file of a sound. They are made anew where they are gone: what clears up temporary files takes them away from a
    /// till that runs for weeks.
    fn file(&mut self, sound: Sound, level: SoundLevel) -> std::io::Result<PathBuf> {
        let kept = self.folder.take().filter(|folder| folder.path().join(sound.name()).is_file());
        let folder = match kept {
            Some(folder) => folder,
            None => {
                let folder = tempfile::Builder::new().prefix("tillback-sounds-").tempdir()?;
                write_all(folder.path(), level)?;
                folder
            }
        };
        let file = folder.path().join(sound.name());
        self.folder = Some(folder);
        Ok(file)
    }
}

/// Plays it by the first player that does, which goes first from then on: one of a sound system that is not running fails
/// at once. None is given up for good: a loudspeaker may be plugged in again, and a till that is just starting may be slow.
/// False where none played; that is logged once.
fn play_by_one(players: &mut [Player], file: &Path, was_heard: bool) -> bool {
    let found = players.iter().position(|player| play(player, file));
    match found {
        Some(at) => {
            players.rotate_left(at);
            if at > 0 {
                let player = players.first().map(|(program, _)| program.display().to_string()).unwrap_or_default();
                tracing::info!(player, "sounds are played by another player");
            }
        }
        None if was_heard => tracing::warn!("no player plays anything now; the next sound is tried all the same"),
        None => {}
    }
    found.is_some()
}

fn write_all(folder: &Path, level: SoundLevel) -> std::io::Result<()> {
    Sound::ALL
        .into_iter()
        .try_for_each(|sound| std::fs::File::create(folder.join(sound.name()))?.write_all(&wav(sound, level.volume)))
}

/// True where it was played to its end.
fn play((program, before): &Player, file: &Path) -> bool {
    let mut command = Command::new(program);
    command.args(*before).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if cfg!(windows) {
        let quoted = file.display().to_string().replace('\'', "''");
        command.arg(format!("(New-Object Media.SoundPlayer '{quoted}').PlaySync()"));
    } else {
        command.arg(file);
    }
    without_console(&mut command);
    command.spawn().is_ok_and(wait)
}

/// A console would flash up with each sound on Windows, where the till itself has none.
#[cfg(windows)]
fn without_console(command: &mut Command) {
    use std::os::windows::process::CommandExt;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(CREATE_NO_WINDOW);
}

#[cfg(not(windows))]
fn without_console(_: &mut Command) {}

fn wait(mut child: Child) -> bool {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(ended)) => return ended.success(),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(20)),
            Ok(None) | Err(_) => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How much of one frequency is in some samples (Goertzel), for comparison with another's.
    fn power(samples: &[f32], hertz: f32) -> f32 {
        let turn = 2.0 * (std::f32::consts::TAU * hertz / at_rate(RATE)).cos();
        let (mut one, mut two) = (0.0_f32, 0.0_f32);
        for sample in samples {
            let next = sample + turn * one - two;
            (two, one) = (one, next);
        }
        one.mul_add(one, two * two) - turn * one * two
    }

    #[test]
    fn each_sound_is_its_notes_in_their_order() {
        for sound in Sound::ALL {
            let samples = samples(sound, 100);
            let mut rest = &samples[..];
            for (hertz, ms) in sound.notes() {
                let (note, later) = rest.split_at(usize::try_from(RATE * ms / 1000).unwrap());
                rest = later;
                let others = Sound::ALL.into_iter().flat_map(Sound::notes).map(|(other, _)| *other);
                for other in others.filter(|other| (other / hertz).log2().rem_euclid(1.0).min(0.5) > 0.1) {
                    assert!(power(note, *hertz) > 20.0 * power(note, other), "{sound:?} {hertz} {other}");
                }
            }
            assert!(rest.is_empty());
            assert!(samples.len() < usize::try_from(RATE).unwrap(), "{sound:?} lasts");
        }
    }

    #[test]
    fn no_sound_clips_or_clicks_and_each_is_as_loud_as_it_is_set() {
        for sound in Sound::ALL {
            let loudest = |volume| samples(sound, volume).iter().fold(0.0_f32, |most, one| most.max(one.abs()));
            assert!(loudest(100) <= 1.0 && loudest(100) > 0.5, "{sound:?} {}", loudest(100));
            assert!(loudest(50) < loudest(100) / 2.0 && loudest(50) > 0.0);
            assert!(loudest(0) == 0.0);
            let samples = samples(sound, 100);
            let mut rest = &samples[..];
            for (_, ms) in sound.notes() {
                let (note, later) = rest.split_at(usize::try_from(RATE * ms / 1000).unwrap());
                rest = later;
                let millisecond = 44;
                let ends = note[..millisecond].iter().chain(&note[note.len() - millisecond..]);
                let loudest = ends.fold(0.0_f32, |most, one| most.max(one.abs()));
                assert!(loudest < 0.2, "{sound:?} clicks: {loudest}");
            }
            let bytes = wav(sound, 100);
            assert_eq!(bytes.len(), 44 + samples.len() * 2);
            assert_eq!((&bytes[..4], &bytes[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
        }
    }

    #[cfg(unix)]
    mod player {
        use std::os::unix::fs::PermissionsExt;

        use super::*;

        /// A player that says what it is given in a file, or fails.
        fn player(folder: &Path, name: &str, fails: bool) -> Player {
            let place = folder.join(name);
            let said = folder.join("played");
            let script = format!(
                "#!/bin/sh\nbasename \"$1\" | sed 's/^/{name} /' >> '{}'\nexit {}\n",
                said.display(),
                u8::from(fails)
            );
            std::fs::write(&place, script).unwrap();
            std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
            (place, &[])
        }

        fn played(folder: &Path, lines: usize) -> Vec<String> {
            let deadline = Instant::now() + Duration::from_secs(60);
            loop {
                let said = std::fs::read_to_string(folder.join("played")).unwrap_or_default();
                if said.lines().count() >= lines || Instant::now() > deadline {
                    return said.lines().map(str::to_owned).collect();
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        }

        #[test]
        fn a_player_that_fails_gives_way_to_the_next_and_muted_nothing_is_played() {
            let folder = tempfile::tempdir().unwrap();
            let players = vec![player(folder.path(), "broken", true), player(folder.path(), "good", false)];
            let sounds = Sounds::with(players, SoundLevel::default()).unwrap();
            sounds.play(Sound::Done);
            assert_eq!(played(folder.path(), 2), ["broken done.wav", "good done.wav"]);
            sounds.set(SoundLevel { muted: true, ..SoundLevel::default() });
            sounds.play(Sound::Refused);
            sounds.set(SoundLevel::default());
            sounds.play(Sound::Read);
            assert_eq!(played(folder.path(), 3)[2..], ["good read.wav"]);
        }

        #[test]
        fn a_player_that_failed_once_is_tried_again_and_files_that_were_cleared_away_are_made_anew() {
            let folder = tempfile::tempdir().unwrap();
            let (said, refuses) = (folder.path().join("played"), folder.path().join("refuses"));
            let place = folder.path().join("player");
            let (list, no) = (said.display(), refuses.display());
            let script = format!(
                "#!/bin/sh\ntest -f \"$1\" && test ! -e '{no}'\nended=$?\necho \"$1\" >> '{list}'\nexit $ended\n"
            );
            std::fs::write(&place, script).unwrap();
            std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o755)).unwrap();
            std::fs::write(&refuses, "").unwrap();
            let sounds = Sounds::with(vec![(place, &[])], SoundLevel::default()).unwrap();
            sounds.play(Sound::Done);
            assert_eq!(played(folder.path(), 1).len(), 1);
            std::fs::remove_file(&refuses).unwrap();
            sounds.play(Sound::Done);
            let lines = played(folder.path(), 2);
            let file = Path::new(&lines[1]);
            assert_eq!(lines[0], lines[1]);
            std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
            sounds.play(Sound::Done);
            let lines = played(folder.path(), 3);
            assert!(Path::new(&lines[2]).is_file() && lines[2] != lines[1], "{lines:?}");
        }

        #[test]
        fn without_a_player_there_is_silence() {
            assert!(Sounds::with(vec![], SoundLevel::default()).is_none());
            let sounds = Sounds::with(vec![(PathBuf::from("/nowhere/play"), &[])], SoundLevel::default()).unwrap();
            sounds.play(Sound::Done);
            sounds.play(Sound::Done);
        }
    }
}
