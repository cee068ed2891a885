use std::rc::Rc;

use actix_service::{IntoServiceFactory, ServiceFactory, map_config};
use actix_web::{dev::AppConfig, web::Data};
use lambda_runtime::{Diagnostic, LambdaEvent, service_fn};
use secrecy::SecretString;
use serde_json::Value;
use thiserror::Error;

use super::{event::EventFault, function::Function, init_error::RUNTIME_API};
use crate::{
    clock,
    config::{Database, Settings},
    http::{StartError, app::app, state::AppState},
    store,
};

/// Why the function does not start, or does not go on.
#[derive(Debug, Error)]
pub enum LambdaError {
    #[error(
        "this is not AWS Lambda (there is no {0}): there Lambda starts `sidetone lambda`, and everywhere else you start \
         `sidetone serve`"
    )]
    Elsewhere(&'static str),
    #[error(
        "a Lambda function has no disk that lasts, so that lines and calls would be gone with it: name a PostgreSQL database in \
         the configuration (database = \"postgresql://user:password@host/database?sslmode=verify-full\")"
    )]
    NoLastingDatabase,
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("Lambda's runtime interface failed: {0}")]
    Runtime(String),
}

impl From<EventFault> for Diagnostic {
    fn from(fault: EventFault) -> Self {
        let error_type = match fault {
            EventFault::Foreign(_) => "Sidetone.ForeignEvent",
            EventFault::Unreadable(_) => "Sidetone.UnreadableEvent",
        };
        Self { error_type: error_type.to_owned(), error_message: fault.to_string() }
    }
}

/// What Lambda tells every function, without which its library cannot do.
const OF_LAMBDA: [&str; 4] = [
    RUNTIME_API,
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
];

/// Whether this is where `sidetone lambda` belongs.
///
/// # Errors
/// It is not.
pub fn check_place() -> Result<(), LambdaError> {
    let missing = OF_LAMBDA.into_iter().find(|name| std::env::var_os(name).is_none());
    missing.map_or(Ok(()), |name| Err(LambdaError::Elsewhere(name)))
}

/// Answers events until Lambda ends the process. `origin_verify` is what our distribution proves itself with, if there is one.
///
/// # Errors
/// The settings cannot be those of a function, the store cannot be opened, Lambda does not answer.
pub async fn run(settings: Settings, origin_verify: Option<SecretString>) -> Result<(), LambdaError> {
    let state = started(settings).await?;
    let app = app(state.clone()).into_factory();
    let app = map_config(app, |_| AppConfig::default()).new_service(()).await;
    let app = app.map_err(|()| LambdaError::Runtime("the app cannot be made".to_owned()))?;
    let function = Rc::new(Function { app, state, origin_verify });
    let answer = move |event: LambdaEvent<Value>| {
        let function = function.clone();
        async move {
            let deadline = event.context.deadline();
            function.answer(event.payload, deadline).await
        }
    };
    lambda_runtime::run(service_fn(answer)).await.map_err(|error| LambdaError::Runtime(error.to_string()))
}

async fn started(settings: Settings) -> Result<Data<AppState>, LambdaError> {
    if !matches!(settings.database, Database::Postgres(_)) {
        return Err(LambdaError::NoLastingDatabase);
    }
    if settings.network.operations_bind.is_some() {
        tracing::warn!(
            "operations_bind has no meaning on Lambda: nothing can listen there; CloudWatch has the figures"
        );
    }
    clock::check().map_err(StartError::from)?;
    let store = store::open(&settings.database).await.map_err(StartError::from)?;
    let public_url = settings.public_url.clone();
    let state = AppState::new(settings, public_url, store)?;
    state.directory.refresh_or_say().await;
    tracing::info!(public_url = %state.public_url, "started, for one request at a time");
    Ok(Data::new(state))
}
