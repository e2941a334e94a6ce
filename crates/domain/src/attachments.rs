//! What a message may carry, and what a file may be called.
//!
//! A name that passes shows as it stands and leads out of no folder.

use parlance_proto::{Attachment, AttachmentKind, Body, Details, limits};

use crate::{FileRefusal, Rejection, check_text};

/// What a user's uploads are measured against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// Most bytes of one file.
    pub file_max_bytes: u64,
    /// Most bytes of all files of one user.
    pub quota_bytes: u64,
}

/// What a user's files take up already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilesHeld {
    /// Bytes of all files, and of uploads under way.
    pub bytes: u64,
    /// Uploads under way.
    pub uploads: u32,
}

/// Refuses an upload for which there is no room.
pub fn check_upload(length: u64, held: FilesHeld, limits: FileLimits) -> Result<(), Rejection> {
    if length > limits.file_max_bytes {
        return Err(FileRefusal::TooLarge(limits.file_max_bytes).into());
    }
    if held.uploads >= limits::UPLOADS_MAX {
        return Err(FileRefusal::TooManyUploads.into());
    }
    if held.bytes.saturating_add(length) > limits.quota_bytes {
        return Err(FileRefusal::QuotaExceeded(limits.quota_bytes).into());
    }
    Ok(())
}

/// Refuses a text that is too long, or says nothing where nothing else does.
pub(crate) fn check_caption(body: &Body, details: &Details) -> Result<(), Rejection> {
    let Body::Text { text } = body else {
        return if details.attachments.is_empty() {
            Ok(())
        } else {
            Err(FileRefusal::ContentAndAttachments.into())
        };
    };
    let sticker = details.attachments.iter().any(|one| one.sticker.is_some());
    if sticker && (details.attachments.len() > 1 || !text.trim().is_empty()) {
        return Err(FileRefusal::StickerAlone.into());
    }
    if details.attachments.is_empty() || !text.trim().is_empty() { check_text(text) } else { Ok(()) }
}

/// The name of a pack of stickers.
pub fn pack_name(given: &str) -> Result<String, Rejection> {
    let name = given.trim();
    let fits = (1..=limits::STICKER_PACK_NAME_MAX_CHARS).contains(&name.chars().count());
    if fits { Ok(name.to_owned()) } else { Err(FileRefusal::BadPackName.into()) }
}

/// Refuses attachments that are too many, stand twice, or lack what their kind needs.
pub fn check_attachments(attachments: &[Attachment]) -> Result<(), Rejection> {
    if attachments.len() > limits::ATTACHMENTS_MAX {
        return Err(FileRefusal::BadNumber(attachments.len()).into());
    }
    for (position, attachment) in attachments.iter().enumerate() {
        if attachments[..position].iter().any(|other| other.file_id == attachment.file_id) {
            return Err(FileRefusal::Twice.into());
        }
        check_attachment(attachment)?;
    }
    Ok(())
}

fn check_attachment(one: &Attachment) -> Result<(), FileRefusal> {
    let sides = |most: u32| {
        let side = |side: Option<u32>| side.is_some_and(|side| (1..=most).contains(&side));
        side(one.width) && side(one.height)
    };
    let lasts = one.duration_ms.is_some_and(|ms| ms <= limits::DURATION_MAX_MS);
    let quiet = one.waveform.is_empty();
    let has_sides = one.width.is_some() || one.height.is_some();
    match one.kind {
        AttachmentKind::Video if !sides(limits::VIDEO_MAX_PIXELS) || !lasts => Err(FileRefusal::BadVideo),
        AttachmentKind::Voice if !lasts => Err(FileRefusal::BadVoice),
        AttachmentKind::Voice if !quiet && one.waveform.len() != limits::WAVEFORM_PEAKS => {
            Err(FileRefusal::BadVoice)
        }
        AttachmentKind::Voice if has_sides || one.poster.is_some() => Err(FileRefusal::StrangeFacts),
        AttachmentKind::Video if !quiet => Err(FileRefusal::StrangeFacts),
        AttachmentKind::Voice | AttachmentKind::Video => Ok(()),
        AttachmentKind::File if has_sides => Err(FileRefusal::StrangeFacts),
        AttachmentKind::Picture | AttachmentKind::File => {
            let strange = one.duration_ms.is_some() || !quiet || one.poster.is_some();
            if strange { Err(FileRefusal::StrangeFacts) } else { Ok(()) }
        }
    }
}

