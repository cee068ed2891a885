//! Audio files for `<Play>` and as an answer: they become what a telephone line carries, 8 kHz mono.
//!
//! The types are those of Twilio's page on `<Play>`; what a file is, its `Content-Type` says.

mod fault;
mod line;
mod mp3;
mod wav;

use std::sync::Arc;

pub use fault::AudioFault;

/// Whether Twilio plays files of this type.
#[must_use]
pub fn is_audio(content_type: &str) -> bool {
    matches!(
        content_type,
        "audio/mpeg"
            | "audio/wav"
            | "audio/wave"
            | "audio/x-wav"
            | "audio/aiff"
            | "audio/x-aifc"
            | "audio/x-aiff"
            | "audio/x-gsm"
            | "audio/gsm"
            | "audio/ulaw"
    )
}

/// Decodes a file of the type `content_type` (lower case, without parameters). Longer ones than ten minutes are cut.
///
/// # Errors
/// Why it cannot be played.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Result<Arc<[i16]>, AudioFault> {
    if bytes.is_empty() {
        return Err(AudioFault::retrieval("the file is empty"));
    }
    match content_type {
        Some("audio/mpeg") => mp3::decode(bytes),
        Some("audio/wav" | "audio/wave" | "audio/x-wav") => wav::decode(bytes),
        // Eight thousand bytes a second and nothing else.
        Some("audio/ulaw") => {
            Ok(line::resample(bytes.iter().map(|byte| line::mu_law(*byte)), line::RATE).into())
        }
        Some(known) if is_audio(known) => Err(AudioFault::Lacking(format!(
            "<Play>: files of the type {known} are not emulated; WAV, MP3 and raw µ-law are played"
        ))),
        Some(other) => Err(AudioFault::content(format!(
            "{other} is not audio that Twilio plays, such as audio/mpeg or audio/wav"
        ))),
        None => Err(AudioFault::content("the file came without one; it must be such as audio/mpeg")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(fault: AudioFault) -> u32 {
        match fault {
            AudioFault::Twilio(fault) => fault.code,
            AudioFault::Lacking(_) => 0,
        }
    }

    #[test]
    fn the_type_says_how_a_file_is_read() {
        assert_eq!(*decode(&[0xff, 0x00, 0x80], Some("audio/ulaw")).unwrap(), [0, -32_124, 32_124]);
        for (content_type, expected) in [
            (Some("audio/aiff"), 0),
            (Some("audio/x-gsm"), 0),
            (Some("audio/ogg"), 13420),
            (Some("text/html"), 13420),
            (None, 13420),
            (Some("audio/mpeg"), 13420),
            (Some("audio/wav"), 13420),
        ] {
            assert_eq!(code(decode(b"FORM", content_type).unwrap_err()), expected, "{content_type:?}");
        }
        assert_eq!(code(decode(b"", Some("audio/wav")).unwrap_err()), 11200);
    }
}
