//! What keeps a till program's sales from coming in, in terms that a screen can explain.
//!
//! **Facts only**: the folder and the port are the intake's, and it goes on trying by itself.

/// Why files in the watched folder are not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SalesFolderFault {
    /// The folder is not there, or cannot be read.
    NotThere,
    /// A file in it can be opened by nobody, or not be moved out of the way.
    FileHeld,
}

/// What keeps sales from coming in; nothing by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SalesTrouble {
    /// What is wrong with the watched folder.
    pub folder: Option<SalesFolderFault>,
    /// Files that were refused and wait for somebody.
    pub failed_files: usize,
    /// The port that cannot be listened on: another program has it.
    pub port: Option<u16>,
}
