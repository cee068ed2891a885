//! A certificate authority that nobody else knows, and one certificate of it.

use anyhow::Result;
use base64::{Engine, prelude::BASE64_STANDARD};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose, PublicKeyData};
use sha2::{Digest, Sha256};

/// What serves TLS on this machine: `localhost`, and Twilio's hosts where they are led here.
pub struct Authority {
    root_pem: String,
    certificate_pem: String,
    key_pem: String,
    key_hash: String,
}

impl Authority {
    pub fn new() -> Result<Self> {
        let root_key = KeyPair::generate()?;
        let mut root = CertificateParams::new(Vec::new())?;
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let root_certificate = root.self_signed(&root_key)?;
        let issuer = Issuer::new(root, root_key);
        let key = KeyPair::generate()?;
        let names = ["localhost", "127.0.0.1", "*.twilio.com"].map(String::from);
        let certificate = CertificateParams::new(names)?.signed_by(&key, &issuer)?;
        Ok(Self {
            root_pem: root_certificate.pem(),
            certificate_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            key_hash: BASE64_STANDARD.encode(Sha256::digest(key.subject_public_key_info())),
        })
    }

    /// For those who shall believe it.
    pub fn root_pem(&self) -> &str {
        &self.root_pem
    }

    pub fn certificate_pem(&self) -> &str {
        &self.certificate_pem
    }

    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }

    /// For Chromium's `--ignore-certificate-errors-spki-list`: it has no other way to be told of a root.
    pub fn key_hash(&self) -> &str {
        &self.key_hash
    }

    /// An HTTP client that believes it.
    pub fn client(&self) -> Result<reqwest::Client> {
        let root = reqwest::Certificate::from_pem(self.root_pem.as_bytes())?;
        Ok(reqwest::Client::builder().tls_certs_only([root]).build()?)
    }
}
