//! The binary: runs the command line and prints the error chain.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The camera's child process; nothing else is set up for it.
    if std::env::args_os().nth(1).is_some_and(|word| word == "camera-worker") {
        return tillback::scan::camera::worker_main();
    }
    ExitCode::SUCCESS
}
