//! Sizes and times that both sides of the wire rely on. Units are in the names.
//!
//! Raising one is safe for older clients, lowering one is not. A number that only one side knows is not kept here.

/// Most characters (Unicode scalar values) in a text message.
pub const TEXT_MAX_CHARS: usize = 8_000;
/// Most characters in a group's name.
pub const GROUP_NAME_MAX_CHARS: usize = 100;
/// Shortest and longest username, in characters.
pub const USERNAME_CHARS: std::ops::RangeInclusive<usize> = 3..=32;
/// Shortest and longest password, in characters of any kind.
pub const PASSWORD_CHARS: std::ops::RangeInclusive<usize> = 10..=128;
/// Most characters in a display name.
pub const DISPLAY_NAME_MAX_CHARS: usize = 64;
/// Most characters in a status text.
pub const STATUS_TEXT_MAX_CHARS: usize = 140;
/// Digits of a telephone number with the country's code.
pub const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Longest e-mail address, in bytes.
pub const EMAIL_MAX_BYTES: usize = 200;
/// Most characters in the name of a device.
pub const DEVICE_NAME_MAX_CHARS: usize = 64;
/// Longest client message id, in bytes: letters, digits, `-` and `_`.
pub const CLIENT_MESSAGE_ID_MAX_BYTES: usize = 64;
/// Most characters in the note of an invite, and in the reason for disabling a user.
pub const INVITE_NOTE_MAX_CHARS: usize = 200;
/// Most people who may register with one invite.
pub const INVITE_MAX_USES: u32 = 1_000;
/// How long an invite is good when the request does not say, in milliseconds: 7 days.
pub const INVITE_DEFAULT_MS: u64 = 7 * 24 * 3_600 * 1_000;
/// Longest time an invite may be good, in milliseconds: 365 days.
pub const INVITE_MAX_MS: u64 = 365 * 24 * 3_600 * 1_000;
/// How long a ticket is good, in milliseconds.
pub const TICKET_MS: i64 = 30_000;
/// Most characters in the note of a report and of what was done about it.
pub const REPORT_NOTE_MAX_CHARS: usize = 1_000;
/// Most characters in the text for every user.
pub const ANNOUNCEMENT_MAX_CHARS: usize = 1_000;
/// For how long a disappearing message may stay, in milliseconds: 5 seconds to 365 days. Also the time that the
/// delivery of a message may take.
pub const DISAPPEAR_MS: std::ops::RangeInclusive<u64> = 5_000..=365 * 24 * 3_600 * 1_000;
/// Most messages of one user that wait to be sent.
pub const SCHEDULED_MAX: usize = 100;
/// How far ahead a message can be scheduled, in milliseconds: 365 days.
pub const SCHEDULE_AHEAD_MS: i64 = 365 * 24 * 3_600 * 1_000;
/// For how long a server or a group may keep messages, in seconds: 5 seconds to 10 years.
pub const KEEP_S: std::ops::RangeInclusive<u32> = 5..=10 * 365 * 24 * 3_600;
/// Most conversations that administrators may keep for a time of their own.
pub const KEPT_MAX: usize = 1_000;
/// Most legal holds at the same time.
pub const HOLDS_MAX: usize = 100;
/// Most characters of why there is a hold, and why a conversation is exported.
pub const HOLD_NOTE_MAX_CHARS: usize = 1_000;
/// Most messages that expire with one entry.
pub const EXPIRED_PER_ENTRY: usize = 100;
/// Most messages in one request to hide them.
pub const HIDE_PER_REQUEST: usize = 100;
/// Most stretches of hidden messages of one user in one conversation.
pub const HIDDEN_RANGES_MAX: usize = 500;
/// Most user ids in one request.
pub const MEMBERS_PER_REQUEST: usize = 100;
/// Most pinned conversations.
pub const PINS_MAX: usize = 100;
/// Most folders.
pub const FOLDERS_MAX: usize = 20;
/// Most characters in a folder's name.
pub const FOLDER_NAME_MAX_CHARS: usize = 30;
/// Most conversations that a folder names one by one, in each of its two lists.
pub const FOLDER_CONVERSATIONS_MAX: usize = 200;
/// Most characters in the name of a background.
pub const BACKGROUND_MAX_CHARS: usize = 200;
/// Muted until then is for ever: the largest whole number that every client can hold.
pub const FOREVER_MS: i64 = 9_007_199_254_740_991;
/// Most conversations whose delivery is told in one request.
pub const MARKS_PER_REQUEST: usize = 100;
/// Most contacts and requests of one user.
pub const CONTACTS_MAX: usize = 5_000;
/// Most users in one request to watch.
pub const WATCHED_PER_REQUEST: usize = 200;
/// Most users that one connection watches.
pub const WATCHED_MAX: usize = 1_000;
/// Most characters in the note of a request.
pub const CONTACT_NOTE_MAX_CHARS: usize = 300;
/// Where a stretch of hidden messages ends that has no end yet: the highest number that JavaScript counts to.
pub const OPEN_END: u64 = (1 << 53) - 1;
/// Most rows on a page.
pub const PAGE_MAX: u32 = 200;
/// Rows on a page when the request does not say.
pub const PAGE_DEFAULT: u32 = 50;
/// Above so many members a group is fanned out on reading.
pub const WRITE_FAN_OUT_MAX_MEMBERS: usize = 500;
/// Below so many members a group goes back to fan-out on writing.
pub const READ_FAN_OUT_MIN_MEMBERS: usize = 300;
/// Most members of a group.
pub const GROUP_MAX_MEMBERS: usize = 100_000;
/// Most different emoji of one user on one message.
pub const LIKES_PER_USER: usize = 20;
/// Most different emoji on one message.
pub const LIKE_KINDS: usize = 50;
/// Likers of an emoji that a message names by itself; the others are asked for.
pub const LIKERS_SHOWN: usize = 5;
/// Most pinned messages of a conversation.
pub const PINNED_MESSAGES_MAX: usize = 100;
/// Most messages named in one request.
pub const MESSAGES_PER_REQUEST: usize = 100;
/// Most members of a channel.
pub const CHANNEL_MAX_MEMBERS: usize = 1_000_000;
/// Most characters in a group's description.
pub const DESCRIPTION_MAX_CHARS: usize = 500;
/// Most characters in an announcement in a group.
pub const GROUP_ANNOUNCEMENT_MAX_CHARS: usize = 2_000;
/// Most characters in a member's name within a group.
pub const ALIAS_MAX_CHARS: usize = 64;
/// Longest wait between two messages in slow mode, in seconds: a day.
pub const SLOW_MODE_MAX_S: u32 = 24 * 3_600;
/// Longest recall window of a group, in seconds: 30 days.
pub const RECALL_WINDOW_MAX_S: i64 = 30 * 24 * 3_600;
/// Most messages from before that a group may show to newcomers.
pub const HISTORY_LAST_MAX: u32 = 10_000;
/// Most links of a group that work at the same time.
pub const LINKS_PER_GROUP: usize = 100;
/// Most people who may wait to be let in.
pub const JOIN_REQUESTS_PER_GROUP: usize = 1_000;
/// Most characters in the note of a request to join.
pub const JOIN_NOTE_MAX_CHARS: usize = 300;
/// Most styled parts of a text.
pub const SPANS_MAX: usize = 200;
/// Most members mentioned by name in one message.
pub const MENTIONS_MAX: usize = 50;
/// Most cards in a message, buttons of a card, and suggested replies.
pub const CARDS_MAX: usize = 10;
/// Most buttons of a card.
pub const BUTTONS_MAX: usize = 6;
/// Most bytes of all addresses that a text links, and of all that cards say.
pub const RICH_MAX_BYTES: usize = 32 * 1_024;
/// Most packs of stickers on a server.
pub const STICKER_PACKS_MAX: usize = 50;
/// Most stickers in a pack.
pub const STICKERS_PER_PACK: usize = 120;
/// Most characters in the name of a pack of stickers.
pub const STICKER_PACK_NAME_MAX_CHARS: usize = 60;
/// Most custom emoji on a server.
pub const CUSTOM_EMOJI_MAX: usize = 1_000;
/// Characters in the name of a custom emoji.
pub const EMOJI_NAME_CHARS: std::ops::RangeInclusive<usize> = 2..=32;
/// Largest picture of a custom emoji, in bytes. Of a larger one that stands still, the small size is shown.
pub const EMOJI_MAX_BYTES: u64 = 256 * 1_024;
/// Most characters of the title of a link's preview.
pub const PREVIEW_TITLE_CHARS: usize = 200;
/// Most characters of the description of a link's preview.
pub const PREVIEW_DESCRIPTION_CHARS: usize = 400;
/// Most characters of the site's name in a link's preview.
pub const PREVIEW_SITE_CHARS: usize = 80;
/// Most characters of a poll's question.
pub const POLL_QUESTION_MAX_CHARS: usize = 300;
/// Fewest and most options of a poll.
pub const POLL_OPTIONS: std::ops::RangeInclusive<usize> = 2..=12;
/// Most characters of an option.
pub const POLL_OPTION_MAX_CHARS: usize = 100;
/// How far ahead a poll can close by itself, in milliseconds: 365 days.
pub const POLL_CLOSES_AHEAD_MS: i64 = 365 * 24 * 3_600 * 1_000;
/// Most messages forwarded at once, and most conversations they are forwarded to.
pub const FORWARD_MAX: usize = 20;
/// Most attachments of a message.
pub const ATTACHMENTS_MAX: usize = 10;
/// Longest name of a file, in bytes.
pub const FILE_NAME_MAX_BYTES: usize = 255;
/// Peaks of a waveform.
pub const WAVEFORM_PEAKS: usize = 64;
/// Longest video or voice message, in milliseconds: 24 hours.
pub const DURATION_MAX_MS: u64 = 24 * 3_600 * 1_000;
/// Largest width and height of a video, in pixels.
pub const VIDEO_MAX_PIXELS: u32 = 16_384;
/// An upload that no message carries is erased after this time, in milliseconds: 24 hours.
pub const UPLOAD_MS: i64 = 24 * 3_600 * 1_000;
/// Most uploads of one user that are under way.
pub const UPLOADS_MAX: u32 = 100;
/// The sides of the squares that thumbnails fit into, in pixels.
pub const THUMBNAIL_PIXELS: [u32; 2] = [320, 1_280];
/// How long a retry key is exact, in milliseconds: 7 days.
pub const RETRY_KEY_MS: i64 = 7 * 24 * 3_600 * 1_000;

