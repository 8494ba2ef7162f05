//! The OCF container: a ZIP archive whose bytes depend on its entries alone (EPUB 3.3 §4.2).

use super::EpubError;
use crate::deflate;
use rayon::prelude::*;

/// One file of the archive.
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) data: Vec<u8>,
    /// Whether its data are compressed already.
    pub(super) stored: bool,
}

impl Entry {
    /// A text: deflated.
    pub(super) fn text(path: impl Into<String>, data: impl Into<Vec<u8>>) -> Entry {
        Entry { path: path.into(), data: data.into(), stored: false }
    }
}

struct Packed {
    path: String,
    data: Vec<u8>,
    crc: u32,
    size: u32,
    method: u16,
}

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// General purpose bit 11: paths are UTF-8.
const UTF_8: u16 = 1 << 11;
/// 1980-01-01, the first day that a ZIP archive can tell.
const DATE: u16 = 1 << 5 | 1;

/// The archive with these entries behind the `mimetype`.
///
/// # Errors
///
/// Where there are more entries or bytes than a ZIP archive without extensions can hold.
pub(super) fn write(mut entries: Vec<Entry>) -> Result<Vec<u8>, EpubError> {
    entries.insert(0, Entry { path: "mimetype".into(), data: MIMETYPE.to_vec(), stored: true });
    let packed: Vec<Packed> = entries.into_par_iter().map(pack).collect::<Result<_, _>>()?;
    let count = u16::try_from(packed.len()).map_err(|_| EpubError::TooLarge)?;
    let total = packed.iter().map(|one| one.data.len() + 200).sum();
    let mut out = Vec::with_capacity(total);
    let mut directory = Vec::new();
    for one in &packed {
        let path = &one.path;
        let offset = u32::try_from(out.len()).map_err(|_| EpubError::TooLarge)?;
        let length = u32::try_from(one.data.len()).map_err(|_| EpubError::TooLarge)?;
        let path_length = u16::try_from(path.len()).map_err(|_| EpubError::TooLarge)?;
        let mut common = Vec::with_capacity(26);
        // Version 2.0 is needed for deflate and folders, 1.0 would do for the first entry.
        for number in [20, if path.is_ascii() { 0 } else { UTF_8 }, one.method, 0, DATE] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        for number in [one.crc, length, one.size] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        common.extend_from_slice(&path_length.to_le_bytes());
        common.extend_from_slice(&0u16.to_le_bytes());
        out.extend_from_slice(b"PK\x03\x04");
        out.extend_from_slice(&common);
        out.extend_from_slice(path.as_bytes());
        out.extend_from_slice(&one.data);
        directory.extend_from_slice(b"PK\x01\x02\x14\x00");
        directory.extend_from_slice(&common);
        // No comment, disk 0, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(path.as_bytes());
    }
    let offset = u32::try_from(out.len()).map_err(|_| EpubError::TooLarge)?;
    let length = u32::try_from(directory.len()).map_err(|_| EpubError::TooLarge)?;
    out.append(&mut directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&offset.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    Ok(out)
}

const MIMETYPE: &[u8] = b"application/epub+zip";

fn pack(entry: Entry) -> Result<Packed, EpubError> {
    let Entry { path, data, stored } = entry;
    let size = u32::try_from(data.len()).map_err(|_| EpubError::TooLarge)?;
    let crc = crc32fast::hash(&data);
    let deflated = (!stored).then(|| deflate::raw(&data)).filter(|deflated| deflated.len() < data.len());
    let (data, method) = deflated.map_or((data, STORED), |deflated| (deflated, DEFLATED));
    Ok(Packed { path, data, crc, size, method })
}
