//! The configuration file of the binary: JSON, every key optional.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::core::account::Account;
use crate::core::config::{Config, Timing, Tls, TokenRefusal};
use crate::core::media::Sound;
use crate::core::phones::{Behaviour, PhoneSeed};

/// Why a configuration file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFileError {
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The operating system's answer.
        source: std::io::Error,
    },
    /// The file is not JSON of the right shape.
    #[error("the configuration file {path} is not valid: {source}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: serde_json::Error,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    bind: Option<SocketAddr>,
    #[serde(default)]
    account: Account,
    #[serde(default)]
    timing: FileTiming,
    #[serde(default)]
    phones: Vec<FilePhone>,
    tls: Option<FileTls>,
    /// PEM files.
    #[serde(default)]
    trusted_root_files: Vec<PathBuf>,
    /// Host name to address.
    #[serde(default)]
    hosts: BTreeMap<String, SocketAddr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTls {
    bind: Option<SocketAddr>,
    certificate_file: PathBuf,
    key_file: PathBuf,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct FileTiming {
    heartbeat_ms: Option<u64>,
    lost_leg_grace_ms: Option<u64>,
    dial_timeout_extra_ms: Option<u64>,
    answer_after_dial_ms: Option<u64>,
    answer_only_on_bridge: bool,
    robot_answers_after_ms: Option<u64>,
    webhook_timeout_ms: Option<u64>,
    recording_ready_after_ms: Option<u64>,
    close_socket_on_bad_token: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FilePhone {
    phone_number: String,
    #[serde(default)]
    label: String,
    behaviour: FileBehaviour,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
enum FileBehaviour {
    Echo,
    Tone {
        hz: f32,
    },
    Busy,
    NoAnswer,
    NotInService,
    Menu,
    Answer {
        #[serde(default)]
        after_ms: u64,
        #[serde(default)]
        say: String,
        hang_up_after_ms: Option<u64>,
    },
    Manual,
}

/// Reads the configuration file.
///
/// # Errors
/// When the file or one that it names cannot be read, it is not JSON, or it has keys that nothing reads.
pub fn read_file(path: &Path) -> Result<Config, ConfigFileError> {
    let file =
        parse(&read(path)?).map_err(|source| ConfigFileError::Parse { path: path.to_owned(), source })?;
    let default = Config::default();
    let tls = match file.tls {
        Some(tls) => {
            let pair = Tls::new(read(&tls.certificate_file)?, read(&tls.key_file)?);
            Some(Tls { bind: tls.bind.unwrap_or(pair.bind), ..pair })
        }
        None => None,
    };
    Ok(Config {
        bind: file.bind.unwrap_or(default.bind),
        media_port: default.media_port,
        account: file.account,
        timing: timing(&file.timing, &default.timing),
        phones: file.phones.into_iter().map(phone).collect(),
        tls,
        trusted_roots_pem: file.trusted_root_files.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
        hosts: file.hosts.into_iter().collect(),
    })
}

fn read(path: &Path) -> Result<String, ConfigFileError> {
    std::fs::read_to_string(path).map_err(|source| ConfigFileError::Read { path: path.to_owned(), source })
}

fn parse(text: &str) -> Result<File, serde_json::Error> {
    serde_json::from_str(text)
}

fn timing(file: &FileTiming, default: &Timing) -> Timing {
    let or = |value: Option<u64>, default: Duration| value.map_or(default, Duration::from_millis);
    Timing {
        heartbeat: or(file.heartbeat_ms, default.heartbeat),
        lost_leg_grace: or(file.lost_leg_grace_ms, default.lost_leg_grace),
        dial_timeout_extra: or(file.dial_timeout_extra_ms, default.dial_timeout_extra),
        answer_after_dial: match (file.answer_only_on_bridge, file.answer_after_dial_ms) {
            (true, _) => None,
            (false, Some(millis)) => Some(Duration::from_millis(millis)),
            (false, None) => default.answer_after_dial,
        },
        phone_alerts_after: default.phone_alerts_after,
        robot_answers_after: or(file.robot_answers_after_ms, default.robot_answers_after),
        webhook_timeout: or(file.webhook_timeout_ms, default.webhook_timeout),
        recording_ready_after: or(file.recording_ready_after_ms, default.recording_ready_after),
        token_refusal: if file.close_socket_on_bad_token {
            TokenRefusal::SocketClose
        } else {
            TokenRefusal::CloseMessage
        },
    }
}

fn phone(file: FilePhone) -> PhoneSeed {
    let behaviour = match file.behaviour {
        FileBehaviour::Echo => Behaviour::Echo,
        FileBehaviour::Tone { hz } => Behaviour::Tone { hz },
        FileBehaviour::Busy => Behaviour::Busy,
        FileBehaviour::NoAnswer => Behaviour::NoAnswer,
        FileBehaviour::NotInService => Behaviour::NotInService,
        FileBehaviour::Menu => Behaviour::Menu,
        FileBehaviour::Answer { after_ms, say, hang_up_after_ms } => Behaviour::Answer {
            after: Duration::from_millis(after_ms),
            say: if say.is_empty() { Sound::Silence } else { Sound::Speech { text: say } },
            hang_up_after: hang_up_after_ms.map(Duration::from_millis),
        },
        FileBehaviour::Manual => Behaviour::Manual,
    };
    PhoneSeed { phone_number: file.phone_number, label: file.label, behaviour }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_phones() {
        let file = parse(
            r#"{"account":{"numbers":[{"phone_number":"+815031234567","voice_url":"http://localhost/in"}]},
                "timing":{"lost_leg_grace_ms":50},
                "phones":[{"phone_number":"+15550100001","label":"echo","behaviour":"echo"},
                          {"phone_number":"+15550100002","behaviour":{"tone":{"hz":600}}}]}"#,
        )
        .unwrap();
        assert_eq!(file.account.numbers[0].phone_number, "+815031234567");
        let timing = timing(&file.timing, &Timing::default());
        assert_eq!(timing.lost_leg_grace, Duration::from_millis(50));
        let phones: Vec<_> = file.phones.into_iter().map(phone).collect();
        assert_eq!(phones[1].behaviour.name(), "tone");
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert!(parse(r#"{"acount":{}}"#).map(|_| ()).unwrap_err().to_string().contains("acount"));
    }
}
