/// What the browser lets the page do about notifications.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Permission {
    Unsupported,
    NotAsked,
    Granted,
    Denied,
}

/// Whether a notification tells who calls, and if not, why not.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Notify {
    /// The browser has no notifications.
    Unsupported,
    /// The browser has been told to show none of this page.
    Denied,
    /// Not wanted: never asked for, or switched off here.
    Off,
    On,
}

impl Notify {
    /// `switched_off`: by the user, in this phone's own settings.
    pub fn of(permission: Permission, switched_off: bool) -> Self {
        match permission {
            Permission::Unsupported => Self::Unsupported,
            Permission::Denied => Self::Denied,
            Permission::Granted if !switched_off => Self::On,
            Permission::Granted | Permission::NotAsked => Self::Off,
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_shown_that_was_not_asked_for() {
        assert_eq!(Notify::of(Permission::NotAsked, false), Notify::Off);
        assert_eq!(Notify::of(Permission::Granted, true), Notify::Off);
        assert_eq!(Notify::of(Permission::Granted, false), Notify::On);
        // What the browser says counts more than what was wanted here.
        assert_eq!(Notify::of(Permission::Denied, false), Notify::Denied);
        assert_eq!(Notify::of(Permission::Denied, true), Notify::Denied);
        assert_eq!(Notify::of(Permission::Unsupported, false), Notify::Unsupported);
    }
}
