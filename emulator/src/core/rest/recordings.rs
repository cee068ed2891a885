//! `/Recordings.json`, `/Recordings/{RE}.json`, their files, and the same below a call.
//! <https://www.twilio.com/docs/voice/api/recording>

use serde_json::{Value, json};

use super::answer::{Answer, Context, File, RestError, Result, deleted, ok};
use super::fields::date;
use super::lacking::lacks;
use super::page::list;
use super::times::Times;
use crate::core::recordings::{Recording, RecordingStatus, wav};
use crate::core::webhook::recording_url;

/// `call`: the recordings of this call only. `None`: nothing of this is here.
pub(super) fn route(context: &mut Context<'_>, call: Option<&str>, rest: &[&str]) -> Option<Result> {
    match (context.request.method.as_str(), rest) {
        ("GET", []) => Some(all(context, call)),
        ("GET" | "DELETE", [sid]) => Some(one(context, call, sid)),
        _ => None,
    }
}

fn all(context: &mut Context<'_>, call: Option<&str>) -> Result {
    let kept = ["CallSid", "DateCreated", "DateCreated<", "DateCreated>", "ConferenceSid"];
    context.takes(if call.is_some() { &kept[1..4] } else { &kept }, &["IncludeSoftDeleted"])?;
    let request = context.request;
    let created = Times::of(request, "DateCreated")?;
    let of_call = call.or_else(|| request.query("CallSid"));
    // There are no conferences.
    let possible = request.query("ConferenceSid").is_none();
    let wanted = |recording: &&Recording| {
        possible && of_call.is_none_or(|sid| recording.call_sid == sid) && created.include(recording.started)
    };
    let recordings = context.recordings.newest_first().filter(wanted);
    let items = recordings.map(|recording| (recording.sid.clone(), show(context, recording)));
    ok(list(request, "recordings", items.collect())?)
}

fn one(context: &mut Context<'_>, call: Option<&str>, sid: &str) -> Result {
    let found = context.recordings.get(sid);
    let Some(recording) = found.filter(|found| call.is_none_or(|call| found.call_sid == call)) else {
        return Err(context.not_found());
    };
    if context.request.method == "DELETE" {
        if recording.status == RecordingStatus::InProgress {
            return Err(RestError::new(
                409,
                20409,
                "The recording is in progress; it can be deleted afterwards",
            ));
        }
        context.recordings.delete(sid);
        return deleted();
    }
    let body = show(context, recording);
    context.takes(&[], &["IncludeSoftDeleted"])?;
    ok(body)
}

/// The file. `ending`: of the path; none means WAV.
pub(super) fn media(context: &mut Context<'_>, sid: &str, ending: &str) -> Result {
    if ending == "mp3" {
        return Err(lacks("has recordings as WAV only, for it makes no MP3; ask for .wav"));
    }
    context.takes(&["RequestedChannels"], &["Download"])?;
    if context.request.query("RequestedChannels").is_some_and(|channels| channels != "1") {
        return Err(RestError::bad(20001, "RequestedChannels: this recording has one channel"));
    }
    let found = context.recordings.get(sid);
    let Some(recording) = found.filter(|found| found.status == RecordingStatus::Completed) else {
        return Err(context.not_found());
    };
    let Some(bytes) = wav(&recording.samples) else {
        return Err(RestError::new(500, 20500, "The recording does not fit into a WAV file"));
    };
    let file = File { content_type: "audio/x-wav", bytes };
    Ok(Answer { status: 200, body: None, file: Some(file), ignored: Vec::new() })
}

fn show(context: &Context<'_>, recording: &Recording) -> Value {
    let completed = recording.status == RecordingStatus::Completed;
    let uri = |rest: &str| context.uri(&format!("/Recordings/{}{rest}", recording.sid));
    json!({
        "sid": recording.sid, "account_sid": context.account.sid, "call_sid": recording.call_sid,
        "conference_sid": null, "api_version": "2010-04-01", "status": recording.status.as_str(),
        "duration": completed.then(|| recording.seconds().to_string()), "channels": 1, "source": "RecordVerb",
        "start_time": date(recording.started), "date_created": date(recording.started),
        "date_updated": date(recording.updated), "price": null, "price_unit": "USD", "error_code": null,
        "encryption_details": null, "media_url": recording_url(context.account, &recording.sid),
        "uri": uri(".json"),
        "subresource_uris": {
            "add_on_results": uri("/AddOnResults.json"), "transcriptions": uri("/Transcriptions.json"),
        },
    })
}
