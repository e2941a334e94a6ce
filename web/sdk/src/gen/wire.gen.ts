// Generated from crates/proto. Do not edit.

/**
 * A request to accept.
 */
export type AcceptContact = { 
/**
 * Whose.
 */
user_id: UserId, };

/**
 * A stranger's direct conversation to take into the list.
 */
export type AcceptConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * A stored change of a conversation. It is durable.
 */
export type Accepted = { 
/**
 * The index it has.
 */
index: number, 
/**
 * The ordinal there.
 */
ordinal: number, 
/**
 * The server's time, milliseconds since 1970.
 */
time_ms: number, };

/**
 * What somebody is doing in a conversation.
 */
export type Activity = "typing" | "recording";

/**
 * A new custom emoji.
 */
export type AddEmoji = { 
/**
 * What stands between colons: 2 to 32 of a-z, 0-9, `_`, `+` and `-`.
 */
name: string, 
/**
 * An own upload that is a picture; one that moves of at most 256 KiB.
 */
file_id: FileId, };

/**
 * People to bring into a group.
 */
export type AddMembers = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * Up to 100 users; those already in are left alone.
 */
user_ids: Array<UserId>, };

/**
 * A sticker for a pack. One that is in it already is given the emoji.
 */
export type AddSticker = { 
/**
 * Which pack.
 */
pack_id: StickerPackId, 
/**
 * An own upload that is a picture.
 */
file_id: FileId, 
/**
 * What it says: one emoji.
 */
emoji: string, };

/**
 * A text for every user.
 */
export type Announce = { 
/**
 * At most 1,000 characters; empty takes it away.
 */
text: string, };

/**
 * An announcement for all members.
 */
export type AnnounceToGroup = { 
/**
 * In which group.
 */
conversation_id: ConversationId, 
/**
 * Up to 2,000 characters; empty takes the announcement down.
 */
text: string, };

/**
 * A text for every user.
 */
export type Announcement = { 
/**
 * The text.
 */
text: string, 
/**
 * Since when, milliseconds since 1970.
 */
time_ms: number, };

/**
 * Who has seen the announcement: a page of members in the order of their ids.
 */
export type AnnouncementSeen = { 
/**
 * In which group.
 */
conversation_id: ConversationId, 
/**
 * Continue after this member.
 */
after?: UserId, 
/**
 * Members on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * All of one's folders, in order.
 */
export type ArrangeFolders = { 
/**
 * The version that this change was made from: `version` of the last answer, 0 before the first.
 */
version: number, 
/**
 * At most 20.
 */
folders: Array<Folder>, };

/**
 * The conversations at the top of one's list.
 */
export type ArrangePins = { 
/**
 * All of them, in order from the top; at most 100.
 */
conversation_ids: Array<ConversationId>, };

/**
 * Something that a message carries.
 */
export type Attachment = { 
/**
 * Its id; with the message it leads to the content.
 */
file_id: FileId, 
/**
 * What it is.
 */
kind: AttachmentKind, 
/**
 * Its name, if it has one: up to 255 bytes, without anything that could mislead.
 */
name?: string, 
/**
 * Its media type, as the server found it; `application/octet-stream` for a file.
 */
media_type: string, 
/**
 * Its size, in bytes.
 */
size: number, 
/**
 * Width of a picture or video, in pixels.
 */
width?: number, 
/**
 * Height of a picture or video, in pixels.
 */
height?: number, 
/**
 * Whether a picture moves.
 */
animated?: boolean, 
/**
 * How long a video or a voice message lasts, in milliseconds, as its sender says.
 */
duration_ms?: number, 
/**
 * How loud a voice message is along its time: 64 peaks of 0 to 255.
 */
waveform?: Array<number>, 
/**
 * A blurred picture to show until the real one is there: a ThumbHash in base64.
 */
placeholder?: string, 
/**
 * A still picture of a video; reached through the same message.
 */
poster?: FileId, 
/**
 * Which sticker it is, if it is one: shown bare, without a bubble, and alone in its message.
 */
sticker?: StickerOf, };

/**
 * What an attachment is to people.
 */
export type AttachmentKind = "picture" | "video" | "voice" | "file";

/**
 * Whether somebody is at a device.
 */
export type Attention = "active" | "away";

/**
 * Who may see something.
 */
export type Audience = "everybody" | "contacts" | "nobody";

/**
 * A page of the audit log.
 */
export type AuditPage = { 
/**
 * Newest first.
 */
records: Array<AuditRecord>, 
/**
 * Where the next page starts; nothing on the last page. A filter may answer a page without records and a next.
 */
next?: number, };

/**
 * A record of the audit log.
 */
export type AuditRecord = { 
/**
 * Its place, from 1 without gaps.
 */
index: number, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, 
/**
 * What kind of actor: `user`, `operator` (the command line), `server` or `stranger`.
 */
by: string, 
/**
 * The user who did it.
 */
actor?: UserId, 
/**
 * The name of an operation or of an event.
 */
act: string, 
/**
 * What it was done to.
 */
object: string, 
/**
 * More about it.
 */
detail: string, 
/**
 * SHA-256 in hexadecimal over the record before and this one.
 */
hash: string, };

/**
 * Somebody who may not come in.
 */
export type Ban = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * Who said so.
 */
by: UserId, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, };

/**
 * Somebody who may not be in a group.
 */
export type BanMember = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * Who, a member or not.
 */
user_id: UserId, };

/**
 * A page of those who may not come in.
 */
