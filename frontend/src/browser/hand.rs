//! Asks [`model::hand`](crate::model::hand) of each press, click and key in a window whether it can have been meant, before
//! anything else in the window hears of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, Element, Event, KeyboardEvent, MouseEvent, MutationObserver, MutationObserverInit, Node, Window,
};

use crate::model::hand::{Hand, KeyTarget, Place};

/// What acts when it is clicked.
const CONTROLS: &str = "a[href],button,label,select,summary,[role=button],\
     input:is([type=button],[type=checkbox],[type=radio],[type=range],[type=reset],[type=submit])";

/// Fields, in which a click or a key only moves the cursor.
const FIELDS: &str = "input,textarea";

const EVENTS: [&str; 9] =
    ["pointerdown", "click", "keydown", "keyup", "focusin", "input", "wheel", "scroll", "resize"];

thread_local! {
    /// The page's own.
    static PAGE: RefCell<Option<Guard>> = const { RefCell::new(None) };
}

/// Guards the page from now on.
pub(crate) fn guard_page() {
    PAGE.set(web_sys::window().and_then(Guard::new));
}

/// A window that lay over the page is gone.
pub(crate) fn page_is_uncovered() {
    PAGE.with_borrow(|page| {
        if let Some(Guard(watch)) = page {
            watch.hand.borrow_mut().uncovered(watch.now_ms());
        }
    });
}

/// Guards a window until it is dropped.
pub(crate) struct Guard(Rc<Watch>);

struct Watch {
    window: Window,
    document: Document,
    hand: RefCell<Hand<Element>>,
    /// Something has changed and was not looked at yet.
    changed: Cell<bool>,
    frame: Cell<i32>,
    /// What scrolls now, the user scrolls.
    scrolls: Cell<bool>,
    on_event: Closure<dyn Fn(Event)>,
    on_frame: Closure<dyn Fn()>,
    _on_change: Closure<dyn Fn()>,
    observer: Option<MutationObserver>,
}

impl Guard {
    /// `None` for a window that is closed already.
    pub(crate) fn new(window: Window) -> Option<Self> {
        let document = window.document()?;
        let watch = Rc::new_cyclic(|watch: &Weak<Watch>| {
            let with = |act: fn(&Watch)| {
                let watch = watch.clone();
                Closure::<dyn Fn()>::new(move || {
                    if let Some(watch) = watch.upgrade() {
                        act(&watch);
                    }
                })
            };
            let on_change = with(Watch::note_change);
            let on_event = {
                let watch = watch.clone();
                Closure::new(move |event: Event| {
                    if let Some(watch) = watch.upgrade() {
                        watch.heed(&event);
                    }
                })
            };
            Watch {
                window,
                document,
                hand: RefCell::default(),
                changed: Cell::new(false),
                frame: Cell::new(0),
                scrolls: Cell::new(false),
                on_event,
                on_frame: with(|watch| watch.look(false)),
                observer: MutationObserver::new(on_change.as_ref().unchecked_ref()).ok(),
                _on_change: on_change,
            }
        });
        for event in EVENTS {
            let callback = watch.on_event.as_ref().unchecked_ref();
            // From the outside in, before whoever listens on the page.
            drop(watch.window.add_event_listener_with_callback_and_bool(event, callback, true));
        }
        if let Some(observer) = &watch.observer {
            let all = MutationObserverInit::new();
            all.set_attributes(true);
            all.set_character_data(true);
            all.set_child_list(true);
            all.set_subtree(true);
            drop(observer.observe_with_options(&watch.document, &all));
        }
        watch.look(false);
        Some(Self(watch))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Watch { window, on_event, observer, frame, .. } = &*self.0;
        for event in EVENTS {
            let callback = on_event.as_ref().unchecked_ref();
            drop(window.remove_event_listener_with_callback_and_bool(event, callback, true));
        }
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(window.cancel_animation_frame(frame.get()));
    }
}

impl Watch {
    /// On the clock of the window's events.
    fn now_ms(&self) -> u64 {
        self.window.performance().map_or(0, |clock| clock.now() as u64)
    }

    /// What has changed is looked at when the browser lays it out anyway; a page that is not shown is not laid out.
    fn note_change(&self) {
        if self.document.hidden() {
            self.look(false);
        } else if !self.changed.replace(true) {
            let frame = self.window.request_animation_frame(self.on_frame.as_ref().unchecked_ref());
            self.frame.set(frame.unwrap_or_default());
        }
    }

