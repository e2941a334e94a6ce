//! From a host's name to addresses that may be asked. What is answered here is what is connected to: there is no second look
//! that could say something else.
//!
//! If one address of a name may not be asked, none is.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::may_ask;
use super::fetch::Refusal;

/// Who knows the addresses of names.
#[derive(Clone, Default)]
pub struct Names {
    /// What a test makes up instead of asking.
    given: Option<Arc<Given>>,
    /// A bug that the attacks must catch.
    #[cfg(test)]
    pub(super) trusts: Trusts,
}

/// Bugs put in on purpose.
#[cfg(test)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Trusts {
    /// None.
    #[default]
    Nobody,
    /// Whatever a name leads to is asked.
    EveryAddress,
    /// A name with one address that may be asked is asked at any of its addresses.
    OneGoodAddress,
}

/// Names that a test makes up.
struct Given {
    /// What is answered, one after the other; the last one again and again.
    answers: Mutex<HashMap<String, Vec<Vec<SocketAddr>>>>,
    /// Addresses that may be asked although they are not public.
    allowed: Vec<SocketAddr>,
}

impl Names {
    /// For tests: these names, each with its answers in order, and addresses that may be asked wherever they are.
    pub fn given(
        answers: impl IntoIterator<Item = (String, Vec<Vec<SocketAddr>>)>,
        allowed: Vec<SocketAddr>,
    ) -> Names {
        let answers = Mutex::new(answers.into_iter().collect());
        Names {
            given: Some(Arc::new(Given { answers, allowed })),
            #[cfg(test)]
            trusts: Trusts::default(),
        }
    }

    /// The addresses of a host, all of which may be asked.
    async fn addresses(&self, host: &str) -> Result<Vec<SocketAddr>, Refusal> {
        let found: Vec<SocketAddr> = match &self.given {
            Some(given) => given.next(host),
            // Port 0 stands for the one that goes with the scheme.
            None => tokio::net::lookup_host((host, 0)).await.map_err(|_| Refusal::Unreachable)?.collect(),
        };
        let allowed = |address: &SocketAddr| {
            may_ask(address.ip()) || self.given.as_ref().is_some_and(|given| given.allowed.contains(address))
        };
        let trusted = found.iter().all(allowed) || self.planted_trust(|| found.iter().any(allowed));
        if found.is_empty() || !trusted { Err(Refusal::Address) } else { Ok(found) }
    }

    #[cfg(test)]
    fn planted_trust(&self, any: impl Fn() -> bool) -> bool {
        match self.trusts {
            Trusts::Nobody => false,
            Trusts::EveryAddress => true,
            Trusts::OneGoodAddress => any(),
        }
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_trust(&self, _: impl Fn() -> bool) -> bool {
        false
    }
}

impl Given {
    fn next(&self, host: &str) -> Vec<SocketAddr> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        match answers.get_mut(host) {
            Some(answers) if answers.len() > 1 => answers.remove(0),
            Some(answers) => answers.first().cloned().unwrap_or_default(),
            None => Vec::new(),
        }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.clone();
        Box::pin(async move {
            let found = names.addresses(name.as_str()).await?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
