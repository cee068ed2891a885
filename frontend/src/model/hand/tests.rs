use super::*;

/// A control that is 100 by 50, so far down.
fn at(top: f64) -> Place {
    Place { left: 0.0, top, right: 100.0, bottom: top + 50.0 }
}

const IN_FIRST: (f64, f64) = (50.0, 25.0);

/// A window in which these controls, by name, stand one below the other since the moment 0.
fn with(controls: &[&'static str]) -> Hand<&'static str> {
    let mut hand = Hand::default();
    shows(&mut hand, 0, controls);
    hand
}

fn shows(hand: &mut Hand<&'static str>, now_ms: u64, controls: &[&'static str]) {
    let place = |index: usize| at(60.0 * index as f64);
    let seen = controls.iter().enumerate().map(|(index, name)| (*name, (*name).to_owned(), place(index)));
    hand.look(now_ms, false, seen.collect());
}

/// A press and its click, at one moment.
fn clicks(hand: &mut Hand<&'static str>, now_ms: u64, control: &'static str, point: (f64, f64)) -> bool {
    let down = hand.pointer_down(now_ms, Some(control), point);
    let click = hand.click(now_ms, Some(&control), true);
    assert_eq!(down, click, "a press and its click agree");
    click
}

#[test]
fn a_control_that_has_come_under_the_pointer_takes_no_click_for_a_moment() {
    for between in [0, 60, 150, 300, 480, HAND_MS - 1] {
        let mut hand = with(&["answer"]);
        assert!(clicks(&mut hand, 5_000, "answer", IN_FIRST));
        shows(&mut hand, 5_000, &["hang up"]);
        assert!(!clicks(&mut hand, 5_000 + between, "hang up", IN_FIRST), "{between} ms");
        assert!(clicks(&mut hand, 5_000 + between + HAND_MS, "hang up", IN_FIRST), "{between} ms");
    }
}

#[test]
fn a_third_click_of_a_row_means_no_more_than_the_second() {
    for apart in [60, 150, 300, 480] {
        let mut hand = with(&["answer"]);
        assert!(clicks(&mut hand, 5_000, "answer", IN_FIRST));
        shows(&mut hand, 5_000, &["hang up"]);
        for click in 1..=2 {
            assert!(!clicks(&mut hand, 5_000 + click * apart, "hang up", IN_FIRST), "{apart} ms, {click}");
        }
        // Under what was closed.
        let mut hand = with(&["done", "sign out"]);
        assert!(clicks(&mut hand, 5_000, "done", (50.0, 60.0)));
        for click in 1..=2 {
            assert!(
                !clicks(&mut hand, 5_000 + click * apart, "sign out", (50.0, 62.0)),
                "{apart} ms, {click}"
            );
        }
    }
    // Whoever goes on and on means what is there by now; and whoever began on it means it at once.
    let mut hand = with(&["digit"]);
    let heard =
        |hand: &mut Hand<_>, from: u64, on| (from..).step_by(250).find(|at| clicks(hand, *at, on, IN_FIRST));
    assert!(clicks(&mut hand, 5_000, "digit", IN_FIRST));
    shows(&mut hand, 5_010, &["answer"]);
    assert_eq!(heard(&mut hand, 5_250, "answer"), Some(5_000 + 5 * 250));
    shows(&mut hand, 9_000, &["hang up"]);
    assert_eq!(heard(&mut hand, 9_250, "hang up"), Some(9_750));
}

#[test]
fn a_third_press_of_a_key_means_no_more_than_the_second() {
    let mut hand = with(&["settings", "hang up", "done"]);
    let escapes = |hand: &mut Hand<_>, at, on| {
        hand.focused(at, on);
        let counts = hand.key_down(at, "Escape", false, on, KeyTarget::Page);
        hand.key_up("Escape", &on);
        counts
    };
    hand.focused(0, "settings");
    assert!(escapes(&mut hand, 5_000, "settings"));
    hand.focused(5_010, "hang up");
    for at in [5_300, 5_650, 5_950] {
        assert!(!escapes(&mut hand, at, "hang up"), "{at}");
    }
    assert!(escapes(&mut hand, 5_950 + HAND_MS, "hang up"));
}

#[test]
fn what_is_new_takes_no_first_click_either() {
    let mut hand = with(&["digit"]);
    shows(&mut hand, 9_000, &["answer"]);
    assert!(!clicks(&mut hand, 9_100, "answer", IN_FIRST));
    // What was refused holds nothing up.
    assert!(clicks(&mut hand, 9_000 + HAND_MS, "answer", IN_FIRST));
}

#[test]
fn the_same_control_takes_clicks_as_fast_as_they_come() {
    let mut hand = with(&["mute", "1", "2"]);
    for now_ms in (5_000..5_400).step_by(40) {
        assert!(clicks(&mut hand, now_ms, "mute", IN_FIRST));
        assert!(clicks(&mut hand, now_ms + 10, "1", (50.0, 85.0)));
        assert!(clicks(&mut hand, now_ms + 20, "2", (50.0, 145.0)));
    }
}

#[test]
fn two_fingers_press_before_either_is_up() {
    let mut hand = with(&["1", "2"]);
    assert!(hand.pointer_down(5_000, Some("1"), IN_FIRST));
    assert!(hand.pointer_down(5_050, Some("2"), (50.0, 85.0)));
    assert!(hand.click(5_060, Some(&"1"), true));
    assert!(hand.click(5_100, Some(&"2"), true));
}

#[test]
fn a_control_that_means_something_else_now_is_a_new_one() {
    let mut hand = Hand::default();
    hand.look(0, false, vec![("button", "sign out Berlin".to_owned(), at(0.0))]);
    assert!(clicks(&mut hand, 5_000, "button", IN_FIRST));
    hand.look(5_010, false, vec![("button", "sign out Rome".to_owned(), at(0.0))]);
    assert!(!clicks(&mut hand, 5_200, "button", IN_FIRST));
    assert!(!hand.click(5_200, Some(&"button"), false), "nor by a key");
    assert!(clicks(&mut hand, 5_010 + HAND_MS, "button", IN_FIRST));
}

#[test]
fn a_control_that_has_moved_takes_clicks_where_it_was_all_the_time() {
    let mut hand = with(&["mute", "hang up"]);
    let moved = vec![("mute", "mute".to_owned(), at(40.0)), ("hang up", "hang up".to_owned(), at(100.0))];
    hand.look(5_000, false, moved);
    // In what both places have in common, and only there.
    assert!(clicks(&mut hand, 5_010, "mute", (50.0, 45.0)));
    assert!(!clicks(&mut hand, 5_100, "mute", (50.0, 80.0)));
    assert!(clicks(&mut hand, 5_000 + HAND_MS, "mute", (50.0, 80.0)));

    // Step by step it is no other thing: what it covered before the first of them counts.
    let mut hand = with(&["mute"]);
    for step in 1..=10 {
        hand.look(5_000 + step * 16, false, vec![("mute", "mute".to_owned(), at(5.0 * step as f64))]);
    }
    assert!(!clicks(&mut hand, 5_200, "mute", (50.0, 90.0)));
    assert!(clicks(&mut hand, 5_200, "mute", (50.0, 50.0)));
}

#[test]
fn who_scrolls_knows_what_moves() {
    let mut hand = with(&["row"]);
    hand.look(5_000, true, vec![("row", "row".to_owned(), at(300.0))]);
    assert!(clicks(&mut hand, 5_050, "row", (50.0, 325.0)));
    // What has slipped before that is still in the wrong place.
    hand.look(8_000, false, vec![("row", "row".to_owned(), at(360.0))]);
    hand.look(8_050, true, vec![("row", "row".to_owned(), at(460.0))]);
    assert!(!clicks(&mut hand, 8_100, "row", (50.0, 485.0)));
}

#[test]
fn two_presses_at_one_spot_mean_one_thing() {
    // The second control was there all the time: the first one lay over it.
    let mut hand = with(&["done", "sign out"]);
    assert!(clicks(&mut hand, 5_000, "done", (50.0, 60.0)));
    assert!(!clicks(&mut hand, 5_300, "sign out", (53.0, 62.0)));
    assert!(clicks(&mut hand, 5_300 + HAND_MS, "sign out", (53.0, 62.0)));
    // Elsewhere it is another decision.
    assert!(clicks(&mut hand, 6_000, "done", (50.0, 30.0)));
}

#[test]
fn a_pointer_that_went_down_elsewhere_clicks_nothing() {
    let mut hand = with(&["old", "other"]);
    assert!(hand.pointer_down(5_000, Some("old"), IN_FIRST));
    shows(&mut hand, 5_010, &["new", "other"]);
    assert!(!hand.click(9_000, Some(&"new"), true), "however long it was held");
    assert!(clicks(&mut hand, 9_500, "new", IN_FIRST));

    assert!(hand.pointer_down(10_000, None, (300.0, 300.0)));
    assert!(!hand.click(10_100, Some(&"other"), true), "it came down beside everything");
    // The same element, which means something else by the time of the click.
    assert!(hand.pointer_down(11_000, Some("other"), (50.0, 85.0)));
    hand.look(11_050, false, vec![("other", "delete".to_owned(), at(60.0))]);
    assert!(!hand.click(12_000, Some(&"other"), true));
}

#[test]
fn who_clicks_without_a_pointer_means_the_control() {
    // A screen reader, a voice: no press comes before.
    let mut hand = with(&["answer"]);
    assert!(hand.click(5_000, Some(&"answer"), false));
    assert!(hand.click(5_001, Some(&"answer"), true), "some of them say that they are a mouse");
    shows(&mut hand, 5_100, &["hang up"]);
    assert!(!hand.click(5_200, Some(&"hang up"), false));
    assert!(hand.click(5_100 + HAND_MS, Some(&"hang up"), false));
    assert!(hand.click(9_000, Some(&"a checkbox that only its label shows"), false));
}

#[test]
fn a_window_that_lay_over_the_page_uncovers_it() {
    let mut hand = with(&["sign out"]);
    hand.uncovered(5_000);
    assert!(!clicks(&mut hand, 5_300, "sign out", IN_FIRST));
    assert!(clicks(&mut hand, 5_000 + HAND_MS, "sign out", IN_FIRST));
}

/// A key that is pressed and let go, and what it does to a control; true when somebody hears of it.
fn presses(
    hand: &mut Hand<&'static str>,
    now_ms: u64,
    key: &str,
    on: &'static str,
    target: KeyTarget,
) -> bool {
    let down = hand.key_down(now_ms, key, false, on, target);
    let click =
        target == KeyTarget::Control && key == "Enter" && down && hand.click(now_ms, Some(&on), false);
    let up = hand.key_up(key, &on);
    let click = click
        || target == KeyTarget::Control && key == " " && down && up && hand.click(now_ms, Some(&on), false);
    down && (click || target != KeyTarget::Control)
}

#[test]
fn a_key_acts_where_the_focus_has_been() {
    use KeyTarget::{Control, Field, Page};
    let mut hand = with(&["hang up", "done"]);
    hand.focused(0, "hang up");
    for key in ["Enter", " "] {
        assert!(presses(&mut hand, 5_000, key, "hang up", Control), "{key}");
    }
    // The focus has gone on by itself: to a button that was there, to the field, to the page.
    let mut now_ms = 6_000;
    for (on, target) in [("done", Control), ("field", Field), ("page", Page), ("hang up", Control)] {
        for (key, later) in [("Enter", 0), ("Escape", 60), ("Enter", 300), ("Escape", HAND_MS - 1)] {
            hand.focused(now_ms, on);
            assert!(!presses(&mut hand, now_ms + later, key, on, target), "{key} on {on} after {later} ms");
        }
        assert!(presses(&mut hand, now_ms + HAND_MS, "Enter", on, target), "{on}");
        now_ms += 2 * HAND_MS;
    }
    // Found only when the key comes: what had the focus is gone.
    assert!(!presses(&mut hand, 60_000, "Escape", "another page", Page));
}

#[test]
fn who_moves_the_focus_knows_where_it_is() {
    use KeyTarget::{Control, Field};
    let mut hand = with(&["mute", "hang up"]);
    hand.focused(0, "mute");
    assert!(hand.key_down(5_000, "Tab", false, "mute", Control));
    hand.focused(5_000, "hang up");
    assert!(hand.key_up("Tab", &"hang up"));
    assert!(presses(&mut hand, 5_020, "Enter", "hang up", Control));
    // By a press.
    assert!(hand.pointer_down(6_000, Some("mute"), IN_FIRST));
    hand.focused(6_000, "mute");
    assert!(hand.click(6_010, Some(&"mute"), true));
    assert!(presses(&mut hand, 6_050, " ", "mute", Control));
    // What the click does to the focus is not the user's.
    hand.focused(6_060, "hang up");
    assert!(!presses(&mut hand, 6_100, "Enter", "hang up", Control));
    // By writing.
    hand.focused(7_000, "field");
    assert!(!presses(&mut hand, 7_050, "Enter", "field", Field));
    hand.writes();
    assert!(presses(&mut hand, 7_100, "Enter", "field", Field));
    // A new control has nobody meant, however the focus came there.
    shows(&mut hand, 8_000, &["new"]);
    assert!(hand.key_down(8_010, "Tab", false, "page", Field));
    hand.focused(8_010, "new");
    assert!(!presses(&mut hand, 8_050, "Enter", "new", Control));
}

#[test]
fn enter_in_a_field_clicks_the_button_of_its_form() {
    let mut hand = with(&[]);
    hand.focused(0, "passcode");
    shows(&mut hand, 4_900, &["sign in"]);
    assert!(hand.key_down(5_000, "Enter", false, "passcode", KeyTarget::Field));
    assert!(hand.click(5_000, Some(&"sign in"), false));
    assert!(!hand.click(5_000, Some(&"sign in"), false), "once");
}

#[test]
fn a_key_that_repeats_only_writes_moves_and_deletes() {
    use KeyTarget::{Control, Field, Lines, Page};
    let mut hand = with(&["done"]);
    hand.focused(0, "done");
    for target in [Control, Field, Page] {
        assert!(!hand.key_down(5_000, "Enter", true, "done", target));
        assert!(!hand.key_down(5_000, "Escape", true, "done", target));
        for key in ["Backspace", "Delete", "ArrowDown", "PageUp", "Tab", "5", "a", "F5"] {
            assert!(hand.key_down(5_000, key, true, "done", target), "{key}");
        }
    }
    assert!(!hand.key_down(5_000, " ", true, "done", Control));
    // A space is text, and scrolls the page.
    assert!(hand.key_down(5_000, " ", true, "done", Field));
    assert!(hand.key_down(5_000, " ", true, "done", Page));
    assert!(hand.key_down(5_000, "Enter", true, "done", Lines));
    // Begun in one field, it writes in no other; it may move and scroll on.
    for (key, crosses) in [("5", false), ("Backspace", false), ("ArrowDown", true), ("Tab", true)] {
        assert!(hand.key_down(5_500, key, false, "number", Field));
        assert!(hand.key_down(5_900, key, true, "number", Field));
        assert_eq!(hand.key_down(5_930, key, true, "another", Field), crosses, "{key}");
        assert_eq!(hand.key_down(5_960, key, true, "page", Page), crosses, "{key}");
    }
    // Its first press counts, and letting it go.
    assert!(hand.key_down(6_000, " ", false, "done", Control));
    assert!(!hand.key_down(6_500, " ", true, "done", Control));
    assert!(hand.key_up(" ", &"done"));
    assert!(hand.click(6_600, Some(&"done"), false));
}

#[test]
fn a_key_that_went_down_elsewhere_clicks_nothing_when_it_comes_up() {
    use KeyTarget::Control;
    let mut hand = with(&["decline", "call again"]);
    hand.focused(0, "decline");
    assert!(hand.key_down(5_000, " ", false, "decline", Control));
    hand.focused(5_050, "call again");
    assert!(!hand.key_up(" ", &"call again"));
    // The same control, which means something else now.
    hand.focused(6_000, "decline");
    assert!(hand.key_down(7_000, " ", false, "decline", Control));
    hand.look(7_010, false, vec![("decline", "call again".to_owned(), at(0.0))]);
    assert!(!hand.key_up(" ", &"decline"));
    // A refused key is refused to its end.
    assert!(!hand.key_down(7_100, " ", false, "decline", Control));
    assert!(!hand.key_up(" ", &"decline"));
}
