use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::SecretString;
use shared::api::PasscodeChange;

use crate::{
    audit::event::{AuditEvent, ChangedBy},
    http::{
        error::{ApiError, Cause},
        extract::Json,
        state::AppState,
    },
    lines::Credential,
    sign_in::{
        InSession,
        desk::{self, Claim, Client},
        session::LineSession,
    },
};

/// Changes the passcode and signs out every other device. Whoever has the session only does not get far: the present
/// passcode is asked for, and a wrong one counts as a failed sign-in.
pub(super) async fn change(
    state: web::Data<AppState>,
    request: HttpRequest,
    InSession(LineSession { line, session }): InSession,
    Json(wish): Json<PasscodeChange>,
) -> Result<HttpResponse, ApiError> {
    let client = Client::of(&request, &state);
    let Credential::Passcode { hash: old_hash } = &line.credential else {
        return Err(ApiError::new(
            Cause::NoPasscode,
            "This line has no passcode to change. Ask whoever runs the server for a one-time code.",
        ));
    };
    let claim = Claim {
        typed: line.phone_number.as_str(),
        lines: &[],
        line: Some(&line),
        secret: SecretString::from(wish.passcode),
        // Strangers who guess do not keep the owner from changing it.
        known: Some(session.digest),
        turn: None,
    };
    let turn = desk::check(&state, &client, claim).await.map_err(|error| {
        if error.cause() == Cause::SignInRefused {
            return ApiError::new(Cause::SignInRefused, "The present passcode is wrong.");
        }
        error
    })?;
    shared::passcode::check(&wish.new_passcode, &line.phone_number)
        .map_err(|fault| ApiError::new(Cause::PasscodeTooWeak, fault.to_string()))?;
    let hash = state.passcodes.hash(&turn, SecretString::from(wish.new_passcode)).await?;
    drop(turn);
    if !state.store.replace_passcode(&line.phone_number, old_hash, &hash, Some(session.digest)).await? {
        // Somebody else was faster, and this session is over.
        return Err(ApiError::signed_out());
    }
    let changed = AuditEvent::PasscodeChanged { line: line.phone_number, by: ChangedBy::User };
    state.audit.note(changed, Some(client.address)).await;
    Ok(HttpResponse::NoContent().finish())
}
