//! Where the gateway's API token comes from: the environment, or a file that only its owner may read.
//!
//! **The token is never shown, logged or copied about**: it lives in a [`Secret`], wiped when dropped, whose `Debug` is a
//! row of dots and which has no `Display`. **A file that others may read is refused**, with the remedy.

use std::fmt;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

/// The environment variable that goes before the vault: for tests and first trials.
pub const TOKEN_VARIABLE: &str = "TILLBACK_TOKEN";
/// The file's name in the data folder.
pub const TOKEN_FILE: &str = "token";
/// The gateway's tokens are about 32 characters; a file beyond this is not one.
const MAX_TOKEN_BYTES: u64 = 1024;

/// A text that must not be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes it, without white space at its ends. Printable ASCII only: anything else is not a token but a slip.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let good = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// The text, for the one place that signs with it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(\u{2022}\u{2022}\u{2022}\u{2022})")
    }
}

/// Where the token was found: what `tillback doctor` says. The system's keyring will be one more of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The environment variable.
    Environment,
    /// The file.
    File(PathBuf),
}

/// Why there is no token. No variant carries any part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Neither variable nor file.
    #[error("no API token: set {TOKEN_VARIABLE}, or write it to {} and run: chmod 600 {}", file.display(), file.display())]
    Missing {
        /// Where the file would be.
        file: PathBuf,
    },
    /// Others than its owner may read the file.
    #[error("{} may be read by others (mode {mode:03o}); run: chmod 600 {}", file.display(), file.display())]
    TooOpen {
        /// The file.
        file: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// What stands there is no token.
    #[error("{place} does not hold an API token: it must be one line of letters, digits and signs")]
    NotAToken {
        /// The variable or the file.
        place: String,
    },
    /// The operating system's own words.
    #[error("{} cannot be read: {what}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Its words.
        what: String,
    },
}

/// The token, from the environment variable if it is set and not empty, else from the file in the data folder.
pub fn token_from(variable: Option<&str>, data_folder: &Path) -> Result<(Secret, TokenSource), VaultError> {
    if let Some(text) = variable.filter(|text| !text.trim().is_empty()) {
        let place = TOKEN_VARIABLE.to_owned();
        return Secret::parse(text).map(|s| (s, TokenSource::Environment)).ok_or(VaultError::NotAToken { place });
    }
    let file = data_folder.join(TOKEN_FILE);
    let secret = read_file(&file)?;
    Ok((secret, TokenSource::File(file)))
}

/// [`token_from`] with this process's environment.
pub fn token(data_folder: &Path) -> Result<(Secret, TokenSource), VaultError> {
    let variable = std::env::var(TOKEN_VARIABLE).ok().map(Zeroizing::new);
    token_from(variable.as_ref().map(|text| text.as_str()), data_folder)
}

fn read_file(file: &Path) -> Result<Secret, VaultError> {
    use std::io::Read;
    let io = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => VaultError::Missing { file: file.to_owned() },
        _ => VaultError::Io { file: file.to_owned(), what: error.to_string() },
    };
    let mut opened = std::fs::File::open(file).map_err(io)?;
    // Of the opened file, not of the path: it can't be exchanged in between.
    check_mode(file, &opened.metadata().map_err(io)?)?;
    let mut text = Zeroizing::new(String::with_capacity(usize::try_from(MAX_TOKEN_BYTES).unwrap_or(0) + 1));
    let not_a_token = || VaultError::NotAToken { place: file.display().to_string() };
    let read = opened.by_ref().take(MAX_TOKEN_BYTES + 1).read_to_string(&mut text);
    match read {
        Ok(length) if u64::try_from(length).unwrap_or(u64::MAX) <= MAX_TOKEN_BYTES => {
            Secret::parse(&text).ok_or_else(not_a_token)
        }
        Ok(_) => Err(not_a_token()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => Err(not_a_token()),
        Err(error) => Err(io(error)),
    }
}

#[cfg(unix)]
fn check_mode(file: &Path, data: &std::fs::Metadata) -> Result<(), VaultError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = data.permissions().mode() & 0o777;
    if mode & 0o077 == 0 { Ok(()) } else { Err(VaultError::TooOpen { file: file.to_owned(), mode }) }
}

/// Windows gives a file in the user's own data folder to that user alone.
#[cfg(not(unix))]
fn check_mode(_file: &Path, _data: &std::fs::Metadata) -> Result<(), VaultError> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_goes_first_and_nothing_shows_the_token() {
        let folder = tempfile::tempdir().unwrap();
        let (secret, source) = token_from(Some(" sample-canary \n"), folder.path()).unwrap();
        assert_eq!((secret.expose(), source), ("sample-canary", TokenSource::Environment));
        assert!(!format!("{secret:?}").contains("canary"));
        let wrong = token_from(Some("two words-canary"), folder.path()).unwrap_err();
        assert!(!format!("{wrong} {wrong:?}").contains("canary"));
        let missing = token_from(Some("  "), folder.path()).unwrap_err();
        assert!(missing.to_string().contains("chmod 600"), "{missing}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(TOKEN_FILE);
        std::fs::write(&file, "sample-canary\n").unwrap();
        for (mode, good) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o644, false)] {
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
            let found = token_from(None, folder.path());
            assert_eq!(found.is_ok(), good, "{mode:o}");
            assert!(found.map_or_else(|e| e.to_string().contains("chmod 600"), |(s, _)| s.expose() == "sample-canary"));
        }
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        for text in ["", "a b", "x\ny", &"x".repeat(2000)] {
            std::fs::write(&file, text).unwrap();
            assert!(matches!(token_from(None, folder.path()), Err(VaultError::NotAToken { .. })), "{text:?}");
        }
    }
}
