"""What was earned, what stands on paper and in which words, and why something was taken back."""

from certificates.models.bundle import Bundle
from certificates.models.decision import Decision, Reason
from certificates.models.register import ACHIEVEMENT, ATTENDANCE, Certificate
from certificates.models.sheet import SerialCounter, Sheet, code_digest, new_code, private_storage
from certificates.models.signing_key import SigningKey
from certificates.models.template import (
    CertificateTemplate,
    Signatory,
    TemplateCourse,
    template_storage,
)

__all__ = [
    "ACHIEVEMENT",
    "ATTENDANCE",
    "Bundle",
    "Certificate",
    "CertificateTemplate",
    "Decision",
    "Reason",
    "SerialCounter",
    "Sheet",
    "Signatory",
    "SigningKey",
    "TemplateCourse",
    "code_digest",
    "new_code",
    "private_storage",
    "template_storage",
]
