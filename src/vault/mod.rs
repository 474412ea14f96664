//! Where the gateway's API token is kept: the operating system's keyring, else a sealed file; the environment goes before
//! both.
//!
//! **The token is never shown, logged or copied about**: it lives in a [`Secret`], wiped when dropped, whose `Debug` is a
//! row of dots and which has no `Display`. **It never lies on the disk in clear**: a file from which anyone could read it
//! is refused, with the remedy. **A till that runs takes a changed token by itself** ([`Vault::mark`]).

mod keyring;
mod sealed;
#[cfg(test)]
mod tests;

use std::fmt;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

pub use self::keyring::{Keyring, KeyringFault, SystemKeyring};
use self::sealed::KeyMaterial;
pub use self::sealed::SealedBy;
use crate::domain::TokenStore;

/// The environment variable that goes before the vault: for tests, first trials and service managers.
pub const TOKEN_VARIABLE: &str = "TILLBACK_TOKEN";
/// The sealed file's name in the data folder.
pub const SEALED_FILE: &str = "token.sealed";
/// The name of the file in clear that earlier versions read. It is refused now.
const CLEAR_FILE: &str = "token";
/// Changed whenever the token is: a running till looks at it.
const MARK_FILE: &str = "token.mark";
/// The gateway's tokens are about 32 characters; a text beyond this is not one.
pub const MAX_TOKEN_BYTES: u64 = 1024;
/// The fewest characters of a passphrase.
pub const PASSPHRASE_MIN_CHARS: usize = 12;

/// A text that must not be seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a token, without white space at its ends. Printable ASCII only: anything else is not a token but a slip.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let short = u64::try_from(text.len()).is_ok_and(|bytes| bytes <= MAX_TOKEN_BYTES);
        let good = short && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self(Zeroizing::new(text.to_owned())))
    }

    /// Takes a passphrase as it was typed, without the end of its line; none that is shorter than
    /// [`PASSPHRASE_MIN_CHARS`].
    pub fn passphrase(text: &str) -> Option<Self> {
        let text = text.trim_end_matches(['\r', '\n']);
        (text.chars().count() >= PASSPHRASE_MIN_CHARS).then(|| Self(Zeroizing::new(text.to_owned())))
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

/// Where the token was found or put: what `tillback doctor` and `tillback token` say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenSource {
    /// The environment variable.
    Environment,
    /// The operating system's keyring.
    Keyring,
    /// The sealed file.
    Sealed(PathBuf, SealedBy),
}

/// How a new token is to be kept.
#[derive(Debug, Clone)]
pub enum Keeping {
    /// In the keyring.
    Keyring,
    /// In the file, sealed to this machine.
    Machine,
    /// In the file, sealed by a passphrase that is typed at each start.
    Passphrase(Secret),
}

/// Why there is no token. No variant carries any part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It is nowhere.
    #[error("there is no API token yet: give it with `tillback token set`{}", keyring.as_ref().map_or_else(String::new, |fault| format!(" (the system's keyring: {fault})")))]
    Missing {
        /// Why the keyring could not be asked, if it could not.
        keyring: Option<KeyringFault>,
    },
    /// The file waits for its passphrase.
    #[error("the API token in {} is sealed by a passphrase, and nobody has typed it", file.display())]
    Locked {
        /// The file.
        file: PathBuf,
    },
    /// The key does not open the file.
    #[error("{} does not open: {}", file.display(), match sealed_by {
        SealedBy::Passphrase => "the passphrase is wrong, or the file was sealed for another merchant, store or gateway",
        SealedBy::Machine => "it was sealed on another machine, or for another merchant, store or gateway; \
                              give the token again with `tillback token set`",
    })]
    WrongKey {
        /// The file.
        file: PathBuf,
        /// What it was tried with.
        sealed_by: SealedBy,
    },
    /// The file is not what we wrote.
    #[error("{} is damaged: give the token again with `tillback token set`", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
    },
    /// A token in clear.
    #[error("{} holds the API token in clear, which is not read any more: `tillback token set < {}`, then delete it", file.display(), file.display())]
    InClear {
        /// The file.
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
    /// The keyring did not do it.
    #[error("the system's keyring does not answer: {0}")]
    Keyring(KeyringFault),
    /// This machine has no number to seal to.
    #[error("this machine has no number to seal the token to: use a passphrase, `tillback token set --passphrase`")]
    NoMachine,
    /// The operating system's own words.
    #[error("{}: {what}", file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// Its words.
        what: String,
    },
}

