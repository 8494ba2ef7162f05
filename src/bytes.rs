//! Bytes of a text: sets of them to look for, and how many there are.

/// Some bytes, as a table: it takes less to look each byte of a text up there than to compare it with them.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    /// The set of these.
    pub(crate) const fn of(mut bytes: &[u8]) -> ByteSet {
        let mut set = ByteSet([false; 256]);
        while let [byte, rest @ ..] = bytes {
            set.0[*byte as usize] = true;
            bytes = rest;
        }
        set
    }

    /// Whether a byte is one of them.
    #[inline]
    pub(crate) fn holds(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Whether one of them stands in a text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        text.bytes().any(|byte| self.holds(byte))
    }
}

/// Whether a byte is one of a few, asked without branches: for [`count`].
#[inline]
pub(crate) fn is_one_of(byte: u8, few: &[u8]) -> bool {
    few.iter().fold(false, |is, one| is | (byte == *one))
}

/// How many bytes are what is looked for. `is` is asked without branches, and the counts of stretches fit a byte each, so that
/// the processor takes sixteen bytes at a time.
#[inline]
pub(crate) fn count(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    const STRETCH: usize = u8::MAX as usize;
    let counts = bytes.chunks(STRETCH).map(|stretch| stretch.iter().fold(0u8, |sum, byte| sum + u8::from(is(*byte))));
    counts.map(usize::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_is_counted_once() {
        let text = [b"ab".repeat(1000), b"a".to_vec()].concat();
        assert_eq!((count(&text, |byte| byte == b'a'), count(&text, |_| true), count(b"", |_| true)), (1001, 2001, 0));
    }
}
