//! Silence at the addresses where the browser SDK looks for its ring tones (host `sdk.twilio.com`).
//!
//! Without an answer the SDK waits two seconds before it reports an incoming call.

use actix_web::HttpResponse;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::web::{self, ServiceConfig};

/// Samples of 8 kHz: a tenth of a second.
const SAMPLES: u32 = 800;

/// Adds the route.
pub fn configure(config: &mut ServiceConfig) {
    config.route("/js/client/sounds/releases/{release}/{name}", web::get().to(silence));
}

async fn silence() -> HttpResponse {
    HttpResponse::Ok()
        // Browsers look at the content, so that it does not matter that the name says MP3.
        .content_type("audio/wav")
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .body(wav())
}

/// PCM, 16 bits, one channel.
fn wav() -> Vec<u8> {
    let data = SAMPLES * 2;
    let mut file = Vec::new();
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(36 + data).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    for field in [1_u16, 1] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for field in [8000_u32, 16_000] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for field in [2_u16, 16] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    file.extend_from_slice(b"data");
    file.extend_from_slice(&data.to_le_bytes());
    file.resize(file.len() + data as usize, 0);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_file_that_the_emulator_itself_can_play() {
        assert_eq!(crate::core::webhook::decode(&wav(), Some("audio/wav")).unwrap().len(), SAMPLES as usize);
    }
}
