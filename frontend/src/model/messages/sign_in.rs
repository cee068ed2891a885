use shared::passcode::{MIN_LEN, PasscodeFault};

pub const ENTER_NUMBER: &str = "Enter your phone number, such as +81 50 3123 4567.";
pub const ENTER_PASSCODE: &str = "Enter your passcode, or the code you were given for the first time.";
pub const ENTER_PRESENT_PASSCODE: &str = "Enter your present passcode.";
pub const ENTER_NEW_PASSCODE: &str = "Choose a passcode.";
pub const PASSCODES_DIFFER: &str = "The two passcodes are not the same. Enter the new one twice.";
pub const SIGNED_OUT: &str = "You have been signed out. Sign in again to make and receive calls.";
pub const SIGNED_OUT_EVERYWHERE: &str = "You have been signed out everywhere.";
pub const OTHER_LINE: &str = "Another line has signed in with this browser, so this page has been signed out. \
     Reload it to use that line, or sign in here.";

/// What a new passcode must be, before anything is typed; then, what is wrong with it as it stands.
pub fn passcode_advice(empty: bool, fault: Option<PasscodeFault>) -> String {
    match fault {
        Some(fault) if !empty => fault.to_string(),
        _ => format!("At least {MIN_LEN} characters, and not easy to guess."),
    }
}

/// Why the OpenID Connect provider's word signed nobody in: the words of the page's `sign_in_error` parameter, or of a
/// stranger who made the link.
pub fn sign_in_error(code: &str) -> &'static str {
    match code {
        "cancelled" => "Signing in was cancelled. Try again, or sign in with your passcode.",
        "stale" => "That took too long, or was begun in another browser. Sign in once more.",
        "not_verified" => {
            "Your provider has no verified e-mail address of yours. Verify it there, or sign in with your passcode."
        }
        "unknown_email" => "No line is yours by that e-mail address. Ask who runs the server to add it.",
        "unavailable" => {
            "Your provider does not answer. Try again in a moment, or sign in with your passcode."
        }
        _ => "Signing in with your provider did not work. Try again, or sign in with your passcode.",
    }
}
