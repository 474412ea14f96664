//! A folder of pictures in the place of a camera: for demonstrations, training and tests.
//!
//! **Every picture is checked and scaled as a camera's frame would be; one that cannot be read is passed over, never a
//! fault.** Pictures follow each other in the order of their names; one that is new in the folder is shown next. An
//! empty folder shows grey, and lives.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::luma;
use super::protocol::{CameraFault, FaultKind};
use crate::scan::symbol::LumaFrame;

/// Largest file that is looked at, in bytes.
const MAX_FILE_BYTES: u64 = 32 << 20;
/// Most pictures of a folder.
const MAX_PICTURES: usize = 10_000;
/// How often the folder is looked at for new pictures.
const LOOK_EVERY: Duration = Duration::from_millis(400);
/// What is shown while there is nothing to show.
const EMPTY: (u32, u32) = (640, 360);

/// The folder being played.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    picture_time: Duration,
    known: BTreeSet<String>,
    showing: Option<String>,
    frame: LumaFrame,
    since: Instant,
    looked: Instant,
}

/// One frame of it.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) frame: LumaFrame,
    /// The picture's name, when it has just come up.
    pub(super) new: Option<String>,
}

impl Folder {
    /// Opens the folder, to go on after the picture `shown_last`.
    pub(super) fn open(
        path: &Path,
        picture_time: Duration,
        shown_last: Option<String>,
        now: Instant,
    ) -> Result<Self, CameraFault> {
        let known = pictures(path)?;
        let frame = blank()?;
        Ok(Self {
            path: path.to_owned(),
            picture_time,
            known,
            showing: shown_last,
            frame,
            // The first picture is due at once.
            since: now.checked_sub(picture_time).unwrap_or(now),
            looked: now,
        })
    }

    /// What is to be seen now.
    pub(super) fn frame(&mut self, now: Instant) -> Result<Shown, CameraFault> {
        let mut next = None;
        if now.saturating_duration_since(self.looked) >= LOOK_EVERY {
            self.looked = now;
            let there = pictures(&self.path)?;
            next = there.difference(&self.known).next().cloned();
            self.known = match &next {
                // Others that are new as well stay unknown until it is their turn.
                Some(name) => {
                    there.iter().filter(|known| self.known.contains(*known) || *known == name).cloned().collect()
                }
                None => there,
            };
        }
        if next.is_none() && now.saturating_duration_since(self.since) >= self.picture_time {
            next = self.following();
        }
        let Some(name) = next else { return Ok(Shown { frame: self.frame.clone(), new: None }) };
        self.since = now;
        self.showing = Some(name.clone());
        self.frame = match read(&self.path.join(&name)) {
            Some(frame) => frame,
            None => {
                // Being written, or no picture: on to the next after the next look at the folder.
                self.since = now.checked_sub(self.picture_time.saturating_sub(LOOK_EVERY)).unwrap_or(now);
                blank()?
            }
        };
        Ok(Shown { frame: self.frame.clone(), new: Some(name) })
    }

    /// The picture after the one that is shown, or the first.
    fn following(&self) -> Option<String> {
        let after = self.showing.as_ref().and_then(|showing| self.known.iter().find(|name| *name > showing));
        after.or_else(|| self.known.first()).cloned()
    }
}

fn blank() -> Result<LumaFrame, CameraFault> {
    let pixels = usize::try_from(EMPTY.0 * EMPTY.1).unwrap_or(0);
    LumaFrame::new(EMPTY.0, EMPTY.1, vec![128; pixels]).map_err(|error| CameraFault::new(FaultKind::Folder, error))
}

/// The names of the PNG and JPEG files in the folder.
fn pictures(path: &Path) -> Result<BTreeSet<String>, CameraFault> {
    let entries = fs::read_dir(path)
        .map_err(|error| CameraFault::new(FaultKind::Folder, format_args!("{}: {error}", path.display())))?;
    let is_picture = |name: &String| {
        let lower = name.to_ascii_lowercase();
        !name.starts_with('.') && [".png", ".jpg", ".jpeg"].iter().any(|ending| lower.ends_with(ending))
    };
    Ok(entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(is_picture)
        .take(MAX_PICTURES)
        .collect())
}

fn read(path: &Path) -> Option<LumaFrame> {
    if fs::metadata(path).ok()?.len() > MAX_FILE_BYTES {
        return None;
    }
    LumaFrame::from_image_bytes(&fs::read(path).ok()?).ok().map(luma::fit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, name: &str, grey: u8) {
        let part = folder.join(format!(".{name}.part"));
        image::GrayImage::from_pixel(40, 30, image::Luma([grey]))
            .save_with_format(&part, image::ImageFormat::Png)
            .unwrap();
        fs::rename(part, folder.join(name)).unwrap();
    }

    /// Plays the folder at ten frames a second; the names in the order they come up.
    fn play(folder: &mut Folder, start: Instant, frames: std::ops::Range<u64>) -> Vec<String> {
        frames.filter_map(|at| folder.frame(start + Duration::from_millis(100 * at)).unwrap().new).collect()
    }

    #[test]
    fn pictures_follow_each_other_in_a_circle_and_a_new_one_comes_next() {
        let room = tempfile::tempdir().unwrap();
        for (name, grey) in [("b.png", 20), ("a.png", 10), ("c.PNG", 30)] {
            put(room.path(), name, grey);
        }
        fs::write(room.path().join("notes.txt"), "no picture").unwrap();
        let start = Instant::now();
        let time = Duration::from_millis(1500);
        let mut folder = Folder::open(room.path(), time, None, start).unwrap();
        assert_eq!(play(&mut folder, start, 0..50), ["a.png", "b.png", "c.PNG", "a.png"]);
        assert_eq!(folder.frame.pixels()[0], 10);
        put(room.path(), "aa.png", 15);
        put(room.path(), "z.png", 40);
        assert_eq!(play(&mut folder, start, 50..60), ["aa.png", "z.png"]);
        assert_eq!(play(&mut folder, start, 60..95), ["a.png", "aa.png"]);
        let mut again = Folder::open(room.path(), time, Some("aa.png".into()), start).unwrap();
        assert_eq!(play(&mut again, start, 0..1), ["b.png"]);
    }

    #[test]
    fn a_broken_picture_is_passed_over_and_an_empty_folder_lives() {
        let room = tempfile::tempdir().unwrap();
        let start = Instant::now();
        let mut folder = Folder::open(room.path(), Duration::from_secs(1), None, start).unwrap();
        assert_eq!(play(&mut folder, start, 0..20), [""; 0]);
        fs::write(room.path().join("a.png"), b"\x89PNG broken").unwrap();
        put(room.path(), "b.png", 10);
        let names = play(&mut folder, start, 20..30);
        assert!(names.starts_with(&["a.png".into(), "b.png".into()]), "{names:?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_fault() {
        let fault =
            Folder::open(Path::new("/nowhere/at/all"), Duration::from_secs(1), None, Instant::now()).unwrap_err();
        assert_eq!(fault.kind, FaultKind::Folder);
    }
}
