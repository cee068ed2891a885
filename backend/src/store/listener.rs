use async_trait::async_trait;

/// Tells when it is worth looking at the events. It may be wrong, and rarely late, but never silent for long: what it says is
/// that somebody should look, not that there is something.
#[async_trait]
pub trait Listener: Send {
    /// What comes while nobody asks is heard at the next time.
    async fn heard(&mut self);

    /// Whether it hears at all, and does not only look once a second.
    fn hears(&self) -> bool {
        true
    }
}
