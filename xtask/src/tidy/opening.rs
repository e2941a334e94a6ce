//! The opening of each Rust file: what this room holds, what it refuses, its invariant.
//!
//! Two to five lines of `//!`, without exception: a file that needs more explains what belongs in `docs/`.

use std::ops::RangeInclusive;

use super::Finding;
use crate::tree::File;

/// How many lines of text the opening has; empty `//!` lines between them are free.
const LINES: RangeInclusive<usize> = 2..=5;

/// A Rust file without a proper opening.
pub fn check(file: &File) -> Option<Finding> {
    if file.extension() != "rs" || file.is_made() {
        return None;
    }
    let opening = file.text.lines().map_while(|line| line.strip_prefix("//!"));
    let count = opening.filter(|text| !text.trim().is_empty()).count();
    if LINES.contains(&count) {
        return None;
    }
    let (least, most) = (LINES.start(), LINES.end());
    let advice = match count {
        0 => {
            format!("open with {least} to {most} lines of `//!`: what the file holds, refuses and keeps true")
        }
        1 => format!("one `//!` line, at least {least}: say also what the file refuses or keeps true"),
        _ => format!("{count} `//!` lines, at most {most}: move the explanation to the item or to docs/"),
    };
    Some(Finding::new(&file.path, 1, advice))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    #[test]
    fn an_opening_has_two_to_five_lines() {
        let opened = |count: usize| file("crates/a/src/b.rs", &("//! x\n".repeat(count) + "fn f() {}\n"));
        for count in 2..=5 {
            assert_eq!(check(&opened(count)), None);
        }
        for count in [0, 1, 6] {
            assert_eq!(lines(check(&opened(count))), [1]);
        }
    }

    #[test]
    fn empty_lines_do_not_count_and_later_lines_do_not_help() {
        assert_eq!(check(&file("a.rs", "//! x\n//!\n//! y\n")), None);
        assert_eq!(lines(check(&file("a.rs", "//! x\n//!\nuse a;\n//! y\n"))), [1]);
        assert_eq!(lines(check(&file("a.rs", "\n//! x\n//! y\n"))), [1]);
    }

    #[test]
    fn only_rust_written_by_people_is_asked() {
        assert_eq!(check(&file("web/app/src/a.ts", "")), None);
        assert_eq!(check(&file("crates/a/src/gen/b.rs", "")), None);
    }
}
