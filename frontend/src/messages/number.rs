use shared::PhoneNumberError;
use shared::written::{Note, Unclear};

use crate::model::dialer::Remark;
use crate::text;

/// Longest text of somebody else's that is shown in a sentence, in characters.
const QUOTED: usize = 40;

/// Why a text is no phone number, for the person who typed it.
pub fn phone_number(error: &PhoneNumberError) -> String {
    let words = match error {
        PhoneNumberError::Empty => text::dial::empty(),
        PhoneNumberError::TooLong => text::dial::too_long(),
        PhoneNumberError::Character { found } => {
            return text::dial::character(found.encode_utf8(&mut [0; 4]));
        }
        PhoneNumberError::NeedsCountry => text::dial::needs_country(),
        PhoneNumberError::Context => text::dial::context(),
        PhoneNumberError::UnknownCountryCode => text::dial::unknown_country(),
        PhoneNumberError::WrongLength => text::dial::wrong_length(),
        PhoneNumberError::Extension => text::dial::extension(),
        PhoneNumberError::Emergency => text::refusal::emergency(),
        PhoneNumberError::Short => text::refusal::short(),
        PhoneNumberError::NotInPlan => text::dial::not_in_plan(),
        PhoneNumberError::NotE164 => text::dial::not_e164(),
    };
    words.to_owned()
}

/// Why nothing was taken of what was pasted or linked.
pub fn unclear(remark: &Remark) -> Option<String> {
    match remark {
        Remark::Unclear(Unclear::Nothing) => Some(text::dial::no_number().to_owned()),
        Remark::Unclear(Unclear::Several) => Some(text::dial::several().to_owned()),
        Remark::Unclear(Unclear::Link) => Some(text::dial::unreadable_link().to_owned()),
        Remark::Unclear(Unclear::Number(error)) => Some(phone_number(error)),
        Remark::Note(_) | Remark::NoKey(_) => None,
    }
}

/// What was made of it.
pub fn note(remark: &Remark) -> Option<String> {
    let quoted = |words: &str| words.chars().take(QUOTED).collect::<String>();
    match remark {
        Remark::Note(Note::Extension(extension)) => Some(text::dial::extension_as_keys(&quoted(extension))),
        Remark::Note(Note::LeftOut(words)) => Some(text::dial::left_out(&quoted(words))),
        Remark::NoKey(sign) => Some(text::dial::character(sign.encode_utf8(&mut [0; 4]))),
        Remark::Unclear(_) => None,
    }
}
