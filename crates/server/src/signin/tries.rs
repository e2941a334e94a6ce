//! Counts wrong passwords by account and by address, and makes whoever guesses wait.
//!
//! A try is counted before the password is looked at, so that many at once count too; it is given back unless the
//! password was wrong. Signed-in devices are not asked here: an attacker cannot lock anybody out of them.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use parlance_proto::ErrorCode;

use crate::config::Limits;
use crate::error::ApiError;
use crate::listener::prefix;

/// How long a wrong password counts.
const WINDOW: Duration = Duration::from_secs(15 * 60);
/// Most accounts and addresses remembered; past it the ones whose time is nearest its end are forgotten.
const REMEMBERED: usize = 100_000;

/// The counts of all accounts and addresses.
pub struct Tries {
    accounts: Mutex<Counts<String>>,
    addresses: Mutex<Counts<IpAddr>>,
    limits: Arc<Limits>,
}

/// One try under way. Dropping it gives it back; `failed` keeps it counted.
pub struct Try<'a> {
    tries: &'a Tries,
    account: Option<String>,
    address: IpAddr,
    /// Whether it stays counted.
    kept: bool,
}

impl Tries {
    /// Counts by these limits.
    pub fn new(limits: Arc<Limits>) -> Tries {
        Tries { accounts: Mutex::default(), addresses: Mutex::default(), limits }
    }

    /// Counts a try, or refuses it. Names that cannot be an account's count by address only.
    pub fn begin(&self, account: Option<&str>, address: IpAddr) -> Result<Try<'_>, ApiError> {
        let address = prefix(address);
        let of_address = self.limits.of_address(self.limits.tries_per_address, address);
        lock(&self.addresses).add(&address, of_address)?;
        let mut begun = Try { tries: self, account: None, address, kept: false };
        if let Some(account) = account {
            lock(&self.accounts).add(&account.to_owned(), self.limits.tries_per_account)?;
            begun.account = Some(account.to_owned());
        }
        Ok(begun)
    }

    /// Forgets what no longer counts.
    pub fn tidy(&self) {
        lock(&self.accounts).tidy();
        lock(&self.addresses).tidy();
    }
}

impl Try<'_> {
    /// The password was wrong. True if this was the last try for now, of the account or of the address.
    pub fn failed(mut self) -> bool {
        self.kept = true;
        let limits = &self.tries.limits;
        let of_address = limits.of_address(limits.tries_per_address, self.address);
        let account = self.account.as_ref();
        lock(&self.tries.addresses).is_at(&self.address, of_address)
            || account
                .is_some_and(|account| lock(&self.tries.accounts).is_at(account, limits.tries_per_account))
    }
}

impl Drop for Try<'_> {
    fn drop(&mut self) {
        if !self.kept {
            lock(&self.tries.addresses).give_back(&self.address);
            if let Some(account) = &self.account {
                lock(&self.tries.accounts).give_back(account);
            }
        }
    }
}

/// Since when and how often.
struct Count {
    since: Instant,
    tries: u32,
}

struct Counts<K>(HashMap<K, Count>);

impl<K> Default for Counts<K> {
    fn default() -> Counts<K> {
        Counts(HashMap::new())
    }
}

impl<K: Hash + Eq + Clone> Counts<K> {
    fn add(&mut self, key: &K, limit: u32) -> Result<(), ApiError> {
        let now = Instant::now();
        if self.0.len() >= REMEMBERED && !self.0.contains_key(key) {
            self.make_room();
        }
        let count = self.0.entry(key.clone()).or_insert(Count { since: now, tries: 0 });
        let passed = now.duration_since(count.since);
        if passed >= WINDOW {
            *count = Count { since: now, tries: 0 };
        }
        if count.tries >= limit {
            let wait_ms = WINDOW.saturating_sub(passed).as_millis() as u64;
            let detail = "too many wrong passwords; wait, or use a device that is signed in";
            return Err(ApiError::wait(ErrorCode::RateLimited, detail, wait_ms.max(1)));
        }
        count.tries += 1;
        Ok(())
    }

    /// Whether exactly so many tries are counted.
    fn is_at(&self, key: &K, limit: u32) -> bool {
        self.0.get(key).is_some_and(|count| count.tries == limit)
    }

    fn give_back(&mut self, key: &K) {
        if let Some(count) = self.0.get_mut(key) {
            count.tries = count.tries.saturating_sub(1);
            if count.tries == 0 {
                self.0.remove(key);
            }
        }
    }

    fn tidy(&mut self) {
        self.0.retain(|_, count| count.since.elapsed() < WINDOW);
    }

    fn make_room(&mut self) {
        self.tidy();
        if self.0.len() >= REMEMBERED {
            let mut times: Vec<Instant> = self.0.values().map(|count| count.since).collect();
            let (_, middle, _) = times.select_nth_unstable(REMEMBERED / 2);
            let middle = *middle;
            self.0.retain(|_, count| count.since > middle);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    fn tries(per_account: u32, per_address: u32) -> Tries {
        let limits =
            Limits { tries_per_account: per_account, tries_per_address: per_address, ..Limits::default() };
        Tries::new(Arc::new(limits))
    }

    #[test]
    fn failures_count_for_the_account_from_everywhere() {
        let tries = tries(2, 100);
        assert!(!tries.begin(Some("alice"), HERE).unwrap().failed());
        assert!(tries.begin(Some("alice"), THERE).unwrap().failed(), "the last one tells");
        assert!(tries.begin(Some("alice"), HERE).is_err());
        assert!(tries.begin(Some("bob"), HERE).is_ok());
    }

    #[test]
    fn tries_at_once_count_and_right_ones_are_given_back() {
        let tries = tries(2, 100);
        let both = [tries.begin(Some("alice"), HERE).unwrap(), tries.begin(Some("alice"), HERE).unwrap()];
        assert!(tries.begin(Some("alice"), HERE).is_err());
        drop(both);
        assert!(tries.begin(Some("alice"), HERE).is_ok());
    }

    #[test]
    fn an_address_is_stopped_whatever_names_it_tries() {
        let tries = tries(100, 2);
        _ = tries.begin(Some("alice"), HERE).unwrap().failed();
        _ = tries.begin(None, HERE).unwrap().failed();
        assert!(tries.begin(Some("carol"), HERE).is_err());
        assert!(tries.begin(Some("carol"), THERE).is_ok());
    }
}
