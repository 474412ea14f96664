//! The scripts a newcomer runs first, on machines that lack something: each must say what and how to go on.
//!
//! They run with a `PATH` of stand-ins for apt, sudo and Rust, so nothing is installed and nothing is built. **What a
//! script says is the test**: a sentence, a way out, an exit code.

#![cfg(test)] // clippy: a test throughout, helpers too
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A machine made of stand-ins: a folder of commands that is the whole `PATH`.
struct Machine {
    folder: TempDir,
    display: Option<&'static str>,
}

/// What a script did.
struct Ran {
    code: Option<i32>,
    said: String,
    /// What machines may read.
    out: String,
    /// The stand-ins that were called, with their arguments, a line each.
    called: String,
}

impl Machine {
    /// A Debian with everything there: root, packages, Rust and a display.
    fn complete() -> Self {
        let machine = Self { folder: TempDir::new().expect("a folder"), display: Some(":9") };
        fs::create_dir(machine.folder.path().join("bin")).expect("a folder");
        for tool in ["bash", "env", "dirname", "sed", "cut", "sort", "head", "grep", "mktemp", "tee", "rm", "tail"] {
            let real =
                ["/usr/bin", "/bin"].iter().map(|folder| Path::new(folder).join(tool)).find(|path| path.exists());
            symlink(real.unwrap_or_else(|| panic!("{tool} is not here")), machine.bin(tool)).expect("a link");
        }
        for tool in ["gcc", "g++", "make", "cmake", "pkg-config"] {
            machine.has(tool, "");
        }
        // Those would touch the project's own folders.
        for tool in ["cp", "mkdir"] {
            machine.has(tool, "");
        }
        machine.has("nice", "shift 2; exec \"$@\"");
        machine.has("id", "echo 0");
        machine.has("dpkg-query", "echo installed");
        machine.has("apt-get", "");
        machine
            .has("rustc", "case $1 in --version) echo 'rustc 1.95.0 (x 2026-04-14)' ;; *) echo 'host: here' ;; esac");
        let target = machine.folder.path().display().to_string();
        machine.has("cargo", &format!("case $1 in metadata) echo '{{\"target_directory\":\"{target}\"}}' ;; esac"));
        fs::create_dir(machine.folder.path().join("debug")).expect("a folder");
        machine.command(&machine.folder.path().join("debug/tillback"), "");
        machine
    }

    fn bin(&self, name: &str) -> PathBuf {
        self.folder.path().join("bin").join(name)
    }

    /// Puts a stand-in there (again): notes its call, then does `body`.
    fn has(&self, name: &str, body: &str) -> &Self {
        self.command(&self.bin(name), body);
        self
    }

    fn command(&self, path: &Path, body: &str) {
        let name = path.file_name().expect("a name").to_string_lossy();
        let log = self.folder.path().join("called");
        let text = format!("#!/bin/sh\necho \"{name} $*\" >>'{}'\n{body}\n", log.display());
        fs::write(path, text).expect("a stand-in is written");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it may run");
    }

    fn lacks(&self, name: &str) -> &Self {
        fs::remove_file(self.bin(name)).expect("it was there");
        self
    }

    /// Runs a script of the project, from another folder than the project's.
    fn run(&self, script: &str, arguments: &[&str]) -> Ran {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(script));
        command.args(arguments).current_dir(self.folder.path()).env_clear().env("PATH", self.folder.path().join("bin"));
        command.envs(self.display.map(|display| ("DISPLAY", display)));
        let output = command.output().expect("the script starts");
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let called = fs::read_to_string(self.folder.path().join("called")).unwrap_or_default();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Ran { code: output.status.code(), said, out, called }
    }
}

impl Ran {
    /// It ended so, and said each of these.
    #[track_caller]
    fn ended(&self, code: i32, said: &[&str]) -> &Self {
        assert_eq!(self.out, "", "words for people go to stderr");
        self.ended_with(code, "", said)
    }

    /// It ended so, said each of these to people, and this somewhere to machines.
    #[track_caller]
    fn ended_with(&self, code: i32, out: &str, said: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{}", self.said);
        assert!(self.out.contains(out), "{out:?} is not in\n{}", self.out);
        for words in said {
            assert!(self.said.contains(words), "{words:?} is not in\n{}", self.said);
        }
        self
    }

    #[track_caller]
    fn called(&self, call: &str, times: usize) -> &Self {
        let count = self.called.lines().filter(|line| line.starts_with(call)).count();
        assert_eq!(count, times, "{call:?} among\n{}", self.called);
        self
    }
}

#[test]
fn the_demo_builds_and_opens_with_its_arguments() {
    let ran = Machine::complete().run("scripts/demo", &["--window", "800x600"]);
    ran.ended(0, &["System packages: all there", "The first time this takes some minutes"]);
    ran.called("apt-get", 0)
        .called("cargo build --locked --bin tillback", 1)
        .called("tillback demo --window 800x600", 1);
}

