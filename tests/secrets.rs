//! T12: the secret canary. A token, PINs, a badge and a till program's key that occur nowhere else go through a whole day
//! of the real binary: setting up, checks, refunds of every outcome, slips of people, crashes and panics, exports, what
//! support is sent, all of it logged at the finest level. **Then every file the program wrote, its standard output and its
//! standard error are searched for them, in the clear and in every form a program may write them in**, and for the hashes
//! that the ledger keeps of them, outside the ledger. The environment that was handed in is the system's and is not
//! searched; a core dump would be a file like any other.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod canary;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use canary::day::Day;
use canary::kept;
use canary::needles::{Needle, needles};

/// Every file below, with what stands in it.
fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            files(&path, found);
        } else if kind.is_file() {
            found.push((path.clone(), fs::read(&path).unwrap()));
            if path.extension().is_some_and(|extension| extension == "zip") {
                unpack(&path, found);
            }
        }
    }
}

/// What an archive holds, as files below it.
fn unpack(path: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    assert!(archive.len() >= 3, "{} packs nothing", path.display());
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = vec![];
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        drop(entry);
        found.push((path.join(name), bytes));
    }
}

/// Where a secret stands, and as what.
fn hits(needles: &[Needle], name: &str, bytes: &[u8]) -> Vec<String> {
    let holds = |needle: &&Needle| {
        let first = needle.bytes[0];
        bytes.iter().enumerate().any(|(at, byte)| *byte == first && bytes[at..].starts_with(&needle.bytes))
    };
    needles.iter().filter(holds).map(|needle| format!("{name}: {}, {}", needle.secret, needle.form)).collect()
}

#[test]
fn no_secret_is_in_anything_the_program_wrote() {
    let mut day = Day::new();
    day.set_up();
    day.slips();
    day.posts();
    day.refunds();
    day.crashes();
    day.practise();
    day.close();
    let needles = needles(&day.secrets());
    let hashes = kept::hashes(&day.folder().join("data"));
    // Two people, a badge and a key.
    assert!(hashes.len() >= 6, "{hashes:?}");
    let hashes = canary::needles::needles(&hashes);
    let mut found = vec![];
    let mut written = vec![];
    files(day.folder(), &mut written);
    for (path, bytes) in &written {
        let name = path.strip_prefix(day.folder()).unwrap_or(path).display().to_string();
        // What the test itself put there for the program to refuse.
        if !day.is_ours(&name) {
            found.extend(hits(&needles, &name, bytes));
        }
        if !kept::is_their_home(&name) {
            found.extend(hits(&hashes, &name, bytes));
        }
        found.extend(hits(&needles, "a file's name", name.as_bytes()));
        if name.starts_with("work/") {
            found.push(format!("{name}: the program leaves nothing in the folder it is started in, a core dump least"));
        }
    }
    let mut said_bytes = 0;
    for (what, said) in day.said() {
        said_bytes += said.len();
        found.extend(hits(&needles, what, said));
        found.extend(hits(&hashes, what, said));
    }
    assert!(found.is_empty(), "{} leaks\n{}", found.len(), found.join("\n"));
    // A day that wrote nothing has shown nothing.
    let file_bytes: usize = written.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(written.len() >= 5 && file_bytes > 100_000 && said_bytes > 10_000, "{file_bytes} {said_bytes}");
    println!(
        "T12: {} forms of {} secrets looked for in {} files ({file_bytes} bytes) and {said_bytes} bytes of output, 0 hits",
        needles.len(),
        day.secrets().len(),
        written.len()
    );
}

#[test]
fn a_leak_in_any_form_is_found() {
    let secrets = [("a PIN", "730194826517".to_owned()), ("a token", "ca+n/a=r%y~9".to_owned())];
    let needles = needles(&secrets);
    let whole = |secret: &str| [b"before ".as_slice(), secret.as_bytes(), b" after"].concat();
    for (_, secret) in &secrets {
        assert!(!hits(&needles, "", &whole(secret)).is_empty());
        for shift in 0..3 {
            let text = format!("{}{secret}", "x".repeat(shift));
            let coded = canary::needles::base64(text.as_bytes());
            assert!(!hits(&needles, "", coded.as_bytes()).is_empty(), "base64 of {text}");
        }
        let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!hits(&needles, "", &wide).is_empty());
        assert!(!hits(&needles, "", hex::encode(whole(secret)).as_bytes()).is_empty());
        assert!(!hits(&needles, "", format!("{:?}", whole(secret)).as_bytes()).is_empty());
        assert!(!hits(&needles, "", format!("{:?}", secret.chars().collect::<Vec<_>>()).as_bytes()).is_empty());
        assert!(hits(&needles, "", &whole("something else 482913")).is_empty());
    }
}

#[test]
fn the_cameras_process_is_started_without_the_token() {
    assert_eq!(tillback::scan::camera::WITHHELD, [tillback::vault::TOKEN_VARIABLE]);
}
