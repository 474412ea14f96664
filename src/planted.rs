//! Bugs planted on purpose, one for each way a promise could be broken, to show that the proofs would see it.
//!
//! **In a normal build there is none**: without the feature `planted` every `planted!("...")` is the word `false`, and
//! the feature does not compile without debug assertions. With it, the environment variable `TILLBACK_PLANTED` names the
//! one bug that is there. `tests/planted.list` says what each breaks and which test finds it; `./scripts/prove --planted`
//! runs them all. **A plant is one line where the rule it breaks stands**, and breaks nothing else.

#[cfg(all(feature = "planted", not(debug_assertions)))]
compile_error!("planted bugs are for proofs: they do not go into a build without debug assertions");

/// True where the bug of this name is planted.
#[cfg(feature = "planted")]
macro_rules! planted {
    ($bug:literal) => {
        $crate::planted::is_chosen($bug)
    };
}

/// False: this build has no planted bugs.
#[cfg(not(feature = "planted"))]
macro_rules! planted {
    ($bug:literal) => {
        false
    };
}

/// Whether the environment names this bug.
#[cfg(feature = "planted")]
pub(crate) fn is_chosen(bug: &str) -> bool {
    static CHOSEN: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    CHOSEN.get_or_init(|| std::env::var("TILLBACK_PLANTED").unwrap_or_default()) == bug
}
