//! What counts as one emoji: one character as people see it, whatever it is composed of.
//!
//! The same emoji always has the same form, so that equal likes are equal bytes.

use unicode_properties::emoji::{EmojiStatus, UnicodeEmoji as _};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::MessageRefusal;

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
    fn what_is_not_exactly_one_emoji_is_refused() {
        let zalgo = format!("👍{}", "\u{301}".repeat(10));
        for text in ["", " ", "a", "1", "#", "ok", "👍👍", "👍!", "é", "🇪", "\u{200d}", "\u{fe0f}", &zalgo]
        {
            assert_eq!(normal_emoji(text), Err(MessageRefusal::NotAnEmoji), "{text:?}");
        }
        assert!(normal_emoji(&"👨\u{200d}".repeat(40)).is_err());
    }
}
