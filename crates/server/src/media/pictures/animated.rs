//! Pictures that move: every frame is decoded once, within limits, and then only frames are written down again.
//!
//! A GIF's frames keep their palettes; a WebP's frames keep their bytes. Comments, metadata and whatever hangs at the end
//! stay behind.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

use gif::{ColorOutput, DecodeOptions, DecodingError, Encoder, MemoryLimit};
use image::AnimationDecoder as _;
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder as _, ImageError};

use super::child::Bounds;
use super::{Output, Trouble};

/// How many times as many pixels as one picture all frames may have together.
pub const MORE: u64 = 8;
/// The chunks of a WebP that a moving picture is made of.
const CHUNKS: [&[u8; 4]; 3] = [b"VP8X", b"ANIM", b"ANMF"];
/// What a WebP says it carries beside frames: a profile, Exif, XMP.
const CARRIES: u8 = 0x20 | 0x08 | 0x04;

/// Counts frames against the bounds.
struct Count {
    bounds: Bounds,
    frames: u32,
    pixels: u64,
}

impl Count {
    fn new(bounds: Bounds, width: u32, height: u32) -> Result<Count, Trouble> {
        if u64::from(width) * u64::from(height) > bounds.pixels() {
            return Err(bounds.too_many_pixels());
        }
        Ok(Count { bounds, frames: 0, pixels: 0 })
    }

    fn add(&mut self, width: u32, height: u32) -> Result<(), Trouble> {
        self.frames += 1;
        self.pixels += u64::from(width) * u64::from(height);
        let fits = self.frames <= self.bounds.frames && self.pixels <= self.bounds.pixels() * MORE;
        if fits { Ok(()) } else { Err(self.bounds.too_many_frames()) }
    }
}

/// Writes a moving GIF anew; none if it has one frame.
pub fn gif(bounds: Bounds, from: &Path, to: &Path) -> Result<Option<Output>, Trouble> {
    let open = || File::open(from).map(BufReader::new).map_err(|error| Trouble::Fault(error.to_string()));
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Bytes(
        bounds.pixels().try_into().unwrap_or(std::num::NonZeroU64::MIN),
    ));
    options.check_frame_consistency(true);
    let broken = |_: DecodingError| Trouble::Broken;
    let mut decoder = options.read_info(open()?).map_err(broken)?;
    let (width, height) = (decoder.width(), decoder.height());
    let mut count = Count::new(bounds, width.into(), height.into())?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let place = to.join("whole");
    let fault = |error: &dyn std::error::Error| Trouble::Fault(error.to_string());
    let file = BufWriter::new(File::create(&place).map_err(|error| fault(&error))?);
    let mut encoder = Encoder::new(file, width, height, &palette).map_err(|error| fault(&error))?;
    let mut repeat = false;
    while let Some(frame) = decoder.read_next_frame().map_err(broken)? {
        count.add(frame.width.into(), frame.height.into())?;
        let frame = frame.clone();
        // How often it repeats is known when the first frame is.
        if !repeat {
            encoder.set_repeat(decoder.repeat()).map_err(|error| fault(&error))?;
            repeat = true;
        }
        encoder.write_frame(&frame).map_err(|_| Trouble::Broken)?;
    }
    let mut file = encoder.into_inner().map_err(|error| fault(&error))?;
    file.flush().map_err(|error| fault(&error))?;
    let output = Output { name: "whole".to_owned(), media_type: "image/gif".to_owned() };
    Ok((count.frames > 1).then_some(output))
}

/// Writes a moving WebP anew; none if it stands still.
pub fn webp(bounds: Bounds, from: &Path, to: &Path) -> Result<Option<Output>, Trouble> {
    let fault = |error: std::io::Error| Trouble::Fault(error.to_string());
    let file = BufReader::new(File::open(from).map_err(fault)?);
    let trouble = |error: ImageError| match error {
        ImageError::Limits(_) => bounds.too_many_pixels(),
        _ => Trouble::Broken,
    };
    let decoder = WebPDecoder::new(file).map_err(trouble)?;
    if !decoder.has_animation() {
        return Ok(None);
    }
    let (width, height) = decoder.dimensions();
    let mut count = Count::new(bounds, width, height)?;
    for frame in decoder.into_frames() {
        let frame = frame.map_err(trouble)?;
        count.add(frame.buffer().width(), frame.buffer().height())?;
    }
    let content = std::fs::read(from).map_err(fault)?;
    let frames = frames_only(&content).ok_or(Trouble::Broken)?;
    std::fs::write(to.join("whole"), frames).map_err(fault)?;
    Ok(Some(Output { name: "whole".to_owned(), media_type: "image/webp".to_owned() }))
}

/// A moving WebP without anything but its frames. The container is described in Google's "WebP Container Specification".
fn frames_only(content: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 12;
    let length = u32::from_le_bytes(content.get(4..8)?.try_into().ok()?) as usize;
    let mut rest = content.get(HEAD..content.len().min(length.checked_add(8)?))?;
    let mut kept = Vec::with_capacity(content.len());
    kept.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    while !rest.is_empty() {
        let (name, size) = (rest.get(..4)?, u32::from_le_bytes(rest.get(4..8)?.try_into().ok()?) as usize);
        let padded = size.checked_add(size % 2)?.checked_add(8)?;
        let chunk = rest.get(..padded.min(rest.len()))?;
        if chunk.len() < size + 8 {
            return None;
        }
        if CHUNKS.iter().any(|known| name == known.as_slice()) {
            let at = kept.len();
            kept.extend_from_slice(chunk);
            kept.resize(at + padded, 0);
            if name == b"VP8X" {
                *kept.get_mut(at + 8)? &= !CARRIES;
            }
        }
        rest = rest.get(padded..).unwrap_or_default();
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}
