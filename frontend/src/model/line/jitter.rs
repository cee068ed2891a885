/// Random numbers for pauses, so that phones that lost the same server do not come back in step. Xorshift (Marsaglia 2003):
/// nothing secret depends on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Jitter(u32);

impl Jitter {
    pub(super) fn new(seed: u32) -> Self {
        // zero would stay zero
        Self(seed | 1)
    }

    /// From 0 to `span`, excluded where it is not 0.
    pub(super) fn below(&mut self, span: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        u64::from(self.0) % span.max(1)
    }
}
