//! Checks of single values, apart from any conversation.
//!
//! They take what is exactly at its limit and refuse one past it; characters are Unicode scalar values, not
//! bytes.

mod emoji;
mod reach;
mod settings;

pub use emoji::{check_emoji_name, custom_emoji, normal_emoji, normal_like};
pub use reach::{normal_email, normal_phone};
pub use settings::{changed_settings, check_keep, check_settings, reset_settings};

use parlance_proto::limits;

use crate::Rejection;

/// Refuses a text that is empty, blank or too long.
pub fn check_text(text: &str) -> Result<(), Rejection> {
    if text.trim().is_empty() {
        return Err(Rejection::TextEmpty);
    }
    // A character has at most four bytes, so short texts need no count.
    if text.len() > limits::TEXT_MAX_CHARS {
        let chars = text.chars().count();
        if chars > limits::TEXT_MAX_CHARS {
            return Err(Rejection::TextTooLong(chars));
        }
    }
    Ok(())
}

/// Refuses a time that no message can take.
pub fn check_time_to_live(ms: u64) -> Result<(), Rejection> {
    if limits::DISAPPEAR_MS.contains(&ms) { Ok(()) } else { Err(Rejection::BadDisappearing) }
}

/// Refuses a time at which no message can be sent.
pub fn check_send_at(now_ms: i64, send_at_ms: i64) -> Result<(), Rejection> {
    let ahead = send_at_ms > now_ms && send_at_ms - now_ms <= limits::SCHEDULE_AHEAD_MS;
    if ahead { Ok(()) } else { Err(Rejection::BadSendAt) }
}

/// Refuses a draft that could never be sent; an empty one is none.
pub fn check_draft(text: &str) -> Result<(), Rejection> {
    let chars = if text.len() > limits::TEXT_MAX_CHARS { text.chars().count() } else { 0 };
    if chars > limits::TEXT_MAX_CHARS { Err(Rejection::TextTooLong(chars)) } else { Ok(()) }
}

/// Refuses a retry key with other characters than letters, digits, `-`, `_`, or of a wrong length.
pub fn check_client_message_id(id: &str) -> Result<(), Rejection> {
    let legible = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let fits = (1..=limits::CLIENT_MESSAGE_ID_MAX_BYTES).contains(&id.len());
    if legible && fits { Ok(()) } else { Err(Rejection::BadClientMessageId) }
}

/// Refuses a group's name that is blank or too long.
pub(crate) fn check_group_name(name: &str) -> Result<(), Rejection> {
    let fits = !name.trim().is_empty() && name.chars().count() <= limits::GROUP_NAME_MAX_CHARS;
    if fits { Ok(()) } else { Err(Rejection::BadGroupName) }
}

/// Refuses a display name that is blank or too long.
pub fn check_display_name(name: &str) -> Result<(), Rejection> {
    let fits = !name.trim().is_empty() && name.chars().count() <= limits::DISPLAY_NAME_MAX_CHARS;
    if fits { Ok(()) } else { Err(Rejection::BadDisplayName) }
}

/// Refuses a status text that is too long.
pub fn check_status_text(text: &str) -> Result<(), Rejection> {
    if text.chars().count() <= limits::STATUS_TEXT_MAX_CHARS { Ok(()) } else { Err(Rejection::BadStatusText) }
}

/// Refuses a note that is too long.
pub fn check_note(note: &str, max_chars: usize) -> Result<(), Rejection> {
    if note.chars().count() <= max_chars { Ok(()) } else { Err(Rejection::NoteTooLong(max_chars)) }
}

/// The form in which a username is kept and looked up: lower case; refused if it is not a username.
pub fn normal_username(name: &str) -> Result<String, Rejection> {
    let name = name.trim().to_ascii_lowercase();
    let legible = name
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-'));
    let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
    if legible && starts && limits::USERNAME_CHARS.contains(&name.len()) {
        Ok(name)
    } else {
        Err(Rejection::BadUsername)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_taken_up_to_the_limit_and_not_one_past_it() {
        assert_eq!(check_text(&"é".repeat(8_000)), Ok(()));
        assert_eq!(check_text(&"é".repeat(8_001)), Err(Rejection::TextTooLong(8_001)));
        assert_eq!(check_text(" \n"), Err(Rejection::TextEmpty));
    }

    #[test]
    fn usernames_are_made_lower_and_checked() {
        assert_eq!(normal_username(" Alice.B-2 "), Ok("alice.b-2".to_owned()));
        for bad in ["al", "1alice", "al ice", "élodie", "", &"a".repeat(33)] {
            assert_eq!(normal_username(bad), Err(Rejection::BadUsername), "{bad}");
        }
        assert!(normal_username(&"a".repeat(32)).is_ok());
    }

    #[test]
    fn retry_keys_are_short_and_plain() {
        assert!(check_client_message_id(&"k".repeat(64)).is_ok());
        for bad in ["", "a b", "ä", &"k".repeat(65)] {
            assert!(check_client_message_id(bad).is_err(), "{bad}");
        }
    }
}