#[test]
fn without_a_display_the_demo_says_how() {
    let machine = Machine { display: None, ..Machine::complete() };
    machine.run("scripts/demo", &[]).ended(1, &["no display", "xvfb-run -a ./scripts/demo"]).called("cargo", 0);
}

#[test]
fn missing_packages_are_installed_and_only_those() {
    let machine = Machine::complete();
    machine.lacks("cmake").has("dpkg-query", "case \"$*\" in *libxi6*) exit 1 ;; *) echo installed ;; esac");
    let ran = machine.run("scripts/demo", &[]);
    ran.ended(0, &["installing cmake libxi6"]);
    ran.called("apt-get update", 1).called("apt-get install -y --no-install-recommends cmake libxi6", 1);
}

#[test]
fn any_version_of_libclang_will_do() {
    // dpkg-query fails when one of its patterns matches nothing, and still lists what matches the other.
    let machine = Machine::complete();
    machine.has("dpkg-query", "echo installed; case \"$*\" in *libclang*) exit 1 ;; esac");
    machine.run("scripts/demo", &[]).ended(0, &["System packages: all there"]);
}

#[test]
fn a_user_with_sudo_installs_through_it() {
    let machine = Machine::complete();
    machine.lacks("cmake").has("id", "echo 1000").has("sudo", "exec \"$@\"");
    let ran = machine.run("scripts/test", &["--quick"]);
    ran.ended(0, &["installing cmake"]).called("sudo env DEBIAN_FRONTEND=noninteractive apt-get install", 1);
}

#[test]
fn a_user_without_sudo_is_told_the_command() {
    let machine = Machine::complete();
    machine.lacks("cmake").has("id", "echo 1000");
    let ran = machine.run("scripts/demo", &[]);
    ran.ended(1, &["only root", "apt-get update && apt-get install -y --no-install-recommends cmake"]);
    ran.called("apt-get", 0).called("cargo", 0);
}

#[test]
fn a_failed_installation_stops_with_the_command() {
    let machine = Machine::complete();
    machine.lacks("cmake").has("apt-get", "exit 100");
    machine
        .run("scripts/demo", &[])
        .ended(1, &["could not be installed: cmake", "apt-get install -y"])
        .called("cargo", 0);
}

#[test]
fn another_system_is_told_what_is_needed_and_goes_on() {
    let machine = Machine::complete();
    machine.lacks("apt-get").lacks("dpkg-query");
    machine.run("scripts/demo", &[]).ended(0, &["not Debian", "libxkbcommon-x11-0"]).called("tillback demo", 1);
}

#[test]
fn no_rust_and_old_rust_have_a_way_out() {
    let machine = Machine::complete();
    machine.has("rustc", "echo 'rustc 1.63.0 (x 2022-08-11)'");
    machine.run("scripts/test", &[]).ended(1, &["is needed; rustc on the PATH is 1.63.0", "rustup update stable"]);
    machine.lacks("rustc");
    machine.run("scripts/test", &[]).ended(1, &["Rust is not installed", "https://rustup.rs"]);
}

#[test]
fn newer_rust_is_no_older() {
    let machine = Machine::complete();
    machine.has("rustc", "case $1 in --version) echo 'rustc 1.100.0 (x)' ;; *) echo 'host: here' ;; esac");
    machine.run("scripts/demo", &[]).ended(0, &["Rust 1.100.0"]);
}

#[test]
fn a_build_that_fails_has_a_way_out() {
    let machine = Machine::complete();
    machine.has("cargo", "case $1 in build) exit 101 ;; esac");
    machine.run("scripts/demo", &[]).ended(1, &["could not be built", "CARGO_BUILD_JOBS=1"]).called("tillback", 0);
    machine.has("cargo", "case $1 in fetch) exit 101 ;; esac");
    machine.run("scripts/demo", &[]).ended(1, &["could not be fetched", "network"]);
}

#[test]
fn the_demos_own_exit_code_is_the_scripts() {
    let machine = Machine::complete();
    machine.command(&machine.folder.path().join("debug/tillback"), "exit 3");
    machine.run("scripts/demo", &[]).ended(3, &[]);
}

#[test]
fn every_check_runs_in_turn_and_is_timed() {
    let ran = Machine::complete().run("scripts/test", &[]);
    ran.ended(0, &["Format", "Lints", "Tests", "Documents", "All good", " s  Lints"]);
    ran.called("cargo fmt --check", 1).called("cargo clippy --locked --all-targets -- -D warnings", 1);
    ran.called("cargo test --locked", 1).called("cargo doc", 1);
}

