use anyhow::{Result, anyhow};
#[cfg(unix)]
use backend::service_manager::{Manager, attend, inherited};
use backend::{
    config::{self, LoadError},
    file_rights::exposed,
    http::Application,
};

use super::{args::ConfigArgs, doctor::WRITE_CONFIG, image};

/// Serves until Ctrl-C or SIGTERM.
pub(super) async fn serve(args: ConfigArgs) -> Result<()> {
    let file = args.file();
    let settings = config::load(file).map_err(|error| match error {
        LoadError::Faults(faults) => anyhow!("{faults}\n{WRITE_CONFIG}"),
        other => other.into(),
    })?;
    if !settings.page.has_page() {
        tracing::warn!(
            "there is no page in {}: build it with `make ui`, or name its folder with ui_dir",
            settings.page
        );
    }
    let database = settings.database.clone();
    image::check(database.file().as_slice())?;
    // Before there are threads: this removes variables of the environment.
    let sockets = inherited()?;
    let bind = settings.bind;
    let application = Application::build_on(settings, sockets).await?;
    for file in exposed(file, database.file()) {
        tracing::warn!("{}: {}", file.says(), file.cure());
    }
    tracing::info!(address = %application.address(), public_url = %application.public_url(), "listening");
    if application.port() != bind.port() && bind.port() != 0 {
        tracing::warn!(
            "the socket that was passed to the server is {}, and `bind` is {bind}, where `sidetone health` would ask: let both say the same",
            application.address()
        );
    }
    let stopper = application.stopper();
    let tell_that_it_stops = attended(&application);
    actix_web::rt::spawn(async move {
        asked_to_stop().await;
        tell_that_it_stops();
        let drain = stopper.drain();
        if !drain.is_zero() {
            tracing::info!(
                drain_s = drain.as_secs(),
                "asked to stop; answering until then, but not ready for more"
            );
            // Who asks twice is in a hurry.
            drop(tokio::time::timeout(drain, asked_to_stop()).await);
        }
        tracing::info!("stopping; requests under way are finished first");
        stopper.stop(true).await;
    });
    application.run().await?;
    Ok(())
}

/// Has whoever started the server told how it fares, if they want to be.
#[cfg(unix)]
fn attended(application: &Application) -> impl FnOnce() + use<> {
    let manager = Manager::that_listens();
    if let Some(manager) = manager.clone() {
        actix_web::rt::spawn(attend(manager, application.address(), application.workers()));
    }
    move || {
        if let Some(manager) = manager {
            manager.stops();
        }
    }
}

/// Nobody wants to be told.
#[cfg(not(unix))]
fn attended(_: &Application) -> impl FnOnce() + use<> {
    || ()
}

/// Nobody passes sockets.
#[cfg(not(unix))]
fn inherited() -> Result<backend::http::Sockets> {
    Ok(backend::http::Sockets::default())
}

/// Waits for Ctrl-C, or for a service manager's SIGTERM.
#[cfg(unix)]
pub(super) async fn asked_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        drop(tokio::signal::ctrl_c().await);
        return;
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(super) async fn asked_to_stop() {
    drop(tokio::signal::ctrl_c().await);
}
