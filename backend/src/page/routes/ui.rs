use crate::{
    http::{error::ApiError, state::AppState},
    page::{files::Asset, headers},
};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        Method, StatusCode,
        header::{
            ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, ETAG,
            HeaderName, HeaderValue, IF_NONE_MATCH, LINK, VARY,
        },
    },
    web,
};

/// The built UI: its files, and its page for every other address that a person may open.
pub(super) async fn serve(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(ApiError::method_not_allowed());
    }
    let prefix = state.public_url.prefix();
    let path = request.uri().path();
    let path = path.strip_prefix(prefix).unwrap_or(path).trim_start_matches('/');
    let encodings = header(&request, ACCEPT_ENCODING);
    let is_page = path.is_empty() || path == "index.html";
    if !is_page && let Some(asset) = state.page.file(path, encodings) {
        return Ok(answer(&request, asset));
    }
    // No such file, and no person asks for it.
    if !is_page && !header(&request, ACCEPT).contains("text/html") {
        return Err(ApiError::not_found());
    }
    let Some(asset) = state.page.page(encodings) else {
        return Ok(HttpResponse::ServiceUnavailable()
            .content_type("text/html; charset=utf-8")
            .body(NOT_BUILT));
    };
    let asked_first =
        HeaderValue::try_from(headers::preloads(prefix)).map_err(|error| ApiError::internal(&error))?;
    let mut response = answer(&request, asset);
    response.headers_mut().insert(LINK, asked_first);
    Ok(response)
}

fn answer(request: &HttpRequest, asset: Asset) -> HttpResponse {
    let known = header(request, IF_NONE_MATCH).split(',').any(|tag| asset.etag == tag.trim());
    let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let mut response = HttpResponseBuilder::new(status);
    response
        .insert_header((CACHE_CONTROL, headers::cache_control(&asset)))
        .insert_header((ETAG, asset.etag))
        .insert_header((VARY, "accept-encoding"));
    if let Some(policy) = asset.policy {
        response.insert_header((CONTENT_SECURITY_POLICY, policy));
    }
    if known {
        return response.finish();
    }
    if let Some(encoding) = asset.encoding {
        response.insert_header((CONTENT_ENCODING, encoding));
    }
    response.content_type(asset.content_type).body(asset.content)
}

fn header(request: &HttpRequest, name: HeaderName) -> &str {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

const NOT_BUILT: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
<title>Sidetone: the page is not built</title>\n\
<h1>The server runs, but the page is not built</h1>\n\
<p>Build it with <code>make run</code>, or with <code>trunk build</code> in the top folder of the repository, \
then load this page again. If it is built elsewhere, name the folder with the setting <code>ui_dir</code> \
or the option <code>--ui</code>.</p>\n";
