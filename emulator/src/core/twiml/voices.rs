//! What `<Say>` can speak: voices and languages, as Twilio's Node library 6.3 (MIT) lists them.

/// Amazon Polly's voices, after `Polly.`.
const POLLY: [&str; 140] = [
    "Aditi",
    "Adriano-Neural",
    "Amy",
    "Amy-Generative",
    "Amy-Neural",
    "Andres-Generative",
    "Andres-Neural",
    "Aria-Neural",
    "Arlet-Neural",
    "Arthur-Neural",
    "Astrid",
    "Ayanda-Generative",
    "Ayanda-Neural",
    "Bianca",
    "Bianca-Generative",
    "Bianca-Neural",
    "Brian",
    "Brian-Neural",
    "Burcu-Neural",
    "Camila",
    "Camila-Neural",
    "Carla",
    "Carmen",
    "Celine",
    "Chantal",
    "Conchita",
    "Cristiano",
    "Daniel-Generative",
    "Daniel-Neural",
    "Danielle-Generative",
    "Danielle-Neural",
    "Dora",
    "Elin-Neural",
    "Emma",
    "Emma-Neural",
    "Enrique",
    "Ewa",
    "Filiz",
    "Gabrielle-Neural",
    "Geraint",
    "Giorgio",
    "Gregory-Neural",
    "Gwyneth",
    "Hala-Neural",
    "Hannah-Neural",
    "Hans",
    "Hiujin-Neural",
    "Ida-Neural",
    "Ines",
    "Ines-Neural",
    "Isabelle-Neural",
    "Ivy",
    "Ivy-Neural",
    "Jacek",
    "Jan",
    "Joanna",
    "Joanna-Generative",
    "Joanna-Neural",
    "Joey",
    "Joey-Neural",
    "Justin",
    "Justin-Neural",
    "Kajal-Generative",
    "Kajal-Neural",
    "Karl",
    "Kazuha-Neural",
    "Kendra",
    "Kendra-Neural",
    "Kevin",
    "Kevin-Neural",
    "Kimberly",
    "Kimberly-Neural",
    "Laura-Neural",
    "Lea",
    "Lea-Generative",
    "Lea-Neural",
    "Liam-Neural",
    "Lisa-Neural",
    "Liv",
    "Lotte",
    "Lucia",
    "Lucia-Generative",
    "Lucia-Neural",
    "Lupe",
    "Lupe-Generative",
    "Lupe-Neural",
    "Mads",
    "Maja",
    "Marlene",
    "Mathieu",
    "Matthew",
    "Matthew-Generative",
    "Matthew-Neural",
    "Maxim",
    "Mia",
    "Mia-Neural",
    "Miguel",
    "Mizuki",
    "Mía-Generative",
    "Naja",
    "Niamh-Neural",
    "Nicole",
    "Ola-Neural",
    "Olivia-Generative",
    "Olivia-Neural",
    "Pedro-Generative",
    "Pedro-Neural",
    "Penelope",
    "Raveena",
    "Remi-Neural",
    "Ricardo",
    "Ruben",
    "Russell",
    "Ruth-Generative",
    "Ruth-Neural",
    "Rémi-Generative",
    "Salli",
    "Salli-Neural",
    "Seoyeon",
    "Seoyeon-Neural",
    "Sergio-Generative",
    "Sergio-Neural",
    "Sofie-Neural",
    "Stephen-Generative",
    "Stephen-Neural",
    "Suvi-Neural",
    "Takumi",
    "Takumi-Neural",
    "Tatyana",
    "Thiago-Neural",
    "Tomoko-Neural",
    "Vicki",
    "Vicki-Generative",
    "Vicki-Neural",
    "Vitoria",
    "Vitoria-Neural",
    "Zayd-Neural",
    "Zeina",
    "Zhiyu",
    "Zhiyu-Neural",
];
/// Languages of Google's voices, after `Google.`.
const GOOGLE: [&str; 58] = [
    "af-ZA", "am-ET", "ar-XA", "bg-BG", "bn-IN", "ca-ES", "cmn-CN", "cmn-TW", "cs-CZ", "da-DK", "de-DE",
    "el-GR", "en-AU", "en-GB", "en-IN", "en-US", "es-ES", "es-US", "eu-ES", "fi-FI", "fil-PH", "fr-CA",
    "fr-FR", "gl-ES", "gu-IN", "he-IL", "hi-IN", "hu-HU", "id-ID", "is-IS", "it-IT", "ja-JP", "kn-IN",
    "ko-KR", "lt-LT", "lv-LV", "ml-IN", "mr-IN", "ms-MY", "nb-NO", "nl-BE", "nl-NL", "pa-IN", "pl-PL",
    "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sk-SK", "sr-RS", "sv-SE", "ta-IN", "te-IN", "th-TH", "tr-TR",
    "uk-UA", "vi-VN", "yue-HK",
];
/// Names of Google's voices of the kind `Chirp3-HD`.
const CHIRP: [&str; 8] = ["Aoede", "Charon", "Fenrir", "Kore", "Leda", "Orus", "Puck", "Zephyr"];
/// Languages of `<Say language>`.
const LANGUAGES: [&str; 69] = [
    "af-ZA",
    "am-ET",
    "ar-AE",
    "ar-XA",
    "arb",
    "bg-BG",
    "bn-IN",
    "ca-ES",
    "cmn-CN",
    "cmn-TW",
    "cs-CZ",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-DE",
    "el-GR",
    "en-AU",
    "en-CA",
    "en-GB",
    "en-GB-WLS",
    "en-IE",
    "en-IN",
    "en-NZ",
    "en-US",
    "en-ZA",
    "es-ES",
    "es-MX",
    "es-US",
    "fi-FI",
    "fil-PH",
    "fr-BE",
    "fr-CA",
    "fr-FR",
    "gu-IN",
    "he-IL",
    "hi-IN",
    "hu-HU",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "kn-IN",
    "ko-KR",
    "lv-LV",
    "ml-IN",
    "mr-IN",
    "ms-MY",
    "nb-NO",
    "nl-BE",
    "nl-NL",
    "pa-IN",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sr-RS",
    "sv-SE",
    "ta-IN",
    "te-IN",
    "th-TH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "yue-HK",
    "zh-CN",
    "zh-HK",
    "zh-TW",
];
/// Those of the voices `man` and `woman`.
const BASIC_LANGUAGES: [&str; 6] = ["en", "en-gb", "es", "fr", "de", "it"];

