//! Commands about a data folder as a whole: its backup, its restoring, its soundness, what was erased in it.
//! Each works on a folder named by the same flags as the server's.

pub mod backup;
pub mod check;
pub mod compact;
pub mod migrate;
pub mod restore;
pub mod schema;
