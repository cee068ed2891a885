use crate::model::Call;
use crate::state::Phone;

/// One aspect of the call; `None` when there is none any more. Read anew at every change of the call: what is shown by it
/// changes only when it does. Where buttons hang on it, make it a `Memo`, or they lose the focus.
pub(crate) fn field<T>(
    phone: Phone,
    read: impl Fn(&Call) -> T + Copy + 'static,
) -> impl Fn() -> Option<T> + Copy + 'static {
    move || phone.calls.call.with(|call| call.as_ref().map(read))
}
