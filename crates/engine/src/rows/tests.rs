//! Version 1 of every row, pinned as bytes in `tests/fixtures/rows-v1.txt`. The fixture is kept for ever.
//!
//! A change that reads or writes any of it differently would lose the data of everybody who upgrades.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use parlance_domain::{Announcement, Banned, Restraint, default_settings};
use parlance_proto::{
    Attachment, AttachmentKind, Body, Button, Card, Cards, ConversationKind, Details, DisappearAfter,
    Disappearing, Entry, FanOut, FileId, GoneReason, HistoryPolicy, Joining, Location, Origin, PagePreview,
    Poll, PreviewPicture, Role, SessionId, SettingsChange, StickerOf, StickerPackId, Style, TextSpan, UserId,
    Who,
};

use super::*;

const FIXTURE: &str = include_str!("../../tests/fixtures/rows-v1.txt");

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

/// The fixture's rows by name.
fn fixture() -> BTreeMap<&'static str, Vec<u8>> {
    let lines = FIXTURE.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").unwrap()).map(|(name, hex)| (name, bytes(hex))).collect()
}

/// Takes one row out of the fixture and compares it both ways.
fn check<R: Message + Default + PartialEq>(left: &mut BTreeMap<&str, Vec<u8>>, name: &str, row: &R) {
    let written = encode(row);
    let stored = left.remove(name).unwrap_or_else(|| panic!("add to the fixture: {name}: {}", hex(&written)));
    assert_eq!(hex(&written), hex(&stored), "{name} is written otherwise");
    assert!(decode::<R>(&stored).unwrap() == *row, "{name} is read otherwise");
}

fn entry_of(body: Body) -> Entry {
    Entry {
        index: 7,
        ordinal: 5,
        time_ms: 1_760_000_000_123,
        sender: UserId(0x0123_4567_89ab_cdef),
        session: SessionId(0xfedc_ba98_7654_3210),
        client_message_id: Some("k-1".to_owned()),
        body,
        details: None,
    }
}

/// Entries about a group's settings and people.
fn group_bodies() -> Vec<(&'static str, Body)> {
    let member = UserId(u64::MAX);
    let changes = |change: SettingsChange| Body::SettingsChanged { changes: Box::new(change) };
    // As written before groups had a time for which they keep messages.
    let all = SettingsChange { keep_s: None, ..default_settings(ConversationKind::Group).as_change() };
    let some = SettingsChange {
        history: Some(HistoryPolicy::LastN { count: 300 }),
        joining: Some(Joining::Request),
        who_posts: Some(Who::Owner),
        ..SettingsChange::default()
    };
    let policy = |history| changes(SettingsChange { history: Some(history), ..SettingsChange::default() });
    vec![
        ("log channel created", Body::Created { name: "News".to_owned(), members: vec![], channel: true }),
        ("log settings, all", changes(all)),
        ("log settings, some", changes(some)),
        ("log settings, everything", policy(HistoryPolicy::All)),
        ("log settings, since invited", policy(HistoryPolicy::SinceInvited)),
        ("log settings, nothing", policy(HistoryPolicy::None)),
        ("log settings, kept", changes(SettingsChange { keep_s: Some(300), ..SettingsChange::default() })),
        ("log announced", Body::Announced { text: "Friday".to_owned() }),
        ("log alias", Body::AliasChanged { member, alias: "Skipper".to_owned() }),
        ("log muted", Body::MemberMuted { member, until_ms: 1_760_000_000_123 }),
        ("log banned", Body::MemberBanned { member }),
        ("log unbanned", Body::MemberUnbanned { member }),
        ("log dissolved", Body::Dissolved {}),
        ("log joined", Body::MemberJoined { link_id: 300, uses: 2, visible_from: None }),
        ("log joined, history", Body::MemberJoined { link_id: 300, uses: 2, visible_from: Some(1) }),
    ]
}

