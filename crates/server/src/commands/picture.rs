//! `parlance picture`: makes one picture anew, in this process alone, with limits on its memory and time.
//! The server calls itself so, because decoders meet bytes of strangers.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::say::say;
use crate::media::pictures::{Bounds, live};

/// A picture to make.
#[derive(Args)]
pub struct Picture {
    /// The file it is made from
    from: PathBuf,
    /// The folder for what is made
    to: PathBuf,
    /// Most pixels, in millions
    megapixels: u32,
    /// Most frames
    frames: u32,
}

impl Picture {
    /// Makes it; says what was made, or why not.
    pub fn run(self) -> ExitCode {
        let bounds = Bounds { megapixels: self.megapixels, frames: self.frames };
        let (said, code) = live(bounds, &self.from, &self.to);
        say(format_args!("{said}"));
        code
    }
}
