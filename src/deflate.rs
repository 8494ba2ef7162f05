//! Deflate (RFC 1951) for both writers, each thread with memory that it uses again.
//!
//! A compressor takes some 300 KB, which to get and to clear costs more than to compress a short text.

use libdeflater::{CompressionLvl, Compressor};
use std::cell::RefCell;
use std::mem;

/// 8 takes two thirds longer for a hundredth of the size.
const LEVEL: i32 = 6;

/// A compressor and the room it writes to.
struct Deflate {
    compressor: Compressor,
    room: Vec<u8>,
}

thread_local! {
    static DEFLATE: RefCell<Deflate> = RefCell::new(Deflate {
        compressor: Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()),
        room: Vec::new(),
    });
}

/// The data in the zlib format (RFC 1950).
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    with(|compressor, room| {
        room.resize(compressor.zlib_compress_bound(data.len()).max(room.len()), 0);
        compressor.zlib_compress(data, room).unwrap_or_default()
    })
}

/// The data without head and checksum, as a ZIP archive has them.
pub(crate) fn raw(data: &[u8]) -> Vec<u8> {
    with(|compressor, room| {
        room.resize(compressor.deflate_compress_bound(data.len()).max(room.len()), 0);
        compressor.deflate_compress(data, room).unwrap_or_default()
    })
}

/// Room that is kept from one text to the next: more is for few, and given back.
const KEPT: usize = 1 << 20;

/// What `compress` wrote to the room. It has no errors, since the room is as large as the compressor asks for.
fn with(compress: impl FnOnce(&mut Compressor, &mut Vec<u8>) -> usize) -> Vec<u8> {
    DEFLATE.with_borrow_mut(|Deflate { compressor, room }| {
        let length = compress(compressor, room);
        let out = room.get(..length).unwrap_or_default().to_vec();
        if room.len() > KEPT {
            mem::take(room);
        }
        out
    })
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
