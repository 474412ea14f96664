//! `tillback token`: gives, moves and removes the gateway's API token.
//!
//! **The token is never an argument and never printed**: it is typed without being shown, or read from standard input or
//! another file descriptor. Each change stands in the audit record.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::process::ExitCode;

use anyhow::Context;
use zeroize::Zeroizing;

use super::Places;
use super::account::keep_somewhere;
use super::house::House;
use crate::vault::{Keeping, MAX_TOKEN_BYTES, PASSPHRASE_MIN_CHARS, SealedBy, Secret, TOKEN_VARIABLE, TokenSource};

/// What the record calls it.
const TOKEN: &str = "api token";

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Give the token, in place of any other; a till that runs takes it by itself
    Set {
        /// Read it from this file descriptor (0 is standard input) instead of asking
        #[arg(long, value_name = "FD")]
        fd: Option<u32>,
        /// Seal it by a passphrase that is typed at each start, instead of the system's keyring
        #[arg(long, conflicts_with_all = ["machine", "keyring"])]
        passphrase: bool,
        /// Seal it to this machine, instead of the system's keyring: whoever runs programs as this user can open it
        #[arg(long, conflicts_with = "keyring")]
        machine: bool,
        /// Keep it in the system's keyring, or fail
        #[arg(long)]
        keyring: bool,
    },
    /// Say where the token is kept (never the token)
    Where,
    /// Remove it
    Remove,
}

pub(super) fn run(places: &Places, command: &Command) -> anyhow::Result<ExitCode> {
    let house = House::open(places)?;
    let vault = house.vault();
    match command {
        Command::Set { fd, passphrase, machine, keyring } => {
            let keeping = match (passphrase, machine, keyring) {
                (true, ..) => Keeping::Passphrase(new_passphrase()?),
                (_, true, _) => Keeping::Machine,
                (_, _, true) => Keeping::Keyring,
                _ => vault.usual(),
            };
            let token = read_token(*fd)?;
            let chosen = *passphrase || *machine || *keyring;
            // A keyring may answer and yet not take anything (locked, without a place of its own).
            let kept = if chosen { vault.keep(&token, &keeping)? } else { keep_somewhere(&vault, &token, &keeping)? };
            if matches!(keeping, Keeping::Keyring) && kept != TokenSource::Keyring {
                tell!("The system's keyring does not take it; the sealed file does.");
            }
            house.note_secret("token_set", TOKEN, vec![("kept", place(&kept).to_owned())]);
            say!("The API token is kept {}.", in_words(&kept));
            if std::env::var_os(TOKEN_VARIABLE).is_some_and(|value| !value.is_empty()) {
                tell!("But {TOKEN_VARIABLE} is set, and goes before it.");
            }
        }
        Command::Where => {
            let (_, source) = vault.token(house.passphrase()?.as_ref())?;
            say!("The API token is kept {}.", in_words(&source));
        }
        Command::Remove => {
            let removed = vault.forget()?;
            house.note_secret("token_removed", TOKEN, vec![("kept", String::new())]);
            say!("{}", if removed { "The API token is removed." } else { "There was none." });
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Where it is and what that is worth, for `token where` and `doctor`.
pub(super) fn in_words(source: &TokenSource) -> String {
    match source {
        TokenSource::Environment => format!("in the variable {TOKEN_VARIABLE}"),
        TokenSource::Keyring => "in the system's keyring".to_owned(),
        TokenSource::Sealed(file, SealedBy::Passphrase) => format!("in {}, sealed by a passphrase", file.display()),
        TokenSource::Sealed(file, SealedBy::Machine) => format!(
            "in {}, sealed to this machine: a copy is of no use elsewhere, but any program of this user can open it here",
            file.display()
        ),
    }
}

const fn place(source: &TokenSource) -> &'static str {
    match source {
        TokenSource::Environment => "environment",
        TokenSource::Keyring => "keyring",
        TokenSource::Sealed(_, SealedBy::Passphrase) => "sealed by a passphrase",
        TokenSource::Sealed(_, SealedBy::Machine) => "sealed to the machine",
    }
}

fn read_token(fd: Option<u32>) -> anyhow::Result<Secret> {
    let text = match fd {
        None if io::stdin().is_terminal() => {
            Zeroizing::new(rpassword::prompt_password("The API token (it is not shown): ")?)
        }
        None | Some(0) => read_line(io::stdin().lock())?,
        Some(fd) => read_line(open_fd(fd)?)?,
    };
    Secret::parse(&text).context("that is no API token: it must be one line of letters, digits and signs")
}

fn read_line(from: impl Read) -> anyhow::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    from.take(MAX_TOKEN_BYTES + 2).read_to_string(&mut text).context("it can't be read")?;
    Ok(text)
}

#[cfg(unix)]
pub(super) fn open_fd(fd: u32) -> anyhow::Result<File> {
    let path = std::path::PathBuf::from(format!("/dev/fd/{fd}"));
    File::open(&path).with_context(|| format!("file descriptor {fd} is not open"))
}

#[cfg(not(unix))]
pub(super) fn open_fd(_: u32) -> anyhow::Result<File> {
    anyhow::bail!("this system hands on no file descriptors but standard input: use --fd 0")
}

fn new_passphrase() -> anyhow::Result<Secret> {
    let ask =
        |prompt: &str| -> anyhow::Result<Zeroizing<String>> { Ok(Zeroizing::new(rpassword::prompt_password(prompt)?)) };
    anyhow::ensure!(io::stdin().is_terminal(), "a passphrase is typed at a terminal");
    let words = ask(&format!("A passphrase of at least {PASSPHRASE_MIN_CHARS} characters: "))?;
    let secret = Secret::passphrase(&words).context("that passphrase is too short")?;
    anyhow::ensure!(*ask("Once more: ")? == *words, "the two are not the same");
    Ok(secret)
}
