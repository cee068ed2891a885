use std::{
    io,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, ready},
};

use tokio::io::AsyncWrite;

use super::written::Writer;

/// Gives every answer of a connection the security headers.
///
/// actix answers by itself what is no HTTP (400), has a head that is too large (431) or does not end (408), before any
/// middleware, and has no hook there. Such an answer is the last one on its connection: a head without a body, at the end
/// of what is written. It is told from ours by what it lacks; no body of ours ends like the head of an answer.
pub(super) struct Dressed {
    /// What an answer is given, as lines of a head.
    headers: Rc<str>,
    /// What was taken of the writer and has not gone out yet.
    pending: Vec<u8>,
}

impl Dressed {
    pub(super) fn new(headers: Rc<str>) -> Self {
        Self { headers, pending: Vec::new() }
    }
}

const END: &[u8] = b"\r\n\r\n";

/// Where headers are to be put in, if what is written ends with the head of an answer that has none of ours.
fn undressed(written: &[u8]) -> Option<usize> {
    let head = written.strip_suffix(END)?;
    let start = head.windows(9).rposition(|start| start == b"HTTP/1.1 " || start == b"HTTP/1.0 ")?;
    let head = &head[start..];
    let has = |text: &[u8]| head.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text));
    let whole = !has(END) && has(b"\r\ncontent-length: 0") && !has(b"\r\nx-content-type-options:");
    (whole && matches!(head.get(9), Some(b'4' | b'5'))).then_some(written.len() - 2)
}

impl Writer for Dressed {
    fn poll_write<S: AsyncWrite + Unpin>(
        &mut self,
        mut stream: Pin<&mut S>,
        context: &mut Context<'_>,
        written: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_rest(stream.as_mut(), context))?;
        let Some(at) = undressed(written) else {
            return stream.poll_write(context, written);
        };
        self.pending = [&written[..at], self.headers.as_bytes(), &written[at..]].concat();
        match self.poll_rest(stream, context) {
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            // What has not gone out goes with the next call, a flush at the latest.
            _ => Poll::Ready(Ok(written.len())),
        }
    }

    fn poll_rest<S: AsyncWrite + Unpin>(
        &mut self,
        mut stream: Pin<&mut S>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            let written = ready!(stream.as_mut().poll_write(context, &self.pending))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.pending.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;
    use crate::http::listener::written::Written;

    const ADDED: &str = "x-content-type-options: nosniff\r\n";

    /// What comes out at the other end, which takes a few bytes at a time.
    async fn out(written: &str) -> String {
        let (here, mut there) = tokio::io::duplex(7);
        let mut dressed = Written::new(here, Dressed::new(ADDED.into()));
        let writing = async {
            dressed.write_all(written.as_bytes()).await.unwrap();
            dressed.shutdown().await.unwrap();
        };
        let mut read = String::new();
        let (_, ()) = tokio::join!(there.read_to_string(&mut read), writing);
        read
    }

    #[tokio::test]
    async fn an_answer_of_the_library_gets_the_headers() {
        let bare = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\ndate: x\r\n";
        assert_eq!(out(&format!("{bare}\r\n")).await, format!("{bare}{ADDED}\r\n"));
        let before = format!("HTTP/1.1 200 OK\r\n{ADDED}content-length: 2\r\n\r\nok");
        assert_eq!(out(&format!("{before}{bare}\r\n")).await, format!("{before}{bare}{ADDED}\r\n"));
    }

    #[tokio::test]
    async fn every_other_byte_goes_through_as_it_is() {
        for written in [
            format!("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n{ADDED}\r\n"),
            format!("HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n{ADDED}\r\nnot found"),
            "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned(),
            "HTTP/1.1 400 Bad Request\r\ncontent-length: 4\r\n\r\n\r\n\r\n".to_owned(),
            "0\r\n\r\n".to_owned(),
            "HTTP/1.1 100 Continue\r\n\r\n".to_owned(),
        ] {
            assert_eq!(out(&written).await, written);
        }
    }
}
