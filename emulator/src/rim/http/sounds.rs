//! Silence at the addresses where the browser SDK looks for its ring tones (host `sdk.twilio.com`).
//!
//! Without an answer the SDK waits two seconds before it reports an incoming call.

use std::io::Cursor;

use actix_web::HttpResponse;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL};
use actix_web::web::{self, ServiceConfig};
use hound::{SampleFormat, WavSpec, WavWriter};

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
    let spec =
        WavSpec { channels: 1, sample_rate: 8000, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut file = Cursor::new(Vec::new());
    let written = WavWriter::new(&mut file, spec).and_then(|mut writer| {
        for _ in 0..SAMPLES {
            writer.write_sample(0_i16)?;
        }
        writer.finalize()
    });
    // Memory takes everything.
    written.map(|()| file.into_inner()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_file_that_the_emulator_itself_can_play() {
        assert_eq!(crate::core::webhook::decode(&wav(), Some("audio/wav")).unwrap().len(), SAMPLES as usize);
    }
}
