//! Sockets that systemd has opened, and what it is told: played by hand, as its documents say.

use std::{
    fs,
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream, UdpSocket},
    os::{fd::OwnedFd, unix::net::UnixDatagram},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};

/// Nothing here takes so long.
const PATIENCE: Duration = Duration::from_secs(30);
const ENVIRONMENT: [(&str, &str); 6] = [
    ("SIDETONE_PUBLIC_URL", "http://localhost:8080"),
    ("SIDETONE_TWILIO__ACCOUNT_SID", "AC00000000000000000000000000000001"),
    ("SIDETONE_TWILIO__AUTH_TOKEN", "0123456789abcdef0123456789abcdef"),
    ("SIDETONE_TWILIO__API_KEY_SID", "SK00000000000000000000000000000001"),
    ("SIDETONE_TWILIO__API_KEY_SECRET", "abcdefghijklmnopqrstuvwxyz012345"),
    ("SIDETONE_TWILIO__APPLICATION_SID", "AP00000000000000000000000000000001"),
];

/// The service, and the folder that it works in.
struct Service {
    folder: tempfile::TempDir,
    notices: UnixDatagram,
}

/// Ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

impl Service {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let notices = UnixDatagram::bind(folder.path().join("notify")).unwrap();
        notices.set_read_timeout(Some(PATIENCE)).unwrap();
        Self { folder, notices }
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the server as systemd does: sockets are files 3 and 4. A shell puts them there; it gets them as its own input and
    /// output.
    fn start(&self, sockets: Vec<OwnedFd>, before: &str, environment: &[(&str, &str)]) -> Running {
        let log = fs::File::options().create(true).append(true).open(self.path("log")).unwrap();
        let number = sockets.len().to_string();
        let mut sockets = sockets.into_iter().map(Stdio::from);
        let program = format!(
            "exec 3<&0 4<&1 </dev/null >&2; {before}; LISTEN_PID=${{LISTEN_PID-$$}} exec {} serve",
            env!("CARGO_BIN_EXE_sidetone")
        );
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", &program])
            .current_dir(self.folder.path())
            .env_clear()
            .envs(ENVIRONMENT)
            .env("NOTIFY_SOCKET", self.path("notify"))
            .env("LISTEN_FDS", number)
            .envs(environment.iter().copied())
            .stdin(sockets.next().unwrap_or_else(Stdio::null))
            .stdout(sockets.next().unwrap_or_else(Stdio::null))
            .stderr(log);
        Running(command.spawn().unwrap())
    }

    /// What it says as it does not start.
    fn refuses(&self, sockets: Vec<OwnedFd>, environment: &[(&str, &str)]) -> String {
        let mut running = self.start(sockets, ":", environment);
        assert!(!running.0.wait().unwrap().success(), "{}", self.log());
        let log = self.log();
        fs::write(self.path("log"), "").unwrap();
        log
    }

    fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap()
    }

    fn waits_for_log(&self, words: &str) {
        within(|| self.log().contains(words), || format!("{words:?} is not in:\n{}", self.log()));
    }

    /// The next thing that systemd is told.
    fn told(&self) -> String {
        let mut text = [0; 256];
        let length = self.notices.recv(&mut text).unwrap_or_else(|error| panic!("{error}:\n{}", self.log()));
        String::from_utf8_lossy(&text[..length]).trim().to_owned()
    }

    fn waits_until_told(&self, words: &str) {
        while self.told() != words {}
    }
}

fn within(mut is: impl FnMut() -> bool, else_say: impl FnOnce() -> String) {
    let until = std::time::Instant::now() + PATIENCE;
    while !is() {
        assert!(std::time::Instant::now() < until, "{}", else_say());
        // Whoever brings it about has the processor.
        thread::yield_now();
    }
}

fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

fn of(listener: &TcpListener) -> OwnedFd {
    listener.try_clone().unwrap().into()
}

