use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// CloudFront's functions, run by Node. It ends when it is dropped.
pub struct Functions {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Functions {
    pub fn start() -> Result<Self> {
        let mut process = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/peers/cloudfront.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("node")?;
        let questions = process.stdin.take().context("a pipe")?;
        let answers = BufReader::new(process.stdout.take().context("a pipe")?);
        Ok(Self { process, questions, answers })
    }

    /// What a function's handler makes of an event.
    pub fn ask(&mut self, code: &str, event: &Value) -> Result<Value> {
        writeln!(self.questions, "{}", json!({ "code": code, "event": event }))?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let mut said: Value = serde_json::from_str(&line)?;
        ensure!(said.get("error").is_none(), "a function of CloudFront fails: {}", said["error"]);
        Ok(said["answer"].take())
    }
}

impl Drop for Functions {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
