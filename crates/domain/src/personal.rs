//! A user's own settings: what they may be, and which conversations a folder holds.
//!
//! They concern nobody else, so nothing here looks at rights.

use parlance_proto::{ConversationId, ConversationKind, Folder, QuietHours, limits};

use crate::{Rejection, check_client_message_id};

/// Refuses a time to be muted until that no clock can show.
pub fn check_muted_until(until_ms: i64) -> Result<(), Rejection> {
    if (0..=limits::FOREVER_MS).contains(&until_ms) { Ok(()) } else { Err(Rejection::BadMutedUntil) }
}

/// Refuses a background whose name is too long.
pub fn check_background(background: &str) -> Result<(), Rejection> {
    let fits = background.chars().count() <= limits::BACKGROUND_MAX_CHARS;
    if fits { Ok(()) } else { Err(Rejection::BadBackground) }
}

/// Refuses hours that are not of a day.
pub fn check_quiet_hours(hours: QuietHours) -> Result<(), Rejection> {
    let day = 0..1_440;
    let fits = day.contains(&hours.from_minute)
        && day.contains(&hours.to_minute)
        && (-840..=840).contains(&hours.utc_offset_minutes);
    if fits { Ok(()) } else { Err(Rejection::BadQuietHours) }
}

/// Refuses pins that are too many or stand there twice.
pub fn check_pins(pins: &[ConversationId]) -> Result<(), Rejection> {
    if pins.len() > limits::PINS_MAX {
        return Err(Rejection::TooManyPins);
    }
    let twice = pins.iter().enumerate().any(|(place, pin)| pins[..place].contains(pin));
    if twice { Err(Rejection::PinnedTwice) } else { Ok(()) }
}

/// Refuses folders that are too many, too large, without a name, or with the same id.
pub fn check_folders(folders: &[Folder]) -> Result<(), Rejection> {
    if folders.len() > limits::FOLDERS_MAX {
        return Err(Rejection::TooManyFolders);
    }
    for (place, folder) in folders.iter().enumerate() {
        let named = !folder.name.trim().is_empty()
            && folder.name.chars().count() <= limits::FOLDER_NAME_MAX_CHARS
            && check_client_message_id(&folder.folder_id).is_ok();
        if !named || folders[..place].iter().any(|other| other.folder_id == folder.folder_id) {
            return Err(Rejection::BadFolder);
        }
        let most = limits::FOLDER_CONVERSATIONS_MAX;
        if folder.included.len() > most || folder.excluded.len() > most {
            return Err(Rejection::FolderTooLarge);
        }
    }
    Ok(())
}

/// Whether a folder holds a conversation. What is named one by one outweighs what is said of kinds, and the exclusion
/// outweighs both.
pub fn holds(folder: &Folder, id: ConversationId, kind: ConversationKind, unread: bool) -> bool {
    if folder.excluded.contains(&id) {
        return false;
    }
    let by_kind = match kind {
        ConversationKind::Direct => folder.direct,
        ConversationKind::Group | ConversationKind::Channel => folder.groups,
    };
    folder.included.contains(&id) || (by_kind && (unread || !folder.unread_only))
}

#[cfg(test)]
mod tests {
    use parlance_proto::{GroupId, UserId};

    use super::*;

    fn folder() -> Folder {
        Folder {
            folder_id: "work".to_owned(),
            name: "Work".to_owned(),
            included: Vec::new(),
            excluded: Vec::new(),
            direct: false,
            groups: true,
            unread_only: true,
        }
    }

    #[test]
    fn a_folder_holds_what_it_names_and_what_it_says_of_kinds() {
        let (group, other) = (ConversationId::Group(GroupId(1)), ConversationId::Group(GroupId(2)));
        let chat = ConversationId::direct(UserId(1), UserId(2));
        assert!(holds(&folder(), group, ConversationKind::Group, true));
        assert!(!holds(&folder(), group, ConversationKind::Group, false), "nothing unread");
        assert!(!holds(&folder(), chat, ConversationKind::Direct, true), "another kind");
        let named = Folder { included: vec![chat], excluded: vec![other], ..folder() };
        assert!(holds(&named, chat, ConversationKind::Direct, false), "named");
        assert!(!holds(&named, other, ConversationKind::Group, true), "excluded");
    }

    #[test]
    fn folders_are_taken_up_to_the_limits_and_not_one_past_them() {
        let many = |count: usize| {
            (0..count).map(|n| Folder { folder_id: format!("f{n}"), ..folder() }).collect::<Vec<_>>()
        };
        assert_eq!(check_folders(&many(20)), Ok(()));
        assert_eq!(check_folders(&many(21)), Err(Rejection::TooManyFolders));
        assert_eq!(check_folders(&[folder(), folder()]), Err(Rejection::BadFolder));
        let nameless = Folder { name: " ".to_owned(), ..folder() };
        assert_eq!(check_folders(&[nameless]), Err(Rejection::BadFolder));
        let long = Folder { name: "é".repeat(31), ..folder() };
        assert_eq!(check_folders(&[long]), Err(Rejection::BadFolder));
        let groups = |count: u64| (0..count).map(|n| ConversationId::Group(GroupId(n))).collect();
        assert_eq!(check_folders(&[Folder { included: groups(200), ..folder() }]), Ok(()));
        let large = Folder { excluded: groups(201), ..folder() };
        assert_eq!(check_folders(&[large]), Err(Rejection::FolderTooLarge));
    }

    #[test]
    fn pins_are_few_and_stand_once() {
        let pins = |count: u64| (0..count).map(|n| ConversationId::Group(GroupId(n))).collect::<Vec<_>>();
        assert_eq!(check_pins(&pins(100)), Ok(()));
        assert_eq!(check_pins(&pins(101)), Err(Rejection::TooManyPins));
        let twice = [pins(1), pins(1)].concat();
        assert_eq!(check_pins(&twice), Err(Rejection::PinnedTwice));
    }

    #[test]
    fn hours_and_times_are_those_of_a_clock() {
        let hours = |from_minute, to_minute, utc_offset_minutes| QuietHours {
            from_minute,
            to_minute,
            utc_offset_minutes,
        };
        assert_eq!(check_quiet_hours(hours(1_439, 0, -840)), Ok(()));
        for bad in [hours(1_440, 0, 0), hours(0, 1_440, 0), hours(0, 0, 841)] {
            assert_eq!(check_quiet_hours(bad), Err(Rejection::BadQuietHours));
        }
        assert_eq!(check_muted_until(limits::FOREVER_MS), Ok(()));
        assert_eq!(check_muted_until(-1), Err(Rejection::BadMutedUntil));
        assert_eq!(check_background(&"é".repeat(200)), Ok(()));
        assert_eq!(check_background(&"é".repeat(201)), Err(Rejection::BadBackground));
    }
}
