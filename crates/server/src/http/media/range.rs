//! Which bytes of a file a request asks for: one range, as RFC 9110 (section 14) describes it.
//!
//! What cannot be read as one range is answered with the whole file, as that section allows.

use http::header::{IF_NONE_MATCH, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderName};

/// What to answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of it.
    Whole,
    /// These bytes, which are there.
    Part(std::ops::Range<u64>),
    /// Nothing: the client has it.
    Unchanged,
    /// Nothing: no such bytes.
    Nowhere,
}

/// What a request wants of a file of this size, which changes only with its tag.
pub fn wanted(headers: &HeaderMap, tag: &str, size: u64) -> Wanted {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let known = |tags: &str| tags.split(',').map(str::trim).any(|one| one == tag || one == "*");
    if text(IF_NONE_MATCH).is_some_and(known) {
        return Wanted::Unchanged;
    }
    if text(IF_RANGE).is_some_and(|one| one.trim() != tag) {
        return Wanted::Whole;
    }
    let Some((from, to)) = text(RANGE).and_then(parse) else { return Wanted::Whole };
    let part = match (from, to) {
        (Some(from), Some(to)) => from..to.saturating_add(1).min(size),
        (Some(from), None) => from..size,
        (None, Some(last)) => size.saturating_sub(last)..size,
        (None, None) => return Wanted::Whole,
    };
    if part.is_empty() { Wanted::Nowhere } else { Wanted::Part(part) }
}

/// The ends of a single range of bytes.
fn parse(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (from, to) = text.trim().strip_prefix("bytes=")?.split_once('-')?;
    let number = |text: &str| match text.trim() {
        "" => Some(None),
        digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok().map(Some),
        _ => None,
    };
    let (from, to) = (number(from)?, number(to)?);
    // A range that ends before it begins is none.
    if from.zip(to).is_some_and(|(from, to)| from > to) { None } else { Some((from, to)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, range.parse().unwrap());
        wanted(&headers, "\"t\"", 10)
    }

    #[test]
    fn one_range_is_answered_and_anything_else_is_the_whole() {
        assert_eq!(of("bytes=0-3"), Wanted::Part(0..4));
        assert_eq!(of("bytes=4-"), Wanted::Part(4..10));
        assert_eq!(of("bytes=-3"), Wanted::Part(7..10));
        assert_eq!(of("bytes=-30"), Wanted::Part(0..10));
        assert_eq!(of("bytes=8-99"), Wanted::Part(8..10));
        assert_eq!(of("bytes=10-"), Wanted::Nowhere);
        assert_eq!(of("bytes=-0"), Wanted::Nowhere);
        for odd in
            ["bytes=3-2", "bytes=0-1,3-4", "lines=0-1", "bytes=-", "bytes=+1-2", "bytes=a-b", "bytes=0"]
        {
            assert_eq!(of(odd), Wanted::Whole, "{odd}");
        }
    }

    #[test]
    fn tags_decide_what_is_sent_again() {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, "\"x\", \"t\"".parse().unwrap());
        assert_eq!(wanted(&headers, "\"t\"", 10), Wanted::Unchanged);
        let mut headers = HeaderMap::new();
        headers.insert(RANGE, "bytes=0-3".parse().unwrap());
        headers.insert(IF_RANGE, "\"t\"".parse().unwrap());
        assert_eq!(wanted(&headers, "\"t\"", 10), Wanted::Part(0..4));
        headers.insert(IF_RANGE, "\"u\"".parse().unwrap());
        assert_eq!(wanted(&headers, "\"t\"", 10), Wanted::Whole);
    }
}
