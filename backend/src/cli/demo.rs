use std::{fmt::Write, io, net::Ipv4Addr, net::TcpListener};

use anyhow::{Context, Result, bail};
use backend::{
    demo::{Demo, Door, Options},
    page_source::PageSource,
};
use shared::api::paths;

use super::{args::DemoArgs, serve::asked_to_stop, terminal::print};

/// Where the emulator listens unless asked otherwise or taken.
const EMULATOR_PORT: u16 = 8081;

/// Runs the demo until Ctrl-C.
pub(super) async fn demo(args: DemoArgs) -> Result<()> {
    let (port, emulator_port) = (args.port, args.emulator_port);
    if is_taken(port) {
        bail!(
            "port {port} is in use, perhaps by another demo; choose another port, such as {other}: \
             `make run ARGS='--port {other}'`, or `sidetone demo --port {other}`",
            other = other(port)
        );
    }
    let options = Options {
        port,
        emulator_port: match emulator_port {
            Some(asked) if is_taken(asked) => {
                bail!("port {asked} is in use; leave out --emulator-port and a free one is taken")
            }
            Some(asked) => asked,
            None if port == EMULATOR_PORT || is_taken(EMULATOR_PORT) => 0,
            None => EMULATOR_PORT,
        },
        media_port: args.published,
        page: PageSource::of(args.ui),
        ..Options::default()
    };
    let page = options.page.clone();
    let demo = Demo::start(options).await?;
    // So that what admins see can be seen.
    if let Some(first) = demo.world.lines.first() {
        demo.server.store().set_admin(&first.phone_number, true, false).await?;
    }
    let _door = match args.published {
        Some(audio) => Some(Door::open(&[port, demo.emulator.address().port()], audio).await?),
        None => None,
    };
    print(&banner(&demo, &page).context("the banner cannot be written")?);
    asked_to_stop().await;
    print("\nStopping.");
    demo.stop().await;
    Ok(())
}

fn is_taken(port: u16) -> bool {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    bound.is_err_and(|error| error.kind() == io::ErrorKind::AddrInUse)
}

fn other(port: u16) -> u16 {
    (1..=9).filter_map(|step| port.checked_add(10 * step)).find(|port| !is_taken(*port)).unwrap_or(8090)
}

fn banner(demo: &Demo, page: &PageSource) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    writeln!(text, "\nSidetone demo: everything runs on this machine, nothing leaves it.\n")?;
    writeln!(text, "  Open    {}", demo.server.url(""))?;
    if !page.has_page() {
        writeln!(text, "          (there is no page in {page}: `make ui` builds it)")?;
    }
    writeln!(text, "\n  Sign in as one of")?;
    for (at, line) in demo.world.lines.iter().enumerate() {
        let number = line.phone_number.international();
        let admin = if at == 0 { ", an admin" } else { "" };
        writeln!(text, "          {number:<18} {:<20} passcode {}{admin}", line.label, line.passcode)?;
    }
    writeln!(text, "\n  Call")?;
    for phone in &demo.world.phones {
        writeln!(
            text,
            "          {:<18} {:<20} {}",
            phone.phone_number.international(),
            phone.label,
            phone.what
        )?;
    }
    writeln!(text, "\n  Be the outside world   {}", demo.world.handset_url)?;
    writeln!(text, "  See every message      {}", demo.world.timeline_url)?;
    writeln!(text, "  Is it up?              {}", demo.server.url(paths::HEALTH))?;
    write!(text, "\nCtrl-C stops it.")?;
    Ok(text)
}
