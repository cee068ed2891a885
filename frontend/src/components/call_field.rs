use leptos::prelude::*;

use crate::model::Call;
use crate::state::Phone;

/// One aspect of the call; `None` when there is none any more.
pub(super) fn field<T: PartialEq + Send + Sync + 'static>(
    phone: Phone,
    read: impl Fn(&Call) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| phone.call.with(|call| call.as_ref().map(&read)))
}
