use leptos::prelude::*;
use qrcodegen::{QrCode as Code, QrCodeEcc};

/// Empty squares around the code, which readers need.
const EDGE: i32 = 4;

/// A QR code, black on white in light and in dark: not every reader takes it the other way round.
#[component]
pub(super) fn QrCode(text: String, label: String) -> impl IntoView {
    let code = Code::encode_text(&text, QrCodeEcc::Medium).ok()?;
    let side = code.size() + 2 * EDGE;
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=label inner_html=drawing(&code)></svg>
    })
}

/// One rectangle for each row of dark squares that touch.
fn drawing(code: &Code) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                path += &format!("M{} {}h{run}v1h-{run}z", x + EDGE, y + EDGE);
            }
            x += run.max(1);
        }
    }
    format!(
        "<path fill=\"#fff\" d=\"M0 0h{0}v{0}h-{0}z\"/><path fill=\"#000\" d=\"{path}\"/>",
        code.size() + 2 * EDGE
    )
}
