//! The operating system's keyring: Credential Manager on Windows, the Secret Service on Linux.
//!
//! **It may never answer** (a prompt nobody sees, a service that hangs): every call has a deadline, on a thread of its own.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use zeroize::Zeroizing;

use super::Secret;

/// The name under which the keyring shows our entries.
const SERVICE: &str = "tillback";
/// Long enough for somebody to answer the keyring's own prompt.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why the keyring did not do it, in its own words; never any part of what it keeps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeyringFault(pub String);

/// A keyring, the system's or a test's.
pub trait Keyring: Send + Sync {
    /// The token kept for this account, if there is one.
    fn get(&self, account: &str) -> Result<Option<Secret>, KeyringFault>;
    /// Keeps it.
    fn set(&self, account: &str, token: &Secret) -> Result<(), KeyringFault>;
    /// Removes it; true when there was one.
    fn remove(&self, account: &str) -> Result<bool, KeyringFault>;
}

/// The operating system's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemKeyring;

fn in_time<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, keyring::Error> + Send + 'static,
) -> Result<Option<T>, KeyringFault> {
    let (sender, receiver) = sync_channel(1);
    let run = move || {
        // Nobody may be waiting any more: then the answer is dropped, and wiped with it.
        let _ = sender.send(work());
    };
    let started = std::thread::Builder::new().name("keyring".to_owned()).spawn(run);
    started.map_err(|error| KeyringFault(error.to_string()))?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(value)) => Ok(Some(value)),
        Ok(Err(keyring::Error::NoEntry)) => Ok(None),
        // The library's own text, but for the variants that carry what was kept.
        Ok(Err(keyring::Error::BadEncoding(_) | keyring::Error::BadDataFormat(..))) => {
            Err(KeyringFault("what it keeps for us cannot be read".to_owned()))
        }
        Ok(Err(keyring::Error::Invalid(_, why))) => Err(KeyringFault(why)),
        Ok(Err(error)) => Err(KeyringFault(error.to_string())),
        Err(RecvTimeoutError::Timeout) => Err(KeyringFault(format!("no answer within {} s", PATIENCE.as_secs()))),
        Err(RecvTimeoutError::Disconnected) => Err(KeyringFault("it failed".to_owned())),
    }
}

fn entry(account: &str) -> Result<keyring::Entry, keyring::Error> {
    if let Err(error) = keyring::Entry::store_status() {
        return Err(keyring::Error::Invalid("keyring".to_owned(), error.to_string()));
    }
    keyring::Entry::new(SERVICE, account)
}

impl Keyring for SystemKeyring {
    fn get(&self, account: &str) -> Result<Option<Secret>, KeyringFault> {
        let account = account.to_owned();
        let text = in_time(move || entry(&account)?.get_password().map(Zeroizing::new))?;
        match text {
            None => Ok(None),
            Some(text) => {
                Secret::parse(&text).map(Some).ok_or_else(|| KeyringFault("what it keeps is no API token".to_owned()))
            }
        }
    }

    fn set(&self, account: &str, token: &Secret) -> Result<(), KeyringFault> {
        let (account, token) = (account.to_owned(), token.clone());
        let kept = in_time(move || entry(&account)?.set_password(token.expose()))?;
        kept.ok_or_else(|| KeyringFault("it has no place for it".to_owned()))
    }

    fn remove(&self, account: &str) -> Result<bool, KeyringFault> {
        let account = account.to_owned();
        Ok(in_time(move || entry(&account)?.delete_credential())?.is_some())
    }
}
