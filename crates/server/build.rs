//! Puts the built web client into the program, or a page that says how to build it.
//! It never runs the web build itself: `make` does, so that the program builds without Node.

use std::error::Error;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, thread};

/// Where Vite leaves the web client, seen from this crate.
const BUILT: &str = "../../web/app/dist";
/// What is served without it.
const FALLBACK: &str = "fallback";
/// Brotli's quality: nearly the best, at a fraction of its time.
const QUALITY: i32 = 9;
/// How often, and after which pause, files that changed under our hands are read again.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

fn main() -> Result<(), Box<dyn Error>> {
    let crate_folder = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let built = crate_folder.join(BUILT);
    let is_built = built.join("index.html").exists();
    // A missing path would count as changed for ever, so its parent is watched until it is there.
    println!("cargo::rerun-if-changed={}", if is_built { BUILT } else { "../../web/app" });
    println!("cargo::rerun-if-changed={FALLBACK}");
    println!("cargo::rerun-if-changed=build.rs");
    let source = if is_built { built } else { crate_folder.join(FALLBACK) };
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut table = embed(&source, &out);
    // The web build may be replacing its files just now.
    for _ in 0..TRIES {
        if table.is_ok() {
            break;
        }
        thread::sleep(PAUSE);
        table = embed(&source, &out);
    }
    fs::write(out.join("web.rs"), table?)?;
    Ok(())
}

/// Keeps every file below `source` in `out` and answers the table of them.
fn embed(source: &Path, out: &Path) -> Result<String, Box<dyn Error>> {
    let mut table = String::from("&[\n");
    let mut files = Vec::new();
    walk(source, &mut files)?;
    files.sort();
    for (number, file) in files.iter().enumerate() {
        let address = file.strip_prefix(source)?.to_str().ok_or("a file name that is no text")?;
        add(&mut table, address, &fs::read(file)?, &out.join(format!("web-{number}")))?;
    }
    table.push_str("]\n");
    Ok(table)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { walk(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Adds a row to the table and keeps the bytes, and their compressed form if that is shorter, beside it.
#[allow(clippy::unnecessary_debug_formatting)] // a Rust literal is wanted, quotes and escapes with it
fn add(table: &mut String, address: &str, bytes: &[u8], kept: &Path) -> Result<(), Box<dyn Error>> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams { quality: QUALITY, ..Default::default() };
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings)?;
    let worth_it = packed.len() < bytes.len();
    let packed_file = kept.with_extension("br");
    fs::write(kept, bytes)?;
    fs::write(&packed_file, packed)?;
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let packed = if worth_it { format!("Some(include_bytes!({packed_file:?}))") } else { "None".to_owned() };
    let address = format!("/{address}");
    write!(table, "    File {{ address: {address:?}, kind: {:?}, tag: {tag:?}, ", kind(&address))?;
    writeln!(table, "plain: include_bytes!({kept:?}), packed: {packed} }},")?;
    Ok(())
}

fn kind(address: &str) -> &'static str {
    match address.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
