//! The measurements as Markdown.

use std::fmt::Write;
use std::time::Duration;

use super::{Costs, Row};

/// Programs with a promise: the ratio they reach at least, and the one aimed at.
const PROMISES: &[(&str, f64, f64)] = &[
    ("fib", 15.0, 35.0),
    ("collatz", 15.0, 35.0),
    ("mandelbrot", 20.0, 33.0),
    ("spectral_norm", 12.0, 25.0),
    ("nbody_attributes", 8.0, 20.0),
    ("nbody_lists", 8.0, 20.0),
    ("sieve", 8.0, 25.0),
    ("matmul", 8.0, 25.0),
    ("int_lists", 8.0, 25.0),
    ("fannkuch", 5.0, 12.0),
    ("queens", 5.0, 12.0),
    ("objects", 5.0, 12.0),
    ("binary_trees", 4.0, 10.0),
    ("generators", 3.0, 8.0),
    ("async_pingpong", 3.0, 8.0),
    ("word_count", 1.3, 2.5),
    ("strings", 1.3, 2.5),
    ("sort_key", 1.3, 2.5),
];

fn ratio(row: &Row) -> Option<f64> {
    let molt = row.molt.as_ref().ok()?.cpu.as_secs_f64();
    Some(row.python.cpu.as_secs_f64() / molt.max(1e-6))
}

/// What profiles say of programs that have been below their bar.
const CAUSES: &[(&str, &str)] = &[
    (
        "nbody_lists",
        "a third of the time is `pow` of the C library, which CPython calls as well; the rest tests, for each pair, the \
         twenty items that are unpacked",
    ),
    (
        "sieve",
        "its inner loop waits for memory (77 % of the samples are on one load); a list of three million bools is 24 MB, \
         as on CPython. Over half a million numbers the ratio is 9",
    ),
];

fn promise(name: &str) -> Option<(f64, f64)> {
    PROMISES.iter().find(|(n, _, _)| *n == name).map(|(_, least, aim)| (*least, *aim))
}

/// One line about one program, while the benchmark runs.
pub fn summary(row: &Row) -> String {
    match (&row.molt, ratio(row)) {
        (Ok(usage), Some(ratio)) => {
            format!("{:.2} s against {:.2} s, {ratio:.1}x", row.python.cpu.as_secs_f64(), usage.cpu.as_secs_f64())
        }
        _ => error_text(row).unwrap_or_default(),
    }
}

/// The table of the programs: those with a promise in its order, then the others by name.
pub fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| program | CPython | Molt | ratio | at least | aim | memory CPython | memory Molt |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let place = |row: &Row| {
        let found = PROMISES.iter().position(|(name, _, _)| *name == row.name);
        (found.unwrap_or(PROMISES.len()), row.name.clone())
    };
    let mut sorted: Vec<&Row> = rows.iter().collect();
    sorted.sort_by_key(|row| place(row));
    for row in sorted {
        let (least, aim) = match promise(&row.name) {
            Some((least, aim)) => (format!("{least}x"), format!("{aim}x")),
            None => (String::new(), String::new()),
        };
        let python = format!("{:.2} s", row.python.cpu.as_secs_f64());
        let (molt, ratio_text, memory) = match (&row.molt, ratio(row)) {
            (Ok(usage), Some(ratio)) => {
                let met = promise(&row.name).is_none_or(|(least, _)| ratio >= least);
                let shown = if met { format!("{ratio:.1}x") } else { format!("**{ratio:.1}x** (missed)") };
                (format!("{:.3} s", usage.cpu.as_secs_f64()), shown, mib(usage.memory))
            }
            _ => (String::from("none"), error_text(row).unwrap_or_default(), String::new()),
        };
        let _ = writeln!(
            text,
            "| {} | {python} | {molt} | {ratio_text} | {least} | {aim} | {} | {memory} |",
            row.name,
            mib(row.python.memory)
        );
    }
    let ratios: Vec<f64> = rows.iter().filter_map(ratio).collect();
    if !ratios.is_empty() {
        let mean = (ratios.iter().map(|r| r.ln()).sum::<f64>() / ratios.len() as f64).exp();
        let _ = writeln!(text, "\nGeometric mean over {} programs: {mean:.1}x.", ratios.len());
    }
    let missed = |row: &&Row| ratio(row).zip(promise(&row.name)).is_some_and(|(ratio, (least, _))| ratio < least);
    for row in rows.iter().filter(missed) {
        if let Some((_, cause)) = CAUSES.iter().find(|(name, _)| *name == row.name) {
            let _ = writeln!(text, "\n`{}` is below its bar: {cause}.", row.name);
        }
    }
    text
}

