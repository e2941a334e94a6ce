// Generated from crates/proto. Do not edit.

import type * as wire from "./wire.gen.ts";

/** Every operation with the types of its input and output. */
export interface Operations {
  /** Registers a user and signs this device in. The first user administers the server. */
  "account.register": { input: wire.Register; output: wire.SignedIn };
  /** Signs a device in with username and password. */
  "session.log_in": { input: wire.LogIn; output: wire.SignedIn };
  /** Signs this WebSocket in with a session's token. */
  "session.resume": { input: wire.Resume; output: wire.Hello };
  /** Makes a ticket that signs in one WebSocket, once and within 30 seconds. */
  "session.ticket": { input: wire.IssueTicket; output: wire.Ticket };
  /** A heartbeat; its answer also heals lost hints. */
  "session.ping": { input: wire.Ping; output: wire.Pong };
  /** Lists one's signed-in devices. */
  "session.list": { input: wire.ListSessions; output: wire.Sessions };
  /** Signs another of one's devices out, at once. */
  "session.end": { input: wire.EndSession; output: wire.Done };
  /** Signs this device out. */
  "session.log_out": { input: wire.LogOut; output: wire.Done };
  /** Sets a new password and signs all other devices out. */
  "account.change_password": { input: wire.ChangePassword; output: wire.Done };
  /** Tells what this server is and who may register. */
  "server.get": { input: wire.GetServer; output: wire.ServerInfo };
  /** Makes an invite to register (administrators, or everybody where the settings say so). */
  "invite.create": { input: wire.CreateInvite; output: wire.NewInvite };
  /** Lists one's own invites, or everybody's for an administrator. */
  "invite.list": { input: wire.ListInvites; output: wire.Invites };
  /** Ends an invite. */
  "invite.revoke": { input: wire.RevokeInvite; output: wire.Done };
  /** Tells who is signed in. */
  "profile.get": { input: wire.GetMe; output: wire.Me };
  /** Changes one's profile. */
  "profile.update": { input: wire.UpdateProfile; output: wire.User };
  /** Tells what one lets others see. */
  "privacy.get": { input: wire.GetPrivacy; output: wire.Privacy };
  /** Changes what one lets others see, from now on. */
  "privacy.update": { input: wire.UpdatePrivacy; output: wire.Privacy };
  /** Shows a user. */
  "user.get": { input: wire.GetUser; output: wire.User };
  /** Finds a user by the exact username. */
  "user.find": { input: wire.FindUser; output: wire.User };
  /** Shows several users at once. */
  "user.look_up": { input: wire.LookUpUsers; output: wire.Users };
  /** Asks somebody to be a contact; who is asking already is accepted. */
  "contact.request": { input: wire.RequestContact; output: wire.Contact };
  /** Accepts a request. */
  "contact.accept": { input: wire.AcceptContact; output: wire.Contact };
  /** Declines a request; the other side is not told. */
  "contact.decline": { input: wire.DeclineContact; output: wire.Done };
  /** Takes an own request back. */
  "contact.withdraw": { input: wire.WithdrawContact; output: wire.Done };
  /** Ends being contacts, on both sides. */
  "contact.remove": { input: wire.RemoveContact; output: wire.Done };
  /** Gives a contact a name of one's own. */
  "contact.rename": { input: wire.RenameContact; output: wire.Contact };
  /** Lists contacts and requests. */
  "contact.list": { input: wire.ListContacts; output: wire.Contacts };
  /** Blocks somebody: nothing of theirs reaches one any more, and they notice nothing. */
  "contact.block": { input: wire.BlockUser; output: wire.Done };
  /** Ends a block; what was written meanwhile stays hidden. */
  "contact.unblock": { input: wire.UnblockUser; output: wire.Done };
  /** Lists the people one has blocked. */
  "contact.blocked": { input: wire.ListBlocked; output: wire.BlockedUsers };
  /** Hears of people's coming and going on this connection; answers how they are now. */
  "presence.watch": { input: wire.WatchPresence; output: wire.Presences };
  /** Ends `presence.watch`. */
  "presence.unwatch": { input: wire.UnwatchPresence; output: wire.Done };
  /** Says whether somebody is at this device. */
  "presence.set": { input: wire.SetPresence; output: wire.Done };
  /** Starts a chat with one or several people. */
  "conversation.start": { input: wire.StartConversation; output: wire.Started };
  /** Takes a stranger's direct conversation into one's list. */
  "conversation.accept": { input: wire.AcceptConversation; output: wire.ConversationSummary };
  /** Tells that one is writing or recording; more often than every 3 seconds is passed over. */
  "typing.set": { input: wire.SetTyping; output: wire.Done };
  /** Lists one's conversations, latest activity first, with preview and unread count. */
  "conversation.list": { input: wire.ListConversations; output: wire.Conversations };
  /** Creates a group; one owns it. */
  "conversation.create": { input: wire.CreateGroup; output: wire.ConversationSummary };
  /** Shows a conversation. A direct one may be asked for before its first message. */
  "conversation.get": { input: wire.GetConversation; output: wire.ConversationSummary };
  /** Renames a group (owner, admins). */
  "conversation.rename": { input: wire.RenameGroup; output: wire.Accepted };
  /** Changes a group's name and settings; what is left out stays as it is (owner, admins, or as set). */
  "conversation.update": { input: wire.UpdateConversation; output: wire.Accepted };
  /** Shows a group's settings, its announcement, and what one may do there. */
  "conversation.settings": { input: wire.GetConversationSettings; output: wire.ConversationSettings };
  /** Puts up an announcement for all members in place of the one before, or takes it down (owner, admins). */
  "conversation.announce": { input: wire.AnnounceToGroup; output: wire.Accepted };
  /** Tells which members have seen the announcement. */
  "conversation.announcement_seen": { input: wire.AnnouncementSeen; output: wire.SeenPage };
  /** Sets the name one goes by in a group; the owner and the admins may take away that of others. */
  "conversation.set_alias": { input: wire.SetAlias; output: wire.Accepted };
  /** Dissolves a group for everybody, for ever (owner). */
  "conversation.dissolve": { input: wire.DissolveGroup; output: wire.Accepted };
  /** Lets a member not write until then, or again (owner anyone, admins members). */
  "conversation.mute_member": { input: wire.MuteMember; output: wire.Accepted };
  /** Puts somebody out of a group who may not come in again (owner anyone, admins members). */
  "conversation.ban": { input: wire.BanMember; output: wire.Accepted };
  /** Lets somebody come in again (owner, admins). */
  "conversation.unban": { input: wire.UnbanMember; output: wire.Accepted };
  /** Lists those who may not come in (owner, admins). */
  "conversation.bans": { input: wire.ListBans; output: wire.Bans };
  /** Makes a link into a group; its code is told once (who may add people). */
  "link.create": { input: wire.CreateLink; output: wire.JoinLink };
  /** Lists a group's links: all for owner and admins, the own ones for others who may make some. */
  "link.list": { input: wire.ListLinks; output: wire.JoinLinks };
  /** Ends a link (owner, admins, its maker). */
  "link.revoke": { input: wire.RevokeLink; output: wire.Done };
  /** Shows the group behind a link. */
  "link.preview": { input: wire.PreviewLink; output: wire.LinkPreview };
  /** Joins a group by a link, or asks to be let in where that is wanted. */
  "conversation.join": { input: wire.JoinConversation; output: wire.JoinOutcome };
  /** Asks to be let into a group that takes requests. */
  "join_request.create": { input: wire.RequestJoin; output: wire.JoinOutcome };
  /** Takes one's own request back. */
  "join_request.withdraw": { input: wire.WithdrawRequest; output: wire.Done };
  /** Lists those who want to come in (owner, admins). */
  "join_request.list": { input: wire.ListRequests; output: wire.JoinRequests };
  /** Lets somebody in who asked, or does not (owner, admins). */
  "join_request.decide": { input: wire.DecideRequest; output: wire.Done };
  /** Lists one's own requests that wait or were declined. */
  "join_request.mine": { input: wire.ListOwnRequests; output: wire.OwnRequests };
  /** Lists the members. */
  "conversation.members": { input: wire.ListMembers; output: wire.Members };
  /** Adds people to a group (owner, admins). */
  "conversation.add_members": { input: wire.AddMembers; output: wire.Accepted };
  /** Removes a member (the owner anyone, admins members). */
  "conversation.remove_member": { input: wire.RemoveMember; output: wire.Accepted };
  /** Leaves a group. An owner hands on to the oldest admin, else the oldest member. */
  "conversation.leave": { input: wire.LeaveConversation; output: wire.Accepted };
  /** Makes a member an admin, or an admin a member (owner). */
  "conversation.set_role": { input: wire.SetRole; output: wire.Accepted };
  /** Hands a group over to a member (owner). */
  "conversation.transfer": { input: wire.TransferOwnership; output: wire.Accepted };
  /** Sends a message: a text, a place, a contact, or cards. The answer means: it is durable. */
  "message.send": { input: wire.SendMessage; output: wire.Accepted };
  /** Withdraws one of one's own messages for all, within 24 hours unless set otherwise; nothing returns its content afterwards. */
  "message.recall": { input: wire.RecallMessage; output: wire.Accepted };
  /** Has a text message sent at a time, or changes one that waits. */
  "message.schedule": { input: wire.ScheduleMessage; output: wire.ScheduledMessage };
  /** Lists one's messages that wait to be sent, and those that could not be, with the reason. */
  "message.scheduled": { input: wire.ListScheduled; output: wire.Scheduled };
  /** Drops a message that waits to be sent. */
  "message.unschedule": { input: wire.UnscheduleMessage; output: wire.Done };
  /** Hides up to 100 messages for oneself, on all own devices; nobody else notices. */
  "message.hide": { input: wire.HideMessages; output: wire.ConversationSummary };
  /** Changes the text of one of one's own messages, within 48 hours unless set otherwise. */
  "message.edit": { input: wire.EditMessage; output: wire.Accepted };
  /** Forwards messages that one may see, with where they come from. */
  "message.forward": { input: wire.ForwardMessages; output: wire.Forwarded };
  /** Likes a message with an emoji. */
  "message.like": { input: wire.LikeMessage; output: wire.Accepted };
  /** Takes a like back. */
  "message.unlike": { input: wire.UnlikeMessage; output: wire.Accepted };
  /** Lists who likes a message, in order of liking. */
  "message.likes": { input: wire.ListLikes; output: wire.LikePage };
  /** Votes in a poll, in place of one's former vote; giving none takes it back. */
  "poll.vote": { input: wire.VotePoll; output: wire.Accepted };
  /** Closes a poll (its sender; in a group the owner and admins too). */
  "poll.close": { input: wire.ClosePoll; output: wire.Accepted };
  /** Lists who chose an option of a poll that is not anonymous. */
  "poll.voters": { input: wire.ListVoters; output: wire.VoterPage };
  /** Pins a message for all (in a group: owner, admins). */
  "message.pin": { input: wire.PinMessage; output: wire.Accepted };
  /** Takes a pin away (as `message.pin`). */
  "message.unpin": { input: wire.UnpinMessage; output: wire.Accepted };
  /** Lists the pinned messages, the latest pin first. */
  "message.pinned": { input: wire.ListPinned; output: wire.Entries };
  /** Reads several entries by their indexes; what is not there for the reader is left out. */
  "message.look_up": { input: wire.LookUpMessages; output: wire.Entries };
  /** Reads a part of a conversation's log, both ways from an index. */
  "message.history": { input: wire.GetHistory; output: wire.History };
  /** Reads one entry. */
  "message.get": { input: wire.GetMessage; output: wire.Entry };
  /** Shows one of one's uploads that is complete and not sent yet. */
  "file.get": { input: wire.GetFile; output: wire.FileInfo };
  /** Erases one of one's uploads that is not sent yet, complete or not. */
  "file.delete": { input: wire.DeleteFile; output: wire.Done };
  /** Shows all packs of stickers. */
  "sticker.packs": { input: wire.ListStickers; output: wire.StickerPacks };
  /** Shows all custom emoji. */
  "emoji.list": { input: wire.ListEmoji; output: wire.CustomEmojiList };
  /** Tells what one's files take up. */
  "file.usage": { input: wire.GetFileUsage; output: wire.FileUsage };
  /** Lists a conversation's messages with pictures, videos, voice, files or links, newest first. */
  "file.list": { input: wire.ListFiles; output: wire.FileList };
  /** Makes a link to a message's file that needs no session, good for a while. */
  "file.link": { input: wire.LinkFile; output: wire.FileLink };
  /** Moves one's read index up. */
  "conversation.read": { input: wire.MarkRead; output: wire.ReadState };
  /** Tells that one's device holds messages, for up to 100 conversations at once. */
  "conversation.delivered": { input: wire.MarkDelivered; output: wire.Done };
  /** Tells how far each member of a conversation of up to 500 has got. */
  "conversation.progress": { input: wire.GetProgress; output: wire.ConversationProgress };
  /** Tells who has read a message, who has not, and whom it has reached. */
  "message.readers": { input: wire.ListReaders; output: wire.Readers };
  /** Marks a conversation as unread for oneself, or takes the mark away; reading takes it away too. */
  "conversation.mark_unread": { input: wire.MarkUnread; output: wire.ConversationSummary };
  /** Sets one's own settings of a conversation: muted, archived, background, what notifies. */
  "conversation.personalize": { input: wire.Personalize; output: wire.ConversationSummary };
  /** Sets the conversations at the top of one's list, in order. */
  "conversation.arrange_pins": { input: wire.ArrangePins; output: wire.Pins };
  /** Lists one's folders. */
  "folder.list": { input: wire.ListFolders; output: wire.Folders };
  /** Sets one's folders, all of them, in order. */
  "folder.arrange": { input: wire.ArrangeFolders; output: wire.Folders };
  /** Tells what notifies one, and when not. */
  "notification.get": { input: wire.GetNotifications; output: wire.Notifications };
  /** Changes what notifies one, and when not. */
  "notification.update": { input: wire.UpdateNotifications; output: wire.Notifications };
  /** Exports a conversation as JSON lines, page by page, as one may see it. */
  "conversation.export": { input: wire.ExportConversation; output: wire.Exported };
  /** Keeps what one has begun to write, for all own devices; the newest wins, and sending takes it away. */
  "conversation.set_draft": { input: wire.SetDraft; output: wire.ConversationSummary };
  /** Clears a conversation's history for oneself: everything up to now, on all own devices. */
  "conversation.clear": { input: wire.ClearConversation; output: wire.ConversationSummary };
  /** Clears a conversation for oneself and takes it off one's list until a new message arrives. */
  "conversation.delete": { input: wire.DeleteConversation; output: wire.ConversationSummary };
  /** Has the messages sent from now on disappear after a time, for all (owner and admins; both in a direct conversation). */
  "conversation.set_disappearing": { input: wire.SetDisappearing; output: wire.Accepted };
  /** Has a large group push its entries to this connection. */
  "conversation.open": { input: wire.OpenConversation; output: wire.Done };
  /** Ends `conversation.open`. */
  "conversation.close": { input: wire.CloseConversation; output: wire.Done };
  /** Tells what changed since a user index; can wait for a change (long polling). */
  "sync": { input: wire.Sync; output: wire.Changes };
  /** Reports a message to the administrators. */
  "message.report": { input: wire.ReportMessage; output: wire.Reported };
  /** Lists and searches users. */
  "admin.list_users": { input: wire.ListUsers; output: wire.UserPage };
  /** Shows a user with what administrators see. */
  "admin.inspect_user": { input: wire.InspectUser; output: wire.UserDetails };
  /** Makes a user with a one-time password. */
  "admin.create_user": { input: wire.CreateUser; output: wire.OneTimePassword };
  /** Shuts a user out at once. */
  "admin.disable_user": { input: wire.DisableUser; output: wire.UserDetails };
  /** Lets a user in again. */
  "admin.enable_user": { input: wire.EnableUser; output: wire.UserDetails };
  /** Ends all sessions of a user. */
  "admin.sign_out_user": { input: wire.SignOutUser; output: wire.UserDetails };
  /** Gives a user a one-time password and ends all sessions. */
  "admin.reset_password": { input: wire.ResetPassword; output: wire.OneTimePassword };
  /** Makes a user an administrator, or not any more. */
  "admin.set_administrator": { input: wire.SetAdministrator; output: wire.UserDetails };
  /** Shows the settings that can change while the server runs. */
  "admin.get_settings": { input: wire.GetSettings; output: wire.ServerSettings };
  /** Changes settings while the server runs. */
  "admin.change_settings": { input: wire.ChangeSettings; output: wire.ServerSettings };
  /** Sets for how long one conversation's messages are kept, also those there are. */
  "retention.set": { input: wire.SetRetention; output: wire.Retention };
  /** Lists the conversations that are kept for a time of their own. */
  "retention.list": { input: wire.ListRetention; output: wire.Retention };
  /** Keeps what is erased or edited from now on, of a user or in a conversation. */
  "hold.create": { input: wire.CreateHold; output: wire.Hold };
  /** Lists the legal holds. */
  "hold.list": { input: wire.ListHolds; output: wire.HoldPage };
  /** Ends a legal hold and erases its copies. */
  "hold.release": { input: wire.ReleaseHold; output: wire.Hold };
  /** Exports a conversation for administrators as JSON lines, with what holds keep of it. */
  "admin.export_conversation": { input: wire.ExportForAdministrators; output: wire.Exported };
  /** Makes a pack of stickers. */
  "sticker.create_pack": { input: wire.CreateStickerPack; output: wire.StickerPack };
  /** Takes a pack of stickers away. */
  "sticker.delete_pack": { input: wire.DeleteStickerPack; output: wire.Done };
  /** Puts a sticker into a pack. */
  "sticker.add": { input: wire.AddSticker; output: wire.StickerPack };
  /** Takes a sticker out of its pack. */
  "sticker.remove": { input: wire.RemoveSticker; output: wire.StickerPack };
  /** Makes an own picture a custom emoji. */
  "emoji.add": { input: wire.AddEmoji; output: wire.CustomEmoji };
  /** Takes a custom emoji away. */
  "emoji.remove": { input: wire.RemoveEmoji; output: wire.Done };
  /** Tells every user something, until it is taken away. */
  "admin.announce": { input: wire.Announce; output: wire.Done };
  /** Lists groups with their measures. */
  "admin.list_groups": { input: wire.ListGroups; output: wire.GroupPage };
  /** Shows a group's measures. */
  "admin.inspect_group": { input: wire.InspectGroup; output: wire.GroupDetails };
  /** Tells how the server is doing. */
  "admin.overview": { input: wire.GetOverview; output: wire.Overview };
  /** Tells what the server measures: connections, messages, latencies, size of the store. */
  "admin.figures": { input: wire.GetFigures; output: wire.ServerFigures };
  /** Lists reports. */
  "report.list": { input: wire.ListReports; output: wire.Reports };
  /** Shows a report, with the reported message while it is open. */
  "report.get": { input: wire.GetReport; output: wire.ReportDetails };
  /** Closes a report. */
  "report.resolve": { input: wire.ResolveReport; output: wire.ReportDetails };
  /** Lists the audit log, newest first. */
  "audit.list": { input: wire.ListAudit; output: wire.AuditPage };
  /** The two-call API: sends a text to a user or a conversation. */
  "rtm.send": { input: wire.RtmSend; output: wire.RtmSent };
  /** The two-call API: receives the messages after a position. */
  "rtm.receive": { input: wire.RtmReceive; output: wire.RtmReceived };
}

