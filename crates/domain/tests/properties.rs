//! Properties of the rules over random histories: what the engine relies on, whatever people do.
//!
//! A history is made as the engine makes one: each command is decided against the fold of the entries before it.

use std::collections::BTreeSet;

use parlance_domain::{
    Change, Command, Conversation, Decision, Entrance, OwnView, Progress, Rejection, Rules, Scene, Styled,
    Target, TargetLikes, changes, decide, farthest,
};
use parlance_proto::{
    Body, ConversationId, Entry, FanOut, GroupId, HistoryPolicy, Role, SessionId, SettingsChange, UserId, Who,
};
use proptest::prelude::*;

/// Few people, so that they meet often.
const PEOPLE: u64 = 7;
/// A crowd whose coming passes the thresholds of fan-out.
const CROWD: std::ops::Range<u64> = 100..700;

fn person() -> impl Strategy<Value = UserId> {
    (1..=PEOPLE).prop_map(UserId)
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Member), Just(Role::Admin), Just(Role::Owner)]
}

fn command() -> impl Strategy<Value = Command> {
    let people = || prop::collection::vec(person(), 0..4);
    let crowd = (CROWD, 1_u64..=101).prop_map(|(from, count)| (from..from + count).map(UserId).collect());
    prop_oneof![
        4 => "[a ]{0,3}".prop_map(Command::text),
        2 => (0..70_u64).prop_map(Command::Recall),
        2 => (0..70_u64, "[a ]{0,3}").prop_map(|(target, text)| Command::Edit { target, styled: Styled::plain(text) }),
        1 => (0..70_u64).prop_map(|target| Command::Like(target, "👍".to_owned())),
        2 => (0..70_u64).prop_map(Command::Pin),
        1 => (0..70_u64).prop_map(Command::Unpin),
        1 => ("[ab]{0,2}", people()).prop_map(|(name, members)| Command::Create { name, members, channel: false }),
        3 => people().prop_map(Command::AddMembers),
        2 => crowd.prop_map(Command::AddMembers),
        2 => person().prop_map(Command::RemoveMember),
        2 => Just(Command::Leave),
        3 => (person(), role()).prop_map(|(user, role)| Command::SetRole(user, role)),
        1 => person().prop_map(Command::TransferOwnership),
        1 => "[ab]{0,2}".prop_map(Command::Rename),
        1 => "[ab]{0,2}".prop_map(Command::Announce),
        1 => (person(), "[ab]{0,2}").prop_map(|(user, alias)| Command::SetAlias(user, alias)),
        1 => (person(), 0..70_i64).prop_map(|(user, until_ms)| Command::Mute(user, until_ms)),
        1 => person().prop_map(Command::Ban),
        1 => person().prop_map(Command::Unban),
        2 => (0..3_u64, 0..4_u32, 0..70_u64).prop_map(|(link, uses, made_at)| {
            Command::Join(Entrance { link, max_uses: Some(uses).filter(|uses| *uses > 0), made_at })
        }),
        1 => (person(), 0..70_u64).prop_map(|(user, asked_at)| Command::Admit { user, asked_at }),
        2 => (0..9_u32).prop_map(|seed| Command::Update { name: None, changes: Box::new(change(seed)) }),
    ]
}

/// Some settings to change.
fn change(seed: u32) -> SettingsChange {
    SettingsChange {
        description: (seed == 0).then(|| "about".to_owned()),
        history: [
            None,
            Some(HistoryPolicy::All),
            Some(HistoryPolicy::None),
            Some(HistoryPolicy::SinceInvited),
        ][seed as usize % 4],
        slow_mode_s: Some(seed % 2),
        who_posts: (seed == 5).then_some(Who::Admins),
        ..SettingsChange::default()
    }
}

fn group() -> ConversationId {
    ConversationId::Group(GroupId(9))
}

/// What people try, one after the other; in some groups after a crowd came that is just about large.
fn tries() -> impl Strategy<Value = Vec<(UserId, Command)>> {
    let crowd = prop_oneof![3 => Just(0), 1 => 490..=500_u64];
    (crowd, prop::collection::vec((person(), command()), 0..60)).prop_map(|(crowd, tries)| {
        let crowd: Vec<UserId> = (CROWD.start..CROWD.start + crowd).map(UserId).collect();
        let come = crowd.chunks(100).map(|some| (UserId(1), Command::AddMembers(some.to_vec())));
        come.chain(tries).collect()
    })
}

fn decision(
    state: &Conversation,
    log: &[Entry],
    actor: UserId,
    command: &Command,
) -> Result<Decision, Rejection> {
    let at = command.target().and_then(|target| target.checked_sub(1));
    let target = at.and_then(|at| log.get(at as usize)).map(|entry| Target {
        entry: entry.clone(),
        likes: TargetLikes::default(),
        ballot: Vec::new(),
    });
    let scene = Scene {
        conversation: state,
        actor,
        now_ms: state.time_ms,
        rules: &Rules::default(),
        target: target.as_ref(),
        last_from: Some(state.head.index.max(1)),
    };
    decide(scene, command)
}

