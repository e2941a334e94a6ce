//! Secrets that the server gives out: 256 random bits, a prefix and base64url. Only their SHA-256 is ever kept.
//! The prefix tells what a secret is for, and lets programs that look for leaked secrets find them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::Rng as _;
use sha2::{Digest as _, Sha256};

use crate::secret::Secret;

/// Random bytes in a secret.
const BYTES: usize = 32;
/// Characters of a secret: the prefix and 32 bytes in base64 without padding.
const CHARS: usize = 3 + 43;

/// What the store knows a secret by.
pub type TokenHash = [u8; 32];

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A session's token.
    Session,
    /// A ticket that signs one WebSocket in.
    Ticket,
    /// The code of an invite.
    Invite,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Kind::Session => "ps_",
            Kind::Ticket => "pt_",
            Kind::Invite => "pi_",
        }
    }
}

/// A new secret and its hash.
pub fn fresh(kind: Kind) -> (Secret, TokenHash) {
    let mut bytes = [0; BYTES];
    rand::rng().fill_bytes(&mut bytes);
    let text = format!("{}{}", kind.prefix(), URL_SAFE_NO_PAD.encode(bytes));
    let hash = Sha256::digest(text.as_bytes()).into();
    (Secret::new(text), hash)
}

/// The hash of a secret, if the text has the form of one of this kind.
pub fn hash(kind: Kind, secret: &Secret) -> Option<TokenHash> {
    let text = secret.expose();
    let fits = text.len() == CHARS && text.starts_with(kind.prefix());
    fits.then(|| Sha256::digest(text.as_bytes()).into())
}

/// A retry key for a message whose sender gave none, or a password that nobody has to remember.
pub fn retry_key() -> String {
    let mut bytes = [0; BYTES / 2];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_by_its_hash_and_no_two_are_alike() {
        for kind in [Kind::Session, Kind::Ticket, Kind::Invite] {
            let ((one, one_hash), (two, two_hash)) = (fresh(kind), fresh(kind));
            assert_eq!(hash(kind, &one), Some(one_hash));
            assert_ne!(one_hash, two_hash);
            assert!(!one.is(two.expose()));
        }
        assert_eq!(hash(Kind::Session, &Secret::new("ps_short")), None);
        assert_eq!(hash(Kind::Session, &Secret::new("x".repeat(CHARS))), None);
    }

    #[test]
    fn a_secret_of_one_kind_is_none_of_another() {
        let (ticket, _) = fresh(Kind::Ticket);
        assert_eq!(hash(Kind::Session, &ticket), None);
        assert_eq!(hash(Kind::Invite, &ticket), None);
    }
}
