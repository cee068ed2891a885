//! A number of the account is dialled: the call comes in again, by a second inbound leg that runs the number's Voice URL.
//!
//! The dialled leg and the inbound one are the two ends of a line: each says what the other one hears, rings, answers
//! and ends with it.

use super::effect::MediaOp;
use super::state::Exchange;
use crate::core::call::{CallStatus, Direction, Leg, LineParty, Party};
use crate::core::media::MediaKey;

/// A call that came in as often as this goes round in circles. (Twilio's number for it, 32006, is that of SIP, whose
/// calls are stopped by their header Max-Forwards; its limit for calls between numbers is not documented.)
const MOST_HOPS: u32 = 10;
/// Lines that one call may make in all; a document may dial ten numbers at once, and each of theirs ten more.
const MOST_LINES: u32 = 100;

impl Exchange {
    /// Makes the inbound leg at the other end of the dialled leg `near`.
    pub(super) fn ring_line(&mut self, near: &str, hops: u32) {
        let Some(leg) = self.legs.get(near) else { return };
        let (from, number) = (leg.from.clone(), leg.to.clone());
        let first = self.first_of(near);
        let lines = self.lines.entry(first).or_default();
        let refusal = if hops > MOST_HOPS {
            Some(format!("Too many hops: {number} was reached by way of {MOST_HOPS} numbers of this account"))
        } else if *lines >= MOST_LINES {
            Some(format!(
                "Too many hops: the call was carried from number to number {MOST_LINES} times already"
            ))
        } else {
            *lines += 1;
            None
        };
        if let Some(refusal) = refusal {
            self.fault(Some(near), 32006, refusal);
            return self.end_leg(near, CallStatus::Failed, None, false);
        }
        let far = self.ids.sid("CA");
        let near_key = self.end_of(near);
        let far_key = self.end_of(&far);
        let party = Party::Line(LineParty { other: near.to_owned(), hops });
        let leg = Leg::new(far.clone(), Direction::Inbound, party, from, number.clone());
        self.add_leg(Leg { media: Some(far_key), ..leg });
        if let Some(leg) = self.legs.get_mut(near) {
            leg.media = Some(near_key);
            leg.party = Party::Line(LineParty { other: far.clone(), hops });
        }
        self.media_op(near_key, MediaOp::Relay(far_key));
        self.media_op(far_key, MediaOp::Relay(near_key));
        self.alerted(near);
        if let Some(handling) = self.account.number_handling(&number) {
            self.start_script(&far, handling);
        }
    }

    /// The leg that everything began with which led to this one.
    fn first_of(&self, sid: &str) -> String {
        let mut first = sid.to_owned();
        let before = |sid: &str| {
            let leg = self.legs.get(sid)?;
            leg.parent.clone().or_else(|| leg.line().map(|line| line.other.clone()))
        };
        while let Some(sid) = before(&first) {
            first = sid;
        }
        first
    }

    fn end_of(&mut self, sid: &str) -> MediaKey {
        let key = self.new_media(sid);
        self.media_op(key, MediaOp::CreatePhone);
        self.connected.insert(key);
        key
    }

    /// One end of a line is over, and the other one with it.
    pub(super) fn end_of_line(&mut self, sid: &str) {
        let Some(leg) = self.legs.get(sid) else { return };
        let Some(other) = leg.line().map(|line| line.other.clone()) else { return };
        let answered = leg.answered_at.is_some();
        let status = match (leg.direction, leg.status) {
            _ if answered => CallStatus::Completed,
            // The caller is gone.
            (Direction::OutboundDial, _) => CallStatus::Canceled,
            (Direction::Inbound, status) => status,
        };
        self.end_leg(&other, status, None, true);
    }
}