/// Asks on a connection of its own; the first line of the answer.
fn ask(address: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(
        format!("GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes(),
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.lines().next().unwrap_or_default().to_owned())
}

fn terminate(running: &Running) {
    let id = Pid::from_raw(i32::try_from(running.0.id()).unwrap()).unwrap();
    kill_process(id, Signal::TERM).unwrap();
}

const OK: &str = "HTTP/1.1 200 OK";

#[test]
fn a_restart_under_requests_refuses_none() {
    let service = Service::new();
    let (socket, address) = listener();
    let mut running = service.start(vec![of(&socket)], ":", &[]);
    service.waits_until_told("READY=1");
    let (over, answered) = (AtomicBool::new(false), AtomicUsize::new(0));
    thread::scope(|scope| {
        let asking = || {
            let mut others = Vec::new();
            while !over.load(SeqCst) {
                match ask(address, "healthz") {
                    Ok(line) if line == OK => {
                        answered.fetch_add(1, SeqCst);
                    }
                    other => others.push(other),
                }
            }
            others
        };
        let askers: Vec<_> = (0..8).map(|_| scope.spawn(asking)).collect();
        let some_more = || {
            let before = answered.load(SeqCst);
            within(|| answered.load(SeqCst) >= before + 200, || "nothing is answered any more".to_owned());
        };
        for _ in 0..3 {
            some_more();
            terminate(&running);
            service.waits_until_told("STOPPING=1");
            assert!(running.0.wait().unwrap().success(), "{}", service.log());
            running = service.start(vec![of(&socket)], ":", &[]);
            service.waits_until_told("READY=1");
        }
        some_more();
        over.store(true, SeqCst);
        for asker in askers {
            let lost = asker.join().unwrap();
            assert!(lost.is_empty(), "{lost:?}\n{}", service.log());
        }
    });
}

/// Whoever connected before the end and asks after it was ordered.
#[test]
fn who_is_connected_and_has_not_spoken_is_heard_before_the_end() {
    let service = Service::new();
    let (socket, address) = listener();
    let running = service.start(vec![of(&socket)], ":", &[]);
    service.waits_until_told("READY=1");
    let mut connected = TcpStream::connect(address).unwrap();
    // Those that came later are answered, so this one was let in.
    assert_eq!(ask(address, "healthz").unwrap(), OK);
    terminate(&running);
    service.waits_until_told("STOPPING=1");
    connected.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = [0; 15];
    connected.read_exact(&mut answer).unwrap_or_else(|error| panic!("{error}\n{}", service.log()));
    assert_eq!(std::str::from_utf8(&answer), Ok(OK));
}

#[test]
fn figures_have_a_socket_of_their_own_by_its_name() {
    let service = Service::new();
    let ((socket, address), (operations, operations_address)) = (listener(), listener());
    let names = [("LISTEN_FDNAMES", "operations:sidetone.socket")];
    let _running = service.start(vec![of(&operations), of(&socket)], ":", &names);
    service.waits_until_told("READY=1");
    assert_eq!(ask(operations_address, "metrics").unwrap(), OK);
    assert_eq!(ask(address, "healthz").unwrap(), OK);
    assert_eq!(ask(address, "metrics").unwrap(), "HTTP/1.1 404 Not Found");
    // The configuration says another port, where `sidetone health` asks.
    service.waits_for_log("let both say the same");
}

#[test]
fn sockets_that_cannot_be_served_are_named_with_what_would_be_right() {
    let service = Service::new();
    let (socket, _) = listener();
    let udp = || UdpSocket::bind("127.0.0.1:0").unwrap();
    let file = || fs::File::open("/dev/null").unwrap().into();
    let connected = TcpStream::connect(socket.local_addr().unwrap()).unwrap();
    for (sockets, environment, words) in [
        (vec![udp().into()], vec![], vec!["file 3", "tcp", "ListenStream="]),
        (vec![file()], vec![("LISTEN_FDNAMES", "web")], vec!["file 3 (web)", "not a socket"]),
        (vec![of(&socket), file()], vec![("LISTEN_FDNAMES", "web:operations")], vec!["file 4 (operations)"]),
        (vec![connected.into()], vec![], vec!["does not listen"]),
        (vec![of(&socket), of(&socket)], vec![], vec!["two sockets", "FileDescriptorName= "]),
        (vec![of(&socket)], vec![("LISTEN_FDS", "many")], vec!["\"many\"", "number of sockets"]),
        (vec![of(&socket)], vec![("LISTEN_FDS", "4294967295")], vec!["LISTEN_FDS", "1 or 2"]),
    ] {
        let said = service.refuses(sockets, &environment);
        for word in words {
            assert!(said.contains(word), "{environment:?}: {word:?} is not in {said}");
        }
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn sockets_of_another_process_are_left_alone_and_said_so() {
    let service = Service::new();
    let (socket, _) = listener();
    let (other, address) = listener();
    drop(other);
    let bind = address.to_string();
    let _running = service.start(vec![of(&socket)], ":", &[("LISTEN_PID", "1"), ("SIDETONE_BIND", &bind)]);
    service.waits_until_told("READY=1");
    service.waits_for_log("LISTEN_PID is \"1\"");
    assert_eq!(ask(address, "healthz").unwrap(), OK);
}

/// Of two: one that is not there, one that does not read.
#[test]
fn a_manager_that_cannot_be_told_is_complained_of_once_and_keeps_nobody_waiting() {
    let service = Service::new();
    let (socket, address) = listener();
    let watchdog = ("WATCHDOG_USEC", "200000");
    let nowhere = service.start(vec![of(&socket)], ":", &[("NOTIFY_SOCKET", "/no/such/socket"), watchdog]);
    service.waits_for_log("service manager is not told");
    for _ in 0..8 {
        assert_eq!(ask(address, "healthz").unwrap(), OK);
    }
    assert_eq!(service.log().matches("service manager is not told").count(), 1, "{}", service.log());
    drop(nowhere);

    let deaf = service.start(vec![of(&socket)], ":", &[watchdog]);
    service.waits_until_told("READY=1");
    for _ in 0..100 {
        assert_eq!(ask(address, "healthz").unwrap(), OK);
    }
    terminate(&deaf);
    let mut deaf = deaf;
    assert!(deaf.0.wait().unwrap().success(), "{}", service.log());
}

/// No file is left to answer with: it runs, and serves nobody.
#[test]
fn the_watchdog_is_told_nothing_while_nobody_is_answered() {
    let service = Service::new();
    let (socket, address) = listener();
    let environment = [("WATCHDOG_USEC", "2000000"), ("SIDETONE_LOG", "info,backend::service_manager=debug")];
    let _running = service.start(vec![of(&socket)], "ulimit -n 120", &environment);
    service.waits_until_told("READY=1");
    for _ in 0..3 {
        service.waits_until_told("WATCHDOG=1");
    }
    let taken: Vec<_> = (0..200).map(|_| TcpStream::connect(address).unwrap()).collect();
    service.waits_for_log("does not answer itself");
    service.notices.set_nonblocking(true).unwrap();
    while service.notices.recv(&mut [0; 256]).is_ok() {}
    service.waits_for_log("still does not answer itself");
    let told = service.notices.recv(&mut [0; 256]);
    assert!(told.is_err(), "the watchdog was told:\n{}", service.log());
    drop(taken);
    service.notices.set_nonblocking(false).unwrap();
    service.waits_for_log("answers itself again");
    service.waits_until_told("WATCHDOG=1");
}

/// The database of somebody who never lets go of it.
#[test]
fn a_database_that_does_not_answer_is_no_reason_to_end_the_server() {
    let service = Service::new();
    let (socket, address) = listener();
    let environment = [("WATCHDOG_USEC", "10000000"), ("SIDETONE_DATABASE", "gone.db")];
    let _running = service.start(vec![of(&socket)], ":", &environment);
    service.waits_until_told("READY=1");
    spoil(&service.path("gone.db"));
    within(
        || ask(address, "healthz").is_ok_and(|line| line.contains("503")),
        || "the database still answers".to_owned(),
    );
    service.waits_until_told("WATCHDOG=1");
    service.waits_until_told("WATCHDOG=1");
}

fn spoil(database: &Path) {
    let name = database.file_name().unwrap().to_str().unwrap().to_owned();
    for end in ["", "-wal", "-shm"] {
        drop(fs::remove_file(database.with_file_name(format!("{name}{end}"))));
    }
    fs::create_dir(database).unwrap();
}

/// What stands in `deploy/systemd`, where systemd is at hand to read it.
#[test]
fn systemd_understands_the_units() {
    let folder = tempfile::tempdir().unwrap();
    let units = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/systemd");
    let mut paths = Vec::new();
    for entry in fs::read_dir(units).unwrap() {
        let entry = entry.unwrap();
        let text = fs::read_to_string(entry.path()).unwrap();
        let path = folder.path().join(entry.file_name());
        fs::write(&path, text.replace("/usr/local/bin/sidetone", env!("CARGO_BIN_EXE_sidetone"))).unwrap();
        paths.push(path);
    }
    assert_eq!(paths.len(), 3, "{paths:?}");
    let Ok(verified) = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&paths).output()
    else {
        return eprintln!("not tried: there is no systemd-analyze on this machine");
    };
    let said = String::from_utf8_lossy(&verified.stderr);
    let own: Vec<_> = said.lines().filter(|line| line.contains("sidetone")).collect();
    assert!(verified.status.success() && own.is_empty(), "{said}");
}
