//! A file of lines that only grows: what a process that is killed, or a full disk, leaves of it is all lines but the last.
//!
//! A line is a checksum (CRC-32), a place, a key, and what is to be remembered of them, in JSON:
//!
//! ```text
//! 5f1c2a90 0c4fe9a2be0167d1 9b0c…64 digits…e1 {"input":"a.txt",…}
//! ```

use super::fingerprint::{Hash, hex};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Checksum, place and key with a space behind each.
const HEAD: usize = 9 + 17 + 65;

/// What a line is about: whoever looks for a line knows this number.
pub(super) type Name = u64;

/// One line, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What it is about.
    pub(super) place: Name,
    /// What must be the same for it to hold, in hexadecimal digits.
    pub(super) key: String,
    /// What it says.
    pub(super) json: String,
}

impl Line {
    /// A line as it is written.
    pub(super) fn written(place: Name, key: &Hash, json: &str) -> String {
        Line { place, key: hex(key), json: json.to_owned() }.again()
    }

    /// This line as it was written.
    pub(super) fn again(&self) -> String {
        let rest = format!("{:016x} {} {}", self.place, self.key, self.json);
        format!("{:08x} {rest}\n", crc32fast::hash(rest.as_bytes()))
    }

    /// A line as it was read, without its line feed; none where it is torn.
    fn parse(line: &[u8]) -> Option<Line> {
        let line = std::str::from_utf8(line).ok()?;
        let (sum, rest) = line.split_once(' ')?;
        if line.len() < HEAD || u32::from_str_radix(sum, 16).ok()? != crc32fast::hash(rest.as_bytes()) {
            return None;
        }
        let (place, rest) = rest.split_once(' ')?;
        let (key, json) = rest.split_once(' ')?;
        Some(Line { place: Name::from_str_radix(place, 16).ok()?, key: key.to_owned(), json: json.to_owned() })
    }
}

/// An open journal.
pub(super) struct Journal {
    state: Mutex<State>,
}

struct State {
    file: File,
    /// Where the next line begins; what stands behind it is torn.
    end: u64,
}

impl Journal {
    /// Opens the journal at `path` and visits its whole lines, each with where it begins; makes it where there is none.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub(super) fn open(path: &Path, visit: &mut dyn FnMut(u64, &Line)) -> io::Result<Journal> {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        Journal::over(file, visit)
    }

    /// As [`Journal::open`], for reading alone.
    pub(super) fn open_read(path: &Path, visit: &mut dyn FnMut(u64, &Line)) -> io::Result<Journal> {
        Journal::over(File::open(path)?, visit)
    }

    fn over(file: File, visit: &mut dyn FnMut(u64, &Line)) -> io::Result<Journal> {
        let mut end = 0;
        let mut start = 0;
        let mut reader = BufReader::with_capacity(1 << 16, file);
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            let length = reader.read_until(b'\n', &mut bytes)? as u64;
            if length == 0 {
                break;
            }
            if let Some(line) = bytes.strip_suffix(b"\n").and_then(Line::parse) {
                visit(start, &line);
                end = start + length;
            }
            start += length;
        }
        // A torn line may be whole lines of others only where two wrote at once, which the lock forbids: the next takes its
        // place.
        Ok(Journal { state: Mutex::new(State { file: reader.into_inner(), end }) })
    }

    /// Adds a line. Gives back where it begins.
    ///
    /// # Errors
    ///
    /// Those of the file system; the lines before are as they were, and the next line takes the place of this one.
    pub(super) fn append(&self, line: &str) -> io::Result<u64> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let start = state.end;
        state.file.seek(SeekFrom::Start(start))?;
        state.file.write_all(line.as_bytes())?;
        state.end += line.len() as u64;
        Ok(start)
    }

    /// The line that begins at `start`.
    pub(super) fn read(&self, start: u64) -> Option<Line> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.file.seek(SeekFrom::Start(start)).ok()?;
        let mut line = Vec::new();
        let mut block = [0; 2048];
        loop {
            let length = state.file.read(&mut block).ok()?;
            let read = block.get(..length)?;
            match read.iter().position(|byte| *byte == b'\n') {
                Some(at) => {
                    line.extend_from_slice(read.get(..at)?);
                    return Line::parse(&line);
                }
                None if length == 0 => return None,
                None => line.extend_from_slice(read),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn lines(path: &Path) -> (Journal, Vec<(u64, Name, String)>) {
        let mut seen = Vec::new();
        let journal = Journal::open(path, &mut |at, line| seen.push((at, line.place, line.json.clone())));
        (journal.expect("a journal"), seen)
    }

    #[test]
    fn a_journal_torn_at_any_byte_gives_the_lines_before() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("journal");
        let (journal, none) = lines(&path);
        assert!(none.is_empty());
        let long = format!("{{\"long\":\"{}\"}}", "x".repeat(5000));
        let texts = ["{}", long.as_str(), "{\"ü\":1}"];
        let starts: Vec<u64> = (0..)
            .zip(texts)
            .map(|(place, json)| journal.append(&Line::written(place, &[7; 32], json)).expect("a line"))
            .collect();
        for (place, (start, json)) in (0..).zip(starts.iter().zip(texts)) {
            let line = journal.read(*start).expect("the line");
            assert_eq!((line.place, line.key, line.json.as_str()), (place, hex(&[7; 32]), json));
        }
        let whole = fs::read(&path).expect("the journal");
        for cut in (0..whole.len()).filter(|cut| *cut < 300 || *cut > whole.len() - 120 || cut % 97 == 0) {
            fs::write(&path, &whole[..cut]).expect("write");
            let (journal, seen) = lines(&path);
            let left = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
            assert_eq!(seen.len(), left, "{cut}");
            // The next line is found again, whatever was torn.
            journal.append(&Line::written(9, &[1; 32], "{\"next\":true}")).expect("a line");
            let (_, seen) = lines(&path);
            assert_eq!((seen.len(), seen[left].1), (left + 1, 9), "{cut}");
        }
    }

    #[test]
    fn a_line_with_a_wrong_byte_is_none() {
        let line = Line::written(1, &[2; 32], "{\"a\":1}");
        let line = line.trim_end().as_bytes();
        assert!(Line::parse(line).is_some());
        for at in 0..line.len() {
            let mut wrong = line.to_vec();
            wrong[at] ^= 1;
            assert!(Line::parse(&wrong).is_none(), "{at}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_written_leaves_those_before() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("journal");
        let start = lines(&path).0.append(&Line::written(1, &[2; 32], "{}")).expect("a line");
        let journal = Journal::open_read(&path, &mut |_, _| {}).expect("a journal");
        assert!(journal.append(&Line::written(2, &[2; 32], "{}")).is_err());
        assert_eq!(journal.read(start).map(|line| line.place), Some(1));
        assert_eq!(lines(&path).1.len(), 1);
    }
}