fn poll() -> Poll {
    Poll {
        question: "Tea?".to_owned(),
        options: vec!["Yes".to_owned(), "No".to_owned()],
        multiple: true,
        anonymous: true,
        closes_ms: Some(1_760_000_000_123),
    }
}

fn bodies() -> Vec<(&'static str, Body)> {
    let (one, other) = (UserId(1), UserId(u64::MAX));
    vec![
        ("log text", Body::Text { text: "Grüße 👋".to_owned() }),
        ("log created", Body::Created { name: "Team".to_owned(), members: vec![one, other], channel: false }),
        ("log members added", Body::MembersAdded { members: vec![one, other], visible_from: None }),
        ("log members added, history", Body::MembersAdded { members: vec![one], visible_from: Some(300) }),
        ("log member removed", Body::MemberRemoved { member: other }),
        ("log member left", Body::MemberLeft { new_owner: None }),
        ("log member left, new owner", Body::MemberLeft { new_owner: Some(one) }),
        ("log role member", Body::RoleChanged { member: one, role: Role::Member }),
        ("log role admin", Body::RoleChanged { member: one, role: Role::Admin }),
        ("log owner changed", Body::OwnerChanged { owner: one }),
        ("log renamed", Body::Renamed { name: "Crew".to_owned() }),
        ("log fan-out write", Body::FanOutChanged { fan_out: FanOut::Write }),
        ("log recalled", Body::Recalled { target: 300 }),
        ("log edited", Body::Edited { target: 300, text: None, spans: Vec::new() }),
        ("log liked", Body::Liked { target: 300, emoji: "👍".to_owned() }),
        ("log unliked", Body::Unliked { target: 300, emoji: "👍".to_owned() }),
        ("log pinned", Body::Pinned { target: 300 }),
        ("log unpinned", Body::Unpinned { target: 300 }),
        (
            "log location",
            Body::Location(Location { latitude_e7: -1, longitude_e7: 300, label: Some("Home".to_owned()) }),
        ),
        ("log contact", Body::Contact { user_id: other }),
        ("log cards", Body::Cards(every_card())),
        ("log poll", Body::Poll(poll())),
        ("log voted", Body::Voted { target: 300 }),
        ("log poll closed", Body::PollClosed { target: 300 }),
        ("log previewed", Body::Previewed { target: 300 }),
        ("log gone, recalled", Body::Gone { reason: GoneReason::Recalled }),
        ("log gone, expired", Body::Gone { reason: GoneReason::Expired }),
        (
            "log disappearing",
            Body::DisappearingChanged {
                disappearing: Some(Disappearing { after: DisappearAfter::Reading, ms: 5_000 }),
            },
        ),
        ("log disappearing no more", Body::DisappearingChanged { disappearing: None }),
        ("log expired", Body::Expired { targets: vec![3, 300] }),
        ("log expiry set", Body::ExpirySet { targets: vec![3], expires_ms: 1_760_000_000_123, upto: 4 }),
        ("log fan-out read", Body::FanOutChanged { fan_out: FanOut::Read }),
    ]
}

