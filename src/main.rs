//! The binary: runs the command line and prints the error chain.

use std::process::ExitCode;

fn main() -> ExitCode {
    tillback::cli::main()
}
