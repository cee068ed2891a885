/// Samples per second, everywhere.
pub(crate) const SAMPLE_RATE: u32 = 8000;
/// Samples in 20 ms.
pub(crate) const FRAME: usize = 160;
/// 20 ms of audio.
pub(crate) type Frame = [i16; FRAME];
