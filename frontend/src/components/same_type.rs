//! Every closure is a type of its own, and all that Leptos does with a handler or a changing value is compiled once for each
//! type: one to two kilobytes of the download. In a box they are of one type. For what is there when the page opens; parts
//! that are loaded later (lazy.rs) can do without.

/// For `on:`.
pub(crate) fn on<E>(handler: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(handler)
}

/// For what changes: an attribute, a class, a text.
pub(crate) fn live<T>(value: impl FnMut() -> T + Send + 'static) -> Box<dyn FnMut() -> T + Send> {
    Box::new(value)
}

/// For a piece of the page that changes as a whole.
pub(crate) fn live_view<V: leptos::prelude::IntoAny>(
    mut view: impl FnMut() -> V + Send + 'static,
) -> Box<dyn FnMut() -> leptos::prelude::AnyView + Send> {
    Box::new(move || view().into_any())
}
