//! The envelope around every value on disk: what kind of row it is, and a checksum over all of it.
//!
//! Layout: tag (high half: format 1, low half: flags), checksum (4 bytes, XXH3 seeded with the row's key), then as
//! flagged: number (LEB128), token (16), expiry (8, little endian), parts (total bytes LEB128). Then the value.

use std::cell::RefCell;

use bytes::Bytes;
use fjall::UserValue;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use crate::{Error, Row, Token};

/// The version in every tag.
const FORMAT: u8 = 1;
/// A version or register number follows.
const NUMBERED: u8 = 1;
/// A token follows.
const SIGNED: u8 = 2;
/// An expiry follows.
const EXPIRES: u8 = 4;
/// The value lies in parts; its total length follows.
const PARTED: u8 = 8;
/// Tag and checksum.
const FIXED_BYTES: usize = 5;

/// What an envelope says beside the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Head {
    /// Version of a guard row, number of a register; 0 means none.
    pub(crate) number: u64,
    /// Token of the commit that wrote a guard row.
    pub(crate) token: Option<Token>,
    /// Wall-clock milliseconds after which the row counts as absent.
    pub(crate) expires_at_ms: Option<i64>,
    /// Total bytes of a value that lies in parts.
    pub(crate) parted_bytes: Option<u64>,
}

impl Head {
    /// True when the row counts as absent at this time.
    pub(crate) fn expired(&self, now_ms: i64) -> bool {
        self.expires_at_ms.is_some_and(|end| end <= now_ms)
    }
}

/// An opened envelope; the value borrows from the stored bytes.
#[derive(Debug)]
pub(crate) struct Opened<'a> {
    pub(crate) head: Head,
    pub(crate) value: &'a [u8],
}

impl Opened<'_> {
    /// The row as a reader sees it.
    pub(crate) fn row(&self, key: Bytes, value: Bytes) -> Row {
        Row { key, value, version: self.head.number, token: self.head.token.unwrap_or_default() }
    }
}

thread_local! {
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Wraps a value to be kept under `key` (the whole key inside fjall).
pub(crate) fn seal(key: &[u8], head: &Head, value: &[u8]) -> UserValue {
    SCRATCH.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.extend_from_slice(&[0; FIXED_BYTES]);
        let mut tag = FORMAT << 4;
        if head.number > 0 {
            tag |= NUMBERED;
            push_varint(buffer, head.number);
        }
        if let Some(token) = &head.token {
            tag |= SIGNED;
            buffer.extend_from_slice(token);
        }
        if let Some(end) = head.expires_at_ms {
            tag |= EXPIRES;
            buffer.extend_from_slice(&end.to_le_bytes());
        }
        if let Some(total) = head.parted_bytes {
            tag |= PARTED;
            push_varint(buffer, total);
        }
        buffer.extend_from_slice(value);
        buffer[0] = tag;
        let sum = checksum(key, tag, &buffer[FIXED_BYTES..]);
        buffer[1..FIXED_BYTES].copy_from_slice(&sum.to_le_bytes());
        UserValue::from(buffer.as_slice())
    })
}

/// Opens what `seal` wrote under the same key.
pub(crate) fn open<'a>(key: &[u8], stored: &'a [u8]) -> Result<Opened<'a>, Error> {
    parse(key, stored).ok_or_else(|| {
        Error::Corrupt(format!("the row under key {} does not match its checksum", key.escape_ascii()))
    })
}

fn parse<'a>(key: &[u8], stored: &'a [u8]) -> Option<Opened<'a>> {
    let (fixed, mut rest) = stored.split_first_chunk::<FIXED_BYTES>()?;
    let [tag, sum @ ..] = *fixed;
    if tag >> 4 != FORMAT || u32::from_le_bytes(sum) != checksum(key, tag, rest) {
        return None;
    }
    let mut head = Head::default();
    if tag & NUMBERED != 0 {
        head.number = take_varint(&mut rest)?;
    }
    if tag & SIGNED != 0 {
        head.token = Some(*take::<16>(&mut rest)?);
    }
    if tag & EXPIRES != 0 {
        head.expires_at_ms = Some(i64::from_le_bytes(*take::<8>(&mut rest)?));
    }
    if tag & PARTED != 0 {
        head.parted_bytes = Some(take_varint(&mut rest)?);
    }
    Some(Opened { head, value: rest })
}

fn checksum(key: &[u8], tag: u8, body: &[u8]) -> u32 {
    xxh3_64_with_seed(body, xxh3_64(key) ^ u64::from(tag)) as u32
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(head)
}

fn push_varint(buffer: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        buffer.push(n as u8 | 0x80);
        n >>= 7;
    }
    buffer.push(n as u8);
}

fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut n = 0_u64;
    for place in 0..10 {
        let byte = take::<1>(rest)?[0];
        n |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some(n);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_opens_as_it_was_sealed() {
        let heads = [
            Head::default(),
            Head { number: 1, token: Some([7; 16]), ..Head::default() },
            Head { number: u64::MAX, expires_at_ms: Some(-1), ..Head::default() },
            Head { parted_bytes: Some(40_000), ..Head::default() },
        ];
        for head in heads {
            let stored = seal(b"k", &head, b"value");
            let opened = open(b"k", &stored).unwrap();
            assert_eq!((opened.head, opened.value), (head, &b"value"[..]));
            assert!(open(b"other", &stored).is_err());
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let head = Head { number: 300, token: Some([9; 16]), expires_at_ms: Some(5), parted_bytes: None };
        let stored = seal(b"key", &head, b"some value").to_vec();
        for bit in 0..stored.len() * 8 {
            let mut wrong = stored.clone();
            wrong[bit / 8] ^= 1 << (bit % 8);
            assert!(open(b"key", &wrong).is_err(), "bit {bit}");
        }
    }

    fn unhex(text: &str) -> Vec<u8> {
        let digits = |place| u8::from_str_radix(&text[place..place + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(digits).collect()
    }

    /// The fixture never changes: stores in the field are full of these bytes.
    #[test]
    fn envelopes_of_format_1_are_read_and_written_as_ever() {
        let kinds = [
            Head::default(),
            Head { number: 1, token: Some([0x11; 16]), ..Head::default() },
            Head { number: 300, ..Head::default() },
            Head { expires_at_ms: Some(1_800_000_000_123), ..Head::default() },
            Head { number: 2, token: Some([7; 16]), expires_at_ms: Some(-1), parted_bytes: Some(40_000) },
        ];
        let fixture = include_str!("../../../tests/fixtures/envelope-v1.txt");
        let lines = fixture.lines().filter(|line| !line.starts_with('#'));
        let mut count = 0;
        for (line, head) in lines.zip(kinds) {
            let [key, value, sealed] =
                [0, 1, 2].map(|place| unhex(line.split('|').nth(place).unwrap().trim()));
            let opened = open(&key, &sealed).unwrap();
            assert_eq!((opened.head, opened.value), (head, value.as_slice()));
            assert_eq!(*seal(&key, &head, &value), sealed);
            count += 1;
        }
        assert_eq!(count, kinds.len());
    }
}
