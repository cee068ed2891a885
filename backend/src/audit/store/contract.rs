use crate::{
    audit::event::{AuditEvent, AuditRecord},
    sign_in::throttle::CountedFor,
    store::{Store, contract::fixtures::*},
};

pub(crate) async fn audit(store: &dyn Store) {
    let entry = |event: AuditEvent, at| AuditRecord::new(&event, at, Some("203.0.113.9".into()));
    let added = entry(AuditEvent::LineAdded { line: number(A) }, 100);
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
