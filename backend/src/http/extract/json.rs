use std::{future::Future, pin::Pin};

use super::body;
use crate::http::{
    error::{ApiError, Cause},
    state::AppState,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;

/// A JSON body, with our words for what is wrong with it.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            if !body::is_of_type(&request, "application/json") {
                return Err(ApiError::new(
                    Cause::MediaType,
                    "The body must be JSON and say so: Content-Type: application/json.",
                ));
            }
            let Some(state) = request.app_data::<web::Data<AppState>>() else {
                return Err(ApiError::internal(&"the application has no state"));
            };
            let body = body::read(state, &mut payload).await?;
            serde_json::from_slice(&body).map(Self).map_err(|error| {
                let what = match error.classify() {
                    serde_json::error::Category::Data => format!("The JSON has the wrong fields: {error}."),
                    _ if body.is_empty() => "The body is empty; it must be JSON.".to_owned(),
                    _ => format!("The body is not JSON: {error}."),
                };
                ApiError::new(Cause::BadRequest, what)
            })
        })
    }
}
