"""What was earned, what stands on paper, and why something was taken back."""

from certificates.models.bundle import Bundle
from certificates.models.decision import Decision, Reason
from certificates.models.register import ACHIEVEMENT, ATTENDANCE, Certificate
from certificates.models.sheet import SerialCounter, Sheet, code_digest, new_code, private_storage

__all__ = [
    "ACHIEVEMENT",
    "ATTENDANCE",
    "Bundle",
    "Certificate",
    "Decision",
    "Reason",
    "SerialCounter",
    "Sheet",
    "code_digest",
    "new_code",
    "private_storage",
]
