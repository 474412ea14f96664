//! The settings file.

use std::path::Path;

use tillback::config::{CameraSource, Config};
use tillback::gateway::Environment;

/// Any text for a settings file: refused with a place in it, or settings within their limits.
pub fn parse(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match Config::parse(&text, Path::new("till/tillback.toml")) {
        Ok(config) => check(&config),
        Err(error) => {
            assert!(!error.what.is_empty() && !error.allowed.is_empty(), "{error:?}");
            if let (Some(line), Some(column)) = (error.line, error.column) {
                // `lines()` does not count the empty one behind the last line feed, where an end can be missing.
                let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').collect();
                let there = lines.get(line - 1).unwrap_or_else(|| panic!("line {line} of {}", lines.len()));
                assert!((1..=there.chars().count() + 1).contains(&column), "column {column} of {there:?}: {error}");
            }
            assert!(!error.to_string().chars().any(|c| c.is_control() && c != '\n'), "{error:?}");
        }
    }
}

fn check(config: &Config) {
    // What this room lets through, the gateway's room takes: a till must not stop at its first refund.
    let environment = Environment::parse(&config.gateway.environment).expect("both rooms read it alike");
    assert!(!config.terminal.training || environment.is_loopback(), "training with {environment}");
    for number in [&config.gateway.merchant_no, &config.gateway.store_no] {
        assert!(!number.is_empty() && number.len() <= 32 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
    let gateway = &config.gateway;
    assert!((1..=gateway.total_timeout_seconds).contains(&gateway.connect_timeout_seconds));
    assert!(gateway.total_timeout_seconds <= 300);
    let policy = &config.policy;
    assert!((10..=900).contains(&policy.approval_seconds) && (1..=3650).contains(&policy.max_sale_age_days));
    if let Some(alone) = policy.cashier_alone_up_to {
        assert_eq!(alone.currency(), gateway.currency);
    }
    assert!((1..=100).contains(&config.resolve.not_found_answers));
    assert!((15..=900).contains(&config.ui.idle_lock_seconds));
    assert!((1..=20).contains(&config.ui.reasons.len()));
    assert!(config.scanner.prefix.chars().count() <= 16 && !config.scanner.prefix.contains(char::is_control));
    if let CameraSource::Folder(folder) = &config.camera.source {
        assert!(folder.starts_with("till") || folder.is_absolute(), "{}", folder.display());
    }
}
