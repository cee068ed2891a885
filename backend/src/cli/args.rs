#[cfg(not(feature = "demo"))]
use std::ffi::OsString;
use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// A browser phone for the Twilio number you already own.
#[derive(Parser)]
#[command(name = "sidetone", version)]
pub(super) struct Cli {
    /// What to log, such as "info" or "backend=debug".
    #[arg(long, env = "SIDETONE_LOG", global = true)]
    pub(super) log: Option<String>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Set up your Twilio account for this server: API key, TwiML App, phone numbers; and write the configuration.
    Connect(ConnectArgs),
    /// Look at everything that is known to keep a phone from ringing, and say how to mend it. Exit code 0: all works; 1:
    /// something is wrong; 2: nothing could be looked at.
    Doctor(DoctorArgs),
    /// Serve lines with a Twilio account; settings come from --config and SIDETONE_… variables.
    Serve(ConfigArgs),
    /// Ask the server of this configuration whether it and its database answer. Exit code 0: they do.
    Health(ConfigArgs),
    /// Look at what a start of this version would change, and change nothing: the configuration, and the version of the database.
    /// Exit code 0: it would start.
    Check(ConfigArgs),
    /// Write a copy of the SQLite database, as it is at this moment, while the server runs.
    Backup {
        #[command(flatten)]
        config: ConfigArgs,
        /// A file that is not there yet.
        copy: PathBuf,
    },
    /// Look after the database.
    Store {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// Answer requests of API Gateway, as AWS Lambda starts it; settings come from SIDETONE_CONFIG_TEXT and SIDETONE_… variables.
    #[cfg(feature = "lambda")]
    Lambda(LambdaArgs),
    /// Put the page into a bucket of S3, with the headers that the server would answer with, by AWS's command line (`aws`).
    #[cfg(feature = "lambda")]
    Publish(PublishArgs),
    /// Add, list, change and remove lines: names, passcodes, signed-in devices, limits, admins.
    Line {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(subcommand)]
        command: LineCommand,
    },
    /// Show the audit log: sign-ins, refusals, changes.
    Audit {
        #[command(flatten)]
        config: ConfigArgs,
        #[command(flatten)]
        audit: AuditArgs,
    },
    /// Try everything on this machine, without an account: server, emulator of Twilio, and a few phones.
    #[cfg_attr(not(feature = "demo"), command(hide = true, disable_help_flag = true))]
    Demo(DemoArgs),
}

#[cfg(feature = "lambda")]
#[derive(Args)]
pub(super) struct PublishArgs {
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// The bucket's name.
    #[arg(long)]
    pub(super) bucket: String,
    /// Show the commands, and do nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[cfg(feature = "lambda")]
#[derive(Args)]
pub(super) struct LambdaArgs {
    #[command(flatten)]
    pub(super) config: ConfigArgs,
    /// The text of a configuration file, where there is no place for a file.
    #[arg(long, env = "SIDETONE_CONFIG_TEXT", hide_env_values = true, conflicts_with = "config")]
    pub(super) config_text: Option<String>,
    /// What the CloudFront distribution sends as X-Origin-Verify; with it the client's address is in True-Client-IP.
    #[arg(long, env = "SIDETONE_ORIGIN_VERIFY", hide_env_values = true)]
    pub(super) origin_verify: Option<String>,
}

#[derive(Args)]
pub(super) struct ConfigArgs {
    /// Configuration file (TOML); without it sidetone.toml in the current folder, if there is one.
    #[arg(long, env = "SIDETONE_CONFIG")]
    config: Option<PathBuf>,
}

impl ConfigArgs {
    /// The file to read. The one that `connect` writes needs not be named, but may be missing: the environment will do.
    pub(super) fn file(&self) -> Option<&Path> {
        let usual = Path::new("sidetone.toml");
        self.config.as_deref().or_else(|| usual.is_file().then_some(usual))
    }
}

/// The account's SID and auth token are asked for, or come from SIDETONE_TWILIO__ACCOUNT_SID and
/// SIDETONE_TWILIO__AUTH_TOKEN, or from the configuration file.
#[derive(Args)]
pub(super) struct ConnectArgs {
    /// Configuration file (TOML) to be written; what it says already is kept.
    #[arg(long, env = "SIDETONE_CONFIG", default_value = "sidetone.toml")]
    pub(super) config: PathBuf,
    #[allow(rustdoc::bare_urls, reason = "clap prints it as it stands")]
    /// Address at which Twilio and browsers reach the server, such as https://phone.example.com.
    #[arg(long)]
    pub(super) public_url: Option<String>,
    /// A number of the account that becomes a line, such as +815031234567; may be given several times.
    #[arg(long = "number", value_name = "NUMBER")]
    pub(super) numbers: Vec<String>,
    /// All voice numbers of the account become lines.
    #[arg(long, conflicts_with = "numbers")]
    pub(super) all_numbers: bool,
    /// Show what would be done, and do nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Do it without asking.
    #[arg(long)]
    pub(super) yes: bool,
    /// Overwrite what points to somebody else.
    #[arg(long)]
    pub(super) force: bool,
    /// Put the account back as it was before.
    #[arg(long, conflicts_with_all = ["public_url", "numbers", "all_numbers", "force"])]
    pub(super) undo: bool,
    #[command(flatten)]
    pub(super) twilio: TwilioArgs,
}

#[derive(Args)]
pub(super) struct DoctorArgs {
    /// Configuration file (TOML).
    #[arg(long, env = "SIDETONE_CONFIG", default_value = "sidetone.toml")]
    pub(super) config: PathBuf,
    /// For programs.
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) twilio: TwilioArgs,
}

