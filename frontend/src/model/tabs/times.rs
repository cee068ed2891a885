use super::Said;
use crate::model::Call;

/// What is said is on its way for less, and clocks that differ by less are left as they are.
const ON_ITS_WAY_MS: u64 = 5_000;
/// Bytes in front of what is said: its sender's time.
const STAMP: usize = 8;

/// What is said, with the time at which it was. Each tab has a clock of its own, which begins when the tab is opened by what the
/// computer's clock says then; that one may have been set since.
pub fn stamped(said: &Said, now_ms: u64) -> Vec<u8> {
    let mut bytes = now_ms.to_le_bytes().to_vec();
    bytes.extend(said.to_bytes());
    bytes
}

/// What was said, with its moments as this tab's clock has them; `None` for what another version of this page said.
pub fn unstamped(bytes: &[u8], now_ms: u64) -> Option<Said> {
    let (stamp, rest) = bytes.split_at_checked(STAMP)?;
    let sent_ms = u64::from_le_bytes(stamp.try_into().ok()?);
    let mut said = Said::from_bytes(rest)?;
    if now_ms.abs_diff(sent_ms) > ON_ITS_WAY_MS
        && let Said::State { snapshot, .. } = &mut said
        && let Some(call) = &mut snapshot.call
    {
        call.move_by(sent_ms, now_ms);
    }
    Some(said)
}

impl Call {
    /// What happened at `from_ms` by one clock happened at `to_ms` by the other.
    fn move_by(&mut self, from_ms: u64, to_ms: u64) {
        let moments = [&mut self.opened_at_ms, &mut self.ended_at_ms].into_iter().flatten();
        for moment in moments.chain([&mut self.phase_since_ms]) {
            *moment = moment.wrapping_sub(from_ms).wrapping_add(to_ms);
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::model::tabs::Term;
    use crate::model::{CallEvent, CallMachine, CallSource, Leg, LegEvent, Snapshot, Wish};

    const HOUR_MS: u64 = 3_600_000;

    #[test]
    fn the_timer_is_right_in_a_tab_that_was_opened_before_the_clock_was_set() {
        let (mut machine, leg) = (CallMachine::default(), Leg(1));
        let from = CallSource::Withheld;
        machine.on(CallEvent::Incoming { leg, sid: "CA1".to_owned(), from, attestation: None }, HOUR_MS);
        machine.on(CallEvent::Wish(Wish::Answer), HOUR_MS);
        machine.on(CallEvent::Leg { leg, event: LegEvent::Accepted { sid: None } }, HOUR_MS);
        let snapshot = Snapshot { call: machine.call().cloned(), ..Snapshot::default() };
        let said = Said::State { term: Term::default(), serial: 1, snapshot };
        let sent_ms = HOUR_MS + 65_000;
        for here_ms in [sent_ms, sent_ms + 20, sent_ms + HOUR_MS, sent_ms - HOUR_MS + 10_000, 70_000] {
            let bytes = stamped(&said, sent_ms);
            let Some(Said::State { snapshot, .. }) = unstamped(&bytes, here_ms) else { panic!("unread") };
            assert_eq!(snapshot.call.unwrap().seconds(here_ms), 65, "{here_ms}");
        }
        // Ten bytes of nothing.
        assert_eq!(unstamped(&[0xff; 10], 0), None);
        assert_eq!(unstamped(&[], 0), None);
    }
}
