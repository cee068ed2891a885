//! The kinds of resources that there are.

use actix_web::{
    Error, Resource, Route,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    http::Method,
    middleware::from_fn,
    web,
};

use super::{error::ApiError, middleware::same_origin};

/// One that changes nothing.
pub(crate) fn reading(prefix: &str, path: &str) -> Resource {
    web::resource(format!("{prefix}/{path}")).default_service(web::to(method_not_allowed))
}

/// One that changes something, or costs something: for this site's pages only.
pub(crate) fn changing(
    prefix: &str,
    path: &str,
) -> Resource<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    reading(prefix, path).wrap(from_fn(same_origin))
}

/// One that Twilio asks, which may be configured for either method.
pub(crate) fn webhook(prefix: &str, path: &str, handler: impl Fn() -> Route) -> Resource {
    reading(prefix, path).route(handler().method(Method::GET)).route(handler().method(Method::POST))
}

async fn method_not_allowed() -> Result<&'static str, ApiError> {
    Err(ApiError::method_not_allowed())
}
