use crate::http::{
    error::{ApiError, Cause},
    state::AppState,
};
use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HeaderMap, ORIGIN},
    },
    middleware::Next,
    web,
};

/// Refuses requests that change something and come from another site's page. Second line of defence: the cookie is
/// SameSite.
pub(crate) async fn same_origin(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let allowed = request.app_data::<web::Data<AppState>>().is_some_and(|state| {
        let origins = &state.settings.network.cors_origins;
        is_allowed(request.headers(), origins)
            || is_same_origin(request.headers(), &state.public_url.origin())
    });
    if !safe && !allowed {
        let error = ApiError::new(
            Cause::OtherSite,
            "The request comes from another site's page. Open the phone at its own address.",
        );
        return Ok(request.into_response(error.error_response()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// From a page of another origin that the settings name. A browser that says `Origin` cannot be made to lie by a page.
fn is_allowed(headers: &HeaderMap, origins: &[String]) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| origins.iter().any(|allowed| origin == allowed))
}

/// A browser's own word (`Sec-Fetch-Site`) counts; an older one's `Origin` must be ours. Who says neither is no page, and
/// gives no proof: a script says `Sec-Fetch-Site: same-origin` for itself.
fn is_same_origin(headers: &HeaderMap, ours: &str) -> bool {
    if let Some(site) = headers.get("Sec-Fetch-Site") {
        return site == "same-origin";
    }
    headers.get(ORIGIN).is_some_and(|origin| origin == ours)
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn what_the_browser_says_counts() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            is_same_origin(&headers, "https://phone.example.com")
        };
        assert!(!check(&[]));
        assert!(!check(&[("sec-fetch-site", "none")]));
        assert!(check(&[("origin", "https://phone.example.com")]));
        assert!(!check(&[("origin", "https://evil.example.com")]));
        assert!(!check(&[("origin", "null")]));
        // A development server in between changes the origin, and the browser knows better.
        assert!(check(&[("sec-fetch-site", "same-origin"), ("origin", "http://localhost:8088")]));
        assert!(!check(&[("sec-fetch-site", "cross-site"), ("origin", "https://phone.example.com")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
    }
}
