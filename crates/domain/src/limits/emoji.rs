//! What counts as one emoji: one character as people see it, whatever it is composed of.
//!
//! The same emoji always has the same form, so that equal likes are equal bytes.

use unicode_properties::emoji::{EmojiStatus, UnicodeEmoji as _};
use unicode_segmentation::UnicodeSegmentation as _;

use parlance_proto::limits;

use crate::{FileRefusal, MessageRefusal, Rejection};

/// Longest emoji, in bytes: a family of four with skin tones has 41.
const EMOJI_MAX_BYTES: usize = 64;
/// Asks for the colourful form of what also has a plain one.
const COLOURFUL: char = '\u{fe0f}';
/// Joins emoji to one.
const JOINER: char = '\u{200d}';
/// The frame of a key.
const KEYCAP: char = '\u{20e3}';

/// The normal form of one emoji; refused if it is not exactly one.
pub fn normal_emoji(text: &str) -> Result<String, MessageRefusal> {
    let text = text.trim();
    if text.len() > EMOJI_MAX_BYTES || text.graphemes(true).count() != 1 {
        return Err(MessageRefusal::NotAnEmoji);
    }
    let chars: Vec<char> = text.chars().collect();
    if !is_emoji(&chars) {
        return Err(MessageRefusal::NotAnEmoji);
    }
    // A single character that also has a plain form, such as the heart, is meant as an emoji here.
    let plain = matches!(chars[..], [one] if is_plain_by_default(one));
    Ok(if plain { format!("{text}{COLOURFUL}") } else { text.to_owned() })
}

/// What a like may be: one emoji, or the name of a custom one between colons. Whether the server has it is not asked here.
pub fn normal_like(text: &str) -> Result<String, MessageRefusal> {
    match custom_emoji(text) {
        Some(name) => Ok(format!(":{name}:")),
        None => normal_emoji(text),
    }
}

/// The name of the custom emoji that a text is, `:name:`.
pub fn custom_emoji(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix(':')?.strip_suffix(':')?;
    is_emoji_name(name).then_some(name)
}

/// The name of a custom emoji.
pub fn check_emoji_name(name: &str) -> Result<(), Rejection> {
    if is_emoji_name(name) { Ok(()) } else { Err(FileRefusal::BadEmojiName.into()) }
}

fn is_emoji_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_+-".contains(&byte);
    limits::EMOJI_NAME_CHARS.contains(&name.len()) && name.bytes().all(fits)
}

fn is_emoji(chars: &[char]) -> bool {
    match chars {
        [key, KEYCAP] | [key, COLOURFUL, KEYCAP] => key.is_ascii_digit() || matches!(key, '#' | '*'),
        [one, other] if is_region(*one) => is_region(*other),
        [first, rest @ ..] => {
            !first.is_ascii()
                && !is_region(*first)
                && is_base(*first)
                && rest.iter().all(|next| is_part(*next))
                && rest.last() != Some(&JOINER)
        }
        [] => false,
    }
}

fn is_plain_by_default(one: char) -> bool {
    matches!(
        one.emoji_status(),
        EmojiStatus::EmojiOther | EmojiStatus::EmojiModifierBase | EmojiStatus::EmojiOtherAndEmojiComponent
    )
}

/// Whether an emoji may begin with it.
fn is_base(one: char) -> bool {
    one.is_emoji_char() && !one.is_ascii()
}

fn is_part(one: char) -> bool {
    let tag = ('\u{e0020}'..='\u{e007f}').contains(&one);
    matches!(one, COLOURFUL | JOINER) || tag || is_base(one)
}

fn is_region(one: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_taken_in_one_form() {
        for emoji in ["👍", "👍🏽", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇪🇺", "1️⃣", "❤️", "🏳️‍🌈", "🫶"]
        {
            assert_eq!(normal_emoji(emoji).as_deref(), Ok(emoji), "{emoji}");
        }
        assert_eq!(normal_emoji("❤"), normal_emoji("❤️"));
        assert_eq!(normal_emoji(" 👍 ").as_deref(), Ok("👍"));
    }

    #[test]
    fn a_custom_emoji_has_its_name_between_colons() {
        assert_eq!(normal_like(" :party_parrot: ").as_deref(), Ok(":party_parrot:"));
        assert_eq!(normal_like("❤").as_deref(), Ok("❤️"));
        let long = "a".repeat(32);
        for name in ["+1", "-1", "a-b_c9", &long] {
            assert_eq!(custom_emoji(&format!(":{name}:")), Some(name));
            assert!(check_emoji_name(name).is_ok(), "{name}");
        }
        for name in ["", "a", "A1", "ä1", "a b", ":a", "a:b", "a/b", &format!("{long}a")] {
            assert_eq!(normal_like(&format!(":{name}:")), Err(MessageRefusal::NotAnEmoji), "{name}");
            assert_eq!(check_emoji_name(name), Err(FileRefusal::BadEmojiName.into()), "{name}");
        }
        for text in [":", "::", "ok", "ok:", ":ok", ":ok::ok:"] {
            assert!(normal_like(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_not_exactly_one_emoji_is_refused() {
        let zalgo = format!("👍{}", "\u{301}".repeat(10));
        for text in ["", " ", "a", "1", "#", "ok", "👍👍", "👍!", "é", "🇪", "\u{200d}", "\u{fe0f}", &zalgo]
        {
            assert_eq!(normal_emoji(text), Err(MessageRefusal::NotAnEmoji), "{text:?}");
        }
        assert!(normal_emoji(&"👨\u{200d}".repeat(40)).is_err());
    }
}
