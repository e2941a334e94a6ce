//! A part of Markdown, read in one pass: what does not fit stays as it was written.
//!
//! `**bold**`, `*italic*` or `_italic_`, `~~strike~~`, `||spoiler||`, code in backticks, fenced code, `> quote`,
//! `[text](address)`, `[name](u_…)` for a mention, `@all`, and a backslash before any of the signs.

use parlance_proto::{Style, TextSpan, limits};

use super::links::linked;
use super::spans::is_language;
use super::{Styled, check_url, sort};

/// Signs within signs, at most.
const DEPTH: usize = 8;
/// How far the other end of a pair of signs is looked for, in characters.
const REACH: usize = 4_000;
/// The signs that stand in pairs; longer ones first.
const PAIRS: [(&[char], Style); 5] = [
    (&['*', '*'], Style::Bold),
    (&['~', '~'], Style::Strike),
    (&['|', '|'], Style::Spoiler),
    (&['*'], Style::Italic),
    (&['_'], Style::Italic),
];

/// Reads a text.
pub(super) fn parse(text: &str, may_mention_all: bool) -> Styled {
    let mut writer = Writer { out: Vec::with_capacity(text.len()), spans: Vec::new(), may_mention_all };
    let lines: Vec<Vec<char>> = text.split('\n').map(|line| line.chars().collect()).collect();
    let mut at = 0;
    while at < lines.len() {
        if at > 0 {
            writer.out.push('\n');
        }
        at = writer.block(&lines, at);
    }
    let mut styled = Styled { text: writer.out.into_iter().collect(), spans: writer.spans };
    sort(&mut styled.spans);
    styled.spans.truncate(limits::SPANS_MAX);
    let mut room = limits::RICH_MAX_BYTES;
    styled.spans.retain(|span| {
        let fits = linked(span) <= room;
        room -= if fits { linked(span) } else { 0 };
        fits
    });
    styled
}

/// What was read so far.
struct Writer {
    out: Vec<char>,
    spans: Vec<TextSpan>,
    may_mention_all: bool,
}

impl Writer {
    /// Reads the block that begins at a line; the line after it.
    fn block(&mut self, lines: &[Vec<char>], at: usize) -> usize {
        if let Some(end) = fence_end(lines, at) {
            let name: String = lines[at][3..].iter().collect();
            let language = Some(name.trim().to_owned()).filter(|name| is_language(name));
            let code = lines[at + 1..end].join(&'\n');
            if code.is_empty() {
                return end + 1;
            }
            let from = self.out.len();
            self.out.extend(code);
            self.span(from, Style::CodeBlock { language });
            return end + 1;
        }
        let quoted = |line: &Vec<char>| line.first() == Some(&'>');
        let end = at + lines[at..].iter().take_while(|line| quoted(line)).count();
        if end > at {
            let inner: Vec<Vec<char>> = lines[at..end].iter().map(|line| unquoted(line)).collect();
            let from = self.out.len();
            self.inline(&inner.join(&'\n'), 0);
            self.span(from, Style::Quote);
            return end;
        }
        let plain = |next: usize| !quoted(&lines[next]) && fence_end(lines, next).is_none();
        let end = (at + 1..lines.len()).find(|next| !plain(*next)).unwrap_or(lines.len());
        self.inline(&lines[at..end].join(&'\n'), 0);
        end
    }

    /// A span from a place to what was written last, unless that is nothing.
    fn span(&mut self, from: usize, style: Style) {
        if self.out.len() > from {
            self.spans.push(TextSpan { from: from as u32, to: self.out.len() as u32, style });
        }
    }

    /// Reads what stands within lines.
    fn inline(&mut self, chars: &[char], depth: usize) {
        let mut at = 0;
        while at < chars.len() {
            at = match chars[at] {
                '\\' if chars.get(at + 1).is_some_and(char::is_ascii_punctuation) => {
                    self.out.push(chars[at + 1]);
                    at + 2
                }
                '`' => self.code(chars, at),
                '[' => self.link(chars, at, depth),
                '@' => self.mention_all(chars, at),
                '*' | '_' | '~' | '|' if depth < DEPTH => self.pair(chars, at, depth),
                other => {
                    self.out.push(other);
                    at + 1
                }
            };
        }
    }

    fn literal(&mut self, chars: &[char], at: usize) -> usize {
        self.out.push(chars[at]);
        at + 1
    }

