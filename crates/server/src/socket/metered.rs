//! A socket that reads only so much until somebody has signed in on it, so that a stranger's long message is not even
//! gathered. A new message begins a new allowance.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Bytes read at once while there is a limit.
const AT_ONCE: usize = 1_024;

/// A socket and what may still be read of it.
pub struct Metered<S> {
    socket: S,
    /// Bytes that may be read; nothing for no limit.
    left: Option<usize>,
}

impl<S> Metered<S> {
    /// A socket of which so much may be read.
    pub fn new(socket: S, left: usize) -> Metered<S> {
        Metered { socket, left: Some(left) }
    }

    /// So much may be read from now on; without a number, everything.
    pub fn allow(&mut self, left: Option<usize>) {
        self.left = left;
    }

    /// Whether all was read that might be.
    pub fn is_spent(&self) -> bool {
        self.left == Some(0)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let Some(left) = self.left else { return Pin::new(&mut self.socket).poll_read(context, buffer) };
        if left == 0 {
            return Poll::Ready(Err(io::Error::other("more than may be read before signing in")));
        }
        let mut bytes = [0; AT_ONCE];
        let mut part = ReadBuf::new(&mut bytes[..left.min(AT_ONCE).min(buffer.remaining())]);
        let polled = Pin::new(&mut self.socket).poll_read(context, &mut part);
        if matches!(polled, Poll::Ready(Ok(()))) {
            buffer.put_slice(part.filled());
            self.left = Some(left - part.filled().len());
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;

    #[tokio::test]
    async fn no_more_is_read_than_is_allowed() {
        let mut metered = Metered::new(&b"0123456789"[..], 4);
        let mut bytes = [0; 8];
        assert_eq!(metered.read(&mut bytes).await.unwrap(), 4);
        assert!(metered.is_spent() && metered.read(&mut bytes).await.is_err());
        metered.allow(Some(2));
        assert_eq!(metered.read(&mut bytes).await.unwrap(), 2);
        metered.allow(None);
        assert_eq!(metered.read(&mut bytes).await.unwrap(), 4);
        assert_eq!(&bytes[..4], b"6789");
    }
}
