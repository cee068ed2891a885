use std::fmt;

use serde::Serialize;

/// How one thing is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Fine,
    /// It works, but somebody should know.
    Warning,
    /// Calls fail, or somebody else can make them.
    Wrong,
    /// Could not be looked at.
    Skipped,
}

impl Verdict {
    fn mark(self) -> char {
        match self {
            Self::Fine => '✔',
            Self::Warning => '!',
            Self::Wrong => '✖',
            Self::Skipped => '–',
        }
    }
}

/// What was seen of one thing.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Finding {
    /// The thing's name, for programs: `api_key`.
    pub check: &'static str,
    pub verdict: Verdict,
    /// A sentence without its full stop. Holds no secret.
    pub says: String,
    /// How to mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cure: Option<String>,
}

impl Finding {
    pub(super) fn fine(check: &'static str, says: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Fine, says: says.into(), cure: None }
    }

    pub(super) fn warning(check: &'static str, says: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Warning, says: says.into(), cure: Some(cure.into()) }
    }

    pub(super) fn wrong(check: &'static str, says: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Wrong, says: says.into(), cure: Some(cure.into()) }
    }

    /// Something did not answer; the error tells the cure.
    pub(super) fn failed(check: &'static str, error: &dyn fmt::Display) -> Self {
        Self { check, verdict: Verdict::Wrong, says: error.to_string(), cure: None }
    }

    pub(super) fn skipped(check: &'static str, why: impl Into<String>) -> Self {
        let says = format!("{}: not looked at, {}", check.replace('_', " "), why.into());
        Self { check, verdict: Verdict::Skipped, says, cure: None }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verdict.mark(), self.says)?;
        match &self.cure {
            Some(cure) => write!(f, "\n    {cure}"),
            None => Ok(()),
        }
    }
}

/// All that was seen.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The worst of the findings.
    pub verdict: Verdict,
    pub findings: Vec<Finding>,
}

impl Report {
    /// Of these findings.
    pub fn new(findings: Vec<Finding>) -> Self {
        let any = |verdict| findings.iter().any(|finding| finding.verdict == verdict);
        let verdict = if any(Verdict::Wrong) {
            Verdict::Wrong
        } else if any(Verdict::Warning) {
            Verdict::Warning
        } else {
            Verdict::Fine
        };
        Self { verdict, findings }
    }

    fn count(&self, verdict: Verdict) -> usize {
        self.findings.iter().filter(|finding| finding.verdict == verdict).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let (wrong, warnings) = (self.count(Verdict::Wrong), self.count(Verdict::Warning));
        match (wrong, warnings) {
            (0, 0) => write!(f, "All is well."),
            (0, _) => write!(f, "All works; to be looked at: {warnings}."),
            _ => write!(f, "To be mended: {wrong}; to be looked at: {warnings}."),
        }
    }
}
