//! The settings file as the record of who did what keeps it: each setting by its full name, as text.
//!
//! **No secret stands in the file, and what is named like one is hidden all the same**: somebody may have written the
//! token where it is refused.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::MAX_FILE_BYTES;
use crate::domain::SettingsSeen;

/// A setting whose name has one of these words is hidden, but for the place where the token is kept.
const HIDDEN: [&str; 6] = ["token", "secret", "password", "passphrase", "pin", "key"];
const NOT_HIDDEN: &str = "gateway.token_store";
/// Stands in place of what is hidden, with the first digits of its hash so that a change is seen.
const MASK: &str = "(hidden)";

/// Reads the file as it stands; nothing where it cannot be read.
pub fn seen(file: &Path) -> Option<SettingsSeen> {
    let size = std::fs::metadata(file).ok()?.len();
    if size > MAX_FILE_BYTES {
        return None;
    }
    read(&std::fs::read_to_string(file).ok()?)
}

fn read(text: &str) -> Option<SettingsSeen> {
    let table: toml::Table = text.trim_start_matches('\u{feff}').parse().ok()?;
    let mut values = BTreeMap::new();
    for (name, value) in &table {
        flatten(name, value, &mut values);
    }
    Some(SettingsSeen { hash: hex::encode(Sha256::digest(text)), values })
}

fn flatten(name: &str, value: &toml::Value, values: &mut BTreeMap<String, String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                flatten(&format!("{name}.{key}"), value, values);
            }
        }
        toml::Value::String(text) => drop(values.insert(name.to_owned(), shown(name, text))),
        other => drop(values.insert(name.to_owned(), shown(name, &other.to_string()))),
    }
}

fn shown(name: &str, text: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    let is_hidden = name != NOT_HIDDEN && last.split('_').any(|word| HIDDEN.contains(&word));
    if is_hidden {
        let hash = hex::encode(Sha256::digest(text));
        return format!("{MASK} {}", hash.get(..8).unwrap_or_default());
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        read(text).unwrap().values.into_iter().collect()
    }

    #[test]
    fn every_setting_by_its_full_name_and_what_looks_like_a_secret_hidden() {
        let text = "[policy]\nmax_sale_age_days = 30\n[policy.cashier]\nper_day = \"100.00\"\n[ui]\nreasons = [\"a\", \"b\"]\n\
                    [gateway]\ntoken_store = \"file\"\napi_token = \"tk_live_51H\"\n";
        let found = values(text);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            found[1..],
            [
                pair("gateway.token_store", "file"),
                pair("policy.cashier.per_day", "100.00"),
                pair("policy.max_sale_age_days", "30"),
                pair("ui.reasons", "[\"a\", \"b\"]"),
            ]
        );
        assert!(found[0].1.starts_with(MASK) && !found[0].1.contains("tk_live"), "{:?}", found[0]);
        assert_ne!(found[0], values(&text.replace("51H", "51J"))[0], "a change of it is seen");
    }

    #[test]
    fn the_example_is_read_whole_and_hides_nothing() {
        let found = read(super::super::EXAMPLE).unwrap();
        assert!(found.values.len() > 4 && found.values.values().all(|value| !value.contains(MASK)), "{found:?}");
        assert_eq!(found.hash.len(), 64);
        assert_eq!(read("= nonsense"), None);
    }
}
