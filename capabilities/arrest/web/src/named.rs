//! The force's own codes with their words, as templates want them.

use arrest::Policy;
use arrest::policy::Coded;

type Pairs = Vec<(String, String)>;

fn offered(list: &[Coded]) -> Pairs {
    let offered = list.iter().filter(|one| !one.retired);
    offered.map(|one| (one.code.clone(), one.title.clone())).collect()
}

/// Teams that may be asked.
pub(crate) fn teams(policy: &Policy) -> Pairs {
    offered(&policy.teams)
}

/// How an attempt may end.
pub(crate) fn results(policy: &Policy) -> Pairs {
    offered(&policy.results)
}

/// How she may be told.
pub(crate) fn tellings(policy: &Policy) -> Pairs {
    offered(&policy.tellings)
}

/// What may come of it.
pub(crate) fn outcomes(policy: &Policy) -> Pairs {
    let offered = policy.outcomes.iter().filter(|one| !one.retired);
    offered.map(|one| (one.code.clone(), one.title.clone())).collect()
}

/// The words of a code, retired or not; the code itself when nobody knows it any more.
pub(crate) fn title(policy: &Policy, code: &str) -> String {
    let lists = [&policy.teams, &policy.results, &policy.tellings];
    let coded = lists.into_iter().flatten().find(|one| one.code == code).map(|one| &one.title);
    let outcome = policy.outcomes.iter().find(|one| one.code == code).map(|one| &one.title);
    coded.or(outcome).map_or_else(|| code.to_owned(), Clone::clone)
}