/// The log that these tries leave, beginning with the making of the group.
fn history(id: ConversationId, tries: &[(UserId, Command)]) -> Vec<Entry> {
    let mut state = Conversation::empty(id);
    let mut log = Vec::new();
    let create =
        Command::Create { name: "Team".to_owned(), members: vec![UserId(2), UserId(3)], channel: false };
    for (actor, command) in std::iter::once(&(UserId(1), create)).chain(tries) {
        let Decision { bodies, mut details, rewrite, .. } =
            decision(&state, &log, *actor, command).unwrap_or_default();
        for body in bodies {
            let Progress { index, ordinal } = state.head;
            let entry = Entry {
                index: index + 1,
                ordinal: ordinal + u64::from(body.is_message()),
                time_ms: index as i64,
                sender: *actor,
                session: SessionId(1),
                client_message_id: None,
                body,
                details: details.take(),
            };
            state.apply(&entry);
            log.push(entry);
        }
        if let (Some(rewrite), Some(target)) = (rewrite, command.target()) {
            let entry = &mut log[target as usize - 1];
            (entry.body, entry.details) = (rewrite.body, rewrite.details);
        }
    }
    log
}

fn fold(id: ConversationId, log: &[Entry]) -> Conversation {
    let mut state = Conversation::empty(id);
    log.iter().for_each(|entry| state.apply(entry));
    state
}

