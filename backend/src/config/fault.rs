use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::de::IgnoredAny;
use thiserror::Error;

/// One thing that is wrong, and what would be right.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Fault {
    /// Such as `twilio.account_sid`.
    pub key: Cow<'static, str>,
    /// Continues the sentence that the key starts. Never holds a secret.
    pub what: String,
}

/// All faults of a configuration, one a line.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0.len();
        write!(f, "{n} {} in the configuration:", if n == 1 { "fault" } else { "faults" })?;
        for Fault { key, what } in &self.0 {
            let variable = key.to_uppercase().replace('.', "__");
            write!(f, "\n  {key} {what} (in the environment: SIDETONE_{variable})")?;
        }
        Ok(())
    }
}

pub(super) fn fault(faults: &mut Vec<Fault>, key: impl Into<Cow<'static, str>>, what: impl Into<String>) {
    faults.push(Fault { key: key.into(), what: what.into() });
}

pub(super) fn unknown(table: &str, names: BTreeMap<String, IgnoredAny>, faults: &mut Vec<Fault>) {
    for name in names.into_keys() {
        fault(
            faults,
            format!("{table}{name}"),
            "is no setting; sidetone.example.toml in the source names all that there are",
        );
    }
}
