//! The settings as the record keeps them: each by its name, as text, so that a change can be told as "from, to".
//!
//! **No secret is a setting**: what could be one is hidden by whoever reads the file, before it comes here.

use std::collections::BTreeMap;

/// The settings file as it was read at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SettingsSeen {
    /// The SHA-256 of the file, as hexadecimal digits.
    pub hash: String,
    /// Each setting that stands in it, by its full name (`policy.max_sale_age_days`).
    pub values: BTreeMap<String, String>,
}

/// One setting that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingMoved {
    /// Its full name.
    pub name: String,
    /// What stood there; nothing where it was left out.
    pub before: Option<String>,
    /// What stands there now.
    pub after: Option<String>,
}

impl SettingsSeen {
    /// What is different from `before`, by name.
    pub fn since(&self, before: &BTreeMap<String, String>) -> Vec<SettingMoved> {
        let names: std::collections::BTreeSet<&String> = self.values.keys().chain(before.keys()).collect();
        let moved = names.into_iter().map(|name| SettingMoved {
            name: name.clone(),
            before: before.get(name).cloned(),
            after: self.values.get(name).cloned(),
        });
        moved.filter(|moved| moved.before != moved.after).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn what_was_added_changed_and_left_out_is_told_and_nothing_else() {
        let before = settings(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let now = SettingsSeen { hash: String::new(), values: settings(&[("a", "1"), ("b", "5"), ("d", "4")]) };
        let told: Vec<_> =
            now.since(&before).into_iter().map(|moved| (moved.name, moved.before, moved.after)).collect();
        let text = |text: &str| Some(text.to_owned());
        let expected =
            [("b".into(), text("2"), text("5")), ("c".into(), text("3"), None), ("d".into(), None, text("4"))];
        assert_eq!(told, expected);
        assert_eq!(now.since(&now.values), []);
    }
}
