//! `make bench`: what the browser downloads, how long a person waits and the page works, beside a page that is made as Twilio's
//! quickstart is, how soon a tab takes over, and whether a hundred calls leave anything behind; and how much the server takes.
//! Writes it into the README. `bench server`, `bench replicas` and `bench lambda` measure and write one part only: of the server, of
//! several on PostgreSQL, of the function of Lambda.

mod cold;
mod figures;
mod hundred;
mod server;
mod sizes;
mod take_over;
mod times;

use std::path::Path;

use anyhow::{Context, Result, bail};
use e2e::footprint::Footprint;
use e2e::readme;
use e2e::softphone::Softphone;
use e2e::stack::{Options, Stack, TOKYO, ui_folder};

const QUICKSTART: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/quickstart.html");

fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // The peer is this program too; actix brings its own runtime.
        ["bare", port] => actix_web::rt::System::new().block_on(server::peers::serve_bare(port.parse()?)),
        ["server"] => tokio::runtime::Runtime::new()?.block_on(measure_server()),
        ["replicas"] => tokio::runtime::Runtime::new()?.block_on(measure_replicas()),
        ["lambda"] => tokio::runtime::Runtime::new()?.block_on(measure_lambda()),
        [] => tokio::runtime::Runtime::new()?.block_on(async {
            measure_server().await?;
            measure_replicas().await?;
            measure_lambda().await?;
            measure_page().await
        }),
        _ => bail!("bench [server|replicas|lambda]"),
    }
}

async fn measure_server() -> Result<()> {
    let table = server::table().await?;
    print(&table);
    readme::write("bench: the server", &format!("{}\n", table.join("\n")))
}

async fn measure_replicas() -> Result<()> {
    let table = server::replicas::table().await?;
    print(&table);
    readme::write("bench: replicas", &format!("{}\n", table.join("\n")))
}

async fn measure_lambda() -> Result<()> {
    let table = cold::table().await?;
    print(&table);
    readme::write("bench: lambda", &format!("{}\n", table.join("\n")))
}

async fn measure_page() -> Result<()> {
    let folder = tempfile::tempdir()?;
    copy_files(&ui_folder(), folder.path())?;
    std::fs::copy(QUICKSTART, folder.path().join("quickstart.html"))?;
    let stack = Stack::start(Options { ui_dir: folder.path().to_owned(), ..Options::default() }).await?;
    let phone = Softphone::open(&stack.url(), 440).await?;
    let measured = measure(&stack, &phone).await;
    // whatever happened, no browser is left behind
    phone.browser.close().await?;
    stack.stop().await;
    measured
}

async fn measure(stack: &Stack, phone: &Softphone) -> Result<()> {
    phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
    let sizes = sizes::table(stack, phone).await?;
    print(&sizes);
    let take_over = take_over::table(stack, phone).await?;
    print(&take_over);
    Footprint::watch(&phone.browser).await?;
    phone.browser.goto(&stack.url()).await?;
    phone.sees_status("registered").await?;
    let hundred = hundred::table(phone).await?;
    print(&hundred);
    let times = times::table(stack, phone).await?;
    print(&times);
    let all = [sizes, times, take_over, hundred].map(|lines| lines.join("\n"));
    readme::write("bench", &format!("{}\n", all.join("\n\n")))
}

/// As soon as it is known: the next may take minutes.
#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn print(lines: &[String]) {
    println!("{}\n", lines.join("\n"));
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    let entries = std::fs::read_dir(from).with_context(|| format!("no UI in {}", from.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    // `x.br` after `x`: the server does not serve a compressed file that is older than its original.
    files.sort();
    for file in files {
        std::fs::copy(&file, to.join(file.file_name().context("a file without a name")?))?;
    }
    Ok(())
}