/// Whether Twilio has a voice of this name. Names count letter by letter.
pub(super) fn is_voice(name: &str) -> bool {
    match name.split_once('.') {
        None => matches!(name, "man" | "woman" | "alice"),
        Some(("Polly", voice)) => POLLY.contains(&voice),
        Some(("Google", voice)) => is_google(voice),
        // Twenty letters and digits; new ones come every month.
        Some(("ElevenLabs", voice)) => {
            voice.len() == 20 && voice.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
        Some(_) => false,
    }
}

/// `en-GB-Standard-A`, `en-GB-Chirp3-HD-Kore`.
fn is_google(voice: &str) -> bool {
    let rest = GOOGLE.iter().find_map(|language| voice.strip_prefix(language)?.strip_prefix('-'));
    let Some(rest) = rest else { return false };
    match rest.rsplit_once('-') {
        Some(("Standard" | "Wavenet" | "Neural2", letter)) => matches!(letter.as_bytes(), [b'A'..=b'Z']),
        Some(("Chirp3-HD", name)) => CHIRP.contains(&name),
        _ => false,
    }
}

/// Whether Twilio speaks this language.
pub(super) fn is_language(tag: &str) -> bool {
    LANGUAGES.iter().chain(&BASIC_LANGUAGES).any(|known| known.eq_ignore_ascii_case(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_are_those_that_twilio_has() {
        for voice in [
            "man",
            "alice",
            "Polly.Joanna",
            "Polly.Matthew-Neural",
            "Google.ja-JP-Wavenet-B",
            "Google.en-US-Chirp3-HD-Kore",
            "ElevenLabs.zzBTsLBFM6AOJtkr1e9b",
        ] {
            assert!(is_voice(voice), "{voice}");
        }
        for voice in [
            "",
            "robot",
            "Alice",
            "Polly",
            "Polly.",
            "Polly.Nobody",
            "Polly.Joanna-Long",
            "Google.xx-XX-Standard-A",
            "Google.en-US",
            "Google.en-US-Standard",
            "Google.en-US-Standard-AA",
            "Google.en-US-Chirp3-HD-Nobody",
            "ElevenLabs.short",
            "Acme.Voice",
        ] {
            assert!(!is_voice(voice), "{voice}");
        }
    }

    #[test]
    fn languages_are_tags_that_twilio_speaks() {
        for tag in ["en-US", "ja-JP", "en", "en-gb", "cmn-CN", "arb"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["", "english", "xx-XX", "en_US", "ja"] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
