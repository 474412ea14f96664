//! Reading the project's own source, token by token, for the tests that hold it to the house's rules.
#![allow(dead_code, reason = "each test file uses its part of it")]

use std::path::Path;
use std::process::Command;

use proc_macro2::{TokenStream, TokenTree};

/// The room of a file under `src/`, none for other files.
pub fn room(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    Some(inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(room, _)| room))
}

/// The module a file is, from the crate's root: `src/flow/step.rs` is `flow`, `step`.
pub fn module(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    inside.split('/').filter(|part| !matches!(*part, "lib" | "main")).map(str::to_owned).collect()
}

pub fn tokens(path: &str, text: &str) -> Vec<TokenTree> {
    let stream: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path} is not Rust: {error}"));
    stream.into_iter().collect()
}

pub fn is(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

pub fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// Is there `::` at this place?
pub fn is_path_sign(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

pub fn line(token: &TokenTree) -> usize {
    token.span().start().line
}

/// A module of tests, by its name.
fn is_of_tests(name: &str) -> bool {
    name == "tests" || name.ends_with("_tests")
}

/// A run of tokens of one group, where it stands and whether only tests see it.
pub struct Place<'a> {
    pub tokens: &'a [TokenTree],
    pub at: usize,
    pub module: &'a [String],
    pub in_tests: bool,
}

impl<'a> Place<'a> {
    pub fn token(&self, ahead: usize) -> Option<&'a TokenTree> {
        self.tokens.get(self.at + ahead)
    }
}

/// Shows every token to `look`, going into groups and inline modules; attributes such as doc comments are left out, but
/// shown as the `#` they begin with.
fn walk(tokens: &[TokenTree], module: &[String], in_tests: bool, look: &mut dyn FnMut(&Place<'_>)) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        look(&Place { tokens, at, module, in_tests });
        if is_punct(Some(token), '#') {
            at += 1 + usize::from(is_punct(tokens.get(at + 1), '!'));
            at += usize::from(matches!(tokens.get(at), Some(TokenTree::Group(_))));
            continue;
        }
        if let (true, Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) =
            (is(Some(token), "mod"), tokens.get(at + 1), tokens.get(at + 2))
        {
            let inner: Vec<String> = module.iter().cloned().chain([name.to_string()]).collect();
            let body: Vec<TokenTree> = body.stream().into_iter().collect();
            walk(&body, &inner, in_tests || is_of_tests(&name.to_string()), look);
            at += 3;
            continue;
        }
        if let TokenTree::Group(group) = token {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            walk(&inner, module, in_tests, look);
        }
        at += 1;
    }
}

/// Runs `look` over a file of Rust and gathers its complaints, each with file and line.
pub fn complaints(path: &str, text: &str, mut look: impl FnMut(&Place<'_>) -> Vec<String>) -> Vec<String> {
    let tokens = tokens(path, text);
    let in_tests = path.starts_with("tests/") || module(path).iter().any(|name| is_of_tests(name));
    let mut found = Vec::new();
    walk(&tokens, &module(path), in_tests, &mut |place| {
        let line = place.token(0).map_or(0, line);
        found.extend(look(place).into_iter().map(|complaint| format!("{path}:{line}: {complaint}")));
    });
    found
}

/// The project's text files with their paths from its root: what git tracks or would, or all there is without git.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>());
    let paths = listed.filter(|paths| !paths.is_empty()).unwrap_or_else(|| {
        let mut paths = Vec::new();
        list(root, "", &mut paths);
        paths
    });
    let read = |path: String| Some((path.clone(), std::fs::read_to_string(root.join(path)).ok()?));
    paths.into_iter().filter_map(read).collect()
}

fn list(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder opens").map(|entry| entry.expect("an entry")) {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().expect("a kind of file");
        if kind.is_dir() && !matches!(path.as_str(), ".git" | "target") {
            list(&entry.path(), &format!("{path}/"), paths);
        } else if kind.is_file() {
            paths.push(path);
        }
    }
}

/// Runs a rule over every file whose name ends so; a rule that saw no file has shown nothing.
pub fn hold(rule: fn(&str, &str) -> Vec<String>, ending: &str) {
    let files: Vec<_> = files().into_iter().filter(|(path, _)| path.ends_with(ending)).collect();
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"), "the source was not found");
    let found: Vec<String> = files.iter().flat_map(|(path, text)| rule(path, text)).collect();
    assert!(found.is_empty(), "{} complaints\n{}", found.len(), found.join("\n"));
}

/// The rule complains this often about this text in this file.
#[track_caller]
pub fn check(rule: fn(&str, &str) -> Vec<String>, path: &str, text: &str, complaints: usize) {
    let found = rule(path, text);
    assert_eq!(found.len(), complaints, "{path}: {text}\n{found:#?}");
}
