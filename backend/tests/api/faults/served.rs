use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use backend::{config::Database, lines::Line, sign_in::passcode, store};
use reqwest::{Client, Response, header};
use secrecy::SecretString;
use serde_json::{Value, json};
use shared::{PhoneNumber, api::paths};
use tempfile::TempDir;

use crate::helpers::{API_KEY_SECRET, AUTH_TOKEN, LINE, PASSCODE, own_page, sign};

pub(super) const SIDETONE: &str = env!("CARGO_BIN_EXE_sidetone");
const MOBILE: &str = "+819059876543";
const PATIENCE: Duration = Duration::from_secs(60);

/// `sidetone serve` on a file of its own, with a line that may dial for `MINUTES`, five at a time.
pub(super) struct Served {
    pub(super) dir: TempDir,
    pub(super) client: Client,
    server: Child,
    said: Arc<Mutex<String>>,
    url: String,
    operations: String,
    client_name: String,
}

pub(super) const MINUTES: u32 = 60;

/// What the calls of a test were granted. All of them are ended, and use all of it.
#[derive(Default)]
pub(super) struct Calls {
    pub(super) asked: Vec<usize>,
    pub(super) granted_s: u32,
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

pub(super) fn sid(i: usize) -> String {
    format!("CA{i:032x}")
}

/// A configuration in this folder that can be served.
pub(super) fn configure(dir: &Path, port: u16, operations_port: u16) {
    let twilio = format!(
        "account_sid = \"AC00000000000000000000000000000001\"\nauth_token = \"{AUTH_TOKEN}\"\n\
         api_key_sid = \"SK00000000000000000000000000000001\"\napi_key_secret = \"{API_KEY_SECRET}\"\n\
         application_sid = \"AP00000000000000000000000000000001\"\n"
    );
    let settings = format!(
        "public_url = \"http://localhost:{port}\"\nbind = \"127.0.0.1:{port}\"\n\
         operations_bind = \"127.0.0.1:{operations_port}\"\ndatabase = \"data/sidetone.db\"\n\
         call_time_limit_s = 300\n[dial]\ncalls_at_once = 100\nminutes_per_day = {MINUTES}\n[twilio]\n{twilio}"
    );
    fs::write(dir.join("sidetone.toml"), settings).unwrap();
    fs::set_permissions(dir.join("sidetone.toml"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::create_dir(dir.join("data")).unwrap();
}

/// `sidetone serve` in this folder. The signal that a file's limit brings is not for it.
pub(super) fn serve(sidetone: &Path, dir: &Path) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "trap '' XFSZ; exec \"$0\" serve"])
        .arg(sidetone)
        .current_dir(dir)
        .env_remove("SIDETONE_CONFIG")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Served {
    pub(super) async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (port, operations_port) = (free_port(), free_port());
        configure(dir.path(), port, operations_port);
        let hash = passcode::hash(&SecretString::from(PASSCODE.to_owned())).unwrap();
        let line = Line::new(PhoneNumber::from_e164(LINE).unwrap(), String::new(), hash).unwrap();
        let client_name = line.client_name.clone();
        let store = store::open(&Database::File(dir.path().join("data/sidetone.db"))).await.unwrap();
        store.add_line(&line).await.unwrap();
        drop(store);

        let mut server = serve(Path::new(SIDETONE), dir.path()).spawn().unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let (out, err) = (server.stdout.take().unwrap(), server.stderr.take().unwrap());
        let heard = said.clone();
        thread::spawn(move || listen(out, &heard));
        let heard = said.clone();
        thread::spawn(move || listen(err, &heard));
        let client = Client::builder().default_headers(own_page()).build().unwrap();
        let url = format!("http://localhost:{port}");
        let operations = format!("http://127.0.0.1:{operations_port}");
        let served = Self { dir, client, server, said, url, operations, client_name };
        served.when("it starts", async || served.ready().await == 200).await;
        served
    }

    pub(super) fn database(&self) -> PathBuf {
        self.dir.path().join("data/sidetone.db")
    }

    pub(super) fn pid(&self) -> String {
        self.server.id().to_string()
    }