/// The members whose place an entry may change, as the engine counts them.
fn touched(log: &[Entry]) -> BTreeSet<UserId> {
    let mut touched = BTreeSet::new();
    for entry in log {
        touched.insert(entry.sender);
        for change in changes(entry) {
            if let Change::Joined(user) | Change::Left(user) = change {
                touched.insert(user);
            }
        }
        match &entry.body {
            Body::RoleChanged { member, .. } | Body::AliasChanged { member, .. } => {
                _ = touched.insert(*member);
            }
            Body::OwnerChanged { owner } | Body::MemberLeft { new_owner: Some(owner) } => {
                touched.insert(*owner);
            }
            _ => {}
        }
    }
    touched
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_fold_has_one_result_wherever_it_pauses(tries in tries(), pause in any::<prop::sample::Index>()) {
        let log = history(group(), &tries);
        let pause = pause.index(log.len() + 1);
        let mut state = fold(group(), &log[..pause]);
        log[pause..].iter().for_each(|entry| state.apply(entry));
        prop_assert_eq!(state, fold(group(), &log));
    }

    #[test]
    fn a_group_with_members_has_exactly_one_owner(tries in tries()) {
        let mut state = Conversation::empty(group());
        for entry in history(group(), &tries) {
            state.apply(&entry);
            let owners = state.members.values().filter(|place| place.role == Role::Owner).count();
            prop_assert_eq!(owners, usize::from(!state.members.is_empty()), "after {:?}", entry);
        }
    }

    #[test]
    fn places_only_rise_and_never_pass_the_head(tries in tries()) {
        let mut state = Conversation::empty(group());
        for entry in history(group(), &tries) {
            let before = state.head;
            state.apply(&entry);
            prop_assert_eq!(state.head.index, before.index + 1);
            prop_assert_eq!(state.head.ordinal, before.ordinal + u64::from(entry.body.is_message()));
            prop_assert!(state.last_message <= state.head.index);
            for place in state.members.values() {
                prop_assert!(place.joined <= state.head && place.own <= state.head);
                prop_assert!((1..=place.joined.index + 1).contains(&place.visible_from));
                prop_assert!(place.own == Progress::default() || place.own >= place.joined);
            }
        }
    }

    #[test]
    fn the_fan_out_fits_the_size(tries in tries()) {
        let mut state = Conversation::empty(group());
        let log = history(group(), &tries);
        for (position, entry) in log.iter().enumerate() {
            state.apply(entry);
            // The switch is the next entry of the same decision.
            let switches = matches!(log.get(position + 1).map(|next| &next.body), Some(Body::FanOutChanged { .. }));
            if !switches {
                let members = state.members.len();
                prop_assert!(members <= 500 || state.fan_out == FanOut::Read);
                prop_assert!(members >= 300 || state.fan_out == FanOut::Write);
            }
        }
    }

    #[test]
    fn unread_is_what_counting_would_give(tries in tries(), read in 0_u64..70) {
        let log = history(group(), &tries);
        let state = fold(group(), &log);
        let read = read.min(state.head.index);
        let ordinal = log[..read as usize].last().map_or(0, |entry| entry.ordinal);
        for place in state.members.values() {
            let from = read.max(place.own.index).max(place.joined.index);
            let counted = log.iter().filter(|entry| entry.index > from && entry.body.is_message()).count();
            let read = Progress { index: read, ordinal };
            let read = farthest(read, place.own, place.joined);
            prop_assert_eq!(OwnView::default().unread(state.head.ordinal, read), counted as u64);
        }
    }

    #[test]
    fn unread_leaves_out_exactly_what_is_hidden_or_cleared(
        tries in tries(),
        read in 0_u64..70,
        steps in prop::collection::vec((0_u8..10, any::<prop::sample::Index>()), 0..40),
    ) {
        let log = history(group(), &tries);
        let place = |entry: &Entry| Progress { index: entry.index, ordinal: entry.ordinal };
        let (mut view, mut hidden, mut cleared) = (OwnView::default(), BTreeSet::new(), 0);
        for (kind, at) in steps {
            let entry = &log[at.index(log.len())];
            if kind == 0 {
                view.clear(place(entry));
                cleared = cleared.max(entry.index);
            } else if entry.body.is_message() {
                prop_assert!(view.hide(place(entry)).is_ok());
                hidden.insert(entry.index);
            }
        }
        let shown = |entry: &&Entry| {
            entry.body.is_message() && entry.index > cleared && !hidden.contains(&entry.index)
        };
        for entry in log.iter().filter(|entry| entry.body.is_message()) {
            prop_assert_eq!(view.hides(entry.index), !shown(&entry), "{}", entry.index);
        }
        let base = log[..(read as usize).min(log.len())].last().map_or(Progress::default(), place);
        let counted = log.iter().filter(|entry| entry.index > base.index).filter(shown).count();
        let head = log.last().map_or(0, |entry| entry.ordinal);
        prop_assert_eq!(view.unread(head, base), counted as u64);
    }

    #[test]
    fn folding_the_tail_again_ends_in_the_same_state(tries in tries(), from in any::<prop::sample::Index>()) {
        let log = history(group(), &tries);
        let whole = fold(group(), &log);
        let mut state = whole.clone();
        log[from.index(log.len())..].iter().for_each(|entry| state.apply(entry));
        prop_assert_eq!(state, whole);
    }

    /// A crash in a checkpoint leaves the rows of some members as of the head and those of others as of `applied`.
    #[test]
    fn folding_the_tail_over_half_a_checkpoint_ends_in_the_same_state(
        tries in tries(),
        applied in any::<prop::sample::Index>(),
        ahead in any::<u64>(),
    ) {
        let log = history(group(), &tries);
        let applied = applied.index(log.len());
        let (old, new) = (fold(group(), &log[..applied]), fold(group(), &log));
        let mut mixed = Conversation { members: old.members.clone(), ..new.clone() };
        for user in touched(&log[applied..]) {
            if ahead >> (user.0 % 64) & 1 == 1 {
                match new.member(user) {
                    Some(place) => _ = mixed.members.insert(user, *place),
                    None => _ = mixed.members.remove(&user),
                }
            }
        }
        log[applied..].iter().for_each(|entry| mixed.apply(entry));
        prop_assert_eq!(mixed, new);
    }

    #[test]
    fn only_touched_members_change(tries in tries(), applied in any::<prop::sample::Index>()) {
        let log = history(group(), &tries);
        let applied = applied.index(log.len());
        let (old, new) = (fold(group(), &log[..applied]), fold(group(), &log));
        let touched = touched(&log[applied..]);
        for user in old.members.keys().chain(new.members.keys()).filter(|user| !touched.contains(user)) {
            prop_assert_eq!(old.member(*user), new.member(*user));
        }
    }

    #[test]
    fn deciding_never_panics_whatever_is_asked(
        tries in tries(),
        actor in any::<u64>().prop_map(UserId),
        text in any::<String>(),
        users in prop::collection::vec(any::<u64>().prop_map(UserId), 0..120),
        direct in any::<bool>(),
    ) {
        let id = if direct { ConversationId::direct(UserId(1), UserId(2)) } else { group() };
        let log = history(id, &tries);
        let state = fold(id, &log);
        let whom = users.first().copied().unwrap_or(actor);
        let commands = [
            Command::text(text.clone()),
            Command::Recall(1),
            Command::Like(1, text.clone()),
            Command::Unlike(1, text.clone()),
            Command::Pin(1),
            Command::Unpin(1),
            Command::Create { name: text.clone(), members: users.clone(), channel: direct },
            Command::Announce(text.clone()),
            Command::SetAlias(whom, text.clone()),
            Command::Mute(whom, i64::MAX),
            Command::Ban(whom),
            Command::Unban(whom),
            Command::Join(Entrance { link: 1, max_uses: Some(0), made_at: u64::MAX - 1 }),
            Command::Admit { user: whom, asked_at: 0 },
            Command::Dissolve,
            Command::Update { name: Some(text.clone()), changes: Box::new(change(users.len() as u32)) },
            Command::Edit { target: 1, styled: Styled::plain(text.clone()) },
            Command::AddMembers(users),
            Command::RemoveMember(whom),
            Command::Leave,
            Command::SetRole(whom, Role::Owner),
            Command::TransferOwnership(whom),
            Command::Rename(text),
        ];
        for actor in [actor, UserId(1), UserId(2)] {
            for command in &commands {
                let decided = decision(&state, &log, actor, command);
                prop_assert_eq!(&decided, &decision(&state, &log, actor, command));
                // Three at most: out, banned, and the switch of fan-out.
                prop_assert!(decided.map_or(0, |decided| decided.bodies.len()) <= 3);
            }
        }
    }
}
