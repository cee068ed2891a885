use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::site::Path;

/// Functions that are kept of each path, those that cost most.
pub(crate) const MOST_FUNCTIONS: usize = 60;

/// What requests of each path cost.
#[derive(Default, Deserialize, Serialize)]
pub(crate) struct Kept(BTreeMap<String, Cost>);

/// Instructions a request.
#[derive(Deserialize, Serialize)]
pub(crate) struct Cost {
    pub(crate) request: u64,
    /// By function, without what it calls.
    pub(crate) functions: BTreeMap<String, u64>,
}

impl Kept {
    pub(crate) fn insert(&mut self, path: Path, cost: Cost) {
        self.0.insert(path.to_string(), cost);
    }

    pub(crate) fn get(&self, path: Path) -> Result<&Cost> {
        self.0.get(&path.to_string()).with_context(|| format!("nothing is kept of {path}"))
    }

    pub(crate) fn read() -> Result<Self> {
        let file = file();
        let text = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        Ok(serde_json::from_slice(&text)?)
    }

    pub(crate) fn write(&self) -> Result<()> {
        Ok(std::fs::write(file(), serde_json::to_string_pretty(self)? + "\n")?)
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("instructions.json")
}

impl Cost {
    /// Those that cost more now, those that grew most first.
    pub(crate) fn grown_since(&self, then: &Self) -> Vec<(&str, u64)> {
        let mut grown: Vec<_> = self
            .functions
            .iter()
            .map(|(function, cost)| {
                let before = then.functions.get(function).copied().unwrap_or(0);
                (function.as_str(), cost.saturating_sub(before))
            })
            .filter(|(_, more)| *more > 0)
            .collect();
        grown.sort_by_key(|(_, more)| std::cmp::Reverse(*more));
        grown.truncate(15);
        grown
    }
}
