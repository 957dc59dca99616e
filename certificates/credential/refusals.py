"""Why something is not accepted as a certificate of ours."""


class CredentialRefused(ValueError):
    """It is not a certificate that one of our keys has signed as it stands."""


class NotUnderstood(CredentialRefused):
    """It does not have the form of our certificates."""


class UndefinedTerm(NotUnderstood):
    """It says something that no vocabulary defines, and that a signature would not cover."""


class NotOurs(CredentialRefused):
    """It names a key that is not ours, or not for this."""


class KeyRetired(CredentialRefused):
    """It says that it was signed after its key was retired."""


class Altered(CredentialRefused):
    """Its signature is not of what it says."""
