use crate::text;

/// A Twilio error code in words that say what to do: the SDK's whole catalogue (`lib/twilio/errors/generated.ts` of 2.18) and
/// what Twilio sends besides.
pub fn twilio_error(code: u32) -> String {
    let words = match code {
        20101 | 31102 | 31204 => text::twilio::token_invalid(),
        20104 | 31205 => text::twilio::token_expired(),
        31207 => text::twilio::token_too_long(),
        20151 | 31201..=31203 => text::twilio::account(),
        31001 => text::twilio::application(),
        31002 | 31603 => text::twilio::declined(),
        31003 => text::twilio::timeout(),
        31008 => text::twilio::over(),
        31206 | 20429 => text::twilio::too_much(),
        31100..=31105 | 31210 | 31212 | 31400 => text::twilio::garbled(),
        31107 | 31209 => text::twilio::not_resumed(),
        31401 => text::twilio::microphone_denied(),
        31402 => text::twilio::microphone_missing(),
        31404 => text::twilio::unreachable(),
        31480 => text::twilio::unavailable(),
        31486 => text::twilio::busy(),
        53400 | 53402 => text::twilio::no_codec(),
        53405 => text::twilio::firewall(),
        31000 | 31005 | 31009 | 53000 | 53001 => text::twilio::lost(),
        _ => text::twilio::other(),
    };
    text::twilio::with_code(words, &code.to_string())
}
