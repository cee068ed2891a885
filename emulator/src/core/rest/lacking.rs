//! What Twilio's API has and this one lacks. It is told apart from what is not there: 501, and a fault on the timeline.

use super::answer::{Context, RestError};
use super::twilio_paths;

/// Twilio has no such number; 204xx are its codes of HTTP statuses.
pub(crate) const NOT_IMPLEMENTED: u32 = 20501;
/// How a page of a list is chosen.
const PAGE: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// 501: Twilio could do it. `what` continues "this emulator …".
pub(crate) fn lacks(what: &str) -> RestError {
    let message = format!("Twilio may do this; this emulator {what}. Its README lists what it has");
    RestError::new(501, NOT_IMPLEMENTED, message)
}

/// What is said of a path below an account that only Twilio has.
pub(crate) fn resource(context: &Context<'_>, names: &[&str]) -> Option<RestError> {
    let methods = twilio_paths::methods(names)?;
    if !methods.split(' ').any(|method| method == context.request.method) {
        return Some(context.wrong_method());
    }
    let path: Vec<_> = names.iter().filter(|name| !is_sid(name)).copied().collect();
    Some(lacks(&format!("has no {}", path.join("/"))))
}

/// `CA…`: two letters and 32 hexadecimal digits.
fn is_sid(name: &str) -> bool {
    let (kind, rest) = name.split_at_checked(2).unwrap_or_default();
    kind.bytes().all(|byte| byte.is_ascii_uppercase())
        && rest.len() == 32
        && rest.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Context<'_> {
    /// Looks at the names of the parameters: those of the form, or of the query when something is read. `kept` do
    /// something here; `lacked` do something at Twilio. Any other one does nothing there either, and is told of.
    ///
    /// # Errors
    /// 501 for one that is lacked, before anything is done.
    pub(crate) fn takes(&mut self, kept: &[&str], lacked: &[&str]) -> Result<(), RestError> {
        let reads = self.request.method == "GET";
        let parameters = if reads { &self.request.query } else { &self.request.form };
        for (name, _) in parameters {
            if lacked.contains(&name.as_str()) {
                let (does, path) = (if reads { "filters by" } else { "keeps" }, &self.request.path);
                let what = if kept.is_empty() { "nothing".to_owned() } else { kept.join(", ") };
                return Err(lacks(&format!("does nothing with {name} of {path}; it {does} {what}")));
            }
            if !(kept.contains(&name.as_str()) || reads && PAGE.contains(&name.as_str())) {
                self.ignored.push(name.clone());
            }
        }
        Ok(())
    }

    /// Names the parameters that stand where this method does not look for any.
    pub(crate) fn overlooks(&mut self) {
        let request = self.request;
        let reads_query = request.method == "GET";
        let reads_form = request.method == "POST";
        let query = request.query.iter().filter(|_| !reads_query);
        let form = request.form.iter().filter(|_| !reads_form);
        self.ignored.extend(query.chain(form).map(|(name, _)| name.clone()));
    }
}
