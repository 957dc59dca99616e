"""Questions from and for other systems: GIFT, Moodle XML, QTI. See docs/question-exchange.md."""
