use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::SecretString;
use shared::api::{Session, SignIn};

use crate::{
    audit::event::AuditEvent,
    http::{
        error::{ApiError, Cause},
        extract::{Json, vouch_for},
        state::AppState,
    },
    lines::{Credential, Line, line},
    sign_in::{
        SignedIn,
        cookies::SESSION,
        desk::{self, Claim, Client},
        passcodes::Turn,
        session::Proof,
    },
};

/// Signs in with a passcode, or with a one-time code and the passcode that the user chooses: a session cookie, or 401 in
/// the same words whatever was wrong.
pub(super) async fn sign_in(
    state: web::Data<AppState>,
    request: HttpRequest,
    Json(wish): Json<SignIn>,
) -> Result<HttpResponse, ApiError> {
    let answer = try_to_sign_in(&state, &request, wish).await;
    state.metrics.sign_in_ended(answer.as_ref().err().map(ApiError::cause));
    if answer.is_ok() {
        vouch_for(&request);
    }
    answer
}

async fn try_to_sign_in(
    state: &AppState,
    request: &HttpRequest,
    wish: SignIn,
) -> Result<HttpResponse, ApiError> {
    let client = Client::of(request, state);
    let turn = client.turn_of_stranger(state)?;
    let lines = state.store.lines().await?;
    let line = line::named_by(&wish.phone_number, lines.clone());
    let claim = Claim {
        typed: &wish.phone_number,
        lines: &lines,
        line: line.as_ref(),
        secret: SecretString::from(wish.passcode),
        known: client.known_device(state, line.as_ref()).await?,
        turn,
    };
    let turn = desk::check(state, &client, claim).await?;
    let line = line.ok_or_else(desk::refused)?;
    let (method, hash) = match (&line.credential, wish.new_passcode) {
        (Credential::OneTimeCode { hash, .. }, Some(chosen)) => {
            ("one-time code", choose_passcode(state, &client, &line, hash, chosen, &turn).await?)
        }
        (Credential::OneTimeCode { .. }, None) => {
            return Err(ApiError::new(
                Cause::NewPasscodeNeeded,
                "This is a one-time code. Choose a passcode for the next time.",
            ));
        }
        (_, Some(_)) => {
            return Err(ApiError::new(
                Cause::BadRequest,
                "The line has a passcode already. Sign in with it; it can be changed afterwards.",
            ));
        }
        (Credential::Passcode { hash }, None) => ("passcode", hash.clone()),
        // Nothing is ever right for it.
        (Credential::Nothing, None) => return Err(desk::refused()),
    };
    drop(turn);
    let [session, device] =
        desk::begin_session(state, &client, &line, Proof::PasscodeHash(&hash), method).await?;
    Ok(HttpResponse::Ok().cookie(session).cookie(device).json(told(line)))
}

/// Puts the passcode in place of the one-time code, which is used up then; gives back its hash.
async fn choose_passcode(
    state: &AppState,
    client: &Client,
    line: &Line,
    code_hash: &str,
    chosen: String,
    turn: &Turn,
) -> Result<String, ApiError> {
    shared::passcode::check(&chosen, &line.phone_number)
        .map_err(|fault| ApiError::new(Cause::PasscodeTooWeak, fault.to_string()))?;
    let hash = state.passcodes.hash(turn, SecretString::from(chosen)).await?;
    if !state.store.replace_passcode(&line.phone_number, code_hash, &hash, None).await? {
        return Err(desk::refused());
    }
    let line = line.phone_number.clone();
    state.audit.note(AuditEvent::PasscodeChosen { line }, Some(client.address)).await;
    Ok(hash)
}

/// Who is signed in; `null` when nobody is, which is no error: browsers would write one to the console of the sign-in page.
pub(super) async fn tell(who: Result<SignedIn, ApiError>) -> Result<HttpResponse, ApiError> {
    let session = match who {
        Ok(SignedIn(line)) => Some(told(line)),
        Err(error) if error.cause() == Cause::SignedOut => None,
        Err(error) => return Err(error),
    };
    Ok(HttpResponse::Ok().json(session))
}

/// Signs out; done as well when there was nobody.
pub(super) async fn sign_out(
    state: web::Data<AppState>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    if let Some(session) = SESSION.read(&request, &state.public_url) {
        state.store.remove_session(session.digest()).await?;
    }
    Ok(HttpResponse::NoContent().cookie(SESSION.clear(&state.public_url)).finish())
}

fn told(line: Line) -> Session {
    Session { phone_number: line.phone_number, admin: line.admin }
}