export type Bans = { 
/**
 * In the order of their ids.
 */
bans: Array<Ban>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * Somebody to hear nothing of any more.
 */
export type BlockUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * A page of the people one has blocked.
 */
export type BlockedUsers = { 
/**
 * In the order of their ids.
 */
users: Array<User>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * What an entry says.
 */
export type Body = { "kind": "text", 
/**
 * What was written: 1 to 8,000 characters; may be empty if the message carries attachments.
 */
text: string, } | { "kind": "location" } & Location | { "kind": "contact", 
/**
 * Who.
 */
user_id: UserId, } | { "kind": "cards" } & Cards | { "kind": "poll" } & Poll | { "kind": "created", 
/**
 * The group's name.
 */
name: string, 
/**
 * Its first members beside the sender, who is the owner.
 */
members: Array<UserId>, 
/**
 * Whether it is a channel.
 */
channel?: boolean, } | { "kind": "members_added", 
/**
 * Who came in.
 */
members: Array<UserId>, 
/**
 * The first index that they may read; this entry's own if not given.
 */
visible_from?: number, } | { "kind": "member_removed", 
/**
 * Who was removed.
 */
member: UserId, } | { "kind": "member_left", 
/**
 * Who owns the group now, when the owner left.
 */
new_owner?: UserId, } | { "kind": "role_changed", 
/**
 * Whose role.
 */
member: UserId, 
/**
 * The role from now on: admin or member.
 */
role: Role, } | { "kind": "owner_changed", 
/**
 * The owner from now on.
 */
owner: UserId, } | { "kind": "renamed", 
/**
 * The name from now on.
 */
name: string, } | { "kind": "recalled", 
/**
 * The message withdrawn.
 */
target: number, } | { "kind": "edited", 
/**
 * The message changed.
 */
target: number, 
/**
 * What it says now. Read from the message itself: nothing once that is gone.
 */
text?: string, 
/**
 * How parts of that are styled.
 */
spans?: Array<TextSpan>, } | { "kind": "disappearing_changed", 
/**
 * When; nothing for never.
 */
disappearing?: Disappearing, } | { "kind": "expired", 
/**
 * The messages.
 */
targets: Array<number>, } | { "kind": "expiry_set", 
/**
 * The messages; there may be none.
 */
targets: Array<number>, 
/**
 * When they disappear, milliseconds since 1970.
 */
expires_ms: number, 
/**
 * Everybody has read up to here.
 */
upto: number, } | { "kind": "liked", 
/**
 * The message.
 */
target: number, 
/**
 * With what.
 */
emoji: string, } | { "kind": "unliked", 
/**
 * The message.
 */
target: number, 
/**
 * Of what.
 */
emoji: string, } | { "kind": "pinned", 
/**
 * The message.
 */
target: number, } | { "kind": "unpinned", 
/**
 * The message.
 */
target: number, } | { "kind": "voted", 
/**
 * The poll.
 */
target: number, } | { "kind": "poll_closed", 
/**
 * The poll.
 */
target: number, } | { "kind": "previewed", 
/**
 * The message. The card is read from it.
 */
target: number, } | { "kind": "gone", 
/**
 * Why.
 */
reason: GoneReason, } | { "kind": "member_joined", 
/**
 * Which link.
 */
link_id: number, 
/**
 * How many came in by it so far, this one included.
 */
uses: number, 
/**
 * The first index that the sender may read; this entry's own if not given.
 */
visible_from?: number, } | { "kind": "settings_changed", 
/**
 * Those that are others from now on.
 */
changes: SettingsChange, } | { "kind": "announced", 
/**
 * What it says; empty if it was only taken down.
 */
text: string, } | { "kind": "alias_changed", 
/**
 * Who.
 */
member: UserId, 
/**
 * The name from now on; empty for none.
 */
alias: string, } | { "kind": "member_muted", 
/**
 * Who.
 */
member: UserId, 
/**
 * Until when, milliseconds since 1970; 0 if the member may write again.
 */
until_ms: number, } | { "kind": "member_banned", 
/**
 * Who.
 */
member: UserId, } | { "kind": "member_unbanned", 
/**
 * Who.
 */
member: UserId, } | { "kind": "dissolved", } | { "kind": "withheld", } | { "kind": "fan_out_changed", 
/**
 * How its messages reach inboxes from now on.
 */
fan_out: FanOut, };

/**
 * A button of a card.
 */
export type Button = { "kind": "reply", 
/**
 * 1 to 80 characters.
 */
text: string, } | { "kind": "link", 
/**
 * 1 to 80 characters.
 */
text: string, 
/**
 * http or https.
 */
url: string, };

/**
 * A card.
 */
export type Card = { 
/**
 * 1 to 200 characters.
 */
title: string, 
/**
 * Up to 2,000 characters.
 */
text?: string, 
/**
 * A picture's address, https. The server does not fetch it.
 */
picture_url?: string, 
/**
 * Up to 6.
 */
buttons?: Array<Button>, };

/**
 * Cards to read and to act on.
 */
export type Cards = { 
/**
 * One, or up to 10 beside each other.
 */
cards: Array<Card>, 
/**
 * Answers that the reader may choose from: up to 10, of 1 to 80 characters.
 */
replies?: Array<string>, };

/**
 * A new password; every other session ends.
 */
export type ChangePassword = { 
/**
 * The present password.
 */
password: string, 
/**
 * The one from now on.
 */
new_password: string, };

/**
 * Settings to change; what is not given stays.
 */
export type ChangeSettings = { 
/**
 * Who may register.
 */
registration?: RegistrationMode, 
/**
 * Whether every user may invite, not only administrators.
 */
members_invite?: boolean, 
/**
 * Whether the server fetches the pages that messages link, to make cards of them.
 */
link_previews?: boolean, 
/**
 * Messages a second of one user, 1 to 1,000.
 */
sends_per_second?: number, 
/**
 * Messages of one user at once, 1 to 10,000.
 */
sends_burst?: number, 
/**
 * Messages a second of one user in one conversation, 1 to 1,000.
 */
conversation_sends_per_second?: number, 
/**
 * Messages at once of one user in one conversation, 1 to 10,000.
 */
conversation_sends_burst?: number, 
/**
 * Groups that one user may create in an hour, 1 to 10,000.
 */
new_conversations_per_hour?: number, 
/**
 * Members a group may grow to, 2 to 100,000.
 */
group_max_members?: number, 
/**
 * Seconds for which direct messages are kept, also those there are: 5 to 10 years; 0 for ever.
 */
keep_direct_s?: number, 
/**
 * The same for messages in groups.
 */
keep_group_s?: number, 
/**
 * The same for messages in channels.
 */
keep_channel_s?: number, 
/**
 * Names of settings that go back to the settings file.
 */
reset?: Array<string>, };

/**
 * What changed since the client's cursor.
 */
export type Changes = { 
/**
 * The cursor to keep and to send next time.
 */
user_index: number, 
/**
 * The client's cursor is not usable: drop what is known of the list and load it anew, then go on from
 * `user_index`. Unsent messages and held history stay.
 */
reset: boolean, 
/**
 * There is more: ask again with `user_index`.
 */
more: boolean, 
/**
 * Conversations that changed, as they are now. Large groups are always among them.
 */
changed: Array<ConversationSummary>, 
/**
 * Conversations no longer on one's list: one is no longer in them, or took them off.
 */
removed: Array<ConversationId>, 
/**
 * Own collections that changed: read them again. After a reset, all of them.
 */
topics?: Array<Topic>, };

/**
 * A conversation whose history up to now is to be gone for oneself.
 */
export type ClearConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * A conversation no longer shown on screen.
 */
export type CloseConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * A poll to be closed.
 */
export type ClosePoll = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The poll's index.
 */
index: number, };

/**
 * A contact, or a request to be one.
 */
export type Contact = { 
/**
 * Who.
 */
user: User, 
/**
 * How it stands.
 */
state: ContactState, 
/**
 * One's own name for the contact.
 */
name?: string, 
/**
 * What was written with the request.
 */
note?: string, 
/**
 * Since when it stands so, milliseconds since 1970.
 */
since_ms: number, };

/**
 * How two people stand to each other.
 */
export type ContactState = "contact" | "outgoing" | "incoming";

/**
 * A page of contacts and requests.
 */
export type Contacts = { 
/**
 * In the order of user ids.
 */
contacts: Array<Contact>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * What a message can be instead of a text.
 */
export type Content = { "kind": "location" } & Location | { "kind": "contact", 
/**
 * Who.
 */
user_id: UserId, } | { "kind": "cards" } & Cards | { "kind": "poll" } & Poll;

/**
 * A conversation: two users (`d_…_…`, the lower id first) or a group (`g_…`).
 */
export type ConversationId = string;

/**
 * What kind of conversation.
 */
export type ConversationKind = "direct" | "group" | "channel";

/**
 * How far the members of a conversation have got.
 */
export type ConversationProgress = { 
/**
 * The other members, in the order of their ids.
 */
members: Array<MemberProgress>, };

/**
 * A group's settings.
 */
export type ConversationSettings = { 
/**
 * The name.
 */
name: string, 
/**
 * All settings.
 */
settings: Settings, 
/**
 * What is announced.
 */
announcement?: GroupAnnouncement, 
/**
 * What one may do.
 */
rights: Rights, 
/**
 * Until when one may not write, milliseconds since 1970.
 */
muted_until_ms?: number, };

/**
 * A conversation as its row in the list shows it.
 */
export type ConversationSummary = { 
/**
 * The id.
 */
conversation_id: ConversationId, 
/**
 * Direct or group.
 */
kind: ConversationKind, 
/**
 * A group's name.
 */
name?: string, 
/**
 * A group's photo: `GET /api/v1/conversations/{conversation_id}/photo/{file_id}`.
 */
photo?: FileId, 
/**
 * One's own role.
 */
role: Role, 
/**
 * How many members.
 */
member_count: number, 
/**
 * How messages reach inboxes.
 */
fan_out: FanOut, 
/**
 * The last index.
 */
head: number, 
/**
 * The first index one may read; it rises when one clears the history.
 */
visible_from: number, 
/**
 * The highest index one has read; one's own messages count as read.
 */
read_index: number, 
/**
 * Messages after `read_index`.
 */
unread: number, 
/**
 * Messages after `read_index` that mention one.
 */
mentioned?: number, 
/**
 * Whether one marked it as unread oneself.
 */
marked_unread?: boolean, 
/**
 * One's own settings of it, unless all are as at the beginning.
 */
personal?: Personal, 
/**
 * What one has begun to write there.
 */
draft?: Draft, 
/**
 * When its messages disappear; not there if they stay.
 */
disappearing?: Disappearing, 
/**
 * Whether one took it off one's list; it comes back with the next message.
 */
deleted?: boolean, 
/**
 * Stretches of messages that one has hidden: show none of their messages, and forget their content.
 */
hidden?: Array<Span>, 
/**
 * Whether it is a stranger's direct conversation that one has not accepted yet.
 */
request?: boolean, 
/**
 * Direct ones: the highest index the other has read, unless that is not shown to one.
 */
peer_read_index?: number, 
/**
 * Direct ones: the highest index that reached one of the other's devices, unless that is not shown to one.
 */
peer_delivered_index?: number, 
/**
 * When something last happened, milliseconds since 1970.
 */
activity_ms: number, 
/**
 * The latest message, if one may see it.
 */
last_message?: Entry, };

/**
 * A page of the conversation list.
 */
export type Conversations = { 
/**
 * Latest activity first.
 */
conversations: Array<ConversationSummary>, 
/**
 * Where the next page starts; nothing on the last page.
 */
next?: string, };

/**
 * A new group.
 */
export type CreateGroup = { 
/**
 * 1 to 100 characters.
 */
name: string, 
/**
 * Up to 100 first members beside oneself.
 */
member_ids: Array<UserId>, 
/**
 * The device's retry key: the same one answers the same group.
 */
client_message_id: string, 
/**
 * `group`, as if not given, or `channel`: few write, any number read.
 */
kind?: ConversationKind, };

/**
 * A legal hold on a user or on a conversation: what is erased or edited from then on is kept as a sealed copy.
 */
export type CreateHold = { 
/**
 * Everything that this user wrote, and everything in the conversations that the user is in.
 */
user_id?: UserId, 
/**
 * Everything in this conversation.
 */
conversation_id?: ConversationId, 
/**
 * Why: 1 to 1,000 characters.
 */
note: string, };

/**
 * A new invite to register.
 */
export type CreateInvite = { 
/**
 * How many people may register with it, 1 to 1,000; 1 if not given.
 */
uses?: number, 
/**
 * How long it is good, in milliseconds: at most 365 days; 7 days if not given.
 */
expires_in_ms?: number, 
/**
 * What it is for, at most 200 characters; only the inviter and administrators see it.
 */
note?: string, };

/**
 * A link to make.
 */
export type CreateLink = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, 
/**
 * How many may come in by it; any number if not given.
 */
max_uses?: number, 
/**
 * Seconds until it ends, up to a year; never if not given.
 */
expires_in_s?: number, 
/**
 * Whether those who use it have to be let in by the owner or an admin.
 */
approval?: boolean, };

/**
 * A new pack, without stickers.
 */
export type CreateStickerPack = { 
/**
 * 1 to 60 characters. One that has the name already is answered instead.
 */
name: string, };

/**
 * A user to make. The first sign-in needs a new password.
 */
export type CreateUser = { 
/**
 * The username, by the rules of `account.register`.
 */
username: string, 
/**
 * What others see; the username if not given.
 */
display_name?: string, };

/**
 * A custom emoji.
 */
export type CustomEmoji = { 
/**
 * What stands between colons in texts and likes.
 */
name: string, 
/**
 * Its picture; another one if the name was given anew.
 */
file_id: FileId, 
/**
 * Its width, in pixels.
 */
width: number, 
/**
 * Its height, in pixels.
 */
height: number, 
/**
 * Whether it moves.
 */
animated: boolean, };

/**
 * All custom emoji.
 */
export type CustomEmojiList = { 
/**
 * At most 1000, by name.
 */
emoji: Array<CustomEmoji>, };

/**
 * Somebody to let in, or not.
 */
export type DecideRequest = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, 
/**
 * Who asked.
 */
user_id: UserId, 
/**
 * Whether the one comes in.
 */
approve: boolean, };

/**
 * A request to decline. The other side is not told, and asking again is not shown.
 */
export type DeclineContact = { 
/**
 * Whose.
 */
user_id: UserId, };

/**
 * A conversation to be taken off one's own list until something new arrives.
 */
export type DeleteConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * An upload that is not to be sent after all, or to be continued.
 */
export type DeleteFile = { 
/**
 * Which.
 */
file_id: FileId, };

/**
 * A pack to take away. Messages with its stickers keep them.
 */
export type DeleteStickerPack = { 
/**
 * Which.
 */
pack_id: StickerPackId, };

/**
 * How far one's device has got in a conversation.
 */
export type DeliveredMark = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * The highest index held; above the head counts as the head, lower than before changes nothing.
 */
index: number, };

/**
 * What a message carries beside its body. Every field is absent unless it says something.
 */
export type Details = { 
/**
 * The message it answers, by its index in the same conversation.
 */
reply_to?: number, 
/**
 * When it was last edited, milliseconds since 1970.
 */
edited_ms?: number, 
/**
 * When it disappears, milliseconds since 1970.
 */
expires_ms?: number, 
/**
 * It disappears so many milliseconds after every other member has read it; then `expires_ms` stands in its place.
 */
expires_after_ms?: number, 
/**
 * If no device of another member has it by then, it expires. Milliseconds since 1970.
 */
deliver_by_ms?: number, 
/**
 * How parts of its text are styled: sorted, properly nested.
 */
spans?: Array<TextSpan>, 
/**
 * Where it comes from, if it was forwarded.
 */
forwarded?: Origin, 
/**
 * The pictures, videos, voice messages and files it carries, 1 to 10; its text is their caption then, and may be
 * empty.
 */
attachments?: Array<Attachment>, 
/**
 * A card of the first link in its text, once the server has made one.
 */
preview?: PagePreview, 
/**
 * What it is liked with, the emoji that came first first. Added when it is read.
 */
likes?: Array<Likes>, 
/**
 * When somebody closed the poll, milliseconds since 1970.
 */
closed_ms?: number, 
/**
 * How the poll stands, once somebody voted. Added when it is read.
 */
tally?: Tally, };

/**
 * A user to shut out.
 */
export type DisableUser = { 
/**
 * Whom.
 */
user_id: UserId, 
/**
 * Why, at most 200 characters; it stands in the audit log.
 */
reason?: string, };

/**
 * From when the time of a disappearing message runs.
 */
export type DisappearAfter = "sending" | "reading";

/**
 * When the messages of a conversation disappear, for all.
 */
