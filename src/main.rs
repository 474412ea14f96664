//! The binary: runs the command line and prints the error chain.

fn main() {}