/// A number for a machine that has none, such as a container, in proofs. **A release build does not look at it**, and where
/// there is a number of the machine's own it counts for nothing.
pub const MACHINE_VARIABLE: &str = "TILLBACK_MACHINE_NUMBER";

/// What a token can be sealed to here.
fn machine_number() -> Option<Zeroizing<String>> {
    let number = machine_uid::get().ok();
    let is_one = |number: &String| !number.trim().is_empty();
    #[cfg(debug_assertions)]
    let number = number.filter(is_one).or_else(|| std::env::var(MACHINE_VARIABLE).ok());
    number.filter(is_one).map(Zeroizing::new)
}

/// One till's place for one token.
pub struct Vault {
    folder: PathBuf,
    account: String,
    store: TokenStore,
    keyring: Box<dyn Keyring>,
    machine: Option<Zeroizing<String>>,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("folder", &self.folder).field("account", &self.account).finish_non_exhaustive()
    }
}

impl Vault {
    /// The vault of this data folder. `account` says whose token it is (gateway, merchant, store): a token never
    /// serves another.
    pub fn new(folder: &Path, account: &str, store: TokenStore) -> Self {
        Self::with(folder, account, store, Box::new(SystemKeyring), machine_number())
    }

    /// The same with a keyring and a machine of the caller's.
    pub fn with(
        folder: &Path,
        account: &str,
        store: TokenStore,
        keyring: Box<dyn Keyring>,
        machine: Option<Zeroizing<String>>,
    ) -> Self {
        Self { folder: folder.to_owned(), account: account.to_owned(), store, keyring, machine }
    }

    fn sealed_file(&self) -> PathBuf {
        self.folder.join(SEALED_FILE)
    }

    /// The token: from the variable if it is set and not empty, else from the sealed file if there is one, else from the
    /// keyring.
    pub fn read(
        &self,
        variable: Option<&str>,
        passphrase: Option<&Secret>,
    ) -> Result<(Secret, TokenSource), VaultError> {
        if let Some(text) = variable.filter(|text| !text.trim().is_empty()) {
            let place = TOKEN_VARIABLE.to_owned();
            return Secret::parse(text).map(|s| (s, TokenSource::Environment)).ok_or(VaultError::NotAToken { place });
        }
        // The file first: it is there only when it was chosen, and a keyring may take its time.
        if self.store != TokenStore::Keyring
            && let Some(found) = self.read_sealed(passphrase)?
        {
            return Ok(found);
        }
        let asked = match self.store {
            TokenStore::File => Ok(None),
            TokenStore::Keyring | TokenStore::Auto => self.keyring.get(&self.account),
        };
        match asked {
            Ok(Some(secret)) => Ok((secret, TokenSource::Keyring)),
            Err(fault) if self.store == TokenStore::Keyring => Err(VaultError::Keyring(fault)),
            asked => {
                let clear = self.folder.join(CLEAR_FILE);
                if clear.is_file() {
                    return Err(VaultError::InClear { file: clear });
                }
                Err(VaultError::Missing { keyring: asked.err() })
            }
        }
    }

    /// [`Vault::read`] with this process's environment.
    pub fn token(&self, passphrase: Option<&Secret>) -> Result<(Secret, TokenSource), VaultError> {
        let variable = std::env::var(TOKEN_VARIABLE).ok().map(Zeroizing::new);
        self.read(variable.as_ref().map(|text| text.as_str()), passphrase)
    }

    fn read_sealed(&self, passphrase: Option<&Secret>) -> Result<Option<(Secret, TokenSource)>, VaultError> {
        let file = self.sealed_file();
        let Some(by) = sealed::sealed_by(&file)? else { return Ok(None) };
        let material = match by {
            SealedBy::Machine => KeyMaterial::Machine(self.machine.as_ref().ok_or(VaultError::NoMachine)?),
            SealedBy::Passphrase => {
                KeyMaterial::Passphrase(passphrase.ok_or_else(|| VaultError::Locked { file: file.clone() })?)
            }
        };
        let secret = sealed::read(&file, &self.account, &material)?;
        Ok(secret.map(|secret| (secret, TokenSource::Sealed(file, by))))
    }

