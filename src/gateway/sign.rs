//! The signature on every request (`verifySign`) and the token it is made with.
//!
//! **The token is never shown**: no `Display`, a `Debug` without it, its memory wiped, and no way to read it back.
//! Source: docs.pockyt.io "Signing API Calls".

use std::fmt;

use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// The longest token accepted; published ones have 32 and 33 characters.
const MAX_TOKEN_LENGTH: usize = 256;

/// The parameter that carries the signature, and is not part of what is signed.
pub const VERIFY_SIGN: &str = "verifySign";

/// The API token that the gateway gave the merchant.
#[derive(Clone)]
pub struct ApiToken(Zeroizing<String>);

/// Why a text is no token. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing but white space.
    #[error("the API token is empty")]
    Empty,
    /// Longer than any token.
    #[error("the API token has more than {MAX_TOKEN_LENGTH} characters")]
    TooLong,
    /// White space or control characters in the middle: two lines were pasted, or a sentence.
    #[error("the API token holds white space or control characters")]
    Character,
}

impl ApiToken {
    /// Takes the token as it was pasted: white space around it does not count.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        if text.is_empty() {
            Err(TokenError::Empty)
        } else if text.len() > MAX_TOKEN_LENGTH {
            Err(TokenError::TooLong)
        } else if text.chars().any(|character| character.is_whitespace() || character.is_control()) {
            Err(TokenError::Character)
        } else {
            Ok(Self(Zeroizing::new(text.to_owned())))
        }
    }
}

impl fmt::Debug for ApiToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if planted!("token-shown") { self.0.as_str() } else { "ApiToken(not shown)" })
    }
}

/// The signature of `parameters`: those that are not empty, sorted by name, as `name=value&`, then the token's digest,
/// all of it digested again. Values go in as they are, without URL encoding.
pub fn verify_sign<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>, token: &ApiToken) -> String {
    let mut signed: Vec<(&str, &str)> =
        parameters.into_iter().filter(|(name, value)| *name != VERIFY_SIGN && !value.is_empty()).collect();
    signed.sort_unstable();
    // Whoever has the token's digest can sign, so the text that holds it is wiped as the token is.
    let mut text = Zeroizing::new(String::new());
    for (name, value) in signed {
        for part in [name, "=", value, "&"] {
            text.push_str(part);
        }
    }
    text.push_str(&Zeroizing::new(hex::encode(Md5::digest(token.0.as_bytes()))));
    hex::encode(Md5::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "5cbfb079f15b150122261c8537086d77a";
    const SECOND_SAMPLE: &str = "359c05eb811c7c8576f4a8a277dc6f6b";

    #[track_caller]
    fn check(token: &str, parameters: &str, expected: &str) {
        let token = ApiToken::parse(token).unwrap();
        let pairs = parameters.split(' ').map(|pair| pair.split_once('=').unwrap());
        assert_eq!(verify_sign(pairs, &token), expected);
    }

    #[test]
    fn the_published_vectors() {
        check(
            SAMPLE,
            "merchantNo=200043 storeNo=300014 refundAmount=0.01 currency=USD settleCurrency=USD \
             transactionNo=297553638301777927 refundReference=refund2020101305",
            "dd81f7781603bec48ae2c6a9ac758bf2",
        );
        check(
            SAMPLE,
            "merchantNo=200043 storeNo=300014 transactionNo=297553638300708562",
            "0df745088d7202a6d186596acdc82c6a",
        );
        check(
            SAMPLE,
            "transactionNo=305680500880311923 status=success amount=0.01 currency=USD settleCurrency=USD \
             reference=test1666247277861 time=20221020142817",
            "435d01c5d5fa88cfe8168fbfbf732519",
        );
        check(
            SECOND_SAMPLE,
            "merchantNo=200043 storeNo=303660 refundAmount=10 currency=USD settleCurrency=USD \
             transactionNo=316129873376769782",
            "a1ae09cbff2a749f66736e0438d84857",
        );
    }

    #[test]
    fn empty_parameters_the_signature_itself_and_white_space_around_the_token_do_not_count() {
        let expected = "0df745088d7202a6d186596acdc82c6a";
        let parameters = "merchantNo=200043 storeNo=300014 reference= verifySign=ff transactionNo=297553638300708562";
        check(SAMPLE, parameters, expected);
        check(&format!("  {SAMPLE}\n"), parameters, expected);
    }

    #[test]
    fn a_token_is_never_shown_and_nonsense_is_refused() {
        let token = ApiToken::parse(SAMPLE).unwrap();
        assert!(!format!("{token:?} {:#?}", Some(&token)).contains("5cbf"));
        assert_eq!(ApiToken::parse(" \n").unwrap_err(), TokenError::Empty);
        assert_eq!(ApiToken::parse("two words").unwrap_err(), TokenError::Character);
        assert_eq!(ApiToken::parse(&"x".repeat(257)).unwrap_err(), TokenError::TooLong);
    }
}
