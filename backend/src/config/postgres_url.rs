use std::{fmt, net::IpAddr};

use sqlx::postgres::{PgConnectOptions, PgSslMode};
use url::Url;

/// The address of a PostgreSQL database. It is shown without its password.
#[derive(Clone)]
pub struct PostgresUrl {
    options: Box<PgConnectOptions>,
    /// Of the server itself, where `options` leads to a pooler in front of it.
    direct: Option<Box<PgConnectOptions>>,
}

/// What may stand behind the `?`; the engine would pass over everything else.
const PARAMETERS: [&str; 7] = ["host", "port", "dbname", "user", "password", "sslmode", "sslrootcert"];

impl PostgresUrl {
    /// Whether a text means one at all, and not a file.
    pub fn is_meant(text: &str) -> bool {
        let scheme = text.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
        scheme.is_some_and(|scheme| matches!(&*scheme, "postgres" | "postgresql"))
    }

    /// # Errors
    /// What is wrong with it, as the end of a sentence about it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| {
            format!("is no address of a PostgreSQL database ({error}); write postgresql://user:password@host/database")
        })?;
        if let Some((unknown, _)) = url.query_pairs().find(|(key, _)| !PARAMETERS.contains(&&**key)) {
            return Err(format!(
                "has `{unknown}` behind the ?, which sidetone does not know; it knows {}",
                PARAMETERS.join(", ")
            ));
        }
        let options: PgConnectOptions = text.parse().map_err(|error| format!("cannot be used: {error}"))?;
        // Not the digits of floats, of which there are none: poolers refuse to be asked for them.
        let options = Self {
            options: Box::new(options.application_name("sidetone").extra_float_digits(None)),
            direct: None,
        };
        if options.options.get_database().is_none() {
            return Err(
                "names no database; write it behind the host: postgresql://user:password@host/database"
                    .into(),
            );
        }
        if !options.stays_here() && !matches!(options.options.get_ssl_mode(), PgSslMode::VerifyFull) {
            return Err("would go over the network without proof of who is at the other end; add ?sslmode=verify-full, \
                        and &sslrootcert=/path/to/ca.pem where the server's certificate is of a CA of your own"
                .into());
        }
        Ok(options)
    }

    /// How the engine connects to it.
    pub fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// Behind a pooler, with the server's own address.
    #[must_use]
    pub fn with_direct(self, direct: Self) -> Self {
        Self { direct: Some(direct.options), ..self }
    }

    /// How the engine connects to the server itself.
    pub fn direct(&self) -> &PgConnectOptions {
        self.direct.as_ref().unwrap_or(&self.options)
    }

    /// Whether a pooler is in between.
    pub fn is_pooled(&self) -> bool {
        self.direct.is_some()
    }

    /// Nothing leaves this machine on the way there.
    fn stays_here(&self) -> bool {
        let host = self.options.get_host();
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        self.options.get_socket().is_some()
            || host.starts_with('/')
            || host == "localhost"
            || address.is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (user, database) = (self.options.get_username(), self.options.get_database().unwrap_or_default());
        match self.options.get_socket() {
            Some(socket) => write!(f, "postgresql://{user}@localhost/{database}?host={}", socket.display()),
            None => write!(
                f,
                "postgresql://{user}@{}:{}/{database}",
                self.options.get_host(),
                self.options.get_port()
            ),
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

impl PartialEq for PostgresUrl {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl Eq for PostgresUrl {}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        PostgresUrl::parse(text).unwrap_err()
    }

    #[test]
    fn an_address_of_this_machine_needs_no_encryption() {
        for text in [
            "postgres://a:b@localhost/c",
            "postgresql://a:b@127.0.0.1:6432/c",
            "postgresql://a@[::1]/c",
            "postgresql://a@localhost/c?host=/run/postgresql",
        ] {
            PostgresUrl::parse(text).unwrap();
        }
    }

    #[test]
    fn an_address_elsewhere_must_be_proven() {
        assert!(PostgresUrl::parse("postgresql://a:b@db.example.com/c?sslmode=verify-full").is_ok());
        for text in [
            "postgresql://a:b@db.example.com/c",
            "postgresql://a:b@db.example.com/c?sslmode=require",
            "postgresql://a:b@192.0.2.1/c?sslmode=verify-ca",
            "postgresql://a:b@localhost/c?host=db.example.com",
            "postgresql://a:b@localhost.example.com/c",
        ] {
            assert!(fault(text).contains("sslmode=verify-full"), "{text}");
        }
    }

    #[test]
    fn what_the_engine_would_pass_over_is_a_fault() {
        let fault = fault("postgresql://a@localhost/c?sslmod=verify-full");
        assert!(fault.contains("`sslmod`") && fault.contains("sslmode"), "{fault}");
    }

    #[test]
    fn a_database_must_be_named() {
        assert!(fault("postgresql://a@localhost").contains("names no database"));
        assert!(fault("postgresql://a@localhost/").contains("names no database"));
    }

    #[test]
    fn the_password_is_never_shown() {
        let url = PostgresUrl::parse("postgresql://a:geheim@localhost/c?password=geheim").unwrap();
        assert_eq!(url.to_string(), "postgresql://a@localhost:5432/c");
        assert!(!format!("{url:?}").contains("geheim"));
    }

    #[test]
    fn a_path_is_no_address() {
        assert!(!PostgresUrl::is_meant("/var/lib/sidetone.db") && !PostgresUrl::is_meant("postgres.db"));
        assert!(PostgresUrl::is_meant("PostgreSQL://x"));
    }
}