export type Disappearing = { 
/**
 * From when the time runs.
 */
after: DisappearAfter, 
/**
 * For how long a message stays, milliseconds: 5 seconds to 365 days.
 */
ms: number, };

/**
 * A group to dissolve. There is no way back.
 */
export type DissolveGroup = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * Done; nothing to tell.
 */
export type Done = Record<symbol, never>;

/**
 * What one has begun to write.
 */
export type Draft = { 
/**
 * The text so far.
 */
text: string, 
/**
 * The message it will answer.
 */
reply_to?: number, 
/**
 * When it was written, milliseconds since 1970.
 */
changed_ms: number, };

/**
 * Another text for one of one's own messages.
 */
export type EditMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * Its index.
 */
index: number, 
/**
 * What it says from now on: 1 to 8,000 characters; may be nothing if it carries attachments.
 */
text: string, 
/**
 * How the text is to be read; as it stands if not given.
 */
format?: Format, 
/**
 * How parts of the text are styled, instead of Markdown.
 */
spans?: Array<TextSpan>, };

/**
 * A user to let in again.
 */
export type EnableUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * Why the server ends a connection.
 */
export type EndReason = "draining" | "busy" | "session_ended";

/**
 * One of one's own sessions.
 */
export type EndSession = { 
/**
 * The session to end.
 */
session_id: SessionId, };

/**
 * Several entries of a log.
 */
export type Entries = { 
/**
 * Those that are there for this reader.
 */
entries: Array<Entry>, };

/**
 * One element of a conversation's log.
 */
export type Entry = { 
/**
 * Place in the log, consecutive from 1.
 */
index: number, 
/**
 * Count of messages up to and including this entry; unread counts are differences of it.
 */
ordinal: number, 
/**
 * The server's clock at the commit, milliseconds since 1970. For people; the order is the index.
 */
time_ms: number, 
/**
 * Who did it.
 */
sender: UserId, 
/**
 * The session it came from, so that a device knows its own.
 */
session: SessionId, 
/**
 * The sending device's retry key.
 */
client_message_id?: string, 
/**
 * What happened.
 */
body: Body, 
/**
 * What a message carries beside its body; nothing for a plain one.
 */
details?: Details, };

/**
 * The stable name of a refusal. Clients branch on it, never on the sentence.
 */
export type ErrorCode = "bad_frame" | "unknown_operation" | "invalid_input" | "too_large" | "quota_exceeded" | "stalled" | "not_signed_in" | "session_ended" | "wrong_credentials" | "user_disabled" | "password_change_needed" | "invite_needed" | "name_taken" | "weak_password" | "registration_closed" | "foreign_origin" | "not_found" | "forbidden" | "muted" | "banned" | "slow_mode" | "too_late" | "retry_key_reused" | "group_full" | "conflict" | "rate_limited" | "unavailable" | "unknown_outcome" | "disk_full" | "internal";

/**
 * A frame that answers no request.
 */
export type Event = { "event": "hello", "data": Hello } | { "event": "entry", "data": { 
/**
 * The conversation it belongs to.
 */
conversation_id: ConversationId, 
/**
 * The entry. Apply it at `local + 1`; lower is a repeat; higher opens a gap that must be pulled first.
 */
entry: Entry, } } | { "event": "cursor", "data": { 
/**
 * The user index.
 */
user_index: number, } } | { "event": "hint", "data": { 
/**
 * The group.
 */
conversation_id: ConversationId, 
/**
 * Its last index.
 */
head: number, } } | { "event": "read", "data": { 
/**
 * The conversation.
 */
conversation_id: ConversationId, 
/**
 * The highest index read.
 */
read_index: number, 
/**
 * Messages after it that others sent.
 */
unread: number, } } | { "event": "progress", "data": { 
/**
 * The conversation.
 */
conversation_id: ConversationId, 
/**
 * Who moved and how far they are now. One's own other devices may be among them.
 */
moved: Array<MemberProgress>, } } | { "event": "typing", "data": { 
/**
 * Where.
 */
conversation_id: ConversationId, 
/**
 * Who.
 */
user_id: UserId, 
/**
 * What they do.
 */
activity: Activity, } } | { "event": "presence", "data": PresenceOf } | { "event": "summary", "data": ConversationSummary } | { "event": "topic", "data": { 
/**
 * Which.
 */
topic: Topic, } } | { "event": "unsynced", "data": Record<symbol, never> } | { "event": "announcement", "data": { 
/**
 * What.
 */
announcement?: Announcement, } } | { "event": "goodbye", "data": { 
/**
 * Why.
 */
reason: EndReason, 
/**
 * Come back after so many milliseconds; the server spreads its clients with it.
 */
retry_after_ms: number, 
/**
 * The place that was kept: connect with `?place=` and this, so as not to stand at the end again.
 */
place?: string, } };

/**
 * A page of a conversation as JSON lines.
 */
export type ExportConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * Go on after this index: `next` of the page before.
 */
after?: number, 
/**
 * Entries on the page, at most 200; 200 if not given.
 */
limit?: number, };

/**
 * A page of a conversation's export for administrators, with what holds keep of it.
 */
export type ExportForAdministrators = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * Why, 1 to 1,000 characters; it stands in the audit log.
 */
reason: string, 
/**
 * Continue after this index: `next` of the page before.
 */
after?: number, 
/**
 * Entries on the page, at most 200, also if not given.
 */
limit?: number, };

/**
 * A page of a conversation as JSON lines.
 */
export type Exported = { 
/**
 * Each line is one JSON object and ends with a line feed: on the first page one with the `conversation`, then
 * the entries in index order. Pages joined are a file.
 */
lines: string, 
/**
 * Send this as `after` for the next page; nothing on the last.
 */
next?: number, };

/**
 * How messages reach the members' inboxes.
 */
export type FanOut = "write" | "read";

/**
 * A file that somebody uploaded: 128 bits of chance, so that nobody guesses one.
 */
export type FileId = string;

/**
 * A complete upload, as it can be sent.
 */
export type FileInfo = { 
/**
 * Its id, for `attachments` of a message.
 */
file_id: FileId, 
/**
 * What it can be sent as.
 */
kind: AttachmentKind, 
/**
 * Its name, if it has one.
 */
name?: string, 
/**
 * Its media type, as the server found it.
 */
media_type: string, 
/**
 * Its size, in bytes; a picture's after it was made anew.
 */
size: number, 
/**
 * Width of a picture, in pixels.
 */
width?: number, 
/**
 * Height of a picture, in pixels.
 */
height?: number, 
/**
 * Whether a picture moves.
 */
animated?: boolean, 
/**
 * A blurred picture: a ThumbHash in base64.
 */
placeholder?: string, 
/**
 * Until when it can be sent, milliseconds since 1970; then it is erased unless a message carries it.
 */
expires_ms: number, };

/**
 * A link that leads to a file without a session, for a while.
 */
export type FileLink = { 
/**
 * The path on this server, with its signature.
 */
path: string, 
/**
 * Until when it leads there, milliseconds since 1970.
 */
expires_ms: number, };

/**
 * Messages that carry something, newest first.
 */
export type FileList = { 
/**
 * The messages, as one is shown them.
 */
messages: Array<Entry>, 
/**
 * Where to go on, as `before`; absent at the end. There may be fewer messages than asked for before it.
 */
before?: number, };

/**
 * What one's files take up, and may.
 */
export type FileUsage = { 
/**
 * Bytes of all files one uploaded that are kept, and of uploads under way.
 */
used_bytes: number, 
/**
 * How many they may be.
 */
quota_bytes: number, 
/**
 * How many a single file may have.
 */
file_max_bytes: number, 
/**
 * Uploads under way.
 */
uploads: number, };

/**
 * One user by one of these.
 */
export type FindUser = { 
/**
 * The exact username.
 */
username?: string, 
/**
 * The telephone number, of somebody who may be found by it.
 */
phone?: string, 
/**
 * The e-mail address, of somebody who may be found by it.
 */
email?: string, };

/**
 * A folder: conversations chosen one by one, by what they are, or both.
 */
export type Folder = { 
/**
 * Chosen by the client that made it: 1 to 64 letters, digits, `-`, `_`.
 */
folder_id: string, 
/**
 * 1 to 30 characters.
 */
name: string, 
/**
 * Conversations that are in it whatever they are; at most 200.
 */
included: Array<ConversationId>, 
/**
 * Conversations that are not in it whatever they are; at most 200.
 */
excluded: Array<ConversationId>, 
/**
 * All direct conversations are in it.
 */
direct: boolean, 
/**
 * All groups and channels are in it.
 */
groups: boolean, 
/**
 * Of those by kind only the ones with something unread.
 */
unread_only: boolean, };

/**
 * One's folders.
 */
export type Folders = { 
/**
 * Rises with each change.
 */
version: number, 
/**
 * In order.
 */
folders: Array<Folder>, };

/**
 * How a text is to be read.
 */
export type Format = "plain" | "markdown";

/**
 * Messages to be forwarded.
 */
export type ForwardMessages = { 
/**
 * Where they are.
 */
conversation_id: ConversationId, 
/**
 * Their indexes, 1 to 20, in the order of the copies.
 */
indexes: Array<number>, 
/**
 * To which conversations, 1 to 20.
 */
to: Array<ConversationId>, 
/**
 * The device's retry key of the whole.
 */
client_message_id: string, };

/**
 * What was forwarded.
 */
export type Forwarded = { 
/**
 * One for each conversation, in the order asked.
 */
forwarded: Array<ForwardedTo>, };

/**
 * Copies in a conversation.
 */
export type ForwardedTo = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * The indexes of the copies, in the order asked.
 */
indexes: Array<number>, };

/**
 * One conversation.
 */
export type GetConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * A group whose settings one wants to see.
 */
export type GetConversationSettings = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * What the server measures, to draw while somebody looks.
 */
export type GetFigures = Record<symbol, never>;

/**
 * One of one's uploads.
 */
export type GetFile = { 
/**
 * Which.
 */
file_id: FileId, };

/**
 * What one's files take up.
 */
export type GetFileUsage = Record<symbol, never>;

/**
 * A part of a conversation's log. Without `after` and `before`: its end.
 */
export type GetHistory = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * Entries above this index, lowest first.
 */
after?: number, 
/**
 * Entries below this index, the highest ones; with `after` too, the range between.
 */
before?: number, 
/**
 * At most so many entries, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * The profile of the signed-in user.
 */
export type GetMe = Record<symbol, never>;

/**
 * One entry.
 */
export type GetMessage = { 
/**
 * Of which conversation.
 */
conversation_id: ConversationId, 
/**
 * Its index.
 */
index: number, };

/**
 * One's settings of notifications.
 */
export type GetNotifications = Record<symbol, never>;

/**
 * How the server is doing.
 */
export type GetOverview = Record<symbol, never>;

/**
 * What one lets others see.
 */
export type GetPrivacy = Record<symbol, never>;

/**
 * Everybody's place in a conversation of up to 500 members.
 */
export type GetProgress = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * One report, with what was reported while it is open.
 */
export type GetReport = { 
/**
 * Which.
 */
report_id: ReportId, };

/**
 * What this server is.
 */
export type GetServer = Record<symbol, never>;

/**
 * The settings that can change while the server runs.
 */
