//! A bounded reader over untrusted bytes: lib0's primitives, each checked before it is believed.
//!
//! Used by every decoder of this module. It never allocates, never recurses and never panics; it
//! accepts exactly the numbers that lib0 (JavaScript) and yrs read alike.

use super::error::{Fault, Malformed};

/// A position in bytes that came from a socket.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Bytes not yet read.
    pub(super) fn remaining(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// A fault at the present position.
    pub(super) fn fault(&self, fault: Fault) -> Malformed {
        Malformed { fault, at: self.at }
    }

    /// Fails unless every byte was read.
    pub(super) fn finish(&self) -> Result<(), Malformed> {
        if self.remaining() == 0 {
            Ok(())
        } else {
            Err(self.fault(Fault::Trailing))
        }
    }

    pub(super) fn u8(&mut self) -> Result<u8, Malformed> {
        let byte = self
            .bytes
            .get(self.at)
            .ok_or(self.fault(Fault::Truncated))?;
        self.at += 1;
        Ok(*byte)
    }

    pub(super) fn take(&mut self, len: usize) -> Result<&'a [u8], Malformed> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.get(..len).ok_or(self.fault(Fault::Truncated))?;
        self.at += len;
        Ok(taken)
    }

    /// An unsigned varint in its shortest form.
    ///
    /// Longer forms are refused: no Yjs writes them, and yrs wraps bits that do not fit where
    /// JavaScript throws, so two readers could see two numbers.
    pub(super) fn varint(&mut self) -> Result<u64, Malformed> {
        let start = self.at;
        let mut value = 0u64;
        let mut shift = 0u32;
        loop {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if shift > 63 || (shift == 63 && bits > 1) || (shift > 0 && byte == 0) {
                return Err(Malformed {
                    fault: Fault::Varint,
                    at: start,
                });
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A signed varint in its shortest form: sign in bit 6 of the first byte. Returns its
    /// magnitude; the walker has no use for the sign. Minus zero exists in JavaScript and passes.
    pub(super) fn signed_magnitude(&mut self) -> Result<u64, Malformed> {
        let start = self.at;
        let first = self.u8()?;
        let mut value = u64::from(first & 0x3f);
        if first < 0x80 {
            return Ok(value);
        }
        let mut shift = 6u32;
        loop {
            let byte = self.u8()?;
            let bits = u64::from(byte & 0x7f);
            if shift > 57 && (shift > 62 || bits >> (64 - shift) != 0) || byte == 0 {
                return Err(Malformed {
                    fault: Fault::Varint,
                    at: start,
                });
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Ok(value);
            }
            shift += 7;
        }
    }

    /// A varint of at most `limit`.
    pub(super) fn bounded(&mut self, field: &'static str, limit: u64) -> Result<u64, Malformed> {
        let start = self.at;
        let value = self.varint()?;
        if value > limit {
            return Err(Malformed {
                fault: Fault::TooLarge {
                    field,
                    value,
                    limit,
                },
                at: start,
            });
        }
        Ok(value)
    }

    /// How many elements follow: at most `limit`, and no more than fit in the remaining bytes when
    /// each takes at least `least` of them. So a count never reserves memory it has not paid for.
    pub(super) fn count(
        &mut self,
        field: &'static str,
        limit: usize,
        least: usize,
    ) -> Result<usize, Malformed> {
        let start = self.at;
        let value = self.bounded(field, limit as u64)? as usize;
        if value > self.remaining() / least {
            return Err(Malformed {
                fault: Fault::Count(field),
                at: start,
            });
        }
        Ok(value)
    }

    /// Bytes after their length.
    pub(super) fn buffer(
        &mut self,
        field: &'static str,
        limit: usize,
    ) -> Result<&'a [u8], Malformed> {
        let len = self.bounded(field, limit as u64)?;
        self.take(len as usize)
    }

    /// UTF-8 text after its length in bytes.
    pub(super) fn text(&mut self, field: &'static str, limit: usize) -> Result<&'a str, Malformed> {
        let start = self.at;
        let bytes = self.buffer(field, limit)?;
        std::str::from_utf8(bytes).map_err(|_| Malformed {
            fault: Fault::Utf8,
            at: start,
        })
    }
}

/// Appends an unsigned varint, as lib0 writes it.
pub(super) fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends bytes after their length.
pub(super) fn put_buffer(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_4_numbers_round_trip() {
        for value in [
            0,
            1,
            127,
            128,
            16_383,
            16_384,
            u64::from(u32::MAX),
            (1 << 53) - 1,
            u64::MAX,
        ] {
            let mut out = Vec::new();
            put_varint(&mut out, value);
            let mut reader = Reader::new(&out);
            assert_eq!(reader.varint(), Ok(value), "{out:?}");
            assert_eq!(reader.finish(), Ok(()));
        }
    }

    #[test]
    fn wire_4_refuses_numbers_not_in_shortest_form() {
        let eleven_bytes: &[u8] = &[
            0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1,
        ];
        let past_64_bits: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2];
        for bytes in [&[0x80, 0][..], &[0x81, 0x80, 0], eleven_bytes, past_64_bits] {
            assert_eq!(
                Reader::new(bytes).varint().map_err(|e| e.fault),
                Err(Fault::Varint),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn wire_4_refuses_signed_numbers_not_in_shortest_form() {
        let past_64_bits: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 4];
        for bytes in [&[0x80, 0][..], &[0xc1, 0x80, 0], past_64_bits] {
            assert_eq!(
                Reader::new(bytes).signed_magnitude().map_err(|e| e.fault),
                Err(Fault::Varint),
                "{bytes:?}"
            );
        }
    }

    #[test]
    fn wire_4_signed_numbers_read_as_yrs_reads_them() {
        use yrs::encoding::write::Write;
        for value in [
            0i64,
            1,
            -1,
            63,
            64,
            -64,
            8191,
            8192,
            i64::from(i32::MAX),
            -(1 << 53) + 1,
        ] {
            let mut out: Vec<u8> = Vec::new();
            out.write_var(value);
            let mut reader = Reader::new(&out);
            assert_eq!(
                reader.signed_magnitude(),
                Ok(value.unsigned_abs()),
                "{value}"
            );
            assert_eq!(reader.finish(), Ok(()));
        }
        assert_eq!(Reader::new(&[0x40]).signed_magnitude(), Ok(0), "minus zero");
    }
}
