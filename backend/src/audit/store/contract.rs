use crate::{
    audit::{
        AuditFilter,
        event::{Actor, AuditEvent, AuditRecord},
    },
    sign_in::throttle::CountedFor,
    store::{Store, contract::fixtures::*},
};

pub(crate) async fn audit(store: &dyn Store) {
    let entry = |event: AuditEvent, at| AuditRecord::new(&event, at, Some("203.0.113.9".into()));
    let added = entry(AuditEvent::LineAdded { line: number(A), admin: false }, 100);
    let removed = entry(AuditEvent::LineRemoved { line: number(B) }, 200);
    let throttled = entry(AuditEvent::SignInThrottled { line: None, of: CountedFor::Address }, 200);
    for record in [&removed, &added, &throttled] {
        store.add_audit(record, 0).await.unwrap();
    }
    assert_eq!(store.audit(0, None).await.unwrap(), [added.clone(), removed.clone(), throttled.clone()]);
    assert_eq!(store.audit(101, None).await.unwrap(), [removed.clone(), throttled.clone()]);
    assert_eq!(store.audit(0, Some(&number(A))).await.unwrap(), [added]);

    let latest = AuditRecord { address: None, ..entry(AuditEvent::CodeMade { line: number(A) }, 300) };
    store.add_audit(&latest, 200).await.unwrap();
    assert_eq!(store.audit(0, None).await.unwrap(), [removed, throttled, latest]);
}

pub(crate) async fn pages(store: &dyn Store) {
    let entry = |event: AuditEvent, at| AuditRecord::new(&event, at, None);
    let code = |line, at| entry(AuditEvent::CodeMade { line: number(line) }, at).by(Actor::Admin(number(B)));
    let written = [
        entry(AuditEvent::LineAdded { line: number(A), admin: true }, 100).by(Actor::CommandLine),
        // A clock that was behind; and several of one second.
        code(A, 90),
        code(A, 100),
        code(B, 100),
        entry(AuditEvent::DevicesSignedOut { line: number(A), count: 2 }, 110),
    ];
    for record in &written {
        store.add_audit(record, 0).await.unwrap();
    }
    let [added, behind, code_a, code_b, signed_out] = written;
    let mut filter = AuditFilter::default();
    let mut seen = Vec::new();
    loop {
        let page = store.audit_page(&filter, 2).await.unwrap();
        let Some((place, _)) = page.last() else { break };
        filter.before = Some(*place);
        assert!(page.len() <= 2);
        seen.extend(page.into_iter().map(|(_, record)| record));
    }
    let all = [&signed_out, &code_b, &code_a, &added, &behind].map(AuditRecord::clone);
    assert_eq!(seen, all, "the last first, none twice, none left out");

    let find = async |line: Option<&str>, kinds: Option<Vec<&'static str>>| {
        let filter = AuditFilter { line: line.map(number), kinds, before: None };
        let page = store.audit_page(&filter, 100).await.unwrap();
        page.into_iter().map(|(_, record)| record).collect::<Vec<_>>()
    };
    assert_eq!(find(None, Some(vec!["line_added", "devices_signed_out"])).await, [signed_out, added.clone()]);
    assert_eq!(find(None, Some(vec!["line"])).await, [], "whole words");
    assert_eq!(find(None, Some(vec![])).await, []);
    assert_eq!(find(Some(B), None).await, [code_b, code_a, behind], "what its user did, too");
    assert_eq!(find(Some(A), Some(vec!["line_added"])).await, [added]);
}