export type GetSettings = Record<symbol, never>;

/**
 * One user by id.
 */
export type GetUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * Why a message has no content any more.
 */
export type GoneReason = "recalled" | "expired" | "hidden";

/**
 * What stands for all members to see.
 */
export type GroupAnnouncement = { 
/**
 * What it says.
 */
text: string, 
/**
 * Who put it up.
 */
by: UserId, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, 
/**
 * Its entry.
 */
index: number, };

/**
 * A group as administrators see it: its measures, no content.
 */
export type GroupDetails = { 
/**
 * The id.
 */
conversation_id: ConversationId, 
/**
 * The name.
 */
name: string, 
/**
 * Who owns it; nobody once it is empty.
 */
owner?: UserId, 
/**
 * How many members.
 */
member_count: number, 
/**
 * How messages reach inboxes.
 */
fan_out: FanOut, 
/**
 * The last index.
 */
head: number, 
/**
 * How many messages so far.
 */
messages: number, 
/**
 * When something last happened, milliseconds since 1970.
 */
activity_ms: number, };

/**
 * A page of groups.
 */
export type GroupPage = { 
/**
 * Newest first.
 */
groups: Array<GroupDetails>, 
/**
 * Where the next page starts; nothing on the last page. A search may answer a page without groups and a next.
 */
next?: ConversationId, };

/**
 * What a client needs to know once signed in.
 */
export type Hello = { 
/**
 * Who is signed in.
 */
user_id: UserId, 
/**
 * This device's session.
 */
session_id: SessionId, 
/**
 * The durable head of the user's inbox; equal to the client's own cursor means nothing was missed.
 */
user_index: number, 
/**
 * The server's clock, milliseconds since 1970.
 */
time_ms: number, 
/**
 * Send `ping` after so many milliseconds of silence.
 */
heartbeat_ms: number, 
/**
 * The server's version; a web client reloads when it changes.
 */
version: string, 
/**
 * What the administrators tell every user.
 */
announcement?: Announcement, };

/**
 * Messages to take out of one's own sight, on all own devices; nobody else notices.
 */
export type HideMessages = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * Their indexes, 1 to 100.
 */
indexes: Array<number>, };

/**
 * A part of a conversation's log.
 */
export type History = { 
/**
 * In index order.
 */
entries: Array<Entry>, 
/**
 * The range this answer covers: every entry from here,
 */
from: number, 
/**
 * to here is in `entries`. `to < from` means an empty range.
 */
to: number, 
/**
 * The last index of the conversation.
 */
head: number, 
/**
 * Entries below this index are not there for this reader (before joining, or pruned).
 */
visible_from: number, };

/**
 * What a newcomer may read of what was before. It is fixed at joining and never changes for a member afterwards.
 */
export type HistoryPolicy = { "policy": "all" } | { "policy": "since_joined" } | { "policy": "since_invited" } | { "policy": "last_n", 
/**
 * How many, 1 to 10,000.
 */
count: number, } | { "policy": "none" };

/**
 * A legal hold.
 */
export type Hold = { 
/**
 * Its id.
 */
hold_id: HoldId, 
/**
 * The user it is on.
 */
user_id?: UserId, 
/**
 * The conversation it is on.
 */
conversation_id?: ConversationId, 
/**
 * Why.
 */
note: string, 
/**
 * Who made it; nobody if it was the command line.
 */
created_by?: UserId, 
/**
 * When it was made, milliseconds since 1970.
 */
created_ms: number, 
/**
 * When it ended, milliseconds since 1970.
 */
released_ms?: number, };

/**
 * A legal hold.
 */
export type HoldId = string;

/**
 * A page of legal holds.
 */
export type HoldPage = { 
/**
 * Newest first.
 */
holds: Array<Hold>, 
/**
 * Where the next page starts; nothing on the last page.
 */
next?: HoldId, };

/**
 * One group, with what administrators see.
 */
export type InspectGroup = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * One user, with what administrators see.
 */
export type InspectUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * An invite to register.
 */
export type Invite = { 
/**
 * Its id; not a secret.
 */
invite_id: InviteId, 
/**
 * Who invites; nobody if it was made on the command line.
 */
created_by?: UserId, 
/**
 * What it is for.
 */
note: string, 
/**
 * When it was made, milliseconds since 1970.
 */
created_ms: number, 
/**
 * Until when it is good.
 */
expires_ms: number, 
/**
 * How many people may register with it.
 */
uses: number, 
/**
 * How many still may.
 */
uses_left: number, 
/**
 * Whether it was ended early.
 */
revoked: boolean, };

/**
 * An invite to register. Not a secret: its code is.
 */
export type InviteId = string;

/**
 * A page of invites.
 */
export type Invites = { 
/**
 * Newest first.
 */
invites: Array<Invite>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * A ticket for a WebSocket.
 */
export type IssueTicket = Record<symbol, never>;

/**
 * A group to join by a link. Repeating it changes nothing.
 */
export type JoinConversation = { 
/**
 * The link's code.
 */
code: string, 
/**
 * What to say to who decides, if somebody has to: up to 300 characters.
 */
note?: string, };

/**
 * A link into a group.
 */
export type JoinLink = { 
/**
 * Its id.
 */
link_id: number, 
/**
 * Who made it.
 */
made_by: UserId, 
/**
 * When, milliseconds since 1970.
 */
made_ms: number, 
/**
 * When it ends, milliseconds since 1970.
 */
expires_ms?: number, 
/**
 * How many may come in by it.
 */
max_uses?: number, 
/**
 * How many came in by it.
 */
uses: number, 
/**
 * Whether those who use it have to be let in.
 */
approval: boolean, 
/**
 * Its code, told only when it is made.
 */
code?: string, };

/**
 * The links of a group that may still work.
 */
export type JoinLinks = { 
/**
 * Oldest first.
 */
links: Array<JoinLink>, };

/**
 * What came of joining.
 */
export type JoinOutcome = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * The conversation, if one is in it now; else one has asked, and the owner or an admin decides.
 */
conversation?: ConversationSummary, };

/**
 * Somebody who wants to come in.
 */
export type JoinRequest = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * What the one says.
 */
note: string, 
/**
 * Since when, milliseconds since 1970.
 */
time_ms: number, };

/**
 * A page of those who want to come in.
 */
export type JoinRequests = { 
/**
 * In the order of their ids.
 */
requests: Array<JoinRequest>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * How people come into a group, beside being added by those who may.
 */
export type Joining = "closed" | "link" | "request" | "link_with_approval";

/**
 * A conversation that is kept for a time of its own.
 */
export type KeptConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * Seconds; 0 for ever.
 */
keep_s: number, };

/**
 * How long something took, as counts.
 */
export type Latencies = { 
/**
 * How many were measured.
 */
count: number, 
/**
 * How many took no longer than each of some times, shortest first.
 */
within: Array<Within>, };

/**
 * A group to leave. An owner hands on to the oldest admin, else the oldest member.
 */
export type LeaveConversation = { 
/**
 * Which group.
 */
conversation_id: ConversationId, };

/**
 * A like of a message.
 */
export type Like = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * With what.
 */
emoji: string, 
/**
 * The entry that tells of it.
 */
index: number, };

/**
 * A like of a message.
 */
export type LikeMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, 
/**
 * Exactly one emoji.
 */
emoji: string, };

/**
 * A page of likes.
 */
export type LikePage = { 
/**
 * In order of liking.
 */
likes: Array<Like>, 
/**
 * Where the next page starts; nothing on the last page.
 */
next?: number, };

/**
 * Those who like a message with the same emoji.
 */
export type Likes = { 
/**
 * The emoji.
 */
emoji: string, 
/**
 * How many.
 */
count: number, 
/**
 * The first of them in order of liking, at most 5.
 */
first: Array<UserId>, 
/**
 * Whether one is among them oneself.
 */
mine: boolean, };

/**
 * A file of a message, to be reached without a session for a while.
 */
export type LinkFile = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, 
/**
 * One of its files.
 */
file_id: FileId, 
/**
 * Which size of a picture; the whole one if not given.
 */
size?: PictureSize, };

/**
 * A group as a link shows it.
 */
export type LinkPreview = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * Group or channel.
 */
kind: ConversationKind, 
/**
 * Its name.
 */
name: string, 
/**
 * What it is about.
 */
description: string, 
/**
 * The `file_id` of its photo, read with the code of the link in `Parlance-Link-Code` or as a member; empty for none.
 */
photo: string, 
/**
 * How many members.
 */
member_count: number, 
/**
 * Whether one would have to be let in.
 */
approval: boolean, 
/**
 * Whether one is in it.
 */
member: boolean, };

/**
 * A page of the audit log, newest first.
 */
