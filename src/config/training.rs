//! The settings file of training, made out of the store's own: its rules, reasons, scanners and words, and nothing of its
//! gateway, its data or its sales.
//!
//! **Whatever the store's file says, training's names a gateway on this machine**; reading it checks that once more.

use toml_edit::{DocumentMut, Item, Table, Value};

/// What training has of its own.
#[derive(Debug, Clone, Copy)]
pub struct TrainingSite<'a> {
    /// The gateway on this machine.
    pub url: &'a str,
    /// The merchant's number there.
    pub merchant_no: &'a str,
    /// The store's number there.
    pub store_no: &'a str,
    /// The pictures that stand in for a camera; relative to the file.
    pub pictures: &'a str,
}

/// The text of training's settings file. Nothing where the store's is no TOML: whoever reads that one says why.
pub fn for_training(text: &str, site: TrainingSite<'_>) -> Option<String> {
    let mut document: DocumentMut = text.trim_start_matches('\u{feff}').parse().ok()?;
    // Its data is in a folder of its own, and real sales are none of its business.
    document.remove("data");
    document.remove("sales");
    let mut set = |section: &str, key: &str, value: Value| -> Option<()> {
        let table = document.entry(section).or_insert(Item::Table(Table::new())).as_table_like_mut()?;
        table.insert(key, Item::Value(value));
        Some(())
    };
    set("terminal", "training", true.into())?;
    set("gateway", "environment", site.url.into())?;
    set("gateway", "merchant_no", site.merchant_no.into())?;
    set("gateway", "store_no", site.store_no.into())?;
    set("camera", "source", "folder".into())?;
    set("camera", "folder", site.pictures.into())?;
    // Whoever practises sets nothing up.
    if let Some(terminal) = document.get_mut("terminal").and_then(Item::as_table_like_mut) {
        terminal.remove("setup");
    }
    Some(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::{CameraSource, Config, EXAMPLE};
    use super::*;
    use std::path::Path;

    const SITE: TrainingSite<'_> =
        TrainingSite { url: "http://127.0.0.1:8099", merchant_no: "200043", store_no: "300014", pictures: "receipts" };

    fn read(text: &str) -> Config {
        Config::parse(&for_training(text, SITE).unwrap(), Path::new("training/tillback.toml")).unwrap()
    }

    #[test]
    fn training_has_the_stores_rules_and_a_gateway_and_data_of_its_own() {
        let real = EXAMPLE.replace("environment = \"sandbox\"", "environment = \"production\"");
        let real = real.replace("# cashier_per_refund", "cashier_per_refund").replace("# backups", "backups");
        let real = real.replace("[sales]\n", "[sales]\nport = 8765\n");
        let before = Config::parse(&real, Path::new("tillback.toml")).unwrap();
        assert_eq!((before.gateway.environment.as_str(), before.sales.port), ("production", Some(8765)));
        let training = read(&real);
        assert!(training.terminal.training);
        assert_eq!(training.gateway.environment, SITE.url);
        assert_eq!((training.data.backups, training.sales.folder, training.sales.port), (None, None, None));
        assert_eq!(training.policy, before.policy);
        assert_eq!(training.ui.reasons, before.ui.reasons);
        assert_eq!(training.camera.source, CameraSource::Folder("training/receipts".into()));
    }

    #[test]
    fn a_file_that_is_none_gives_none() {
        assert_eq!(for_training("[gateway", SITE), None);
        assert_eq!(for_training("gateway = 5\n", SITE), None);
    }
}
