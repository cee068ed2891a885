use actix_web::{HttpResponse, web};
use shared::{
    PhoneNumber,
    api::{AdminLine, AdminLines, LineChange, LineLimits, LineSignIn, NewLine, UsualLimits},
};

use super::{
    codes,
    named::{self, another, no_line},
};
use crate::{
    admin::rights::Admin,
    audit::event::AuditEvent,
    clock,
    http::{
        error::{ApiError, Cause},
        extract::Json,
        state::AppState,
    },
    lines::{Changed, Credential, Line, line},
    sign_in::throttle,
    store::StoreError,
};

pub(super) async fn list(state: web::Data<AppState>, _: Admin) -> Result<HttpResponse, ApiError> {
    let lines = state.store.lines().await?;
    let subjects: Vec<_> = lines.iter().map(|line| throttle::number(&line.phone_number)).collect();
    let waits = state.store.waits(&subjects, clock::now_s()).await?;
    let lines = lines.into_iter().zip(waits).map(|(line, locked_s)| told(line, locked_s)).collect();
    let dial = &state.settings.dial;
    let usual = UsualLimits { calls_at_once: dial.calls_at_once, minutes_per_day: dial.minutes_per_day };
    Ok(HttpResponse::Ok().json(AdminLines { lines, usual }))
}

fn told(line: Line, locked_s: u32) -> AdminLine {
    let sign_in = match line.credential {
        Credential::Passcode { .. } => LineSignIn::Passcode,
        Credential::OneTimeCode { expires_at, .. } => LineSignIn::OneTimeCode { expires_at },
        Credential::Nothing => LineSignIn::Nothing,
    };
    let Line { phone_number, label, admin, limits, .. } = line;
    AdminLine { phone_number, label, admin, sign_in, locked_s, limits }
}

/// Adds a line, whose user is invited by the one-time code in the answer.
pub(super) async fn add(
    state: web::Data<AppState>,
    admin: Admin,
    Json(wish): Json<NewLine>,
) -> Result<HttpResponse, ApiError> {
    let home = admin.line().phone_number.country();
    let number = PhoneNumber::parse(&wish.phone_number, home)
        .map_err(|error| bad(format!("This is no phone number that can be a line's: {error}.")))?;
    let label = label(&wish.label)?;
    let (code, credential) = codes::make(&state, &number).await?;
    let line = Line::with_credential(number.clone(), label, credential)
        .map_err(|error| ApiError::internal(&error))?;
    match state.store.add_line(&Line { admin: wish.admin, ..line }).await {
        Err(StoreError::LineExists) => {
            return Err(ApiError::new(Cause::LineExists, "There is a line with this number already."));
        }
        added => added?,
    }
    admin.note(&state, AuditEvent::LineAdded { line: number, admin: wish.admin }).await;
    Ok(HttpResponse::Ok().json(code))
}

/// Changes what the wish names; all of it is looked at before anything is changed.
pub(super) async fn change(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
    Json(wish): Json<LineChange>,
) -> Result<HttpResponse, ApiError> {
    let before = named::line(&state, &path).await?;
    let number = before.phone_number;
    let label = wish.label.as_deref().map(label).transpose()?;
    let limits = wish.limits.map(LineLimits::from);
    if let Some(limits) = limits {
        limits.check().map_err(|fault| bad(format!("The limit makes no sense: {fault}.")))?;
    }
    // First: it is what may be refused.
    if let Some(right) = wish.admin.filter(|right| *right != before.admin) {
        done(state.store.set_admin(&number, right, wish.may_leave_no_admin).await?)?;
        admin.note(&state, AuditEvent::AdminChanged { line: number.clone(), admin: right }).await;
    }
    if let Some(label) = label.filter(|label| *label != before.label) {
        exists(state.store.rename_line(&number, &label).await?)?;
        admin.note(&state, AuditEvent::LineRenamed { line: number.clone(), label }).await;
    }
    if let Some(limits) = limits.filter(|limits| *limits != before.limits) {
        exists(state.store.set_limits(&number, limits).await?)?;
        admin.note(&state, AuditEvent::LimitsChanged { line: number, limits }).await;
    }
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn remove(
    state: web::Data<AppState>,
    admin: Admin,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let own = "This is your own line: removing it would lock you out. Let another admin remove it.";
    let number = another(&admin, &path, own)?;
    done(state.store.remove_line_but_the_last_admins(&number).await?)?;
    admin.note(&state, AuditEvent::LineRemoved { line: number }).await;
    Ok(HttpResponse::NoContent().finish())
}

fn label(text: &str) -> Result<String, ApiError> {
    line::label(text).map_err(|fault| bad(format!("The line cannot be called so: {fault}.")))
}

fn bad(words: String) -> ApiError {
    ApiError::new(Cause::BadRequest, words)
}

fn exists(changed: bool) -> Result<(), ApiError> {
    if changed { Ok(()) } else { Err(no_line()) }
}

fn done(changed: Changed) -> Result<(), ApiError> {
    match changed {
        Changed::Done => Ok(()),
        Changed::NoLine => Err(no_line()),
        Changed::LastAdmin => Err(ApiError::new(
            Cause::LastAdmin,
            "This line is the last admin's. Make another line an admin's first, or say that there may be none.",
        )),
    }
}
