//! A disk on which a cut can be made after any step: what was fsynced is there, what came later may be there, in part.
//!
//! A file's bytes are durable when an fsync of it has returned; that a file is there or is gone, when one of the folder
//! has. What is pending at a cut reaches the disk in no order, in pieces of a sector; a sector in which nothing was
//! durable may hold zeros or rubbish instead. What is assumed of a disk: it does not lie about fsync, and writing one
//! sector leaves its neighbours alone.

use std::collections::BTreeMap;

use super::trace::Step;
use tillback::ledger::{Randomness, SeededRandomness};

const SECTOR: usize = 512;

#[derive(Debug, Clone)]
enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate(usize),
}

/// A file, whatever its name is by now.
#[derive(Debug, Clone, Default)]
struct Inode {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Entry {
    Created(String, usize),
    Unlinked(String),
}

/// The disk so far.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    inodes: Vec<Inode>,
    /// Names as the running system sees them.
    live: BTreeMap<String, usize>,
    /// Names that are durable.
    durable: BTreeMap<String, usize>,
    /// Changes of names since the folder's last fsync.
    pending: Vec<Entry>,
    /// A planted fault: fsyncs of files come to nothing, as with `synchronous=OFF`.
    pub syncs_nothing: bool,
}

/// How a cut treats what is pending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Nothing of it is there.
    Dropped,
    /// All of it.
    Kept,
    /// The first changes; the one after them torn.
    Prefix,
    /// Any sectors of any of it.
    Sectors,
    /// Any sectors; where there was no file before, zeros and rubbish too.
    Rubbish,
}

pub const CUTS: [Cut; 5] = [Cut::Dropped, Cut::Kept, Cut::Prefix, Cut::Sectors, Cut::Rubbish];

pub fn below(random: &mut SeededRandomness, n: usize) -> usize {
    let mut bytes = [0; 8];
    random.fill(&mut bytes).expect("seeded");
    usize::try_from(u64::from_le_bytes(bytes) % n as u64).expect("small")
}

fn apply(file: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { offset, bytes } => {
            if file.len() < offset + bytes.len() {
                file.resize(offset + bytes.len(), 0);
            }
            file[*offset..offset + bytes.len()].copy_from_slice(bytes);
        }
        Change::Truncate(size) => file.resize(*size, 0),
    }
}

/// A write's pieces, none across the border of a sector.
fn sectors(offset: usize, bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let start = offset + at;
        let length = rest.len().min(SECTOR - start % SECTOR);
        at += length;
        Some((start, &rest[..length]))
    })
}

impl Disk {
    /// Takes one step.
    pub fn step(&mut self, step: &Step) {
        match step {
            Step::Written { name, offset, bytes } => {
                self.change(name, Change::Write { offset: *offset, bytes: bytes.clone() });
            }
            Step::Truncated { name, size } => self.change(name, Change::Truncate(*size)),
            Step::Created { name } => {
                self.inodes.push(Inode::default());
                self.live.insert(name.clone(), self.inodes.len() - 1);
                self.pending.push(Entry::Created(name.clone(), self.inodes.len() - 1));
            }
            Step::Unlinked { name } => {
                self.live.remove(name);
                self.pending.push(Entry::Unlinked(name.clone()));
            }
            Step::Synced { name } if name == "." => {
                self.durable = self.live.clone();
                self.pending.clear();
            }
            Step::Synced { .. } if self.syncs_nothing => {}
            Step::Synced { name } => {
                let inode = self.inode(name);
                for change in std::mem::take(&mut inode.pending) {
                    apply(&mut inode.durable, &change);
                }
            }
            Step::Shown(_) | Step::Sent(_) => {}
        }
    }

    fn inode(&mut self, name: &str) -> &mut Inode {
        let at = *self.live.get(name).unwrap_or_else(|| panic!("{name} was never created"));
        &mut self.inodes[at]
    }

    fn change(&mut self, name: &str, change: Change) {
        self.inode(name).pending.push(change);
    }

    /// How many changes of the database and its log a cut here could take.
    pub fn at_stake(&self) -> usize {
        let of_database = self.live.iter().filter(|(name, _)| name.starts_with("ledger.db"));
        of_database.map(|(_, at)| self.inodes[*at].pending.len()).sum()
    }

    /// The files that are there when the power comes back.
    pub fn cut(&self, cut: Cut, random: &mut SeededRandomness) -> BTreeMap<String, Vec<u8>> {
        let mut names = self.durable.clone();
        // A journalled folder changes in order: the first so many.
        let entries = match cut {
            Cut::Dropped => 0,
            Cut::Kept => self.pending.len(),
            _ => below(random, self.pending.len() + 1),
        };
        for entry in &self.pending[..entries] {
            match entry {
                Entry::Created(name, inode) => drop(names.insert(name.clone(), *inode)),
                Entry::Unlinked(name) => drop(names.remove(name)),
            }
        }
        names.into_iter().map(|(name, inode)| (name, self.inodes[inode].after(cut, random))).collect()
    }
}

impl Inode {
    fn after(&self, cut: Cut, random: &mut SeededRandomness) -> Vec<u8> {
        let mut file = self.durable.clone();
        match cut {
            Cut::Dropped => {}
            Cut::Kept => self.pending.iter().for_each(|change| apply(&mut file, change)),
            Cut::Prefix => {
                let whole = below(random, self.pending.len() + 1);
                self.pending[..whole].iter().for_each(|change| apply(&mut file, change));
                if let Some(Change::Write { offset, bytes }) = self.pending.get(whole) {
                    let torn = below(random, bytes.len().div_ceil(SECTOR)) * SECTOR;
                    apply(
                        &mut file,
                        &Change::Write { offset: *offset, bytes: bytes[..torn.min(bytes.len())].to_vec() },
                    );
                }
            }
            Cut::Sectors | Cut::Rubbish => {
                for change in &self.pending {
                    self.tear(change, cut, &mut file, random);
                }
            }
        }
        file
    }

    fn tear(&self, change: &Change, cut: Cut, file: &mut Vec<u8>, random: &mut SeededRandomness) {
        let Change::Write { offset, bytes } = change else {
            if below(random, 2) == 0 {
                apply(file, change);
            }
            return;
        };
        for (start, piece) in sectors(*offset, bytes) {
            let beyond = start / SECTOR * SECTOR >= self.durable.len();
            let bytes = match below(random, 4) {
                0 => continue,
                1 if cut == Cut::Rubbish && beyond => vec![0; piece.len()],
                2 if cut == Cut::Rubbish && beyond => {
                    let mut rubbish = vec![0; piece.len()];
                    random.fill(&mut rubbish).expect("seeded");
                    rubbish
                }
                _ => piece.to_vec(),
            };
            apply(file, &Change::Write { offset: start, bytes });
        }
    }
}
