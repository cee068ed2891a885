use leptos::prelude::*;

use crate::components::lazy::lazy_part;
use crate::messages;
use crate::model::quality::{HEIGHT, History, Measure, WIDTH};
use crate::text;

lazy_part! {
    /// The figures of the call.
    pub(in super::super) fn chart_part(history: RwSignal<History>) -> AnyView {
        view! { <Chart history /> }.into_any()
    }
}

/// The figures of the call, one curve for each measure. A screen reader hears the last and the worst value of each.
#[component]
fn Chart(history: RwSignal<History>) -> impl IntoView {
    let none = move || history.with(|history| history.points().is_empty());
    view! {
        <section id="quality-figures" class="figures" aria-label=text::quality::figures()>
            <p hidden=move || !none()>{text::quality::no_figures()}</p>
            {Measure::ALL.map(|measure| view! { <Curve measure history /> }).collect_view()}
        </section>
    }
}

#[component]
fn Curve(measure: Measure, history: RwSignal<History>) -> impl IntoView {
    let curve = Memo::new(move |_| history.with(|history| measure.curve(history)));
    let now = move || messages::figure(measure, curve.get().now);
    let worst = move || messages::figure(measure, curve.get().worst);
    let name = messages::measure(measure);
    view! {
        <figure class="figure" data-measure=format!("{measure:?}") hidden=move || curve.get().line.is_empty()>
            <figcaption aria-hidden="true">
                <span>{name}</span>
                <span class="figure-now">{now}</span>
                <span class="figure-worst">{move || text::quality::at_worst(&worst())}</span>
            </figcaption>
            <svg
                role="img"
                aria-label=move || text::quality::curve(name, &now(), &worst())
                viewBox=format!("0 -2 {WIDTH} {}", HEIGHT + 4)
                preserveAspectRatio="none"
            >
                <path class="figure-area" d=move || curve.get().area></path>
                <path class="figure-line" d=move || curve.get().line></path>
            </svg>
        </figure>
    }
}