#[derive(Args)]
pub(super) struct TwilioArgs {
    /// Twilio's REST API is here: an emulator.
    #[arg(long, env = "SIDETONE_TWILIO_API", hide = true)]
    pub(super) twilio_api: Option<String>,
}

#[derive(Args)]
pub(super) struct AuditArgs {
    /// Only what happened since: 7d, 24h, 90m, 2026-11-22 or 2026-11-22T10:00:00Z.
    #[arg(long)]
    pub(super) since: Option<String>,
    /// Only what happened to this line.
    #[arg(long)]
    pub(super) line: Option<String>,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Subcommand)]
pub(super) enum StoreCommand {
    /// Move the SQLite database to PostgreSQL, while servers run on it: they go on there. Their next start needs the new configuration.
    Copy {
        /// The configuration that names the new database, where the running servers can read it. It stays as it is.
        #[arg(long, value_name = "CONFIG")]
        to: PathBuf,
    },
}

#[derive(Subcommand)]
pub(super) enum LineCommand {
    /// Add a line: a Twilio phone number of yours, in international form.
    Add {
        /// Such as +81 50-3123-4567.
        number: String,
        /// A name for the list, such as "Reception".
        #[arg(long, default_value = "")]
        label: String,
        /// Its user looks after all lines, in the page.
        #[arg(long)]
        admin: bool,
        #[command(flatten)]
        passcode: PasscodeArgs,
    },
    /// List the lines.
    List,
    /// Say who may sign in to a line by OpenID Connect.
    Email {
        number: String,
        #[command(subcommand)]
        command: EmailCommand,
    },
    /// Call a line something else.
    Rename { number: String, label: String },
    /// Let a line's user look after all lines, in the page; or take that back.
    Admin { number: String, to: Turn },
    /// List the browsers in which a line is signed in, or sign them out.
    Devices {
        number: String,
        #[command(subcommand)]
        command: Option<DevicesCommand>,
    },
    /// Show how much a line may dial, or set it.
    Limits {
        number: String,
        #[command(flatten)]
        limits: LimitArgs,
    },
    /// Let a line's user try to sign in again at once, after too many failures.
    Unlock { number: String },
    /// Remove a line, its sessions and its calls.
    Remove { number: String },
    /// Make a new one-time code for a line, or set its passcode; whoever is signed in must sign in again.
    Passcode {
        number: String,
        #[command(flatten)]
        passcode: PasscodeArgs,
    },
}

#[derive(Subcommand)]
pub(super) enum EmailCommand {
    /// Let whoever proves to have this address sign in to the line. An address is one line's.
    Add { address: String },
    /// Take that back, and end the line's sessions.
    Remove { address: String },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Turn {
    On,
    Off,
}

#[derive(Subcommand)]
pub(super) enum DevicesCommand {
    /// List them.
    List,
    /// Sign one of them out, by its name in the list.
    SignOut { id: String },
    /// Sign all of them out.
    SignOutAll,
}

#[derive(Args)]
pub(super) struct LimitArgs {
    /// Outgoing calls at the same time (1 to 100), or "default" for what the configuration says.
    #[arg(long)]
    pub(super) calls_at_once: Option<Limit>,
    /// Minutes of outgoing calls in any 24 hours (0 to 144000), or "default".
    #[arg(long)]
    pub(super) minutes_per_day: Option<Limit>,
}

/// `None` is what the configuration says.
#[derive(Clone, Copy)]
pub(super) struct Limit(pub(super) Option<u32>);

impl FromStr for Limit {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "default" {
            return Ok(Self(None));
        }
        text.parse().map(|limit| Self(Some(limit))).map_err(|_| "write a whole number, or “default”")
    }
}

/// Without any of these a one-time code is made, with which the user chooses a passcode. A passcode is not an option with
/// a value: other users of the machine can read command lines.
#[derive(Args, Default)]
pub(super) struct PasscodeArgs {
    /// Read the passcode from standard input instead of making a one-time code (or set SIDETONE_PASSCODE).
    #[arg(long)]
    pub(super) passcode_stdin: bool,
    /// No passcode: the line signs in by OpenID Connect only.
    #[arg(long, conflicts_with = "passcode_stdin")]
    pub(super) no_passcode: bool,
}

#[cfg(feature = "demo")]
#[derive(Args)]
pub(super) struct DemoArgs {
    /// Port of the phone's page.
    #[arg(long, default_value_t = 8080)]
    pub(super) port: u16,
    /// Port of the emulator; a free one is taken when it is in use and not asked for.
    #[arg(long)]
    pub(super) emulator_port: Option<u16>,
    /// In a container: let in what comes through its published ports, and take this UDP port for all audio.
    #[arg(long, value_name = "AUDIO_PORT", num_args = 0..=1, default_missing_value = "8082")]
    pub(super) published: Option<u16>,
    /// Folder of the built page; without it the page inside this program, or, where there is none, the folder dist.
    #[arg(long)]
    pub(super) ui: Option<PathBuf>,
}

/// Whatever somebody hopes for: the answer is the same.
#[cfg(not(feature = "demo"))]
#[derive(Args)]
pub(super) struct DemoArgs {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    _any: Vec<OsString>,
}
