//! Checks of spans that a client gives.
//!
//! What passes is sorted, properly nested, within the text, and holds nothing inside code.

use parlance_proto::{Style, TextSpan, limits};

use super::links::linked;
use super::{check_url, is_literal};
use crate::MessageRefusal;

/// Longest name of a language, in characters.
const LANGUAGE_MAX_CHARS: usize = 32;

/// Refuses spans that are not sorted, not nested, out of the text, too many, or lead nowhere good.
pub fn check_spans(text: &str, spans: &[TextSpan]) -> Result<(), MessageRefusal> {
    if spans.len() > limits::SPANS_MAX {
        return Err(MessageRefusal::TooManySpans(spans.len()));
    }
    if spans.iter().map(linked).sum::<usize>() > limits::RICH_MAX_BYTES {
        return Err(MessageRefusal::TooMuchLinked);
    }
    if spans.is_empty() {
        return Ok(());
    }
    let chars = text.chars().count() as u32;
    let mut open: Vec<&TextSpan> = Vec::new();
    let mut last = (0, u32::MAX);
    for span in spans {
        let place = (span.from, span.to);
        let sorted = span.from > last.0 || span.from == last.0 && span.to <= last.1;
        if !sorted || span.from >= span.to || span.to > chars {
            return Err(MessageRefusal::BadSpan(span.from));
        }
        while open.last().is_some_and(|outer| outer.to <= span.from) {
            open.pop();
        }
        if let Some(outer) = open.last()
            && (span.to > outer.to || is_literal(&outer.style))
        {
            return Err(MessageRefusal::BadSpan(span.from));
        }
        let links = |style: &Style| matches!(style, Style::Link { .. });
        if links(&span.style) && open.iter().any(|outer| links(&outer.style)) {
            return Err(MessageRefusal::BadSpan(span.from));
        }
        check_style(&span.style)?;
        open.push(span);
        last = place;
    }
    Ok(())
}

fn check_style(style: &Style) -> Result<(), MessageRefusal> {
    match style {
        Style::Link { url, .. } => check_url(url, true),
        Style::CodeBlock { language: Some(language) } if !is_language(language) => {
            Err(MessageRefusal::BadLanguage)
        }
        _ => Ok(()),
    }
}

/// Whether it is a name that a language can have.
pub(super) fn is_language(name: &str) -> bool {
    let legible = |one: char| one.is_ascii_alphanumeric() || matches!(one, '+' | '-' | '#' | '_' | '.');
    (1..=LANGUAGE_MAX_CHARS).contains(&name.len()) && name.chars().all(legible)
}
