use actix_web::{HttpResponse, web};
use shared::api::contacts::{ContactChange, FavouriteChange, MOST_CONTACTS, NewContact};

use super::shown::{home, no_contact, told};
use crate::{
    contacts::{
        contact::Details,
        import::new_id,
        store::{ContactChanged, Written},
    },
    http::{
        error::{ApiError, Cause},
        extract::Json,
        state::AppState,
    },
    lines::Line,
    sign_in::SignedIn,
};

pub(super) async fn tell(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let kept = state.store.contact(&line.phone_number, &id).await?.ok_or_else(no_contact)?;
    Ok(HttpResponse::Ok().json(told(kept)))
}

pub(super) async fn add(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    Json(new): Json<NewContact>,
) -> Result<HttpResponse, ApiError> {
    let id = new_id().map_err(|error| ApiError::internal(&error))?;
    write(&state, &line, id, None, &new).await
}

pub(super) async fn change(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    id: web::Path<String>,
    Json(ContactChange { revision, contact }): Json<ContactChange>,
) -> Result<HttpResponse, ApiError> {
    write(&state, &line, id.into_inner(), Some(revision), &contact).await
}

async fn write(
    state: &AppState,
    line: &Line,
    id: String,
    revision: Option<i64>,
    new: &NewContact,
) -> Result<HttpResponse, ApiError> {
    let details = Details::checked(new, home(line))
        .map_err(|fault| ApiError::new(Cause::BadRequest, fault.to_string()))?;
    let written = [Written { id: id.clone(), revision, shared: new.shared, details }];
    done(state.store.write_contacts(&line.phone_number, &written).await?)?;
    // As it is kept, which is not always as it was written.
    let kept = state.store.contact(&line.phone_number, &id).await?.ok_or_else(no_contact)?;
    Ok(HttpResponse::Ok().json(told(kept)))
}

pub(super) async fn remove(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    if !state.store.remove_contact(&line.phone_number, &id).await? {
        return Err(no_contact());
    }
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn favourite(
    state: web::Data<AppState>,
    SignedIn(line): SignedIn,
    id: web::Path<String>,
    Json(FavouriteChange { favourite }): Json<FavouriteChange>,
) -> Result<HttpResponse, ApiError> {
    if !state.store.set_favourite(&line.phone_number, &id, favourite).await? {
        return Err(no_contact());
    }
    Ok(HttpResponse::NoContent().finish())
}

pub(super) fn done(changed: ContactChanged) -> Result<(), ApiError> {
    match changed {
        ContactChanged::Done => Ok(()),
        ContactChanged::NoContact => Err(no_contact()),
        ContactChanged::Newer => Err(ApiError::new(
            Cause::Newer,
            "Somebody else has changed this contact meanwhile. Load it again, then make your change.",
        )),
        ContactChanged::Full => Err(ApiError::new(
            Cause::Full,
            format!("There are {MOST_CONTACTS} contacts already, and no more are kept. Remove some first."),
        )),
    }
}
