//! Writes what was chosen on the screen into the settings file, which stays the one truth.
//!
//! **Everything else in the file stays as it is**: comments, order, blank lines, line ends. **The file is whole at every
//! moment**: the new one is written beside it, brought to the disk and put in its place in one step. **Nothing is written
//! that the program would not read**: the new text is checked like any settings file first.

use std::io::{ErrorKind, Write};
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::Config;
use crate::domain::{CameraChoice, KeepFault, SettingChange};

/// Changes one setting in the file.
///
/// # Errors
/// Why it was not kept; the file is as it was then.
pub fn keep(file: &Path, change: &SettingChange) -> Result<(), KeepFault> {
    // A link is followed, so that the file it leads to is replaced and not the link.
    let file = std::fs::canonicalize(file).map_err(|error| fault_of(&error))?;
    let before = std::fs::metadata(&file).map_err(|error| fault_of(&error))?;
    if before.permissions().readonly() {
        return Err(KeepFault::ReadOnly);
    }
    let text = std::fs::read_to_string(&file).map_err(|error| fault_of(&error))?;
    let changed = changed(&text, change)?;
    if changed == text {
        return Ok(());
    }
    Config::parse(&changed, &file).map_err(|error| {
        tracing::warn!(%error, "a changed setting would not be read");
        KeepFault::Unreadable
    })?;
    replace(&file, &before.permissions(), &changed).map_err(|error| {
        tracing::warn!(%error, "the settings file was not written");
        fault_of(&error)
    })
}

/// The text with the change in it.
fn changed(text: &str, change: &SettingChange) -> Result<String, KeepFault> {
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let is_windows = text.contains("\r\n");
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse().map_err(|_| KeepFault::Unreadable)?;
    match change {
        SettingChange::Camera(choice) => {
            let camera = section(&mut document, "camera")?;
            match choice {
                CameraChoice::First => {
                    set(camera, "source", "device");
                    // Left out it is the same; a key that is there is kept, with its comment.
                    if camera.contains_key("device") {
                        set(camera, "device", "");
                    }
                }
                CameraChoice::Named(name) => {
                    set(camera, "source", "device");
                    set(camera, "device", name);
                }
                CameraChoice::Folder => set(camera, "source", "folder"),
                CameraChoice::Off => set(camera, "source", "off"),
            }
        }
    }
    // The library writes line feeds alone.
    let written = document.to_string().replace("\r\n", "\n");
    let written = if is_windows { written.replace('\n', "\r\n") } else { written };
    Ok(format!("{mark}{written}"))
}

fn section<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut dyn TableLike, KeepFault> {
    document.entry(name).or_insert(Item::Table(Table::new())).as_table_like_mut().ok_or(KeepFault::Unreadable)
}