/// `docs/benchmarks.md`.
pub fn document(rows: &[Row], costs: &Result<Costs, String>, python: &str, runs: usize) -> String {
    let mut text = format!(
        "# Benchmarks\n\n\
         Written by `cargo xtask bench`; regenerate it, do not edit it. Every program of\n\
         `tests/bench` is dynamic Python without annotations. Each is run {runs} times on each side,\n\
         alternating; the figures are the medians of CPU time (user and system) and the ratios are\n\
         CPython's time divided by Molt's. The reference is {python}\n\
         (a build with profile-guided optimisation is about 1.25 times as fast as one without).\n\n\
         {}",
        table(rows)
    );
    text.push_str("\n## Size, start and build\n\n");
    let costs = match costs {
        Ok(costs) => costs,
        Err(error) => {
            let _ = writeln!(text, "Not measured: {error}");
            return text;
        }
    };
    text.push_str("| what | measured | limit |\n|---|--:|--:|\n");
    let _ = writeln!(text, "| hello world, size of the release binary | {} | 2 MB |", kib(costs.hello_size));
    let _ = writeln!(
        text,
        "| hello world, start to exit (CPython: {}) | {} | 2 ms |",
        millis(costs.python_hello.wall),
        millis(costs.hello.wall)
    );
    let _ = writeln!(
        text,
        "| hello world, peak memory (CPython: {}) | {} | 5 MB |",
        mib(costs.python_hello.memory),
        mib(costs.hello.memory)
    );
    let _ = writeln!(
        text,
        "| archive of the example's handlers ({} lines), warm runtime, no cache | {} | 1 s |",
        costs.handlers_lines,
        millis(costs.handlers)
    );
    let speed = costs.codegen_lines as f64 / costs.codegen.as_secs_f64().max(1e-6);
    let _ = writeln!(
        text,
        "| source to objects, {} lines, no cache | {speed:.0} lines/s | 20000 lines/s |",
        costs.codegen_lines
    );
    if speed < 20_000.0 {
        let _ = writeln!(
            text,
            "\nObjects take long because release code has several versions of a block: four to five instructions of MIR for\n\
             one of the source, then twice that with reference counts, at about 100,000 a second, most of it in Cranelift.\n\
             Debug builds have one version of each block."
        );
    }
    text
}

fn error_text(row: &Row) -> Option<String> {
    row.molt.as_ref().err().map(|error| error.replace('|', "/").replace('\n', " "))
}

fn mib(kib: u64) -> String {
    format!("{:.1} MB", kib as f64 / 1024.0)
}

fn kib(bytes: u64) -> String {
    format!("{:.0} kB", bytes as f64 / 1000.0)
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::super::measure::Usage;
    use super::*;

    fn usage(millis: u64) -> Usage {
        let time = Duration::from_millis(millis);
        Usage { cpu: time, wall: time, memory: 2048 }
    }

    #[test]
    fn a_missed_promise_is_marked() {
        let row = |name: &str, molt| Row { name: name.to_owned(), python: usage(1500), molt };
        let rows = [row("zzz", Err("a | b".to_owned())), row("fib", Ok(usage(150))), row("collatz", Ok(usage(50)))];
        let text = table(&rows);
        assert!(text.contains("| fib | 1.50 s | 0.150 s | **10.0x** (missed) | 15x | 35x |"), "{text}");
        assert!(text.contains("| collatz | 1.50 s | 0.050 s | 30.0x | 15x | 35x |"), "{text}");
        assert!(text.contains("| zzz | 1.50 s | none | a / b |"), "{text}");
        assert!(text.contains("Geometric mean over 2 programs: 17.3x."), "{text}");
    }
}
