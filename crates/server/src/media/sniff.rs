//! What bytes are, by their beginning. What a client says they are counts for nothing.
//!
//! Only what is named here is ever shown in place; everything else is a file to be saved.

use std::path::Path;

use parlance_proto::AttachmentKind;

/// As many bytes as are looked at.
const LOOK: u64 = 64;

/// A kind of picture that is decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Jpeg,
    Png,
    Gif,
    WebP,
}

/// The media type of what is kept as it is.
pub const OCTETS: &str = "application/octet-stream";

/// The first bytes of a file. It blocks.
pub fn beginning(place: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut start = Vec::new();
    std::fs::File::open(place)?.take(LOOK).read_to_end(&mut start)?;
    Ok(start)
}

/// The kind of picture that begins so.
pub fn picture(start: &[u8]) -> Option<Format> {
    let webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    if start.starts_with(b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if start.starts_with(b"GIF87a") || start.starts_with(b"GIF89a") {
        Some(Format::Gif)
    } else {
        webp.then_some(Format::WebP)
    }
}

/// The media type of a video or voice message that begins so.
pub fn played(kind: AttachmentKind, start: &[u8]) -> Option<&'static str> {
    let video = match kind {
        AttachmentKind::Video => true,
        AttachmentKind::Voice => false,
        AttachmentKind::Picture | AttachmentKind::File => return None,
    };
    let either = |a_video: &'static str, a_sound: &'static str| Some(if video { a_video } else { a_sound });
    let sound = |name: &'static str| (!video).then_some(name);
    match start {
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => match brand.get(..4)? {
            b"avif" | b"avis" | b"heic" | b"heix" | b"heim" | b"heis" | b"mif1" | b"msf1" => None,
            b"qt  " if video => Some("video/quicktime"),
            _ => either("video/mp4", "audio/mp4"),
        },
        [0x1a, 0x45, 0xdf, 0xa3, ..] => either("video/webm", "audio/webm"),
        [b'O', b'g', b'g', b'S', ..] => either("video/ogg", "audio/ogg"),
        [b'I', b'D', b'3', ..] => sound("audio/mpeg"),
        [0xff, second, ..] if second & 0xf6 == 0xf0 => sound("audio/aac"),
        [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => sound("audio/mpeg"),
        [b'f', b'L', b'a', b'C', ..] => sound("audio/flac"),
        _ if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WAVE") => sound("audio/wav"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_bytes_are_is_in_the_bytes() {
        assert_eq!(picture(b"\xff\xd8\xff\xe0JFIF"), Some(Format::Jpeg));
        assert_eq!(picture(b"RIFF\0\0\0\0WEBPVP8 "), Some(Format::WebP));
        assert_eq!(picture(b"<svg xmlns="), None);
        assert_eq!(picture(b"%PDF-1.7"), None);
        assert_eq!(played(AttachmentKind::Video, b"\0\0\0\x20ftypisom"), Some("video/mp4"));
        assert_eq!(played(AttachmentKind::Voice, b"\0\0\0\x20ftypM4A "), Some("audio/mp4"));
        assert_eq!(played(AttachmentKind::Video, b"\0\0\0\x20ftypheic"), None);
        assert_eq!(played(AttachmentKind::Voice, b"OggS\0\x02"), Some("audio/ogg"));
        assert_eq!(played(AttachmentKind::Voice, b"\xff\xfb\x90\x00"), Some("audio/mpeg"));
        assert_eq!(played(AttachmentKind::Video, b"ID3\x03"), None);
        assert_eq!(played(AttachmentKind::Voice, b"<html>"), None);
        assert_eq!(played(AttachmentKind::File, b"OggS"), None);
    }
}
