//! What keeps the record from being lost: checks, copies, the way back from a copy, and a mark of where it ended.
//!
//! **A check never holds the writer up**: it reads through a connection of its own and can be stopped. **A copy counts
//! only once it was read back**, and it stands under its name only once it is on the disk. **The way back deletes
//! nothing**: what was in place is set aside, and what the copy does not know is brought over as unknown.

pub(super) mod backup;
pub(super) mod check;
pub(super) mod examine;
pub(super) mod mark;
pub(super) mod places;
pub(super) mod replay;
pub(super) mod restore;
pub(super) mod rotate;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::OpenError;
use super::schema;

/// A connection for reading alone, beside whoever writes. It takes nothing out of the log and puts nothing in.
fn reader(path: &Path) -> Result<Connection, OpenError> {
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
}

/// A connection for checks. It writes nothing either, but is opened for writing where that is possible: SQLite does not
/// read CHECK constraints, and so cannot check them, on a connection that is for reading only.
fn checker(path: &Path) -> Result<Connection, OpenError> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE).or_else(|_| reader(path))
}

fn open(path: &Path, mode: OpenFlags) -> Result<Connection, OpenError> {
    if !path.exists() {
        return Err(OpenError::Missing { path: path.display().to_string() });
    }
    let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| OpenError::at(path, error))?;
    schema::before_reading(&connection, schema::BUSY_TIMEOUT).map_err(|error| OpenError::at(path, error))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Makes what was written into a folder last: a new name is on the disk only once its folder is.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // Windows has no such call; there a rename is written with the journal of the file system.
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
