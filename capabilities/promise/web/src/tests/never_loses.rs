//! Whatever happens to promises, in whatever order: what is open is on the board, with whoever
//! holds it, and nothing else is.

use super::toy::{Command, Toy};
use super::{app, caller};
use crate::owed;
use kernel::Role;
use kernel::id::StaffId;
use kernel::time::minutes;
use promise::{About, Holder, Promise, Reason};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;
use testkit::TestApp;

#[derive(Clone, Debug)]
enum Step {
    Make(u64),
    Keep,
    End,
    Take(u128),
    HandOver(u128),
    GiveTeam,
}

fn steps() -> impl Strategy<Value = Vec<(u8, Step)>> {
    let step = prop_oneof![
        (1_u64..600).prop_map(Step::Make),
        Just(Step::Keep),
        Just(Step::End),
        (1_u128..4).prop_map(Step::Take),
        (1_u128..4).prop_map(Step::HandOver),
        Just(Step::GiveTeam),
    ];
    prop::collection::vec((0_u8..6, step), 1..40)
}

/// What ought to be: by stream, whether it is open, and who holds it.
type Model = BTreeMap<String, (bool, Option<Holder>)>;

fn about(stream: &str) -> About {
    About { owner: "toy".into(), stream: stream.into(), name: "task".into() }
}

async fn toy(app: &TestApp, stream: &str, command: Command) {
    app.engine.execute::<Toy>(stream, command, &engine::Caller::system(), None).await.unwrap();
}

async fn hold(app: &TestApp, stream: &str, command: promise::Command, by: u128) -> bool {
    let id = owed::stream(&app.engine, &about(stream)).stream();
    let caller = caller(StaffId(by), Role::Supervisor);
    app.engine.execute::<Promise>(&id, command, &caller, None).await.is_ok()
}

async fn play(app: &TestApp, stream: &str, step: Step, model: &mut Model) {
    let (is_open, holder) = model.entry(stream.to_owned()).or_insert((false, None));
    let (about, owed, name) = (about(stream), *is_open, "task".to_owned());
    let person = |staff| Holder::Person { staff: StaffId(staff) };
    let team = || Holder::Team { team: "hub".into() };
    match step {
        Step::Make(after) => {
            let due = app.engine.now().plus(minutes(after));
            toy(app, stream, Command::Make { name, due }).await;
            *is_open = true;
        }
        Step::Keep => {
            toy(app, stream, Command::Keep { name }).await;
            *is_open = false;
        }
        Step::End => {
            toy(app, stream, Command::End { name }).await;
            *is_open = false;
        }
        Step::Take(by) => {
            if hold(app, stream, promise::Command::Take { about, owed }, by).await {
                *holder = Some(person(by));
            }
        }
        Step::HandOver(to) => {
            let (to, reason) = (person(to), Some(Reason::Workload));
            let words = String::new();
            let command = promise::Command::HandOver { about, owed, to: to.clone(), reason, words };
            if hold(app, stream, command, 9).await {
                *holder = Some(to);
            }
        }
        Step::GiveTeam => {
            let command = promise::Command::Give { about, owed, to: team() };
            if hold(app, stream, command, 9).await {
                *holder = Some(team());
            }
        }
    }
}

#[tokio::test]
async fn the_board_never_loses_an_open_promise() {
    let app = app().await;
    let mut runner = TestRunner::deterministic();
    let mut model = Model::new();
    for round in 0..24 {
        let drawn = steps().new_tree(&mut runner).expect("steps can be drawn").current();
        for (which, step) in drawn {
            play(&app, &format!("toy/{round}-{which}"), step, &mut model).await;
        }
        let board = owed::open(&app.engine).await.unwrap();
        let shown: BTreeMap<String, Option<Holder>> =
            board.iter().map(|one| (one.about.stream.clone(), one.holder.clone())).collect();
        let open = model.iter().filter(|(_, (is_open, _))| *is_open);
        let expected: BTreeMap<String, Option<Holder>> =
            open.map(|(stream, (_, holder))| (stream.clone(), holder.clone())).collect();
        assert_eq!(shown, expected, "round {round}");
        assert!(board.is_sorted_by_key(|one| one.due_at), "by the time that is left");
    }
    let page = app.signed_in(Role::Supervisor).get("/promises").await.expect(200);
    let open = model.values().filter(|(is_open, _)| *is_open).count();
    assert_eq!(page.texts(".figure b")[0], open.to_string(), "every one is counted");
}
