//! What the packages say about the program, held against the program and the files themselves.
//!
//! **Nothing is built or installed here**: `packaging/deb/try` and `packaging/windows/try` do that, on demand.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn deb() -> toml::Table {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    manifest["package"]["metadata"]["deb"].as_table().unwrap().clone()
}

/// The libraries that are opened while the program runs, and Debian 12's packages of them.
const OPENED: [(&str, &str); 14] = [
    ("libEGL.so.1", "libegl1"),
    ("libGL.so.1", "libgl1"),
    ("libX11-xcb.so.1", "libx11-xcb1"),
    ("libX11.so.6", "libx11-6"),
    ("libXcursor.so.1", "libxcursor1"),
    ("libXi.so.6", "libxi6"),
    ("libXrender.so.1", "libxrender1"),
    ("libfontconfig.so.1", "libfontconfig1"),
    ("libwayland-client.so.0", "libwayland-client0"),
    ("libwayland-egl.so.1", "libwayland-egl1"),
    ("libxcb.so.1", "libxcb1"),
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    ("libxkbcommon.so.0", "libxkbcommon0"),
    // The software renderer: libGL opens it where there is no graphics card.
    ("", "libgl1-mesa-dri"),
];
/// Those in the ELF header, which `$auto` finds.
const LINKED: [&str; 5] = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "ld-linux-x86-64.so.2"];

/// Every `lib*.so.N` that stands in the program.
fn opened_libraries() -> BTreeSet<String> {
    let bytes = fs::read(env!("CARGO_BIN_EXE_tillback")).unwrap();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_+".contains(byte);
    let mut found = BTreeSet::new();
    for at in memchr::memmem::find_iter(&bytes, b".so.") {
        let begins = at - bytes[..at].iter().rev().take_while(|byte| is_name(byte)).count();
        // One: no library here has a version of two, and what lies behind a name may begin with a digit of its own.
        let digits = bytes[at + 4..].iter().take(1).take_while(|byte| byte.is_ascii_digit()).count();
        let name = String::from_utf8_lossy(&bytes[begins..at + 4 + digits]).into_owned();
        // Names may stand one behind the other without anything between them.
        if let (Some(lib), 1..) = (name.find("lib"), digits) {
            found.insert(name[lib..].to_owned());
        }
    }
    found
}

#[test]
fn the_debian_package_asks_for_every_library_that_is_opened_while_the_program_runs() {
    let deb = deb();
    let asked = format!("{}, {}", deb["depends"].as_str().unwrap(), deb["recommends"].as_str().unwrap());
    let asked: BTreeSet<&str> = asked.split([',', '|']).map(str::trim).collect();
    let opened = opened_libraries();
    for library in &opened {
        let package = OPENED.iter().find(|(name, _)| name == library).map(|(_, package)| *package);
        let linked = LINKED.contains(&library.as_str());
        assert!(linked || package.is_some(), "{library} is opened: add its package to OPENED and to Cargo.toml");
        assert!(linked || asked.contains(package.unwrap()), "{library} is opened, and {package:?} not asked for");
    }
    for (library, package) in OPENED {
        assert!(library.is_empty() || opened.contains(library), "{library} is not opened any more");
        assert!(asked.contains(package), "{package}");
    }
}

#[test]
fn every_file_of_the_debian_package_is_there() {
    for asset in deb()["assets"].as_array().unwrap() {
        let source = asset[0].as_str().unwrap();
        let (folder, ending) = source.split_once('*').map_or((source, None), |(folder, end)| (folder, Some(end)));
        match ending {
            _ if source == "target/release/tillback" => {}
            None => assert!(root().join(source).is_file(), "{source}"),
            Some(ending) => {
                let files = fs::read_dir(root().join(folder)).unwrap().flatten();
                assert!(files.filter(|file| file.path().to_string_lossy().ends_with(ending)).count() > 2, "{source}");
            }
        }
    }
    for conffile in deb()["conf-files"].as_array().unwrap() {
        let text = read("packaging/deb/tillback.toml");
        assert!(conffile.as_str() == Some("/etc/tillback/tillback.toml") && text.lines().all(|l| l.starts_with('#')));
    }
}

/// A key file of the desktop's or systemd's: groups of keys.
fn keys(file: &str, group: &str) -> Vec<(String, String)> {
    let text = read(file);
    let mut inside = false;
    let mut keys = vec![];
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => inside = name == group,
            None if inside => {
                let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{file}: {line}"));
                keys.push((key.to_owned(), value.to_owned()));
            }
            None => {}
        }
    }
    keys
}

