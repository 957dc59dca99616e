"""The demo that `make run` serves: production, loosened for plain http on this machine."""

from config.bootstrap.secret import demo_secret_key

from .production import *  # noqa: F403
from .production import VAR_DIR, env

DEMO = True
CERTIFICATES_ARE_SAMPLES = True
# Made by `make_seal_key`; it says of itself that it has no legal value.
SEAL_KEY_FILE = env("SEAL_KEY_FILE", default="") or VAR_DIR / "seal" / "demo.p12"
SECRET_KEY = env("SECRET_KEY", default="") or demo_secret_key(VAR_DIR)
SITE_URL = env("SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
WAGTAILADMIN_BASE_URL = SITE_URL
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# Hints may go to a program on this machine.
WEBHOOK_HTTPS_ONLY = False
WEBHOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]
# Mail is kept as files and can be read at /demo/mail.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
