//! What the control room owes, as the list of all promises has it.

use super::{app, graded};
use kernel::Role;
use sqlx::Row as _;
use testkit::TestApp;

/// Names of what is still owed, and of what was kept.
async fn listed(app: &TestApp) -> (Vec<String>, Vec<String>) {
    let rows = sqlx::query("SELECT name, kept_at, ended_at FROM engine_promises ORDER BY name");
    let rows = rows.fetch_all(app.engine.reads().pool()).await.unwrap();
    let (mut open, mut kept) = (vec![], vec![]);
    for row in rows {
        match (row.get::<Option<i64>, _>(1), row.get::<Option<i64>, _>(2)) {
            (Some(_), _) => kept.push(row.get(0)),
            (None, None) => open.push(row.get(0)),
            (None, Some(_)) => {}
        }
    }
    (open, kept)
}

#[tokio::test]
async fn a_grade_owes_a_response_and_an_immediate_a_patrol() {
    let app = app().await;
    let (_, page) = graded(&app, "priority").await;
    assert_eq!(listed(&app).await, (vec!["target".into()], vec![]));
    let handler = app.signed_in(Role::CallHandler);
    let form = [("regrade", "immediate"), ("regrade_reason", "He is at the door.")];
    handler.post(&format!("{page}/regrade"), &form).await.redirect();
    assert_eq!(listed(&app).await, (vec!["patrol".into()], vec![]));
    let none: [(&str, &str); 0] = [];
    handler.post(&format!("{page}/patrol"), &[("patrol_reason", "He is there.")]).await.redirect();
    handler.post(&format!("{page}/patrol/attended"), &none).await.redirect();
    assert_eq!(listed(&app).await, (vec![], vec!["patrol".into()]));
}

#[tokio::test]
async fn what_is_closed_without_a_response_is_not_owed_any_more() {
    let app = app().await;
    let (_, page) = graded(&app, "resolved_without_deployment").await;
    assert_eq!(listed(&app).await.0, ["target"]);
    let form = [("closure", "resolved"), ("closure_note", "Advice was enough.")];
    app.signed_in(Role::CallHandler).post(&format!("{page}/close"), &form).await.redirect();
    assert_eq!(listed(&app).await, (vec![], vec![]));
}
