//! The till's account at the gateway as the Settings pages deal with it: the vault keeps the token, a client of its own
//! tries it.
//!
//! **A trial asks about a sale that cannot exist and nothing else.** **In training and in the demo nothing is changed and
//! no token is kept**, whatever the window asks for.

use std::time::Duration;

use super::house::House;
use crate::domain::{GatewayAccount, GatewayTest, NotSentCause, TokenFault, TokenPlace, TypedToken};
use crate::gateway::{ApiToken, Client, ClientSettings, CredentialCheck, Environment, QueryFailure};
use crate::terminal::AccountDesk;
use crate::vault::{Keeping, SealedBy, Secret, TokenSource, Vault, VaultError};

/// How long a manager waits for a trial at most.
const PATIENCE: Duration = Duration::from_secs(15);

/// A store's own account.
pub(super) struct HouseAccount {
    house: House,
}

/// An account that is for practice: on this machine, with a published token.
pub(super) struct PracticeAccount {
    account: GatewayAccount,
    token: &'static str,
}

impl HouseAccount {
    pub(super) const fn new(house: House) -> Self {
        Self { house }
    }

    /// The vault of the account that stands in the settings file now: one that was changed here begins at the next start,
    /// and its token is given before that.
    fn vault(&self) -> Vault {
        self.house.read_again().map_or_else(|_| self.house.vault(), |house| house.vault())
    }

    fn kept_token(&self) -> Result<(Secret, TokenSource), TokenFault> {
        let passphrase = self.house.known_passphrase();
        self.vault().token(passphrase.as_ref()).map_err(|error| fault(&error))
    }
}

impl PracticeAccount {
    pub(super) fn new(url: &str, merchant_no: &str, store_no: &str, token: &'static str) -> Self {
        let account = GatewayAccount {
            environment: url.to_owned(),
            merchant_no: merchant_no.to_owned(),
            store_no: store_no.to_owned(),
        };
        Self { account, token }
    }
}

impl AccountDesk for PracticeAccount {
    fn account(&self) -> GatewayAccount {
        self.account.clone()
    }

    fn may_change(&self) -> bool {
        false
    }

    fn token(&self) -> Result<TokenPlace, TokenFault> {
        Ok(TokenPlace::Sample)
    }

    fn test(&self, _: &GatewayAccount, _: Option<&TypedToken>) -> GatewayTest {
        try_out(&self.account, self.token, true)
    }

    fn keep(&self, _: &TypedToken) -> Result<TokenPlace, TokenFault> {
        Err(TokenFault::NotAllowed)
    }
}

impl AccountDesk for HouseAccount {
    fn account(&self) -> GatewayAccount {
        let gateway = &self.house.config.gateway;
        GatewayAccount {
            environment: gateway.environment.clone(),
            merchant_no: gateway.merchant_no.clone(),
            store_no: gateway.store_no.clone(),
        }
    }

    fn may_change(&self) -> bool {
        !self.house.config.terminal.training
    }

    fn token(&self) -> Result<TokenPlace, TokenFault> {
        self.kept_token().map(|(_, source)| place(&source))
    }

    fn test(&self, account: &GatewayAccount, token: Option<&TypedToken>) -> GatewayTest {
        let training = self.house.config.terminal.training;
        match token {
            Some(token) => try_out(account, token.expose(), training),
            None => match self.kept_token() {
                Ok((secret, _)) => try_out(account, secret.expose(), training),
                Err(why) => GatewayTest::NoToken(why),
            },
        }
    }

    fn keep(&self, token: &TypedToken) -> Result<TokenPlace, TokenFault> {
        if !self.may_change() {
            return Err(TokenFault::NotAllowed);
        }
        let secret = Secret::parse(token.expose()).ok_or(TokenFault::NotAToken)?;
        let vault = self.vault();
        // A token that is sealed by a passphrase stays so: the passphrase was typed at the start.
        let keeping = match (self.kept_token(), self.house.known_passphrase()) {
            (Ok((_, TokenSource::Sealed(_, SealedBy::Passphrase))), Some(words)) => Keeping::Passphrase(words),
            _ => vault.usual(),
        };
        keep_somewhere(&vault, &secret, &keeping).map(|source| place(&source)).map_err(|error| fault(&error))
    }
}

/// In the keyring; where it takes nothing, in the sealed file, if the settings allow it.
pub(super) fn keep_somewhere(vault: &Vault, secret: &Secret, keeping: &Keeping) -> Result<TokenSource, VaultError> {
    match vault.keep(secret, keeping) {
        Err(VaultError::Keyring(fault)) if vault.may_seal() => {
            tracing::warn!(%fault, "the system's keyring does not take the token; the sealed file does");
            vault.keep(secret, &Keeping::Machine)
        }
        kept => kept,
    }
}

