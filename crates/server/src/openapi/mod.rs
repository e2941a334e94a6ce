//! The description of the API for programs and for people, made from the operation table.
//! Both are served without a session: they tell nothing but what the source tells.

use axum::Router;

/// The routes of the description.
pub fn router() -> Router {
    Router::new()
}
