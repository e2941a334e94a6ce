//! Which crate may depend on which, and which libraries a crate must never know.
//!
//! Only `[dependencies]` and `[build-dependencies]` are asked: tests may join what the program keeps apart. A crate
//! without a row here is refused, so that adding one is a decision.

use super::Finding;
use crate::tree::File;

/// What a crate may know.
struct Wall {
    /// The crate's folder below `crates/`.
    name: &'static str,
    /// Which of our crates it may depend on.
    ours: &'static [&'static str],
    /// Which kinds of libraries it must not depend on.
    never: &'static [&'static [&'static str]],
}

const SOCKETS: &[&str] =
    &["axum", "http", "hyper", "hyper-util", "tower-http", "tokio-tungstenite", "reqwest"];
const TLS: &[&str] = &["tokio-rustls", "rustls"];
const WAITING: &[&str] = &["tokio", "async-trait", "futures-util", "futures"];
const CHANCE_AND_CLOCK: &[&str] = &["rand", "getrandom", "uuid", "chrono", "time", "jiff"];
const ENGINES: &[&str] = &["fjall", "redb", "rocksdb", "rusqlite", "sqlx", "tokio-postgres", "async-nats"];
const MESSAGES: &[&str] = &["serde_json", "rmp-serde", "utoipa", "ts-rs"];

const WALLS: [Wall; 8] = [
    Wall { name: "proto", ours: &[], never: &[SOCKETS, TLS, WAITING, CHANCE_AND_CLOCK, ENGINES] },
    Wall { name: "store", ours: &[], never: &[SOCKETS, MESSAGES] },
    Wall { name: "blob", ours: &[], never: &[SOCKETS, TLS, MESSAGES, ENGINES] },
    Wall { name: "bus", ours: &[], never: &[SOCKETS, TLS, MESSAGES] },
    Wall { name: "domain", ours: &["proto"], never: &[SOCKETS, TLS, WAITING, CHANCE_AND_CLOCK, ENGINES] },
    Wall {
        name: "engine",
        ours: &["domain", "proto", "store", "bus"],
        never: &[SOCKETS, TLS, MESSAGES, ENGINES],
    },
    Wall { name: "sdk", ours: &["proto"], never: &[ENGINES] },
    Wall {
        name: "server",
        ours: &["proto", "store", "blob", "bus", "domain", "engine", "sdk"],
        never: &[ENGINES],
    },
];

/// What is wrong with the file, if it is a manifest of a member of the workspace.
pub fn check(file: &File) -> Vec<Finding> {
    let folder = match file.path.strip_suffix("/Cargo.toml") {
        Some("xtask") => "xtask",
        Some(path) => match path.strip_prefix("crates/") {
            Some(name) if !name.contains('/') => name,
            _ => return Vec::new(),
        },
        None => return Vec::new(),
    };
    let manifest = match file.text.parse::<toml::Table>() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new(&file.path, 1, format!("not TOML: {}", error.message()))],
    };
    let mut refused = Vec::new();
    for (name, about) in dependencies(&manifest) {
        if let Some(why) = refusal(folder, &name, about) {
            let line = file.text.lines().position(|line| line.trim_start().starts_with(&name));
            refused.push(Finding::new(&file.path, line.map_or(1, |at| at + 1), why));
        }
    }
    if folder != "xtask" && wall(folder).is_none() {
        let why = "a crate without a row in xtask/src/tidy/directions.rs: decide what it may depend on";
        refused.push(Finding::new(&file.path, 1, why));
    }
    refused
}

fn wall(folder: &str) -> Option<&'static Wall> {
    WALLS.iter().find(|wall| wall.name == folder)
}

/// Every dependency that is built into the crate: its package's name and what the manifest says of it.
fn dependencies(manifest: &toml::Table) -> Vec<(String, &toml::Value)> {
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let tables = targets.into_iter().flat_map(toml::Table::values).filter_map(toml::Value::as_table);
    let mut found = Vec::new();
    for table in std::iter::once(manifest).chain(tables) {
        for kind in ["dependencies", "build-dependencies"] {
            let listed = table.get(kind).and_then(toml::Value::as_table).into_iter().flatten();
            found.extend(listed.map(|(name, about)| {
                let package = about.get("package").and_then(toml::Value::as_str).unwrap_or(name);
                (package.to_owned(), about)
            }));
        }
    }
    found
}

/// Why the crate in `folder` must not depend on `name`.
fn refusal(folder: &str, name: &str, about: &toml::Value) -> Option<String> {
    let ours = name.strip_prefix("parlance-");
    if folder == "xtask" {
        let optional = about.get("optional").and_then(toml::Value::as_bool) == Some(true);
        let heavy = ours.is_some() && !optional;
        return heavy.then(|| format!("xtask must build within seconds: make {name} optional"));
    }
    let wall = wall(folder)?;
    let allowed = match ours {
        Some(other) => wall.ours.contains(&other),
        None => !wall.never.iter().any(|kind| kind.contains(&name)),
    };
    (!allowed).then(|| format!("{folder} must not depend on {name}: see the table in ARCHITECTURE.md"))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    fn manifest(folder: &str, text: &str) -> Vec<usize> {
        lines(check(&file(&format!("{folder}/Cargo.toml"), text)))
    }

    #[test]
    fn a_forbidden_direction_is_found_on_its_line() {
        assert_eq!(manifest("crates/domain", "[dependencies]\nparlance-store.workspace = true\n"), [2]);
        assert_eq!(manifest("crates/sdk", "[dependencies]\nserde = \"1\"\nparlance-server = \"1\"\n"), [3]);
        assert_eq!(
            manifest("crates/store", "[dependencies]\nparlance-proto = { path = \"../proto\" }\n"),
            [2]
        );
        assert!(manifest("crates/engine", "[dependencies]\nparlance-domain.workspace = true\n").is_empty());
    }

    #[test]
    fn a_forbidden_library_is_found_also_under_another_name_or_for_one_platform() {
        assert_eq!(manifest("crates/domain", "[dependencies]\ntokio = \"1\"\n"), [2]);
        assert_eq!(manifest("crates/engine", "[dependencies]\nweb = { package = \"axum\" }\n"), [1]);
        assert_eq!(manifest("crates/proto", "[target.'cfg(unix)'.dependencies]\nrand = \"1\"\n"), [2]);
    }

    #[test]
    fn tests_may_join_what_the_program_keeps_apart() {
        assert!(manifest("crates/domain", "[dev-dependencies]\ntokio = \"1\"\n").is_empty());
    }

    #[test]
    fn xtask_takes_our_crates_only_as_an_option() {
        assert_eq!(manifest("xtask", "[dependencies]\nparlance-sdk.workspace = true\n"), [2]);
        let optional = "[dependencies]\nparlance-sdk = { workspace = true, optional = true }\n";
        assert!(manifest("xtask", optional).is_empty());
    }

    #[test]
    fn an_unknown_crate_and_a_broken_manifest_are_found() {
        assert_eq!(manifest("crates/calls", "[package]\n"), [1]);
        assert_eq!(manifest("crates/domain", "[dependencies\n"), [1]);
    }
}