const fn place(source: &TokenSource) -> TokenPlace {
    match source {
        TokenSource::Environment => TokenPlace::Variable,
        TokenSource::Keyring => TokenPlace::Keyring,
        TokenSource::Sealed(_, SealedBy::Passphrase) => TokenPlace::SealedByPassphrase,
        TokenSource::Sealed(_, SealedBy::Machine) => TokenPlace::SealedToMachine,
    }
}

fn fault(error: &VaultError) -> TokenFault {
    match error {
        VaultError::Missing { .. } => TokenFault::Missing,
        VaultError::NotAToken { .. } => TokenFault::NotAToken,
        other => TokenFault::NotKept(other.to_string()),
    }
}

/// Signs a question about a sale that cannot exist, and says what came back.
fn try_out(account: &GatewayAccount, token: &str, loopback_only: bool) -> GatewayTest {
    let Ok(token) = ApiToken::parse(token) else { return GatewayTest::NoToken(TokenFault::NotAToken) };
    let environment = match Environment::parse(&account.environment) {
        Ok(environment) => environment,
        Err(why) => return GatewayTest::WrongAccount(why.to_string()),
    };
    let mut settings = ClientSettings::new(environment, &account.merchant_no, &account.store_no, token);
    settings.total_timeout = PATIENCE;
    settings.loopback_only = loopback_only;
    let client = match Client::new(settings) {
        Ok(client) => client,
        Err(why) => return GatewayTest::WrongAccount(why.to_string()),
    };
    match client.check_credentials() {
        CredentialCheck::Accepted => GatewayTest::Accepted,
        CredentialCheck::Refused => GatewayTest::Refused,
        CredentialCheck::Unclear(failure) => match failure {
            QueryFailure::NotReached(NotSentCause::NameNotFound) => GatewayTest::NameNotFound,
            QueryFailure::NotReached(NotSentCause::Unreachable) => GatewayTest::Unreachable,
            QueryFailure::NotReached(NotSentCause::NotTrusted) => GatewayTest::NotTrusted,
            QueryFailure::NotReached(NotSentCause::Configuration) => GatewayTest::WrongAccount(String::new()),
            QueryFailure::NoAnswer => GatewayTest::NoAnswer,
            QueryFailure::AccessDenied => GatewayTest::Refused,
            QueryFailure::Gateway(code) => GatewayTest::Unclear(code),
            QueryFailure::Unreadable | QueryFailure::Mismatch => GatewayTest::Unclear(String::new()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::{SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN, Sandbox, SandboxSettings};

    fn account(environment: &str, store_no: &str) -> GatewayAccount {
        GatewayAccount {
            environment: environment.to_owned(),
            merchant_no: SAMPLE_MERCHANT_NO.to_owned(),
            store_no: store_no.to_owned(),
        }
    }

    #[test]
    fn a_trial_says_what_came_back_and_sends_no_refund() {
        let sandbox = Sandbox::start(SandboxSettings::default()).unwrap();
        let url = sandbox.url();
        let here = |store_no: &str, token: &str| try_out(&account(&url, store_no), token, true);
        assert_eq!(here(SAMPLE_STORE_NO, SAMPLE_TOKEN), GatewayTest::Accepted);
        assert_eq!(here(SAMPLE_STORE_NO, "another-token"), GatewayTest::Refused);
        assert_eq!(here("999999", SAMPLE_TOKEN), GatewayTest::Refused);
        assert_eq!(here(SAMPLE_STORE_NO, "two words"), GatewayTest::NoToken(TokenFault::NotAToken));
        assert!(matches!(here("no number", SAMPLE_TOKEN), GatewayTest::WrongAccount(_)));
        assert!(sandbox.book().is_empty());
        assert!(sandbox.requests().iter().all(|request| request.path.contains("query")), "{:?}", sandbox.requests());
    }

    #[test]
    fn where_nobody_answers_it_says_how_far_it_came() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let closed = format!("http://{}", free.local_addr().unwrap());
        drop(free);
        let ask = |environment: &str, training| try_out(&account(environment, SAMPLE_STORE_NO), SAMPLE_TOKEN, training);
        assert_eq!(ask(&closed, true), GatewayTest::Unreachable);
        assert!(matches!(ask("http://example.com", false), GatewayTest::WrongAccount(_)));
        // In training not even a trial leaves this machine.
        assert!(matches!(ask("production", true), GatewayTest::WrongAccount(why) if why.contains("training")));
    }

    #[test]
    fn in_practice_nothing_is_kept() {
        let practice = PracticeAccount::new("http://127.0.0.1:9", SAMPLE_MERCHANT_NO, SAMPLE_STORE_NO, SAMPLE_TOKEN);
        assert!(!practice.may_change());
        assert_eq!(practice.keep(&TypedToken::new("abc")), Err(TokenFault::NotAllowed));
    }
}
