//! Photos of users and groups, and backgrounds of one's own: content like any other, found by what it stands for.
//!
//! Who may see what it stands for is asked on every request, and one that was replaced is not there any more.

use std::sync::Arc;

use axum::extract::{Path, Query, Request, State};
use axum::response::Response;

use super::caller;
use super::content::{Fields, KEPT, answer, read, size};
use crate::app::App;

/// One address: whose picture it is, and who is asked for it.
macro_rules! picture {
    ($(#[$documentation:meta])* $name:ident, $find:ident) => {
        $(#[$documentation])*
        pub async fn $name(
            State(app): State<Arc<App>>,
            Path((of, file)): Path<(String, String)>,
            Query(fields): Fields,
            request: Request,
        ) -> Response {
            let (parts, _) = request.into_parts();
            let found = async {
                let caller = caller(&app, &parts).await?;
                Ok(app.engine.$find(caller, read(&of)?, read(&file)?, size(&fields)?).await?)
            };
            answer(&app, found.await, &parts.headers, &fields, KEPT).await
        }
    };
}

picture!(
    /// A user's photo.
    of_user,
    user_photo
);
picture!(
    /// A group's photo.
    of_group,
    group_photo
);
picture!(
    /// The background that one has chosen for a conversation.
    background,
    background
);
