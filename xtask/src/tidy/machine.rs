//! Traces of one machine: its paths, its package mirror, its build output and data.
//!
//! A clone must build anywhere, from the public registries or from a mirror that its owner configures.

use super::Finding;
use crate::tree::File;

/// Folders that exist on somebody's machine only. Put together, so that this file passes its own rule.
const PATHS: [&str; 5] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/wo", "rk/"),
    concat!("/fa", "rm/"),
];

/// Hosts that a package manager asks; which one is the machine's own business.
const HOSTS: [&str; 7] = [
    concat!("registry.npm", "js.org"),
    concat!("registry.yarn", "pkg.com"),
    concat!("static.cra", "tes.io"),
    concat!("index.cra", "tes.io"),
    concat!("py", "pi.org"),
    concat!("files.python", "hosted.org"),
    concat!("deb.deb", "ian.org"),
];

/// Folders and endings of what programs leave behind.
const OUTPUT_FOLDERS: [&str; 5] = ["target", "node_modules", "dist", "coverage", "playwright-report"];
const OUTPUT_ENDINGS: [&str; 6] = ["log", "db", "sqlite", "profraw", "tsbuildinfo", "tgz"];

/// The largest file that people keep by hand, in bytes.
const KEPT_MAX_BYTES: u64 = 512 * 1_024;

/// Everything in the file that belongs to one machine.
pub fn check(file: &File) -> Vec<Finding> {
    let mut findings: Vec<Finding> = output(file).into_iter().collect();
    let lock = matches!(file.name(), "Cargo.lock" | "package-lock.json");
    for (at, line) in file.text.lines().enumerate() {
        let advice = if lock { mirror(line) } else { path_or_host(line) };
        findings.extend(advice.map(|advice| Finding::new(&file.path, at + 1, advice)));
    }
    findings
}

fn output(file: &File) -> Option<Finding> {
    let left_behind = file.folders().any(|folder| OUTPUT_FOLDERS.contains(&folder))
        || file.path.starts_with("data/")
        || OUTPUT_ENDINGS.contains(&file.extension());
    if left_behind {
        return Some(Finding::new(
            &file.path,
            1,
            "build output or data: remove it and name it in .gitignore",
        ));
    }
    let lock = matches!(file.name(), "Cargo.lock" | "package-lock.json");
    let large = file.size_bytes > KEPT_MAX_BYTES && !lock;
    let advice = || {
        format!("{} KiB, at most {}: have the test make it", file.size_bytes / 1_024, KEPT_MAX_BYTES / 1_024)
    };
    large.then(|| Finding::new(&file.path, 1, advice()))
}

/// A path that begins like one of a machine, or a registry's host.
fn path_or_host(line: &str) -> Option<String> {
    let begins = |path: &&&str| {
        line.match_indices(**path).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|letter| letter.is_alphanumeric() || "._-~/}*".contains(letter))
        })
    };
    if let Some(path) = PATHS.iter().find(begins) {
        return Some(format!(
            "`{path}` is a path of one machine: make it relative, or take it from a setting"
        ));
    }
    let host = HOSTS.iter().find(|host| line.contains(*host))?;
    Some(format!("`{host}`: leave the registry to the package manager's configuration"))
}

/// A lock file's source that is neither the public registry nor this project.
fn mirror(line: &str) -> Option<String> {
    let entry = line.trim();
    let address = ["\"resolved\": \"", "source = \""].iter().find_map(|key| entry.strip_prefix(key))?;
    let public = [
        format!("https://{}/", HOSTS[0]),
        concat!("registry+https://github.com/rust-lang/cra", "tes.io-index").to_owned(),
    ];
    let known = !address.contains("://") || public.iter().any(|host| address.starts_with(host.as_str()));
    (!known)
        .then(|| "a mirror's address in a lock file: lock again with the public registry's names".to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{file, lines};
    use super::*;

    #[test]
    fn every_path_and_host_is_found() {
        for trace in PATHS.iter().chain(&HOSTS) {
            let text = format!("fine\nlet x = \"{trace}x\";\n");
            assert_eq!(lines(check(&file("crates/a/src/b.rs", &text))), [2], "{trace}");
        }
    }

    #[test]
    fn relative_paths_and_routes_pass() {
        for prefix in ["./", "web", "${HOME}", "https://example.org"] {
            let text = format!("{}{}x\n", prefix.trim_end_matches('/'), PATHS[3]);
            assert!(check(&file("Makefile", &text)).is_empty(), "{text}");
        }
    }

    #[test]
    fn build_output_data_and_large_files_are_found() {
        for path in ["target/a.rs", "web/app/dist/a.js", "data/lock", "a.log", "web/node_modules/a/a.js"] {
            assert_eq!(lines(check(&file(path, ""))), [1], "{path}");
        }
        let large = File { path: "a.bin".to_owned(), text: String::new(), size_bytes: KEPT_MAX_BYTES + 1 };
        assert_eq!(lines(check(&large)), [1]);
    }

    #[test]
    fn lock_files_name_the_public_registries_only() {
        let lock =
            |address: &str| file("web/package-lock.json", &format!("  \"resolved\": \"{address}\",\n"));
        assert!(check(&lock(&format!("https://{}/a/-/a-1.tgz", HOSTS[0]))).is_empty());
        assert!(check(&lock("sdk")).is_empty());
        assert_eq!(lines(check(&lock("https://mirror.example/a-1.tgz"))), [1]);
        let cargo = file("Cargo.lock", "source = \"registry+https://mirror.example/index\"\n");
        assert_eq!(lines(check(&cargo)), [1]);
    }
}
