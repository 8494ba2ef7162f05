//! Deflate (RFC 1951) for both writers, each thread with memory that it uses again.
//!
//! A compressor takes some 300 KB, which to get and to clear costs more than to compress a short text.

use libdeflater::{CompressionError, CompressionLvl, Compressor};
use std::cell::RefCell;

/// What streams of a PDF are compressed at: 7 takes nearly twice the time for a thousandth of their size.
const STREAM: i32 = 6;
/// What entries of an archive are, which are text: 7 takes a third more for half a hundredth.
const ENTRY: i32 = 7;

/// A compressor and the room it writes to.
struct Deflate {
    compressor: Compressor,
    room: Vec<u8>,
}

impl Deflate {
    fn new(level: i32) -> RefCell<Deflate> {
        let compressor = Compressor::new(CompressionLvl::new(level).unwrap_or_default());
        RefCell::new(Deflate { compressor, room: Vec::new() })
    }
}

thread_local! {
    static STREAMS: RefCell<Deflate> = Deflate::new(STREAM);
    static ENTRIES: RefCell<Deflate> = Deflate::new(ENTRY);
}

/// The data in the zlib format (RFC 1950).
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    STREAMS.with_borrow_mut(|deflate| {
        let most = deflate.compressor.zlib_compress_bound(data.len());
        deflate.with_room(most, |compressor, room| compressor.zlib_compress(data, room))
    })
}

/// The data without head and checksum, as a ZIP archive has them.
pub(crate) fn raw(data: &[u8]) -> Vec<u8> {
    ENTRIES.with_borrow_mut(|deflate| {
        let most = deflate.compressor.deflate_compress_bound(data.len());
        deflate.with_room(most, |compressor, room| compressor.deflate_compress(data, room))
    })
}

/// Room that is kept from one text to the next: more is for few, and given back.
const KEPT: usize = 1 << 20;

impl Deflate {
    /// What `compress` writes to room for `most` bytes, which it never needs more of: so it has no errors.
    fn with_room(
        &mut self,
        most: usize,
        compress: impl FnOnce(&mut Compressor, &mut [u8]) -> Result<usize, CompressionError>,
    ) -> Vec<u8> {
        if self.room.len() < most {
            self.room.resize(most, 0);
        }
        let length = compress(&mut self.compressor, &mut self.room).unwrap_or_default();
        let out = self.room.get(..length).unwrap_or_default().to_vec();
        if self.room.len() > KEPT {
            self.room = Vec::new();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_was_deflated_before_leaves_no_trace() {
        let data = b"a rose is a rose is a rose".as_slice();
        let first = (zlib(data), raw(data));
        assert_ne!(zlib(&[7; 5000]), zlib(b""));
        assert_eq!((zlib(data), raw(data)), first);
        let mut back = Vec::new();
        flate2::read::ZlibDecoder::new(first.0.as_slice()).read_to_end(&mut back).unwrap();
        assert_eq!(back, data);
    }
}
