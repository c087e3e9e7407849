//! The yearly figures: page, file and API.

pub(crate) fn routes() -> Vec<ui::Route> {
    vec![]
}

pub(crate) fn models() -> Vec<std::sync::Arc<dyn engine::ReadModel>> {
    vec![]
}
