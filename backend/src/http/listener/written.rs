use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What somebody does with what is written to a connection.
pub(super) trait Writer {
    fn poll_write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: Pin<&mut S>,
        context: &mut Context<'_>,
        written: &[u8],
    ) -> Poll<io::Result<usize>>;

    /// Sends what was taken and has not gone out yet.
    fn poll_rest<S: AsyncWrite + Unpin>(
        &mut self,
        _stream: Pin<&mut S>,
        _context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

/// A connection that is written to by way of `writer`. What is read comes as it is.
pub(super) struct Written<S, W> {
    stream: S,
    writer: W,
}

impl<S, W> Written<S, W> {
    pub(super) fn new(stream: S, writer: W) -> Self {
        Self { stream, writer }
    }
}

impl<S: AsyncWrite + Unpin, W: Writer> Written<S, W> {
    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.writer.poll_rest(Pin::new(&mut self.stream), context)
    }
}

impl<S: AsyncRead + Unpin, W: Unpin> AsyncRead for Written<S, W> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin, W: Writer + Unpin> AsyncWrite for Written<S, W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        written: &[u8],
    ) -> Poll<io::Result<usize>> {
        let Self { stream, writer } = &mut *self;
        writer.poll_write(Pin::new(stream), context, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_rest(context))?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_rest(context))?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
