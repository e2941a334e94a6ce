//! From an operation to its use case: one exhaustive match that every door shares.
//! What is about a connection itself (`Access::Connection`) is done by the WebSocket door before it comes here.

mod administration;
mod files;
mod rtm;

use std::net::IpAddr;

use parlance_engine::Caller;
use parlance_proto::{
    Changes, Done, EndSession, ErrorCode, Pong, Request, Response, ServerInfo, Sync, Ticket,
};

use crate::app::{App, Asker};
use crate::error::ApiError;
use crate::signin::token::{self, Kind};
use crate::world::now_ms;

/// Does what is asked.
pub async fn perform(app: &App, asker: Asker, request: Request) -> Result<Response, ApiError> {
    match request {
        Request::Register(input) => {
            app.sign_in.register(input, asker.address, &app.rates).await.map(Response::Register)
        }
        Request::LogIn(input) => app.sign_in.log_in(input, asker.address).await.map(Response::LogIn),
        Request::GetServer(_) => Ok(Response::GetServer(ServerInfo {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            registration: app.settings.registration(),
            empty: app.engine.is_empty().await?,
        })),
        request => signed_in(app, asker.caller()?, asker.address, request).await,
    }
}

/// The match from operation to use case. First the operations that need more than the engine, as arms; then those that
/// are a use case of the engine as they stand: the operation, and the engine's method of the same meaning.
macro_rules! perform {
    ($engine:expr, $caller:expr, $request:expr;
     { $($special:pat => $answer:expr,)* }
     $($op:ident $case:ident;)*) => {
        match $request {
            $($special => $answer,)*
            $(Request::$op(input) => Response::$op($engine.$case($caller, input).await?),)*
        }
    };
}

