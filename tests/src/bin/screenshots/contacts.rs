use anyhow::Result;
use e2e::softphone::Softphone;

use crate::camera::Camera;

const FILE: &str = "BEGIN:VCARD\nFN:Aiko Yamada\nTEL;TYPE=CELL:+819059876543\nTEL;TYPE=WORK:+81312345678\nNOTE:Met in Kyoto.\\n\
     Prefers mornings.\nEND:VCARD\nBEGIN:VCARD\nFN:Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley\nTEL;TYPE=HOME:+442079460958\n\
     END:VCARD\nBEGIN:VCARD\nFN:Front desk\nTEL;TYPE=MAIN:+12025550143,,12#\nEND:VCARD\nBEGIN:VCARD\nFN:Nobody\nTEL:soon\nEND:VCARD\n";

pub(crate) async fn take(phone: &Softphone, camera: &Camera) -> Result<()> {
    phone.opens_contacts().await?;
    phone.sees(".contacts-none").await?;
    camera.shoot(phone, "contacts-none").await?;
    phone.scrolls_and_clicks("#add-contact").await?;
    phone.sees("#contact-name").await?;
    camera.shoot(phone, "contacts-add").await?;
    phone.scrolls_and_clicks("#contact-save").await?;
    phone.scrolls_and_clicks("#contact-form .action-quiet").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("contacts.vcf");
    std::fs::write(&file, FILE)?;
    phone.scrolls_and_clicks("#import-contacts").await?;
    phone.browser.see("#import-file").await?.send_keys(&file.to_string_lossy()).await?;
    phone.sees("#import-write").await?;
    camera.shoot(phone, "contacts-import").await?;
    phone.scrolls_and_clicks("#import-write").await?;
    phone.sees("#imported").await?;
    phone.scrolls_and_clicks("#import-done").await?;
    phone
        .sees_contacts(&[
            "Aiko Yamada",
            "Bartholomew Featherstonehaugh-Cholmondeley of the Upper Valley",
            "Front desk",
            "Nobody",
        ])
        .await?;
    phone.browser.click(".contact-star").await?;
    phone.sees(".contact-star[aria-pressed=true]").await?;
    phone.browser.click(".contact-head").await?;
    phone.sees(".contact-numbers").await?;
    camera.shoot(phone, "contacts").await?;
    phone.browser.click("#contacts-close").await
}
