use shared::PhoneNumberError;

use crate::text;

/// Why a text is no phone number, for the person who typed it.
pub fn phone_number(error: &PhoneNumberError) -> String {
    let words = match error {
        PhoneNumberError::Empty => text::dial::empty(),
        PhoneNumberError::TooLong => text::dial::too_long(),
        PhoneNumberError::Character { found } => {
            return text::dial::character(found.encode_utf8(&mut [0; 4]));
        }
        PhoneNumberError::NeedsCountry => text::dial::needs_country(),
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
