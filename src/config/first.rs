//! The settings file of a till that has none: the example, every key explained, with a name for this till.
//!
//! **It names the sandbox and the published sample account**, with which no money can move: the first start asks for the
//! store's own.

use std::io::Write;
use std::path::Path;

use super::{Config, EXAMPLE};
use crate::domain::TillName;

/// What a till is called whose machine has no name that would do.
const USUAL: &str = "TILL-1";
/// The example's names.
const EXAMPLES: [&str; 2] = ["name = \"FRONT-1\"", "store_name = \"Corner Shop\""];

/// The machine's name in the letters a till's has; the usual one where nothing is left of it.
fn till_name(machine: &str) -> String {
    let first = machine.split('.').next().unwrap_or_default();
    let kept: String = first.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '-').take(24).collect();
    let name = kept.trim_matches('-').to_ascii_uppercase();
    if TillName::parse(&name).is_ok() { name } else { USUAL.to_owned() }
}

/// Writes it, if there is none; one that is there is left alone.
///
/// # Errors
/// Why it could not be written.
pub fn begin(file: &Path, machine: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let name = till_name(machine);
    let [till, store] = EXAMPLES;
    let text = EXAMPLE.replacen(till, &format!("name = \"{name}\""), 1);
    // Whatever store the example's is, it is not this one; without the line it is called as its till.
    let text = text.replacen(store, &format!("# {store}"), 1);
    debug_assert!(Config::parse(&text, file).is_ok());
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).open(file)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_file_is_read_moves_no_money_and_replaces_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("tillback.toml");
        begin(&file, "till-07.shop.example").unwrap();
        let config = Config::load(&file).unwrap();
        assert_eq!(config.terminal.name.as_str(), "TILL-07");
        assert_eq!((config.terminal.store_name.as_str(), config.gateway.environment.as_str()), ("TILL-07", "sandbox"));
        let before = std::fs::read(&file).unwrap();
        assert!(begin(&file, "other").is_err());
        assert_eq!(std::fs::read(&file).unwrap(), before);
    }

    #[test]
    fn a_machine_without_a_usable_name_has_the_usual_one() {
        for (machine, expected) in [
            ("", USUAL),
            ("___", USUAL),
            ("caf\u{e9}", "CAF"),
            ("a-very-long-name-of-some-machine", "A-VERY-LONG-NAME-OF-SOME"),
        ] {
            assert_eq!(till_name(machine), expected, "{machine}");
        }
    }
}
