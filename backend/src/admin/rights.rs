use std::{future::Future, net::IpAddr, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use crate::{
    audit::event::{Actor, AuditEvent},
    http::{
        error::{ApiError, Cause},
        extract::client_address,
        state::AppState,
    },
    lines::Line,
    sign_in::{InSession, session::LineSession},
};

/// An admin who is signed in. Whoever is not is refused: 401 without a session, 403 with one.
pub(super) struct Admin {
    pub(super) session: LineSession,
    address: IpAddr,
}

impl Admin {
    pub(super) fn line(&self) -> &Line {
        &self.session.line
    }

    /// Writes into the audit log what this admin has done.
    pub(super) async fn note(&self, state: &AppState, event: AuditEvent) {
        let actor = Actor::Admin(self.line().phone_number.clone());
        state.audit.note_by(actor, event, self.address).await;
    }
}

impl FromRequest for Admin {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let address = client_address(request);
        let session = InSession::from_request(request, payload);
        Box::pin(async move {
            let InSession(session) = session.await?;
            if !session.line.admin {
                return Err(ApiError::new(
                    Cause::NotAdmin,
                    "Only an admin may do this, and this line is none's.",
                ));
            }
            Ok(Self { session, address })
        })
    }
}