#[test]
fn log_rows_of_version_1_are_read_and_written_for_ever() {
    let mut left = fixture();
    for (name, body) in bodies().into_iter().chain(group_bodies()) {
        let known = entry_of(body);
        check(&mut left, name, &log_row(&known, &[0xa5; 16]));
        let stored: LogRow = decode(&fixture()[name]).unwrap();
        assert_eq!(stored.payload_hash, [0xa5; 16][..]);
        assert_eq!(entry(7, stored).unwrap(), known, "{name}");
    }
    let plain = Entry { client_message_id: None, ..entry_of(Body::Renamed { name: "Crew".to_owned() }) };
    check(&mut left, "log without retry key", &log_row(&plain, &[]));
    let stored: LogRow = decode(&fixture()["log without retry key"]).unwrap();
    assert_eq!(entry(7, stored).unwrap(), plain);
    let details = Details {
        reply_to: Some(300),
        edited_ms: Some(-1),
        expires_ms: Some(1_760_000_000_123),
        ..Details::default()
    };
    let detailed =
        Entry { details: Some(Box::new(details)), ..entry_of(Body::Text { text: "x".to_owned() }) };
    check(&mut left, "log with details", &log_row(&detailed, &[]));
    assert_eq!(entry(7, decode(&fixture()["log with details"]).unwrap()).unwrap(), detailed);
    let times = Details {
        expires_after_ms: Some(5_000),
        deliver_by_ms: Some(1_760_000_000_123),
        ..Details::default()
    };
    let timed = Entry { details: Some(Box::new(times)), ..entry_of(Body::Text { text: "x".to_owned() }) };
    check(&mut left, "log with times", &log_row(&timed, &[]));
    assert_eq!(entry(7, decode(&fixture()["log with times"]).unwrap()).unwrap(), timed);
    check(&mut left, "log with attachments", &log_row(&attached(), &[]));
    assert_eq!(entry(7, decode(&fixture()["log with attachments"]).unwrap()).unwrap(), attached());
    let mut sent = attached();
    let sticker = StickerOf { pack_id: StickerPackId(300), emoji: "🐱".to_owned() };
    sent.details.as_mut().unwrap().attachments[0].sticker = Some(Box::new(sticker));
    check(&mut left, "log with a sticker", &log_row(&sent, &[]));
    assert_eq!(entry(7, decode(&fixture()["log with a sticker"]).unwrap()).unwrap(), sent);
    check(&mut left, "log with a card", &log_row(&with_card(), &[]));
    assert_eq!(entry(7, decode(&fixture()["log with a card"]).unwrap()).unwrap(), with_card());
    left.remove("log with every style");
    assert!(left.keys().all(|name| !name.starts_with("log")), "not compared: {left:?}");
}

fn check_begun(left: &mut BTreeMap<&str, Vec<u8>>) {
    let draft = DraftRow { text: "Grüße".to_owned(), reply_to: 300, changed_ms: -1, own_index: 299 };
    check(left, "view with a draft", &ViewRow { draft: Some(draft), ..ViewRow::default() });
    check(left, "scheduled list", &ScheduledList { ids: vec!["k-1".to_owned()] });
    let scheduled = ScheduledRow {
        conversation: Bytes::from_static(b"g\0\0\0\0\0\0\0\x09"),
        text: "later".to_owned(),
        reply_to: 300,
        send_at_ms: 1_760_000_000_123,
        retry_key: "sched-1".to_owned(),
        session: 1,
        refused: "not_found".to_owned(),
        reason: "gone".to_owned(),
    };
    check(left, "scheduled", &scheduled);
}

fn check_files(left: &mut BTreeMap<&str, Vec<u8>>) {
    let bytes = |size| BytesRow {
        digest: Bytes::from_static(&[0xd1; 32]),
        size,
        media_type: "image/jpeg".to_owned(),
    };
    check(left, "file usage", &UsageRow { bytes: 300, uploads: 2 });
    let upload = UploadRow {
        length: 300,
        offset: 200,
        created_ms: -1,
        name: "für.jpg".to_owned(),
        wanted: 1,
        described: "filename Zg==".to_owned(),
    };
    check(left, "upload", &upload);
    check(left, "kept file", &OwnFileRow { bytes: 300, created_ms: -1 });
    let file = FileRow {
        owner: 7,
        kind: 1,
        name: "für.jpg".to_owned(),
        whole: bytes(300),
        small: Some(bytes(200)),
        large: Some(bytes(250)),
        width: 1_600,
        height: 800,
        animated: true,
        placeholder: "1QcS".to_owned(),
        created_ms: -1,
        uploaded: 301,
    };
    check(left, "file", &file);
    let shelf = ShelfRow { files: vec![file_id_bytes(FileId(9))], links: true };
    check(left, "message's files", &shelf);
    check(left, "due file", &DueRow { owner: 7 });
}

