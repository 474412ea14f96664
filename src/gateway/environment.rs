//! Which gateway is spoken to: the published hosts, or one on this machine.
//!
//! **HTTPS only, but for loopback**: plain HTTP is accepted for this machine itself and for nothing else, and no other
//! host can be named at all.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// A gateway to speak to. Hosts: docs.pockyt.io and the published sample code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Environment {
    /// Real money.
    Production,
    /// The vendor's sandbox.
    Sandbox,
    /// The vendor's sandbox of the published sample code.
    SandboxOld,
    /// A gateway on this machine: our own sandbox.
    Loopback(LoopbackUrl),
}

/// The address of a gateway on this machine: `http` or `https`, host and port, nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct LoopbackUrl(Url);

/// Why a text names no gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvironmentError {
    /// Neither one of the three words nor a web address.
    #[error("it is neither production, sandbox, sandbox-old nor a loopback URL such as http://127.0.0.1:8080")]
    Unheard,
    /// A web address of another machine.
    #[error("only this machine may be named by URL: 127.0.0.1, [::1] or localhost")]
    NotLoopback,
    /// A path, a user, a query: more than host and port.
    #[error("the URL must hold a host and a port and nothing more")]
    MoreThanHost,
}

impl Environment {
    /// Reads the word or URL of the configuration file.
    pub fn parse(text: &str) -> Result<Self, EnvironmentError> {
        match text.trim() {
            "production" => Ok(Self::Production),
            "sandbox" => Ok(Self::Sandbox),
            "sandbox-old" => Ok(Self::SandboxOld),
            url => LoopbackUrl::parse(url).map(Self::Loopback),
        }
    }

    /// True for a gateway on this machine.
    pub const fn is_loopback(&self) -> bool {
        matches!(self, Self::Loopback(_))
    }

    /// Scheme, host and port, without a slash at the end.
    pub fn base_url(&self) -> &str {
        match self {
            Self::Production => "https://mapi.yuansfer.com",
            Self::Sandbox => "https://mapi.yuansferdev.com",
            Self::SandboxOld => "https://mapi.yuansfer.yunkeguan.com",
            Self::Loopback(url) => url.0.as_str().trim_end_matches('/'),
        }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Production => "production",
            Self::Sandbox => "sandbox",
            Self::SandboxOld => "sandbox-old",
            Self::Loopback(_) => self.base_url(),
        })
    }
}

impl LoopbackUrl {
    fn parse(text: &str) -> Result<Self, EnvironmentError> {
        let url = Url::parse(text).map_err(|_| EnvironmentError::Unheard)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(EnvironmentError::Unheard);
        }
        let host = url.host_str().ok_or(EnvironmentError::Unheard)?;
        if !is_loopback_host(host) {
            return Err(EnvironmentError::NotLoopback);
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err(EnvironmentError::MoreThanHost);
        }
        Ok(Self(url))
    }
}

impl fmt::Debug for LoopbackUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// 127.0.0.0/8, `[::1]` and the name `localhost` (whose addresses are checked again when it is resolved).
pub(super) fn is_loopback_host(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, EnvironmentError>) {
        let got = Environment::parse(text);
        assert_eq!(got.as_ref().map(Environment::base_url).map_err(|error| *error), expected, "{text}");
    }

    #[test]
    fn the_words_and_this_machine() {
        check("production", Ok("https://mapi.yuansfer.com"));
        check(" sandbox ", Ok("https://mapi.yuansferdev.com"));
        check("sandbox-old", Ok("https://mapi.yuansfer.yunkeguan.com"));
        check("http://127.0.0.1:8080", Ok("http://127.0.0.1:8080"));
        check("http://127.0.0.1:8080/", Ok("http://127.0.0.1:8080"));
        check("http://127.9.8.7:1", Ok("http://127.9.8.7:1"));
        check("http://[::1]:8080", Ok("http://[::1]:8080"));
        check("https://localhost:8443", Ok("https://localhost:8443"));
        check("HTTP://LOCALHOST:80", Ok("http://localhost"));
    }

    #[test]
    fn nothing_else() {
        use EnvironmentError as E;
        for text in ["", "Production", "live", "ftp://127.0.0.1", "127.0.0.1:8080", "file:///etc/passwd"] {
            check(text, Err(E::Unheard));
        }
        let elsewhere =
            ["https://mapi.yuansfer.com", "http://192.168.1.5", "http://localhost.example.com", "http://0.0.0.0"];
        for text in
            elsewhere.into_iter().chain(["http://[::ffff:127.0.0.1]", "http://127.0.0.1@example.com", "http://[::]"])
        {
            check(text, Err(E::NotLoopback));
        }
        for text in ["http://127.0.0.1/x", "http://u:p@127.0.0.1", "http://127.0.0.1/?a=b", "http://127.0.0.1/#a"] {
            check(text, Err(E::MoreThanHost));
        }
    }
}
