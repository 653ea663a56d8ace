"""What screening without a network is to reach."""

from __future__ import annotations

from benchmarks.report import Goal

GOALS = (
    Goal("wss95_vs_random", "work saved at 95 % recall, above random order by", least=0.0),
    Goal("wss95_vs_tfidf_logreg", "… above TF-IDF + logistic regression by", least=0.0),
    Goal("recall_or_rule", "recall of the built-in models by the OR rule", least=0.95),
    Goal("recall_or_rule_held_out", "… on topics on which nothing was chosen", least=0.95),
    Goal("wss95_vs_tfidf_logreg_held_out", "work saved on them, above TF-IDF + … by", least=0.0),
)
