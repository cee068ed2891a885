//! Parts of the page whose code comes in a file of its own, when it is needed or some time before.

use std::future::Future;
use std::pin::Pin;

use futures_util::FutureExt;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::same_type::{live, on};
use crate::later::NotLoaded;
use crate::text;

/// What [`lazy_part!`] makes.
pub(crate) struct LazyPart {
    pub(crate) load: Pin<Box<dyn Future<Output = Result<(), NotLoaded>>>>,
    /// Once it is loaded.
    pub(crate) build: Box<dyn FnOnce() -> Option<AnyView>>,
}

/// Puts what a view needs, and nothing else of the page does, into the file that is loaded later:
///
/// ```ignore
/// lazy_part! {
///     /// What it shows.
///     pub(crate) fn chart_part(samples: Vec<Sample>) -> AnyView { view! { <Chart samples /> }.into_any() }
/// }
/// // where it is to be seen:
/// view! { <Lazy part=move || chart_part(samples.clone()) /> }
/// ```
///
/// Arguments are owned. With `in name:` before it, the part has a file of its own. A development build has one file for everything.
macro_rules! lazy_part {
    ($(#[$meta:meta])* $vis:vis fn $($rest:tt)*) => {
        $crate::components::lazy::lazy_part! { in later: $(#[$meta])* $vis fn $($rest)* }
    };
    (in $file:ident: $(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) -> AnyView $body:block) => {
        $(#[$meta])*
        $vis fn $name($($arg: $ty),*) -> $crate::components::lazy::LazyPart {
            #[cfg(split)]
            #[wasm_split_helpers::wasm_split($file, fallible, preload(load))]
            fn $name($($arg: $ty),*) -> Result<leptos::prelude::AnyView, $crate::later::NotLoaded> {
                Ok($body)
            }
            #[cfg(split)]
            let (load, build) = {
                use futures_util::FutureExt as _;
                (async { Ok(load().await?) }, move || $name($($arg),*).now_or_never()?.ok())
            };
            #[cfg(not(split))]
            let (load, build) = (std::future::ready(Ok(())), move || Some($body));
            $crate::components::lazy::LazyPart { load: Box::pin(load), build: Box::new(build) }
        }
    };
}
pub(crate) use lazy_part;

/// Makes the part; in a box, as all in same_type.rs.
pub(crate) struct Part(Box<dyn Fn() -> LazyPart>);

impl<F: Fn() -> LazyPart + 'static> From<F> for Part {
    fn from(make: F) -> Self {
        Self(Box::new(make))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Loading {
    Running,
    Done,
    Failed,
}

/// Shows the part as soon as its code is there; until then, that it is on its way, or that it could not be had. `quiet`: for
/// what nobody waits for; then nothing is shown until it is there, and when it cannot be had it is tried again now and then.
/// `around` is what surrounds that as long as it is not there.
#[component]
pub(crate) fn Lazy(
    #[prop(into)] part: Part,
    #[prop(optional)] quiet: bool,
    #[prop(default = std::convert::identity)] around: fn(AnyView) -> AnyView,
) -> impl IntoView {
    let state = RwSignal::new(Loading::Running);
    let built = StoredValue::new_local(None::<Box<dyn FnOnce() -> Option<AnyView>>>);
    let load = move || {
        let LazyPart { mut load, build } = part.0();
        built.set_value(Some(build));
        // What is there already is shown at once.
        let first = load.as_mut().now_or_never();
        if matches!(first, Some(Ok(()))) {
            return state.set(Loading::Done);
        }
        state.set(Loading::Running);
        spawn_local(async move {
            let loaded = match first {
                Some(loaded) => loaded,
                None => load.await,
            };
            let loaded = loaded.is_ok();
            if quiet && !loaded {
                TimeoutFuture::new(AGAIN_MS).await;
            }
            // It may have been closed meanwhile.
            state.try_set(if loaded { Loading::Done } else { Loading::Failed });
        });
    };
    load();
    let load = StoredValue::new_local(load);
    live(move || {
        match state.get() {
        Loading::Running if quiet => ().into_any(),
        Loading::Failed if quiet => {
            load.with_value(|load| load());
            ().into_any()
        }
        Loading::Running => {
            around(view! { <p class="soft" role="status">{text::app::loading()}</p> }.into_any())
        }
        Loading::Failed => around(
            view! {
                <p class="soft" role="alert">
                    {text::app::not_loaded()}
                </p>
                <button type="button" class="text-button" data-retry="" on:click=on(move |_| load.with_value(|load| load()))>
                    {text::app::try_again()}
                </button>
            }
            .into_any(),
        ),
        Loading::Done => built.try_update_value(Option::take).flatten().and_then(|build| build()).into_any(),
    }
    })
}

/// Pause before something quiet is tried again.
const AGAIN_MS: u32 = 30_000;
/// After what the page needs to work has settled. Not every browser has `requestIdleCallback`.
const QUIET_MS: u32 = 2_000;

/// Loads the code of a part ahead of its use, which then needs no network and no patience; then `tried` becomes true.
pub(crate) fn load_soon(part: LazyPart, tried: RwSignal<bool>) {
    spawn_local(async move {
        TimeoutFuture::new(QUIET_MS).await;
        // What fails now is tried again, and told, when it is to be seen.
        drop(part.load.await);
        tried.try_set(true);
    });
}
