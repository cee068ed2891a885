use std::time::Instant;

use actix_web::{
    Error,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    middleware::Next,
    web,
};

use crate::http::{error::Cause, state::AppState};

/// Counts every answer by the pattern of its route, not by its path: paths are what strangers write.
pub(crate) async fn measure(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let start = Instant::now();
    let method = request.method().clone();
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let response = next.call(request).await?.map_into_boxed_body();
    if let Some(state) = state {
        let pattern = response.request().match_pattern();
        let route = pattern.as_deref().map(|pattern| {
            let route = pattern.strip_prefix(state.public_url.prefix()).unwrap_or(pattern);
            route.trim_start_matches('/')
        });
        let cause = response.response().extensions().get::<Cause>().copied();
        state.metrics.answered(route, &method, response.status(), cause, start.elapsed());
    }
    Ok(response)
}
