//! One window a till: a second start brings the first one to the front and ends.
//!
//! **This is a convenience and guards nothing**: the ledger's own lock is what keeps two programs apart. The window that runs
//! listens on this machine alone, and takes no word but the one that stands in a file which only this user can read.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::Places;
use super::house::House;

/// Port and word of the window that runs, in the data folder.
const FILE: &str = "window.front";
/// How long either side waits for the other.
const PATIENCE: Duration = Duration::from_secs(2);
/// The word's bytes.
const WORD: usize = 16;
/// What is said when the window was raised.
const YES: &[u8] = b"front\n";

/// The window that can be found. It cannot any more once this is dropped.
pub(super) struct Front {
    file: PathBuf,
    port: u16,
    over: Arc<AtomicBool>,
}

impl Front {
    /// Waits to be found, and calls `raise` then. Nothing where that cannot be: the till runs all the same.
    pub(super) fn listen(folder: &Path, raise: impl Fn() + Send + 'static) -> Option<Self> {
        let begun = Self::begin(folder, raise);
        begun.inspect_err(|error| tracing::warn!(%error, "a second start will not find this window")).ok()
    }

    fn begin(folder: &Path, raise: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        let mut word = [0_u8; WORD];
        getrandom::fill(&mut word).map_err(std::io::Error::other)?;
        let word = hex::encode(word);
        let file = folder.join(FILE);
        write_for_us(&file, &format!("{port} {word}\n"))?;
        let over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&over);
        std::thread::Builder::new().name("front".to_owned()).spawn(move || {
            for caller in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    return;
                }
                if caller.is_ok_and(|caller| knows(caller, &word)) {
                    raise();
                }
            }
        })?;
        Ok(Self { file, port, over })
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.file);
        self.over.store(true, Ordering::Relaxed);
        // So that the thread looks up.
        let _ = TcpStream::connect_timeout(&address(self.port), PATIENCE);
    }
}

fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

/// Nobody else can read it, from its first byte on.
fn write_for_us(file: &Path, text: &str) -> std::io::Result<()> {
    let _ = std::fs::remove_file(file);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)?.write_all(text.as_bytes())
}

/// Whether the caller has the word; told so, if it has.
fn knows(mut caller: TcpStream, word: &str) -> bool {
    let mut said = vec![0_u8; word.len()];
    let heard = caller
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| caller.set_write_timeout(Some(PATIENCE)))
        .and_then(|()| caller.read_exact(&mut said));
    heard.is_ok() && said == word.as_bytes() && caller.write_all(YES).is_ok()
}

/// Brings the window of that data folder to the front, if there is one.
fn raise(folder: &Path) -> Option<()> {
    let text = std::fs::read_to_string(folder.join(FILE)).ok()?;
    let (port, word) = text.trim().split_once(' ')?;
    let mut there = TcpStream::connect_timeout(&address(port.parse().ok()?), PATIENCE).ok()?;
    there.set_read_timeout(Some(PATIENCE)).ok()?;
    there.write_all(word.as_bytes()).ok()?;
    let mut said = vec![0_u8; YES.len()];
    there.read_exact(&mut said).ok()?;
    (said == YES).then_some(())
}

/// Whether this till's window runs already; it is in front then.
pub(super) fn is_there(places: &Places) -> bool {
    House::read(places).is_ok_and(|house| raise(&house.config.data.folder).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_raises_the_window_that_runs_and_none_that_does_not() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(raise(folder.path()), None, "nobody runs");
        let (raised, heard) = crossbeam_channel::unbounded();
        let front = Front::listen(folder.path(), move || raised.send(()).unwrap()).unwrap();
        assert_eq!(raise(folder.path()), Some(()));
        heard.recv_timeout(Duration::from_secs(60)).unwrap();
        let file = folder.path().join(FILE);
        let kept = std::fs::read_to_string(&file).unwrap();
        // Somebody without the word.
        std::fs::write(&file, format!("{} {}\n", front.port, "0".repeat(2 * WORD))).unwrap();
        assert_eq!(raise(folder.path()), None);
        assert!(heard.try_recv().is_err(), "nothing was raised");
        drop(front);
        assert!(!file.exists());
        // What a crash leaves behind leads nowhere.
        std::fs::write(&file, kept).unwrap();
        assert_eq!(raise(folder.path()), None);
    }

    #[cfg(unix)]
    #[test]
    fn the_word_is_this_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let _front = Front::listen(folder.path(), || ()).unwrap();
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
