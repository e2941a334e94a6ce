//! Photos of users and groups, and backgrounds of one's own: content like any other, found by what it stands for.
//!
//! Who may see what it stands for is asked on every request, and one that was replaced is not there any more.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::response::Response;

use super::content::{Fields, read, to_caller};
use crate::app::App;

/// The header with the code of a link into a group.
const LINK_CODE: &str = "parlance-link-code";

/// A user's photo.
pub async fn of_user(
    State(app): State<Arc<App>>,
    Path((of, file)): Path<(String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| Ok(app.engine.user_photo(caller, read(&of)?, read(&file)?, size).await?);
    to_caller(&app, &fields, request, find).await
}

/// A group's photo, for its members, and for whoever comes with the code of a link into it.
pub async fn of_group(
    State(app): State<Arc<App>>,
    Path((of, file)): Path<(String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    // Not in the address, which proxies write down: whoever has the code can come in.
    let code = request.headers().get(LINK_CODE).map(|code| code.to_str().unwrap_or_default().to_owned());
    let find = async |caller, size| {
        let (group, file) = (read(&of)?, read(&file)?);
        Ok(match &code {
            Some(code) => app.engine.linked_group_photo(caller, (group, code), file, size).await?,
            None => app.engine.group_photo(caller, group, file, size).await?,
        })
    };
    to_caller(&app, &fields, request, find).await
}

/// The background that one has chosen for a conversation.
pub async fn background(
    State(app): State<Arc<App>>,
    Path((of, file)): Path<(String, String)>,
    Query(fields): Fields,
    request: Request,
) -> Response {
    let find = async |caller, size| Ok(app.engine.background(caller, read(&of)?, read(&file)?, size).await?);
    to_caller(&app, &fields, request, find).await
}