#[test]
fn desktop_entries_and_unit_start_the_program_that_is_installed() {
    for (file, exec) in [("tillback.desktop", "tillback"), ("tillback-demo.desktop", "tillback demo")] {
        let keys = keys(&format!("packaging/deb/{file}"), "Desktop Entry");
        let value = |key: &str| {
            let found: Vec<&str> = keys.iter().filter(|(name, _)| name == key).map(|(_, value)| &**value).collect();
            assert!(found.len() == 1, "{file}: {key} {found:?}");
            found[0].to_owned()
        };
        assert_eq!(
            (value("Type"), value("Exec"), value("Terminal")),
            ("Application".into(), exec.into(), "false".into())
        );
        assert!(
            value("Icon") == "tillback" && value("Categories").ends_with(';') && !value("Name").is_empty(),
            "{file}"
        );
    }
    let exec = keys("packaging/deb/tillback.service", "Service").into_iter().find(|(key, _)| key == "ExecStart");
    assert_eq!(exec.unwrap().1, "/usr/bin/tillback");
}

#[test]
fn the_windows_installer_holds_what_is_packed_and_names_no_version_of_its_own() {
    let definition = read("packaging/windows/tillback.wxs");
    let script = read("packaging/windows/package");
    assert!(definition.contains("Version=\"$(var.Version)\"") && script.contains("-D Version=\"$version\""));
    // Nor numbers made up anew each time: the same program is the same installer.
    assert!(definition.contains("Product Id=\"$(var.Product)\"") && script.contains("-D Product=\"$product\""));
    assert!(script.contains("settle-msi.py \"$target/$name.msi\" \"$at\""));
    // The rights of the folder for settings of every user: wixl leaves them out, so that the script writes their table.
    let (_, folder) = definition.split_once("<Directory Id=\"EVERYONES\" Name=\"tillback\">").unwrap();
    let (everyones, _) = folder.split_once("</Directory>").unwrap();
    assert!(everyones.contains("<PermissionEx ") && definition.contains("<ComponentRef Id=\"Everyones\"/>"));
    assert!(script.contains("Everyones EVERYONES CreateFolder \"$rights\""), "{script}");
    // Another number here, and an update would stand beside what it should replace.
    assert!(definition.contains("UpgradeCode=\"6E0B7E0C-6B55-4B1B-9B4C-6D2E9C1D7A10\""));
    let files: Vec<&str> =
        definition.split("Source=\"windows-package/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let stem = file.trim_end_matches(".txt");
        let packed = script.contains(file)
            || script.contains(stem)
            || (file.ends_with("OFL.txt") && script.contains("*OFL.txt"));
        assert!(packed, "{file} is in the installer and not packed");
    }
    let manifest = read("packaging/windows/tillback.manifest");
    for wanted in ["PerMonitorV2", "longPathAware", "UTF-8", "asInvoker"] {
        assert!(manifest.contains(wanted), "{wanted}");
    }
}

#[test]
fn scripts_may_run() {
    for script in ["build", "same", "deb/build", "deb/try", "windows/cross", "windows/package", "windows/try"] {
        let file = root().join("packaging").join(Path::new(script));
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o111, 0o111, "{script}");
        assert!(fs::read_to_string(file).unwrap().contains("set -euo pipefail"), "{script}");
    }
}

#[test]
fn every_library_is_in_the_list_of_licences_with_the_version_that_is_built() {
    let listed = read("packaging/LIBRARIES.txt");
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    let locked = lock["package"].as_array().unwrap();
    let of_systems = manifest["target"].as_table().unwrap().values().filter_map(|system| system.get("dependencies"));
    let all = std::iter::once(&manifest["dependencies"]).chain(of_systems);
    let names: Vec<&String> = all.flat_map(|libraries| libraries.as_table().unwrap().keys()).collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let versions = locked.iter().filter(|package| package["name"].as_str() == Some(name));
        // The newest of several is ours; others come with libraries.
        let lines: Vec<[&str; 2]> =
            versions.map(|package| [name.as_str(), package["version"].as_str().unwrap()]).collect();
        let is_listed = |wanted: &[&str; 2]| listed.lines().any(|line| line.split_whitespace().take(2).eq(*wanted));
        assert!(lines.last().is_some_and(is_listed), "{lines:?}: ./packaging/deb/build writes the list anew");
    }
}
