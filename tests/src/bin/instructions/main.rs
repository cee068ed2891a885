//! `make instructions`: how many instructions the server's two hot paths take, counted by Callgrind, against what is kept in
//! `tests/instructions.json`. Unlike a time it is the same on every machine and every day.
//!
//! `instructions` compares, and fails where a request costs 20 % more; `instructions keep` keeps what it has counted;
//! `instructions ask PATH TIMES` is what is counted.

mod callgrind;
mod kept;
mod site;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// More than this of what is kept, in percent, is too much.
const MOST: u64 = 120;
/// Of what is kept, in percent; with less, what is kept is out of date.
const LEAST: u64 = 80;

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() -> Result<ExitCode> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let keep = match *arguments.as_slice() {
        ["ask", path, times] => {
            site::ask(path.parse()?, times.parse()?)?;
            return Ok(ExitCode::SUCCESS);
        }
        [] => false,
        ["keep"] => true,
        _ => bail!("instructions, instructions keep, or instructions ask PATH TIMES"),
    };
    let mut counted = kept::Kept::default();
    for path in site::Path::ALL {
        counted.insert(path, callgrind::count(path)?);
    }
    if keep {
        counted.write()?;
        return Ok(ExitCode::SUCCESS);
    }
    let kept = kept::Kept::read()?;
    let mut code = ExitCode::SUCCESS;
    for path in site::Path::ALL {
        let (now, then) = (counted.get(path)?, kept.get(path)?);
        let percent = now.request * 100 / then.request.max(1);
        println!(
            "{path}: {} instructions a request, {percent} % of the {} that are kept",
            now.request, then.request
        );
        if percent > MOST {
            code = ExitCode::FAILURE;
            println!("  Too many. What grew most:");
            for (function, more) in now.grown_since(then) {
                println!("  {more:>10}  {function}");
            }
            println!("  Where it has to be so: make instructions KEEP=keep");
        } else if percent < LEAST {
            println!("  Much less: make instructions KEEP=keep holds it there.");
        }
    }
    Ok(code)
}
