use crate::world::{World, texts};

#[actix_web::test]
async fn a_list_is_followed_page_by_page_and_back() {
    let world = World::start().await;
    let all = world.path("/Applications.json");
    for count in 0..6 {
        let form = [("FriendlyName", if count == 5 { "odd" } else { "many" })];
        assert_eq!(world.post(&all, &form).await.status, 201);
    }
    let first = world.get(&format!("{all}?PageSize=2&FriendlyName=many")).await.body;
    assert_eq!(
        (&first["page"], &first["page_size"], &first["start"], &first["end"]),
        (&0.into(), &2.into(), &0.into(), &1.into())
    );
    assert!(first["previous_page_uri"].is_null());
    let (mut page, mut seen) = (first.clone(), Vec::new());
    loop {
        seen.extend(texts(&page["applications"], "sid"));
        assert!(texts(&page["applications"], "friendly_name").iter().all(|name| name == "many"));
        let Some(next) = page["next_page_uri"].as_str() else { break };
        page = world.get(next).await.body;
    }
    assert_eq!(seen.len(), 5);
    assert_eq!((&page["page"], &page["start"], &page["end"]), (&2.into(), &4.into(), &4.into()));
    let before = world.get(page["previous_page_uri"].as_str().unwrap()).await.body;
    assert_eq!(texts(&before["applications"], "sid"), seen[2..4]);
    assert_eq!(
        world.get(page["first_page_uri"].as_str().unwrap()).await.body["applications"],
        first["applications"]
    );
}

#[actix_web::test]
async fn a_page_is_not_guessed() {
    let world = World::start().await;
    let all = world.path("/Applications.json");
    assert_eq!(world.get(&format!("{all}?Page=1")).await.error(), (400, 20006));
    assert_eq!(world.get(&format!("{all}?Page=1&PageToken=rubbish")).await.error(), (400, 20006));
    assert_eq!(world.get(&format!("{all}?PageSize=many")).await.error(), (400, 20001));
    assert_eq!(world.get(&format!("{all}?PageSize=5000")).await.body["page_size"], 1000);
}
