use std::{
    env,
    sync::mpsc::{SyncSender, sync_channel},
    thread,
    time::Duration,
};

use sd_notify::NotifyState;

/// Who started the server, and is told how it fares.
#[derive(Clone)]
pub struct Manager {
    notices: SyncSender<NotifyState<'static>>,
}

impl Manager {
    /// `None` where nobody wants to be told (`NOTIFY_SOCKET`).
    pub fn that_listens() -> Option<Self> {
        env::var_os("NOTIFY_SOCKET").filter(|socket| !socket.is_empty())?;
        let (notices, told) = sync_channel(4);
        // One that does not read holds up whoever writes to it.
        let thread = thread::Builder::new().name("notices".to_owned()).spawn(move || {
            let mut complained = false;
            for notice in told {
                match sd_notify::notify(&[notice]) {
                    Ok(()) => complained = false,
                    Err(error) => {
                        if !complained {
                            let socket = env::var("NOTIFY_SOCKET").unwrap_or_default();
                            tracing::warn!(
                                "the service manager is not told how the server fares: NOTIFY_SOCKET is {socket:?}: {error}"
                            );
                        }
                        complained = true;
                    }
                }
            }
        });
        thread.ok()?;
        Some(Self { notices })
    }

    /// Requests are answered.
    pub(super) fn serves(&self) {
        self.tell(NotifyState::Ready);
    }

    /// Requests are still answered.
    pub(super) fn goes_on(&self) {
        self.tell(NotifyState::Watchdog);
    }

    /// The server ends, because it was asked to.
    pub fn stops(&self) {
        self.tell(NotifyState::Stopping);
    }

    /// Within which time it wants to be told each time that the server goes on, if at all.
    pub(super) fn watchdog() -> Option<Duration> {
        sd_notify::watchdog_enabled().filter(|time| !time.is_zero())
    }

    fn tell(&self, notice: NotifyState<'static>) {
        // Who does not read what was told before needs not be told more.
        drop(self.notices.try_send(notice));
    }
}