    fn code(&mut self, chars: &[char], at: usize) -> usize {
        let rest = &chars[at + 1..];
        match rest.iter().take(REACH).position(|one| *one == '`') {
            Some(length) if length > 0 => {
                let from = self.out.len();
                self.out.extend(&rest[..length]);
                self.span(from, Style::Code);
                at + length + 2
            }
            _ => self.literal(chars, at),
        }
    }

    fn pair(&mut self, chars: &[char], at: usize, depth: usize) -> usize {
        for (sign, style) in &PAIRS {
            if !chars[at..].starts_with(sign) {
                continue;
            }
            let start = at + sign.len();
            if let Some(end) = closing(chars, at, start, sign) {
                let from = self.out.len();
                self.inline(&chars[start..end], depth + 1);
                self.span(from, style.clone());
                return end + sign.len();
            }
        }
        self.literal(chars, at)
    }

    /// `[text](address)`. A text within which there is another bracket is none.
    fn link(&mut self, chars: &[char], at: usize, depth: usize) -> usize {
        let end_of = |from: usize, sign: char| {
            let rest = chars.get(from..)?;
            rest.iter().take(limits::TEXT_MAX_CHARS / 4).position(|one| *one == sign).map(|to| from + to)
        };
        let Some(label_end) = end_of(at + 1, ']').filter(|end| *end > at + 1) else {
            return self.literal(chars, at);
        };
        let label = &chars[at + 1..label_end];
        if chars.get(label_end + 1) != Some(&'(') || label.contains(&'[') || depth > DEPTH {
            return self.literal(chars, at);
        }
        let Some(end) = end_of(label_end + 2, ')') else { return self.literal(chars, at) };
        let url: String = chars[label_end + 2..end].iter().collect();
        let style = match url.parse() {
            Ok(user_id) => Style::Mention { user_id },
            Err(_) if check_url(&url, true).is_ok() => Style::Link { url, suspicious: false },
            Err(_) => return self.literal(chars, at),
        };
        let from = self.out.len();
        // The text of a link is taken as it stands: no link in a link.
        self.out.extend(label);
        self.span(from, style);
        end + 1
    }

    fn mention_all(&mut self, chars: &[char], at: usize) -> usize {
        let word = |place: Option<&char>| place.is_some_and(|one| one.is_alphanumeric());
        let named = chars[at..].starts_with(&['@', 'a', 'l', 'l']) && !word(chars.get(at + 4));
        let begins = at == 0 || !word(chars.get(at - 1));
        if !(self.may_mention_all && named && begins) {
            return self.literal(chars, at);
        }
        let from = self.out.len();
        self.out.extend(&chars[at..at + 4]);
        self.span(from, Style::MentionAll);
        at + 4
    }
}

/// The line that ends a fenced block which begins at a line.
fn fence_end(lines: &[Vec<char>], at: usize) -> Option<usize> {
    let fence = ['`', '`', '`'];
    let opens = lines[at].starts_with(&fence) && !lines[at][3..].contains(&'`');
    let rest = lines.iter().enumerate().skip(at + 1);
    if opens { rest.into_iter().find(|(_, line)| line.as_slice() == fence).map(|(end, _)| end) } else { None }
}

fn unquoted(line: &[char]) -> Vec<char> {
    let rest = &line[1..];
    rest.strip_prefix(&[' ']).unwrap_or(rest).to_vec()
}

/// Where the second of a pair of signs stands. Signs that stand off from what they enclose are none.
fn closing(chars: &[char], at: usize, start: usize, sign: &[char]) -> Option<usize> {
    let space = |place: usize| chars.get(place).is_none_or(|one| one.is_whitespace());
    let word = |place: usize| chars.get(place).is_some_and(|one| one.is_alphanumeric());
    let inside_word = sign == ['_'] && at > 0 && word(at - 1);
    if space(start) || inside_word {
        return None;
    }
    let last = chars.len().min(start + REACH);
    let mut place = start + 1;
    while place + sign.len() <= last {
        let here = chars[place..].starts_with(sign) && !space(place - 1) && chars[place - 1] != '\\';
        // A single star does not end at a double one.
        let double = sign == ['*'] && (chars.get(place + 1) == Some(&'*') || chars[place - 1] == '*');
        if here && !double && !(sign == ['_'] && word(place + 1)) {
            return Some(place);
        }
        place += 1;
    }
    None
}