fn attached() -> Entry {
    let one = Attachment {
        file_id: FileId(9),
        kind: AttachmentKind::Video,
        name: Some("für.mp4".to_owned()),
        media_type: "video/mp4".to_owned(),
        size: 300,
        width: Some(640),
        height: Some(360),
        animated: true,
        duration_ms: Some(0),
        waveform: vec![0, 255],
        placeholder: Some("1QcS".to_owned()),
        poster: Some(FileId(10)),
        sticker: None,
    };
    let details = Details { attachments: vec![one], ..Details::default() };
    Entry { details: Some(Box::new(details)), ..entry_of(Body::Text { text: String::new() }) }
}

fn with_card() -> Entry {
    let picture =
        PreviewPicture { file_id: FileId(9), width: 320, height: 1, placeholder: "1QcS".to_owned() };
    let card = PagePreview {
        url: "https://example.org/".to_owned(),
        title: "Grüße".to_owned(),
        description: "What it is about".to_owned(),
        site: "Example".to_owned(),
        picture: Some(picture),
    };
    let details = Details { preview: Some(Box::new(card)), ..Details::default() };
    Entry { details: Some(Box::new(details)), ..entry_of(Body::Text { text: String::new() }) }
}

fn check_stickers(left: &mut BTreeMap<&str, Vec<u8>>) {
    let one = StickerRow {
        file: file_id_bytes(FileId(9)),
        emoji: "🐱".to_owned(),
        width: 512,
        height: 1,
        animated: true,
        placeholder: "1QcS".to_owned(),
    };
    let emoji = CustomEmojiRow { file: file_id_bytes(FileId(9)), width: 128, height: 300, animated: true };
    check(left, "custom emoji", &emoji);
    check(left, "turn", &TurnRow { changes: 300 });
    check(left, "sticker pack", &StickerPackRow { name: "Cats".to_owned(), stickers: vec![one] });
}

fn check_disappearing(left: &mut BTreeMap<&str, Vec<u8>>, list: &ListRow) {
    let disappearing = Some(DisappearingRow { after: 1, ms: 5_000 });
    check(left, "list, disappearing", &ListRow { disappearing, ..list.clone() });
    let state = StateRow { disappearing, last_waiting: 300, clocks_started: 290, ..StateRow::default() };
    check(left, "state, disappearing", &state);
}

fn check_group_rows(left: &mut BTreeMap<&str, Vec<u8>>) {
    let announcement = Announcement { text: "Friday".to_owned(), by: UserId(7), time_ms: -1, index: 300 };
    let settings = default_settings(ConversationKind::Channel).as_change();
    let settings = Some(settings_row(&SettingsChange { keep_s: None, ..settings }));
    let shared = SharedRow { settings, announcement: Some(announcement_row(&announcement)) };
    check(left, "shared", &shared);
    let banned = Some(Banned { by: UserId(7), time_ms: -1 });
    check(left, "restraint", &restraint_row(&Restraint { muted_until_ms: 300, banned }));
    check(left, "link uses", &UsesRow { uses: 300 });
    let link = LinkRow {
        conversation: Bytes::from_static(b"g\0\0\0\0\0\0\0\x09"),
        link: 300,
        made_by: 7,
        made_ms: -1,
        made_at: 299,
        expires_ms: 1_760_000_000_123,
        max_uses: 2,
        approval: true,
    };
    check(left, "link", &link);
    check(left, "request", &RequestRow { note: "May I?".to_owned(), time_ms: -1, asked_at: 300 });
    let note = "May I?".to_owned();
    check(left, "own request", &OwnRequestRow { name: "Team".to_owned(), note, time_ms: -1, declined: true });
}

