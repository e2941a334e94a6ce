//! The name of bytes: their SHA-256.
//!
//! The same bytes have the same name, whoever brings them; nobody outside ever sees it.

use std::fmt;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::Error;
use crate::bulk::in_bulk;

/// Bytes read at once.
const PIECE: usize = 256 * 1_024;

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// A digest from its text.
    pub fn parse(text: &str) -> Option<Digest> {
        let lower = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 64 || !text.bytes().all(lower) {
            return None;
        }
        let mut digest = [0; 32];
        for (at, byte) in digest.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
        }
        Some(Digest(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The digest and the size of a file's content. It blocks.
pub fn digest_of(file: &Path) -> Result<(Digest, u64), Error> {
    let mut file = File::open(file)?;
    let (mut hasher, mut piece, mut size) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok((Digest(hasher.finalize().into()), size));
        }
        hasher.update(&piece[..count]);
        size += count as u64;
    }
}

/// The digest and the size of a file's content, without delaying who answers people.
pub async fn digest_in_bulk(file: PathBuf) -> Result<(Digest, u64), Error> {
    in_bulk(move || digest_of(&file)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_the_content() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f");
        std::fs::write(&file, "abc").unwrap();
        let (digest, size) = digest_of(&file).unwrap();
        assert_eq!(size, 3);
        assert!(digest.to_string().starts_with("ba7816bf8f01cfea414140de5dae2223"));
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(Digest::parse(&digest.to_string()[1..]), None);
        assert_eq!(Digest::parse(&digest.to_string().to_uppercase()), None);
        assert!(matches!(digest_of(&folder.path().join("none")), Err(Error::Missing)));
    }
}