export type ListAudit = { 
/**
 * Only this act, such as `admin.disable_user`.
 */
act?: string, 
/**
 * Only acts of this user.
 */
actor?: UserId, 
/**
 * Only acts upon this object, such as a user's id.
 */
object?: string, 
/**
 * Continue below this index: `next` of the page before.
 */
before?: number, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of those who may not come in, in the order of their ids.
 */
export type ListBans = { 
/**
 * Of which group.
 */
conversation_id: ConversationId, 
/**
 * Continue after this user.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of the people one has blocked, in the order of user ids.
 */
export type ListBlocked = { 
/**
 * Continue after this user.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of contacts and requests in the order of user ids.
 */
export type ListContacts = { 
/**
 * Only these; all of them if not given.
 */
state?: ContactState, 
/**
 * Continue after this user.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of the conversation list: pinned ones on top of the first page, then latest activity first.
 */
export type ListConversations = { 
/**
 * Only these; all, archived ones too, if not given.
 */
filter?: ListFilter, 
/**
 * Only those in this folder.
 */
folder_id?: string, 
/**
 * Continue after this place: `next` of the page before.
 */
after?: string, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * All custom emoji.
 */
export type ListEmoji = Record<symbol, never>;

/**
 * What a conversation's messages carry, of one kind.
 */
export type ListFiles = { 
/**
 * Of which conversation.
 */
conversation_id: ConversationId, 
/**
 * Of which kind.
 */
kind: ListedKind, 
/**
 * Messages below this index.
 */
before?: number, 
/**
 * At most so many messages, at most 200; 50 if not given.
 */
limit?: number, 
/**
 * Only with this in a file's name or a link's address, in any case.
 */
name?: string, };

/**
 * Which conversations of one's list.
 */
export type ListFilter = "inbox" | "unread" | "groups" | "direct" | "archived" | "requests";

/**
 * One's folders.
 */
export type ListFolders = Record<symbol, never>;

/**
 * A page of groups, newest first.
 */
export type ListGroups = { 
/**
 * Only groups whose name has this text in it, in any case of its letters.
 */
query?: string, 
/**
 * Continue after this place: `next` of the page before.
 */
after?: ConversationId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of legal holds, newest first, also those that are over.
 */
export type ListHolds = { 
/**
 * Continue after this hold: `next` of the page before.
 */
after?: HoldId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of invites, newest first: one's own, or everybody's for an administrator.
 */
export type ListInvites = { 
/**
 * Continue after this invite.
 */
after?: InviteId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of a message's likes, in order of liking.
 */
export type ListLikes = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, 
/**
 * Only those with this emoji.
 */
emoji?: string, 
/**
 * Continue after this place: `next` of the page before.
 */
after?: number, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A group whose links one wants to see.
 */
export type ListLinks = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * A page of members in the order of their ids.
 */
export type ListMembers = { 
/**
 * Of which conversation.
 */
conversation_id: ConversationId, 
/**
 * Continue after this member.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * One's own requests.
 */
export type ListOwnRequests = Record<symbol, never>;

/**
 * The pinned messages of a conversation.
 */
export type ListPinned = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * Who has read a message. Asked of are the members who were in when it came, its sender left out.
 */
export type ListReaders = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message.
 */
index: number, 
/**
 * Which of them to list; those who have read it if not given.
 */
state?: ReaderState, 
/**
 * Continue after this member.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of reports, oldest first.
 */
export type ListReports = { 
/**
 * Open ones if not given.
 */
state?: ReportState, 
/**
 * Continue after this report.
 */
after?: ReportId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of those who want to come in, in the order of their ids.
 */
export type ListRequests = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, 
/**
 * Continue after this user.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * The conversations that are kept for a time of their own.
 */
export type ListRetention = Record<symbol, never>;

/**
 * One's messages that wait to be sent.
 */
export type ListScheduled = Record<symbol, never>;

/**
 * One's own sessions.
 */
export type ListSessions = Record<symbol, never>;

/**
 * All packs of stickers.
 */
export type ListStickers = Record<symbol, never>;

/**
 * A page of users, newest first.
 */
export type ListUsers = { 
/**
 * Only users whose username or display name has this text in it, in any case of its letters.
 */
query?: string, 
/**
 * Continue after this place: `next` of the page before.
 */
after?: UserId, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * A page of those who chose an option, in order of voting.
 */
export type ListVoters = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The poll's index.
 */
index: number, 
/**
 * Which option, counted from 0.
 */
option: number, 
/**
 * Continue after this place: `next` of the page before.
 */
after?: number, 
/**
 * Rows on the page, at most 200; 50 if not given.
 */
limit?: number, };

/**
 * What a conversation's files are listed by.
 */
export type ListedKind = "picture" | "video" | "voice" | "file" | "link";

/**
 * A place on Earth.
 */
export type Location = { 
/**
 * Degrees north, times ten million.
 */
latitude_e7: number, 
/**
 * Degrees east, times ten million.
 */
longitude_e7: number, 
/**
 * What is there: up to 200 characters.
 */
label?: string, };

/**
 * A sign-in on a device.
 */
export type LogIn = { 
/**
 * The username.
 */
username: string, 
/**
 * The password.
 */
password: string, 
/**
 * What the device list shows for this device.
 */
device_name?: string, 
/**
 * The password from now on; only where `password_change_needed` asked for it.
 */
new_password?: string, };

/**
 * The end of this session.
 */
export type LogOut = Record<symbol, never>;

/**
 * Several entries.
 */
export type LookUpMessages = { 
/**
 * Of which conversation.
 */
conversation_id: ConversationId, 
/**
 * Their indexes, 1 to 100.
 */
indexes: Array<number>, };

/**
 * Several users by id.
 */
export type LookUpUsers = { 
/**
 * Up to 100 ids; unknown ones are left out of the answer.
 */
user_ids: Array<UserId>, };

/**
 * What one's device holds.
 */
export type MarkDelivered = { 
/**
 * Up to 100 conversations; those one is not in are passed over.
 */
marks: Array<DeliveredMark>, };

/**
 * How far one has read.
 */
export type MarkRead = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * The highest index read; above the head counts as the head, lower than before changes nothing.
 */
index: number, };

/**
 * A mark to come back to a conversation.
 */
export type MarkUnread = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * Whether the mark is set.
 */
unread: boolean, };

/**
 * Oneself.
 */
export type Me = { 
/**
 * The profile.
 */
user: User, 
/**
 * Whether one administers this server.
 */
admin: boolean, 
/**
 * This device's session.
 */
session_id: SessionId, 
/**
 * What the administrators tell every user.
 */
announcement?: Announcement, 
/**
 * One's telephone number, which nobody else sees.
 */
phone?: string, 
/**
 * Whether it was proved to be one's own. This server cannot prove it yet: always false.
 */
phone_verified: boolean, 
/**
 * One's e-mail address, which nobody else sees.
 */
email?: string, 
/**
 * Whether it was proved to be one's own. This server cannot prove it yet: always false.
 */
email_verified: boolean, };

/**
 * A member of a conversation.
 */
export type Member = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * As what.
 */
role: Role, 
/**
 * The index at which the member came in.
 */
joined_index: number, 
/**
 * What the member goes by in this group.
 */
alias?: string, 
/**
 * Until when the member may not write, milliseconds since 1970.
 */
muted_until_ms?: number, };

/**
 * How far a member has got in a conversation.
 */
export type MemberProgress = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * The highest index read, if it may be known.
 */
read_index?: number, 
/**
 * The highest index that reached one of the member's devices; not below what was read.
 */
delivered_index: number, };

/**
 * A page of members.
 */
export type Members = { 
/**
 * In the order of their ids.
 */
members: Array<Member>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * A member who may not write for a while.
 */
export type MuteMember = { 
/**
 * In which group.
 */
conversation_id: ConversationId, 
/**
 * Who.
 */
user_id: UserId, 
/**
 * Until when, milliseconds since 1970; 0 lets the member write again.
 */
until_ms: number, };

/**
 * A file to be sent with a message, and what only its sender knows about it.
 */
export type NewAttachment = { 
/**
 * An own upload that is complete, or a sticker.
 */
file_id: FileId, 
/**
 * Width of a video, in pixels. A picture's is known.
 */
width?: number, 
/**
 * Height of a video, in pixels.
 */
height?: number, 
/**
 * How long a video or a voice message lasts, in milliseconds: up to 24 hours. Both need it.
 */
duration_ms?: number, 
/**
 * How loud a voice message is: 64 peaks of 0 to 255.
 */
waveform?: Array<number>, 
/**
 * A still picture of a video: an own upload that is a picture.
 */
poster?: FileId, };

/**
 * A new invite.
 */
export type NewInvite = { 
/**
 * The invite.
 */
invite: Invite, 
/**
 * The secret to register with. Shown once.
 */
code: string, 
/**
 * The path and fragment that opens the web client's sign-up page with the code.
 */
link: string, };

/**
 * One's settings of notifications.
 */
export type Notifications = { 
/**
 * For direct conversations that have no setting of their own.
 */
direct: NotifyLevel, 
/**
 * For groups and channels that have no setting of their own.
 */
groups: NotifyLevel, 
/**
 * Whether a notification may show who wrote what.
 */
preview: boolean, 
/**
 * Whether a notification makes a sound.
 */
sound: boolean, 
/**
 * When to be silent.
 */
quiet_hours?: QuietHours, };

/**
 * Which messages notify.
 */
export type NotifyLevel = "all" | "mentions" | "nothing";

/**
 * A password for one sign-in, which must set another.
 */
export type OneTimePassword = { 
/**
 * Whose.
 */
user: User, 
/**
 * The password. Shown once.
 */
password: string, };

/**
 * A conversation shown on screen: a large group pushes its entries to the sessions that have it open.
 */
export type OpenConversation = { 
/**
 * Which.
 */
conversation_id: ConversationId, };

/**
 * Where a forwarded message comes from.
 */
export type Origin = { 
/**
 * Who wrote it first.
 */
sender: UserId, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, };

/**
 * How the server is doing.
 */
export type Overview = { 
/**
 * The program's version.
 */
version: string, 
/**
 * When it started, milliseconds since 1970.
 */
started_ms: number, 
/**
 * The server's clock.
 */
time_ms: number, 
/**
 * How many users there are.
 */
users: number, 
/**
 * How many groups were made.
 */
groups: number, 
/**
 * How many users are connected now.
 */
online_users: number, 
/**
 * How many reports are open; counting ends at 1,000.
 */
open_reports: number, 
/**
 * The last index of the audit log.
 */
audit_index: number, };

/**
 * One's own request to come in.
 */
export type OwnRequest = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, 
/**
 * The group's name when one asked.
 */
name: string, 
/**
 * What one says.
 */
note: string, 
/**
 * Since when, milliseconds since 1970.
 */
time_ms: number, 
/**
 * Whether it was declined; else it waits.
 */
declined: boolean, };

/**
 * One's own requests that wait or were declined. A granted one is a conversation.
 */
export type OwnRequests = { 
/**
 * By the group's id.
 */
requests: Array<OwnRequest>, };

/**
 * What the page says of itself that a message's text links: a stranger's words, cut and without anything invisible. Made
 * by the server, if its administrators want it.
 */
export type PagePreview = { 
/**
 * The link, as it stands in the text.
 */
url: string, 
/**
 * One line: 1 to 200 characters.
 */
title: string, 
/**
 * One line: up to 400 characters.
 */
description?: string, 
/**
 * What the site calls itself: up to 80 characters. Show the link's host beside it, which cannot lie.
 */
site?: string, 
/**
 * A small picture of it. It is read as the message's files are.
 */
picture?: PreviewPicture, };

/**
 * One's own settings of a conversation.
 */
export type Personal = { 
/**
 * The place among the pinned conversations, from 1 at the top.
 */
pinned?: number, 
/**
 * Muted until then, milliseconds since 1970.
 */
muted_until_ms?: number, 
/**
 * Whether it is in the archive.
 */
archived: boolean, 
/**
 * What to show behind the messages. A `file_id` is a picture of one's own:
 * `GET /api/v1/conversations/{conversation_id}/background/{file_id}`.
 */
background?: string, 
/**
 * Which messages of it notify, if that is set for it.
 */
notify?: NotifyLevel, };

/**
 * One's own settings of a conversation; what is not given stays.
 */
export type Personalize = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * Muted until then, milliseconds since 1970; 0 ends it, 9007199254740991 is for ever.
 */
muted_until_ms?: number, 
/**
 * Whether it is put away in the archive. It stays there when something new arrives.
 */
archived?: boolean, 
/**
 * What to show behind the messages: the `file_id` of an own upload that is a picture, or a name or colour that
 * one's clients understand, at most 200 characters; empty for none.
 */
background?: string, 
/**
 * Which messages of it notify; null goes back to the general setting.
 */
notify?: NotifyLevel | null, };

/**
 * Which size of a picture. One that is not larger than asked is answered as it is.
 */
export type PictureSize = "small" | "large";

/**
 * A message to be pinned for all.
 */
export type PinMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, };

/**
 * A sign of life.
 */
export type Ping = Record<symbol, never>;

/**
 * The conversations at the top of one's list.
 */
export type Pins = { 
/**
 * From the top.
 */
conversation_ids: Array<ConversationId>, };

/**
 * A question that members answer by choosing.
 */
export type Poll = { 
/**
 * 1 to 300 characters.
 */
question: string, 
/**
 * 2 to 12, each of 1 to 100 characters, none twice.
 */
options: Array<string>, 
/**
 * Whether one may choose several.
 */
multiple?: boolean, 
/**
 * Whether nobody is told who chose what, or who voted at all.
 */
anonymous?: boolean, 
/**
 * When it closes by itself, milliseconds since 1970: up to 365 days after it was sent.
 */
closes_ms?: number, };

/**
 * The server's answer to a heartbeat.
 */
export type Pong = { 
/**
 * The server's clock, milliseconds since 1970.
 */
time_ms: number, 
/**
 * The durable head of the user's inbox; above the client's cursor means a hint was lost: `sync`.
 */
user_index: number, };

/**
 * Whether somebody is there.
 */
export type PresenceOf = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * Whether.
 */
status: Status, 
/**
 * When the user was last seen, milliseconds since 1970: only of somebody offline who shows it.
 */
last_seen_ms?: number, };

/**
 * Whether some people are there.
 */
export type Presences = { 
/**
 * In the order asked.
 */
people: Array<PresenceOf>, };

/**
 * A link to look behind before joining.
 */
export type PreviewLink = { 
/**
 * The link's code.
 */
code: string, };

/**
 * The picture of a link's preview: made anew by the server, fits into 320 x 320.
 */
export type PreviewPicture = { 
/**
 * By which it is read.
 */
file_id: FileId, 
/**
 * Its width.
 */
width: number, 
/**
 * Its height.
 */
height: number, 
/**
 * Its ThumbHash in base64.
 */
placeholder: string, };

/**
 * What one lets others see.
 */
export type Privacy = { 
/**
 * Whether others see what one has read, and one what others have.
 */
show_reads: boolean, 
/**
 * Who sees when one was last seen.
 */
last_seen: Audience, 
/**
 * Who sees whether one is there.
 */
online: Audience, 
/**
 * Who sees one's picture.
 */
picture: Audience, 
/**
 * Who sees one's status text.
 */
status: Audience, 
/**
 * Who may add one to groups.
 */
groups: Audience, 
/**
 * Whose first direct message goes straight to one's list.
 */
messages: Writers, 
/**
 * Whether others may find one by one's telephone number.
 */
find_by_phone: boolean, 
/**
 * Whether others may find one by one's e-mail address.
 */
find_by_email: boolean, };

/**
 * A refusal, in the form of RFC 9457 (`application/problem+json`), the same over HTTP and the WebSocket.
 */
export type Problem = { 
/**
 * `urn:parlance:error:` and the code.
 */
type: string, 
/**
 * A short title, the same for every occurrence of the code.
 */
title: string, 
/**
 * The HTTP status.
 */
status: number, 
/**
 * The stable code.
 */
code: ErrorCode, 
/**
 * What is wrong this time and what to do.
 */
detail: string, 
/**
 * Milliseconds to wait before trying again.
 */
retry_after_ms?: number, };

/**
 * A part of each day, by the clock on the user's wall.
 */
export type QuietHours = { 
/**
 * The minute of the day at which it begins, 0 to 1439.
 */
from_minute: number, 
/**
 * The minute of the day at which it ends; before `from_minute` if it goes over midnight.
 */
to_minute: number, 
/**
 * Minutes by which the wall's clock is ahead of UTC, -840 to 840.
 */
utc_offset_minutes: number, };

/**
 * How far one has read.
 */
export type ReadState = { 
/**
 * The highest index read.
 */
read_index: number, 
/**
 * Messages after it.
 */
unread: number, };

/**
 * How a message stands with a member.
 */
export type ReaderState = "read" | "unread" | "delivered";

/**
 * Who has read a message.
 */
export type Readers = { 
/**
 * How many have read it; absent for those who do not show their own reading.
 */
read_by?: number, 
/**
 * How many it has reached, those who have read it counted.
 */
delivered_to: number, 
/**
 * Of how many: the members who were in when it came, its sender left out.
 */
of: number, 
/**
 * Those asked for, in the order of their ids.
 */
user_ids: Array<UserId>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * One of one's own messages, to be withdrawn for all.
 */
export type RecallMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * Its index.
 */
index: number, };

/**
 * A new user.
 */
export type Register = { 
/**
 * 3 to 32 of `a-z`, `0-9`, `.`, `_`, `-`, starting with a letter; upper case is made lower.
 */
username: string, 
/**
 * 10 to 128 characters of any kind, not a common password.
 */
password: string, 
/**
 * What others see; the username if not given.
 */
display_name?: string, 
/**
 * What the device list shows for this device.
 */
device_name?: string, 
/**
 * The code of an invite, where one is needed.
 */
invite?: string, };

/**
 * Who may register.
 */
export type RegistrationMode = "open" | "invite" | "closed";

/**
 * A legal hold that is over: its copies are erased.
 */
export type ReleaseHold = { 
/**
 * Which.
 */
hold_id: HoldId, };

/**
 * A contact to remove, on both sides.
 */
export type RemoveContact = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * A custom emoji to take away. Texts and likes keep its name.
 */
export type RemoveEmoji = { 
/**
 * Which.
 */
name: string, };

/**
 * A member to remove.
 */
export type RemoveMember = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * A sticker to take out of its pack. Messages with it keep it.
 */
export type RemoveSticker = { 
/**
 * Which pack.
 */
pack_id: StickerPackId, 
/**
 * Which of its stickers.
 */
file_id: FileId, };

/**
 * A name of one's own for a contact.
 */
export type RenameContact = { 
/**
 * For whom.
 */
user_id: UserId, 
/**
 * Up to 64 characters; empty for none.
 */
name: string, };

/**
 * A name to give.
 */
export type RenameGroup = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * 1 to 100 characters.
 */
name: string, };

/**
 * A report as the queue shows it.
 */
export type Report = { 
/**
 * The id.
 */
report_id: ReportId, 
/**
 * Who reported.
 */
reporter: UserId, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, 
/**
 * The reported message's conversation.
 */
conversation_id: ConversationId, 
/**
 * The reported message's index.
 */
index: number, 
/**
 * Who sent it.
 */
sender: UserId, 
/**
 * What is wrong with it.
 */
reason: ReportReason, 
/**
 * The reporter's words.
 */
note: string, 
/**
 * Whether somebody has handled it.
 */
state: ReportState, 
/**
 * What was done about it.
 */
resolution?: Resolution, };

/**
 * What was done about a report.
 */
export type ReportAction = "dismissed" | "warned" | "removed" | "disabled" | "other";

/**
 * A report with what was reported.
 */
export type ReportDetails = { 
/**
 * The report.
 */
report: Report, 
/**
 * The message as it was when it was reported; gone once the report is resolved.
 */
entry?: Entry, };

/**
 * A report of a message.
 */
export type ReportId = string;

/**
 * A message to tell the administrators about.
 */
export type ReportMessage = { 
/**
 * Of which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, 
/**
 * What is wrong with it.
 */
reason: ReportReason, 
/**
 * In one's own words, at most 1,000 characters.
 */
note?: string, };

/**
 * What is wrong with a message.
 */
export type ReportReason = "spam" | "abuse" | "illegal" | "other";

/**
 * Whether a report waits for an administrator.
 */
export type ReportState = "open" | "resolved";

/**
 * A report was taken.
 */
export type Reported = { 
/**
 * Its id.
 */
report_id: ReportId, };

/**
 * A page of reports.
 */
export type Reports = { 
/**
 * Oldest first.
 */
reports: Array<Report>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * A request to be contacts. Who is asking one already is accepted.
 */
export type RequestContact = { 
/**
 * Whom.
 */
user_id: UserId, 
/**
 * A word to go with it: up to 300 characters.
 */
note?: string, };

/**
 * A group to be let into. Repeating it changes the note.
 */
export type RequestJoin = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * What to say to who decides: up to 300 characters.
 */
note?: string, };

/**
 * A user who gets a one-time password.
 */
export type ResetPassword = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * What was done about a report.
 */
export type Resolution = { 
/**
 * What.
 */
action: ReportAction, 
/**
 * More about it.
 */
note: string, 
/**
 * By whom; nobody if it was on the command line.
 */
by?: UserId, 
/**
 * When, milliseconds since 1970.
 */
time_ms: number, };

/**
 * A report to close.
 */
export type ResolveReport = { 
/**
 * Which.
 */
report_id: ReportId, 
/**
 * What was done.
 */
action: ReportAction, 
/**
 * More about it, at most 1,000 characters.
 */
note?: string, };

/**
 * A sign-in of a WebSocket with a session's token or a ticket; no password is hashed.
 */
export type Resume = { 
/**
 * The token that `account.register` or `session.log_in` answered, or a ticket of `session.ticket`.
 */
token: string, };

/**
 * The conversations that are kept for a time of their own.
 */
export type Retention = { 
/**
 * By id, at most 1,000.
 */
conversations: Array<KeptConversation>, };

/**
 * An invite to end.
 */
export type RevokeInvite = { 
/**
 * Which.
 */
invite_id: InviteId, };

/**
 * A link to end.
 */
export type RevokeLink = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, 
/**
 * Which.
 */
link_id: number, };

/**
 * What one may do in a group now, by role and settings.
 */
export type Rights = { 
/**
 * Add people and make links.
 */
add: boolean, 
/**
 * Write messages.
 */
post: boolean, 
/**
 * Mention everybody at once.
 */
mention_all: boolean, 
/**
 * Change name, description and photo.
 */
edit_info: boolean, 
/**
 * Pin messages.
 */
pin: boolean, 
/**
 * See who the members are.
 */
list_members: boolean, 
/**
 * Change the other settings, announce, mute, ban, decide who comes in.
 */
manage: boolean, };

/**
 * A user's place in a conversation.
 */
export type Role = "member" | "admin" | "owner";

/**
 * The two-call API: one message.
 */
export type RtmMessage = { 
/**
 * Its position.
 */
pos: number, 
/**
 * Who sent it.
 */
sourceID: UserId, 
/**
 * The text.
 */
text: string, 
/**
 * The server's time, milliseconds since 1970.
 */
timeMs: number, };

/**
 * The two-call API: receive.
 */
export type RtmReceive = { 
/**
 * The signed-in user.
 */
sourceID: UserId, 
/**
 * A user, or a conversation the user is a member of.
 */
targetID: string, 
/**
 * Messages above this index; 0 or nothing from the start.
 */
lastPos?: number, };

/**
 * The two-call API: what was received.
 */
export type RtmReceived = { 
/**
 * In order of position, at most 200.
 */
messages: Array<RtmMessage>, 
/**
 * Send this as `lastPos` next time.
 */
lastPos: number, 
/**
 * Whether there is more now.
 */
more: boolean, };

/**
 * The two-call API: send.
 */
export type RtmSend = { 
/**
 * The signed-in user.
 */
sourceID: UserId, 
/**
 * A user, or a conversation the sender is a member of.
 */
targetID: string, 
/**
 * The text to send.
 */
text?: string, 
/**
 * A picture, voice or file instead of the text; not taken by this server yet.
 */
encodedMedia?: string, 
/**
 * The device's retry key; without it a repeated call sends again.
 */
client_message_id?: string, };

/**
 * The two-call API: what was sent.
 */
export type RtmSent = { 
/**
 * The conversation it went to.
 */
conversationID: ConversationId, 
/**
 * Its position.
 */
pos: number, 
/**
 * The server's time, milliseconds since 1970.
 */
timeMs: number, };

/**
 * A text message to be sent at a time; under an id that waits already it takes that one's place.
 */
export type ScheduleMessage = { 
/**
 * The device's own name for it: letters, digits, `-`, `_`; at most 64.
 */
scheduled_id: string, 
/**
 * When to send it, milliseconds since 1970; up to 365 days ahead.
 */
send_at_ms: number, 
/**
 * To which conversation.
 */
conversation_id: ConversationId, 
/**
 * 1 to 8,000 characters.
 */
text: string, 
/**
 * The message it answers, by its index in the same conversation.
 */
reply_to?: number, };

/**
 * One's messages that wait to be sent, and those that could not be.
 */
export type Scheduled = { 
/**
 * The soonest first, at most 100.
 */
messages: Array<ScheduledMessage>, };

/**
 * A message that waits to be sent, or could not be.
 */
export type ScheduledMessage = { 
/**
 * The device's own name for it.
 */
scheduled_id: string, 
/**
 * When it is to be sent, milliseconds since 1970.
 */
send_at_ms: number, 
/**
 * To which conversation.
 */
conversation_id: ConversationId, 
/**
 * What it says.
 */
text: string, 
/**
 * The message it answers.
 */
reply_to?: number, 
/**
 * Why it was refused when it was due; nothing while it waits.
 */
refused?: ErrorCode, 
/**
 * The same as a sentence.
 */
reason?: string, };

/**
 * Whether a member has seen the announcement.
 */
export type Seen = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * Whether the member has read up to it.
 */
seen: boolean, };

