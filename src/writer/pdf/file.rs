//! The file itself (ISO 32000-1, 7.5): streams, object streams, a compressed cross-reference stream.
//!
//! lopdf can write object streams too, but it holds each object as a tree: the ten thousands of elements of a book's
//! structure are written here as bytes from the start.

use super::syntax;
use crate::deflate;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

/// Objects of an object stream: as many as one byte can count in the cross-reference stream.
const OBJECTS_PER_STREAM: usize = 256;
/// How many objects are put into object streams at once: enough to keep all threads busy, few enough that what is not yet
/// compressed takes a few megabytes.
const OBJECTS_AT_ONCE: usize = 64 * OBJECTS_PER_STREAM;

/// A PDF file in the making. Objects are numbered from 1 as they are reserved.
#[derive(Default)]
pub(super) struct File {
    reserved: u32,
    /// The last objects that go into object streams, one behind the other.
    plain: Vec<u8>,
    /// The number of each of them and where it ends.
    ends: Vec<(u32, usize)>,
    /// The objects that are in object streams.
    packed: Vec<u32>,
    /// The object streams, without numbers yet: the entries and data of each.
    packs: Vec<(Vec<u8>, Vec<u8>)>,
    streams: Vec<Stream>,
}

/// A stream object.
struct Stream {
    id: u32,
    /// The entries of its dictionary but for `Length`.
    entries: Vec<u8>,
    data: Vec<u8>,
}

impl File {
    /// A number for an object to come.
    pub(super) fn reserve(&mut self) -> u32 {
        self.reserve_many(1)
    }

    /// The first of `count` numbers in a row.
    pub(super) fn reserve_many(&mut self, count: usize) -> u32 {
        let first = self.reserved + 1;
        self.reserved += count as u32;
        first
    }

    /// Adds the object `id`, written by `write`.
    pub(super) fn object(&mut self, id: u32, write: impl FnOnce(&mut Vec<u8>)) {
        write(&mut self.plain);
        self.ends.push((id, self.plain.len()));
        if self.ends.len() == OBJECTS_AT_ONCE {
            self.pack();
        }
    }

    /// Adds the stream `id` with the entries of its dictionary (all but `Length`) and its data as they are.
    pub(super) fn stream(&mut self, id: u32, entries: impl Into<Vec<u8>>, data: Vec<u8>) {
        self.streams.push(Stream { id, entries: entries.into(), data });
    }

    /// Adds the stream `id`, deflated.
    pub(super) fn deflated(&mut self, id: u32, entries: &str, data: &[u8]) {
        self.stream(id, format!("{entries}/Filter/FlateDecode"), deflate::zlib(data));
    }

