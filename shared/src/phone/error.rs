/// Why a text is no phone number: a sentence for the person who typed it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PhoneNumberError {
    #[error("Enter a phone number, such as +81 3 1234 5678.")]
    Empty,
    #[error("This is too long for a phone number: at most 15 digits, such as +81 3 1234 5678.")]
    TooLong,
    #[error(
        "“{found}” cannot be part of a phone number: use digits, spaces and hyphens, such as +81 3 1234 5678."
    )]
    Character { found: char },
    #[error(
        "The number starts without a country: write it with + and the country code, such as +81 3 1234 5678."
    )]
    NeedsCountry,
    #[error("The link does not say of which country the number is: write it with + and the country code.")]
    Context,
    #[error("No country has this country code: after the + comes one such as 1, 44 or 81.")]
    UnknownCountryCode,
    #[error("The number is too short or too long for its country: check the digits.")]
    WrongLength,
    #[error("Extensions cannot be dialled: call the main number and press the digits when it answers.")]
    Extension,
    #[error("Emergency numbers cannot be called from a browser. Use a mobile phone or a landline.")]
    Emergency,
    #[error(
        "Short numbers work on the phones of their country only, and not from a browser. Check the digits, or use a mobile phone or a landline."
    )]
    Short,
    #[error("This is no phone number in use in its country: check the digits.")]
    NotInPlan,
    #[error("Not in E.164: “+”, the country code and the number, digits only, such as +81312345678.")]
    NotE164,
}
