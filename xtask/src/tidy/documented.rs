//! What the documentation owes the code: every operation and error code is described, every path it names exists.
//!
//! The operation table and the codes are found by the form of their lines, so that this crate needs no other one.

use super::Finding;
use crate::tree::File;

/// Where the operations are told to people.
const PROTOCOL: &str = "docs/protocol.md";

/// Where requirements are mapped to operations and tests.
const MAP: &str = "docs/requirements-map.md";

/// The operations and their rows.
const TABLE: &str = "crates/proto/src/operations/table.rs";

/// Folders of the project; a word in backticks that begins with one is a path.
const FOLDERS: [&str; 5] = ["crates/", "web/", "xtask/", "docs/", "scripts/"];

/// Everything the documentation lacks or has wrong.
pub fn check(files: &[File]) -> Vec<Finding> {
    let protocol = files.iter().find(|file| file.path == PROTOCOL).map_or("", |file| file.text.as_str());
    let mut findings = Vec::new();
    for file in files {
        match file.path.as_str() {
            TABLE => findings.extend(missing(file, protocol, operation)),
            "crates/proto/src/error.rs" => findings.extend(missing(file, protocol, code)),
            MAP => findings.extend(dead_paths(file, files).into_iter().chain(unproved(file, files))),
            _ if file.extension() == "md" => findings.extend(dead_paths(file, files)),
            _ => {}
        }
    }
    findings
}

/// The words that each line of `file` owes the protocol's page and that are not there.
fn missing(file: &File, protocol: &str, owed: impl Fn(&str) -> Option<Vec<String>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        for word in owed(line.trim()).into_iter().flatten() {
            if !protocol.contains(&format!("`{word}`")) {
                findings.push(Finding::new(
                    &file.path,
                    at + 1,
                    format!("`{word}` is not in {PROTOCOL}: describe it"),
                ));
            }
        }
    }
    findings
}

/// Name and route in a row like `SendMessage "message.send" Post "/api/…" Session -> Accepted;`.
fn operation(line: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = line.strip_suffix(';')?.split(' ').collect();
    let [_, name, method, path, _, "->", _] = parts[..] else { return None };
    let (name, path) = (quoted(name)?, quoted(path)?);
    let route = format!("{} {path}", method.to_ascii_uppercase());
    Some(if path.is_empty() { vec![name.to_owned()] } else { vec![name.to_owned(), route] })
}

/// The code in a row like `NameTaken = "name_taken" 409 "The username is taken",`.
fn code(line: &str) -> Option<Vec<String>> {
    let (_, row) = line.strip_suffix(',')?.split_once(" = ")?;
    let (code, rest) = row.split_once(' ')?;
    rest.starts_with(|first: char| first.is_ascii_digit())
        .then(|| quoted(code))?
        .map(|code| vec![code.to_owned()])
}

/// What the map names and the project does not have: operations like `message.send`, and tests like api/messages.
fn unproved(map: &File, files: &[File]) -> Vec<Finding> {
    let table = files.iter().find(|file| file.path == TABLE).map_or("", |file| file.text.as_str());
    let exists = |path: String| files.iter().any(|file| file.path == path);
    let mut findings = Vec::new();
    for (at, line) in map.text.lines().enumerate().filter(|(_, line)| line.starts_with('|')) {
        let code: Vec<&str> = line.split('`').collect();
        let names = code.iter().skip(1).step_by(2).filter(|word| is_operation(word));
        let missing =
            names.filter(|name| !table.contains(&format!("\"{name}\""))).map(|name| (*name).to_owned());
        let prose: String = code.iter().step_by(2).copied().collect();
        let words = prose.split(|letter: char| !(letter.is_ascii_alphanumeric() || "/_-".contains(letter)));
        let tests = words.filter_map(|word| word.strip_prefix("api/"));
        let lost = tests
            .map(|name| format!("crates/server/tests/api/{name}.rs"))
            .filter(|path| !exists(path.clone()));
        for what in missing.chain(lost) {
            findings.push(Finding::new(&map.path, at + 1, format!("{what} does not exist: correct the map")));
        }
    }
    findings
}

