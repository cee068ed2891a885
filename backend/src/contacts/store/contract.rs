use shared::api::contacts::{ContactNumber, NumberKind};

use super::{Asked, ContactChanged, Written, place};
use crate::{
    contacts::contact::{Details, Kept},
    events::event::Since,
    store::{Store, contract::fixtures::*},
};

fn details(name: &str, numbers: &[&str]) -> Details {
    let numbers = numbers.iter();
    let numbers =
        numbers.map(|number| ContactNumber { number: (*number).to_owned(), kind: NumberKind::Mobile });
    Details { name: name.to_owned(), numbers: numbers.collect(), ..Details::default() }
}

fn new(id: &str, shared: bool, details: Details) -> Written {
    Written { id: id.to_owned(), revision: None, shared, details }
}

async fn write(store: &dyn Store, line: &str, written: &[Written]) -> ContactChanged {
    store.write_contacts(&number(line), written).await.unwrap()
}

async fn found(store: &dyn Store, line: &str, search: &str) -> Vec<Kept> {
    let line = number(line);
    let after = (String::new(), String::new());
    store.contacts(&Asked { line: &line, search, favourites: false, after, most: 100 }).await.unwrap()
}

async fn names(store: &dyn Store, line: &str, search: &str) -> Vec<String> {
    found(store, line, search).await.into_iter().map(|kept| kept.details.name).collect()
}

async fn two_lines(store: &dyn Store) {
    store.add_line(&line(A)).await.unwrap();
    store.add_line(&line(B)).await.unwrap();
}

/// What is a line's own is nobody else's; what is shared is everybody's.
pub(crate) async fn owners(store: &dyn Store) {
    two_lines(store).await;
    let own = new("1", false, details("Own", &["+819059876543"]));
    let shared = new("2", true, details("Shared", &["+819059876543", "+12025550199"]));
    assert_eq!(write(store, A, &[own, shared]).await, ContactChanged::Done);
    assert_eq!(names(store, A, "").await, ["Own", "Shared"]);
    assert_eq!(names(store, B, "").await, ["Shared"]);
    let asked = ["+819059876543", "+12025550199", "+12025550198"].map(number);
    let mut told = store.contact_names(&number(A), &asked).await.unwrap();
    told.sort_by(|one, other| one.0.cmp(&other.0));
    let told: Vec<_> = told.into_iter().map(|(number, name)| (number, name.name)).collect();
    assert_eq!(told, [("+12025550199".into(), "Shared".into()), ("+819059876543".into(), "Own".to_owned())]);
    let told = store.contact_names(&number(B), &asked).await.unwrap();
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|(_, name)| name.name == "Shared"));
    // Neither seen, nor changed, nor removed, nor made a favourite by others.
    assert_eq!(store.contact(&number(B), "1").await.unwrap(), None);
    let change = Written { revision: Some(1), ..new("1", false, details("Theirs", &[])) };
    assert_eq!(write(store, B, &[change]).await, ContactChanged::NoContact);
    assert!(!store.remove_contact(&number(B), "1").await.unwrap());
    assert!(!store.set_favourite(&number(B), "1", true).await.unwrap());
    assert!(store.remove_contact(&number(B), "2").await.unwrap());
    assert!(!store.remove_contact(&number(B), "2").await.unwrap());
    // It goes with its line.
    assert!(store.remove_line(&number(A)).await.unwrap());
    store.add_line(&line(A)).await.unwrap();
    assert!(found(store, A, "").await.is_empty());
}

/// Of two changes at once one counts, and the other is told.
pub(crate) async fn changes(store: &dyn Store) {
    two_lines(store).await;
    write(store, A, &[new("1", false, details("A", &["110", "119"]))]).await;
    let change =
        |revision, shared, details| Written { revision: Some(revision), ..new("1", shared, details) };
    let with_note = Details { note: "n".into(), ..details("B", &["119"]) };
    assert_eq!(write(store, A, &[change(1, false, with_note.clone())]).await, ContactChanged::Done);
    assert_eq!(write(store, A, &[change(1, false, details("C", &[]))]).await, ContactChanged::Newer);
    let kept = store.contact(&number(A), "1").await.unwrap().unwrap();
    assert_eq!((kept.revision, &kept.details, kept.shared), (2, &with_note, false));
    // None of several, when one of them cannot be.
    let both = [new("2", false, details("New", &[])), change(1, false, details("C", &[]))];
    assert_eq!(write(store, A, &both).await, ContactChanged::Newer);
    assert_eq!(names(store, A, "").await, ["B"]);
    // Given to all, and taken back by another line: it is that line's.
    assert_eq!(write(store, A, &[change(2, true, with_note.clone())]).await, ContactChanged::Done);
    assert!(store.set_favourite(&number(A), "1", true).await.unwrap());
    assert!(store.set_favourite(&number(B), "1", true).await.unwrap());
    assert_eq!(write(store, B, &[change(3, false, with_note)]).await, ContactChanged::Done);
    assert_eq!((names(store, A, "").await.len(), names(store, B, "").await.len()), (0, 1));
    assert!(store.contact(&number(B), "1").await.unwrap().unwrap().favourite);
}

