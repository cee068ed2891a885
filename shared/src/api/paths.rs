//! Every path of the server, relative to the public URL (which may carry a prefix such as `/prod`).
//!
//! No path starts with a slash: the browser resolves it against the page's base, the server joins it to the
//! configured public URL, and both are right under any prefix.

/// POST, session: an access token for the signed-in line ([`super::AccessToken`]).
pub const TOKEN: &str = "twilio/retrieve_capability_token";
/// GET or POST, signed by Twilio: TwiML for a call to a line's number.
pub const CALL_INCOMING: &str = "twilio/retrieve_twiml/call_incoming";
/// GET or POST, signed by Twilio: TwiML for a call that a softphone dials.
pub const CALL_OUTGOING: &str = "twilio/retrieve_twiml/call_outgoing";
/// POST, signed by Twilio: what became of a `<Dial>`; the answer is the TwiML that follows.
pub const DIAL_ACTION: &str = "twilio/dial_action";
/// POST, signed by Twilio: progress of the child leg of a `<Dial>`.
pub const CALL_STATUS: &str = "twilio/call_status";
/// GET or POST, signed: changes nothing and answers with a digest of the parameters that arrived. `sidetone doctor` signs a
/// request and sends it through the public URL, to see whether a proxy leaves Twilio's requests alone.
pub const SIGNATURE_CHECK: &str = "twilio/signature_check";

/// POST [`super::SignIn`] signs in, GET tells who is signed in ([`super::Session`] or `null`), DELETE signs out.
pub const SESSION: &str = "api/session";
/// POST [`super::PasscodeChange`], session.
pub const PASSCODE: &str = "api/passcode";
/// GET, session: [`super::SignedInDevice`]s; DELETE signs all of them out, this one included; DELETE `api/devices/{id}` one.
pub const DEVICES: &str = "api/devices";
/// GET, an admin's session: [`super::AdminLines`]; POST [`super::NewLine`] adds one: [`super::OneTimeCode`]. POST
/// [`super::LineChange`] to `api/admin/lines/{number}` changes a line, DELETE removes it.
pub const ADMIN_LINES: &str = "api/admin/lines";
/// POST to `api/admin/lines/{number}/code`, an admin's session: a new [`super::OneTimeCode`], which ends passcode and sessions.
pub const CODE: &str = "code";
/// DELETE `api/admin/lines/{number}/lock`, an admin's session: failures to sign in do not count any more.
pub const LOCK: &str = "lock";
/// GET `api/admin/lines/{number}/devices`, an admin's session: [`super::SignedInDevice`]s; DELETE signs all of them out, DELETE
/// `…/devices/{id}` one.
pub const LINE_DEVICES: &str = "devices";
/// GET, an admin's session: [`super::AuditPage`].
pub const ADMIN_AUDIT: &str = "api/admin/audit";
/// GET: [`super::SignInOptions`].
pub const SIGN_IN_OPTIONS: &str = "api/sign_in_options";
/// GET: sends the browser to the OpenID Connect provider.
pub const OPENID_START: &str = "api/openid/start";
/// GET: where the provider sends the browser back to.
pub const OPENID_CALLBACK: &str = "api/openid/callback";
/// POST [`super::DialQuestion`], session: [`super::DialAnswer`].
pub const DIAL_CHECK: &str = "api/dial_check";
/// POST, session: who and where is the phone of a number ([`super::FarEnd`])?
pub const FAR_END: &str = "api/far_end";
/// GET `api/calls/{CallSid}`, session: what became of a call of this line ([`super::CallRecord`]). The name of the
/// attempt ([`super::ATTEMPT_PARAM`]) serves as well.
pub const CALLS: &str = "api/calls";
/// POST [`super::CallRating`] to `api/calls/{CallSid}/rating`, session: what the user thinks of a call of this line.
pub const RATING: &str = "rating";
/// POST to `api/calls/{CallSid}/left`, session: the softphone that had this call has it no more, whatever Twilio says of it.
pub const LEFT: &str = "left";
/// GET `api/missed_calls?after=1700000000`, session: the line's calls since then that nobody took ([`super::MissedCalls`]); without
/// `after`, since the session began, and of the last day at most.
pub const MISSED_CALLS: &str = "api/missed_calls";
/// GET `api/events?after=17`, session: what happens to the line, as server-sent events, from that event on ([`super::events`]);
/// without `after` (or `Last-Event-ID`), from now on.
pub const EVENTS: &str = "api/events";
/// GET, session: a [`super::contacts::ContactPage`]; POST [`super::contacts::NewContact`] adds one, which is the answer. GET, POST
/// [`super::contacts::ContactChange`] and DELETE `api/contacts/{id}`.
pub const CONTACTS: &str = "api/contacts";
/// POST [`super::contacts::FavouriteChange`] to `api/contacts/{id}/favourite`, session.
pub const FAVOURITE: &str = "favourite";
/// POST a file to `api/contacts/import`, session: [`super::contacts::ImportReport`].
pub const IMPORT: &str = "import";
/// GET `api/contacts/export?format=vcard`, or `csv`, session: all that the line sees, as a file.
pub const EXPORT: &str = "export";
/// POST [`super::contacts::NamesQuestion`], session: [`super::contacts::Names`].
pub const CONTACT_NAMES: &str = "api/contact_names";
/// GET: the demo world ([`super::DemoWorld`]); `null` outside the demo.
pub const DEMO: &str = "api/demo";

/// GET: 200 when the server runs and its store answers.
pub const HEALTH: &str = "healthz";

/// GET: 200 when the server can do its work. On the operations listener (`operations_bind`).
pub const READY: &str = "readyz";
/// GET: figures in the OpenMetrics format. On the operations listener only.
pub const METRICS: &str = "metrics";

/// GET `sounds/{name}.wav`: the SDK's sounds, made by us. Names: [`SOUND_NAMES`] and [`MUSIC_NAMES`].
pub const SOUNDS: &str = "sounds";
/// GET: the script that lets the SDK speak plain `ws` to the emulator. Served in the demo only.
pub const EMULATOR_SHIM: &str = "emulator-shim.js";
/// GET: the SDK, byte for byte as npm has it.
pub const SDK: &str = "twilio.min.js";

/// A header of every answer of our server. What comes without it was said by somebody in between: a reverse proxy whose server
/// is away, the Wi-Fi of a hotel. The service worker looks for it, too.
pub const OWN_HEADER: &str = "sidetone";

/// GET: the service worker's script, of the page's build.
pub const SERVICE_WORKER: &str = "sw.js";

/// The sounds that the server has: the SDK's own names for them (`Device.SoundName` in its `lib/twilio/device.ts`), and one
/// that says nothing.
pub const SOUND_NAMES: [&str; 4] = ["incoming", "outgoing", "disconnect", SILENCE];
/// For the tones of keys, which the page makes itself, without a download, and only if the user wants to hear them.
pub const SILENCE: &str = "silence";
/// Sounds of our own: ringtones to choose from, beside `incoming`, and what a speaker is tried out with.
pub const MUSIC_NAMES: [&str; 5] = ["ring-bell", "ring-marimba", "ring-sunrise", "ring-pulse", "chime"];
