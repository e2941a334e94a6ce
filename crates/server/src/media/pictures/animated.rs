//! Pictures that move: every frame is decoded once, within limits, and then only frames are written down again.
//!
//! A GIF's frames keep their palettes; a WebP's frames keep their bytes. Comments, metadata and whatever hangs at the end
//! stay behind.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

use gif::{ColorOutput, DecodeOptions, DecodingError, Encoder, EncodingError, MemoryLimit};
use image::AnimationDecoder as _;
use image::codecs::webp::WebPDecoder;
use image::{ImageDecoder as _, ImageError};

use super::child::Bounds;
use super::{Output, Trouble};

/// How many times as many pixels as one picture all frames may have together.
pub const MORE: u64 = 8;
/// The chunks of a moving WebP's frame that its pixels are in.
const PIXELS: [[u8; 4]; 3] = [*b"ALPH", *b"VP8 ", *b"VP8L"];
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
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.set_memory_limit(MemoryLimit::Bytes(
        bounds.pixels().try_into().unwrap_or(std::num::NonZeroU64::MIN),
    ));
    options.check_frame_consistency(true);
    let broken = |_: DecodingError| Trouble::Broken;
    let mut decoder = options.read_info(BufReader::new(File::open(from)?)).map_err(broken)?;
    let (width, height) = (decoder.width(), decoder.height());
    let mut count = Count::new(bounds, width.into(), height.into())?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let place = to.join("whole");
    let file = BufWriter::new(File::create(&place)?);
    let mut encoder = Encoder::new(file, width, height, &palette).map_err(unwritten)?;
    let mut repeat = false;
    while let Some(frame) = decoder.read_next_frame().map_err(broken)? {
        count.add(frame.width.into(), frame.height.into())?;
        let frame = frame.clone();
        // How often it repeats is known when the first frame is.
        if !repeat {
            encoder.set_repeat(decoder.repeat()).map_err(unwritten)?;
            repeat = true;
        }
        encoder.write_frame(&frame).map_err(unwritten)?;
    }
    encoder.into_inner().map_err(unwritten)?.flush()?;
    let output = Output { name: "whole".to_owned(), media_type: "image/gif".to_owned() };
    Ok((count.frames > 1).then_some(output))
}

/// A frame that cannot be written is the disk's fault or the picture's.
fn unwritten(error: EncodingError) -> Trouble {
    if let EncodingError::Io(error) = error { error.into() } else { Trouble::Broken }
}

/// Writes a moving WebP anew; none if it stands still.
pub fn webp(bounds: Bounds, from: &Path, to: &Path) -> Result<Option<Output>, Trouble> {
    let file = BufReader::new(File::open(from)?);
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
    let content = std::fs::read(from)?;
    let frames = frames_only(&content).ok_or(Trouble::Broken)?;
    std::fs::write(to.join("whole"), frames)?;
    Ok(Some(Output { name: "whole".to_owned(), media_type: "image/webp".to_owned() }))
}

/// A moving WebP without anything but its frames. The container is described in Google's "WebP Container Specification".
fn frames_only(content: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 12;
    let length = u32::from_le_bytes(content.get(4..8)?.try_into().ok()?) as usize;
    let rest = content.get(HEAD..content.len().min(length.checked_add(8)?))?;
    let mut kept = Vec::with_capacity(content.len());
    kept.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    for chunk in chunks(rest) {
        let (name, content) = chunk?;
        match &name {
            b"VP8X" => {
                let mut head = content.to_vec();
                *head.first_mut()? &= !CARRIES;
                put(&mut kept, name, &head)?;
            }
            b"ANIM" => put(&mut kept, name, content)?,
            b"ANMF" => put(&mut kept, name, &frame_only(content)?)?,
            _ => {}
        }
    }
    let length = u32::try_from(kept.len() - 8).ok()?;
    kept.get_mut(4..8)?.copy_from_slice(&length.to_le_bytes());
    Some(kept)
}

/// A frame without anything but its pixels: a frame may carry chunks of its own.
fn frame_only(frame: &[u8]) -> Option<Vec<u8>> {
    const HEAD: usize = 16;
    let mut kept = frame.get(..HEAD)?.to_vec();
    for chunk in chunks(&frame[HEAD..]) {
        let (name, content) = chunk?;
        if PIXELS.contains(&name) {
            put(&mut kept, name, content)?;
        }
    }
    Some(kept)
}

/// The chunks of a container: names and contents; none for what is cut off.
fn chunks(mut rest: &[u8]) -> impl Iterator<Item = Option<([u8; 4], &[u8])>> {
    std::iter::from_fn(move || {
        let (name, after) = (!rest.is_empty()).then_some(rest)?.split_first_chunk::<4>()?;
        let found = after.split_first_chunk::<4>().and_then(|(size, after)| {
            let size = u32::from_le_bytes(*size) as usize;
            let content = after.get(..size)?;
            rest = after.get(size + size % 2..).unwrap_or_default();
            Some((*name, content))
        });
        Some(found)
    })
}

fn put(kept: &mut Vec<u8>, name: [u8; 4], content: &[u8]) -> Option<()> {
    kept.extend_from_slice(&name);
    kept.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    kept.extend_from_slice(content);
    kept.extend_from_slice(&[0][..content.len() % 2]);
    Some(())
}
