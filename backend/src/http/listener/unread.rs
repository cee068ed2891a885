use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    io::AsyncWrite,
    time::{Sleep, sleep},
};

use super::written::Writer;

/// Cuts a connection whose other end takes nothing for so long of what is sent to it: it would be kept, with all that waits for
/// it, for as long as somebody likes.
pub(super) struct Unread {
    limit: Duration,
    /// Runs while something waits to be taken.
    patience: Option<Pin<Box<Sleep>>>,
}

impl Unread {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, patience: None }
    }
}

impl Writer for Unread {
    fn poll_write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: Pin<&mut S>,
        context: &mut Context<'_>,
        written: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = stream.poll_write(context, written);
        if outcome.is_ready() {
            self.patience = None;
            return outcome;
        }
        let limit = self.limit;
        let patience = self.patience.get_or_insert_with(|| Box::pin(sleep(limit)));
        patience.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::http::listener::written::Written;

    const LIMIT: Duration = Duration::from_millis(200);

    #[tokio::test]
    async fn who_takes_nothing_is_cut_off() {
        let (here, there) = tokio::io::duplex(7);
        let error = Written::new(here, Unread::new(LIMIT)).write_all(&[0; 100]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        drop(there);
    }

    #[tokio::test]
    async fn who_takes_a_little_at_a_time_is_not() {
        let (here, mut there) = tokio::io::duplex(1);
        let mut here = Written::new(here, Unread::new(LIMIT));
        let reading = tokio::spawn(async move {
            for _ in 0..12 {
                tokio::time::sleep(LIMIT / 10).await;
                there.read_u8().await.unwrap();
            }
        });
        here.write_all(&[0; 12]).await.unwrap();
        reading.await.unwrap();
    }
}
