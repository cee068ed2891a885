//! Twilio's vocabulary: which elements there are, what stands in them and on them. It says what Twilio would refuse,
//! not what this emulator can do.
//!
//! Source: Twilio's Node library 6.3 and the pages on TwiML for Voice (attributes that only one of them has count, too).

use super::read::Element;
use super::warning::Warning;

/// An element of TwiML.
struct Known {
    name: &'static str,
    attributes: &'static [&'static str],
    children: &'static [&'static str],
    /// Text may stand in it.
    text: bool,
}

const SSML: &[&str] =
    &["break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w", "amazon:effect"];
const NESTED_SOUNDS: &[&str] = &["Say", "Play", "Pause"];
const STREAMS: &[&str] = &["Stream", "Siprec", "Transcription", "Recording", "MediaFilter"];

const fn known(
    name: &'static str,
    attributes: &'static [&'static str],
    children: &'static [&'static str],
    text: bool,
) -> Known {
    Known { name, attributes, children, text }
}

/// One line for each element; an element that stands in several places has the attributes of all of them.
#[rustfmt::skip]
const VOCABULARY: &[Known] = &[
    known("Response", &[], &["Connect", "Dial", "Echo", "Enqueue", "Gather", "Hangup", "Leave", "Pause", "Pay", "Play",
        "Prompt", "Queue", "Record", "Redirect", "Refer", "Reject", "Say", "Sms", "Start", "Stop"], false),
    known("Dial", &["action", "answerOnBridge", "callerId", "callReason", "events", "hangupOnStar", "method",
        "passports", "record", "recordingConfigurationId", "recordingStatusCallback", "recordingStatusCallbackEvent",
        "recordingStatusCallbackMethod", "recordingTrack", "referMethod", "referUrl", "ringTone", "sequential",
        "timeLimit", "timeout", "trim"],
        &["Application", "Client", "Conference", "Number", "Queue", "Sim", "Sip", "WhatsApp"], true),
    known("Number", &["amdStatusCallback", "amdStatusCallbackMethod", "byoc", "machineDetection",
        "machineDetectionSilenceTimeout", "machineDetectionSpeechEndThreshold", "machineDetectionSpeechThreshold",
        "machineDetectionTimeout", "method", "sendDigits", "statusCallback", "statusCallbackEvent",
        "statusCallbackMethod", "url"], &[], true),
    known("Client", &["clientNotificationUrl", "method", "statusCallback", "statusCallbackEvent",
        "statusCallbackMethod", "url"], &["Identity", "Parameter"], true),
    known("Identity", &[], &[], true),
    known("Parameter", &["name", "value"], &[], false),
    known("Conference", &["beep", "coach", "endConferenceOnExit", "eventCallbackUrl", "jitterBufferSize",
        "maxParticipants", "muted", "participantLabel", "record", "recordingConfigurationId",
        "recordingStatusCallback", "recordingStatusCallbackEvent", "recordingStatusCallbackMethod", "region",
        "startConferenceOnEnter", "statusCallback", "statusCallbackEvent", "statusCallbackMethod", "trim",
        "waitMethod", "waitUrl"], &[], true),
    known("Queue", &["method", "postWorkActivitySid", "reservationSid", "url"], &[], true),
    known("Sim", &[], &[], true),
    known("Sip", &["amdStatusCallback", "amdStatusCallbackMethod", "machineDetection",
        "machineDetectionSilenceTimeout", "machineDetectionSpeechEndThreshold", "machineDetectionSpeechThreshold",
        "machineDetectionTimeout", "method", "password", "statusCallback", "statusCallbackEvent",
        "statusCallbackMethod", "url", "username"], &["Headers", "Uri"], true),
    known("Headers", &[], &["Header"], false),
    known("Header", &["name", "value"], &[], false),
    known("Uri", &["password", "priority", "username", "weight"], &[], true),
    known("Application", &["copyParentTo", "customerId", "method", "statusCallback", "statusCallbackEvent",
        "statusCallbackMethod", "url"], &["ApplicationSid", "Parameter"], true),
    known("ApplicationSid", &[], &[], true),
    known("WhatsApp", &["method", "statusCallback", "statusCallbackEvent", "statusCallbackMethod", "url"], &[], true),
    known("Say", &["language", "loop", "voice"], SSML, true),
    known("Play", &["digits", "loop"], &[], true),
    known("Pause", &["length"], &[], false),
    known("Hangup", &[], &["Parameter"], false),
    known("Reject", &["reason"], &["Parameter"], false),
    known("Redirect", &["method"], &[], true),
    known("Echo", &[], &[], false),
    known("Gather", &["action", "actionOnEmptyResult", "bargeIn", "debug", "enhanced", "finishOnKey", "hints", "input",
        "language", "maxSpeechTime", "method", "numDigits", "partialResultCallback", "partialResultCallbackMethod",
        "profanityFilter", "speechModel", "speechTimeout", "timeout"], NESTED_SOUNDS, false),
    known("Record", &["action", "finishOnKey", "maxLength", "method", "playBeep", "recordingConfigurationId",
        "recordingStatusCallback", "recordingStatusCallbackEvent", "recordingStatusCallbackMethod", "recordingTrack",
        "timeout", "transcribe", "transcribeCallback", "trim"], &[], false),
    known("Enqueue", &["action", "maxQueueSize", "method", "waitUrl", "waitUrlMethod", "workflowSid"], &["Task"], true),
    known("Task", &["priority", "timeout"], &[], true),
    known("Leave", &[], &[], false),
    known("Refer", &["action", "method"], &["Sip"], false),
    known("Sms", &["action", "from", "method", "statusCallback", "to"], &[], true),
    known("Start", &["action", "method"], STREAMS, false),
    known("Stop", &[], STREAMS, false),
    known("Connect", &["action", "method"], &["AiSession", "Autopilot", "Conversation", "ConversationRelay",
        "ConversationRelaySession", "Room", "Stream", "VirtualAgent"], false),
    known("Stream", &["audioFormat", "connectorName", "name", "sampleRate", "statusCallback", "statusCallbackMethod",
        "track", "url"], &["Parameter"], false),
    known("Siprec", &["connectorName", "name", "statusCallback", "statusCallbackMethod", "track"], &["Parameter"], false),
    known("Transcription", &["conversationConfiguration", "conversationId", "enableAutomaticPunctuation", "hints",
        "inboundTrackLabel", "intelligenceService", "languageCode", "name", "outboundTrackLabel", "partialResults",
        "profanityFilter", "speechModel", "statusCallbackMethod", "statusCallbackUrl", "track",
        "transcriptionEngine"], &["Config", "Parameter"], false),
    known("Recording", &["channels", "recordingConfigurationId", "recordingStatusCallback",
        "recordingStatusCallbackEvent", "recordingStatusCallbackMethod", "track", "trim"], &[], false),
    known("MediaFilter", &["filterType", "model", "name", "track"], &["Parameter"], false),
    known("Config", &["name", "value"], &[], false),
    known("AiSession", &["aiConnector", "aiSessionConfiguration"], &[], false),
    known("Autopilot", &[], &[], true),
    known("Conversation", &["inboundAutocreation", "inboundTimeout", "method", "record", "recordingStatusCallback",
        "recordingStatusCallbackEvent", "recordingStatusCallbackMethod", "routingAssignmentTimeout",
        "serviceInstanceSid", "statusCallback", "statusCallbackEvent", "statusCallbackMethod", "trim", "url"], &[], false),
    known("ConversationRelay", &["applicationReconnect", "asrSmartFormat", "backgroundnoisereduction",
        "conversationConfiguration", "conversationId", "customerName", "debug", "deepgramsmartformat", "dtmfDetection",
        "eagerEotThreshold", "echoPromptFiltering", "elevenlabsLanguageTextNormalization",
        "elevenlabsTextNormalization", "events", "hints", "ignorebackchannel", "includeInPrompt",
        "intelligenceService", "interruptSensitivity", "interruptible", "language", "partialPromptOnHangup",
        "partialPrompts", "preemptible", "profanityFilter", "reportInputDuringAgentSpeech", "speechModel",
        "speechtimeout", "transcriptionLanguage", "transcriptionProvider", "ttsLanguage",
        "ttsLanguageTextNormalization", "ttsProvider", "ttsTextNormalization", "turnDetection", "url", "voice",
        "welcomeGreeting", "welcomeGreetingInterruptible"], &["Language", "Parameter"], false),
    known("ConversationRelaySession", &["connector", "sessionConfiguration"], &[], false),
    known("Language", &["asrSmartFormat", "code", "hints", "speechModel", "transcriptionProvider",
        "ttsLanguageTextNormalization", "ttsProvider", "ttsTextNormalization", "voice"], &[], false),
    known("Room", &["participantIdentity"], &[], true),
    known("VirtualAgent", &["connectorName", "language", "sentimentAnalysis", "statusCallback",
        "statusCallbackMethod"], &["Config", "Parameter"], false),
    known("Pay", &["action", "bankAccountType", "chargeAmount", "currency", "description", "input", "language",
        "maxAttempts", "method", "minPostalCodeLength", "paymentConnector", "paymentMethod", "postalCode",
        "securityCode", "statusCallback", "statusCallbackMethod", "timeout", "tokenType", "validCardTypes"],
        &["Parameter", "Prompt"], false),
    known("Prompt", &["attempt", "cardType", "errorType", "for", "requireMatchingInputs"], NESTED_SOUNDS, false),
    known("break", &["strength", "time"], &[], false),
    known("emphasis", &["level"], SSML, true),
    known("lang", &["xml:lang"], SSML, true),
    known("p", &[], SSML, true),
    known("phoneme", &["alphabet", "ph"], SSML, true),
    known("prosody", &["pitch", "rate", "volume"], SSML, true),
    known("s", &[], SSML, true),
    known("say-as", &["format", "interpret-as"], SSML, true),
    known("sub", &["alias"], SSML, true),
    known("w", &["role"], SSML, true),
    known("amazon:effect", &["name", "phonation", "vocal-tract-length"], SSML, true),
];

