//! What the pages know beyond the exchange: who is who, and which phones are in somebody's hand.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::core::account::Account;
use crate::core::config::Config;
use crate::core::phones::PhoneSeed;

/// The configured people, and who plays them at the moment.
#[derive(Debug)]
pub struct Desk {
    pub(super) account: Account,
    pub(super) phones: Vec<PhoneSeed>,
    holders: Mutex<Holders>,
}

#[derive(Debug, Default)]
struct Holders {
    tickets: u64,
    by_number: HashMap<String, Holder>,
}

#[derive(Debug)]
struct Holder {
    ticket: u64,
    replaced: oneshot::Sender<()>,
}

impl Desk {
    /// A desk where no phone is in anybody's hand.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self { account: config.account.clone(), phones: config.phones.clone(), holders: Mutex::default() }
    }

    /// The phone of this number, if it is a configured one.
    pub(super) fn phone(&self, number: &str) -> Option<&PhoneSeed> {
        self.phones.iter().find(|phone| phone.phone_number == number)
    }

    /// Whether a handset page is connected for the number.
    pub(super) fn is_held(&self, number: &str) -> bool {
        self.with(|holders| holders.by_number.contains_key(number))
    }

    /// Takes the phone. Whoever had it is told. The receiver is told when somebody else takes it.
    pub(super) fn take(&self, number: &str) -> (u64, oneshot::Receiver<()>) {
        let (replaced, receiver) = oneshot::channel();
        self.with(|holders| {
            holders.tickets += 1;
            let ticket = holders.tickets;
            if let Some(before) = holders.by_number.insert(number.to_owned(), Holder { ticket, replaced }) {
                // It may have left by itself at this moment.
                let _ = before.replaced.send(());
            }
            (ticket, receiver)
        })
    }

    /// Puts the phone down, unless somebody else has it by now.
    pub(super) fn put_down(&self, number: &str, ticket: u64) {
        self.with(|holders| {
            if holders.by_number.get(number).is_some_and(|holder| holder.ticket == ticket) {
                holders.by_number.remove(number);
            }
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Holders) -> T) -> T {
        act(&mut self.holders.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "+819059876543";

    #[test]
    fn the_newer_hand_has_the_phone() {
        let desk = Desk::new(&Config::default());
        let (first, mut told) = desk.take(NUMBER);
        assert!(desk.is_held(NUMBER) && told.try_recv().is_err());
        let (second, mut newer) = desk.take(NUMBER);
        assert_eq!(told.try_recv(), Ok(()));
        desk.put_down(NUMBER, first);
        assert!(desk.is_held(NUMBER), "it is not the first one's any more");
        assert_eq!(newer.try_recv(), Err(oneshot::error::TryRecvError::Empty));
        desk.put_down(NUMBER, second);
        assert!(!desk.is_held(NUMBER));
    }
}
