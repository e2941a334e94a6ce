//! Operations of administrators, and the invites that others may make too where the settings say so.
//! The right is checked here once, and the engine does nothing of it without its proof.

use std::fs;
use std::path::Path;

use parlance_engine::{Administrator, Caller, Inviter, NewUser};
use parlance_proto::{
    ChangeSettings, CreateInvite, CreateUser, NewInvite, OneTimePassword, Overview, Request, ResetPassword,
    Response, ServerFigures, ServerSettings,
};

use crate::app::App;
use crate::error::ApiError;
use crate::signin::token::{self, Kind};
use crate::world::now_ms;

/// The folder of what people uploaded, in the data folder.
const MEDIA: &str = "media";

/// Does what an administrator asks. For everybody else there is no such operation.
pub async fn administer(app: &App, caller: Caller, request: Request) -> Result<Response, ApiError> {
    use Response as R;
    let (engine, by) = (&app.engine, &app.engine.administrator(caller).await?);
    Ok(match request {
        Request::ListUsers(input) => R::ListUsers(engine.list_users(by, input).await?),
        Request::InspectUser(input) => R::InspectUser(engine.inspect_user(by, input).await?),
        Request::CreateUser(input) => R::CreateUser(create_user(app, by, input).await?),
        Request::DisableUser(input) => R::DisableUser(engine.disable_user(by, input).await?),
        Request::EnableUser(input) => R::EnableUser(engine.enable_user(by, input).await?),
        Request::SignOutUser(input) => R::SignOutUser(engine.sign_out_user(by, input).await?),
        Request::ResetPassword(input) => R::ResetPassword(reset_password(app, by, input).await?),
        Request::SetAdministrator(input) => R::SetAdministrator(engine.set_administrator(by, input).await?),
        Request::GetSettings(_) => R::GetSettings(app.settings.current()),
        Request::ChangeSettings(input) => R::ChangeSettings(change_settings(app, by, input).await?),
        Request::SetRetention(input) => R::SetRetention(engine.set_retention(by, input).await?),
        Request::ListRetention(input) => R::ListRetention(engine.list_retention(by, input).await?),
        Request::CreateHold(input) => R::CreateHold(engine.create_hold(by, input).await?),
        Request::CreateStickerPack(input) => {
            R::CreateStickerPack(engine.create_sticker_pack(by, input).await?)
        }
        Request::DeleteStickerPack(input) => {
            R::DeleteStickerPack(engine.delete_sticker_pack(by, input).await?)
        }
        Request::AddSticker(input) => R::AddSticker(engine.add_sticker(by, input).await?),
        Request::RemoveSticker(input) => R::RemoveSticker(engine.remove_sticker(by, input).await?),
        Request::AddEmoji(input) => R::AddEmoji(engine.add_emoji(by, input).await?),
        Request::RemoveEmoji(input) => R::RemoveEmoji(engine.remove_emoji(by, input).await?),
        Request::ListHolds(input) => R::ListHolds(engine.list_holds(by, input).await?),
        Request::ReleaseHold(input) => R::ReleaseHold(engine.release_hold(by, input).await?),
        Request::ExportForAdministrators(input) => {
            R::ExportForAdministrators(engine.export_for_administrators(by, input).await?)
        }
        Request::Announce(input) => R::Announce(engine.announce(by, input).await?),
        Request::ListGroups(input) => R::ListGroups(engine.list_groups(by, input).await?),
        Request::InspectGroup(input) => R::InspectGroup(engine.inspect_group(by, input).await?),
        Request::GetOverview(input) => {
            let overview = engine.get_overview(by, input).await?;
            R::GetOverview(Overview {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                started_ms: app.started_ms,
                ..overview
            })
        }
        Request::GetFigures(_) => R::GetFigures(figures(app).await?),
        Request::ListReports(input) => R::ListReports(engine.list_reports(by, input).await?),
        Request::GetReport(input) => R::GetReport(engine.get_report(by, input).await?),
        Request::ResolveReport(input) => R::ResolveReport(engine.resolve_report(by, input).await?),
        Request::ListAudit(input) => R::ListAudit(engine.list_audit(by, input).await?),
        _ => return Err(ApiError::Fault("not an operation of administrators")),
    })
}

/// Does what somebody asks who may invite.
pub async fn invite(app: &App, caller: Caller, request: Request) -> Result<Response, ApiError> {
    use Response as R;
    let by = &app.engine.inviter(caller, app.settings.members_invite()).await?;
    Ok(match request {
        Request::CreateInvite(input) => R::CreateInvite(create_invite(app, by, input).await?),
        Request::ListInvites(input) => R::ListInvites(app.engine.list_invites(by, input).await?),
        Request::RevokeInvite(input) => R::RevokeInvite(app.engine.revoke_invite(by, input).await?),
        _ => return Err(ApiError::Fault("not an operation about invites")),
    })
}

async fn create_invite(app: &App, by: &Inviter, input: CreateInvite) -> Result<NewInvite, ApiError> {
    let (code, hash) = token::fresh(Kind::Invite);
    let invite = app.engine.create_invite(by, hash, input).await?;
    let code = code.expose().to_owned();
    Ok(NewInvite { invite, link: format!("/#invite={code}"), code })
}

async fn create_user(app: &App, by: &Administrator, input: CreateUser) -> Result<OneTimePassword, ApiError> {
    let (password, password_hash) = app.sign_in.one_time_password().await?;
    let new = NewUser { username: input.username, display_name: input.display_name, password_hash };
    let account = app.engine.add_user(by, new).await?;
    Ok(OneTimePassword { user: account.user, password })
}

async fn reset_password(
    app: &App,
    by: &Administrator,
    input: ResetPassword,
) -> Result<OneTimePassword, ApiError> {
    let (password, hash) = app.sign_in.one_time_password().await?;
    let account = app.engine.reset_password(by, input.user_id, hash).await?;
    Ok(OneTimePassword { user: account.user, password })
}

async fn figures(app: &App) -> Result<ServerFigures, ApiError> {
    let (figures, folder) = (app.figures.shown(), app.data.clone());
    let size = tokio::task::spawn_blocking(move || store_bytes(&folder)).await;
    Ok(ServerFigures {
        time_ms: now_ms(),
        store_bytes: size.map_err(|_| ApiError::Fault("the data folder was not measured"))?,
        ..figures
    })
}

/// Bytes of the data folder without what people uploaded: that may be millions of files, and lie elsewhere.
fn store_bytes(folder: &Path) -> u64 {
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(_) if entry.file_name() == MEDIA => 0,
        Ok(found) if found.is_dir() => bytes_under(&entry.path()),
        found => found.map_or(0, |found| found.len()),
    };
    fs::read_dir(folder).map_or(0, |entries| entries.flatten().map(size).sum())
}

/// Bytes of all files under a folder. What goes away meanwhile counts as nothing.
fn bytes_under(folder: &Path) -> u64 {
    let size = |entry: fs::DirEntry| match entry.metadata() {
        Ok(found) if found.is_dir() => bytes_under(&entry.path()),
        found => found.map_or(0, |found| found.len()),
    };
    fs::read_dir(folder).map_or(0, |entries| entries.flatten().map(size).sum())
}

async fn change_settings(
    app: &App,
    by: &Administrator,
    input: ChangeSettings,
) -> Result<ServerSettings, ApiError> {
    app.engine.change_settings(by, input).await?;
    let settings = app.settings.current();
    app.rates.apply(&settings);
    Ok(settings)
}
