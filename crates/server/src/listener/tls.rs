//! TLS from certificate files: 1.3 and 1.2, HTTP/2 and HTTP/1.1. Files that changed are taken without a restart.
//! Files that do not fit together are refused at start, with the name of the file; later the old ones stay in use.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio_rustls::TlsAcceptor;

use crate::config::Tls;

/// The name of HTTP/2 in the handshake.
pub(super) const H2: &[u8] = b"h2";

/// Why TLS cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read as PEM.
    #[error("{path}: {cause}", path = .0.display(), cause = .1)]
    File(PathBuf, pem::Error),
    /// A file without a certificate.
    #[error("{path} holds no certificate", path = .0.display())]
    Empty(PathBuf),
    /// Certificate and key do not fit.
    #[error("the certificate and its key cannot be used: {0}")]
    Pair(rustls::Error),
}

/// What TLS is made with: the certificate in use, and where it comes from.
pub struct Certificates {
    settings: Tls,
    provider: Arc<CryptoProvider>,
    current: RwLock<Arc<CertifiedKey>>,
}

/// When a file was changed and how long it is; nothing if it cannot be seen now.
type Stamp = Option<(SystemTime, u64)>;

impl Certificates {
    /// The certificate of the files, if the settings name any.
    pub fn open(settings: &Tls) -> Result<Option<Arc<Certificates>>, TlsError> {
        if !settings.is_on() {
            return Ok(None);
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let current = RwLock::new(read(settings, &provider)?);
        Ok(Some(Arc::new(Certificates { settings: settings.clone(), provider, current })))
    }

    /// What makes TLS of sockets.
    pub fn acceptor(self: &Arc<Certificates>) -> Result<TlsAcceptor, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(TlsError::Pair)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(self) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = vec![H2.to_vec(), b"http/1.1".to_vec()];
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// Takes what is in the files now, for sockets from now on. What cannot be used changes nothing.
    pub fn reload(&self) {
        match read(&self.settings, &self.provider) {
            Ok(read) => {
                *self.current.write().unwrap_or_else(PoisonError::into_inner) = read;
                tracing::info!("the TLS certificate was read anew");
            }
            Err(error) => {
                tracing::error!(%error, "the new TLS certificate cannot be used; the old one stays");
            }
        }
    }

    /// Looks at the files every so often and takes what has changed, until it is cancelled.
    pub async fn watch(self: Arc<Certificates>) {
        let every = Duration::from_secs(self.settings.reload_seconds);
        if every.is_zero() {
            return;
        }
        let mut taken = self.stamps().await;
        loop {
            tokio::time::sleep(every).await;
            let now = self.stamps().await;
            // A file that is being replaced is looked at again when it is there.
            if now != taken && now.iter().all(Option::is_some) {
                taken = now;
                self.reload();
            }
        }
    }

    async fn stamps(&self) -> [Stamp; 2] {
        [stamp(&self.settings.cert).await, stamp(&self.settings.key).await]
    }
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl fmt::Debug for Certificates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificates").finish_non_exhaustive()
    }
}

async fn stamp(path: &Path) -> Stamp {
    let seen = tokio::fs::metadata(path).await.ok()?;
    Some((seen.modified().ok()?, seen.len()))
}

fn read(settings: &Tls, provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, TlsError> {
    let chain = certificates(&settings.cert)?;
    let key = PrivateKeyDer::from_pem_file(&settings.key)
        .map_err(|cause| TlsError::File(settings.key.clone(), cause))?;
    CertifiedKey::from_der(chain, key, provider).map(Arc::new).map_err(TlsError::Pair)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let file = |cause| TlsError::File(path.to_owned(), cause);
    let chain: Vec<_> =
        CertificateDer::pem_file_iter(path).map_err(file)?.collect::<Result<_, _>>().map_err(file)?;
    if chain.is_empty() { Err(TlsError::Empty(path.to_owned())) } else { Ok(chain) }
}
