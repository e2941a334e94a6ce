//! What a text says and how it is styled: from what a client sends to a text with checked spans.
//!
//! Whatever comes in, it never panics, and what comes out is sorted, properly nested and within the text.

mod content;
mod links;
mod markdown;
mod spans;

use parlance_proto::{Format, Style, TextSpan};

use crate::{MessageRefusal, Rejection, check_text};

pub(crate) use content::check_content;
pub use links::{check_url, previewed_link};
pub use spans::check_spans;

/// A text with its spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styled {
    /// What it says.
    pub text: String,
    /// How parts of it are styled: sorted and properly nested.
    pub spans: Vec<TextSpan>,
}

impl Styled {
    /// A text without styles, not looked at.
    pub fn plain(text: impl Into<String>) -> Styled {
        Styled { text: text.into(), spans: Vec::new() }
    }
}

/// Reads a text as its sender means it. Links are found in any case. `may_mention_all` says whether `@all` in Markdown is
/// more than a text.
pub fn compose(
    text: String,
    format: Option<Format>,
    spans: Option<Vec<TextSpan>>,
    may_mention_all: bool,
) -> Result<Styled, Rejection> {
    check_text(&text)?;
    let mut styled = match (format.unwrap_or(Format::Plain), spans) {
        (Format::Markdown, Some(_)) => return Err(MessageRefusal::FormatAndSpans.into()),
        (Format::Markdown, None) => markdown::parse(&text, may_mention_all),
        (Format::Plain, spans) => Styled { text, spans: spans.unwrap_or_default() },
    };
    check_text(&styled.text)?;
    check_spans(&styled.text, &styled.spans)?;
    links::mark_suspicious(&styled.text, &mut styled.spans);
    links::add_bare(&styled.text, &mut styled.spans);
    Ok(styled)
}

/// Whether nothing is read within the style.
fn is_literal(style: &Style) -> bool {
    matches!(style, Style::Code | Style::CodeBlock { .. })
}

/// Sorts spans so that outer ones come before those within.
fn sort(spans: &mut [TextSpan]) {
    spans.sort_by_key(|span| (span.from, std::cmp::Reverse(span.to)));
}
