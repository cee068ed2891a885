use actix_web::{
    App, Error,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Condition, from_fn},
    web::Data,
};

use super::{
    configure::configure,
    middleware::{body_limit, measure, other_origins, request_id, request_log, security_headers},
    state::AppState,
};

/// All routes and what guards them: what the server serves, and the tests, and whatever else brings requests.
pub(crate) fn app(
    state: Data<AppState>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let origins = &state.settings.network.cors_origins;
    App::new()
        .wrap(from_fn(body_limit))
        .wrap(Condition::new(!origins.is_empty(), other_origins(origins)))
        .wrap(from_fn(security_headers))
        .wrap(from_fn(measure))
        .wrap(from_fn(request_log))
        .wrap(from_fn(request_id))
        .configure(|config| configure(config, &state))
        .app_data(state)
}
