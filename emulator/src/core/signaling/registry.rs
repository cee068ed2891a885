//! Who can be called.

use std::collections::BTreeMap;

/// Names a signaling socket; never used twice.
pub type SocketId = u64;

/// Twilio lets one identity register this often; the oldest registration gives way.
const MOST_PER_IDENTITY: usize = 10;

/// The registered sockets of each identity, oldest first.
#[derive(Debug, Default)]
pub struct Registry {
    sockets: BTreeMap<String, Vec<SocketId>>,
}

impl Registry {
    /// Registers a socket; doing it again changes nothing. Returns a socket that had to give way.
    pub fn add(&mut self, identity: &str, socket: SocketId) -> Option<SocketId> {
        let sockets = self.sockets.entry(identity.to_owned()).or_default();
        if sockets.contains(&socket) {
            return None;
        }
        sockets.push(socket);
        (sockets.len() > MOST_PER_IDENTITY).then(|| sockets.remove(0))
    }

    /// Removes a socket. Says whether it was registered.
    pub fn remove(&mut self, identity: &str, socket: SocketId) -> bool {
        let Some(sockets) = self.sockets.get_mut(identity) else { return false };
        let before = sockets.len();
        sockets.retain(|other| *other != socket);
        let removed = sockets.len() < before;
        if sockets.is_empty() {
            self.sockets.remove(identity);
        }
        removed
    }

    /// The identity under which a socket is registered.
    #[must_use]
    pub fn identity_of(&self, socket: SocketId) -> Option<&str> {
        let own = self.sockets.iter().find(|(_, sockets)| sockets.contains(&socket));
        own.map(|(identity, _)| identity.as_str())
    }

    /// The registered sockets of an identity. Client names are case-sensitive.
    #[must_use]
    pub fn sockets(&self, identity: &str) -> &[SocketId] {
        self.sockets.get(identity).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_registration_evicts_the_oldest() {
        let mut registry = Registry::default();
        for socket in 1..=10 {
            assert_eq!(registry.add("alice", socket), None);
        }
        assert_eq!(registry.add("alice", 3), None);
        assert_eq!(registry.add("alice", 11), Some(1));
        assert_eq!(registry.sockets("alice").len(), 10);
        assert_eq!(registry.sockets("Alice"), &[] as &[SocketId]);
        assert!(registry.remove("alice", 2));
        assert!(!registry.remove("alice", 2));
        assert!(!registry.remove("bob", 2));
    }
}
