//! What the command shows: diagnostics, progress and results, as text or as JSON lines.
//!
//! Invariant: standard output carries only what was asked for (JSON messages, a stage's text, an explanation); all else
//! goes to standard error, colour and progress only if that is a terminal and `NO_COLOR` is not set.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use molt_codegen::diag::Style;
use serde_json::json;

use crate::driver::{Progress, Stats};
use crate::error::BuildError;
use crate::problem::{Problem, slashed};

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum MessageFormat {
    /// For people
    #[default]
    Human,
    /// One JSON object per line on standard output
    Json,
}

/// The terminal, or what stands for it.
#[derive(Debug)]
pub struct Screen {
    format: MessageFormat,
    style: Style,
    bar: ProgressBar,
}

impl Screen {
    /// For this process's standard streams.
    pub fn new(format: MessageFormat) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let bar = if terminal && format == MessageFormat::Human {
            let style = ProgressStyle::with_template("{spinner} {msg}").unwrap_or(ProgressStyle::default_spinner());
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style);
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        } else {
            ProgressBar::hidden()
        };
        let style = if terminal && !no_color { Style::Colour } else { Style::Plain };
        Screen { format, style, bar }
    }

    /// How messages are written.
    pub(super) fn format(&self) -> MessageFormat {
        self.format
    }

    fn line(&self, text: &str) {
        self.bar.suspend(|| {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "{}", text.trim_end());
        });
    }

    fn json(&self, message: &str) {
        let _ = writeln!(std::io::stdout(), "{message}");
    }

    /// Tells a result: a line for people, or a message.
    pub(super) fn report(&self, text: &str, message: &serde_json::Value) {
        match self.format {
            MessageFormat::Human => self.line(text),
            MessageFormat::Json => self.json(&message.to_string()),
        }
    }

    /// Tells something that is for programs alone.
    pub(super) fn data(&self, message: &serde_json::Value) {
        if self.format == MessageFormat::Json {
            self.json(&message.to_string());
        }
    }

    /// Shows that everything went well, where no modules were compiled for it.
    pub(super) fn succeeded(&self) {
        self.finish();
        self.data(&json!({"reason": "finished", "success": true}));
    }

    /// Shows what is going on, if somebody watches.
    pub fn message(&self, what: &str) {
        self.bar.set_message(what.to_owned());
    }

    /// Ends the progress display.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    /// Shows problems or warnings.
    pub fn problems(&self, problems: &[Problem]) {
        for problem in problems {
            match self.format {
                MessageFormat::Human => self.line(&problem.render(self.style)),
                MessageFormat::Json => self.json(&problem.to_json()),
            }
        }
    }

    /// Shows why the command failed.
    pub fn error(&self, error: &BuildError) {
        self.finish();
        self.problems(error.problems());
        match self.format {
            MessageFormat::Human => self.line(&format!("molt: {error}")),
            MessageFormat::Json => {
                self.json(&json!({"reason": "finished", "success": false, "message": error.to_string()}).to_string());
            }
        }
    }

    /// Shows that an output was written.
    pub fn wrote(&self, path: &Path, stats: Stats) {
        self.finish();
        match self.format {
            // Success is silent, as with compilers; the count is for whoever watches.
            MessageFormat::Human if std::io::stderr().is_terminal() => self.line(&format!(
                "wrote {} ({} of {} modules compiled)",
                slashed(path),
                stats.compiled,
                stats.modules
            )),
            MessageFormat::Human => {}
            MessageFormat::Json => {
                self.json(&json!({"reason": "artifact", "path": slashed(path)}).to_string());
                self.done(stats);
            }
        }
    }

    /// Shows that everything went well.
    pub fn done(&self, stats: Stats) {
        self.finish();
        if self.format == MessageFormat::Json {
            let message = json!({
                "reason": "finished", "success": true, "modules": stats.modules, "compiled": stats.compiled,
            });
            self.json(&message.to_string());
        }
    }
}

impl Progress for Screen {
    fn compiled(&self, module: &str, done: usize, total: usize) {
        self.bar.set_message(format!("{done}/{total} {module}"));
    }

    fn step(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        // Building the runtime takes long enough to be told even where there is no progress display.
        if self.bar.is_hidden() && self.format == MessageFormat::Human {
            self.line(&format!("molt: {what}"));
        }
    }
}
