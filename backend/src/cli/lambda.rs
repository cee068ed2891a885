use std::path::Path;

use anyhow::{Result, anyhow};
use backend::{
    config::{self, LoadError},
    error_chain::with_causes,
    lambda,
};

use super::args::LambdaArgs;

/// What faults are found in, where there is no file.
const VARIABLE: &str = "SIDETONE_CONFIG_TEXT";

/// Answers events until Lambda ends the process. Why it does not start Lambda is told, too.
pub(super) async fn lambda(args: LambdaArgs) -> Result<()> {
    lambda::check_place()?;
    let outcome = answer(args).await;
    if let Err(error) = &outcome {
        lambda::report_init_error(&with_causes(error.as_ref())).await;
    }
    outcome
}

async fn answer(args: LambdaArgs) -> Result<()> {
    let settings = match &args.config_text {
        Some(text) => config::load_text(Path::new(VARIABLE), text),
        None => config::load(args.config.file()),
    };
    let settings = settings.map_err(|error| match error {
        LoadError::Faults(faults) => anyhow!("{faults}\nThe configuration of a function is in {VARIABLE}."),
        other => other.into(),
    })?;
    Ok(lambda::run(settings, args.origin_verify.map(Into::into)).await?)
}
