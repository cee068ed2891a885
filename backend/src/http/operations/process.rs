use std::{fmt, fs};

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::gauge::ConstGauge,
};

/// What the kernel knows of this process, under the names that Prometheus has for it everywhere. Asked for at every look; where
/// the kernel has no answer, the figure is left out.
#[derive(Debug)]
pub(super) struct Process {
    pub(super) started_at_s: i64,
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        for (name, help, value) in [
            ("process_resident_memory_bytes", "Resident memory", resident_bytes()),
            ("process_open_fds", "Open files and sockets", open_files()),
            ("process_max_fds", "Most files and sockets that may be open", most_files()),
            ("process_start_time_seconds", "When the process started, since 1970", Some(self.started_at_s)),
        ] {
            let Some(value) = value else { continue };
            let figure = ConstGauge::new(value);
            figure.encode(encoder.encode_descriptor(name, help, None, figure.metric_type())?)?;
        }
        Ok(())
    }
}

fn resident_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.parse::<i64>().ok()?.checked_mul(1024)
}

fn open_files() -> Option<i64> {
    // One of them is the look itself.
    i64::try_from(fs::read_dir("/proc/self/fd").ok()?.count()).ok()?.checked_sub(1)
}

#[cfg(unix)]
fn most_files() -> Option<i64> {
    use rustix::process::{Resource, getrlimit};
    i64::try_from(getrlimit(Resource::Nofile).current?).ok()
}

#[cfg(not(unix))]
fn most_files() -> Option<i64> {
    None
}
