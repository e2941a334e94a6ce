//! A picture that stands still: decoded in bounds, turned upright, encoded anew without anything but its pixels.
//!
//! Of what came along only a small colour profile stays, since colours would be others without it.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::Path;

use base64::Engine as _;
use fast_image_resize::{ResizeOptions, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, GenericImageView as _, ImageDecoder as _, ImageEncoder, ImageError, ImageReader, Limits,
    metadata::Orientation,
};
use parlance_proto::limits::THUMBNAIL_PIXELS;

use super::child::Bounds;
use super::{Output, Picture, Trouble};
use crate::media::sniff::Format;

/// How well JPEGs are encoded, of 100: the whole picture and its thumbnails.
const WHOLE_QUALITY: u8 = 90;
const THUMBNAIL_QUALITY: u8 = 80;
/// The longest side that a ThumbHash is made from, in pixels.
const HASHED: u32 = 100;
/// Most bytes of a colour profile.
const PROFILE_MAX: usize = 8 * 1_024;
/// Most bytes a decoder may take for a pixel.
const PIXEL_BYTES: u64 = 8;

/// Makes a picture. One that moves has been made already; then its first frame gives the thumbnails.
pub fn make(
    bounds: Bounds,
    format: Format,
    from: &Path,
    to: &Path,
    moving: Option<Output>,
) -> Result<Picture, Trouble> {
    let (picture, profile) = decode(bounds, format, from)?;
    let (width, height) = picture.dimensions();
    let write = |name: &str, picture: &DynamicImage, quality, lossless| {
        encode(picture, profile.as_deref(), (to, name), quality, lossless)
    };
    let large = shrunk(&picture, THUMBNAIL_PIXELS[1])?;
    let small = shrunk(large.as_ref().unwrap_or(&picture), THUMBNAIL_PIXELS[0])?;
    let thumbnail = |name: &str, picture: Option<&DynamicImage>| {
        picture.map(|picture| write(name, picture, THUMBNAIL_QUALITY, false)).transpose()
    };
    let lossless = matches!(format, Format::Png | Format::Gif);
    let animated = moving.is_some();
    Ok(Picture {
        small: thumbnail("small", small.as_ref())?,
        large: thumbnail("large", large.as_ref())?,
        placeholder: placeholder(small.as_ref().or(large.as_ref()).unwrap_or(&picture))?,
        whole: match moving {
            Some(moving) => moving,
            None => write("whole", &picture, WHOLE_QUALITY, lossless)?,
        },
        width,
        height,
        animated,
    })
}

/// The pixels of a picture, upright, and its colour profile.
fn decode(bounds: Bounds, format: Format, from: &Path) -> Result<(DynamicImage, Option<Vec<u8>>), Trouble> {
    let file = File::open(from)?;
    let format = match format {
        Format::Jpeg => image::ImageFormat::Jpeg,
        Format::Png => image::ImageFormat::Png,
        Format::Gif => image::ImageFormat::Gif,
        Format::WebP => image::ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(bounds.pixels() * PIXEL_BYTES);
    reader.limits(limits);
    let trouble = |error: ImageError| match error {
        ImageError::Limits(_) => bounds.too_many_pixels(),
        _ => Trouble::Broken,
    };
    let mut decoder = reader.into_decoder().map_err(trouble)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > bounds.pixels() {
        return Err(bounds.too_many_pixels());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or(None).filter(|profile| is_plain(profile));
    let mut picture = DynamicImage::from_decoder(decoder).map_err(trouble)?;
    picture.apply_orientation(orientation);
    Ok((eight_bits(picture), profile))
}

/// Whether a profile is a small one of red, green and blue.
fn is_plain(profile: &[u8]) -> bool {
    profile.len() <= PROFILE_MAX && profile.get(16..20) == Some(b"RGB ")
}

/// Eight bits a channel; alpha only if something is seen through.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8())
    } else {
        DynamicImage::ImageRgba8(picture)
    }
}

/// The picture so small that it fits into a square; none if it does.
fn shrunk(picture: &DynamicImage, side: u32) -> Result<Option<DynamicImage>, Trouble> {
    let (width, height) = picture.dimensions();
    if width.max(height) <= side {
        return Ok(None);
    }
    let scaled = |length: u32| {
        let scaled = u64::from(length) * u64::from(side) / u64::from(width.max(height));
        (scaled as u32).max(1)
    };
    let mut small = DynamicImage::new(scaled(width), scaled(height), picture.color());
    let resized = Resizer::new().resize(picture, &mut small, &ResizeOptions::new());
    resized.map_err(|error| Trouble::Fault(error.to_string()))?;
    Ok(Some(small))
}

fn placeholder(picture: &DynamicImage) -> Result<String, Trouble> {
    let small = shrunk(picture, HASHED)?;
    let tiny = small.as_ref().unwrap_or(picture).to_rgba8();
    let hash = thumbhash::rgba_to_thumb_hash(tiny.width() as usize, tiny.height() as usize, tiny.as_raw());
    Ok(base64::engine::general_purpose::STANDARD.encode(hash))
}

fn encode(
    picture: &DynamicImage,
    profile: Option<&[u8]>,
    (to, name): (&Path, &str),
    quality: u8,
    lossless: bool,
) -> Result<Output, Trouble> {
    let png = lossless || picture.color().has_alpha();
    let mut file = BufWriter::new(File::create(to.join(name))?);
    let written = if png {
        write_with(PngEncoder::new(&mut file), picture, profile)
    } else {
        write_with(JpegEncoder::new_with_quality(&mut file, quality), picture, profile)
    };
    written.map_err(|error| match error {
        ImageError::IoError(error) => error.into(),
        error => Trouble::Fault(error.to_string()),
    })?;
    file.flush()?;
    let media_type = if png { "image/png" } else { "image/jpeg" };
    Ok(Output { name: name.to_owned(), media_type: media_type.to_owned() })
}

fn write_with(
    mut encoder: impl ImageEncoder,
    picture: &DynamicImage,
    profile: Option<&[u8]>,
) -> Result<(), ImageError> {
    if let Some(profile) = profile {
        // An encoder that takes none writes the picture without.
        _ = encoder.set_icc_profile(profile.to_vec());
    }
    picture.write_with_encoder(encoder)
}
