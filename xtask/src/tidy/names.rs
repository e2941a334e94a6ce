//! Names of files, folders and modules that say nothing about what is inside.
//!
//! Such a room collects whatever fits nowhere, and every crate ends up depending on it.

use super::Finding;
use crate::tree::File;

/// Names that no file, folder or module of ours has.
const EMPTY_NAMES: [&str; 8] =
    ["util", "utils", "common", "core", "helper", "helpers", "manager", "managers"];

/// Files, folders and inline modules with an empty name.
pub fn check(file: &File) -> Vec<Finding> {
    if !file.is_source() {
        return Vec::new();
    }
    let name = file.name();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let parts = file.folders().chain([stem]).map(|part| part.strip_prefix("parlance-").unwrap_or(part));
    let path = parts.filter(|part| is_empty(part)).map(|part| finding(file, 1, part));
    let modules = file.text.lines().enumerate().filter_map(|(at, line)| {
        inline_module(line).filter(|module| is_empty(module)).map(|module| finding(file, at + 1, module))
    });
    path.chain(modules).collect()
}

fn is_empty(name: &str) -> bool {
    EMPTY_NAMES.iter().any(|empty| name.eq_ignore_ascii_case(empty))
}

/// The name of the module that this line of Rust opens.
fn inline_module(line: &str) -> Option<&str> {
    let before_brace = line.trim().strip_suffix('{')?.trim_end();
    let (words, name) = before_brace.rsplit_once(' ')?;
    (words == "mod" || words.starts_with("pub") && words.ends_with(" mod")).then_some(name)
}

fn finding(file: &File, line: usize, name: &str) -> Finding {
    let advice =
        format!("the name `{name}` says nothing: name it after the glossary's word for what it holds");
    Finding::new(&file.path, line, advice)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    #[test]
    fn empty_names_are_found_in_files_folders_and_crates() {
        let bad = [
            "crates/a/src/util.rs",
            "crates/core/src/lib.rs",
            "crates/a/src/helpers/mod.rs",
            "web/app/src/Manager.ts",
            "web/sdk/src/utils.test.ts",
        ];
        for path in bad {
            assert_eq!(lines(check(&file(path, ""))), [1], "{path}");
        }
    }

    #[test]
    fn inline_modules_are_found_on_their_line() {
        let text = "//! x\nmod common {\n}\npub(crate) mod helpers {\n}\n";
        assert_eq!(lines(check(&file("crates/a/src/b.rs", text))), [2, 4]);
    }

    #[test]
    fn telling_names_and_prose_pass() {
        assert!(check(&file("crates/a/src/score.rs", "mod command {\nlet core = 1;\n")).is_empty());
        assert!(check(&file("docs/core.md", "")).is_empty());
    }
}
