//! Making one picture: here, or in a process of its own with limits on its memory and time.
//!
//! The process gets two paths and the bounds, and answers with one line of JSON or one of four exit codes.

use std::path::Path;
use std::process::{ExitCode, Output, Stdio};
use std::time::Duration;

use rustix::process::{Resource, Rlimit, setrlimit};
use tokio::process::Command;

use super::{Picture, Trouble, animated, still};
use crate::media::sniff::{self, Format};

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
/// What a process says of a picture that is too large, of one that cannot be read, and of what is not the picture's fault.
const TOO_LARGE: u8 = 3;
const BROKEN: u8 = 4;
const FAULT: u8 = 5;
const FULL: u8 = 6;
/// Signals by which somebody ends a process: SIGHUP, SIGINT, SIGTERM.
const ENDED_BY: [i32; 3] = [1, 2, 15];

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
    let format = sniff::picture(&sniff::beginning(from)?).ok_or(Trouble::Broken)?;
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
        // Else the allocator may set a gigabyte aside before the limit on memory stands, and nothing is left under it.
        .env("MIMALLOC_ARENA_RESERVE", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        // What ends the server from a terminal is not meant for it.
        .process_group(0)
        .kill_on_drop(true)
        .output();
    let done = tokio::time::timeout(LIFE, run).await.map_err(|_| Trouble::Broken)?;
    outcome(done?)
}

fn outcome(done: Output) -> Result<Picture, Trouble> {
    use std::os::unix::process::ExitStatusExt as _;
    let said = || String::from_utf8_lossy(&done.stdout).trim().to_owned();
    match done.status.code().map(u8::try_from) {
        Some(Ok(0)) => {
            serde_json::from_slice(&done.stdout).map_err(|error| Trouble::Fault(error.to_string()))
        }
        Some(Ok(TOO_LARGE)) => Err(Trouble::TooLarge(said())),
        Some(Ok(FAULT)) => Err(Trouble::Fault(said())),
        Some(Ok(FULL)) => Err(Trouble::Full),
        None if done.status.signal().is_some_and(|signal| ENDED_BY.contains(&signal)) => Err(Trouble::Busy),
        // Whatever else it died of, the picture was the cause.
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
        Err(Trouble::Fault(cause)) => (cause, ExitCode::from(FAULT)),
        Err(Trouble::Full) => (String::new(), ExitCode::from(FULL)),
        Err(Trouble::Broken | Trouble::Busy) => (String::new(), ExitCode::from(BROKEN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    #[test]
    fn only_a_picture_that_is_at_fault_is_refused_for_good() {
        let ended = |raw: i32, said: &str| {
            outcome(Output { status: ExitStatus::from_raw(raw), stdout: said.into(), stderr: Vec::new() })
        };
        let exit = |code: u8| i32::from(code) << 8;
        for signal in ENDED_BY {
            assert_eq!(ended(signal, ""), Err(Trouble::Busy));
        }
        // Out of memory or of time: killed, aborted, out of its seconds.
        for signal in [6, 9, 11, 24] {
            assert_eq!(ended(signal, ""), Err(Trouble::Broken));
        }
        assert_eq!(ended(exit(TOO_LARGE), "too wide\n"), Err(Trouble::TooLarge("too wide".to_owned())));
        assert_eq!(ended(exit(BROKEN), ""), Err(Trouble::Broken));
        assert_eq!(ended(exit(FAULT), "no folder\n"), Err(Trouble::Fault("no folder".to_owned())));
        assert_eq!(ended(exit(FULL), ""), Err(Trouble::Full));
        assert!(matches!(ended(exit(0), "{"), Err(Trouble::Fault(_))));
    }
}
