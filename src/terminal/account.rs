//! What the till does for the Settings pages of the gateway and of the rules: tries an account out, keeps a token, takes
//! changed settings over.
//!
//! **A token is given on by [`AccountDesk`] and held nowhere here.** **Whether somebody may is the ledger's to say.**

use super::duties::Duties;
use crate::domain::{Act, GatewayAccount, GatewayTest, HouseFault, OperatorId, TokenFault, TokenPlace, TypedToken};
use crate::flow::{KeptSetting, OnSettings, Turn, What};
use crate::ledger::{AuditFact, Ledger};

/// The till's account at the gateway and its token, as the settings pages deal with them.
pub trait AccountDesk: Send + Sync {
    /// The account this till works with now.
    fn account(&self) -> GatewayAccount;

    /// Whether account and token may be changed here; in training and in the demo they may not.
    fn may_change(&self) -> bool;

    /// Where the token is kept. May take as long as the system's keyring takes.
    fn token(&self) -> Result<TokenPlace, TokenFault>;

    /// Signs a harmless question for that account, with that token or the kept one, and says what came back.
    fn test(&self, account: &GatewayAccount, token: Option<&TypedToken>) -> GatewayTest;

    /// Keeps a new token in place of the old one.
    fn keep(&self, token: &TypedToken) -> Result<TokenPlace, TokenFault>;
}

/// A till whose account is nobody's to look at: a test's.
struct NoAccount;

impl AccountDesk for NoAccount {
    fn account(&self) -> GatewayAccount {
        GatewayAccount::default()
    }

    fn may_change(&self) -> bool {
        false
    }

    fn token(&self) -> Result<TokenPlace, TokenFault> {
        Err(TokenFault::Missing)
    }

    fn test(&self, _: &GatewayAccount, _: Option<&TypedToken>) -> GatewayTest {
        GatewayTest::NoToken(TokenFault::Missing)
    }

    fn keep(&self, _: &TypedToken) -> Result<TokenPlace, TokenFault> {
        Err(TokenFault::NotAllowed)
    }
}

/// No account to deal with.
pub(super) fn none() -> Box<dyn AccountDesk> {
    Box::new(NoAccount)
}

/// The word for a place in the record; the command line writes the same.
pub const fn place_word(place: TokenPlace) -> &'static str {
    match place {
        TokenPlace::Variable => "environment",
        TokenPlace::Sample => "sample",
        TokenPlace::Keyring => "keyring",
        TokenPlace::SealedByPassphrase => "sealed by a passphrase",
        TokenPlace::SealedToMachine => "sealed to the machine",
    }
}

fn permits(ledger: &Ledger, who: &OperatorId, act: Act) -> Result<(), TokenFault> {
    match ledger.permits(who, act) {
        Ok(true) => Ok(()),
        Ok(false) => Err(TokenFault::NotAllowed),
        Err(error) => Err(TokenFault::NotKept(error.to_string())),
    }
}

impl Duties {
    pub(super) fn test_gateway(&self, turn: Turn, account: &GatewayAccount, token: Option<&TypedToken>) -> What {
        What::OnSettings(OnSettings::Tested { turn, test: self.account_desk().test(account, token) })
    }

    pub(super) fn find_token(&self, turn: Turn) -> What {
        What::OnSettings(OnSettings::TokenFound { turn, place: self.account_desk().token() })
    }

    /// Keeps a new token, if a manager gives it, and writes down that they did.
    pub(super) fn keep_token(&self, turn: Turn, by: &OperatorId, token: &TypedToken) -> What {
        let permitted = permits(&self.ledger(), by, Act::ChangeGateway);
        let kept = permitted.and_then(|()| self.account_desk().keep(token));
        if let Ok(place) = kept {
            let detail = vec![("kept", place_word(place).to_owned())];
            let fact = AuditFact { who: Some(by.clone()), what: "token_set", subject: "api token".to_owned(), detail };
            if let Err(error) = self.record_fact(&fact) {
                tracing::error!(%error, "the record does not show that a token was given");
            }
        }
        What::OnSettings(OnSettings::TokenKept { turn, kept })
    }

    /// Takes changed settings into the record; the rules among them hold from then on.
    pub(super) fn adopt(&self, kept: &KeptSetting) -> What {
        let now = self.now();
        // What needs the record's yes needs somebody who may.
        let Some(by) = &kept.by else { return What::OnSettings(OnSettings::NotAdopted) };
        let by = (by, kept.change.act());
        let adopted = self.ledger().adopt(by, &kept.seen, &kept.rules.policy, now);
        What::OnSettings(match adopted {
            Ok(()) => OnSettings::Adopted { rules: kept.rules.clone() },
            Err(error) => {
                tracing::error!(%error, "changed settings are in the file and not in the record");
                OnSettings::NotAdopted
            }
        })
    }

    pub(super) fn account_stopped(turn: Turn) -> What {
        let why = TokenFault::NotKept(format!("{:?}", HouseFault::WorkerStopped));
        What::OnSettings(OnSettings::TokenKept { turn, kept: Err(why) })
    }
}