fn look_up(element: &str) -> Option<&'static Known> {
    VOCABULARY.iter().find(|known| known.name == element)
}

/// Whether Twilio knows the attribute on this element.
pub(super) fn has_attribute(element: &str, attribute: &str) -> bool {
    look_up(element).is_some_and(|known| known.attributes.contains(&attribute))
}

/// Whether Twilio lets `child` stand in `parent`.
pub(super) fn has_child(parent: &str, child: &str) -> bool {
    look_up(parent).is_some_and(|known| known.children.contains(&child))
}

/// Everything in `element` that Twilio's schema does not allow. Twilio warns, leaves it out and goes on.
pub(super) fn check(element: &Element, warnings: &mut Vec<Warning>) {
    let Some(known) = look_up(&element.name) else { return };
    let name = known.name;
    let mut warn = |message: String| warnings.push(Warning::schema(format!("<{name}>: {message}")));
    for (attribute, _) in &element.attributes {
        // Namespaces are XML's own.
        if !known.attributes.contains(&attribute.as_str()) && !attribute.starts_with("xmlns") {
            warn(format!("it has no attribute {attribute}; it is ignored"));
        }
    }
    if !known.text && !element.text.trim().is_empty() {
        warn("text has no place here; it is ignored".into());
    }
    for child in &element.children {
        if known.children.contains(&child.name.as_str()) {
            check(child, warnings);
        } else {
            warnings.push(Warning::schema(misplaced(name, &child.name)));
        }
    }
}

/// Says what is wrong with an element that may not stand here.
fn misplaced(parent: &str, child: &str) -> String {
    let other_case = VOCABULARY.iter().find(|known| known.name.eq_ignore_ascii_case(child));
    match other_case {
        Some(known) if known.name == child => {
            format!("<{child}> has no place in <{parent}>; it is skipped")
        }
        Some(known) => {
            format!("<{child}> is not TwiML, which tells capitals apart: <{}>; it is skipped", known.name)
        }
        None => format!("<{child}> is not TwiML; it is skipped"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_child_is_in_the_vocabulary_once() {
        for known in VOCABULARY {
            assert_eq!(
                VOCABULARY.iter().filter(|other| other.name == known.name).count(),
                1,
                "{}",
                known.name
            );
            for child in known.children {
                assert!(look_up(child).is_some(), "{child} in {}", known.name);
            }
        }
    }
}
