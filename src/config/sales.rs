//! `[sales]`: how a till program's sales come into the ledger while the terminal runs.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::reader::{Read, Section};

/// `[sales]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesConfig {
    /// The folder into which a till program drops files.
    pub folder: Option<PathBuf>,
    /// The port on this machine that takes sales.
    pub port: Option<u16>,
    /// The zone of times that name none.
    pub zone: TimeZone,
}

pub(super) fn read(section: &Section<'_>, base: &Path) -> Read<SalesConfig> {
    let folder = section.text("folder", "a folder into which the till program drops files")?;
    let allowed = "a zone such as \"America/New_York\", \"UTC\", or \"system\" for this computer's own";
    let zone = match section.text("zone", allowed)?.unwrap_or("UTC") {
        "system" => TimeZone::system(),
        name => TimeZone::get(name).map_err(|_| section.refuse("zone", "it is no zone that is known", allowed))?,
    };
    // Ports below are the system's own.
    let port = match section.number("port", 0, 0..=65_535)? {
        0 => None,
        port @ 1024.. => u16::try_from(port).ok(),
        _ => return Err(section.refuse("port", "it belongs to the system", "1024 to 65535, or 0 for none")),
    };
    Ok(SalesConfig { folder: folder.filter(|text| !text.is_empty()).map(|text| base.join(text)), port, zone })
}