    /// What the server has said so far.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub(super) async fn when(&self, what: &str, so: impl AsyncFn() -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !so().await {
            assert!(Instant::now() < patience, "{what}: never; the server said:\n{}", self.said());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The status of `readyz`; 0 when nobody answers.
    pub(super) async fn ready(&self) -> u16 {
        let response = self.client.get(format!("{}/readyz", self.operations)).send().await;
        response.map_or(0, |response| response.status().as_u16())
    }

    pub(super) async fn sign_in(&self) -> Response {
        let body = json!({"phone_number": LINE, "passcode": PASSCODE}).to_string();
        let request = self.client.post(format!("{}/{}", self.url, paths::SESSION));
        request.header(header::CONTENT_TYPE, "application/json").body(body).send().await.unwrap()
    }

    /// The `Cookie` header of one who has signed in at the first attempt.
    pub(super) async fn cookie(&self) -> String {
        let response = self.sign_in().await;
        assert_eq!(response.status(), 200, "{}", self.said());
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn twiml(&self, path: &str, params: &[(&str, &str)]) -> String {
        let url = format!("{}/{path}", self.url);
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(params);
        let request = self.client.post(&url).header("X-Twilio-Signature", sign(&url, params));
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let response = request.body(form.finish()).send().await.unwrap();
        assert_eq!(response.status(), 200);
        response.text().await.unwrap()
    }

    /// A call that is granted some seconds uses all of them, and ends.
    pub(super) async fn call(&self, i: usize) -> Option<u32> {
        let from = format!("client:{}", self.client_name);
        let sid = sid(i);
        let twiml =
            self.twiml(paths::CALL_OUTGOING, &[("CallSid", &sid), ("From", &from), ("To", MOBILE)]).await;
        let (_, rest) = twiml.split_once("timeLimit=\"")?;
        let granted = rest.split('"').next().unwrap();
        let over = [
            ("CallSid", sid.as_str()),
            ("From", from.as_str()),
            ("To", MOBILE),
            ("DialCallStatus", "completed"),
            ("DialCallDuration", granted),
        ];
        self.twiml(paths::DIAL_ACTION, &over).await;
        Some(granted.parse().unwrap())
    }

    /// Calls with these numbers, all at once.
    pub(super) async fn calls(&self, calls: &mut Calls, numbers: std::ops::Range<usize>) {
        calls.asked.extend(numbers.clone());
        let all = futures_util::future::join_all(numbers.map(|i| self.call(i))).await;
        calls.granted_s += all.into_iter().flatten().sum::<u32>();
    }

    pub(super) async fn get(&self, path: &str, cookie: &str) -> Response {
        let request = self.client.get(format!("{}/{path}", self.url));
        request.header(header::COOKIE, cookie).send().await.unwrap()
    }

    async fn record(&self, cookie: &str, i: usize) -> Value {
        let response = self.get(&format!("{}/{}", paths::CALLS, sid(i)), cookie).await;
        assert_eq!(response.status(), 200, "call {i} is not in the log; the server said:\n{}", self.said());
        serde_json::from_str(&response.text().await.unwrap()).unwrap()
    }

    /// The fault is over: signing in works at once, the log is complete as soon as the server says that it is ready, and no
    /// more was granted than there is.
    pub(super) async fn is_whole_again(&self, mut calls: Calls) {
        let cookie = self.cookie().await;
        self.when("it is ready again", async || self.ready().await == 200).await;
        for i in &calls.asked {
            let outcome = self.record(&cookie, *i).await["outcome"]["status"].clone();
            assert!(outcome == "completed" || outcome == "refused", "call {i}: {outcome}");
        }
        // What is left is granted, to the second.
        for i in 900..940 {
            self.calls(&mut calls, i..i + 1).await;
        }
        assert_eq!(calls.granted_s, MINUTES * 60, "{}", self.said());
    }

    /// Asks it to end as a service manager does; all that it has said.
    pub(super) fn end(mut self) -> String {
        let killed = Command::new("kill").arg(self.pid()).status().unwrap();
        assert!(killed.success());
        assert!(self.server.wait().unwrap().success());
        self.said()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

fn listen(stream: impl std::io::Read, said: &Mutex<String>) {
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        let mut said = said.lock().unwrap();
        said.push_str(&line);
        said.push('\n');
    }
}
