//! What networks say of a caller's number.

use anyhow::ensure;
use e2e::scenario::scenario;
use e2e::stack::{EXTERNAL, Options, TOKYO};
use emulator::Attestation;

#[tokio::test]
async fn a_verified_caller_has_a_badge_that_explains_itself() {
    scenario("verified", Options::default(), async |cast| {
        let phone = cast.person("Tokyo", 440).await?;
        phone.signs_in(TOKYO.number, TOKYO.passcode).await?;
        let far = cast.stack.emulator().phone(EXTERNAL);
        far.attest(Attestation::A);
        let call = far.call(TOKYO.number).await?;
        phone.sees_call("incoming").await?;
        phone.sees("#caller-badge[data-attestation='verified']").await?;
        phone.browser.click("#caller-badge summary").await?;
        let words = phone.browser.text("#caller-badge").await?;
        ensure!(words.contains("Verified caller") && words.contains("phone company"), "{words:?}");
        phone.answers().await?;
        phone.sees_call("open").await?;
        phone.sees("#caller-badge[data-attestation='verified']").await?;
        call.hang_up().await;
        phone.sees_end("completed").await?;
        phone.is_done().await?;

        for (attestation, badge) in [
            (Attestation::B, None),
            (Attestation::None, None),
            (Attestation::Failed, Some("#caller-badge[data-attestation='failed']")),
        ] {
            far.attest(attestation);
            let call = far.call(TOKYO.number).await?;
            phone.sees_call("incoming").await?;
            match badge {
                Some(badge) => phone.sees(badge).await?,
                None => phone.browser.see_no("#caller-badge").await?,
            }
            call.hang_up().await;
            phone.sees_end("canceled").await?;
            phone.is_done().await?;
        }
        Ok(())
    })
    .await;
}