fn check_conversation_rows(left: &mut BTreeMap<&str, Vec<u8>>) {
    let state = StateRow {
        applied: 300,
        ordinal: 200,
        last_message: 299,
        time_ms: -1,
        name: "Team".to_owned(),
        fan_out: 1,
        ..StateRow::default()
    };
    check(left, "state", &state);
    check(left, "state, channel", &StateRow { channel: true, dissolved: true, ..state });
    let member = MemberRow {
        role: 2,
        joined_index: 3,
        joined_ordinal: 1,
        own_index: 300,
        own_ordinal: 200,
        ..MemberRow::default()
    };
    check(left, "member", &member);
    check(left, "member, history", &MemberRow { visible_from: 1, ..member.clone() });
    let named = MemberRow { alias: "Skipper".to_owned(), own_s: 1_760_000_000, ..member };
    check(left, "member, name and time", &named);
    check_group_rows(left);
}

#[allow(clippy::too_many_lines)] // a table of rows
#[test]
fn other_rows_of_version_1_are_read_and_written_for_ever() {
    let mut left = fixture();
    let name = || "Team".to_owned();
    check_conversation_rows(&mut left);
    check(&mut left, "retry", &RetryRow { index: 300, payload_hash: Bytes::from_static(&[0xa5; 16]) });
    check(&mut left, "read", &ReadRow { ordinal: 200 });
    check(&mut left, "inbox head", &InboxHead { head: 10_300, floor: 300, rows: 10_000 });
    let conversation = Bytes::from_static(b"g\0\0\0\0\0\0\0\x09");
    check(&mut left, "departed", &DepartedRow { index: 300 });
    check(&mut left, "inbox", &InboxRow { conversation, from: 290, to: 300, count: 11, topic: 0 });
    let topic = InboxRow { conversation: Bytes::new(), from: 0, to: 0, count: 1, topic: 1 };
    check(&mut left, "inbox topic", &topic);
    check(&mut left, "view", &ViewRow { marked_unread: true, ..ViewRow::default() });
    let personal = ViewRow {
        muted_until_ms: 1_760_000_000_123,
        archived: true,
        background: "sea".to_owned(),
        notify: 2,
        ..ViewRow::default()
    };
    check(&mut left, "view, personal", &personal);
    check(&mut left, "pins", &PinsRow { conversations: vec![Bytes::from_static(b"g\0\0\0\0\0\0\0\x09")] });
    let folder = FolderRow {
        folder_id: "work".to_owned(),
        name: "Work".to_owned(),
        included: vec![Bytes::from_static(b"g\0\0\0\0\0\0\0\x09")],
        excluded: vec![Bytes::from_static(b"g\0\0\0\0\0\0\0\x0a")],
        direct: true,
        groups: true,
        unread_only: true,
    };
    check(&mut left, "folders", &FoldersRow { version: 3, folders: vec![folder] });
    let hours = QuietHoursRow { from_minute: 1_320, to_minute: 420, utc_offset_minutes: -60 };
    let notifications = NotificationsRow {
        direct: 1,
        groups: 3,
        preview_off: true,
        sound_off: true,
        quiet_hours: Some(hours),
    };
    check(&mut left, "notifications", &notifications);
    let hidden = HiddenRow { from: 300, to: 305, before: 200, last: 204 };
    let cleared = ViewRow {
        hidden: vec![hidden],
        cleared_index: 250,
        cleared_ordinal: 180,
        deleted: true,
        ..ViewRow::default()
    };
    check(&mut left, "view with own sight", &cleared);
    let list = ListRow {
        index: 300,
        ordinal: 200,
        time_ms: 1_760_000_000_123,
        last_message: 299,
        own_index: 290,
        own_ordinal: 195,
        joined_index: 3,
        joined_ordinal: 1,
        order: 10_290,
        name: name(),
        role: 1,
        member_count: 12,
        visible_from: 0,
        ..ListRow::default()
    };
    check(&mut left, "list", &list);
    check_disappearing(&mut left, &list);
    check_begun(&mut left);
    check_files(&mut left);
    let photo = FileId(9).to_string();
    check(&mut left, "list, photo", &ListRow { photo, ..list.clone() });
    check(&mut left, "list, history", &ListRow { visible_from: 2, ..list });
    let account = AccountRow {
        username: "alice".to_owned(),
        display_name: "Alice Ä".to_owned(),
        status_text: "here".to_owned(),
        password_hash: "$argon2id$x".to_owned(),
        admin: true,
        created_ms: 1_760_000_000_123,
        ..AccountRow::default()
    };
    check(&mut left, "account", &account);
    let (phone, email) = ("+491701234567".to_owned(), "ann@mail.example".to_owned());
    check(&mut left, "account, reached", &AccountRow { phone, email, ..account.clone() });
    let photo = file_id_bytes(FileId(9));
    check(&mut left, "account, photo", &AccountRow { photo, ..account });
    check(&mut left, "claims", &ClaimsRow { changes: 300 });
    let kept = vec![KeptRow { conversation: Bytes::from_static(b"g"), keep_s: 300 }];
    let (direct, group, channel) = (Some(0), Some(300), Some(5));
    let settings = SettingsRow {
        keep_direct_s: direct,
        keep_group_s: group,
        keep_channel_s: channel,
        kept,
        ..SettingsRow::default()
    };
    check(&mut left, "settings, kept", &settings);
    check_stickers(&mut left);
    check(
        &mut left,
        "settings, previews",
        &SettingsRow { link_previews: Some(true), ..SettingsRow::default() },
    );
    let hold = HoldRow {
        user: u64::MAX,
        conversation: Bytes::from_static(b"g"),
        note: "case 7".to_owned(),
        created_by: 1,
        created_ms: 1_760_000_000_123,
        released_ms: 1_760_000_000_124,
        erased: true,
    };
    check(&mut left, "hold", &hold);
    check(&mut left, "walked", &WalkedRow { direct_ms: 0, group_ms: 300, channel_ms: 5 });
    check(&mut left, "session", &SessionRow { user: 1, session: u64::MAX });
    let device = DeviceRow {
        token_hash: Bytes::from_static(&[0x5a; 32]),
        device_name: "Phone".to_owned(),
        created_ms: 1_760_000_000_123,
    };
    check(&mut left, "device", &device);
    left.retain(|name, _| !["log", "beside", "people"].iter().any(|kind| name.starts_with(kind)));
    assert!(left.is_empty(), "not compared: {left:?}");
}

