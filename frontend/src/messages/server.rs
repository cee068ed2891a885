use shared::api::{DemoPhoneKind, ErrorBody, ErrorCode, Wait};

use crate::text;

/// What the server answers instead of what it was asked for. What a page of ours cannot bring about stays in the server's words.
pub fn server_error(body: &ErrorBody) -> String {
    let words = match body.code {
        ErrorCode::SignInRefused => text::errors::sign_in_refused(),
        ErrorCode::TooManyRequests => {
            return body.wait.map_or_else(|| body.message.clone(), too_many_attempts);
        }
        ErrorCode::SignedOut => text::errors::signed_out(),
        ErrorCode::Internal => text::errors::server_mistake(),
        ErrorCode::Busy => text::errors::crowded(),
        ErrorCode::Unavailable => text::errors::server_down(),
        ErrorCode::Timeout => text::errors::slow(),
        ErrorCode::BadRequest
        | ErrorCode::NewPasscodeNeeded
        | ErrorCode::PasscodeTooWeak
        | ErrorCode::Forbidden
        | ErrorCode::NotAdmin
        | ErrorCode::LineExists
        | ErrorCode::LastAdmin
        | ErrorCode::OwnLine
        | ErrorCode::Newer
        | ErrorCode::Full
        | ErrorCode::NotFound
        | ErrorCode::MethodNotAllowed
        | ErrorCode::TooLarge
        | ErrorCode::UnsupportedMediaType => &body.message,
    };
    words.to_owned()
}

fn too_many_attempts(wait: Wait) -> String {
    let when = soon(wait.seconds);
    if wait.one_time_code {
        text::errors::too_many_attempts(&when)
    } else {
        text::errors::too_many_from_network(&when)
    }
}

/// In how long, exact to what matters, and never too early.
pub fn soon(seconds: u32) -> String {
    match seconds.div_ceil(60).max(1) {
        minutes @ ..90 => text::time::in_minutes(minutes),
        minutes => text::time::in_hours(minutes.div_ceil(60)),
    }
}

/// A phone of the demo, and what happens when it is called.
pub fn demo_phone(kind: DemoPhoneKind) -> (&'static str, &'static str) {
    match kind {
        DemoPhoneKind::Echo => (text::demo::echo(), text::demo::echo_what()),
        DemoPhoneKind::Tone => (text::demo::tone(), text::demo::tone_what()),
        DemoPhoneKind::Busy => (text::demo::busy(), text::demo::busy_what()),
        DemoPhoneKind::NoAnswer => (text::demo::no_answer(), text::demo::no_answer_what()),
        DemoPhoneKind::NotInService => (text::demo::not_in_service(), text::demo::not_in_service_what()),
        DemoPhoneKind::Menu => (text::demo::menu(), text::demo::menu_what()),
        DemoPhoneKind::Handset => (text::demo::handset_phone(), text::demo::handset_phone_what()),
    }
}