    /// The bytes of the file. The document's identifier comes from them: same content, same identifier.
    pub(super) fn finish(mut self, root: u32, info: u32) -> Vec<u8> {
        self.pack();
        let first_pack = self.reserve_many(self.packs.len());
        for (number, (entries, data)) in std::mem::take(&mut self.packs).into_iter().enumerate() {
            self.stream(first_pack + number as u32, entries, data);
        }
        let size: usize = self.streams.iter().map(|stream| stream.data.len() + stream.entries.len() + 64).sum();
        let mut out = Vec::with_capacity(size + 64 * 1024);
        // Four bytes above 127 in a comment mark the file as binary (ISO 19005-2, 6.1.2).
        out.extend_from_slice(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
        let xref = self.reserve();
        let mut places = vec![Place::Free; xref as usize + 1];
        for stream in std::mem::take(&mut self.streams) {
            let at = out.len();
            set(&mut places, stream.id, Place::At(at));
            write_stream(&mut out, &stream);
        }
        for (number, id) in self.packed.iter().enumerate() {
            let pack = first_pack + (number / OBJECTS_PER_STREAM) as u32;
            set(&mut places, *id, Place::In(pack, (number % OBJECTS_PER_STREAM) as u8));
        }
        let start = out.len();
        set(&mut places, xref, Place::At(start));
        let identifier = identifier(&out);
        write_stream(&mut out, &cross_references(xref, &places, start, root, info, &identifier));
        out.extend_from_slice(b"startxref\n");
        syntax::integer(&mut out, start as i64);
        out.extend_from_slice(b"\n%%EOF\n");
        out
    }

    /// Puts the objects that are no streams into object streams (ISO 32000-1, 7.5.7), which are full but for those at the end
    /// of the file.
    pub(super) fn pack(&mut self) {
        let plain = &self.plain;
        let starts: Vec<usize> = std::iter::once(0).chain(self.ends.iter().map(|(_, end)| *end)).collect();
        let pack = |(pack, objects): (usize, &[(u32, usize)])| {
            let first = starts.get(pack * OBJECTS_PER_STREAM).copied().unwrap_or(0);
            let end = objects.last().map_or(first, |(_, end)| *end);
            let mut data = Vec::with_capacity(end - first + 12 * objects.len());
            let mut at = first;
            for (id, end) in objects {
                syntax::integer(&mut data, i64::from(*id));
                data.push(b' ');
                syntax::integer(&mut data, (at - first) as i64);
                data.push(b'\n');
                at = *end;
            }
            let entries = format!("/Type/ObjStm/N {}/First {}/Filter/FlateDecode", objects.len(), data.len());
            data.extend_from_slice(plain.get(first..end).unwrap_or_default());
            (entries.into_bytes(), deflate::zlib(&data))
        };
        self.packs.par_extend(self.ends.par_chunks(OBJECTS_PER_STREAM).enumerate().map(pack));
        self.packed.extend(self.ends.iter().map(|(id, _)| *id));
        self.plain.clear();
        self.ends.clear();
    }
}

/// Sixteen bytes that stand for the content of a file.
fn identifier(content: &[u8]) -> Vec<u8> {
    // So many that threads seldom meet, whose number changes nothing.
    const CHUNK: usize = 64 * 1024;
    let hashes: Vec<_> = content.par_chunks(CHUNK).map(Sha256::digest).collect();
    let whole = hashes.iter().fold(Sha256::new(), |whole, hash| whole.chain_update(hash)).finalize();
    whole.iter().take(16).copied().collect()
}

/// Where an object is found.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: its number is free.
    Free,
    /// At this byte.
    At(usize),
    /// In an object stream, so many places from its first.
    In(u32, u8),
}

fn set(places: &mut [Place], id: u32, place: Place) {
    if let Some(slot) = places.get_mut(id as usize) {
        *slot = place;
    }
}

/// Writes a stream with line ends as PDF/A wants them (ISO 19005-2, 6.1.7 and 6.1.9).
fn write_stream(out: &mut Vec<u8>, stream: &Stream) {
    syntax::integer(out, i64::from(stream.id));
    out.extend_from_slice(b" 0 obj\n<<");
    out.extend_from_slice(&stream.entries);
    out.extend_from_slice(b"/Length ");
    syntax::integer(out, stream.data.len() as i64);
    out.extend_from_slice(b">>stream\n");
    out.extend_from_slice(&stream.data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// The cross-reference stream (ISO 32000-1, 7.5.8), which is the trailer too.
fn cross_references(id: u32, places: &[Place], start: usize, root: u32, info: u32, identifier: &[u8]) -> Stream {
    // Offsets and numbers of object streams share a field, as wide as the largest needs.
    let width = 8 - (start.max(places.len()) as u64).leading_zeros() as usize / 8;
    let columns = width + 2;
    let mut rows = Vec::with_capacity((columns + 1) * places.len());
    let mut above = vec![0u8; columns];
    for (number, place) in places.iter().enumerate() {
        let (kind, field, index) = match place {
            // Object 0 heads the list of free ones; no other is ever used again.
            Place::Free => (0, 0, if number == 0 { 255 } else { 0 }),
            Place::At(at) => (1, *at as u64, 0),
            Place::In(pack, index) => (2, u64::from(*pack), *index),
        };
        let mut row = Vec::with_capacity(columns);
        row.push(kind);
        row.extend_from_slice(field.to_be_bytes().get(8 - width..).unwrap_or_default());
        row.push(index);
        // PNG's predictor "up": most rows differ from the one above by one.
        rows.push(2);
        rows.extend(row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)));
        above = row;
    }
    let mut entries = Vec::new();
    entries.extend_from_slice(
        format!(
            "/Type/XRef/Size {}/W[1 {width} 1]/Root {root} 0 R/Info {info} 0 R/Filter/FlateDecode\
             /DecodeParms<</Predictor 12/Columns {columns}>>/ID[",
            places.len()
        )
        .as_bytes(),
    );
    for _ in 0..2 {
        entries.push(b'<');
        for byte in identifier {
            entries.extend_from_slice(format!("{byte:02X}").as_bytes());
        }
        entries.push(b'>');
    }
    entries.push(b']');
    Stream { id, entries, data: deflate::zlib(&rows) }
}