#[test]
fn rows_between_people_of_version_1_are_read_and_written_for_ever() {
    let mut left = fixture();
    left.retain(|name, _| name.starts_with("people"));
    check(&mut left, "people list", &ListRow { peer_own_index: 300, ..ListRow::default() });
    let view = ViewRow { frozen_read: 8, frozen_delivered: 300, ..ViewRow::default() };
    check(&mut left, "people view", &view);
    let privacy = PrivacyRow {
        hides_reads: true,
        last_seen: 1,
        online: 2,
        picture: 1,
        status: 2,
        groups: 1,
        open_to_anyone: true,
        ..PrivacyRow::default()
    };
    check(&mut left, "people privacy", &privacy);
    let found = PrivacyRow { by_phone: true, by_email: true, ..PrivacyRow::default() };
    check(&mut left, "people privacy, found", &found);
    let relation = RelationRow {
        wants: true,
        wanted: true,
        declined: true,
        blocked_ms: 1_760_000_000_123,
        round: 3,
        note: "hi".to_owned(),
        own_note: "ho".to_owned(),
        name: "Bo".to_owned(),
        since_ms: -1,
        accepted: true,
    };
    check(&mut left, "people relation", &relation);
    assert!(left.is_empty(), "not compared: {left:?}");
}

fn every_card() -> Cards {
    let reply = Button::Reply { text: "Yes".to_owned() };
    let link = Button::Link { text: "Open".to_owned(), url: "https://a.example".to_owned() };
    let picture_url = Some("https://a.example/p.png".to_owned());
    let card = Card { title: "T".to_owned(), text: "t".to_owned(), picture_url, buttons: vec![reply, link] };
    Cards { cards: vec![card], replies: vec!["No".to_owned()] }
}

