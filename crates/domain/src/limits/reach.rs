//! Telephone numbers and e-mail addresses in the one form in which they are kept and looked up.
//!
//! Two ways to write the same number or address are the same here. Whether it is anybody's is not known from its form.

use parlance_proto::limits;

use crate::Rejection;

/// Most bytes before the `@`.
const LOCAL_MAX_BYTES: usize = 64;

/// A telephone number as E.164 has it: `+`, the country's code and the rest, digits only.
pub fn normal_phone(text: &str) -> Result<String, Rejection> {
    let number: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '.' | '/' | '(' | ')'))
        .collect();
    let digits = number.strip_prefix('+').unwrap_or_default();
    let plain = digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.starts_with('0');
    if plain && limits::PHONE_DIGITS.contains(&digits.len()) { Ok(number) } else { Err(Rejection::BadPhone) }
}

/// An e-mail address in lower case. Only what stands on most addresses is taken, so that look-alikes are not.
pub fn normal_email(text: &str) -> Result<String, Rejection> {
    let address = text.trim().to_ascii_lowercase();
    let sound = address.len() <= limits::EMAIL_MAX_BYTES
        && address.rsplit_once('@').is_some_and(|(local, host)| is_local(local) && is_host(host));
    if sound { Ok(address) } else { Err(Rejection::BadEmail) }
}

fn is_local(text: &str) -> bool {
    let legible = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    text.len() <= LOCAL_MAX_BYTES && text.split('.').all(|part| !part.is_empty() && part.bytes().all(legible))
}

fn is_host(text: &str) -> bool {
    let part = |part: &str| {
        let legible = part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (1..=63).contains(&part.len()) && legible && !part.starts_with('-') && !part.ends_with('-')
    };
    text.contains('.') && text.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_have_a_country() {
        for text in ["+49 (170) 123-4567", "+491701234567", " +49.170.1234567 "] {
            assert_eq!(normal_phone(text), Ok("+491701234567".to_owned()), "{text}");
        }
        assert!(normal_phone("+1234567").is_ok() && normal_phone("+123456789012345").is_ok());
        for bad in [
            "",
            "+",
            "01701234567",
            "491701234567",
            "+123456",
            "+1234567890123456",
            "+0123456789",
            "+49x170123",
        ] {
            assert_eq!(normal_phone(bad), Err(Rejection::BadPhone), "{bad}");
        }
    }

    #[test]
    fn addresses_are_lower_and_whole() {
        assert_eq!(normal_email(" Ann.B+x@Mail.Example "), Ok("ann.b+x@mail.example".to_owned()));
        let host = format!("{}.example", "h".repeat(63));
        assert!(normal_email(&format!("{}@{host}", "a".repeat(64))).is_ok());
        assert!(normal_email(&format!("{}@{host}", "a".repeat(65))).is_err());
        let long = format!("a@{}.ex", ["h".repeat(63), "h".repeat(63), "h".repeat(63)].join("."));
        assert!(normal_email(&long).is_ok() && normal_email(&format!("{}{long}", "a".repeat(5))).is_err());
        for bad in [
            "",
            "a",
            "@b.example",
            "a@b",
            "a@.example",
            "a@b..c",
            "a b@c.example",
            "a@b@c.example",
            ".a@b.example",
            "a@-b.example",
            "ä@b.example",
            "a@b.example\n@c",
        ] {
            assert_eq!(normal_email(bad), Err(Rejection::BadEmail), "{bad}");
        }
    }
}