/// A file's name as it may be shown and saved: its last part, without what is invisible or turns letters around, cut to
/// 255 bytes with its ending. None if nothing is left.
pub fn file_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let harmless = |letter: char| {
        let turns = matches!(letter,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}');
        let reserved = matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*');
        !letter.is_control() && !turns && !reserved
    };
    let name: String = last.chars().filter(|letter| harmless(*letter)).collect();
    let name = name.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if name.is_empty() { None } else { Some(cut(name)) }
}

/// Cuts in the middle, so that the ending stays.
fn cut(name: &str) -> String {
    const ENDING_MAX: usize = 16;
    if name.len() <= limits::FILE_NAME_MAX_BYTES {
        return name.to_owned();
    }
    let ending = name.rfind('.').map_or("", |at| &name[at..]);
    let ending = if ending.len() <= ENDING_MAX { ending } else { "" };
    let mut end = limits::FILE_NAME_MAX_BYTES - ending.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{ending}", &name[..end])
}

#[cfg(test)]
mod tests {
    use parlance_proto::FileId;

    use super::*;

    fn of(kind: AttachmentKind, change: impl FnOnce(&mut Attachment)) -> Result<(), Rejection> {
        let mut one = Attachment {
            file_id: FileId(1),
            kind,
            name: None,
            media_type: String::new(),
            size: 1,
            width: None,
            height: None,
            animated: false,
            duration_ms: None,
            waveform: Vec::new(),
            placeholder: None,
            poster: None,
            sticker: None,
        };
        change(&mut one);
        check_attachments(&[one])
    }

    #[test]
    fn each_kind_has_its_facts_and_no_others() {
        let video = |one: &mut Attachment| {
            (one.width, one.height, one.duration_ms) = (Some(16_384), Some(1), Some(limits::DURATION_MAX_MS));
        };
        assert!(of(AttachmentKind::Video, video).is_ok());
        assert_eq!(of(AttachmentKind::Video, |_| {}), Err(FileRefusal::BadVideo.into()));
        let wide = |one: &mut Attachment| (video(one), one.width = Some(16_385)).1;
        assert_eq!(of(AttachmentKind::Video, wide), Err(FileRefusal::BadVideo.into()));
        let voice = |peaks: usize| {
            move |one: &mut Attachment| (one.duration_ms, one.waveform) = (Some(9), vec![7; peaks])
        };
        assert!(of(AttachmentKind::Voice, voice(64)).is_ok() && of(AttachmentKind::Voice, voice(0)).is_ok());
        assert_eq!(of(AttachmentKind::Voice, voice(63)), Err(FileRefusal::BadVoice.into()));
        assert_eq!(of(AttachmentKind::Voice, |_| {}), Err(FileRefusal::BadVoice.into()));
        assert_eq!(of(AttachmentKind::File, voice(64)), Err(FileRefusal::StrangeFacts.into()));
        assert_eq!(
            of(AttachmentKind::File, |one| one.width = Some(1)),
            Err(FileRefusal::StrangeFacts.into())
        );
        assert!(of(AttachmentKind::File, |_| {}).is_ok());
    }

    #[test]
    fn uploads_fit_up_to_their_limits() {
        let limits = FileLimits { file_max_bytes: 10, quota_bytes: 25 };
        let held = |bytes, uploads| FilesHeld { bytes, uploads };
        assert!(check_upload(10, held(15, 99), limits).is_ok());
        assert_eq!(check_upload(11, held(0, 0), limits), Err(FileRefusal::TooLarge(10).into()));
        assert_eq!(check_upload(10, held(16, 0), limits), Err(FileRefusal::QuotaExceeded(25).into()));
        assert_eq!(check_upload(1, held(0, 100), limits), Err(FileRefusal::TooManyUploads.into()));
    }

    #[test]
    fn names_mislead_nobody() {
        let name = |given| file_name(given).unwrap_or_default();
        assert_eq!(name("../../etc/passwd"), "passwd");
        assert_eq!(name("C:\\x\\report.pdf"), "report.pdf");
        assert_eq!(name("photo\u{202e}gnp.exe\0"), "photognp.exe");
        assert_eq!(name(" .htaccess. "), "htaccess");
        assert_eq!(name("a\"b\r\nc.txt"), "abc.txt");
        assert_eq!(name("Bericht für Zoë 🎉.odt"), "Bericht für Zoë 🎉.odt");
        assert_eq!(file_name(".."), None);
        let long = name(&format!("{}.tar", "é".repeat(300)));
        assert!(long.len() <= 255 && long.ends_with("é.tar"), "{}", long.len());
    }
}
