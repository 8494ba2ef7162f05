//! Deflate (RFC 1951) for both writers, each thread with memory that it uses again.
//!
//! A compressor takes some 300 KB, which to get and to clear costs more than to compress a short text.

use flate2::{Compress, Compression, FlushCompress, Status};
use std::cell::RefCell;

/// 9 costs twice the time for a hundredth of the size.
const LEVEL: Compression = Compression::new(6);

thread_local! {
    static ZLIB: RefCell<Compress> = RefCell::new(Compress::new(LEVEL, true));
    static RAW: RefCell<Compress> = RefCell::new(Compress::new(LEVEL, false));
}

/// The data in the zlib format (RFC 1950).
pub(crate) fn zlib(data: &[u8]) -> Vec<u8> {
    ZLIB.with_borrow_mut(|compress| with(compress, data))
}

/// The data without head and checksum, as a ZIP archive has them.
pub(crate) fn raw(data: &[u8]) -> Vec<u8> {
    RAW.with_borrow_mut(|compress| with(compress, data))
}

fn with(compress: &mut Compress, data: &[u8]) -> Vec<u8> {
    compress.reset();
    // What zlib calls the bound: it never has to write more.
    let mut out = Vec::with_capacity(data.len() + data.len() / 1000 + 64);
    loop {
        let read = usize::try_from(compress.total_in()).unwrap_or(usize::MAX);
        let rest = data.get(read..).unwrap_or_default();
        match compress.compress_vec(rest, &mut out, FlushCompress::Finish) {
            // A compressor makes no errors: they are those of bad calls in a row.
            Ok(Status::StreamEnd) | Err(_) => return out,
            Ok(Status::Ok | Status::BufError) => out.reserve(1024),
        }
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
