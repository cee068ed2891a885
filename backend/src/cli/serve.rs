use anyhow::{Result, anyhow};
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
    let application = Application::build(settings).await?;
    for file in exposed(file, database.file()) {
        tracing::warn!("{}: {}", file.says(), file.cure());
    }
    tracing::info!(address = %application.address(), public_url = %application.public_url(), "listening");
    let stopper = application.stopper();
    actix_web::rt::spawn(async move {
        asked_to_stop().await;
        tracing::info!("stopping; requests under way are finished first");
        stopper.stop(true).await;
    });
    application.run().await?;
    Ok(())
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
