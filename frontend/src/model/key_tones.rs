/// The two tones of a key in Hz (ITU-T Q.23); `None` for what is no key.
pub fn key_tones(key: char) -> Option<(f32, f32)> {
    const KEYS: &str = "123456789*0#";
    const LOW: [f32; 4] = [697.0, 770.0, 852.0, 941.0];
    const HIGH: [f32; 3] = [1209.0, 1336.0, 1477.0];
    let place = KEYS.find(key)?;
    Some((LOW[place / 3], HIGH[place % 3]))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_its_pair() {
        assert_eq!(key_tones('1'), Some((697.0, 1209.0)));
        assert_eq!(key_tones('6'), Some((770.0, 1477.0)));
        assert_eq!(key_tones('0'), Some((941.0, 1336.0)));
        assert_eq!(key_tones('#'), Some((941.0, 1477.0)));
        for no in ['+', ',', 'A', 'é'] {
            assert_eq!(key_tones(no), None, "{no}");
        }
    }
}
