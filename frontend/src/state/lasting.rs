use leptos::prelude::*;
use leptos::reactive::graph::{AnySource, Observer, Source, ToAnySource};

/// A signal that outlives those who read it. An ordinary one keeps a note of each reader for ever, also of those that are
/// gone, which makes kilobytes for each call, and goes through all of them at each change. This one strikes them off.
pub(crate) struct Lasting<T>(RwSignal<T>);

impl<T> Clone for Lasting<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Lasting<T> {}

impl<T: Send + Sync + 'static> Lasting<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }

    pub(crate) fn shown(self) -> Shown<T> {
        Shown(self)
    }

    /// Quiet where nothing has changed.
    pub(crate) fn show(self, value: T)
    where
        T: PartialEq,
    {
        if self.with_untracked(|shown| *shown != value) {
            self.set(value);
        }
    }

    pub(crate) fn track(self) {
        strike_off_with_its_owner(self.0.to_any_source());
        self.0.track();
    }

    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        self.track();
        self.0.get_untracked()
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.track();
        self.0.with_untracked(read)
    }

    pub(crate) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }

    pub(crate) fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with_untracked(read)
    }

    /// `None` when who made it is gone.
    pub(crate) fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.0.try_with_untracked(read)
    }

    pub(crate) fn set(self, value: T) {
        self.0.set(value);
    }

    /// Nothing happens when who made it is gone.
    pub(crate) fn try_set(self, value: T) {
        drop(self.0.try_set(value));
    }

    pub(crate) fn update(self, change: impl FnOnce(&mut T)) {
        self.0.update(change);
    }

    pub(crate) fn try_update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update(change)
    }
}

/// What others than its owner have of such a signal: they read it.
pub(crate) struct Shown<T>(Lasting<T>);

impl<T> Clone for Shown<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Shown<T> {}

impl<T: Send + Sync + 'static> Shown<T> {
    pub(crate) fn track(self) {
        self.0.track();
    }

    pub(crate) fn get(self) -> T
    where
        T: Clone,
    {
        self.0.get()
    }

    pub(crate) fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with(read)
    }

    pub(crate) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }

    pub(crate) fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with_untracked(read)
    }

    /// `None` when who made it is gone.
    pub(crate) fn try_with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.0.try_with_untracked(read)
    }
}

/// The owner is that of what reads: it ends with it, and whenever it is about to read anew.
fn strike_off_with_its_owner(source: AnySource) {
    if let Some(reader) = Observer::get() {
        on_cleanup(move || source.remove_subscriber(&reader));
    }
}