/**
 * A page of members, each with whether the announcement was seen.
 */
export type SeenPage = { 
/**
 * The entry of the announcement; 0 if there is none.
 */
index: number, 
/**
 * In the order of their ids.
 */
members: Array<Seen>, 
/**
 * Whether there are more.
 */
more: boolean, };

/**
 * A text message to send.
 */
export type SendMessage = { 
/**
 * To which conversation.
 */
conversation_id: ConversationId, 
/**
 * The device's retry key: letters, digits, `-`, `_`; at most 64. Repeating it within 7 days answers the first
 * index again.
 */
client_message_id: string, 
/**
 * 1 to 8,000 characters; nothing if there is a `content`, and may be nothing if there are attachments.
 */
text?: string, 
/**
 * How the text is to be read; as it stands if not given.
 */
format?: Format, 
/**
 * How parts of the text are styled, instead of Markdown: sorted, properly nested, at most 200.
 */
spans?: Array<TextSpan>, 
/**
 * What the message is instead of a text.
 */
content?: Content, 
/**
 * Own uploads to send with it, 1 to 10; the text is their caption.
 */
attachments?: Array<NewAttachment>, 
/**
 * The message it answers, by its index in the same conversation.
 */
reply_to?: number, 
/**
 * If no device of another member has it within so many milliseconds (5 seconds to 365 days), it expires.
 */
deliver_within_ms?: number, };

