//! One of Twilio's libraries in a process of its own, which answers questions line by line.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

use crate::cases::Signed;

pub(crate) struct Peer {
    pub(crate) name: &'static str,
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Peer {
    /// Both libraries.
    pub(crate) fn all() -> [Self; 2] {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        [
            Self::start("Node", "node".into(), &tests.join("peers/twilio.mjs")),
            Self::start("Python", tests.join(".venv/bin/python"), &tests.join("peers/twilio_peer.py")),
        ]
    }

    fn start(name: &'static str, program: PathBuf, script: &Path) -> Self {
        let mut process = Command::new(&program)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; run `make e2e`", program.display()));
        let questions = process.stdin.take().expect("a pipe");
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        Self { name, process, questions, answers }
    }

    /// The answer, or what the library threw.
    pub(crate) fn ask(&mut self, question: &Value) -> Result<Value, String> {
        writeln!(self.questions, "{question}").expect("the peer listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the peer answers");
        let mut answer: Value = serde_json::from_str(&line)
            .unwrap_or_else(|_| panic!("{} is not installed or ended: run `make e2e`; {line:?}", self.name));
        match answer["error"].as_str() {
            Some(error) => Err(error.to_owned()),
            None => Ok(answer["answer"].take()),
        }
    }

    pub(crate) fn text(&mut self, question: &Value) -> String {
        let answer = self.ask(question);
        answer
            .as_ref()
            .ok()
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("{}: {answer:?}", self.name))
            .to_owned()
    }

    pub(crate) fn sign(&mut self, token: &str, signed: &Signed) -> String {
        self.text(&json!({"op": "sign", "token": token, "url": signed.url, "params": signed.params}))
    }

    /// Whether the library believes it. What it cannot read it does not believe.
    pub(crate) fn believes(&mut self, token: &str, signed: &Signed, signature: &str) -> bool {
        let Signed { url, params, body } = signed;
        let question = json!({
            "op": "validate", "token": token, "url": url, "params": params, "body": body, "signature": signature
        });
        self.ask(&question).is_ok_and(|answer| answer == true)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
