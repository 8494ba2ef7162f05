//! Evidence that adds up, and the decision between readings.

use crate::reader::Decision;
use crate::source::Span;

/// What speaks for one reading of some lines: log-odds, so that independent signals add.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// The sum; above 0 the reading is likelier than not.
    pub(super) logit: f32,
    /// The signal that spoke loudest for it.
    pub(super) rule: &'static str,
    strongest: f32,
}

impl Evidence {
    /// A reading with this likelihood before anything is looked at.
    pub(super) fn prior(logit: f32) -> Evidence {
        Evidence { logit, rule: "what such texts hold", strongest: 0.0 }
    }

    /// Adds a signal: its log-likelihood ratio.
    pub(super) fn add(&mut self, logit: f32, rule: &'static str) {
        self.logit += logit;
        if logit > self.strongest {
            self.strongest = logit;
            self.rule = rule;
        }
    }

    /// Adds a signal that was seen in `hits` of `all` cases, where it is seen in a share `yes` of the cases when the reading
    /// is right and in a share `no` when it is wrong. The sum is held within ±`limit`: neighbouring lines are not independent.
    pub(super) fn add_cases(&mut self, hits: usize, all: usize, yes: f32, no: f32, limit: f32, rule: &'static str) {
        let misses = all.saturating_sub(hits) as f32;
        let sum = hits as f32 * (yes / no).ln() + misses * ((1.0 - yes) / (1.0 - no)).ln();
        self.add(sum.clamp(-limit, limit), rule);
    }

    /// How sure, from 0 to 1.
    pub(super) fn confidence(self) -> f32 {
        1.0 / (1.0 + (-self.logit).exp())
    }

    /// The record of a decision for this reading.
    pub(super) fn decision(self, span: Span, verdict: &'static str, runner_up: Option<&'static str>) -> Decision {
        Decision { span, verdict, rule: self.rule, confidence: self.confidence(), runner_up }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loudest_signal_names_the_rule() {
        let mut evidence = Evidence::prior(-2.0);
        evidence.add(1.0, "a");
        evidence.add_cases(4, 4, 0.9, 0.3, 3.0, "b");
        assert_eq!(evidence.rule, "b");
        assert!((evidence.logit - 2.0).abs() < 1e-5, "held at the limit: {}", evidence.logit);
        assert!(evidence.confidence() > 0.85);
    }
}
