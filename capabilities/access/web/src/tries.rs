//! How often each login was tried and did not sign in, known or not: what makes a login rest, and
//! what keeps the answer to a stranger the same whether there is such a login. Keyed by the blind
//! index, in memory alone: of an unknown login nothing is kept, and a restart forgets all of them
//! alike. The account counts its own failures in the journal besides.

use access::limits::{FAILURES_MAX, LOGINS_WATCHED, REST};
use kernel::At;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The tries of every login.
#[derive(Default)]
pub(crate) struct Tries(Mutex<HashMap<String, Tried>>);

#[derive(Clone, Copy)]
struct Tried {
    times: u32,
    last: At,
}

impl Tried {
    fn rests(self, now: At) -> bool {
        self.times >= FAILURES_MAX && now.since(self.last) < REST
    }
}

impl Tries {
    /// Takes one try, before anything is looked at, so that many at once count as many. False
    /// while the login rests.
    //= OWASP ASVS 5.0, 6.3.8: an answer does not tell which accounts there are
    pub(crate) fn take(&self, login: &str, now: At) -> bool {
        let mut tries = self.lock();
        let tried = tries.get(login).copied().unwrap_or(Tried { times: 0, last: now });
        if tried.rests(now) {
            return false;
        }
        make_room(&mut tries, login, now);
        let tried = Tried { times: tried.times.saturating_add(1), last: now };
        tries.insert(login.to_owned(), tried);
        true
    }

    /// Somebody signed in: the count begins anew.
    pub(crate) fn held(&self, login: &str) {
        self.lock().remove(login);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Tried>> {
        // The map is whole after every statement: a panic elsewhere does not spoil it.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Drops what is over, and if nothing is, the oldest: known and unknown logins alike.
fn make_room(tries: &mut HashMap<String, Tried>, login: &str, now: At) {
    if tries.len() < LOGINS_WATCHED || tries.contains_key(login) {
        return;
    }
    tries.retain(|_, tried| now.since(tried.last) < REST);
    if tries.len() >= LOGINS_WATCHED {
        let oldest = tries.iter().min_by_key(|(_, tried)| tried.last).map(|(key, _)| key.clone());
        if let Some(oldest) = oldest {
            tries.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_login_rests_after_five_tries_and_one_more_makes_it_rest_again() {
        let tries = Tries::default();
        let now = At(1);
        for _ in 0..FAILURES_MAX {
            assert!(tries.take("a", now));
        }
        assert!(!tries.take("a", now) && tries.take("b", now));
        let later = now.plus(REST);
        assert!(tries.take("a", later));
        assert!(!tries.take("a", later.plus(Duration::from_secs(1))));
    }

    #[test]
    fn signing_in_begins_anew() {
        let tries = Tries::default();
        for _ in 0..FAILURES_MAX {
            assert!(tries.take("a", At(1)));
        }
        tries.held("a");
        assert!(tries.take("a", At(1)));
    }

    #[test]
    fn no_more_logins_are_watched_than_the_limit_and_the_oldest_goes_first() {
        let tries = Tries::default();
        for number in 0..LOGINS_WATCHED + 10 {
            assert!(tries.take(&number.to_string(), At(number as i64)));
        }
        let kept = tries.lock();
        assert_eq!(kept.len(), LOGINS_WATCHED);
        assert!(!kept.contains_key("0") && kept.contains_key(&LOGINS_WATCHED.to_string()));
    }
}
