//! Links that lead to a file without a session, for a while: signed with a key that only this server has.
//!
//! A link names who asked for it, and leads there only as long as that user is shown the message.

use hmac::{Hmac, KeyInit as _, Mac as _};
use parlance_engine::Caller;
use parlance_proto::{ConversationId, FileId, PictureSize, SessionId, UserId};
use sha2::Sha256;

/// A minute.
const MINUTE_MS: i64 = 60_000;

/// Makes and checks links.
pub struct Links {
    key: [u8; 32],
    /// How long a link is good, in milliseconds.
    good_ms: i64,
}

/// What a link is for.
#[derive(Clone, Copy, Debug)]
pub struct SignedFor {
    /// Who asked for it.
    pub user: UserId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// The message's index.
    pub index: u64,
    /// One of its files.
    pub file: FileId,
    /// In which size.
    pub size: Option<PictureSize>,
    /// Until when it is good, milliseconds since 1970.
    pub expires_ms: i64,
}

impl Links {
    /// Links signed with this key.
    pub fn new(key: [u8; 32], good_minutes: u32) -> Links {
        Links { key, good_ms: i64::from(good_minutes) * MINUTE_MS }
    }

    /// Until when a link made now is good.
    pub fn expires_ms(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.good_ms)
    }

    /// The path of a link.
    pub fn path(&self, to: &SignedFor) -> String {
        let SignedFor { user, conversation, index, file, size, expires_ms } = to;
        let size = size.map(|size| format!("&size={}", name(size))).unwrap_or_default();
        let mac = self.mac(to).finalize().into_bytes();
        let signature = mac.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        format!(
            "/api/v1/media/{conversation}/{index}/{file}?user_id={user}&expires_ms={expires_ms}{size}&signature={signature}"
        )
    }

    /// Whose rights a link has, if it is one of ours and still good.
    pub fn check(&self, to: &SignedFor, signature: &str, now_ms: i64) -> Option<Caller> {
        // Hexadecimal of 32 bytes, and nothing behind it.
        if signature.len() != 64 {
            return None;
        }
        let bytes = (0..signature.len() / 2)
            .map(|at| u8::from_str_radix(signature.get(2 * at..2 * at + 2)?, 16).ok())
            .collect::<Option<Vec<u8>>>()?;
        let right = self.mac(to).verify_slice(&bytes).is_ok() && to.expires_ms > now_ms;
        right.then_some(Caller { user: to.user, session: SessionId(0) })
    }

    fn mac(&self, to: &SignedFor) -> Hmac<Sha256> {
        let SignedFor { user, conversation, index, file, size, expires_ms } = to;
        let size = size.map(name).unwrap_or_default();
        let text = format!("link 1\n{user}\n{conversation}\n{index}\n{file}\n{size}\n{expires_ms}");
        let mut mac = Hmac::new_from_slice(&self.key).expect("a key of any length");
        mac.update(text.as_bytes());
        mac
    }
}

fn name(size: PictureSize) -> &'static str {
    match size {
        PictureSize::Small => "small",
        PictureSize::Large => "large",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_for_what_it_was_made_for_and_for_a_while() {
        let links = Links::new([7; 32], 10);
        let to = SignedFor {
            user: UserId(1),
            conversation: ConversationId::direct(UserId(1), UserId(2)),
            index: 3,
            file: FileId(4),
            size: None,
            expires_ms: links.expires_ms(0),
        };
        let path = links.path(&to);
        let signature = path.rsplit_once("signature=").unwrap().1;
        assert_eq!(links.check(&to, signature, 599_999).unwrap().user, UserId(1));
        assert!(links.check(&to, signature, 600_000).is_none());
        assert!(links.check(&to, &signature[2..], 0).is_none() && links.check(&to, "zz", 0).is_none());
        assert!(links.check(&to, "é", 0).is_none());
        for other in [
            SignedFor { user: UserId(2), ..to },
            SignedFor { index: 4, ..to },
            SignedFor { file: FileId(5), ..to },
            SignedFor { size: Some(PictureSize::Small), ..to },
            SignedFor { expires_ms: 600_001, ..to },
        ] {
            assert!(links.check(&other, signature, 0).is_none(), "{other:?}");
        }
        assert!(Links::new([8; 32], 10).check(&to, signature, 0).is_none());
    }
}
