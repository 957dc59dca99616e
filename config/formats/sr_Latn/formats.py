"""As in Cyrillic: only the letters differ."""

DATE_FORMAT = "j. E Y."
SHORT_DATE_FORMAT = "j. n. Y."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j. E Y. H:i"
SHORT_DATETIME_FORMAT = "j. n. Y. H:i"
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