/// Whether a word has the form of an operation's name.
fn is_operation(word: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    word.split_once('.')
        .is_some_and(|(noun, verb)| part(noun) && part(verb) && !matches!(verb, "rs" | "md" | "ts"))
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.strip_suffix('"')
}

/// Links and paths in prose that lead nowhere.
fn dead_paths(file: &File, files: &[File]) -> Vec<Finding> {
    let exists = |path: &str| {
        let path = path.trim_end_matches('/');
        files.iter().any(|file| {
            file.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let mut findings = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let links = line.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        let links = links.filter_map(|(target, _)| resolve(file.folder(), target));
        let words = line.split('`').skip(1).step_by(2).filter(|word| is_path(word)).map(str::to_owned);
        for path in links.chain(words).filter(|path| !exists(path)) {
            findings.push(Finding::new(
                &file.path,
                at + 1,
                format!("{path} does not exist: correct the path"),
            ));
        }
    }
    findings
}

/// Whether a word in backticks names one path of this project.
fn is_path(word: &str) -> bool {
    FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains([' ', '*', '<', '{', '…'])
}

/// A link's target from the root, unless it leads elsewhere.
fn resolve(folder: &str, target: &str) -> Option<String> {
    let target = target.split('#').next().unwrap_or(target);
    if target.is_empty() || target.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    const ROWS: &str = "//! x\n    Ping \"session.ping\" Post \"\" Connection -> Pong;\n    \
        GetMe \"profile.get\" Get \"/api/v1/me\" Session -> Me;\n";

    fn table_with(protocol: &str) -> Vec<usize> {
        lines(check(&[file(TABLE, ROWS), file(PROTOCOL, protocol)]))
    }

    #[test]
    fn an_operation_owes_its_name_and_its_route() {
        assert_eq!(table_with("`session.ping` `profile.get` `GET /api/v1/me`"), [0; 0]);
        assert_eq!(table_with("`session.ping` `profile.get`"), [3]);
        assert_eq!(table_with("profile.get"), [2, 3, 3]);
    }

    #[test]
    fn an_error_code_owes_its_name() {
        let codes = file("crates/proto/src/error.rs", "    NameTaken = \"name_taken\" 409 \"Taken\",\n");
        assert_eq!(lines(check(&[codes])), [1]);
    }

    #[test]
    fn the_map_names_what_there_is() {
        let map = |row: &str| {
            let test = file("crates/server/tests/api/messages.rs", "//! x\n//! y\n");
            lines(check(&[
                file(TABLE, ROWS),
                file(PROTOCOL, "`session.ping` `profile.get` `GET /api/v1/me`"),
                test,
                file(MAP, row),
            ]))
        };
        assert_eq!(map("| R4 | `profile.get` | api/messages. `lib.rs` |"), [0; 0]);
        assert_eq!(map("| R4 | `profile.got` | api/messages |"), [1]);
        assert_eq!(map("| R4 | `profile.get` | api/letters, api/messages |"), [1]);
    }

    #[test]
    fn dead_links_and_paths_are_found() {
        let page = |text: &str| vec![file("docs/a.md", text), file("crates/a/src/lib.rs", "//! x\n//! y\n")];
        for alive in [
            "[x](a.md#y)",
            "[x](../crates/a)",
            "[x](https://example.org)",
            "`crates/a/src/lib.rs`",
            "`crates/*`",
        ] {
            assert!(check(&page(alive)).is_empty(), "{alive}");
        }
        for dead in
            ["[x](b.md)", "[x](../crates/ab)", "![x](img/x.png)", "`crates/b/src/lib.rs`", "`docs/b.md`"]
        {
            assert_eq!(lines(check(&page(dead))), [1], "{dead}");
        }
    }
}
