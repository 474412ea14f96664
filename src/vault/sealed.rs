//! The sealed file: the token under a key that a passphrase gives, or this machine's own number.
//!
//! **A wrong key and a changed file look the same**: XChaCha20-Poly1305 authenticates the token together with whose it is and how
//! it is sealed. **Sealed to the machine is no secret from who can run programs as this user here**: it only keeps a copy
//! of the file (a backup, a lost disk's data partition, a support bundle) from being read elsewhere, and says so.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Secret, VaultError};

/// A sealed token is some 400 bytes.
const MAX_FILE_BYTES: u64 = 16 * 1024;
const VERSION: u32 = 1;
/// More memory than this is no setting of ours but an attack on ours.
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const MAX_PASSES: u32 = 20;

/// What opens the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealedBy {
    /// Words that somebody types at each start.
    Passphrase,
    /// The number of this machine.
    Machine,
}

/// What stands in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealedFile {
    version: u32,
    sealed_by: SealedBy,
    memory_kib: u32,
    passes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

/// What the key is made of.
pub(super) enum KeyMaterial<'a> {
    Passphrase(&'a Secret),
    Machine(&'a str),
}

impl KeyMaterial<'_> {
    const fn kind(&self) -> SealedBy {
        match self {
            Self::Passphrase(_) => SealedBy::Passphrase,
            Self::Machine(_) => SealedBy::Machine,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Passphrase(words) => words.expose().as_bytes(),
            Self::Machine(number) => number.as_bytes(),
        }
    }

    /// Argon2id, memory in KiB and passes. RFC 9106's second recommendation (64 MiB, three passes) for what a person
    /// thinks up; OWASP's least for a machine's number, which no slowness makes a secret.
    const fn cost(&self) -> (u32, u32) {
        match self {
            Self::Passphrase(_) => (64 * 1024, 3),
            Self::Machine(_) => (19 * 1024, 2),
        }
    }

    fn key(&self, salt: &[u8], (memory_kib, passes): (u32, u32)) -> Result<Zeroizing<[u8; 32]>, String> {
        let mut key = Zeroizing::new([0_u8; 32]);
        let params = Params::new(memory_kib, passes, 1, Some(key.len())).map_err(|error| error.to_string())?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(self.bytes(), salt, key.as_mut())
            .map_err(|error| error.to_string())?;
        Ok(key)
    }
}

/// What is authenticated beside the token: a sealed file of another till or another gateway does not open.
fn bound_to(account: &str, by: SealedBy) -> String {
    format!("tillback token {VERSION} {by:?} {account}")
}

fn random<const N: usize>() -> Result<[u8; N], String> {
    let mut bytes = [0_u8; N];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn seal(token: &Secret, account: &str, material: &KeyMaterial<'_>) -> Result<SealedFile, String> {
    let (salt, nonce) = (random::<16>()?, random::<24>()?);
    let cost = material.cost();
    let key = material.key(&salt, cost)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let bound = bound_to(account, material.kind());
    let payload = Payload { msg: token.expose().as_bytes(), aad: bound.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|error| error.to_string())?;
    Ok(SealedFile {
        version: VERSION,
        sealed_by: material.kind(),
        memory_kib: cost.0,
        passes: cost.1,
        salt: hex::encode(salt),
        nonce: hex::encode(nonce),
        sealed: hex::encode(sealed),
    })
}

/// Writes the token sealed, readable by its owner alone; the file is there whole or not at all.
pub(super) fn write(file: &Path, token: &Secret, account: &str, material: &KeyMaterial<'_>) -> Result<(), VaultError> {
    let failed = |what: String| VaultError::Io { file: file.to_owned(), what };
    let sealed = seal(token, account, material).map_err(failed)?;
    let text = toml::to_string(&sealed).map_err(|error| failed(error.to_string()))?;
    write_whole(file, text.as_bytes()).map_err(|error| failed(error.to_string()))
}

/// Temporary file, fsync, rename, fsync of the folder. The temporary file is its owner's alone from its first byte.
pub(super) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = file.parent().unwrap_or_else(|| Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn read_file(file: &Path) -> Result<Option<SealedFile>, VaultError> {
    let Some(text) = super::read_own_file(file, MAX_FILE_BYTES)? else { return Ok(None) };
    let damaged = || VaultError::Damaged { file: file.to_owned() };
    let sealed: SealedFile = toml::from_str(&text).map_err(|_| damaged())?;
    let sane = sealed.version == VERSION && sealed.memory_kib <= MAX_MEMORY_KIB && sealed.passes <= MAX_PASSES;
    if sane { Ok(Some(sealed)) } else { Err(damaged()) }
}

/// What opens the file; nothing when there is none.
pub(super) fn sealed_by(file: &Path) -> Result<Option<SealedBy>, VaultError> {
    Ok(read_file(file)?.map(|sealed| sealed.sealed_by))
}

/// Opens the file; nothing when there is none.
pub(super) fn read(file: &Path, account: &str, material: &KeyMaterial<'_>) -> Result<Option<Secret>, VaultError> {
    let Some(sealed) = read_file(file)? else { return Ok(None) };
    let damaged = || VaultError::Damaged { file: file.to_owned() };
    let wrong_key = || VaultError::WrongKey { file: file.to_owned(), sealed_by: material.kind() };
    let salt = hex::decode(&sealed.salt).map_err(|_| damaged())?;
    let mut nonce = [0_u8; 24];
    hex::decode_to_slice(&sealed.nonce, &mut nonce).map_err(|_| damaged())?;
    let text = hex::decode(&sealed.sealed).map_err(|_| damaged())?;
    let key = material.key(&salt, (sealed.memory_kib, sealed.passes)).map_err(|_| damaged())?;
    let bound = bound_to(account, sealed.sealed_by);
    let payload = Payload { msg: &text, aad: bound.as_bytes() };
    let opened =
        XChaCha20Poly1305::new(&Key::from(*key)).decrypt(&XNonce::from(nonce), payload).map_err(|_| wrong_key())?;
    let opened = Zeroizing::new(String::from_utf8(opened).map_err(|_| damaged())?);
    Secret::parse(&opened).map(Some).ok_or_else(damaged)
}
