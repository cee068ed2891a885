use leptos::prelude::*;

/// Runs soon, and whenever something that it reads changes: an `Effect` for what it does, not for a value. Leptos compiles
/// every `Effect::new` anew, 700 bytes each; in a box they are of one type.
pub(crate) fn whenever(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    Effect::new(move |_| run());
}