#[test]
fn windows_is_checked_where_the_tools_are_here_and_else_that_is_said() {
    let machine = Machine::complete();
    machine.run("scripts/test", &[]).ended(0, &["Windows: not checked", "rustup target add"]);
    let standard_library = machine.folder.path().join("lib/rustlib/x86_64-pc-windows-gnu/lib");
    fs::create_dir_all(&standard_library).expect("a folder");
    let here = machine.folder.path().display().to_string();
    machine.has(
        "rustc",
        &format!(
            "case $1 in --version) echo 'rustc 1.95.0 (x)' ;; --print) echo '{here}' ;; *) echo 'host: here' ;; esac"
        ),
    );
    machine.has("timeout", "shift; exec \"$@\"");
    machine.run("scripts/test", &[]).ended(0, &["Windows: not checked"]).called("cargo check", 0);
    machine.has("x86_64-w64-mingw32-gcc-posix", "");
    let ran = machine.run("scripts/test", &[]);
    ran.ended(0, &[" s  Windows", "All good"]);
    ran.called("cargo check --locked --target x86_64-pc-windows-gnu", 1).called("timeout 20m", 1);
}

#[test]
fn quick_runs_the_tests_alone() {
    let ran = Machine::complete().run("scripts/test", &["--quick"]);
    ran.ended(0, &["All good"]).called("cargo test --locked", 1);
    ran.called("cargo clippy", 0).called("cargo fmt", 0).called("cargo doc", 0);
}

#[test]
fn a_check_that_fails_ends_the_run_and_says_which() {
    let machine = Machine::complete();
    machine.has("cargo", "case \"$1 $2\" in 'clippy --locked') exit 101 ;; esac");
    machine.run("scripts/test", &[]).ended(1, &["Lints failed", "Again, alone:  cargo clippy"]).called("cargo test", 0);
    machine.has("cargo", "case \"$1 $2\" in 'clippy --version') exit 101 ;; esac");
    machine.run("scripts/test", &[]).ended(1, &["rustup component add rustfmt clippy"]);
}

#[test]
fn arguments_that_mean_nothing_are_refused() {
    Machine::complete().run("scripts/test", &["--fast"]).ended(1, &["--fast", "--quick"]).called("cargo", 0);
}

#[test]
fn continuous_integration_runs_the_same() {
    Machine::complete().run(".ci/run", &[]).ended(0, &["All good"]).called("cargo clippy --locked", 1);
}

#[test]
fn every_proof_runs_and_its_figures_make_the_table() {
    let machine = Machine::complete();
    let figures = "echo 'running 1 test'; echo 'test x ... T3: 7 seeds, 7 passed'";
    let fuzzed = "echo 'cov: 12'; echo 'stat::number_of_executed_units: 34'";
    // What has a bug planted finds it.
    let found = "[ -z \"${TILLBACK_PLANTED:-}\" ] || { echo 'seed 3, step 4: promise I1: broken'; exit 101; }";
    machine.has("cargo", &format!("case $1 in fetch) ;; fuzz) {fuzzed} ;; *) {figures}; {found} ;; esac"));
    let listed = machine.run("scripts/prove", &["--list"]);
    listed.ended_with(0, "seeds|", &[]).called("cargo", 0);
    let all = machine.run("scripts/prove", &[]);
    all.ended_with(0, "T3: 7 seeds, 7 passed\n", &["What was proved"]);
    for proof in listed.out.lines().filter_map(|line| line.split('|').next()) {
        assert!(all.out.lines().any(|line| line.starts_with(proof)), "{proof} is not in\n{}", all.out);
    }
    assert!(all.out.contains("T13: scan_text: 34 runs in 60 s, cov: 12, nothing found"), "{}", all.out);
    let before = all.called.lines().count();
    let alone = machine.run("scripts/prove", &["--seeds", "5", "--seeds"]);
    alone.ended_with(0, "passed", &["seeds: 5 seeds"]);
    assert_eq!(alone.out.lines().count(), 2, "{}", alone.out);
    assert!(alone.called.lines().count() > before);
}

#[test]
fn a_proof_that_fails_or_says_no_figure_has_failed() {
    let machine = Machine::complete();
    machine.has("cargo", "case $1 in test) echo 'T3: 7 seeds, 6 passed'; exit 101 ;; esac");
    let ran = machine.run("scripts/prove", &["--seeds"]);
    ran.ended_with(1, "FAILED", &["1 of 1 proofs failed"]);
    machine.has("cargo", "");
    machine.run("scripts/prove", &["--seeds"]).ended_with(1, "no figure", &["1 of 1 proofs failed"]);
    machine.run("scripts/prove", &["--magic"]).ended(1, &["There is no proof --magic", "--seeds"]);
    machine.run("scripts/prove", &["--seeds", "many"]).ended(1, &["many", "--help"]);
}

#[test]
fn shellcheck_finds_nothing_where_it_is_installed() {
    let shellcheck = Command::new("shellcheck")
        .args(["-x", "scripts/demo", "scripts/test", "scripts/prove", "scripts/lib.sh", ".ci/run"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output();
    match shellcheck {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(_) => println!("skipped: shellcheck is not installed"),
    }
}
