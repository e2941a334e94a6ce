//! Lengths of files and folders. A file that outgrows its limit holds more than one thing; so does a folder.
//!
//! The length of functions is clippy's (`too_many_lines`). Files that a program wrote have no limit.

use std::collections::BTreeMap;

use super::Finding;
use crate::tree::File;

/// Most lines of a source file.
const SOURCE_LINES: usize = 450;
/// Most lines of a source file of the web client and its SDK.
const WEB_LINES: usize = 250;
/// Most lines of a file of tests.
const TEST_LINES: usize = 900;
/// Most lines of hand-written text that is not code.
const PROSE_LINES: usize = 600;
/// Most lines of the map of the project, which must stay a map.
const MAP_LINES: usize = 250;
/// Most source files directly in one folder.
const FOLDER_FILES: usize = 12;

/// The limit for this file, if it has one.
fn limit(file: &File) -> Option<usize> {
    if file.is_made() {
        return None;
    }
    if file.is_source() {
        let web = file.path.starts_with("web/");
        return Some(if file.is_test() {
            TEST_LINES
        } else if web {
            WEB_LINES
        } else {
            SOURCE_LINES
        });
    }
    match file.path.as_str() {
        "ARCHITECTURE.md" => Some(MAP_LINES),
        "CHANGELOG.md" | "LICENSE" => None,
        _ => {
            matches!(file.extension(), "md" | "toml" | "sh" | "html" | "yml" | "yaml").then_some(PROSE_LINES)
        }
    }
}

/// A file over its limit.
pub fn of_file(file: &File) -> Option<Finding> {
    let (limit, lines) = (limit(file)?, file.text.lines().count());
    (lines > limit).then(|| {
        let advice =
            format!("{lines} lines, at most {limit}: move one of the things it holds to a file of its own");
        Finding::new(&file.path, limit + 1, advice)
    })
}

/// Folders with too many source files.
pub fn of_folders(files: &[File]) -> Vec<Finding> {
    let mut counts = BTreeMap::<&str, usize>::new();
    // A component's style sheet is the same thing in another language.
    let counts_apart = |file: &&File| !file.is_test() && !file.name().ends_with(".module.css");
    for file in files.iter().filter(|file| file.is_source()).filter(counts_apart) {
        *counts.entry(file.folder()).or_default() += 1;
    }
    let crowded = counts.into_iter().filter(|(_, count)| *count > FOLDER_FILES);
    let advice =
        |count| format!("{count} source files, at most {FOLDER_FILES}: group them in folders by subject");
    crowded.map(|(folder, count)| Finding::new(folder, 1, advice(count))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    fn long(path: &str, count: usize) -> File {
        file(path, &"x\n".repeat(count))
    }

    #[test]
    fn each_kind_of_file_has_its_limit() {
        let limits = [
            ("crates/a/src/lib.rs", SOURCE_LINES),
            ("web/app/src/main.tsx", WEB_LINES),
            ("web/app/src/main.css", WEB_LINES),
            ("crates/a/tests/api/send.rs", TEST_LINES),
            ("web/app/e2e/chat.ts", TEST_LINES),
            ("web/sdk/src/queue.test.ts", TEST_LINES),
            ("docs/protocol.md", PROSE_LINES),
            ("ARCHITECTURE.md", MAP_LINES),
        ];
        for (path, limit) in limits {
            assert_eq!(of_file(&long(path, limit)), None, "{path}");
            assert_eq!(lines(of_file(&long(path, limit + 1))), [limit + 1], "{path}");
        }
    }

    #[test]
    fn what_a_program_wrote_may_be_long() {
        for path in
            ["web/sdk/src/gen/types.ts", "Cargo.lock", "CHANGELOG.md", "crates/a/tests/golden/frames.json"]
        {
            assert_eq!(of_file(&long(path, 5_000)), None, "{path}");
        }
    }

    #[test]
    fn a_crowded_folder_is_found_and_tests_are_not_counted() {
        let folder = |path: &str, count: usize| -> Vec<File> {
            (0..count).map(|n| file(&format!("{path}/{n}.rs"), "")).collect()
        };
        assert_eq!(of_folders(&folder("crates/a/src", 13))[0].path, "crates/a/src");
        assert_eq!(of_folders(&folder("crates/a/src", 12)), []);
        assert_eq!(of_folders(&folder("crates/a/tests", 13)), []);
        let sheets = (0..5).map(|n| file(&format!("crates/a/src/{n}.module.css"), ""));
        let with_sheets: Vec<File> = folder("crates/a/src", 12).into_iter().chain(sheets).collect();
        assert_eq!(of_folders(&with_sheets), []);
    }
}
