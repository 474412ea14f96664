//! The vault without the machine's own keyring: what is found where, what refuses to open, and what never shows.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::*;

const CANARY: &str = "sample-canary-5f1d";
const OWNER: &str = "sandbox 200043 300014";

/// A keyring in memory, which may be out of order.
#[derive(Clone, Default)]
struct Pocket {
    kept: Arc<Mutex<HashMap<String, Secret>>>,
    broken: bool,
}

impl Pocket {
    fn open(&self) -> Result<std::sync::MutexGuard<'_, HashMap<String, Secret>>, KeyringFault> {
        if self.broken { Err(KeyringFault("no bus".to_owned())) } else { Ok(self.kept.lock().unwrap()) }
    }
}

impl Keyring for Pocket {
    fn get(&self, account: &str) -> Result<Option<Secret>, KeyringFault> {
        Ok(self.open()?.get(account).cloned())
    }

    fn set(&self, account: &str, token: &Secret) -> Result<(), KeyringFault> {
        self.open()?.insert(account.to_owned(), token.clone());
        Ok(())
    }

    fn remove(&self, account: &str) -> Result<bool, KeyringFault> {
        Ok(self.open()?.remove(account).is_some())
    }
}

struct Bench {
    folder: tempfile::TempDir,
    pocket: Pocket,
}

impl Bench {
    fn new(broken: bool) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), pocket: Pocket { broken, ..Pocket::default() } }
    }

    fn vault_of(&self, account: &str, machine: &str) -> Vault {
        let number = Some(Zeroizing::new(machine.to_owned()));
        Vault::with(self.folder.path(), account, TokenStore::Auto, Box::new(self.pocket.clone()), number)
    }

    fn vault(&self) -> Vault {
        self.vault_of(OWNER, "machine-1")
    }
}

fn token() -> Secret {
    Secret::parse(CANARY).unwrap()
}

fn words() -> Secret {
    Secret::passphrase("four words of a song\n").unwrap()
}

#[test]
fn the_variable_goes_first_and_nothing_shows_the_token() {
    let bench = Bench::new(false);
    let (secret, source) = bench.vault().read(Some(" sample-canary \n"), None).unwrap();
    assert_eq!((secret.expose(), source), ("sample-canary", TokenSource::Environment));
    assert!(!format!("{secret:?} {:?}", bench.vault()).contains("canary"));
    let wrong = bench.vault().read(Some("two words-canary"), None).unwrap_err();
    assert!(!format!("{wrong} {wrong:?}").contains("canary"));
    let missing = bench.vault().read(Some("  "), None).unwrap_err();
    assert!(missing.to_string().contains("tillback token set"), "{missing}");
}

#[test]
fn the_keyring_goes_before_a_new_file_and_a_broken_one_leads_to_it() {
    let bench = Bench::new(false);
    let vault = bench.vault();
    assert!(matches!(vault.usual(), Keeping::Keyring));
    assert_eq!(vault.keep(&token(), &vault.usual()).unwrap(), TokenSource::Keyring);
    assert_eq!(vault.read(None, None).unwrap(), (token(), TokenSource::Keyring));
    assert!(!bench.folder.path().join(SEALED_FILE).exists());
    let broken = Bench::new(true);
    let vault = broken.vault();
    assert!(matches!(vault.usual(), Keeping::Machine));
    let kept = vault.keep(&token(), &vault.usual()).unwrap();
    assert!(matches!(kept, TokenSource::Sealed(_, SealedBy::Machine)));
    assert_eq!(vault.read(None, None).unwrap(), (token(), kept));
}

#[test]
fn one_place_keeps_it_at_a_time_and_forgetting_forgets_all() {
    let bench = Bench::new(false);
    let vault = bench.vault();
    vault.keep(&token(), &Keeping::Keyring).unwrap();
    let newer = Secret::parse("newer-token").unwrap();
    let before = vault.mark();
    vault.keep(&newer, &Keeping::Machine).unwrap();
    assert_ne!(vault.mark(), before);
    assert!(bench.pocket.kept.lock().unwrap().is_empty());
    vault.keep(&token(), &Keeping::Keyring).unwrap();
    assert!(!bench.folder.path().join(SEALED_FILE).exists());
    assert!(vault.forget().unwrap() && !vault.forget().unwrap());
    assert_eq!(vault.read(None, None).unwrap_err(), VaultError::Missing { keyring: None });
}

#[test]
fn a_passphrase_opens_and_nothing_else_does() {
    let bench = Bench::new(true);
    let vault = bench.vault();
    vault.keep(&token(), &Keeping::Passphrase(words())).unwrap();
    assert!(matches!(vault.read(None, None), Err(VaultError::Locked { .. })));
    assert_eq!(vault.read(None, Some(&words())).unwrap().0, token());
    let other = Secret::passphrase("four words of a tune").unwrap();
    assert!(matches!(vault.read(None, Some(&other)), Err(VaultError::WrongKey { .. })));
    let stranger = bench.vault_of("production 200043 300014", "machine-1");
    assert!(matches!(stranger.read(None, Some(&words())), Err(VaultError::WrongKey { .. })));
    assert_eq!(Secret::passphrase("eleven char"), None);
}

#[test]
fn sealed_to_one_machine_it_opens_on_no_other() {
    let bench = Bench::new(true);
    bench.vault().keep(&token(), &Keeping::Machine).unwrap();
    let elsewhere = bench.vault_of(OWNER, "machine-2").read(None, None);
    assert!(matches!(elsewhere, Err(VaultError::WrongKey { sealed_by: SealedBy::Machine, .. })), "{elsewhere:?}");
}

/// Every byte of the file: changed, it opens to nothing else than the token, and never panics.
#[test]
fn a_changed_file_opens_to_nothing() {
    let bench = Bench::new(true);
    bench.vault().keep(&token(), &Keeping::Machine).unwrap();
    let file = bench.folder.path().join(SEALED_FILE);
    let whole = std::fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&whole).contains(CANARY));
    assert!(!String::from_utf8_lossy(&whole).contains(&hex::encode(CANARY)));
    for at in (0..whole.len()).step_by(3) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        std::fs::write(&file, bytes).unwrap();
        let found = bench.vault().read(None, None);
        assert!(found.as_ref().map_or(true, |(secret, _)| *secret == token()), "byte {at}: {found:?}");
    }
    std::fs::write(&file, "x".repeat(100_000)).unwrap();
    assert!(matches!(bench.vault().read(None, None), Err(VaultError::Damaged { .. })));
}

#[cfg(unix)]
#[test]
fn files_that_others_may_read_and_files_in_clear_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new(true);
    bench.vault().keep(&token(), &Keeping::Machine).unwrap();
    let file = bench.folder.path().join(SEALED_FILE);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    for (mode, good) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o644, false)] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(bench.vault().read(None, None).is_ok(), good, "{mode:o}");
    }
    std::fs::remove_file(&file).unwrap();
    std::fs::write(bench.folder.path().join(CLEAR_FILE), CANARY).unwrap();
    let refused = bench.vault().read(None, None).unwrap_err();
    assert!(matches!(refused, VaultError::InClear { .. }) && !refused.to_string().contains("canary"), "{refused}");
}