/// Sets a value; the comment behind the old one stays.
fn set(table: &mut dyn TableLike, key: &str, text: &str) {
    let mut value = Value::from(text);
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

/// Puts a file with that text in this one's place.
fn replace(file: &Path, permissions: &std::fs::Permissions, text: &str) -> std::io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::NotFound)?;
    let mut fresh = tempfile::Builder::new().prefix(".tillback-").suffix(".toml").tempfile_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.as_file().set_permissions(permissions.clone())?;
    fresh.as_file().sync_all()?;
    fresh.persist(file).map_err(|error| error.error)?;
    // The new name is on the disk once the folder is. Folders cannot be opened so on Windows.
    if cfg!(unix) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn fault_of(error: &std::io::Error) -> KeepFault {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => KeepFault::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => KeepFault::DiskFull,
        ErrorKind::NotFound | ErrorKind::InvalidData => KeepFault::Unreadable,
        _ => KeepFault::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{CameraSource, EXAMPLE};

    const LEAST: &str = "# Our till.\n[terminal]\nname = \"FRONT-1\" # by the door\n\n[gateway]\n\
                         environment = \"sandbox\"\nmerchant_no = \"200043\"\nstore_no = \"300014\"\n";

    fn camera(choice: CameraChoice) -> SettingChange {
        SettingChange::Camera(choice)
    }

    fn named(name: &str) -> SettingChange {
        camera(CameraChoice::Named(name.to_owned()))
    }

    /// Every line of the old file, in its order, is a line of the new one, but for these.
    #[track_caller]
    fn check(before: &str, change: &SettingChange, gone: &[&str], new: &[&str]) {
        let after = changed(before, change).unwrap();
        let (old, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        assert_eq!(old.iter().filter(|line| !now.contains(line)).copied().collect::<Vec<_>>(), gone);
        assert_eq!(now.iter().filter(|line| !old.contains(line)).copied().collect::<Vec<_>>(), new);
        Config::parse(&after, Path::new("tillback.toml")).unwrap();
    }

    #[test]
    fn a_camera_is_written_and_all_else_stays() {
        check(LEAST, &named("HD Cam"), &[], &["[camera]", "source = \"device\"", "device = \"HD Cam\""]);
        check(EXAMPLE, &named("HD \"Cam\""), &[], &["source = \"device\"", "device = 'HD \"Cam\"'"]);
        check(EXAMPLE, &camera(CameraChoice::Off), &[], &["source = \"off\""]);
        let with = format!("{LEAST}[camera]\nsource = \"off\"   # none yet\ndevice = \"Old\"\nfolder = \"pictures\"\n");
        check(
            &with,
            &named("New"),
            &["source = \"off\"   # none yet", "device = \"Old\""],
            &["source = \"device\"   # none yet", "device = \"New\""],
        );
        check(
            &with,
            &camera(CameraChoice::Folder),
            &["source = \"off\"   # none yet"],
            &["source = \"folder\"   # none yet"],
        );
        check(&with, &camera(CameraChoice::Off), &[], &[]);
        let inline = format!("camera = {{ source = \"off\" }}\n{LEAST}");
        check(
            &inline,
            &camera(CameraChoice::First),
            &["camera = { source = \"off\" }"],
            &["camera = { source = \"device\" }"],
        );
    }

    #[test]
    fn marks_and_line_ends_of_windows_stay() {
        let windows = format!("\u{feff}{}", LEAST.replace('\n', "\r\n"));
        let after = changed(&windows, &named("Cam")).unwrap();
        assert!(after.starts_with('\u{feff}') && !after.replace("\r\n", "").contains('\n'), "{after:?}");
    }

    #[test]
    fn a_file_is_changed_in_place_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        std::fs::write(&file, EXAMPLE).unwrap();
        keep(&file, &named("HD Cam")).unwrap();
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Device(Some("HD Cam".to_owned())));
        keep(&file, &camera(CameraChoice::First)).unwrap();
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Device(None));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.toml"), folder.path().join("tillback.toml"));
        std::fs::write(&file, LEAST).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&file, &link).unwrap();
        keep(&link, &camera(CameraChoice::Off)).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(Config::load(&file).unwrap().camera.source, CameraSource::Off);
    }

    #[test]
    fn what_cannot_be_kept_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("tillback.toml");
        assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::Unreadable), "not there");
        for broken in ["[camera\n", "[terminal]\nname = \"FRONT-1\"\n", "camera = 5\n"] {
            std::fs::write(&file, broken).unwrap();
            assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::Unreadable), "{broken}");
            assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
        }
        // A folder where there is none: what would be written is not what the program reads.
        std::fs::write(&file, LEAST).unwrap();
        assert_eq!(keep(&file, &camera(CameraChoice::Folder)), Err(KeepFault::Unreadable));
        let mut permissions = std::fs::metadata(&file).unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&file, permissions).unwrap();
        assert_eq!(keep(&file, &named("Cam")), Err(KeepFault::ReadOnly));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), LEAST);
    }
}