/**
 * What this node measures. Counts begin at its start: what happened between two answers is their difference.
 */
export type ServerFigures = { 
/**
 * The server's clock.
 */
time_ms: number, 
/**
 * WebSockets that are open now.
 */
connections: number, 
/**
 * Messages that were sent.
 */
messages: number, 
/**
 * Bytes of the data folder on disk, without the files that people sent.
 */
store_bytes: number, 
/**
 * From a message read to its acknowledgement written.
 */
acknowledgement: Latencies, 
/**
 * From a message's time stamp, before it is stored, to its live push; once for all who hear it.
 */
delivery: Latencies, };

/**
 * What everybody may know of a server.
 */
export type ServerInfo = { 
/**
 * The program's version.
 */
version: string, 
/**
 * Who may register now.
 */
registration: RegistrationMode, 
/**
 * Whether nobody has registered yet. The first person administers the server.
 */
empty: boolean, };

/**
 * The settings that can change while the server runs.
 */
export type ServerSettings = { 
/**
 * Who may register.
 */
registration: RegistrationMode, 
/**
 * Whether every user may invite, not only administrators.
 */
members_invite: boolean, 
/**
 * Whether the server fetches the pages that messages link, to make cards of them.
 */
link_previews: boolean, 
/**
 * Messages a second of one user.
 */
sends_per_second: number, 
/**
 * Messages of one user at once.
 */
sends_burst: number, 
/**
 * Messages a second of one user in one conversation.
 */
conversation_sends_per_second: number, 
/**
 * Messages at once of one user in one conversation.
 */
conversation_sends_burst: number, 
/**
 * Groups that one user may create in an hour.
 */
new_conversations_per_hour: number, 
/**
 * Members a group may grow to.
 */
group_max_members: number, 
/**
 * Seconds for which direct messages are kept; 0 for ever.
 */
keep_direct_s: number, 
/**
 * Seconds for which messages in groups are kept; 0 for ever.
 */
keep_group_s: number, 
/**
 * Seconds for which messages in channels are kept; 0 for ever.
 */
keep_channel_s: number, 
/**
 * Names of the settings that were changed here; the others are the settings file's.
 */
changed: Array<string>, 
/**
 * The text for every user.
 */
announcement?: Announcement, };

/**
 * A signed-in device.
 */
export type Session = { 
/**
 * The session's id.
 */
session_id: SessionId, 
/**
 * The device's name.
 */
device_name: string, 
/**
 * When it signed in, milliseconds since 1970.
 */
created_ms: number, 
/**
 * Whether it has a connection now.
 */
online: boolean, 
/**
 * Whether it is the one asking.
 */
current: boolean, };

/**
 * A device's signed-in presence. Not a secret: the token is.
 */
export type SessionId = string;

/**
 * One's devices.
 */
export type Sessions = { 
/**
 * Newest first.
 */
sessions: Array<Session>, };

/**
 * Who administers the server.
 */
export type SetAdministrator = { 
/**
 * Whom.
 */
user_id: UserId, 
/**
 * Whether the user administers the server from now on.
 */
administrator: boolean, };

/**
 * A name to go by in one group.
 */
export type SetAlias = { 
/**
 * In which group.
 */
conversation_id: ConversationId, 
/**
 * Whose: oneself if not given. The owner and the admins may take away the alias of others.
 */
user_id?: UserId, 
/**
 * Up to 64 characters; empty for none.
 */
alias: string, };

/**
 * When the messages of a conversation disappear from now on.
 */
export type SetDisappearing = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * From when and for how long; without it messages stay.
 */
disappearing?: Disappearing, };

/**
 * What one has begun to write in a conversation.
 */
export type SetDraft = { 
/**
 * Which conversation.
 */
conversation_id: ConversationId, 
/**
 * Up to 8,000 characters; an empty one takes the draft away.
 */
text: string, 
/**
 * The message it will answer.
 */
reply_to?: number, 
/**
 * When it was written, milliseconds since 1970: the newest wins. Now, if not given.
 */
changed_ms?: number, };

/**
 * Whether somebody is at this device.
 */
export type SetPresence = { 
/**
 * Away after five minutes without input, say.
 */
state: Attention, };

/**
 * For how long the messages of one conversation are kept, whatever holds for its kind.
 */
export type SetRetention = { 
/**
 * Which.
 */
conversation_id: ConversationId, 
/**
 * Seconds: 5 to 10 years; 0 for ever; nothing for as long as others of its kind.
 */
keep_s?: number, };

/**
 * A role to give.
 */
export type SetRole = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * To whom.
 */
user_id: UserId, 
/**
 * `admin` or `member`.
 */
role: Role, };

/**
 * Somebody is writing. It is over 6 seconds after it was last told.
 */
export type SetTyping = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * What.
 */
activity: Activity, };

/**
 * A group's settings, all of them.
 */
export type Settings = { 
/**
 * What the group is about: up to 500 characters.
 */
description: string, 
/**
 * Its photo: the `file_id` of a picture, uploaded by who sets it; empty for none.
 */
photo: string, 
/**
 * Who may add people and make links.
 */
who_adds: Who, 
/**
 * Who may write messages.
 */
who_posts: Who, 
/**
 * Who may mention everybody at once.
 */
who_mentions_all: Who, 
/**
 * Who may change name, description and photo.
 */
who_edits_info: Who, 
/**
 * Who may pin messages.
 */
who_pins: Who, 
/**
 * How people come in.
 */
joining: Joining, 
/**
 * What newcomers may read.
 */
history: HistoryPolicy, 
/**
 * Seconds that a member waits between two messages; 0 for none.
 */
slow_mode_s: number, 
/**
 * Seconds in which a message may be recalled; -1 for as long as the server allows.
 */
recall_window_s: number, 
/**
 * Whether only the owner and the admins see who the members are.
 */
members_hidden: boolean, 
/**
 * Seconds for which messages are kept, also those there are: 5 to 10 years, not above what the server has for this
 * group; 0 for as long as the server does.
 */
keep_s: number, };

/**
 * Settings that are others from now on; the rest stays as it is.
 */
export type SettingsChange = { 
/**
 * What the group is about: up to 500 characters.
 */
description?: string, 
/**
 * Its photo: the `file_id` of a picture, uploaded by who sets it; empty for none.
 */
photo?: string, 
/**
 * Who may add people and make links.
 */
who_adds?: Who, 
/**
 * Who may write messages.
 */
who_posts?: Who, 
/**
 * Who may mention everybody at once.
 */
who_mentions_all?: Who, 
/**
 * Who may change name, description and photo.
 */
who_edits_info?: Who, 
/**
 * Who may pin messages.
 */
who_pins?: Who, 
/**
 * How people come in.
 */
joining?: Joining, 
/**
 * What newcomers may read.
 */
history?: HistoryPolicy, 
/**
 * Seconds that a member waits between two messages; 0 for none.
 */
slow_mode_s?: number, 
/**
 * Seconds in which a message may be recalled; -1 for as long as the server allows.
 */
recall_window_s?: number, 
/**
 * Whether only the owner and the admins see who the members are.
 */
members_hidden?: boolean, 
/**
 * Seconds for which messages are kept, also those there are: 5 to 10 years, not above what the server has for this
 * group; 0 for as long as the server does.
 */
keep_s?: number, };

/**
 * A user whose sessions end.
 */
export type SignOutUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * A device signed in.
 */
export type SignedIn = { 
/**
 * Who.
 */
user: User, 
/**
 * Whether the user administers this server.
 */
admin: boolean, 
/**
 * This device's session.
 */
session_id: SessionId, 
/**
 * The secret of the session, for `Authorization: Bearer …` and `session.resume`. Shown once.
 */
token: string, };

/**
 * A stretch of a log, both ends included.
 */
export type Span = { 
/**
 * The first index.
 */
from: number, 
/**
 * The last index.
 */
to: number, };

/**
 * People to start a chat with: one is the direct conversation, oneself are notes, several are a group.
 */
export type StartConversation = { 
/**
 * Up to 100.
 */
user_ids: Array<UserId>, 
/**
 * The group's name; its members' names if not given. With a name even one person makes a group.
 */
name?: string, 
/**
 * The device's retry key: the same one answers the same group.
 */
client_message_id: string, };

/**
 * A conversation that was started.
 */
export type Started = { 
/**
 * The conversation.
 */
conversation: ConversationSummary, 
/**
 * Those who do not let one add them to groups: ask them to be contacts, or write to them.
 */
not_added?: Array<UserId>, };

