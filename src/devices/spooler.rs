//! The printers that Windows has and shares, by what stands in its registry.
//!
//! **Read, never changed, and no printer is opened**: a shared name opens like a file (`wire`), to which the spooler passes
//! bytes as they are, so that no call into the spooler is needed. One that is not shared has no such name and is left out.
//! **On any other system there are none.**

use crate::domain::{FoundPrinter, PrinterPlace};

/// `PRINTER_ATTRIBUTE_SHARED` (`PRINTER_INFO_2`, in Microsoft's documents of the spooler).
const SHARED: u32 = 0x8;
/// A share's name in Windows has at most 80 characters; a printer's may have 220, more than a button shows.
const MOST_OF_A_NAME: usize = 60;

/// The printers of this machine that are shared, by their names.
#[cfg(windows)]
pub(super) fn shared_printers() -> Vec<FoundPrinter> {
    // Where the spooler keeps what it knows of each printer; everybody may read it.
    const PRINTERS: &str = r"SYSTEM\CurrentControlSet\Control\Print\Printers";
    let Ok(printers) = windows_registry::LOCAL_MACHINE.open(PRINTERS) else { return vec![] };
    let Ok(names) = printers.keys() else { return vec![] };
    let mut found: Vec<FoundPrinter> = names
        .filter_map(|key| {
            let values = printers.open(&key).ok()?;
            // A key's name has commas where the printer's has backslashes.
            let name = values.get_string("Name").unwrap_or(key);
            shared(&name, values.get_u32("Attributes").ok()?, &values.get_string("Share Name").ok()?)
        })
        .collect();
    found.sort_by(|one, other| one.name.cmp(&other.name));
    found
}

/// There are none.
#[cfg(not(windows))]
pub(super) const fn shared_printers() -> Vec<FoundPrinter> {
    vec![]
}

/// A printer by its name, its attributes and the name it is shared under.
#[cfg_attr(not(windows), allow(dead_code, reason = "only Windows has them; what they mean is tested everywhere"))]
fn shared(name: &str, attributes: u32, share: &str) -> Option<FoundPrinter> {
    let share = share.trim();
    // What would lead elsewhere, were it part of a path.
    let is_name = !share.is_empty() && !share.contains(['\\', '/', ':']) && !share.chars().any(char::is_control);
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(MOST_OF_A_NAME).collect();
    let name = if name.is_empty() { share.to_owned() } else { name };
    let place = PrinterPlace::Shared(format!(r"\\localhost\{share}"));
    (is_name && attributes & SHARED != 0).then_some(FoundPrinter { place, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printer_is_listed_by_its_name_and_reached_by_its_shared_one() {
        // Attributes as Windows writes them: local 0x40, enable BIDI 0x800, shared 0x8.
        let is = |name: &str, attributes: u32, share: &str, listed: Option<(&str, &str)>| {
            let found = shared(name, attributes, share);
            let found = found.as_ref().map(|found| (found.name.as_str(), &found.place));
            let listed = listed.map(|(name, at)| (name, PrinterPlace::Shared(at.to_owned())));
            assert_eq!(found, listed.as_ref().map(|(name, place)| (*name, place)), "{name} {attributes} {share}");
        };
        is("EPSON TM-T20II Receipt", 0x848, "Receipts", Some(("EPSON TM-T20II Receipt", r"\\localhost\Receipts")));
        is("영수증", 0x48, "영수증 1", Some(("영수증", r"\\localhost\영수증 1")));
        is("", 0x48, "POS58", Some(("POS58", r"\\localhost\POS58")));
        // A share's name may stand there after sharing was ended.
        is("EPSON TM-T20II Receipt", 0x840, "Receipts", None);
        is("Microsoft Print to PDF", 0x848, "", None);
        for elsewhere in [r"..\pipe\x", "a/b", "C:", "a\nb"] {
            is("Odd", 0x48, elsewhere, None);
        }
    }
}