#[test]
fn every_style_comes_back() {
    let language = Some("rust".to_owned());
    let link = Style::Link { url: "https://a.example".to_owned(), suspicious: true };
    let styles = [
        Style::Bold,
        Style::Italic,
        Style::Strike,
        Style::Code,
        Style::CodeBlock { language },
        Style::Quote,
        Style::Spoiler,
        link,
        Style::Mention { user_id: UserId(u64::MAX) },
        Style::MentionAll,
    ];
    let spans = styles.into_iter().map(|style| TextSpan { from: 1, to: 300, style }).collect();
    let forwarded = Some(Origin { sender: UserId(1), time_ms: -1 });
    let details = Details { spans, forwarded, ..Details::default() };
    let styled = Entry { details: Some(Box::new(details)), ..entry_of(Body::Text { text: "x".to_owned() }) };
    let mut left = fixture();
    check(&mut left, "log with every style", &log_row(&styled, &[]));
    assert_eq!(entry(7, decode(&fixture()["log with every style"]).unwrap()).unwrap(), styled);
}

#[test]
fn rows_beside_messages_of_version_1_are_read_and_written_for_ever() {
    let mut left = fixture();
    let kind = LikeKindRow { emoji: "👍".to_owned(), count: 300, first: vec![1, u64::MAX] };
    check(&mut left, "beside likes", &LikesRow { kinds: vec![kind] });
    let closed = Details { closed_ms: Some(1_760_000_000_123), ..Details::default() };
    let closed = Entry { details: Some(Box::new(closed)), ..entry_of(Body::Poll(poll())) };
    check(&mut left, "beside closed poll", &log_row(&closed, &[]));
    assert_eq!(entry(7, decode(&fixture()["beside closed poll"]).unwrap()).unwrap(), closed);
    check(&mut left, "beside tally", &TallyRow { counts: vec![0, 300], voters: 299 });
    let ballot = BallotRow { user: u64::MAX, options: vec![0, 11], index: 300 };
    check(&mut left, "beside ballot", &ballot);
    check(&mut left, "beside like", &LikeRow { user: u64::MAX, emoji: "👍".to_owned(), index: 300 });
    let pinned = vec![PinRow { target: 300, at: 301 }];
    let marks = MarksRow { pinned, liked_from: 3, liked_to: 300, mentions_all: 0 };
    check(&mut left, "beside marks", &marks);
    check(&mut left, "beside marks, all mentioned", &MarksRow { mentions_all: 299, ..marks });
}

#[test]
fn fields_at_their_default_take_no_room_and_come_back() {
    assert_eq!(encode(&InboxHead::default()), [VERSION][..]);
    assert_eq!(decode::<InboxHead>(&[VERSION]).unwrap(), InboxHead::default());
}

#[test]
fn what_is_not_a_row_is_refused() {
    let damaged = |bytes: &[u8]| {
        matches!(decode::<StateRow>(bytes), Err(Error::Store(parlance_store::Error::Corrupt(_))))
    };
    assert!(damaged(&[]), "empty");
    assert!(damaged(&[2, 8, 1]), "a later version");
    assert!(damaged(&[VERSION, 0xff]), "torn");
    let nothing = LogRow { body: None, ..log_row(&entry_of(Body::Renamed { name: String::new() }), &[]) };
    assert!(entry(1, nothing).is_err(), "an entry that says nothing");
    assert!(role(3).is_err() && fan_out(2).is_err(), "numbers without a meaning");
}

#[test]
fn numbers_of_roles_and_ways_come_back() {
    for one in [Role::Member, Role::Admin, Role::Owner] {
        assert_eq!(role(role_number(one)).unwrap(), one);
    }
    for one in [FanOut::Write, FanOut::Read] {
        assert_eq!(fan_out(fan_out_number(one)).unwrap(), one);
    }
}
