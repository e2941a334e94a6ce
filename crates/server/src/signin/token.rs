//! Tokens of sessions: 256 random bits, `ps_` and base64url. Only their SHA-256 is ever kept.
//! The prefix lets programs that look for leaked secrets find them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

use crate::secret::Secret;

/// What every token starts with.
const PREFIX: &str = "ps_";
/// Random bytes in a token.
const BYTES: usize = 32;
/// Characters of a token: the prefix and 32 bytes in base64 without padding.
const CHARS: usize = 3 + 43;

/// What the store knows a token by.
pub type TokenHash = [u8; 32];

/// A new token and its hash.
pub fn fresh() -> (Secret, TokenHash) {
    let mut bytes = [0; BYTES];
    rand::rng().fill_bytes(&mut bytes);
    let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes));
    let hash = Sha256::digest(text.as_bytes()).into();
    (Secret::new(text), hash)
}

/// The hash of a token, if the text has a token's form.
pub fn hash(token: &Secret) -> Option<TokenHash> {
    let text = token.expose();
    (text.len() == CHARS && text.starts_with(PREFIX)).then(|| Sha256::digest(text.as_bytes()).into())
}

/// A retry key for a message whose sender gave none.
pub fn retry_key() -> String {
    let mut bytes = [0; BYTES / 2];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash_and_no_two_are_alike() {
        let ((one, one_hash), (two, two_hash)) = (fresh(), fresh());
        assert_eq!(hash(&one), Some(one_hash));
        assert_ne!(one_hash, two_hash);
        assert!(!one.is(two.expose()));
        assert_eq!(hash(&Secret::new("ps_short")), None);
        assert_eq!(hash(&Secret::new("x".repeat(CHARS))), None);
    }
}
