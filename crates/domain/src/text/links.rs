//! Links: which addresses may be linked, which links mislead, and those that stand in a text by themselves.
//!
//! Nothing but http, https and mailto is ever a link, and an address holds nothing invisible.

use linkify::{LinkFinder, LinkKind};
use parlance_proto::{Style, TextSpan, limits};

use super::{is_literal, sort};
use crate::MessageRefusal;

/// Longest address, in bytes.
const URL_MAX_BYTES: usize = 2_048;

/// Refuses an address that is no link to take: only http and https, and mailto where that makes sense.
pub fn check_url(url: &str, mailto: bool) -> Result<(), MessageRefusal> {
    let clean =
        url.len() <= URL_MAX_BYTES && !url.chars().any(is_hidden) && !url.contains(['\\', '"', '<', '>']);
    let rest = |scheme: &str| {
        let head = url.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &url[scheme.len()..])
    };
    let web = rest("https://").or_else(|| rest("http://")).is_some_and(|rest| !host(rest).is_empty());
    let mail = mailto && rest("mailto:").is_some_and(|rest| rest.contains('@'));
    if clean && (web || mail) { Ok(()) } else { Err(MessageRefusal::BadUrl) }
}

/// Whether a character is not seen, or changes how others are seen.
fn is_hidden(one: char) -> bool {
    one.is_whitespace()
        || one.is_control()
        || matches!(one, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
        || ('\u{200b}'..='\u{200f}').contains(&one)
        || ('\u{202a}'..='\u{202e}').contains(&one)
        || ('\u{2060}'..='\u{206f}').contains(&one)
}

/// The host in what follows a scheme: names before an `@` are not it.
fn host(rest: &str) -> &str {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// The host that a text or an address names, without `www.`.
fn named_host(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let rest = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = host(rest);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let last = host.rsplit_once('.')?.1;
    let address =
        last.len() >= 2 && host.chars().all(|one| one.is_alphanumeric() || matches!(one, '.' | '-'));
    address.then(|| host.to_owned())
}

/// Marks links whose text looks like another address, or holds what hides what it is.
pub(super) fn mark_suspicious(text: &str, spans: &mut [TextSpan]) {
    for span in spans {
        let Style::Link { url, suspicious } = &mut span.style else { continue };
        let seen: String =
            text.chars().skip(span.from as usize).take((span.to - span.from) as usize).collect();
        let hides = seen.chars().any(|one| is_hidden(one) && !matches!(one, ' ' | '\n'));
        let leads = named_host(url);
        let elsewhere = named_host(&seen).is_some_and(|seen| leads.as_ref() != Some(&seen));
        *suspicious = hides || elsewhere && !url.to_lowercase().starts_with("mailto:");
    }
}

/// Adds the addresses that stand in the text by themselves, where nothing is against it.
pub(super) fn add_bare(text: &str, spans: &mut Vec<TextSpan>) {
    if !text.contains("://") && !text.contains('@') {
        return;
    }
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url, LinkKind::Email]);
    let (mut bytes, mut chars) = (0, 0);
    let mut found = Vec::new();
    for link in finder.links(text) {
        chars += text[bytes..link.start()].chars().count() as u32;
        let length = link.as_str().chars().count() as u32;
        let url = match link.kind() {
            LinkKind::Email => format!("mailto:{}", link.as_str()),
            _ => link.as_str().to_owned(),
        };
        let (from, to) = (chars, chars + length);
        (bytes, chars) = (link.end(), to);
        if check_url(&url, true).is_ok() && fits(spans, from, to) {
            found.push(TextSpan { from, to, style: Style::Link { url, suspicious: false } });
        }
    }
    // Bare addresses count towards what may be linked; the last ones stay texts.
    let mut room = limits::RICH_MAX_BYTES.saturating_sub(spans.iter().map(linked).sum());
    found.retain(|span| {
        let fits = linked(span) <= room;
        room -= if fits { linked(span) } else { 0 };
        fits
    });
    found.truncate(limits::SPANS_MAX.saturating_sub(spans.len()));
    if !found.is_empty() {
        spans.extend(found);
        sort(spans);
    }
}

/// The link that a message's preview is about: the first on the web that does not mislead and is not covered.
pub fn previewed_link(spans: &[TextSpan]) -> Option<&str> {
    let covered = |link: &TextSpan| {
        let spoiler = |span: &&TextSpan| matches!(span.style, Style::Spoiler);
        spans.iter().filter(spoiler).any(|span| span.from < link.to && link.from < span.to)
    };
    spans.iter().find_map(|span| match &span.style {
        Style::Link { url, suspicious: false } if check_url(url, false).is_ok() && !covered(span) => {
            Some(url.as_str())
        }
        _ => None,
    })
}

/// The bytes of a link's address.
pub(super) fn linked(span: &TextSpan) -> usize {
    match &span.style {
        Style::Link { url, .. } => url.len(),
        _ => 0,
    }
}

/// Whether a link may stand there: apart from code, links and mentions, and across no other span's end.
fn fits(spans: &[TextSpan], from: u32, to: u32) -> bool {
    spans.iter().all(|span| {
        let apart = span.to <= from || to <= span.from;
        let closed = is_literal(&span.style)
            || matches!(span.style, Style::Link { .. } | Style::Mention { .. } | Style::MentionAll);
        let around = span.from <= from && to <= span.to;
        apart || around && !closed
    })
}
