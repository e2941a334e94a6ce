//! Plays every scenario in `scenarios/`: plain text that says who does what and what comes of it.
//!
//! A file without a line here fails, and so does a rule whose refusal no scenario shows.

mod language;

use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios")
}

fn text(name: &str) -> String {
    let path = folder().join(format!("{name}.txt"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

macro_rules! scenarios {
    ($($name:ident),* $(,)?) => {
        const PLAYED: &[&str] = &[$(stringify!($name)),*];

        $(#[test]
        fn $name() {
            let failures = language::play(stringify!($name), &text(stringify!($name)));
            assert!(failures.is_empty(), "\n{}", failures.join("\n"));
        })*
    };
}

scenarios!(
    attachments,
    channels,
    direct,
    disappearing,
    edit,
    fan_out,
    groups,
    hiding,
    joining,
    likes,
    limits,
    mentions,
    newcomers,
    order,
    ownership,
    pins,
    polls,
    previews,
    readers,
    recall,
    retries,
    rights,
    settings,
    unread
);

#[test]
fn no_file_is_left_out() {
    let mut found: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    assert_eq!(found, PLAYED);
}

#[test]
fn every_refusal_of_a_command_is_shown() {
    use parlance_domain::{MessageRefusal, Rejection};
    let all: String = PLAYED.iter().map(|name| text(name)).collect();
    let refusals = [
        Rejection::NoConversation,
        Rejection::NoMember,
        Rejection::NoMessage,
        Rejection::NotYourMessage,
        Rejection::TooLateToRecall(24 * 3_600_000),
        Rejection::TooLateToEdit(48 * 3_600_000),
        MessageRefusal::NotAnEmoji.into(),
        MessageRefusal::MayNotPin.into(),
        MessageRefusal::MentionsStranger.into(),
        MessageRefusal::MayNotMentionAll.into(),
        MessageRefusal::TooManyPinned.into(),
        MessageRefusal::BadPoll.into(),
        MessageRefusal::BadClosingTime.into(),
        MessageRefusal::MustBeAnonymous.into(),
        MessageRefusal::NotAPoll.into(),
        MessageRefusal::NoSuchOption(1).into(),
        MessageRefusal::OneChoice.into(),
        MessageRefusal::PollClosed.into(),
        MessageRefusal::MayNotClosePoll.into(),
        Rejection::DirectConversation,
        Rejection::NeedsAdmin,
        Rejection::NeedsOwner,
        Rejection::Outranked,
        Rejection::BadRole,
        Rejection::TextEmpty,
        Rejection::TextTooLong(8_001),
        Rejection::BadGroupName,
        Rejection::TooManyMembers(101),
        Rejection::GroupFull(100_000),
        Rejection::Muted(1_000),
        Rejection::SlowMode(1_000),
        Rejection::Banned,
        Rejection::BannedUser,
        Rejection::NoLink,
        Rejection::BadGroupSetting("slow_mode_s is at most 86400"),
        Rejection::AnnouncementTooLong(2_001),
        Rejection::BadAlias,
        Rejection::NotYourAlias,
        Rejection::RetryKeyReused,
    ];
    for refusal in refusals {
        let sentence = refusal.to_string();
        let begin: String = sentence.chars().take(24).collect();
        let shown = format!("refused {}: {begin}", refusal.code().as_str());
        assert!(all.contains(&shown), "no scenario shows {shown:?}");
    }
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let wrong = "Scenario: wrong\n\
                 alice creates \"Team\" with bob -> ok 2 created\n\
                 bob renames it \"X\" -> ok 2 renamed\n\
                 expect members alice:owner bob:admin\n\
                 expect unread bob 1\n\
                 bob dances -> ok\n";
    assert_eq!(language::play("wrong", wrong).len(), 5);
}