/// Each line has favourites of its own.
pub(crate) async fn favourites(store: &dyn Store) {
    two_lines(store).await;
    write(store, A, &[new("1", true, details("A", &[])), new("2", true, details("B", &[]))]).await;
    for _ in 0..2 {
        assert!(store.set_favourite(&number(A), "2", true).await.unwrap());
    }
    assert!(!store.set_favourite(&number(A), "3", true).await.unwrap());
    let favourites = async |line: &str| {
        let line = number(line);
        let after = (String::new(), String::new());
        let asked = Asked { line: &line, search: "", favourites: true, after, most: 9 };
        store.contacts(&asked).await.unwrap().into_iter().map(|kept| kept.id).collect::<Vec<_>>()
    };
    assert_eq!((favourites(A).await, favourites(B).await), (vec!["2".to_owned()], vec![]));
    assert!(store.set_favourite(&number(A), "2", false).await.unwrap());
    assert!(favourites(A).await.is_empty());
}

/// A list by pages has each once, in the order of readings and names, whatever becomes of it meanwhile.
pub(crate) async fn pages(store: &dyn Store) {
    two_lines(store).await;
    let many: Vec<_> = (0..150)
        .map(|n| new(&format!("{n:03}"), n % 3 == 0, details(&format!("name {}", n % 40), &["110"; 1])))
        .collect();
    for some in many.chunks(64) {
        assert_eq!(write(store, A, some).await, ContactChanged::Done);
    }
    let first = Details { reading: "ｱﾀﾞﾁ".into(), ..details("足立", &[]) };
    let second = Details { reading: "いとう".into(), ..details("伊藤", &[]) };
    write(store, A, &[new("y", false, second), new("x", false, first)]).await;
    let (mut after, mut all) = ((String::new(), String::new()), Vec::new());
    loop {
        let line = number(A);
        let asked = Asked { line: &line, search: "", favourites: false, after: after.clone(), most: 7 };
        let page = store.contacts(&asked).await.unwrap();
        let Some(last) = page.last() else { break };
        after = place(last);
        // The one that the next page begins behind is gone.
        assert!(store.remove_contact(&number(A), &last.id).await.unwrap());
        all.extend(page);
    }
    assert_eq!(all.len(), 152);
    let sorted = all.is_sorted_by_key(place);
    assert!(sorted);
    let last: Vec<_> = all[150..].iter().map(|kept| kept.details.name.as_str()).collect();
    assert_eq!(last, ["足立", "伊藤"]);
}

/// However it is written.
pub(crate) async fn searches(store: &dyn Store) {
    two_lines(store).await;
    let numbers = ["+819059876543", "+442079460958"];
    let yamada = Details {
        reading: "ヤマダ アイコ".into(),
        note: "met in Zürich, 100%".into(),
        ..details("山田 愛子", &numbers)
    };
    write(store, A, &[new("1", false, yamada), new("2", false, details("Müller_x", &["110"]))]).await;
    for search in
        ["山田", "やまだ", "ﾔﾏﾀﾞ あいこ", "zurich", "100%", "090-5987", "+44 (0)20", "5987 6543", "0081 90"]
    {
        assert_eq!(names(store, A, search).await, ["山田 愛子"], "{search}");
    }
    for search in ["muller", "MÜLLER", "r_x", "110"] {
        assert_eq!(names(store, A, search).await, ["Müller_x"], "{search}");
    }
    assert_eq!(names(store, A, "%").await, ["山田 愛子"]);
    for search in ["🎉", "_ _ _ %", "山田 muller", "\\"] {
        assert!(names(store, A, search).await.is_empty(), "{search}");
    }
}

/// Whoever sees it is told, and what is told once more takes nobody's place.
pub(crate) async fn told(store: &dyn Store) {
    two_lines(store).await;
    let told = async |line: &str| match store.events(&number(line), 0).await.unwrap() {
        Since::Events(events) => events.into_iter().map(|event| event.kind).collect::<Vec<_>>(),
        gap @ Since::Gap { .. } => panic!("{gap:?}"),
    };
    write(store, A, &[new("1", false, details("A", &[]))]).await;
    assert_eq!((told(A).await.len(), told(B).await.len()), (1, 0));
    write(store, A, &[new("2", true, details("B", &[]))]).await;
    store.remove_contact(&number(A), "1").await.unwrap();
    assert_eq!((told(A).await, told(B).await.len()), (vec!["contacts_changed".to_owned()], 1));
    let last = store.last_event().await.unwrap();
    store.set_favourite(&number(B), "2", true).await.unwrap();
    assert!(store.last_event().await.unwrap() > last);
    assert_eq!((told(A).await.len(), told(B).await.len()), (1, 1));
}
