use super::*;

fn number(text: &str) -> PhoneNumber {
    PhoneNumber::from_e164(text).unwrap()
}

#[test]
fn only_the_last_number_typed_is_asked_about() {
    let mut advice = DialAdvice::default();
    assert_eq!(advice.typed(None, 0), None, "nothing is complete yet");
    let (first, second) = (number("+12125550110"), number("+815031234567"));
    let change = advice.typed(Some(&first), 0).unwrap();
    assert_eq!(advice.typed(Some(&first), 10), None, "asked already");
    let later = advice.typed(Some(&second), 20).unwrap();
    assert_eq!(advice.question(change), None);
    assert_eq!(advice.question(later), Some(&second));
    advice.typed(None, 30);
    assert_eq!(advice.question(later), None);
}

#[test]
fn an_answer_is_about_its_number_and_holds_for_a_while() {
    let mut advice = DialAdvice::default();
    let (allowed, refused) = (number("+12125550110"), number("+815031234567"));
    advice.typed(Some(&refused), 0);
    advice.answered(refused.clone(), Some(Refusal::CountryNotAllowed), 100);
    assert_eq!(advice.refusal(200), Some(Refusal::CountryNotAllowed));
    assert!(advice.typed(Some(&allowed), 300).is_some());
    assert_eq!(advice.refusal(300), None, "of the other number");
    // Late, for a number that is not there any more.
    advice.answered(refused.clone(), Some(Refusal::TooManyCalls), 400);
    assert_eq!(advice.refusal(400), None);
    assert_eq!(advice.typed(Some(&refused), 500), None, "known");
    assert_eq!(advice.refusal(500), Some(Refusal::TooManyCalls));
    assert_eq!(advice.refusal(400 + FRESH_MS), None);
    advice.typed(None, 600);
    assert!(advice.typed(Some(&refused), 400 + FRESH_MS).is_some(), "asked again");
}

#[test]
fn a_limit_that_may_be_over_by_now_is_told_but_forbids_nothing() {
    let mut advice = DialAdvice::default();
    let to = number("+12125550110");
    advice.typed(Some(&to), 0);
    for (why, forbids) in [
        (Refusal::PremiumNumber, true),
        (Refusal::TooManyCalls, false),
        (Refusal::LineMinutesSpent, false),
        (Refusal::ServerMinutesSpent, false),
    ] {
        advice.answered(to.clone(), Some(why), 100);
        assert_eq!((advice.refusal(200), advice.forbids(200)), (Some(why), forbids.then_some(why)));
    }
}

#[test]
fn few_answers_are_kept() {
    let mut advice = DialAdvice::default();
    for last in 10..60 {
        advice.answered(number(&format!("+12125550{last}0")), None, 0);
    }
    assert_eq!(advice.answers.len(), KEPT);
}
