/// A Twilio error code in words that say what to do: the SDK's whole catalogue (`lib/twilio/errors/generated.ts` of 2.18) and
/// what Twilio sends besides.
pub fn twilio_error(code: u32) -> String {
    let words = match code {
        20101 | 31102 | 31204 => {
            "The access token is not valid. Who runs the server should check its Twilio keys."
        }
        20104 | 31205 => {
            "The access token has expired. Check the clock of this computer; the server's may be wrong, too."
        }
        31207 => "The access token lives too long for Twilio. Who runs the server should shorten its life.",
        20151 | 31201..=31203 => {
            "Twilio did not accept the server's account or keys. Who runs the server should check them."
        }
        31001 => {
            "Twilio does not find the server's application. Who runs the server should connect it again."
        }
        31002 | 31603 => "The call was declined.",
        31003 => "The phone network took too long to answer. Try again.",
        31008 => "The call had ended before it was answered.",
        31206 | 20429 => "Too much at once for the phone network. Wait a moment, then try again.",
        31100..=31105 | 31210 | 31212 | 31400 => {
            "The phone network did not understand the call. Reload the page, then call again."
        }
        31107 | 31209 => "The call could not be taken up again. Call again.",
        31401 => "The browser may not use the microphone. Allow it in the browser's site settings.",
        31402 => "No microphone could be opened. Connect one, or close other programs that use it.",
        31404 => "The number cannot be reached. Check it, or try again later.",
        31480 => "The other side cannot be reached right now. Try again later.",
        31486 => "The number is busy. Try again in a few minutes.",
        53400 | 53402 => {
            "Browser and phone network found no common audio format. Update the browser, or use another."
        }
        53405 => "The audio connection failed: a firewall may block it. Try another network.",
        31000 | 31005 | 31009 | 53000 | 53001 => {
            "The connection to the phone network was lost. Check your internet connection."
        }
        _ => "Something went wrong. Try again.",
    };
    format!("{words} (Twilio error {code})")
}
