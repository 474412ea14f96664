//! Printers to print on: one on loopback TCP with a mood, one behind a pseudo-terminal.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How a printer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mood {
    Good,
    PaperOut,
    CoverOpen,
    OffLine,
    Jammed,
    /// Says nothing, prints all the same.
    Mute,
    /// Answers about itself, but not GS r: an older model.
    Old,
    /// Takes some bytes and no more, hears nothing, and says that it is out of paper when it is asked anew.
    EndsHalfWay,
    /// Hangs up after some bytes.
    HangsUp,
}

/// A network printer; what it was sent is kept.
pub struct Network {
    pub address: SocketAddr,
    mood: Arc<Mutex<Mood>>,
    jobs: Arc<Mutex<Vec<Vec<u8>>>>,
}

/// Bytes of a job that are none of it: questions.
const QUESTION: [u8; 2] = [0x10, 0x04];
/// A slip has some ten thousand.
const SOME: usize = 3_000;

impl Network {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (mood, jobs) = (Arc::new(Mutex::new(mood)), Arc::new(Mutex::new(vec![])));
        let (shown, kept) = (Arc::clone(&mood), Arc::clone(&jobs));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mood = *shown.lock().unwrap();
                let job = serve(stream, mood, &shown);
                if !job.is_empty() {
                    kept.lock().unwrap().push(job);
                }
            }
        });
        Self { address, mood, jobs }
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// What was printed, once so many jobs are there.
    pub fn jobs(&self, count: usize) -> Vec<Vec<u8>> {
        for _ in 0..6_000 {
            let jobs = self.jobs.lock().unwrap().clone();
            if jobs.len() >= count {
                return jobs;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{count} jobs never came");
    }

    pub fn jobs_now(&self) -> usize {
        self.jobs.lock().unwrap().len()
    }
}

/// Answers to the three questions: printer, off-line cause, paper.
fn answers(mood: Mood) -> [u8; 3] {
    match mood {
        Mood::Good | Mood::Mute | Mood::Old | Mood::HangsUp => [0x12, 0x12, 0x12],
        Mood::EndsHalfWay => [0x12, 0x12, 0x12],
        Mood::PaperOut => [0x1a, 0x32, 0x72],
        Mood::CoverOpen => [0x1a, 0x16, 0x12],
        Mood::OffLine => [0x1a, 0x12, 0x12],
        Mood::Jammed => [0x1a, 0x52, 0x12],
    }
}

fn serve(mut stream: TcpStream, mood: Mood, next: &Mutex<Mood>) -> Vec<u8> {
    let mut job = vec![];
    let mut bytes = [0_u8; 256];
    loop {
        let Ok(read @ 1..) = stream.read(&mut bytes) else { return job };
        // The till asks between its sendings, never in the middle of one.
        let mut rest = &bytes[..read];
        while let Some((at, number)) = question(rest) {
            job.extend_from_slice(&rest[..at]);
            rest = &rest[at + 3..];
            let [printer, cause, paper] = answers(mood);
            let answer = match number {
                1 => printer,
                2 => cause,
                _ => paper,
            };
            if mood != Mood::Mute && stream.write_all(&[answer]).is_err() {
                return job;
            }
        }
        job.extend_from_slice(rest);
        if job.ends_with(&[0x1d, b'r', 1]) {
            job.truncate(job.len() - 3);
            if matches!(mood, Mood::Good) {
                let _ = stream.write_all(&[0x00]);
            }
        }
        match mood {
            Mood::HangsUp if job.len() >= SOME => return job,
            Mood::EndsHalfWay if job.len() >= SOME => {
                // Its buffer is full: it reads nothing more, questions neither, until somebody new comes.
                *next.lock().unwrap() = Mood::PaperOut;
                std::thread::spawn(move || {
                    std::thread::sleep(Duration::from_secs(120));
                    drop(stream);
                });
                return vec![];
            }
            _ => {}
        }
    }
}

fn question(bytes: &[u8]) -> Option<(usize, u8)> {
    let at = bytes.windows(3).position(|three| three[..2] == QUESTION)?;
    Some((at, bytes[at + 2]))
}
