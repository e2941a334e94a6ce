//! The rows of the operation table: documentation, name, method, route, who may, output.
//!
//! A row's name and route are for ever. Rows stand by noun, in the order in which the documentation shows them.

use serde::Serialize;

use super::{Access, Input, Method, Operation, OperationVisitor};
use crate::codec::{self, DecodeError};
use crate::frame::{Encoding, decode_output};
#[allow(clippy::wildcard_imports)] // the table names nearly all of them
use crate::{content::Entry, event::Hello, inputs::*, outputs::*};

operations! {
    /// Registers a user and signs this device in. The first user administers the server.
    Register "account.register" Post "/api/v1/register" Public -> SignedIn;
    /// Signs a device in with username and password.
    LogIn "session.log_in" Post "/api/v1/login" Public -> SignedIn;
    /// Signs this WebSocket in with a session's token.
    Resume "session.resume" Post "" Connection -> Hello;
    /// Makes a ticket that signs in one WebSocket, once and within 30 seconds.
    IssueTicket "session.ticket" Post "/api/v1/sessions/ticket" Session -> Ticket;
    /// A heartbeat; its answer also heals lost hints.
    Ping "session.ping" Post "" Connection -> Pong;
    /// Lists one's signed-in devices.
    ListSessions "session.list" Get "/api/v1/sessions" Session -> Sessions;
    /// Signs another of one's devices out, at once.
    EndSession "session.end" Delete "/api/v1/sessions/{session_id}" Session -> Done;
    /// Signs this device out.
    LogOut "session.log_out" Post "/api/v1/logout" Session -> Done;
    /// Sets a new password and signs all other devices out.
    ChangePassword "account.change_password" Post "/api/v1/me/password" Session -> Done;
    /// Tells what this server is and who may register.
    GetServer "server.get" Get "/api/v1/server" Public -> ServerInfo;
    /// Makes an invite to register (administrators, or everybody where the settings say so).
    CreateInvite "invite.create" Post "/api/v1/invites" Session -> NewInvite;
    /// Lists one's own invites, or everybody's for an administrator.
    ListInvites "invite.list" Get "/api/v1/invites" Session -> Invites;
    /// Ends an invite.
    RevokeInvite "invite.revoke" Delete "/api/v1/invites/{invite_id}" Session -> Done;
    /// Tells who is signed in.
    GetMe "profile.get" Get "/api/v1/me" Session -> Me;
    /// Changes one's profile.
    UpdateProfile "profile.update" Patch "/api/v1/me" Session -> User;
    /// Tells what one lets others see.
    GetPrivacy "privacy.get" Get "/api/v1/me/privacy" Session -> Privacy;
    /// Changes what one lets others see, from now on.
    UpdatePrivacy "privacy.update" Patch "/api/v1/me/privacy" Session -> Privacy;
    /// Shows a user.
    GetUser "user.get" Get "/api/v1/users/{user_id}" Session -> User;
    /// Finds a user by the exact username.
    FindUser "user.find" Get "/api/v1/users" Session -> User;
    /// Shows several users at once.
    LookUpUsers "user.look_up" Post "/api/v1/users/look_up" Session -> Users;
    /// Asks somebody to be a contact; who is asking already is accepted.
    RequestContact "contact.request" Post "/api/v1/contacts" Session -> Contact;
    /// Accepts a request.
    AcceptContact "contact.accept" Post "/api/v1/contacts/{user_id}/accept" Session -> Contact;
    /// Declines a request; the other side is not told.
    DeclineContact "contact.decline" Post "/api/v1/contacts/{user_id}/decline" Session -> Done;
    /// Takes an own request back.
    WithdrawContact "contact.withdraw" Post "/api/v1/contacts/{user_id}/withdraw" Session -> Done;
    /// Ends being contacts, on both sides.
    RemoveContact "contact.remove" Delete "/api/v1/contacts/{user_id}" Session -> Done;
    /// Gives a contact a name of one's own.
    RenameContact "contact.rename" Patch "/api/v1/contacts/{user_id}" Session -> Contact;
    /// Lists contacts and requests.
    ListContacts "contact.list" Get "/api/v1/contacts" Session -> Contacts;
    /// Blocks somebody: nothing of theirs reaches one any more, and they notice nothing.
    BlockUser "contact.block" Post "/api/v1/blocked" Session -> Done;
    /// Ends a block; what was written meanwhile stays hidden.
    UnblockUser "contact.unblock" Delete "/api/v1/blocked/{user_id}" Session -> Done;
    /// Lists the people one has blocked.
    ListBlocked "contact.blocked" Get "/api/v1/blocked" Session -> BlockedUsers;
    /// Hears of people's coming and going on this connection; answers how they are now.
    WatchPresence "presence.watch" Post "" Connection -> Presences;
    /// Ends `presence.watch`.
    UnwatchPresence "presence.unwatch" Post "" Connection -> Done;
    /// Says whether somebody is at this device.
    SetPresence "presence.set" Post "" Connection -> Done;
    /// Starts a chat with one or several people.
    StartConversation "conversation.start" Post "/api/v1/conversations/start" Session -> Started;
    /// Takes a stranger's direct conversation into one's list.
    AcceptConversation "conversation.accept" Post "/api/v1/conversations/{conversation_id}/accept" Session -> ConversationSummary;
    /// Tells that one is writing or recording; more often than every 3 seconds is passed over.
    SetTyping "typing.set" Post "/api/v1/conversations/{conversation_id}/typing" Session -> Done;
    /// Lists one's conversations, latest activity first, with preview and unread count.
    ListConversations "conversation.list" Get "/api/v1/conversations" Session -> Conversations;
    /// Creates a group; one owns it.
    CreateGroup "conversation.create" Post "/api/v1/conversations" Session -> ConversationSummary;
    /// Shows a conversation. A direct one may be asked for before its first message.
    GetConversation "conversation.get" Get "/api/v1/conversations/{conversation_id}" Session -> ConversationSummary;
    /// Renames a group (owner, admins).
    RenameGroup "conversation.rename" Post "/api/v1/conversations/{conversation_id}/name" Session -> Accepted;
    /// Changes a group's name and settings; what is left out stays as it is (owner, admins, or as set).
    UpdateConversation "conversation.update" Patch "/api/v1/conversations/{conversation_id}" Session -> Accepted;
    /// Shows a group's settings, its announcement, and what one may do there.
    GetConversationSettings "conversation.settings" Get "/api/v1/conversations/{conversation_id}/settings" Session -> ConversationSettings;
    /// Puts up an announcement for all members in place of the one before, or takes it down (owner, admins).
    AnnounceToGroup "conversation.announce" Post "/api/v1/conversations/{conversation_id}/announcement" Session -> Accepted;
    /// Tells which members have seen the announcement.
    AnnouncementSeen "conversation.announcement_seen" Get "/api/v1/conversations/{conversation_id}/announcement/seen" Session -> SeenPage;
    /// Sets the name one goes by in a group; the owner and the admins may take away that of others.
    SetAlias "conversation.set_alias" Post "/api/v1/conversations/{conversation_id}/alias" Session -> Accepted;
    /// Dissolves a group for everybody, for ever (owner).
    DissolveGroup "conversation.dissolve" Post "/api/v1/conversations/{conversation_id}/dissolve" Session -> Accepted;
    /// Lets a member not write until then, or again (owner anyone, admins members).
    MuteMember "conversation.mute_member" Post "/api/v1/conversations/{conversation_id}/members/{user_id}/mute" Session -> Accepted;
    /// Puts somebody out of a group who may not come in again (owner anyone, admins members).
    BanMember "conversation.ban" Post "/api/v1/conversations/{conversation_id}/bans" Session -> Accepted;
    /// Lets somebody come in again (owner, admins).
    UnbanMember "conversation.unban" Delete "/api/v1/conversations/{conversation_id}/bans/{user_id}" Session -> Accepted;
    /// Lists those who may not come in (owner, admins).
    ListBans "conversation.bans" Get "/api/v1/conversations/{conversation_id}/bans" Session -> Bans;
    /// Makes a link into a group; its code is told once (who may add people).
    CreateLink "link.create" Post "/api/v1/conversations/{conversation_id}/links" Session -> JoinLink;
    /// Lists a group's links: all for owner and admins, the own ones for others who may make some.
    ListLinks "link.list" Get "/api/v1/conversations/{conversation_id}/links" Session -> JoinLinks;
    /// Ends a link (owner, admins, its maker).
    RevokeLink "link.revoke" Delete "/api/v1/conversations/{conversation_id}/links/{link_id}" Session -> Done;
    /// Shows the group behind a link.
    PreviewLink "link.preview" Post "/api/v1/links/preview" Session -> LinkPreview;
    /// Joins a group by a link, or asks to be let in where that is wanted.
    JoinConversation "conversation.join" Post "/api/v1/links/join" Session -> JoinOutcome;
    /// Asks to be let into a group that takes requests.
    RequestJoin "join_request.create" Post "/api/v1/conversations/{conversation_id}/requests" Session -> JoinOutcome;
    /// Takes one's own request back.
    WithdrawRequest "join_request.withdraw" Delete "/api/v1/conversations/{conversation_id}/requests" Session -> Done;
    /// Lists those who want to come in (owner, admins).
    ListRequests "join_request.list" Get "/api/v1/conversations/{conversation_id}/requests" Session -> JoinRequests;
    /// Lets somebody in who asked, or does not (owner, admins).
    DecideRequest "join_request.decide" Post "/api/v1/conversations/{conversation_id}/requests/{user_id}" Session -> Done;
    /// Lists one's own requests that wait or were declined.
    ListOwnRequests "join_request.mine" Get "/api/v1/me/join_requests" Session -> OwnRequests;
    /// Lists the members.
    ListMembers "conversation.members" Get "/api/v1/conversations/{conversation_id}/members" Session -> Members;
    /// Adds people to a group (owner, admins).
    AddMembers "conversation.add_members" Post "/api/v1/conversations/{conversation_id}/members" Session -> Accepted;
    /// Removes a member (the owner anyone, admins members).
    RemoveMember "conversation.remove_member" Delete "/api/v1/conversations/{conversation_id}/members/{user_id}" Session -> Accepted;
    /// Leaves a group. An owner hands on to the oldest admin, else the oldest member.
    LeaveConversation "conversation.leave" Post "/api/v1/conversations/{conversation_id}/leave" Session -> Accepted;
    /// Makes a member an admin, or an admin a member (owner).
    SetRole "conversation.set_role" Post "/api/v1/conversations/{conversation_id}/roles" Session -> Accepted;
    /// Hands a group over to a member (owner).
    TransferOwnership "conversation.transfer" Post "/api/v1/conversations/{conversation_id}/transfer" Session -> Accepted;
    /// Sends a message: a text, a place, a contact, or cards. The answer means: it is durable.
    SendMessage "message.send" Post "/api/v1/conversations/{conversation_id}/messages" Session -> Accepted;
    /// Withdraws one of one's own messages for all, within 24 hours unless set otherwise; nothing returns its content afterwards.
    RecallMessage "message.recall" Delete "/api/v1/conversations/{conversation_id}/messages/{index}" Session -> Accepted;
    /// Has a text message sent at a time, or changes one that waits.
    ScheduleMessage "message.schedule" Post "/api/v1/scheduled" Session -> ScheduledMessage;
    /// Lists one's messages that wait to be sent, and those that could not be, with the reason.
    ListScheduled "message.scheduled" Get "/api/v1/scheduled" Session -> Scheduled;
    /// Drops a message that waits to be sent.
    UnscheduleMessage "message.unschedule" Delete "/api/v1/scheduled/{scheduled_id}" Session -> Done;
    /// Hides up to 100 messages for oneself, on all own devices; nobody else notices.
    HideMessages "message.hide" Post "/api/v1/conversations/{conversation_id}/messages/hide" Session -> ConversationSummary;
    /// Changes the text of one of one's own messages, within 48 hours unless set otherwise.
    EditMessage "message.edit" Patch "/api/v1/conversations/{conversation_id}/messages/{index}" Session -> Accepted;
    /// Forwards messages that one may see, with where they come from.
    ForwardMessages "message.forward" Post "/api/v1/conversations/{conversation_id}/messages/forward" Session -> Forwarded;
    /// Likes a message with an emoji.
    LikeMessage "message.like" Post "/api/v1/conversations/{conversation_id}/messages/{index}/likes" Session -> Accepted;
    /// Takes a like back.
    UnlikeMessage "message.unlike" Delete "/api/v1/conversations/{conversation_id}/messages/{index}/likes" Session -> Accepted;
    /// Lists who likes a message, in order of liking.
    ListLikes "message.likes" Get "/api/v1/conversations/{conversation_id}/messages/{index}/likes" Session -> LikePage;
    /// Votes in a poll, in place of one's former vote; giving none takes it back.
    VotePoll "poll.vote" Post "/api/v1/conversations/{conversation_id}/messages/{index}/poll/vote" Session -> Accepted;
    /// Closes a poll (its sender; in a group the owner and admins too).
    ClosePoll "poll.close" Post "/api/v1/conversations/{conversation_id}/messages/{index}/poll/close" Session -> Accepted;
    /// Lists who chose an option of a poll that is not anonymous.
    ListVoters "poll.voters" Get "/api/v1/conversations/{conversation_id}/messages/{index}/poll/voters" Session -> VoterPage;
    /// Pins a message for all (in a group: owner, admins).
    PinMessage "message.pin" Post "/api/v1/conversations/{conversation_id}/messages/{index}/pin" Session -> Accepted;
    /// Takes a pin away (as `message.pin`).
    UnpinMessage "message.unpin" Delete "/api/v1/conversations/{conversation_id}/messages/{index}/pin" Session -> Accepted;
    /// Lists the pinned messages, the latest pin first.
    ListPinned "message.pinned" Get "/api/v1/conversations/{conversation_id}/pinned" Session -> Entries;
    /// Reads several entries by their indexes; what is not there for the reader is left out.
    LookUpMessages "message.look_up" Post "/api/v1/conversations/{conversation_id}/messages/look_up" Session -> Entries;
    /// Reads a part of a conversation's log, both ways from an index.
    GetHistory "message.history" Get "/api/v1/conversations/{conversation_id}/messages" Session -> History;
    /// Reads one entry.
    GetMessage "message.get" Get "/api/v1/conversations/{conversation_id}/messages/{index}" Session -> Entry;
    /// Shows one of one's uploads that is complete and not sent yet.
    GetFile "file.get" Get "/api/v1/files/{file_id}" Session -> FileInfo;
    /// Erases one of one's uploads that is not sent yet, complete or not.
    DeleteFile "file.delete" Delete "/api/v1/files/{file_id}" Session -> Done;
    /// Shows all packs of stickers.
    ListStickers "sticker.packs" Get "/api/v1/stickers" Session -> StickerPacks;
    /// Shows all custom emoji.
    ListEmoji "emoji.list" Get "/api/v1/emoji" Session -> CustomEmojiList;
    /// Tells what one's files take up.
    GetFileUsage "file.usage" Get "/api/v1/me/files" Session -> FileUsage;
    /// Lists a conversation's messages with pictures, videos, voice, files or links, newest first.
    ListFiles "file.list" Get "/api/v1/conversations/{conversation_id}/files" Session -> FileList;
    /// Makes a link to a message's file that needs no session, good for a while.
    LinkFile "file.link" Post "/api/v1/conversations/{conversation_id}/messages/{index}/files/{file_id}/link" Session -> FileLink;
    /// Moves one's read index up.
    MarkRead "conversation.read" Post "/api/v1/conversations/{conversation_id}/read" Session -> ReadState;
    /// Tells that one's device holds messages, for up to 100 conversations at once.
    MarkDelivered "conversation.delivered" Post "/api/v1/delivered" Session -> Done;
    /// Tells how far each member of a conversation of up to 500 has got.
    GetProgress "conversation.progress" Get "/api/v1/conversations/{conversation_id}/progress" Session -> ConversationProgress;
    /// Tells who has read a message, who has not, and whom it has reached.
    ListReaders "message.readers" Get "/api/v1/conversations/{conversation_id}/messages/{index}/readers" Session -> Readers;
    /// Marks a conversation as unread for oneself, or takes the mark away; reading takes it away too.
    MarkUnread "conversation.mark_unread" Post "/api/v1/conversations/{conversation_id}/unread" Session -> ConversationSummary;
    /// Sets one's own settings of a conversation: muted, archived, background, what notifies.
    Personalize "conversation.personalize" Patch "/api/v1/conversations/{conversation_id}/personal" Session -> ConversationSummary;
    /// Sets the conversations at the top of one's list, in order.
    ArrangePins "conversation.arrange_pins" Post "/api/v1/pins" Session -> Pins;
    /// Lists one's folders.
    ListFolders "folder.list" Get "/api/v1/folders" Session -> Folders;
    /// Sets one's folders, all of them, in order.
    ArrangeFolders "folder.arrange" Post "/api/v1/folders" Session -> Folders;
    /// Tells what notifies one, and when not.
    GetNotifications "notification.get" Get "/api/v1/notifications" Session -> Notifications;
    /// Changes what notifies one, and when not.
    UpdateNotifications "notification.update" Patch "/api/v1/notifications" Session -> Notifications;
    /// Exports a conversation as JSON lines, page by page, as one may see it.
    ExportConversation "conversation.export" Get "/api/v1/conversations/{conversation_id}/export" Session -> Exported;
    /// Keeps what one has begun to write, for all own devices; the newest wins, and sending takes it away.
    SetDraft "conversation.set_draft" Post "/api/v1/conversations/{conversation_id}/draft" Session -> ConversationSummary;
    /// Clears a conversation's history for oneself: everything up to now, on all own devices.
    ClearConversation "conversation.clear" Post "/api/v1/conversations/{conversation_id}/clear" Session -> ConversationSummary;
    /// Clears a conversation for oneself and takes it off one's list until a new message arrives.
    DeleteConversation "conversation.delete" Delete "/api/v1/conversations/{conversation_id}" Session -> ConversationSummary;
    /// Has the messages sent from now on disappear after a time, for all (owner and admins; both in a direct conversation).
    SetDisappearing "conversation.set_disappearing" Post "/api/v1/conversations/{conversation_id}/disappearing" Session -> Accepted;
    /// Has a large group push its entries to this connection.
    OpenConversation "conversation.open" Post "" Connection -> Done;
    /// Ends `conversation.open`.
    CloseConversation "conversation.close" Post "" Connection -> Done;
    /// Tells what changed since a user index; can wait for a change (long polling).
    Sync "sync" Get "/api/v1/sync" Session -> Changes;
    /// Reports a message to the administrators.
    ReportMessage "message.report" Post "/api/v1/conversations/{conversation_id}/messages/{index}/report" Session -> Reported;
    /// Lists and searches users.
    ListUsers "admin.list_users" Get "/api/v1/admin/users" Administrator -> UserPage;
    /// Shows a user with what administrators see.
    InspectUser "admin.inspect_user" Get "/api/v1/admin/users/{user_id}" Administrator -> UserDetails;
    /// Makes a user with a one-time password.
    CreateUser "admin.create_user" Post "/api/v1/admin/users" Administrator -> OneTimePassword;
    /// Shuts a user out at once.
    DisableUser "admin.disable_user" Post "/api/v1/admin/users/{user_id}/disable" Administrator -> UserDetails;
    /// Lets a user in again.
    EnableUser "admin.enable_user" Post "/api/v1/admin/users/{user_id}/enable" Administrator -> UserDetails;
    /// Ends all sessions of a user.
    SignOutUser "admin.sign_out_user" Post "/api/v1/admin/users/{user_id}/sign_out" Administrator -> UserDetails;
    /// Gives a user a one-time password and ends all sessions.
    ResetPassword "admin.reset_password" Post "/api/v1/admin/users/{user_id}/password" Administrator -> OneTimePassword;
    /// Makes a user an administrator, or not any more.
    SetAdministrator "admin.set_administrator" Post "/api/v1/admin/users/{user_id}/administrator" Administrator -> UserDetails;
    /// Shows the settings that can change while the server runs.
    GetSettings "admin.get_settings" Get "/api/v1/admin/settings" Administrator -> ServerSettings;
    /// Changes settings while the server runs.
    ChangeSettings "admin.change_settings" Patch "/api/v1/admin/settings" Administrator -> ServerSettings;
    /// Sets for how long one conversation's messages are kept, also those there are.
    SetRetention "retention.set" Post "/api/v1/admin/retention" Administrator -> Retention;
    /// Lists the conversations that are kept for a time of their own.
    ListRetention "retention.list" Get "/api/v1/admin/retention" Administrator -> Retention;
    /// Keeps what is erased or edited from now on, of a user or in a conversation.
    CreateHold "hold.create" Post "/api/v1/admin/holds" Administrator -> Hold;
    /// Lists the legal holds.
    ListHolds "hold.list" Get "/api/v1/admin/holds" Administrator -> HoldPage;
    /// Ends a legal hold and erases its copies.
    ReleaseHold "hold.release" Post "/api/v1/admin/holds/{hold_id}/release" Administrator -> Hold;
    /// Exports a conversation for administrators as JSON lines, with what holds keep of it.
    ExportForAdministrators "admin.export_conversation" Get "/api/v1/admin/conversations/{conversation_id}/export" Administrator -> Exported;
    /// Makes a pack of stickers.
    CreateStickerPack "sticker.create_pack" Post "/api/v1/admin/stickers" Administrator -> StickerPack;
    /// Takes a pack of stickers away.
    DeleteStickerPack "sticker.delete_pack" Delete "/api/v1/admin/stickers/{pack_id}" Administrator -> Done;
    /// Puts a sticker into a pack.
    AddSticker "sticker.add" Post "/api/v1/admin/stickers/{pack_id}" Administrator -> StickerPack;
    /// Takes a sticker out of its pack.
    RemoveSticker "sticker.remove" Delete "/api/v1/admin/stickers/{pack_id}/{file_id}" Administrator -> StickerPack;
    /// Makes an own picture a custom emoji.
    AddEmoji "emoji.add" Post "/api/v1/admin/emoji" Administrator -> CustomEmoji;
    /// Takes a custom emoji away.
    RemoveEmoji "emoji.remove" Delete "/api/v1/admin/emoji/{name}" Administrator -> Done;
    /// Tells every user something, until it is taken away.
    Announce "admin.announce" Post "/api/v1/admin/announcement" Administrator -> Done;
    /// Lists groups with their measures.
    ListGroups "admin.list_groups" Get "/api/v1/admin/groups" Administrator -> GroupPage;
    /// Shows a group's measures.
    InspectGroup "admin.inspect_group" Get "/api/v1/admin/groups/{conversation_id}" Administrator -> GroupDetails;
    /// Tells how the server is doing.
    GetOverview "admin.overview" Get "/api/v1/admin/overview" Administrator -> Overview;
    /// Tells what the server measures: connections, messages, latencies, size of the store.
    GetFigures "admin.figures" Get "/api/v1/admin/figures" Administrator -> ServerFigures;
    /// Lists reports.
    ListReports "report.list" Get "/api/v1/admin/reports" Administrator -> Reports;
    /// Shows a report, with the reported message while it is open.
    GetReport "report.get" Get "/api/v1/admin/reports/{report_id}" Administrator -> ReportDetails;
    /// Closes a report.
    ResolveReport "report.resolve" Post "/api/v1/admin/reports/{report_id}/resolve" Administrator -> ReportDetails;
    /// Lists the audit log, newest first.
    ListAudit "audit.list" Get "/api/v1/admin/audit" Administrator -> AuditPage;
    /// The two-call API: sends a text to a user or a conversation.
    RtmSend "rtm.send" Post "/api/v1/rtm.send" Session -> RtmSent;
    /// The two-call API: receives the messages after a position.
    RtmReceive "rtm.receive" Get "/api/v1/rtm.receive" Session -> RtmReceived;
}
