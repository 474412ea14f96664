//! `tillback doctor --bundle FILE`: one file for support, with what the checks said, versions, settings and logs.
//!
//! **Nothing in it is a secret or a customer's**: no ledger, no token, no PIN; the settings file has no secret, and what
//! looks like one all the same is blotted out of it and of the logs before it is packed. Whoever sends it may look first:
//! it is an ordinary archive of text files.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A run of letters and digits of this length or more in a log looks like a key: the gateway's tokens have 32. A
/// transaction number has 18, a reference of ours 26.
const LOOKS_LIKE_A_KEY: usize = 28;
/// A word of more than this in the settings, whatever it is made of, is no setting but a path's.
const LONGEST_SETTING: usize = 24;
/// What stands in a key's place.
const BLOTTED: &str = "[blotted out]";
/// The most of a log that is packed; a log is put aside at 4 MiB.
const MAX_LOG_BYTES: u64 = 5 * 1024 * 1024;

/// Packs everything into `file`. What cannot be read is named in it and does not keep the rest out.
pub(super) fn pack(file: &Path, checks: &str, settings: Option<&Path>, data: Option<&Path>) -> anyhow::Result<()> {
    let shown = file.display();
    anyhow::ensure!(!file.exists(), "{shown} is there already; name another file");
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = tempfile::NamedTempFile::new_in(folder).with_context(|| format!("{shown} can't be written"))?;
    let mut zip = ZipWriter::new(made.as_file().try_clone()?);
    put(&mut zip, "checks.txt", checks.as_bytes())?;
    put(&mut zip, "versions.txt", versions().as_bytes())?;
    let mut left_out = String::new();
    let log = data.map(|folder| folder.join("tillback.log"));
    let texts = [
        ("settings.toml", settings.map(Path::to_owned), settings_line as fn(&str) -> String),
        ("tillback.log", log.clone(), log_line),
        ("tillback.log.1", log.map(|log| log.with_extension("log.1")), log_line),
    ];
    for (name, path, line_of) in texts.into_iter().filter_map(|(name, path, line)| Some((name, path?, line))) {
        match clean(&path, line_of) {
            Ok(text) => put(&mut zip, name, text.as_bytes())?,
            // Most tills have no second log.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                // Writing to a String cannot fail.
                let _ = writeln!(left_out, "{}: {error}", path.display());
            }
        }
    }
    if let Some(folder) = data {
        put(&mut zip, "files.txt", files(folder).as_bytes())?;
    }
    if !left_out.is_empty() {
        put(&mut zip, "left-out.txt", left_out.as_bytes())?;
    }
    zip.finish()?.sync_all()?;
    made.persist_noclobber(file).with_context(|| format!("{shown} can't be written"))?;
    Ok(())
}

fn put(zip: &mut ZipWriter<File>, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    zip.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
    zip.write_all(bytes)?;
    Ok(())
}

fn versions() -> String {
    let threads = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let system = ["/etc/os-release", "/proc/version"].map(|file| fs::read_to_string(file).unwrap_or_default());
    format!(
        "tillback {}\n{} {}, {threads} threads\n{}",
        *super::VERSION,
        std::env::consts::OS,
        std::env::consts::ARCH,
        system.concat(),
    )
}

/// The data folder's files with their sizes, not what is in them.
fn files(folder: &Path) -> String {
    let mut lines = vec![];
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let Ok(data) = entry.metadata() else { continue };
            let path = entry.path();
            let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
            if data.is_dir() {
                folders.push(path);
            } else {
                lines.push(format!("{:>14}  {name}\n", data.len()));
            }
        }
    }
    lines.sort_by(|a, b| a.get(16..).cmp(&b.get(16..)));
    lines.concat()
}

/// A text file, each line cleaned.
fn clean(path: &Path, line_of: fn(&str) -> String) -> io::Result<String> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut text = String::new();
    let mut reader = BufReader::new(file);
    if length > MAX_LOG_BYTES {
        io::Seek::seek(&mut reader, io::SeekFrom::End(-i64::try_from(MAX_LOG_BYTES).unwrap_or(0)))?;
    }
    let mut line = vec![];
    while reader.read_until(b'\n', &mut line)? > 0 {
        text.push_str(&line_of(&String::from_utf8_lossy(&line)));
        line.clear();
    }
    Ok(text)
}

/// A log's line without long runs of letters and digits.
fn log_line(line: &str) -> String {
    let mut clean = String::with_capacity(line.len());
    for run in line.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
        let length = run.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric()).len();
        let (word, rest) = run.split_at(length);
        clean.push_str(if length >= LOOKS_LIKE_A_KEY { BLOTTED } else { word });
        clean.push_str(rest);
    }
    clean
}

/// A settings file's line without what is given to a name that sounds like a secret's, and without long words that are
/// no path. The file may be one that the program itself refused.
fn settings_line(line: &str) -> String {
    let name = line.split('=').next().unwrap_or_default().trim().to_ascii_lowercase();
    if ["token", "secret", "password", "passphrase", "pin"].contains(&name.as_str()) {
        return format!("{name} = {BLOTTED}\n");
    }
    let is_path = |word: &str| word.starts_with(['/', '.']) || word.get(1..3) == Some(":\\");
    let ends_word = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'');
    let mut clean = String::with_capacity(line.len());
    for run in line.split_inclusive(ends_word) {
        let word = run.trim_end_matches(ends_word);
        let rest = run.get(word.len()..).unwrap_or_default();
        let blotted = word.chars().count() > LONGEST_SETTING && !is_path(word);
        clean.push_str(if blotted { BLOTTED } else { word });
        clean.push_str(rest);
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_key_is_blotted_out_and_nothing_else() {
        assert_eq!(log_line("a 9c5d0e54f3a1b2c3d4e5f60718293a4b z\n"), format!("a {BLOTTED} z\n"));
        assert_eq!(log_line("9c5d0e54f3a1b2c3d4e5f60718293a4b"), BLOTTED);
        assert_eq!(settings_line("token = \"short\"\n"), format!("token = {BLOTTED}\n"));
        assert_eq!(settings_line("currency = \"a+b/c=d%e~f a+b/c=d%e~f\n"), "currency = \"a+b/c=d%e~f a+b/c=d%e~f\n");
        let long = "a+b/c=d%e~fa+b/c=d%e~f123";
        assert_eq!(settings_line(&format!("currency = \"{long}\n")), format!("currency = \"{BLOTTED}\n"));
        assert_eq!(settings_line(long), BLOTTED);
        for kept in ["transaction 297553638301777927\n", "01K9V7ZC4T5X2N8Q6R3M1B0WYD sent\n", ""] {
            assert_eq!(log_line(kept), kept);
        }
        for kept in [
            "merchant_no = \"200043\"\n",
            "folder = \"/var/lib/tillback/somewhere/else\"\n",
            "folder = 'D:\\Zoë Kim\\Tillback data'\n",
        ] {
            assert_eq!(settings_line(kept), kept);
        }
    }
}
