// Trunk runs this after a build and says by the environment where the files are. Trunk's hooks of one stage run all at once,
// hence one for all that release.mjs does beside the program: nothing is made small, for a development build is read once, by
// one browser.
import { writeApp } from "./app.mjs";
import { fail } from "./files.mjs";
import { copyMessages } from "./messages.mjs";
import { copyNoise, isNoiseThere } from "./noise.mjs";
import { writeNotices } from "./notices.mjs";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
if (!TRUNK_STAGING_DIR) fail("trunk.mjs is a hook for Trunk (see Trunk.toml), and TRUNK_STAGING_DIR is not set");
copyMessages(TRUNK_PROFILE, TRUNK_STAGING_DIR);
// The page then says that the filter is not there.
if (isNoiseThere()) copyNoise(TRUNK_STAGING_DIR);
else console.warn("No strong noise filter: run `npm ci` in frontend/.");
writeNotices(TRUNK_STAGING_DIR);
// What the page without a server needs: the program is large, and another one after every change.
writeApp(TRUNK_STAGING_DIR, /\.(?:css|svg)$/);
