"""What kind of thing an activity is."""

ADL = "http://adlnet.gov/expapi/activities/"
COURSE = ADL + "course"
MODULE = ADL + "module"
LESSON = ADL + "lesson"
ASSESSMENT = ADL + "assessment"
INTERACTION = ADL + "cmi.interaction"
CERTIFICATE = "https://www.opigno.org/en/tincan_registry/activity_type/certificate"
