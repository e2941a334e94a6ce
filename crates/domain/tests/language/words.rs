//! From a line to its words: quoted texts are one word, ranges of people are many.
//!
//! A line that cannot be read is a failure of its scenario, never skipped.

/// The words of a line. A quoted text keeps its opening quote, so that it cannot be taken for a word.
pub fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"') {
            Some(quoted) => 1 + quoted.find('"').ok_or("a quote is not closed")?,
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        let word = rest[..end].trim_end_matches(',');
        rest = rest[end..].trim_start_matches('"').trim_start();
        match word.split_once("..") {
            Some((from, to)) if !word.starts_with('"') => words.extend(range(from, to)?),
            _ => words.push(word.to_owned()),
        }
    }
    Ok(words)
}

/// `p3..p5` is p3, p4 and p5.
fn range(from: &str, to: &str) -> Result<Vec<String>, String> {
    let number = |word: &str| word[1..].parse::<u32>().map_err(|_| format!("{word} has no number"));
    let letter = &from[..1];
    Ok((number(from)?..=number(to)?).map(|number| format!("{letter}{number}")).collect())
}

/// A text: quoted, or so many letters.
pub fn text(word: &str) -> Result<String, String> {
    if let Some(text) = word.strip_prefix('"') {
        return Ok(text.to_owned());
    }
    let count = word.strip_suffix("-letters").and_then(|count| count.parse().ok());
    // A letter of two bytes, so that bytes and characters are not mixed up.
    count.map(|count| "é".repeat(count)).ok_or_else(|| format!("{word} is no text"))
}
