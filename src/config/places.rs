//! Where the settings file and the data are, when nobody says otherwise.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Config, FILE_NAME};

fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "tillback")
}

impl Config {
    /// Where the settings file is, when nobody says otherwise: the user's own, or where there is none and somebody has
    /// written one for every user of this machine, that one.
    pub fn default_file() -> Option<PathBuf> {
        let own = folders().map(|folders| folders.config_dir().join(FILE_NAME));
        choose(own, everyones())
    }

    /// Where data is, when nobody says otherwise. **On this machine**: what Windows lets roam with its user would bring one
    /// till's ledger to another.
    pub fn default_data_folder() -> Option<PathBuf> {
        folders().map(|folders| folders.data_local_dir().to_owned())
    }
}

/// The settings file of every user of this machine.
fn everyones() -> Option<PathBuf> {
    let folder = match cfg!(windows) {
        true => PathBuf::from(std::env::var_os("ProgramData")?),
        false => PathBuf::from("/etc"),
    };
    Some(folder.join("tillback").join(FILE_NAME))
}

fn choose(own: Option<PathBuf>, everyones: Option<PathBuf>) -> Option<PathBuf> {
    if own.as_ref().is_some_and(|own| own.exists()) {
        return own;
    }
    everyones.filter(|file| says_something(file)).or(own)
}

/// Whether there is more in it than comments: a package puts a file there that only explains itself. One that cannot be
/// read says something too, and the error about it is the right one.
fn says_something(file: &Path) -> bool {
    match fs::read_to_string(file) {
        Ok(text) => text.lines().map(str::trim).any(|line| !line.is_empty() && !line.starts_with('#')),
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_file_comes_before_everyones_and_comments_alone_are_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let [own, everyones] = ["own.toml", "everyones.toml"].map(|name| folder.path().join(name));
        let chosen = || choose(Some(own.clone()), Some(everyones.clone()));
        assert_eq!(chosen(), Some(own.clone()), "with neither, the place to write one to");
        fs::write(&everyones, "# [terminal]\n\n   # more\n").unwrap();
        assert_eq!(chosen(), Some(own.clone()));
        fs::write(&everyones, "# ours\n[terminal]\n").unwrap();
        assert_eq!(chosen(), Some(everyones.clone()));
        fs::write(&own, "").unwrap();
        assert_eq!(chosen(), Some(own.clone()));
        assert_eq!(choose(None, None), None);
    }
}
