//! From an operation to its use case: one exhaustive match that every door shares.
//! What is about a connection itself (`Access::Connection`) is done by the WebSocket door before it comes here.

mod rtm;

use std::net::IpAddr;

use parlance_engine::Caller;
use parlance_proto::{Changes, Done, EndSession, ErrorCode, Pong, Request, Response, Sync};

use crate::app::{App, Asker};
use crate::error::ApiError;
use crate::world::now_ms;

/// Does what is asked.
pub async fn perform(app: &App, asker: Asker, request: Request) -> Result<Response, ApiError> {
    match request {
        Request::Register(input) => {
            app.sign_in.register(input, asker.address, &app.rates).await.map(Response::Register)
        }
        Request::LogIn(input) => app.sign_in.log_in(input, asker.address).await.map(Response::LogIn),
        request => signed_in(app, asker.caller()?, asker.address, request).await,
    }
}

/// Does what is asked by somebody who is signed in.
async fn signed_in(
    app: &App,
    caller: Caller,
    address: IpAddr,
    request: Request,
) -> Result<Response, ApiError> {
    use Response as R;
    let engine = &app.engine;
    Ok(match request {
        Request::Register(_) | Request::LogIn(_) => return Err(ApiError::Fault("needs no session")),
        Request::Resume(_) | Request::OpenConversation(_) | Request::CloseConversation(_) => {
            return Err(ApiError::new(ErrorCode::Conflict, "this operation is about a WebSocket"));
        }
        Request::Ping(_) => R::Ping(ping(app, caller).await?),
        Request::ListSessions(input) => R::ListSessions(engine.list_sessions(caller, input).await?),
        Request::EndSession(input) => R::EndSession(engine.end_session(caller, input).await?),
        Request::LogOut(_) => R::LogOut(log_out(app, caller).await?),
        Request::ChangePassword(input) => {
            R::ChangePassword(app.sign_in.change_password(caller, input, address).await?)
        }
        Request::GetMe(input) => R::GetMe(engine.get_me(caller, input).await?),
        Request::UpdateProfile(input) => R::UpdateProfile(engine.update_profile(caller, input).await?),
        Request::GetUser(input) => R::GetUser(engine.get_user(caller, input).await?),
        Request::FindUser(input) => {
            app.rates.look_up(caller)?;
            R::FindUser(engine.find_user(caller, input).await?)
        }
        Request::LookUpUsers(input) => R::LookUpUsers(engine.look_up_users(caller, input).await?),
        Request::ListConversations(input) => {
            R::ListConversations(engine.list_conversations(caller, input).await?)
        }
        Request::CreateGroup(input) => {
            app.rates.create(caller)?;
            R::CreateGroup(engine.create_group(caller, input).await?)
        }
        Request::GetConversation(input) => R::GetConversation(engine.get_conversation(caller, input).await?),
        Request::RenameGroup(input) => R::RenameGroup(engine.rename_group(caller, input).await?),
        Request::ListMembers(input) => R::ListMembers(engine.list_members(caller, input).await?),
        Request::AddMembers(input) => R::AddMembers(engine.add_members(caller, input).await?),
        Request::RemoveMember(input) => R::RemoveMember(engine.remove_member(caller, input).await?),
        Request::LeaveConversation(input) => {
            R::LeaveConversation(engine.leave_conversation(caller, input).await?)
        }
        Request::SetRole(input) => R::SetRole(engine.set_role(caller, input).await?),
        Request::TransferOwnership(input) => {
            R::TransferOwnership(engine.transfer_ownership(caller, input).await?)
        }
        Request::SendMessage(input) => {
            app.rates.send(caller, input.conversation_id)?;
            R::SendMessage(engine.send_message(caller, input).await?.await?)
        }
        Request::GetHistory(input) => R::GetHistory(engine.get_history(caller, input).await?),
        Request::GetMessage(input) => R::GetMessage(engine.get_message(caller, input).await?),
        Request::MarkRead(input) => R::MarkRead(engine.mark_read(caller, input).await?),
        Request::Sync(input) => R::Sync(sync(app, caller, input).await?),
        Request::RtmSend(input) => R::RtmSend(rtm::send(app, caller, input).await?),
        Request::RtmReceive(input) => R::RtmReceive(rtm::receive(app, caller, input).await?),
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

async fn log_out(app: &App, caller: Caller) -> Result<Done, ApiError> {
    Ok(app.engine.end_session(caller, EndSession { session_id: caller.session }).await?)
}
