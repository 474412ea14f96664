//! The key that a till program shows with the sales it posts: 256 random bits, of which only a fingerprint is kept.
//!
//! **The key itself is nowhere on this till**: it is shown once, when it is made. A fingerprint of 256 random bits needs no
//! slow hash.

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Bytes of a key.
const KEY_BYTES: usize = 32;

/// A key, in hex, while it is shown.
pub struct SalesKey(Zeroizing<String>);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The system has no randomness.
    #[error("this system gives no random numbers")]
    NoRandomness,
    /// The fingerprint cannot be kept.
    #[error("the key's fingerprint can't be written: {0}")]
    NotKept(#[from] io::Error),
}

impl std::fmt::Debug for SalesKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SalesKey(…)")
    }
}

impl SalesKey {
    /// Makes a new key and keeps its fingerprint in `file`; any key before it is void.
    pub fn make(file: &Path) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0_u8; KEY_BYTES]);
        getrandom::fill(bytes.as_mut_slice()).map_err(|_| KeyError::NoRandomness)?;
        let key = Self(Zeroizing::new(hex::encode(bytes.as_slice())));
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut kept = tempfile::NamedTempFile::new_in(folder)?;
        io::Write::write_all(&mut kept, fingerprint(&key.0).as_bytes())?;
        kept.as_file().sync_all()?;
        kept.persist(file).map_err(|error| error.error)?;
        Ok(key)
    }

    /// The key, to be shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether that text is the key whose fingerprint `file` holds.
    pub fn is(file: &Path, text: &str) -> bool {
        // Fingerprints may be compared as they come: how far two agree tells nothing about the key behind one.
        fs::read_to_string(file).is_ok_and(|kept| !kept.is_empty() && kept == fingerprint(text))
    }

    /// Forgets the key: nothing is taken any more.
    pub fn remove(file: &Path) -> io::Result<bool> {
        match fs::remove_file(file) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn fingerprint(key: &str) -> String {
    hex::encode(Sha256::digest(key.as_bytes()))
}
