use actix_web::HttpResponse;

use super::extract::SignedForm;
use crate::twilio::echo;

/// Tells what arrived of a request that `sidetone doctor` signed as Twilio would. Changes nothing.
pub(crate) async fn answer(form: SignedForm) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(echo::digest_of(&form.params().0))
}
