use std::process::ExitCode;

use anyhow::Result;
use backend::{
    clock::{self, ClockFault},
    config::{self, LoadError},
    doctor::{Finding, Report, Subject, Verdict, examine},
};

use super::{args::DoctorArgs, connect, terminal::print};

/// Something is wrong.
const WRONG: u8 = 1;
/// Nobody can tell: the configuration is not complete.
const NO_REPORT: u8 = 2;
/// What mends an incomplete configuration.
pub(super) const WRITE_CONFIG: &str = "Run sidetone connect: it writes what is missing.";

/// Looks at everything and says what is wrong. Works while the server runs.
pub(super) async fn doctor(args: DoctorArgs) -> Result<ExitCode> {
    // Everything may come from the environment, as for `sidetone serve`.
    let file = args.config.exists() || args.config != std::path::Path::new("sidetone.toml");
    let file = file.then_some(args.config.as_path());
    let settings = match config::load(file) {
        Ok(settings) => settings,
        Err(error) => {
            tell(&Report::new(vec![incomplete(&error)]), args.json)?;
            return Ok(ExitCode::from(NO_REPORT));
        }
    };
    if let Err(fault) = clock::check() {
        // No certificate can be judged by such a clock.
        tell(&Report::new(vec![impossible(&fault)]), args.json)?;
        return Ok(ExitCode::from(WRONG));
    }
    let subject = Subject {
        settings: &settings,
        config: file,
        hosts: connect::hosts(&args.twilio)?,
        emulated: args.twilio.twilio_api.is_some(),
    };
    let report = Report::new(examine(&subject).await);
    tell(&report, args.json)?;
    Ok(if report.verdict == Verdict::Wrong { ExitCode::from(WRONG) } else { ExitCode::SUCCESS })
}

fn incomplete(error: &LoadError) -> Finding {
    Finding {
        check: "config",
        verdict: Verdict::Wrong,
        says: error.to_string(),
        cure: Some(WRITE_CONFIG.to_owned()),
    }
}

fn impossible(fault: &ClockFault) -> Finding {
    Finding { check: "clock", verdict: Verdict::Wrong, says: fault.to_string(), cure: None }
}

fn tell(report: &Report, json: bool) -> Result<()> {
    if json {
        print(&serde_json::to_string_pretty(report)?);
    } else {
        print(&report.to_string());
    }
    Ok(())
}
