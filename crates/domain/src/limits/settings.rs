//! Settings of the server that change while it runs: what a change may hold.
//!
//! A number takes what is exactly at its limit and refuses one past it.

use parlance_proto::{ChangeSettings, limits};

use crate::Rejection;

/// Most of a rate, and most at once.
const RATE_MAX: u32 = 1_000;
const BURST_MAX: u32 = 10_000;

/// Refuses a change with a number out of its range, with an unknown name to reset, or without any setting.
pub fn check_settings(change: &ChangeSettings) -> Result<(), Rejection> {
    let ranges = [
        ("sends_per_second", change.sends_per_second, 1, RATE_MAX),
        ("sends_burst", change.sends_burst, 1, BURST_MAX),
        ("conversation_sends_per_second", change.conversation_sends_per_second, 1, RATE_MAX),
        ("conversation_sends_burst", change.conversation_sends_burst, 1, BURST_MAX),
        ("new_conversations_per_hour", change.new_conversations_per_hour, 1, BURST_MAX),
        ("group_max_members", change.group_max_members, 2, limits::GROUP_MAX_MEMBERS as u32),
        kept("keep_direct_s", change.keep_direct_s),
        kept("keep_group_s", change.keep_group_s),
        kept("keep_channel_s", change.keep_channel_s),
    ];
    for (name, value, least, most) in ranges {
        if value.is_some_and(|value| !(least..=most).contains(&value)) {
            return Err(Rejection::BadSetting(name, least, most));
        }
    }
    let reset = change.reset.as_deref().unwrap_or_default();
    let mut every = every(change.clone());
    if let Some(name) = reset.iter().find(|name| every.iter().all(|(known, _)| known != name)) {
        return Err(Rejection::UnknownSetting(name.clone()));
    }
    every.retain(|(_, is_set)| *is_set);
    if every.is_empty() && reset.is_empty() { Err(Rejection::NothingToChange) } else { Ok(()) }
}

/// The names of the settings that are set.
pub fn changed_settings(settings: &ChangeSettings) -> Vec<&'static str> {
    let every = every(settings.clone());
    every.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect()
}

/// The settings without those named.
pub fn reset_settings(mut settings: ChangeSettings, names: &[String]) -> ChangeSettings {
    let named = |name: &str| names.iter().any(|one| one == name);
    macro_rules! reset {
        ($($field:ident)*) => { $(if named(stringify!($field)) { settings.$field = None; })* };
    }
    reset!(registration members_invite sends_per_second sends_burst conversation_sends_per_second);
    reset!(conversation_sends_burst new_conversations_per_hour group_max_members);
    reset!(keep_direct_s keep_group_s keep_channel_s link_previews);
    settings
}

/// Every setting by name, and whether it is set.
fn every(settings: ChangeSettings) -> Vec<(&'static str, bool)> {
    macro_rules! every {
        ($($field:ident)*) => { vec![$((stringify!($field), settings.$field.is_some())),*] };
    }
    every!(registration members_invite sends_per_second sends_burst conversation_sends_per_second
        conversation_sends_burst new_conversations_per_hour group_max_members keep_direct_s keep_group_s
        keep_channel_s link_previews)
}

/// A time for which messages are kept, with its range; 0, for ever, is always taken.
fn kept(name: &'static str, keep_s: Option<u32>) -> (&'static str, Option<u32>, u32, u32) {
    (name, keep_s.filter(|keep_s| *keep_s > 0), *limits::KEEP_S.start(), *limits::KEEP_S.end())
}

/// Refuses a time for which no conversation can be kept.
pub fn check_keep(keep_s: u32) -> Result<(), Rejection> {
    let (name, keep_s, least, most) = kept("keep_s", Some(keep_s));
    let fits = keep_s.is_none_or(|keep_s| (least..=most).contains(&keep_s));
    if fits { Ok(()) } else { Err(Rejection::BadSetting(name, least, most)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group_size(most: u32) -> ChangeSettings {
        ChangeSettings { group_max_members: Some(most), ..ChangeSettings::default() }
    }

    #[test]
    fn numbers_are_taken_up_to_their_limits() {
        assert_eq!(check_settings(&group_size(2)), Ok(()));
        assert_eq!(check_settings(&group_size(100_000)), Ok(()));
        for bad in [0, 1, 100_001] {
            assert_eq!(
                check_settings(&group_size(bad)),
                Err(Rejection::BadSetting("group_max_members", 2, 100_000))
            );
        }
        let keep = |keep_s| ChangeSettings { keep_group_s: Some(keep_s), ..ChangeSettings::default() };
        for (keep_s, is_taken) in
            [(0, true), (4, false), (5, true), (315_360_000, true), (315_360_001, false)]
        {
            assert_eq!(check_settings(&keep(keep_s)).is_ok(), is_taken, "{keep_s}");
            assert_eq!(check_keep(keep_s).is_ok(), is_taken, "{keep_s}");
        }
        let burst = ChangeSettings { sends_burst: Some(0), ..ChangeSettings::default() };
        assert!(check_settings(&burst).is_err());
    }

    #[test]
    fn only_known_settings_are_reset_and_a_change_changes_something() {
        assert_eq!(check_settings(&ChangeSettings::default()), Err(Rejection::NothingToChange));
        let reset =
            |name: &str| ChangeSettings { reset: Some(vec![name.to_owned()]), ..ChangeSettings::default() };
        assert_eq!(check_settings(&reset("sends_burst")), Ok(()));
        assert_eq!(check_settings(&reset("listen")), Err(Rejection::UnknownSetting("listen".to_owned())));
        let back = reset_settings(group_size(5), &["group_max_members".to_owned()]);
        assert_eq!(changed_settings(&back), Vec::<&str>::new());
        assert_eq!(changed_settings(&group_size(5)), ["group_max_members"]);
    }
}
