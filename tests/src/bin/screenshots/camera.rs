use std::path::PathBuf;

use anyhow::Result;
use e2e::softphone::Softphone;

const SIZES: [(&str, u32, u32); 3] = [("phone", 360, 740), ("tablet", 820, 1180), ("desktop", 1440, 900)];
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../artifacts/screenshots");

/// Takes pictures of a phone, and knows which are wanted.
pub(crate) struct Camera {
    folder: PathBuf,
    /// What the name of a picture must contain, each in its turn; all are wanted when there is none.
    wanted: Vec<String>,
    /// The README is in English.
    for_readme: bool,
}

impl Camera {
    pub(crate) fn new(language: Option<&str>, wanted: Vec<String>) -> Result<Self> {
        let folder = PathBuf::from(FOLDER).join(language.unwrap_or_default());
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder, for_readme: language.is_none() && wanted.is_empty(), wanted })
    }

    /// The state at every size, light and dark.
    pub(crate) async fn shoot(&self, phone: &Softphone, state: &str) -> Result<()> {
        for (size, width, height) in SIZES {
            self.shoot_at(phone, state, size, (width, height)).await?;
        }
        Ok(())
    }

    /// The state at one size, light and dark.
    pub(crate) async fn shoot_at(
        &self,
        phone: &Softphone,
        state: &str,
        size: &str,
        (width, height): (u32, u32),
    ) -> Result<()> {
        for (scheme, dark) in [("light", false), ("dark", true)] {
            let name = format!("{state}-{size}-{scheme}.png");
            if self.wanted.iter().all(|part| name.contains(part.as_str())) {
                phone.browser.look(width, height, dark).await?;
                std::fs::write(self.folder.join(name), phone.browser.screenshot().await?)?;
            }
        }
        Ok(())
    }

    /// The README's own picture, where it is kept.
    pub(crate) async fn shoot_for_readme(&self, phone: &Softphone) -> Result<()> {
        if self.for_readme {
            phone.browser.look(860, 800, false).await?;
            let image = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/phone.png");
            std::fs::write(image, phone.browser.screenshot().await?)?;
        }
        Ok(())
    }
}