/**
 * Whether somebody is there.
 */
export type Status = "online" | "away" | "offline" | "unknown";

/**
 * A sticker.
 */
export type Sticker = { 
/**
 * By which it is sent, and read with its pack.
 */
file_id: FileId, 
/**
 * What it says.
 */
emoji: string, 
/**
 * Its width, in pixels.
 */
width: number, 
/**
 * Its height, in pixels.
 */
height: number, 
/**
 * Whether it moves.
 */
animated: boolean, 
/**
 * A blurred picture to show until the real one is there: a ThumbHash in base64.
 */
placeholder: string, };

/**
 * The sticker that a picture is.
 */
export type StickerOf = { 
/**
 * Of which pack it was when it was sent.
 */
pack_id: StickerPackId, 
/**
 * What it says.
 */
emoji: string, };

/**
 * A pack of stickers.
 */
export type StickerPack = { 
/**
 * Its id.
 */
pack_id: StickerPackId, 
/**
 * What it is called.
 */
name: string, 
/**
 * At most 120, in the order in which they were added.
 */
stickers: Array<Sticker>, };

/**
 * A pack of stickers.
 */
export type StickerPackId = string;

/**
 * All packs of stickers.
 */
export type StickerPacks = { 
/**
 * At most 50, the oldest first.
 */
packs: Array<StickerPack>, };

/**
 * What a part of a text is.
 */
export type Style = { "kind": "bold" } | { "kind": "italic" } | { "kind": "strike" } | { "kind": "code" } | { "kind": "code_block", 
/**
 * In which language: up to 32 letters, digits, `+`, `-`, `#`.
 */
language?: string, } | { "kind": "quote" } | { "kind": "spoiler" } | { "kind": "link", 
/**
 * http, https or mailto.
 */
url: string, 
/**
 * The text looks like another address than the one it leads to: show that one.
 */
suspicious?: boolean, } | { "kind": "mention", 
/**
 * Who.
 */
user_id: UserId, } | { "kind": "mention_all" };

/**
 * What changed for me since a user index.
 */
export type Sync = { 
/**
 * The client's cursor; without it the answer is a reset with the cursor to begin from.
 */
since?: number, 
/**
 * Inbox rows to read, at most 200; 50 if not given.
 */
limit?: number, 
/**
 * If nothing changed, wait up to so many milliseconds (at most 30,000) for a change.
 */
wait_ms?: number, };

/**
 * How a poll stands.
 */
export type Tally = { 
/**
 * Votes for each option, in the order of the options.
 */
counts: Array<number>, 
/**
 * How many people voted.
 */
voters: number, 
/**
 * What one has chosen oneself, counted from 0, lowest first; empty without a vote.
 */
mine?: Array<number>, };

/**
 * A styled part of a text. Spans of a message are sorted and properly nested.
 */
export type TextSpan = { 
/**
 * Its first character.
 */
from: number, 
/**
 * The character after its last.
 */
to: number, 
/**
 * What it is.
 */
style: Style, };

/**
 * A ticket: signs in one WebSocket, once.
 */
export type Ticket = { 
/**
 * The secret, for `session.resume`.
 */
ticket: string, 
/**
 * Until when it is good, milliseconds since 1970.
 */
expires_ms: number, };

/**
 * The user's own collections beside conversations. `sync` names those that changed since the client's cursor.
 */
export type Topic = "profile" | "pins" | "folders" | "notifications" | "privacy" | "scheduled" | "join_requests" | "contacts" | "blocks" | "stickers" | "emoji";

/**
 * A group to hand over.
 */
export type TransferOwnership = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * The member who owns it from now on.
 */
user_id: UserId, };

/**
 * Somebody who may come into a group again.
 */
export type UnbanMember = { 
/**
 * Which group.
 */
conversation_id: ConversationId, 
/**
 * Who.
 */
user_id: UserId, };

/**
 * Somebody to hear of again.
 */
export type UnblockUser = { 
/**
 * Whom.
 */
user_id: UserId, };

/**
 * A like to be taken back.
 */
export type UnlikeMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, 
/**
 * The emoji.
 */
emoji: string, };

/**
 * A message whose pin is taken away.
 */
export type UnpinMessage = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The message's index.
 */
index: number, };

/**
 * A message that is not to be sent after all.
 */
export type UnscheduleMessage = { 
/**
 * Its id.
 */
scheduled_id: string, };

/**
 * People who are no longer shown.
 */
export type UnwatchPresence = { 
/**
 * Whom; everybody if none is named.
 */
user_ids: Array<UserId>, };

/**
 * Settings to change; what is left out stays as it is.
 */
export type UpdateConversation = { 
/**
 * Of which group.
 */
conversation_id: ConversationId, 
/**
 * 1 to 100 characters.
 */
name?: string, 
/**
 * What the group is about: up to 500 characters.
 */
description?: string, 
/**
 * Its photo: the `file_id` of an own upload that is a picture; empty for none.
 */
photo?: string, 
/**
 * Who may add people and make links.
 */
who_adds?: Who, 
/**
 * Who may write messages.
 */
who_posts?: Who, 
/**
 * Who may mention everybody at once.
 */
who_mentions_all?: Who, 
/**
 * Who may change name, description and photo.
 */
who_edits_info?: Who, 
/**
 * Who may pin messages.
 */
who_pins?: Who, 
/**
 * How people come in.
 */
joining?: Joining, 
/**
 * What newcomers may read.
 */
history?: HistoryPolicy, 
/**
 * Seconds that a member waits between two messages, up to a day; 0 for none.
 */
slow_mode_s?: number, 
/**
 * Seconds in which a message may be recalled, up to 30 days; -1 for as long as the server allows.
 */
recall_window_s?: number, 
/**
 * Whether only the owner and the admins see who the members are.
 */
members_hidden?: boolean, 
/**
 * Seconds for which messages are kept, also those there are (owner): 5 to 10 years, not above what the server
 * has for this group; 0 for as long as the server does.
 */
keep_s?: number, };

/**
 * Changes to one's settings of notifications; what is not given stays.
 */
export type UpdateNotifications = { 
/**
 * For direct conversations that have no setting of their own.
 */
direct?: NotifyLevel, 
/**
 * For groups and channels that have no setting of their own.
 */
groups?: NotifyLevel, 
/**
 * Whether a notification may show who wrote what.
 */
preview?: boolean, 
/**
 * Whether a notification makes a sound.
 */
sound?: boolean, 
/**
 * When to be silent; the same minute at both ends for never.
 */
quiet_hours?: QuietHours, };

/**
 * Choices about what others see, in effect at once; what is not given stays.
 */
export type UpdatePrivacy = { 
/**
 * Whether others see what one has read. Who does not show it sees nobody else's.
 */
show_reads?: boolean, 
/**
 * Who sees when one was last seen.
 */
last_seen?: Audience, 
/**
 * Who sees whether one is there.
 */
online?: Audience, 
/**
 * Who sees one's picture.
 */
picture?: Audience, 
/**
 * Who sees one's status text.
 */
status?: Audience, 
/**
 * Who may add one to groups.
 */
groups?: Audience, 
/**
 * Whose first direct message goes straight to one's list; others' waits among the requests.
 */
messages?: Writers, 
/**
 * Whether others may find one by one's telephone number.
 */
find_by_phone?: boolean, 
/**
 * Whether others may find one by one's e-mail address.
 */
find_by_email?: boolean, };

/**
 * Changes to one's profile; what is not given stays.
 */
export type UpdateProfile = { 
/**
 * What others see.
 */
display_name?: string, 
/**
 * A line about oneself; empty for none.
 */
status_text?: string, 
/**
 * One's photo: the `file_id` of an own upload that is a picture; empty for none.
 */
photo?: string, 
/**
 * One's telephone number with `+` and the country's code; empty for none. Nobody else sees it.
 */
phone?: string, 
/**
 * One's e-mail address; empty for none. Nobody else sees it.
 */
email?: string, };

/**
 * A user as others see them.
 */
export type User = { 
/**
 * The id.
 */
user_id: UserId, 
/**
 * The unique name.
 */
username: string, 
/**
 * What to show.
 */
display_name: string, 
/**
 * A line about the user.
 */
status_text: string, 
/**
 * The user's photo, if there is one and one may see it: `GET /api/v1/users/{user_id}/photo/{file_id}`.
 */
photo?: FileId, 
/**
 * Whether the user is disabled on this server and reads nothing.
 */
disabled: boolean, };

/**
 * A user as administrators see them.
 */
export type UserDetails = { 
/**
 * What everybody sees.
 */
user: User, 
/**
 * Whether the user administers this server.
 */
administrator: boolean, 
/**
 * When the user was made, milliseconds since 1970.
 */
created_ms: number, 
/**
 * Since when the user is disabled, milliseconds since 1970.
 */
disabled_ms?: number, 
/**
 * Whether the next sign-in needs a new password.
 */
must_change_password: boolean, 
/**
 * Whether a device is connected now.
 */
online: boolean, 
/**
 * The telephone number that the user gave, unproved.
 */
phone?: string, 
/**
 * The e-mail address that the user gave, unproved.
 */
email?: string, };

/**
 * A user: a person or a bot.
 */
export type UserId = string;

/**
 * A page of users.
 */
export type UserPage = { 
/**
 * Newest first.
 */
users: Array<UserDetails>, 
/**
 * Where the next page starts; nothing on the last page. A search may answer a page without users and a next.
 */
next?: UserId, };

/**
 * Several users.
 */
export type Users = { 
/**
 * In no promised order.
 */
users: Array<User>, };

/**
 * A vote in a poll, in place of one's former.
 */
export type VotePoll = { 
/**
 * In which conversation.
 */
conversation_id: ConversationId, 
/**
 * The poll's index.
 */
index: number, 
/**
 * What one chooses, counted from 0; empty takes one's vote back.
 */
options: Array<number>, };

/**
 * Somebody who chose an option.
 */
export type Voter = { 
/**
 * Who.
 */
user_id: UserId, 
/**
 * The entry that tells of the vote.
 */
index: number, };

/**
 * A page of those who chose an option.
 */
export type VoterPage = { 
/**
 * In order of voting.
 */
voters: Array<Voter>, 
/**
 * Where the next page starts; nothing on the last page.
 */
next?: number, };

/**
 * People whose coming and going is shown on screen.
 */
export type WatchPresence = { 
/**
 * Up to 200 in a request, 1,000 on a connection.
 */
user_ids: Array<UserId>, };

/**
 * Who may do something in a group.
 */
export type Who = "owner" | "admins" | "members";

/**
 * An own request to take back.
 */
export type WithdrawContact = { 
/**
 * To whom it went.
 */
user_id: UserId, };

/**
 * One's own request to take back.
 */
export type WithdrawRequest = { 
/**
 * Into which group.
 */
conversation_id: ConversationId, };

/**
 * How many took no longer than a time.
 */
export type Within = { 
/**
 * The time, microseconds.
 */
us: number, 
/**
 * How many.
 */
count: number, };

/**
 * Whose first direct message goes straight to the list.
 */
export type Writers = "contacts" | "anyone";
