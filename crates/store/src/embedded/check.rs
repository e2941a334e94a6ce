//! stub
/// x
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckReport {}
/// x
pub fn check() {}
