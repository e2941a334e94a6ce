//! Making one picture: here, or in a process of its own with limits on its memory and time.
//!
//! The process gets two paths and the bounds, and answers with one line of JSON or one of two exit codes.

use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::process::Command;

use super::{Picture, Trouble, animated, still};
use crate::media::sniff::{self, Format, LOOK};

/// How pictures are bounded.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most pixels of a picture, in millions.
    pub megapixels: u32,
    /// Most frames of one that moves.
    pub frames: u32,
}

/// A process may take so long in all, and so many seconds of a processor.
const LIFE: Duration = Duration::from_secs(60);
const PROCESSOR_S: u64 = 30;
/// Memory of a process beside what its picture needs, and for each million pixels, in bytes.
const MEMORY: u64 = 128 * 1_024 * 1_024;
const MEMORY_PER_MEGAPIXEL: u64 = 16 * 1_000_000;
/// What a process says of a picture that is too large, and of one that cannot be read.
const TOO_LARGE: u8 = 3;
const BROKEN: u8 = 4;

impl Bounds {
    /// Most pixels.
    pub fn pixels(self) -> u64 {
        u64::from(self.megapixels) * 1_000_000
    }

    /// The refusal of a picture with more.
    pub fn too_many_pixels(self) -> Trouble {
        Trouble::TooLarge(format!("a picture has at most {} million pixels", self.megapixels))
    }

    /// The refusal of one that moves with more.
    pub fn too_many_frames(self) -> Trouble {
        Trouble::TooLarge(format!(
            "a moving picture has at most {} frames of {} million pixels in all",
            self.frames,
            u64::from(self.megapixels) * animated::MORE
        ))
    }
}

/// Makes a picture in this process.
pub fn make_here(bounds: Bounds, from: &Path, to: &Path) -> Result<Picture, Trouble> {
    use std::io::Read as _;
    let mut start = Vec::with_capacity(LOOK);
    let read = std::fs::File::open(from).and_then(|file| file.take(LOOK as u64).read_to_end(&mut start));
    read.map_err(|error| Trouble::Fault(error.to_string()))?;
    let format = sniff::picture(&start).ok_or(Trouble::Broken)?;
    let moving = match format {
        Format::Gif => animated::gif(bounds, from, to)?,
        Format::WebP => animated::webp(bounds, from, to)?,
        Format::Jpeg | Format::Png => None,
    };
    still::make(bounds, format, from, to, moving)
}

/// Makes a picture in a process of its own.
pub async fn make_there(program: &Path, bounds: Bounds, from: &Path, to: &Path) -> Result<Picture, Trouble> {
    let run = Command::new(program)
        .arg("picture")
        .args([from, to])
        .args([bounds.megapixels.to_string(), bounds.frames.to_string()])
        .env_clear()
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let done = tokio::time::timeout(LIFE, run).await.map_err(|_| Trouble::Broken)?;
    let done = done.map_err(|error| Trouble::Fault(error.to_string()))?;
    match done.status.code() {
        Some(0) => serde_json::from_slice(&done.stdout).map_err(|error| Trouble::Fault(error.to_string())),
        Some(code) if code == i32::from(TOO_LARGE) => {
            let detail = String::from_utf8_lossy(&done.stdout).trim().to_owned();
            Err(Trouble::TooLarge(detail))
        }
        // Whatever it died of, the picture was the cause.
        _ => Err(Trouble::Broken),
    }
}

/// The life of such a process.
pub fn live(bounds: Bounds, from: &Path, to: &Path) -> (String, ExitCode) {
    let memory = MEMORY + u64::from(bounds.megapixels) * MEMORY_PER_MEGAPIXEL;
    for (resource, most) in [(Resource::Data, memory), (Resource::Cpu, PROCESSOR_S), (Resource::Core, 0)] {
        // Where the system knows no such limit, the decoder's own remain.
        _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
    match make_here(bounds, from, to) {
        Ok(made) => (serde_json::to_string(&made).unwrap_or_default(), ExitCode::SUCCESS),
        Err(Trouble::TooLarge(detail)) => (detail, ExitCode::from(TOO_LARGE)),
        Err(_) => (String::new(), ExitCode::from(BROKEN)),
    }
}
