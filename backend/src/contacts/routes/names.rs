use actix_web::{HttpResponse, web};
use shared::api::contacts::{MOST_ASKED, Names, NamesQuestion};

use crate::{
    http::{
        error::{ApiError, Cause},
        extract::Json,
        state::AppState,
    },
    sign_in::SignedIn,
};

pub(super) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    Json(NamesQuestion { numbers }): Json<NamesQuestion>,
) -> Result<HttpResponse, ApiError> {
    if numbers.len() > MOST_ASKED {
        let words = format!("Too many numbers; {MOST_ASKED} are the most at once.");
        return Err(ApiError::new(Cause::BadRequest, words));
    }
    let names = state.store.contact_names(&line.phone_number, &numbers).await?.into_iter().collect();
    Ok(HttpResponse::Ok().json(Names { names }))
}
