//! Files that are whole or not there: written beside their target, synced, then renamed over it.

use super::paths::folder_of;
use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The end of the names of unfinished files.
const UNFINISHED: &str = ".bindery-part";

/// How many unfinished files this process has begun: keeps their names apart.
static BEGUN: AtomicU32 = AtomicU32::new(0);

/// Puts `data` at `path`: whoever looks finds the old file whole or the new one whole, whatever happens meanwhile.
///
/// What an earlier process that was killed left beside `path` is removed. Processes that write the same path at once do
/// not disturb each other: the last to finish stays.
///
/// # Errors
///
/// Those of the file system; the old file, if any, is as it was and nothing is left beside it.
pub fn write_whole(path: &Path, data: &[u8]) -> io::Result<()> {
    write(path, data, true)
}

/// As [`write_whole`]; `synced`: even where the power fails at once. Where it is not, a power failure may leave a file that is
/// cut short, which whoever writes down its length finds.
///
/// # Errors
///
/// As there.
pub(super) fn write(path: &Path, data: &[u8], synced: bool) -> io::Result<()> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))?;
    let folder = folder_of(path).unwrap_or(Path::new("."));
    match fs::metadata(path) {
        Ok(target) if target.is_dir() => return Err(io::Error::from(io::ErrorKind::IsADirectory)),
        // A device or a pipe is written to: a file in the place of `/dev/null` would be the end of it.
        Ok(target) if !target.is_file() => return OpenOptions::new().write(true).open(path)?.write_all(data),
        Ok(_) | Err(_) => {}
    }
    remove_abandoned(folder);
    let mut tries = 0;
    loop {
        let unfinished = folder.join(unfinished_name(name));
        match fill(&unfinished, data, synced).and_then(|()| fs::rename(&unfinished, path)) {
            Ok(()) => return Ok(()),
            // Between the birth of a file and its lock another process may take it for abandoned.
            Err(error) if error.kind() == io::ErrorKind::NotFound && tries < 3 && folder.is_dir() => tries += 1,
            Err(error) => {
                // The first error is the one to tell.
                let _ = fs::remove_file(&unfinished);
                return Err(error);
            }
        }
    }
}

/// Puts what `fill` writes in the place of a file of one's own.
pub(super) fn replace(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut out = io::BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
    fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn fill(path: &Path, data: &[u8], synced: bool) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // The lock tells other processes that somebody is at work here; some file systems have none, and do without.
    let _ = file.try_lock();
    file.write_all(data)?;
    if synced { file.sync_all() } else { Ok(()) }
}

/// `.book.pdf.4711-0.bindery-part` for `book.pdf`: hidden, and no target has such a name. A long name is cut, since most
/// file systems allow 255 bytes.
fn unfinished_name(name: &OsStr) -> OsString {
    let number = BEGUN.fetch_add(1, Ordering::Relaxed);
    let kept: String = name.to_string_lossy().chars().take(50).collect();
    format!(".{kept}.{}-{number}{UNFINISHED}", std::process::id()).into()
}

/// Removes the unfinished files in `folder` that nobody holds a lock on. It is best effort: what cannot be removed stays.
fn remove_abandoned(folder: &Path) {
    // A folder of 100,000 outputs must not be read for each of them: the first file that a process writes there looks.
    if !first_visit(folder) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let own = entry.file_name();
        let text = own.to_string_lossy();
        if !text.starts_with('.') || !text.ends_with(UNFINISHED) {
            continue;
        }
        let Ok(file) = File::open(entry.path()) else { continue };
        match file.try_lock() {
            Ok(()) => {
                let _ = fs::remove_file(entry.path());
            }
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => {}
        }
    }
}

/// Whether this is the first call for this folder in this process.
fn first_visit(folder: &Path) -> bool {
    static SEEN: std::sync::Mutex<std::collections::BTreeSet<PathBuf>> =
        std::sync::Mutex::new(std::collections::BTreeSet::new());
    match SEEN.lock() {
        Ok(mut seen) => seen.insert(folder.to_owned()),
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_replaces_the_file_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.pdf");
        let abandoned = folder.path().join(format!(".a.pdf.1-0{UNFINISHED}"));
        fs::write(&abandoned, "torn").expect("write");
        write_whole(&path, b"one").expect("first");
        write_whole(&path, b"two").expect("second");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        let names: Vec<_> =
            fs::read_dir(folder.path()).expect("list").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, ["a.pdf"]);
    }

    #[test]
    fn an_unfinished_file_that_somebody_holds_stays() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let held = folder.path().join(format!(".b.pdf.1-0{UNFINISHED}"));
        let file = File::create(&held).expect("create");
        file.lock().expect("lock");
        write_whole(&folder.path().join("b.pdf"), b"one").expect("write");
        assert!(held.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to_and_stays_one() {
        let device = Path::new("/dev/null");
        write_whole(device, b"one").expect("write");
        assert!(!fs::metadata(device).expect("the device").is_file());
    }

    #[test]
    fn a_target_that_is_a_folder_is_an_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(write_whole(folder.path(), b"one").is_err());
    }
}