    /// How a new token is kept when nobody says how: in the keyring if one answers, else sealed to this machine.
    pub fn usual(&self) -> Keeping {
        match self.store {
            TokenStore::Keyring => Keeping::Keyring,
            TokenStore::Auto if self.keyring.get(&self.account).is_ok() => Keeping::Keyring,
            TokenStore::File | TokenStore::Auto => Keeping::Machine,
        }
    }

    /// Whether the configuration allows the sealed file.
    pub fn may_seal(&self) -> bool {
        self.store != TokenStore::Keyring
    }

    /// Keeps a new token in place of any other, and tells running tills.
    pub fn keep(&self, token: &Secret, keeping: &Keeping) -> Result<TokenSource, VaultError> {
        let file = self.sealed_file();
        let seal = |material: KeyMaterial<'_>, by| {
            sealed::write(&file, token, &self.account, &material)?;
            Ok(TokenSource::Sealed(file.clone(), by))
        };
        let kept = match keeping {
            Keeping::Keyring => {
                self.keyring.set(&self.account, token).map_err(VaultError::Keyring)?;
                remove_file(&file)?;
                TokenSource::Keyring
            }
            Keeping::Machine => {
                let number = self.machine.as_ref().ok_or(VaultError::NoMachine)?;
                seal(KeyMaterial::Machine(number), SealedBy::Machine)?
            }
            Keeping::Passphrase(words) => seal(KeyMaterial::Passphrase(words), SealedBy::Passphrase)?,
        };
        if kept != TokenSource::Keyring && self.store == TokenStore::Auto {
            // An old token must not come back when the file goes. A keyring that does not answer keeps nothing for us.
            let _ = self.keyring.remove(&self.account);
        }
        self.change_mark()?;
        Ok(kept)
    }

    /// Removes the token wherever it is kept; true when there was one.
    pub fn forget(&self) -> Result<bool, VaultError> {
        let in_file = remove_file(&self.sealed_file())?;
        let in_keyring = match self.store {
            TokenStore::File => false,
            TokenStore::Auto => self.keyring.remove(&self.account).unwrap_or(false),
            TokenStore::Keyring => self.keyring.remove(&self.account).map_err(VaultError::Keyring)?,
        };
        self.change_mark()?;
        Ok(in_file || in_keyring)
    }

    /// A text that changes whenever the token does. Reading it costs next to nothing.
    pub fn mark(&self) -> String {
        std::fs::read_to_string(self.folder.join(MARK_FILE)).unwrap_or_default()
    }

    fn change_mark(&self) -> Result<(), VaultError> {
        let file = self.folder.join(MARK_FILE);
        let mark = ulid::Ulid::new().to_string();
        sealed::write_whole(&file, mark.as_bytes()).map_err(|error| VaultError::Io { file, what: error.to_string() })
    }
}

fn remove_file(file: &Path) -> Result<bool, VaultError> {
    match std::fs::remove_file(file) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(VaultError::Io { file: file.to_owned(), what: error.to_string() }),
    }
}

/// A small text file that nobody but its owner may read; nothing when there is none.
fn read_own_file(file: &Path, max_bytes: u64) -> Result<Option<Zeroizing<String>>, VaultError> {
    let io = |error: std::io::Error| VaultError::Io { file: file.to_owned(), what: error.to_string() };
    let mut opened = match File::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    // Of the opened file, not of the path: it can't be exchanged in between.
    check_mode(file, &opened.metadata().map_err(io)?)?;
    let mut text = Zeroizing::new(String::new());
    match opened.by_ref().take(max_bytes + 1).read_to_string(&mut text) {
        Ok(length) if u64::try_from(length).unwrap_or(u64::MAX) <= max_bytes => Ok(Some(text)),
        Ok(_) => Err(VaultError::Damaged { file: file.to_owned() }),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(VaultError::Damaged { file: file.to_owned() }),
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