/// Largest WebSocket frame and message, in bytes.
pub const FRAME_MAX_BYTES: usize = 128 * 1_024;
/// Largest WebSocket message before sign-in, in bytes.
pub const FRAME_BEFORE_SIGN_IN_MAX_BYTES: usize = 4 * 1_024;
/// Largest HTTP request body, in bytes.
pub const REQUEST_BODY_MAX_BYTES: usize = 128 * 1_024;
/// Deepest nesting of JSON.
pub const JSON_MAX_DEPTH: usize = 16;
/// Requests one connection may have in flight; further ones wait in the socket.
pub const REQUESTS_IN_FLIGHT: usize = 64;
/// A session's outbox in the server, in bytes.
pub const OUTBOX_MAX_BYTES: usize = 256 * 1_024;

/// A connection must sign in within this time, in milliseconds.
pub const SIGN_IN_MS: u64 = 5_000;
/// The server pings each connection this often, in milliseconds; clients do the same with `ping`.
pub const HEARTBEAT_MS: u64 = 25_000;
/// A connection without a sign of life for this long is closed, in milliseconds.
pub const DEAD_AFTER_MS: u64 = 75_000;
/// Longest wait of a long poll, in milliseconds.
pub const LONG_POLL_MAX_MS: u32 = 30_000;