/// Does what is asked by somebody who is signed in.
#[allow(clippy::too_many_lines)] // a line an operation
async fn signed_in(
    app: &App,
    caller: Caller,
    address: IpAddr,
    request: Request,
) -> Result<Response, ApiError> {
    use Response as R;
    let engine = &app.engine;
    app.rates.check(caller, &request)?;
    Ok(perform! { engine, caller, request;
        {
            Request::GetFileUsage(_) => R::GetFileUsage(files::usage(app, caller).await?),
            Request::LinkFile(input) => R::LinkFile(files::link(app, caller, input).await?),
            Request::Register(_) | Request::LogIn(_) | Request::GetServer(_) => return Err(ApiError::Fault("needs no session")),
            Request::Resume(_)
            | Request::OpenConversation(_)
            | Request::CloseConversation(_)
            | Request::WatchPresence(_)
            | Request::UnwatchPresence(_)
            | Request::SetPresence(_) => {
                return Err(ApiError::new(ErrorCode::Conflict, "this operation is about a WebSocket"))
            },
            Request::Ping(_) => R::Ping(ping(app, caller).await?),
            Request::LogOut(_) => R::LogOut(log_out(app, caller).await?),
            Request::ChangePassword(input) => {
                R::ChangePassword(app.sign_in.change_password(caller, input, address).await?)
            },
            Request::IssueTicket(_) => R::IssueTicket(ticket(app, caller).await?),
            request @ (Request::CreateInvite(_) | Request::ListInvites(_) | Request::RevokeInvite(_)) => {
                return administration::invite(app, caller, request).await
            },
            request @ (Request::ListUsers(_)
            | Request::InspectUser(_)
            | Request::CreateUser(_)
            | Request::DisableUser(_)
            | Request::EnableUser(_)
            | Request::SignOutUser(_)
            | Request::ResetPassword(_)
            | Request::SetAdministrator(_)
            | Request::GetSettings(_)
            | Request::ChangeSettings(_)
            | Request::SetRetention(_)
            | Request::ListRetention(_)
            | Request::CreateStickerPack(_)
            | Request::DeleteStickerPack(_)
            | Request::AddSticker(_)
            | Request::RemoveSticker(_)
            | Request::AddEmoji(_)
            | Request::RemoveEmoji(_)
            | Request::CreateHold(_)
            | Request::ListHolds(_)
            | Request::ReleaseHold(_)
            | Request::ExportForAdministrators(_)
            | Request::Announce(_)
            | Request::ListGroups(_)
            | Request::InspectGroup(_)
            | Request::GetOverview(_)
            | Request::GetFigures(_)
            | Request::ListReports(_)
            | Request::GetReport(_)
            | Request::ResolveReport(_)
            | Request::ListAudit(_)) => return administration::administer(app, caller, request).await,
            Request::SendMessage(input) => R::SendMessage(engine.send_message(caller, input).await?.await?),
            Request::Sync(input) => R::Sync(sync(app, caller, input).await?),
            Request::RtmSend(input) => R::RtmSend(rtm::send(app, caller, input).await?),
            Request::RtmReceive(input) => R::RtmReceive(rtm::receive(app, caller, input).await?),
        }
        ListSessions list_sessions;
        EndSession end_session;
        GetMe get_me;
        UpdateProfile update_profile;
        GetUser get_user;
        FindUser find_user;
        LookUpUsers look_up_users;
        ListConversations list_conversations;
        GetConversation get_conversation;
        MarkRead mark_read;
        MarkUnread mark_unread;
        Personalize personalize;
        ArrangePins arrange_pins;
        ListFolders list_folders;
        ArrangeFolders arrange_folders;
        GetNotifications get_notifications;
        UpdateNotifications update_notifications;
        ClearConversation clear_conversation;
        DeleteConversation delete_conversation;
        MarkDelivered mark_delivered;
        GetProgress get_progress;
        ListReaders list_readers;
        GetPrivacy get_privacy;
        UpdatePrivacy update_privacy;
        SetDisappearing set_disappearing;
        SetDraft set_draft;
        ExportConversation export_conversation;
        RequestContact request_contact;
        AcceptContact accept_contact;
        DeclineContact decline_contact;
        WithdrawContact withdraw_contact;
        RemoveContact remove_contact;
        RenameContact rename_contact;
        ListContacts list_contacts;
        BlockUser block_user;
        UnblockUser unblock_user;
        ListBlocked list_blocked;
        StartConversation start_conversation;
        AcceptConversation accept_conversation;
        SetTyping set_typing;
        CreateGroup create_group;
        RenameGroup rename_group;
        ListMembers list_members;
        AddMembers add_members;
        RemoveMember remove_member;
        LeaveConversation leave_conversation;
        SetRole set_role;
        TransferOwnership transfer_ownership;
        UpdateConversation update_conversation;
        GetConversationSettings get_conversation_settings;
        AnnounceToGroup announce_to_group;
        AnnouncementSeen announcement_seen;
        SetAlias set_alias;
        DissolveGroup dissolve_group;
        MuteMember mute_member;
        BanMember ban_member;
        UnbanMember unban_member;
        ListBans list_bans;
        CreateLink create_link;
        ListLinks list_links;
        RevokeLink revoke_link;
        PreviewLink preview_link;
        JoinConversation join_conversation;
        RequestJoin request_join;
        WithdrawRequest withdraw_request;
        ListRequests list_requests;
        DecideRequest decide_request;
        ListOwnRequests list_own_requests;
        GetHistory get_history;
        GetMessage get_message;
        GetFile get_file;
        ListFiles list_files;
        DeleteFile delete_file;
        ListStickers list_stickers;
        ListEmoji list_emoji;
        RecallMessage recall_message;
        ReportMessage report_message;
        HideMessages hide_messages;
        ScheduleMessage schedule_message;
        ListScheduled list_scheduled;
        UnscheduleMessage unschedule_message;
        EditMessage edit_message;
        ForwardMessages forward_messages;
        LikeMessage like_message;
        UnlikeMessage unlike_message;
        ListLikes list_likes;
        VotePoll vote_poll;
        ClosePoll close_poll;
        ListVoters list_voters;
        PinMessage pin_message;
        UnpinMessage unpin_message;
        ListPinned list_pinned;
        LookUpMessages look_up_messages;
    })
}

async fn ping(app: &App, caller: Caller) -> Result<Pong, ApiError> {
    let user_index = app.engine.user_index(caller.user).await?;
    Ok(Pong { time_ms: now_ms(), user_index })
}

/// A long poll must not hold up the end of the server.
async fn sync(app: &App, caller: Caller, input: Sync) -> Result<Changes, ApiError> {
    if input.wait_ms.unwrap_or(0) == 0 {
        return Ok(app.engine.sync(caller, input).await?);
    }
    tokio::select! {
        changes = app.engine.sync(caller, input) => Ok(changes?),
        () = app.tasks.stopped() => Err(ApiError::busy()),
    }
}

async fn ticket(app: &App, caller: Caller) -> Result<Ticket, ApiError> {
    let (ticket, hash) = token::fresh(Kind::Ticket);
    let expires_ms = app.engine.issue_ticket(caller, hash).await?;
    Ok(Ticket { ticket: ticket.expose().to_owned(), expires_ms })
}

async fn log_out(app: &App, caller: Caller) -> Result<Done, ApiError> {
    Ok(app.engine.end_session(caller, EndSession { session_id: caller.session }).await?)
}