/** The HTTP routes; operations about a connection itself have none. */
export const ROUTES = {
  "account.register": { method: "POST", path: "/api/v1/register" },
  "session.log_in": { method: "POST", path: "/api/v1/login" },
  "session.ticket": { method: "POST", path: "/api/v1/sessions/ticket" },
  "session.list": { method: "GET", path: "/api/v1/sessions" },
  "session.end": { method: "DELETE", path: "/api/v1/sessions/{session_id}" },
  "session.log_out": { method: "POST", path: "/api/v1/logout" },
  "account.change_password": { method: "POST", path: "/api/v1/me/password" },
  "server.get": { method: "GET", path: "/api/v1/server" },
  "invite.create": { method: "POST", path: "/api/v1/invites" },
  "invite.list": { method: "GET", path: "/api/v1/invites" },
  "invite.revoke": { method: "DELETE", path: "/api/v1/invites/{invite_id}" },
  "profile.get": { method: "GET", path: "/api/v1/me" },
  "profile.update": { method: "PATCH", path: "/api/v1/me" },
  "privacy.get": { method: "GET", path: "/api/v1/me/privacy" },
  "privacy.update": { method: "PATCH", path: "/api/v1/me/privacy" },
  "user.get": { method: "GET", path: "/api/v1/users/{user_id}" },
  "user.find": { method: "GET", path: "/api/v1/users" },
  "user.look_up": { method: "POST", path: "/api/v1/users/look_up" },
  "contact.request": { method: "POST", path: "/api/v1/contacts" },
  "contact.accept": { method: "POST", path: "/api/v1/contacts/{user_id}/accept" },
  "contact.decline": { method: "POST", path: "/api/v1/contacts/{user_id}/decline" },
  "contact.withdraw": { method: "POST", path: "/api/v1/contacts/{user_id}/withdraw" },
  "contact.remove": { method: "DELETE", path: "/api/v1/contacts/{user_id}" },
  "contact.rename": { method: "PATCH", path: "/api/v1/contacts/{user_id}" },
  "contact.list": { method: "GET", path: "/api/v1/contacts" },
  "contact.block": { method: "POST", path: "/api/v1/blocked" },
  "contact.unblock": { method: "DELETE", path: "/api/v1/blocked/{user_id}" },
  "contact.blocked": { method: "GET", path: "/api/v1/blocked" },
  "conversation.start": { method: "POST", path: "/api/v1/conversations/start" },
  "conversation.accept": { method: "POST", path: "/api/v1/conversations/{conversation_id}/accept" },
  "typing.set": { method: "POST", path: "/api/v1/conversations/{conversation_id}/typing" },
  "conversation.list": { method: "GET", path: "/api/v1/conversations" },
  "conversation.create": { method: "POST", path: "/api/v1/conversations" },
  "conversation.get": { method: "GET", path: "/api/v1/conversations/{conversation_id}" },
  "conversation.rename": { method: "POST", path: "/api/v1/conversations/{conversation_id}/name" },
  "conversation.update": { method: "PATCH", path: "/api/v1/conversations/{conversation_id}" },
  "conversation.settings": { method: "GET", path: "/api/v1/conversations/{conversation_id}/settings" },
  "conversation.announce": { method: "POST", path: "/api/v1/conversations/{conversation_id}/announcement" },
  "conversation.announcement_seen": { method: "GET", path: "/api/v1/conversations/{conversation_id}/announcement/seen" },
  "conversation.set_alias": { method: "POST", path: "/api/v1/conversations/{conversation_id}/alias" },
  "conversation.dissolve": { method: "POST", path: "/api/v1/conversations/{conversation_id}/dissolve" },
  "conversation.mute_member": { method: "POST", path: "/api/v1/conversations/{conversation_id}/members/{user_id}/mute" },
  "conversation.ban": { method: "POST", path: "/api/v1/conversations/{conversation_id}/bans" },
  "conversation.unban": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/bans/{user_id}" },
  "conversation.bans": { method: "GET", path: "/api/v1/conversations/{conversation_id}/bans" },
  "link.create": { method: "POST", path: "/api/v1/conversations/{conversation_id}/links" },
  "link.list": { method: "GET", path: "/api/v1/conversations/{conversation_id}/links" },
  "link.revoke": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/links/{link_id}" },
  "link.preview": { method: "POST", path: "/api/v1/links/preview" },
  "conversation.join": { method: "POST", path: "/api/v1/links/join" },
  "join_request.create": { method: "POST", path: "/api/v1/conversations/{conversation_id}/requests" },
  "join_request.withdraw": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/requests" },
  "join_request.list": { method: "GET", path: "/api/v1/conversations/{conversation_id}/requests" },
  "join_request.decide": { method: "POST", path: "/api/v1/conversations/{conversation_id}/requests/{user_id}" },
  "join_request.mine": { method: "GET", path: "/api/v1/me/join_requests" },
  "conversation.members": { method: "GET", path: "/api/v1/conversations/{conversation_id}/members" },
  "conversation.add_members": { method: "POST", path: "/api/v1/conversations/{conversation_id}/members" },
  "conversation.remove_member": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/members/{user_id}" },
  "conversation.leave": { method: "POST", path: "/api/v1/conversations/{conversation_id}/leave" },
  "conversation.set_role": { method: "POST", path: "/api/v1/conversations/{conversation_id}/roles" },
  "conversation.transfer": { method: "POST", path: "/api/v1/conversations/{conversation_id}/transfer" },
  "message.send": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages" },
  "message.recall": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/messages/{index}" },
  "message.schedule": { method: "POST", path: "/api/v1/scheduled" },
  "message.scheduled": { method: "GET", path: "/api/v1/scheduled" },
  "message.unschedule": { method: "DELETE", path: "/api/v1/scheduled/{scheduled_id}" },
  "message.hide": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/hide" },
  "message.edit": { method: "PATCH", path: "/api/v1/conversations/{conversation_id}/messages/{index}" },
  "message.forward": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/forward" },
  "message.like": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/likes" },
  "message.unlike": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/messages/{index}/likes" },
  "message.likes": { method: "GET", path: "/api/v1/conversations/{conversation_id}/messages/{index}/likes" },
  "poll.vote": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/poll/vote" },
  "poll.close": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/poll/close" },
  "poll.voters": { method: "GET", path: "/api/v1/conversations/{conversation_id}/messages/{index}/poll/voters" },
  "message.pin": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/pin" },
  "message.unpin": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}/messages/{index}/pin" },
  "message.pinned": { method: "GET", path: "/api/v1/conversations/{conversation_id}/pinned" },
  "message.look_up": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/look_up" },
  "message.history": { method: "GET", path: "/api/v1/conversations/{conversation_id}/messages" },
  "message.get": { method: "GET", path: "/api/v1/conversations/{conversation_id}/messages/{index}" },
  "file.get": { method: "GET", path: "/api/v1/files/{file_id}" },
  "file.delete": { method: "DELETE", path: "/api/v1/files/{file_id}" },
  "sticker.packs": { method: "GET", path: "/api/v1/stickers" },
  "emoji.list": { method: "GET", path: "/api/v1/emoji" },
  "file.usage": { method: "GET", path: "/api/v1/me/files" },
  "file.list": { method: "GET", path: "/api/v1/conversations/{conversation_id}/files" },
  "file.link": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/files/{file_id}/link" },
  "conversation.read": { method: "POST", path: "/api/v1/conversations/{conversation_id}/read" },
  "conversation.delivered": { method: "POST", path: "/api/v1/delivered" },
  "conversation.progress": { method: "GET", path: "/api/v1/conversations/{conversation_id}/progress" },
  "message.readers": { method: "GET", path: "/api/v1/conversations/{conversation_id}/messages/{index}/readers" },
  "conversation.mark_unread": { method: "POST", path: "/api/v1/conversations/{conversation_id}/unread" },
  "conversation.personalize": { method: "PATCH", path: "/api/v1/conversations/{conversation_id}/personal" },
  "conversation.arrange_pins": { method: "POST", path: "/api/v1/pins" },
  "folder.list": { method: "GET", path: "/api/v1/folders" },
  "folder.arrange": { method: "POST", path: "/api/v1/folders" },
  "notification.get": { method: "GET", path: "/api/v1/notifications" },
  "notification.update": { method: "PATCH", path: "/api/v1/notifications" },
  "conversation.export": { method: "GET", path: "/api/v1/conversations/{conversation_id}/export" },
  "conversation.set_draft": { method: "POST", path: "/api/v1/conversations/{conversation_id}/draft" },
  "conversation.clear": { method: "POST", path: "/api/v1/conversations/{conversation_id}/clear" },
  "conversation.delete": { method: "DELETE", path: "/api/v1/conversations/{conversation_id}" },
  "conversation.set_disappearing": { method: "POST", path: "/api/v1/conversations/{conversation_id}/disappearing" },
  "sync": { method: "GET", path: "/api/v1/sync" },
  "message.report": { method: "POST", path: "/api/v1/conversations/{conversation_id}/messages/{index}/report" },
  "admin.list_users": { method: "GET", path: "/api/v1/admin/users" },
  "admin.inspect_user": { method: "GET", path: "/api/v1/admin/users/{user_id}" },
  "admin.create_user": { method: "POST", path: "/api/v1/admin/users" },
  "admin.disable_user": { method: "POST", path: "/api/v1/admin/users/{user_id}/disable" },
  "admin.enable_user": { method: "POST", path: "/api/v1/admin/users/{user_id}/enable" },
  "admin.sign_out_user": { method: "POST", path: "/api/v1/admin/users/{user_id}/sign_out" },
  "admin.reset_password": { method: "POST", path: "/api/v1/admin/users/{user_id}/password" },
  "admin.set_administrator": { method: "POST", path: "/api/v1/admin/users/{user_id}/administrator" },
  "admin.get_settings": { method: "GET", path: "/api/v1/admin/settings" },
  "admin.change_settings": { method: "PATCH", path: "/api/v1/admin/settings" },
  "retention.set": { method: "POST", path: "/api/v1/admin/retention" },
  "retention.list": { method: "GET", path: "/api/v1/admin/retention" },
  "hold.create": { method: "POST", path: "/api/v1/admin/holds" },
  "hold.list": { method: "GET", path: "/api/v1/admin/holds" },
  "hold.release": { method: "POST", path: "/api/v1/admin/holds/{hold_id}/release" },
  "admin.export_conversation": { method: "GET", path: "/api/v1/admin/conversations/{conversation_id}/export" },
  "sticker.create_pack": { method: "POST", path: "/api/v1/admin/stickers" },
  "sticker.delete_pack": { method: "DELETE", path: "/api/v1/admin/stickers/{pack_id}" },
  "sticker.add": { method: "POST", path: "/api/v1/admin/stickers/{pack_id}" },
  "sticker.remove": { method: "DELETE", path: "/api/v1/admin/stickers/{pack_id}/{file_id}" },
  "emoji.add": { method: "POST", path: "/api/v1/admin/emoji" },
  "emoji.remove": { method: "DELETE", path: "/api/v1/admin/emoji/{name}" },
  "admin.announce": { method: "POST", path: "/api/v1/admin/announcement" },
  "admin.list_groups": { method: "GET", path: "/api/v1/admin/groups" },
  "admin.inspect_group": { method: "GET", path: "/api/v1/admin/groups/{conversation_id}" },
  "admin.overview": { method: "GET", path: "/api/v1/admin/overview" },
  "admin.figures": { method: "GET", path: "/api/v1/admin/figures" },
  "report.list": { method: "GET", path: "/api/v1/admin/reports" },
  "report.get": { method: "GET", path: "/api/v1/admin/reports/{report_id}" },
  "report.resolve": { method: "POST", path: "/api/v1/admin/reports/{report_id}/resolve" },
  "audit.list": { method: "GET", path: "/api/v1/admin/audit" },
  "rtm.send": { method: "POST", path: "/api/v1/rtm.send" },
  "rtm.receive": { method: "GET", path: "/api/v1/rtm.receive" },
} as const satisfies Partial<Record<keyof Operations, { method: string; path: string }>>;