    fn look(&self, by_user: bool) {
        self.changed.set(false);
        let Ok(controls) = self.document.query_selector_all(CONTROLS) else { return };
        let mut seen = Vec::new();
        for index in 0..controls.length() {
            let Some(control) = controls.get(index).map(JsCast::unchecked_into::<Element>) else { continue };
            let place = control.get_bounding_client_rect();
            let place =
                Place { left: place.left(), top: place.top(), right: place.right(), bottom: place.bottom() };
            if place.right > place.left && place.bottom > place.top {
                let meaning = meaning(&control);
                seen.push((control, meaning, place));
            }
        }
        let now_ms = self.now_ms();
        let mut hand = self.hand.borrow_mut();
        hand.look(now_ms, by_user, seen);
        if let Some(focus) = self.document.active_element() {
            hand.focused(now_ms, focus);
        }
    }

    fn heed(&self, event: &Event) {
        // A program clicks what it means. A press that is refused has no mouse events either.
        if event.is_trusted() && !self.counts(event) {
            event.prevent_default();
            event.stop_immediate_propagation();
        }
    }

    fn counts(&self, event: &Event) -> bool {
        let at_ms = event.time_stamp() as u64;
        let target = event.target().map(JsCast::unchecked_into::<Node>);
        // Not by its class: what is in another window has another one.
        let target = target.filter(|node| node.node_type() == Node::ELEMENT_NODE);
        let target = target.map(JsCast::unchecked_into::<Element>);
        let control = target.as_ref().and_then(control_of);
        let mouse = event.unchecked_ref::<MouseEvent>();
        match &*event.type_() {
            "pointerdown" if mouse.button() == 0 => {
                self.scrolls.set(true);
                self.look(!self.changed.get());
                let at = (mouse.client_x().into(), mouse.client_y().into());
                self.hand.borrow_mut().pointer_down(at_ms, control, at)
            }
            "click" => {
                self.scrolls.set(false);
                self.look_if_changed();
                let mut hand = self.hand.borrow_mut();
                if let Some(focus) = self.document.active_element() {
                    hand.focused(at_ms, focus);
                }
                hand.click(at_ms, control.as_ref(), mouse.detail() != 0)
            }
            kind @ ("keydown" | "keyup") => {
                // Chromium's list of what to fill in sends a key without a key. Nobody else need know of that.
                let key = Reflect::get(event, &"key".into()).ok().and_then(|key| key.as_string());
                let Some(key) = key else { return false };
                let more = event.unchecked_ref::<KeyboardEvent>();
                let Some(target) = target.filter(|_| !more.is_composing()) else { return true };
                self.scrolls.set(true);
                self.look_if_changed();
                let mut hand = self.hand.borrow_mut();
                if kind == "keyup" {
                    return hand.key_up(&key, &target);
                }
                let on = key_target(&target, control.is_some());
                hand.key_down(at_ms, &key, more.repeat(), target, on)
            }
            "focusin" => {
                if let Some(target) = target {
                    self.hand.borrow_mut().focused(at_ms, target);
                }
                true
            }
            "input" => {
                self.hand.borrow_mut().writes();
                true
            }
            "wheel" => {
                self.scrolls.set(true);
                true
            }
            "scroll" => {
                self.look(self.scrolls.get());
                true
            }
            "resize" => {
                self.look(true);
                true
            }
            _ => true,
        }
    }

    fn look_if_changed(&self) {
        if self.changed.get() {
            self.look(false);
        }
    }
}

/// The control that a click on this element is for; none for a field.
fn control_of(target: &Element) -> Option<Element> {
    let control = target.closest(&[CONTROLS, ",", FIELDS].concat()).ok()??;
    control.matches(CONTROLS).is_ok_and(|acts| acts).then_some(control)
}

fn key_target(target: &Element, is_control: bool) -> KeyTarget {
    match &*target.tag_name() {
        _ if is_control => KeyTarget::Control,
        "INPUT" => KeyTarget::Field,
        "TEXTAREA" => KeyTarget::Lines,
        _ => KeyTarget::Page,
    }
}

/// What users read on a control, and what a part of the page says that its controls are about: two calls have an Answer each.
fn meaning(control: &Element) -> String {
    let about = control.closest("[data-about]").ok().flatten();
    let about = about.and_then(|part| part.get_attribute("data-about"));
    let link = control.get_attribute("href");
    // A list is filled when it is opened, and what is chosen in it is not what it is for.
    let words = control
        .get_attribute("aria-label")
        .or_else(|| (control.tag_name() != "SELECT").then(|| control.text_content()).flatten());
    [about, link, words].into_iter().flatten().collect()
}
