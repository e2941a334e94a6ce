//! stub
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackupReport {}
