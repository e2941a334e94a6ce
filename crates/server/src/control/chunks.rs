//! How a server's answer travels on the control socket: pieces with their length in front, a piece of length 0, then
//! the outcome as JSON until the end. A stream that ends early is thereby seen.

use std::io::{self, Read, Write};

use super::Outcome;

/// Longest piece that is taken.
const PIECE_MAX_BYTES: u32 = 1 << 20;
/// Longest outcome or wish.
pub const LINE_MAX_BYTES: u64 = 64 * 1_024;

/// Writes what it is given as pieces.
pub struct Pieces<W>(pub W);

impl<W: Write> Write for Pieces<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        let taken = bytes.len().min(PIECE_MAX_BYTES as usize);
        self.0.write_all(&(taken as u32).to_be_bytes())?;
        self.0.write_all(&bytes[..taken])?;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Ends the pieces with the outcome.
pub fn write_outcome(to: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    to.write_all(&0u32.to_be_bytes())?;
    serde_json::to_writer(&mut *to, outcome)?;
    to.flush()
}

/// Copies the pieces and answers the outcome.
pub fn read_all(from: &mut impl Read, into: &mut impl Write) -> io::Result<Outcome> {
    loop {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u32::from_be_bytes(length);
        if length == 0 {
            let mut text = Vec::new();
            from.take(LINE_MAX_BYTES).read_to_end(&mut text)?;
            return Ok(serde_json::from_slice(&text)?);
        }
        if length > PIECE_MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a control socket of Parlance"));
        }
        if io::copy(&mut from.take(u64::from(length)), into)? < u64::from(length) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_back_with_the_outcome_and_a_cut_stream_is_seen() {
        let mut wire = Vec::new();
        Pieces(&mut wire).write_all(b"hello ").unwrap();
        Pieces(&mut wire).write_all(b"world").unwrap();
        write_outcome(&mut wire, &Outcome::Done("2 words".to_owned())).unwrap();
        let mut out = Vec::new();
        let outcome = read_all(&mut wire.as_slice(), &mut out).unwrap();
        assert_eq!(out, b"hello world");
        assert!(matches!(outcome, Outcome::Done(text) if text == "2 words"));
        for cut in [0, 3, 8, wire.len() - 1] {
            assert!(read_all(&mut &wire[..cut], &mut Vec::new()).is_err(), "{cut}");
        }
    }
}
