// Generated from crates/proto. Do not edit.

import type { Call, CallOptions, Input } from "../transport/call.ts";

/** A method for each operation, by noun. */
export function api(call: Call) {
  return {
    /** Tells what changed since a user index; can wait for a change (long polling). */
    sync: (input: Input<"sync">, options?: CallOptions) => call("sync", input, options),
    account: {
      /** Registers a user and signs this device in. The first user administers the server. */
      register: (input: Input<"account.register">, options?: CallOptions) => call("account.register", input, options),
      /** Sets a new password and signs all other devices out. */
      changePassword: (input: Input<"account.change_password">, options?: CallOptions) => call("account.change_password", input, options),
    },
    admin: {
      /** Lists and searches users. */
      listUsers: (input: Input<"admin.list_users">, options?: CallOptions) => call("admin.list_users", input, options),
      /** Shows a user with what administrators see. */
      inspectUser: (input: Input<"admin.inspect_user">, options?: CallOptions) => call("admin.inspect_user", input, options),
      /** Makes a user with a one-time password. */
      createUser: (input: Input<"admin.create_user">, options?: CallOptions) => call("admin.create_user", input, options),
      /** Shuts a user out at once. */
      disableUser: (input: Input<"admin.disable_user">, options?: CallOptions) => call("admin.disable_user", input, options),
      /** Lets a user in again. */
      enableUser: (input: Input<"admin.enable_user">, options?: CallOptions) => call("admin.enable_user", input, options),
      /** Ends all sessions of a user. */
      signOutUser: (input: Input<"admin.sign_out_user">, options?: CallOptions) => call("admin.sign_out_user", input, options),
      /** Gives a user a one-time password and ends all sessions. */
      resetPassword: (input: Input<"admin.reset_password">, options?: CallOptions) => call("admin.reset_password", input, options),
      /** Makes a user an administrator, or not any more. */
      setAdministrator: (input: Input<"admin.set_administrator">, options?: CallOptions) => call("admin.set_administrator", input, options),
      /** Shows the settings that can change while the server runs. */
      getSettings: (input: Input<"admin.get_settings">, options?: CallOptions) => call("admin.get_settings", input, options),
      /** Changes settings while the server runs. */
      changeSettings: (input: Input<"admin.change_settings">, options?: CallOptions) => call("admin.change_settings", input, options),
      /** Exports a conversation for administrators as JSON lines, with what holds keep of it. */
      exportConversation: (input: Input<"admin.export_conversation">, options?: CallOptions) => call("admin.export_conversation", input, options),
      /** Tells every user something, until it is taken away. */
      announce: (input: Input<"admin.announce">, options?: CallOptions) => call("admin.announce", input, options),
      /** Lists groups with their measures. */
      listGroups: (input: Input<"admin.list_groups">, options?: CallOptions) => call("admin.list_groups", input, options),
      /** Shows a group's measures. */
      inspectGroup: (input: Input<"admin.inspect_group">, options?: CallOptions) => call("admin.inspect_group", input, options),
      /** Tells how the server is doing. */
      overview: (input: Input<"admin.overview">, options?: CallOptions) => call("admin.overview", input, options),
      /** Tells what the server measures: connections, messages, latencies, size of the store. */
      figures: (input: Input<"admin.figures">, options?: CallOptions) => call("admin.figures", input, options),
    },
    audit: {
      /** Lists the audit log, newest first. */
      list: (input: Input<"audit.list">, options?: CallOptions) => call("audit.list", input, options),
    },
    contact: {
      /** Asks somebody to be a contact; who is asking already is accepted. */
      request: (input: Input<"contact.request">, options?: CallOptions) => call("contact.request", input, options),
      /** Accepts a request. */
      accept: (input: Input<"contact.accept">, options?: CallOptions) => call("contact.accept", input, options),
      /** Declines a request; the other side is not told. */
      decline: (input: Input<"contact.decline">, options?: CallOptions) => call("contact.decline", input, options),
      /** Takes an own request back. */
      withdraw: (input: Input<"contact.withdraw">, options?: CallOptions) => call("contact.withdraw", input, options),
      /** Ends being contacts, on both sides. */
      remove: (input: Input<"contact.remove">, options?: CallOptions) => call("contact.remove", input, options),
      /** Gives a contact a name of one's own. */
      rename: (input: Input<"contact.rename">, options?: CallOptions) => call("contact.rename", input, options),
      /** Lists contacts and requests. */
      list: (input: Input<"contact.list">, options?: CallOptions) => call("contact.list", input, options),
      /** Blocks somebody: nothing of theirs reaches one any more, and they notice nothing. */
      block: (input: Input<"contact.block">, options?: CallOptions) => call("contact.block", input, options),
      /** Ends a block; what was written meanwhile stays hidden. */
      unblock: (input: Input<"contact.unblock">, options?: CallOptions) => call("contact.unblock", input, options),
      /** Lists the people one has blocked. */
      blocked: (input: Input<"contact.blocked">, options?: CallOptions) => call("contact.blocked", input, options),
    },
    conversation: {
      /** Starts a chat with one or several people. */
      start: (input: Input<"conversation.start">, options?: CallOptions) => call("conversation.start", input, options),
      /** Takes a stranger's direct conversation into one's list. */
      accept: (input: Input<"conversation.accept">, options?: CallOptions) => call("conversation.accept", input, options),
      /** Lists one's conversations, latest activity first, with preview and unread count. */
      list: (input: Input<"conversation.list">, options?: CallOptions) => call("conversation.list", input, options),
      /** Creates a group; one owns it. */
      create: (input: Input<"conversation.create">, options?: CallOptions) => call("conversation.create", input, options),
      /** Shows a conversation. A direct one may be asked for before its first message. */
      get: (input: Input<"conversation.get">, options?: CallOptions) => call("conversation.get", input, options),
      /** Renames a group (owner, admins). */
      rename: (input: Input<"conversation.rename">, options?: CallOptions) => call("conversation.rename", input, options),
      /** Changes a group's name and settings; what is left out stays as it is (owner, admins, or as set). */
      update: (input: Input<"conversation.update">, options?: CallOptions) => call("conversation.update", input, options),
      /** Shows a group's settings, its announcement, and what one may do there. */
      settings: (input: Input<"conversation.settings">, options?: CallOptions) => call("conversation.settings", input, options),
      /** Puts up an announcement for all members in place of the one before, or takes it down (owner, admins). */
      announce: (input: Input<"conversation.announce">, options?: CallOptions) => call("conversation.announce", input, options),
      /** Tells which members have seen the announcement. */
      announcementSeen: (input: Input<"conversation.announcement_seen">, options?: CallOptions) => call("conversation.announcement_seen", input, options),
      /** Sets the name one goes by in a group; the owner and the admins may take away that of others. */
      setAlias: (input: Input<"conversation.set_alias">, options?: CallOptions) => call("conversation.set_alias", input, options),
      /** Dissolves a group for everybody, for ever (owner). */
      dissolve: (input: Input<"conversation.dissolve">, options?: CallOptions) => call("conversation.dissolve", input, options),
      /** Lets a member not write until then, or again (owner anyone, admins members). */
      muteMember: (input: Input<"conversation.mute_member">, options?: CallOptions) => call("conversation.mute_member", input, options),
      /** Puts somebody out of a group who may not come in again (owner anyone, admins members). */
      ban: (input: Input<"conversation.ban">, options?: CallOptions) => call("conversation.ban", input, options),
      /** Lets somebody come in again (owner, admins). */
      unban: (input: Input<"conversation.unban">, options?: CallOptions) => call("conversation.unban", input, options),
      /** Lists those who may not come in (owner, admins). */
      bans: (input: Input<"conversation.bans">, options?: CallOptions) => call("conversation.bans", input, options),
      /** Joins a group by a link, or asks to be let in where that is wanted. */
      join: (input: Input<"conversation.join">, options?: CallOptions) => call("conversation.join", input, options),
      /** Lists the members. */
      members: (input: Input<"conversation.members">, options?: CallOptions) => call("conversation.members", input, options),
      /** Adds people to a group (owner, admins). */
      addMembers: (input: Input<"conversation.add_members">, options?: CallOptions) => call("conversation.add_members", input, options),
      /** Removes a member (the owner anyone, admins members). */
      removeMember: (input: Input<"conversation.remove_member">, options?: CallOptions) => call("conversation.remove_member", input, options),
      /** Leaves a group. An owner hands on to the oldest admin, else the oldest member. */
      leave: (input: Input<"conversation.leave">, options?: CallOptions) => call("conversation.leave", input, options),
      /** Makes a member an admin, or an admin a member (owner). */
      setRole: (input: Input<"conversation.set_role">, options?: CallOptions) => call("conversation.set_role", input, options),
      /** Hands a group over to a member (owner). */
      transfer: (input: Input<"conversation.transfer">, options?: CallOptions) => call("conversation.transfer", input, options),
      /** Moves one's read index up. */
      read: (input: Input<"conversation.read">, options?: CallOptions) => call("conversation.read", input, options),
      /** Tells that one's device holds messages, for up to 100 conversations at once. */
      delivered: (input: Input<"conversation.delivered">, options?: CallOptions) => call("conversation.delivered", input, options),
      /** Tells how far each member of a conversation of up to 500 has got. */
      progress: (input: Input<"conversation.progress">, options?: CallOptions) => call("conversation.progress", input, options),
      /** Marks a conversation as unread for oneself, or takes the mark away; reading takes it away too. */
      markUnread: (input: Input<"conversation.mark_unread">, options?: CallOptions) => call("conversation.mark_unread", input, options),
      /** Sets one's own settings of a conversation: muted, archived, background, what notifies. */
      personalize: (input: Input<"conversation.personalize">, options?: CallOptions) => call("conversation.personalize", input, options),
      /** Sets the conversations at the top of one's list, in order. */
      arrangePins: (input: Input<"conversation.arrange_pins">, options?: CallOptions) => call("conversation.arrange_pins", input, options),
      /** Exports a conversation as JSON lines, page by page, as one may see it. */
      export: (input: Input<"conversation.export">, options?: CallOptions) => call("conversation.export", input, options),
      /** Keeps what one has begun to write, for all own devices; the newest wins, and sending takes it away. */
      setDraft: (input: Input<"conversation.set_draft">, options?: CallOptions) => call("conversation.set_draft", input, options),
      /** Clears a conversation's history for oneself: everything up to now, on all own devices. */
      clear: (input: Input<"conversation.clear">, options?: CallOptions) => call("conversation.clear", input, options),
      /** Clears a conversation for oneself and takes it off one's list until a new message arrives. */
      delete: (input: Input<"conversation.delete">, options?: CallOptions) => call("conversation.delete", input, options),
      /** Has the messages sent from now on disappear after a time, for all (owner and admins; both in a direct conversation). */
      setDisappearing: (input: Input<"conversation.set_disappearing">, options?: CallOptions) => call("conversation.set_disappearing", input, options),
      /** Has a large group push its entries to this connection. */
      open: (input: Input<"conversation.open">, options?: CallOptions) => call("conversation.open", input, options),
      /** Ends `conversation.open`. */
      close: (input: Input<"conversation.close">, options?: CallOptions) => call("conversation.close", input, options),
    },
    emoji: {
      /** Shows all custom emoji. */
      list: (input: Input<"emoji.list">, options?: CallOptions) => call("emoji.list", input, options),
      /** Makes an own picture a custom emoji. */
      add: (input: Input<"emoji.add">, options?: CallOptions) => call("emoji.add", input, options),
      /** Takes a custom emoji away. */
      remove: (input: Input<"emoji.remove">, options?: CallOptions) => call("emoji.remove", input, options),
    },
    file: {
      /** Shows one of one's uploads that is complete and not sent yet. */
      get: (input: Input<"file.get">, options?: CallOptions) => call("file.get", input, options),
      /** Erases one of one's uploads that is not sent yet, complete or not. */
      delete: (input: Input<"file.delete">, options?: CallOptions) => call("file.delete", input, options),
      /** Tells what one's files take up. */
      usage: (input: Input<"file.usage">, options?: CallOptions) => call("file.usage", input, options),
      /** Lists a conversation's messages with pictures, videos, voice, files or links, newest first. */
      list: (input: Input<"file.list">, options?: CallOptions) => call("file.list", input, options),
      /** Makes a link to a message's file that needs no session, good for a while. */
      link: (input: Input<"file.link">, options?: CallOptions) => call("file.link", input, options),
    },
    folder: {
      /** Lists one's folders. */
      list: (input: Input<"folder.list">, options?: CallOptions) => call("folder.list", input, options),
      /** Sets one's folders, all of them, in order. */
      arrange: (input: Input<"folder.arrange">, options?: CallOptions) => call("folder.arrange", input, options),
    },
    hold: {
      /** Keeps what is erased or edited from now on, of a user or in a conversation. */
      create: (input: Input<"hold.create">, options?: CallOptions) => call("hold.create", input, options),
      /** Lists the legal holds. */
      list: (input: Input<"hold.list">, options?: CallOptions) => call("hold.list", input, options),
      /** Ends a legal hold and erases its copies. */
      release: (input: Input<"hold.release">, options?: CallOptions) => call("hold.release", input, options),
    },
    invite: {
      /** Makes an invite to register (administrators, or everybody where the settings say so). */
      create: (input: Input<"invite.create">, options?: CallOptions) => call("invite.create", input, options),
      /** Lists one's own invites, or everybody's for an administrator. */
      list: (input: Input<"invite.list">, options?: CallOptions) => call("invite.list", input, options),
      /** Ends an invite. */
      revoke: (input: Input<"invite.revoke">, options?: CallOptions) => call("invite.revoke", input, options),
    },
    joinRequest: {
      /** Asks to be let into a group that takes requests. */
      create: (input: Input<"join_request.create">, options?: CallOptions) => call("join_request.create", input, options),
      /** Takes one's own request back. */
      withdraw: (input: Input<"join_request.withdraw">, options?: CallOptions) => call("join_request.withdraw", input, options),
      /** Lists those who want to come in (owner, admins). */
      list: (input: Input<"join_request.list">, options?: CallOptions) => call("join_request.list", input, options),
      /** Lets somebody in who asked, or does not (owner, admins). */
      decide: (input: Input<"join_request.decide">, options?: CallOptions) => call("join_request.decide", input, options),
      /** Lists one's own requests that wait or were declined. */
      mine: (input: Input<"join_request.mine">, options?: CallOptions) => call("join_request.mine", input, options),
    },
    link: {
      /** Makes a link into a group; its code is told once (who may add people). */
      create: (input: Input<"link.create">, options?: CallOptions) => call("link.create", input, options),
      /** Lists a group's links: all for owner and admins, the own ones for others who may make some. */
      list: (input: Input<"link.list">, options?: CallOptions) => call("link.list", input, options),
      /** Ends a link (owner, admins, its maker). */
      revoke: (input: Input<"link.revoke">, options?: CallOptions) => call("link.revoke", input, options),
      /** Shows the group behind a link. */
      preview: (input: Input<"link.preview">, options?: CallOptions) => call("link.preview", input, options),
    },
    message: {
      /** Sends a message: a text, a place, a contact, or cards. The answer means: it is durable. */
      send: (input: Input<"message.send">, options?: CallOptions) => call("message.send", input, options),
      /** Withdraws one of one's own messages for all, within 24 hours unless set otherwise; nothing returns its content afterwards. */
      recall: (input: Input<"message.recall">, options?: CallOptions) => call("message.recall", input, options),
      /** Has a text message sent at a time, or changes one that waits. */
      schedule: (input: Input<"message.schedule">, options?: CallOptions) => call("message.schedule", input, options),
      /** Lists one's messages that wait to be sent, and those that could not be, with the reason. */
      scheduled: (input: Input<"message.scheduled">, options?: CallOptions) => call("message.scheduled", input, options),
      /** Drops a message that waits to be sent. */
      unschedule: (input: Input<"message.unschedule">, options?: CallOptions) => call("message.unschedule", input, options),
      /** Hides up to 100 messages for oneself, on all own devices; nobody else notices. */
      hide: (input: Input<"message.hide">, options?: CallOptions) => call("message.hide", input, options),
      /** Changes the text of one of one's own messages, within 48 hours unless set otherwise. */
      edit: (input: Input<"message.edit">, options?: CallOptions) => call("message.edit", input, options),
      /** Forwards messages that one may see, with where they come from. */
      forward: (input: Input<"message.forward">, options?: CallOptions) => call("message.forward", input, options),
      /** Likes a message with an emoji. */
      like: (input: Input<"message.like">, options?: CallOptions) => call("message.like", input, options),
      /** Takes a like back. */
      unlike: (input: Input<"message.unlike">, options?: CallOptions) => call("message.unlike", input, options),
      /** Lists who likes a message, in order of liking. */
      likes: (input: Input<"message.likes">, options?: CallOptions) => call("message.likes", input, options),
      /** Pins a message for all (in a group: owner, admins). */
      pin: (input: Input<"message.pin">, options?: CallOptions) => call("message.pin", input, options),
      /** Takes a pin away (as `message.pin`). */
      unpin: (input: Input<"message.unpin">, options?: CallOptions) => call("message.unpin", input, options),
      /** Lists the pinned messages, the latest pin first. */
      pinned: (input: Input<"message.pinned">, options?: CallOptions) => call("message.pinned", input, options),
      /** Reads several entries by their indexes; what is not there for the reader is left out. */
      lookUp: (input: Input<"message.look_up">, options?: CallOptions) => call("message.look_up", input, options),
      /** Reads a part of a conversation's log, both ways from an index. */
      history: (input: Input<"message.history">, options?: CallOptions) => call("message.history", input, options),
      /** Reads one entry. */
      get: (input: Input<"message.get">, options?: CallOptions) => call("message.get", input, options),
      /** Tells who has read a message, who has not, and whom it has reached. */
      readers: (input: Input<"message.readers">, options?: CallOptions) => call("message.readers", input, options),
      /** Reports a message to the administrators. */
      report: (input: Input<"message.report">, options?: CallOptions) => call("message.report", input, options),
    },
    notification: {
      /** Tells what notifies one, and when not. */
      get: (input: Input<"notification.get">, options?: CallOptions) => call("notification.get", input, options),
      /** Changes what notifies one, and when not. */
      update: (input: Input<"notification.update">, options?: CallOptions) => call("notification.update", input, options),
    },
    poll: {
      /** Votes in a poll, in place of one's former vote; giving none takes it back. */
      vote: (input: Input<"poll.vote">, options?: CallOptions) => call("poll.vote", input, options),
      /** Closes a poll (its sender; in a group the owner and admins too). */
      close: (input: Input<"poll.close">, options?: CallOptions) => call("poll.close", input, options),
      /** Lists who chose an option of a poll that is not anonymous. */
      voters: (input: Input<"poll.voters">, options?: CallOptions) => call("poll.voters", input, options),
    },
    presence: {
      /** Hears of people's coming and going on this connection; answers how they are now. */
      watch: (input: Input<"presence.watch">, options?: CallOptions) => call("presence.watch", input, options),
      /** Ends `presence.watch`. */
      unwatch: (input: Input<"presence.unwatch">, options?: CallOptions) => call("presence.unwatch", input, options),
      /** Says whether somebody is at this device. */
      set: (input: Input<"presence.set">, options?: CallOptions) => call("presence.set", input, options),
    },
    privacy: {
      /** Tells what one lets others see. */
      get: (input: Input<"privacy.get">, options?: CallOptions) => call("privacy.get", input, options),
      /** Changes what one lets others see, from now on. */
      update: (input: Input<"privacy.update">, options?: CallOptions) => call("privacy.update", input, options),
    },
    profile: {
      /** Tells who is signed in. */
      get: (input: Input<"profile.get">, options?: CallOptions) => call("profile.get", input, options),
      /** Changes one's profile. */
      update: (input: Input<"profile.update">, options?: CallOptions) => call("profile.update", input, options),
    },
    report: {
      /** Lists reports. */
      list: (input: Input<"report.list">, options?: CallOptions) => call("report.list", input, options),
      /** Shows a report, with the reported message while it is open. */
      get: (input: Input<"report.get">, options?: CallOptions) => call("report.get", input, options),
      /** Closes a report. */
      resolve: (input: Input<"report.resolve">, options?: CallOptions) => call("report.resolve", input, options),
    },
    retention: {
      /** Sets for how long one conversation's messages are kept, also those there are. */
      set: (input: Input<"retention.set">, options?: CallOptions) => call("retention.set", input, options),
      /** Lists the conversations that are kept for a time of their own. */
      list: (input: Input<"retention.list">, options?: CallOptions) => call("retention.list", input, options),
    },
    rtm: {
      /** The two-call API: sends a text to a user or a conversation. */
      send: (input: Input<"rtm.send">, options?: CallOptions) => call("rtm.send", input, options),
      /** The two-call API: receives the messages after a position. */
      receive: (input: Input<"rtm.receive">, options?: CallOptions) => call("rtm.receive", input, options),
    },
    server: {
      /** Tells what this server is and who may register. */
      get: (input: Input<"server.get">, options?: CallOptions) => call("server.get", input, options),
    },
    session: {
      /** Signs a device in with username and password. */
      logIn: (input: Input<"session.log_in">, options?: CallOptions) => call("session.log_in", input, options),
      /** Signs this WebSocket in with a session's token. */
      resume: (input: Input<"session.resume">, options?: CallOptions) => call("session.resume", input, options),
      /** Makes a ticket that signs in one WebSocket, once and within 30 seconds. */
      ticket: (input: Input<"session.ticket">, options?: CallOptions) => call("session.ticket", input, options),
      /** A heartbeat; its answer also heals lost hints. */
      ping: (input: Input<"session.ping">, options?: CallOptions) => call("session.ping", input, options),
      /** Lists one's signed-in devices. */
      list: (input: Input<"session.list">, options?: CallOptions) => call("session.list", input, options),
      /** Signs another of one's devices out, at once. */
      end: (input: Input<"session.end">, options?: CallOptions) => call("session.end", input, options),
      /** Signs this device out. */
      logOut: (input: Input<"session.log_out">, options?: CallOptions) => call("session.log_out", input, options),
    },
    sticker: {
      /** Shows all packs of stickers. */
      packs: (input: Input<"sticker.packs">, options?: CallOptions) => call("sticker.packs", input, options),
      /** Makes a pack of stickers. */
      createPack: (input: Input<"sticker.create_pack">, options?: CallOptions) => call("sticker.create_pack", input, options),
      /** Takes a pack of stickers away. */
      deletePack: (input: Input<"sticker.delete_pack">, options?: CallOptions) => call("sticker.delete_pack", input, options),
      /** Puts a sticker into a pack. */
      add: (input: Input<"sticker.add">, options?: CallOptions) => call("sticker.add", input, options),
      /** Takes a sticker out of its pack. */
      remove: (input: Input<"sticker.remove">, options?: CallOptions) => call("sticker.remove", input, options),
    },
    typing: {
      /** Tells that one is writing or recording; more often than every 3 seconds is passed over. */
      set: (input: Input<"typing.set">, options?: CallOptions) => call("typing.set", input, options),
    },
    user: {
      /** Shows a user. */
      get: (input: Input<"user.get">, options?: CallOptions) => call("user.get", input, options),
      /** Finds a user by the exact username. */
      find: (input: Input<"user.find">, options?: CallOptions) => call("user.find", input, options),
      /** Shows several users at once. */
      lookUp: (input: Input<"user.look_up">, options?: CallOptions) => call("user.look_up", input, options),
    },
  };
}

export type Api = ReturnType<typeof api>;
