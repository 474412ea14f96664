//! The token and the gateway: does it answer, and does it know this till.
//!
//! **The token itself is in no word of it.**

use super::super::house::House;
use super::super::token;
use super::{Check, Finding};
use crate::gateway::{CredentialCheck, QueryFailure, Reachability};
use crate::vault::{SealedBy, TokenSource};

pub(super) fn gateway(house: &House) -> Vec<Check> {
    let found = house.unlocked().and_then(|house| {
        let (_, source) = house.vault().token(house.passphrase()?.as_ref())?;
        Ok((house.client()?, source))
    });
    let (client, source) = match found {
        Ok(found) => found,
        Err(error) => {
            let fix = "Give the gateway's API token: tillback token set".to_owned();
            let token = Check { what: "token", finding: Finding::Bad(format!("{error:#}"), fix) };
            let fix = "Put the token right first, then: tillback doctor".to_owned();
            let asked = Finding::Hint("not asked: every question is signed with the token".to_owned(), fix);
            return vec![token, Check { what: "gateway", finding: asked }];
        }
    };
    let text = format!("kept {}", token::in_words(&source));
    let weak = matches!(source, TokenSource::Environment | TokenSource::Sealed(_, SealedBy::Machine));
    let finding = if weak { Finding::Note(text) } else { Finding::Good(text) };
    let token = Check { what: "token", finding };
    let reachable = match client.ping() {
        Reachability::Reachable => Finding::Good(format!("{} answers", house.config.gateway.environment)),
        Reachability::NoAnswer => Finding::Bad(
            "it takes the connection and says nothing".to_owned(),
            "Try again in a minute; if it stays so, call the gateway's support.".to_owned(),
        ),
        Reachability::NotReached(cause) => Finding::Bad(
            format!("it cannot be reached ({})", cause.as_str().replace('_', " ")),
            "Check the network cable, the router and this computer's clock; a firewall must let HTTPS (port 443) out."
                .to_owned(),
        ),
    };
    let answers = matches!(reachable, Finding::Good(_));
    let mut checks = vec![token, Check { what: "gateway", finding: reachable }];
    if answers {
        checks.push(Check { what: "credentials", finding: credentials(client.check_credentials()) });
    }
    checks
}

fn credentials(check: CredentialCheck) -> Finding {
    match check {
        CredentialCheck::Accepted => Finding::Good("the gateway accepts our signature".to_owned()),
        CredentialCheck::Refused => Finding::Bad(
            "the gateway refuses our signature".to_owned(),
            "Compare merchant_no, store_no, the environment and the token with what Pockyt gave you.".to_owned(),
        ),
        CredentialCheck::Unclear(failure) => {
            let why = match failure {
                QueryFailure::NotReached(_) | QueryFailure::NoAnswer => "it did not answer",
                _ => "its answer could not be read",
            };
            Finding::Bad(why.to_owned(), "Try again in a minute.".to_owned())
        }
    }
}
