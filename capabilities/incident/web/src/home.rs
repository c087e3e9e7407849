//! `/`: everybody's own first page.

use axum::response::Redirect;
use kernel::Role;
use ui::Staff;

/// Sends each role to where its work is.
pub(crate) async fn get(staff: Staff) -> Redirect {
    Redirect::to(first_page(&staff.who.roles))
}

fn first_page(roles: &[Role]) -> &'static str {
    let at = |role: Role| match role {
        Role::CallHandler => "/incidents",
        Role::Responder => "/queue",
        Role::Supervisor => "/hub",
        Role::Administrator => "/accounts",
        Role::Auditor => "/trail",
        Role::DisclosureOfficer => "/disclosures",
        Role::DataProtection => "/retention",
        Role::LocalOfficer => "/arrests",
        Role::Partner => "/partner",
        Role::Specialist => "/reviews",
        Role::OffenderManager => "/perpetrators",
    };
    Role::ALL.into_iter().find(|role| roles.contains(role)).map_or("/sign-in", at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_starts_where_the_work_is() {
        assert_eq!(first_page(&[Role::CallHandler]), "/incidents");
        assert_eq!(first_page(&[Role::Responder]), "/queue");
        assert_eq!(first_page(&[Role::Auditor]), "/trail");
        assert_eq!(first_page(&[Role::Supervisor, Role::Responder]), "/queue");
    }
}
