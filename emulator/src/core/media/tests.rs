//! Session descriptions that somebody damaged: refused or taken, never a panic, which would end all audio.

use std::net::SocketAddr;
use std::time::Instant;

use proptest::prelude::*;
use proptest::sample::Index;

use super::endpoint::{Endpoint, config};
use super::event::EndpointId;
use super::sdp;

/// What happens to one line.
#[derive(Debug, Clone)]
enum Damage {
    Lose(Index),
    Repeat(Index, Index),
    Cut(Index, Index),
    Replace(Index, Index, String),
    Append(Index, String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    let text = "[ -~]{0,6}|[0-9]{1,20}|:|/|=|\u{fffd}|a=mid:1|m=audio 9 UDP/TLS/RTP/SAVPF 0|a=inactive";
    prop_oneof![
        index().prop_map(Damage::Lose),
        (index(), index()).prop_map(|(line, to)| Damage::Repeat(line, to)),
        (index(), index()).prop_map(|(line, at)| Damage::Cut(line, at)),
        (index(), index(), text).prop_map(|(line, at, text)| Damage::Replace(line, at, text)),
        (index(), text).prop_map(|(line, text)| Damage::Append(line, text)),
    ]
}

fn spoil(good: &str, damages: Vec<Damage>) -> String {
    let mut lines: Vec<String> = good.lines().map(str::to_owned).collect();
    for damage in damages {
        let count = lines.len().max(1);
        match damage {
            Damage::Lose(at) if lines.len() > 1 => drop(lines.remove(at.index(count))),
            Damage::Lose(_) => {}
            Damage::Repeat(at, to) => lines.insert(to.index(count), lines[at.index(count)].clone()),
            Damage::Cut(at, place) => {
                let line = &mut lines[at.index(count)];
                line.truncate(line.floor_char_boundary(place.index(line.len() + 1)));
            }
            Damage::Replace(at, place, text) => {
                let line = &mut lines[at.index(count)];
                let from = line.floor_char_boundary(place.index(line.len() + 1));
                let to = line.ceil_char_boundary((from + text.len()).min(line.len()));
                line.replace_range(from..to, &text);
            }
            Damage::Append(at, text) => lines.insert(at.index(count), text),
        }
    }
    lines.join("\r\n") + "\r\n"
}

fn endpoint(port: u16) -> Endpoint {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    Endpoint::new(EndpointId::new(port.into()), &config().unwrap(), &[address], Instant::now()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_offer_hurts_nobody(damages in proptest::collection::vec(damage(), 1..6)) {
        let offer = spoil(&endpoint(1).offer().unwrap(), damages);
        let mut answering = endpoint(2);
        if let Ok(parsed) = sdp::parse_offer(&offer) {
            let _ = answering.answer(parsed);
            answering.drain(&mut Vec::new());
        }
    }

    #[test]
    fn a_damaged_answer_hurts_nobody(damages in proptest::collection::vec(damage(), 1..6)) {
        let mut calling = endpoint(1);
        let offer = calling.offer().unwrap();
        let answer = endpoint(2).answer(sdp::parse_offer(&offer).unwrap()).unwrap();
        if let Ok(parsed) = sdp::parse_answer(&spoil(&answer, damages)) {
            let _ = calling.accept_answer(parsed);
            calling.drain(&mut Vec::new());
        }
    }

    #[test]
    fn a_damaged_restart_hurts_nobody(damages in proptest::collection::vec(damage(), 1..6)) {
        let offer = endpoint(1).offer().unwrap();
        let mut answering = endpoint(2);
        answering.answer(sdp::parse_offer(&offer).unwrap()).unwrap();
        answering.drain(&mut Vec::new());
        if let Ok(parsed) = sdp::parse_offer(&spoil(&offer, damages)) {
            let _ = answering.answer(parsed);
            answering.drain(&mut Vec::new());
        }
    }
}
